/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_arg.c - one argument of an event in words
 */
#include "cmd/event_arg.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "cmd/alloc_flags.h"
#include "cmd/show.h"

/** In a sentence a mask longer than this is a number. */
#define GFP_SHORT 48

void say(struct words *w, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(w->buf + w->len, w->size - w->len, fmt, ap);
	va_end(ap);
	if (n > 0)
		w->len += (size_t)n;
	if (w->len >= w->size)
		w->len = w->size - 1;
}

const char *type_name(int32_t mt)
{
	if (mt < 0 || mt >= MIGRATE_TYPES)
		return "(no type)";
	return mm_migratetype_name((enum migratetype)mt);
}

static const char *mark_name(int32_t which)
{
	static const char *const names[NR_WMARK] = {"min", "low", "high",
						    "promo"};

	which &= 7; /* above it: MARK_HINT, MARK_BULK */
	return which < NR_WMARK ? names[which] : "none";
}

static const char *flag_name(int32_t flag)
{
	switch (flag) {
	case ZONE_BOOSTED_WATERMARK:
		return "BOOSTED_WATERMARK";
	case ZONE_RECLAIM_ACTIVE:
		return "RECLAIM_ACTIVE";
	case ZONE_BELOW_HIGH:
		return "BELOW_HIGH";
	default:
		return "(unknown)";
	}
}

/* The mark, then the flags, as the kernel calls them. */
static void say_alloc_flags(struct words *w, char letter, int32_t flags)
{
	char names[200];

	(void)letter;
	alloc_flags_names((uint32_t)flags, names, sizeof names);
	say(w, "%s%s", mark_name(flags & ALLOC_WMARK_MASK), names);
}

void say_block(struct words *w, pfn_t pfn, int32_t order)
{
	if (pfn == NO_PFN)
		say(w, "none");
	else if (order <= 0 || order > MM_GIGANTIC_ORDER)
		say(w, "%u", pfn);
	else
		say(w, "%u..%u", pfn, pfn + (1u << order) - 1);
}

void say_frames(struct words *w, pfn_t pfn, int32_t order)
{
	say(w, order > 0 ? "block " : "frame ");
	say_block(w, pfn, order);
}

int32_t list_order(const struct mm *mm, int32_t pindex)
{
	return pindex >= 0 && (unsigned int)pindex < mm_nr_pcp_lists(mm)
		       ? (int32_t)mm_pcp_list_order(mm, (unsigned int)pindex)
		       : 0;
}

static void say_list(struct words *w, char letter, int32_t pindex)
{
	const unsigned int i = (unsigned int)pindex;

	(void)letter;
	if (pindex < 0 || i >= mm_nr_pcp_lists(w->mm))
		say(w, "%d", pindex);
	else
		say(w, "%s[%u]",
		    mm_migratetype_name(mm_pcp_list_type(w->mm, i)),
		    mm_pcp_list_order(w->mm, i));
}

static void say_gfp(struct words *w, char letter, int32_t gfp)
{
	char name[400];

	(void)letter;
	mm_gfp_print((gfp_t)gfp, name, sizeof name);
	if (w->depth == EXPLAIN_SENTENCE && strlen(name) > GFP_SHORT)
		say(w, "gfp 0x%x", (unsigned int)gfp);
	else
		say(w, "%s", name);
}

/* The name is in the world from this event on: before, there is a number. */
static void say_owner(struct words *w, char letter, int32_t v)
{
	const char *name = mm_owner_name(w->mm, (uint16_t)v);

	if (!name || !*name)
		say(w, letter == 'O' ? " (number %d)" : "%d", v);
	else if (letter == 'O')
		say(w, ": %s", name);
	else
		say(w, "%s", name);
	if (name && *name && letter == 'O' && w->depth > EXPLAIN_SENTENCE)
		say(w, " (number %d)", v);
}

static void say_names(struct words *w, char letter, int32_t v)
{
	const struct mm_setting *s;
	struct mm_task_info ti;
	char name[40];

	if (letter == 'z') {
		zone_text(w->mm, (zone_t)v, name, sizeof name);
		say(w, "%s", name);
	} else if (letter == 'n') {
		say(w, "%s",
		    v >= 0 && v < MAX_NR_ZONES ? mm_zone_name(w->mm, (zone_t)v)
					       : "(none)");
	} else if (letter == 'i') {
		s = v < 0 ? NULL : mm_setting((unsigned int)v);
		say(w, "%s", s ? s->name : "a setting");
	} else if (letter == 'T' && (uint32_t)v < mm_nr_tasks(w->mm)) {
		mm_task_info(w->mm, (unsigned int)v, &ti);
		say(w, "%s", ti.comm);
	} else {
		say_owner(w, letter, v);
	}
}

/* enum compact_result, under the names that tracepoints print. */
static const char *compact_result_name(int32_t result)
{
	static const char *const names[] = {
		"not_suitable_zone", "skipped",	  "deferred",
		"no_suitable_page",  "continue",  "complete",
		"partial_skipped",   "contended", "success",
	};

	return result >= 0 && result < 9 ? names[result] : "(no result)";
}

/* enum compact_priority */
static const char *compact_priority_name(int32_t priority)
{
	static const char *const names[] = {"full", "light", "async"};

	return priority >= 0 && priority < 3 ? names[priority] : "none";
}

