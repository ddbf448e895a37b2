/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Marks, reserves and per-CPU limits from the settings; W11 to W22, W45 to
 * W48 of the specification.
 */
#include "marks.h"

#define DMA ((zone_t)ZONE_DMA)
#define DMA32 ((zone_t)ZONE_DMA32)
#define MOVABLE ((zone_t)ZONE_MOVABLE)

static void then_reserve(zone_t zid, const int64_t *r)
{
	for (int i = 0; i < MAX_NR_ZONES; i++)
		ck_assert_int_eq(mm->zone[zid].lowmem_reserve[i], r[i]);
}

/* W18: all reserves and high marks together */
static void then_reserved(int64_t pages)
{
	ck_assert_int_eq(totalreserve_pages(mm), pages);
}

START_TEST(marks_of_the_toy_machine)
{
	mm = toy();
	ck_assert_int_eq(mm->st->cfg.min_free_kbytes, 1448);
	then_marks(DMA, 45, 56, 67, 78);
	then_marks(DMA32, 135, 168, 201, 234);
	then_marks(Z, 181, 226, 271, 316);
	then_marks(MOVABLE, 32, 77, 122, 167);
	then_reserve(DMA, (int64_t[]){0, 48, 112, 176, 176});
	then_reserve(DMA32, (int64_t[]){0, 0, 64, 128, 128});
	then_reserve(Z, (int64_t[]){0, 0, 0, 512, 512});
	then_reserve(MOVABLE, (int64_t[]){0, 0, 0, 0, 0});
	then_reserved(1477);

	ck_assert_int_eq(mm_set(mm, "vm.watermark_scale_factor", 200, NULL), 0);
	then_marks(DMA, 45, 126, 207, 288);
	then_marks(DMA32, 135, 380, 625, 870);
	then_marks(Z, 181, 508, 835, 1162);
	then_marks(MOVABLE, 32, 359, 686, 1013);
	then_reserved(3169);
}
END_TEST

/* W45: a measured machine, with the min_free_kbytes it had. */
START_TEST(marks_of_a_measured_machine)
{
	struct mm_config cfg;
	struct mm_error err = {""};

	mm_config_preset(&cfg, "laptop", NULL);
	mm_config_set(&cfg, "zones",
		      "0:DMA:0-3840,0:DMA32:4096-777014,"
		      "0:Normal:1048576-1507328",
		      &err);
	mm_config_set(&cfg, "cpus", "2", &err);
	mm_config_set(&cfg, "memory", "0-3840,4096-777014,1048576-1507328",
		      &err);
	mm_config_set(&cfg, "reserved", "", &err);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	/* the floor for huge pages: three zones of eleven pageblocks */
	ck_assert_int_eq(mm->st->cfg.min_free_kbytes, 67584);
	then_marks(DMA, 52, 65, 78, 91);
	then_marks(DMA32, 10569, 13211, 15853, 18495);
	then_marks(Z, 6273, 7841, 9409, 10977);
	then_reserve(DMA, (int64_t[]){0, 3019, 4811, 4811, 4811});
	then_reserve(DMA32, (int64_t[]){0, 0, 1792, 1792, 1792});
	/* zones that are empty have marks all the same, if they are Movable */
	then_marks(MOVABLE, 32, 32, 32, 32);
	then_marks(ZONE_DEVICE, 0, 0, 0, 0);
	for (zone_t zid = Z; zid <= ZONE_DEVICE; zid++)
		then_reserve(zid, (int64_t[]){0, 0, 0, 0, 0});
	then_reserved(3840 + 17645 + 9409);
	ck_assert_int_eq(mm->zone[DMA].pageset_batch, 1);
	ck_assert_int_eq(mm->zone[DMA].pageset_high_min, 32);
	ck_assert_int_eq(mm->zone[DMA].pageset_high_max, 240);
	ck_assert_int_eq(mm->zone[DMA32].pageset_batch, 63);
	ck_assert_int_eq(mm->zone[DMA32].pageset_high_min, 6605);
	ck_assert_int_eq(mm->zone[DMA32].pageset_high_max, 48307);
	ck_assert_int_eq(mm->zone[Z].pageset_high_min, 3920);
	ck_assert_int_eq(mm->zone[Z].pageset_high_max, 28672);
	ck_assert_int_eq(mm->zone[DMA].stat_threshold, 4);
	ck_assert_int_eq(mm->zone[DMA32].stat_threshold, 24);
	ck_assert_int_eq(mm->zone[Z].stat_threshold, 20);
	mm_destroy(mm);

	mm_config_set(&cfg, "thp", "off", &err);
	mm = mm_create(&cfg, &err);
	ck_assert_int_eq(mm->st->cfg.min_free_kbytes, 8892);
	then_marks(DMA, 6, 9, 12, 15);
	then_marks(DMA32, 1390, 2162, 2934, 3706);
	then_marks(Z, 825, 1283, 1741, 2199);
	then_reserved(10307);
}
END_TEST

