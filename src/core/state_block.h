/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state_block.h - frames and pageblocks, and what is recorded in them
 *
 * A block of frames is recorded once: a free one of a pageblock or more in
 * its pageblock's record, any other in its first frame's; block_at() knows.
 *
 * Models: struct page, pageblock_flags in include/linux/mmzone.h
 */
#ifndef CORE_STATE_BLOCK_H
#define CORE_STATE_BLOCK_H

#include "core/types.h"

enum block_state {
	BLOCK_NONE,	/* a tail, a hole, or recorded in the other place */
	BLOCK_FREE,	/* head of a block on a free list (PageBuddy) */
	BLOCK_PCP,	/* head of a block on a per-CPU list */
	BLOCK_USED,	/* head of an allocated block */
	BLOCK_RESERVED, /* memory the allocator never had */
	/* on its way: in use, off the LRU lists, on a list of its mover */
	BLOCK_ISOLATED,
	BLOCK_GONE,  /* the same, but what was in it has been freed meanwhile */
	BLOCK_TAKEN, /* free, taken off the free lists by compaction */
	BLOCK_TARGET, /* chosen for a page on its way */
};

/** next and prev link the list the block is on; word is packed below. */
struct block {
	uint32_t next, prev;
	uint32_t word;
};

/*
 * word: state (4 bits) and the write it is in (4), then order, list
 * (migratetype or pindex) and cpu, a byte each.  Of a USED block the last two
 * are how often it is mapped, with three bits more above the order, and in how
 * many of the mappings it was accessed, with BLOCK_CHARGED on top.
 */
#define BLOCK_STATE_MASK 0xfu
#define BLOCK_WRITE_SHIFT 4 /* which write() a USED block is in */
#define BLOCK_ORDER_MASK 0x1fu
#define BLOCK_OFTEN_MASK 0xe000u /* of a USED block: of its mappings */
#define BLOCK_OFTEN_SHIFT 5	 /* from there to above the list's byte */

static inline uint32_t block_word(enum block_state state, unsigned int order,
				  unsigned int list, unsigned int cpu)
{
	return (uint32_t)state | order << 8 | list << 16 | (uint32_t)cpu << 24;
}

static inline enum block_state block_state(const struct block *b)
{
	return (enum block_state)(b->word & BLOCK_STATE_MASK);
}

static inline unsigned int block_order(const struct block *b)
{
	return b->word >> 8 & BLOCK_ORDER_MASK;
}

static inline unsigned int block_list(const struct block *b)
{
	return b->word >> 16 & 0xff;
}

/** The same block in another state. */
static inline uint32_t block_word_in(const struct block *b,
				     enum block_state state)
{
	return (b->word & ~BLOCK_STATE_MASK) | (uint32_t)state;
}

static inline unsigned int block_cpu(const struct block *b)
{
	return b->word >> 24;
}

#define BLOCK_CHARGED 0x80000000u /* to its owner's group */

/** Number of the write that a USED block with PAGE_WRITEBACK is in; 0: none. */
static inline unsigned int block_write(const struct block *b)
{
	return b->word >> BLOCK_WRITE_SHIFT & 0xf;
}

#define PGTY_TABLE 0xffu /* in the place of the mappings: a page table */
/* ... or a page of a pool, with flags in the last byte. */
#define PGTY_HUGETLB 0xfeu
/* ... or a page that is not to be used: page_type.h. */
#define PGTY_OFFLINE 0x7ffu
#define PGTY_HWPOISON 0x7feu
/* Those numbers are left out; there are eleven bits. */
#define MAX_MAPCOUNT MM_MAX_MAPCOUNT
#define MAX_YOUNG 127u /* so many or more */

/** What stands in the place of a USED block's mappings. */
static inline unsigned int block_mappings(const struct block *b)
{
	return block_list(b) |
	       (b->word & BLOCK_OFTEN_MASK) >> BLOCK_OFTEN_SHIFT;
}

/** @mapped times, 0..MAX_MAPCOUNT, as bits of the word. */
static inline uint32_t block_mapped_word(unsigned int mapped)
{
	const uint32_t n = mapped < PGTY_HUGETLB ? mapped : mapped + 2;

	return (n & 0xff) << 16 | (n << BLOCK_OFTEN_SHIFT & BLOCK_OFTEN_MASK);
}

static inline bool block_is_table(const struct block *b)
{
	return block_mappings(b) == PGTY_TABLE;
}

/** Mappings of a USED block, and those with the accessed bit set. */
static inline unsigned int block_mapcount(const struct block *b)
{
	const unsigned int n = block_mappings(b);

	if (n < PGTY_HUGETLB)
		return n;
	return n <= PGTY_TABLE || n >= PGTY_HWPOISON ? 0 : n - 2;
}

/** No more than MAX_YOUNG are told apart. */
static inline unsigned int block_young(const struct block *b)
{
	return b->word >> 24 & 0x7f;
}

/**
 * One frame: 16 bytes.  The links of a USED head are those of its node's LRU
 * list if it has PAGE_LRU, of its pool's list if it is a hugetlb page, else of
 * its owner's list if it has an owner.
 */
struct page {
	struct block b;
	uint16_t owner; /* of a USED head */
	uint16_t attr;	/* enum page_attr, of a USED head */
};

enum pageblock_bits {
	PAGEBLOCK_TYPE = 0x7, /* the tag: U, M, R, H or C, never I */
	PAGEBLOCK_ISOLATE = 0x8,
	PAGEBLOCK_SKIP = 0x10,	  /* compaction may skip it */
	PAGEBLOCK_TOUCHED = 0x20, /* some frame record was written */
	PAGEBLOCK_MIXED = 0x40,	  /* more than one zone: look it up */
	PAGEBLOCK_OFFLINE = 0x80, /* its memory is not there: hotplug.h */
	PAGEBLOCK_ZONE = 16, /* from this bit up: zone_t of its first frame */
};

/** One pageblock: 16 bytes. */
struct pageblock {
	struct block b; /* a FREE or PCP block of pageblock order or more */
	uint32_t bits;	/* enum pageblock_bits */
};

#endif
