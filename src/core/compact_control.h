/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact_control.h - what the parts of compaction share
 *
 * All of it works on the compact_control in a task's record.  Positions are
 * 64 bits wide, as in the kernel: one of them is meant to wrap (8.3).
 *
 * Models: struct compact_control in mm/internal.h; compaction.md
 */
#ifndef CORE_COMPACT_CONTROL_H
#define CORE_COMPACT_CONTROL_H

#include "core/compaction.h"
#include "core/freelist.h"

#define COMPACT_CLUSTER_MAX 32
#define COMPACT_MAX_DEFER_SHIFT 6
#define NO_POS UINT64_MAX

enum compact_flag {
	CC_IGNORE_SKIP = 0x1,	  /* scan blocks whose skip bit is set */
	CC_NO_SET_SKIP = 0x2,	  /* leave no hints behind */
	CC_IGNORE_SUITABLE = 0x4, /* any type of block takes pages */
	CC_DIRECT = 0x8,
	CC_PROACTIVE = 0x10,
	CC_WHOLE_ZONE = 0x20,
	CC_CONTENDED = 0x40,
	CC_FINISH_BLOCK = 0x80,	 /* scan the block in hand to its end */
	CC_KEEP_IN_STEP = 0x100, /* the sync position follows the async one */
	CC_CAPTURE = 0x200,	 /* frees may be captured */
	CC_ALLOC_CONTIG = 0x400, /* a range: pages of any order are taken */
	CC_INTERRUPTED = 0x800,	 /* by hand: a signal came between zones */
	CC_ALL_FLAGS = 0xfff,
};

/** On whose behalf a run goes over its zones. */
enum compact_drive {
	DRIVE_DIRECT,	 /* a request's zonelist */
	DRIVE_KCOMPACTD, /* a node's zones, for an order */
	DRIVE_PROACTIVE, /* a node's zones, unasked */
	DRIVE_MEMORY,	 /* by hand: zones from `next` to `last` */
	DRIVE_RANGE,	 /* no run: a range is emptied, contig.c */
	NR_DRIVES
};

/** Where a run stands; 0: there is none. */
enum compact_step {
	COMPACT_NONE,
	COMPACT_BEFORE, /* its first zone */
	COMPACT_START,	/* is it worth it? */
	COMPACT_BEGIN,	/* where from? */
	COMPACT_FINISH, /* is it over? */
	COMPACT_SCAN,
	COMPACT_MIGRATE,
	COMPACT_CAPTURED,
	COMPACT_DRAIN,
	COMPACT_RELEASE,
	COMPACT_END,
	COMPACT_RANGE, /* contig.c says where it stands */
	NR_COMPACT_STEPS
};

#define CC_SET(mm, cc, field, value) STORE(mm, (cc)->field, value)

static inline const struct compact_control *cc_of(const struct mm *mm,
						  uint32_t task)
{
	return &mm->task[task].cc;
}

static inline void cc_flag(struct mm *mm, const struct compact_control *cc,
			   uint32_t flag, bool on)
{
	const uint32_t flags = on ? cc->flags | flag : cc->flags & ~flag;

	if (flags != cc->flags)
		STORE(mm, cc->flags, flags);
}

/* ---- positions ---- */

static inline uint64_t block_nr(const struct mm *mm, uint64_t pfn)
{
	return pfn >> mm->pb_order;
}

static inline uint64_t block_start(const struct mm *mm, uint64_t pfn)
{
	return pfn & ~(((uint64_t)1 << mm->pb_order) - 1);
}

/** The first pageblock boundary above @pfn: of an aligned one, the next. */
static inline uint64_t block_end(const struct mm *mm, uint64_t pfn)
{
	return block_start(mm, pfn) + ((uint64_t)1 << mm->pb_order);
}

static inline bool block_aligned(const struct mm *mm, uint64_t pfn)
{
	return block_start(mm, pfn) == pfn;
}

static inline uint64_t zone_start(const struct mm *mm, zone_t zid)
{
	return mm->zone[zid].start;
}

static inline uint64_t zone_end(const struct mm *mm, zone_t zid)
{
	return (uint64_t)mm->zone[zid].start + mm->zone[zid].spanned;
}

