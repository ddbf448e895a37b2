/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_frame.c - one frame, and the pageblock it lies in
 */
#include <stdio.h>
#include <string.h>

#include "cmd/show.h"
#include "cmd/stop.h"

const char *frame_kind_name(enum mm_frame_kind kind)
{
	static const char *const names[] = {
		[FRAME_HOLE] = "hole",	   [FRAME_RESERVED] = "reserved",
		[FRAME_FREE] = "free",	   [FRAME_PCP] = "per-CPU",
		[FRAME_USED] = "in use",   [FRAME_MOVING] = "moving",
		[FRAME_TARGET] = "target", [FRAME_OFFLINE] = "offline",
	};

	return names[kind];
}

pfn_t pageblock_first(const struct mm *mm, pfn_t pfn)
{
	return pfn >> mm_pageblock_order(mm) << mm_pageblock_order(mm);
}

static const char *nth(uint64_t n)
{
	if (n % 100 / 10 == 1)
		return "th";
	return n % 10 == 1   ? "st"
	       : n % 10 == 2 ? "nd"
	       : n % 10 == 3 ? "rd"
			     : "th";
}

/* ", 4th of 12 from the head" */
static void add_position(const struct mm *mm, const struct mm_frame *f,
			 char *buf, size_t size)
{
	const int64_t at = mm_list_position(mm, f);
	const uint32_t len =
		f->kind == FRAME_FREE
			? mm_nr_free(mm, f->zone, f->order, f->list)
			: mm_pcp_list_len(mm, f->zone, f->cpu, f->pindex);
	const size_t used = strlen(buf);

	if (used >= size || at < 0)
		return;
	if (len == 1)
		snprintf(buf + used, size - used, ", the only one there");
	else
		snprintf(buf + used, size - used,
			 ", %lld%s of %u from the head", (long long)at + 1,
			 nth((uint64_t)at + 1), len);
}

/* ", tail of block 96..103" for a frame that is not the first of its block */
static void add_block(const struct mm_frame *f, pfn_t pfn, char *buf,
		      size_t size)
{
	const size_t used = strlen(buf);

	if (f->order && used < size)
		snprintf(buf + used, size - used, ", %s of block %u..%u",
			 f->head == pfn ? "head" : "tail", f->head,
			 f->head + (1u << f->order) - 1);
}

/* On no list, in the middle of an operation that has to do with it? */
static bool is_in_hand(const struct mm *mm, pfn_t pfn)
{
	const uint64_t now = mm_now(mm);
	struct mm_op op;
	uint64_t i;

	if (mm_op_at(mm, now, &i) || mm_op(mm, i, &op) || op.last == now)
		return false;
	for (uint64_t n = now; n > op.first; n--)
		if (event_touches(mm, n, pfn))
			return true;
	return false;
}

static void used_text(const struct mm *mm, const struct mm_frame *f,
		      const char *zone, char *buf, size_t size)
{
	if (f->hugetlb == HUGETLB_FREE) {
		snprintf(buf, size,
			 "free in a pool of huge pages, order %u, in %s",
			 f->order, zone);
		return;
	}
	if (f->type) {
		snprintf(buf, size, "%s, in %s",
			 f->type == PAGE_TYPE_HWPOISON
				 ? "poisoned: the hardware has failed here, "
				   "and nobody gets it"
			 : f->type == PAGE_TYPE_BALLOON
				 ? "offline: its driver keeps it in a balloon"
				 : "offline: its driver has unplugged it",
			 zone);
		return;
	}
	snprintf(buf, size, "in use by %s, %sorder %u, in %s%s",
		 f->owner ? mm_owner_name(mm, f->owner)
			  : "nobody in particular",
		 f->hugetlb ? "a huge page of a pool, " : "", f->order, zone,
		 f->kind == FRAME_MOVING ? ", about to move to another frame"
					 : "");
}

