/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pools of huge pages; contig-cma-hotplug.md 5 and 8.2, isolation.md 13.6.
 *
 * Pageblocks and the smaller huge pages have 16 frames, the larger ones 256,
 * free blocks 32 at most, memory blocks 128.
 */
#include "core/hugetlb.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/isolation.h"
#include "core/migrate.h"
#include "support/picture.h"

#define PMD HUGETLB_PMD
#define PUD HUGETLB_PUD
#define SMALL 16u
#define LARGE 256u
#define PAGES (3 * LARGE)

static struct mm *mm;

static void setup(void)
{
	mm = given_free(PAGES, 4);
	ck_assert_uint_eq(mm_memory_block_pages(mm), 128);
	mm_set(mm, "pcp", 0, NULL);
	mm_set(mm, "schedule", 0, NULL);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static struct mm_hugetlb_info info(enum mm_hugetlb_size size)
{
	struct mm_hugetlb_info hi;

	then_sound(mm);
	mm_hugetlb_info(mm, size, &hi);
	return hi;
}

static uint32_t pool(enum mm_hugetlb_size size, uint32_t nr)
{
	ck_assert_int_eq(mm_hugetlb_pool(mm, size, nr, -1, NULL), 0);
	return info(size).nr;
}

static pfn_t get(enum mm_hugetlb_size size, const char *name)
{
	const struct mm_hugetlb_request want = {
		.size = size, .owner = mm_owner(mm, name, NULL), .nid = -1};
	pfn_t pfn;

	mm_hugetlb_alloc(mm, &want, &pfn, NULL);
	then_sound(mm);
	return pfn;
}

static void put(pfn_t pfn, unsigned int order)
{
	ck_assert_int_eq(mm_free_pages(mm, pfn, order, 0, NULL), 0);
	then_sound(mm);
}

static int contig(pfn_t start, pfn_t end)
{
	const struct mm_range_request want = {.start = start,
					      .end = end,
					      .mode = ISOLATE_OTHER,
					      .gfp = GFP_KERNEL,
					      .nid = -1};
	pfn_t pfn;
	const int e = mm_contig(mm, &want, &pfn, NULL);

	then_sound(mm);
	ck_assert_uint_eq(mm->zone[Z].nr_isolate_pageblock, 0);
	return e;
}

static int offline(unsigned int block)
{
	const int e = mm_memory_offline(mm, block, 3, NULL);

	then_sound(mm);
	return e;
}

static enum mm_hugetlb_state state_of(pfn_t pfn)
{
	struct mm_frame f;

	mm_frame(mm, pfn, &f);
	return (enum mm_hugetlb_state)f.hugetlb;
}

static bool is_free(pfn_t pfn)
{
	struct mm_frame f;

	mm_frame(mm, pfn, &f);
	return f.kind == FRAME_FREE;
}

/* The newest event of that type; fails if there is none. */
static const struct mm_event *last(enum mm_event_type type)
{
	for (uint64_t n = mm_now(mm); n > mm_first_moment(mm); n--)
		if (mm_event(mm, n)->type == type)
			return mm_event(mm, n);
	ck_abort_msg("no event of type %d", type);
	return NULL;
}

static void then_free_list(const char *text)
{
	char buf[200] = "";
	size_t used = 0;

	for (pfn_t p = mm_hugetlb_first_free(mm, PMD, 0); p != NO_PFN;
	     p = mm_hugetlb_next(mm, p))
		used += (size_t)snprintf(buf + used, sizeof buf - used, "%s%u",
					 used ? " " : "", p);
	ck_assert_str_eq(buf, text);
}

/* ---- the pool ---- */

START_TEST(sizes_are_those_of_the_page_tables)
{
	ck_assert_uint_eq(info(PMD).order, 4);
	ck_assert(!info(PMD).gigantic);
	ck_assert_uint_eq(info(PUD).order, 8);
	ck_assert(info(PUD).gigantic);
	ck_assert_int_eq(mm_hugetlb_of_order(mm, 8), PUD);
	ck_assert_int_eq(mm_hugetlb_of_order(mm, 5), -ENOENT);
	ck_assert_int_eq(mm_hugetlb_of_order(mm, 0), -ENOENT);
}
END_TEST

/* The first that came is the first to be taken. */
START_TEST(a_pool_grows_and_shrinks)
{
	const int64_t free = mm->zone[Z].stat[NR_FREE_PAGES];

	ck_assert_uint_eq(pool(PMD, 3), 3);
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], free - 48);
	then_free_list("0 16 32");
	ck_assert_uint_eq(mm->st->cfg.nr_hugepages, 3);
	ck_assert_uint_eq(mm->st->vm_event[VM_HTLB_BUDDY_ALLOC_SUCCESS], 3);
	ck_assert_int_eq(state_of(17), HUGETLB_FREE);
	ck_assert_uint_eq(pool(PMD, 1), 1);
	then_free_list("32");
	ck_assert_uint_eq(pool(PMD, 0), 0);
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], free);
}
END_TEST

