/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tui.c - the loop: a key becomes a line or an action, then all is drawn
 */
#include "tui/tui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lesson/lesson.h"
#include "tui/cast.h"
#include "tui/keybar.h"
#include "tui/keys.h"
#include "tui/palette.h"
#include "tui/play.h"
#include "tui/prompt.h"
#include "tui/scene.h"
#include "tui/signals.h"
#include "tui/term.h"
#include "tui/view.h"
#include "tui/view_help.h"

#define IDLE_MS 1000

struct tui {
	struct lab *lab;
	struct out *out;
	struct screen screen;
	struct prompt prompt;
	struct help help;
	char *line;	     /* the one that is run, or was last */
	enum theme_id theme; /* what the terminal shows */
	struct prefs saved;  /* what is remembered */
	bool no_colour;	     /* unless a theme is typed */
	char why[240];	     /* what was remembered is damaged */
	bool quit;
};

static void draw(struct tui *t);

/* ---- running a line ---- */

static int lines_in(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static bool set_line(struct tui *t, const char *line)
{
	char *copy = strdup(line);

	if (!copy)
		return false;
	free(t->line);
	t->screen.line = t->line = copy;
	return true;
}

/* The line and what it said are shown, in the bar and in their pane. */
static void say(struct tui *t)
{
	struct screen *s = &t->screen;

	s->hint = NULL;
	s->said = true;
	s->output = out_string(t->out);
	s->view[VIEW_COMMAND].scroll = 0;
}

/* Run t->line.  One that may take long says first how to stop it. */
static enum cmd_status run(struct tui *t, bool may_take_long)
{
	const char *hint = t->screen.hint;
	enum cmd_status status;

	signals_line_begins(t->lab); /* before anybody is told how to stop it */
	if (may_take_long) {
		t->screen.hint = "running ... (Ctrl-C stops it)";
		draw(t);
		t->screen.hint = hint;
	}
	t->screen.output = NULL;
	out_clear(t->out);
	status = lab_run(t->lab, t->line, t->out);
	signals_line_ends();
	return status;
}

/* A lesson that has just begun gets the keys. */
static bool lesson_begins(struct screen *s, bool before)
{
	if (before || !lesson_on(s))
		return false;
	s->zoomed = false;
	s->focus = VIEW_LESSON;
	return true;
}

/* @typed: somebody wants to read what it says. */
static enum cmd_status run_line(struct tui *t, const char *line, bool typed)
{
	struct screen *s = &t->screen;
	const uint64_t before = mm_now(lab_mm(t->lab));
	const struct mm *world = lab_mm(t->lab);
	const struct lesson_seen seen = lesson_seen(s);
	const bool taught = lesson_on(s);
	enum cmd_status status;
	bool moved, shown, told;

	if (!set_line(t, line))
		return CMD_ERROR;
	screen_uncover(s);
	status = run(t, typed || (!s->playing && strcmp(line, "step") != 0 &&
				  strcmp(line, "back") != 0));
	moved = lab_mm(t->lab) != world || mm_now(lab_mm(t->lab)) != before;
	say(t);
	told = taught && lesson_tells(s, t->line);
	shown = screen_obey(s) || lesson_begins(s, taught) || told;
	if (told && status == CMD_OK) /* it stands in the lesson's pane */
		s->said = false;
	lesson_follow(s, seen);
	if (lab_mm(t->lab) != world)
		screen_enter(s);
	if (moved) {
		s->from = lab_mm(t->lab) == world ? before
						  : mm_now(lab_mm(t->lab));
		screen_settle(s);
		screen_check(s);
	}
	if (strcmp(line, "check") == 0 && s->lamp != LAMP_INSIDE)
		s->lamp = status == CMD_OK ? LAMP_OK : LAMP_BROKEN;
	if (status == CMD_QUIT)
		t->quit = true;
	if (typed && moved)
		s->held = false;
	if (moved)
		screen_follow(s);
	s->typed = typed;
	/* what has changed is to be seen, too */
	if (typed && !moved && !shown && lines_in(s->output) > 1 &&
	    s->rect[VIEW_COMMAND].rows <= lines_in(s->output))
		screen_act(s, ACT_OUTPUT);
	return status;
}

/* One beat.  At the end it stops, and the line says that it is the end. */
static void play(struct tui *t)
{
	struct screen *s = &t->screen;
	const bool over = play_over(s);
	char line[40];
	int times = play_line(s, line, sizeof line);

	while (times-- > 0 && s->playing)
		if (run_line(t, line, false) != CMD_OK || over)
			s->playing = 0;
		else if (play_over(s))
			break;
}

static void start_playing(struct tui *t, int direction)
{
	t->screen.playing = direction;
	play(t);
}

/* ---- keys ---- */

/* Space in a lesson; in the past it plays, up to where the lesson goes on. */
static bool go_on_in_lesson(struct tui *t)
{
	const char *line = lesson_space(t->lab);
	struct screen *s = &t->screen;
	size_t lines = 0;

	if (lesson_looks_back(t->lab))
		return false;
	/* another view took its pane: nobody goes on without seeing it */
	if (lesson_on(s) && s->nr_panes > 1 && !s->rect[VIEW_LESSON].rows) {
		screen_show(s, VIEW_LESSON);
		return true;
	}
	if (lesson_on(s) && lesson_page(s))
		return true;
	if (!line)
		return false;
	while (lab_history(t->lab, lines))
		lines++;
	run_line(t, line, false);
	prompt_recall(t->lab, lines);
	return true;
}

/* Enter on the map, while a lesson asks for a frame. */
static bool answer_frame(struct tui *t, int key)
{
	const struct screen *s = &t->screen;
	struct lesson_now now;
	char line[60];

	if ((key != TK_ENTER && key != '\r') || !s->pointing ||
	    s->focus != VIEW_MAP || !lesson_now(t->lab, &now) ||
	    now.wait != LESSON_POINT)
		return false;
	snprintf(line, sizeof line, "lesson answer %u", s->cursor);
	t->screen.pointing = false;
	t->screen.focus = VIEW_LESSON;
	run_line(t, line, false);
	return true;
}

static void run_row(struct tui *t, const struct key_row *row)
{
	struct screen *s = &t->screen;

	if (row->line && row->action != ACT_PROMPT) {
		run_line(t, row->line, row->action == ACT_OUTPUT);
		return;
	}
	switch (row->action) {
	case ACT_PLAY:
		if (go_on_in_lesson(t))
			break;
		start_playing(t, 1);
		break;
	case ACT_PLAY_BACK:
		start_playing(t, -1);
		break;
	case ACT_PROMPT:
		prompt_open(&t->prompt, ':', row->line ? row->line : "");
		break;
	case ACT_NTH:
		if (row->key - '1' < NR_VIEWS)
			screen_show(s, (enum view_id)(row->key - '1'));
		break;
	case ACT_FIND:
		prompt_open(&t->prompt, '/', "");
		break;
	case ACT_FILTER:
		prompt_open(&t->prompt, '&', "");
		break;
	case ACT_HELP:
		t->help = (struct help){.open = true};
		break;
	case ACT_REDRAW:
		term_redraw();
		break;
	case ACT_QUIT:
		t->quit = true;
		break;
	case ACT_OUTPUT:
	case ACT_ESCAPE:
		screen_act(s, row->action);
		break;
	default:
		s->said = false; /* it was about something else */
		screen_act(s, row->action);
	}
}

/* Do what a view asks for; false if it asks for nothing. */
static bool obey(struct tui *t, struct reply r)
{
	if (r.kind == REPLY_RUN)
		run_line(t, r.line, false);
	else if (r.kind == REPLY_ASK)
		prompt_open(&t->prompt, ':', r.line);
	return r.kind != REPLY_NOT_MINE;
}

/* `/` finds, `&` leaves out what is something else. */
static void find(struct tui *t, char sign, const char *text)
{
	const struct reply r = sign == '/' ? screen_find(&t->screen, text)
					   : screen_filter(&t->screen, text);
	char line[60];

	t->screen.said = false;
	obey(t, r);
	if (r.kind != REPLY_SAY)
		return;
	out_clear(t->out);
	out_line(t->out, "%s", r.line);
	snprintf(line, sizeof line, "%c%.*s", sign, 40, text);
	if (set_line(t, line))
		say(t);
}

static void key_in_prompt(struct tui *t, int key)
{
	char meant[300], *text;
	const char sign = t->prompt.sign, *bytes;
	const size_t n = term_sent(&bytes);

	if (key == TK_CTRL('l'))
		term_redraw();
	if (prompt_key(&t->prompt, key, bytes, n) != PROMPT_DONE)
		return;
	text = t->prompt.line;
	if (sign != '&' && !text[strspn(text, " ")])
		;
	else if (sign != ':')
		find(t, sign, text);
	else
		run_line(t, lab_typed(t->lab, text, meant, sizeof meant), true);
	free(text);
}

/* A key that the focused view has a meaning for. */
static bool key_in_view(struct tui *t, int key)
{
	const struct key_row *row = key_of_view(views[t->screen.focus], key);

	if (!row)
		return false;
	if (!row->line && row->action == ACT_NONE) {
		const struct reply r = screen_key(&t->screen, key);

		if (r.kind == REPLY_DONE)
			t->screen.said = false;
		return obey(t, r);
	}
	run_row(t, row);
	return true;
}

static void key_in_help(struct tui *t, int key)
{
	struct help_row row;

	switch (help_key(&t->help, &t->screen, key, &row)) {
	case HELP_OPEN:
		return;
	case HELP_LEFT:
		t->help.open = false;
		return;
	case HELP_RUN:
		break;
	}
	t->help.open = false;
	if (row.of_view) {
		screen_show(&t->screen, row.view);
		key_in_view(t, row.key->key);
	} else if (row.key) {
		run_row(t, row.key);
	} else {
		char text[80];

		snprintf(text, sizeof text, "%s ", row.cmd->name);
		prompt_open(&t->prompt, ':', text);
	}
}

static void handle_key(struct tui *t, int key, int row, int col);

static void click(struct tui *t, int row, int col)
{
	int rows, cols, key;

	term_size(&rows, &cols);
	if (row == rows - 1) {
		key = keybar_key_at(&t->screen, cols, col);
		if (key != KEY_NONE)
			handle_key(t, key, row, col);
	} else {
		obey(t, screen_click(&t->screen, row, col));
	}
}

static void click_in_prompt(int row, int col)
{
	int rows, cols;

	term_size(&rows, &cols);
	if (row == rows - 1)
		prompt_click(cols, col);
}

/* Space does, whichever way it plays; backspace else turns it round. */
static bool pauses(int played, enum action action)
{
	return (played && action == ACT_PLAY) ||
	       (played < 0 && action == ACT_PLAY_BACK);
}

static void handle_key(struct tui *t, int key, int row, int col)
{
	const struct key_row *k = key_of(key);
	const int played = t->screen.playing;
	const bool tempo = !t->prompt.sign && !t->help.open &&
			   (key == '<' || key == '>' || key == 'g');

	if (key == TK_RESIZE || (key == TK_IGNORED && !t->prompt.sign))
		return;
	if (key != TK_IGNORED) {
		if (key != TK_CTRL('l')) /* it asks for the same picture */
			t->screen.note = NULL;
		overlay_note(&t->screen.pressed, key);
	}
	if (!tempo)
		t->screen.playing = 0;
	if (t->help.open)
		key_in_help(t, key);
	else if (key == TK_WHEEL_UP || key == TK_WHEEL_DOWN)
		screen_wheel(&t->screen, row, col, key == TK_WHEEL_UP);
	else if (t->prompt.sign && key == TK_MOUSE)
		click_in_prompt(row, col);
	else if (t->prompt.sign)
		key_in_prompt(t, key);
	else if (key == TK_MOUSE)
		click(t, row, col);
	else if (key == 'q' && t->screen.zoomed)
		screen_act(&t->screen, ACT_ESCAPE);
	else if (answer_frame(t, key) || key_in_view(t, key))
		return;
	else if (!k && lesson_on(&t->screen) &&
		 (k = key_of_view(views[VIEW_LESSON], key)))
		run_row(t, k); /* its keys mean nothing elsewhere */
	else if (k && !pauses(played, k->action))
		run_row(t, k);
}

/* ---- drawing ---- */

static void set_theme(struct tui *t)
{
	const struct prefs *p = t->screen.prefs;
	const enum theme_id id =
		t->no_colour && !p->theme_typed ? THEME_MONO : p->theme;

	if (id != t->theme)
		term_theme(id);
	t->theme = id;
}

/* One more frame of `record`; a full disk ends it. */
static void film(struct tui *t, const struct canvas *c)
{
	struct prefs *p = prefs_of(t->lab);
	struct timespec now;

	if (!p || !p->recorder)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (recorder_frame(p->recorder, c, t->theme,
			   (unsigned long)now.tv_sec * 1000 +
				   (unsigned long)now.tv_nsec / 1000000))
		return;
	recorder_close(p->recorder);
	p->recorder = NULL;
}

static void draw(struct tui *t)
{
	int rows, cols, at = -1;
	struct canvas c;

	term_size(&rows, &cols);
	if (!canvas_open(&c, rows, cols))
		return;
	set_theme(t);
	layout(&t->screen, rows, cols);
	if (t->help.open && !screen_too_small(rows, cols))
		help_draw(&t->help, &t->screen, &c);
	else
		screen_draw(&t->screen, &c);
	if (t->prompt.sign && !screen_too_small(rows, cols))
		at = prompt_draw(&t->prompt, &c);
	term_draw(&c, at < 0 ? -1 : rows - 1, at);
	film(t, &c);
	canvas_close(&c);
}

/* Nothing is drawn while nothing happens. */
static void loop(struct tui *t)
{
	bool stale = true;

	while (!t->quit && !signals_caught()) {
		int row = 0, col = 0, key;

		if (stale)
			draw(t);
		stale = true;
		signals_typing(t->prompt.sign != 0);
		key = term_key(t->screen.playing ? play_ms(&t->screen)
						 : IDLE_MS,
			       &row, &col);
		if (signals_line_given_up() && t->prompt.sign)
			prompt_leave(&t->prompt);
		else if (key != KEY_NONE)
			handle_key(t, key, row, col);
		else if (term_gone())
			break;
		else if (t->screen.playing && !signals_caught())
			play(t);
		else
			stale = false;
		prefs_save(t->screen.prefs, &t->saved);
	}
}

static const char *welcome(const struct lab *lab, int cols)
{
	if (cols >= 66 && lesson_unfinished(lab))
		return "Welcome back! :lesson resume goes on where you left; ? "
		       "helps.";
	return cols < 66 ? "Welcome! -> steps, <- goes back, ? helps."
	       : cols < 80
		       ? "Welcome! -> steps, <- goes back, ? helps. :lesson "
			 "start 01"
		       : "Welcome! -> splits a block, <- takes it back; "
			 ":lesson start 01; ? helps.";
}

static void start(struct tui *t)
{
	int rows, cols;
	struct lesson_now now;
	const bool scene = !lesson_now(t->lab, &now) && scene_set(t->lab);
	const bool inside =
		mm_now(lab_mm(t->lab)) < mm_last_moment(lab_mm(t->lab));

	t->no_colour = !palette_wants_colour();
	t->theme = NR_THEMES;
	if (prefs_of(t->lab))
		prefs_load(prefs_of(t->lab), t->why, sizeof t->why);
	screen_start(&t->screen, t->lab);
	lesson_begins(&t->screen, false);
	t->saved = *t->screen.prefs;
	screen_check(&t->screen);
	term_size(&rows, &cols);
	t->screen.hint = scene || inside ? welcome(t->lab, cols)
					 : "Press : and type a command, or ? "
					   "for help.";
	if (lesson_on(&t->screen))
		t->screen.hint = "Space goes on; : types a command; ? helps.";
	if (*t->why)
		t->screen.hint = t->why;
	layout(&t->screen, rows, cols);
	screen_follow(&t->screen);
}

/* `record` needs a screen; without one its file is closed. */
static void set_live(struct lab *lab, bool live)
{
	struct prefs *p = prefs_of(lab);

	if (!p)
		return;
	p->live = live;
	if (!live) {
		recorder_close(p->recorder);
		p->recorder = NULL;
	}
}

int tui_run(struct lab *lab, const char **no_screen)
{
	struct tui *t = calloc(1, sizeof *t);
	const char *why = "memory is short";
	const bool typed =
		t && (t->out = out_buffer()) && edit_start(lab, true);

	if (typed)
		why = term_open();
	*no_screen = why;
	if (!why) {
		signals_catch();
		t->lab = lab;
		start(t);
		set_live(lab, true);
		loop(t);
		set_live(lab, false);
		term_close();
	}
	if (typed)
		edit_end();
	if (t) {
		out_free(t->out);
		free(t->line);
	}
	free(t);
	return why ? 2 : signals_caught() ? 128 + signals_caught() : 0;
}
