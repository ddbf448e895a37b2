/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * figure.c - numbers by dotted name, for people, goals and watches
 *
 * `node0.Normal.free`, with one node `Normal.free`; sums over all zones such
 * as `free`; every setting by its own name; the kernel's counters
 * (figure_stat.c); and where things are (figure_place.c).
 */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/figure_place.h"
#include "core/figure_stat.h"
#include "core/memcg.h"
#include "core/pcp.h"
#include "core/setting.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- figures: [nodeN.]ZONE.WHAT, or one of the whole world ---- */

static const struct zone_figure {
	const char *name, *unit;
	size_t at; /* of an int64_t in struct mm_zone_info */
} zone_figures[] = {
#define FIGURE(n, field)                                                       \
	{                                                                      \
		n, "pages", offsetof(struct mm_zone_info, field)               \
	}
	FIGURE("free", free),
	FIGURE("free_cma", free_cma),
	FIGURE("free_pageblocks", free_blocks),
	FIGURE("free_highatomic", free_highatomic),
	FIGURE("reserved_highatomic", reserved_highatomic),
	FIGURE("boost", boost),
	FIGURE("watermark.min", wmark[WMARK_MIN]),
	FIGURE("watermark.low", wmark[WMARK_LOW]),
	FIGURE("watermark.high", wmark[WMARK_HIGH]),
	FIGURE("watermark.promo", wmark[WMARK_PROMO]),
#undef FIGURE
};

static const char *const more_zone_figures[] = {
	"managed",    "present", "spanned", "pcp",    "free_blocks",
	"below_high", "boosted", "pgalloc", "pgfree",
};

static int64_t pcp_pages(const struct mm *mm, zone_t zid)
{
	int64_t n = 0;

	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		n += pcp_of(mm, zid, cpu)->count;
	return n;
}

static int64_t free_block_count(const struct mm *mm, zone_t zid)
{
	int64_t n = 0;

	for (unsigned int o = 0; o <= mm->st->cfg.max_page_order; o++)
		n += mm_nr_free_order(mm, zid, o);
	return n;
}

static int64_t more_zone_figure(const struct mm *mm, zone_t zid, size_t i)
{
	const struct zone *z = &mm->zone[zid];

	switch (i) {
	case 0:
		return z->managed;
	case 1:
		return z->present;
	case 2:
		return z->spanned;
	case 3:
		return pcp_pages(mm, zid);
	case 4:
		return free_block_count(mm, zid);
	case 5:
		return (z->flags & ZONE_BELOW_HIGH) != 0;
	case 6:
		return (z->flags & ZONE_BOOSTED_WATERMARK) != 0;
	case 7:
		return (int64_t)zone_events(mm, zid).pgalloc;
	default:
		return (int64_t)zone_events(mm, zid).pgfree;
	}
}

/* area.ORDER[.TYPE], extfrag_index.ORDER, unusable_index.ORDER */
static int order_figure(const struct mm *mm, zone_t zid, const char *what,
			int64_t *value, const char **unit)
{
	char kind[20], type[20] = "";
	unsigned int order;
	int used = 0;

	if (sscanf(what, "%19[a-z_].%2u%n", kind, &order, &used) != 2 ||
	    order > mm->st->cfg.max_page_order)
		return -ENOENT;
	if (what[used] == '.' && strcmp(kind, "area") == 0) {
		if (sscanf(what + used, ".%19[A-Za-z]", type) != 1 ||
		    what[used + 1 + (int)strlen(type)])
			return -ENOENT;
	} else if (what[used]) {
		return -ENOENT;
	}
	*unit = "1/1000";
	if (strcmp(kind, "extfrag_index") == 0) {
		*value = mm_extfrag_index(mm, zid, order);
		return 0;
	}
	if (strcmp(kind, "unusable_index") == 0) {
		*value = mm_unusable_index(mm, zid, order);
		return 0;
	}
	if (strcmp(kind, "area") != 0)
		return -ENOENT;
	*unit = "blocks";
	*value = mm_nr_free_order(mm, zid, order);
	for (int mt = 0; *type && mt < MIGRATE_TYPES; mt++) {
		const char *name = mm_migratetype_name((enum migratetype)mt);

		if ((name[0] | 32) != (type[0] | 32) ||
		    strcmp(name + 1, type + 1) != 0)
			continue;
		*value = mm_nr_free(mm, zid, order, (enum migratetype)mt);
		return 0;
	}
	return *type ? -ENOENT : 0;
}

static int zone_figure(const struct mm *mm, zone_t zid, const char *what,
		       int64_t *value, const char **unit)
{
	struct mm_zone_info zi;

	mm_zone_info(mm, zid, &zi);
	*unit = "pages";
	for (size_t i = 0; i < COUNT(zone_figures); i++)
		if (strcmp(zone_figures[i].name, what) == 0) {
			memcpy(value, (char *)&zi + zone_figures[i].at,
			       sizeof *value);
			return 0;
		}
	for (size_t i = 0; i < COUNT(more_zone_figures); i++)
		if (strcmp(more_zone_figures[i], what) == 0) {
			*value = more_zone_figure(mm, zid, i);
			*unit = i == 4		   ? "blocks"
				: i == 5 || i == 6 ? ""
						   : "pages";
			return 0;
		}
	if (zone_stat_figure(mm, zid, what, value, unit) == 0 ||
	    zone_place_figure(mm, zid, what, value, unit) == 0)
		return 0;
	return order_figure(mm, zid, what, value, unit);
}

