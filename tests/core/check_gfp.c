/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What GFP masks mean and how they print; tables G7, G11, G32, G36.
 */
#include <errno.h>
#include <string.h>

#include "support/picture.h"

START_TEST(zone_of_each_combination)
{
	static const int zone[16] = {2, 0, 2, -1, 1, -1, -1, -1,
				     2, 0, 3, -1, 1, -1, -1, -1};

	for (gfp_t bits = 0; bits < 16; bits++)
		ck_assert_int_eq(mm_gfp_zone(bits | GFP_KERNEL), zone[bits]);
}
END_TEST

START_TEST(type_of_each_combination)
{
	ck_assert_int_eq(mm_gfp_migratetype(0), MIGRATE_UNMOVABLE);
	ck_assert_int_eq(mm_gfp_migratetype(0x8), MIGRATE_MOVABLE);
	ck_assert_int_eq(mm_gfp_migratetype(0x10), MIGRATE_RECLAIMABLE);
	ck_assert_int_eq(mm_gfp_migratetype(0x18), -1);
}
END_TEST

START_TEST(masks_print_as_in_tracepoints)
{
	static const struct {
		gfp_t gfp;
		const char *text;
	} rows[] = {
		{0xdc0, "GFP_KERNEL|__GFP_ZERO"},
		{0x40dc0, "GFP_KERNEL|__GFP_ZERO|__GFP_COMP"},
		{0x100cca, "GFP_HIGHUSER_MOVABLE"},
		{0x140cca, "GFP_HIGHUSER_MOVABLE|__GFP_COMP"},
		{0x100cc0, "GFP_USER"},
		{0x500cc0, "GFP_USER|__GFP_ACCOUNT"},
		{0x400cc0, "GFP_KERNEL_ACCOUNT"},
		{0x2820, "GFP_ATOMIC|__GFP_NOWARN"},
		{0x2800, "GFP_NOWAIT"},
		{0x800, "__GFP_KSWAPD_RECLAIM"},
		{0x400, "__GFP_DIRECT_RECLAIM"},
		{0x8c0, "__GFP_IO|__GFP_FS|__GFP_KSWAPD_RECLAIM"},
		{0x8c40, "GFP_NOFS|__GFP_NOFAIL"},
		{0x92c00,
		 "GFP_NOIO|__GFP_NOWARN|__GFP_NORETRY|__GFP_NOMEMALLOC"},
		{0xcc8, "GFP_KERNEL|__GFP_MOVABLE"},
		{0xcd0, "GFP_KERNEL|__GFP_RECLAIMABLE"},
		{0xcc1, "GFP_KERNEL|GFP_DMA"},
		{0xcc4, "GFP_KERNEL|GFP_DMA32"},
		{0x3d24ca, "GFP_TRANSHUGE|__GFP_NORETRY|__GFP_THISNODE"},
		{0x1c28ca, "GFP_TRANSHUGE_LIGHT|__GFP_KSWAPD_RECLAIM"},
		{0xec0, "GFP_KERNEL|0x200"},
		{0, "none"},
	};
	char text[200], tiny[8];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		mm_gfp_print(rows[i].gfp, text, sizeof text);
		ck_assert_str_eq(text, rows[i].text);
	}
	mm_gfp_print(0x40dc0, tiny, sizeof tiny); /* cut, not overrun */
	ck_assert_uint_eq(strlen(tiny), sizeof tiny - 1);
}
END_TEST

