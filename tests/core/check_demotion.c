/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tiers, targets, and a block that goes there: W43, G41.
 */
#include "core/demotion.h"

#include "core/lru.h"
#include "support/people.h"

Suite *check_demotion_suite(void);

/* Four nodes of 64 frames; `cpus` of the CPUs' nodes. */
static struct mm *tiers(const char *tier, const char *distance,
			const char *cpus)
{
	struct mm_config cfg;
	struct mm_error err = {""};
	struct mm *mm;

	mm_config_preset(&cfg, "tiny", NULL);
	cfg.nr_cpus = 2;
	ck_assert_int_eq(mm_config_set(&cfg, "zones",
				       "0:Normal:0-64,1:Normal:64-128,"
				       "2:Normal:128-192,3:Normal:192-256",
				       &err),
			 0);
	ck_assert_int_eq(mm_config_set(&cfg, "distance", distance, &err), 0);
	ck_assert_int_eq(mm_config_set(&cfg, "cpu-node", cpus, &err), 0);
	for (int i = 0; tier[i]; i++)
		cfg.tier[i] = (uint32_t)(tier[i] - '0');
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	mm_set(mm, "numa.demotion", 1, NULL);
	return mm;
}

static void then_targets(struct mm *mm, const char *targets)
{
	char seen[40] = "";

	for (unsigned int n = 0; n < 4; n++) {
		const uint32_t t = demote_target(mm, n);

		seen[2 * n] = t == NO_NODE ? '-' : (char)('0' + t);
		seen[2 * n + 1] = n < 3 ? ' ' : '\0';
	}
	ck_assert_str_eq(seen, targets);
	mm_destroy(mm);
}

START_TEST(targets_are_the_nearest_of_the_next_tier)
{
	then_targets(tiers("0000", "", "0,1"), "- - - -");
	then_targets(tiers("0011", "", "0,1"), "2 2 - -");
	then_targets(tiers("0012", "", "0,1"), "2 2 3 -");
	then_targets(tiers("0011", "0:3:15,1:2:15", "0,1"), "3 2 - -");
	/* the higher number means slower, whatever lies in between */
	then_targets(tiers("5017", "", "0,1"), "3 2 0 -");
}
END_TEST

START_TEST(all_slower_nodes_are_allowed)
{
	struct mm *mm = tiers("0012", "", "0,1");

	ck_assert_uint_eq(demotion_allowed(mm, 0), 0xc);
	ck_assert_uint_eq(demotion_preferred(mm, 0), 0x4);
	ck_assert_uint_eq(demotion_allowed(mm, 2), 0x8);
	ck_assert_uint_eq(demotion_allowed(mm, 3), 0);
	mm_set(mm, "numa.demotion", 0, NULL);
	ck_assert_uint_eq(demote_target(mm, 0), NO_NODE);
	ck_assert_uint_eq(next_demotion_node(mm, 0), 2);
	mm_destroy(mm);
}
END_TEST

/* A page of node 0 on an LRU list, owned and mapped twice. */
static pfn_t given_page(struct mm *mm, unsigned int order)
{
	const struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE,
		.order = (uint16_t)order,
		.nid = 0,
		.owner = mm_owner(mm, "app", NULL),
		.attr = PAGE_LRU | PAGE_SWAPBACKED | PAGE_ACTIVE,
	};
	pfn_t pfn;

	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	STORE(mm, mm->page[pfn].b.word, block_word(BLOCK_USED, order, 2, 1));
	mod_node_page_state(mm, 0, NR_ANON_PAGES, INT64_C(1) << order);
	return pfn;
}

START_TEST(a_block_moves_with_all_it_has)
{
	struct mm *mm = tiers("0012", "", "0,1");

	for (unsigned int order = 0; order <= 2; order += 2) {
		const pfn_t pfn = given_page(mm, order);
		const int64_t n = INT64_C(1) << order;
		const int64_t before = node_page_state(mm, 0, PGDEMOTE_KSWAPD);
		const pfn_t to =
			demote_page(mm, pfn, kswapd_task(0), DEMOTED_BY_KSWAPD);
		struct mm_frame f;

		ck_assert_uint_ne(to, NO_PFN);
		ck_assert_uint_eq(page_nid(mm, to), 2);
		ck_assert_uint_eq(mm->page[to].attr,
				  PAGE_LRU | PAGE_SWAPBACKED | PAGE_ACTIVE);
		ck_assert_uint_eq(block_mapcount(&mm->page[to].b), 2);
		ck_assert_uint_eq(block_young(&mm->page[to].b), 1);
		ck_assert_str_eq(mm_owner_name(mm, mm->page[to].owner), "app");
		ck_assert_uint_eq(
			mm->st->node[2].lru.list[LRU_ACTIVE_ANON].head, to);
		mm_frame(mm, pfn, &f);
		ck_assert_int_ne(f.kind, FRAME_USED);
		ck_assert_int_eq(node_page_state(mm, 0, PGDEMOTE_KSWAPD),
				 before + n);
	}
	ck_assert_int_eq(node_page_state(mm, 0, NR_ANON_PAGES), 0);
	ck_assert_int_eq(node_page_state(mm, 2, NR_ANON_PAGES), 5);
	ck_assert_int_eq(node_page_state(mm, 0, NR_ACTIVE_ANON), 0);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 5);
	then_sound_on_paper(mm);
	mm_destroy(mm);
}
END_TEST

/* The first choice is full: any slower node will do; then none. */
START_TEST(what_finds_no_room_stays)
{
	struct mm *mm = tiers("0012", "", "0,1");
	const pfn_t a = given_page(mm, 0), b = given_page(mm, 0);
	const struct ladder in_hand = mm->task[kswapd_task(0)].ladder;
	struct mm_request want = {.gfp = GFP_ATOMIC | GFP_BIT_MEMALLOC |
					 GFP_BIT_THISNODE,
				  .nid = 2};
	pfn_t pfn, to;

	while (mm_alloc_pages(mm, &want, &pfn) == 0)
		;
	to = demote_page(mm, a, kswapd_task(0), DEMOTED_DIRECTLY);
	ck_assert_uint_eq(page_nid(mm, to), 3);
	ck_assert_int_eq(node_page_state(mm, 0, PGDEMOTE_DIRECT), 1);
	want.nid = 3;
	while (mm_alloc_pages(mm, &want, &pfn) == 0)
		;
	ck_assert_uint_eq(demote_page(mm, b, kswapd_task(0), DEMOTED_DIRECTLY),
			  NO_PFN);
	ck_assert_uint_eq(page_nid(mm, b), 0);
	ck_assert(mm->page[b].attr & PAGE_LRU);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_FAIL], 1);
	ck_assert_mem_eq(&mm->task[kswapd_task(0)].ladder, &in_hand,
			 sizeof in_hand);
	then_sound_on_paper(mm);
	mm_destroy(mm);
}
END_TEST

Suite *check_demotion_suite(void)
{
	Suite *s = suite_create("core/demotion");
	TCase *tc = tcase_create("demotion");

	tcase_add_test(tc, targets_are_the_nearest_of_the_next_tier);
	tcase_add_test(tc, all_slower_nodes_are_allowed);
	tcase_add_test(tc, a_block_moves_with_all_it_has);
	tcase_add_test(tc, what_finds_no_room_stays);
	suite_add_tcase(s, tc);
	return s;
}
