/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_reclaim.h - pages that can be got back, and what holds them; part of mm.h
 *
 * Five LRU lists a node, the batches in which pages wait to change lists,
 * swap, writes under way, and slab caches.  Looking is total, as in mm.h.
 */
#ifndef BUDDYSCOPE_MM_RECLAIM_H
#define BUDDYSCOPE_MM_RECLAIM_H

/** A CPU's batches of pages that are to change lists, in draining order. */
enum lru_batch {
	LRU_ADD,
	LRU_MOVE_TAIL,
	LRU_DEACTIVATE_FILE,
	LRU_DEACTIVATE,
	LRU_LAZYFREE,
	LRU_ACTIVATE,
	NR_LRU_BATCHES
};
#define LRU_BATCH 31 /* FOLIO_BATCH_SIZE */

/* ---- LRU lists ---- */

/** "inactive_anon", ...; "?" if there is no such list. */
const char *mm_lru_name(unsigned int lru);
/** Pages on a node's list, and of them those of one zone. */
int64_t mm_lru_size(const struct mm *mm, unsigned int nid, unsigned int lru);
int64_t mm_lru_zone_size(const struct mm *mm, zone_t zid, unsigned int lru);
/** A list from its head, the newest; NO_PFN past the tail. */
pfn_t mm_lru_first(const struct mm *mm, unsigned int nid, unsigned int lru);
pfn_t mm_lru_next(const struct mm *mm, pfn_t pfn);
/** "add", "move_tail", ...: names of a CPU's batches. */
const char *mm_lru_batch_name(unsigned int which);
/** Pages that wait in a batch, oldest first; NO_PFN past the last. */
unsigned int mm_lru_batch_len(const struct mm *mm, unsigned int cpu,
			      unsigned int which);
pfn_t mm_lru_batch_at(const struct mm *mm, unsigned int cpu, unsigned int which,
		      unsigned int i);

/**
 * A system call of that CPU reads or writes the block in use at @pfn.
 * -EINVAL with a reason if there is none.  Models: folio_mark_accessed()
 */
int mm_mark_accessed(struct mm *mm, pfn_t pfn, unsigned int cpu,
		     struct mm_error *err);
/**
 * Every CPU's batches go to their lists; pages that waited in them.
 * Models: lru_add_drain_all()
 */
int64_t mm_lru_drain(struct mm *mm);

/* ---- swap and writes ---- */

struct mm_swap_info {
	int64_t total, free; /* slots, a page each */
	int64_t cached;	     /* pages in the swap cache */
};
void mm_swap_info(const struct mm *mm, struct mm_swap_info *si);
/** More swap, in pages.  -EINVAL with a reason if that is too much. */
int mm_swap_on(struct mm *mm, uint64_t pages, struct mm_error *err);
/** No swap any more; -EBUSY while a slot is in use, -EINVAL without swap. */
int mm_swap_off(struct mm *mm, struct mm_error *err);

struct mm_write_info {
	uint64_t due;	 /* jiffies: when it ends */
	uint32_t blocks; /* that are being written */
};
/** Write @i, or zeros; how many are under way. */
unsigned int mm_write_info(const struct mm *mm, unsigned int i,
			   struct mm_write_info *wi);
/**
 * Writing of all dirty pages of files begins; how many they are.  It ends
 * after `writeback.delay` jiffies.  Models: ksys_sync() without the waiting
 */
int64_t mm_sync(struct mm *mm);

/* ---- slab caches ---- */

#define MM_MAX_OBJECTS INT64_C(1000000000)

struct mm_slab_config {
	int64_t objects; /* 0 to MM_MAX_OBJECTS */
	uint32_t objects_per_page;
	uint32_t seeks; /* cost of an object to its user; the kernel's is 2 */
	uint32_t nid;
};
/**
 * A cache with an owner of the same name; its number, or a negative errno
 * with the reason.  When memory is short it has fewer objects.
 */
int mm_slab_new(struct mm *mm, const char *name, const struct mm_slab_config *c,
		struct mm_error *err);
/** More objects; how many were got, or -EINVAL. */
int64_t mm_slab_grow(struct mm *mm, unsigned int slab, int64_t objects,
		     struct mm_error *err);
unsigned int mm_nr_slabs(const struct mm *mm);
struct mm_slab_info {
	const char *name;
	uint16_t owner;
	uint32_t objects_per_page, seeks, nid;
	int64_t objects, deferred;
	uint64_t pages;
};
void mm_slab_info(const struct mm *mm, unsigned int slab,
		  struct mm_slab_info *si);

/* ---- drop_caches ---- */

struct mm_dropped {
	int64_t pages, kept;	     /* of files: freed, and not */
	int64_t objects, slab_pages; /* freed */
};
/**
 * As a number written to /proc/sys/vm/drop_caches.
 * @what: 1 page cache, 2 slab, 3 both; 4 more changes nothing here
 *
 * -EINVAL outside 1..7.
 */
int mm_drop_caches(struct mm *mm, uint64_t what, struct mm_dropped *d,
		   struct mm_error *err);

#endif
