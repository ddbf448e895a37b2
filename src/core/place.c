/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * place.c - putting a recorded state in place, piece by piece
 *
 * A loader knows where each block was; these calls put it there without the
 * allocator's rules, refuse what cannot be, and leave the counters to the
 * recording.  mm_check() has the last word.  Each call is an operation of its
 * own, unless the loader holds one open with mm_begin().
 */
#include <errno.h>

#include "core/frame.h"
#include "core/lru_batch.h"
#include "core/pcp.h"
#include "core/task.h"

/* Room for a block of that order at @pfn, recorded nowhere yet? */
static int no_room(struct mm *mm, pfn_t pfn, unsigned int order,
		   struct mm_error *err)
{
	const pfn_t nr = (pfn_t)1 << order;
	const struct zone *z;

	if (order > mm->st->cfg.max_page_order)
		return mm_fail(err, -EINVAL, "order %u: expected 0 to %u",
			       order, mm->st->cfg.max_page_order);
	if (pfn >= mm->st->end_pfn)
		return mm_fail(err, -EINVAL,
			       "pfn %u: expected a frame below %u", pfn,
			       mm->st->end_pfn);
	if (pfn & (nr - 1))
		return mm_fail(err, -EINVAL,
			       "pfn %u: a block of order %u starts at a "
			       "multiple of %u",
			       pfn, order, nr);
	z = &mm->zone[page_zone(mm, pfn)];
	if (pfn < z->start || pfn + nr > z->start + z->spanned)
		return mm_fail(err, -EINVAL,
			       "pfn %u: a block of order %u does not lie in "
			       "one zone",
			       pfn, order);
	if (!pfn_present(mm, pfn) || !pfn_present(mm, pfn + nr - 1))
		return mm_fail(err, -EINVAL,
			       "pfn %u: there is no memory for a block of "
			       "order %u",
			       pfn, order);
	if (mm->page[pfn].b.word || (pfn % pageblock_nr_pages(mm) == 0 &&
				     mm->pb[pfn >> mm->pb_order].b.word))
		return mm_fail(err, -EINVAL, "pfn %u is in two places", pfn);
	return 0;
}

static void touch_small(struct mm *mm, pfn_t pfn, unsigned int order)
{
	if (order < mm->pb_order)
		pageblock_touch(mm, pfn);
}

int mm_put_free(struct mm *mm, pfn_t pfn, unsigned int order,
		enum migratetype mt, struct mm_error *err)
{
	const int e = no_room(mm, pfn, order, err);

	if (e)
		return e;
	if (mt >= MIGRATE_TYPES)
		return mm_fail(err, -EINVAL, "type %d: expected 0 to %d", mt,
			       MIGRATE_TYPES - 1);
	op_enter(mm);
	touch_small(mm, pfn, order);
	free_list_link(mm, page_zone(mm, pfn), pfn, order, mt, true);
	STORE(mm, block_at(mm, pfn, order)->word,
	      block_word(BLOCK_FREE, order, mt, 0));
	op_leave(mm);
	return 0;
}

int mm_put_pcp(struct mm *mm, zone_t zid, unsigned int cpu, unsigned int pindex,
	       pfn_t pfn, struct mm_error *err)
{
	unsigned int order;
	int e;

	if (!mm_zone_populated(mm, zid) || cpu >= mm->st->cfg.nr_cpus ||
	    pindex >= mm_nr_pcp_lists(mm))
		return mm_fail(err, -EINVAL,
			       "no per-CPU list %u on CPU %u in that zone",
			       pindex, cpu);
	order = pindex_to_order(mm, pindex);
	e = no_room(mm, pfn, order, err);
	if (e)
		return e;
	if (page_zone(mm, pfn) != zid)
		return mm_fail(err, -EINVAL, "pfn %u is of another zone", pfn);
	op_enter(mm);
	touch_small(mm, pfn, order);
	list_add_tail(mm, &pcp_of(mm, zid, cpu)->list[pindex], order, pfn);
	STORE(mm, block_at(mm, pfn, order)->word,
	      block_word(BLOCK_PCP, order, pindex, cpu));
	op_leave(mm);
	return 0;
}

int mm_put_used(struct mm *mm, pfn_t pfn, unsigned int order, uint16_t owner,
		uint16_t attr, struct mm_error *err)
{
	const int e = no_room(mm, pfn, order, err);

	if (e)
		return e;
	if (owner > mm->st->nr_owners)
		return mm_fail(err, -EINVAL, "owner %u: no such owner", owner);
	op_enter(mm);
	touch_small(mm, pfn, order);
	frame_use(mm, pfn, order, owner, attr);
	op_leave(mm);
	return 0;
}

/* A used block that begins there? */
static int not_used(const struct mm *mm, pfn_t pfn, struct mm_error *err)
{
	if (pfn >= mm->st->end_pfn ||
	    block_state(&mm->page[pfn].b) != BLOCK_USED)
		return mm_fail(err, -EINVAL, "pfn %u begins no used block",
			       pfn);
	return 0;
}

