/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * palette.h - from a role to what it looks like
 *
 * Hues follow Okabe and Ito, which colour-blind eyes tell apart.  Colour only
 * repeats what the letters say: without any, nothing is lost.
 */
#ifndef BUDDYSCOPE_TUI_PALETTE_H
#define BUDDYSCOPE_TUI_PALETTE_H

#include <stdbool.h>

#include "tui/canvas.h"

struct look {
	short colour8; /* ANSI colour 0..7, -1: the terminal's own */
	short colour256;
	bool bold;
	const char *rgb; /* for pictures, on a dark ground */
};

const struct look *palette_look(enum role role);
/** Is colour wanted?  No, where NO_COLOR is set and not empty. */
bool palette_wants_colour(void);
/** Role of a migratetype. */
enum role role_migratetype(int mt);

#endif
