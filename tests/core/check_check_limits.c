/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is wrong with groups, cpusets and charges is found, by name.
 */
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "support/people.h"

Suite *check_check_limits_suite(void);

static struct mm *mm;
static pfn_t paid;

/* A group of two levels, a cpuset of two, a process with a charged page. */
static void setup(void)
{
	struct mm_group_limits l = mm_no_limits();
	uint32_t p;

	mm = two_nodes();
	p = born(mm, "p", 0, 0);
	ck_assert_int_eq(mm_group_new(mm, "a", 0, &l, NULL), 1);
	ck_assert_int_eq(mm_group_new(mm, "b", 1, &l, NULL), 2);
	ck_assert_int_eq(mm_cpuset_new(mm, "x", 0, 3, NULL), 1);
	ck_assert_int_eq(mm_cpuset_new(mm, "y", 1, 1, NULL), 2);
	ck_assert_int_eq(mm_group_add(mm, 2, p, NULL), 0);
	ck_assert_int_eq(mm_cpuset_add(mm, 2, p, NULL), 0);
	paid = asks(mm, p, 1, GFP_KERNEL | GFP_BIT_ACCOUNT);
	ck_assert_uint_ne(paid, NO_PFN);
	then_sound(mm);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static void broken(const char *invariant)
{
	struct mm_broken b;

	ck_assert_int_ne(mm_check(mm, &b), 0);
	ck_assert_str_eq(b.invariant, invariant);
}

/* One place of the world, with a value that must not be there. */
#define BREAKS(invariant, place, value)                                        \
	do {                                                                   \
		const __typeof__(place) was = (place);                         \
		STORE(mm, place, value);                                       \
		broken(invariant);                                             \
		STORE(mm, place, was);                                         \
		then_sound(mm);                                                \
	} while (0)

START_TEST(trees_are_trees)
{
	BREAKS("GROUPS", mm->st->group[1].parent, 1);
	BREAKS("GROUPS", mm->st->group[1].parent, 2);
	BREAKS("GROUPS", mm->st->group[2].parent, 3);
	BREAKS("CPUSETS", mm->st->cpuset[1].parent, 2);
	BREAKS("GROUPS", mm->st->nr_groups, MM_MAX_GROUPS);
	BREAKS("GROUPS", mm->st->nr_groups, 1);
	BREAKS("GROUPS", mm->st->nr_cpusets, MM_MAX_CPUSETS);
	BREAKS("CPUSETS", mm->st->nr_cpusets, 1);
	BREAKS("GROUPS", mm->st->group[0].max, 1);
}
END_TEST

START_TEST(records_make_sense)
{
	BREAKS("GROUPS", mm->st->group[1].name[0], '\0');
	BREAKS("GROUPS", mm->st->group[1].oom_group, 2);
	BREAKS("GROUPS", mm->st->group[1].max, -1);
	BREAKS("GROUPS", mm->st->group[1].low, INT64_MAX);
	BREAKS("CPUSETS", mm->st->cpuset[1].name[0], '\0');
	BREAKS("CPUSETS", mm->st->cpuset[1].mems, 0);
	BREAKS("CPUSETS", mm->st->cpuset[1].mems, 4);
	BREAKS("CPUSETS", mm->st->cpuset[1].mems, 2);
	BREAKS("GROUPS", mm->process[1].group, 3);
	BREAKS("GROUPS", mm->process[1].cpuset, 3);
	BREAKS("GROUPS", mm->process[1].owner, 1000);
	BREAKS("GROUPS", mm->process[1].oom_score_adj, 1001);
}
END_TEST

START_TEST(names_end)
{
	char name[MM_OWNER_NAME];

	memset(name, 'n', sizeof name);
	store_bytes(mm, mm->st->group[1].name, name, sizeof name);
	broken("GROUPS");
}
END_TEST

START_TEST(usage_is_what_blocks_say)
{
	const uint16_t owner = mm->page[paid].owner;

	BREAKS("GROUP_USAGE", mm->st->group[2].usage, 3);
	BREAKS("GROUP_USAGE", mm->st->group[1].usage, 0);
	BREAKS("GROUP_USAGE", mm->owner[owner].charged, 1);
	BREAKS("GROUP_USAGE", mm->owner[owner].group, 0);
	BREAKS("GROUP_USAGE", mm->owner[owner].group, 1);
	BREAKS("GROUP_USAGE", mm->owner[owner].group, 7);
	BREAKS("GROUP_USAGE", mm->page[paid].b.word,
	       mm->page[paid].b.word & ~BLOCK_CHARGED);
}
END_TEST

/* Somebody must pay: a charged block without an owner is none. */
START_TEST(nobodys_block_is_not_charged)
{
	const pfn_t pfn = alloc(mm, 0, GFP_KERNEL);

	BREAKS("GROUP_USAGE", mm->page[pfn].b.word,
	       mm->page[pfn].b.word | BLOCK_CHARGED);
}
END_TEST

START_TEST(saved_and_loaded_is_the_same)
{
	unsigned char *bytes;
	struct mm *back;
	size_t size;

	ck_assert_int_eq(mm_save(mm, &bytes, &size), 0);
	back = mm_load(bytes, size, NULL);
	ck_assert_ptr_nonnull(back);
	ck_assert_int_eq(mm_compare(mm, back), 0);
	mm_destroy(back);
	free(bytes);
}
END_TEST

Suite *check_check_limits_suite(void)
{
	Suite *s = suite_create("core/check_limits");
	TCase *tc = tcase_create("check_limits");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, trees_are_trees);
	tcase_add_test(tc, records_make_sense);
	tcase_add_test(tc, names_end);
	tcase_add_test(tc, usage_is_what_blocks_say);
	tcase_add_test(tc, nobodys_block_is_not_charged);
	tcase_add_test(tc, saved_and_loaded_is_the_same);
	suite_add_tcase(s, tc);
	return s;
}
