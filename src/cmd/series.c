/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * series.c - see series.h
 */
#include "cmd/series.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/lab.h"

void series_forget(struct series_list *l)
{
	for (unsigned int i = 0; i < l->n; i++) {
		free(l->row[i].value);
		l->row[i].value = NULL;
		l->row[i].n = l->row[i].room = 0;
	}
	l->mm = NULL;
}

void series_cut(struct series_list *l, uint64_t op)
{
	const uint64_t keep = op >= l->first ? op - l->first + 1 : 0;

	for (unsigned int i = 0; i < l->n; i++)
		if (l->row[i].n > keep)
			l->row[i].n = keep;
}

static bool push(struct series *s, int64_t value)
{
	if (s->n == s->room) {
		const uint64_t room = s->room ? 2 * s->room : 64;
		int64_t *more = realloc(s->value, room * sizeof *more);

		if (!more)
			return false;
		s->value = more;
		s->room = room;
	}
	s->value[s->n++] = value;
	return true;
}

/* A figure that is not there at the moment counts as 0. */
static int64_t read_now(const struct mm *mm, const char *figure)
{
	const char *unit;
	int64_t value;

	return mm_figure(mm, figure, &value, &unit) ? 0 : value;
}

/* Moment after so many operations; they are on the tape. */
static uint64_t moment_after(const struct mm *mm, uint64_t ops)
{
	struct mm_op o;

	if (ops == mm_first_op(mm) || mm_op(mm, ops - 1, &o))
		return mm_first_moment(mm);
	return o.last;
}

void series_sync(struct series_list *l, struct mm *mm)
{
	const uint64_t here = mm_now(mm), end = mm_first_op(mm) + mm_nr_ops(mm);

	if (l->mm != mm) {
		series_forget(l);
		l->mm = mm;
		l->first = mm_first_op(mm);
	}
	for (unsigned int i = 0; i < l->n; i++) {
		struct series *s = &l->row[i];
		uint64_t op = l->first + s->n;

		for (; op < mm_first_op(mm); op++) /* dropped, never read */
			if (!push(s, s->n ? s->value[s->n - 1] : 0))
				return;
		for (; op <= end; op++) {
			mm_seek(mm, moment_after(mm, op));
			if (!push(s, read_now(mm, s->figure)))
				break;
		}
		mm_seek(mm, here);
	}
}

int series_add(struct series_list *l, const char *figure)
{
	for (unsigned int i = 0; i < l->n; i++)
		if (strcmp(l->row[i].figure, figure) == 0)
			return 1;
	if (l->n == MOST_SERIES)
		return -1;
	l->row[l->n] = (struct series){.n = 0};
	snprintf(l->row[l->n++].figure, SERIES_NAME, "%s", figure);
	return 0;
}

bool series_remove(struct series_list *l, const char *figure)
{
	for (unsigned int i = 0; i < l->n; i++)
		if (strcmp(l->row[i].figure, figure) == 0) {
			free(l->row[i].value);
			memmove(&l->row[i], &l->row[i + 1],
				(--l->n - i) * sizeof l->row[0]);
			return true;
		}
	return false;
}

struct series_list *lab_plots(struct lab *lab)
{
	return &lab->plots;
}

void lab_sync_plots(struct lab *lab)
{
	if (lab->plots.n)
		series_sync(&lab->plots, lab_seekable(lab));
}

bool lab_series(const struct lab *lab, unsigned int i, struct lab_series *s)
{
	const struct series_list *l = &lab->plots;
	int64_t now;

	*s = (struct lab_series){.figure = NULL};
	if (i >= l->n)
		return false;
	s->figure = l->row[i].figure;
	mm_figure(lab_mm(lab), s->figure, &now, &s->unit);
	s->value = l->row[i].value;
	s->n = l->mm == lab_mm(lab) ? l->row[i].n : 0;
	s->first = l->first;
	return true;
}
