/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_gfp.c - what a mask asks for, or the table of names
 *
 * The facts of a mask are a table: it is printed, and it is the JSON.  What
 * is said of reserves and retries are the rules of the slow path in words.
 */
#include <stdio.h>
#include <string.h>

#include "cmd/alloc_flags.h"
#include "cmd/event_text.h"
#include "cmd/internal.h"
#include "cmd/show.h"

#define SAYS(name)                                                             \
	static void name(const struct mm *mm, const struct mm_request *want,   \
			 char *buf, size_t size)

/* For facts that the mask alone decides. */
#define PLAIN(name, text)                                                      \
	SAYS(name)                                                             \
	{                                                                      \
		const gfp_t gfp = want->gfp;                                   \
                                                                               \
		(void)mm;                                                      \
		snprintf(buf, size, "%s", text);                               \
	}

/* ---- where from ---- */

SAYS(zone_fact)
{
	const int zidx = mm_gfp_highest(mm, want->gfp);

	snprintf(buf, size, "%s",
		 zidx < 0 ? "none" : mm_zone_name(mm, (zone_t)zidx));
}

/* The zones that the request is offered, in order. */
SAYS(walk_fact)
{
	const int highest = mm_gfp_highest(mm, want->gfp);
	const unsigned int nid = want->nid < 0 ? mm_cpu_node(mm, want->cpu)
					       : (unsigned int)want->nid;
	size_t used = 0;
	zone_t zid;

	snprintf(buf, size, "none: no zone may serve it");
	for (unsigned int i = 0;
	     (zid = mm_zonelist(mm, nid, want->gfp & GFP_BIT_THISNODE, i)) !=
		     NO_ZONE &&
	     used < size;
	     i++) {
		char name[40];

		if (zid % MAX_NR_ZONES > highest)
			continue;
		zone_text(mm, zid, name, sizeof name);
		used += (size_t)snprintf(buf + used, size - used, "%s%s",
					 used ? ", " : "", name);
	}
}

SAYS(type_fact)
{
	const int mt = mm_request_migratetype(mm, want->gfp);

	snprintf(buf, size, "%s%s",
		 mt < 0 ? "none" : mm_migratetype_name((enum migratetype)mt),
		 mt != mm_gfp_migratetype(want->gfp)
			 ? " (types are not kept apart)"
			 : "");
}

/* ---- what it may do ---- */

PLAIN(sleep_fact,
      gfp &GFP_BIT_DIRECT_RECLAIM ? "yes, it may reclaim itself" : "no")
PLAIN(io_fact, !(gfp & GFP_BIT_DIRECT_RECLAIM) ? "no, it does not reclaim"
	       : !(gfp & GFP_BIT_IO)	       ? "no, nor compact memory"
	       : gfp & GFP_BIT_FS	       ? "yes, and call file systems"
				  : "yes, but not call file systems")
PLAIN(kswapd_fact,
      gfp &GFP_BIT_KSWAPD_RECLAIM ? "yes, below the low mark" : "no")

/* Models: alloc_flags of the slow path, the marks of __zone_watermark_ok() */
static const char *reserves(gfp_t gfp)
{
	const bool blocks = (gfp & GFP_BIT_DIRECT_RECLAIM) != 0;

	if (gfp & GFP_BIT_NOMEMALLOC)
		return gfp & GFP_BIT_HIGH ? "down to half of the min mark"
					  : "none, down to the min mark";
	if (gfp & GFP_BIT_MEMALLOC)
		return "all, no mark is observed";
	if (gfp & GFP_BIT_HIGH)
		return blocks ? "down to half of the min mark"
			      : "down to 3/8 of the min mark; high-atomic "
				"pageblocks";
	return blocks ? "none, down to the min mark"
		      : "down to the min mark; high-atomic pageblocks last";
}

PLAIN(reserves_fact, reserves(gfp))

/* ---- attempt by attempt: G26 to G30 ---- */

static void say_word(const struct mm *mm, uint32_t flags, char *buf,
		     size_t size)
{
	char names[200];

	event_arg_text(mm, 'a', (int32_t)flags, names, sizeof names);
	snprintf(buf, size, "0x%x %s", flags, names);
}

SAYS(fast_fact)
{
	struct mm_alloc_words w;

	mm_alloc_flags(mm, want, &w);
	say_word(mm, w.fast, buf, size);
}

