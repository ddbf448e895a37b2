/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * figure_compact.c - what a zone remembers of compaction, as figures
 *
 * `Normal.compact.defer_limit`, and so on; mm_compact_zone_info() has them
 * all at once.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/figure_stat.h"
#include "core/state.h"

enum compact_figure {
	FIGURE_MIGRATE_ASYNC,
	FIGURE_MIGRATE_SYNC,
	FIGURE_FREE,
	FIGURE_CONSIDERED,
	FIGURE_DEFER_LIMIT,
	FIGURE_ORDER_FAILED,
	FIGURE_SCORE,
	FIGURE_SKIP_BITS,
	FIGURE_ISOLATED_BLOCKS,
	NR_COMPACT_FIGURES
};

static const struct {
	const char *name, *unit;
} figures[NR_COMPACT_FIGURES] = {
	[FIGURE_MIGRATE_ASYNC] = {"compact.migrate_async", "pfn"},
	[FIGURE_MIGRATE_SYNC] = {"compact.migrate_sync", "pfn"},
	[FIGURE_FREE] = {"compact.free", "pfn"},
	[FIGURE_CONSIDERED] = {"compact.considered", "attempts"},
	[FIGURE_DEFER_LIMIT] = {"compact.defer_limit", "attempts"},
	[FIGURE_ORDER_FAILED] = {"compact.order_failed", ""},
	[FIGURE_SCORE] = {"compact.score", "%"},
	[FIGURE_SKIP_BITS] = {"compact.skip_bits", "pageblocks"},
	[FIGURE_ISOLATED_BLOCKS] = {"isolated_pageblocks", "pageblocks"},
};

static int64_t figure(const struct mm_compact_zone *c, int which)
{
	switch ((enum compact_figure)which) {
	case FIGURE_MIGRATE_ASYNC:
		return (int64_t)c->migrate_async;
	case FIGURE_MIGRATE_SYNC:
		return (int64_t)c->migrate_sync;
	case FIGURE_FREE:
		return (int64_t)c->free;
	case FIGURE_CONSIDERED:
		return c->considered;
	case FIGURE_DEFER_LIMIT:
		return c->defer_limit;
	case FIGURE_ORDER_FAILED:
		return c->order_failed;
	case FIGURE_SCORE:
		return c->score;
	case FIGURE_SKIP_BITS:
		return c->skip_bits;
	default:
		return c->isolated_blocks;
	}
}

int compact_figure(const struct mm *mm, zone_t zid, const char *what,
		   int64_t *value, const char **unit)
{
	struct mm_compact_zone c;

	for (int i = 0; i < NR_COMPACT_FIGURES; i++) {
		if (strcmp(figures[i].name, what) != 0)
			continue;
		mm_compact_zone_info(mm, zid, &c);
		*value = figure(&c, i);
		*unit = figures[i].unit;
		return 0;
	}
	return -ENOENT;
}

void compact_figure_names(const char *prefix,
			  void (*each)(void *, const char *), void *arg)
{
	char text[100];

	for (int i = 0; i < NR_COMPACT_FIGURES; i++) {
		snprintf(text, sizeof text, "%s.%s", prefix, figures[i].name);
		each(arg, text);
	}
}
