/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ladder of the slow path: rows of P32 for a world with nothing to
 * reclaim, and each way out of it.
 */
#include <errno.h>

#include "support/people.h"
#include "support/picture.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* The last frame used up, so that every attempt fails. */
static struct mm *used_up(const char *defrag)
{
	struct mm_config cfg;
	struct mm *world;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "defrag_mode", defrag, NULL);
	world = mm_create(&cfg, NULL);
	mm = world;
	while (alloc(world, 0, GFP_ATOMIC | GFP_BIT_MEMALLOC) != NO_PFN)
		;
	ck_assert_int_eq(mm_record(world, MM_RECORD_EVENTS), 0);
	return world;
}

static unsigned int count(enum mm_event_type type)
{
	unsigned int n = 0;

	for (uint64_t i = 1; i <= mm_last_moment(mm); i++)
		n += mm_event(mm, i)->type == type;
	return n;
}

/* Walks over the zones that began an attempt; later passes are not counted. */
static unsigned int attempts(void)
{
	unsigned int n = 0;

	for (uint64_t i = 1; i <= mm_last_moment(mm); i++)
		n += mm_event(mm, i)->type == EV_zonelist_pass &&
		     mm_event(mm, i)->arg[0] == 1;
	return n;
}

static enum mm_reason way_out(void)
{
	enum mm_reason why = REASON_NONE;

	for (uint64_t i = 1; i <= mm_last_moment(mm); i++)
		if (mm_event(mm, i)->type == EV_slowpath)
			why = (enum mm_reason)mm_event(mm, i)->arg[1];
	return why;
}

#define THP ((gfp_t)0x1c24ca) /* GFP_TRANSHUGE */
#define N GFP_BIT_NORETRY
#define Y GFP_BIT_RETRY_MAYFAIL

static const struct row {
	gfp_t gfp;
	uint16_t order, caller;
	unsigned int attempts, wakes, reclaims, compactions, ooms;
	enum mm_reason out;
} rows[] = {
	{GFP_ATOMIC, 0, 0, 3, 2, 0, 0, 0, REASON_MAY_NOT_SLEEP},
	{GFP_NOWAIT, 0, 0, 2, 1, 0, 0, 0, REASON_MAY_NOT_SLEEP},
	{GFP_KERNEL | N, 0, 0, 2, 1, 1, 0, 0, REASON_NORETRY},
	{GFP_KERNEL | N, 2, 0, 3, 2, 1, 2, 0, REASON_NORETRY},
	{GFP_KERNEL | Y, 0, 0, 3, 1, 1, 0, 1, REASON_NO_PROGRESS},
	{GFP_KERNEL, 0, 0, 3, 1, 1, 0, 1, REASON_OOM_NOBODY},
	{GFP_KERNEL | Y, 2, 0, 4, 2, 1, 2, 1, REASON_NO_PROGRESS},
	{GFP_KERNEL, 4, 0, 3, 2, 1, 2, 0, REASON_COSTLY},
	{THP, 4, 0, 3, 0, 1, 2, 0, REASON_COSTLY},
	{THP | N, 4, 0, 3, 0, 1, 2, 0, REASON_NORETRY},
	{THP | N | GFP_BIT_THISNODE, 4, 0, 2, 0, 0, 1, 0, REASON_NORETRY},
	{0x1c20ca, 4, 0, 2, 0, 0, 0, 0, REASON_MAY_NOT_SLEEP},
	{GFP_KERNEL, 0, MM_CALLER_MEMALLOC, 3, 2, 0, 0, 0,
	 REASON_CALLER_MEMALLOC},
	{GFP_KERNEL, 0, MM_CALLER_OOM_VICTIM, 4, 2, 1, 0, 1, REASON_OOM_VICTIM},
	{GFP_KERNEL | GFP_BIT_NOFAIL, 0, 0, 3, 1, 1, 0, 1, REASON_OOM_NOBODY},
	/* too large for the OOM killer, and may not fail */
	{GFP_KERNEL | GFP_BIT_NOFAIL, 4, 0, 8, 3, 2, 3, 0, REASON_LOOP_NOFAIL},
	{0xc40, 0, 0, 5, 2, 2, 0, 2, REASON_LOOP_NO_FS}, /* GFP_NOFS */
	{GFP_KERNEL | GFP_BIT_THISNODE, 0, 0, 3, 1, 1, 0, 1,
	 REASON_NO_PROGRESS},
};

START_TEST(rows_of_the_table)
{
	const struct row *r = &rows[_i];
	struct mm_request want = {.gfp = r->gfp,
				  .order = r->order,
				  .nid = 0,
				  .caller = r->caller};
	pfn_t pfn;

	used_up("off");
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), -ENOMEM);
	ck_assert_uint_eq(attempts(), r->attempts);
	ck_assert_uint_eq(count(EV_mm_vmscan_direct_reclaim_begin),
			  r->reclaims);
	ck_assert_uint_eq(count(EV_mm_compaction_try_to_compact_pages),
			  r->compactions);
	ck_assert_uint_eq(count(EV_out_of_memory), r->ooms);
	ck_assert_int_eq(way_out(), r->out);
	then_sound(mm);
}
END_TEST

