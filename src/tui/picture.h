/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * picture.h - the screen without a terminal, in several forms
 */
#ifndef BUDDYSCOPE_TUI_PICTURE_H
#define BUDDYSCOPE_TUI_PICTURE_H

#include "tui/markup.h"
#include "tui/view.h"

enum picture_format { PICTURE_TEXT, PICTURE_ANSI, PICTURE_SVG, PICTURE_HTML };

/** What is to be seen: a size, and one view alone or (-1) the whole screen. */
struct picture_want {
	int rows, cols;
	int view;
	bool paper;    /* the panes alone, close together, dark on light */
	bool unmarked; /* nothing is marked as changed */
};

/** Drawn as the screen would; false when memory is short. */
bool picture_draw(const struct lab *lab, const struct picture_want *want,
		  struct canvas *c);
/** A file of that format; free() it.  NULL when memory is short. */
char *picture_of(const struct lab *lab, const struct picture_want *want,
		 enum picture_format format);
/** A page with one frame after the other: begin, each with its words, end. */
void html_begin(struct markup *m, const char *title);
void html_add(struct markup *m, const struct canvas *c, int theme);
void html_end(struct markup *m);
/** The theme that pictures of this lab have. */
int picture_theme(const struct lab *lab);
/**
 * Leaves rows @first up to, not including, @last, and of empty ones that
 * follow each other one.
 */
void picture_crop(struct canvas *c, int first, int last);

#endif