/*
 * A recorded machine whose huge pages are "never": when they start, and are
 * found to be off, min_free_kbytes is computed again, from what lies above the
 * high marks by then (W12.5): 7982 and not 7998.  A kernel without huge pages,
 * and one too small for them, computes it once.
 */
START_TEST(huge_pages_that_are_never_used_start_all_the_same)
{
	static const char zones[] = "0:DMA:0-3840,0:DMA32:4096-756440,"
				    "0:Normal:1048576-1291912";

	mm = world(zones, "never");
	ck_assert_int_eq(mm->st->cfg.min_free_kbytes, 7982);
	then_marks(DMA, 7, 10, 13, 16);
	then_marks(DMA32, 1501, 2253, 3005, 3757);
	then_marks(Z, 485, 728, 971, 1214);
	mm_destroy(mm);
	mm = world(zones, "off");
	ck_assert_int_eq(mm->st->cfg.min_free_kbytes, 7998);
	mm_destroy(mm);
	mm = world("0:Normal:0-65536", "never");
	ck_assert_int_eq(mm->st->cfg.min_free_kbytes, 2048);
	ck_assert_int_eq(mm->st->cfg.thp, THP_NONE);
}
END_TEST

/* W13 and W47, W48: the formula of min_free_kbytes. */
START_TEST(min_free_kbytes_by_size)
{
	static const struct {
		const char *pages;
		int64_t kb;
	} rows[] = {
		{"0:Normal:0-4096", 512},
		{"0:Normal:0-8192", 724},
		{"0:Normal:0-16384", 1024},
		{"0:Normal:0-32768", 1448},
		{"0:Normal:0-65536", 2048},
		{"0:Normal:0-131072", 2896},
		{"0:Normal:0-262144", 4096},
		{"0:Normal:0-524288", 5792},
		{"0:Normal:0-1048576", 8192},
		{"0:Normal:0-2097152", 11585},
		{"0:Normal:0-4194304", 16384},
		{"0:Normal:0-16777216", 32768},
		{"0:Normal:0-268435456", 131072},
		{"0:Normal:0-64", 128}, /* never below */
		{"0:DMA:0-3840,0:Normal:4096-65536", 2043},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		mm = world(rows[i].pages, "off");
		ck_assert_int_eq(mm->st->cfg.min_free_kbytes, rows[i].kb);
		mm_destroy(mm);
	}
	mm = world("0:Normal:0-32768", "off");
	then_marks(Z, 362, 452, 542, 632);
	then_reserved(542);
	/* and never above: more than 4 TiB, if only on paper */
	set_managed(mm, 1200000000);
	ck_assert_int_eq(mm_set(mm, "transparent_hugepage", 1, NULL), 0);
	ck_assert_int_eq(mm_set(mm, "transparent_hugepage", 0, NULL), 0);
	ck_assert_int_eq(mm->st->cfg.min_free_kbytes, 262144);
}
END_TEST

/* W48: the low zone has a share in the marks, and a reserve. */
START_TEST(marks_of_a_machine_of_256_mib)
{
	mm = world("0:DMA:0-3840,0:Normal:4096-65536", "off");
	ck_assert_int_eq(mm->st->cfg.min_free_kbytes, 2043);
	then_marks(DMA, 30, 37, 44, 51);
	then_marks(Z, 480, 600, 720, 840);
	then_reserve(DMA, (int64_t[]){0, 0, 240, 240, 240});
	then_reserved(1004);
}
END_TEST

