/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_args.c - the words of a line against the row's args
 */
#include "say.h"

#include "cmd/spec.h"
#include "cmd/types.h"

Suite *check_args_suite(void);

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

START_TEST(every_row_of_the_table_is_readable)
{
	const struct cmd *cmd;
	struct spec spec;
	char alt[SPEC_NAME];

	for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++) {
		ck_assert_msg(spec_read(cmd->args, &spec), "%s: %s", cmd->name,
			      cmd->args);
		ck_assert(cmd->brief && *cmd->brief);
		ck_assert(cmd->run != NULL);
		for (unsigned int k = 0; k < spec.n; k++)
			for (unsigned int a = 0;
			     spec_alternative(&spec.item[k], a, alt); a++)
				ck_assert_msg(spec.item[k].pairs ||
						      !spec_is_type(alt) ||
						      arg_type(alt),
					      "%s: no type %s", cmd->name, alt);
	}
	ck_assert_uint_gt(mm_nr_zones(lab_mm(lab)), 0);
}
END_TEST

START_TEST(a_bad_row_is_not_read)
{
	struct spec spec;

	ck_assert(!spec_read("[order=ORDER", &spec));
	ck_assert(!spec_read("[]", &spec));
	ck_assert(!spec_read("order=", &spec));
	ck_assert(spec_read("", &spec) && spec.n == 0);
	ck_assert(spec_read("PFN|NAME [cpu=CPU|all] [KEY=VALUE]...", &spec));
	ck_assert_uint_eq(spec.n, 3);
	ck_assert(!spec.item[0].optional && spec.item[1].optional);
	ck_assert(spec.item[2].pairs && spec.item[2].many);
}
END_TEST

START_TEST(a_mistyped_word_gets_a_suggestion)
{
	refuses(lab, "allco order=2",
		"allco: no such command; did you mean \"alloc\"?");
	refuses(lab, "alloc ordr=2",
		"alloc: ordr=: no such argument; did you mean \"order=\"?");
	refuses(lab, "alloc gfp=GFP_KERNL", "did you mean \"GFP_KERNEL\"?");
	refuses(lab, "alloc type=movble", "did you mean \"Movable\"?");
	refuses(lab, "world nw", "did you mean \"world new\"?");
	refuses(lab, "world new tinny", "did you mean \"tiny\"?");
	refuses(lab, "world new tiny page=3", "did you mean \"pages=\"?");
	refuses(lab, "set vm.min_free_kbyte 1",
		"did you mean \"vm.min_free_kbytes\"?");
	refuses(lab, "get node0.Normal.fre", "did you mean");
	refuses(lab, "help allco", "did you mean \"alloc\"?");
}
END_TEST

/* The screen's key for a command, which texts write, too. */
START_TEST(a_colon_before_a_command_is_let_be)
{
	char buf[300];

	ck_assert_str_eq(lab_typed(lab, ":alloc", buf, sizeof buf), "alloc");
	ck_assert_str_eq(lab_typed(lab, " : free a", buf, sizeof buf),
			 " free a");
	ck_assert_str_eq(lab_typed(lab, "free a", buf, sizeof buf), "free a");
}
END_TEST

