/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_case.c - damaged, hostile and foreign files in place of a recording
 *
 * Each is refused in one printable line, and nothing changes.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/recording.h"

static void check_one_line(const char *said)
{
	check_printable(said);
	ck_assert_msg(*said && strchr(said, '\n') == said + strlen(said) - 1,
		      "expected one line, got: %s", said);
}

static void refused(const char *expected)
{
	const uint64_t before = hash(lab);
	struct out *out = out_buffer();
	const enum cmd_status status = replay(out);

	ck_assert_msg(status == CMD_ERROR, "status %d: %s", status,
		      out_string(out));
	check_one_line(out_string(out));
	ck_assert_msg(strstr(out_string(out), expected) != NULL,
		      "expected \"%s\" in: %s", expected, out_string(out));
	ck_assert_uint_eq(hash(lab), before);
	out_free(out);
}

/* ---- damaged files ---- */

static const struct change damages[] = {
	{1, NULL, "house A", "expected \"case NAME\""},
	{3, NULL, "mode asleep", "expected mode"},
	{3, NULL, "", "expected a line with the mode"},
	{4, NULL, "gfpbit __GFP_DMA 0x2", "number the GFP flags"},
	{59, NULL, "node 0 1 32767 32670 0 9 0 1", "kswapd_highest"},
	{59, NULL, "node 8 1 32767 32670 0 5 0 1", "expected a node"},
	{59, NULL, "node 0 1", "got the end of the line"},
	{62, NULL, "zone 0 0 DMA 1 4096 3998 3840 0", "overlap"},
	{62, NULL, "zone 0 0 DMA 1 99999999999999999999 3998 3840 0",
	 "expected the frames spanned"},
	{62, NULL, "zone 0 0 DMA32 1 4095 3998 3840 0", "expected zone DMA"},
	{62, NULL, "zone 0 0", "expected the name of the zone"},
	{62, NULL, "", "expected zones that there are"},
	{89, NULL, "pcp 64 0 0 0 0 71 480 1 2 0 0 0", "expected a CPU"},
	{89, NULL, "pcp 0 0 0 0 0 71 480 0 2 0 0 0", "batch 0"},
	{89, NULL, "pcp 0 0 0 1 0 71 480 1 2 0 0 0", "PCP_COUNT"},
	{159, NULL, "pl 0 0 1 0 0 20", "in a line with +"},
	{159, NULL, "pl 0 0 1 0 0 18", "expected the end of the line"},
	{159, NULL, "pl 0 0 1 0 0 -1", "expected a number of blocks"},
	{159, NULL, "pl 0 0 1 40 0 19", "expected a list"},
	{159, NULL, "pl 0 0 1 3 1 19", "a multiple of 2"},
	{224, NULL, "zstat 0 1 NR_FREE_PAGES 8563", "FREE_COUNTS"},
	{224, NULL, "zstat 0 1 NR_FREE_PAGES 0x", "expected its value"},
	{236, NULL, "nrfree 0 1 0 3", "expected 3, got 2"},
	{236, NULL, "", "a nrfree line for each order"},
	{238, NULL, "+ 16901 16901", "two places"},
	{238, NULL, "+ 16901 131071", "pfn 131071"},
	{238, NULL, "+ 16901 4294967295", "expected a frame"},
	{238, NULL, "+ 16901 18446744073709551617", "expected a frame"},
	{238, NULL, "+ 16901", "expected 1 more frames"},
	{238, NULL, "+ 16901 577", "another zone"},
	{247, NULL, "fl 0 1 2 9 2", "expected a type"},
	{247, NULL, "fl 0 1 11 1 2", "expected an order"},
	{247, NULL, "fl 0 1 3 1 2", "multiple of 8"},
	{248, NULL, "+ 32508 15972", ""},
	{123, NULL, "pb 0 0 1 0 0 0", "begins no pageblock"},
	{123, NULL, "pb 0 0 0 5 0 0", "expected a type"},
	{348, NULL, "run 256 4294967295 kernel 0 1 0 0x0",
	 "expected a number of frames"},
	{348, NULL, "run 256 2 kernel 0 1 0 0x0", "two places"},
	{348, NULL, "", "the lines place"},
	{348, NULL, "run 256 1 kernel 60 1 0 0x0", "expected an order"},
	{793, NULL, "begin snapshot before", "is there twice"},
	{796, NULL, "a 0 0x2008 5 12783", "expected a node"},
	{796, NULL, "a 99 0x2008 0 12783", "expected an order"},
	{796, NULL, "a 0 0x2018 0 12783", ""},
	{796, NULL, "a 0 0x2008 0 12783 pcplocked", "another kind"},
	{796, NULL, "b 9999999999 0x2008 0 1", "expected a number of pages"},
	{796, NULL, "s 1 10", "expected a used block"},
	{796, NULL, "d now", "expected the end of the line"},
	{796, NULL, "t 9", "what the caller is"},
	{808, NULL, "f 19640 0", "has order 1"},
	{808, NULL, "f 19641 0", "lies inside"},
	{808, NULL, "f 31821 0", "already free"},
	{808, NULL, "f 4294967294 0", "expected a frame"},
	{824, NULL, "x lost 1 2 3", "expected extfrag"},
	{824, NULL, "q 1 2", "824: expected an operation, got \"q\""},
	{824, NULL, "alloc 0", "824: expected an operation, got \"alloc\""},
	{2100, NULL, "", "cut short"},
	{2388, NULL, "", "expected \"end case\""},
};