/* Sums over all zones. */
static int world_figure(const struct mm *mm, const char *name, int64_t *value,
			const char **unit)
{
	static const char *const sums[] = {"free", "managed", "pgalloc",
					   "pgfree", "pcp"};

	for (size_t i = 0; i < COUNT(sums); i++) {
		int64_t sum = 0, v = 0;

		if (strcmp(sums[i], name) != 0)
			continue;
		for (uint32_t z = 0; z < mm->st->nr_populated; z++) {
			zone_figure(mm, mm->st->populated[z], name, &v, unit);
			sum += v;
		}
		*value = sum;
		return 0;
	}
	return -ENOENT;
}

/* "node0.Normal.free" and, with one node, "Normal.free" */
static int figure_zone(const struct mm *mm, const char *name, zone_t *zid,
		       const char **what)
{
	unsigned int nid = 0;
	int used = 0;

	if (sscanf(name, "node%1u.%n", &nid, &used) == 1 && used)
		name += used;
	else if (mm->st->cfg.nr_nodes > 1)
		return -ENOENT;
	for (int z = 0; z < MAX_NR_ZONES; z++) {
		const char *zname = mm_zone_name(mm, (zone_t)z);
		const size_t len = strlen(zname);

		if (strncmp(name, zname, len) != 0 || name[len] != '.')
			continue;
		*zid = mm_zone_id(nid, (enum zone_type)z);
		*what = name + len + 1;
		return mm_zone_populated(mm, *zid) ? 0 : -ENOENT;
	}
	return -ENOENT;
}

int mm_figure(const struct mm *mm, const char *name, int64_t *value,
	      const char **unit)
{
	const int i = setting_by_name(name);
	const char *what;
	zone_t zid;

	if (i >= 0 && !setting_here(mm, i))
		return -ENOENT;
	if (i >= 0) {
		*value = setting_value(mm, i);
		*unit = mm_setting((unsigned int)i)->unit;
		return 0;
	}
	if (world_figure(mm, name, value, unit) == 0 ||
	    stat_figure(mm, name, value, unit) == 0 ||
	    place_figure(mm, name, value, unit) == 0 ||
	    group_figure(mm, name, value, unit) == 0)
		return 0;
	if (figure_zone(mm, name, &zid, &what))
		return -ENOENT;
	return zone_figure(mm, zid, what, value, unit);
}

static void zone_figure_names(const struct mm *mm, zone_t zid,
			      void (*each)(void *, const char *), void *arg)
{
	const char *zone = mm_zone_name(mm, zid);
	char name[80], prefix[40];

	snprintf(prefix, sizeof prefix, "node%u.%s", zone_nid(zid), zone);
	for (size_t i = 0; i < COUNT(zone_figures); i++) {
		snprintf(name, sizeof name, "%s.%s", prefix,
			 zone_figures[i].name);
		each(arg, name);
	}
	for (size_t i = 0; i < COUNT(more_zone_figures); i++) {
		snprintf(name, sizeof name, "%s.%s", prefix,
			 more_zone_figures[i]);
		each(arg, name);
	}
	for (unsigned int o = 0; o <= mm->st->cfg.max_page_order; o++) {
		snprintf(name, sizeof name, "%s.area.%u", prefix, o);
		each(arg, name);
		for (int mt = 0; mt < MIGRATE_TYPES; mt++) {
			snprintf(name, sizeof name, "%s.area.%u.%s", prefix, o,
				 mm_migratetype_name((enum migratetype)mt));
			each(arg, name);
		}
		snprintf(name, sizeof name, "%s.extfrag_index.%u", prefix, o);
		each(arg, name);
		snprintf(name, sizeof name, "%s.unusable_index.%u", prefix, o);
		each(arg, name);
	}
	zone_stat_figure_names(mm, prefix, each, arg);
	zone_place_figure_names(mm, prefix, each, arg);
}

void mm_figure_names(const struct mm *mm, void (*each)(void *, const char *),
		     void *arg)
{
	static const char *const sums[] = {"free", "managed", "pgalloc",
					   "pgfree", "pcp"};

	for (unsigned int i = 0; mm_setting(i); i++)
		if (setting_here(mm, (int)i))
			each(arg, mm_setting(i)->name);
	for (size_t i = 0; i < COUNT(sums); i++)
		each(arg, sums[i]);
	stat_figure_names(mm, each, arg);
	place_figure_names(mm, each, arg);
	group_figure_names(mm, each, arg);
	for (uint32_t i = 0; i < mm->st->nr_populated; i++)
		zone_figure_names(mm, mm->st->populated[i], each, arg);
}
