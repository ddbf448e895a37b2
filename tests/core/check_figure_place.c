/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures that say where things are.
 */
#include "core/figure_place.h"

#include <check.h>
#include <errno.h>

#include "support/picture.h"

Suite *check_figure_place_suite(void);

static struct mm *mm;

static void setup(void)
{
	struct mm_config cfg;

	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", NULL), 0);
	ck_assert_int_eq(mm_config_set(&cfg, "pcp", "off", NULL), 0);
	mm = mm_create(&cfg, NULL);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
}

static void teardown(void)
{
	mm_destroy(mm);
}

static int64_t figure(const char *name)
{
	const char *unit;
	int64_t value = -77;

	ck_assert_msg(mm_figure(mm, name, &value, &unit) == 0, "%s", name);
	return value;
}

static pfn_t get(unsigned int order, gfp_t gfp)
{
	const struct mm_request want = {
		.order = (uint16_t)order, .gfp = gfp, .nid = -1};
	pfn_t pfn;

	mm_alloc_pages(mm, &want, &pfn);
	return pfn;
}

START_TEST(a_list_shows_its_head)
{
	ck_assert_int_eq(figure("node0.Normal.head.5.movable"), 0);
	ck_assert_int_eq(figure("Normal.head.0.Unmovable"), -1);
	get(0, GFP_KERNEL);
	ck_assert_int_eq(figure("Normal.head.0.Unmovable"), 1);
	ck_assert_int_eq(figure("node0.Normal.head.5.movable"), 32);
}
END_TEST

START_TEST(pageblocks_are_counted_by_type)
{
	ck_assert_int_eq(figure("Normal.pageblocks.movable"), 16);
	get(0, GFP_KERNEL);
	ck_assert_int_eq(figure("Normal.pageblocks.unmovable"), 2);
	ck_assert_int_eq(figure("Normal.pageblocks.Movable"), 14);
	ck_assert_int_eq(figure("Normal.pageblocks.cma"), 0);
}
END_TEST

START_TEST(the_largest_free_block_has_an_order)
{
	ck_assert_int_eq(figure("Normal.largest"), 5);
	while (get(5, GFP_KERNEL) != NO_PFN)
		;
	ck_assert_int_eq(figure("Normal.largest"), 5);
	ck_assert_int_eq(mm_set(mm, "vm.min_free_kbytes", 0, NULL), 0);
	while (get(0, GFP_KERNEL) != NO_PFN)
		;
	ck_assert_int_eq(figure("Normal.largest"), -1);
}
END_TEST

START_TEST(a_mark_has_the_boost_in_it)
{
	ck_assert_int_eq(figure("Normal.mark.low"), 10);
	ck_assert_int_eq(
		mm_put_zone(mm, mm_zone_at(mm, 0), "watermark_boost", 16), 0);
	ck_assert_int_eq(figure("Normal.watermark.low"), 10);
	ck_assert_int_eq(figure("Normal.mark.min"), 8 + 16);
	ck_assert_int_eq(figure("Normal.mark.promo"), 14 + 16);
}
END_TEST

START_TEST(the_last_answer_is_that_of_the_moment)
{
	ck_assert_int_eq(figure("last.pfn"), -1);
	ck_assert_int_eq(figure("last.served"), 0);
	get(0, GFP_KERNEL);
	ck_assert_int_eq(figure("last.pfn"), 0);
	get(3, GFP_KERNEL);
	ck_assert_int_eq(figure("last.pfn"), 8);
	ck_assert_int_eq(figure("last.order"), 3);
	ck_assert_int_eq(figure("last.served"), 1);
	ck_assert_int_eq(mm_seek(mm, mm_last_moment(mm) - 1), 0);
	ck_assert_int_eq(figure("last.pfn"), 0);
}
END_TEST

START_TEST(a_refusal_is_an_answer_without_a_frame)
{
	while (get(5, GFP_ATOMIC) != NO_PFN)
		;
	ck_assert_int_eq(figure("last.pfn"), -1);
	ck_assert_int_eq(figure("last.order"), 5);
	ck_assert_int_eq(figure("last.served"), 0);
}
END_TEST

START_TEST(a_cpu_has_its_lists)
{
	struct mm_pcp_info pi;

	mm_destroy(mm);
	mm = given_free(256, 4);
	mm_pcp_info(mm, mm_zone_at(mm, 0), 0, &pi);
	ck_assert_int_eq(figure("Normal.cpu0.batch"), pi.batch);
	ck_assert_int_eq(figure("Normal.cpu0.high_max"), pi.high_max);
	ck_assert_int_eq(figure("Normal.cpu0.count"), pi.count);
}
END_TEST

START_TEST(a_process_has_pages)
{
	const struct mm_process want = {.name = "web", .oom_score_adj = 5};
	const int p = mm_process_new(mm, &want, NULL);
	const int task = mm_task_find(mm, "web");

	ck_assert_int_gt(p, 0);
	ck_assert_int_eq(figure("process.web.rss"), 0);
	ck_assert_int_eq(
		mm_fault(mm, (unsigned int)task, FAULT_ANON, 3, 0, NULL), 0);
	ck_assert_int_eq(mm_task_finish(mm, (unsigned int)task, NULL), 0);
	ck_assert_int_eq(figure("process.web.rss"), 3);
	ck_assert_int_eq(figure("process.web.oom_score_adj"), 5);
}
END_TEST

START_TEST(protection_and_cma_are_told)
{
	struct mm_config cfg;

	ck_assert_int_eq(figure("Normal.protection.Normal"), 0);
	mm_destroy(mm);
	ck_assert_int_eq(mm_config_preset(&cfg, "embedded", NULL), 0);
	mm = mm_create(&cfg, NULL);
	ck_assert_int_eq(figure("cma0.count"), 8192);
	ck_assert_int_eq(figure("cma0.available"), 8192);
}
END_TEST

START_TEST(what_there_is_not_is_refused)
{
	static const char *const names[] = {
		"Normal.head.6.movable",
		"Normal.head.0.blue",
		"Normal.head.0.",
		"Normal.pageblocks.",
		"Normal.mark.middle",
		"Normal.cpu1.count",
		"Normal.cpu0.",
		"Normal.compact.",
		"Normal.protection.Sun",
		"process.nobody.rss",
		"last.week",
		"cma0.count",
		"last.",
		"Normal.largest.",
	};
	const char *unit;
	int64_t v;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		ck_assert_msg(mm_figure(mm, names[i], &v, &unit) == -ENOENT,
			      "%s", names[i]);
}
END_TEST

Suite *check_figure_place_suite(void)
{
	Suite *s = suite_create("core/figure_place");
	TCase *t = tcase_create("figures");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_list_shows_its_head);
	tcase_add_test(t, pageblocks_are_counted_by_type);
	tcase_add_test(t, the_largest_free_block_has_an_order);
	tcase_add_test(t, a_mark_has_the_boost_in_it);
	tcase_add_test(t, the_last_answer_is_that_of_the_moment);
	tcase_add_test(t, a_refusal_is_an_answer_without_a_frame);
	tcase_add_test(t, a_cpu_has_its_lists);
	tcase_add_test(t, a_process_has_pages);
	tcase_add_test(t, protection_and_cma_are_told);
	tcase_add_test(t, what_there_is_not_is_refused);
	suite_add_tcase(s, t);
	return s;
}
