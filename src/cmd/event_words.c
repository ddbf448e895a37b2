/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_words.c - a row for each type of event
 *
 * The rows are in event_words_*.def, one file for each part of the model:
 *
 *	alloc    requests, zones, per-CPU lists, free lists
 *	slow     marks, the slow path, kswapd, settings
 *	lru      reclaim: lists, batches, slab, writeback, swap
 *	people   processes, limits, the OOM killer, time
 *	move     compaction and migration
 *	range    isolation, CMA, memory that comes and goes
 *	hugetlb  pools of huge pages
 *
 * One sentence, and the same with its numbers.  In a text, `$` is followed
 * by a letter and the place of an argument:
 *
 *	$d number        $p frame         $b block's frames (order: $b01)
 *	$B the same with "frame" or "block" before it; $L02 likewise, the
 *	   order being that of a per-CPU list
 *	$t migratetype   $z zone          $n zone type       $r reason
 *	$g gfp mask      $a alloc flags   $m watermark       $l per-CPU list
 *	$s pages of an order              $f zone flag       $i setting
 *	$T task          $D "orders 3 and larger" $A "order 3", "whole zone"
 *	$o owner         $c "1 page", "2 pages"  $y yes or no
 *	$j priority of compaction
 *	$h "5 pages back"; 1 may also mean that compaction is to go on
 *	$e "s", unless the number is 1: "$d0 round$e0"
 *	$F kind of fault $X what is done to a page
 *	$O owner with ": ", or its number where it has no name yet
 *	$k compaction's result
 *	$G memory group  $S cpuset        $P process, by pid
 *	$N nodemask      $C whose memory has run out
 *	$u LRU list      $w LRU batch     $v slab cache
 *	$M memory policy
 *	$E how it ended, from an error number   $K is compaction worth it?
 *	$q mode and $Q reason of migration      $I shut or open
 *
 * $< and $> take the lower or the upper half of an argument that holds two.
 *
 * A frame is one page frame, a block 2^order of them; a list is called by
 * type and order, as in Movable[2].
 */
#include "cmd/event_text.h"

#define BLOCK(pfn, order)                                                      \
	{                                                                      \
		SPAN_BLOCK, pfn, order                                         \
	}
#define LISTED(pfn, pindex)                                                    \
	{                                                                      \
		SPAN_LISTED, pfn, pindex                                       \
	}
#define FRAME(pfn)                                                             \
	{                                                                      \
		SPAN_FRAME, pfn, 0                                             \
	}
#define PAGEBLOCK(pfn)                                                         \
	{                                                                      \
		SPAN_PAGEBLOCK, pfn, 0                                         \
	}

const struct event_words event_words[NR_EVENT_TYPES] = {
#include "cmd/event_words_alloc.def"
#include "cmd/event_words_slow.def"
#include "cmd/event_words_lru.def"
#include "cmd/event_words_people.def"
#include "cmd/event_words_move.def"
#include "cmd/event_words_range.def"
#include "cmd/event_words_hugetlb.def"
};

static const char *const titles[NR_TOPICS] = {
	[TOPIC_BUDDY] = "Buddy Allocator",
	[TOPIC_PCP] = "Per-CPU Pagesets",
	[TOPIC_TYPES] = "Migratetypes",
	[TOPIC_WMARK] = "Watermarks",
	[TOPIC_ZONES] = "Allocation Path",
	[TOPIC_HIGHATOMIC] = "High-Atomic Reserves",
	[TOPIC_COMPACTION] = "Compaction",
};

const char *topic_title(enum event_topic topic)
{
	return titles[topic];
}

/* Frames of one role; false when there are none. */
static bool span_of(const struct mm *mm, const struct mm_event *ev,
		    unsigned int i, struct event_span *s)
{
	const struct event_words *row = &event_words[ev->type];
	const pfn_t pfn = (pfn_t)ev->arg[row->span[i].pfn];
	unsigned int order = (unsigned int)ev->arg[row->span[i].more];

	if (row->span[i].kind == SPAN_NONE || pfn >= mm_end_pfn(mm))
		return false;
	s->pageblock = row->span[i].kind == SPAN_PAGEBLOCK;
	if (s->pageblock)
		order = mm_pageblock_order(mm);
	else if (row->span[i].kind == SPAN_FRAME)
		order = 0;
	else if (row->span[i].kind == SPAN_LISTED)
		order = order < mm_nr_pcp_lists(mm)
				? mm_pcp_list_order(mm, order)
				: 0;
	if (order > MM_GIGANTIC_ORDER)
		order = 0;
	s->start = pfn >> order << order;
	s->end = s->start + ((pfn_t)1 << order);
	return true;
}

unsigned int event_spans(const struct mm *mm, const struct mm_event *ev,
			 struct event_span span[2])
{
	unsigned int n = 0;

	if (ev->type >= NR_EVENT_TYPES)
		return 0;
	/* a stolen block leaves its pageblock as it is */
	for (unsigned int i = 0; i < 2; i++)
		if ((i == 0 || ev->type != EV_mm_page_alloc_extfrag ||
		     ev->arg[6]) &&
		    span_of(mm, ev, i, &span[n]))
			n++;
	return n;
}
