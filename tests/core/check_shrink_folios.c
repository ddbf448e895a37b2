/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fate of a page taken off an inactive list: one page for each row of
 * R21, and what is freed in which order.
 */
#include "core/evict.h"
#include "support/picture.h"

static struct mm *mm;

static void setup(void)
{
	mm = given_free(64, 3);
	STORE(mm, mm->st->swap_total, 8);
	STORE(mm, mm->st->swap_free, 8);
}

static void teardown(void)
{
	mm_destroy(mm);
}

enum fate { KEEP, ACTIVATE, FREED };

#define ANON PAGE_SWAPBACKED
#define SWAPPED (PAGE_SWAPBACKED | PAGE_SWAPCACHE)
#define ALL (SCAN_MAY_WRITE | SCAN_MAY_UNMAP | SCAN_MAY_SWAP)
#define NOIO ((gfp_t)0xc00)
#define NOFS ((gfp_t)0xc40)

/* The rows by their numbers; a page of a file unless it is ANON. */
static const struct row {
	int number;
	uint16_t attr;
	unsigned int mapped, young;
	uint32_t flags, node;
	gfp_t gfp;
	bool no_slots, slow; /* no swap; a device that takes its time */
	enum fate fate;
	uint16_t set, clear; /* attributes afterwards */
} rows[] = {
	{1, PAGE_MLOCKED, .flags = ALL, .fate = KEEP},
	{2, 0, .mapped = 1, .flags = SCAN_MAY_SWAP, .fate = KEEP},
	{4, PAGE_WRITEBACK | PAGE_RECLAIM, .flags = ALL | SCAN_KSWAPD,
	 .node = NODE_MANY_WRITEBACK, .fate = ACTIVATE},
	{5, PAGE_WRITEBACK, .flags = ALL, .fate = ACTIVATE,
	 .set = PAGE_RECLAIM},
	{7, PAGE_REFERENCED, .mapped = 1, .young = 1, .flags = ALL,
	 .fate = ACTIVATE, .set = PAGE_REFERENCED},
	{7, 0, .mapped = 2, .young = 2, .flags = ALL, .fate = ACTIVATE,
	 .set = PAGE_REFERENCED},
	{8, 0, .mapped = 1, .young = 1, .flags = ALL, .fate = KEEP,
	 .set = PAGE_REFERENCED},
	{10, ANON, .flags = ALL, .gfp = NOIO, .fate = KEEP},
	{10, ANON | PAGE_PINNED, .flags = ALL, .fate = KEEP},
	{11, ANON, .flags = ALL, .no_slots = true, .fate = ACTIVATE},
	{13, PAGE_PINNED, .flags = ALL, .fate = ACTIVATE},
	{14, PAGE_DIRTY, .flags = ALL, .fate = ACTIVATE, .set = PAGE_RECLAIM},
	{15, ANON | PAGE_DIRTY, .flags = ALL, .gfp = NOIO, .fate = KEEP},
	{15, SWAPPED | PAGE_DIRTY, .flags = ALL, .gfp = NOIO, .fate = KEEP},
	{15, SWAPPED | PAGE_DIRTY, .flags = ALL, .gfp = NOFS, .fate = FREED},
	{16, ANON, .flags = SCAN_MAY_UNMAP | SCAN_MAY_SWAP, .fate = KEEP,
	 .set = PAGE_SWAPCACHE | PAGE_DIRTY},
	{17, ANON, .mapped = 1, .flags = ALL, .slow = true, .fate = KEEP,
	 .set = PAGE_WRITEBACK | PAGE_RECLAIM, .clear = PAGE_DIRTY},
	{17, ANON, .mapped = 1, .flags = ALL, .fate = FREED},
	{18, 0, .flags = ALL, .fate = FREED},
	{18, 0, .mapped = 1, .flags = ALL, .fate = FREED},
	/* referenced before, but not since: the mark is gone */
	{18, PAGE_REFERENCED, .flags = ALL, .fate = FREED},
};

static pfn_t page_of(uint16_t attr, unsigned int mapped, unsigned int young)
{
	const pfn_t pfn = alloc(mm, 0, GFP_HIGHUSER_MOVABLE);

	STORE(mm, mm->page[pfn].attr, attr);
	STORE(mm, mm->page[pfn].b.word,
	      block_word(BLOCK_USED, 0, mapped, young));
	return pfn;
}