START_TEST(a_pool_gets_what_there_is)
{
	ck_assert_uint_lt(pool(PMD, 700), 700);
	ck_assert_uint_gt(info(PMD).nr, 40);
	ck_assert_uint_eq(mm->st->cfg.nr_hugepages, info(PMD).nr);
	ck_assert_uint_ge(mm->st->vm_event[VM_HTLB_BUDDY_ALLOC_FAIL], 1);
	ck_assert_int_eq(last(EV_hugetlb_no_page)->arg[2],
			 REASON_HUGETLB_NO_NEW);
}
END_TEST

/* As sysctl has it; the setting says what was got. */
START_TEST(the_setting_is_the_pool)
{
	ck_assert_int_eq(mm_set(mm, "vm.nr_hugepages", 2, NULL), 0);
	ck_assert_uint_eq(info(PMD).nr, 2);
	ck_assert_int_eq(mm_set(mm, "vm.nr_hugepages", 1000, NULL), 0);
	ck_assert_uint_eq(mm->st->cfg.nr_hugepages, info(PMD).nr);
}
END_TEST

START_TEST(pages_in_use_stay_as_surplus)
{
	pfn_t a, b;

	pool(PMD, 2);
	a = get(PMD, "a");
	b = get(PMD, "b");
	ck_assert_uint_eq(a, 0);
	ck_assert_uint_eq(b, 16);
	ck_assert_int_eq(mm->st->node[0].stat[NR_HUGETLB], 32);
	ck_assert_uint_eq(pool(PMD, 0), 2);
	ck_assert_uint_eq(info(PMD).surplus, 2);
	put(a, 4);
	ck_assert(is_free(a));
	ck_assert_uint_eq(info(PMD).nr, 1);
	/* what was surplus belongs to the pool again */
	ck_assert_uint_eq(pool(PMD, 1), 1);
	ck_assert_uint_eq(info(PMD).surplus, 0);
	put(b, 4);
	ck_assert_int_eq(state_of(b), HUGETLB_FREE);
	ck_assert_int_eq(mm->st->node[0].stat[NR_HUGETLB], 0);
}
END_TEST

START_TEST(surplus_needs_leave)
{
	pfn_t pfn;

	ck_assert_uint_eq(get(PMD, "a"), NO_PFN);
	ck_assert_int_eq(last(EV_hugetlb_no_page)->arg[2],
			 REASON_HUGETLB_NO_SURPLUS);
	ck_assert_int_eq(mm_set(mm, "vm.nr_overcommit_hugepages", 1, NULL), 0);
	pfn = get(PMD, "a");
	ck_assert_uint_ne(pfn, NO_PFN);
	ck_assert_uint_eq(info(PMD).surplus, 1);
	ck_assert_uint_eq(get(PMD, "b"), NO_PFN);
	put(pfn, 4);
	ck_assert_uint_eq(info(PMD).nr, 0);
	ck_assert_int_eq(mm_hugetlb_overcommit(mm, PUD, 1, NULL), -EINVAL);
}
END_TEST

START_TEST(reserved_pages_are_kept)
{
	struct mm_hugetlb_request want = {.size = PMD, .nid = -1};
	pfn_t pfn;

	pool(PMD, 2);
	ck_assert_int_eq(mm_hugetlb_reserve(mm, PMD, 2, NULL), 0);
	ck_assert_uint_eq(get(PMD, "a"), NO_PFN);
	ck_assert_uint_eq(pool(PMD, 0), 2); /* they stay */
	ck_assert_uint_eq(pool(PMD, 2), 2);
	want.reserved = true;
	ck_assert_int_eq(mm_hugetlb_alloc(mm, &want, &pfn, NULL), 0);
	ck_assert_uint_eq(info(PMD).resv, 1);
	ck_assert_int_eq(mm_hugetlb_reserve(mm, PMD, 2, NULL), -ENOMEM);
	ck_assert_int_eq(mm_hugetlb_reserve(mm, PMD, -2, NULL), -EINVAL);
	ck_assert_int_eq(mm_hugetlb_reserve(mm, PMD, -1, NULL), 0);
	ck_assert_int_eq(mm_hugetlb_alloc(mm, &want, &pfn, NULL), -EINVAL);
	/* what is missing comes as surplus, and goes again */
	ck_assert_int_eq(mm_hugetlb_overcommit(mm, PMD, 2, NULL), 0);
	ck_assert_int_eq(mm_hugetlb_reserve(mm, PMD, 3, NULL), 0);
	ck_assert_uint_eq(info(PMD).surplus, 2);
	ck_assert_int_eq(mm_hugetlb_reserve(mm, PMD, 1, NULL), -ENOMEM);
	ck_assert_uint_eq(info(PMD).surplus, 2);
	ck_assert_int_eq(mm_hugetlb_reserve(mm, PMD, -3, NULL), 0);
	ck_assert_uint_eq(info(PMD).surplus, 0);
	ck_assert_uint_eq(info(PMD).nr, 2);
}
END_TEST

/* 5.1, 5.2: by contiguous allocation, and back in pageblocks. */
START_TEST(gigantic_pages_come_in_one_piece)
{
	const int64_t free = mm->zone[Z].stat[NR_FREE_PAGES];
	pfn_t pfn;

	ck_assert_uint_eq(pool(PUD, 2), 2);
	pfn = get(PUD, "big");
	ck_assert_uint_eq(pfn % LARGE, 0);
	ck_assert_int_eq(state_of(pfn + 255), HUGETLB_USED);
	put(pfn, 8);
	ck_assert_uint_eq(pool(PUD, 0), 0);
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], free);
	then_lists(mm, MIGRATE_ISOLATE, "");
}
END_TEST