/* G32, without cpusets: the fast and the slow word. */
START_TEST(alloc_flags_of_requests)
{
	static const struct {
		gfp_t gfp;
		uint16_t order;
		uint32_t fast, slow;
	} rows[] = {
		{GFP_KERNEL, 0, 0x901, 0x840},
		{0x100cc0, 4, 0x901, 0x840}, /* GFP_USER */
		{0xc00, 9, 0x901, 0x840},    /* GFP_NOIO */
		{GFP_HIGHUSER_MOVABLE, 0, 0x981, 0x8c0},
		{GFP_ATOMIC, 0, 0x901, 0x830},
		{GFP_ATOMIC, 3, 0xb01, 0xa30},
		{GFP_NOWAIT, 0, 0x901, 0x850},
		{GFP_KERNEL | GFP_BIT_HIGH, 0, 0x901, 0x860},
		{GFP_ATOMIC | GFP_BIT_NOMEMALLOC, 3, 0x901, 0x820},
		{GFP_BIT_HIGH, 2, 0x301, 0x230},
		{0, 0, 0x101, 0x50},
		{0x1c24ca, 9, 0x181, 0xc0},
		{0x1c20ca, 9, 0x181, 0xc0},
	};
	struct mm *mm = given_free(64, 3);
	struct alloc_context ac;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct mm_request want = {.gfp = rows[i].gfp,
						.order = rows[i].order};

		prepare_alloc(mm, &want, &ac);
		ck_assert_uint_eq(alloc_flags_fastpath(mm, &ac), rows[i].fast);
		ck_assert_uint_eq(alloc_flags_slowpath(mm, &ac), rows[i].slow);
	}
	mm_destroy(mm);
}
END_TEST

