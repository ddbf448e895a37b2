/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Direct reclaim: its passes, its repetitions, and the waits before and in
 * it; R40 to R47, the examples R75 and R77.
 */
#include "core/reclaim.h"
#include "core/task.h"
#include "core/vmscan.h"
#include "support/mix.h"
#include "support/picture.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static const struct scan_control *sc(void)
{
	return &mm->task[CALLER_TASK].sc;
}

static uint64_t event_of(enum vm_event_item item)
{
	return mm->st->vm_event[item];
}

/* A machine with @lru pages of files, @anon anonymous ones, rest free. */
static void world(unsigned int frames, unsigned int files, unsigned int anon)
{
	struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE, .nid = -1, .attr = PAGE_LRU};
	pfn_t pfn;

	mm = given_free(frames, 3);
	mm_set(mm, "schedule", 0, NULL);
	for (unsigned int i = 0; i < files + anon; i++) {
		if (i == files)
			want.attr |= PAGE_SWAPBACKED;
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	}
	set_marks(mm, 1, 2, 3);
}

/* A whole run for @gfp and @order; quanta it took. */
static unsigned int run(gfp_t gfp, unsigned int order)
{
	const struct mm_request want = {.gfp = gfp, .nid = 0};
	enum mm_quantum q = QUANTUM_AGAIN;
	struct alloc_context ac;
	unsigned int n = 0;

	prepare_alloc(mm, &want, &ac);
	op_enter(mm);
	direct_reclaim_begin(mm, CALLER_TASK, &ac, order);
	ck_assert(mm->task[CALLER_TASK].flags & TASK_MEMALLOC);
	for (; q != QUANTUM_DONE; n++) {
		q = direct_reclaim_step(mm, CALLER_TASK, &ac);
		if (q == QUANTUM_SLEEP)
			sched_sleep(mm, CALLER_TASK);
	}
	op_leave(mm);
	ck_assert(!(mm->task[CALLER_TASK].flags & TASK_MEMALLOC));
	ck_assert_uint_eq(sc()->step, 0);
	then_sound(mm);
	return n;
}

/* R75 */
START_TEST(in_vain_it_runs_twice)
{
	world(16384, 0, 0);
	ck_assert_uint_eq(run(GFP_KERNEL, 0), 26);
	ck_assert_int_eq(sc()->nr_reclaimed, 0);
	ck_assert_uint_eq(event_of(VM_ALLOCSTALL_NORMAL), 2);
	run(GFP_HIGHUSER_MOVABLE, 0);
	ck_assert_uint_eq(event_of(VM_ALLOCSTALL_MOVABLE), 2);
}
END_TEST

/* R45: and a third time when active pages were spared. */
START_TEST(sparing_active_pages_costs_a_third_run)
{
	world(64, 0, 0);
	for (int i = 0; i < 6; i++) {
		const struct mm_request want = {
			.gfp = GFP_HIGHUSER_MOVABLE,
			.nid = -1,
			.attr = PAGE_LRU | PAGE_PINNED |
				(i < 3 ? PAGE_ACTIVE : 0)};
		pfn_t pfn;

		mm_alloc_pages(mm, &want, &pfn);
	}
	ck_assert_uint_eq(run(GFP_KERNEL, 0), 39);
	ck_assert_int_eq(sc()->nr_reclaimed, 0);
	ck_assert_uint_eq(event_of(VM_ALLOCSTALL_NORMAL), 3);
	ck_assert(sc()->flags & SCAN_FORCE_DEACTIVATE);
}
END_TEST

/* R77: read once and never again, a page goes at the first scan. */
START_TEST(what_was_used_once_goes_first)
{
	world(256, 128, 64);
	ck_assert_uint_lt(run(GFP_KERNEL, 0), 13);
	ck_assert_int_ge(sc()->nr_reclaimed, SWAP_CLUSTER_MAX);
	/* without swap no anonymous page went */
	ck_assert_int_eq(mm->zone[Z].lru[LRU_INACTIVE_ANON] +
				 mm->zone[Z].lru[LRU_ACTIVE_ANON],
			 64);
	ck_assert_int_eq(mm->st->node[0].stat[PGSTEAL_DIRECT],
			 sc()->nr_reclaimed);
	ck_assert_uint_eq(event_of(VM_ALLOCSTALL_NORMAL), 1);
}
END_TEST