void frame_text(const struct mm *mm, pfn_t pfn, char *buf, size_t size)
{
	struct mm_frame f;
	char zone[40];

	mm_frame(mm, pfn, &f);
	zone_text(mm, f.zone, zone, sizeof zone);
	switch (f.kind) {
	case FRAME_HOLE:
		snprintf(buf, size, "hole: no memory here");
		return;
	case FRAME_OFFLINE:
		snprintf(buf, size, "offline: this memory is not there");
		return;
	case FRAME_RESERVED:
		snprintf(buf, size,
			 is_in_hand(mm, pfn)
				 ? "in hand: off its list, not yet given out "
				   "or back"
				 : "reserved: the allocator never had this "
				   "frame");
		return;
	case FRAME_FREE:
		snprintf(buf, size, "free, on list %s[%u] of %s",
			 mm_migratetype_name(f.list), f.order, zone);
		break;
	case FRAME_PCP:
		snprintf(buf, size, "on per-CPU list %s[%u] of cpu %u in %s",
			 mm_migratetype_name(mm_pcp_list_type(mm, f.pindex)),
			 mm_pcp_list_order(mm, f.pindex), f.cpu, zone);
		break;
	case FRAME_USED:
	case FRAME_MOVING:
		used_text(mm, &f, zone, buf, size);
		break;
	case FRAME_TARGET:
		snprintf(buf, size,
			 f.vacated ? "order %u, in %s: its page has moved or "
				     "was freed, "
				     "it is about to be freed"
				   : "free, order %u, taken in %s for a page "
				     "to move to",
			 f.order, zone);
		break;
	}
	if (f.kind == FRAME_FREE || f.kind == FRAME_PCP)
		add_position(mm, &f, buf, size);
	add_block(&f, pfn, buf, size);
}

/* "pageblock 6, frames 96..111: Movable, 4 of 16 free, isolated" */
static void print_pageblock(const char *indent, const struct mm *mm, pfn_t pfn,
			    const struct mm_frame *f, struct out *out)
{
	const pfn_t first = pageblock_first(mm, pfn);
	const unsigned int pages = 1u << mm_pageblock_order(mm);

	out_line(out, "%spageblock %u, frames %u..%u: %s, %u of %u free%s%s",
		 indent, first / pages, first, first + pages - 1,
		 mm_migratetype_name(f->block_type), mm_pageblock_free(mm, pfn),
		 pages, f->isolated ? ", isolated" : "",
		 f->skip ? ", skip" : "");
}

/** Where it is, and its pageblock: `where` says the same. */
void print_frame(const struct mm *mm, const struct show_what *what,
		 struct out *out)
{
	struct mm_frame f;
	char text[240];

	mm_frame(mm, what->pfn, &f);
	frame_text(mm, what->pfn, text, sizeof text);
	out_line(out, "%u: %s", what->pfn, text);
	if (f.kind != FRAME_HOLE && f.kind != FRAME_OFFLINE)
		print_pageblock("  ", mm, what->pfn, &f, out);
}

uint64_t next_block(const struct mm *mm, pfn_t pfn)
{
	const pfn_t end =
		pageblock_first(mm, pfn) + (1u << mm_pageblock_order(mm));
	struct mm_frame f, next;

	mm_frame(mm, pfn, &f);
	if (f.kind != FRAME_HOLE && f.kind != FRAME_RESERVED &&
	    f.kind != FRAME_OFFLINE)
		return (f.head <= pfn ? f.head : pfn) +
		       ((uint64_t)1 << f.order);
	while (++pfn < end && pfn < mm_end_pfn(mm)) {
		mm_frame(mm, pfn, &next);
		if (next.kind != f.kind)
			break;
	}
	return pfn;
}

/** The pageblock, then its blocks one a line. */
void print_block(const struct mm *mm, const struct show_what *what,
		 struct out *out)
{
	const pfn_t first = pageblock_first(mm, what->pfn);
	const uint64_t end = (uint64_t)first + (1u << mm_pageblock_order(mm));
	struct mm_frame f;
	char text[240];

	mm_frame(mm, what->pfn, &f);
	print_pageblock("", mm, what->pfn, &f, out);
	for (uint64_t pfn = first, next; pfn < end && pfn < mm_end_pfn(mm);
	     pfn = next) {
		next = next_block(mm, (pfn_t)pfn);
		mm_frame(mm, (pfn_t)pfn, &f);
		frame_text(mm, (pfn_t)pfn, text, sizeof text);
		if ((f.kind == FRAME_HOLE || f.kind == FRAME_RESERVED ||
		     f.kind == FRAME_OFFLINE) &&
		    next - pfn > 1)
			out_line(out, "  %llu..%llu: %s",
				 (unsigned long long)pfn,
				 (unsigned long long)next - 1, text);
		else
			out_line(out, "  %llu: %s", (unsigned long long)pfn,
				 text);
	}
}
