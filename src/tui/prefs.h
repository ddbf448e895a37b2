/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * prefs.h - how the user wants the screen; remembered from run to run
 *
 * The lab keeps it, so that commands (cmd_view.c) and keys change the same.
 */
#ifndef BUDDYSCOPE_TUI_PREFS_H
#define BUDDYSCOPE_TUI_PREFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/cmd.h"

#define MAX_PANES 8

enum layout_id {
	LAYOUT_ONE,
	LAYOUT_LECTURE,
	LAYOUT_STANDARD,
	LAYOUT_WIDE,
	NR_SCREEN_LAYOUTS
};
#define LAYOUT_AUTO NR_SCREEN_LAYOUTS /* the one that suits the size */

enum theme_id {
	THEME_DARK,
	THEME_LIGHT,
	THEME_CONTRAST,
	THEME_MONO,
	NR_THEMES
};

#define PANE_AS_USUAL 255
#define SPEED_MIN 1
#define SPEED_MAX 1000

struct prefs {
	int layout; /* enum layout_id, or LAYOUT_AUTO */
	/* which view stands in which pane, or PANE_AS_USUAL */
	uint8_t chosen[NR_SCREEN_LAYOUTS][MAX_PANES];
	enum theme_id theme;
	int speed;	     /* moves a second while playing */
	enum mm_grain grain; /* and how far each of them goes */
	bool overlay;	     /* show the keys that are pressed */
	/* Not remembered: what a line has asked the screen for. */
	int show, show_in;	   /* a view, and the pane for it; -1: none */
	bool afresh;		   /* every view to where it stands at first */
	bool theme_typed;	   /* even where NO_COLOR says otherwise */
	bool live;		   /* there is a screen */
	struct recorder *recorder; /* cast.h; NULL: it is not filmed */
};

void prefs_default(struct prefs *p);
/** The lab's; made when it has none.  NULL when memory is short. */
struct prefs *prefs_of(struct lab *lab);
/** The next speed worth having, up or down. */
int prefs_speed(int speed, bool faster);

/* ---- prefs_file.c ---- */

/** As lines, to be written to a file; the length without the NUL. */
size_t prefs_print(const struct prefs *p, char *buf, size_t size);
/** The reverse; 0, or the number of the line that makes no sense. */
unsigned int prefs_parse(struct prefs *p, const char *text);
/**
 * prefs_load - what the last run has left in the user's state folder
 * @why: gets one line if that is damaged; *p is then as it was
 *
 * No file is no fault.
 */
void prefs_load(struct prefs *p, char *why, size_t size);
/** Write it, if it differs from @saved, which then holds what was written. */
void prefs_save(const struct prefs *p, struct prefs *saved);

#endif
