/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reclaim within groups: whose pages go, whose are spared, and what becomes
 * of a charge: P35.4, P37, R25.2, R41.
 */
#include "core/lru_batch.h"
#include "core/memcg.h"
#include "core/reclaim.h"
#include "core/vmscan.h"
#include "core/zonelist.h"
#include "support/people.h"
#include "support/procs.h"

Suite *check_memcg_reclaim_suite(void);

static struct mm *mm;
/** Two groups below `top`, `out` beside it; a process in each. */
static unsigned int top, gx, gy, out, x, y, z;

static unsigned int group_of(const char *name, unsigned int parent)
{
	const struct mm_group_limits l = mm_no_limits();
	const int g = mm_group_new(mm, name, parent, &l, NULL);

	ck_assert_int_gt(g, 0);
	return (unsigned int)g;
}

static unsigned int process_in(const char *name, unsigned int group)
{
	const unsigned int p = process(mm, name);

	ck_assert_int_eq(mm_group_add(mm, group, p, NULL), 0);
	return p;
}

/* Pages are on the lists at once, not first in a CPU's batch. */
static void world(int64_t swap)
{
	mm = tiny(false, swap);
	lru_cache_disable(mm);
	top = group_of("top", 0);
	gx = group_of("gx", top);
	out = group_of("out", 0);
	gy = group_of("gy", top);
	x = process_in("x", gx);
	y = process_in("y", gy);
	z = process_in("z", out);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
}

static void setup(void)
{
	world(0);
}

static void teardown(void)
{
	then_sound(mm);
	mm_destroy(mm);
	mm = NULL;
}

static struct mm_group_info group(unsigned int g)
{
	struct mm_group_info gi;

	mm_group_info(mm, g, &gi);
	return gi;
}

static void limit(unsigned int g, int64_t max, int64_t high, int64_t low,
		  int64_t min)
{
	const struct mm_group_limits l = {
		.max = max, .high = high, .low = low, .min = min};

	ck_assert_int_eq(mm_group_set(mm, g, &l, NULL), 0);
}

/* Pages of a group on the list, the newest first. */
static unsigned int listed(uint32_t g, enum lru_list lru, pfn_t *pfns)
{
	const struct list *l = &mm->st->node[0].lru.list[lru];
	unsigned int n = 0;

	for (pfn_t pfn = l->head; pfn != NO_PFN; pfn = list_next(mm, l, 0, pfn))
		if (memcg_of_page(mm, pfn) == g)
			pfns[n++] = pfn;
	return n;
}

/* ---- a full group ---- */

START_TEST(a_full_group_takes_its_own_clean_pages)
{
	pfn_t before[256], after[256];
	unsigned int n;

	limit(gx, 40, MM_NO_LIMIT, 0, 0);
	for (int i = 0; i < 4; i++) {
		ck_assert_uint_eq(fault(mm, x, FAULT_READ, 10, 0), 10);
		ck_assert_uint_eq(fault(mm, z, FAULT_READ, 5, 0), 5);
		ck_assert_uint_eq(fault(mm, y, FAULT_READ, 5, 0), 5);
	}
	n = listed(out, LRU_INACTIVE_FILE, before);
	ck_assert_uint_eq(n, 20);
	ck_assert_uint_eq(fault(mm, x, FAULT_READ, 10, 0), 10);
	ck_assert_int_le(group(gx).usage, 40);
	ck_assert_int_eq(group(out).usage, 20);
	ck_assert_int_eq(group(gy).usage, 20);
	ck_assert_uint_ge(group(gx).max, 1);
	ck_assert_uint_eq(group(gx).oom, 0);
	/* those of others are where they were */
	ck_assert_uint_eq(listed(out, LRU_INACTIVE_FILE, after), n);
	ck_assert_mem_eq(before, after, n * sizeof *before);
	/* R20, R22: it counts as direct reclaim, though not as a stall */
	ck_assert_int_eq(node_stat(mm, PGSTEAL_DIRECT), 50 - group(gx).usage);
	ck_assert_int_eq(node_stat(mm, PGSTEAL_FILE),
			 node_stat(mm, PGSTEAL_DIRECT));
	ck_assert_int_ge(node_stat(mm, PGSCAN_DIRECT),
			 node_stat(mm, PGSTEAL_DIRECT));
	ck_assert_uint_eq(vm_event(mm, VM_ALLOCSTALL_MOVABLE), 0);
}
END_TEST

