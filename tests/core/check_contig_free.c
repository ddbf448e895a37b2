/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A range of single pages goes back in the largest blocks that fit: those of
 * small orders to the per-CPU lists, as they are, the others to the buddies.
 */
#include <stdio.h>
#include <string.h>

#include "core/contig.h"
#include "support/picture.h"

Suite *check_contig_free_suite(void);

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* Everything in use, a page at a time; per-CPU lists that keep what comes. */
static void all_in_use(unsigned int pages)
{
	struct mm_config cfg;

	mm_config_preset(&cfg, "classroom", NULL);
	mm_config_set(&cfg, "zone", "Normal", NULL);
	cfg.zone[0].end = pages;
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	while (alloc(mm, 0, GFP_ATOMIC | GFP_BIT_MEMALLOC) != NO_PFN)
		;
	set_pcp(mm, 63, 4000, 4000);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
}

/* "5/0 6/1": what came back, in order; then all of it is on its lists. */
static void then_pieces(pfn_t start, pfn_t n, const char *want)
{
	char seen[200] = "";

	ck_assert_int_eq(mm_free_contig(mm, start, start + n, 0, NULL), 0);
	for (uint64_t i = 1; i <= mm_last_moment(mm); i++) {
		const struct mm_event *ev = mm_event(mm, i);
		const size_t used = strlen(seen);

		if (ev->type == EV_free_request)
			snprintf(seen + used, sizeof seen - used, "%s%d/%d",
				 used ? " " : "", ev->arg[0], ev->arg[1]);
	}
	ck_assert_str_eq(seen, want);
	then_sound(mm);
}

START_TEST(pieces_begin_where_they_are_aligned)
{
	all_in_use(16384);
	then_pieces(5, 27, "5/0 6/1 8/3 16/4");
	/* three of them wait on per-CPU lists, as blocks of their order */
	then_pcp(mm, 0, "5");
	then_pcp(mm, 3, "6");
	then_pcp(mm, 9, "8");
	then_lists(mm, MIGRATE_UNMOVABLE, "o4:16");
}
END_TEST

START_TEST(a_piece_is_as_large_as_its_place_allows)
{
	all_in_use(16384);
	then_pieces(8, 24, "8/3 16/4");
}
END_TEST

START_TEST(the_first_frame_is_aligned_to_everything)
{
	all_in_use(16384);
	then_pieces(0, 30, "0/4 16/3 24/2 28/1");
}
END_TEST

START_TEST(no_piece_is_larger_than_a_block)
{
	all_in_use(16384);
	then_pieces(0, 4096, "0/10 1024/10 2048/10 3072/10");
}
END_TEST

/* A section of 2^15 frames ends a run, whatever would fit. */
START_TEST(no_piece_reaches_into_another_section)
{
	all_in_use(65536);
	then_pieces(32768 - 6, 8, "32762/1 32764/2 32768/1");
}
END_TEST

Suite *check_contig_free_suite(void)
{
	Suite *s = suite_create("core/contig_free");
	TCase *t = tcase_create("pieces");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, pieces_begin_where_they_are_aligned);
	tcase_add_test(t, a_piece_is_as_large_as_its_place_allows);
	tcase_add_test(t, the_first_frame_is_aligned_to_everything);
	tcase_add_test(t, no_piece_is_larger_than_a_block);
	tcase_add_test(t, no_piece_reaches_into_another_section);
	suite_add_tcase(s, t);
	return s;
}
