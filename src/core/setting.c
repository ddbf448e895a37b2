/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * setting.c - settings changed at run time
 *
 * Models:   the sysctl handlers of mm/page_alloc.c (W44)
 *
 * A ratio of lowmem_reserve_ratio is set alone here; all of them at once,
 * as the kernel does it, in setting_text.c.
 */
#include "core/setting.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "core/frame.h"
#include "core/hugetlb.h"
#include "core/kcompactd.h"
#include "core/pcp.h"
#include "core/watermark.h"

/* ---- settings ---- */

struct setting {
	struct mm_setting face;
	size_t at; /* of a uint32_t in struct mm_config */
	void (*changed)(struct mm *mm);
};

/* The marks first, then what is made from them. */
static void marks_changed(struct mm *mm)
{
	setup_per_zone_wmarks(mm);
}

static void min_free_changed(struct mm *mm)
{
	STORE(mm, mm->st->user_min_free_kbytes,
	      (uint32_t)mm->st->cfg.min_free_kbytes);
	setup_per_zone_wmarks(mm);
}

static void pagesets_changed(struct mm *mm)
{
	for (zone_t z = 0; z < mm->st->cfg.nr_nodes * MAX_NR_ZONES; z++)
		zone_set_pageset_high_and_batch(mm, z);
}

/* Switched off, lists must not keep what they hold. */
static void pcp_changed(struct mm *mm)
{
	pagesets_changed(mm);
	if (!mm->st->cfg.pcp)
		mm_drain_all(mm);
}

static void reserves_changed(struct mm *mm)
{
	setup_per_zone_lowmem_reserve(mm);
}

#define RATIO_HELP "keep back 1/N of the higher zones' pages; 0: none"

static const struct setting settings[] = {
#define SETTING(n, field, u, lo, hi, h, f)                                     \
	{                                                                      \
		.face = {.name = n,                                            \
			 .unit = u,                                            \
			 .help = h,                                            \
			 .min = lo,                                            \
			 .max = hi},                                           \
		.at = offsetof(struct mm_config, field), .changed = f          \
	}
	SETTING("vm.min_free_kbytes", min_free_kbytes, "kB", 0, INT32_MAX,
		"what the min marks add up to", min_free_changed),
	SETTING("vm.watermark_scale_factor", watermark_scale_factor, "1/10000",
		1, 3000, "distance of the marks", marks_changed),
	SETTING("vm.watermark_boost_factor", watermark_boost_factor, "1/10000",
		0, INT32_MAX, "most boost, as a part of the high mark; 0: none",
		NULL),
	SETTING("vm.percpu_pagelist_high_fraction",
		percpu_pagelist_high_fraction, "", 0, INT32_MAX,
		"1/N of a zone on per-CPU lists; 0: automatic, else 8 or more",
		pagesets_changed),
	SETTING("vm.lowmem_reserve_ratio.DMA", lowmem_reserve_ratio[ZONE_DMA],
		"", 0, INT32_MAX, RATIO_HELP, reserves_changed),
	SETTING("vm.lowmem_reserve_ratio.DMA32",
		lowmem_reserve_ratio[ZONE_DMA32], "", 0, INT32_MAX, RATIO_HELP,
		reserves_changed),
	SETTING("vm.lowmem_reserve_ratio.Normal",
		lowmem_reserve_ratio[ZONE_NORMAL], "", 0, INT32_MAX, RATIO_HELP,
		reserves_changed),
	SETTING("vm.lowmem_reserve_ratio.Movable",
		lowmem_reserve_ratio[ZONE_MOVABLE], "", 0, INT32_MAX,
		RATIO_HELP, reserves_changed),
	SETTING("transparent_hugepage", thp, "", 0, 2,
		"1: huge pages raise min_free_kbytes; 0, 2: they do not",
		thp_changed),
	SETTING("vm.defrag_mode", defrag_mode, "", 0, 1,
		"1: never mix types while reclaim may help", NULL),
	SETTING("pcp", pcp, "", 0, 1,
		"0: per-CPU lists pass everything through", pcp_changed),
	SETTING("capture", capture, "", 0, 1,
		"1: what compaction frees is kept for its request; 0: anybody "
		"may take it",
		NULL),
	SETTING("schedule", schedule, "", 0, 1,
		"1: woken daemons run after each command; 0: by `run` only",
		NULL),
	SETTING("vm.swappiness", swappiness, "", 0, 200,
		"how readily anonymous pages go before file pages", NULL),
	SETTING("vm.extfrag_threshold", extfrag_threshold, "1/1000", 0, 1000,
		"fragmentation above which compaction beats reclaim", NULL),
	SETTING("vm.dirty_ratio", dirty_ratio, "percent", 0, 100,
		"most dirty pages of a node, of what could be", NULL),
	SETTING("vm.dirty_background_ratio", dirty_background_ratio, "percent",
		0, 100, "dirty pages from which the flusher writes", NULL),
	SETTING("vm.dirty_kbytes", dirty_kbytes, "kB", 0, INT32_MAX,
		"the same in kilobytes; 0: by the ratio", NULL),
	SETTING("vm.dirty_background_kbytes", dirty_background_kbytes, "kB", 0,
		INT32_MAX, "the same in kilobytes; 0: by the ratio", NULL),
	SETTING("vm.zone_reclaim_mode", zone_reclaim_mode, "", 0, INT32_MAX,
		"1: reclaim here before going to a remote node; 2: write, "
		"4: unmap for it",
		NULL),
	SETTING("vm.min_unmapped_ratio", min_unmapped_ratio, "percent", 0, 100,
		"unmapped file pages that node reclaim leaves", NULL),
	SETTING("vm.min_slab_ratio", min_slab_ratio, "percent", 0, 100,
		"reclaimable slab that node reclaim leaves", NULL),
	SETTING("vm.panic_on_oom", panic_on_oom, "", 0, 2,
		"1, 2: panic in place of killing", NULL),
	SETTING("vm.oom_kill_allocating_task", oom_kill_allocating_task, "", 0,
		1, "1: whoever asked is killed", NULL),
	SETTING("vm.oom_dump_tasks", oom_dump_tasks, "", 0, 1,
		"1: the OOM report lists the processes", NULL),
	SETTING("kernel.numa_balancing", numa_balancing, "", 0, 3,
		"2: kswapd works up to the promo mark", NULL),
	SETTING("numa.demotion", demotion, "", 0, 1,
		"1: reclaim moves pages to a slower tier", NULL),
	SETTING("lru_gen", lru_gen, "", 0, 1,
		"1: reclaim for a boost does nothing, as with MGLRU", NULL),
	SETTING("vm.compaction_proactiveness", compaction_proactiveness,
		"percent", 0, 100, "how eagerly kcompactd works unasked",
		proactiveness_changed),
	SETTING("vm.compact_unevictable_allowed", compact_unevictable_allowed,
		"", 0, 1, "1: compaction moves unevictable pages, too", NULL),
	SETTING("swap.delay", swap_delay, "jiffies", 0, 100000,
		"how long writing to swap takes", NULL),
	SETTING("writeback.delay", writeback_delay, "jiffies", 0, 100000,
		"how long writing to a file takes", NULL),
	SETTING("debug_vm", debug_vm, "", 0, 1,
		"0: a mask that names two zones is read as DMA, not refused",
		NULL),
	SETTING("vm.lowmem_reserve_ratio.HighMem",
		lowmem_reserve_ratio[ZONE_HIGHMEM_32], "", 0, INT32_MAX,
		RATIO_HELP, reserves_changed),
	SETTING("transparent_hugepage.defrag", thp_defrag, "",
		THP_DEFRAG_ALWAYS, THP_DEFRAG_NEVER,
		"0: always, 1: defer, 2: defer+madvise, 3: madvise, 4: never",
		NULL),
	SETTING("vm.nr_hugepages", nr_hugepages, "huge pages", 0, INT32_MAX,
		"pages of the pool of the smaller size; it gets what is to be "
		"had",
		hugetlb_setting_changed),
	SETTING("vm.nr_overcommit_hugepages", nr_overcommit_hugepages,
		"huge pages", 0, INT32_MAX,
		"surplus pages that the pool may have beyond that",
		hugetlb_overcommit_changed),
	SETTING("vm.movable_gigantic_pages", movable_gigantic_pages, "", 0, 1,
		"1: gigantic pages may lie in ZONE_MOVABLE", NULL),
#undef SETTING
};

