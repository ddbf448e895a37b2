/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Charging: who pays, what a full group does to a request, and what comes
 * back: P34 to P37, R59.
 */
#include "core/memcg.h"
#include "core/process.h"
#include "core/request.h"
#include "support/people.h"

Suite *check_memcg_suite(void);

#define ACCOUNT GFP_BIT_ACCOUNT
#define GFP_KERNEL_ACCOUNT (GFP_KERNEL | ACCOUNT)

static struct mm *mm;
static uint32_t top, leaf, p;

static uint32_t group_of(const char *name, uint32_t parent, int64_t max)
{
	struct mm_group_limits l = mm_no_limits();
	int g;

	l.max = max;
	g = mm_group_new(mm, name, parent, &l, NULL);
	ck_assert_int_gt(g, 0);
	return (uint32_t)g;
}

/* Ten pages for the top, no limit of its own for the group of p. */
static void setup(void)
{
	mm = given_free(256, 4);
	mm_set(mm, "schedule", 0, NULL);
	top = group_of("top", 0, 10);
	leaf = group_of("leaf", top, MM_NO_LIMIT);
	p = born(mm, "p", 0, 5);
	ck_assert_int_eq(mm_group_add(mm, leaf, p, NULL), 0);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
}

static void teardown(void)
{
	then_sound_on_paper(mm);
	mm_destroy(mm);
	mm = NULL;
}

static int64_t usage(uint32_t group)
{
	struct mm_group_info gi;

	mm_group_info(mm, group, &gi);
	return gi.usage;
}

static void fill_up(void)
{
	while (usage(top) < 10)
		ck_assert_uint_ne(asks(mm, p, 0, GFP_KERNEL_ACCOUNT), NO_PFN);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
}

/* ---- P34 ---- */

START_TEST(only_accounted_pages_are_charged_to_all_above)
{
	pfn_t pfn;

	ck_assert_uint_ne(asks(mm, p, 0, GFP_KERNEL), NO_PFN);
	ck_assert_int_eq(usage(leaf), 0);
	pfn = asks(mm, p, 2, GFP_KERNEL_ACCOUNT);
	ck_assert_uint_ne(pfn, NO_PFN);
	ck_assert_int_eq(usage(leaf), 4);
	ck_assert_int_eq(usage(top), 4);
	ck_assert_uint_eq(memcg_of_page(mm, pfn), leaf);
	ck_assert_str_eq(mm_owner_name(mm, mm->page[pfn].owner), "p");
	ck_assert_int_eq(mm_free_pages(mm, pfn, 2, 0, NULL), 0);
	ck_assert_int_eq(usage(leaf), 0);
	ck_assert_int_eq(usage(top), 0);
}
END_TEST

START_TEST(the_root_pays_nothing_and_always_can)
{
	const uint32_t q = born(mm, "q", 0, 5);
	const pfn_t pfn = asks(mm, q, 0, GFP_KERNEL_ACCOUNT);

	ck_assert_uint_ne(pfn, NO_PFN);
	ck_assert_uint_eq(memcg_of_page(mm, pfn), 0);
	ck_assert_uint_ne(alloc(mm, 4, GFP_KERNEL_ACCOUNT), NO_PFN);
	ck_assert_int_eq(usage(top), 0);
}
END_TEST

/* The page was there, and goes to the per-CPU list it came from. */
START_TEST(a_refused_page_goes_the_normal_way_back)
{
	const struct pcp *pcp = pcp_of(mm, Z, 0);
	int32_t count;
	uint64_t freed;

	fill_up();
	count = pcp->count;
	freed = pcp->pgfree;
	ck_assert_uint_eq(asks(mm, p, 0, GFP_NOWAIT | ACCOUNT), NO_PFN);
	ck_assert_int_eq(pcp->count, count);
	ck_assert_uint_eq(pcp->pgfree, freed + 1);
	ck_assert_int_eq(last_of(mm, EV_mm_page_alloc, 4), REASON_MEMCG_LIMIT);
	ck_assert_uint_eq((pfn_t)last_of(mm, EV_mm_page_alloc, 0), NO_PFN);
	ck_assert_uint_eq(seen(mm, EV_slowpath), 0);
	ck_assert_int_eq(usage(top), 10);
}
END_TEST

START_TEST(bulks_of_accounted_pages_are_single)
{
	const struct mm_request want = {.gfp = GFP_KERNEL_ACCOUNT, .nid = 0};
	pfn_t pfns[4];

	ck_assert_int_eq(mm_alloc_bulk(mm, &want, 4, pfns), 1);
}
END_TEST

