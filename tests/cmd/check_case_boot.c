/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the zones managed at boot, and that every cell of the tables counts.
 */
#include "cmd/case_boot.h"

#include "cmd/recording.h"

#define TABLES TEST_DIR "/cases/F_m512mc128.case.gz"
#define LONGEST 2000000

Suite *check_case_boot_suite(void);

/* A zone whose marks are those of @early pages in all of @total. */
static struct boot_zone zone_of(int zidx, int64_t early, int64_t now,
				int64_t pages_min, int64_t total)
{
	const int64_t share = pages_min * early / total;
	const int64_t gap = share / 4 > early / 1000 ? share / 4 : early / 1000;
	struct boot_zone z = {
		.zid = (zone_t)zidx,
		.managed = now,
		.high_max = early / 8 / 2,
		.cpus = 2,
		.wmark = {share, share + gap, share + 2 * gap, share + 3 * gap},
	};

	return z;
}

START_TEST(sizes_come_out_of_the_marks)
{
	struct boot_zones b = {.pages_min = 5000, .nr = 2};
	int answers = 0;

	b.zone[0] = zone_of(ZONE_DMA, 3840, 3840, 5000, 203847);
	b.zone[1] = zone_of(ZONE_NORMAL, 200007, 201000, 5000, 203847);
	while (boot_next_sizes(&b, 10)) {
		const int64_t early = b.zone[1].early;

		answers++;
		ck_assert_int_eq(b.zone[0].early, 3840);
		ck_assert_int_eq(early / 16, 200007 / 16);
		ck_assert_int_eq(5000 * early / (3840 + early),
				 b.zone[1].wmark[WMARK_MIN]);
	}
	ck_assert_int_ge(answers, 1);
	ck_assert_int_le(answers, 16);
}
END_TEST

START_TEST(no_sizes_for_marks_of_nothing)
{
	struct boot_zones b = {.pages_min = 5000, .nr = 1};

	b.zone[0] = zone_of(ZONE_NORMAL, 200007, 201000, 5000, 200007);
	b.zone[0].wmark[WMARK_HIGH]++;
	ck_assert(!boot_next_sizes(&b, 10));
	b = (struct boot_zones){.pages_min = 5000, .nr = 1};
	b.zone[0] = zone_of(ZONE_NORMAL, 200007, 199000, 5000, 200007);
	ck_assert_msg(!boot_next_sizes(&b, 10), "more than there is now");
}
END_TEST

/* ---- every cell ---- */

static char *tables;
static size_t tables_size;

static void setup_tables(void)
{
	gzFile f = gzopen(TABLES, "rb");

	setup();
	ck_assert_msg(f != NULL, "%s: run the tests from the root", TABLES);
	tables = malloc(LONGEST);
	tables_size = (size_t)gzread(f, tables, LONGEST - 1);
	tables[tables_size] = '\0';
	gzclose(f);
}

static void teardown_tables(void)
{
	free(tables);
	teardown();
}

/* The file with the number at @at larger by @more. */
static void write_larger(const char *at, long more)
{
	FILE *f = fopen(file, "wb");
	char *rest;
	const long v = strtol(at, &rest, 10);

	ck_assert_ptr_nonnull(f);
	fwrite(tables, 1, (size_t)(at - tables), f);
	fprintf(f, "%ld%s", v + more, rest);
	ck_assert_int_eq(fclose(f), 0);
}

/* What ran decides these two of a per-CPU list. */
static bool counts(const char *kind, const char *key)
{
	return strcmp(kind, "\nzpcp ") != 0 ||
	       (strncmp(key, "count ", 6) != 0 &&
		strncmp(key, "high ", 5) != 0);
}

/* The sizes come from high_max; eight pages more could be, hundreds not. */
static long enough(const char *key)
{
	return strncmp(key, "high_max ", 9) == 0 ? 100 : 1;
}

/* The first block's lines of that kind: none of their numbers may differ. */
static int try_lines(const char *kind, bool pairs)
{
	const char *end = strstr(tables, "\nend setting");
	int cells = 0;

	for (char *at = tables; (at = strstr(at, kind)) && at < end; at++) {
		char *stop = strchr(at + 1, '\n');
		char *word = strchr(strchr(at + strlen(kind), ' ') + 1, ' ');

		while (word && word < stop) {
			char *number = pairs ? strchr(word + 1, ' ') : word;
			struct out *out = out_buffer();

			if (counts(kind, word + 1)) {
				write_larger(number + 1, enough(word + 1));
				ck_assert_msg(replay(out) != CMD_OK,
					      "%.20s... at %.30s is compared",
					      at + 1, word + 1);
				cells++;
			}
			out_free(out);
			word = strchr(number + 1, ' ');
		}
	}
	return cells;
}

START_TEST(every_cell_of_the_boots_tables_counts)
{
	ck_assert_int_eq(try_lines("\nzwm ", true), 5 * 9);
	ck_assert_int_eq(try_lines("\nzprot ", false), 5 * 5);
	ck_assert_int_eq(try_lines("\nzpcp ", true), 3 * 5);
}
END_TEST

Suite *check_case_boot_suite(void)
{
	Suite *s = suite_create("cmd/case_boot");
	TCase *tc = tcase_create("case_boot");
	TCase *cells = tcase_create("cells");

	tcase_add_test(tc, sizes_come_out_of_the_marks);
	tcase_add_test(tc, no_sizes_for_marks_of_nothing);
	suite_add_tcase(s, tc);
	tcase_add_checked_fixture(cells, setup_tables, teardown_tables);
	tcase_add_test(cells, every_cell_of_the_boots_tables_counts);
	suite_add_tcase(s, cells);
	return s;
}
