/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * palette.c - see palette.h
 */
#include "tui/palette.h"

#include <stdlib.h>

#include "core/mm.h"

static const struct look looks[NR_ROLES] = {
	[ROLE_TEXT] = {-1, -1, false, "#d0d0d0"},
	[ROLE_TITLE] = {-1, -1, true, "#ffffff"},
	[ROLE_BORDER] = {-1, 244, false, "#707070"},
	[ROLE_FOCUS] = {-1, -1, true, "#f0f0f0"},
	[ROLE_LABEL] = {6, 109, false, "#87afaf"},
	[ROLE_DIM] = {-1, 246, false, "#909090"},
	[ROLE_KEY] = {-1, -1, true, "#ffffff"},
	[ROLE_GOOD] = {2, 36, false, "#009e73"},
	[ROLE_BAD] = {1, 202, true, "#ff5f00"},
	[ROLE_NOW] = {-1, -1, true, "#ffffff"},
	[ROLE_HOLE] = {-1, 240, false, "#585858"},
	[ROLE_UNMOVABLE] = {3, 214, false, "#e69f00"},
	[ROLE_MOVABLE] = {6, 74, false, "#56b4e9"},
	[ROLE_RECLAIMABLE] = {2, 36, false, "#009e73"},
	[ROLE_HIGHATOMIC] = {1, 202, false, "#d55e00"},
	[ROLE_CMA] = {5, 175, false, "#cc79a7"},
	[ROLE_ISOLATE] = {7, 227, false, "#f0e442"},
};

const struct look *palette_look(enum role role)
{
	return &looks[role < NR_ROLES ? role : ROLE_TEXT];
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