/* W20, W21: batches by the size of the zone, limits by its CPUs */
START_TEST(batches_and_limits_of_per_cpu_lists)
{
	static const struct {
		uint32_t pages, batch;
	} rows[] = {
		{8191, 1},    {8192, 1},    {12288, 3},	  {16384, 3},
		{24576, 7},   {32768, 7},   {65536, 15},  {98304, 31},
		{131072, 31}, {200000, 63}, {262144, 63}, {1048576, 63},
	};

	mm = world("0:Normal:0-32768", "off");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		set_managed(mm, rows[i].pages);
		ck_assert_int_eq(mm_set(mm, "vm.min_free_kbytes", 9408, NULL),
				 0);
		ck_assert_msg(mm->zone[Z].pageset_batch == rows[i].batch,
			      "%u: %u", rows[i].pages,
			      mm->zone[Z].pageset_batch);
	}
}
END_TEST

START_TEST(limits_are_shared_by_the_cpus_of_the_node)
{
	static const char *const cpus[] = {"1", "4"};
	static const uint32_t least[] = {2352, 588}, most[] = {32768, 8192};
	struct mm_config cfg;

	for (int i = 0; i < 2; i++) {
		mm_config_preset(&cfg, "classroom", NULL);
		mm_config_set(&cfg, "zones", "0:Normal:0-262144", NULL);
		mm_config_set(&cfg, "cpus", cpus[i], NULL);
		mm = mm_create(&cfg, NULL);
		/* a low mark of 2352 */
		ck_assert_int_eq(mm_set(mm, "vm.min_free_kbytes", 7528, NULL),
				 0);
		ck_assert_int_eq(mm->zone[Z].wmark[WMARK_LOW], 2352);
		ck_assert_uint_eq(mm->zone[Z].pageset_batch, 63);
		ck_assert_uint_eq(mm->zone[Z].pageset_high_min, least[i]);
		ck_assert_uint_eq(mm->zone[Z].pageset_high_max, most[i]);
		teardown();
	}
}
END_TEST

/* W11, W12: lowered by hand, the floor returns with huge pages. */
START_TEST(the_huge_page_floor_returns)
{
	mm = world("0:Normal:0-262144", "on");
	ck_assert_int_eq(mm->st->cfg.min_free_kbytes, 22528);
	ck_assert_int_eq(mm_set(mm, "vm.min_free_kbytes", 1000, NULL), 0);
	ck_assert_int_eq(mm->st->cfg.min_free_kbytes, 1000);
	ck_assert_int_eq(mm_set(mm, "transparent_hugepage", 0, NULL), 0);
	ck_assert_int_eq(mm->st->cfg.min_free_kbytes, 4089);
	ck_assert_int_eq(mm_set(mm, "transparent_hugepage", 1, NULL), 0);
	ck_assert_int_eq(mm->st->cfg.min_free_kbytes, 22528);
}
END_TEST

START_TEST(lowmem_reserve_follows_its_ratio)
{
	mm = toy();
	ck_assert_int_eq(mm_set(mm, "vm.lowmem_reserve_ratio.DMA", 32, NULL),
			 0);
	then_reserve(DMA, (int64_t[]){0, 384, 896, 1408, 1408});
	ck_assert_int_eq(mm_set(mm, "vm.lowmem_reserve_ratio.DMA", 0, NULL), 0);
	then_reserve(DMA, (int64_t[]){0, 0, 0, 0, 0});
}
END_TEST