START_TEST(the_oldest_of_the_group_go)
{
	pfn_t before[256], after[256];
	unsigned int n, m;

	limit(gx, 100, MM_NO_LIMIT, 0, 0);
	for (int i = 0; i < 20; i++) {
		fault(mm, x, FAULT_READ, 5, 0);
		fault(mm, z, FAULT_READ, 1, 0);
	}
	n = listed(gx, LRU_INACTIVE_FILE, before);
	ck_assert_uint_eq(n, 100);
	fault(mm, x, FAULT_READ, 1, 0);
	m = listed(gx, LRU_INACTIVE_FILE, after);
	ck_assert_uint_gt(m, 1);
	ck_assert_uint_lt(m, 100);
	/* one is new, the others were the newest before */
	ck_assert_mem_eq(before, after + 1, (m - 1) * sizeof *before);
}
END_TEST

START_TEST(a_full_parent_reclaims_in_all_below)
{
	fault(mm, x, FAULT_READ, 20, 0);
	fault(mm, z, FAULT_READ, 20, 0);
	limit(top, 20, MM_NO_LIMIT, 0, 0);
	ck_assert_uint_eq(fault(mm, y, FAULT_READ, 10, 0), 10);
	ck_assert_int_le(group(top).usage, 20);
	ck_assert_int_lt(group(gx).usage, 20);
	ck_assert_int_eq(group(out).usage, 20);
	ck_assert_uint_ge(group(top).max, 1);
	/* it is the top that was full */
	ck_assert_uint_eq(group(gy).max, 0);
}
END_TEST

START_TEST(runs_are_traced)
{
	limit(gx, 10, MM_NO_LIMIT, 0, 0);
	fault(mm, x, FAULT_READ, 10, 0);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_memcg_reclaim_begin), 0);
	fault(mm, x, FAULT_READ, 1, 0);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_memcg_reclaim_begin), 1);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_memcg_reclaim_end), 1);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_direct_reclaim_begin), 0);
	ck_assert_int_eq(last_of(mm, EV_mm_vmscan_memcg_reclaim_begin, 0), 0);
	ck_assert_int_eq(last_of(mm, EV_mm_vmscan_memcg_reclaim_begin, 2),
			 (int32_t)gx);
	ck_assert_int_eq(last_of(mm, EV_mm_vmscan_memcg_reclaim_end, 0),
			 11 - (int32_t)group(gx).usage);
	ck_assert_int_eq(last_of(mm, EV_memcg_max, 2), 10);
	ck_assert_int_eq(last_of(mm, EV_memcg_max, 4),
			 11 - (int32_t)group(gx).usage);
}
END_TEST

/* R59: nothing to be had without swap. */
START_TEST(with_nothing_to_reclaim_it_kills_inside)
{
	fault(mm, z, FAULT_ANON, 60, 0);
	fault(mm, z, FAULT_READ, 20, 0);
	limit(gx, 10, MM_NO_LIMIT, 0, 0);
	ck_assert_uint_le(fault(mm, x, FAULT_ANON, 15, 0), 10);
	ck_assert_uint_eq(group(gx).oom_kill, 1);
	ck_assert_uint_eq(group(out).oom_kill, 0);
	ck_assert_int_eq(last_of(mm, EV_oom_kill, 0),
			 (int32_t)mm->process[x].pid);
	ck_assert(!is_victim(mm, z) && !is_victim(mm, y));
	ck_assert_int_eq(listed(out, LRU_INACTIVE_FILE, (pfn_t[256]){0}), 20);
}
END_TEST

/* At once: nobody here waits for a write to end. */
START_TEST(anonymous_pages_of_the_group_go_to_swap)
{
	teardown();
	world(100);
	mm_set(mm, "swap.delay", 0, NULL);
	fault(mm, z, FAULT_ANON, 30, 0);
	limit(gx, 40, MM_NO_LIMIT, 0, 0);
	ck_assert_uint_eq(fault(mm, x, FAULT_ANON, 60, 0), 60);
	ck_assert_uint_eq(group(gx).oom, 0);
	ck_assert_int_le(group(gx).usage, 40);
	ck_assert_uint_gt(mm->process[x].swapents, 0);
	ck_assert_uint_eq(mm->process[z].swapents, 0);
	ck_assert_uint_eq(mm->process[z].rss_anon, 30);
}
END_TEST

