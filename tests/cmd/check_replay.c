/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_replay.c - the model answers as the recorded kernel did
 *
 * Every recording in tests/cases must be answered as the kernel did, and a
 * changed answer must be found where it is.
 */
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/recording.h"
#include "core/zonelist.h"

/* ---- what a sound recording says ---- */

START_TEST(every_selected_recording_is_answered_as_the_kernel_did)
{
	glob_t found;

	ck_assert_int_eq(glob(TEST_DIR "/cases/*.case.gz", 0, NULL, &found), 0);
	ck_assert_uint_ge(found.gl_pathc, 40);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct out *out = out_buffer();
		struct case_result r;
		struct case_file c;

		ck_assert_msg(case_open(&c, found.gl_pathv[i]), "%s", c.why);
		ck_assert_msg(case_run(&c, &r, out), "%s\n%s", c.why,
			      out_string(out));
		ck_assert_uint_eq(r.calls, c.calls);
		ck_assert_msg(c.mode == CASE_BOOT || c.calls > 0,
			      "%s makes no calls", c.name);
		ck_assert_str_eq(out_string(out), "");
		case_close(&c);
		out_free(out);
	}
	globfree(&found);
}
END_TEST

START_TEST(one_line_says_that_all_is_identical)
{
	const uint64_t before = hash(lab);

	says(lab, "replay " SMALL, CMD_OK,
	     "A_128M_tiny: calls 200/200 identical, final state identical\n");
	write_file(text, size);
	snprintf(text, sizeof text, "replay %s", file);
	says(lab, text, CMD_OK,
	     "A_128M_tiny: calls 200/200 identical, final state identical\n");
	ck_assert_uint_eq(hash(lab), before);
}
END_TEST

START_TEST(the_first_state_becomes_a_sound_world)
{
	struct mm_error err = {""};
	struct mm_broken broken;
	struct mm *mm = case_load_world(SMALL, &err);
	struct mm_zone_info zi;

	ck_assert_msg(mm != NULL, "%s", err.text);
	ck_assert_msg(mm_check(mm, &broken) == 0, "%s", broken.where);
	mm_zone_info(mm, mm_zone_id(0, ZONE_DMA32), &zi);
	ck_assert_int_eq(zi.free_raw, 8562);
	ck_assert_uint_eq(zi.managed, 16292);
	ck_assert_uint_eq(
		mm_list_first(mm, mm_zone_id(0, ZONE_DMA), 10, MIGRATE_MOVABLE),
		1024);
	mm_destroy(mm);
}
END_TEST

/* ---- changed answers ---- */

static const struct change changes[] = {
	{796, "a 0 0x2008 0 12783", "a 0 0x2008 0 12784",
	 "calls 0/200 identical, then "},
	{798, "a 3 0x2000 0 25736", "a 3 0x2000 0 -1", "expected a refusal"},
	{797, "k 0 1 8562 0 0 0 983 1409 0 5 2 0 0 0 0",
	 "k 0 1 8562 0 0 0 983 1409 0 6 2 0 0 0 0", "free_count"},
	{797, "k 0 1 8562 0 0 0 983 1409 0 5 2 0 0 0 0",
	 "k 0 1 8562 0 0 0 983 1409 0 5 2 4 0 0 0", "flags"},
	{824, "x zone_locked 19642 1 2 1", "x zone_locked 19642 1 2 0",
	 "expected zone_locked pfn=19642"},
	{828, "x zone_locked 15968 3 1 1", "",
	 "expected zone_locked pfn=16904"},
	{2131, "node 0 1 32767 32670 0 5 0 1", "node 0 1 32767 32670 1 5 0 1",
	 "kswapd_order"},
	{2230, "pcp 0 0 1 88 1466 260 1736 3 2 0 1 0",
	 "pcp 0 0 1 88 1467 260 1736 3 2 0 1 0", "high"},
	{2255, "zstat 0 1 NR_FREE_PAGES 9456", "zstat 0 1 NR_FREE_PAGES 9457",
	 "expected 9457, got 9456"},
	{2267, "nrfree 0 1 0 10", "nrfree 0 1 0 11", "expected 11, got 10"},
};

