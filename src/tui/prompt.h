/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * prompt.h - the line that is being typed, in the last row of the screen
 *
 * It is edited by readline (cmd/cmd.h), with the user's own bindings; here it
 * is opened, left and drawn.
 */
#ifndef BUDDYSCOPE_TUI_PROMPT_H
#define BUDDYSCOPE_TUI_PROMPT_H

#include <stddef.h>

#include "cmd/cmd.h"
#include "tui/canvas.h"

struct prompt {
	char sign;  /* ':' a command, '/' to find, '&' to filter; 0: closed */
	char *line; /* what was typed, once it is done; its user frees it */
	int more;   /* lines that were pasted and come after this one */
};

enum prompt_answer { PROMPT_OPEN, PROMPT_DONE, PROMPT_LEFT };

/** @p stays where it is until the line has ended. */
void prompt_open(struct prompt *p, char sign, const char *text);
/** The line is given up. */
void prompt_leave(struct prompt *p);
/**
 * A key as keys.h numbers it, and the bytes that the terminal sent for it.
 * PROMPT_DONE: p->line is to be run; then and when it is left, it is closed.
 */
enum prompt_answer prompt_key(struct prompt *p, int key, const char *bytes,
			      size_t n);
/**
 * Draw it into the last row, and above it what may stand at the cursor when
 * that was asked for.  Gives the column of the cursor.
 */
int prompt_draw(const struct prompt *p, struct canvas *c);
/** A click into it, on a terminal of @cols: the cursor goes there. */
void prompt_click(int cols, int col);
/**
 * Lines that a lesson ran, number @before of lab_history() and later, are
 * there to be called back, as if they had been typed.
 */
void prompt_recall(const struct lab *lab, size_t before);

#endif