/* Setting a limit takes what is above it. */
START_TEST(a_lower_limit_is_reached_without_a_victim)
{
	fault(mm, x, FAULT_READ, 40, 0);
	fault(mm, z, FAULT_READ, 40, 0);
	limit(gx, 5, MM_NO_LIMIT, 0, 0);
	ck_assert_int_le(group(gx).usage, 5);
	ck_assert_int_eq(group(out).usage, 40);
	ck_assert_uint_eq(group(gx).oom, 0);
}
END_TEST

/* ---- protection ---- */

START_TEST(min_is_spared_whatever_comes)
{
	limit(gx, MM_NO_LIMIT, MM_NO_LIMIT, 0, 20);
	limit(top, 30, MM_NO_LIMIT, 0, 0);
	fault(mm, x, FAULT_READ, 20, 0);
	fault(mm, y, FAULT_READ, 10, 0);
	ck_assert_uint_eq(fault(mm, y, FAULT_READ, 15, 0), 15);
	ck_assert_int_eq(group(gx).usage, 20);
	ck_assert_uint_eq(group(top).oom, 0);
	/* and if that means to kill */
	fault(mm, y, FAULT_ANON, 11, 0);
	ck_assert_int_eq(group(gx).usage, 20);
	ck_assert_uint_eq(group(top).oom_kill, 1);
}
END_TEST

START_TEST(low_is_spared_while_others_have_something)
{
	limit(gx, MM_NO_LIMIT, MM_NO_LIMIT, 20, 0);
	limit(top, 30, MM_NO_LIMIT, 0, 0);
	fault(mm, x, FAULT_READ, 20, 0);
	fault(mm, y, FAULT_READ, 10, 0);
	ck_assert_uint_eq(fault(mm, y, FAULT_READ, 15, 0), 15);
	ck_assert_int_eq(group(gx).usage, 20);
	ck_assert_uint_eq(group(gx).low, 0);
}
END_TEST

/* R41: before it fails, the run is repeated without it. */
START_TEST(low_is_overridden_rather_than_to_fail)
{
	limit(gx, MM_NO_LIMIT, MM_NO_LIMIT, 20, 0);
	limit(top, 30, MM_NO_LIMIT, 0, 0);
	fault(mm, x, FAULT_READ, 20, 0);
	fault(mm, y, FAULT_ANON, 10, 0);
	ck_assert_uint_eq(fault(mm, y, FAULT_ANON, 1, 0), 1);
	ck_assert_int_lt(group(gx).usage, 20);
	ck_assert_uint_ge(group(gx).low, 1);
	/* memory.events counts what is below, too */
	ck_assert_uint_eq(group(top).low, group(gx).low);
	ck_assert_uint_eq(group(gy).low, 0);
	ck_assert_uint_eq(group(top).oom, 0);
}
END_TEST

/* Above its protection a group gives in proportion. */
START_TEST(what_is_protected_is_not_scanned)
{
	struct scan_control sc = {.set = gx, .group = top};

	STORE(mm, mm->st->group[gx].usage, 100);
	STORE(mm, mm->st->group[gx].low, 50);
	STORE(mm, mm->st->group[gx].min, 20);
	ck_assert_int_eq(unprotected_part(mm, &sc, 100), 100 - 100 * 50 / 101);
	sc.flags = SCAN_LOW_RECLAIM;
	ck_assert_int_eq(unprotected_part(mm, &sc, 100), 100 - 100 * 20 / 101);
	sc.group = gx;
	ck_assert_int_eq(unprotected_part(mm, &sc, 100), 100);
	sc.set = sc.group = 0;
	ck_assert_int_eq(unprotected_part(mm, &sc, 100), 100);
	STORE(mm, mm->st->group[gx].usage, 0);
}
END_TEST

/* A run for everybody, by a caller of no group; pages got back. */
static int64_t everybody(void)
{
	const struct mm_request want = {.gfp = GFP_HIGHUSER_MOVABLE, .nid = 0};
	const struct scan_control *sc = &mm->task[CALLER_TASK].sc;
	struct alloc_context ac;

	prepare_alloc(mm, &want, &ac);
	op_enter(mm);
	direct_reclaim_begin(mm, CALLER_TASK, &ac, 0);
	while (direct_reclaim_step(mm, CALLER_TASK, &ac) != QUANTUM_DONE)
		ck_assert_uint_eq(sc->throttle, 0);
	op_leave(mm);
	then_sound(mm);
	return sc->nr_reclaimed;
}

