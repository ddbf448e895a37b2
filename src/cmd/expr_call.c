/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * expr_call.c - the functions that an expression may call
 */
#include <string.h>

#include "cmd/expr.h"

enum function {
	F_EVENTS,
	F_PFN,
	F_PAGES,
	F_BLOCKS,
	F_ALIVE,
	F_ORDER,
	F_HEAD,
	F_TYPE,
	F_FREE,
	F_USED,
	F_ZONE,
	F_BUDDY,
	F_ABS,
	F_MIN,
	F_MAX,
};

const struct expr_function expr_functions[] = {
	[F_EVENTS] = {"events", true, 0, 0, "events(EVENT)"},
	[F_PFN] = {"pfn", true, 0, 1, "pfn(OWNER) or pfn(OWNER, N)"},
	[F_PAGES] = {"pages", true, 0, 0, "pages(OWNER)"},
	[F_BLOCKS] = {"blocks", true, 0, 0, "blocks(OWNER)"},
	[F_ALIVE] = {"alive", true, 0, 0, "alive(TASK)"},
	[F_ORDER] = {"order", false, 1, 1, "order(PFN)"},
	[F_HEAD] = {"head", false, 1, 1, "head(PFN)"},
	[F_TYPE] = {"type", false, 1, 1, "type(PFN)"},
	[F_FREE] = {"is_free", false, 1, 1, "is_free(PFN)"},
	[F_USED] = {"is_used", false, 1, 1, "is_used(PFN)"},
	[F_ZONE] = {"zone", false, 1, 1, "zone(PFN)"},
	[F_BUDDY] = {"buddy", false, 2, 2, "buddy(PFN, ORDER)"},
	[F_ABS] = {"abs", false, 1, 1, "abs(VALUE)"},
	[F_MIN] = {"min", false, 2, 2, "min(A, B)"},
	[F_MAX] = {"max", false, 2, 2, "max(A, B)"},
	{0},
};

int expr_function_find(const char *name, size_t len)
{
	for (int i = 0; expr_functions[i].name; i++)
		if (strlen(expr_functions[i].name) == len &&
		    strncmp(expr_functions[i].name, name, len) == 0)
			return i;
	return -1;
}

struct naming {
	void (*each)(void *, const char *);
	void *arg;
};

static void name_call(void *arg, const char *event)
{
	const struct naming *n = arg;
	char text[EXPR_NAME];

	snprintf(text, sizeof text, "events(%s)", event);
	n->each(n->arg, text);
}

void expr_names(const struct mm *mm, void (*each)(void *, const char *),
		void *arg)
{
	struct naming n = {each, arg};
	char text[EXPR_NAME];

	mm_figure_names(mm, each, arg);
	event_names(name_call, &n);
	for (int i = F_EVENTS + 1; expr_functions[i].name; i++) {
		snprintf(text, sizeof text, "%s(", expr_functions[i].name);
		each(arg, text);
	}
}

static bool count_events(const struct valuing *v, const struct expr_node *n,
			 const char *name, int64_t *value)
{
	const int type = event_type_find(name);
	struct nearest near;

	if (type >= 0) {
		*value = v->counts
				 ? (int64_t)v->counts[type]
				 : (int64_t)event_count(v->mm, type, v->since);
		return true;
	}
	nearest_start(&near, name);
	event_names(nearest_try, &near);
	return expr_refuse(v->why, n->name, "%s: no such event%s%s%s", name,
			   near.name[0] ? "; did you mean \"" : "", near.name,
			   near.name[0] ? "\"?" : "");
}

static bool block_of(const struct valuing *v, const struct expr_node *n,
		     const char *name, int64_t which, int64_t *value)
{
	const uint16_t owner = mm_owner_find(v->mm, name);
	pfn_t pfn = owner ? mm_owner_first(v->mm, owner) : NO_PFN;

	if (!owner)
		return expr_refuse(v->why, n->name,
				   "%s: nobody is called like that", name);
	for (int64_t i = 0; i < which && pfn != NO_PFN; i++)
		pfn = mm_owner_next(v->mm, pfn);
	if (pfn == NO_PFN || which < 0)
		return expr_refuse(v->why, n->name, "%s has no block %lld",
				   name, (long long)which);
	*value = pfn;
	return true;
}