SAYS(slow_fact)
{
	struct mm_alloc_words w;

	mm_alloc_flags(mm, want, &w);
	say_word(mm, w.slow, buf, size);
}

SAYS(rights_fact)
{
	struct mm_alloc_words w;

	mm_alloc_flags(mm, want, &w);
	if (w.rights)
		say_word(mm, w.rights, buf, size);
	else
		snprintf(buf, size, "none");
}

/* ---- how long it goes on: P19, P32 ---- */

static bool compacts_first(const struct mm_request *want)
{
	return (want->gfp & GFP_BIT_IO) &&
	       (want->order > PAGE_ALLOC_COSTLY_ORDER ||
		(want->order &&
		 mm_gfp_migratetype(want->gfp) != MIGRATE_MOVABLE));
}

/* One round: what happens in it, in which order. */
static const char *round_of(const struct mm_request *want)
{
	if (compacts_first(want))
		return "compaction, reclaim, compaction";
	if (want->order && want->gfp & GFP_BIT_IO)
		return "reclaim, compaction";
	return "reclaim";
}

/* Is there a last resort, and does it do something? */
static const char *oom_of(const struct mm *mm, const struct mm_request *want)
{
	const int normal = mm_gfp_highest(mm, 0);

	if (want->gfp & GFP_BIT_RETRY_MAYFAIL || want->gfp & GFP_BIT_THISNODE ||
	    mm_gfp_highest(mm, want->gfp) < normal)
		return "no OOM killer";
	return want->gfp & GFP_BIT_FS
		       ? "then the OOM killer, and again"
		       : "then again: without __GFP_FS nobody is killed";
}

SAYS(retry_fact)
{
	const gfp_t gfp = want->gfp;
	const bool costly = want->order > PAGE_ALLOC_COSTLY_ORDER;
	struct mm_alloc_words w;

	if (!(gfp & GFP_BIT_DIRECT_RECLAIM)) {
		mm_alloc_flags(mm, want, &w);
		snprintf(buf, size, "none: %s in the slow path",
			 w.rights || !(w.slow & ALLOC_CPUSET) ? "two attempts"
							      : "one attempt");
	} else if (gfp & GFP_BIT_NOFAIL) {
		snprintf(buf, size, "for ever: %s", round_of(want));
	} else if (gfp & GFP_BIT_NORETRY) {
		snprintf(buf, size, "one round: %s",
			 compacts_first(want) && gfp & GFP_BIT_THISNODE
				 ? "compaction"
				 : round_of(want));
	} else if (costly &&
		   !(gfp & GFP_BIT_RETRY_MAYFAIL && gfp & GFP_BIT_IO)) {
		snprintf(buf, size, "one round, as the order is above %d: %s",
			 PAGE_ALLOC_COSTLY_ORDER, round_of(want));
	} else {
		snprintf(buf, size, "%s, up to 16 times%s; %s", round_of(want),
			 costly ? "" : " without progress", oom_of(mm, want));
	}
}

SAYS(report_fact)
{
	snprintf(buf, size, "%s",
		 mm_failure_reported(mm, want->gfp)
			 ? "a report in the kernel's log"
		 : want->gfp & GFP_BIT_NOWARN
			 ? "silent"
			 : "silent: no zone DMA has memory here");
}

static const struct gfp_fact facts[] = {
	{"highest_zone", "highest zone", zone_fact, 0},
	{"zonelist", "zones in turn", walk_fact, 0},
	{"migratetype", "migratetype", type_fact, 0},
	{"may_sleep", "may sleep", sleep_fact, GFP_BIT_DIRECT_RECLAIM},
	{"may_start_io", "may start I/O", io_fact, 0},
	{"wakes_kswapd", "wakes kswapd", kswapd_fact, GFP_BIT_KSWAPD_RECLAIM},
	{"reserves", "reserves", reserves_fact, 0},
	{"fast_path", "fast path", fast_fact, 0},
	{"slow_path", "slow path", slow_fact, 0},
	{"rights", "then by right", rights_fact, 0},
	{"retries", "retries", retry_fact, 0},
	{"on_failure", "on failure", report_fact, 0},
};

const struct gfp_fact *gfp_fact(unsigned int i)
{
	return i < sizeof facts / sizeof facts[0] ? &facts[i] : NULL;
}

/* ---- what is odd: G37 ---- */

