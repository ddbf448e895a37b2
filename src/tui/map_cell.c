/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * map_cell.c - what a cell of the map shows
 *
 * Letters say everything; fill and colour repeat it.  What a filter leaves
 * out is blank.
 */
#include <ctype.h>

#include "tui/map.h"
#include "tui/palette.h"

#define MOST_LOOKED_AT 8192 /* pageblocks a picture; a large world has more */

static uint32_t order_glyph(unsigned int order)
{
	/* letters that are no migratetype's */
	return (unsigned char)"0123456789ABDFGJ"[order & 15];
}

/* ---- a frame ---- */

static struct map_cell cell_of_frame(const struct mm *mm,
				     const struct map_query *q,
				     const struct changes *hand, pfn_t pfn)
{
	struct map_cell cell = {'.', ROLE_HOLE, 0};
	struct mm_frame f;
	char letter;

	mm_frame(mm, pfn, &f);
	if (!map_matches(q, &f))
		return (struct map_cell){' ', ROLE_DIM, 0};
	letter = mm_migratetype_letter(f.kind == FRAME_FREE ? f.list
							    : f.block_type);
	if (f.kind != FRAME_HOLE && f.kind != FRAME_OFFLINE &&
	    f.kind != FRAME_RESERVED)
		cell.role = role_migratetype(
			f.kind == FRAME_FREE ? (int)f.list : (int)f.block_type);
	switch (f.kind) {
	case FRAME_HOLE:
	case FRAME_OFFLINE:
		break;
	case FRAME_RESERVED:
		cell.glyph = '#';
		if (changes_touch(hand, pfn, pfn + 1))
			cell = (struct map_cell){'~', ROLE_NOW, 0};
		break;
	case FRAME_PCP:
		cell.glyph = 'p';
		break;
	case FRAME_FREE:
		cell.glyph = f.head == pfn ? order_glyph(f.order)
					   : (uint32_t)tolower(letter);
		break;
	case FRAME_TARGET: /* free, but on no list */
		cell.glyph = 't';
		if (f.vacated)
			cell = (struct map_cell){'~', ROLE_NOW, 0};
		break;
	case FRAME_MOVING:
		cell.glyph = '>';
		cell.marks = MARK_FULL;
		break;
	case FRAME_USED:
		cell.glyph = f.head == pfn ? (unsigned char)letter : '-';
		cell.marks = MARK_FULL;
	}
	return cell;
}

/* ---- some frames of a pageblock, or whole ones ---- */

/* Does any frame of the range match?  By blocks, so that it is soon over. */
static bool any_matches(const struct mm *mm, const struct map_query *q,
			pfn_t pfn, pfn_t end)
{
	while (pfn < end) {
		struct mm_frame f;

		mm_frame(mm, pfn, &f);
		if (map_matches(q, &f))
			return true;
		pfn = f.kind == FRAME_HOLE || f.kind == FRAME_OFFLINE ||
				      f.kind == FRAME_RESERVED
			      ? pfn + 1
			      : f.head + (1u << f.order);
	}
	return false;
}

/* Of one kind: that kind's letter; else `mixed` says how much is free. */
static struct map_cell cell_of_sum(const struct mm_range_sum *sum,
				   enum migratetype mt)
{
	const char letter = mm_migratetype_letter(mt);
	struct map_cell cell = {'.', role_migratetype((int)mt), 0};

	if (sum->hole == sum->frames || sum->reserved == sum->frames) {
		cell.role = ROLE_HOLE;
		cell.glyph = sum->hole == sum->frames ? '.' : '#';
	} else if (sum->free == sum->frames) {
		cell.glyph = (uint32_t)tolower(letter);
	} else if (sum->pcp == sum->frames) {
		cell.glyph = 'p';
	} else {
		cell.glyph = (unsigned char)letter;
		if (sum->free + sum->pcp < sum->frames / 4)
			cell.marks = MARK_FULL;
	}
	return cell;
}

/* Within a pageblock: what moves is seen, and how much of a cell is free. */
static struct map_cell cell_of_part(const struct mm *mm,
				    const struct changes *hand, pfn_t pfn,
				    pfn_t end)
{
	struct mm_range_sum sum;
	struct map_cell cell;
	struct mm_frame f;

	mm_range_sum(mm, pfn, end, &sum);
	mm_frame(mm, pfn, &f);
	cell = cell_of_sum(&sum, f.kind == FRAME_FREE ? f.list : f.block_type);
	if (sum.reserved == sum.frames && changes_touch(hand, pfn, end))
		return (struct map_cell){'~', ROLE_NOW, 0};
	if (sum.moving)
		cell.glyph = '>';
	else if (sum.target)
		cell.glyph = 't';
	else if (sum.first_free >= 0 && 1u << sum.first_free >= sum.frames)
		cell.glyph = order_glyph((unsigned int)sum.first_free);
	else if (sum.free && sum.free < sum.frames)
		cell.glyph = sum.free * 2 < sum.frames ? '%' : '+';
	return cell;
}

static unsigned int blocks_in(const struct map_grid *g, const struct mm *mm)
{
	return g->per_cell >> mm_pageblock_order(mm);
}

unsigned int map_samples(const struct map_grid *g, const struct mm *mm)
{
	const unsigned int all = blocks_in(g, mm);
	const unsigned int cells = g->group * g->groups * (unsigned int)g->rows;
	unsigned int n = MOST_LOOKED_AT / (cells ? cells : 1);

	return n < 1 ? 1 : n < all ? n : all;
}

/* Whole pageblocks: the type that most of them have. */
static struct map_cell cell_of_blocks(const struct mm *mm,
				      const struct map_grid *g, pfn_t pfn,
				      pfn_t end)
{
	const unsigned int order = mm_pageblock_order(mm);
	const unsigned int n = map_samples(g, mm);
	const pfn_t step = (blocks_in(g, mm) / n) << order;
	struct mm_range_sum all = {0};
	unsigned int blocks[MIGRATE_TYPES] = {0};
	enum migratetype most = MIGRATE_UNMOVABLE;

	for (pfn_t p = pfn; p < end && p >= pfn; p += step) {
		const enum migratetype mt = mm_pageblock_type(mm, p);
		struct mm_range_sum sum;

		mm_range_sum(mm, p, p + (1u << order), &sum);
		all.frames += sum.frames;
		all.free += sum.free;
		all.pcp += sum.pcp;
		all.hole += sum.hole;
		all.reserved += sum.reserved;
		if (sum.hole < sum.frames && ++blocks[mt] > blocks[most])
			most = mt;
	}
	return cell_of_sum(&all, most);
}

struct map_cell map_cell(const struct mm *mm, const struct map_grid *g,
			 const struct map_query *q, const struct changes *hand,
			 pfn_t pfn, pfn_t end)
{
	if (g->zoom == ZOOM_FRAME)
		return cell_of_frame(mm, q, hand, pfn);
	if (!map_query_empty(q)) {
		/* a sample of each cell, as above */
		const pfn_t most =
			pfn + (map_samples(g, mm) << mm_pageblock_order(mm));

		if (!any_matches(mm, q, pfn, most < end ? most : end))
			return (struct map_cell){' ', ROLE_DIM, 0};
	}
	return g->zoom == ZOOM_BLOCK ? cell_of_part(mm, hand, pfn, end)
				     : cell_of_blocks(mm, g, pfn, end);
}
