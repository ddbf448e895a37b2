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
#include "tui/app.h"
#include "tui/cast.h"
#include "tui/palette.h"
#include "tui/play.h"
#include "tui/scene.h"
#include "tui/signals.h"
#include "tui/term.h"

#define IDLE_MS 1000

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

void app_draw(struct tui *t)
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

static void leave_prompt(struct tui *t)
{
	prompt_leave(&t->prompt);
	app_paste_left(t);
}

/* Nothing is drawn while nothing happens. */
static void loop(struct tui *t)
{
	bool stale = true;

	while (!t->quit && !signals_caught()) {
		int row = 0, col = 0, key = KEY_NONE;
		sigset_t held;

		if (stale)
			app_draw(t);
		stale = true;
		signals_hold(&held);
		signals_typing(t->prompt.sign != 0);
		if (!signals_came())
			key = term_key(t->screen.playing ? play_ms(&t->screen)
							 : IDLE_MS,
				       &held, &row, &col);
		signals_let(&held);
		if (signals_line_given_up() && t->prompt.sign)
			leave_prompt(t);
		else if (key != KEY_NONE)
			app_key(t, key, row, col);
		else if (term_gone())
			break;
		else if (t->screen.playing && !signals_caught())
			app_play(t);
		else
			stale = false;
		prefs_save(t->screen.prefs, &t->saved);
	}
}

/* A lesson that was left does not come back by itself. */
static const char *welcome_again(const struct lab *lab, int cols)
{
	if (!lesson_unfinished(lab))
		return "All is as you left it. ? helps.";
	return cols < 66 ? "As you left it; :lesson resume goes on."
			 : "All is as you left it; :lesson resume takes the "
			   "lesson up. ? helps.";
}

static const char *welcome(const struct lab *lab, int cols)
{
	if (lab_resumed(lab))
		return welcome_again(lab, cols);
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
	app_lesson_begins(&t->screen, false);
	t->saved = *t->screen.prefs;
	screen_check(&t->screen);
	term_size(&rows, &cols);
	t->screen.hint = scene || inside || lab_resumed(t->lab)
				 ? welcome(t->lab, cols)
				 : "Press : and type a command, or ? for help.";
	if (lesson_on(&t->screen))
		t->screen.hint = "Space goes on; : types a command; ? helps.";
	if (*t->why)
		t->screen.hint = t->why;
	layout(&t->screen, rows, cols);
	screen_follow(&t->screen);
}

/* As the answer to a line that was typed, but for the line. */
static void tell_refusal(struct tui *t, const char *refused)
{
	if (!app_set_line(t, ""))
		return;
	out_line(t->out, "%s", refused);
	app_say(t);
	t->screen.typed = true;
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

int tui_run(struct lab *lab, const char *refused, const char **no_screen)
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
		if (refused)
			tell_refusal(t, refused);
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
		free(t->pasted);
	}
	free(t);
	return why ? 2 : signals_caught() ? 128 + signals_caught() : 0;
}
