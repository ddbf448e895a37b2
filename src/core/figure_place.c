/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * figure_place.c - see figure_place.h
 */
#include "core/figure_place.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/state.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

typedef void each_name(void *, const char *);

static int64_t frame_number(pfn_t pfn)
{
	return pfn == NO_PFN ? -1 : (int64_t)pfn;
}

static int index_of(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return (int)i;
	return -1;
}

/* "Movable" and "movable"; MIGRATE_TYPES if it is none */
static int type_of(const char *word)
{
	int mt = 0;

	for (; mt < MIGRATE_TYPES; mt++) {
		const char *name = mm_migratetype_name((enum migratetype)mt);
		size_t i = 0;

		while (name[i] && (name[i] | 32) == (word[i] | 32))
			i++;
		if (!name[i] && !word[i])
			break;
	}
	return mt;
}

/* ---- of a zone ---- */

/* in the order of the WMARK_ */
static const char *const marks[] = {"min", "low", "high", "promo"};
static const char *const cpu_figures[] = {"count",     "high",	"high_min",
					  "high_max",  "batch", "alloc_factor",
					  "free_count"};

static int64_t cpu_figure(const struct mm *mm, zone_t zid, unsigned int cpu,
			  int i)
{
	struct mm_pcp_info pi;

	mm_pcp_info(mm, zid, cpu, &pi);
	switch (i) {
	case 0:
		return pi.count;
	case 1:
		return pi.high;
	case 2:
		return pi.high_min;
	case 3:
		return pi.high_max;
	case 4:
		return pi.batch;
	case 5:
		return pi.alloc_factor;
	default:
		return pi.free_count;
	}
}

static int64_t pageblocks_of_type(const struct mm *mm, zone_t zid, int mt)
{
	const pfn_t step = (pfn_t)1 << mm_pageblock_order(mm);
	struct mm_zone_info zi;
	int64_t n = 0;

	mm_zone_info(mm, zid, &zi);
	for (pfn_t pfn = zi.start; pfn < zi.start + zi.spanned; pfn += step) {
		struct mm_frame f;

		mm_frame(mm, pfn, &f);
		n += f.kind != FRAME_HOLE && f.kind != FRAME_OFFLINE &&
		     f.zone == zid && (int)f.block_type == mt;
	}
	return n;
}

static int64_t largest_order(const struct mm *mm, zone_t zid)
{
	for (unsigned int o = mm_max_order(mm) + 1; o-- > 0;)
		if (mm_nr_free_order(mm, zid, o))
			return o;
	return -1;
}

int zone_place_figure(const struct mm *mm, zone_t zid, const char *what,
		      int64_t *value, const char **unit)
{
	struct mm_zone_info zi;
	unsigned int n = 0;
	int used = 0, i;

	*unit = "";
	if (strcmp(what, "largest") == 0) {
		*unit = "order";
		*value = largest_order(mm, zid);
		return 0;
	}
	if (sscanf(what, "head.%2u.%n", &n, &used) == 1 && used) {
		i = type_of(what + used);
		if (n > mm_max_order(mm) || i == MIGRATE_TYPES)
			return -ENOENT;
		*unit = "frame";
		*value = frame_number(
			mm_list_first(mm, zid, n, (enum migratetype)i));
		return 0;
	}
	if (strncmp(what, "pageblocks.", 11) == 0) {
		i = type_of(what + 11);
		if (i == MIGRATE_TYPES)
			return -ENOENT;
		*unit = "pageblocks";
		*value = pageblocks_of_type(mm, zid, i);
		return 0;
	}
	if (strncmp(what, "mark.", 5) == 0) {
		i = index_of(marks, COUNT(marks), what + 5);
		if (i < 0)
			return -ENOENT;
		mm_zone_info(mm, zid, &zi);
		*unit = "pages";
		*value = zi.wmark[i] + zi.boost;
		return 0;
	}
	if (strncmp(what, "protection.", 11) == 0) {
		mm_zone_info(mm, zid, &zi);
		*unit = "pages";
		for (i = 0; i < MAX_NR_ZONES; i++) {
			*value = zi.lowmem_reserve[i];
			if (strcmp(mm_layout_zone_name(mm_zone_layout(mm),
						       (enum zone_type)i),
				   what + 11) == 0)
				return 0;
		}
		return -ENOENT;
	}
	if (sscanf(what, "cpu%2u.%n", &n, &used) == 1 && used) {
		i = index_of(cpu_figures, COUNT(cpu_figures), what + used);
		if (n >= mm_nr_cpus(mm) || i < 0)
			return -ENOENT;
		*unit = i == 5 ? "" : "pages";
		*value = cpu_figure(mm, zid, n, i);
		return 0;
	}
	return -ENOENT;
}

