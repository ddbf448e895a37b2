/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_compact_reasons.c - every way in which compaction ends
 *
 * Each result, each line of the finish test, each reason for passing over a
 * block or a page.
 */
#include "reasons.h"

#include "core/compact_control.h"
#include "core/lru_batch.h"
#include "core/task.h"

Suite *check_compact_reasons_suite(void);

static struct wanted wanted[] = {
/* results */
#define SUITABLE(r)                                                            \
	{                                                                      \
		EV_mm_compaction_suitable, 2, r, 0, ANY, 0                     \
	}
#define FINISHED(r, why)                                                       \
	{                                                                      \
		EV_mm_compaction_finished, 2, r, 3, why, 0                     \
	}
#define STOPPED(r, why)                                                        \
	{                                                                      \
		EV_compact_stopped, 2, r, 3, why, 0                            \
	}
#define ENDED(r)                                                               \
	{                                                                      \
		EV_mm_compaction_end, 5, r, 0, ANY, 0                          \
	}
	SUITABLE(COMPACT_CONTINUE),
	SUITABLE(COMPACT_SKIPPED),
	SUITABLE(COMPACT_NOT_SUITABLE_ZONE),
	{EV_mm_compaction_deferred, 0, ANY, 0, ANY, 0},
	{EV_mm_compaction_defer_compaction, 0, ANY, 0, ANY, 0},
	{EV_mm_compaction_defer_reset, 0, ANY, 0, ANY, 0},
	FINISHED(COMPACT_COMPLETE, REASON_SCANNERS_MET),
	FINISHED(COMPACT_PARTIAL_SKIPPED, REASON_SCANNERS_MET),
	FINISHED(COMPACT_COMPLETE, REASON_SCANNERS_UNPLACED),
	FINISHED(COMPACT_CONTINUE, REASON_FINISH_WHOLE),
	FINISHED(COMPACT_CONTINUE, REASON_FINISH_INSIDE),
	FINISHED(COMPACT_SUCCESS, REASON_FINISH_BLOCK),
	FINISHED(COMPACT_SUCCESS, REASON_FINISH_FALLBACK),
	FINISHED(COMPACT_NO_SUITABLE_PAGE, REASON_FINISH_NO_BLOCK),
	FINISHED(COMPACT_CONTENDED, REASON_FINISH_KILLED),
	FINISHED(COMPACT_SUCCESS, REASON_FINISH_PAGEBLOCKS),
	FINISHED(COMPACT_CONTINUE, REASON_FINISH_PAGEBLOCKS),
	FINISHED(COMPACT_SUCCESS, REASON_FINISH_SCORE),
	FINISHED(COMPACT_CONTINUE, REASON_FINISH_SCORE_HIGH),
	FINISHED(COMPACT_PARTIAL_SKIPPED, REASON_FINISH_KSWAPD),
	STOPPED(COMPACT_SUCCESS, REASON_STOP_NOT_NEEDED),
	STOPPED(COMPACT_SKIPPED, REASON_STOP_UNSUITABLE),
	STOPPED(COMPACT_SKIPPED, REASON_STOP_NO_CMA),
	STOPPED(COMPACT_CONTENDED, REASON_STOP_NO_TARGET),
	STOPPED(COMPACT_CONTENDED, REASON_STOP_ISOLATED),
	STOPPED(COMPACT_CONTENDED, REASON_FINISH_KILLED),
	STOPPED(COMPACT_SUCCESS, REASON_STOP_CAPTURED),
	ENDED(COMPACT_COMPLETE),
	ENDED(COMPACT_PARTIAL_SKIPPED),
	ENDED(COMPACT_CONTENDED),
	ENDED(COMPACT_SUCCESS),
/* blocks, of both scanners */
#define BLOCK(why, free)                                                       \
	{                                                                      \
		EV_compact_block_skipped, 1, why, 2, free, 0                   \
	}
	BLOCK(REASON_BLOCK_SKIP_BIT, 0),
	BLOCK(REASON_BLOCK_TYPE, 0),
	BLOCK(REASON_BLOCK_HUGE_PAGE, 0),
	BLOCK(REASON_BLOCK_HOLE, 0),
	BLOCK(REASON_BLOCK_SKIP_BIT, 1),
	BLOCK(REASON_BLOCK_TYPE, 1),
	BLOCK(REASON_BLOCK_FREE, 1),
	BLOCK(REASON_BLOCK_HOLE, 1),
/* pages */
#define PAGE(why)                                                              \
	{                                                                      \
		EV_compact_refused, 2, why, 0, ANY, 0                          \
	}
	PAGE(REASON_PAGE_NOT_LRU),
	PAGE(REASON_PAGE_TOO_LARGE),
	PAGE(REASON_PAGE_PINNED),
	PAGE(REASON_PAGE_NOFS),
	PAGE(REASON_PAGE_UNEVICTABLE),
	PAGE(REASON_PAGE_WRITEBACK),
	PAGE(REASON_PAGE_LOCKED),
	PAGE(REASON_PAGE_NO_TARGET),
	PAGE(REASON_PAGE_GIVEN_UP),
	PAGE(REASON_PAGE_FIXED),
	PAGE(REASON_FREE_AT_WATERMARK),
	{EV_compact_split, 0, ANY, 0, ANY, 0},
	{EV_compact_target_back, 0, ANY, 0, ANY, 0},
/* positions */
#define POSITIONS(why)                                                         \
	{                                                                      \
		EV_compact_positions, 3, why, 0, ANY, 0                        \
	}
	POSITIONS(REASON_SCANNERS_MET),
	POSITIONS(REASON_SKIP_RESET),
};

