/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_report_failure.c - the report on a request that failed
 */
#include "say.h"

Suite *check_report_failure_suite(void);

static struct lab *lab;

static void setup(void)
{
	lab = lab_create();
	ck_assert_ptr_nonnull(lab);
}

static void teardown(void)
{
	lab_destroy(lab);
}

/* The report begins with @head, and has @line further on. */
static void reports(const char *head, const char *line)
{
	struct out *out = out_buffer();
	const char *said;

	ck_assert_int_eq(lab_run(lab, "show failure", out), CMD_OK);
	said = out_string(out);
	ck_assert_msg(strncmp(said, head, strlen(head)) == 0, "%.200s", said);
	ck_assert_msg(strstr(said, line) != NULL, "%s", said);
	out_free(out);
}

#define FAILURE(order, mode)                                                   \
	"caller: page allocation failure: order:" order ", mode:" mode         \
	", nodemask=(null),cpuset=/,mems_allowed=0\nMem-Info:\n"
#define PROTECTION "Memory cgroup min protection 0kB -- low protection 0kB\n"

/* O15, with the names of G36 */
START_TEST(the_first_line_names_the_request)
{
	says(lab, "show failure", CMD_OK,
	     "no failed request among the events\n");
	runs(lab, "alloc order=5 gfp=GFP_KERNEL|__GFP_COMP count=20");
	reports(FAILURE("5", "0x40cc0(GFP_KERNEL|__GFP_COMP)"), PROTECTION);
}
END_TEST

/* The numbers are of the moment of the failure; we stay where we are. */
START_TEST(the_report_is_of_the_moment_of_the_failure)
{
	uint64_t now;

	runs(lab, "alloc order=5 count=20 name=a");
	runs(lab, "free a");
	now = mm_now(lab_mm(lab));
	reports(FAILURE("5", "0xcc0(GFP_KERNEL)"),
		"\nNode 0 Normal: 0*4kB 0*8kB 0*16kB 0*32kB 0*64kB 1*128kB "
		"(M) = 128kB\n");
	ck_assert_uint_eq(mm_now(lab_mm(lab)), now);
	ck_assert_int_eq(figure(lab, "free"), 256);
	/* and before it, nothing has failed yet */
	runs(lab, "goto 9");
	says(lab, "show failure", CMD_OK,
	     "no failed request among the events\n");
}
END_TEST

/* O-9.9, and the ten seconds of O15 */
START_TEST(where_the_kernel_is_silent_it_is_said)
{
	runs(lab, "alloc order=5 gfp=GFP_NOWAIT count=20");
	reports("(the kernel prints no report: __GFP_NOWARN)\n" FAILURE(
			"5", "0x2800(GFP_NOWAIT)"),
		PROTECTION);
	runs(lab, "alloc order=5");
	reports(FAILURE("5", "0xcc0(GFP_KERNEL)"), PROTECTION);
	runs(lab, "tick 2499; alloc order=4");
	runs(lab, "alloc order=5");
	reports("(the kernel prints no report: one was printed less than 10 "
		"seconds before)\n" FAILURE("5", "0xcc0(GFP_KERNEL)"),
		PROTECTION);
	runs(lab, "tick 1; alloc order=5 gfp=GFP_KERNEL|__GFP_ZERO");
	reports(FAILURE("5", "0xdc0(GFP_KERNEL|__GFP_ZERO)"), PROTECTION);
}
END_TEST

/* Zones that the request may not use are not shown. */
START_TEST(zones_above_the_requests_are_left_out)
{
	runs(lab, "world new tiny zones=0:DMA:0-64,0:Normal:64-256");
	runs(lab, "alloc order=5 gfp=GFP_KERNEL|__GFP_DMA count=9");
	reports(FAILURE("5", "0xcc1(GFP_KERNEL|GFP_DMA)"),
		"\nlowmem_reserve[]: 0 0 0 0 0\nNode 0 DMA: ");
}
END_TEST

Suite *check_report_failure_suite(void)
{
	Suite *s = suite_create("cmd/report_failure");
	TCase *t = tcase_create("failure");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_first_line_names_the_request);
	tcase_add_test(t, the_report_is_of_the_moment_of_the_failure);
	tcase_add_test(t, where_the_kernel_is_silent_it_is_said);
	tcase_add_test(t, zones_above_the_requests_are_left_out);
	suite_add_tcase(s, t);
	return s;
}
