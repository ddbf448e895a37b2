/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_help.h - `?`: keys, commands and legends, searched by typing
 */
#ifndef BUDDYSCOPE_TUI_VIEW_HELP_H
#define BUDDYSCOPE_TUI_VIEW_HELP_H

#include "tui/keys.h"

struct help {
	bool open;
	char search[64];
	int chosen; /* row among those that match */
};

/** A row of the help: a key, a command, or a line to read. */
struct help_row {
	char left[64]; /* key or command */
	char right[320];
	const struct key_row *key;
	const struct cmd *cmd;
	enum view_id view; /* whose key it is, if of_view */
	bool of_view, heading;
};

enum help_answer { HELP_OPEN, HELP_LEFT, HELP_RUN };

/** The @i-th row that matches the search; false past the last. */
bool help_row(const struct help *h, const struct screen *s, int i,
	      struct help_row *row);
/** One key; HELP_RUN with @row when a row was chosen. */
enum help_answer help_key(struct help *h, const struct screen *s, int key,
			  struct help_row *row);
void help_draw(const struct help *h, const struct screen *s, struct canvas *c);

#endif