#define WANTED (sizeof wanted / sizeof wanted[0])

static void told(void)
{
	tally(wanted, WANTED);
}

/* 19.3: eight pages at the bottom, single free frames at the top. */
static void given_19_3(void)
{
	given_zone();
	put_m(1025, 1040, 2);
	put_free_down(0, 3068, 2560, 4);
	put_free_down(0, 1038, 1024, 2);
}

/* A task compacts for an order, or all of the zone. */
static void compact(int order, enum migrate_mode mode)
{
	ck_assert_int_eq(mm_compact(mm, Z, order, mode, NULL, NULL), 0);
}

/* Direct compaction as the slow path does it. */
static void direct(unsigned int order, gfp_t gfp, enum compact_priority prio)
{
	const struct mm_request want = {
		.gfp = gfp, .order = (uint16_t)order, .nid = -1};
	struct alloc_context ac;
	pfn_t pfn;

	prepare_alloc(mm, &want, &ac);
	direct_compact_begin(
		mm, CALLER_TASK, &ac, order,
		WMARK_MIN | (ac.mt == MIGRATE_MOVABLE ? ALLOC_CMA : 0), prio);
	while (direct_compact_step(mm, CALLER_TASK, &ac) != QUANTUM_DONE)
		;
	pfn = NO_PFN;
	direct_compact_end(mm, CALLER_TASK, &pfn);
	if (pfn != NO_PFN)
		put(pfn, order, 0);
}

/* ---- results, and why it is over ---- */

static void by_hand(void)
{
	given_19_3();
	rest_is_u();
	compact(-1, MIGRATE_SYNC);
	told();
	given_19_3(); /* a first run counts as partial: 5.5 */
	rest_is_u();
	direct(3, GFP_HIGHUSER_MOVABLE, COMPACT_PRIO_SYNC_LIGHT);
	told();
	given_19_3(); /* captured, and what is met on the way */
	rest_is_u();
	direct(2, GFP_HIGHUSER_MOVABLE, COMPACT_PRIO_ASYNC);
	told();
}

static void ends_of_a_block(void)
{
	given_19_3(); /* a block for the request, at the end of a pageblock */
	rest_is_u();
	compact(3, MIGRATE_SYNC_LIGHT);
	told();
	given_19_3();
	rest_is_u();
	ck_assert_int_eq(mm_kcompactd(mm, 0, 3, MAX_NR_ZONES - 1, NULL), 0);
	mm_settle(mm); /* Unmovable: of another type */
	told();
}

