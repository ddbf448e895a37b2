/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists and words as settings: W5, W17, W44.
 */
#include <errno.h>
#include <string.h>

#include "support/picture.h"

Suite *check_setting_text_suite(void);

#define RATIOS "vm.lowmem_reserve_ratio"
#define ORDER "vm.numa_zonelist_order"
#define DMA ((zone_t)ZONE_DMA)

static struct mm *mm;

/* W46's zones: 4096, 12288, 16384 and 16384 pages. */
static void setup(void)
{
	struct mm_error err = {""};
	struct mm_config cfg;

	mm_config_preset(&cfg, "classroom", NULL);
	mm_config_set(&cfg, "zones",
		      "0:DMA:0-4096,0:DMA32:4096-16384,"
		      "0:Normal:16384-32768,0:Movable:32768-49152",
		      &err);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static void reads(const char *name, const char *text)
{
	char buf[80];

	ck_assert_int_eq(mm_get_text(mm, name, buf, sizeof buf), 0);
	ck_assert_str_eq(buf, text);
}

START_TEST(all_ratios_at_once)
{
	reads(RATIOS, "256 256 32 0 0");
	ck_assert_int_eq(mm_set_text(mm, RATIOS, "128\t64  16 0 0\n", NULL), 0);
	reads(RATIOS, "128 64 16 0 0");
	ck_assert_int_eq(mm->zone[DMA].lowmem_reserve[ZONE_MOVABLE],
			 (12288 + 16384 + 16384) / 128);
	ck_assert_int_eq(mm->zone[Z].lowmem_reserve[ZONE_MOVABLE], 16384 / 16);
	then_sound(mm);
}
END_TEST

START_TEST(what_is_not_given_stays)
{
	ck_assert_int_eq(mm_set_text(mm, RATIOS, " 7 ", NULL), 0);
	reads(RATIOS, "7 256 32 0 0");
	ck_assert_int_eq(mm->zone[DMA].lowmem_reserve[ZONE_DMA32], 12288 / 7);
}
END_TEST

static const char *const bad_ratios[] = {
	"",  " \t",	    "100 -1",	  "100 7x",    "100,7",
	"a", "1 2 3 4 5 6", "2147483648", "0x10 0x20", "1 99999999999999999999",
};

START_TEST(one_bad_number_changes_none)
{
	struct mm_error err = {""};
	const uint64_t before = mm_hash(mm);

	ck_assert_int_eq(mm_set_text(mm, RATIOS, bad_ratios[_i], &err),
			 -EINVAL);
	ck_assert_msg(strncmp(err.text, RATIOS, strlen(RATIOS)) == 0, "%s",
		      err.text);
	ck_assert_uint_eq(mm_hash(mm), before);
}
END_TEST

/* Four zones in a 32-bit layout, where Normal comes second. */
START_TEST(a_32_bit_machine_has_four_ratios)
{
	struct mm_config cfg;

	mm_destroy(mm);
	mm_config_preset(&cfg, "highmem", NULL);
	mm = mm_create(&cfg, NULL);
	reads(RATIOS, "256 32 0 0");
	ck_assert_int_eq(mm_set_text(mm, RATIOS, "1 2 3 4 5", NULL), -EINVAL);
	ck_assert_int_eq(mm_set_text(mm, RATIOS, "1 2 3 4", NULL), 0);
	reads(RATIOS, "1 2 3 4");
}
END_TEST

START_TEST(the_order_of_zonelists_is_node)
{
	static const char *const taken[] = {"Node", "node", "default", "D",
					    "nonsense"};
	static const char *const refused[] = {"", "Zone", "zone", " node", "1"};
	const uint64_t before = mm_hash(mm);

	for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
		ck_assert_int_eq(mm_set_text(mm, ORDER, taken[i], NULL), 0);
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
		ck_assert_int_eq(mm_set_text(mm, ORDER, refused[i], NULL),
				 -EINVAL);
	reads(ORDER, "Node");
	ck_assert_uint_eq(mm_hash(mm), before);
	ck_assert_int_eq(mm_set_text(mm, "vm.swappiness", "1", NULL), -ENOENT);
}
END_TEST

Suite *check_setting_text_suite(void)
{
	Suite *s = suite_create("core/setting_text");
	TCase *tc = tcase_create("setting_text");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, all_ratios_at_once);
	tcase_add_test(tc, what_is_not_given_stays);
	tcase_add_loop_test(tc, one_bad_number_changes_none, 0,
			    sizeof bad_ratios / sizeof bad_ratios[0]);
	tcase_add_test(tc, a_32_bit_machine_has_four_ratios);
	tcase_add_test(tc, the_order_of_zonelists_is_node);
	suite_add_tcase(s, tc);
	return s;
}
