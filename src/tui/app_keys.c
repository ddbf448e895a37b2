/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * app_keys.c - a key or a click becomes a line or an action
 */
#include "tui/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/lesson.h"
#include "tui/keybar.h"
#include "tui/play.h"
#include "tui/term.h"

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
	if (lesson_on(s) && lesson_page(s)) {
		s->said = false; /* it was about the page before */
		return true;
	}
	if (!line)
		return false;
	while (lab_history(t->lab, lines))
		lines++;
	app_run_line(t, line, false);
	prompt_recall(t->lab, lines);
	return true;
}

/*
 * Space has nothing to play, and the lesson waits for something else: at its
 * end the next one is offered, and begins with Enter.
 */
static bool lesson_wants_more(struct tui *t)
{
	struct screen *s = &t->screen;
	struct lesson_now now;

	if (!lesson_on(s) || !lesson_now(t->lab, &now) ||
	    lesson_looks_back(t->lab))
		return false;
	if (now.wait == LESSON_END && play_over(s))
		prompt_open(&t->prompt, ':', now.next);
	else if (now.wait == LESSON_TASK) /* trials are not played */
		s->note = "your turn: `:` begins a command, H gives a hint";
	else
		return false;
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
	app_run_line(t, line, false);
	return true;
}

static void find(struct tui *t, char sign, const char *text);

static void find_again(struct tui *t)
{
	char text[sizeof t->sought];

	snprintf(text, sizeof text, "%s", t->sought);
	if (*text)
		find(t, '/', text);
	else
		t->screen.note = "nothing was looked for yet; / does";
}

static void run_row(struct tui *t, const struct key_row *row)
{
	struct screen *s = &t->screen;

	if (row->line && row->action != ACT_PROMPT) {
		app_run_line(t, row->line, row->action == ACT_OUTPUT);
		return;
	}
	switch (row->action) {
	case ACT_PLAY:
		if (go_on_in_lesson(t) || lesson_wants_more(t))
			break;
		app_start_playing(t, 1);
		break;
	case ACT_PLAY_BACK:
		app_start_playing(t, -1);
		break;
	case ACT_PROMPT:
		prompt_open(&t->prompt, ':', row->line ? row->line : "");
		break;
	case ACT_NTH:
		if (row->key - '1' < NR_VIEWS)
			panes_nth(s, (enum view_id)(row->key - '1'));
		break;
	case ACT_FIND:
		prompt_open(&t->prompt, '/', "");
		break;
	case ACT_FILTER:
		prompt_open(&t->prompt, '&', "");
		break;
	case ACT_AGAIN:
		find_again(t);
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
		app_run_line(t, r.line, false);
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

	if (sign == '/')
		snprintf(t->sought, sizeof t->sought, "%s", text);
	t->screen.said = false;
	obey(t, r);
	if (r.kind != REPLY_SAY)
		return;
	out_clear(t->out);
	out_line(t->out, "%s", r.line);
	snprintf(line, sizeof line, "%c%.*s", sign, 40, text);
	if (app_set_line(t, line))
		app_say(t);
}

static void key_in_prompt(struct tui *t, int key)
{
	char meant[300], *text;
	const char sign = t->prompt.sign, *bytes;
	const size_t n = term_sent(&bytes);
	int more;

	if (key == TK_CTRL('l'))
		term_redraw();
	if (prompt_key(&t->prompt, key, bytes, n) != PROMPT_DONE) {
		app_paste_left(t);
		return;
	}
	more = t->prompt.more;
	text = t->prompt.line;
	if (sign == '/' && !text[strspn(text, " ")])
		find_again(t);
	else if (sign != '&' && !text[strspn(text, " ")])
		;
	else if (sign != ':')
		find(t, sign, text);
	else
		app_run_line(t, lab_typed(t->lab, text, meant, sizeof meant),
			     true);
	free(text);
	app_paste_next(t, more);
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

static void click(struct tui *t, int row, int col)
{
	int rows, cols, key;

	term_size(&rows, &cols);
	if (row == rows - 1) {
		key = keybar_key_at(&t->screen, cols, col);
		if (key != KEY_NONE)
			app_key(t, key, row, col);
	} else {
		const struct reply r = screen_click(&t->screen, row, col);

		if (r.kind == REPLY_DONE) /* as after a key */
			t->screen.said = false;
		obey(t, r);
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

void app_key(struct tui *t, int key, int row, int col)
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
	app_paste_left(t);
	if (!tempo)
		t->screen.playing = 0;
	if (key == TK_PASTE)
		app_paste(t);
	else if (t->help.open)
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
	else if (!k)
		t->screen.note = "no key of this screen; ? shows its keys";
}