static bool lacks_reclaim(gfp_t gfp, gfp_t bits)
{
	return (gfp & bits) && !(gfp & GFP_BIT_DIRECT_RECLAIM);
}

static bool has_both(gfp_t gfp, gfp_t a, gfp_t b)
{
	return (gfp & a) && (gfp & b);
}

const char *gfp_remark(const struct mm *mm, const struct mm_request *want,
		       unsigned int i)
{
	const gfp_t gfp = want->gfp;
	const struct {
		bool holds;
		const char *text;
	} remarks[] = {
		{mm_gfp_zone(gfp) < 0,
		 "one zone at most can be asked for; without debugging the "
		 "kernel reads zone DMA"},
		{want->order > mm_max_order(mm),
		 "no block is that large: it fails at once, without a trace"},
		{lacks_reclaim(gfp, GFP_BIT_NOFAIL),
		 "NOFAIL without DIRECT_RECLAIM may fail; the kernel warns"},
		{(gfp & GFP_BIT_NOFAIL) && want->order > 1,
		 "NOFAIL is meant for order 0 and 1; it is tried all the same"},
		{has_both(gfp, GFP_BIT_NOFAIL, GFP_BIT_NORETRY),
		 "NORETRY and NOFAIL both hold: one round at a time, for ever"},
		{has_both(gfp, GFP_BIT_NORETRY, GFP_BIT_RETRY_MAYFAIL),
		 "NORETRY leaves RETRY_MAYFAIL nothing to retry"},
		{has_both(gfp, GFP_BIT_MEMALLOC, GFP_BIT_NOMEMALLOC),
		 "NOMEMALLOC beats MEMALLOC: no reserves"},
		{lacks_reclaim(gfp, GFP_BIT_NORETRY | GFP_BIT_RETRY_MAYFAIL),
		 "NORETRY and RETRY_MAYFAIL mean nothing without "
		 "DIRECT_RECLAIM"},
		{(gfp & GFP_BIT_FS) && !(gfp & GFP_BIT_IO),
		 "FS without IO: file systems may be called, but no I/O be "
		 "started"},
		{(gfp & GFP_BIT_COMP) && want->order == 0,
		 "COMP means nothing at order 0"},
		{(gfp & 0x200) != 0, "bit 0x200 means nothing"},
		{(gfp & GFP_BIT_ZEROTAGS) != 0,
		 "ZEROTAGS means nothing on this machine"},
		{(gfp & GFP_BIT_MOVABLE) && !(gfp & GFP_BIT_HIGHMEM),
		 "MOVABLE alone does not open zone Movable: HIGHMEM is the "
		 "other half of the key"},
	};

	for (size_t k = 0; k < sizeof remarks / sizeof remarks[0]; k++)
		if (remarks[k].holds && i-- == 0)
			return remarks[k].text;
	return NULL;
}

/* ---- printing ---- */

struct mm_request gfp_request(const struct show_what *what)
{
	return (struct mm_request){
		.gfp = what->gfp,
		.order = (uint16_t)(what->order < 0 ? 0 : what->order),
		.nid = -1,
	};
}

/** One mask taken apart, or the table of names. */
void print_gfp(const struct mm *mm, const struct show_what *what,
	       struct out *out)
{
	const struct mm_request want = gfp_request(what);
	const struct gfp_fact *fact;
	struct mm_alloc_words words;
	const char *name;
	char text[600];
	gfp_t value;

	if (!what->has_gfp) {
		for (unsigned int i = 0; (name = mm_gfp_name(i, &value)); i++)
			out_line(out, "%#8x  %s", (unsigned int)value, name);
		return;
	}
	mm_gfp_print(what->gfp, text, sizeof text);
	out_line(out, "0x%x = %s", (unsigned int)what->gfp, text);
	for (unsigned int i = 0; (fact = gfp_fact(i)); i++) {
		fact->says(mm, &want, text, sizeof text);
		out_line(out, "  %-13s %s", fact->title, text);
	}
	mm_alloc_flags(mm, &want, &words);
	if (alloc_flags_legend(words.fast | words.slow | words.rights, text,
			       sizeof text))
		out_line(out, "  %-13s %s", "alloc flags", text);
	for (unsigned int i = 0; (name = gfp_remark(mm, &want, i)); i++)
		out_line(out, "  note: %s", name);
}
