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
#include <string.h>

#include "core/frame.h"
#include "core/lru_batch.h"
#include "core/pcp.h"
#include "core/task.h"
#include "core/watermark.h"

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
	if (mapcount > 0xff)
		return mm_fail(err, -EINVAL,
			       "pfn %u: mapped %u times, expected 255 at most",
			       pfn, mapcount);
	op_enter(mm);
	STORE(mm, mm->page[pfn].b.word,
	      block_word(BLOCK_USED, block_order(&mm->page[pfn].b), mapcount,
			 0));
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

/* ---- numbers by the recording's names ---- */

/** A field of a record: where, and whether it has 4 or 8 bytes. */
struct field {
	const char *key;
	size_t at, size;
	int64_t min, max;
};

#define FIELD(rec, k, f, lo, hi)                                               \
	{                                                                      \
		.key = k, .at = offsetof(struct rec, f),                       \
		.size = sizeof(((struct rec *)0)->f), .min = lo, .max = hi     \
	}
#define PAGES (INT64_C(1) << 40)

/* A zone of the configuration stays populated: nobody asks again. */

static const struct field zone_fields[] = {
	FIELD(zone, "present", present, 1, MM_MAX_FRAMES),
	FIELD(zone, "managed", managed, 0, MM_MAX_FRAMES),
	FIELD(zone, "cma", cma, 0, MM_MAX_FRAMES),
	FIELD(zone, "flags", flags, 0, UINT32_MAX),
	FIELD(zone, "nr_isolate_pageblock", nr_isolate_pageblock, 0,
	      MM_MAX_FRAMES),
	FIELD(zone, "pageset_batch", pageset_batch, 0, 1 << 20),
	FIELD(zone, "pageset_high_min", pageset_high_min, 0, 1 << 29),
	FIELD(zone, "pageset_high_max", pageset_high_max, 0, 1 << 29),
	FIELD(zone, "threshold", stat_threshold, 0, 125),
	FIELD(zone, "percpu_drift_mark", percpu_drift_mark, 0, UINT32_MAX),
	FIELD(zone, "NR_FREE_PAGES", stat[NR_FREE_PAGES], -PAGES, PAGES),
	FIELD(zone, "NR_FREE_PAGES_BLOCKS", stat[NR_FREE_PAGES_BLOCKS], -PAGES,
	      PAGES),
	FIELD(zone, "NR_FREE_CMA_PAGES", stat[NR_FREE_CMA], -PAGES, PAGES),
	FIELD(zone, "nr_free_highatomic", nr_free_highatomic, -PAGES, PAGES),
	FIELD(zone, "nr_reserved_highatomic", nr_reserved_highatomic, 0, PAGES),
	FIELD(zone, "wmark_min", wmark[WMARK_MIN], 0, PAGES),
	FIELD(zone, "wmark_low", wmark[WMARK_LOW], 0, PAGES),
	FIELD(zone, "wmark_high", wmark[WMARK_HIGH], 0, PAGES),
	FIELD(zone, "wmark_promo", wmark[WMARK_PROMO], 0, PAGES),
	FIELD(zone, "watermark_boost", boost, 0, PAGES),
	FIELD(zone, "contiguous", contiguous, 0, 1),
	FIELD(zone, "compact_cached_free_pfn", compact_cached_free_pfn, 0,
	      PAGES),
	FIELD(zone, "compact_cached_migrate_pfn_async",
	      compact_cached_migrate_pfn[0], 0, PAGES),
	FIELD(zone, "compact_cached_migrate_pfn_sync",
	      compact_cached_migrate_pfn[1], 0, PAGES),
	FIELD(zone, "compact_init_migrate_pfn", compact_init_migrate_pfn, 0,
	      PAGES),
	FIELD(zone, "compact_init_free_pfn", compact_init_free_pfn, 0, PAGES),
	FIELD(zone, "compact_considered", compact_considered, 0, 64),
	FIELD(zone, "compact_defer_shift", compact_defer_shift, 0, 6),
	FIELD(zone, "compact_order_failed", compact_order_failed, 0,
	      MM_MAX_ORDERS),
	FIELD(zone, "compact_blockskip_flush", compact_blockskip_flush, 0, 1),
	FIELD(zone, "lowmem_reserve0", lowmem_reserve[0], 0, PAGES),
	FIELD(zone, "lowmem_reserve1", lowmem_reserve[1], 0, PAGES),
	FIELD(zone, "lowmem_reserve2", lowmem_reserve[2], 0, PAGES),
	FIELD(zone, "lowmem_reserve3", lowmem_reserve[3], 0, PAGES),
	FIELD(zone, "lowmem_reserve4", lowmem_reserve[4], 0, PAGES),
};