/* A tiny world with one constant of its own. */
static void tiny_with(const char *key, const char *value)
{
	struct mm_config cfg;

	teardown();
	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", NULL), 0);
	ck_assert_int_eq(mm_config_set(&cfg, key, value, NULL), 0);
	cfg.schedule = 0;
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	mm_set(mm, "pcp", 0, NULL);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
}

START_TEST(zone_movable_is_for_them_by_choice)
{
	tiny_with("zones", "0:Normal:0-512,0:Movable:512-1024");
	pool(PUD, 1);
	ck_assert_uint_eq(mm_hugetlb_first_free(mm, PUD, 0), 0);
	mm_set(mm, "vm.movable_gigantic_pages", 1, NULL);
	pool(PUD, 2);
	ck_assert_uint_eq(mm_hugetlb_first_free(mm, PUD, 0), 512);
	/* small ones may always lie there */
	pool(PMD, 1);
	ck_assert_uint_ge(mm_hugetlb_first_free(mm, PMD, 0), 512);
}
END_TEST

/* Where the buddy has blocks of the larger size, there is nothing gigantic. */
START_TEST(two_sizes_of_the_buddy)
{
	tiny_with("pmd-order", "2");
	ck_assert_uint_eq(info(PUD).order, 4);
	ck_assert(!info(PUD).gigantic);
	pool(PUD, 2);
	pool(PMD, 2);
	ck_assert_uint_eq(get(PUD, "a"), 0);
	ck_assert_int_eq(contig(0, 40), 0);
	ck_assert_uint_eq(info(PUD).nr, 2);
	ck_assert_uint_eq(info(PMD).nr, 2);
	ck_assert_int_eq(mm_hugetlb_overcommit(mm, PUD, 1, NULL), 0);
}
END_TEST

/* Being movable they may be lent a CMA area's memory, and leave it. */
START_TEST(a_cma_area_gets_its_memory_back)
{
	const struct mm_range_request want = {.nr = 160,
					      .area = 1,
					      .mode = ISOLATE_CMA,
					      .gfp = GFP_KERNEL,
					      .nid = -1};
	bool lent = false;
	pfn_t pfn;

	tiny_with("cma", "96-256");
	pool(PMD, 3);
	for (pfn_t p = 96; p < 256; p++)
		lent |= state_of(p) == HUGETLB_FREE;
	ck_assert(lent);
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), 0);
	ck_assert_uint_eq(pfn, 96);
	ck_assert_uint_eq(info(PMD).nr, 3);
	for (pfn_t p = 96; p < 256; p++)
		ck_assert_int_eq(state_of(p), HUGETLB_NONE);
}
END_TEST

/* 7.3: only with the switch do they lie in ZONE_MOVABLE. */
START_TEST(gigantic_pages_avoid_zone_movable)
{
	const struct hstate *h = &mm->st->hstate[PUD];

	ck_assert_uint_eq(htlb_alloc_mask(mm, h) & GFP_BIT_MOVABLE, 0);
	ck_assert_uint_ne(
		htlb_alloc_mask(mm, &mm->st->hstate[PMD]) & GFP_BIT_MOVABLE, 0);
	mm_set(mm, "vm.movable_gigantic_pages", 1, NULL);
	ck_assert_uint_ne(htlb_alloc_mask(mm, h) & GFP_BIT_MOVABLE, 0);
}
END_TEST

START_TEST(a_block_of_the_right_order_can_become_one)
{
	const struct mm_request want = {.gfp = GFP_KERNEL,
					.order = 4,
					.owner = mm_owner(mm, "a", NULL),
					.nid = -1};
	pfn_t pfn, page = alloc(mm, 0, GFP_KERNEL);

	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_int_eq(mm_range_pages(mm, pfn, pfn + 1, PAGE_OP_HUGE, NULL),
			 1);
	ck_assert_int_eq(state_of(pfn), HUGETLB_USED);
	ck_assert_uint_eq(info(PMD).nr, 1);
	ck_assert_uint_eq(info(PMD).surplus, 0);
	ck_assert_uint_eq(mm_owner_pages(mm, want.owner), 16);
	ck_assert_uint_eq(mm_owner_first(mm, want.owner), pfn);
	/* once is enough, and a single page is none */
	ck_assert_int_eq(mm_range_pages(mm, pfn, pfn + 1, PAGE_OP_HUGE, NULL),
			 0);
	ck_assert_int_eq(mm_range_pages(mm, page, page + 1, PAGE_OP_HUGE, NULL),
			 0);
	put(pfn, 4);
	ck_assert_int_eq(state_of(pfn), HUGETLB_FREE);
}
END_TEST