START_TEST(numbers_out_of_range_are_refused)
{
	refuses(lab, "alloc order=6", "order=6: expected an order, 0 to 5");
	refuses(lab, "alloc order=-1", "expected an order, 0 to 5");
	refuses(lab, "alloc order=1x", "expected an order, 0 to 5");
	refuses(lab, "alloc order=", "expected an order, 0 to 5");
	refuses(lab, "alloc cpu=1", "expected a CPU, 0 to 0");
	refuses(lab, "alloc node=1", "expected a node, 0 to 0");
	refuses(lab, "alloc count=18446744073709551616", "at most 64 bits");
	refuses(lab, "alloc count=0", "expected 1 or more");
	refuses(lab, "free 256", "expected the number of a frame, 0 to 255");
	refuses(lab, "free 0x100", "expected the number of a frame, 0 to 255");
	refuses(lab, "set pcp 2", "expected 0 to 1");
	refuses(lab, "set pcp=2", "expected 0 to 1");
	refuses(lab, "set pcp=", "expected a number");
	refuses(lab, "set pcp=1 2", "one word too many");
	refuses(lab, "set pcp maybe", "expected a number");
	refuses(lab, "set vm.lowmem_reserve_ratio 256 -1",
		"vm.lowmem_reserve_ratio \"-1\": expected 0 to 2147483647");
	refuses(lab, "set vm.numa_zonelist_order=zone", "expected Node");
	refuses(lab, "set =1", "expected a setting");
	refuses(lab, "set pcp 9223372036854775808", "63 bits");
	refuses(lab, "goto 1", "expected an event, 0 to 0");
	refuses(lab, "repeat 0 alloc", "expected 1 to 1000000");
	refuses(lab, "drain cpu=al",
		"drain: cpu=al: expected a CPU, 0 to 0, or all");
}
END_TEST

START_TEST(missing_and_spare_words_are_refused)
{
	refuses(lab, "world new", "usage: world new PRESET");
	refuses(lab, "world", "`help world` lists it");
	refuses(lab, "free", "usage: free PFN|NAME");
	refuses(lab, "bulk", "usage: bulk count=N");
	refuses(lab, "expect", "usage: expect EXPR");
	refuses(lab, "check now", "\"now\" is one word too many");
	refuses(lab, "alloc order 2", "expected order=VALUE in one word");
	refuses(lab, "alloc 3",
		"alloc: \"3\" is one word too many; did you mean \"order=3\"?");
	refuses(lab, "alloc kernel", "did you mean \"gfp=kernel\"?");
	refuses(lab, "alloc order=1 0x2", "did you mean \"gfp=0x2\"?");
	refuses(lab, "alloc order=1 order=1", "given twice");
	refuses(lab, "alloc lru=maybe", "expected on|off");
	refuses(lab, "expect free = 3", "did you mean \"==\"?");
	refuses(lab, "free \"\"", "free");
	refuses(lab, "\"\"", "no such command");
}
END_TEST

START_TEST(words_of_other_programs_are_known)
{
	refuses(lab, "exit", "exit: no such command; did you mean \"quit\"?");
	refuses(lab, "?", "did you mean \"help\"?");
	refuses(lab, "save x", "did you mean \"world save FILE\"?");
	refuses(lab, "malloc 3", "did you mean \"alloc\"?");
}
END_TEST

START_TEST(strange_bytes_do_no_harm)
{
	refuses(lab, "alloc \033[2J", "control character");
	refuses(lab, "\xff\xfe=1", ": no such command");
	refuses(lab, "alloc \xc2\x9b", "alloc");
	refuses(lab, "alloc %s%n=1", "alloc");
	refuses(lab, "free \"", "open at the end");
}
END_TEST

START_TEST(long_words_do_no_harm)
{
	static char line[70000];

	memset(line, 'a', 65000);
	refuses(lab, line, "no such command");
	memcpy(line, "alloc ", 6);
	refuses(lab, line, "alloc");
	line[100] = '=';
	refuses(lab, line, "alloc");
	memset(line, 'a', sizeof line - 1);
	refuses(lab, line, "longer than 64 KiB");
}
END_TEST

Suite *check_args_suite(void)
{
	Suite *s = suite_create("cmd/args");
	TCase *tc = tcase_create("args");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, every_row_of_the_table_is_readable);
	tcase_add_test(tc, a_bad_row_is_not_read);
	tcase_add_test(tc, a_mistyped_word_gets_a_suggestion);
	tcase_add_test(tc, a_colon_before_a_command_is_let_be);
	tcase_add_test(tc, numbers_out_of_range_are_refused);
	tcase_add_test(tc, missing_and_spare_words_are_refused);
	tcase_add_test(tc, words_of_other_programs_are_known);
	tcase_add_test(tc, strange_bytes_do_no_harm);
	tcase_add_test(tc, long_words_do_no_harm);
	suite_add_tcase(s, tc);
	return s;
}