int mm_put_mapped(struct mm *mm, pfn_t pfn, unsigned int mapcount,
		  struct mm_error *err)
{
	const int e = not_used(mm, pfn, err);

	if (e)
		return e;
	if (mapcount > MAX_MAPCOUNT)
		return mm_fail(err, -EINVAL,
			       "pfn %u: mapped %u times, expected %u at most",
			       pfn, mapcount, MAX_MAPCOUNT);
	op_enter(mm);
	STORE(mm, mm->page[pfn].b.word,
	      block_word(BLOCK_USED, block_order(&mm->page[pfn].b), 0, 0) |
		      block_mapped_word(mapcount));
	op_leave(mm);
	return 0;
}

int mm_put_batched(struct mm *mm, pfn_t pfn, unsigned int cpu,
		   struct mm_error *err)
{
	const int e = not_used(mm, pfn, err);

	if (e)
		return e;
	if (cpu >= mm->st->cfg.nr_cpus || mm->page[pfn].attr & PAGE_LRU ||
	    lru_batch_times(mm, pfn))
		return mm_fail(err, -EINVAL,
			       "pfn %u cannot wait in a batch of CPU %u", pfn,
			       cpu);
	op_enter(mm);
	mm->cpu = (uint16_t)cpu;
	folio_add_lru(mm, pfn);
	op_leave(mm);
	return 0;
}

void mm_put_frozen(struct mm *mm, uint16_t owner)
{
	const struct owner *o = &mm->owner[owner];

	if (!owner || owner > mm->st->nr_owners)
		return;
	op_enter(mm);
	STORE(mm, o->flags, o->flags | OWNER_FROZEN);
	op_leave(mm);
}

int mm_put_task(struct mm *mm, const char *comm, uint32_t pid, unsigned int cpu,
		unsigned int *task, struct mm_error *err)
{
	uint32_t i;

	if (cpu >= mm->st->cfg.nr_cpus || strlen(comm) >= TASK_NAME ||
	    mm->st->nr_tasks >= MM_MAX_TASKS)
		return mm_fail(err, -EINVAL, "no such task: %.15s on CPU %u",
			       comm, cpu);
	op_enter(mm);
	i = task_new(mm, comm, TASK_USER, cpu, mm->st->cfg.cpu_node[cpu], 0);
	STORE(mm, mm->task[i].pid, pid);
	op_leave(mm);
	*task = i;
	return 0;
}

int mm_put_reserved(struct mm *mm, pfn_t pfn, struct mm_error *err)
{
	const int e = no_room(mm, pfn, 0, err);

	if (e)
		return e;
	op_enter(mm);
	pageblock_touch(mm, pfn);
	STORE(mm, mm->page[pfn].b.word, block_word(BLOCK_RESERVED, 0, 0, 0));
	op_leave(mm);
	return 0;
}

int mm_put_pageblock(struct mm *mm, pfn_t pfn, enum migratetype tag,
		     bool isolated, bool skip, struct mm_error *err)
{
	const struct pageblock *pb;
	uint32_t bits;

	if (pfn >= mm->st->end_pfn)
		return mm_fail(err, -EINVAL,
			       "pfn %u: expected a frame below %u", pfn,
			       mm->st->end_pfn);
	if (tag >= MIGRATE_ISOLATE)
		return mm_fail(err, -EINVAL, "type %d: expected 0 to %d", tag,
			       MIGRATE_ISOLATE - 1);
	pb = &mm->pb[pfn >> mm->pb_order];
	bits = pb->bits &
	       ~(uint32_t)(PAGEBLOCK_TYPE | PAGEBLOCK_ISOLATE | PAGEBLOCK_SKIP);
	bits |= tag | (isolated ? PAGEBLOCK_ISOLATE : 0) |
		(skip ? PAGEBLOCK_SKIP : 0);
	op_enter(mm);
	pageblock_set_bits(mm, pb, bits);
	op_leave(mm);
	return 0;
}

int mm_put_zonelist(struct mm *mm, unsigned int nid, unsigned int which,
		    const zone_t *zones, unsigned int n)
{
	const struct node *node;

	if (nid >= mm->st->cfg.nr_nodes || which > 1 || n > MAX_ZONELIST)
		return -EINVAL;
	for (unsigned int i = 0; i < n; i++)
		if (!mm_zone_populated(mm, zones[i]))
			return -EINVAL;
	node = &mm->st->node[nid];
	op_enter(mm);
	for (unsigned int i = 0; i < n; i++)
		STORE(mm, node->zonelist[which][i], zones[i]);
	STORE(mm, node->nr_zonelist[which], n);
	memo_forget(mm);
	op_leave(mm);
	return 0;
}
