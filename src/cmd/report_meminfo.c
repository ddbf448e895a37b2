/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report_meminfo.c - Mem-Info: the part that all reports of the log share
 *
 * Models:   __show_mem, show_free_areas in mm/show_mem.c; O17
 * Left out: hardware-poisoned pages: always 0
 */
#include <inttypes.h>
#include <string.h>

#include "cmd/report.h"
#include "cmd/show.h"

/* ---- numbers ---- */

static int64_t kb(const struct mm *mm, int64_t pages)
{
	return pages << (mm_page_shift(mm) - 10);
}

/* A counter of one node, or of all; in pages, huge ones as well. */
static int64_t node_pages(const struct mm *mm, int nid, const char *name)
{
	const unsigned int i = (unsigned int)mm_vmstat_find(mm, name);
	const int64_t n = nid < 0 ? mm_vmstat(mm, i)
				  : mm_node_vmstat(mm, (unsigned int)nid, i);
	const bool huge = strstr(name, "hugepages") || strstr(name, "_pmdm");

	return huge ? n << mm_pmd_order(mm) : n;
}

static int64_t zone_pages(const struct mm *mm, zone_t z, const char *name)
{
	return mm_zone_vmstat(mm, z, (unsigned int)mm_vmstat_find(mm, name));
}

static int64_t pcp_pages(const struct mm *mm, zone_t z)
{
	struct mm_pcp_info pi;
	int64_t n = 0;

	for (unsigned int cpu = 0; cpu < mm_nr_cpus(mm); cpu++) {
		mm_pcp_info(mm, z, cpu, &pi);
		n += pi.count;
	}
	return n;
}

static bool node_shown(const struct report_scope *scope, unsigned int nid)
{
	return scope->nodes >> nid & 1;
}

/* The populated zones to be shown; NO_ZONE past the last. */
static zone_t next_zone(const struct mm *mm, const struct report_scope *scope,
			unsigned int *i)
{
	while (*i < mm_nr_nodes(mm) * MAX_NR_ZONES) {
		const zone_t z = (zone_t)(*i)++;

		if (mm_zone_populated(mm, z) &&
		    z % MAX_NR_ZONES <= scope->highest &&
		    node_shown(scope, z / MAX_NR_ZONES))
			return z;
	}
	return NO_ZONE;
}

/* ---- lists of `name:number` ---- */

struct item {
	const char *label, *counter;
	bool raw; /* in kB already */
};

static void put_kb(const struct mm *mm, unsigned int nid,
		   const struct item *items, size_t n, struct out *out)
{
	for (size_t i = 0; i < n; i++) {
		const int64_t v = node_pages(mm, (int)nid, items[i].counter);

		out_text(out, " %s:%" PRId64 "kB", items[i].label,
			 items[i].raw ? v : kb(mm, v));
	}
}

/* Eight lines, of which all but the last are sums over all nodes. */
static const struct item world_items[][3] = {
	{{"active_anon", "nr_active_anon", false},
	 {"inactive_anon", "nr_inactive_anon", false},
	 {"isolated_anon", "nr_isolated_anon", false}},
	{{"active_file", "nr_active_file", false},
	 {"inactive_file", "nr_inactive_file", false},
	 {"isolated_file", "nr_isolated_file", false}},
	{{"unevictable", "nr_unevictable", false},
	 {"dirty", "nr_dirty", false},
	 {"writeback", "nr_writeback", false}},
	{{"slab_reclaimable", "nr_slab_reclaimable", false},
	 {"slab_unreclaimable", "nr_slab_unreclaimable", false}},
	{{"mapped", "nr_mapped", false},
	 {"shmem", "nr_shmem", false},
	 {"pagetables", "nr_page_table_pages", false}},
};

static void report_world(const struct mm *mm, const struct report_scope *scope,
			 struct out *out)
{
	int64_t pcp = 0;
	unsigned int i = 0;
	zone_t z;

	while ((z = next_zone(mm, scope, &i)) != NO_ZONE)
		pcp += pcp_pages(mm, z);
	for (size_t l = 0; l < sizeof world_items / sizeof world_items[0];
	     l++) {
		for (int k = 0; k < 3 && world_items[l][k].label; k++)
			out_text(out, "%s%s:%" PRId64, l || k ? " " : "",
				 world_items[l][k].label,
				 node_pages(mm, -1, world_items[l][k].counter));
		out_line(out, "%s", "");
	}
	out_line(out, " sec_pagetables:%" PRId64 " bounce:0",
		 node_pages(mm, -1, "nr_sec_page_table_pages"));
	out_line(out, " kernel_misc_reclaimable:%" PRId64,
		 node_pages(mm, -1, "nr_kernel_misc_reclaimable"));
	out_line(out,
		 " free:%" PRId64 " free_pcp:%" PRId64 " free_cma:%" PRId64,
		 node_pages(mm, -1, "nr_free_pages"), pcp,
		 node_pages(mm, -1, "nr_free_cma"));
}

/* ---- nodes ---- */

