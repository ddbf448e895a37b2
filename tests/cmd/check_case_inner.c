/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_case_inner.c - a recorded machine with a zone in the span of another
 *
 * Memory that came online as movable lies within the zone that it was of, and
 * both list it.  Here the recording of how it came is turned round: it begins
 * with what was there in the end, the block goes offline again, and all must
 * be as it was recorded before.
 */
#define RECORDING TEST_DIR "/cases/I_nm_online_memory2.case.gz"
#define MOST 3000000
#include "cmd/recording.h"

#include <stdio.h>

Suite *check_case_inner_suite(void);

#define BEFORE "begin snapshot before"
#define AFTER "begin snapshot after"
#define END "end snapshot\n"

static void put_snapshot(FILE *f, const char *label, const char *as)
{
	const char *at = strstr(text, label), *end;

	ck_assert_ptr_nonnull(at);
	end = strstr(at, END);
	ck_assert_ptr_nonnull(end);
	at += strlen(label);
	fprintf(f, "%s%.*s%s", as, (int)(end - at), at, END);
}

/* From what was after it to what was before it. */
static void write_turned(const char *done, const char *events)
{
	const char *before = strstr(text, BEFORE);
	FILE *f = fopen(file, "wb");

	ck_assert_ptr_nonnull(f);
	ck_assert_ptr_nonnull(before);
	fwrite(text, 1, (size_t)(before - text), f);
	put_snapshot(f, AFTER, BEFORE);
	put_snapshot(f, BEFORE, AFTER);
	fprintf(f,
		"offline memory2 result %s\nbegin trace\n%send trace\n"
		"begin tracestats\nentries: 1\nend tracestats\nend case\n",
		done, events);
	ck_assert_int_eq(fclose(f), 0);
}

static void then_replayed(enum cmd_status status, const char *said)
{
	struct out *out = out_buffer();

	ck_assert_int_eq(replay(out), status);
	ck_assert_msg(strstr(out_string(out), said) != NULL, "%s",
		      out_string(out));
	out_free(out);
}

#define TESTED                                                                 \
	"ev 1 init test_pages_isolated start_pfn=0x10000 end_pfn=0x18000 "     \
	"fin_pfn=0x18000 ret=success\n"

START_TEST(memory_of_a_zone_within_another_goes_offline)
{
	write_turned("0", TESTED);
	then_replayed(CMD_OK, "calls 1/1 identical, final state identical");
}
END_TEST

START_TEST(what_was_refused_would_differ)
{
	write_turned("1", TESTED);
	then_replayed(CMD_FAILED,
		      "memory block 2: expected it refused, got it done");
}
END_TEST

/* The line of the zone, moved by a page. */
START_TEST(part_of_a_block_is_refused)
{
	char *zone;

	write_turned("0", TESTED);
	zone = strstr(text, "zone 0 3 Movable 65536 32768 ");
	ck_assert_ptr_nonnull(zone);
	memcpy(zone, "zone 0 3 Movable 65537 32768 ", 29);
	write_turned("0", TESTED);
	then_replayed(CMD_ERROR, "expected whole memory blocks in a zone that "
				 "lies within another one");
}
END_TEST

Suite *check_case_inner_suite(void)
{
	Suite *s = suite_create("cmd/case_inner");
	TCase *t = tcase_create("inner");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, memory_of_a_zone_within_another_goes_offline);
	tcase_add_test(t, what_was_refused_would_differ);
	tcase_add_test(t, part_of_a_block_is_refused);
	suite_add_tcase(s, t);
	return s;
}