/* The table speaks of the lines that it thinks it does. */
static void check_was(const struct change *ch)
{
	const char *at = text;

	for (int i = 1; i < ch->line; i++)
		at = strchr(at, '\n') + 1;
	ck_assert_msg(strncmp(at, ch->was, strlen(ch->was)) == 0 &&
			      at[strlen(ch->was)] == '\n',
		      "line %d is not \"%s\"", ch->line, ch->was);
}

START_TEST(a_changed_answer_is_found_where_it_is)
{
	const struct change *ch = &changes[_i];
	struct out *out = out_buffer();
	char where[80];
	const char *said;

	check_was(ch);
	write_edited(ch->line, ch->now);
	ck_assert_int_eq(replay(out), CMD_FAILED);
	said = out_string(out);
	check_printable(said);
	ck_assert_msg(strstr(said, ch->said) != NULL, "%s", said);
	snprintf(where, sizeof where, "%s:%d: ", file, ch->line);
	ck_assert_msg(strstr(said, where) != NULL, "%s", said);
	out_free(out);
}
END_TEST

START_TEST(a_zonelist_in_another_order_differs)
{
	struct out *out = out_buffer();
	char *at = strstr(strstr(text, "begin snapshot after"),
			  "\nzonelist 0 0 0:1 0:0");

	ck_assert_ptr_nonnull(at);
	memcpy(at + strlen("\nzonelist 0 0 "), "0:0 0:1", 7);
	write_file(text, size);
	ck_assert_int_eq(replay(out), CMD_FAILED);
	ck_assert_msg(strstr(out_string(out),
			     "zonelist of node 0, place 0: expected DMA, got "
			     "DMA32"),
		      "%s", out_string(out));
	out_free(out);
}
END_TEST