START_TEST(a_damaged_file_is_refused_in_one_line)
{
	write_edited(damages[_i].line, damages[_i].now);
	refused(damages[_i].said);
}
END_TEST

START_TEST(a_file_cut_short_is_refused_wherever_it_is_cut)
{
	for (size_t cut = 0; cut + 2 < size; cut += 1 + size / 150) {
		write_file(text, cut);
		refused("");
	}
}
END_TEST

START_TEST(compressed_data_cut_short_is_refused)
{
	char bytes[20000];
	FILE *f = fopen(SMALL, "rb");
	size_t n = fread(bytes, 1, sizeof bytes, f);

	fclose(f);
	ck_assert_uint_gt(n, 1000);
	write_file(bytes, n / 2);
	refused("cut short");
	memset(bytes + n / 3, 0x55, 40);
	write_file(bytes, n);
	refused("damaged");
}
END_TEST

START_TEST(random_bytes_never_do_harm)
{
	uint64_t x = 42;

	for (int run = 0; run < 150; run++) {
		struct out *out = out_buffer();
		enum cmd_status status;
		char *copy = malloc(size);

		memcpy(copy, text, size);
		for (int n = 0; n <= run % 3; n++) {
			x ^= x << 13;
			x ^= x >> 7;
			x ^= x << 17;
			copy[x % size] = (char)(x >> 40);
		}
		write_file(copy, size);
		free(copy);
		status = replay(out);
		check_printable(out_string(out));
		if (status == CMD_ERROR)
			check_one_line(out_string(out));
		else
			ck_assert(status == CMD_OK || status == CMD_FAILED);
		out_free(out);
	}
}
END_TEST

/* ---- files that are no recordings ---- */

START_TEST(what_cannot_be_read_is_refused)
{
	unlink(file);
	refused("No such file");
	write_file("", 0);
	refused("this is no recording");
	write_file("\0\0\0\0\0\0\0\0", 8);
	refused("this is no recording");
	write_file("case \033[31mred\n", 14);
	refused("cut short");
	unlink(file);
	strcpy(file, "/tmp");
	refused("not a regular file");
	strcpy(file, "/dev/zero");
	refused("not a regular file");
	file[0] = '\0'; /* nothing to remove */
}
END_TEST

START_TEST(a_vast_file_is_refused_at_once)
{
	int fd;

	write_file("house\n", 6);
	fd = open(file, O_WRONLY);
	ck_assert_int_eq(ftruncate(fd, (off_t)1 << 36), 0);
	close(fd);
	refused("this is no recording");
}
END_TEST

START_TEST(a_line_without_an_end_is_refused)
{
	char *end = strstr(text, "begin ops\n");

	memset(end + 10, '7', sizeof text - 1 - (size_t)(end + 10 - text));
	write_file(text, sizeof text - 1);
	refused("a line of ");
}
END_TEST

/* A few bytes that claim a machine of terabytes. */
START_TEST(a_small_file_cannot_make_a_large_world)
{
	static const char head[] =
		"case huge\nmode boot\nbegin snapshot boot\n";
	static const char *const bodies[] = {
		"const pageblock_order 1\nconst max_page_order 1\n"
		"zone 0 2 Normal 0 2147483648 1 1 0\n",
		"zone 0 2 Normal 0 2147483648 1 1 0\n"
		"run 0 2147483648 kernel 0 1 0 0x0\n",
		"zone 0 2 Normal 0 2147483648 1 1 0\n"
		"run 0 2147483648 hole 0 0 0 0\n",
		"zone 0 2 Normal 0 1073741824 1 1 0\nfl 0 2 0 0 2147483647\n",
	};
	char all[400];

	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		snprintf(all, sizeof all, "%s%send snapshot\nend case\n", head,
			 bodies[i]);
		write_file(all, strlen(all));
		refused("");
	}
}
END_TEST

START_TEST(load_says_why_not)
{
	struct mm_error err = {""};

	write_edited(238, "+ 16901 16901");
	ck_assert_ptr_null(case_load_world(file, &err));
	ck_assert_msg(strstr(err.text, ":238: ") != NULL, "%s", err.text);
	ck_assert_ptr_null(strchr(err.text, '\n'));
}
END_TEST

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

Suite *check_case_suite(void)
{
	Suite *s = suite_create("cmd/case");
	TCase *bad = tcase_create("bad");

	tcase_add_checked_fixture(bad, setup, teardown);
	tcase_add_loop_test(bad, a_damaged_file_is_refused_in_one_line, 0,
			    COUNT(damages));
	tcase_add_test(bad, a_file_cut_short_is_refused_wherever_it_is_cut);
	tcase_add_test(bad, compressed_data_cut_short_is_refused);
	tcase_add_test(bad, random_bytes_never_do_harm);
	tcase_add_test(bad, what_cannot_be_read_is_refused);
	tcase_add_test(bad, a_vast_file_is_refused_at_once);
	tcase_add_test(bad, a_line_without_an_end_is_refused);
	tcase_add_test(bad, a_small_file_cannot_make_a_large_world);
	tcase_add_test(bad, load_says_why_not);
	suite_add_tcase(s, bad);
	return s;
}
