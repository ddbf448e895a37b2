/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * list_row.h - a list of blocks: "M[1] head> 34 [38] 42 +7"
 *
 * First frames from the head on; brackets mark those the last step changed,
 * and what finds no room is counted.
 */
#ifndef BUDDYSCOPE_TUI_LIST_ROW_H
#define BUDDYSCOPE_TUI_LIST_ROW_H

#include "tui/view.h"

struct list_row {
	const char *letters; /* of its type: "M" */
	enum role role;
	unsigned int order;
	uint32_t len; /* blocks on it */
	bool changed; /* the list itself, by the last step */
	pfn_t first;
	/** The block behind another; @key is mm_list_next()'s. */
	pfn_t (*next)(const struct mm *mm, unsigned int key, pfn_t pfn);
	unsigned int key;
};

/** Where a list may go. */
struct list_room {
	int row, rows;	  /* from @row on, at most so many */
	int narrow, cols; /* rows above @narrow are only so wide */
};

/** Gives the rows it took, one at least. */
int list_row_draw(const struct list_row *l, const struct mm *mm,
		  const struct changes *ch, const struct list_room *room,
		  struct canvas *c);

#endif