START_TEST(nobody_else_may_have_them)
{
	struct mm_error err;
	pfn_t pfn;

	pool(PMD, 1);
	/* free in its pool */
	ck_assert_int_eq(mm_free_pages(mm, 0, 4, 0, &err), -EINVAL);
	ck_assert(strstr(err.text, "pool"));
	pfn = get(PMD, "a");
	ck_assert_int_eq(mm_split_page(mm, pfn, NULL), -EINVAL);
	ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, NULL), -EINVAL);
	ck_assert_int_eq(mm_free_contig(mm, pfn, pfn + SMALL, 0, NULL),
			 -EINVAL);
	ck_assert_int_eq(mm_range_pages(mm, pfn, pfn + 1, PAGE_OP_DIRTY, NULL),
			 0);
	then_sound(mm);
}
END_TEST

/* ---- compaction: T4 ---- */

START_TEST(compaction_leaves_them_alone)
{
	struct mm_config cfg;
	enum compact_result r;

	teardown();
	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", NULL), 0);
	ck_assert_int_eq(mm_config_set(&cfg, "pmd-order", "3", NULL), 0);
	mm = mm_create(&cfg, NULL);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	pool(PMD, 3);
	ck_assert_int_eq(mm_compact(mm, NO_ZONE, -1, MIGRATE_SYNC, &r, NULL),
			 0);
	ck_assert_int_eq(last(EV_compact_refused)->arg[2], REASON_PAGE_HUGETLB);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 0);
	ck_assert_uint_eq(info(PMD).free, 3);
}
END_TEST

/* ---- memory in one piece: 5.3, 5.4 ---- */

START_TEST(one_in_use_moves_to_a_free_one)
{
	pfn_t pfn;

	pool(PMD, 3);
	pfn = get(PMD, "a");
	ck_assert_uint_eq(pfn, 0);
	ck_assert_int_eq(contig(0, 16), 0);
	ck_assert_int_eq(state_of(0), HUGETLB_NONE);
	ck_assert_int_eq(state_of(16), HUGETLB_USED);
	ck_assert_uint_eq(mm_owner_first(mm, mm_owner_find(mm, "a")), 16);
	/* the frames it left came back to the pool, and were replaced */
	ck_assert_int_eq(last(EV_hugetlb_replaced)->arg[0], 0);
	ck_assert_uint_eq(info(PMD).nr, 3);
	ck_assert_uint_eq(info(PMD).free, 2);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 16);
}
END_TEST

/* None is free: a fresh one for a while, and the old one goes to the buddy. */
START_TEST(or_to_one_of_the_buddy)
{
	pfn_t pfn;

	pool(PMD, 1);
	pfn = get(PMD, "a");
	ck_assert_int_eq(contig(pfn, pfn + SMALL), 0);
	ck_assert_uint_eq(info(PMD).nr, 1);
	ck_assert_uint_eq(info(PMD).free, 0);
	ck_assert_uint_eq(info(PMD).surplus, 0);
	pfn = mm_hugetlb_first_active(mm, PMD);
	put(pfn, 4);
	ck_assert_int_eq(state_of(pfn), HUGETLB_FREE); /* it is to stay */
}
END_TEST

START_TEST(a_free_one_is_replaced)
{
	pool(PMD, 2);
	ck_assert_int_eq(contig(0, 32), 0);
	ck_assert_uint_eq(info(PMD).nr, 2);
	ck_assert_uint_eq(info(PMD).free, 2);
	for (pfn_t p = 0; p < 32; p++)
		ck_assert_int_eq(state_of(p), HUGETLB_NONE);
}
END_TEST

/* A range that begins, or ends, in the middle of one. */
START_TEST(one_across_an_end_goes_as_a_whole)
{
	pool(PMD, 1);
	ck_assert_uint_eq(get(PMD, "a"), 0);
	ck_assert_int_eq(contig(8, 12), 0);
	ck_assert_int_eq(state_of(0), HUGETLB_NONE);
	ck_assert_uint_eq(info(PMD).nr, 1);
}
END_TEST

START_TEST(none_to_replace_it_is_no_memory)
{
	struct mm_error err;
	const struct mm_range_request want = {.start = 0,
					      .end = 16,
					      .mode = ISOLATE_OTHER,
					      .gfp = GFP_KERNEL,
					      .nid = -1};
	pfn_t pfn;

	pool(PMD, 700);
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, &err), -ENOMEM);
	ck_assert_int_eq(last(EV_hugetlb_refused)->arg[2],
			 REASON_HUGETLB_NO_NEW);
	ck_assert(strstr(err.text, "frame 0"));
	then_sound(mm);
	ck_assert_int_eq(state_of(0), HUGETLB_FREE);
}
END_TEST

START_TEST(one_that_is_held_is_tried_again_and_again)
{
	unsigned int tries = 0;
	pfn_t pfn;

	pool(PMD, 1);
	pfn = get(PMD, "a");
	mm_range_pages(mm, pfn, pfn + 1, PAGE_OP_PIN, NULL);
	ck_assert_int_eq(contig(pfn, pfn + SMALL), -EBUSY);
	for (uint64_t n = mm_first_moment(mm) + 1; n <= mm_now(mm); n++)
		tries += mm_event(mm, n)->type == EV_compact_refused;
	ck_assert_uint_eq(tries, 5 * 10); /* calls, passes */
	ck_assert_int_eq(state_of(pfn), HUGETLB_USED);
	ck_assert_uint_eq(info(PMD).nr, 1);
	mm_range_pages(mm, pfn, pfn + 1, PAGE_OP_UNPIN, NULL);
	mm_range_pages(mm, pfn, pfn + 1, PAGE_OP_HOLD, NULL);
	ck_assert_int_eq(contig(pfn, pfn + SMALL), -EBUSY);
	mm_range_pages(mm, pfn, pfn + 1, PAGE_OP_RELEASE, NULL);
	ck_assert_int_eq(contig(pfn, pfn + SMALL), 0);
}
END_TEST

