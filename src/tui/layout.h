/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout.h - the parts of a layout
 *
 *	layout.c        where the panes stand, and how many rows each has
 *	layout_table.c  which layouts there are
 *	layout_views.c  which view stands in which pane
 *
 * A layout is a table of panes: columns, and in each column panes below each
 * other.
 */
#ifndef BUDDYSCOPE_TUI_LAYOUT_H
#define BUDDYSCOPE_TUI_LAYOUT_H

#include "tui/view.h"

/** A pane, and how many rows it gets. */
struct pane_spec {
	enum view_id view; /* unless the user chose another */
	uint8_t column;
	uint8_t least;	 /* rows; with fewer it is left out */
	uint8_t percent; /* of the column, if the view has a use for them */
	uint8_t grow;	 /* parts of what nobody else has a use for */
	bool if_left;	 /* only with rows that nobody else has a use for */
};

struct size {
	int rows, cols;
};

/** A layout; without panes: the focused view, alone. */
struct layout_spec {
	const char *name;
	struct size least;  /* of the terminal */
	struct size itself; /* chosen by itself from this size on */
	int left_percent;   /* width of the left column; 100: the only one */
	int said_rows;	    /* for the present event, if it has no pane */
	int squeezed;	    /* rows that others keep where the first view has
			       to have more; 0: all */
	const struct pane_spec *pane;
	int panes;
	const struct pane_spec *taught; /* with a lesson */
	int taught_panes;
};
extern const struct layout_spec layouts[NR_SCREEN_LAYOUTS];

/* ---- layout_views.c ---- */

/** The panes of a layout, with a lesson or without; gives their number. */
int layout_panes(const struct screen *s, enum layout_id id,
		 const struct pane_spec **pane);
/** The view in a pane of a layout. */
enum view_id layout_view(const struct screen *s, enum layout_id id, int pane);

#endif
