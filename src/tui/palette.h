/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * palette.h - themes: from a role to what it looks like
 *
 * Colour only repeats what the letters say: without any, nothing is lost.
 * The six migratetypes keep apart, and off the ground, for eyes that lack one
 * kind of cone as well; a test computes it.
 */
#ifndef BUDDYSCOPE_TUI_PALETTE_H
#define BUDDYSCOPE_TUI_PALETTE_H

#include <stdbool.h>

#include "tui/canvas.h"
#include "tui/prefs.h"

/** A colour, for terminals of so many; the last one is also that of pictures.
 */
struct colour {
	uint8_t of8, of16, of256;
};

struct look {
	struct colour colour;
	bool bold;
};

struct theme {
	const char *name, *brief;
	bool coloured; /* false: attributes alone */
	struct colour ground;
	struct look look[NR_ROLES];
};

const struct theme *palette_theme(enum theme_id id);
/** Number of the theme with this name; -1: none. */
int theme_find(const char *name);
/** 0xRRGGBB of colour 16 to 255 of a terminal of 256. */
uint32_t palette_rgb(uint8_t of256);
/** Is colour wanted?  No, where NO_COLOR is set and not empty. */
bool palette_wants_colour(void);
/** Role of a migratetype. */
enum role role_migratetype(int mt);

#endif