/* Pages of pools move before all others, though they are behind on the list. */
START_TEST(they_move_first)
{
	const struct mm_request page = {.gfp = GFP_HIGHUSER_MOVABLE,
					.attr = PAGE_LRU | PAGE_SWAPBACKED,
					.nid = -1};
	pfn_t pfn, other, first = NO_PFN;

	pool(PMD, 1);
	pfn = get(PMD, "a");
	ck_assert_int_eq(mm_alloc_pages(mm, &page, &other), 0);
	mm_lru_drain(mm);
	ck_assert_int_eq(contig(0, 64), 0);
	for (uint64_t n = mm_now(mm); n > mm_first_moment(mm); n--)
		if (mm_event(mm, n)->type == EV_compact_moved)
			first = (pfn_t)mm_event(mm, n)->arg[0];
	ck_assert_uint_eq(first, pfn);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 17);
}
END_TEST

/* ---- gigantic ones: isolation.md 13.6 ---- */

START_TEST(a_gigantic_page_across_the_end)
{
	struct mm_error err;
	const struct mm_range_request want = {.start = 200,
					      .end = 300,
					      .mode = ISOLATE_OTHER,
					      .gfp = GFP_KERNEL,
					      .nid = -1};
	pfn_t pfn;

	/* the page is at 256 */
	ck_assert_uint_eq(alloc(mm, 4, GFP_KERNEL), 0);
	pool(PUD, 1);
	ck_assert_uint_eq(mm_hugetlb_first_free(mm, PUD, 0), 256);
	/* 6.4c: isolation accepts it ... */
	ck_assert_int_eq(mm_isolate_range(mm, 200, 300, ISOLATE_OTHER, NULL),
			 0);
	ck_assert_int_eq(mm_unisolate_range(mm, 200, 300, NULL), 0);
	then_sound(mm);
	/* ... and contiguous allocation does not, free or in use */
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, &err), -ENOMEM);
	ck_assert(strstr(err.text, "gigantic"));
	ck_assert_int_eq(last(EV_hugetlb_refused)->arg[2],
			 REASON_HUGETLB_GIGANTIC);
	ck_assert_uint_eq(get(PUD, "big"), 256);
	ck_assert_int_eq(contig(200, 300), -ENOMEM);
	ck_assert_int_eq(contig(300, 400), -ENOMEM);
	ck_assert_int_eq(state_of(300), HUGETLB_USED);
	then_lists(mm, MIGRATE_ISOLATE, "");
}
END_TEST

/* Any other page of that size makes isolation fail. */
START_TEST(another_page_across_the_end)
{
	struct mm_range_request want = {.nr = LARGE,
					.mode = ISOLATE_OTHER,
					.gfp = GFP_KERNEL | GFP_BIT_COMP,
					.nid = -1};
	pfn_t pfn;

	ck_assert_uint_eq(alloc(mm, 4, GFP_KERNEL), 0);
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), 0);
	ck_assert_uint_eq(pfn, 256);
	ck_assert_int_eq(mm_isolate_range(mm, 200, 300, ISOLATE_OTHER, NULL),
			 -EBUSY);
}
END_TEST

/* Offline: it migrates if a gigantic target exists. */
START_TEST(offline_moves_a_gigantic_page)
{
	pfn_t to;

	pool(PUD, 1);
	ck_assert_uint_eq(get(PUD, "big"), 0);
	/* no target: round after round in vain */
	ck_assert_int_eq(offline(1), -EINTR);
	ck_assert_int_eq(last(EV_compact_refused)->arg[2],
			 REASON_PAGE_NO_TARGET);
	ck_assert_int_eq(state_of(0), HUGETLB_USED);
	ck_assert_uint_eq(pool(PUD, 2), 2);
	to = mm_hugetlb_first_free(mm, PUD, 0);
	/* the page begins in front of the memory block */
	ck_assert_int_eq(offline(1), 0);
	ck_assert_int_eq(state_of(to), HUGETLB_USED);
	ck_assert_uint_eq(mm_owner_first(mm, mm_owner_find(mm, "big")), to);
	/* and what it left is dissolved completely */
	ck_assert_uint_eq(info(PUD).nr, 1);
	ck_assert_uint_eq(info(PUD).max, 1);
	ck_assert(is_free(0));
	ck_assert(is_free(127));
}
END_TEST

/* ---- offline: 5.5 ---- */

START_TEST(free_ones_are_dissolved)
{
	pool(PMD, 10);
	ck_assert_int_eq(offline(0), 0); /* eight of them lay there */
	ck_assert_uint_eq(info(PMD).nr, 2);
	ck_assert_uint_eq(mm->st->cfg.nr_hugepages, 2);
	then_free_list("128 144");
}
END_TEST

