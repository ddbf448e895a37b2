/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A 32-bit machine: its zones, what asks for them, and what marks they have.
 */
#include "core/layout.h"

#include <errno.h>
#include <stdlib.h>

#include "core/kswapd.h"
#include "core/reclaim.h"
#include "core/vmscan.h"
#include "support/people.h"

Suite *check_layout_suite(void);

#define DMA ((zone_t)ZONE_DMA)
#define NORMAL ((zone_t)ZONE_NORMAL_32)
#define HIGHMEM ((zone_t)ZONE_HIGHMEM_32)

static struct mm *mm;
static struct mm_error err;

static struct mm *world(const char *preset, const char *key, const char *value)
{
	struct mm_config cfg;

	ck_assert_int_eq(mm_config_preset(&cfg, preset, &err), 0);
	if (key)
		ck_assert_msg(mm_config_set(&cfg, key, value, &err) == 0, "%s",
			      err.text);
	return mm_create(&cfg, &err);
}

static void setup(void)
{
	mm = world("highmem", NULL, NULL);
	ck_assert_ptr_nonnull(mm);
}

static void teardown(void)
{
	then_sound(mm);
	mm_destroy(mm);
}

START_TEST(zones_have_other_names_and_slots)
{
	static const char *const names[] = {"DMA", "Normal", "HighMem"};
	struct mm_zone_info zi;

	ck_assert_uint_eq(mm_nr_zones(mm), 3);
	for (unsigned int i = 0; i < 3; i++) {
		mm_zone_info(mm, mm_zone_at(mm, i), &zi);
		ck_assert_str_eq(zi.name, names[i]);
		ck_assert_uint_eq(zi.zidx, i);
	}
	ck_assert_str_eq(mm_zone_name(mm, 3), "Movable");
	ck_assert_uint_eq(zone_normal(mm), NORMAL);
	ck_assert(has_highmem(mm) && zone_above_lowmem(mm, HIGHMEM));
	ck_assert(!zone_above_lowmem(mm, NORMAL));
}
END_TEST

START_TEST(zone_of_each_combination)
{
	static const int zone[16] = {1, 0, 2, -1, 1, -1, -1, -1,
				     1, 0, 3, -1, 1, -1, -1, -1};

	for (gfp_t bits = 0; bits < 16; bits++)
		ck_assert_int_eq(mm_gfp_highest(mm, bits | GFP_KERNEL),
				 zone[bits]);
}
END_TEST

static zone_t zone_of(gfp_t gfp)
{
	const pfn_t pfn = alloc(mm, 0, gfp);

	ck_assert_uint_ne(pfn, NO_PFN);
	return mm_zone_of(mm, pfn);
}

START_TEST(users_get_highmem_the_kernel_does_not)
{
	ck_assert_uint_eq(zone_of(GFP_HIGHUSER_MOVABLE), HIGHMEM);
	ck_assert_uint_eq(zone_of(GFP_KERNEL | GFP_BIT_HIGHMEM), HIGHMEM);
	ck_assert_uint_eq(zone_of(GFP_KERNEL), NORMAL);
	ck_assert_uint_eq(zone_of(GFP_KERNEL | GFP_BIT_DMA), DMA);
}
END_TEST

/* Normal is full: the kernel goes down, never up. */
START_TEST(lowmem_runs_out_next_to_free_highmem)
{
	const gfp_t gfp = GFP_ATOMIC | GFP_BIT_MEMALLOC | GFP_BIT_NOWARN;

	while (alloc(mm, 10, gfp) != NO_PFN)
		;
	while (alloc(mm, 0, gfp) != NO_PFN)
		;
	ck_assert_int_eq(zone_page_state_snapshot(mm, NORMAL, NR_FREE_PAGES),
			 0);
	ck_assert_int_eq(zone_page_state_snapshot(mm, DMA, NR_FREE_PAGES), 0);
	ck_assert_uint_eq(zone_of(GFP_HIGHUSER_MOVABLE), HIGHMEM);
}
END_TEST

/* HighMem is no lowmem: it adds nothing to min, and has a mark by its size. */
START_TEST(marks_are_made_from_lowmem_alone)
{
	const struct zone *z = mm->zone;
	const int64_t low = z[DMA].managed + z[NORMAL].managed;
	const int64_t min = mm->st->cfg.min_free_kbytes / 4;
	int64_t root = 0;

	while ((root + 1) * (root + 1) <= low * 4 * 16)
		root++;
	ck_assert_int_ge(min, root / 4);
	ck_assert_int_le(min, low / 20); /* what huge pages may ask for */
	ck_assert_int_eq(z[NORMAL].wmark[WMARK_MIN],
			 min * z[NORMAL].managed / low);
	ck_assert_int_eq(z[HIGHMEM].wmark[WMARK_MIN], 128);
}
END_TEST

START_TEST(reserves_protect_lowmem)
{
	const struct zone *z = mm->zone;

	ck_assert_int_eq(z[NORMAL].lowmem_reserve[ZONE_HIGHMEM_32],
			 z[HIGHMEM].managed / 32);
	ck_assert_int_eq(z[DMA].lowmem_reserve[ZONE_NORMAL_32],
			 z[NORMAL].managed / 256);
	ck_assert_int_eq(z[DMA].lowmem_reserve[ZONE_HIGHMEM_32],
			 (z[NORMAL].managed + z[HIGHMEM].managed) / 256);
	ck_assert_int_eq(z[HIGHMEM].lowmem_reserve[ZONE_MOVABLE], 0);
}
END_TEST

