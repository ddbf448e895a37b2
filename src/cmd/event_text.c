/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_text.c - one event in words, from the row of event_words.c
 */
#include "cmd/event_text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cmd/show.h"

/** In a sentence a mask longer than this is a number. */
#define GFP_SHORT 48
/* `which` of a watermark test: the mark's index, and these on top. */
#define MARK_HINT 8  /* a look at the high mark before the real test */
#define MARK_BULK 16 /* the mark is raised by the pages a bulk wants */

/* ---- growing a text in a buffer of fixed size ---- */

struct words {
	const struct mm *mm;
	const int32_t *arg;
	enum explain_depth depth;
	char *buf;
	size_t size, len;
};

static void say(struct words *w, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void say(struct words *w, const char *fmt, ...)
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
static void say_alloc_flags(struct words *w, int32_t flags)
{
	static const struct {
		int32_t flag;
		const char *name;
	} names[] = {
		{ALLOC_NO_WATERMARKS, "NO_WATERMARKS"},
		{ALLOC_OOM, "OOM"},
		{ALLOC_NON_BLOCK, "NON_BLOCK"},
		{ALLOC_MIN_RESERVE, "MIN_RESERVE"},
		{ALLOC_CPUSET, "CPUSET"},
		{ALLOC_CMA, "CMA"},
		{ALLOC_NOFRAGMENT, "NOFRAGMENT"},
		{ALLOC_HIGHATOMIC, "HIGHATOMIC"},
		{ALLOC_KSWAPD, "KSWAPD"},
	};

	say(w, "%s", mark_name(flags & ALLOC_WMARK_MASK));
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (flags & names[i].flag)
			say(w, "|%s", names[i].name);
}

/* "40..47", or "40" for a single frame. */
static void say_block(struct words *w, pfn_t pfn, int32_t order)
{
	if (pfn == NO_PFN)
		say(w, "none");
	else if (order <= 0 || order >= MM_MAX_ORDERS)
		say(w, "%u", pfn);
	else
		say(w, "%u..%u", pfn, pfn + (1u << order) - 1);
}

static void say_frames(struct words *w, pfn_t pfn, int32_t order)
{
	say(w, order > 0 ? "block " : "frame ");
	say_block(w, pfn, order);
}

static int32_t list_order(const struct mm *mm, int32_t pindex)
{
	return pindex >= 0 && (unsigned int)pindex < mm_nr_pcp_lists(mm)
		       ? (int32_t)mm_pcp_list_order(mm, (unsigned int)pindex)
		       : 0;
}

static void say_list(struct words *w, int32_t pindex)
{
	const unsigned int i = (unsigned int)pindex;

	if (pindex < 0 || i >= mm_nr_pcp_lists(w->mm))
		say(w, "%d", pindex);
	else
		say(w, "%s[%u]",
		    mm_migratetype_name(mm_pcp_list_type(w->mm, i)),
		    mm_pcp_list_order(w->mm, i));
}

static void say_gfp(struct words *w, int32_t gfp)
{
	char name[400];

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
		say(w, "%s", s ? s->name : "something without a name");
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

static void say_arg(struct words *w, char letter, int32_t v)
{
	switch (letter) {
	case 'd':
		say(w, "%d", v);
		break;
	case 'c':
		say(w, v == 1 ? "%d page" : "%d pages", v);
		break;
	case 'h':
		if (v == 1)
			say(w, "1 page back, or leaves it to compaction");
		else
			say(w, "%d pages back", v);
		break;
	case 'j':
		say(w, "%s", compact_priority_name(v));
		break;
	case 'e':
		say(w, v == 1 ? "" : "s");
		break;
	case 'y':
		say(w, v ? "yes" : "no");
		break;
	case 'k':
		say(w, "%s", compact_result_name(v));
		break;
	case 'p':
		say_block(w, (pfn_t)v, 0);
		break;
	case 's':
		say(w, v ? "%u pages" : "%u page", 1u << (v & 31));
		break;
	case 't':
		say(w, "%s", type_name(v));
		break;
	case 'r':
		say(w, "%s", reason_text(v));
		break;
	case 'R':
		say(w, "%s", reason_name(v));
		break;
	case 'g':
		say_gfp(w, v);
		break;
	case 'a':
		say_alloc_flags(w, v);
		break;
	case 'm':
		say(w, "%s", mark_name(v));
		break;
	case 'l':
		say_list(w, v);
		break;
	case 'f':
		say(w, "%s", flag_name(v));
		break;
	case 'u':
	case 'w':
	case 'v':
		say_reclaim(w, letter, v);
		break;
	case 'F':
		say(w, "%s", mm_fault_name((enum mm_fault)v));
		break;
	case 'X':
		say(w, "%s", mm_page_op_name((enum mm_page_op)v));
		break;
	case 'G':
	case 'S':
	case 'P':
	case 'N':
	case 'C':
		say_limits(w, letter, v);
		break;
	case 'E':
	case 'I':
	case 'K':
	case 'q':
	case 'Q':
		say_moving(w, letter, v);
		break;
	case 'M':
		say(w, "%s", mm_policy_name((enum mm_policy)v));
		break;
	default:
		say_names(w, letter, v);
	}
}

void event_arg_text(const struct mm *mm, char letter, int32_t value, char *buf,
		    size_t size)
{
	struct words w = {
		.mm = mm, .depth = EXPLAIN_NUMBERS, .buf = buf, .size = size};

	if (size == 0)
		return;
	buf[0] = '\0';
	say_arg(&w, letter, value);
}

void event_block_text(const struct mm *mm, const struct mm_event *ev, char *buf,
		      size_t size)
{
	struct words w = {.mm = mm, .buf = buf, .size = size};

	if (size == 0)
		return;
	buf[0] = '\0';
	say_frames(&w, (pfn_t)ev->arg[0], ev->arg[1]);
}

/* $b01, $B01 and $L02 have two arguments, all others one. */
static void fill_in(struct words *w, const char *text)
{
	for (const char *s = text; *s; s++) {
		const char letter = s[1];
		const bool two = *s == '$' && strchr("bBL", letter);
		int32_t v;

		if (*s != '$') {
			say(w, "%c", *s);
			continue;
		}
		if (letter == '<' || letter == '>') {
			v = w->arg[s[3] - '0'];
			v = letter == '<' ? v & 0xffff
					  : (int32_t)((uint32_t)v >> 16);
			say_arg(w, s[2], v);
			s += 3;
			continue;
		}
		v = w->arg[s[2] - '0'];
		if (letter == 'b')
			say_block(w, (pfn_t)v, w->arg[s[3] - '0']);
		else if (letter == 'B')
			say_frames(w, (pfn_t)v, w->arg[s[3] - '0']);
		else if (letter == 'L')
			say_frames(w, (pfn_t)v,
				   list_order(w->mm, w->arg[s[3] - '0']));
		else
			say_arg(w, letter, v);
		s += two ? 3 : 2;
	}
}

/* ---- events whose sentence depends on how they went ---- */

/*
 * "usable 240 - reserve 0 - mark low 226 = 14": usable is what is free and
 * may be touched; of a block all frames but one are taken off first.
 */
static void say_sum(struct words *w)
{
	const int32_t *a = w->arg;
	const int32_t rest = (1 << (a[1] & 15)) - 1;

	say(w, "usable %" PRId64, (int64_t)a[5] + rest);
	if (rest)
		say(w, " - rest of the block %" PRId32, rest);
	fill_in(w, " - reserve $d4 - ");
	say(w, a[2] & MARK_HINT ? "" : "mark ");
	fill_in(w, "$m2");
	say(w, a[2] & MARK_BULK ? " and the pages wanted " : " ");
	fill_in(w, "$d3 = ");
	say(w, "%lld", (long long)a[5] - a[4] - a[3]);
}

/* A look at the high mark first: above it, the real test is not needed. */
static void says_hint(struct words *w)
{
	const int32_t result = w->arg[6];

	fill_in(w, "$z0: above high? ");
	if (w->depth != EXPLAIN_SENTENCE) {
		say_sum(w);
		say(w, ": ");
	}
	if (result == REASON_WMARK_OK)
		say(w, "yes, that is enough");
	else if (result == REASON_WMARK_SHORT)
		say(w, "no, so the mark itself is tested");
	else if (result == REASON_WMARK_NO_BLOCK)
		fill_in(w, "yes, but no block of order $d1 or more");
	else
		fill_in(w, "$r6");
}

static void says_watermark(struct words *w)
{
	const int32_t *a = w->arg;

	if (a[2] & MARK_HINT) {
		says_hint(w);
		return;
	}
	if (w->depth == EXPLAIN_SENTENCE) {
		fill_in(w, a[2] & MARK_BULK
				   ? "$z0, $m2 watermark and the pages "
				     "wanted: $r6"
				   : "$z0, $m2 watermark: $r6");
		return;
	}
	fill_in(w, "$z0: ");
	say_sum(w);
	if (a[6] == REASON_WMARK_SHORT)
		say(w, ": too few, it must be more than 0");
	else
		fill_in(w, ": $r6");
	if (a[6] == REASON_WMARK_NO_BLOCK)
		fill_in(w, " (order $d1)");
}

static void says_refused(struct words *w)
{
	const int32_t *a = w->arg;

	fill_in(w, "$t2[$d1] refused: ");
	if (w->depth == EXPLAIN_SENTENCE || a[6] != REASON_BELOW_HALF) {
		fill_in(w, "$r6");
		return;
	}
	fill_in(w, "pageblock of $p0 has $d3 free + $d4 alike of ");
	say(w, "%u, needs %d", 1u << mm_pageblock_order(w->mm), a[5]);
}

static void says_extfrag(struct words *w)
{
	fill_in(w, w->arg[6] ? "pageblock of $p0 claimed from $t4 for $t3"
			     : "$B02 stolen from $t4 for $t3");
	if (w->depth != EXPLAIN_SENTENCE)
		fill_in(w, ": order $d1 wanted, order $d2 found, pageblock "
			   "now $t5");
}

static void says_alloc(struct words *w)
{
	fill_in(w, w->arg[4] == REASON_SERVED ? "served: $B01" : "$r4");
	if (w->depth != EXPLAIN_SENTENCE)
		fill_in(w, ", order $d1, $t2, $g3");
}

static void says_list_add(struct words *w)
{
	fill_in(w, w->arg[3] ? "$B01 to the tail of $t2[$d1]: $r4"
			     : "$B01 to the head of $t2[$d1]: $r4");
}

static void says_stop(struct words *w)
{
	fill_in(w, "$B02 stays at order $d2");
	if (w->depth != EXPLAIN_SENTENCE && w->arg[3] != REASON_MAX_ORDER)
		fill_in(w, ", buddy $b12");
	fill_in(w, ": $r3");
}

/* The event has the merged block and the buddy; the rest is the half freed. */
static void says_merge(struct words *w)
{
	const pfn_t pfn = (pfn_t)w->arg[0], buddy = (pfn_t)w->arg[1];
	const int32_t order = w->arg[2] > 0 ? w->arg[2] - 1 : 0;
	const pfn_t other = pfn + (1u << (order & 31));

	say_frames(w, buddy == pfn ? other : pfn, order);
	say(w, " and its free buddy ");
	say_block(w, buddy, order);
	fill_in(w, w->depth == EXPLAIN_SENTENCE ? " merge to $b02"
						: " merge to $b02, order $d2");
}

/* ---- the whole ---- */

static void (*says_of(unsigned int type))(struct words *w)
{
	switch (type) {
	case EV_zone_watermark:
		return says_watermark;
	case EV_fallback_refused:
		return says_refused;
	case EV_mm_page_alloc_extfrag:
		return says_extfrag;
	case EV_mm_page_alloc:
		return says_alloc;
	case EV_buddy_stop:
		return says_stop;
	case EV_list_add:
		return says_list_add;
	case EV_buddy_merge:
		return says_merge;
	default:
		return NULL;
	}
}

/* " [kernel: expand(), mm/page_alloc.c; page_allocation.rst, "..."]" */
static void say_kernel(struct words *w, unsigned int type)
{
	const struct event_words *row = &event_words[type];
	const char *title = topic_title(row->topic);
	const char *models = mm_event_type(type)->models;
	const bool words = strchr(models, '>') != NULL; /* "a on b->c" */

	if (!title)
		return;
	say(w, " [kernel: ");
	for (const char *s = models; *s; s++) {
		if (*s == ',' && !words)
			say(w, "()");
		say(w, "%c", *s);
	}
	if (!words)
		say(w, "()");
	say(w, ", %s; page_allocation.rst, \"%s\"]",
	    row->file ? row->file : "mm/page_alloc.c", title);
}

/**
 * event_text - one event in words, one printable line
 *
 * Cut to @size; at EXPLAIN_KERNEL the kernel's function and the section of
 * its document follow in brackets.
 */
void event_text(const struct mm *mm, const struct mm_event *ev,
		enum explain_depth depth, char *buf, size_t size)
{
	struct words w = {.mm = mm,
			  .arg = ev->arg,
			  .depth = depth,
			  .buf = buf,
			  .size = size};
	const struct event_words *row;
	void (*says)(struct words * w);

	if (size == 0)
		return;
	buf[0] = '\0';
	if (ev->type >= NR_EVENT_TYPES)
		return;
	row = &event_words[ev->type];
	says = says_of(ev->type);
	if (says)
		says(&w);
	else
		fill_in(&w, depth == EXPLAIN_SENTENCE || !row->numbers
				    ? row->sentence
				    : row->numbers);
	if (depth == EXPLAIN_KERNEL)
		say_kernel(&w, ev->type);
}