/* Without either reclaim bit, defrag mode never gives up on clean blocks. */
START_TEST(defrag_mode_falls_back_last)
{
	struct mm_request want = {.gfp = GFP_ATOMIC, .nid = 0};
	pfn_t pfn;

	used_up("on");
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), -ENOMEM);
	ck_assert_uint_eq(attempts(), 4);
	mm_record(mm, MM_RECORD_EVENTS);
	want.gfp = 0;
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), -ENOMEM);
	ck_assert_uint_eq(attempts(), 2);
}
END_TEST

/* Giving up, a request gets the last reserved pageblock after all. */
START_TEST(the_reserve_is_given_up_before_the_request_is)
{
	pfn_t pfn;

	used_up("off");
	/* one pageblock comes back, reserved for high-order atomics */
	mm_record(mm, MM_RECORD_OFF);
	set_pageblock_migratetype(mm, 32, MIGRATE_HIGHATOMIC);
	mm_put_zone(mm, Z, "nr_reserved_highatomic", 16);
	mm_put_zone(mm, Z, "wmark_min", 0);
	for (pfn = 32; pfn < 48; pfn++)
		buddy_free(mm, pfn, 0);
	then_lists(mm, MIGRATE_HIGHATOMIC, "o4:32");
	pfn = alloc(mm, 0, GFP_KERNEL);
	ck_assert_uint_ge(pfn, 32);
	ck_assert_uint_lt(pfn, 48);
	then_types(mm, "UUUU");
	ck_assert_int_eq(mm->zone[Z].nr_reserved_highatomic, 0);
	then_sound(mm);
}
END_TEST

/* Enough free, but scattered: compaction finds nothing, and that ends it. */
START_TEST(scattered_memory_is_given_up_in_time)
{
	struct mm_request want = {.gfp = GFP_KERNEL | Y, .order = 4, .nid = 0};
	struct mm_config cfg;
	pfn_t pfn;

	mm_config_preset(&cfg, "classroom", NULL);
	mm_config_set(&cfg, "zone", "Normal", NULL);
	mm_config_set(&cfg, "pages", "16384", NULL);
	mm_config_set(&cfg, "pcp", "off", NULL);
	mm = mm_create(&cfg, NULL);
	while (alloc(mm, 0, GFP_ATOMIC | GFP_BIT_MEMALLOC) != NO_PFN)
		;
	for (pfn = 0; pfn < 16384; pfn++)
		if (pfn % 16)
			mm_free_pages(mm, pfn, 0, 0, NULL);
	mm_record(mm, MM_RECORD_EVENTS);
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), -ENOMEM);
	ck_assert_int_eq(way_out(), REASON_NO_PROGRESS);
	ck_assert_uint_gt(count(EV_mm_compaction_suitable), 0);
}
END_TEST

/* P25.1: compaction could go on for long, but not for somebody killed. */
START_TEST(the_killed_do_not_wait_for_compaction)
{
	const struct mm_request want = {
		.gfp = GFP_KERNEL, .order = 2, .nid = 0};
	const enum mm_rung next[] = {RUNG_RETRY, RUNG_OOM};
	enum mm_quantum q;

	used_up("off");
	mm_set(mm, "schedule", 0, NULL);
	for (int killed = 0; killed < 2; killed++) {
		const uint32_t p = born(mm, killed ? "b" : "a", 0, 0);
		const uint32_t task = task_of(mm, p);
		const struct ladder *l = &mm->task[task].ladder;

		ck_assert_int_eq(mm_task_request(mm, task, &want, NULL), 0);
		while (l->rung != RUNG_DECIDE) {
			ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
			if (q == QUANTUM_SLEEP)
				mm_tick(mm, 1);
		}
		STORE(mm, l->progress, 1);
		STORE(mm, l->cresult, (uint32_t)COMPACT_SUCCESS);
		if (killed)
			set_flags(mm, p, PROCESS_EXITING);
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
		ck_assert_uint_eq(l->rung, next[killed]);
		ck_assert_uint_eq(count(EV_compact_retry), 1);
	}
}
END_TEST

Suite *check_slowpath_suite(void)
{
	Suite *s = suite_create("core/slowpath");
	TCase *tc = tcase_create("slowpath");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_loop_test(tc, rows_of_the_table, 0,
			    (int)(sizeof rows / sizeof rows[0]));
	tcase_add_test(tc, scattered_memory_is_given_up_in_time);
	tcase_add_test(tc, the_killed_do_not_wait_for_compaction);
	tcase_add_test(tc, defrag_mode_falls_back_last);
	tcase_add_test(tc, the_reserve_is_given_up_before_the_request_is);
	suite_add_tcase(s, tc);
	return s;
}