START_TEST(reclaim_for_everybody_spares_min_and_at_last_not_low)
{
	limit(top, MM_NO_LIMIT, MM_NO_LIMIT, 40, 20);
	limit(gx, MM_NO_LIMIT, MM_NO_LIMIT, 0, 20);
	limit(gy, MM_NO_LIMIT, MM_NO_LIMIT, 20, 0);
	fault(mm, x, FAULT_READ, 20, 0);
	fault(mm, y, FAULT_READ, 20, 0);
	fault(mm, z, FAULT_READ, 50, 0);
	while (group(out).usage) {
		ck_assert_int_gt(everybody(), 0);
		ck_assert_int_eq(group(gy).usage, 20);
	}
	ck_assert_uint_eq(group(gy).low, 0);
	while (everybody() > 0)
		;
	ck_assert_int_eq(group(gx).usage, 20);
	ck_assert_int_eq(group(gy).usage, 0);
	ck_assert_uint_gt(group(gy).low, 0);
}
END_TEST

/* ---- the sets ---- */

START_TEST(a_group_comes_before_those_below_it)
{
	struct scan_control sc = {0};
	const uint32_t all[] = {top, gx, gy, out};

	for (int i = 0; i < 4; i++) {
		ck_assert(next_set(mm, &sc));
		ck_assert_uint_eq(sc.set, all[i]);
	}
	ck_assert(!next_set(mm, &sc));
	ck_assert_uint_eq(sc.set, 0);
	sc.set = sc.group = top;
	ck_assert(next_set(mm, &sc) && sc.set == gx);
	ck_assert(next_set(mm, &sc) && sc.set == gy);
	ck_assert(!next_set(mm, &sc) && sc.set == top);
	sc.set = sc.group = gx;
	ck_assert(!next_set(mm, &sc));
}
END_TEST

START_TEST(each_page_is_in_one_set)
{
	const unsigned int rootless = process(mm, "r");

	fault(mm, x, FAULT_READ, 20, 0);
	fault(mm, y, FAULT_ANON, 11, 0);
	fault(mm, z, FAULT_READ, 7, 0);
	fault(mm, rootless, FAULT_READ, 3, 0);
	for (int l = 0; l < LRU_UNEVICTABLE; l++) {
		struct scan_control sc = {.reclaim_index = MAX_NR_ZONES - 1};
		int64_t sum = 0;

		do {
			sum += set_lru_size(mm, 0, (enum lru_list)l, &sc);
		} while (next_set(mm, &sc));
		ck_assert_int_eq(sum,
				 node_stat(mm, (enum node_stat_item)(
						       NR_INACTIVE_ANON + l)));
	}
	ck_assert_int_eq(group_lru_size(mm, 0, top, LRU_INACTIVE_FILE), 20);
	ck_assert_int_eq(group_lru_size(mm, 0, gy, LRU_INACTIVE_FILE), 0);
	ck_assert_int_eq(group_lru_size(mm, 0, 0, LRU_INACTIVE_FILE), 30);
}
END_TEST

START_TEST(a_false_set_is_found)
{
	const uint32_t *set = &mm->task[CALLER_TASK].sc.set;
	struct mm_broken b;

	STORE(mm, *set, mm->st->nr_groups + 1);
	ck_assert_int_ne(mm_check(mm, &b), 0);
	ck_assert_str_eq(b.invariant, "RECLAIM_RUNS");
	STORE(mm, *set, 0);
}
END_TEST

/* ---- P37 ---- */

START_TEST(over_high_it_reclaims_and_never_fails)
{
	limit(gx, MM_NO_LIMIT, 20, 0, 0);
	fault(mm, z, FAULT_READ, 30, 0);
	ck_assert_uint_eq(fault(mm, x, FAULT_READ, 60, 0), 60);
	ck_assert_int_le(group(gx).usage, 20);
	ck_assert_int_eq(group(out).usage, 30);
	ck_assert_uint_ge(group(gx).high, 1);
	ck_assert_uint_eq(group(gx).high, seen(mm, EV_memcg_high));
	ck_assert_uint_eq(group(gx).max, 0);
	/* with nothing to reclaim it is only slowed */
	ck_assert_uint_eq(fault(mm, x, FAULT_ANON, 40, 0), 40);
	ck_assert_int_ge(group(gx).usage, 40);
	ck_assert_uint_eq(group(gx).oom, 0);
	ck_assert_int_eq(last_of(mm, EV_memcg_high, 3), 0);
}
END_TEST