static bool call_by_name(const struct valuing *v, const struct expr_node *n,
			 int64_t a, int64_t *value)
{
	char name[EXPR_NAME];
	uint16_t owner;

	snprintf(name, sizeof name, "%.*s", n->name_len, v->e->text + n->name);
	owner = mm_owner_find(v->mm, name);
	switch (n->function) {
	case F_EVENTS:
		return count_events(v, n, name, value);
	case F_PFN:
		return block_of(v, n, name, a, value);
	case F_PAGES:
		*value = owner ? (int64_t)mm_owner_pages(v->mm, owner) : 0;
		return true;
	case F_BLOCKS:
		*value = owner ? (int64_t)mm_owner_blocks(v->mm, owner) : 0;
		return true;
	default:
		*value = mm_task_find(v->mm, name) >= 0;
		return true;
	}
}

/* Position of a zone in address order. */
static int64_t zone_number(const struct mm *mm, zone_t zid)
{
	for (unsigned int i = 0; i < mm_nr_zones(mm); i++)
		if (mm_zone_at(mm, i) == zid)
			return i;
	return -1;
}

static bool call_by_frame(const struct valuing *v, const struct expr_node *n,
			  int64_t pfn, int64_t b, int64_t *value)
{
	const struct mm *mm = v->mm;
	struct mm_frame f;

	if (pfn < 0 || pfn >= (int64_t)mm_end_pfn(mm))
		return expr_refuse(v->why, n->start,
				   "%lld is no frame of this world",
				   (long long)pfn);
	mm_frame(mm, (pfn_t)pfn, &f);
	switch (n->function) {
	case F_ORDER:
		*value = f.order;
		return true;
	case F_HEAD:
		*value = f.head;
		return true;
	case F_TYPE:
		*value = f.block_type;
		return true;
	case F_FREE:
		*value = f.kind == FRAME_FREE;
		return true;
	case F_USED:
		*value = f.kind == FRAME_USED || f.kind == FRAME_MOVING;
		return true;
	case F_ZONE:
		*value = zone_number(mm, f.zone);
		return true;
	default:
		if (b < 0 || b > (int64_t)mm_max_order(mm))
			return expr_refuse(v->why, n->start,
					   "%lld is no order of this world",
					   (long long)b);
		*value = pfn ^ ((int64_t)1 << b);
		return true;
	}
}

bool expr_call(const struct valuing *v, const struct expr_node *n,
	       int64_t *value)
{
	int64_t a = 0, b = 0;

	if ((n->a >= 0 && !expr_value_of(v, n->a, &a)) ||
	    (n->b >= 0 && !expr_value_of(v, n->b, &b)))
		return false;
	if (expr_functions[n->function].takes_name)
		return call_by_name(v, n, a, value);
	switch (n->function) {
	case F_ABS:
		*value = a < 0 && a > INT64_MIN ? -a : a;
		return true;
	case F_MIN:
		*value = a < b ? a : b;
		return true;
	case F_MAX:
		*value = a > b ? a : b;
		return true;
	default:
		return call_by_frame(v, n, a, b, value);
	}
}

bool expr_counts(const struct expr *e)
{
	for (unsigned int i = 0; i < e->n; i++)
		if (e->node[i].op == EXPR_CALL &&
		    e->node[i].function == F_EVENTS)
			return true;
	return false;
}

/* ---- events by name ---- */

int event_type_find(const char *name)
{
	for (unsigned int i = 0; i < NR_EVENT_TYPES; i++)
		if (strcmp(mm_event_type(i)->name, name) == 0)
			return (int)i;
	return -1;
}

uint64_t event_count(const struct mm *mm, int type, uint64_t since)
{
	const uint64_t first = mm_first_moment(mm), now = mm_now(mm);
	uint64_t n = 0;

	for (uint64_t i = (since > first ? since : first) + 1; i <= now; i++) {
		const struct mm_event *ev = mm_event(mm, i);

		n += ev && ev->type == type;
	}
	return n;
}

void event_names(void (*each)(void *, const char *), void *arg)
{
	for (unsigned int i = 0; i < NR_EVENT_TYPES; i++)
		each(arg, mm_event_type(i)->name);
}