static const struct item node_items[] = {
	{"active_anon", "nr_active_anon", false},
	{"inactive_anon", "nr_inactive_anon", false},
	{"active_file", "nr_active_file", false},
	{"inactive_file", "nr_inactive_file", false},
	{"unevictable", "nr_unevictable", false},
	{"isolated(anon)", "nr_isolated_anon", false},
	{"isolated(file)", "nr_isolated_file", false},
	{"mapped", "nr_mapped", false},
	{"dirty", "nr_dirty", false},
	{"writeback", "nr_writeback", false},
	{"shmem", "nr_shmem", false},
	{"shmem_thp", "nr_shmem_hugepages", false},
	{"shmem_pmdmapped", "nr_shmem_pmdmapped", false},
	{"anon_thp", "nr_anon_transparent_hugepages", false},
	{"kernel_stack", "nr_kernel_stack", true},
	{"pagetables", "nr_page_table_pages", false},
	{"sec_pagetables", "nr_sec_page_table_pages", false},
};

static const struct item more_node_items[] = {
	{"Balloon", "nr_balloon_pages", false},
	{"gpu_active", "nr_gpu_active", false},
	{"gpu_reclaim", "nr_gpu_reclaim", false},
};

static bool has_managed_zone(const struct mm *mm, unsigned int nid,
			     unsigned int highest)
{
	struct mm_zone_info zi;

	for (unsigned int z = 0; z <= highest && z < MAX_NR_ZONES; z++) {
		mm_zone_info(mm, mm_zone_id(nid, (enum zone_type)z), &zi);
		if (zi.managed)
			return true;
	}
	return false;
}

static void report_node(const struct mm *mm, unsigned int nid, struct out *out)
{
	out_text(out, "Node %u", nid);
	put_kb(mm, nid, node_items, sizeof node_items / sizeof node_items[0],
	       out);
	out_text(out, " all_unreclaimable? %s",
		 mm_node_unreclaimable(mm, nid) ? "yes" : "no");
	put_kb(mm, nid, more_node_items,
	       sizeof more_node_items / sizeof more_node_items[0], out);
	out_line(out, "%s", "");
}

/* ---- zones ---- */

static const struct item zone_items[] = {
	{"active_anon", "nr_zone_active_anon", false},
	{"inactive_anon", "nr_zone_inactive_anon", false},
	{"active_file", "nr_zone_active_file", false},
	{"inactive_file", "nr_zone_inactive_file", false},
	{"unevictable", "nr_zone_unevictable", false},
	{"writepending", "nr_zone_write_pending", false},
	{"zspages", "nr_zspages", false},
};

static void report_zone(const struct mm *mm, zone_t z, unsigned int cpu,
			struct out *out)
{
	static const char *const marks[] = {"min", "low", "high"};
	struct mm_zone_info zi;
	struct mm_pcp_info pi;

	mm_zone_info(mm, z, &zi);
	mm_pcp_info(mm, z, cpu, &pi);
	out_text(out, "Node %u %s free:%" PRId64 "kB boost:%" PRId64 "kB",
		 zi.nid, zi.name, kb(mm, zone_pages(mm, z, "nr_free_pages")),
		 kb(mm, zi.boost));
	for (int w = 0; w < 3; w++)
		out_text(out, " %s:%" PRId64 "kB", marks[w],
			 kb(mm, zi.wmark[w] + zi.boost));
	out_text(out,
		 " reserved_highatomic:%" PRId64 "kB free_highatomic:%" PRId64
		 "kB",
		 kb(mm, zi.reserved_highatomic), kb(mm, zi.free_highatomic));
	for (size_t i = 0; i < sizeof zone_items / sizeof zone_items[0]; i++)
		out_text(out, " %s:%" PRId64 "kB", zone_items[i].label,
			 kb(mm, zone_pages(mm, z, zone_items[i].counter)));
	out_line(out,
		 " present:%" PRId64 "kB managed:%" PRId64 "kB mlocked:%" PRId64
		 "kB bounce:0kB free_pcp:%" PRId64 "kB local_pcp:%" PRId64
		 "kB free_cma:%" PRId64 "kB",
		 kb(mm, zi.present), kb(mm, zi.managed),
		 kb(mm, zone_pages(mm, z, "nr_mlock")),
		 kb(mm, pcp_pages(mm, z)), kb(mm, pi.count),
		 kb(mm, zone_pages(mm, z, "nr_free_cma")));
	out_text(out, "lowmem_reserve[]:");
	for (int i = 0; i < MAX_NR_ZONES; i++)
		out_text(out, " %" PRId64, zi.lowmem_reserve[i]);
	out_line(out, "%s", "");
}