void zone_place_figure_names(const struct mm *mm, const char *prefix,
			     each_name *each, void *arg)
{
	char name[100];

#define NAME(...)                                                              \
	do {                                                                   \
		snprintf(name, sizeof name, __VA_ARGS__);                      \
		each(arg, name);                                               \
	} while (0)
	NAME("%s.largest", prefix);
	for (int mt = 0; mt < MIGRATE_TYPES; mt++) {
		const char *type = mm_migratetype_name((enum migratetype)mt);

		NAME("%s.pageblocks.%s", prefix, type);
		for (unsigned int o = 0; o <= mm_max_order(mm); o++)
			NAME("%s.head.%u.%s", prefix, o, type);
	}
	for (size_t i = 0; i < COUNT(marks); i++)
		NAME("%s.mark.%s", prefix, marks[i]);
	for (int i = 0; i < MAX_NR_ZONES; i++) {
		const char *zone = mm_layout_zone_name(mm_zone_layout(mm),
						       (enum zone_type)i);

		if (strcmp(zone, "?") != 0)
			NAME("%s.protection.%s", prefix, zone);
	}
	for (unsigned int cpu = 0; cpu < mm_nr_cpus(mm); cpu++)
		for (size_t i = 0; i < COUNT(cpu_figures); i++)
			NAME("%s.cpu%u.%s", prefix, cpu, cpu_figures[i]);
}

/* ---- of a process, the last request, an area ---- */

static const char *const process_figures[] = {"rss", "swap", "pgtables",
					      "oom_score_adj", "pid"};

static int64_t process_figure(const struct mm_process_info *pi, int i)
{
	switch (i) {
	case 0:
		return (int64_t)(pi->rss_anon + pi->rss_file + pi->rss_shmem);
	case 1:
		return (int64_t)pi->swapents;
	case 2:
		return (int64_t)pi->pgtables;
	case 3:
		return pi->oom_score_adj;
	default:
		return pi->pid;
	}
}

static const char *const last_figures[] = {"pfn", "order", "served"};

/* The newest answer up to where we stand. */
static int64_t last_figure(const struct mm *mm, int i)
{
	for (uint64_t n = mm_now(mm); n > mm_first_moment(mm); n--) {
		const struct mm_event *e = mm_event(mm, n);

		if (!e || e->type != EV_mm_page_alloc)
			continue;
		if (i == 0)
			return frame_number((pfn_t)e->arg[0]);
		if (i == 1)
			return e->arg[1];
		return frame_number((pfn_t)e->arg[0]) >= 0;
	}
	return i == 2 ? 0 : -1;
}

static const char *const cma_figures[] = {"base", "count", "available"};

static int64_t cma_figure(const struct mm *mm, unsigned int area, int i)
{
	struct mm_cma_info ci;

	mm_cma_info(mm, area, &ci);
	return i == 0 ? ci.base : i == 1 ? ci.count : ci.available;
}

/* "NAME.pages" of the names that there are; what follows the name */
static const char *after(const char *name, const char *whose)
{
	const size_t len = strlen(whose);

	return strncmp(name, whose, len) == 0 && name[len] == '.'
		       ? name + len + 1
		       : NULL;
}

static int processes_figure(const struct mm *mm, const char *name,
			    int64_t *value, const char **unit)
{
	struct mm_process_info pi;

	/* the newest of that name */
	for (unsigned int p = mm_nr_processes(mm); p > 0; p--) {
		const char *what;
		int i;

		mm_process_info(mm, p, &pi);
		what = after(name, pi.name);
		i = what ? index_of(process_figures, COUNT(process_figures),
				    what)
			 : -1;
		if (i < 0)
			continue;
		*unit = i < 3 ? "pages" : "";
		*value = process_figure(&pi, i);
		return 0;
	}
	return -ENOENT;
}

int place_figure(const struct mm *mm, const char *name, int64_t *value,
		 const char **unit)
{
	unsigned int n = 0;
	int used = 0, i;

	*unit = "";
	if (strncmp(name, "hugetlb.", 8) == 0)
		return hugetlb_figure(mm, name, value, unit);
	if (strncmp(name, "process.", 8) == 0)
		return processes_figure(mm, name + 8, value, unit);
	if (strncmp(name, "last.", 5) == 0) {
		i = index_of(last_figures, COUNT(last_figures), name + 5);
		if (i < 0)
			return -ENOENT;
		*unit = i == 0 ? "frame" : i == 1 ? "order" : "";
		*value = last_figure(mm, i);
		return 0;
	}
	if (sscanf(name, "cma%2u.%n", &n, &used) == 1 && used) {
		i = index_of(cma_figures, COUNT(cma_figures), name + used);
		if (n >= mm_nr_cma(mm) || i < 0)
			return -ENOENT;
		*unit = i == 0 ? "frame" : "pages";
		*value = cma_figure(mm, n, i);
		return 0;
	}
	return -ENOENT;
}

void place_figure_names(const struct mm *mm, each_name *each, void *arg)
{
	struct mm_process_info pi;
	char name[100];

	for (size_t i = 0; i < COUNT(last_figures); i++)
		NAME("last.%s", last_figures[i]);
	for (unsigned int p = 1; p <= mm_nr_processes(mm); p++) {
		mm_process_info(mm, p, &pi);
		for (size_t i = 0; i < COUNT(process_figures); i++)
			NAME("process.%s.%s", pi.name, process_figures[i]);
	}
	for (unsigned int a = 0; a < mm_nr_cma(mm); a++)
		for (size_t i = 0; i < COUNT(cma_figures); i++)
			NAME("cma%u.%s", a, cma_figures[i]);
	hugetlb_figure_names(mm, each, arg);
}
#undef NAME
