/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * policy: what is said, what is refused; and masks with + and -.
 */
#include "cmd/internal.h"
#include "say.h"
#include "support/people.h"

Suite *check_policy_suite(void);

static struct lab *lab;

static void setup(void)
{
	struct out *out;
	struct mm *mm;

	lab = lab_create();
	runs(lab, "world new tiny zones=0:Normal:0-64,1:Normal:64-128");
	out = out_buffer();
	mm = lab_world(lab, out);
	out_free(out);
	born(mm, "app", 0, 0);
	runs(lab, "policy app local"); /* what refused lines go back to */
}

static void teardown(void)
{
	lab_destroy(lab);
}

START_TEST(a_policy_is_set_and_told)
{
	says(lab, "policy app", CMD_OK, "app: policy local\n");
	says(lab, "policy app bind=0,1 home=1", CMD_OK,
	     "app: policy bind=0,1, home node 1\n");
	says(lab, "policy app weighted-interleave=0:3,1", CMD_OK,
	     "app: policy weighted-interleave=0:3,1:1\n");
	says(lab, "policy app", CMD_OK,
	     "app: policy weighted-interleave=0:3,1:1\n");
	says(lab, "policy app local", CMD_OK, "app: policy local\n");
	runs(lab, "undo");
	says(lab, "policy app", CMD_OK,
	     "app: policy weighted-interleave=0:3,1:1\n");
}
END_TEST

START_TEST(senseless_policies_get_one_line)
{
	says(lab, "policy app bind=0,5", CMD_USAGE,
	     "policy: bind=0,5: \"5\": expected nodes, 0 to 1\n");
	says(lab, "policy app bind=0:2", CMD_USAGE,
	     "policy: bind=0:2: \"0:2\": expected a node, then a comma or "
	     "the end\n");
	says(lab, "policy app weighted-interleave=0:0", CMD_USAGE,
	     "policy: weighted-interleave=0:0: \"0:0\": expected a weight of "
	     "1 to 255 after the colon\n");
	says(lab, "policy app weighted-interleave=1,0:99999", CMD_USAGE,
	     "policy: weighted-interleave=1,0:99999: \"0:99999\": expected a "
	     "weight of 1 to 255 after the colon\n");
	says(lab, "policy app weighted-interleave=0:3x", CMD_USAGE,
	     "policy: weighted-interleave=0:3x: \"0:3x\": expected a node and "
	     "its weight, as in 0:3, then a comma or the end\n");
	says(lab, "policy app local bind=0", CMD_USAGE,
	     "policy: expected one policy only\n");
	says(lab, "policy app home=1", CMD_USAGE,
	     "policy: home: expected the policy, too, as in bind=0,1 home=1\n");
	says(lab, "policy kswapd0 bind=0", CMD_USAGE,
	     "policy: kswapd0 belongs to no process; expected a user's task\n");
	says(lab, "policy app", CMD_OK, "app: policy local\n");
}
END_TEST

START_TEST(masks_are_added_to_and_taken_from)
{
	static const struct {
		const char *text;
		gfp_t gfp;
	} rows[] = {
		{"GFP_KERNEL+__GFP_ZERO", 0xdc0},
		{"kernel-io", 0xc80},
		{"highuser_movable-reclaim+comp", 0x1400ca},
		{"none", 0},
		{"kernel|comp-kernel", 0x40000},
	};
	char why[200];
	gfp_t gfp;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		ck_assert(gfp_parse(rows[i].text, &gfp, why, sizeof why));
		ck_assert_uint_eq(gfp, rows[i].gfp);
	}
	ck_assert(!gfp_parse("kernel+", &gfp, why, sizeof why));
	ck_assert(!gfp_parse("-kernel", &gfp, why, sizeof why));
}
END_TEST

Suite *check_policy_suite(void)
{
	Suite *s = suite_create("cmd/policy");
	TCase *tc = tcase_create("policy");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_policy_is_set_and_told);
	tcase_add_test(tc, senseless_policies_get_one_line);
	tcase_add_test(tc, masks_are_added_to_and_taken_from);
	suite_add_tcase(s, tc);
	return s;
}