START_TEST(a_block_that_is_split_stays_charged)
{
	const pfn_t pfn = asks(mm, p, 2, GFP_KERNEL_ACCOUNT);

	ck_assert_int_eq(mm_split_page(mm, pfn, NULL), 0);
	ck_assert_int_eq(usage(top), 4);
	then_sound_on_paper(mm);
	ck_assert_int_eq(mm_free_pages(mm, pfn + 3, 0, 0, NULL), 0);
	ck_assert_int_eq(usage(top), 3);
}
END_TEST

/* What is left behind is uncharged from where it was charged. */
START_TEST(pages_outlive_their_process)
{
	const pfn_t pfn = asks(mm, p, 0, GFP_KERNEL_ACCOUNT);

	process_exit(mm, p);
	STORE(mm, mm->process[p].group, 0);
	ck_assert_int_eq(usage(leaf), 1);
	ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, NULL), 0);
	ck_assert_int_eq(usage(leaf), 0);
}
END_TEST

/* ---- P35 ---- */

#define N GFP_BIT_NORETRY
#define Y GFP_BIT_RETRY_MAYFAIL
#define H GFP_BIT_HIGH
#define F GFP_BIT_NOFAIL

/*
 * Nothing can be reclaimed, and nobody may be killed.  `rounds`: reclaim in
 * the group; once more after the flush, and sixteen retries.
 */
static const struct {
	gfp_t gfp;
	unsigned int order, caller;
	bool served;
	unsigned int rounds, ooms;
} full[] = {
	{GFP_NOWAIT, 0, 0, false, 0, 0},
	{GFP_ATOMIC, 0, 0, true, 0, 0},
	{GFP_NOWAIT | H, 0, 0, true, 0, 0},
	{GFP_KERNEL | N, 0, 0, false, 2, 0},
	{GFP_KERNEL | Y, 0, 0, false, 18, 0},
	{GFP_KERNEL, 0, 0, false, 18, 1},
	{GFP_KERNEL, 3, 0, false, 18, 1},
	{GFP_KERNEL, 4, 0, false, 18, 0},
	{GFP_KERNEL | F, 0, 0, true, 18, 1},
	{GFP_KERNEL | H, 0, 0, true, 18, 1},
	{GFP_KERNEL | N | F, 0, 0, true, 2, 0},
	{0xc40, 0, 0, false, 18, 1}, /* GFP_NOFS: of groups no matter */
	{GFP_KERNEL, 0, MM_CALLER_MEMALLOC, true, 0, 0},
};

START_TEST(a_full_group_by_flags)
{
	const int64_t pages = (int64_t)1 << full[_i].order;

	fill_up();
	STORE(mm, mm->process[p].oom_score_adj, OOM_SCORE_ADJ_MIN);
	if (full[_i].caller)
		task_set_flags(mm, task_of(mm, p), TASK_MEMALLOC);
	ck_assert_int_eq(asks(mm, p, full[_i].order, full[_i].gfp | ACCOUNT) !=
				 NO_PFN,
			 full[_i].served);
	ck_assert_uint_eq(seen(mm, EV_memcg_max), full[_i].rounds);
	ck_assert_uint_eq(seen(mm, EV_out_of_memory), full[_i].ooms);
	ck_assert_int_eq(usage(top), 10 + (full[_i].served ? pages : 0));
	ck_assert_int_eq(last_of(mm, EV_memcg_charge, 3),
			 full[_i].served ? REASON_CHARGED_OVER
					 : REASON_MEMCG_LIMIT);
	ck_assert_uint_eq(mm->st->group[top].events_max, full[_i].rounds);
	/* it is the top that is full */
	ck_assert_uint_eq(mm->st->group[leaf].events_max, 0);
	ck_assert_uint_eq(mm->st->group[top].events_oom, full[_i].ooms);
}
END_TEST

START_TEST(all_fit_up_to_the_limit_itself)
{
	ck_assert_uint_ne(asks(mm, p, 3, GFP_NOWAIT | ACCOUNT), NO_PFN);
	ck_assert_uint_eq(asks(mm, p, 2, GFP_NOWAIT | ACCOUNT), NO_PFN);
	ck_assert_uint_ne(asks(mm, p, 1, GFP_NOWAIT | ACCOUNT), NO_PFN);
	ck_assert_int_eq(usage(top), 10);
	ck_assert_int_eq(memcg_margin(mm, leaf), 0);
}
END_TEST

