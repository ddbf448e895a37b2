/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a process's pages come from first: P38, P39.
 */
#include "core/mempolicy.h"

#include <errno.h>
#include <string.h>

#include "core/gfp_masks.h"
#include "core/request.h"
#include "support/people.h"

Suite *check_mempolicy_suite(void);

static struct mm *mm;
static uint32_t p, task;

/* Three nodes of 64 frames; the CPU is on node 0, `app` runs there. */
static void setup_zones(const char *zones)
{
	struct mm_config cfg;
	struct mm_error err = {""};

	mm_config_preset(&cfg, "tiny", NULL);
	ck_assert_int_eq(mm_config_set(&cfg, "zones", zones, &err), 0);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	mm_set(mm, "schedule", 0, NULL);
	p = born(mm, "app", 0, 0);
	task = task_of(mm, p);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
}

static void setup(void)
{
	setup_zones("0:Normal:0-64,1:Normal:64-128,2:Normal:128-192");
}

static void teardown(void)
{
	then_sound_on_paper(mm);
	mm_destroy(mm);
	mm = NULL;
}

static void policy(enum mm_policy policy, uint32_t nodes, uint32_t home)
{
	const struct mm_policy_info pi = {
		.policy = policy,
		.nodes = nodes,
		.home_node = home,
		.weight = {3, 1, 2},
	};
	struct mm_error err = {""};

	ck_assert_msg(mm_set_process_policy(mm, p, &pi, &err) == 0, "%s",
		      err.text);
}

static struct mm_request want_of(unsigned int order, gfp_t gfp)
{
	return (struct mm_request){
		.gfp = gfp, .order = (uint16_t)order, .nid = -1};
}

static int node_of(pfn_t pfn)
{
	return pfn == NO_PFN ? -1 : (int)zone_nid(mm_zone_of(mm, pfn));
}

/* Node of a page that the task asks for; -1: refused. */
static int ask(gfp_t gfp)
{
	const struct mm_request want = want_of(0, gfp);

	return node_of(request_run(mm, task, &want));
}

static int fault(unsigned int order, uint64_t index, gfp_t gfp)
{
	const struct mm_request want = want_of(order, gfp);

	return node_of(request_run_fault(mm, task, &want, index));
}

static void fill(int nid)
{
	struct mm_request want = {.gfp = (GFP_HIGHUSER_MOVABLE & ~GFP_RECLAIM) |
					 GFP_BIT_MEMALLOC | GFP_BIT_THISNODE,
				  .nid = (int16_t)nid};
	pfn_t pfn;

	while (mm_alloc_pages(mm, &want, &pfn) == 0)
		;
}

START_TEST(local_is_the_nearest)
{
	ck_assert_int_eq(ask(GFP_KERNEL), 0);
	policy(POLICY_LOCAL, 0, NO_NODE);
	ck_assert_int_eq(ask(GFP_KERNEL), 0);
	ck_assert_uint_eq(seen(mm, EV_policy), 0);
}
END_TEST

START_TEST(preferred_falls_back_along_its_list)
{
	policy(POLICY_PREFERRED, 4, NO_NODE);
	ck_assert_int_eq(ask(GFP_KERNEL), 2);
	fill(2);
	ck_assert_int_eq(ask(GFP_KERNEL), 1); /* rather than one with CPUs */
	ck_assert_int_eq(last_of(mm, EV_policy, 3), 2);
}
END_TEST

/* Who names a node, or is tied to one, has no policy. */
START_TEST(a_node_asked_for_beats_the_policy)
{
	struct mm_request want = want_of(0, GFP_KERNEL);

	policy(POLICY_PREFERRED, 4, NO_NODE);
	want.nid = 1;
	ck_assert_int_eq(node_of(request_run(mm, task, &want)), 1);
	ck_assert_int_eq(ask(GFP_KERNEL | GFP_BIT_THISNODE), 0);
}
END_TEST

START_TEST(bind_never_leaves_its_nodes)
{
	const gfp_t gfp = GFP_KERNEL | GFP_BIT_NORETRY;

	policy(POLICY_BIND, 6, NO_NODE);
	ck_assert_int_eq(ask(gfp), 1); /* nearest to the CPU's node */
	policy(POLICY_BIND, 6, 2);
	ck_assert_int_eq(ask(gfp), 2);
	fill(2);
	ck_assert_int_eq(ask(gfp), 1);
	fill(1);
	ck_assert_int_eq(ask(gfp), -1);
	policy(POLICY_LOCAL, 0, NO_NODE);
	ck_assert_int_eq(ask(gfp), 0);
}
END_TEST

