/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_vmstat.c - the counters: names, order, when they move, what is shown
 */
#include "core/vmstat.h"

#include <check.h>
#include <errno.h>
#include <string.h>

#include "core/dirty_limit.h"
#include "core/watermark.h"
#include "support/picture.h"

Suite *check_vmstat_suite(void);

static struct mm *mm;

static void setup(void)
{
	mm = NULL;
}

static void teardown(void)
{
	if (mm)
		mm_destroy(mm);
}

static int64_t vmstat(const char *name)
{
	const int i = mm_vmstat_find(mm, name);

	ck_assert_msg(i >= 0, "%s", name);
	return mm_vmstat(mm, (unsigned int)i);
}

static struct mm *world(const char *preset)
{
	struct mm_config cfg;

	ck_assert_int_eq(mm_config_preset(&cfg, preset, NULL), 0);
	return mm_create(&cfg, NULL);
}

/* ---- names ---- */

/* O5, O6 */
START_TEST(names_are_the_kernels_in_its_order)
{
	static const unsigned int sizes[] = {12, 6, 69, 4, 110};
	unsigned int n[NR_VMSTAT_GROUPS + 1] = {0};
	unsigned int i = 0;

	mm = world("tiny");
	for (; mm_vmstat_name(mm, i); i++) {
		ck_assert_int_eq(mm_vmstat_find(mm, mm_vmstat_name(mm, i)),
				 (int)i);
		ck_assert(i == 0 ||
			  mm_vmstat_group(i) >= mm_vmstat_group(i - 1));
		n[mm_vmstat_group(i)]++;
	}
	ck_assert_uint_eq(i, 201);
	for (int g = 0; g < NR_VMSTAT_GROUPS; g++)
		ck_assert_uint_eq(n[g], sizes[g]);
	ck_assert_str_eq(mm_vmstat_name(mm, 0), "nr_free_pages");
	ck_assert_str_eq(mm_vmstat_name(mm, 95), "pgalloc_dma");
	ck_assert_str_eq(mm_vmstat_name(mm, 200), "nrswpout");
	ck_assert_uint_eq(mm_vmstat_group(201), NR_VMSTAT_GROUPS);
	ck_assert_int_eq(mm_vmstat_find(mm, "nr_bounce"), -ENOENT);
}
END_TEST

/* DMA, Normal, HighMem and Movable; no DMA32, and no Device. */
START_TEST(a_32_bit_machine_has_other_zones)
{
	static const char *const there[] = {"pgalloc_normal", "pgalloc_high",
					    "allocstall_high", "pgskip_high"};
	static const char *const not_there[] = {
		"pgalloc_dma32", "pgalloc_device", "pgskip_dma32", ""};
	const struct mm_request want = {.gfp = GFP_KERNEL | GFP_BIT_HIGHMEM,
					.nid = -1};
	struct mm *big = world("highmem");
	const char *unit;
	int64_t v = 0;
	pfn_t pfn;

	mm = world("tiny");
	for (int i = 0; i < 4; i++) {
		ck_assert_int_ge(mm_vmstat_find(big, there[i]), 0);
		ck_assert_int_eq(mm_vmstat_find(big, not_there[i]), -ENOENT);
		ck_assert_int_eq(mm_vmstat_find(mm, there[1]), -ENOENT);
	}
	ck_assert_int_eq(mm_alloc_pages(big, &want, &pfn), 0);
	ck_assert_int_eq(mm_figure(big, "vmstat.pgalloc_high", &v, &unit), 0);
	ck_assert_int_eq(v, 1);
	ck_assert_int_eq(mm_figure(big, "vmstat.pgalloc_dma32", &v, &unit),
			 -ENOENT);
	mm_destroy(big);
}
END_TEST