/* Surplus ones first: the pool is to have as many as before. */
START_TEST(dissolving_surplus_keeps_the_number)
{
	mm_hugetlb_overcommit(mm, PMD, 1, NULL);
	ck_assert_int_eq(mm_hugetlb_reserve(mm, PMD, 1, NULL), 0);
	pool(PMD, 0);
	ck_assert_int_eq(mm_hugetlb_reserve(mm, PMD, 1, NULL), -ENOMEM);
	ck_assert_uint_eq(info(PMD).surplus, 1);
	ck_assert_int_eq(mm_hugetlb_reserve(mm, PMD, -1, NULL), 0);
	ck_assert_uint_eq(info(PMD).nr, 0);
	pool(PMD, 1);
	get(PMD, "a");
	pool(PMD, 0);
	ck_assert_uint_eq(info(PMD).surplus, 1);
	mm_hugetlb_overcommit(mm, PMD, 3, NULL);
	ck_assert_int_eq(mm_hugetlb_reserve(mm, PMD, 1, NULL), 0);
	ck_assert_uint_eq(info(PMD).surplus, 2);
	ck_assert_uint_eq(info(PMD).max, 0);
}
END_TEST

START_TEST(reserved_ones_stop_it)
{
	struct mm_error err;

	pool(PMD, 1);
	ck_assert_int_eq(mm_hugetlb_reserve(mm, PMD, 1, NULL), 0);
	ck_assert_int_eq(mm_memory_offline(mm, 0, 3, &err), -EBUSY);
	ck_assert(strstr(err.text, "reserved"));
	ck_assert_int_eq(last(EV_hugetlb_refused)->arg[2],
			 REASON_HUGETLB_RESERVED);
	then_sound(mm);
	ck_assert_int_eq(state_of(0), HUGETLB_FREE);
	then_lists(mm, MIGRATE_ISOLATE, "");
}
END_TEST

START_TEST(those_in_use_move_off)
{
	pool(PMD, 2);
	get(PMD, "a");
	get(PMD, "b");
	ck_assert_int_eq(offline(0), 0);
	ck_assert_uint_eq(info(PMD).nr, 2);
	ck_assert_uint_eq(info(PMD).surplus, 0);
	ck_assert_uint_ge(mm_hugetlb_first_active(mm, PMD), 128);
}
END_TEST

/* ---- searching: 2.2, 2.3 ---- */

START_TEST(a_search_spares_them_at_first)
{
	struct mm_range_request want = {
		.nr = 32, .mode = ISOLATE_OTHER, .gfp = GFP_KERNEL, .nid = -1};
	pfn_t pfn;

	pool(PMD, 2);
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), 0);
	ck_assert_uint_eq(pfn, 32);
	ck_assert_int_eq(mm_free_contig(mm, pfn, pfn + 32, 0, NULL), 0);
	/* no other place: then they move, for what is larger than they are */
	mm_set(mm, "vm.min_free_kbytes", 0, NULL);
	mm_set(mm, "vm.watermark_boost_factor", 0, NULL);
	while (alloc(mm, 4, GFP_KERNEL) != NO_PFN)
		;
	want.nr = 16;
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), -ENOMEM);
	want.nr = 32;
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), -ENOMEM);
	ck_assert_int_eq(last(EV_hugetlb_refused)->arg[2],
			 REASON_HUGETLB_NO_NEW);
	mm_free_pages(mm, 80, 4, 0, NULL);
	mm_free_pages(mm, 96, 4, 0, NULL);
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), 0);
	ck_assert_uint_eq(pfn, 0);
	ck_assert_int_eq(state_of(80), HUGETLB_FREE);
	ck_assert_int_eq(state_of(96), HUGETLB_FREE);
	then_sound(mm);
}
END_TEST

/* ---- quanta, time, files ---- */

START_TEST(freed_while_it_is_about_to_move)
{
	const struct mm_range_request want = {.start = 0,
					      .end = 16,
					      .mode = ISOLATE_OTHER,
					      .gfp = GFP_KERNEL,
					      .nid = -1};
	const struct mm_process user = {.name = "user"};
	enum mm_quantum q = QUANTUM_AGAIN;
	unsigned int task;
	bool freed = false;

	pool(PMD, 1);
	ck_assert_uint_eq(get(PMD, "a"), 0);
	ck_assert_int_eq(mm_process_new(mm, &user, NULL), 1);
	task = (unsigned int)mm_task_find(mm, "user");
	ck_assert_int_eq(mm_task_contig(mm, task, &want, NULL), 0);
	while (q != QUANTUM_DONE) {
		struct mm_frame f;

		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
		then_sound(mm);
		mm_frame(mm, 0, &f);
		if (f.kind != FRAME_MOVING || freed)
			continue;
		freed = true;
		put(0, 4);
		ck_assert_int_eq(mm_free_pages(mm, 0, 4, 0, NULL), -EBUSY);
		ck_assert_uint_eq(mm_owner_pages(mm, mm_owner_find(mm, "a")),
				  0);
	}
	ck_assert(freed);
	ck_assert_int_eq(mm_contig_result(mm, task), 0);
	ck_assert_uint_eq(info(PMD).nr, 1);
	ck_assert_uint_eq(info(PMD).free, 1);
}
END_TEST

