/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * types.h - the field's words, as the kernel spells them
 *
 * Pages, zones, types and flags; the words of one part alone are in its
 * mm_*.h.  Numbers are the kernel's where it has one, so that a recording, a
 * trace and this model can be compared without a table in between.
 */
#ifndef BUDDYSCOPE_TYPES_H
#define BUDDYSCOPE_TYPES_H

#include <stdbool.h>
#include <stdint.h>

/** Page frame number; the model holds frames 0..MM_MAX_FRAMES-1. */
typedef uint32_t pfn_t;
/** A zone: nid * MAX_NR_ZONES + zone index.  See mm_zone_of(). */
typedef uint16_t zone_t;
/** A GFP mask; see enum gfp_flag. */
typedef uint32_t gfp_t;

/** Above this order, requests are worth less effort. */
#define PAGE_ALLOC_COSTLY_ORDER 3

#define NO_PFN ((pfn_t)UINT32_MAX)
#define NO_ZONE ((zone_t)UINT16_MAX)

/* Limits of the model; worlds are configured below them. */
#define MM_MAX_FRAMES 0x80000000u /* 8 TiB of 4 KiB frames */
#define MM_MAX_NODES 8
#define MM_MAX_CPUS 64
#define MM_MAX_ORDERS 16     /* orders 0..15 */
#define MM_GIGANTIC_ORDER 18 /* of a page that contig gives: 1 GiB */
#define MM_MAX_RANGES 64     /* memory and reserved ranges */
#define MM_MAX_CMA 8
#define MM_MAX_OWNERS 1024
#define MM_MAX_MAPCOUNT 2043 /* of a block: more are not told apart */
#define MM_OWNER_NAME 24
#define MM_MAX_TASKS 96
#define MM_MAX_PROCESSES 64 /* record 0 is nobody's, here and below */
#define MM_MAX_GROUPS 16
#define MM_MAX_CPUSETS 16
#define MM_MAX_SLABS 16
#define NO_NODE UINT32_MAX
/** Pages: a limit of a group that is none. */
#define MM_NO_LIMIT INT64_MAX
#define OOM_SCORE_ADJ_MIN (-1000)
#define OOM_SCORE_ADJ_MAX 1000

/** enum migratetype, include/linux/mmzone.h with CMA and isolation. */
enum migratetype {
	MIGRATE_UNMOVABLE,
	MIGRATE_MOVABLE,
	MIGRATE_RECLAIMABLE,
	MIGRATE_PCPTYPES,
	MIGRATE_HIGHATOMIC = MIGRATE_PCPTYPES,
	MIGRATE_CMA,
	MIGRATE_ISOLATE,
	MIGRATE_TYPES
};

/** enum zone_type with ZONE_DMA, ZONE_DMA32 and ZONE_DEVICE. */
enum zone_type {
	ZONE_DMA,
	ZONE_DMA32,
	ZONE_NORMAL,
	ZONE_MOVABLE,
	ZONE_DEVICE,
	MAX_NR_ZONES,
	/* what the same numbers are with LAYOUT_HIGHMEM; nothing is at 4 */
	ZONE_NORMAL_32 = 1,
	ZONE_HIGHMEM_32 = 2,
};

enum zone_watermarks {
	WMARK_MIN,
	WMARK_LOW,
	WMARK_HIGH,
	WMARK_PROMO,
	NR_WMARK
};