START_TEST(a_counter_that_there_is_not_is_0)
{
	mm = world("tiny");
	ck_assert_int_eq(mm_vmstat(mm, 201), 0);
	ck_assert_int_eq(mm_node_vmstat(mm, 9, 0), 0);
	ck_assert_int_eq(mm_node_vmstat(mm, 0, 95), 0);
	ck_assert_int_eq(mm_zone_vmstat(mm, NO_ZONE, 0), 0);
	ck_assert_int_eq(mm_zone_vmstat(mm, Z, 18), 0);
	ck_assert(!mm_node_unreclaimable(mm, 9));
}
END_TEST

/* ---- when they move: O7 ---- */

static unsigned int events(enum mm_event_type type)
{
	unsigned int n = 0;

	for (uint64_t i = mm_first_moment(mm) + 1; i <= mm_last_moment(mm); i++)
		n += mm_event(mm, i)->type == type;
	return n;
}

/* O-9.6: 63 pages come to the list, one of them is handed out */
START_TEST(a_refill_is_no_allocation)
{
	struct mm_request want = {.gfp = GFP_HIGHUSER_MOVABLE, .nid = -1};
	pfn_t first, second;

	mm = world("laptop");
	set_pcp(mm, 63, 252, 252);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &first), 0);
	ck_assert_uint_eq(events(EV_mm_page_alloc_zone_locked), 63);
	ck_assert_uint_eq(events(EV_mm_page_alloc), 1);
	ck_assert_int_eq(vmstat("pgalloc_normal"), 1);

	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &second), 0);
	ck_assert_uint_eq(events(EV_mm_page_alloc_zone_locked), 0);
	ck_assert_uint_eq(events(EV_mm_page_alloc), 1);
	ck_assert_int_eq(vmstat("pgalloc_normal"), 2);
	ck_assert_int_eq(vmstat("numa_hit"), 2);
	ck_assert_int_eq(vmstat("numa_local"), 2);
}
END_TEST

/* pgfree moves when a page is given back, not when its list is flushed. */
START_TEST(pages_count_and_not_blocks)
{
	struct mm_request want = {.order = 3, .gfp = GFP_KERNEL, .nid = -1};
	pfn_t pfn, large;

	mm = world("tiny");
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	want.order = 5;
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &large), 0);
	ck_assert_int_eq(vmstat("pgalloc_normal"), 8 + 32);
	ck_assert_int_eq(vmstat("numa_hit"), 2);
	ck_assert_int_eq(mm_free_pages(mm, pfn, 3, 0, NULL), 0);
	ck_assert_int_eq(vmstat("pgfree"), 8);
	mm_drain_all(mm);
	ck_assert_int_eq(vmstat("pgfree"), 8);
	ck_assert_int_eq(mm_free_pages(mm, large, 5, 0, NULL), 0);
	ck_assert_int_eq(vmstat("pgfree"), 40);
	ck_assert_int_eq(vmstat("nr_free_pages"), 256);
	ck_assert_int_eq(vmstat("nr_free_pages_blocks"), 256);
}
END_TEST

START_TEST(free_pages_follow_the_lists)
{
	mm = given_types("U... .... .... ....", "UMCH");
	ck_assert_int_eq(vmstat("nr_free_pages"), 15);
	ck_assert_int_eq(vmstat("nr_free_cma"), 4);
	ck_assert_int_eq(vmstat("nr_free_pages_blocks"), 12);
	ck_assert_int_eq(mm->zone[Z].nr_free_highatomic, 4);
}
END_TEST