/* ---- properties ---- */

/* Everything there is, for a group that is short of it. */
static void press(struct mm *m, unsigned int i)
{
	static const enum mm_fault kind[] = {FAULT_READ, FAULT_ANON,
					     FAULT_WRITE, FAULT_FILE_READ};
	const unsigned int who[] = {x, y, z};

	if (info(m, who[i % 3]).task &&
	    !(m->process[who[i % 3]].flags & PROCESS_EXITING))
		fault(m, who[i % 3], kind[i % 4], 3 + i % 5, 0);
}

static void given_pressure(void)
{
	teardown();
	world(60);
	limit(top, 50, 45, 0, 0);
	limit(gx, 30, MM_NO_LIMIT, 10, 5);
	limit(out, 40, MM_NO_LIMIT, 0, 0);
}

START_TEST(under_pressure_the_world_stays_sound)
{
	given_pressure();
	for (unsigned int i = 0; i < 120; i++) {
		press(mm, i);
		then_sound(mm);
		ck_assert_int_le(group(top).usage, 50);
		ck_assert_int_le(group(out).usage, 40);
	}
	ck_assert_uint_gt(group(top).max + group(out).max, 0);
	ck_assert_int_gt(node_stat(mm, PGSTEAL_DIRECT), 0);
}
END_TEST

START_TEST(stepped_and_run_are_the_same)
{
	const unsigned int task = task_of_process(mm, x);
	enum mm_quantum q = QUANTUM_AGAIN;
	unsigned int in_hand = 0;
	struct mm *run;

	limit(gx, 20, MM_NO_LIMIT, 0, 0);
	fault(mm, x, FAULT_READ, 20, 0);
	mm_record(mm, MM_RECORD_OFF);
	run = mm_clone(mm);
	fault(run, x, FAULT_READ, 12, 0);
	ck_assert_int_eq(mm_fault(mm, task, FAULT_READ, 12, 0, NULL), 0);
	while (q != QUANTUM_DONE) {
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
		in_hand += mm->task[task].sc.group == gx &&
			   mm->task[task].sc.step != 0;
		then_sound(mm);
	}
	/* it was seen in the middle of it */
	ck_assert_uint_gt(in_hand, 2);
	ck_assert_int_eq(mm_compare(mm, run), 0);
	mm_destroy(run);
}
END_TEST

START_TEST(reclaim_is_taken_back_byte_by_byte)
{
	struct mm *before;

	given_pressure();
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	before = mm_clone(mm);
	for (unsigned int i = 0; i < 40; i++)
		press(mm, i);
	ck_assert_int_gt(node_stat(mm, PGSTEAL_DIRECT), 0);
	then_taken_back(mm, before);
}
END_TEST

Suite *check_memcg_reclaim_suite(void)
{
	Suite *s = suite_create("core/memcg_reclaim");
	TCase *tc = tcase_create("memcg_reclaim");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_full_group_takes_its_own_clean_pages);
	tcase_add_test(tc, the_oldest_of_the_group_go);
	tcase_add_test(tc, a_full_parent_reclaims_in_all_below);
	tcase_add_test(tc, runs_are_traced);
	tcase_add_test(tc, with_nothing_to_reclaim_it_kills_inside);
	tcase_add_test(tc, anonymous_pages_of_the_group_go_to_swap);
	tcase_add_test(tc, a_lower_limit_is_reached_without_a_victim);
	tcase_add_test(tc, min_is_spared_whatever_comes);
	tcase_add_test(tc, low_is_spared_while_others_have_something);
	tcase_add_test(tc, low_is_overridden_rather_than_to_fail);
	tcase_add_test(tc, what_is_protected_is_not_scanned);
	tcase_add_test(tc,
		       reclaim_for_everybody_spares_min_and_at_last_not_low);
	tcase_add_test(tc, a_group_comes_before_those_below_it);
	tcase_add_test(tc, each_page_is_in_one_set);
	tcase_add_test(tc, a_false_set_is_found);
	tcase_add_test(tc, over_high_it_reclaims_and_never_fails);
	tcase_add_test(tc, under_pressure_the_world_stays_sound);
	tcase_add_test(tc, stepped_and_run_are_the_same);
	tcase_add_test(tc, reclaim_is_taken_back_byte_by_byte);
	suite_add_tcase(s, tc);
	return s;
}
