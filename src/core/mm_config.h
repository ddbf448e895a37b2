/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_config.h - what a world is made of; part of mm.h
 *
 * A configuration is a plain struct: take a preset, change it by name, and
 * hand it to mm_create().
 */
#ifndef BUDDYSCOPE_MM_CONFIG_H
#define BUDDYSCOPE_MM_CONFIG_H

/** Whose fallback rules hold: fallback.h, classic.h. */
enum mm_era { ERA_LINUX_7_3, ERA_LINUX_2_6_24, NR_ERAS };

/** Transparent huge pages; W12. */
enum mm_thp {
	THP_NONE,  /* the kernel has none, or switched them off at boot */
	THP_ON,	   /* always or madvise: they raise min_free_kbytes */
	THP_NEVER, /* there, but not used */
};

/** /sys/kernel/mm/transparent_hugepage/defrag */
enum thp_defrag {
	THP_DEFRAG_ALWAYS,
	THP_DEFRAG_DEFER,
	THP_DEFRAG_DEFER_MADVISE,
	THP_DEFRAG_MADVISE, /* the default */
	THP_DEFRAG_NEVER,
};

/** Are pages kept apart by their types?  W9; small worlds are, as a rule. */
enum mm_grouping {
	GROUPING_ON,
	GROUPING_OFF,
	GROUPING_AUTO, /* the kernel's rule: not below six pageblocks */
	NR_GROUPINGS
};

/** Which zones there are: those of amd64, or of a 32-bit machine. */
enum mm_zone_layout { LAYOUT_64BIT, LAYOUT_HIGHMEM, NR_LAYOUTS };

struct mm_range {
	pfn_t start, end; /* frames [start, end) */
};

/** A zone as configured: one index of one node. */
struct mm_zone_config {
	uint16_t nid;
	uint16_t zidx; /* enum zone_type */
	pfn_t start, end;
};

/**
 * struct mm_config - every constant a world can be built with
 *
 * Fill it with mm_config_preset() and change it with mm_config_set().
 * Units: frames unless the name says otherwise.
 */
struct mm_config {
	char name[16]; /* preset it came from */
	uint64_t seed;
	int64_t min_free_kbytes; /* -1: the kernel's formula */
	uint32_t page_shift;	 /* 12: 4 KiB */
	uint32_t pageblock_order;
	uint32_t max_page_order; /* largest order, inclusive */
	uint32_t pmd_order;	 /* order of a PMD-sized huge page */
	uint32_t nr_cpus;
	uint32_t nr_nodes;
	uint32_t memory_block; /* frames of a hot-plug block */
	uint32_t watermark_scale_factor;
	uint32_t watermark_boost_factor;
	uint32_t lowmem_reserve_ratio[MAX_NR_ZONES];
	uint32_t percpu_pagelist_high_fraction;
	uint32_t defrag_mode;
	uint32_t pcp_batch_scale_max;
	uint32_t cache_pages;	 /* one CPU's share of the last-level cache */
	uint32_t pcp;		 /* 0: per-CPU lists pass everything through */
	uint32_t exact_counters; /* 1: vmstat thresholds are 0 */
	uint32_t thp;		 /* enum mm_thp; below 512 MiB there are none */
	uint32_t thp_defrag;	 /* enum thp_defrag: how a huge fault asks */
	uint32_t era;		 /* enum mm_era */
	uint32_t mobility_grouping; /* enum mm_grouping */
	/* 0: a mask of two zones means DMA, as it is read then */
	uint32_t debug_vm;
	uint32_t schedule; /* 1: daemons run by themselves; 0: by hand only */
	uint32_t capture;  /* 1: compaction keeps a block for its request */
	uint32_t swappiness, extfrag_threshold;
	uint32_t dirty_ratio, dirty_background_ratio;	/* percent */
	uint32_t dirty_kbytes, dirty_background_kbytes; /* 0: by the ratio */
	uint32_t zone_reclaim_mode, min_unmapped_ratio, min_slab_ratio;
	uint32_t panic_on_oom, oom_kill_allocating_task, oom_dump_tasks;
	uint32_t numa_balancing, demotion;
	uint32_t lru_gen; /* 1: boost reclaim does nothing, as with MGLRU */
	uint32_t compaction_proactiveness, compact_unevictable_allowed;
	uint32_t swap_delay, writeback_delay; /* jiffies a write takes */
	uint32_t nr_hugepages, nr_overcommit_hugepages; /* of pmd_order */
	uint32_t movable_gigantic_pages; /* 1: they may lie in ZONE_MOVABLE */
	uint32_t zone_layout;		 /* enum mm_zone_layout */
	uint32_t tier[MM_MAX_NODES];	 /* of memory; 0 is the fastest */
	uint32_t nr_zones;		 /* entries of zone[] */
	uint32_t nr_memory;   /* memory that exists; none: all of the zones */
	uint32_t nr_reserved; /* exists but never handed to the allocator */
	uint32_t nr_cma;
	struct mm_zone_config zone[MM_MAX_NODES * MAX_NR_ZONES];
	struct mm_range memory[MM_MAX_RANGES];
	struct mm_range reserved[MM_MAX_RANGES];
	struct mm_range cma[MM_MAX_CMA];
	uint32_t distance[MM_MAX_NODES][MM_MAX_NODES];
	uint8_t cpu_node[MM_MAX_CPUS];
};

/** Start from a named preset; -ENOENT for an unknown one, with a hint. */
int mm_config_preset(struct mm_config *cfg, const char *name,
		     struct mm_error *err);
/** Names of the presets, NULL past the last; with one line of help each. */
const char *mm_preset_name(unsigned int i);
const char *mm_preset_help(unsigned int i);

/**
 * mm_config_set - change one constant by name
 *
 * Keys and their help: mm_config_key().  `zone=Normal pages=64` makes a
 * single zone of 64 frames; `zones=NID:NAME:START-END,...`, `memory=`,
 * `reserved=` and `cma=START-END,...` lay out anything else.  A new zone,
 * size or zones= takes the old layout away with all its ranges.
 *
 * -ENOENT for a key there is not, -EINVAL for a value out of range; a bad
 * value changes nothing.  Whether the constants fit together is asked by
 * mm_create(): ranges, for one, end where the last zone does.
 */
int mm_config_set(struct mm_config *cfg, const char *key, const char *value,
		  struct mm_error *err);
const char *mm_config_key(unsigned int i);
const char *mm_config_key_help(unsigned int i);

#endif
