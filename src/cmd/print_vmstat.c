/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_vmstat.c - /proc/vmstat and /proc/meminfo, byte for byte
 *
 * What no part of the world counts is 0, as on a machine that has none: in
 * meminfo these are the lines without a source below, the direct map among
 * them.
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/show.h"

/** Models: vmstat_show(), mm/vmstat.c; O4 */
void print_vmstat(const struct mm *mm, const struct show_what *what,
		  struct out *out)
{
	const char *name;

	(void)what;
	for (unsigned int i = 0; (name = mm_vmstat_name(mm, i)); i++)
		if (*name)
			out_line(out, "%s %lld", name,
				 (long long)mm_vmstat(mm, i));
	out_line(out, "nr_unstable 0");
}

/** vm.overcommit_ratio, of which this world knows nothing else. */
#define OVERCOMMIT_RATIO 50

/* What a line's number counts, and how it is shown. */
enum meminfo_unit {
	PAGES, /* shown in kB, as the next two */
	HUGE_PAGES,
	KB,
	COUNT, /* shown as it is */
};

/*
 * The number is a sum of counters, `-` in front of what is taken off; `=`
 * marks a number that no counter has, see word_value().
 */
static const struct meminfo_line {
	const char *name;
	const char *source;
	enum meminfo_unit unit;
} lines[] = {
	{"MemTotal", "=total", PAGES},
	{"MemFree", "nr_free_pages", PAGES},
	{"MemAvailable", "=available", PAGES},
	{"Buffers", "", PAGES},
	{"Cached", "nr_file_pages -nr_swapcached", PAGES},
	{"SwapCached", "nr_swapcached", PAGES},
	{"Active", "nr_active_anon nr_active_file", PAGES},
	{"Inactive", "nr_inactive_anon nr_inactive_file", PAGES},
	{"Active(anon)", "nr_active_anon", PAGES},
	{"Inactive(anon)", "nr_inactive_anon", PAGES},
	{"Active(file)", "nr_active_file", PAGES},
	{"Inactive(file)", "nr_inactive_file", PAGES},
	{"Unevictable", "nr_unevictable", PAGES},
	{"Mlocked", "nr_mlock", PAGES},
	{"HighTotal", "=high", PAGES},
	{"HighFree", "=high_free", PAGES},
	{"LowTotal", "=low", PAGES},
	{"LowFree", "nr_free_pages -=high_free", PAGES},
	{"SwapTotal", "=swap_total", PAGES},
	{"SwapFree", "=swap_free", PAGES},
	{"Zswap", "", PAGES},
	{"Zswapped", "", PAGES},
	{"Dirty", "nr_dirty", PAGES},
	{"Writeback", "nr_writeback", PAGES},
	{"AnonPages", "nr_anon_pages", PAGES},
	{"Mapped", "nr_mapped", PAGES},
	{"Shmem", "nr_shmem", PAGES},
	{"KReclaimable", "nr_slab_reclaimable nr_kernel_misc_reclaimable",
	 PAGES},
	{"Slab", "nr_slab_reclaimable nr_slab_unreclaimable", PAGES},
	{"SReclaimable", "nr_slab_reclaimable", PAGES},
	{"SUnreclaim", "nr_slab_unreclaimable", PAGES},
	{"KernelStack", "nr_kernel_stack", KB},
	{"PageTables", "nr_page_table_pages", PAGES},
	{"SecPageTables", "nr_sec_page_table_pages", PAGES},
	{"NFS_Unstable", "", PAGES},
	{"Bounce", "", PAGES},
	{"WritebackTmp", "", PAGES},
	{"CommitLimit", "=commit_limit", PAGES},
	{"Committed_AS", "", PAGES},
	{"VmallocTotal", "=vmalloc_total", KB},
	{"VmallocUsed", "nr_vmalloc", PAGES},
	{"VmallocChunk", "", PAGES},
	{"Percpu", "", PAGES},
	{"HardwareCorrupted", "", PAGES},
	{"AnonHugePages", "nr_anon_transparent_hugepages", HUGE_PAGES},
	{"ShmemHugePages", "nr_shmem_hugepages", HUGE_PAGES},
	{"ShmemPmdMapped", "nr_shmem_pmdmapped", HUGE_PAGES},
	{"FileHugePages", "nr_file_hugepages", HUGE_PAGES},
	{"FilePmdMapped", "nr_file_pmdmapped", HUGE_PAGES},
	{"CmaTotal", "=cma", PAGES},
	{"CmaFree", "nr_free_cma", PAGES},
	{"Unaccepted", "nr_unaccepted", PAGES},
	{"Balloon", "nr_balloon_pages", PAGES},
	{"GPUActive", "nr_gpu_active", PAGES},
	{"GPUReclaim", "nr_gpu_reclaim", PAGES},
	{"HugePages_Total", "=huge_total", COUNT},
	{"HugePages_Free", "=huge_free", COUNT},
	{"HugePages_Rsvd", "=huge_rsvd", COUNT},
	{"HugePages_Surp", "=huge_surp", COUNT},
	{"Hugepagesize", "=huge_page", HUGE_PAGES},
	{"Hugetlb", "=hugetlb", PAGES},
	{"DirectMap4k", "", PAGES},
	{"DirectMap2M", "", PAGES},
	{"DirectMap1G", "", PAGES},
};