/* The order of zones is ours, too, and not only taken over. */
START_TEST(zonelists_are_built_as_recorded)
{
	glob_t found;
	unsigned int nodes = 0;

	ck_assert_int_eq(glob(TEST_DIR "/cases/*.case.gz", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct mm *mm = case_load_world(found.gl_pathv[i], NULL), *ours;

		if (!mm)
			continue; /* of the boot's tables alone */
		ours = mm_clone(mm);
		build_all_zonelists(ours);
		for (unsigned int n = 0; n < mm_nr_nodes(mm); n++)
			for (unsigned int k = 0; k <= mm_nr_zones(mm); k++) {
				ck_assert_uint_eq(mm_zonelist(ours, n, 0, k),
						  mm_zonelist(mm, n, 0, k));
				ck_assert_uint_eq(mm_zonelist(ours, n, 1, k),
						  mm_zonelist(mm, n, 1, k));
				nodes += n && k == 0;
			}
		mm_destroy(ours);
		mm_destroy(mm);
	}
	ck_assert_uint_gt(nodes, 0); /* not all have one node only */
	globfree(&found);
}
END_TEST

START_TEST(a_list_in_another_order_differs)
{
	struct out *out = out_buffer();
	char *at = strstr(strstr(text, "begin snapshot after"), "\nfl ");
	char *list = strchr(at + 1, '\n'), *space;

	for (;;) { /* the first list of two blocks or more */
		space = strchr(list + 3, ' ');
		if (space && space < strchr(list + 1, '\n'))
			break;
		at = strstr(list, "\nfl ");
		list = strchr(at + 1, '\n');
	}
	/* "+ A B ..." becomes "+ B B ..." with B's digits, still a number */
	memmove(list + 3, space + 1, 1);
	list[3] = list[3] == '9' ? '1' : list[3] + 1;
	write_file(text, size);
	ck_assert_int_eq(replay(out), CMD_FAILED);
	ck_assert_msg(strstr(out_string(out), "final state differs") &&
			      strstr(out_string(out), "from the head"),
		      "%s", out_string(out));
	out_free(out);
}
END_TEST

START_TEST(a_difference_is_explained)
{
	struct out *out = out_buffer();
	const char *said;

	write_edited(798, "a 3 0x2000 0 25735");
	ck_assert_int_eq(replay(out), CMD_FAILED);
	said = out_string(out);
	ck_assert_msg(strstr(said, "\n\t") && strstr(said, "DMA32"), "%s",
		      said);
	ck_assert_msg(strstr(said, "25736"), "%s", said);
	out_free(out);
}
END_TEST

/* The long way: a workload without x lines is run again to be explained. */
START_TEST(a_difference_without_tracepoints_is_explained_too)
{
	struct out *out = out_buffer();
	char *from, *to;

	while ((from = strstr(text, "\nx "))) {
		to = strchr(from + 1, '\n');
		memmove(from, to, strlen(to) + 1);
	}
	from = strstr(text, "mode irqoff");
	memmove(from + 13, from + 11, strlen(from + 11) + 1);
	memcpy(from, "mode workload", 13);
	write_file(text, strlen(text));
	ck_assert_int_eq(replay(out), CMD_OK);
	out_clear(out);
	from = strstr(text, "a 3 0x2000 0 25736");
	from[17] = '5';
	write_file(text, strlen(text));
	ck_assert_int_eq(replay(out), CMD_FAILED);
	ck_assert_msg(strstr(out_string(out), "\n\t") != NULL, "%s",
		      out_string(out));
	out_free(out);
}
END_TEST

/* ---- other modes, and the exit status ---- */

/* The subcommand, with its output thrown away. */
static int exit_status_of(const char *a, const char *b, const char *c)
{
	char *argv[] = {"replay", (char *)a, (char *)b, (char *)c, NULL};
	const int null = open("/dev/null", O_WRONLY);
	int out, err, status, argc = 1;

	while (argv[argc])
		argc++;
	fflush(stdout);
	fflush(stderr);
	out = dup(1);
	err = dup(2);
	dup2(null, 1);
	dup2(null, 2);
	status = replay_main(argc, argv);
	fflush(stdout);
	fflush(stderr);
	dup2(out, 1);
	dup2(err, 2);
	close(out);
	close(err);
	close(null);
	return status;
}

START_TEST(a_mode_that_cannot_be_replayed_is_listed)
{
	struct out *out = out_buffer();

	write_edited(3, "mode sleeping");
	ck_assert_int_eq(replay(out), CMD_FAILED);
	ck_assert_str_eq(out_string(out),
			 "A_128M_tiny: unsupported (mode sleeping)\n");
	out_free(out);
	ck_assert_int_eq(exit_status_of(file, SMALL, NULL), 1);
	ck_assert_int_eq(exit_status_of("--only-supported", file, SMALL), 0);
}
END_TEST

START_TEST(exit_status_is_0_only_if_all_is_identical)
{
	ck_assert_int_eq(exit_status_of(SMALL, NULL, NULL), 0);
	ck_assert_int_eq(exit_status_of(NULL, NULL, NULL), 2);
	ck_assert_int_eq(exit_status_of("--supported", SMALL, NULL), 2);
	ck_assert_int_eq(exit_status_of("--help", NULL, NULL), 0);
	write_edited(796, "a 0 0x2008 0 12784");
	ck_assert_int_eq(exit_status_of(file, SMALL, NULL), 1);
	ck_assert_int_eq(exit_status_of("/nowhere", file, SMALL), 3);
}
END_TEST

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

Suite *check_replay_suite(void)
{
	Suite *s = suite_create("cmd/replay");
	TCase *sound = tcase_create("sound");

	tcase_add_checked_fixture(sound, setup, teardown);
	tcase_add_test(sound,
		       every_selected_recording_is_answered_as_the_kernel_did);
	tcase_add_test(sound, one_line_says_that_all_is_identical);
	tcase_add_test(sound, the_first_state_becomes_a_sound_world);
	tcase_add_loop_test(sound, a_changed_answer_is_found_where_it_is, 0,
			    COUNT(changes));
	tcase_add_test(sound, a_list_in_another_order_differs);
	tcase_add_test(sound, a_zonelist_in_another_order_differs);
	tcase_add_test(sound, zonelists_are_built_as_recorded);
	tcase_add_test(sound, a_difference_is_explained);
	tcase_add_test(sound,
		       a_difference_without_tracepoints_is_explained_too);
	tcase_add_test(sound, a_mode_that_cannot_be_replayed_is_listed);
	tcase_add_test(sound, exit_status_is_0_only_if_all_is_identical);
	suite_add_tcase(s, sound);
	return s;
}
