/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The quick ways through the per-CPU lists are ways of the same rules: a
 * world that nobody records and one whose every event is noted stay equal.
 */
#include "support/mix.h"
#include "support/picture.h"

/* Phases of one kind of request, so that the quick ways are taken. */
static const gfp_t masks[] = {
	GFP_KERNEL, GFP_HIGHUSER_MOVABLE, GFP_ATOMIC, GFP_KERNEL | GFP_BIT_COMP,
	GFP_NOWAIT,
};

static struct mix mix;

/* The same operation on both; the answers must agree. */
static void both_alloc(struct mm *a, struct mm *b, const struct mm_request *r)
{
	pfn_t pa, pb;

	if (r->order == 0 && r->caller == 0 && r->nid == -1 && mix.live & 2) {
		pa = mm_alloc_page(a, r->gfp, r->cpu);
		mm_alloc_pages(b, r, &pb);
	} else {
		ck_assert_int_eq(mm_alloc_pages(a, r, &pa),
				 mm_alloc_pages(b, r, &pb));
	}
	ck_assert_uint_eq(pa, pb);
	if (pa == NO_PFN || mix.live == 4096)
		return;
	mix.block[mix.live].pfn = pa;
	mix.block[mix.live++].order = r->order;
}

static void both_free(struct mm *a, struct mm *b, unsigned int cpu)
{
	const unsigned int i = (unsigned int)mix_random(&mix, mix.live);
	const pfn_t pfn = mix.block[i].pfn;
	const unsigned int order = mix.block[i].order;

	ck_assert_int_eq(mm_free_pages(a, pfn, order, cpu, NULL), 0);
	ck_assert_int_eq(mm_free_pages(b, pfn, order, cpu, NULL), 0);
	ck_assert_int_ne(mm_free_pages(a, pfn, order, cpu, NULL), 0);
	ck_assert_int_ne(mm_free_pages(a, pfn, order, cpu + 999, NULL), 0);
	mix.block[i] = mix.block[--mix.live];
}

/* What the quick ways must not outlive. */
static void both_change(struct mm *a, struct mm *b, unsigned int dice)
{
	struct mm *const w[2] = {a, b};
	const pfn_t pfn = (pfn_t)mix_random(&mix, mm_end_pfn(a));
	const enum migratetype tag = mix.live % MIGRATE_PCPTYPES;

	for (int i = 0; i < 2; i++) {
		if (dice == 0)
			mm_drain_all(w[i]);
		if (dice == 1)
			mm_decay_pcp(w[i], 0);
		if (dice == 2)
			mm_set(w[i], "vm.min_free_kbytes", 40, NULL);
		if (dice == 3)
			mm_set(w[i], "vm.percpu_pagelist_high_fraction", 9,
			       NULL);
		if (dice == 4)
			mm_set(w[i], "vm.percpu_pagelist_high_fraction", 0,
			       NULL);
		if (dice == 5)
			mm_set(w[i], "pcp", mix.live & 1, NULL);
		if (dice == 6)
			mm_put_zone(w[i], mm_zone_at(w[i], 0), "flags",
				    mix.live % 8);
		if (dice == 7)
			mm_put_pageblock(w[i], pfn, tag, false, false, NULL);
		if (dice == 8)
			mm_isolate_range(w[i], pfn, pfn + 1, ISOLATE_OTHER,
					 NULL);
		if (dice >= 9)
			mm_unisolate_range(w[i], 0, mm_end_pfn(w[i]), NULL);
	}
}

START_TEST(quick_ways_change_nothing)
{
	struct mm *a = mix_world((unsigned int)_i % 6), *b = mm_clone(a);
	struct mm_request want = {.gfp = GFP_KERNEL, .nid = -1};
	unsigned int share = 50, larger = 20;

	ck_assert_int_eq(mm_record(b, MM_RECORD_EVENTS), 0);
	mix_start(&mix, (uint64_t)_i + 77);
	for (int n = 0; n < 20000; n++) {
		const uint64_t dice = mix_random(&mix, 1000);

		if (dice < 5)
			want.gfp = masks[mix_random(&mix, 5)];
		if (dice < 10)
			share = 15 + (unsigned int)mix_random(&mix, 70);
		if (dice > 10 && dice < 15)
			larger = mix_random(&mix, 2) ? 20 : 0;
		if (dice > 15 && dice < 20)
			want.caller =
				mix_random(&mix, 4) ? 0 : MM_CALLER_OOM_VICTIM;
		if (dice < 4)
			want.cpu = (uint16_t)mix_random(&mix, mm_nr_cpus(a));
		if (dice >= 990)
			both_change(a, b, (unsigned int)(dice - 990));
		want.order = mix_random(&mix, 100) >= larger
				     ? 0
				     : (uint16_t)mix_random(&mix, 5);
		if (mix_random(&mix, 100) < share)
			both_alloc(a, b, &want);
		else if (mix.live)
			both_free(a, b, want.cpu);
		if (n % 97 == 0)
			ck_assert_uint_eq(mm_hash(a), mm_hash(b));
	}
	ck_assert_int_eq(mm_compare(a, b), 0);
	mm_destroy(a);
	mm_destroy(b);
}
END_TEST

/* Nobody's flags are not mistaken for those of the request before. */
START_TEST(flags_of_no_request_are_refused)
{
	struct mm_request want = {.gfp = UINT32_MAX, .nid = -1};
	struct mm *mm = mix_world(0);
	pfn_t pfn;

	ck_assert_int_ne(mm_alloc_pages(mm, &want, &pfn), 0);
	want.order = 2;
	ck_assert_int_ne(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_uint_eq(alloc(mm, 0, GFP_KERNEL), 0);
	want.order = 0;
	ck_assert_int_ne(mm_alloc_pages(mm, &want, &pfn), 0);
	want.owner = 1;
	ck_assert_int_ne(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_uint_eq(mm_alloc_page(mm, UINT32_MAX, 0), NO_PFN);
	ck_assert_uint_eq(mm_alloc_page(mm, UINT32_MAX, UINT32_MAX), NO_PFN);
	mm_destroy(mm);
}
END_TEST

Suite *check_quick_suite(void)
{
	Suite *s = suite_create("core/quick");
	TCase *tc = tcase_create("quick");

	tcase_add_loop_test(tc, quick_ways_change_nothing, 0, 12);
	tcase_add_test(tc, flags_of_no_request_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
