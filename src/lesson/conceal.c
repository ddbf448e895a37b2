/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * conceal.c - what on a sheet of questions would tell the answers
 */
#include <string.h>

#include "lesson/sheet.h"

/* Before item @k of the step something was asked, and has been answered. */
static bool answered_before(const struct step *step, size_t k)
{
	bool asked = false, told = false;

	for (size_t i = 0; i < k; i++) {
		const enum item_kind kind = step->item[i].kind;

		if (kind == ITEM_PREDICT || kind == ITEM_TASK) {
			asked = true;
			told = false;
		}
		if (kind == ITEM_SOLUTION || (kind == ITEM_RUN && asked))
			told = true;
	}
	return told;
}

/*
 * Behind a question its answer is explained.  If the step goes on to another,
 * the last paragraph before that leads to it, with what comes after the
 * paragraph.
 */
bool step_tells(const struct step *step, size_t k)
{
	size_t next = k + 1;

	if (step->item[k].kind > ITEM_RUN ||
	    step->item[k].kind == ITEM_PREDICT || !answered_before(step, k))
		return false;
	while (next < step->n && step->item[next].kind != ITEM_PREDICT &&
	       step->item[next].kind != ITEM_TASK)
		next++;
	for (size_t i = k + 1; i < next; i++)
		if (step->item[i].kind == ITEM_PROSE &&
		    step->item[i].prose == PROSE_TEXT)
			return true;
	return next == step->n;
}

bool step_begins_afresh(const struct step *step)
{
	for (size_t k = 0; k < step->n; k++) {
		const struct item *item = &step->item[k];

		if (item->kind == ITEM_SETUP && item->n)
			return strncmp(item->lines[0].text, "world ", 6) == 0;
		if (item->kind >= ITEM_SETUP)
			return false;
	}
	return false;
}
