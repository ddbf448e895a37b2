/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * names.c - what the kernel calls its types, zones and errors
 */
#include <errno.h>

#include "core/mm.h"

static const struct {
	const char *name;
	char letter;
} migratetypes[MIGRATE_TYPES] = {
	[MIGRATE_UNMOVABLE] = {"Unmovable", 'U'},
	[MIGRATE_MOVABLE] = {"Movable", 'M'},
	[MIGRATE_RECLAIMABLE] = {"Reclaimable", 'E'},
	[MIGRATE_HIGHATOMIC] = {"HighAtomic", 'H'},
	[MIGRATE_CMA] = {"CMA", 'C'},
	[MIGRATE_ISOLATE] = {"Isolate", 'I'},
};

const char *mm_migratetype_name(enum migratetype mt)
{
	return (unsigned int)mt < MIGRATE_TYPES ? migratetypes[mt].name : "?";
}

char mm_migratetype_letter(enum migratetype mt)
{
	return (unsigned int)mt < MIGRATE_TYPES ? migratetypes[mt].letter : '?';
}

const char *mm_layout_zone_name(enum mm_zone_layout layout, enum zone_type zidx)
{
	static const char *const names[NR_LAYOUTS][MAX_NR_ZONES] = {
		[LAYOUT_64BIT] = {"DMA", "DMA32", "Normal", "Movable",
				  "Device"},
		[LAYOUT_HIGHMEM] = {"DMA", "Normal", "HighMem", "Movable", "?"},
	};

	return (unsigned int)layout < NR_LAYOUTS &&
			       (unsigned int)zidx < MAX_NR_ZONES
		       ? names[layout][zidx]
		       : "?";
}

const char *mm_zone_type_name(enum zone_type zidx)
{
	return mm_layout_zone_name(LAYOUT_64BIT, zidx);
}

const char *mm_layout_name(enum mm_zone_layout layout)
{
	static const char *const names[NR_LAYOUTS] = {
		[LAYOUT_64BIT] = "64bit",
		[LAYOUT_HIGHMEM] = "highmem",
	};

	return (unsigned int)layout < NR_LAYOUTS ? names[layout] : "?";
}

const char *mm_era_name(enum mm_era era)
{
	static const char *const names[NR_ERAS] = {
		[ERA_LINUX_7_3] = "linux-7.3",
		[ERA_LINUX_2_6_24] = "linux-2.6.24",
	};

	return (unsigned int)era < NR_ERAS ? names[era] : "?";
}

const char *mm_strerror(int err)
{
	switch (err) {
	case 0:
		return "done";
	case -ENOMEM:
		return "no memory";
	case -EINVAL:
		return "no such thing in this world";
	case -ENOENT:
		return "unknown name";
	case -ENOSPC:
		return "no room for another name";
	case -ERANGE:
		return "outside of what was recorded";
	case -ENOTSUP:
		return "nothing is being recorded";
	default:
		return "error";
	}
}

const char *mm_rung_name(enum mm_rung rung)
{
	static const char *const names[NR_RUNGS] = {
		[RUNG_NONE] = "no request",
		[RUNG_FAST] = "fast path",
		[RUNG_RESTART] = "slow path",
		[RUNG_RETRY] = "retry",
		[RUNG_RECLAIM] = "direct reclaim",
		[RUNG_RECLAIMED] = "after reclaim",
		[RUNG_COMPACT] = "direct compaction",
		[RUNG_COMPACTED] = "after compaction",
		[RUNG_DECIDE] = "once more?",
		[RUNG_OOM] = "OOM killer",
		[RUNG_NOPAGE] = "no page",
		[RUNG_DONE] = "done",
		[RUNG_CHARGE] = "charge",
	};

	return (unsigned int)rung < NR_RUNGS ? names[rung] : "?";
}

const char *mm_wait_name(enum task_wait wait)
{
	static const char *const names[] = {
		[WAIT_NONE] = "nothing",
		[WAIT_NAP] = "the end of a nap",
		[WAIT_WRITEBACK] = "writeback",
		[WAIT_ISOLATED] = "isolated pages to come back",
		[WAIT_NOPROGRESS] = "somebody to make progress",
		[WAIT_CONGESTED] = "a congested node",
		[WAIT_PFMEMALLOC] = "kswapd, its reserves being low",
		[WAIT_RETRY] = "the next round",
		[WAIT_OOM] = "a victim's memory",
		[WAIT_PROACTIVE] = "the time to look around",
		[WAIT_CMA] = "another task in the CMA area",
		[WAIT_LOCK] = "a page to be unlocked",
	};

	return (unsigned int)wait < sizeof names / sizeof names[0] ? names[wait]
								   : "?";
}
