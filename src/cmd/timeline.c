/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * timeline.c - see timeline.h
 */
#include "cmd/timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/out.h"

/* Lines that were taken back, the next one to do again at the end. */
struct undone {
	char **line;
	uint64_t n;
};

struct era {
	struct mm *mm;
	struct mm *origin; /* its first state; NULL when memory was short */
	char *made_by;	   /* line that put it here; NULL for the first one */
	char **line;	   /* of its operations, from the first one on */
	uint16_t *marks;   /* of the same */
	uint64_t n, room;
	struct undone undone; /* beyond the tape's end */
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

static void drop_undone(struct undone *u)
{
	while (u->n)
		free(u->line[--u->n]);
	free(u->line);
	*u = (struct undone){0};
}

static void era_close(struct era *e)
{
	drop_undone(&e->undone);
	drop_lines(e, 0);
	free(e->line);
	free(e->marks);
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

/* Copies of lines; false, and those so far stay, when memory is short. */
static bool copy_lines(char ***to, char *const *from, uint64_t n)
{
	*to = calloc(n + 1, sizeof **to);
	for (uint64_t i = 0; *to && i < n; i++) {
		(*to)[i] = from[i] ? strdup(from[i]) : NULL;
		if (from[i] && !(*to)[i])
			return false;
	}
	return *to != NULL;
}

struct timeline *timeline_fork(const struct timeline *t)
{
	const struct era *from = &t->era[t->now];
	struct timeline *fork = calloc(1, sizeof *fork);
	struct era *e = fork ? &fork->era[0] : NULL;

	if (!fork)
		return NULL;
	fork->n = 1;
	fork->forgot = t->now > 0 || t->forgot;
	e->made_by = from->made_by ? strdup(from->made_by) : NULL;
	e->mm = mm_fork(from->mm);
	e->origin = from->origin ? mm_clone(from->origin) : NULL;
	e->n = e->room = from->n;
	e->undone.n = from->undone.n;
	e->marks = malloc((from->n + 1) * sizeof *e->marks);
	if (e->marks && from->n)
		memcpy(e->marks, from->marks, from->n * sizeof *e->marks);
	if (e->marks && copy_lines(&e->line, from->line, from->n) &&
	    copy_lines(&e->undone.line, from->undone.line, from->undone.n) &&
	    e->mm && (!from->origin || e->origin))
		return fork;
	if (!e->line)
		e->n = 0;
	if (!e->undone.line)
		e->undone.n = 0;
	timeline_destroy(fork);
	return NULL;
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

const char *timeline_made_by(const struct timeline *t)
{
	return t->era[t->now].made_by;
}

const struct mm *timeline_origin(const struct timeline *t)
{
	return t->era[t->now].origin;
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
	uint16_t *marks;
	char **line;

	if (n <= e->room)
		return true;
	while (room < n)
		room *= 2;
	line = realloc(e->line, room * sizeof *line);
	if (!line)
		return false;
	e->line = line;
	marks = realloc(e->marks, room * sizeof *marks);
	if (!marks)
		return false;
	e->marks = marks;
	e->room = room;
	return true;
}

void timeline_note(struct timeline *t, uint64_t op, const char *line)
{
	struct era *e = &t->era[t->now];

	drop_lines(e, op);
	if (!room_for(e, op + 1))
		return;
	while (e->n < op) {
		e->marks[e->n] = 0;
		e->line[e->n++] = NULL;
	}
	e->marks[e->n] = (uint16_t)marks_of(e->mm, op);
	e->line[e->n++] = line ? strdup(line) : NULL;
}

unsigned int timeline_marks(const struct timeline *t, uint64_t op)
{
	const struct era *e = &t->era[t->now];

	return op < e->n ? e->marks[op] : 0;
}

static const char *line_or_so(const char *line)
{
	return line ? line : "one operation";
}

/* ---- changing ---- */

/* Operations that begin at the moment @at, or later. */
static uint64_t later_ops(const struct mm *mm, uint64_t at)
{
	const uint64_t end = mm_first_op(mm) + mm_nr_ops(mm);
	uint64_t op;

	if (at == mm_last_moment(mm) || mm_op_at(mm, at + 1, &op))
		return 0;
	return end - op;
}

void timeline_announce(const struct timeline *t, bool replaced, struct out *out)
{
	const struct mm *mm = timeline_mm(t);
	uint64_t op, later, at = mm_now(mm);
	struct mm_op o;
	char line[120], text[160];

	/* a world that is replaced comes back whole: no word about it */
	if (mm_op_at(mm, at, &op) == 0 && mm_op(mm, op, &o) == 0 &&
	    o.last != at) {
		snprintf(text, sizeof text, "(first to the end of: %s)",
			 printable(line, sizeof line,
				   line_or_so(timeline_line(t, op))));
		if (!replaced)
			out_note(out, text);
		at = o.last;
	}
	later = later_ops(mm, at) + (t->n - 1 - t->now);
	for (unsigned int i = t->now; i < t->n; i++)
		later += t->era[i].undone.n;
	snprintf(text, sizeof text, "(dropped: %llu later line%s)",
		 (unsigned long long)later, plural((int64_t)later));
	if (later)
		out_note(out, text);
}

void timeline_drop_future(struct timeline *t)
{
	while (t->n - 1 > t->now)
		era_close(&t->era[--t->n]);
	drop_undone(&t->era[t->now].undone);
}

bool timeline_replace(struct timeline *t, struct mm *mm, const char *line)
{
	char *made_by = strdup(line);

	if (!made_by)
		return false;
	timeline_drop_future(t);
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

/* Can the world be made again with its first @keep lines? */
static bool lines_known(const struct era *e, uint64_t keep)
{
	if (!e->origin || e->n < keep)
		return false;
	for (uint64_t i = 0; i < keep; i++)
		if (!e->line[i])
			return false;
	return true;
}

int64_t timeline_rebuild_lines(const struct timeline *t)
{
	const struct era *e = &t->era[t->now];
	const uint64_t gone = mm_first_op(e->mm);

	if (gone == 0 || mm_now(e->mm) > mm_first_moment(e->mm) ||
	    e->n < gone || !lines_known(e, gone - 1))
		return -1;
	return (int64_t)gone - 1;
}

/* Room for @more lines that were taken back. */
static bool undone_room(struct undone *u, uint64_t more)
{
	char **line = realloc(u->line, (u->n + more + 1) * sizeof *line);

	if (line)
		u->line = line;
	return line != NULL;
}

char **timeline_restart(struct timeline *t, uint64_t keep, bool again)
{
	struct era *e = &t->era[t->now];
	struct mm *mm = lines_known(e, keep) ? mm_clone(e->origin) : NULL;
	char **lines;

	if (!mm || mm_record(mm, MM_RECORD_TAPE) || !room_for(e, 1) ||
	    !undone_room(&e->undone, e->n - keep)) {
		mm_destroy(mm);
		return NULL;
	}
	lines = e->line;
	while (e->n > keep) {
		char *line = lines[--e->n];

		if (again && line)
			e->undone.line[e->undone.n++] = line;
		else
			free(line);
	}
	mm_destroy(e->mm);
	e->mm = mm;
	free(e->marks);
	e->line = NULL;
	e->marks = NULL;
	e->n = e->room = 0;
	return lines;
}

char *timeline_take_undone(struct timeline *t)
{
	const struct mm *mm = timeline_mm(t);
	struct undone *u = &t->era[t->now].undone;

	return mm_now(mm) == mm_last_moment(mm) && u->n ? u->line[--u->n]
							: NULL;
}

void timeline_give_undone(struct timeline *t, char *line)
{
	struct undone *u = &t->era[t->now].undone;

	u->line[u->n++] = line; /* where it was taken from */
}

enum moved timeline_undo(struct timeline *t, const char **why, struct out *out)
{
	struct mm *mm = timeline_mm(t);
	struct mm_op o;
	uint64_t op;

	if (mm_op_at(mm, mm_now(mm), &op) == 0 && mm_op(mm, op, &o) == 0 &&
	    mm_seek(mm, o.first) == 0) {
		say(out, "undone", timeline_line(t, op));
		return MOVED;
	}
	if (mm_now(mm) > 0)
		*why = ": what was before is no longer kept";
	else if (t->now == 0 && t->forgot)
		*why = ": the worlds before are no longer kept";
	if (mm_now(mm) > 0 || t->now == 0)
		return MOVED_NOT;
	say(out, "undone", t->era[t->now].made_by);
	t->now--;
	return MOVED;
}

enum moved timeline_redo(struct timeline *t, struct out *out)
{
	struct mm *mm = timeline_mm(t);
	struct mm_op o;
	uint64_t op;

	if (mm_now(mm) < mm_last_moment(mm) &&
	    mm_op_at(mm, mm_now(mm) + 1, &op) == 0 && mm_op(mm, op, &o) == 0 &&
	    mm_seek(mm, o.last) == 0) {
		say(out, "redone", timeline_line(t, op));
		return MOVED;
	}
	if (t->now + 1 == t->n)
		return MOVED_NOT;
	t->now++;
	say(out, "redone", t->era[t->now].made_by);
	return MOVED;
}
