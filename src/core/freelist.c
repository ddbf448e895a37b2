/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * freelist.c - see freelist.h; the parts that are not on every path
 */
#include "core/freelist.h"

int64_t zone_page_state_snapshot(const struct mm *mm, zone_t zid,
				 enum zone_stat_item item)
{
	int64_t v = mm->zone[zid].stat[item];

	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		v += pcp_of(mm, zid, cpu)->diff[item];
	return v > 0 ? v : 0;
}

struct zone_events zone_events(const struct mm *mm, zone_t zid)
{
	struct zone_events e = {0, 0, 0};

	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++) {
		const struct pcp *p = pcp_of(mm, zid, cpu);

		e.served += p->served;
		e.pgalloc += p->served + p->pgalloc_more;
		e.pgfree += p->pgfree;
	}
	return e;
}

void move_to_free_list(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int order,
		       enum migratetype to)
{
	const struct block *b = block_at(mm, pfn, order);
	const enum migratetype from = (enum migratetype)block_list(b);
	const int64_t n = order_pages(order);

	free_list_unlink(mm, zid, pfn, order, from);
	free_list_link(mm, zid, pfn, order, to, true);
	STORE(mm, b->word, block_word(BLOCK_FREE, order, to, 0));
	account_freepages(mm, zid, -n, from);
	account_freepages(mm, zid, n, to);
	if (order >= mm->pb_order &&
	    (from == MIGRATE_ISOLATE) != (to == MIGRATE_ISOLATE))
		mod_zone_page_state(mm, zid, NR_FREE_PAGES_BLOCKS,
				    to == MIGRATE_ISOLATE ? -n : n);
	TRACE(mm, list_move, ARG(pfn), ARG(order), ARG(from), ARG(to));
}

int64_t move_freepages(struct mm *mm, zone_t zid, pfn_t start,
		       enum migratetype to)
{
	const pfn_t end = start + pageblock_nr_pages(mm);
	int64_t moved = 0;

	for (pfn_t pfn = start; pfn < end;) {
		const int order = free_order(mm, pfn);

		if (order < 0) {
			pfn++;
			continue;
		}
		move_to_free_list(mm, zid, pfn, (unsigned int)order, to);
		moved += order_pages((unsigned int)order);
		pfn += (pfn_t)1 << order;
	}
	return moved;
}

int64_t move_freepages_block(struct mm *mm, zone_t zid, pfn_t pfn,
			     enum migratetype to)
{
	int64_t moved;

	if (!pageblock_whole(mm, zid, pfn))
		return -1;
	to = kept_type(mm, to); /* the lists are those of the tag */
	moved = move_freepages(mm, zid, pageblock_start(mm, pfn), to);
	set_pageblock_migratetype(mm, pfn, to);
	return moved;
}

void rotate_free_list(struct mm *mm, zone_t zid, unsigned int order, pfn_t pfn,
		      bool first)
{
	const struct list *l = &mm->zone[zid].free[order][MIGRATE_MOVABLE].list;
	const pfn_t head = l->head, tail = l->tail;
	const struct block *b = block_at(mm, pfn, order);

	if (pfn == (first ? head : tail))
		return;
	STORE(mm, block_at(mm, tail, order)->next, head);
	STORE(mm, block_at(mm, head, order)->prev, tail);
	STORE(mm, l->head, first ? pfn : b->next);
	STORE(mm, l->tail, first ? b->prev : pfn);
	TRACE(mm, freelist_rotate, ARG(pfn), ARG(order), ARG(!first));
}