/* Between two quanta all is sound, wherever one goes back to. */
START_TEST(sound_at_every_quantum)
{
	const struct mm_range_request want = {.start = 0,
					      .end = 40,
					      .mode = ISOLATE_OTHER,
					      .gfp = GFP_KERNEL,
					      .nid = -1};
	const struct mm_process user = {.name = "user"};
	enum mm_quantum q = QUANTUM_AGAIN;
	unsigned int task, quanta = 0;

	pool(PMD, 4);
	get(PMD, "a");
	mm_range_pages(mm, get(PMD, "b"), 17, PAGE_OP_PIN, NULL);
	ck_assert_int_eq(mm_process_new(mm, &user, NULL), 1);
	task = (unsigned int)mm_task_find(mm, "user");
	ck_assert_int_eq(mm_task_contig(mm, task, &want, NULL), 0);
	while (q != QUANTUM_DONE)
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	for (uint64_t n = mm_first_moment(mm); n <= mm_last_moment(mm); n++) {
		const struct mm_event *ev = mm_event(mm, n);

		ck_assert_int_eq(mm_seek(mm, n), 0);
		if (!ev || ev->type != EV_quantum)
			continue;
		quanta++;
		then_sound(mm);
	}
	ck_assert_uint_gt(quanta, 20);
	ck_assert_int_eq(mm_contig_result(mm, task), -EBUSY);
}
END_TEST

/* One that is in the hands of a task is busy for another. */
START_TEST(two_want_the_same_page)
{
	const struct mm_process user = {.name = "user"};
	enum mm_quantum q = QUANTUM_AGAIN;
	unsigned int task;
	struct mm_frame f;

	pool(PUD, 2);
	ck_assert_uint_eq(get(PUD, "big"), 0);
	ck_assert_int_eq(mm_process_new(mm, &user, NULL), 1);
	task = (unsigned int)mm_task_find(mm, "user");
	ck_assert_int_eq(mm_task_memory_offline(mm, task, 0, 3, NULL), 0);
	do {
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
		mm_frame(mm, 0, &f);
	} while (f.kind != FRAME_MOVING && q != QUANTUM_DONE);
	ck_assert_int_eq(f.kind, FRAME_MOVING);
	then_sound(mm);
	/* another memory block of the same page */
	ck_assert_int_eq(mm_memory_offline(mm, 1, 3, NULL), -EBUSY);
	ck_assert_int_eq(last(EV_hugetlb_refused)->arg[2], REASON_HUGETLB_BUSY);
	while (q != QUANTUM_DONE)
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	then_sound(mm);
}
END_TEST