/* R59: within the group that is full, whoever has more elsewhere. */
START_TEST(its_own_processes_are_killed)
{
	const uint32_t other = born(mm, "other", 0, 5000),
		       sibling = born(mm, "sibling", 0, 6);

	ck_assert_int_eq(mm_group_add(mm, top, sibling, NULL), 0);
	fill_up();
	ck_assert_uint_eq(asks(mm, p, 0, GFP_KERNEL_ACCOUNT), NO_PFN);
	ck_assert(is_victim(mm, sibling));
	ck_assert(!is_victim(mm, p) && !is_victim(mm, other));
	ck_assert_int_eq(said_of(mm, other), REASON_NONE);
	ck_assert_int_eq(last_of(mm, EV_oom_scan, 0), CONSTRAINT_MEMCG);
	/* nobody runs here, so it never exits: P31.d */
	ck_assert_int_eq(last_of(mm, EV_mm_page_alloc, 4), REASON_LOOP_VICTIM);
	ck_assert_uint_eq(mm->st->group[top].events_oom_kill, 1);
}
END_TEST

/* A group is looked at before those below it, so the tie is theirs. */
START_TEST(of_equals_the_deeper_goes)
{
	const uint32_t sibling = born(mm, "sibling", 0, 5);

	ck_assert_int_eq(mm_group_add(mm, top, sibling, NULL), 0);
	fill_up();
	asks(mm, p, 0, GFP_KERNEL_ACCOUNT);
	ck_assert_uint_eq(seen(mm, EV_oom_kill), 1);
	ck_assert_uint_eq((uint32_t)last_of(mm, EV_oom_kill, 0),
			  mm->process[p].pid);
	ck_assert_int_eq(said_of(mm, sibling), REASON_OOM_BEST);
}
END_TEST

/* The killed are not asked for another victim. */
START_TEST(who_is_killed_kills_nobody)
{
	born(mm, "sibling", 0, 6);
	ck_assert_int_eq(mm_group_add(mm, top, 2, NULL), 0);
	fill_up();
	set_flags(mm, p, PROCESS_EXITING);
	ck_assert_uint_eq(asks(mm, p, 0, GFP_KERNEL_ACCOUNT), NO_PFN);
	ck_assert_int_eq(last_of(mm, EV_out_of_memory, 2), REASON_OOM_DYING);
	ck_assert_uint_eq(seen(mm, EV_oom_kill), 0);
	ck_assert(!is_victim(mm, p));
}
END_TEST

/* The victim's memory makes room: the charge goes on. */
START_TEST(room_that_comes_up_is_used)
{
	const uint32_t sibling = born(mm, "sibling", 0, 6);
	const uint32_t task = task_of(mm, p);
	const struct mm_request want = {.gfp = GFP_KERNEL_ACCOUNT, .nid = 0};
	enum mm_quantum q = QUANTUM_AGAIN;
	pfn_t pfn;

	ck_assert_int_eq(mm_group_add(mm, leaf, sibling, NULL), 0);
	pfn = asks(mm, sibling, 0, GFP_KERNEL_ACCOUNT);
	fill_up();
	ck_assert_int_eq(mm_task_request(mm, task, &want, NULL), 0);
	while (q != QUANTUM_SLEEP)
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	ck_assert(is_victim(mm, sibling));
	ck_assert_uint_eq(mm->task[task].ladder.rung, RUNG_CHARGE);
	then_sound_on_paper(mm); /* the page in hand is in use, nobody's */
	ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, NULL), 0);
	mm_tick(mm, 1);
	ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	ck_assert_int_eq(q, QUANTUM_DONE);
	ck_assert_uint_ne(mm->task[task].result, NO_PFN);
	ck_assert_int_eq(usage(top), 10);
}
END_TEST

/* In the middle of it the process may go; nobody pays then. */
START_TEST(a_process_may_leave_while_it_waits)
{
	const uint32_t sibling = born(mm, "sibling", 0, 6);
	const uint32_t task = task_of(mm, sibling);
	const struct mm_request want = {.gfp = GFP_KERNEL_ACCOUNT, .nid = 0};
	enum mm_quantum q = QUANTUM_AGAIN;
	pfn_t pfn;

	ck_assert_int_eq(mm_group_add(mm, leaf, sibling, NULL), 0);
	fill_up();
	ck_assert_int_eq(mm_task_request(mm, task, &want, NULL), 0);
	ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	ck_assert_int_eq(q, QUANTUM_AGAIN);
	ck_assert_int_eq(mm_group_add(mm, 0, sibling, NULL), 0);
	while (q != QUANTUM_DONE)
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	pfn = mm->task[task].result;
	ck_assert_uint_ne(pfn, NO_PFN);
	ck_assert_uint_eq(memcg_of_page(mm, pfn), 0);
	ck_assert_int_eq(usage(top), 10);
}
END_TEST

