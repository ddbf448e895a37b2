/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kept.c - what was said in the present step, for the pane
 *
 * Each answer stays below its command and each verdict below its question, so
 * that the text of a step only grows and can be read again.
 */
#include <stdlib.h>
#include <string.h>

#include "lesson/play.h"

#define MOST_KEPT 400	  /* texts of a step */
#define LONGEST_KEPT 4000 /* bytes: more than a pane shows of an answer */

struct kept {
	size_t item, line;
	char *text;
};

void player_keep(struct player *p, size_t item, size_t line, const char *text)
{
	const size_t len = strnlen(text, LONGEST_KEPT);
	struct kept *more;
	char *copy;

	if (p->nr_kept == MOST_KEPT || !len)
		return;
	more = realloc(p->kept, (p->nr_kept + 1) * sizeof *more);
	if (more)
		p->kept = more;
	copy = more ? malloc(len + 1) : NULL;
	if (!copy) /* then it is not seen in the pane */
		return;
	memcpy(copy, text, len);
	copy[len] = '\0';
	p->kept[p->nr_kept++] = (struct kept){item, line, copy};
}

const char *player_kept(const struct player *p, size_t item, size_t line)
{
	for (size_t i = 0; i < p->nr_kept; i++)
		if (p->kept[i].item == item && p->kept[i].line == line)
			return p->kept[i].text;
	return NULL;
}

void player_keep_nothing(struct player *p)
{
	while (p->nr_kept)
		free(p->kept[--p->nr_kept].text);
	free(p->kept);
	p->kept = NULL;
}