static void not_worth_it(void)
{
	given_zone();
	put_free(0, 1024);
	rest_is_u();
	set_marks(mm, 100, 125, 150);
	compact(3, MIGRATE_SYNC_LIGHT); /* too few pages */
	told();
	given_zone(); /* four blocks of order 8: memory is what is missing */
	for (pfn_t p = 1024; p < 3072; p += 512)
		put_free(8, p);
	rest_is_u();
	compact(9, MIGRATE_SYNC_LIGHT);
	told();
	given_zone();
	put_free(3, 1024);
	rest_is_u();
	direct(3, GFP_HIGHUSER_MOVABLE, COMPACT_PRIO_ASYNC);
	told();
	given_tiny("cma", "0-224"); /* what is free is CMA's */
	while (alloc(mm, 0, GFP_KERNEL | GFP_BIT_NORETRY) != NO_PFN)
		;
	direct(5, GFP_KERNEL, COMPACT_PRIO_ASYNC);
	told();
}

static void deferral(void)
{
	given_zone();
	put_m(1025, 1040, 2);
	put_free_down(0, 1038, 1024, 2);
	put_free_down(0, 3060, 2564, 8);
	rest_is_u();
	for (int n = 0; n < 4; n++) {
		direct(5, GFP_HIGHUSER_MOVABLE, COMPACT_PRIO_SYNC_LIGHT);
		then_sound(mm);
	}
	told();
}

/* vm.defrag_mode: the daemon goes on until a whole pageblock is free. */
static void whole_pageblocks_count(void)
{
	given_zone();
	put_m(1025, 1536, 2);
	put_free_down(0, 1534, 1024, 2);
	put_free(0, 2561);
	for (unsigned int o = 1; o <= 8; o++)
		put_free(o, 2560 + (1u << o));
	rest_is_u();
	ck_assert_int_eq(mm_set(mm, "vm.defrag_mode", 1, NULL), 0);
	set_marks(mm, 0, 0, 0);
	ck_assert_int_eq(mm_kcompactd(mm, 0, 9, MAX_NR_ZONES - 1, NULL), 0);
	mm_settle(mm);
	told();
}

/* Both scanners begin at 0: nothing is moved, and the next run does. */
static void a_zone_from_frame_0(void)
{
	struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE, .attr = PAGE_LRU, .nid = -1};
	pfn_t pfn;

	given_tiny(NULL, NULL);
	for (int n = 0; n < 240; n++)
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	lru_add_drain_all(mm);
	for (pfn_t p = 0; p < 240; p += 2)
		mm_free_pages(mm, p, 0, 0, NULL);
	compact(5, MIGRATE_SYNC_LIGHT);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 0);
	compact(5, MIGRATE_SYNC_LIGHT);
	ck_assert_uint_gt(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 0);
	told();
}

static void by_score(void)
{
	struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE, .attr = PAGE_LRU, .nid = -1};
	pfn_t pfn;

	for (int kswapd = 0; kswapd < 2; kswapd++) {
		given_tiny(NULL, NULL);
		for (int n = 0; n < 240; n++)
			ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
		lru_add_drain_all(mm);
		for (pfn_t p = 0; p < 240; p += 2)
			mm_free_pages(mm, p, 0, 0, NULL);
		mm_set(mm, "vm.compaction_proactiveness", 60, NULL);
		ck_assert_int_eq(mm_kcompactd(mm, 0, -1, 0, NULL), 0);
		if (kswapd)
			STORE(mm, mm->st->node[0].kswapd_asleep, 0);
		mm_settle(mm);
		if (kswapd)
			STORE(mm, mm->st->node[0].kswapd_asleep, 1);
		told();
	}
}

static void too_many_isolated(void)
{
	given_19_3();
	rest_is_u();
	STORE(mm, mm->st->node[0].stat[NR_ISOLATED_ANON], 1000);
	compact(3, MIGRATE_ASYNC);
	STORE(mm, mm->st->node[0].stat[NR_ISOLATED_ANON], 0);
	told();
}

