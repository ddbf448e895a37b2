/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_text.c - one event in words
 *
 * A row per event: one sentence, and the same with its numbers.  In a text,
 * `$` is followed by a letter and the number of an argument:
 *
 *	$d number        $p frame      $b block (its order follows: $b01)
 *	$t migratetype   $z zone       $n zone type       $r reason
 *	$g gfp mask      $a alloc flags (hex)             $m watermark's name
 *	$s pages of an order           $l per-CPU list    $f zone flag
 *	$i setting       $o owner
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/event_text.h"

struct row {
	const char *sentence;
	const char *numbers; /* NULL: the sentence has them all */
};

static const struct row rows[NR_EVENT_TYPES] = {
	[EV_alloc_request] = {"$s0 wanted for $g1",
			      "order $d0 wanted for $g1: zones up to $n3, "
			      "type $t4, alloc flags $a5"},
	[EV_free_request] = {"block $b01 comes back",
			     "block $b01 comes back to $z3, type $t2"},
	[EV_zonelist_pass] = {"pass $d0 over the zones: $r2",
			      "pass $d0 over the zones, alloc flags $a1: $r2"},
	[EV_zone_skipped] = {"$z0 passed over: $r1", NULL},
	[EV_zone_watermark] = {NULL, NULL}, /* says_watermark() */
	[EV_zone_failed] = {"$z0: no block to be had, on to the next zone",
			    "$z0: no block of order $d1 for $t2, on to the "
			    "next zone"},
	[EV_zone_flag] = {"$z0: flag $f1 set to $d2", NULL},
	[EV_pcp_refill] = {"per-CPU list $l1 refilled: $d3 of $d2 blocks",
			   "per-CPU list $l1 of $z0 refilled: $d3 of $d2 "
			   "blocks (high $d4, alloc_factor $d5)"},
	[EV_pcp_take] = {"frame $p0 taken from per-CPU list $l2",
			 "frame $p0 taken from per-CPU list $l2 of $z1, $d3 "
			 "pages left on this CPU"},
	[EV_pcp_empty] = {"per-CPU list $l1 stays empty: $r2",
			  "per-CPU list $l1 of $z0 stays empty: $r2"},
	[EV_pcp_put] = {"frame $p0 put on per-CPU list $l2",
			"frame $p0 put on per-CPU list $l2 of $z1: $d3 pages, "
			"high $d4"},
	[EV_pcp_flush] = {"$d1 pages go from the per-CPU lists to the buddies",
			  "$d1 pages go from the per-CPU lists of $z0 to the "
			  "buddies, from list $l2 on: $d3 pages, limit $d4"},
	[EV_list_empty] = {"no $t2 block of order $d1 or more",
			   "$z0: no $t2 block of order $d1 or more"},
	[EV_list_del] = {"block $b01 leaves list $t2[$d1]: $r3", NULL},
	[EV_list_add] = {NULL, NULL}, /* says_list_add() */
	[EV_list_move] = {"block $b01 moves from $t2[$d1] to $t3[$d1]", NULL},
	[EV_buddy_split] = {"upper half $b01 given back, $p2 kept",
			    "upper half $b01, order $d1, given back; the "
			    "half at $p2 is kept"},
	[EV_buddy_merge] = {"$p0 and its buddy $p1 merge to order $d2",
			    "$p0 + $p1 -> order $d2: the buddy was free and of "
			    "the same order"},
	[EV_buddy_stop] = {"no more merging at order $d2: $r3",
			   "block $p0 stays at order $d2, buddy $p1: $r3"},
	[EV_fallback_none] = {"no other type has a block either ($r2)",
			      "no other type has a block of order $d0 for $t1 "
			      "($r2)"},
	[EV_fallback_refused] = {NULL, NULL}, /* says_refused() */
	[EV_fallback_end] = {"no pageblock claimed for $t1: $r2",
			     "no pageblock claimed for $t1, down to order $d0: "
			     "$r2"},
	[EV_cma_balance] = {"$z0: CMA first, it is over half of what is free",
			    "$z0: CMA first, $d1 of $d2 free pages are CMA"},
	[EV_pageblock_type] = {"pageblock at $p0 becomes $t2, was $t1", NULL},
	[EV_watermark_boost] = {"$z0: watermarks boosted after mixing types",
				"$z0: watermark boost $d1 -> $d2 (most $d3)"},
	[EV_highatomic_reserve] = {"high-atomic reserve at $p0: $r4",
				   "high-atomic reserve at $p0 of $z1: $r4 "
				   "($d2 pages of $d3)"},
	[EV_highatomic_unreserve] = {"high-atomic block at $p0 becomes $t3",
				     "high-atomic block at $p0 of $z1 becomes "
				     "$t3, $d2 pages reserved"},
	[EV_mm_vmscan_wakeup_kswapd] =
		{"kswapd of node $d0 is told (order $d1)",
		 "kswapd of node $d0 is told of $z3: "
		 "order $d1, $g2, woken: $d4"},
	[EV_mm_page_alloc_zone_locked] = {"block $b01 taken from the $t2 list",
					  "block $b01, order $d1, taken from "
					  "the $t2 lists (refill: $d3)"},
	[EV_mm_page_alloc_extfrag] = {NULL, NULL}, /* says_extfrag() */
	[EV_mm_page_pcpu_drain] = {"block $b01 flushed from a per-CPU list",
				   "block $b01, $t2, flushed from a per-CPU "
				   "list"},
	[EV_mm_page_free] = {"block $b01 is freed",
			     "block $b01, order $d1, is freed"},
	[EV_free_done] = {"freed: block $b01", "freed: block $b01, order $d1"},
	[EV_mm_page_alloc] = {NULL, NULL}, /* says_alloc() */
	[EV_bulk_done] = {"$d1 of $d0 single pages got",
			  "$d1 of $d0 single pages got for $g2"},
	[EV_drain] = {"CPU $d0 drained of $d2 pages",
		      "CPU $d0 drained of $d2 pages in $z1"},
	[EV_drain_done] = {"CPU $d0 drained, $d1 pages in all", NULL},
	[EV_decay] = {"lists of CPU $d0 shrank by $d1 pages", NULL},
	[EV_split_page] = {"block $b01 is now single pages",
			   "block $b01, order $d1, is now single pages"},
	[EV_setting] = {"$i0 changed from $d1 to $d2", NULL},
	[EV_owner] = {"a new owner: $o0", "a new owner: $o0 (number $d0)"},
	[EV_slowpath] = {"slow path: $r1", "slow path, alloc flags $a0: $r1"},
};