/* Of the pool of the smaller size; "hugetlb" is of all, in pages. */
static int64_t hugetlb_value(const struct mm *mm, const char *word)
{
	struct mm_hugetlb_info hi;
	int64_t pages = 0;

	for (int i = 0; i < NR_HUGETLB_SIZES; i++) {
		mm_hugetlb_info(mm, (enum mm_hugetlb_size)i, &hi);
		pages += (int64_t)hi.nr << hi.order;
	}
	mm_hugetlb_info(mm, HUGETLB_PMD, &hi);
	return strcmp(word, "huge_total") == 0	? hi.nr
	       : strcmp(word, "huge_free") == 0 ? hi.free
	       : strcmp(word, "huge_rsvd") == 0 ? hi.resv
	       : strcmp(word, "huge_surp") == 0 ? hi.surplus
						: pages;
}

static int64_t word_value(const struct mm *mm, const char *word)
{
	struct mm_meminfo mi;

	mm_meminfo(mm, &mi);
	if (strcmp(word, "total") == 0)
		return mi.total;
	if (strcmp(word, "available") == 0)
		return mi.available;
	if (strcmp(word, "swap_total") == 0)
		return mi.swap_total;
	if (strcmp(word, "swap_free") == 0)
		return mi.swap_free;
	if (strcmp(word, "cma") == 0)
		return mi.cma;
	if (strcmp(word, "high") == 0)
		return mi.high;
	if (strcmp(word, "high_free") == 0)
		return mi.high_free;
	if (strcmp(word, "low") == 0)
		return mi.total - mi.high;
	if (strcmp(word, "huge_page") == 0)
		return 1;
	if (strncmp(word, "huge", 4) == 0)
		return hugetlb_value(mm, word);
	if (strcmp(word, "vmalloc_total") == 0)
		return INT64_C(34359738367); /* kB, as amd64 has it */
	return mi.total * OVERCOMMIT_RATIO / 100 + mi.swap_total;
}

static int64_t source_value(const struct mm *mm, const char *source)
{
	char word[40];
	int64_t sum = 0;

	for (size_t len; *source; source += len + (source[len] == ' ')) {
		const bool minus = *source == '-';
		const bool special = source[minus] == '=';
		int64_t v;

		source += minus + special;
		len = strcspn(source, " ");
		snprintf(word, sizeof word, "%.*s", (int)len, source);
		v = special ? word_value(mm, word)
			    : mm_vmstat(mm,
					(unsigned int)mm_vmstat_find(mm, word));
		sum += minus ? -v : v;
	}
	return sum > 0 ? sum : 0;
}

/* Lines that only a machine with HighMem has. */
static bool is_missing(const struct mm *mm, const char *name)
{
	return mm_zone_layout(mm) != LAYOUT_HIGHMEM &&
	       (strncmp(name, "High", 4) == 0 || strncmp(name, "Low", 3) == 0);
}

const char *meminfo_line(const struct mm *mm, unsigned int *i, int64_t *value,
			 const char **unit)
{
	const struct meminfo_line *l;

	while (*i < sizeof lines / sizeof lines[0] &&
	       is_missing(mm, lines[*i].name))
		++*i;
	if (*i >= sizeof lines / sizeof lines[0])
		return NULL;
	l = &lines[(*i)++];
	*value = source_value(mm, l->source);
	if (l->unit == HUGE_PAGES)
		*value <<= mm_pmd_order(mm);
	if (l->unit == PAGES || l->unit == HUGE_PAGES)
		*value <<= mm_page_shift(mm) - 10;
	*unit = l->unit == COUNT ? "" : " kB";
	return l->name;
}

/** Models: meminfo_proc_show(), fs/proc/meminfo.c */
void print_meminfo(const struct mm *mm, const struct show_what *what,
		   struct out *out)
{
	const char *name, *unit;
	unsigned int i = 0;
	char label[24];
	int64_t value;

	(void)what;
	while ((name = meminfo_line(mm, &i, &value, &unit))) {
		snprintf(label, sizeof label, "%s:", name);
		/* one name is longer than its column */
		out_line(out, "%-16s%*lld%s", label,
			 strlen(label) > 16 ? 24 - (int)strlen(label) : 8,
			 (long long)value, unit);
	}
}
