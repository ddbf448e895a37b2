/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * list_row.c - see list_row.h
 */
#include "tui/list_row.h"

#include <stdio.h>
#include <string.h>

#include "tui/fields.h"

static int width_of(const struct list_room *room, int row,
		    const struct canvas *c)
{
	return row < room->narrow && room->cols < c->cols ? room->cols
							  : c->cols;
}

static void put_text(struct canvas *c, int row, int col, int width,
		     enum role role, const char *text, bool changed)
{
	struct canvas line = canvas_window(c, row, 0, 1, width);

	canvas_text(&line, 0, col, role, text);
	if (changed)
		canvas_mark(&line, 0, col, (int)strlen(text), MARK_CHANGED);
}

int list_row_draw(const struct list_row *l, const struct mm *mm,
		  const struct changes *ch, const struct list_room *room,
		  struct canvas *c)
{
	uint32_t left = l->len;
	int row = room->row, col, indent;
	pfn_t pfn = l->first;
	char text[24];

	indent = col = snprintf(text, sizeof text, "%s[%u]%s", l->letters,
				l->order, left ? " head>" : " empty") +
		       1;
	put_text(c, row, 0, width_of(room, row, c), l->role, text, l->changed);
	for (; pfn != NO_PFN; pfn = l->next(mm, l->key, pfn), left--) {
		const uint64_t end = (uint64_t)pfn + (1u << l->order);
		const bool changed = changes_touch(ch, pfn, (pfn_t)end);
		const bool last = row == room->row + room->rows - 1;
		const int more = last && left > 1 ? 2 + fields_digits(left) : 0;
		const int n = snprintf(text, sizeof text,
				       changed ? "[%u]" : "%u", pfn);

		if (col + n + more > width_of(room, row, c) && !last) {
			row++;
			col = indent;
		} else if (col + n + more > width_of(room, row, c)) {
			snprintf(text, sizeof text, "+%u", left);
			put_text(c, row, col, width_of(room, row, c), ROLE_DIM,
				 text, false);
			break;
		}
		put_text(c, row, col, width_of(room, row, c), ROLE_TEXT, text,
			 changed);
		col += n + 1;
	}
	return row - room->row + 1;
}
