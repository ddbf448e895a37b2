/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * list_row.h - one list of blocks in a row: "M[1] head> 34 [38] 42 +7"
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

void list_row_draw(const struct list_row *l, const struct mm *mm,
		   const struct changes *ch, int row, struct canvas *c);

#endif