/* G27: only who begins in zone Normal minds mixing. */
START_TEST(alloc_flags_go_by_the_first_zone)
{
	struct mm_request want = {.gfp = GFP_HIGHUSER_MOVABLE, .nid = 0};
	struct mm_alloc_words w;
	struct mm_config cfg;
	struct mm *mm;

	mm_config_preset(&cfg, "classroom", NULL);
	mm_config_set(&cfg, "zones", "0:Normal:0-4096,0:Movable:4096-8192",
		      NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_int_eq(mm_alloc_flags(mm, &want, &w), 0);
	ck_assert_uint_eq(w.fast, 0x881);
	ck_assert_uint_eq(w.slow, 0x8c0);
	want.gfp = GFP_KERNEL;
	ck_assert_int_eq(mm_alloc_flags(mm, &want, &w), 0);
	ck_assert_uint_eq(w.fast, 0x901);
	mm_destroy(mm);
	/* with several nodes, only who has a zone DMA32 next to it */
	mm_config_set(&cfg, "zones", "0:Normal:0-4096,1:Normal:4096-8192",
		      NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_int_eq(mm_alloc_flags(mm, &want, &w), 0);
	ck_assert_uint_eq(w.fast, 0x801);
	mm_destroy(mm);
	mm_config_set(&cfg, "zones",
		      "0:DMA32:0-2048,0:Normal:2048-4096,1:Normal:4096-8192",
		      NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_int_eq(mm_alloc_flags(mm, &want, &w), 0);
	ck_assert_uint_eq(w.fast, 0x901);
	want.nid = 1;
	ck_assert_int_eq(mm_alloc_flags(mm, &want, &w), 0);
	ck_assert_uint_eq(w.fast, 0x801);
	mm_destroy(mm);
}
END_TEST

/* G30: rights replace the word, but for who may be woken and CMA. */
START_TEST(rights_replace_the_alloc_flags)
{
	static const struct {
		gfp_t gfp;
		uint16_t caller;
		uint32_t rights;
	} rows[] = {
		{GFP_KERNEL, MM_CALLER_OOM_VICTIM, 0x808},
		{GFP_ATOMIC, MM_CALLER_OOM_VICTIM, 0x808},
		{GFP_KERNEL, MM_CALLER_MEMALLOC, 0x804},
		{GFP_HIGHUSER_MOVABLE, MM_CALLER_MEMALLOC, 0x884},
		{GFP_KERNEL | GFP_BIT_MEMALLOC, 0, 0x804},
		{GFP_KERNEL | GFP_BIT_NOMEMALLOC, MM_CALLER_OOM_VICTIM, 0},
		{GFP_KERNEL, 0, 0},
	};
	struct mm *mm = given_free(64, 3);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct mm_request want = {
			.gfp = rows[i].gfp, .nid = 0, .caller = rows[i].caller};
		struct mm_alloc_words w;

		ck_assert_int_eq(mm_alloc_flags(mm, &want, &w), 0);
		ck_assert_uint_eq(w.rights, rows[i].rights);
	}
	mm_destroy(mm);
}
END_TEST

START_TEST(reserve_rights)
{
	struct alloc_context ac = {.gfp = GFP_KERNEL};

	ck_assert_uint_eq(gfp_pfmemalloc_flags(&ac), 0);
	ac.caller = MM_CALLER_OOM_VICTIM;
	ck_assert_uint_eq(gfp_pfmemalloc_flags(&ac), ALLOC_OOM);
	ac.caller = MM_CALLER_MEMALLOC | MM_CALLER_OOM_VICTIM;
	ck_assert_uint_eq(gfp_pfmemalloc_flags(&ac), ALLOC_NO_WATERMARKS);
	ac.caller = 0;
	ac.gfp |= GFP_BIT_MEMALLOC;
	ck_assert_uint_eq(gfp_pfmemalloc_flags(&ac), ALLOC_NO_WATERMARKS);
	ac.gfp |= GFP_BIT_NOMEMALLOC;
	ck_assert_uint_eq(gfp_pfmemalloc_flags(&ac), 0);
}
END_TEST

/* G8: a kernel without debugging finds a 0 in the table, which is DMA. */
START_TEST(without_debugging_two_zones_are_read_as_dma)
{
	struct mm_request want = {
		.gfp = GFP_KERNEL | GFP_BIT_DMA | GFP_BIT_DMA32, .nid = -1};
	struct mm_config cfg;
	struct mm *laptop;
	pfn_t pfn;

	mm_config_preset(&cfg, "laptop", NULL);
	laptop = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm_request_error(laptop, &want));
	ck_assert_int_eq(mm_alloc_pages(laptop, &want, &pfn), -EINVAL);
	ck_assert_int_eq(mm_set(laptop, "debug_vm", 0, NULL), 0);
	ck_assert_int_eq(mm_gfp_highest(laptop, want.gfp), ZONE_DMA);
	ck_assert_int_eq(mm_alloc_pages(laptop, &want, &pfn), 0);
	ck_assert_int_eq(zone_idx(mm_zone_of(laptop, pfn)), ZONE_DMA);
	/* a type that there is not stays one */
	want.gfp = GFP_KERNEL | GFP_BIT_MOVABLE | GFP_BIT_RECLAIMABLE;
	ck_assert_ptr_nonnull(mm_request_error(laptop, &want));
	mm_destroy(laptop);
}
END_TEST

START_TEST(senseless_requests_are_refused)
{
	struct mm *mm = given_free(64, 3);
	struct mm_request want = {.gfp = GFP_KERNEL, .nid = -1};
	const uint64_t before = mm_hash(mm);
	pfn_t pfn;

	ck_assert_ptr_null(mm_request_error(mm, &want));
	want.gfp = 0x18;
	ck_assert_ptr_nonnull(mm_request_error(mm, &want));
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), -EINVAL);
	want.gfp = 0x3;
	ck_assert_ptr_nonnull(mm_request_error(mm, &want));
	want.gfp = 0x1000000;
	ck_assert_ptr_nonnull(mm_request_error(mm, &want));
	want.gfp = GFP_KERNEL;
	want.nid = 3;
	ck_assert_ptr_nonnull(mm_request_error(mm, &want));
	want.nid = 0;
	want.cpu = 9;
	ck_assert_ptr_nonnull(mm_request_error(mm, &want));
	want.cpu = 0;
	want.order = 12; /* not senseless: the kernel fails it at once */
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), -ENOMEM);
	ck_assert_uint_eq(mm_hash(mm), before);
	mm_destroy(mm);
}
END_TEST

Suite *check_gfp_suite(void)
{
	Suite *s = suite_create("core/gfp");
	TCase *tc = tcase_create("gfp");

	tcase_add_test(tc, zone_of_each_combination);
	tcase_add_test(tc, type_of_each_combination);
	tcase_add_test(tc, masks_print_as_in_tracepoints);
	tcase_add_test(tc, alloc_flags_of_requests);
	tcase_add_test(tc, alloc_flags_go_by_the_first_zone);
	tcase_add_test(tc, rights_replace_the_alloc_flags);
	tcase_add_test(tc, reserve_rights);
	tcase_add_test(tc, senseless_requests_are_refused);
	tcase_add_test(tc, without_debugging_two_zones_are_read_as_dma);
	suite_add_tcase(s, tc);
	return s;
}