#define NR_SETTINGS (sizeof settings / sizeof settings[0])

const struct mm_setting *mm_setting(unsigned int i)
{
	return i < NR_SETTINGS ? &settings[i].face : NULL;
}

int setting_by_name(const char *name)
{
	for (unsigned int i = 0; i < NR_SETTINGS; i++)
		if (strcmp(settings[i].face.name, name) == 0)
			return (int)i;
	return -1;
}

/*
 * Where it is.  A ratio goes by the name of its zone, which has another slot
 * in another layout; NULL: this world has no such zone.
 */
static const uint32_t *setting_place(const struct mm *mm, int i)
{
	static const char ratio[] = "vm.lowmem_reserve_ratio.";
	const struct mm_config *cfg = &mm->st->cfg;
	const char *name = settings[i].face.name;

	if (strncmp(name, ratio, sizeof ratio - 1) != 0)
		return (const uint32_t *)(const void *)((const char *)cfg +
							settings[i].at);
	for (zone_t z = 0; z < MAX_NR_ZONES; z++)
		if (strcmp(mm_zone_name(mm, z), name + sizeof ratio - 1) == 0)
			return &cfg->lowmem_reserve_ratio[z];
	return NULL;
}

bool setting_here(const struct mm *mm, int i)
{
	return setting_place(mm, i) != NULL;
}

/* min_free_kbytes is the one 64-bit field. */
int64_t setting_value(const struct mm *mm, int i)
{
	const uint32_t *place = setting_place(mm, i);

	if (i == 0)
		return mm->st->cfg.min_free_kbytes;
	return place ? *place : 0;
}

int mm_set(struct mm *mm, const char *name, int64_t value, struct mm_error *err)
{
	const int i = setting_by_name(name);
	const struct setting *s = &settings[i < 0 ? 0 : i];
	const uint32_t *place = setting_place(mm, i < 0 ? 0 : i);
	const int64_t old = setting_value(mm, i < 0 ? 0 : i);
	const uint32_t small = (uint32_t)value;

	if (i < 0)
		return mm_fail(err, -ENOENT, "%.60s: no such setting", name);
	if (!place)
		return mm_fail(err, -ENOENT,
			       "%.60s: this world has no such zone", name);
	if (value < s->face.min || value > s->face.max ||
	    (strstr(name, "high_fraction") && value > 0 && value < 8))
		return mm_fail(
			err, -EINVAL, "%s: expected %lld to %lld%s", name,
			(long long)s->face.min, (long long)s->face.max,
			strstr(name, "high_fraction") ? ", but not 1 to 7"
						      : "");
	op_enter(mm);
	if (i == 0)
		STORE(mm, mm->st->cfg.min_free_kbytes, value);
	else
		store_bytes(mm, place, &small, sizeof small);
	memo_forget(mm);
	if (s->changed)
		s->changed(mm);
	TRACE(mm, setting, i, ARG(old), ARG(value));
	op_leave(mm);
	return 0;
}
