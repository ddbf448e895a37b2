/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * prompt.h - the line that is being typed: editing, history, completion
 *
 * Keys are those of readline: C-a C-e C-b C-f C-k C-u C-w C-p C-n, arrows.
 */
#ifndef BUDDYSCOPE_TUI_PROMPT_H
#define BUDDYSCOPE_TUI_PROMPT_H

#include <stddef.h>

#include "cmd/cmd.h"
#include "tui/canvas.h"

#define PROMPT_SIZE 1024

struct prompt {
	char sign; /* ':' a command, '/' to find, '&' to filter; 0: closed */
	char text[PROMPT_SIZE]; /* UTF-8 */
	size_t len, at;		/* bytes; where the cursor stands */
	size_t back;		/* lines of history gone back; 0: the own one */
	char own[PROMPT_SIZE];	/* what was typed before going back */
	char choices[PROMPT_SIZE]; /* what completion found, for one look */
};

enum prompt_answer { PROMPT_OPEN, PROMPT_DONE, PROMPT_LEFT };

void prompt_open(struct prompt *p, char sign, const char *text);
/** One key of keys.h; PROMPT_DONE when the line is to be run. */
enum prompt_answer prompt_key(struct prompt *p, const struct lab *lab, int key);
/** Draw it into one row; gives the column of the cursor. */
int prompt_draw(const struct prompt *p, struct canvas *c, int row);

#endif
