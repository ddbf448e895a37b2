/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_canvas.c - the grid of cells: clipping, decoding, ways out
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tui/canvas.h"
#include "tui/palette.h"

static struct canvas c;

static void setup(void)
{
	ck_assert(canvas_open(&c, 3, 10));
}

static void teardown(void)
{
	canvas_close(&c);
}

static void is_text(const struct canvas *canvas, const char *expected)
{
	char *text = canvas_to_text(canvas);

	ck_assert_ptr_nonnull(text);
	ck_assert_str_eq(text, expected);
	free(text);
}

START_TEST(blank_at_first)
{
	is_text(&c, "\n\n\n");
}
END_TEST

START_TEST(text_is_clipped_at_every_side)
{
	canvas_text(&c, 0, 7, ROLE_TEXT, "abcdef");
	canvas_text(&c, 1, -2, ROLE_TEXT, "abcd");
	canvas_text(&c, -1, 0, ROLE_TEXT, "x");
	canvas_text(&c, 3, 0, ROLE_TEXT, "x");
	canvas_repeat(&c, 2, 8, ROLE_TEXT, '#', 1000);
	is_text(&c, "       ab>\ncd\n        ##\n");
}
END_TEST

START_TEST(a_window_clips_to_itself_and_to_its_canvas)
{
	struct canvas w = canvas_window(&c, 1, 6, 9, 9);

	ck_assert_int_eq(w.rows, 2);
	ck_assert_int_eq(w.cols, 4);
	canvas_text(&w, 0, 0, ROLE_TEXT, "abcdef");
	canvas_text(&w, 5, 0, ROLE_TEXT, "x");
	is_text(&c, "\n      abc>\n\n");
	canvas_clear(&w);
	is_text(&c, "\n\n\n");
}
END_TEST

START_TEST(a_window_outside_is_empty)
{
	struct canvas w = canvas_window(&c, 7, 70, 3, 3);

	ck_assert_int_eq(w.rows, 0);
	canvas_text(&w, 0, 0, ROLE_TEXT, "x");
	canvas_mark(&w, 0, 0, 5, MARK_CHANGED);
	is_text(&c, "\n\n\n");
}
END_TEST

START_TEST(what_could_upset_a_terminal_becomes_a_question_mark)
{
	/* escape, tab, C1, broken UTF-8, overlong, accent, right-to-left mark
	 */
	canvas_text(&c, 0, 0, ROLE_TEXT, "a\033[\t\xc2\x9b|");
	canvas_text(&c, 1, 0, ROLE_TEXT, "\xff|\xc3|\xc0\x9b|");
	canvas_text(&c, 2, 0, ROLE_TEXT,
		    "\xcc\x81|\xe2\x80\x8f|\xf0\x9f\x98\x80\xc3\xa9");
	is_text(&c, "a?[??|\n?|?|?|\n"
		    "?|?|\xf0\x9f\x98\x80\xc3\xa9\n");
}
END_TEST

/* A glyph of two columns takes two cells, and is there whole or not at all. */
START_TEST(wide_glyphs_take_two_cells)
{
	ck_assert_int_eq(
		canvas_text(&c, 0, 0, ROLE_TEXT, "a\xe4\xb8\x96\xe7\x95\x8c|"),
		6);
	is_text(&c, "a\xe4\xb8\x96\xe7\x95\x8c|\n\n\n");
	ck_assert_uint_eq(c.cell[2].glyph, CANVAS_TAIL);
	canvas_put(&c, 0, 2, ROLE_TEXT, 'x'); /* on its second half */
	is_text(&c, "a?x\xe7\x95\x8c|\n\n\n");
	canvas_put(&c, 0, 3, ROLE_TEXT, 'y'); /* on its first half */
	is_text(&c, "a?xy |\n\n\n");
	canvas_text(&c, 0, 2, ROLE_TEXT, "\xe7\x95\x8c\xe7\x95\x8c");
	is_text(&c, "a?\xe7\x95\x8c\xe7\x95\x8c\n\n\n");
	canvas_put(&c, 1, 9, ROLE_TEXT, 0x4e16); /* half of it outside */
	is_text(&c, "a?\xe7\x95\x8c\xe7\x95\x8c\n         ?\n\n");
}
END_TEST

START_TEST(wide_text_is_wrapped_by_its_columns)
{
	struct canvas narrow = canvas_window(&c, 0, 0, 3, 1);

	ck_assert_int_eq(
		canvas_wrap(&c, 0, 3, 0, 0, ROLE_TEXT,
			    "ab \xe4\xb8\x96\xe7\x95\x8c\xe4\xb8\x96 \xe4\xb8"
			    "\x96\xe7\x95\x8c\xe4\xb8\x96\xe7\x95\x8c\xe4\xb8"
			    "\x96\xe7\x95\x8c"),
		3);
	is_text(&c, "ab \xe4\xb8\x96\xe7\x95\x8c\xe4\xb8\x96\n"
		    "\xe4\xb8\x96\xe7\x95\x8c\xe4\xb8\x96\xe7\x95\x8c\xe4"
		    "\xb8\x96\n\xe7\x95\x8c\n");
	/* one column has no room for any: it ends all the same */
	ck_assert_int_eq(canvas_wrap(&narrow, 0, 1 << 30, 0, 0, ROLE_TEXT,
				     "\xe4\xb8\x96\xe7\x95\x8c"),
			 2);
}
END_TEST