static unsigned int random_below(unsigned int n)
{
	static unsigned int seed;

	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

static void something(void)
{
	const pfn_t at = random_below(PAGES - 64);
	const enum mm_hugetlb_size size = random_below(4) ? PMD : PUD;

	switch (random_below(9)) {
	case 0:
		mm_hugetlb_pool(mm, size,
				size == PMD ? random_below(12)
					    : random_below(3),
				-1, NULL);
		break;
	case 1:
	case 2:
		get(size, random_below(2) ? "a" : "b");
		break;
	case 3:
	case 4: {
		const pfn_t p = mm_hugetlb_first_active(mm, size);

		if (p != NO_PFN)
			mm_free_pages(mm, p, info(size).order, 0, NULL);
		break;
	}
	case 5:
		if (contig(at, at + 1 + random_below(60)) == 0)
			break;
		break;
	case 6:
		mm_hugetlb_reserve(mm, PMD, random_below(2) ? 1 : -1, NULL);
		break;
	case 7:
		if (offline(random_below(6)) == 0)
			mm_memory_online(mm, 0, ONLINE_DEFAULT, NULL);
		break;
	default:
		mm_range_pages(mm, at, at + 32,
			       random_below(2) ? PAGE_OP_PIN : PAGE_OP_UNPIN,
			       NULL);
	}
	then_sound(mm);
}

/* All that was done can be taken back, saved, and done again. */
START_TEST(whatever_happens_can_be_undone)
{
	const uint64_t before = mm_hash(mm), from = mm_now(mm);
	unsigned char *bytes;
	uint64_t after;
	struct mm *copy;
	size_t size;

	for (int i = 0; i < 200; i++)
		something();
	after = mm_hash(mm);
	ck_assert_int_eq(mm_save(mm, &bytes, &size), 0);
	copy = mm_load(bytes, size, NULL);
	free(bytes);
	ck_assert_ptr_nonnull(copy);
	ck_assert_uint_eq(mm_hash(copy), after);
	mm_destroy(copy);
	if (mm_first_moment(mm) > from)
		return; /* too long for the tape */
	mm_seek(mm, from);
	ck_assert_uint_eq(mm_hash(mm), before);
	then_sound(mm);
	mm_seek(mm, mm_last_moment(mm));
	ck_assert_uint_eq(mm_hash(mm), after);
}
END_TEST

START_TEST(other_worlds_have_none)
{
	struct mm_config cfg;

	teardown();
	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", NULL), 0);
	ck_assert_int_eq(mm_config_set(&cfg, "era", "linux-2.6.24", NULL), 0);
	cfg.nr_hugepages = 3;
	mm = mm_create(&cfg, NULL);
	ck_assert_uint_eq(info(PMD).order, 0);
	ck_assert_uint_eq(mm->st->cfg.nr_hugepages, 0);
	ck_assert_int_eq(mm_hugetlb_pool(mm, PMD, 1, -1, NULL), -EINVAL);
	mm_set(mm, "vm.nr_hugepages", 2, NULL);
	ck_assert_uint_eq(mm->st->cfg.nr_hugepages, 0);
	then_sound(mm);
}
END_TEST

START_TEST(a_world_can_boot_with_some)
{
	struct mm_config cfg;

	teardown();
	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", NULL), 0);
	ck_assert_int_eq(mm_config_set(&cfg, "hugepages", "3", NULL), 0);
	mm = mm_create(&cfg, NULL);
	ck_assert_uint_eq(info(PMD).free, 3);
}
END_TEST

/* Two nodes take turns, and one may be named. */
START_TEST(nodes_take_turns)
{
	struct mm_hugetlb_info hi;
	struct mm_config cfg;
	pfn_t pfn;
	struct mm_hugetlb_request want = {.size = PMD, .nid = 1};

	teardown();
	ck_assert_int_eq(mm_config_preset(&cfg, "server", NULL), 0);
	mm = mm_create(&cfg, NULL);
	ck_assert_uint_eq(mm_nr_nodes(mm), 3);
	pool(PMD, 6);
	mm_hugetlb_node_info(mm, PMD, 0, &hi);
	ck_assert_uint_eq(hi.nr, 2);
	mm_hugetlb_node_info(mm, PMD, 1, &hi);
	ck_assert_uint_eq(hi.nr, 2);
	ck_assert_int_eq(mm_hugetlb_alloc(mm, &want, &pfn, NULL), 0);
	mm_hugetlb_node_info(mm, PMD, 1, &hi);
	ck_assert_uint_eq(hi.free, 1);
	ck_assert_int_eq(mm_hugetlb_pool(mm, PMD, 5, 1, NULL), 0);
	mm_hugetlb_node_info(mm, PMD, 1, &hi);
	ck_assert_uint_eq(hi.nr, 5);
	ck_assert_uint_eq(info(PMD).nr, 9);
	ck_assert_int_eq(mm_hugetlb_pool(mm, PMD, 5, 3, NULL), -EINVAL);
}
END_TEST

Suite *check_hugetlb_suite(void);
Suite *check_hugetlb_suite(void)
{
	Suite *s = suite_create("core/hugetlb");
	TCase *t = tcase_create("hugetlb");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, sizes_are_those_of_the_page_tables);
	tcase_add_test(t, a_pool_grows_and_shrinks);
	tcase_add_test(t, a_pool_gets_what_there_is);
	tcase_add_test(t, the_setting_is_the_pool);
	tcase_add_test(t, pages_in_use_stay_as_surplus);
	tcase_add_test(t, surplus_needs_leave);
	tcase_add_test(t, reserved_pages_are_kept);
	tcase_add_test(t, gigantic_pages_come_in_one_piece);
	tcase_add_test(t, zone_movable_is_for_them_by_choice);
	tcase_add_test(t, two_sizes_of_the_buddy);
	tcase_add_test(t, a_cma_area_gets_its_memory_back);
	tcase_add_test(t, gigantic_pages_avoid_zone_movable);
	tcase_add_test(t, a_block_of_the_right_order_can_become_one);
	tcase_add_test(t, nobody_else_may_have_them);
	tcase_add_test(t, compaction_leaves_them_alone);
	tcase_add_test(t, one_in_use_moves_to_a_free_one);
	tcase_add_test(t, or_to_one_of_the_buddy);
	tcase_add_test(t, a_free_one_is_replaced);
	tcase_add_test(t, one_across_an_end_goes_as_a_whole);
	tcase_add_test(t, none_to_replace_it_is_no_memory);
	tcase_add_test(t, one_that_is_held_is_tried_again_and_again);
	tcase_add_test(t, they_move_first);
	tcase_add_test(t, a_gigantic_page_across_the_end);
	tcase_add_test(t, another_page_across_the_end);
	tcase_add_test(t, offline_moves_a_gigantic_page);
	tcase_add_test(t, free_ones_are_dissolved);
	tcase_add_test(t, dissolving_surplus_keeps_the_number);
	tcase_add_test(t, reserved_ones_stop_it);
	tcase_add_test(t, those_in_use_move_off);
	tcase_add_test(t, a_search_spares_them_at_first);
	tcase_add_test(t, freed_while_it_is_about_to_move);
	tcase_add_test(t, sound_at_every_quantum);
	tcase_add_test(t, two_want_the_same_page);
	tcase_add_test(t, whatever_happens_can_be_undone);
	tcase_add_test(t, other_worlds_have_none);
	tcase_add_test(t, a_world_can_boot_with_some);
	tcase_add_test(t, nodes_take_turns);
	suite_add_tcase(s, t);
	return s;
}
