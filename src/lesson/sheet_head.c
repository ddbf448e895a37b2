/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sheet_head.c - the kinds of sheets, and what stands on top of them
 */
#include <inttypes.h>
#include <string.h>

#include "lesson/sheet.h"

bool sheet_kind_find(const char *word, enum sheet_kind *kind)
{
	static const char *const words[] = {"questions", "exam", "answers",
					    "notes"};

	for (int i = 0; i < 4; i++)
		if (strcmp(word, words[i]) == 0) {
			*kind = (enum sheet_kind)i;
			return true;
		}
	return false;
}

const char *sheet_kind_title(enum sheet_kind kind)
{
	static const char *const titles[] = {"", "", ": answers",
					     ": for teaching"};

	return titles[kind];
}

bool sheet_keeps_quiet(enum sheet_kind kind)
{
	return kind == SHEET_QUESTIONS || kind == SHEET_EXAM;
}

/* As a grade counts: a point for each question and each task. */
static void put_name_and_points(const struct lesson *l,
				const struct sheet_want *want, struct out *out)
{
	unsigned int points = 0;

	for (size_t i = 0; i < l->n; i++)
		for (size_t k = 0; k < l->step[i].n; k++)
			points += l->step[i].item[k].kind == ITEM_PREDICT ||
				  l->step[i].item[k].kind == ITEM_TASK;
	out_text(out, "Name: ");
	if (want->student)
		markdown_plain(want->student, out);
	else
		out_text(out, SHEET_BLANK);
	out_line(out, " Points: ____ of %u\n", points);
}

void sheet_head(const struct lesson *l, const struct sheet_want *want,
		struct out *out)
{
	out_text(out, "# ");
	markdown_plain(l->title, out);
	out_line(out, "%s\n", sheet_kind_title(want->kind));
	if (l->goal) {
		markdown_plain(l->goal, out);
		out_line(out, "\n");
	}
	out_text(out, "%u minute%s, seed %" PRIu64, l->minutes,
		 l->minutes == 1 ? "" : "s", l->seed);
	if (want->student && !sheet_keeps_quiet(want->kind)) {
		out_text(out, " of ");
		markdown_plain(want->student, out);
	}
	out_line(out, ", lesson %016" PRIx64 "\n", l->hash);
	if (want->kind == SHEET_NOTES && l->needs) {
		out_text(out, "Before it: ");
		markdown_plain(l->needs, out);
		out_line(out, ".\n");
	}
	if (want->kind == SHEET_NOTES && l->models) {
		out_text(out, "About: ");
		markdown_plain(l->models, out);
		out_line(out, ".\n");
	}
	if (sheet_keeps_quiet(want->kind))
		put_name_and_points(l, want, out);
}