START_TEST(each_row_has_its_fate)
{
	const struct row *r = &rows[_i];
	const pfn_t pfn = page_of(r->attr, r->mapped, r->young);
	struct scan_control sc = {.gfp = r->gfp ? r->gfp : GFP_KERNEL,
				  .flags = r->flags};
	struct isolated list = {.pfn = {pfn}, .n = 1, .pages = 1};
	struct reclaim_stat stat = {0};
	const struct page *page = &mm->page[pfn];
	int64_t reclaimed;

	STORE(mm, mm->st->cfg.swap_delay, r->slow);
	STORE(mm, mm->st->node[0].flags, r->node);
	if (r->no_slots)
		STORE(mm, mm->st->swap_free, 0);
	reclaimed = shrink_folio_list(mm, 0, &sc, &list, &stat);
	ck_assert_int_eq(sc.nr_scanned, 1);
	ck_assert_msg(reclaimed == (r->fate == FREED) &&
			      list.n == (r->fate != FREED),
		      "row %d", r->number);
	if (r->fate == FREED) {
		ck_assert_int_ne(block_state(&page->b), BLOCK_USED);
		return;
	}
	ck_assert_msg(((page->attr & PAGE_ACTIVE) != 0) ==
			      (r->fate == ACTIVATE),
		      "row %d", r->number);
	ck_assert_msg((page->attr & r->set) == r->set, "row %d: 0x%x",
		      r->number, page->attr);
	ck_assert_msg(!(page->attr & r->clear), "row %d: 0x%x", r->number,
		      page->attr);
	ck_assert_uint_eq(block_young(&page->b), r->number == 2 ? r->young : 0);
	ck_assert_int_eq(stat.activate[0] + stat.activate[1],
			 r->fate == ACTIVATE);
}
END_TEST

/*
 * A stream of file pages: who was read once goes at the first scan, who was
 * mapped by the fault at the second, who was read twice is active.
 */
START_TEST(what_is_used_once_is_gone_at_once)
{
	struct scan_control sc = {.gfp = GFP_KERNEL, .flags = ALL};
	const pfn_t once = page_of(0, 0, 0), mapped = page_of(0, 1, 1),
		    twice = page_of(0, 0, 0);
	const struct page *page = mm->page;

	page_put_back(mm, twice);
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(mm_mark_accessed(mm, twice, 0, NULL), 0);
	mm_lru_drain(mm);
	ck_assert(page[twice].attr & PAGE_ACTIVE);
	for (int scan = 0; scan < 2; scan++) {
		struct isolated list = {.pfn = {scan ? mapped : once, mapped},
					.n = scan ? 1 : 2,
					.pages = scan ? 1 : 2};
		struct reclaim_stat stat = {0};

		ck_assert_int_eq(shrink_folio_list(mm, 0, &sc, &list, &stat),
				 1);
		ck_assert_int_eq(list.n, !scan); /* kept, for the next time */
		ck_assert_int_eq(stat.ref_keep, !scan);
	}
	ck_assert_int_ne(block_state(&page[once].b), BLOCK_USED);
	ck_assert_int_ne(block_state(&page[mapped].b), BLOCK_USED);
	ck_assert_int_eq(block_state(&page[twice].b), BLOCK_USED);
}
END_TEST

START_TEST(an_unevictable_page_lands_on_its_list)
{
	const pfn_t pfn = page_of(PAGE_MLOCKED, 1, 0);

	page_put_back(mm, pfn);
	ck_assert_int_eq(mm->zone[Z].lru[LRU_UNEVICTABLE], 1);
	then_sound(mm);
}
END_TEST

/* Rows 3 and 8 count; row 4 is not row 5 for those who are not kswapd. */
START_TEST(what_is_dirty_is_counted)
{
	struct isolated list = {
		.pfn = {page_of(PAGE_DIRTY, 0, 0),
			page_of(PAGE_DIRTY | PAGE_WRITEBACK, 0, 0),
			page_of(PAGE_WRITEBACK | PAGE_RECLAIM, 0, 0),
			page_of(ANON | PAGE_DIRTY | PAGE_WRITEBACK, 0, 0),
			page_of(0, 1, 1)},
		.n = 5,
		.pages = 5,
	};
	struct scan_control sc = {.gfp = GFP_KERNEL, .flags = ALL};
	struct reclaim_stat stat = {0};

	STORE(mm, mm->st->node[0].flags, NODE_MANY_WRITEBACK);
	ck_assert_int_eq(shrink_folio_list(mm, 0, &sc, &list, &stat), 0);
	ck_assert_int_eq(stat.dirty, 3);
	ck_assert_int_eq(stat.unqueued_dirty, 1);
	ck_assert_int_eq(stat.congested, 1);
	ck_assert_int_eq(stat.writeback, 3);
	ck_assert_int_eq(stat.immediate, 0);
	ck_assert_int_eq(stat.ref_keep, 1);
}
END_TEST

