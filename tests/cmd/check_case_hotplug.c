/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_case_hotplug.c - a recording of a memory block, and damage to its line
 *
 * Each damage is told in one printable line with its place, and nothing
 * changes.
 */
#define RECORDING TEST_DIR "/cases/I_online_memory3.case.gz"
#define MOST 500000
#include "cmd/recording.h"

Suite *check_case_hotplug_suite(void);

#define LINE "online_movable memory3 result 0\n"

/* The recording with another line in that place. */
static void write_with(const char *line)
{
	const char *at = strstr(text, "\n" LINE);
	FILE *f = fopen(file, "wb");

	ck_assert_ptr_nonnull(at);
	ck_assert_ptr_nonnull(f);
	fwrite(text, 1, (size_t)(at + 1 - text), f);
	fputs(line, f);
	fputs(at + 1 + strlen(LINE), f);
	ck_assert_int_eq(fclose(f), 0);
}

static const struct {
	const char *line, *said;
} damages[] = {
	{"online_movable memory3\n", "expected online_movable memoryN"},
	{"online_movable memory result 0\n", "expected online_movable memoryN"},
	{"online_movable memory99999999 result 0\n", "memoryN result R"},
	{"online_movable 3 result 0\n", "expected online_movable memoryN"},
	{"online_movable memory3 outcome 0\n", "expected online_movable"},
	{"online_movable memory999 result 0\n", "expected 0 to 4"},
	{"online_movable memory2 result 0\n", "with nothing in it"},
	{"online_movable memory3 result x\n", "expected its result"},
	{"online_movable memory3 result 0 1\n", "expected the end of the line"},
	{"offline memory3 result 0\n", "memory block 3 has holes"},
};

START_TEST(a_damaged_line_is_refused)
{
	const uint64_t before = hash(lab);
	struct out *out = out_buffer();
	char line[100];
	const char *said;

	write_with(damages[_i].line);
	snprintf(line, sizeof line, "replay %s", file);
	ck_assert_int_eq(lab_run(lab, line, out), CMD_ERROR);
	said = out_string(out);
	ck_assert_msg(strstr(said, damages[_i].said) != NULL, "%s", said);
	ck_assert_msg(strchr(said, '\n') == said + strlen(said) - 1, "%s",
		      said);
	ck_assert_msg(strstr(said, ":1283") != NULL, "no place: %s", said);
	ck_assert_uint_eq(hash(lab), before);
	out_free(out);
}
END_TEST

START_TEST(the_recording_itself_replays)
{
	char line[100];

	write_with(LINE);
	snprintf(line, sizeof line, "replay %s", file);
	says(lab, line, CMD_OK,
	     "I_online_memory3: calls 1/1 identical, final state identical\n");
}
END_TEST

Suite *check_case_hotplug_suite(void)
{
	Suite *s = suite_create("cmd/case_hotplug");
	TCase *t = tcase_create("case_hotplug");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, a_damaged_line_is_refused, 0,
			    sizeof damages / sizeof damages[0]);
	tcase_add_test(t, the_recording_itself_replays);
	suite_add_tcase(s, t);
	return s;
}
