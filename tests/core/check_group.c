/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making, changing and looking at memory groups.
 */
#include <errno.h>
#include <string.h>

#include "core/memcg.h"
#include "support/people.h"

Suite *check_group_suite(void);

static struct mm *mm;
static struct mm_error err;

static void setup(void)
{
	mm = given_free(256, 4);
	mm_set(mm, "schedule", 0, NULL);
}

static void teardown(void)
{
	then_sound_on_paper(mm);
	mm_destroy(mm);
	mm = NULL;
}

static int made(const char *name, unsigned int parent, int64_t max)
{
	struct mm_group_limits l = mm_no_limits();

	l.max = max;
	return mm_group_new(mm, name, parent, &l, &err);
}

static int limited(unsigned int group, int64_t max)
{
	struct mm_group_limits l = mm_no_limits();

	l.max = max;
	return mm_group_set(mm, group, &l, &err);
}

START_TEST(a_group_is_found_by_its_name)
{
	struct mm_group_info gi;

	ck_assert_uint_eq(mm_nr_groups(mm), 0);
	ck_assert_int_eq(made("a", 0, 20), 1);
	ck_assert_int_eq(made("b", 1, MM_NO_LIMIT), 2);
	ck_assert_int_eq(mm_group_find(mm, "b"), 2);
	ck_assert_int_eq(mm_group_find(mm, "/"), 0);
	ck_assert_int_eq(mm_group_find(mm, "c"), -ENOENT);
	ck_assert_uint_eq(mm_nr_groups(mm), 2);
	mm_group_info(mm, 2, &gi);
	ck_assert_str_eq(gi.name, "b");
	ck_assert_uint_eq(gi.parent, 1);
	ck_assert_int_eq(gi.limits.max, MM_NO_LIMIT);
	mm_group_info(mm, 0, &gi);
	ck_assert_str_eq(gi.name, "/");
	mm_group_info(mm, 3, &gi);
	ck_assert_str_eq(gi.name, "?");
}
END_TEST

START_TEST(what_makes_no_sense_is_refused)
{
	struct mm_group_limits l = mm_no_limits();
	const uint64_t hash = mm_hash(mm);

	ck_assert_int_eq(made("", 0, 1), -EINVAL);
	ck_assert_int_eq(made("/", 0, 1), -EINVAL);
	ck_assert_int_eq(made("a-name-of-24-characters-", 0, 1), -EINVAL);
	ck_assert_int_eq(made("a", 1, 1), -EINVAL);
	ck_assert_int_eq(made("a", 0, -1), -EINVAL);
	ck_assert_int_eq(mm_group_set(mm, 0, &l, &err), -EINVAL);
	ck_assert_int_eq(mm_group_set(mm, 1, &l, &err), -EINVAL);
	ck_assert_int_eq(mm_group_add(mm, 0, 1, &err), -EINVAL);
	ck_assert_uint_eq(mm_hash(mm), hash);
	ck_assert_int_eq(made("a", 0, 1), 1);
	ck_assert_int_eq(made("a", 0, 1), -EEXIST);
	for (int i = 2; i < MM_MAX_GROUPS; i++)
		ck_assert_int_eq(made((char[]){(char)('a' + i), 0}, 0, 1), i);
	ck_assert_int_eq(made("one-more", 0, 1), -ENOSPC);
}
END_TEST

START_TEST(no_limit_is_above_a_parents)
{
	struct mm_group_limits l = mm_no_limits();

	ck_assert_int_eq(made("top", 0, 20), 1);
	ck_assert_int_eq(made("middle", 1, MM_NO_LIMIT), 2);
	ck_assert_int_eq(made("leaf", 2, 21), -EINVAL);
	ck_assert_str_eq(err.text,
			 "max=21 is more than its parent top has, 20");
	l.min = 21;
	ck_assert_int_eq(mm_group_new(mm, "leaf", 2, &l, &err), -EINVAL);
	ck_assert_int_eq(made("leaf", 2, 20), 3);
	ck_assert_int_eq(limited(1, 19), -EINVAL);
	ck_assert_str_eq(err.text, "max=19 is less than leaf below it has: "
				   "change that first");
	ck_assert_int_eq(limited(3, 5), 0);
	ck_assert_int_eq(limited(1, 5), 0);
	ck_assert_int_eq(limited(3, 6), -EINVAL);
}
END_TEST