/* "0-1", "0,2"; "all" of them. */
static void say_nodes(struct words *w, uint32_t mask)
{
	const unsigned int nr = mm_nr_nodes(w->mm);
	const uint32_t all = (1u << nr) - 1;
	const char *comma = "";

	if ((mask & all) == all || !(mask & all)) {
		say(w, mask & all ? "all" : "none");
		return;
	}
	for (unsigned int n = 0; n < nr; n++) {
		const unsigned int first = n;

		if (!(mask >> n & 1))
			continue;
		while (n + 1 < nr && mask >> (n + 1) & 1)
			n++;
		say(w, n > first ? "%s%u-%u" : "%s%u", comma, first, n);
		comma = ",";
	}
}

/* An errno, as those who work on ranges give it. */
static const char *ending(int32_t e)
{
	switch (-e) {
	case 0:
		return "done";
	case EBUSY:
	case 1: /* of a test */
		return "no, something is in the way";
	case ENOMEM:
		return "no, there is no place for it";
	case EINTR:
		return "no, a signal came";
	default:
		return "no, it cannot be asked for";
	}
}

/* What compaction and migration say of themselves. */
static void say_moving(struct words *w, char letter, int32_t v)
{
	if (letter == 'E')
		say(w, "%s", ending(v > 0 ? -1 : v));
	else if (letter == 'I')
		say(w, v ? "shut" : "open");
	else if (letter == 'q')
		say(w, "%s", migrate_mode_name((enum migrate_mode)v));
	else if (letter == 'Q')
		say(w, "%s", migrate_reason_name(v));
	else if (v == COMPACT_CONTINUE)
		say(w, "yes");
	else if (v == COMPACT_NOT_SUITABLE_ZONE)
		say(w, "no: pages are missing, not only the order among them");
	else
		say(w, "no: too few free pages to work with");
}

/* What limits memory, and who uses it: groups, cpusets, processes. */
static void say_limits(struct words *w, char letter, int32_t v)
{
	static const char *const constraints[NR_CONSTRAINTS] = {
		[CONSTRAINT_NONE] = "the whole machine",
		[CONSTRAINT_CPUSET] = "the nodes of a cpuset",
		[CONSTRAINT_MEMORY_POLICY] = "the nodes of a policy",
		[CONSTRAINT_MEMCG] = "a memory group",
	};
	struct mm_group_info g;
	struct mm_cpuset_info cs;

	if (letter == 'N') {
		say_nodes(w, (uint32_t)v);
	} else if (letter == 'C') {
		say(w, "%s", constraints[v >= 0 && v < NR_CONSTRAINTS ? v : 0]);
	} else if (letter == 'G') {
		mm_group_info(w->mm, (unsigned int)v, &g);
		say(w, "%s", g.name);
	} else if (letter == 'S') {
		mm_cpuset_info(w->mm, (unsigned int)v, &cs);
		say(w, "%s", cs.name);
	} else {
		say(w, "%s (%d)", mm_pid_comm(w->mm, (uint32_t)v), v);
	}
}

/* What reclaim works on: LRU lists, batches, slab caches. */
static void say_reclaim(struct words *w, char letter, int32_t v)
{
	struct mm_slab_info si;

	if (letter == 'u') {
		say(w, "%s", mm_lru_name((unsigned int)v));
	} else if (letter == 'w') {
		say(w, "%s", mm_lru_batch_name((unsigned int)v));
	} else {
		mm_slab_info(w->mm, (unsigned int)v, &si);
		say(w, "%s", si.name);
	}
}

/* Numbers, and what depends on one. */
static void say_number(struct words *w, char letter, int32_t v)
{
	switch (letter) {
	case 'c':
		say(w, v == 1 ? "%d page" : "%d pages", v);
		break;
	case 'e':
		say(w, v == 1 ? "" : "s");
		break;
	case 'h':
		if (v == 1)
			say(w, "1 page back, or leaves it to compaction");
		else
			say(w, "%d pages back", v);
		break;
	case 'p':
		say_block(w, (pfn_t)v, 0);
		break;
	case 's':
		say(w, v ? "%u pages" : "%u page", 1u << (v & 31));
		break;
	case 'y':
		say(w, v ? "yes" : "no");
		break;
	case 'A':
		say(w, v < 0 ? "the whole zone" : "order %d", v);
		break;
	case 'D':
		say(w, v ? "orders %d and larger" : "every order", v);
		break;
	default:
		say(w, "%d", v);
	}
}

static const char *word_for(char letter, int32_t v)
{
	switch (letter) {
	case 'f':
		return flag_name(v);
	case 'F':
		return mm_fault_name((enum mm_fault)v);
	case 'j':
		return compact_priority_name(v);
	case 'k':
		return compact_result_name(v);
	case 'm':
		return mark_name(v);
	case 'M':
		return mm_policy_name((enum mm_policy)v);
	case 'r':
		return reason_text(v);
	case 'R':
		return reason_name(v);
	case 't':
		return type_name(v);
	default:
		return mm_page_op_name((enum mm_page_op)v);
	}
}

/* What has a word of its own for each value. */
static void say_word(struct words *w, char letter, int32_t v)
{
	say(w, "%s", word_for(letter, v));
}

void say_arg(struct words *w, char letter, int32_t v)
{
	static const struct {
		const char *letters;
		void (*says)(struct words *w, char letter, int32_t v);
	} says[] = {
		{"AcdDehpsy", say_number}, {"fFjkmMrRtX", say_word},
		{"a", say_alloc_flags},	   {"g", say_gfp},
		{"l", say_list},	   {"CGNPS", say_limits},
		{"EIKqQ", say_moving},	   {"uvw", say_reclaim},
		{"inoOTz", say_names},
	};

	for (size_t i = 0; i < sizeof says / sizeof says[0]; i++)
		if (letter && strchr(says[i].letters, letter))
			says[i].says(w, letter, v);
}