/* Requests for low zones are not bound: there may be none on the nodes. */
START_TEST(low_zones_are_not_bound)
{
	teardown();
	setup_zones("0:DMA32:0-64,0:Normal:64-128,1:Normal:128-192");
	policy(POLICY_BIND, 2, NO_NODE);
	ck_assert_int_eq(ask(GFP_KERNEL), 1);
	ck_assert_int_eq(ask(GFP_KERNEL | GFP_BIT_DMA32), 0);
}
END_TEST

/* With Movable memory alone, only requests for that are bound. */
START_TEST(movable_nodes_bind_movable_requests)
{
	teardown();
	setup_zones("0:Normal:0-64,1:Movable:64-128");
	policy(POLICY_BIND, 2, NO_NODE);
	ck_assert_int_eq(ask(GFP_KERNEL), 0);
	ck_assert_int_eq(ask(GFP_HIGHUSER_MOVABLE), 1);
	fill(1);
	fill(0);
	ck_assert_int_eq(ask(GFP_HIGHUSER_MOVABLE | GFP_BIT_NORETRY), -1);
}
END_TEST

/* The trial is confined and does not reclaim; the request proper may. */
START_TEST(preferred_many_asks_twice)
{
	policy(POLICY_PREFERRED_MANY, 6, 2);
	ck_assert_int_eq(ask(GFP_KERNEL), 2);
	ck_assert_uint_eq(seen(mm, EV_mm_page_alloc), 1);
	fill(2);
	ck_assert_int_eq(ask(GFP_KERNEL), 1);
	fill(1);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_OFF), 0);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
	ck_assert_int_eq(ask(GFP_KERNEL), 0);
	ck_assert_uint_eq(seen(mm, EV_mm_page_alloc), 2);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_direct_reclaim_begin), 0);
	for (uint64_t i = mm_first_moment(mm) + 1;; i++)
		if (mm_event(mm, i)->type == EV_mm_page_alloc) {
			ck_assert_int_eq(mm_event(mm, i)->arg[3],
					 (GFP_KERNEL | GFP_BIT_NOWARN) &
						 ~GFP_BIT_DIRECT_RECLAIM);
			break;
		}
	ck_assert_int_eq(last_of(mm, EV_mm_page_alloc, 3), GFP_KERNEL);
}
END_TEST

static void then_turns(const char *turns)
{
	char seen[40] = "";

	for (size_t i = 0; i < strlen(turns); i++)
		seen[i] = (char)('0' + ask(GFP_KERNEL));
	ck_assert_str_eq(seen, turns);
}

static uint64_t interleaved(unsigned int nid)
{
	return mm->zone[mm_zone_id(nid, ZONE_NORMAL)].numa[NUMA_INTERLEAVE];
}

START_TEST(interleaving_takes_turns)
{
	policy(POLICY_INTERLEAVE, 7, NO_NODE);
	then_turns("0120120");
	policy(POLICY_INTERLEAVE, 5, NO_NODE);
	then_turns("0202");
	ck_assert_uint_eq(interleaved(0), 3 + 2);
	ck_assert_uint_eq(interleaved(1), 2);
	fill(2);
	ck_assert_int_eq(ask(GFP_KERNEL), 0);
	ck_assert_int_eq(ask(GFP_KERNEL), 1); /* was to be 2: not counted */
	ck_assert_uint_eq(interleaved(0), 6);
	ck_assert_uint_eq(interleaved(2), 2 + 2);
}
END_TEST

START_TEST(weights_are_stays)
{
	policy(POLICY_WEIGHTED_INTERLEAVE, 7, NO_NODE);
	then_turns("000122000122");
	policy(POLICY_WEIGHTED_INTERLEAVE, 6, NO_NODE);
	then_turns("122122");
}
END_TEST

START_TEST(a_fault_interleaves_by_its_place)
{
	static const char plain[] = "02020202", heavy[] = "00022000";

	for (unsigned int i = 0; i < 8; i++) {
		policy(POLICY_INTERLEAVE, 5, NO_NODE);
		ck_assert_int_eq(fault(0, i, GFP_KERNEL), plain[i] - '0');
		policy(POLICY_WEIGHTED_INTERLEAVE, 5, NO_NODE);
		ck_assert_int_eq(fault(0, i, GFP_KERNEL), heavy[i] - '0');
	}
}
END_TEST