START_TEST(anonymous_pages_go_to_swap)
{
	world(256, 0, 128);
	STORE(mm, mm->st->swap_total, 256);
	STORE(mm, mm->st->swap_free, 256);
	STORE(mm, mm->st->cfg.swap_delay, 0);
	run(GFP_KERNEL, 0);
	ck_assert_int_ge(sc()->nr_reclaimed, SWAP_CLUSTER_MAX);
	ck_assert_uint_eq(event_of(VM_PSWPOUT), (uint64_t)sc()->nr_reclaimed);
	ck_assert_int_eq(mm->st->node[0].stat[NR_VMSCAN_WRITE],
			 sc()->nr_reclaimed);
}
END_TEST

/* R41, R43: enough is free, if only it lay together. */
START_TEST(compaction_is_the_better_way)
{
	world(256, 128, 0);
	ck_assert_uint_eq(run(GFP_KERNEL, 4), 1);
	ck_assert_int_eq(sc()->nr_reclaimed, 1);
	ck_assert_int_eq(mm->st->node[0].stat[PGSCAN_DIRECT], 0);
	/* without I/O nobody compacts */
	run(0xc00, 4);
	ck_assert_int_ge(sc()->nr_reclaimed, SWAP_CLUSTER_MAX);
}
END_TEST

/* What reclaim could take is counted by where it could go. */
START_TEST(reclaimable_is_what_has_a_place_to_go)
{
	world(256, 30, 20);
	ck_assert_int_eq(zone_reclaimable_pages(mm, Z), 30);
	STORE(mm, mm->st->swap_total, 8);
	STORE(mm, mm->st->swap_free, 8);
	ck_assert_int_eq(zone_reclaimable_pages(mm, Z), 50);
}
END_TEST

/* ---- throttled ---- */

/* R44: half the min marks is for those who free memory. */
START_TEST(below_half_of_min_it_waits_for_kswapd)
{
	world(256, 100, 0);
	mm_put_zone(mm, Z, "NR_FREE_PAGES", 51);
	set_marks(mm, 100, 110, 120);
	ck_assert(allow_direct_reclaim(mm, 0));
	ck_assert_uint_eq(mm->st->node[0].kswapd_asleep, 1);
	mm_put_zone(mm, Z, "NR_FREE_PAGES", 50);
	ck_assert(!allow_direct_reclaim(mm, 0));
	/* which is why kswapd is woken, for zones up to Normal */
	ck_assert_uint_eq(mm->st->node[0].kswapd_asleep, 0);
	ck_assert_uint_eq(mm->st->node[0].kswapd_highest, ZONE_NORMAL);
	ck_assert_uint_eq(mm->task[kswapd_task(0)].state, TASK_READY);
	mm_put_node(mm, 0, "kswapd_failures", 16);
	ck_assert(allow_direct_reclaim(mm, 0));
}
END_TEST

/* With time running, kswapd does the work while the request waits. */
START_TEST(who_waits_is_woken_when_there_is_enough)
{
	const struct mm_request want = {.gfp = GFP_KERNEL, .nid = 0};
	pfn_t pfn;

	world(256, 200, 0);
	while (alloc(mm, 0, GFP_ATOMIC | GFP_BIT_MEMALLOC) != NO_PFN)
		;
	set_marks(mm, 40, 50, 60);
	mm_set(mm, "schedule", 1, NULL);
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_uint_eq(event_of(VM_PGSCAN_DIRECT_THROTTLE), 1);
	ck_assert_int_gt(mm->st->node[0].stat[PGSTEAL_KSWAPD], 0);
	then_sound(mm);
}
END_TEST

/* R47: a page of the zone's is being written, nothing else: it waits. */
START_TEST(without_progress_it_waits_a_tick)
{
	unsigned int waits = 0;

	world(64, 0, 0);
	STORE(mm, mm->zone[Z].write_pending, 1);
	mm_record(mm, MM_RECORD_EVENTS);
	run(GFP_KERNEL, 0);
	for (uint64_t i = 1; i <= mm_last_moment(mm); i++) {
		const struct mm_event *ev = mm_event(mm, i);

		if (ev->type != EV_mm_vmscan_throttled)
			continue;
		waits++;
		ck_assert_int_eq(ev->arg[1], 4000);
		ck_assert_int_eq(ev->arg[3], WAIT_NOPROGRESS);
	}
	/* at priority 1 of either run */
	ck_assert_uint_eq(waits, 2);
	STORE(mm, mm->zone[Z].write_pending, 0);
}
END_TEST

/* ---- stepping ---- */

