/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_help.c - help that teaches: topics, their examples, apropos
 */
#include <stdlib.h>

#include "cmd/topics.h"
#include "say.h"

Suite *check_help_suite(void);

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

static bool said(const char *line, const char *words)
{
	struct out *out = out_buffer();
	bool found;

	ck_assert_int_eq(lab_run(lab, line, out), CMD_OK);
	found = strstr(out_string(out), words) != NULL;
	out_free(out);
	return found;
}

START_TEST(each_command_has_one_topic)
{
	const struct cmd *cmd;

	for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++) {
		unsigned int n = 0;

		for (unsigned int t = 0; topic_at(t); t++)
			n += topic_has(topic_at(t), cmd);
		ck_assert_msg(n == 1, "%s is in %u topics", cmd->name, n);
	}
}
END_TEST

/* Each in a new world, line by line, as somebody would who reads it. */
START_TEST(the_examples_run)
{
	const struct topic *t;

	for (unsigned int i = 0; (t = topic_at(i)); i++) {
		if (strcmp(t->name, "screen") == 0)
			continue; /* has no row here */
		runs(lab, "world new tiny");
		for (const char *s = t->example; *s;) {
			const size_t len = strcspn(s, "\n");
			char *line = strndup(s, len);

			runs(lab, line);
			free(line);
			s += len + (s[len] == '\n');
		}
	}
}
END_TEST

START_TEST(help_lines_fit_a_terminal)
{
	const struct topic *t;

	for (unsigned int i = 0; (t = topic_at(i)); i++)
		for (const char *s = t->text; *s;) {
			const size_t len = strcspn(s, "\n");

			ck_assert_msg(len <= 78, "%s: %.*s", t->name, (int)len,
				      s);
			s += len + (s[len] == '\n');
		}
}
END_TEST

START_TEST(a_topic_a_command_and_all)
{
	ck_assert(said("help", "  help compaction  moving pages together\n"));
	ck_assert(said("help compaction", "Try:\n  alloc type=M count=200"));
	ck_assert(said("help compaction", "  kcompactd "));
	ck_assert(said("help gfp", "In the kernel: gfp_zone()"));
	ck_assert(said("help gfp", "See also: help topic gfp\n"));
	ck_assert(said("help topic gfp", "  policy "));
	ck_assert(said("help world", "  world load "));
	ck_assert(said("help all", "  quit            Leave\n"));
	says(lab, "help compacton", CMD_USAGE,
	     "help: compacton: no such command or topic; did you mean "
	     "\"compaction\"?\n");
	says(lab, "help zebra9", CMD_USAGE,
	     "help: zebra9: no such command or topic; `apropos zebra9` "
	     "searches\n");
}
END_TEST

START_TEST(apropos_finds_every_kind_of_name)
{
	ck_assert(said("apropos boost", "  set vm.watermark_boost_factor: "));
	ck_assert(said("apropos BOOST", "  get node0.Normal.boost\n"));
	ck_assert(said("apropos unusable", "  get node0.Normal.unusable"));
	ck_assert(said("apropos rmqueue_bulk", "  event pcp_refill"));
	ck_assert(said("apropos buddy", "  event buddy_split"));
	ck_assert(said("apropos zone", " more; "));
	says(lab, "apropos xyzzy", CMD_OK, "apropos: nothing is about xyzzy\n");
}
END_TEST

Suite *check_help_suite(void)
{
	Suite *s = suite_create("cmd/help");
	TCase *tc = tcase_create("help");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, each_command_has_one_topic);
	tcase_add_test(tc, the_examples_run);
	tcase_add_test(tc, help_lines_fit_a_terminal);
	tcase_add_test(tc, a_topic_a_command_and_all);
	tcase_add_test(tc, apropos_finds_every_kind_of_name);
	suite_add_tcase(s, tc);
	return s;
}