/* A request that is served from another node: P14 */
START_TEST(a_remote_page_is_a_miss_there_and_foreign_here)
{
	struct mm_request want = {.order = 5, .gfp = GFP_KERNEL, .nid = 0};
	struct mm_config cfg;
	zone_t here, there;
	unsigned int hit, local;
	pfn_t pfn = 0;

	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", NULL), 0);
	ck_assert_int_eq(mm_config_set(&cfg, "zones",
				       "0:Normal:0-256,1:Normal:256-512", NULL),
			 0);
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	while (mm_alloc_pages(mm, &want, &pfn) == 0 && pfn < 256)
		;
	here = mm_zone_id(0, ZONE_NORMAL);
	there = mm_zone_id(1, ZONE_NORMAL);
	hit = (unsigned int)mm_vmstat_find(mm, "numa_hit");
	local = (unsigned int)mm_vmstat_find(mm, "numa_local");
	ck_assert_int_ge(mm_zone_vmstat(mm, here, hit), 1);
	ck_assert_int_eq(mm_zone_vmstat(mm, here, hit + 2), 1); /* foreign */
	ck_assert_int_eq(mm_zone_vmstat(mm, there, hit), 0);
	ck_assert_int_eq(mm_zone_vmstat(mm, there, hit + 1), 1); /* miss */
	ck_assert_int_eq(mm_zone_vmstat(mm, there, local), 0);
	ck_assert_int_eq(mm_zone_vmstat(mm, there, local + 1), 1);
	ck_assert_int_eq(vmstat("numa_miss"), 1);
	ck_assert_int_eq(vmstat("numa_foreign"), 1);
}
END_TEST

/* ---- what is shown: O4 ---- */

START_TEST(some_are_shown_in_another_unit)
{
	mm = world("tiny");
	mod_node_page_state(mm, 0, NR_ANON_TRANSPARENT_HUGEPAGES,
			    3 << mm_pmd_order(mm));
	mod_node_page_state(mm, 0, NR_KERNEL_STACK, 16);
	mod_node_page_state(mm, 0, NR_DIRTY, -1);
	count_vm_events(mm, VM_PGPGIN, 9);
	ck_assert_int_eq(vmstat("nr_anon_transparent_hugepages"), 3);
	ck_assert_int_eq(vmstat("nr_kernel_stack"), 16);
	ck_assert_int_eq(vmstat("nr_dirty"), 0);
	ck_assert_int_eq(vmstat("pgpgin"), 4);
}
END_TEST

static void set_file_pages(int64_t active, int64_t inactive)
{
	mod_node_page_state(mm, 0, NR_ACTIVE_FILE, active);
	mod_node_page_state(mm, 0, NR_INACTIVE_FILE, inactive);
}

/*
 * O8.  The low marks are 20 and, though it is empty, 32 of zone Movable
 * (W15): 256 free - 30 + 80 - min(40, 52) + 160 - min(80, 52)
 */
START_TEST(available_leaves_half_or_a_low_mark)
{
	struct mm_meminfo mi;

	mm = world("tiny");
	set_marks(mm, 10, 20, 30);
	set_file_pages(50, 30);
	mod_node_page_state(mm, 0, NR_SLAB_RECLAIMABLE, 150);
	mod_node_page_state(mm, 0, NR_KERNEL_MISC_RECLAIMABLE, 10);
	mm_meminfo(mm, &mi);
	ck_assert_int_eq(mi.totalreserve, 30);
	ck_assert_int_eq(mi.available, 256 - 30 + 80 - 40 + 160 - 52);
	ck_assert_int_eq(mi.total, 256);

	set_marks(mm, 10, 20, 300); /* no zone reserves more than it has */
	mm_meminfo(mm, &mi);
	ck_assert_int_eq(mi.totalreserve, 256);
	ck_assert_int_eq(mi.available, 80 - 40 + 160 - 52);
}
END_TEST

/* W18: the entry against the highest zone counts */
START_TEST(reserves_are_part_of_the_total)
{
	const struct zone *z;

	mm = world("tiny");
	z = &mm->zone[Z];
	set_marks(mm, 10, 20, 30);
	STORE(mm, z->lowmem_reserve[ZONE_MOVABLE], 7);
	ck_assert_int_eq(node_totalreserve_pages(mm, 0), 37);
	STORE(mm, z->lowmem_reserve[ZONE_DEVICE], 5);
	ck_assert_int_eq(node_totalreserve_pages(mm, 0), 35);
}
END_TEST