START_TEST(a_process_with_charged_pages_stays)
{
	const uint32_t p = born(mm, "p", 0, 5), q = born(mm, "q", 0, 5);
	pfn_t pfn;

	made("a", 0, 20);
	made("b", 0, 20);
	STORE(mm, mm->process[q].owner, mm->process[p].owner);
	ck_assert_int_eq(mm_group_add(mm, 1, p, &err), 0);
	/* who shares its memory shares its group */
	ck_assert_uint_eq(mm->process[q].group, 1);
	pfn = asks(mm, p, 0, GFP_KERNEL | GFP_BIT_ACCOUNT);
	ck_assert_uint_ne(pfn, NO_PFN);
	ck_assert_int_eq(mm_group_add(mm, 2, p, &err), -EBUSY);
	ck_assert_int_eq(mm_group_add(mm, 1, p, &err), 0);
	ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, NULL), 0);
	ck_assert_int_eq(mm_group_add(mm, 2, p, &err), 0);
	ck_assert_uint_ne(asks(mm, p, 0, GFP_KERNEL | GFP_BIT_ACCOUNT), NO_PFN);
	ck_assert_int_eq(mm->st->group[1].usage, 0);
	ck_assert_int_eq(mm->st->group[2].usage, 1);
}
END_TEST

/* Models: memory_max_write(): reclaim, then somebody is killed. */
START_TEST(a_max_below_the_usage_is_enforced)
{
	const uint32_t p = born(mm, "p", 0, 5);

	made("a", 0, 20);
	mm_group_add(mm, 1, p, &err);
	ck_assert_uint_ne(asks(mm, p, 2, GFP_KERNEL | GFP_BIT_ACCOUNT), NO_PFN);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
	ck_assert_int_eq(limited(1, 4), 0);
	ck_assert_uint_eq(seen(mm, EV_out_of_memory), 0);
	ck_assert_int_eq(limited(1, 3), 0);
	ck_assert(is_victim(mm, p));
	ck_assert_uint_eq(mm->task[0].state, TASK_IDLE);
}
END_TEST

START_TEST(groups_have_figures)
{
	const uint32_t p = born(mm, "p", 0, 0);
	const char *unit;
	int64_t value;

	made("a.b", 0, 20);
	made("a", 0, MM_NO_LIMIT);
	mm_group_add(mm, 1, p, &err);
	ck_assert_uint_ne(asks(mm, p, 1, GFP_KERNEL | GFP_BIT_ACCOUNT), NO_PFN);
	ck_assert_int_eq(mm_figure(mm, "group.a.b.usage", &value, &unit), 0);
	ck_assert_int_eq(value, 2);
	ck_assert_str_eq(unit, "pages");
	ck_assert_int_eq(mm_figure(mm, "group.a.b.margin", &value, &unit), 0);
	ck_assert_int_eq(value, 18);
	ck_assert_int_eq(mm_figure(mm, "group.a.margin", &value, &unit), 0);
	ck_assert_int_eq(value, MM_NO_LIMIT);
	ck_assert_int_eq(mm_figure(mm, "group.a.events.max", &value, &unit), 0);
	ck_assert_int_eq(mm_figure(mm, "group.c.usage", &value, &unit),
			 -ENOENT);
	ck_assert_int_eq(mm_figure(mm, "group.a.colour", &value, &unit),
			 -ENOENT);
}
END_TEST

START_TEST(changes_of_groups_are_taken_back)
{
	struct mm *before;

	born(mm, "p", 0, 5);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	before = mm_clone(mm);
	made("a", 0, 20);
	mm_group_add(mm, 1, 1, &err);
	limited(1, 10);
	ck_assert_int_eq(mm_seek(mm, 0), 0);
	ck_assert_int_eq(mm_compare(mm, before), 0);
	mm_destroy(before);
}
END_TEST

Suite *check_group_suite(void)
{
	Suite *s = suite_create("core/group");
	TCase *tc = tcase_create("group");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_group_is_found_by_its_name);
	tcase_add_test(tc, what_makes_no_sense_is_refused);
	tcase_add_test(tc, no_limit_is_above_a_parents);
	tcase_add_test(tc, a_process_with_charged_pages_stays);
	tcase_add_test(tc, a_max_below_the_usage_is_enforced);
	tcase_add_test(tc, groups_have_figures);
	tcase_add_test(tc, changes_of_groups_are_taken_back);
	suite_add_tcase(s, tc);
	return s;
}
