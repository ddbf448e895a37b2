/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is taken off the old end of a list, and what is set aside; R20.
 */
#include "core/lru.h"
#include "core/vmscan.h"
#include "support/picture.h"

static struct mm *mm;

/* Two zones; a page of each in turn on the inactive list of files. */
static void setup(void)
{
	struct mm_config cfg;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", "0:DMA32:0-128,0:Normal:128-256", NULL);
	mm = mm_create(&cfg, NULL);
	for (pfn_t i = 0; i < 6; i++) {
		struct mm_request want = {
			.gfp = i % 2 ? GFP_KERNEL : GFP_KERNEL | GFP_BIT_DMA32,
			.attr = PAGE_LRU,
			.nid = -1,
		};
		pfn_t pfn;

		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
		ck_assert_int_eq(pfn >= 128, i % 2);
	}
}

static void teardown(void)
{
	mm_destroy(mm);
}

/* The list from its tail on, the zone of each as a letter. */
static void then_list(const char *want)
{
	const struct list *l = &mm->st->node[0].lru.list[LRU_INACTIVE_FILE];
	pfn_t pfn = l->head;
	char have[16] = "";
	size_t n = 0;

	for (; pfn != NO_PFN && n < sizeof have - 1;
	     pfn = list_next(mm, l, 0, pfn))
		have[n++] = pfn < 128 ? 'd' : 'N';
	ck_assert_str_eq(have, want);
	then_sound(mm);
}

static struct isolated takes(int64_t n, unsigned int index, uint32_t flags)
{
	const struct scan_control sc = {.reclaim_index = index, .flags = flags};
	struct isolated got;

	mm_record(mm, MM_RECORD_OFF);
	isolate_lru_folios(mm, 0, LRU_INACTIVE_FILE, n, &sc, &got);
	return got;
}

START_TEST(the_oldest_come_first)
{
	struct isolated got = takes(3, ZONE_NORMAL, 0);

	ck_assert_uint_eq(got.n, 3);
	ck_assert(got.pfn[0] < 128 && got.pfn[1] >= 128 && got.pfn[2] < 128);
	ck_assert_int_eq(got.scanned, 3);
	then_list("NdN");
}
END_TEST

/* Head first: the two set aside, then what was not looked at. */
START_TEST(pages_of_higher_zones_are_set_aside)
{
	struct isolated got = takes(2, ZONE_DMA32, 0);

	ck_assert_uint_eq(got.n, 2);
	ck_assert_int_eq(got.scanned, 3);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGSKIP_NORMAL], 1);
	then_list("NNdN");
	got = takes(32, ZONE_DMA, 0);
	ck_assert_uint_eq(got.n, 0);
	ck_assert_int_eq(got.scanned, 4);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGSKIP_NORMAL], 4);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGSKIP_DMA32], 1);
	then_list("NNdN"); /* newest last set aside: in their old order */
}
END_TEST

START_TEST(what_may_not_be_unmapped_goes_to_the_head)
{
	const pfn_t oldest = mm->st->node[0].lru.list[LRU_INACTIVE_FILE].tail;
	struct isolated got;

	STORE(mm, mm->page[oldest].b.word, block_word(BLOCK_USED, 0, 1, 0));
	got = takes(2, ZONE_NORMAL, 0);
	ck_assert_uint_eq(got.n, 1);
	ck_assert_int_eq(got.scanned, 2);
	ck_assert_uint_eq(mm->st->node[0].lru.list[LRU_INACTIVE_FILE].head,
			  oldest);
	got = takes(32, ZONE_NORMAL, SCAN_MAY_UNMAP);
	ck_assert_uint_eq(got.n, 5);
	then_list("");
}
END_TEST

Suite *check_isolate_suite(void)
{
	Suite *s = suite_create("core/isolate");
	TCase *tc = tcase_create("isolate");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_oldest_come_first);
	tcase_add_test(tc, pages_of_higher_zones_are_set_aside);
	tcase_add_test(tc, what_may_not_be_unmapped_goes_to_the_head);
	suite_add_tcase(s, tc);
	return s;
}