static const char *const reasons[NR_REASONS] = {
	[REASON_NONE] = "no reason noted",
	[REASON_FIRST_PASS] = "first attempt",
	[REASON_NOFRAGMENT_DROPPED] =
		"no unmixed block anywhere, mixing allowed",
	[REASON_REMOTE_NODE] = "mixing types here beats another node",
	[REASON_KSWAPD_NODES] = "now also nodes whose kswapd is working",
	[REASON_KSWAPD_ACTIVE] = "its kswapd is working",
	[REASON_WMARK_OK] = "passes",
	[REASON_WMARK_SHORT] = "too few pages",
	[REASON_WMARK_NO_BLOCK] = "enough pages, but no block that large",
	[REASON_WMARK_UNBOOSTED] = "passes without the boost",
	[REASON_WMARK_IGNORED] = "short, but this request may ignore it",
	[REASON_HIGHATOMIC_NO_REFILL] = "high-atomic requests do not refill",
	[REASON_NOTHING_GOT] = "the buddy lists gave nothing",
	[REASON_TAKEN] = "to be allocated",
	[REASON_MERGED] = "merged into a larger block",
	[REASON_CLAIMED] = "claimed with its pageblock",
	[REASON_SPLIT_REMAINDER] = "rest of a split goes to the head",
	[REASON_TAIL_ASKED] = "the caller asked for the tail",
	[REASON_LARGE_ORDER] = "so large a block goes to the head",
	[REASON_PARENT_BUDDY_FREE] = "a larger merge is near, so keep it last",
	[REASON_PARENT_BUDDY_BUSY] = "no larger merge in sight",
	[REASON_CLASSIC_HEAD] = "2.6.24 always uses the head",
	[REASON_MAX_ORDER] = "there is no larger order",
	[REASON_BUDDY_BUSY] = "the buddy is in use",
	[REASON_BUDDY_OTHER_ORDER] = "the buddy is of another order",
	[REASON_BUDDY_OTHER_ZONE] = "the buddy is in another zone",
	[REASON_BUDDY_OTHER_TYPE] = "the buddy's pageblock has another type",
	[REASON_NOT_WHOLE] = "its pageblock reaches out of the zone",
	[REASON_BELOW_HALF] = "under half of its pageblock is free or alike",
	[REASON_ORDER_TOO_SMALL] = "movable does not claim for so little",
	[REASON_NO_FRAGMENT] = "only whole pageblocks allowed, there is none",
	[REASON_NO_DONOR] = "no other type has a free block",
	[REASON_RESERVED] = "pageblock reserved",
	[REASON_ZONE_TOO_SMALL] = "1 % of the zone is under a pageblock",
	[REASON_LIMIT_REACHED] = "the limit is reached",
	[REASON_TYPE_NOT_MERGEABLE] = "its type may not change",
	[REASON_ENTERED] = "entered, once more down to the min mark",
	[REASON_RETRY_RESERVES] = "once more with reserve rights",
	[REASON_MAY_NOT_SLEEP] = "may not sleep, so it gives up",
	[REASON_CALLER_MEMALLOC] = "a reclaimer may not reclaim, gives up",
	[REASON_NEEDS_RECLAIM] = "direct reclaim would follow (not modelled)",
	[REASON_SERVED] = "served",
	[REASON_REFUSED] = "refused",
	[REASON_ORDER_TOO_LARGE] = "refused: no such order",
	[REASON_CLAIM_SEARCH] = "largest first",
	[REASON_STEAL_SEARCH] = "smallest first",
	[REASON_PLACED] = "placed by a recorded state",
};