/** Single GFP bits, include/linux/gfp_types.h of a 7.3 amd64 kernel. */
enum gfp_flag {
	GFP_BIT_DMA = 0x1,
	GFP_BIT_HIGHMEM = 0x2,
	GFP_BIT_DMA32 = 0x4,
	GFP_BIT_MOVABLE = 0x8,
	GFP_BIT_RECLAIMABLE = 0x10,
	GFP_BIT_HIGH = 0x20,
	GFP_BIT_IO = 0x40,
	GFP_BIT_FS = 0x80,
	GFP_BIT_ZERO = 0x100,
	GFP_BIT_DIRECT_RECLAIM = 0x400,
	GFP_BIT_KSWAPD_RECLAIM = 0x800,
	GFP_BIT_WRITE = 0x1000,
	GFP_BIT_NOWARN = 0x2000,
	GFP_BIT_RETRY_MAYFAIL = 0x4000,
	GFP_BIT_NOFAIL = 0x8000,
	GFP_BIT_NORETRY = 0x10000,
	GFP_BIT_MEMALLOC = 0x20000,
	GFP_BIT_COMP = 0x40000,
	GFP_BIT_NOMEMALLOC = 0x80000,
	GFP_BIT_HARDWALL = 0x100000,
	GFP_BIT_THISNODE = 0x200000,
	GFP_BIT_ACCOUNT = 0x400000,
	GFP_BIT_ZEROTAGS = 0x800000,
};

/* The compound masks most used; the whole table is in gfp.c. */
#define GFP_KERNEL ((gfp_t)0xcc0)
#define GFP_ATOMIC ((gfp_t)0x820)
#define GFP_NOWAIT ((gfp_t)0x2800)
#define GFP_HIGHUSER_MOVABLE ((gfp_t)0x100cca)

/** Internal flags of one attempt, mm/page_alloc.h; low two bits: a wmark. */
enum alloc_flag {
	ALLOC_WMARK_MASK = 0x3,
	ALLOC_NO_WATERMARKS = 0x4,
	ALLOC_OOM = 0x8,
	ALLOC_NON_BLOCK = 0x10,
	ALLOC_MIN_RESERVE = 0x20,
	ALLOC_CPUSET = 0x40,
	ALLOC_CMA = 0x80,
	ALLOC_NOFRAGMENT = 0x100,
	ALLOC_HIGHATOMIC = 0x200,
	ALLOC_KSWAPD = 0x800,
	ALLOC_RESERVES = ALLOC_NON_BLOCK | ALLOC_MIN_RESERVE |
			 ALLOC_HIGHATOMIC | ALLOC_OOM,
};

/** Zone flags, enum zone_flags. */
enum zone_flag {
	ZONE_BOOSTED_WATERMARK = 1,
	ZONE_RECLAIM_ACTIVE = 2,
	ZONE_BELOW_HIGH = 4,
};

/** What the caller of an allocation is; PF_MEMALLOC and tsk_is_oom_victim. */
enum mm_caller {
	MM_CALLER_MEMALLOC = 1,
	MM_CALLER_OOM_VICTIM = 2,
};

/** Bits of a frame that a recording or a user may set (struct mm_frame). */
enum page_attr {
	PAGE_LRU = 0x1,
	PAGE_UNEVICTABLE = 0x2,
	PAGE_MLOCKED = 0x4,
	PAGE_LOCKED = 0x8,
	PAGE_DIRTY = 0x10,
	PAGE_WRITEBACK = 0x20,
	PAGE_ACTIVE = 0x40,
	PAGE_SWAPBACKED = 0x80,
	PAGE_SWAPCACHE = 0x100,
	PAGE_MOVABLE_OPS = 0x200,
	PAGE_COMPOUND = 0x400,
	PAGE_PRIVATE = 0x800,
	PAGE_REFERENCED = 0x1000,
	PAGE_WORKINGSET = 0x2000,
	PAGE_RECLAIM = 0x4000, /* to the tail when its writeback ends */
	PAGE_PINNED = 0x8000,  /* somebody holds it: it cannot move or go */
};

/** enum lru_list; a family's active list follows its inactive one. */
enum lru_list {
	LRU_INACTIVE_ANON,
	LRU_ACTIVE_ANON,
	LRU_INACTIVE_FILE,
	LRU_ACTIVE_FILE,
	LRU_UNEVICTABLE,
	NR_LRU_LISTS
};

/** Jiffies a second. */
#define MM_HZ 250

#endif