static const struct field pcp_fields[] = {
	FIELD(pcp, "count", count, 0, 1 << 29),
	FIELD(pcp, "high", high, 0, 1 << 29),
	FIELD(pcp, "high_min", high_min, 0, 1 << 29),
	FIELD(pcp, "high_max", high_max, 0, 1 << 29),
	FIELD(pcp, "batch", batch, 1, 1 << 20),
	FIELD(pcp, "flags", flags, 0, UINT32_MAX),
	FIELD(pcp, "alloc_factor", alloc_factor, 0, 6),
	FIELD(pcp, "free_count", free_count, 0, 1 << 29),
	FIELD(pcp, "expire", expire, -(1 << 29), 1 << 29),
	FIELD(pcp, "zdiff_free", diff[NR_FREE_PAGES], -125, 125),
	FIELD(pcp, "zdiff_free_blocks", diff[NR_FREE_PAGES_BLOCKS], -125, 125),
	FIELD(pcp, "zdiff_free_cma", diff[NR_FREE_CMA], -125, 125),
};

static const struct field node_fields[] = {
	FIELD(node, "start", start, 0, MM_MAX_FRAMES),
	FIELD(node, "spanned", spanned, 0, MM_MAX_FRAMES),
	FIELD(node, "present", present, 0, MM_MAX_FRAMES),
	FIELD(node, "kswapd_order", kswapd_order, 0, MM_MAX_ORDERS - 1),
	FIELD(node, "kswapd_highest_zoneidx", kswapd_highest, 0, KSWAPD_NONE),
	FIELD(node, "kswapd_failures", kswapd_failures, 0, INT32_MAX),
	FIELD(node, "kswapd_asleep", kswapd_asleep, 0, 1),
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct field *find_field(const struct field *f, size_t n,
				      const char *key)
{
	for (; n; f++, n--)
		if (strcmp(f->key, key) == 0)
			return f;
	return NULL;
}

static int put_field(struct mm *mm, const void *rec, const struct field *f,
		     int64_t value)
{
	const char *place = (const char *)rec + (f ? f->at : 0);
	const uint32_t small = (uint32_t)value;

	if (!f)
		return -ENOENT;
	if (value < f->min || value > f->max)
		return -ERANGE;
	op_enter(mm);
	store_bytes(mm, place, f->size == 4 ? (const void *)&small : &value,
		    f->size);
	op_leave(mm);
	return 0;
}

static int get_field(const void *rec, const struct field *f, int64_t *value)
{
	const char *place = (const char *)rec + (f ? f->at : 0);
	int32_t small;

	if (!f)
		return -ENOENT;
	if (f->size == 4) {
		memcpy(&small, place, sizeof small);
		*value = f->min < 0 ? small : (int64_t)(uint32_t)small;
	} else {
		memcpy(value, place, sizeof *value);
	}
	return 0;
}

int mm_put_zone(struct mm *mm, zone_t zid, const char *key, int64_t value)
{
	if (!mm_zone_populated(mm, zid))
		return -EINVAL;
	return put_field(mm, &mm->zone[zid],
			 find_field(zone_fields, COUNT(zone_fields), key),
			 value);
}

int mm_get_zone(const struct mm *mm, zone_t zid, const char *key,
		int64_t *value)
{
	if (!mm_zone_populated(mm, zid))
		return -EINVAL;
	return get_field(&mm->zone[zid],
			 find_field(zone_fields, COUNT(zone_fields), key),
			 value);
}

int mm_put_pcp_field(struct mm *mm, zone_t zid, unsigned int cpu,
		     const char *key, int64_t value)
{
	if (!mm_zone_populated(mm, zid) || cpu >= mm->st->cfg.nr_cpus)
		return -EINVAL;
	if (strcmp(key, "threshold") == 0) /* the same on every CPU */
		return mm_put_zone(mm, zid, key, value);
	return put_field(mm, pcp_of(mm, zid, cpu),
			 find_field(pcp_fields, COUNT(pcp_fields), key), value);
}

int mm_get_pcp_field(const struct mm *mm, zone_t zid, unsigned int cpu,
		     const char *key, int64_t *value)
{
	if (!mm_zone_populated(mm, zid) || cpu >= mm->st->cfg.nr_cpus)
		return -EINVAL;
	if (strcmp(key, "threshold") == 0)
		return mm_get_zone(mm, zid, key, value);
	return get_field(pcp_of(mm, zid, cpu),
			 find_field(pcp_fields, COUNT(pcp_fields), key), value);
}

/* Awake, it has something to do; without a schedule `run` decides. */
static void put_kswapd_awake(struct mm *mm, unsigned int nid)
{
	op_enter(mm);
	STORE(mm, mm->st->node[nid].kswapd_asleep, 0);
	task_wake(mm, kswapd_task(nid));
	op_leave(mm);
}

int mm_put_node(struct mm *mm, unsigned int nid, const char *key, int64_t value)
{
	if (nid >= mm->st->cfg.nr_nodes)
		return -EINVAL;
	if (mm->st->cfg.schedule && value == 0 &&
	    strcmp(key, "kswapd_asleep") == 0) {
		put_kswapd_awake(mm, nid);
		return 0;
	}
	return put_field(mm, &mm->st->node[nid],
			 find_field(node_fields, COUNT(node_fields), key),
			 value);
}

int mm_get_node(const struct mm *mm, unsigned int nid, const char *key,
		int64_t *value)
{
	if (nid >= mm->st->cfg.nr_nodes)
		return -EINVAL;
	return get_field(&mm->st->node[nid],
			 find_field(node_fields, COUNT(node_fields), key),
			 value);
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
