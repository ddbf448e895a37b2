/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Presets are sound worlds; impossible worlds are refused in one line.
 */
#include <errno.h>
#include <string.h>

#include "support/picture.h"

START_TEST(presets_boot_sound)
{
	struct mm_config cfg;
	struct mm_error err = {""};

	for (unsigned int i = 0; mm_preset_name(i); i++) {
		struct mm *mm;

		ck_assert_int_eq(
			mm_config_preset(&cfg, mm_preset_name(i), &err), 0);
		ck_assert_str_eq(cfg.name, mm_preset_name(i));
		mm = mm_create(&cfg, &err);
		ck_assert_msg(mm != NULL, "%s", err.text);
		then_sound(mm);
		ck_assert_uint_gt(strlen(mm_preset_help(i)), 0);
		mm_destroy(mm);
	}
	ck_assert_int_ne(mm_config_preset(&cfg, "huge", &err), 0);
}
END_TEST

START_TEST(equal_configurations_are_equal_worlds)
{
	struct mm_config cfg;
	struct mm *a, *b;

	mm_config_preset(&cfg, "tiny", NULL);
	a = mm_create(&cfg, NULL);
	b = mm_create(&cfg, NULL);
	ck_assert_int_eq(mm_compare(a, b), 0);
	mm_destroy(b);
	ck_assert_int_eq(mm_config_set(&cfg, "seed", "2", NULL), 0);
	b = mm_create(&cfg, NULL);
	ck_assert_int_ne(mm_compare(a, b), 0);
	ck_assert_uint_ne(mm_hash(a), mm_hash(b));
	mm_destroy(a);
	mm_destroy(b);
}
END_TEST

/* Each pair is refused, either when set or when built; nothing changes. */
START_TEST(impossible_worlds_are_refused)
{
	static const char *const bad[][2] = {
		{"pages", "0"},
		{"pages", "-5"},
		{"pages", "99999999999999999999"},
		{"pages", "12x"},
		{"zone", "HighMem"},
		{"zones", "0:Normal:9-3"},
		{"zones", "0:Normal"},
		{"zones", "9:Normal:0-64"},
		{"zones", "0:Normal:0-64,0:Normal:64-128"},
		{"zones", "0:Normal:0-64,0:DMA:32-128"},
		{"memory", "5-4"},
		{"memory", "0-9,4-12"},
		{"cma", "3-19"},
		{"cma", "512-528"},
		{"distance", "0:1"},
		{"distance", "0:1:5"},
		{"distance", "0:1:20,0:1"},
		{"distance", "0:0:20"},
		{"distance", "0:1:256"},
		{"distance", "0:1:+20"},
		{"cpu-node", "7"},
		{"cpu-node", "1,1,9"},
		{"memory", "0-512"},
		{"reserved", "0-1000000"},
		{"cpus", "0"},
		{"cpus", "65"},
		{"pageblock-order", "0"},
		{"pageblock-order", "15"},
		{"max-order", "3"},
		{"max-order", "16"},
		{"pmd-order", "5"},
		{"page-shift", "11"},
		{"era", "linux-2.4"},
		{"min_free_kbytes", "lots"},
		{"watermark_scale_factor", "0"},
		{"percpu_pagelist_high_fraction", "3"},
		{"lowmem_reserve_ratio", "1,2,3,4,5,6"},
		{"seed", "18446744073709551616"},
		{"colour", "red"},
	};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct mm_error err = {""};
		struct mm_config cfg, before;
		struct mm *mm = NULL;

		mm_config_preset(&cfg, "tiny", NULL);
		before = cfg;
		if (mm_config_set(&cfg, bad[i][0], bad[i][1], &err) == 0)
			mm = mm_create(&cfg, &err);
		else
			ck_assert_mem_eq(&cfg, &before, sizeof cfg);
		ck_assert_msg(mm == NULL, "%s=%s", bad[i][0], bad[i][1]);
		ck_assert_uint_gt(strlen(err.text), 0);
		ck_assert_ptr_null(strchr(err.text, '\n'));
	}
}
END_TEST

START_TEST(a_world_needs_memory)
{
	struct mm_error err = {""};
	struct mm_config cfg;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", "0:Normal:64-256", NULL);
	mm_config_set(&cfg, "memory", "0-64", NULL);
	ck_assert_ptr_null(mm_create(&cfg, &err));
	ck_assert_str_eq(err.text, "memory: none of it lies in a zone");
}
END_TEST

START_TEST(orders_move_along_with_the_pageblock_order)
{
	struct mm_config cfg;

	mm_config_preset(&cfg, "tiny", NULL);
	ck_assert_uint_eq(cfg.pageblock_order, 4);
	ck_assert_int_eq(mm_config_set(&cfg, "pageblock-order", "3", NULL), 0);
	ck_assert_uint_eq(cfg.max_page_order, 4);
	ck_assert_uint_eq(cfg.pmd_order, 3);
}
END_TEST

