/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * figure_stat.c - see figure_stat.h
 */
#include "core/figure_stat.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/state.h"

/* O4; what has happened to pages is counted in pages, all else in times. */
static const char *unit_of(const char *name)
{
	if (strcmp(name, "nr_kernel_stack") == 0 ||
	    strcmp(name, "pgpgin") == 0 || strcmp(name, "pgpgout") == 0)
		return "KiB";
	if (strstr(name, "hugepages") || strstr(name, "_pmdmapped"))
		return "huge pages";
	if (strstr(name, "fault") || strstr(name, "throttle"))
		return "";
	return strncmp(name, "nr_", 3) == 0 || strncmp(name, "pg", 2) == 0
		       ? "pages"
		       : "";
}

static int counter(const struct mm *mm, const char *name,
		   enum mm_vmstat_group last, const char **unit)
{
	const int i = mm_vmstat_find(mm, name);

	if (i < 0 || mm_vmstat_group((unsigned int)i) > last)
		return -ENOENT;
	*unit = unit_of(name);
	return i;
}

int stat_figure(const struct mm *mm, const char *name, int64_t *value,
		const char **unit)
{
	struct mm_meminfo mi;
	unsigned int nid = 0;
	int i, used = 0;

	if (strcmp(name, "mem_available") == 0) {
		mm_meminfo(mm, &mi);
		*value = mi.available;
		*unit = "pages";
		return 0;
	}
	if (strncmp(name, "vmstat.", 7) == 0) {
		i = counter(mm, name + 7, VMSTAT_EVENT, unit);
		if (i >= 0)
			*value = mm_vmstat(mm, (unsigned int)i);
		return i < 0 ? i : 0;
	}
	if (sscanf(name, "node%1u.%n", &nid, &used) != 1 || !used ||
	    nid >= mm->st->cfg.nr_nodes)
		return -ENOENT;
	i = counter(mm, name + used, VMSTAT_NODE, unit);
	if (i >= 0)
		*value = mm_node_vmstat(mm, nid, (unsigned int)i);
	return i < 0 ? i : 0;
}

int zone_stat_figure(const struct mm *mm, zone_t zid, const char *what,
		     int64_t *value, const char **unit)
{
	const int i = counter(mm, what, VMSTAT_NUMA, unit);

	if (i >= 0)
		*value = mm_zone_vmstat(mm, zid, (unsigned int)i);
	return i < 0 ? compact_figure(mm, zid, what, value, unit) : 0;
}

static void names(const struct mm *mm, const char *prefix,
		  enum mm_vmstat_group last, void (*each)(void *, const char *),
		  void *arg)
{
	const char *name;
	char text[100];

	for (unsigned int i = 0;
	     (name = mm_vmstat_name(mm, i)) && mm_vmstat_group(i) <= last;
	     i++) {
		snprintf(text, sizeof text, "%s.%s", prefix, name);
		if (*name)
			each(arg, text);
	}
}

void stat_figure_names(const struct mm *mm, void (*each)(void *, const char *),
		       void *arg)
{
	char node[16];

	each(arg, "mem_available");
	names(mm, "vmstat", VMSTAT_EVENT, each, arg);
	for (unsigned int nid = 0; nid < mm->st->cfg.nr_nodes; nid++) {
		snprintf(node, sizeof node, "node%u", nid);
		names(mm, node, VMSTAT_NODE, each, arg);
	}
}

void zone_stat_figure_names(const struct mm *mm, const char *prefix,
			    void (*each)(void *, const char *), void *arg)
{
	names(mm, prefix, VMSTAT_NUMA, each, arg);
	compact_figure_names(prefix, each, arg);
}