/* P39: one round on the node, and elsewhere only who may reclaim. */
START_TEST(a_huge_fault_tries_the_nearest_node_first)
{
	const unsigned int huge = mm->st->cfg.pmd_order;

	ck_assert_int_eq(fault(huge, 0, GFP_TRANSHUGE), 0);
	ck_assert_uint_eq(seen(mm, EV_mm_page_alloc), 1);
	ck_assert_int_eq(last_of(mm, EV_mm_page_alloc, 3),
			 GFP_TRANSHUGE | GFP_BIT_THISNODE | GFP_BIT_NORETRY);
	fill(0);
	ck_assert_int_eq(fault(huge, 0, GFP_TRANSHUGE_LIGHT), -1);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_OFF), 0);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
	ck_assert_int_eq(fault(huge, 0, GFP_TRANSHUGE), 1);
	ck_assert_uint_eq(seen(mm, EV_mm_page_alloc), 2);
	ck_assert_int_eq(last_of(mm, EV_mm_page_alloc, 3), GFP_TRANSHUGE);
}
END_TEST

/* The preferred node is none of those allowed, or the policy interleaves. */
START_TEST(other_huge_faults_are_ordinary)
{
	const unsigned int huge = mm->st->cfg.pmd_order;

	policy(POLICY_BIND, 6, NO_NODE);
	ck_assert_int_eq(fault(huge, 0, GFP_TRANSHUGE), 1);
	ck_assert_int_eq(last_of(mm, EV_mm_page_alloc, 3), GFP_TRANSHUGE);
	policy(POLICY_INTERLEAVE, 6, NO_NODE);
	ck_assert_int_eq(fault(huge, 1, GFP_TRANSHUGE), 2);
	ck_assert_int_eq(last_of(mm, EV_mm_page_alloc, 3), GFP_TRANSHUGE);
}
END_TEST

START_TEST(senseless_policies_are_refused)
{
	static const struct mm_policy_info bad[] = {
		{.policy = POLICY_LOCAL, .nodes = 1, .home_node = NO_NODE},
		{.policy = POLICY_BIND, .nodes = 0, .home_node = NO_NODE},
		{.policy = POLICY_BIND, .nodes = 8, .home_node = NO_NODE},
		{.policy = POLICY_BIND, .nodes = 1u << 31, .home_node = 0},
		{.policy = POLICY_BIND, .nodes = 1, .home_node = 3},
		{.policy = POLICY_INTERLEAVE, .nodes = 1, .home_node = 0},
		{.policy = NR_POLICIES, .nodes = 1, .home_node = NO_NODE},
	};
	const uint64_t before = mm_hash(mm);
	struct mm_error err = {""};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		err.text[0] = '\0';
		ck_assert_int_eq(mm_set_process_policy(mm, p, &bad[i], &err),
				 -EINVAL);
		ck_assert_str_ne(err.text, "");
	}
	ck_assert_int_eq(mm_set_process_policy(mm, p + 1, &bad[0], &err),
			 -EINVAL);
	ck_assert_uint_eq(mm_hash(mm), before);
}
END_TEST

Suite *check_mempolicy_suite(void)
{
	Suite *s = suite_create("core/mempolicy");
	TCase *tc = tcase_create("mempolicy");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, local_is_the_nearest);
	tcase_add_test(tc, preferred_falls_back_along_its_list);
	tcase_add_test(tc, a_node_asked_for_beats_the_policy);
	tcase_add_test(tc, bind_never_leaves_its_nodes);
	tcase_add_test(tc, low_zones_are_not_bound);
	tcase_add_test(tc, movable_nodes_bind_movable_requests);
	tcase_add_test(tc, preferred_many_asks_twice);
	tcase_add_test(tc, interleaving_takes_turns);
	tcase_add_test(tc, weights_are_stays);
	tcase_add_test(tc, a_fault_interleaves_by_its_place);
	tcase_add_test(tc, a_huge_fault_tries_the_nearest_node_first);
	tcase_add_test(tc, other_huge_faults_are_ordinary);
	tcase_add_test(tc, senseless_policies_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
