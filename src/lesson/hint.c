/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hint.c - hints: each helps with the question or the task it stands behind
 */
#include <string.h>

#include "lesson/run.h"

#define MOST_HINTS 64 /* of a step, as far as it is kept which were given */

static bool asks(const struct item *item)
{
	return item->kind == ITEM_PREDICT || item->kind == ITEM_TASK;
}

/* The last that asks before item @end, else the first of the step. */
static size_t asked_before(const struct step *s, size_t end)
{
	size_t i = end < s->n ? end : s->n;

	while (i)
		if (asks(&s->item[--i]))
			return i;
	while (i < s->n && !asks(&s->item[i]))
		i++;
	return i;
}

/* Hint number @n of the step; its place, or the step's length. */
static size_t hint_at(const struct step *s, unsigned int n)
{
	size_t i = 0;

	for (; i < s->n; i++)
		if (s->item[i].kind == ITEM_HINT && n-- == 0)
			break;
	return i;
}

static bool is_given(const struct player *p, unsigned int n)
{
	return n < MOST_HINTS && p->steps[p->step].given >> n & 1;
}

const struct item *hint_of_now(const struct player *p, unsigned int *n,
			       bool given)
{
	const struct step *s = player_step(p);
	const size_t now = asked_before(s, p->item + 1);
	size_t i;

	for (; *n < MOST_HINTS && (i = hint_at(s, *n)) < s->n; ++*n)
		if (asked_before(s, i) == now && is_given(p, *n) == given)
			return &s->item[i];
	return NULL;
}

unsigned int hints_left(const struct player *p)
{
	unsigned int left = 0;

	for (unsigned int n = 0; hint_of_now(p, &n, false); n++)
		left++;
	return left;
}

enum cmd_status player_hint(struct player *p, struct out *out)
{
	struct step_result *r = &p->steps[p->step];
	unsigned int n = 0, before = 0;
	const struct item *hint = hint_of_now(p, &n, false);

	out_clear(p->told);
	if (!hint) {
		player_tell(p, out,
			    hint_of_now(p, &before, true)
				    ? "There are no more hints."
				    : "There is no hint here.");
		return CMD_OK;
	}
	player_note(p, ACT_HINT, NULL);
	r->hints++;
	r->given |= UINT64_C(1) << n;
	player_tell(p, out, "Hint: %s", hint->text);
	return CMD_OK;
}