/* What is in hand is looked at like everything else. */
START_TEST(a_false_page_in_hand_is_found)
{
	const uint32_t task = task_of(mm, p);
	const struct mm_request want = {.gfp = GFP_KERNEL_ACCOUNT, .nid = 0};
	const struct ladder *l = &mm->task[task].ladder;
	enum mm_quantum q = QUANTUM_AGAIN;
	struct mm_broken b;
	pfn_t pfn;

	fill_up();
	ck_assert_int_eq(mm_task_request(mm, task, &want, NULL), 0);
	ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	pfn = l->pfn;
	then_sound_on_paper(mm);
	STORE(mm, l->pfn, mm_owner_first(mm, (uint16_t)mm->process[p].owner));
	ck_assert_int_ne(mm_check(mm, &b), 0);
	ck_assert_str_eq(b.invariant, "REQUESTS");
	STORE(mm, l->pfn, pfn);
	STORE(mm, l->rung, (uint32_t)RUNG_DONE);
	ck_assert_int_ne(mm_check(mm, &b), 0);
	STORE(mm, l->rung, (uint32_t)RUNG_CHARGE);
	STORE(mm, l->why, (uint32_t)NR_REASONS);
	ck_assert_int_ne(mm_check(mm, &b), 0);
	STORE(mm, l->why, 0);
	then_sound_on_paper(mm);
	STORE(mm, mm->process[p].oom_score_adj, OOM_SCORE_ADJ_MIN);
	while (q != QUANTUM_DONE)
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	ck_assert_uint_eq(mm->task[task].result, NO_PFN);
}
END_TEST

START_TEST(panic_of_a_group_only_at_two)
{
	fill_up();
	STORE(mm, mm->process[p].oom_score_adj, OOM_SCORE_ADJ_MIN);
	mm_set(mm, "vm.panic_on_oom", 1, NULL);
	ck_assert_uint_eq(asks(mm, p, 0, GFP_KERNEL_ACCOUNT), NO_PFN);
	ck_assert_int_eq(last_of(mm, EV_mm_page_alloc, 4), REASON_MEMCG_LIMIT);
	mm_set(mm, "vm.panic_on_oom", 2, NULL);
	ck_assert_uint_eq(asks(mm, p, 0, GFP_KERNEL_ACCOUNT), NO_PFN);
	ck_assert_int_eq(last_of(mm, EV_mm_page_alloc, 4), REASON_OOM_PANIC);
}
END_TEST

/* ---- user pages ---- */

START_TEST(user_pages_are_charged_by_the_same_rules)
{
	const uint32_t task = task_of(mm, p);
	struct mm_request want = {.gfp = GFP_HIGHUSER_MOVABLE, .nid = 0};
	pfn_t pfn = NO_PFN;

	want.owner = (uint16_t)mm->process[p].owner;
	for (int i = 0; i < 10; i++) {
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
		ck_assert_int_eq(mem_cgroup_charge(mm, task, pfn, GFP_KERNEL),
				 0);
	}
	ck_assert_int_eq(usage(top), 10);
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_int_lt(
		mem_cgroup_charge(mm, task, pfn, GFP_KERNEL | GFP_BIT_NORETRY),
		0);
	ck_assert_uint_eq(memcg_of_page(mm, pfn), 0);
	ck_assert_uint_eq(mm->task[task].state, TASK_IDLE);
	ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, NULL), 0);
	ck_assert_int_eq(usage(top), 10);
}
END_TEST

/* ---- P37 ---- */

START_TEST(memory_high_slows_but_never_fails)
{
	struct mm_group_limits l = mm_no_limits();

	l.high = 2;
	ck_assert_int_eq(mm_group_set(mm, leaf, &l, NULL), 0);
	ck_assert_uint_ne(asks(mm, p, 1, GFP_KERNEL_ACCOUNT), NO_PFN);
	ck_assert_uint_eq(seen(mm, EV_memcg_high), 0);
	ck_assert_uint_ne(asks(mm, p, 0, GFP_NOWAIT | ACCOUNT), NO_PFN);
	ck_assert_uint_eq(seen(mm, EV_memcg_high), 1);
	ck_assert_int_eq(last_of(mm, EV_memcg_high, 1), 3);
	ck_assert_uint_eq(mm->st->group[leaf].events_high, 1);
	ck_assert_uint_eq(mm->st->group[top].events_high, 1);
}
END_TEST