/* O7: D = 256 - 30 + 60 + 1 = 287; 20 * 4096 / 100 = 819; 10: 409 */
START_TEST(dirty_thresholds_are_worked_out_when_read)
{
	mm = world("tiny");
	set_marks(mm, 10, 20, 30);
	set_file_pages(40, 20);
	ck_assert_int_eq(vmstat("nr_dirty_threshold"), 819 * 287 / 4096);
	ck_assert_int_eq(vmstat("nr_dirty_background_threshold"),
			 409 * 287 / 4096);

	ck_assert_int_eq(mm_set(mm, "vm.dirty_background_kbytes", 401, NULL),
			 0);
	ck_assert_int_eq(mm_set(mm, "vm.dirty_kbytes", 402, NULL), 0);
	ck_assert_int_eq(vmstat("nr_dirty_threshold"), 101);
	/* 101 as well, which is no less: half the threshold */
	ck_assert_int_eq(vmstat("nr_dirty_background_threshold"), 50);
}
END_TEST

START_TEST(counters_are_figures)
{
	static const struct {
		const char *name;
		int64_t value;
		const char *unit;
	} rows[] = {
		{"vmstat.compact_success", 5, ""},
		{"node0.nr_inactive_file", 20, "pages"},
		{"vmstat.nr_inactive_file", 20, "pages"},
		{"node0.Normal.nr_zone_inactive_file", 0, "pages"},
		{"Normal.nr_free_pages", 256, "pages"},
		{"vmstat.pgfault", 0, ""},
		{"mem_available", 256 - 30 + 60 - 30, "pages"},
	};
	int64_t value;
	const char *unit;

	mm = world("tiny");
	set_marks(mm, 10, 20, 30);
	set_file_pages(40, 20);
	count_vm_events(mm, VM_COMPACT_SUCCESS, 5);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		ck_assert_int_eq(mm_figure(mm, rows[i].name, &value, &unit), 0);
		ck_assert_msg(value == rows[i].value, "%s: %lld", rows[i].name,
			      (long long)value);
		ck_assert_str_eq(unit, rows[i].unit);
	}
	ck_assert_int_eq(mm_figure(mm, "vmstat.nothing", &value, &unit),
			 -ENOENT);
	ck_assert_int_eq(mm_figure(mm, "node0.pgfree", &value, &unit), -ENOENT);
	ck_assert_int_eq(mm_figure(mm, "node1.nr_inactive_file", &value, &unit),
			 -ENOENT);
	ck_assert_int_eq(mm_figure(mm, "node0.Normal.nr_dirty", &value, &unit),
			 -ENOENT);
}
END_TEST

static void is_a_figure(void *arg, const char *name)
{
	const char *unit;
	int64_t value;

	ck_assert_msg(mm_figure(mm, name, &value, &unit) == 0, "%s", name);
	++*(unsigned int *)arg;
}

START_TEST(each_figure_that_is_listed_can_be_read)
{
	unsigned int n = 0;

	mm = world("tiny");
	mm_figure_names(mm, is_a_figure, &n);
	ck_assert_uint_gt(n, 201 + 87 + 18);
}
END_TEST

Suite *check_vmstat_suite(void)
{
	Suite *s = suite_create("core/vmstat");
	TCase *t = tcase_create("counters");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, names_are_the_kernels_in_its_order);
	tcase_add_test(t, a_32_bit_machine_has_other_zones);
	tcase_add_test(t, a_counter_that_there_is_not_is_0);
	tcase_add_test(t, a_refill_is_no_allocation);
	tcase_add_test(t, pages_count_and_not_blocks);
	tcase_add_test(t, free_pages_follow_the_lists);
	tcase_add_test(t, a_remote_page_is_a_miss_there_and_foreign_here);
	tcase_add_test(t, some_are_shown_in_another_unit);
	tcase_add_test(t, available_leaves_half_or_a_low_mark);
	tcase_add_test(t, reserves_are_part_of_the_total);
	tcase_add_test(t, dirty_thresholds_are_worked_out_when_read);
	tcase_add_test(t, counters_are_figures);
	tcase_add_test(t, each_figure_that_is_listed_can_be_read);
	suite_add_tcase(s, t);
	return s;
}