/* "10*4kB (UM) 5*8kB (M) ... = 112kB" */
static void report_blocks(const struct mm *mm, zone_t z, struct out *out)
{
	struct mm_zone_info zi;
	int64_t total = 0;

	mm_zone_info(mm, z, &zi);
	out_text(out, "Node %u %s: ", zi.nid, zi.name);
	for (unsigned int o = 0; o <= mm_max_order(mm); o++) {
		const uint32_t n = mm_nr_free_order(mm, z, o);
		char types[MIGRATE_TYPES + 1] = "";
		size_t len = 0;

		total += (int64_t)n << o;
		out_text(out, "%u*%" PRId64 "kB ", n, kb(mm, INT64_C(1) << o));
		for (int t = 0; t < MIGRATE_TYPES; t++)
			if (mm_nr_free(mm, z, o, (enum migratetype)t))
				types[len++] = mm_migratetype_letter(
					(enum migratetype)t);
		if (n)
			out_text(out, "(%s) ", types);
	}
	out_line(out, "= %" PRId64 "kB", kb(mm, total));
}

/* ---- the rest ---- */

/** Of a page table on amd64: the next larger size of huge pages. */
#define PTRS_PER_TABLE_SHIFT 9

static void report_hugepages(const struct mm *mm, unsigned int nid,
			     struct out *out)
{
	const int64_t pmd = kb(mm, INT64_C(1) << mm_pmd_order(mm));
	struct mm_hugetlb_info hi;

	for (int up = 1; up >= 0; up--) {
		mm_hugetlb_node_info(mm, up ? HUGETLB_PUD : HUGETLB_PMD, nid,
				     &hi);
		out_line(out,
			 "Node %u hugepages_total=%u hugepages_free=%u "
			 "hugepages_surp=%u hugepages_size=%" PRId64 "kB",
			 nid, hi.nr, hi.free, hi.surplus,
			 hi.order ? kb(mm, INT64_C(1) << hi.order)
				  : pmd << (up ? PTRS_PER_TABLE_SHIFT : 0));
	}
}

static void report_totals(const struct mm *mm, struct out *out)
{
	struct mm_meminfo mi;

	mm_meminfo(mm, &mi);
	out_line(out, "%" PRId64 " total pagecache pages",
		 node_pages(mm, -1, "nr_file_pages"));
	out_line(out, "%" PRId64 " pages in swap cache",
		 node_pages(mm, -1, "nr_swapcached"));
	out_line(out, "Free swap  = %" PRId64 "kB", kb(mm, mi.swap_free));
	out_line(out, "Total swap = %" PRId64 "kB", kb(mm, mi.swap_total));
	out_line(out, "%" PRId64 " pages RAM", mi.present);
	out_line(out, "%" PRId64 " pages HighMem/MovableOnly", mi.high);
	out_line(out, "%" PRId64 " pages reserved", mi.present - mi.total);
	out_line(out, "%" PRId64 " pages cma reserved", mi.cma);
	out_line(out, "0 pages hwpoisoned");
}

void report_meminfo(const struct mm *mm, const struct report_scope *scope,
		    struct out *out)
{
	unsigned int i;
	zone_t z;

	out_line(out, "Mem-Info:");
	report_world(mm, scope, out);
	for (unsigned int nid = 0; nid < mm_nr_nodes(mm); nid++)
		if (node_shown(scope, nid) &&
		    has_managed_zone(mm, nid, scope->highest))
			report_node(mm, nid, out);
	for (i = 0; (z = next_zone(mm, scope, &i)) != NO_ZONE;)
		report_zone(mm, z, scope->cpu, out);
	for (i = 0; (z = next_zone(mm, scope, &i)) != NO_ZONE;)
		report_blocks(mm, z, out);
	for (unsigned int nid = 0; nid < mm_nr_nodes(mm); nid++)
		if (node_shown(scope, nid))
			report_hugepages(mm, nid, out);
	report_totals(mm, out);
}

void report_protection(const struct mm *mm, unsigned int group, struct out *out)
{
	int64_t min, low;

	mm_protected_pages(mm, group, &min, &low);
	out_line(out,
		 "Memory cgroup min protection %" PRId64
		 "kB -- low protection %" PRId64 "kB",
		 kb(mm, min), kb(mm, low));
}

void nodelist_text(uint32_t nodes, char *buf, size_t size)
{
	size_t used = 0;

	buf[0] = '\0';
	for (unsigned int n = 0; n < MM_MAX_NODES && used < size; n++) {
		unsigned int end = n;

		if (!(nodes >> n & 1))
			continue;
		while (end + 1 < MM_MAX_NODES && nodes >> (end + 1) & 1)
			end++;
		used += (size_t)snprintf(buf + used, size - used, "%s%u",
					 used ? "," : "", n);
		if (end > n && used < size)
			used += (size_t)snprintf(buf + used, size - used, "-%u",
						 end);
		n = end;
	}
}

void nodemask_text(uint32_t nodes, char *buf, size_t size)
{
	if (nodes == EVERY_NODE)
		snprintf(buf, size, "(null)");
	else
		nodelist_text(nodes, buf, size);
}

/** SysRq-m: everything there is. */
void print_mem(const struct mm *mm, const struct show_what *what,
	       struct out *out)
{
	const struct report_scope scope = {
		.highest = MAX_NR_ZONES - 1,
		.nodes = EVERY_NODE,
		.cpu = what->cpu < 0 ? 0 : (unsigned int)what->cpu,
	};

	report_meminfo(mm, &scope, out);
}