/* ---- protection ---- */

START_TEST(protection_is_cut_to_what_the_parent_has)
{
	const uint32_t a = group_of("a", top, MM_NO_LIMIT);

	STORE(mm, mm->st->group[top].min, 6);
	STORE(mm, mm->st->group[top].usage, 12);
	STORE(mm, mm->st->group[leaf].min, 8);
	STORE(mm, mm->st->group[leaf].usage, 8);
	STORE(mm, mm->st->group[a].min, 100);
	STORE(mm, mm->st->group[a].usage, 4);
	ck_assert_int_eq(memcg_protected(mm, 0, top, false), 6);
	ck_assert_int_eq(memcg_protected(mm, 0, leaf, false), 4);
	ck_assert_int_eq(memcg_protected(mm, 0, a, false), 2);
	ck_assert_int_eq(memcg_protected(mm, 0, a, true), 0);
	/* within the top it is the top's own business */
	ck_assert_int_eq(memcg_protected(mm, top, leaf, false), 8);
	ck_assert_int_eq(memcg_protected(mm, top, top, false), 0);
	STORE(mm, mm->st->group[leaf].usage, 0);
	STORE(mm, mm->st->group[a].usage, 0);
	STORE(mm, mm->st->group[top].usage, 0);
}
END_TEST

/* ---- properties ---- */

START_TEST(stepped_and_run_are_the_same)
{
	const struct mm_request want = {
		.gfp = GFP_KERNEL_ACCOUNT | GFP_BIT_NORETRY, .nid = 0};
	struct mm *run;

	fill_up();
	mm_record(mm, MM_RECORD_OFF);
	for (int i = 0; i < 2; i++) {
		run = mm_clone(mm);
		asks(mm, p, 0, want.gfp);
		request_run(run, task_of(run, p), &want);
		ck_assert_int_eq(mm_compare(mm, run), 0);
		mm_destroy(run);
		/* and once more with room */
		ck_assert_int_eq(
			mm_free_pages(
				mm,
				mm_owner_first(mm,
					       (uint16_t)mm->process[p].owner),
				0, 0, NULL),
			0);
	}
}
END_TEST

START_TEST(charges_are_taken_back_byte_by_byte)
{
	struct mm *before;

	set_flags(mm, p, PROCESS_STUCK); /* killed, it goes on asking */
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	before = mm_clone(mm);
	for (int i = 0; i < 12; i++)
		asks(mm, p, 0, (i & 1 ? GFP_ATOMIC : GFP_KERNEL) | ACCOUNT);
	then_taken_back(mm, before);
}
END_TEST

Suite *check_memcg_suite(void)
{
	Suite *s = suite_create("core/memcg");
	TCase *tc = tcase_create("memcg");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, only_accounted_pages_are_charged_to_all_above);
	tcase_add_test(tc, the_root_pays_nothing_and_always_can);
	tcase_add_test(tc, a_refused_page_goes_the_normal_way_back);
	tcase_add_test(tc, bulks_of_accounted_pages_are_single);
	tcase_add_test(tc, a_block_that_is_split_stays_charged);
	tcase_add_test(tc, pages_outlive_their_process);
	tcase_add_loop_test(tc, a_full_group_by_flags, 0,
			    sizeof full / sizeof full[0]);
	tcase_add_test(tc, all_fit_up_to_the_limit_itself);
	tcase_add_test(tc, its_own_processes_are_killed);
	tcase_add_test(tc, of_equals_the_deeper_goes);
	tcase_add_test(tc, who_is_killed_kills_nobody);
	tcase_add_test(tc, room_that_comes_up_is_used);
	tcase_add_test(tc, a_process_may_leave_while_it_waits);
	tcase_add_test(tc, a_false_page_in_hand_is_found);
	tcase_add_test(tc, panic_of_a_group_only_at_two);
	tcase_add_test(tc, user_pages_are_charged_by_the_same_rules);
	tcase_add_test(tc, memory_high_slows_but_never_fails);
	tcase_add_test(tc, protection_is_cut_to_what_the_parent_has);
	tcase_add_test(tc, stepped_and_run_are_the_same);
	tcase_add_test(tc, charges_are_taken_back_byte_by_byte);
	suite_add_tcase(s, tc);
	return s;
}