START_TEST(a_size_replaces_the_layout)
{
	struct mm_error err = {""};
	struct mm_config cfg;
	struct mm *mm;

	mm_config_preset(&cfg, "embedded", NULL);
	ck_assert_int_eq(mm_config_set(&cfg, "zone", "DMA32", NULL), 0);
	mm_config_set(&cfg, "reserved", "0-2048", NULL);
	mm_config_set(&cfg, "cma", "8192-16384", NULL);
	ck_assert_int_eq(mm_config_set(&cfg, "pages", "4096", NULL), 0);
	ck_assert_uint_eq(cfg.nr_zones, 1);
	ck_assert_uint_eq(cfg.zone[0].zidx, ZONE_DMA32);
	ck_assert_uint_eq(cfg.nr_reserved + cfg.nr_cma + cfg.nr_memory, 0);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	mm_destroy(mm);
}
END_TEST

START_TEST(sizes_may_have_units)
{
	struct mm_config cfg;

	mm_config_preset(&cfg, "classroom", NULL);
	ck_assert_int_eq(mm_config_set(&cfg, "pages", "64M", NULL), 0);
	ck_assert_uint_eq(cfg.zone[0].end, 16384);
	ck_assert_int_eq(mm_config_set(&cfg, "pages", "1T", NULL), 0);
	ck_assert_uint_eq(cfg.zone[0].end, 1u << 28);
	ck_assert_int_eq(mm_config_set(&cfg, "pages", "0x40", NULL), 0);
	ck_assert_uint_eq(cfg.zone[0].end, 64);
}
END_TEST

/* A terabyte: only pageblocks are written, so it is made in no time. */
START_TEST(a_terabyte_boots_untouched)
{
	struct mm_config cfg;
	struct mm *mm;

	mm_config_preset(&cfg, "classroom", NULL);
	mm_config_set(&cfg, "pages", "1T", NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	ck_assert_uint_eq(mm_nr_free_order(mm, Z, 10), 1u << 18);
	for (uint32_t i = 0; i < mm->st->nr_pageblocks; i++)
		ck_assert(!(mm->pb[i].bits & PAGEBLOCK_TOUCHED));
	then_sound(mm);
	mm_destroy(mm);
}
END_TEST

/* Each setting takes its ends and nothing beyond; the world stays sound. */
START_TEST(settings_take_what_lies_in_their_range)
{
	const struct mm_setting *s;
	struct mm_config cfg;

	mm_config_preset(&cfg, "laptop", NULL);
	mm_config_set(&cfg, "zones", "0:DMA:1-4096,0:Normal:4096-16384", NULL);
	for (unsigned int i = 0; (s = mm_setting(i)); i++) {
		struct mm *mm = mm_create(&cfg, NULL);
		const uint64_t before = mm_hash(mm);
		struct mm_error err = {""};

		ck_assert_int_ne(mm_set(mm, s->name, s->min - 1, &err), 0);
		ck_assert_uint_gt(strlen(err.text), 0);
		ck_assert_int_ne(mm_set(mm, s->name, s->max + 1, &err), 0);
		ck_assert_int_ne(mm_set(mm, s->name, INT64_MIN, &err), 0);
		ck_assert_int_ne(mm_set(mm, s->name, INT64_MAX, &err), 0);
		ck_assert_msg(mm_hash(mm) == before, "%s", s->name);
		/* a ratio of a zone that this world does not have */
		if (strstr(s->name, ".HighMem")) {
			ck_assert_int_eq(mm_set(mm, s->name, 1, &err), -ENOENT);
			mm_destroy(mm);
			continue;
		}
		ck_assert_msg(mm_set(mm, s->name, s->min, &err) == 0, "%s",
			      err.text);
		then_sound(mm);
		ck_assert_msg(mm_set(mm, s->name, s->max, &err) == 0, "%s",
			      err.text);
		then_sound(mm);
		mm_destroy(mm);
	}
}
END_TEST

START_TEST(every_key_has_help)
{
	for (unsigned int i = 0; mm_config_key(i); i++)
		ck_assert_uint_gt(strlen(mm_config_key_help(i)), 0);
	for (unsigned int i = 0; mm_setting(i); i++)
		ck_assert_uint_gt(strlen(mm_setting(i)->help), 0);
}
END_TEST

Suite *check_config_suite(void)
{
	Suite *s = suite_create("core/config");
	TCase *tc = tcase_create("config");

	tcase_add_test(tc, presets_boot_sound);
	tcase_add_test(tc, equal_configurations_are_equal_worlds);
	tcase_add_test(tc, impossible_worlds_are_refused);
	tcase_add_test(tc, a_world_needs_memory);
	tcase_add_test(tc, orders_move_along_with_the_pageblock_order);
	tcase_add_test(tc, a_size_replaces_the_layout);
	tcase_add_test(tc, sizes_may_have_units);
	tcase_add_test(tc, a_terabyte_boots_untouched);
	tcase_add_test(tc, settings_take_what_lies_in_their_range);
	tcase_add_test(tc, every_key_has_help);
	suite_add_tcase(s, tc);
	return s;
}