START_TEST(settings_out_of_range_change_nothing)
{
	struct mm_error err;
	uint64_t before;

	mm = toy();
	before = mm_hash(mm);
	ck_assert_int_ne(mm_set(mm, "vm.watermark_scale_factor", 0, &err), 0);
	ck_assert_int_ne(mm_set(mm, "vm.watermark_scale_factor", 3001, &err),
			 0);
	ck_assert_int_ne(
		mm_set(mm, "vm.percpu_pagelist_high_fraction", 7, &err), 0);
	ck_assert_int_ne(mm_set(mm, "vm.min_free_kbytes", -1, &err), 0);
	ck_assert_int_ne(
		mm_set(mm, "vm.min_free_kbytes", INT64_C(1) + INT32_MAX, &err),
		0);
	ck_assert_int_ne(mm_set(mm, "vm.nothing", 1, &err), 0);
	ck_assert_uint_eq(mm_hash(mm), before);
}
END_TEST

/* The largest settings make a useless world, but a sound one. */
START_TEST(extreme_settings_leave_the_world_sound)
{
	const int64_t most = INT32_MAX;
	struct mm_config cfg;

	mm_config_preset(&cfg, "embedded", NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_int_eq(mm_set(mm, "vm.min_free_kbytes", most, NULL), 0);
	then_sound(mm);
	ck_assert_int_eq(mm->zone[Z].wmark[WMARK_MIN], (most + 1) / 4 - 1);
	ck_assert_int_eq(pcp_of(mm, Z, 0)->high_min, (1 << 29) - 1);
	mm_destroy(mm);
	/* a share of the pages for a zone that plays no part in dividing */
	mm_config_set(&cfg, "zones", "0:Normal:0-16,0:Movable:16-1048576",
		      NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_int_eq(mm_set(mm, "vm.min_free_kbytes", most, NULL), 0);
	then_sound(mm);
	mm_destroy(mm);
	/* a recorded world that did not say its min_free_kbytes */
	mm = mm_create_bare(&cfg, NULL);
	ck_assert_int_eq(mm_set(mm, "vm.watermark_scale_factor", 20, NULL), 0);
	ck_assert_int_ge(mm->zone[Z].wmark[WMARK_MIN], 0);
	then_sound(mm);
}
END_TEST

/* W14.8, W17, W18: five zones; ten pairs of a zone and one above it */
START_TEST(new_marks_and_reserves_are_traced)
{
	static const struct {
		const char *setting;
		enum mm_event_type type;
		unsigned int n;
	} rows[] = {
		{"vm.min_free_kbytes", EV_mm_setup_per_zone_wmarks, 5},
		{"vm.watermark_scale_factor", EV_mm_setup_per_zone_wmarks, 5},
		{"vm.lowmem_reserve_ratio.DMA32",
		 EV_mm_setup_per_zone_lowmem_reserve, 10},
	};

	mm = given_free(64, 3);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		unsigned int n = 0;
		uint64_t e = 1;

		ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
		ck_assert_int_eq(mm_set(mm, rows[i].setting, 77, NULL), 0);
		for (; mm_event(mm, e)->type == rows[i].type; e++)
			n++;
		ck_assert_msg(n == rows[i].n, "%s: %u", rows[i].setting, n);
		ck_assert_uint_eq(mm_event(mm, e)->type,
				  EV_mm_calculate_totalreserve_pages);
		ck_assert_int_eq(mm_event(mm, e)->arg[0],
				 totalreserve_pages(mm));
	}
}
END_TEST

Suite *check_wmark_setup_suite(void)
{
	Suite *s = suite_create("core/wmark_setup");
	TCase *tc = tcase_create("wmark_setup");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, marks_of_the_toy_machine);
	tcase_add_test(tc, marks_of_a_measured_machine);
	tcase_add_test(tc, huge_pages_that_are_never_used_start_all_the_same);
	tcase_add_test(tc, min_free_kbytes_by_size);
	tcase_add_test(tc, marks_of_a_machine_of_256_mib);
	tcase_add_test(tc, batches_and_limits_of_per_cpu_lists);
	tcase_add_test(tc, limits_are_shared_by_the_cpus_of_the_node);
	tcase_add_test(tc, the_huge_page_floor_returns);
	tcase_add_test(tc, lowmem_reserve_follows_its_ratio);
	tcase_add_test(tc, settings_out_of_range_change_nothing);
	tcase_add_test(tc, extreme_settings_leave_the_world_sound);
	tcase_add_test(tc, new_marks_and_reserves_are_traced);
	suite_add_tcase(s, tc);
	return s;
}
