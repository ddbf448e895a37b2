/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * app.h - the running screen
 *
 *	tui.c        the loop, and drawing
 *	app_lines.c  running a line, playing
 *	app_keys.c   keys and clicks
 *	app_paste.c  pasted text
 */
#ifndef BUDDYSCOPE_TUI_APP_H
#define BUDDYSCOPE_TUI_APP_H

#include "tui/keys.h"
#include "tui/prompt.h"
#include "tui/view.h"
#include "tui/view_help.h"

struct tui {
	struct lab *lab;
	struct out *out;
	struct screen screen;
	struct prompt prompt;
	struct help help;
	char *line;	     /* the one that is run, or was last */
	char sought[100];    /* what was looked for last */
	enum theme_id theme; /* what the terminal shows */
	struct prefs saved;  /* what is remembered */
	bool no_colour;	     /* unless a theme is typed */
	char why[240];	     /* what was remembered is damaged */
	char *pasted;	     /* lines that were pasted and wait; or NULL */
	char paste_note[80];
	bool quit;
};

/* ---- tui.c ---- */

void app_draw(struct tui *t);

/* ---- app_lines.c ---- */

/** That is the line to be shown as the last one; false: memory is short. */
bool app_set_line(struct tui *t, const char *line);
/** The line and what it said are shown, in the bar and in their pane. */
void app_say(struct tui *t);
/** @typed: somebody wants to read what it says. */
enum cmd_status app_run_line(struct tui *t, const char *line, bool typed);
/** A lesson that has just begun gets the keys. */
bool app_lesson_begins(struct screen *s, bool before);
/** One beat.  At the end it stops, and the line says that it is the end. */
void app_play(struct tui *t);
void app_start_playing(struct tui *t, int direction);

/* ---- app_keys.c ---- */

/** A key as term_key() gave it, and where, if it was the mouse. */
void app_key(struct tui *t, int key, int row, int col);

/* ---- app_paste.c ---- */

/** Take what term_pasted() has: into the prompt, its other lines wait. */
void app_paste(struct tui *t);
/** A line was run: the next one that waits, of @more, into the prompt. */
void app_paste_next(struct tui *t, int more);
/** If lines wait and their prompt was left: they are dropped, and it is said.
 */
void app_paste_left(struct tui *t);

#endif