START_TEST(text_cut_within_a_character_is_read_no_further)
{
	canvas_text(&c, 0, 0, ROLE_TEXT, "\xe2\x86");
	ck_assert_int_eq(c.cell[0].glyph, '?');
	canvas_text(&c, 1, 0, ROLE_TEXT, "\xf0");
	ck_assert_int_eq(c.cell[10].glyph, '?');
}
END_TEST

START_TEST(encoding_and_decoding_agree)
{
	static const uint32_t some[] = {'a',	0xe9,	0x43a,	0x2192,
					0x2588, 0x4e16, 0x1f600};

	for (size_t i = 0; i < sizeof some / sizeof some[0]; i++) {
		char buf[5];
		const char *at = buf;

		canvas_encode(some[i], buf);
		ck_assert_uint_eq(canvas_decode(&at), some[i]);
		ck_assert(*at == '\0');
	}
}
END_TEST

START_TEST(wrapping_breaks_at_blanks)
{
	ck_assert_int_eq(
		canvas_wrap(&c, 0, 3, 0, 2, ROLE_TEXT, "one two three four"),
		3);
	is_text(&c, "one two\n  three\n  four\n");
}
END_TEST

START_TEST(wrapping_cuts_a_word_that_is_too_long)
{
	ck_assert_int_eq(
		canvas_wrap(&c, 0, 3, 0, 0, ROLE_TEXT, "abcdefghijklmno"), 2);
	is_text(&c, "abcdefghij\nklmno\n\n");
}
END_TEST

START_TEST(marks_add_up_and_glyphs_reset_them)
{
	canvas_put(&c, 0, 0, ROLE_MOVABLE, 'M');
	canvas_mark(&c, 0, 0, 1, MARK_CHANGED);
	canvas_mark(&c, 0, 0, 1, MARK_CURSOR);
	ck_assert_int_eq(c.cell[0].marks, MARK_CHANGED | MARK_CURSOR);
	ck_assert_int_eq(c.cell[0].role, ROLE_MOVABLE);
	canvas_put(&c, 0, 0, ROLE_TEXT, 'x');
	ck_assert_int_eq(c.cell[0].marks, 0);
}
END_TEST

/* "[ 4]" with its blank: the number stays in its column. */
START_TEST(a_picture_places_text_and_not_blanks)
{
	char *svg;

	canvas_text(&c, 0, 0, ROLE_TEXT, "[ 4 ]");
	canvas_mark(&c, 0, 1, 3, MARK_CHANGED);
	svg = canvas_to_svg(&c, THEME_DARK);
	ck_assert_ptr_nonnull(svg);
	/* the margin and two columns of nine; one column wide */
	ck_assert_ptr_nonnull(strstr(svg, "<text x=\"30\" y=\"26\" "
					  "textLength=\"9\""));
	ck_assert_ptr_nonnull(strstr(svg, ">4<"));
	free(svg);
}
END_TEST

START_TEST(a_picture_escapes_what_xml_reserves)
{
	char *svg;

	canvas_text(&c, 0, 0, ROLE_TEXT, "<a&b>");
	svg = canvas_to_svg(&c, THEME_DARK);
	ck_assert_ptr_nonnull(svg);
	ck_assert_ptr_nonnull(strstr(svg, "&lt;a&amp;b&gt;"));
	ck_assert_ptr_nonnull(strstr(svg, "</svg>"));
	ck_assert_ptr_null(strstr(svg, "a&b"));
	free(svg);
}
END_TEST

START_TEST(sizes_without_sense_are_made_usable)
{
	struct canvas odd;

	ck_assert(canvas_open(&odd, -5, 0));
	ck_assert_int_eq(odd.rows, 1);
	ck_assert_int_eq(odd.cols, 1);
	canvas_close(&odd);
	ck_assert(canvas_open(&odd, 1 << 30, 1));
	ck_assert_int_lt(odd.rows, 10000);
	canvas_close(&odd);
}
END_TEST

Suite *check_canvas_suite(void);

Suite *check_canvas_suite(void)
{
	Suite *s = suite_create("tui/canvas");
	TCase *t = tcase_create("canvas");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, blank_at_first);
	tcase_add_test(t, text_is_clipped_at_every_side);
	tcase_add_test(t, a_window_clips_to_itself_and_to_its_canvas);
	tcase_add_test(t, a_window_outside_is_empty);
	tcase_add_test(t, what_could_upset_a_terminal_becomes_a_question_mark);
	tcase_add_test(t, wide_glyphs_take_two_cells);
	tcase_add_test(t, wide_text_is_wrapped_by_its_columns);
	tcase_add_test(t, text_cut_within_a_character_is_read_no_further);
	tcase_add_test(t, encoding_and_decoding_agree);
	tcase_add_test(t, wrapping_breaks_at_blanks);
	tcase_add_test(t, wrapping_cuts_a_word_that_is_too_long);
	tcase_add_test(t, marks_add_up_and_glyphs_reset_them);
	tcase_add_test(t, a_picture_places_text_and_not_blanks);
	tcase_add_test(t, a_picture_escapes_what_xml_reserves);
	tcase_add_test(t, sizes_without_sense_are_made_usable);
	suite_add_tcase(s, t);
	return s;
}
