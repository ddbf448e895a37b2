/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * list_row.c - see list_row.h
 */
#include "tui/list_row.h"

#include <stdio.h>
#include <string.h>

#include "tui/fields.h"

void list_row_draw(const struct list_row *l, const struct mm *mm,
		   const struct changes *ch, int row, struct canvas *c)
{
	uint32_t left = l->len;
	int col = canvas_printf(c, row, 0, l->role, "%s[%u]%s ", l->letters,
				l->order, left ? " head>" : " empty");
	pfn_t pfn = l->first;

	if (l->changed)
		canvas_mark(c, row, 0, col - 1, MARK_CHANGED);
	for (; pfn != NO_PFN; pfn = l->next(mm, l->key, pfn), left--) {
		const uint64_t end = (uint64_t)pfn + (1u << l->order);
		const bool changed = changes_touch(ch, pfn, (pfn_t)end);
		const int more = left > 1 ? 2 + fields_digits(left) : 0;
		char text[24];
		const int n = snprintf(text, sizeof text,
				       changed ? "[%u]" : "%u", pfn);

		if (col + n + more > c->cols) {
			canvas_printf(c, row, col, ROLE_DIM, "+%u", left);
			return;
		}
		canvas_text(c, row, col, ROLE_TEXT, text);
		if (changed)
			canvas_mark(c, row, col, n, MARK_CHANGED);
		col += n + 1;
	}
}
