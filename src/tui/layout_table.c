/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout_table.c - which layouts there are
 */
#include "tui/layout.h"

#include <string.h>

static const struct pane_spec lecture[] = {
	{VIEW_MAP, 0, 5, 0, 0, false},
	{VIEW_BUDDY, 0, 5, 30, 1, false},
};

static const struct pane_spec standard[] = {
	{VIEW_MAP, 0, 4, 0, 0, false},
	{VIEW_BUDDY, 0, 5, 24, 1, false},
	{VIEW_EVENTS, 0, 3, 20, 2, false},
	{VIEW_COMMAND, 0, 4, 50, 0, true},
};

static const struct pane_spec wide[] = {
	{VIEW_MAP, 0, 6, 0, 0, false},	  {VIEW_BUDDY, 0, 6, 38, 1, false},
	{VIEW_TIME, 0, 6, 60, 1, true},	  {VIEW_EVENTS, 1, 6, 0, 1, false},
	{VIEW_ZONES, 1, 5, 24, 0, false}, {VIEW_COMMAND, 1, 4, 16, 0, false},
	{VIEW_TASKS, 1, 9, 24, 0, false},
};

/* While a lesson is being played, its text has a pane. */
static const struct pane_spec lecture_taught[] = {
	{VIEW_MAP, 0, 4, 0, 0, false},
	{VIEW_LESSON, 0, 6, 65, 1, false},
};

static const struct pane_spec standard_taught[] = {
	{VIEW_MAP, 0, 4, 0, 0, false},
	{VIEW_BUDDY, 0, 5, 20, 0, false},
	{VIEW_LESSON, 0, 6, 60, 1, false},
	{VIEW_EVENTS, 0, 4, 50, 0, true},
};

static const struct pane_spec wide_taught[] = {
	{VIEW_MAP, 0, 6, 0, 0, false},	    {VIEW_BUDDY, 0, 6, 38, 1, false},
	{VIEW_LESSON, 1, 8, 60, 1, false},  {VIEW_EVENTS, 1, 6, 30, 0, false},
	{VIEW_COMMAND, 1, 4, 16, 0, false},
};

const struct layout_spec layouts[NR_SCREEN_LAYOUTS] = {
#define PANES(table)                                                           \
	table, sizeof table / sizeof table[0], table##_taught,                 \
		sizeof table##_taught / sizeof table##_taught[0]
	[LAYOUT_ONE] = {"one", {6, 24}, {6, 24}, 100, 1, 0, NULL, 0, NULL, 0},
	[LAYOUT_LECTURE] =
		{"lecture", {17, 50}, {17, 56}, 100, 2, 1, PANES(lecture)},
	[LAYOUT_STANDARD] =
		{"standard", {19, 56}, {22, 74}, 100, 1, 0, PANES(standard)},
	[LAYOUT_WIDE] = {"wide", {24, 110}, {28, 140}, 55, 1, 0, PANES(wide)},
#undef PANES
};

const char *layout_name(int id)
{
	return id == LAYOUT_AUTO		   ? "auto"
	       : id >= 0 && id < NR_SCREEN_LAYOUTS ? layouts[id].name
						   : NULL;
}

int layout_find(const char *name)
{
	for (int id = 0; id <= LAYOUT_AUTO; id++)
		if (strcmp(layout_name(id), name) == 0)
			return id;
	return -1;
}