static inline uint64_t min_pos(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static inline uint64_t max_pos(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/** 10.1 */
static inline bool compact_scanners_met(const struct mm *mm,
					const struct compact_control *cc)
{
	return block_nr(mm, cc->free_pfn) <= block_nr(mm, cc->migrate_pfn);
}

/** What is recorded at exactly this frame; NULL: nothing begins here. */
static inline const struct block *block_here(const struct mm *mm, uint64_t pfn)
{
	const struct block *b;

	if (pfn >= mm->st->nr_frames)
		return NULL;
	if (block_aligned(mm, pfn)) {
		b = &mm->pb[pfn >> mm->pb_order].b;
		if (b->word)
			return b;
	}
	b = &mm->page[pfn].b;
	return b->word ? b : NULL;
}

/** Is a free block of that order in the zone, of whatever type? */
static inline bool order_has_blocks(const struct mm *mm, zone_t zid,
				    unsigned int order)
{
	for (int mt = 0; mt < MIGRATE_TYPES; mt++)
		if (mm->zone[zid].free[order][mt].nr)
			return true;
	return false;
}

/** Order of the free block whose first frame this is, or -1. */
static inline int buddy_order_at(const struct mm *mm, uint64_t pfn)
{
	const struct block *b = block_here(mm, pfn);

	return b && block_state(b) == BLOCK_FREE ? (int)block_order(b) : -1;
}

/** Is @pfn the head of one page of several frames? */
static inline bool compound_head_at(const struct mm *mm, uint64_t pfn)
{
	const struct block *b = block_here(mm, pfn);

	return b && block_order(b) &&
	       (block_state(b) == BLOCK_USED ||
		block_state(b) == BLOCK_ISOLATED) &&
	       (mm->page[pfn].attr & PAGE_COMPOUND);
}

/* ---- compact_skip.c ---- */

/** 2.9: do both ends of [start, end) lie in this zone's memory? */
bool pageblock_in_zone(const struct mm *mm, uint64_t start, uint64_t end,
		       zone_t zid);
/** Start of the next section with memory online; 0: @pfn's own, or none. */
uint64_t next_online_section(const struct mm *mm, uint64_t pfn);
/** False if the run is to pass over the block that holds @pfn. */
bool isolation_suitable(const struct mm *mm, const struct compact_control *cc,
			uint64_t pfn);
void set_pageblock_skip(struct mm *mm, uint64_t pfn);
/** 3.1, 3.2, 3.3, 3.4, 3.5 */
void update_cached_migrate(struct mm *mm, const struct compact_control *cc,
			   uint64_t pfn);
void update_pageblock_skip(struct mm *mm, const struct compact_control *cc,
			   uint64_t block, uint64_t pfn);
bool test_and_set_skip(struct mm *mm, const struct compact_control *cc,
		       uint64_t pfn);
void reset_cached_positions(struct mm *mm, zone_t zid);
void clear_skip_bits(struct mm *mm, zone_t zid);
/** Does one page of pageblock size or more cover this frame? */
bool huge_page_covers(const struct mm *mm, uint64_t pfn);

/* ---- compact_migrate_scan.c ---- */

enum scan_result {
	SCAN_AGAIN,
	SCAN_SLEEP,
	SCAN_ABORT,
	SCAN_NONE,
	SCAN_OK,
	SCAN_NO_MEMORY /* of a range: a pool's page in it cannot go away */
};

/** Choose a block and scan it, from `migrate_pfn` on: 6, 7. */
void isolate_migratepages_begin(struct mm *mm, uint32_t task);
enum scan_result isolate_migratepages_step(struct mm *mm, uint32_t task);
/** The pages of a range, 32 or a few more a time: contig.c. */
void isolate_migratepages_range_begin(struct mm *mm, uint32_t task,
				      uint64_t start, uint64_t end);
/** SCAN_OK: it is over; `migrate_pfn` is where the next one begins. */
enum scan_result isolate_migratepages_range_step(struct mm *mm, uint32_t task);
/** In the middle of a block; on the free lists. */
bool migrate_scan_in_block(const struct migrate_scan *s);
bool migrate_scan_searches(const struct migrate_scan *s);
/** 9.9: all of the list that is to be moved. */
void putback_movable_pages(struct mm *mm, uint32_t task);

/* ---- compact_free_scan.c, compact_free_fast.c ---- */

enum free_step {
	FREE_IDLE,
	FREE_BEGIN, /* 8.1 */
	FREE_FAST,  /* 8.3: an order of the lists */
	FREE_FAST_END,
	FREE_AROUND,	  /* 8.3.11: the block of what was found */
	FREE_LINEAR,	  /* 8.2: the next block */
	FREE_LINEAR_SCAN, /* ... and within it */
	FREE_OVER,
	NR_FREE_STEPS
};

/** Find free pages; true while there is more to do. */
void isolate_freepages_begin(struct mm *mm, uint32_t task);
bool isolate_freepages_step(struct mm *mm, uint32_t task);
/** 2.5: take the free block off its list; false: the watermark forbids it. */
bool isolate_free_page(struct mm *mm, uint32_t task, pfn_t pfn,
		       unsigned int order);
/** 8.5 */
bool suitable_migration_target(struct mm *mm, const struct compact_control *cc,
			       uint64_t block);
/** 8.4: a block from start to end; false when it is over. */
void scan_free_block_begin(struct mm *mm, uint32_t task, uint64_t start,
			   uint64_t end, uint32_t stride);
bool scan_free_block_step(struct mm *mm, uint32_t task);
void fast_isolate_freepages_begin(struct mm *mm, uint32_t task);
bool fast_isolate_freepages_step(struct mm *mm, uint32_t task);
/** 9.2, 9.3: the first page of the smallest sufficient block, and back. */
pfn_t compaction_alloc(struct mm *mm, uint32_t task, unsigned int order);
void compaction_free(struct mm *mm, uint32_t task, pfn_t pfn);
/** 11.1: give back one block; false when there is none left. */
bool release_free_page(struct mm *mm, uint32_t task);

/* ---- kcompactd.c: a run over a node's zones ---- */

/** From a record that says on whose behalf, and which zones. */
void compact_run_begin(struct mm *mm, uint32_t task,
		       const struct compact_control *from);
/** One quantum; false when it is over. */
bool compact_run_step(struct mm *mm, uint32_t task, enum mm_quantum *q);
/** Why there can be no such run (compact_memory.c); 0: there can. */
int compact_refusal(const struct mm *mm, zone_t zid, int order,
		    unsigned int mode, struct mm_error *err);

/* ---- compact_finished.c ---- */

/** COMPACT_CONTINUE and NO_SUITABLE_PAGE: it goes on.  @why: what decided. */
enum compact_result compact_finished(struct mm *mm, uint32_t task,
				     const struct compact_control *cc,
				     enum mm_reason *why);

/* ---- compact_zone.c ---- */

/** One run over one zone; the control holds what it is after. */
void compact_zone_begin(struct mm *mm, uint32_t task, zone_t zid);
/** With QUANTUM_DONE `result` is the answer, `step` is 0. */
enum mm_quantum compact_zone_step(struct mm *mm, uint32_t task);

#endif