START_TEST(ratios_go_by_the_names_of_zones)
{
	const char *unit;
	int64_t v;

	ck_assert_int_eq(mm_set(mm, "vm.lowmem_reserve_ratio.Normal", 64, NULL),
			 0);
	ck_assert_uint_eq(mm->st->cfg.lowmem_reserve_ratio[NORMAL], 64);
	ck_assert_int_eq(mm->zone[NORMAL].lowmem_reserve[ZONE_HIGHMEM_32],
			 mm->zone[HIGHMEM].managed / 64);
	ck_assert_int_eq(
		mm_figure(mm, "vm.lowmem_reserve_ratio.HighMem", &v, &unit), 0);
	ck_assert_int_eq(v, 0);
	ck_assert_int_eq(mm_set(mm, "vm.lowmem_reserve_ratio.DMA32", 1, &err),
			 -ENOENT);
	ck_assert_int_eq(
		mm_figure(mm, "vm.lowmem_reserve_ratio.DMA32", &v, &unit),
		-ENOENT);
}
END_TEST

/* No DMA32 to fall back to, so nothing is gained by not mixing types. */
START_TEST(no_request_avoids_mixing)
{
	const struct mm_request want = {.gfp = GFP_KERNEL};
	struct alloc_context ac;

	prepare_alloc(mm, &want, &ac);
	ck_assert_uint_eq(alloc_flags_fastpath(mm, &ac), 0x801);
	mm_set(mm, "vm.defrag_mode", 1, NULL);
	ck_assert_uint_eq(alloc_flags_fastpath(mm, &ac), 0x901);
}
END_TEST

/* R44: high memory does not help those who wait for lowmem. */
START_TEST(throttling_looks_at_lowmem)
{
	mm_put_zone(mm, NORMAL, "wmark_min", 400);
	mm_put_zone(mm, DMA, "wmark_min", 0);
	mm_put_zone(mm, HIGHMEM, "wmark_min", 0);
	mm_put_zone(mm, NORMAL, "NR_FREE_PAGES", 0);
	mm_put_zone(mm, DMA, "NR_FREE_PAGES", 0);
	STORE(mm, mm->zone[NORMAL].lru[LRU_INACTIVE_FILE], 1);
	STORE(mm, mm->zone[HIGHMEM].lru[LRU_INACTIVE_FILE], 1);
	mm_put_zone(mm, HIGHMEM, "NR_FREE_PAGES", 10000);
	ck_assert(!allow_direct_reclaim(mm, 0));
	/* and kswapd is to work on that */
	ck_assert_uint_eq(mm->st->node[0].kswapd_highest, NORMAL);
	mm_destroy(mm);
	setup();
}
END_TEST

START_TEST(zones_keep_their_names_when_the_layout_changes)
{
	struct mm *other = world("classroom", "zone-layout", "highmem");
	struct mm_config cfg;

	ck_assert_ptr_nonnull(other);
	ck_assert_uint_eq(mm_zone_at(other, 1), NORMAL);
	ck_assert_str_eq(mm_zone_name(other, mm_zone_at(other, 1)), "Normal");
	mm_destroy(other);
	mm_config_preset(&cfg, "laptop", NULL);
	ck_assert_int_eq(mm_config_set(&cfg, "zone-layout", "highmem", &err),
			 -EINVAL);
	ck_assert_str_eq(err.text, "zone-layout: highmem has no zone DMA32; "
				   "first choose zone=Normal");
	ck_assert_int_eq(mm_config_set(&cfg, "zone-layout", "x", &err),
			 -EINVAL);
	mm_config_preset(&cfg, "highmem", NULL);
	ck_assert_int_eq(mm_config_set(&cfg, "zones", "0:?:0-64", &err),
			 -EINVAL);
	ck_assert_int_eq(mm_config_set(&cfg, "zones", "0:Device:0-64", &err),
			 -EINVAL);
	cfg.zone[0].zidx = 4;
	ck_assert_ptr_null(mm_create(&cfg, &err));
}
END_TEST

START_TEST(a_saved_world_keeps_its_layout)
{
	unsigned char *bytes;
	size_t size;
	struct mm *copy;

	ck_assert_int_eq(mm_save(mm, &bytes, &size), 0);
	copy = mm_load(bytes, size, &err);
	ck_assert_msg(copy != NULL, "%s", err.text);
	ck_assert_int_eq(mm_compare(mm, copy), 0);
	ck_assert_int_eq(mm_zone_layout(copy), LAYOUT_HIGHMEM);
	mm_destroy(copy);
	free(bytes);
}
END_TEST

Suite *check_layout_suite(void)
{
	Suite *s = suite_create("core/layout");
	TCase *tc = tcase_create("layout");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, zones_have_other_names_and_slots);
	tcase_add_test(tc, zone_of_each_combination);
	tcase_add_test(tc, users_get_highmem_the_kernel_does_not);
	tcase_add_test(tc, lowmem_runs_out_next_to_free_highmem);
	tcase_add_test(tc, marks_are_made_from_lowmem_alone);
	tcase_add_test(tc, reserves_protect_lowmem);
	tcase_add_test(tc, ratios_go_by_the_names_of_zones);
	tcase_add_test(tc, no_request_avoids_mixing);
	tcase_add_test(tc, throttling_looks_at_lowmem);
	tcase_add_test(tc, zones_keep_their_names_when_the_layout_changes);
	tcase_add_test(tc, a_saved_world_keeps_its_layout);
	suite_add_tcase(s, tc);
	return s;
}