/* A request by quanta leaves the world that one in one go leaves. */
START_TEST(recording_and_undo_do_not_matter)
{
	const struct mm_request want = {.gfp = GFP_KERNEL, .nid = 0};
	struct mm *plain;
	uint64_t before;
	pfn_t a, b;

	world(256, 200, 0);
	while (alloc(mm, 0, GFP_ATOMIC | GFP_BIT_MEMALLOC) != NO_PFN)
		;
	plain = mm_clone(mm);
	mm_record(mm, MM_RECORD_TAPE);
	before = mm_hash(mm);
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &a), 0);
	ck_assert_int_eq(mm_alloc_pages(plain, &want, &b), 0);
	ck_assert_uint_eq(a, b);
	ck_assert_int_eq(mm_compare(mm, plain), 0);
	mm_seek(mm, 0);
	ck_assert_uint_eq(mm_hash(mm), before);
	mm_destroy(plain);
}
END_TEST

/* ---- all together ---- */

/* Two nodes with swap, time running; pages of all kinds, never freed. */
static void churn(struct mm *world, unsigned int rounds, uint64_t seed)
{
	static const uint16_t attrs[] = {
		PAGE_LRU,
		PAGE_LRU | PAGE_SWAPBACKED,
		PAGE_LRU | PAGE_DIRTY,
		PAGE_LRU | PAGE_REFERENCED,
		PAGE_LRU | PAGE_ACTIVE,
		PAGE_LRU | PAGE_SWAPBACKED | PAGE_ACTIVE,
	};
	struct mix mix;

	mix_start(&mix, seed);
	for (unsigned int i = 0; i < rounds; i++) {
		const struct mm_request want = {
			.gfp = mix_random(&mix, 4) ? GFP_HIGHUSER_MOVABLE
						   : GFP_KERNEL,
			.order = mix_random(&mix, 8) ? 0 : 2,
			.nid = (int16_t)mix_random(&mix, 2),
			.attr = attrs[mix_random(&mix, 6)],
		};
		pfn_t pfn;

		mm_alloc_pages(world, &want, &pfn);
		if (mix_random(&mix, 16) == 0)
			mm_tick(world, mix_random(&mix, 40));
		if (mix_random(&mix, 32) == 0)
			mm_settle(world);
		then_sound(world);
	}
}

START_TEST(whatever_comes_the_world_stays_sound)
{
	struct mm_config cfg;
	struct mm *plain;
	uint64_t before, after, moment;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", "0:Normal:0-128,1:Normal:128-256", NULL);
	mm_config_set(&cfg, "exact-counters", _i ? "on" : "off", NULL);
	mm = mm_create(&cfg, NULL);
	mm_swap_on(mm, 100, NULL);
	mm_set(mm, "vm.zone_reclaim_mode", _i, NULL);
	plain = mm_clone(mm);
	mm_record(mm, MM_RECORD_TAPE);
	before = mm_hash(mm);
	churn(mm, 400, 7 + (uint64_t)_i);
	churn(plain, 400, 7 + (uint64_t)_i);
	ck_assert_int_eq(mm_compare(mm, plain), 0);
	ck_assert_int_gt(mm->st->node[0].stat[PGSTEAL_DIRECT] +
				 mm->st->node[0].stat[PGSTEAL_KSWAPD],
			 0);
	mm_destroy(plain);
	after = mm_hash(mm);
	moment = mm_now(mm);
	if (mm_first_moment(mm) == 0) {
		ck_assert_int_eq(mm_seek(mm, 0), 0);
		ck_assert_uint_eq(mm_hash(mm), before);
		ck_assert_int_eq(mm_seek(mm, moment), 0);
		ck_assert_uint_eq(mm_hash(mm), after);
	}
}
END_TEST

Suite *check_reclaim_suite(void)
{
	Suite *s = suite_create("core/reclaim");
	TCase *tc = tcase_create("reclaim");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, in_vain_it_runs_twice);
	tcase_add_test(tc, sparing_active_pages_costs_a_third_run);
	tcase_add_test(tc, what_was_used_once_goes_first);
	tcase_add_test(tc, anonymous_pages_go_to_swap);
	tcase_add_test(tc, compaction_is_the_better_way);
	tcase_add_test(tc, reclaimable_is_what_has_a_place_to_go);
	tcase_add_test(tc, below_half_of_min_it_waits_for_kswapd);
	tcase_add_test(tc, who_waits_is_woken_when_there_is_enough);
	tcase_add_test(tc, without_progress_it_waits_a_tick);
	tcase_add_test(tc, recording_and_undo_do_not_matter);
	tcase_add_loop_test(tc, whatever_comes_the_world_stays_sound, 0, 4);
	suite_add_tcase(s, tc);
	return s;
}