/* A fatal signal: before a block is begun, and within one. */
static void killed(void)
{
	for (unsigned int quanta = 2; quanta < 9; quanta += 2) {
		enum mm_quantum q;

		given_19_3();
		rest_is_u();
		a_user();
		ck_assert_int_eq(mm_task_compact(mm, task, Z, 3,
						 MIGRATE_SYNC_LIGHT, NULL),
				 0);
		for (unsigned int n = 0; n < quanta; n++)
			ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
		kill();
		while (mm_run(mm, task, &q, NULL) == 0 && q == QUANTUM_AGAIN)
			then_sound(mm);
		told();
	}
}

/* ---- blocks ---- */

static void blocks_passed_over(void)
{
	given_19_3(); /* skip bits, of both scanners */
	rest_is_u();
	set_pageblock_skip(mm, 1024);
	set_pageblock_skip(mm, 2560);
	set_pageblock_skip(mm, 1536);
	compact(2, MIGRATE_ASYNC);
	told();
	given_19_3(); /* types: no source for the request, no target */
	mm_put_pageblock(mm, 1536, MIGRATE_UNMOVABLE, false, false, NULL);
	rest_is_u();
	compact(5, MIGRATE_ASYNC);
	told();
	given_zone();
	mm_put_pageblock(mm, 2560, MIGRATE_UNMOVABLE, false, false, NULL);
	put_m(1025, 1040, 2);
	put_free_down(0, 1038, 1024, 2);
	put_free_down(0, 2556, 2048, 4);
	rest_is_u();
	compact(-1, MIGRATE_SYNC);
	told();
	given_zone(); /* one page covers it; the top is all free */
	put(1024, 9, MOVABLE | PAGE_COMPOUND);
	put_m(1537, 1552, 2);
	put_free_down(0, 1550, 1536, 2);
	put_free(9, 2560);
	rest_is_u();
	compact(-1, MIGRATE_SYNC);
	told();
}

/* Memory that has gone offline leaves a hole in its zone. */
static void holes(void)
{
	const struct mm_request want = {.gfp = GFP_NOWAIT | GFP_BIT_MOVABLE,
					.attr = PAGE_LRU,
					.nid = -1};
	pfn_t pfn, from;

	for (int source = 0; source < 2; source++) {
		given_tiny(NULL, NULL);
		set_marks(mm, 0, 0, 0);
		while (mm_alloc_pages(mm, &want, &pfn) == 0)
			;
		lru_add_drain_all(mm);
		for (pfn = 64; pfn < 128; pfn++)
			mm_free_pages(mm, pfn, 0, 0, NULL);
		ck_assert_int_eq(mm_memory_offline(mm, 1, 1, NULL), 0);
		from = source ? 128 : 0;
		for (pfn = from; pfn < from + 32; pfn += 2)
			mm_free_pages(mm, pfn, 0, 0, NULL);
		if (source)
			mm_range_pages(mm, 0, 64, PAGE_OP_UNMOVABLE, NULL);
		compact(-1, MIGRATE_SYNC);
		told();
	}
}

/* ---- pages ---- */

static void put_one(pfn_t pfn, uint16_t attr)
{
	struct mm_error err = {""};

	ck_assert_msg(mm_put_used(mm, pfn, 0, 0, attr, &err) == 0, "%s",
		      err.text);
}

/* One page in a block, with these attributes; what is made of it? */
static void one_page(uint16_t attr, enum migrate_mode mode, gfp_t gfp)
{
	given_zone();
	put_one(1032, attr);
	put_free(0, 1024);
	put_free_down(0, 3068, 2560, 4);
	rest_is_u();
	if (gfp == GFP_KERNEL)
		compact(-1, mode);
	else
		direct(3, gfp, COMPACT_PRIO_SYNC_LIGHT);
}

