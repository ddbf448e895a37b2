/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * timeline.c - see timeline.h
 */
#include "cmd/timeline.h"

#include <stdlib.h>
#include <string.h>

struct era {
	struct mm *mm;
	struct mm *origin; /* its first state; NULL when memory was short */
	char *made_by;	   /* line that put it here; NULL for the first one */
	char **line;	   /* of its operations, from the first one on */
	uint64_t n, room;
};

struct timeline {
	struct era era[TIMELINE_WORLDS + 1];
	unsigned int n, now;
	bool forgot; /* worlds before era[0] are gone */
};

static void drop_lines(struct era *e, uint64_t from)
{
	while (e->n > from)
		free(e->line[--e->n]);
}

static void era_close(struct era *e)
{
	drop_lines(e, 0);
	free(e->line);
	free(e->made_by);
	mm_destroy(e->mm);
	mm_destroy(e->origin);
	*e = (struct era){0};
}

struct timeline *timeline_create(struct mm *first)
{
	struct timeline *t = calloc(1, sizeof *t);

	if (!t)
		return NULL;
	t->era[0] = (struct era){.mm = first, .origin = mm_clone(first)};
	t->n = 1;
	return t;
}

void timeline_destroy(struct timeline *t)
{
	if (!t)
		return;
	while (t->n)
		era_close(&t->era[--t->n]);
	free(t);
}

struct mm *timeline_mm(const struct timeline *t)
{
	return t->era[t->now].mm;
}

/* ---- lines ---- */

const char *timeline_line(const struct timeline *t, uint64_t op)
{
	const struct era *e = &t->era[t->now];

	return op < e->n ? e->line[op] : NULL;
}

static bool room_for(struct era *e, uint64_t n)
{
	uint64_t room = e->room ? e->room : 64;
	char **line;

	if (n <= e->room)
		return true;
	while (room < n)
		room *= 2;
	line = realloc(e->line, room * sizeof *line);
	if (!line)
		return false;
	e->line = line;
	e->room = room;
	return true;
}

void timeline_note(struct timeline *t, uint64_t op, const char *line)
{
	struct era *e = &t->era[t->now];

	drop_lines(e, op);
	if (!room_for(e, op + 1))
		return;
	while (e->n < op)
		e->line[e->n++] = NULL;
	e->line[e->n++] = strdup(line);
}

static const char *line_or_so(const char *line)
{
	return line ? line : "one operation";
}

/* ---- changing ---- */

/* Operations that begin at the moment where we stand, or later. */
static uint64_t later_ops(const struct mm *mm)
{
	const uint64_t end = mm_first_op(mm) + mm_nr_ops(mm);
	uint64_t op;

	if (mm_now(mm) == mm_last_moment(mm) ||
	    mm_op_at(mm, mm_now(mm) + 1, &op))
		return 0;
	return end - op;
}

void timeline_settle(struct timeline *t, struct out *out)
{
	struct mm *mm = timeline_mm(t);
	uint64_t op, later;
	struct mm_op o;
	char text[120];

	if (mm_op_at(mm, mm_now(mm), &op) == 0 && mm_op(mm, op, &o) == 0 &&
	    o.last != mm_now(mm)) {
		out_line(out, "(first to the end of: %s)",
			 printable(text, sizeof text,
				   line_or_so(timeline_line(t, op))));
		mm_seek(mm, o.last);
	}
	later = later_ops(mm) + (t->n - 1 - t->now);
	if (later)
		out_line(out, "(dropped: %llu later line%s)",
			 (unsigned long long)later, later == 1 ? "" : "s");
	while (t->n - 1 > t->now)
		era_close(&t->era[--t->n]);
}

bool timeline_replace(struct timeline *t, struct mm *mm, const char *line)
{
	char *made_by = strdup(line);

	if (!made_by)
		return false;
	/* what could be redone in the old world is over */
	mm_begin(timeline_mm(t));
	mm_end(timeline_mm(t));
	if (t->n == TIMELINE_WORLDS + 1) {
		era_close(&t->era[0]);
		memmove(&t->era[0], &t->era[1], --t->n * sizeof t->era[0]);
		t->forgot = true;
	}
	t->era[t->n] = (struct era){
		.mm = mm, .origin = mm_clone(mm), .made_by = made_by};
	t->now = t->n++;
	return true;
}

/* ---- moving ---- */

static void say(struct out *out, const char *what, const char *line)
{
	char text[240];

	out_line(out, "%s: %s", what,
		 printable(text, sizeof text, line_or_so(line)));
}

int64_t timeline_rebuild_lines(const struct timeline *t)
{
	const struct era *e = &t->era[t->now];
	const uint64_t gone = mm_first_op(e->mm);

	if (gone == 0 || mm_now(e->mm) > mm_first_moment(e->mm) || !e->origin ||
	    e->n < gone)
		return -1;
	for (uint64_t i = 0; i + 1 < gone; i++)
		if (!e->line[i])
			return -1;
	return (int64_t)gone - 1;
}

char **timeline_restart(struct timeline *t, uint64_t *n)
{
	struct era *e = &t->era[t->now];
	struct mm *mm = mm_clone(e->origin);
	char **lines = e->line;

	if (!mm || mm_record(mm, MM_RECORD_TAPE)) {
		mm_destroy(mm);
		return NULL;
	}
	mm_destroy(e->mm);
	e->mm = mm;
	*n = e->n;
	e->line = NULL;
	e->n = e->room = 0;
	return lines;
}

bool timeline_undo(struct timeline *t, struct out *out)
{
	struct mm *mm = timeline_mm(t);
	struct mm_op o;
	uint64_t op;

	if (mm_op_at(mm, mm_now(mm), &op) == 0 && mm_op(mm, op, &o) == 0 &&
	    mm_seek(mm, o.first) == 0) {
		say(out, "undone", timeline_line(t, op));
		return true;
	}
	if (mm_now(mm) > 0) {
		complain(out, "undo",
			 "nothing to undo: what was before is no longer kept");
		return false;
	}
	if (t->now == 0) {
		complain(out, "undo", "nothing to undo%s",
			 t->forgot ? ": the worlds before are no longer kept"
				   : "");
		return false;
	}
	say(out, "undone", t->era[t->now].made_by);
	t->now--;
	return true;
}

bool timeline_redo(struct timeline *t, struct out *out)
{
	struct mm *mm = timeline_mm(t);
	struct mm_op o;
	uint64_t op;

	if (mm_now(mm) < mm_last_moment(mm) &&
	    mm_op_at(mm, mm_now(mm) + 1, &op) == 0 && mm_op(mm, op, &o) == 0 &&
	    mm_seek(mm, o.last) == 0) {
		say(out, "redone", timeline_line(t, op));
		return true;
	}
	if (t->now + 1 == t->n) {
		complain(out, "redo", "nothing to redo");
		return false;
	}
	t->now++;
	say(out, "redone", t->era[t->now].made_by);
	return true;
}
