/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_limits.c - group, cpuset and oom as they are typed
 */
#include "say.h"

Suite *check_limits_suite(void);

static struct lab *lab;

static void setup(void)
{
	lab = lab_create();
	ck_assert_ptr_nonnull(lab);
	runs(lab, "world new tiny zones=0:Normal:0-128,1:Normal:128-256");
}

static void teardown(void)
{
	lab_destroy(lab);
}

START_TEST(groups_are_made_and_shown)
{
	says(lab, "show groups", CMD_OK, "no groups; `group new` makes one\n");
	says(lab, "group new a max=20 oom-group=on", CMD_OK,
	     "a, below /: 0 pages, max 20, oom-group\n");
	says(lab, "group new b parent=a high=5 low=2 min=1", CMD_OK,
	     "b, below a: 0 pages, high 5, low 2, min 1\n");
	says(lab, "show groups", CMD_OK,
	     "a, below /: 0 pages, max 20, oom-group\n"
	     "b, below a: 0 pages, high 5, low 2, min 1\n");
}
END_TEST

START_TEST(what_is_not_named_stays)
{
	runs(lab, "group new a max=20 high=10 low=3 min=2 oom-group=on");
	says(lab, "group set a max=30", CMD_OK,
	     "a, below /: 0 pages, max 30, high 10, low 3, min 2, oom-group\n");
	says(lab, "group set a max=max high=max low=0 min=0 oom-group=off",
	     CMD_OK, "a, below /: 0 pages\n");
}
END_TEST

START_TEST(mistakes_about_groups_get_a_line)
{
	runs(lab, "group new a max=20");
	refuses(lab, "group new a", "a group of that name");
	refuses(lab, "group new b parent=c", "no such group");
	refuses(lab, "group new b parent=a max=21",
		"max=21 is more than its parent a has, 20");
	refuses(lab, "group set c max=1", "no such group");
	refuses(lab, "group set a max=many", "max");
	refuses(lab, "group add c caller", "no such group");
	refuses(lab, "group add a caller", "no user's task");
	refuses(lab, "group add a nobody", "nobody");
	refuses(lab, "group new 1a", "expected a name");
}
END_TEST

START_TEST(cpusets_are_made_and_shown)
{
	says(lab, "show cpusets", CMD_OK,
	     "no cpusets; `cpuset new` makes one\n");
	says(lab, "cpuset new all mems=0-1", CMD_OK,
	     "all, below /: nodes 0,1\n");
	says(lab, "cpuset new one mems=1 parent=all", CMD_OK,
	     "one, below all: nodes 1\n");
	says(lab, "cpuset set one mems=0,1", CMD_OK,
	     "one, below all: nodes 0,1\n");
}
END_TEST

START_TEST(mistakes_about_cpusets_get_a_line)
{
	runs(lab, "cpuset new one mems=1");
	refuses(lab, "cpuset new one mems=1", "a cpuset of that name");
	refuses(lab, "cpuset new two", "mems");
	refuses(lab, "cpuset new two mems=", "mems");
	refuses(lab, "cpuset new two mems=0,", "expected nodes");
	refuses(lab, "cpuset new two mems=1-0", "expected nodes");
	refuses(lab, "cpuset new two mems=x", "expected nodes");
	refuses(lab, "cpuset new two mems=99999999999999999999",
		"expected nodes");
	refuses(lab, "cpuset new two mems=2", "mems=2: expected nodes, 0 to 1");
	refuses(lab, "cpuset new two mems=0 parent=one",
		"its parent one has no node 0");
	refuses(lab, "cpuset new two mems=0 parent=three", "no such cpuset");
	refuses(lab, "cpuset set two mems=0", "no such cpuset");
	refuses(lab, "cpuset add one caller", "no user's task");
}
END_TEST

START_TEST(nobody_to_kill_is_no_mistake)
{
	says(lab, "oom", CMD_OK,
	     "nobody is killed: there is no process that may be\n");
}
END_TEST

START_TEST(limits_are_undone)
{
	const uint64_t before = hash(lab);

	runs(lab, "group new a max=20");
	runs(lab, "group set a max=10");
	runs(lab, "cpuset new one mems=1");
	runs(lab, "undo");
	runs(lab, "undo");
	runs(lab, "undo");
	ck_assert_uint_eq(hash(lab), before);
	runs(lab, "redo");
	says(lab, "show groups", CMD_OK, "a, below /: 0 pages, max 20\n");
}
END_TEST

Suite *check_limits_suite(void)
{
	Suite *s = suite_create("cmd/limits");
	TCase *tc = tcase_create("limits");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, groups_are_made_and_shown);
	tcase_add_test(tc, what_is_not_named_stays);
	tcase_add_test(tc, mistakes_about_groups_get_a_line);
	tcase_add_test(tc, cpusets_are_made_and_shown);
	tcase_add_test(tc, mistakes_about_cpusets_get_a_line);
	tcase_add_test(tc, nobody_to_kill_is_no_mistake);
	tcase_add_test(tc, limits_are_undone);
	suite_add_tcase(s, tc);
	return s;
}