static void pages_that_stay(void)
{
	const gfp_t nofs = GFP_HIGHUSER_MOVABLE & ~GFP_BIT_FS;

	one_page(MOVABLE | PAGE_PINNED, MIGRATE_SYNC, GFP_KERNEL);
	told();
	one_page(PAGE_LRU | PAGE_PINNED, MIGRATE_SYNC, GFP_KERNEL);
	told(); /* held, but of a file: found out when it is to move */
	one_page(PAGE_LRU, MIGRATE_SYNC_LIGHT, nofs);
	told();
	one_page(PAGE_LRU | PAGE_WRITEBACK, MIGRATE_SYNC_LIGHT, GFP_KERNEL);
	told();
	one_page(PAGE_LRU | PAGE_DIRTY | PAGE_LOCKED, MIGRATE_SYNC_LIGHT,
		 GFP_KERNEL);
	told();
	one_page(PAGE_LRU | PAGE_LOCKED, MIGRATE_SYNC, GFP_KERNEL);
	told(); /* locked: found out when it is to move */
	given_zone();
	ck_assert_int_eq(mm_set(mm, "vm.compact_unevictable_allowed", 0, NULL),
			 0);
	put_one(1032, MOVABLE | PAGE_UNEVICTABLE);
	put_free_down(0, 3068, 2560, 4);
	rest_is_u();
	compact(-1, MIGRATE_SYNC);
	told();
}

static void large_pages(void)
{
	given_zone(); /* as large as what is wanted */
	put(1024, 3, MOVABLE | PAGE_COMPOUND);
	put_free_down(0, 3068, 2560, 4);
	rest_is_u();
	compact(3, MIGRATE_SYNC_LIGHT);
	told();
	given_zone(); /* no free block is large enough: in pieces */
	put(1028, 2, MOVABLE | PAGE_COMPOUND);
	put_free_down(0, 3068, 2564, 4);
	rest_is_u();
	compact(-1, MIGRATE_SYNC);
	told();
	given_zone(); /* a group is given up */
	put_m(1025, 1040, 2);
	put(1026, 0, MOVABLE | PAGE_PINNED);
	put_free_down(0, 3068, 2560, 4);
	put_free_down(0, 1038, 1028, 2);
	put_free(0, 1024);
	rest_is_u();
	direct(3, GFP_HIGHUSER_MOVABLE, COMPACT_PRIO_ASYNC);
	told();
}

static void fixed_pages(void)
{
	for (int mode = MIGRATE_SYNC_LIGHT; mode <= MIGRATE_SYNC; mode++) {
		int err = 0;

		given_zone();
		ck_assert_int_eq(
			mm_owner_fix(mm, mm_owner(mm, "fs", &err), true, NULL),
			0);
		ck_assert_int_eq(mm_put_used(mm, 1032, 0,
					     mm_owner_find(mm, "fs"),
					     PAGE_LRU | PAGE_DIRTY, NULL),
				 0);
		put_free_down(0, 3068, 2560, 4);
		rest_is_u();
		compact(-1, (enum migrate_mode)mode);
		ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 0);
		told();
	}
}

/* Free pages that may not be taken, and none at all. */
static void no_targets(void)
{
	given_19_3();
	rest_is_u();
	set_marks(mm, 2000, 2000, 2000);
	compact(-1, MIGRATE_SYNC);
	told();
	given_zone();
	put_m(1025, 1536, 2);
	put_free_down(0, 1534, 1024, 2);
	put_free(0, 3068);
	rest_is_u();
	compact(3, MIGRATE_SYNC_LIGHT);
	told();
	given_19_3();
	rest_is_u();
	set_pageblock_skip(mm, 1536);
	STORE(mm, mm->zone[Z].compact_blockskip_flush, 1);
	mm_compact_reset(mm, Z);
	told();
}

START_TEST(every_reason_is_met)
{
	static void (*const stories[])(void) = {
		by_hand,
		ends_of_a_block,
		not_worth_it,
		deferral,
		whole_pageblocks_count,
		by_score,
		a_zone_from_frame_0,
		too_many_isolated,
		killed,
		blocks_passed_over,
		holes,
		pages_that_stay,
		large_pages,
		fixed_pages,
		no_targets,
	};

	for (size_t i = 0; i < sizeof stories / sizeof stories[0]; i++)
		stories[i]();
	then_all_met(wanted, WANTED);
}
END_TEST

Suite *check_compact_reasons_suite(void)
{
	Suite *s = suite_create("core/compact_reasons");
	TCase *t = tcase_create("reasons");

	tcase_add_checked_fixture(t, NULL, example_over);
	tcase_add_test(t, every_reason_is_met);
	suite_add_tcase(s, t);
	return s;
}
