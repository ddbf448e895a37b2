/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_case_mapped.c - a recording in which one page is mapped far more often
 *
 * A page of the C library has hundreds of mappings.  Here the first page that
 * the recorded run moves gets so many: in both snapshots, and in the lines of
 * its page table entries, of which there is one a mapping.
 */
#define RECORDING TEST_DIR "/cases/H_rand_sysctl2.case.gz"
#define MOST 1500000
#include "cmd/recording.h"

#include <stdio.h>

Suite *check_case_mapped_suite(void);

#define MASK ((1ull << 40) - 1)

/* The frame of a page table entry's line; 0 if it is another line. */
static unsigned long long frame_of_pte(const char *line)
{
	const char *at = strstr(line, "_migration_pte ");
	const char *pte = at ? strstr(at, " pte=") : NULL;
	unsigned long long v;

	if (!at || strncmp(line, "ev ", 3) != 0)
		return 0;
	ck_assert_ptr_nonnull(pte);
	v = strtoull(pte + 5, NULL, 16);
	return strncmp(at - 3, "set", 3) == 0 ? ~v >> 9 & MASK : v >> 12 & MASK;
}

/* The first page that moves: from where, and to where. */
static void find_move(unsigned long long *from, unsigned long long *to)
{
	const char *set = strstr(text, " set_migration_pte ");
	const char *gone = set ? strstr(set, " remove_migration_pte ") : NULL;

	ck_assert_ptr_nonnull(gone);
	while (set[-1] != '\n')
		set--;
	while (gone[-1] != '\n')
		gone--;
	*from = frame_of_pte(set);
	*to = frame_of_pte(gone);
}

/* A line of pages, with @page in it mapped @more times more. */
static void write_run(FILE *f, const char *line, unsigned long long page,
		      long more)
{
	unsigned long long pfn, n;
	char kind[32], attr[32];
	long order, refs, mapped;

	ck_assert_int_eq(sscanf(line, "run %llu %llu %31s %ld %ld %ld %31s",
				&pfn, &n, kind, &order, &refs, &mapped, attr),
			 7);
	if (page < pfn || page >= pfn + n) {
		fprintf(f, "%s\n", line);
		return;
	}
	ck_assert_int_gt(mapped, 0);
	if (page > pfn)
		fprintf(f, "run %llu %llu %s %ld %ld %ld %s\n", pfn, page - pfn,
			kind, order, refs, mapped, attr);
	fprintf(f, "run %llu 1 %s %ld %ld %ld %s\n", page, kind, order,
		refs + more, mapped + more, attr);
	if (page + 1 < pfn + n)
		fprintf(f, "run %llu %llu %s %ld %ld %ld %s\n", page + 1,
			pfn + n - page - 1, kind, order, refs, mapped, attr);
}

/* The recording with @more mappings of one page, and @seen of them moved. */
static void write_mapped(long more, long seen)
{
	FILE *f = fopen(file, "wb");
	unsigned long long from, to, page;
	char *line = text, *end;
	bool after = false;
	long entries;

	ck_assert_ptr_nonnull(f);
	find_move(&from, &to);
	for (; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		after |= strcmp(line, "begin snapshot after") == 0;
		if (strncmp(line, "run ", 4) == 0) {
			write_run(f, line, after ? to : from, more);
			continue;
		}
		if (sscanf(line, "entries: %ld", &entries) == 1) {
			fprintf(f, "entries: %ld\n", entries + 2 * seen);
			continue;
		}
		page = frame_of_pte(line);
		fprintf(f, "%s\n", line);
		for (long i = 0; (page == from || page == to) && i < seen; i++)
			fprintf(f, "%s\n", line);
	}
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

/* Bytes of one kind of its own, eleven bits, and what they cannot tell. */
static const long often[] = {0, 126, 127, 252, 253, 254, 255, 500, 2042};

START_TEST(a_page_moves_with_all_its_mappings)
{
	write_mapped(often[_i], often[_i]);
	then_replayed(CMD_OK, "final state identical");
}
END_TEST

START_TEST(a_mapping_too_few_is_found)
{
	write_mapped(300, 299);
	then_replayed(CMD_FAILED, "set_migration_pte");
}
END_TEST

START_TEST(more_mappings_than_can_be_told_apart_are_read)
{
	write_mapped(100000, 2042);
	then_replayed(CMD_OK, "final state identical");
}
END_TEST

Suite *check_case_mapped_suite(void)
{
	Suite *s = suite_create("cmd/case_mapped");
	TCase *t = tcase_create("mapped");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, a_page_moves_with_all_its_mappings, 0,
			    sizeof often / sizeof often[0]);
	tcase_add_test(t, a_mapping_too_few_is_found);
	tcase_add_test(t, more_mappings_than_can_be_told_apart_are_read);
	suite_add_tcase(s, t);
	return s;
}
