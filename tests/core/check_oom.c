/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When somebody is killed, and about whose memory it is: R50, R51, R60, and
 * the loops of P31 that only a death would end.
 */
#include "core/cpuset.h"
#include "core/oom.h"
#include "core/zonelist.h"
#include "support/people.h"

Suite *check_oom_suite(void);

#define GFP_NOFS ((gfp_t)0xc40)
#define GFP_USER ((gfp_t)0x100cc0)

static struct mm *mm;

/* Nobody runs but by hand: victims stay. */
static void setup(void)
{
	mm = two_nodes();
	ck_assert_int_eq(mm_set(mm, "schedule", 0, NULL), 0);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static struct alloc_context asked(uint32_t process, gfp_t gfp)
{
	const struct mm_request want = {.gfp = gfp, .nid = 0};
	struct alloc_context ac;

	prepare_alloc(mm, &want, &ac);
	ac.task = process ? task_of(mm, process) : 0;
	ac.nodemask = ALL_NODES;
	ac.pref = next_zone(&ac, 0);
	return ac;
}

static enum mm_reason oom(uint32_t process, gfp_t gfp)
{
	const struct alloc_context ac = asked(process, gfp);

	return out_of_memory(mm, ac.task, &ac);
}

static struct oom_control constrained(const struct alloc_context *ac)
{
	struct oom_control oc = {.task = ac->task, .ac = ac, .gfp = ac->gfp};

	oom_constrain(mm, &oc);
	return oc;
}

static void confine(uint32_t process, uint32_t mems)
{
	const int cs = mm_cpuset_new(mm, "some", 0, mems, NULL);

	ck_assert_int_gt(cs, 0);
	ck_assert_int_eq(mm_cpuset_add(mm, (unsigned int)cs, process, NULL), 0);
}

/* ---- R51 ---- */

START_TEST(nothing_constrains_a_plain_request)
{
	const struct alloc_context ac = asked(0, GFP_KERNEL);
	struct oom_control oc;

	STORE(mm, mm->st->swap_total, 1000);
	oc = constrained(&ac);
	ck_assert_int_eq(oc.constraint, CONSTRAINT_NONE);
	ck_assert_int_eq(oc.totalpages, 256 + 1000);
	ck_assert_uint_eq(oc.nodemask, ALL_NODES);
}
END_TEST

START_TEST(a_nodemask_is_a_policy)
{
	struct alloc_context ac = asked(0, GFP_KERNEL);
	struct oom_control oc;

	STORE(mm, mm->st->swap_total, 1000);
	ac.nodemask = 2;
	ac.pref = next_zone(&ac, 0);
	oc = constrained(&ac);
	ck_assert_int_eq(oc.constraint, CONSTRAINT_MEMORY_POLICY);
	ck_assert_int_eq(oc.totalpages, 128 + 1000);
	ck_assert_uint_eq(oc.nodemask, 2);
	/* all nodes are no constraint, and a single node's list is none */
	ac.nodemask = 3;
	ck_assert_int_eq(constrained(&ac).constraint, CONSTRAINT_NONE);
	ac.nodemask = 2;
	ac.gfp |= GFP_BIT_THISNODE;
	ck_assert_int_eq(constrained(&ac).constraint, CONSTRAINT_NONE);
}
END_TEST

/* Only a request that may not look over the wall is held up by it. */
START_TEST(a_cpuset_constrains_hardwall_requests)
{
	const uint32_t p = born(mm, "p", 0, 1);
	struct alloc_context ac;
	struct oom_control oc;

	confine(p, 1);
	ac = asked(p, GFP_USER);
	oc = constrained(&ac);
	ck_assert_int_eq(oc.constraint, CONSTRAINT_CPUSET);
	ck_assert_int_eq(oc.totalpages, 128);
	ck_assert_uint_eq(oc.nodemask, ALL_NODES);
	ac = asked(p, GFP_KERNEL);
	ck_assert_int_eq(constrained(&ac).constraint, CONSTRAINT_NONE);
}
END_TEST

START_TEST(a_group_is_worth_its_limit_and_the_swap)
{
	struct mm_group_limits l = mm_no_limits();
	struct oom_control oc = {.group = 1};

	STORE(mm, mm->st->swap_total, 1000);
	l.max = 50;
	ck_assert_int_eq(mm_group_new(mm, "g", 0, &l, NULL), 1);
	oom_constrain(mm, &oc);
	ck_assert_int_eq(oc.constraint, CONSTRAINT_MEMCG);
	ck_assert_int_eq(oc.totalpages, 1050);
	mm_set(mm, "vm.swappiness", 0, NULL);
	oom_constrain(mm, &oc);
	ck_assert_int_eq(oc.totalpages, 50);
	l.max = 0;
	ck_assert_int_eq(mm_group_set(mm, 1, &l, NULL), 0);
	oom_constrain(mm, &oc);
	ck_assert_int_eq(oc.totalpages, 1);
}
END_TEST

/* ---- R50 ---- */

START_TEST(without_fs_nobody_is_killed)
{
	const uint32_t p = born(mm, "p", 0, 9);

	ck_assert_int_eq(oom(0, GFP_NOFS), REASON_OOM_WITHOUT_FS);
	ck_assert(!is_victim(mm, p));
	ck_assert_uint_eq(seen(mm, EV_oom_badness), 0);
}
END_TEST

START_TEST(the_one_with_most_points_is_killed)
{
	const uint32_t a = born(mm, "a", 0, 9), b = born(mm, "b", 0, 3);

	ck_assert_int_eq(oom(b, GFP_KERNEL), REASON_OOM_KILLED);
	ck_assert(is_victim(mm, a));
	ck_assert(!is_victim(mm, b));
	/* R53: nobody else, until it is gone */
	ck_assert_int_eq(oom(b, GFP_KERNEL), REASON_OOM_PENDING);
	ck_assert_uint_eq(seen(mm, EV_oom_kill), 1);
}
END_TEST

START_TEST(nobody_left_is_told)
{
	const uint32_t init = born(mm, "init", 0, 9);

	set_flags(mm, init, PROCESS_INIT);
	ck_assert_int_eq(oom(0, GFP_KERNEL), REASON_OOM_NOBODY);
}
END_TEST

/* R50.3 */
START_TEST(who_is_dying_gets_the_victims_rights)
{
	const uint32_t a = born(mm, "a", 0, 9), b = born(mm, "b", 0, 3);

	set_flags(mm, b, PROCESS_EXITING);
	ck_assert_int_eq(oom(b, GFP_NOFS), REASON_OOM_DYING);
	ck_assert(is_victim(mm, b));
	ck_assert(!is_victim(mm, a));
	ck_assert_uint_eq(seen(mm, EV_oom_kill), 0);
}
END_TEST

START_TEST(panic_on_oom_is_a_verdict)
{
	const uint32_t p = born(mm, "p", 0, 9);
	pfn_t pfn;

	confine(p, 1);
	mm_set(mm, "vm.panic_on_oom", 1, NULL);
	ck_assert_int_eq(oom(0, GFP_KERNEL), REASON_OOM_PANIC);
	ck_assert(!is_victim(mm, p));
	/* 1: a constrained one is no reason; 2: it is */
	ck_assert_int_eq(oom(p, GFP_USER), REASON_OOM_KILLED);
	set_flags(mm, p, 0);
	mm_set(mm, "vm.panic_on_oom", 2, NULL);
	ck_assert_int_eq(oom(p, GFP_USER), REASON_OOM_PANIC);
	/* the request ends with it, and the world goes on */
	use_up(mm, 0);
	ck_assert_uint_eq(asks(mm, p, 0, GFP_KERNEL | GFP_BIT_NOFAIL), NO_PFN);
	ck_assert_int_eq(last_of(mm, EV_slowpath, 1), REASON_OOM_PANIC);
	pfn = mm_owner_first(mm, 0);
	ck_assert_uint_eq(pfn, NO_PFN);
	ck_assert_int_eq(mm_free_pages(mm, 40, 0, 0, NULL), 0);
	ck_assert_uint_eq(alloc(mm, 0, GFP_ATOMIC | GFP_BIT_MEMALLOC), 40);
	then_sound_on_paper(mm);
}
END_TEST

/* R50.7 */
START_TEST(the_one_who_asks_may_have_to_go)
{
	const uint32_t a = born(mm, "a", 0, 9), b = born(mm, "b", 0, 3);

	mm_set(mm, "vm.oom_kill_allocating_task", 1, NULL);
	ck_assert_int_eq(oom(b, GFP_KERNEL), REASON_OOM_KILLED);
	ck_assert(is_victim(mm, b));
	ck_assert_int_eq(last_of(mm, EV_oom_kill, 2), REASON_OOM_ALLOCATING);
	ck_assert_uint_eq(seen(mm, EV_oom_badness), 0);
	/* who may not be killed is not, and the library has no process */
	set_flags(mm, b, 0);
	STORE(mm, mm->process[b].oom_score_adj, OOM_SCORE_ADJ_MIN);
	ck_assert_int_eq(oom(b, GFP_KERNEL), REASON_OOM_KILLED);
	ck_assert(is_victim(mm, a));
	set_flags(mm, a, 0);
	ck_assert_int_eq(oom(0, GFP_KERNEL), REASON_OOM_KILLED);
	ck_assert(is_victim(mm, a));
}
END_TEST

/* R60: it does not wait for victims, and never panics. */
START_TEST(sysrq_kills_in_any_case)
{
	const uint32_t a = born(mm, "a", 0, 9);

	mm_set(mm, "vm.panic_on_oom", 2, NULL);
	ck_assert_int_eq(mm_sysrq_oom(mm), REASON_OOM_KILLED);
	ck_assert(is_victim(mm, a));
	ck_assert_int_eq(last_of(mm, EV_out_of_memory, 0), -1);
	ck_assert_int_eq(last_of(mm, EV_sysrq_oom, 0), REASON_OOM_KILLED);
	born(mm, "b", 0, 10);
	ck_assert_int_eq(mm_sysrq_oom(mm), REASON_OOM_KILLED);
	ck_assert(is_victim(mm, 2));
	set_flags(mm, 1, PROCESS_INIT);
	set_flags(mm, 2, PROCESS_INIT);
	ck_assert_int_eq(mm_sysrq_oom(mm), REASON_OOM_NO_VICTIM);
	then_sound_on_paper(mm);
}
END_TEST

/* ---- in the slow path ---- */

static void marks_are(int64_t min, int64_t rest)
{
	for (zone_t z = 0; z < 2 * MAX_NR_ZONES; z++) {
		if (!mm_zone_populated(mm, z))
			continue;
		mm_put_zone(mm, z, "wmark_min", min);
		mm_put_zone(mm, z, "wmark_low", rest);
		mm_put_zone(mm, z, "wmark_high", rest);
	}
}

/* G24.5: half of what the min mark keeps is the victim's. */
START_TEST(a_victim_may_use_a_part_of_the_reserve)
{
	const uint32_t a = born(mm, "a", 0, 9), b = born(mm, "b", 0, 3);

	marks_are(40, 40);
	use_up(mm, 60);
	mm_record(mm, MM_RECORD_EVENTS);
	set_flags(mm, a, PROCESS_OOM_VICTIM | PROCESS_EXITING | PROCESS_STUCK);
	ck_assert_uint_ne(asks(mm, a, 0, GFP_KERNEL), NO_PFN);
	ck_assert(last_of(mm, EV_zonelist_pass, 1) & ALLOC_OOM);
	/* another gets nothing, and nobody is killed for it */
	ck_assert_uint_eq(asks(mm, b, 0, GFP_KERNEL), NO_PFN);
	ck_assert_int_eq(last_of(mm, EV_out_of_memory, 2), REASON_OOM_PENDING);
}
END_TEST

/* P31, b to d; who asks for what cannot be had gets a straight answer. */
static const struct {
	gfp_t gfp;
	unsigned int order;
	bool victim;
	enum mm_reason why;
} loops[] = {
	{GFP_NOFS, 0, false, REASON_LOOP_NO_FS},
	{GFP_NOFS | GFP_BIT_NOFAIL, 0, false, REASON_LOOP_NO_FS},
	{GFP_KERNEL | GFP_BIT_NOFAIL, 4, false, REASON_LOOP_NOFAIL},
	{GFP_KERNEL | GFP_BIT_NOFAIL | GFP_BIT_THISNODE, 0, false,
	 REASON_LOOP_NOFAIL},
	{GFP_KERNEL, 0, true, REASON_LOOP_VICTIM},
	{GFP_KERNEL | GFP_BIT_NOFAIL, 0, true, REASON_LOOP_VICTIM},
};

START_TEST(each_endless_loop_has_its_name)
{
	const uint32_t p = born(mm, "p", 0, 9), other = born(mm, "o", 0, 10);

	use_up(mm, 0);
	mm_record(mm, MM_RECORD_EVENTS);
	if (loops[_i].victim)
		set_flags(mm, other, PROCESS_OOM_VICTIM | PROCESS_EXITING);
	ck_assert_uint_eq(asks(mm, p, loops[_i].order, loops[_i].gfp), NO_PFN);
	ck_assert_int_eq(last_of(mm, EV_slowpath, 1), loops[_i].why);
	then_sound_on_paper(mm);
}
END_TEST

/*
 * P31.a: whatever reclaim frees, somebody else takes.  Nothing can be
 * reclaimed here: the test says at each decision that 32 pages were, and
 * lets a zone look as if it could pass.
 */
START_TEST(reclaim_for_others_does_not_go_on_for_ever)
{
	const uint32_t p = born(mm, "p", 0, 9), task = task_of(mm, p);
	const struct mm_request want = {.gfp = GFP_KERNEL, .nid = 0};
	enum mm_quantum q = QUANTUM_AGAIN;
	int decisions = 0;

	marks_are(40, 40);
	use_up(mm, 20);
	mm_record(mm, MM_RECORD_EVENTS);
	ck_assert_int_eq(mm_task_request(mm, task, &want, NULL), 0);
	while (q != QUANTUM_DONE) {
		const struct ladder *l = &mm->task[task].ladder;
		const bool decides = l->rung == RUNG_DECIDE;

		/* as if there was progress, and a zone could pass */
		if (decides)
			STORE(mm, l->progress, 32);
		marks_are(decides ? 0 : 40, 40);
		decisions += decides;
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
		if (q == QUANTUM_SLEEP)
			mm_tick(mm, 1);
		ck_assert_int_lt(decisions, 100);
	}
	ck_assert_int_eq(last_of(mm, EV_slowpath, 1), REASON_LOOP_RECLAIM);
	ck_assert_int_eq(decisions, 18);
}
END_TEST

/* With time to pass, the reaper is waited for before giving up. */
START_TEST(a_victim_is_given_its_time)
{
	const uint32_t p = born(mm, "p", 0, 9), v = born(mm, "v", 0, 10);
	pfn_t pfn;

	mm_set(mm, "schedule", 1, NULL);
	use_up(mm, 0);
	mm_record(mm, MM_RECORD_OFF);
	set_flags(mm, v, PROCESS_STUCK);
	pfn = asks(mm, p, 0, GFP_KERNEL);
	ck_assert_uint_eq(pfn, NO_PFN);
	ck_assert_uint_ge(mm_jiffies(mm), 2 * MM_HZ);
}
END_TEST

Suite *check_oom_suite(void)
{
	Suite *s = suite_create("core/oom");
	TCase *tc = tcase_create("oom");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, nothing_constrains_a_plain_request);
	tcase_add_test(tc, a_nodemask_is_a_policy);
	tcase_add_test(tc, a_cpuset_constrains_hardwall_requests);
	tcase_add_test(tc, a_group_is_worth_its_limit_and_the_swap);
	tcase_add_test(tc, without_fs_nobody_is_killed);
	tcase_add_test(tc, the_one_with_most_points_is_killed);
	tcase_add_test(tc, nobody_left_is_told);
	tcase_add_test(tc, who_is_dying_gets_the_victims_rights);
	tcase_add_test(tc, panic_on_oom_is_a_verdict);
	tcase_add_test(tc, the_one_who_asks_may_have_to_go);
	tcase_add_test(tc, sysrq_kills_in_any_case);
	tcase_add_test(tc, a_victim_may_use_a_part_of_the_reserve);
	tcase_add_loop_test(tc, each_endless_loop_has_its_name, 0,
			    sizeof loops / sizeof loops[0]);
	tcase_add_test(tc, reclaim_for_others_does_not_go_on_for_ever);
	tcase_add_test(tc, a_victim_is_given_its_time);
	suite_add_tcase(s, tc);
	return s;
}