/** A reason in words; never NULL. */
const char *reason_text(int32_t reason)
{
	if (reason < 0 || reason >= NR_REASONS || !reasons[reason])
		return reasons[REASON_NONE];
	return reasons[reason];
}

/* ---- growing a text in a buffer of fixed size ---- */

struct words {
	const struct mm *mm;
	const int32_t *arg;
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
	static const char *const names[] = {"min", "low", "high", "promo"};

	/* watermark.h adds 8 when the mark is only a hint for kswapd */
	which &= 7;
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

/** "40..47", or "40" for a single frame. */
static void say_block(struct words *w, pfn_t pfn, int32_t order)
{
	if (pfn == NO_PFN)
		say(w, "none");
	else if (order <= 0 || order >= MM_MAX_ORDERS)
		say(w, "%u", pfn);
	else
		say(w, "%u..%u", pfn, pfn + (1u << order) - 1);
}

static void say_list(struct words *w, int32_t pindex)
{
	const unsigned int i = (unsigned int)pindex;

	if (pindex < 0 || i >= mm_nr_pcp_lists(w->mm))
		say(w, "%d", pindex);
	else
		say(w, "%c[%u]",
		    mm_migratetype_letter(mm_pcp_list_type(w->mm, i)),
		    mm_pcp_list_order(w->mm, i));
}

static void say_names(struct words *w, char letter, int32_t v)
{
	const struct mm_setting *s;
	char name[160];

	if (letter == 'z') {
		zone_text(w->mm, (zone_t)v, name, sizeof name);
		say(w, "%s", name);
	} else if (letter == 'g') {
		mm_gfp_print((gfp_t)v, name, sizeof name);
		say(w, "%s", name);
	} else if (letter == 'n') {
		say(w, "%s",
		    v >= 0 && v < MAX_NR_ZONES
			    ? mm_zone_type_name((enum zone_type)v)
			    : "(none)");
	} else if (letter == 'i') {
		s = v < 0 ? NULL : mm_setting((unsigned int)v);
		say(w, "%s", s ? s->name : "something without an event");
	} else if (letter == 'o') {
		say(w, "%s", mm_owner_name(w->mm, (uint16_t)v));
	}
}

static void say_arg(struct words *w, char letter, int32_t v, int32_t order)
{
	switch (letter) {
	case 'd':
		say(w, "%d", v);
		break;
	case 'p':
		say_block(w, (pfn_t)v, 0);
		break;
	case 'b':
		say_block(w, (pfn_t)v, order);
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
	case 'a':
		say(w, "0x%x", (unsigned int)v);
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
	default:
		say_names(w, letter, v);
	}
}

static void fill_in(struct words *w, const char *text)
{
	for (const char *s = text; *s; s++) {
		if (*s != '$') {
			say(w, "%c", *s);
			continue;
		}
		say_arg(w, s[1], w->arg[s[2] - '0'],
			s[1] == 'b' ? w->arg[s[3] - '0'] : 0);
		s += s[1] == 'b' ? 3 : 2;
	}
}

/* ---- events whose sentence depends on how they went ---- */

static void says_watermark(struct words *w, enum explain_depth depth)
{
	const int32_t *a = w->arg;

	if (depth == EXPLAIN_SENTENCE) {
		fill_in(w, "$z0, $m2 watermark: $r6");
		return;
	}
	fill_in(w, "$z0: free $d5 - reserve $d4 - mark $m2 $d3 = ");
	say(w, "%lld: ", (long long)a[5] - a[4] - a[3]);
	if (a[6] == REASON_WMARK_SHORT)
		fill_in(w, "refused, it must be more than 0");
	else
		fill_in(w, "$r6");
	if (a[6] == REASON_WMARK_NO_BLOCK)
		fill_in(w, " (order $d1)");
}

static void says_refused(struct words *w, enum explain_depth depth)
{
	const int32_t *a = w->arg;

	say(w, "%c",
	    a[2] >= 0 && a[2] < MIGRATE_TYPES
		    ? mm_migratetype_letter((enum migratetype)a[2])
		    : '?');
	fill_in(w, "[$d1] refused: ");
	if (depth == EXPLAIN_SENTENCE || a[6] != REASON_BELOW_HALF) {
		fill_in(w, "$r6");
		return;
	}
	fill_in(w, "pageblock of $p0 has $d3 free + $d4 alike of ");
	say(w, "%u, needs %d", 1u << mm_pageblock_order(w->mm), a[5]);
}

static void says_extfrag(struct words *w, enum explain_depth depth)
{
	fill_in(w, w->arg[6] ? "pageblock of $p0 claimed from $t4 for $t3"
			     : "block $b02 stolen from $t4 for $t3");
	if (depth != EXPLAIN_SENTENCE)
		fill_in(w, ": order $d1 wanted, order $d2 found, pageblock "
			   "now $t5");
}

static void says_alloc(struct words *w, enum explain_depth depth)
{
	fill_in(w, w->arg[4] == REASON_SERVED ? "served: block $b01" : "$r4");
	if (depth != EXPLAIN_SENTENCE)
		fill_in(w, ", order $d1, $t2, $g3");
}

static void says_list_add(struct words *w)
{
	fill_in(w, w->arg[3] ? "block $b01 to the tail of $t2[$d1]: $r4"
			     : "block $b01 to the head of $t2[$d1]: $r4");
}

/**
 * event_text - one event in words, one printable line
 *
 * Cut to @size; at EXPLAIN_KERNEL the kernel's function follows in brackets.
 */
void event_text(const struct mm *mm, const struct mm_event *ev,
		enum explain_depth depth, char *buf, size_t size)
{
	struct words w = {.mm = mm, .arg = ev->arg, .buf = buf, .size = size};
	const struct row *row;

	if (size == 0)
		return;
	buf[0] = '\0';
	if (ev->type >= NR_EVENT_TYPES)
		return;
	row = &rows[ev->type];
	if (ev->type == EV_zone_watermark)
		says_watermark(&w, depth);
	else if (ev->type == EV_fallback_refused)
		says_refused(&w, depth);
	else if (ev->type == EV_mm_page_alloc_extfrag)
		says_extfrag(&w, depth);
	else if (ev->type == EV_mm_page_alloc)
		says_alloc(&w, depth);
	else if (ev->type == EV_list_add)
		says_list_add(&w);
	else if (depth == EXPLAIN_SENTENCE || !row->numbers)
		fill_in(&w, row->sentence);
	else
		fill_in(&w, row->numbers);
	if (depth == EXPLAIN_KERNEL)
		say(&w, " [kernel: %s]", mm_event_type(ev->type)->models);
}
