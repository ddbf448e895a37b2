/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * palette.c - see palette.h
 *
 * Hues are those of 256-colour terminals, whose values are the same
 * everywhere.  With 8 or 16 of them nobody knows the values; there, on a
 * light ground, only colours that are dark with everyone are used, and types
 * share them: the letters tell.
 */
#include "tui/palette.h"

#include <stdlib.h>
#include <string.h>

#include "core/mm.h"

#define BLACK 0
#define RED 1
#define GREEN 2
#define YELLOW 3
#define BLUE 4
#define MAGENTA 5
#define CYAN 6
#define WHITE 7
#define BRIGHT 8

static const struct theme themes[NR_THEMES] = {
	[THEME_DARK] = {
		.name = "dark",
		.brief = "light letters on a dark ground",
		.coloured = true,
		.ground = {BLACK, BLACK, 233},
		.look = {
			[ROLE_TEXT] = {{WHITE, WHITE, 250}, false},
			[ROLE_TITLE] = {{WHITE, BRIGHT + WHITE, 255}, true},
			[ROLE_BORDER] = {{WHITE, WHITE, 244}, false},
			[ROLE_FOCUS] = {{WHITE, BRIGHT + WHITE, 255}, true},
			[ROLE_LABEL] = {{CYAN, CYAN, 110}, false},
			[ROLE_DIM] = {{WHITE, WHITE, 246}, false},
			[ROLE_KEY] = {{WHITE, BRIGHT + WHITE, 255}, true},
			[ROLE_GOOD] = {{GREEN, BRIGHT + GREEN, 79}, false},
			[ROLE_BAD] = {{RED, BRIGHT + RED, 202}, true},
			[ROLE_NOW] = {{WHITE, BRIGHT + WHITE, 231}, true},
			[ROLE_HOLE] = {{WHITE, WHITE, 242}, false},
			[ROLE_UNMOVABLE] =
				{{YELLOW, BRIGHT + YELLOW, 178}, false},
			[ROLE_MOVABLE] = {{CYAN, BRIGHT + CYAN, 39}, false},
			[ROLE_RECLAIMABLE] =
				{{GREEN, BRIGHT + GREEN, 158}, false},
			[ROLE_HIGHATOMIC] = {{RED, BRIGHT + RED, 204}, false},
			[ROLE_CMA] = {{MAGENTA, BRIGHT + MAGENTA, 225}, false},
			[ROLE_ISOLATE] = {{WHITE, BRIGHT + WHITE, 228}, false},
		},
	},
	[THEME_LIGHT] = {
		.name = "light",
		.brief = "dark letters on a white ground, for a bright room",
		.coloured = true,
		.ground = {WHITE, BRIGHT + WHITE, 231},
		.look = {
			[ROLE_TEXT] = {{BLACK, BLACK, 16}, false},
			[ROLE_TITLE] = {{BLACK, BLACK, 16}, true},
			[ROLE_BORDER] = {{BLACK, BLACK, 244}, false},
			[ROLE_FOCUS] = {{BLACK, BLACK, 16}, true},
			[ROLE_LABEL] = {{BLUE, BLUE, 24}, false},
			[ROLE_DIM] = {{BLACK, BLACK, 241}, false},
			[ROLE_KEY] = {{BLACK, BLACK, 16}, true},
			[ROLE_GOOD] = {{BLUE, BLUE, 25}, false},
			[ROLE_BAD] = {{RED, RED, 124}, true},
			[ROLE_NOW] = {{BLACK, BLACK, 16}, true},
			[ROLE_HOLE] = {{BLACK, BLACK, 244}, false},
			[ROLE_UNMOVABLE] = {{BLACK, BLACK, 94}, false},
			[ROLE_MOVABLE] = {{BLUE, BLUE, 27}, false},
			[ROLE_RECLAIMABLE] = {{BLACK, BLACK, 29}, false},
			[ROLE_HIGHATOMIC] = {{RED, RED, 52}, false},
			[ROLE_CMA] = {{MAGENTA, MAGENTA, 54}, false},
			[ROLE_ISOLATE] = {{BLACK, BLACK, 238}, false},
		},
	},
	[THEME_CONTRAST] = {
		.name = "contrast",
		.brief = "the highest contrast: nothing dim, on black",
		.coloured = true,
		.ground = {BLACK, BLACK, 16},
		.look = {
			[ROLE_TEXT] = {{WHITE, BRIGHT + WHITE, 231}, false},
			[ROLE_TITLE] = {{WHITE, BRIGHT + WHITE, 231}, true},
			[ROLE_BORDER] = {{WHITE, WHITE, 250}, false},
			[ROLE_FOCUS] = {{YELLOW, BRIGHT + YELLOW, 226}, true},
			[ROLE_LABEL] = {{CYAN, BRIGHT + CYAN, 159}, false},
			[ROLE_DIM] = {{WHITE, WHITE, 252}, false},
			[ROLE_KEY] = {{YELLOW, BRIGHT + YELLOW, 226}, true},
			[ROLE_GOOD] = {{GREEN, BRIGHT + GREEN, 120}, false},
			[ROLE_BAD] = {{RED, BRIGHT + RED, 203}, true},
			[ROLE_NOW] = {{YELLOW, BRIGHT + YELLOW, 226}, true},
			[ROLE_HOLE] = {{WHITE, WHITE, 248}, false},
			[ROLE_UNMOVABLE] =
				{{YELLOW, BRIGHT + YELLOW, 178}, false},
			[ROLE_MOVABLE] = {{CYAN, BRIGHT + CYAN, 153}, false},
			[ROLE_RECLAIMABLE] =
				{{GREEN, BRIGHT + GREEN, 85}, false},
			[ROLE_HIGHATOMIC] = {{RED, BRIGHT + RED, 204}, false},
			[ROLE_CMA] = {{MAGENTA, BRIGHT + MAGENTA, 141}, false},
			[ROLE_ISOLATE] =
				{{WHITE, BRIGHT + WHITE, 226}, false},
		},
	},
	[THEME_MONO] = {
		.name = "mono",
		.brief = "no colours: bold, underlined and filled alone",
		.coloured = false,
		.ground = {BLACK, BLACK, 231},
		.look = {
			[ROLE_TITLE] = {.bold = true},
			[ROLE_FOCUS] = {.bold = true},
			[ROLE_KEY] = {.bold = true},
			[ROLE_BAD] = {.bold = true},
			[ROLE_NOW] = {.bold = true},
		},
	},
};

const struct theme *palette_theme(enum theme_id id)
{
	return &themes[id < NR_THEMES ? id : THEME_DARK];
}

int theme_find(const char *name)
{
	for (int i = 0; i < NR_THEMES; i++)
		if (strcmp(themes[i].name, name) == 0)
			return i;
	return -1;
}

/* A cube of six levels each, then greys. */
uint32_t palette_rgb(uint8_t of256)
{
	static const uint8_t level[] = {0, 95, 135, 175, 215, 255};
	uint32_t n = of256;

	if (n >= 232) {
		n = 8 + 10 * (n - 232);
		return n << 16 | n << 8 | n;
	}
	n = n < 16 ? 0 : n - 16;
	return (uint32_t)level[n / 36] << 16 | (uint32_t)level[n / 6 % 6] << 8 |
	       level[n % 6];
}

bool palette_wants_colour(void)
{
	const char *no = getenv("NO_COLOR");

	return !no || !*no;
}

enum role role_migratetype(int mt)
{
	return mt >= 0 && mt < MIGRATE_TYPES ? (enum role)(ROLE_UNMOVABLE + mt)
					     : ROLE_TEXT;
}