/* Row 9: a slower tier takes it; when that is full, the table goes on. */
START_TEST(a_slower_tier_takes_what_it_can)
{
	struct mm_request want = {.gfp = GFP_HIGHUSER_MOVABLE |
					 GFP_BIT_THISNODE,
				  .nid = 0,
				  .attr = PAGE_LRU};
	struct scan_control sc = {
		.gfp = GFP_KERNEL, .flags = ALL, .reclaim_index = ZONE_NORMAL};
	struct mm_config cfg;
	pfn_t pfn;

	mm_destroy(mm);
	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", "0:Normal:0-128,1:Normal:128-256", NULL);
	cfg.tier[1] = 1;
	mm = mm_create(&cfg, NULL);
	mm_set(mm, "numa.demotion", 1, NULL);
	for (int i = 0; i < 8; i++)
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_int_eq(shrink_list(mm, 0, LRU_INACTIVE_FILE, 4, &sc), 4);
	ck_assert_int_eq(mm->st->node[0].stat[PGDEMOTE_DIRECT], 4);
	ck_assert_int_eq(mm->st->node[0].stat[NR_INACTIVE_FILE], 4);
	ck_assert_int_eq(mm->st->node[1].stat[NR_INACTIVE_FILE], 4);
	then_sound(mm);
	/* not where it is forbidden: the page is freed */
	sc.flags |= SCAN_NO_DEMOTION;
	ck_assert_int_eq(shrink_list(mm, 0, LRU_INACTIVE_FILE, 1, &sc), 1);
	ck_assert_int_eq(mm->st->node[0].stat[PGDEMOTE_DIRECT], 4);
	ck_assert_int_eq(mm->st->node[0].stat[PGSTEAL_DIRECT], 5);
	/* nor where there is no room */
	sc.flags &= ~(uint32_t)SCAN_NO_DEMOTION;
	want = (struct mm_request){.gfp = GFP_ATOMIC | GFP_BIT_MEMALLOC |
					  GFP_BIT_THISNODE,
				   .nid = 1};
	while (mm_alloc_pages(mm, &want, &pfn) == 0)
		;
	ck_assert_int_eq(shrink_list(mm, 0, LRU_INACTIVE_FILE, 1, &sc), 1);
	ck_assert_int_eq(mm->st->node[0].stat[PGDEMOTE_DIRECT], 4);
	then_sound(mm);
}
END_TEST

/* O14: a full batch of 31 is freed at once, the oldest first. */
START_TEST(pages_are_freed_in_batches)
{
	struct isolated list = {.n = SWAP_CLUSTER_MAX,
				.pages = SWAP_CLUSTER_MAX};
	struct scan_control sc = {.gfp = GFP_KERNEL, .flags = ALL};
	struct reclaim_stat stat = {0};
	enum mm_event_type seen[64];
	unsigned int n = 0;

	for (unsigned int i = 0; i < SWAP_CLUSTER_MAX; i++)
		list.pfn[i] = page_of(0, 0, 0);
	mm_record(mm, MM_RECORD_EVENTS);
	ck_assert_int_eq(shrink_folio_list(mm, 0, &sc, &list, &stat),
			 SWAP_CLUSTER_MAX);
	for (uint64_t i = 1; i <= mm_last_moment(mm); i++) {
		const enum mm_event_type type =
			(enum mm_event_type)mm_event(mm, i)->type;

		if (type == EV_mm_page_free || type == EV_mm_page_free_batched)
			seen[n++] = type;
	}
	ck_assert_uint_eq(n, 64);
	for (unsigned int i = 0; i < 62; i++)
		ck_assert_int_eq(seen[i], i < 31 ? EV_mm_page_free
						 : EV_mm_page_free_batched);
	ck_assert_int_eq(seen[62], EV_mm_page_free);
	ck_assert_int_eq(seen[63], EV_mm_page_free_batched);
	then_sound(mm);
}
END_TEST

Suite *check_shrink_folios_suite(void)
{
	Suite *s = suite_create("core/shrink_folios");
	TCase *tc = tcase_create("shrink_folios");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, each_row_has_its_fate, 0,
			    sizeof rows / sizeof rows[0]);
	tcase_add_test(tc, what_is_used_once_is_gone_at_once);
	tcase_add_test(tc, an_unevictable_page_lands_on_its_list);
	tcase_add_test(tc, what_is_dirty_is_counted);
	tcase_add_test(tc, a_slower_tier_takes_what_it_can);
	tcase_add_test(tc, pages_are_freed_in_batches);
	suite_add_tcase(s, tc);
	return s;
}
