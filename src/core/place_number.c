/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * place_number.c - numbers of a recorded state, by the recording's names
 *
 * A table says where each is kept and between which limits it may be.
 */
#include <errno.h>
#include <string.h>

#include "core/history.h"
#include "core/task.h"

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
