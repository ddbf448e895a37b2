/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_lex.c - lines, commands and words
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/lex.h"

Suite *check_lex_suite(void);

static void next_is(const char **at, const char *expected)
{
	size_t len = 0;
	const char *command = lex_command(at, &len);

	if (!expected) {
		ck_assert_ptr_null(command);
		return;
	}
	ck_assert_ptr_nonnull(command);
	ck_assert_uint_eq(len, strlen(expected));
	ck_assert_mem_eq(command, expected, len);
}

START_TEST(semicolons_part_commands)
{
	const char *at = "  alloc order=2 ;; free a;";

	next_is(&at, "alloc order=2");
	next_is(&at, "free a");
	next_is(&at, NULL);
}
END_TEST

START_TEST(a_remark_ends_the_line)
{
	const char *at = "alloc a#b ; check # ; alloc";

	next_is(&at, "alloc a#b");
	next_is(&at, "check");
	next_is(&at, NULL);
	at = "# only a remark";
	next_is(&at, NULL);
}
END_TEST

START_TEST(quotes_hide_semicolons_and_remarks)
{
	const char *at = "repeat 3 \"alloc; free a # no\"; check";

	next_is(&at, "repeat 3 \"alloc; free a # no\"");
	next_is(&at, "check");
	next_is(&at, NULL);
}
END_TEST

START_TEST(words_lose_their_quotes)
{
	const char *line = "load \"a b\" c\"d e\"f \"q\\\"\\\\\" \"\"";
	struct lex_words words;

	ck_assert_ptr_null(lex_split(line, strlen(line), &words));
	ck_assert_uint_eq(words.n, 5);
	ck_assert_str_eq(words.word[1].text, "a b");
	ck_assert_uint_eq(words.word[1].start, 5);
	ck_assert_uint_eq(words.word[1].end, 10);
	ck_assert(words.word[1].quoted && !words.word[0].quoted);
	ck_assert_str_eq(words.word[2].text, "cd ef");
	ck_assert_str_eq(words.word[3].text, "q\"\\");
	ck_assert_str_eq(words.word[4].text, "");
	lex_free(&words);
}
END_TEST

START_TEST(an_open_quote_is_refused)
{
	struct lex_words words;

	ck_assert_ptr_nonnull(lex_split("load \"a", 7, &words));
	ck_assert_ptr_nonnull(lex_split("load \"a\\", 8, &words));
}
END_TEST

START_TEST(quoting_is_read_back)
{
	static const char *const texts[] = {"plain", "two words",   "",
					    "a\"b",  "back\\slash", "a;b",
					    "#x",    "t\tt"};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		char *quoted = lex_quote(texts[i]);
		struct lex_words words;

		ck_assert_ptr_null(lex_split(quoted, strlen(quoted), &words));
		ck_assert_uint_eq(words.n, 1);
		ck_assert_str_eq(words.word[0].text, texts[i]);
		lex_free(&words);
		free(quoted);
	}
}
END_TEST

START_TEST(what_is_no_line_is_refused)
{
	char *longest = malloc(LEX_MAX_LINE + 1);

	memset(longest, 'a', LEX_MAX_LINE + 1);
	ck_assert_ptr_null(lex_refuse(longest, LEX_MAX_LINE));
	ck_assert_ptr_nonnull(lex_refuse(longest, LEX_MAX_LINE + 1));
	ck_assert_ptr_nonnull(lex_refuse("a\0b", 3));
	ck_assert_ptr_nonnull(lex_refuse("\033[2J", 4));
	ck_assert_ptr_nonnull(lex_refuse("a\177", 2));
	ck_assert_ptr_null(lex_refuse("a\tb", 3));
	free(longest);
}
END_TEST

START_TEST(a_line_of_nothing_but_words_is_read)
{
	const size_t len = 60001;
	char *line = malloc(len + 1);
	struct lex_words words;

	for (size_t i = 0; i < len; i++)
		line[i] = i % 2 ? ' ' : 'x';
	line[len] = '\0';
	ck_assert_ptr_null(lex_split(line, len, &words));
	ck_assert_uint_eq(words.n, len / 2 + 1);
	ck_assert_str_eq(words.word[words.n - 1].text, "x");
	lex_free(&words);
	free(line);
}
END_TEST

Suite *check_lex_suite(void)
{
	Suite *s = suite_create("cmd/lex");
	TCase *tc = tcase_create("lex");

	tcase_add_test(tc, semicolons_part_commands);
	tcase_add_test(tc, a_remark_ends_the_line);
	tcase_add_test(tc, quotes_hide_semicolons_and_remarks);
	tcase_add_test(tc, words_lose_their_quotes);
	tcase_add_test(tc, an_open_quote_is_refused);
	tcase_add_test(tc, quoting_is_read_back);
	tcase_add_test(tc, what_is_no_line_is_refused);
	tcase_add_test(tc, a_line_of_nothing_but_words_is_read);
	suite_add_tcase(s, tc);
	return s;
}
