/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_recorded.h - a world put together piece by piece; part of mm.h
 *
 * A loader of somebody else's state (a recording, /proc) builds a world bare
 * of free memory with mm_create_bare(), puts things where they were, and ends
 * with mm_check().  Every call refuses what does not fit, with a reason: a
 * block lies in memory of one zone and in one place.  What is placed nowhere
 * counts as reserved, so a zone's "managed" is what was placed in it as free,
 * per-CPU and used blocks.
 */
#ifndef BUDDYSCOPE_MM_RECORDED_H
#define BUDDYSCOPE_MM_RECORDED_H

struct mm *mm_create_bare(const struct mm_config *cfg, struct mm_error *err);
/** Block on the tail of a free list; counters are left alone. */
int mm_put_free(struct mm *mm, pfn_t pfn, unsigned int order,
		enum migratetype mt, struct mm_error *err);
int mm_put_pcp(struct mm *mm, zone_t zid, unsigned int cpu, unsigned int pindex,
	       pfn_t pfn, struct mm_error *err);
int mm_put_used(struct mm *mm, pfn_t pfn, unsigned int order, uint16_t owner,
		uint16_t attr, struct mm_error *err);
/** A block put there as used: mapped 0..MM_MAX_MAPCOUNT times, by nobody who
 * has accessed it. */
int mm_put_mapped(struct mm *mm, pfn_t pfn, unsigned int mapcount,
		  struct mm_error *err);
/** A block put there as used, on no LRU list: it waits in @cpu's batch. */
int mm_put_batched(struct mm *mm, pfn_t pfn, unsigned int cpu,
		   struct mm_error *err);
/** Pages of that owner have a reference count of 0, as slab has in 7.3. */
void mm_put_frozen(struct mm *mm, uint16_t owner);
/** A user's task that was there; its number in *@task. */
int mm_put_task(struct mm *mm, const char *comm, uint32_t pid, unsigned int cpu,
		unsigned int *task, struct mm_error *err);
int mm_put_reserved(struct mm *mm, pfn_t pfn, struct mm_error *err);
int mm_put_pageblock(struct mm *mm, pfn_t pfn, enum migratetype tag,
		     bool isolated, bool skip, struct mm_error *err);
/** One number of a zone by the recording's key: "wmark_min", "flags", ... */
int mm_put_zone(struct mm *mm, zone_t zid, const char *key, int64_t value);
int mm_get_zone(const struct mm *mm, zone_t zid, const char *key,
		int64_t *value);
/** The same for one CPU's share of a zone: "count", "high", "zdiff_free". */
int mm_put_pcp_field(struct mm *mm, zone_t zid, unsigned int cpu,
		     const char *key, int64_t value);
int mm_get_pcp_field(const struct mm *mm, zone_t zid, unsigned int cpu,
		     const char *key, int64_t *value);
/** And for a node: "kswapd_order", "kswapd_asleep", ... */
int mm_put_node(struct mm *mm, unsigned int nid, const char *key,
		int64_t value);
int mm_get_node(const struct mm *mm, unsigned int nid, const char *key,
		int64_t *value);
/** Replace a node's zone order (@which 0: with fallback, 1: THISNODE). */
int mm_put_zonelist(struct mm *mm, unsigned int nid, unsigned int which,
		    const zone_t *zones, unsigned int n);

#endif
