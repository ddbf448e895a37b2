/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_prompt.c - the line that is being typed: readline's, and its picture
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lesson/lesson.h"
#include "support/screens.h"
#include "tui/prompt.h"
#include "tui/scene.h"
#include "tui/tui.h"

static char folder[] = "/tmp/buddyscope-prompt-XXXXXX";
static struct lab *lab;
static struct screen s;
static struct prompt p;

static void write_file(const char *name, const char *text)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "w");
	ck_assert(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

/* It is read once: in one process with others, those that need it are not. */
static bool start_with(const char *inputrc)
{
	const char *fork = getenv("CK_FORK");
	char path[200];

	if (*inputrc && fork && strcmp(fork, "no") == 0)
		inputrc = "";

	write_file("inputrc", inputrc);
	snprintf(path, sizeof path, "%s/inputrc", folder);
	setenv("INPUTRC", path, 1);
	setenv("XDG_STATE_HOME", folder, 1);
	setenv("TERM", "xterm", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	lab = lab_create();
	ck_assert(lab && lab_add_table(lab, lesson_table) == 0);
	ck_assert(tui_attach(lab) == 0 && scene_set(lab));
	screen_start(&s, lab);
	ck_assert(edit_start(lab, true));
	prompt_open(&p, ':', "");
	return *inputrc != '\0';
}

static void setup(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void teardown(void)
{
	char line[200];

	edit_end();
	lab_destroy(lab);
	snprintf(line, sizeof line, "rm -r %s", folder);
	ck_assert_int_eq(system(line), 0);
	memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
}

/* One key, as a terminal sends it. */
static enum prompt_answer key(const char *bytes)
{
	const size_t n = strlen(bytes);
	const int code = n == 1 ? (unsigned char)*bytes : TK_IGNORED;

	return prompt_key(&p, code == '\r' ? TK_ENTER : code, bytes, n);
}

/* Text, character by character. */
static void type(const char *text)
{
	while (*text) {
		char bytes[5] = {*text++};
		size_t n = 1;

		while ((*text & 0xc0) == 0x80)
			bytes[n++] = *text++;
		ck_assert_int_eq(key(bytes), PROMPT_OPEN);
	}
}

static void is(const char *text)
{
	struct edit_look look;

	edit_look(&look);
	ck_assert_str_eq(look.text, text);
}

static void says(const char *prompt)
{
	struct edit_look look;

	edit_look(&look);
	ck_assert_str_eq(look.prompt, prompt);
}

/* The line as a user would end it; what was typed. */
static void done(const char *text)
{
	ck_assert_int_eq(key("\r"), PROMPT_DONE);
	ck_assert_str_eq(p.line, text);
	ck_assert_int_eq(p.sign, 0);
	free(p.line);
	prompt_open(&p, ':', "");
}

START_TEST(words_are_moved_over_killed_and_yanked)
{
	start_with("");
	type("alloc order=3 name=mine");
	key("\x01"); /* C-a */
	type("#");
	is("#alloc order=3 name=mine");
	key("\x05"); /* C-e */
	type("!");
	key("\x7f");
	key("\x17"); /* C-w: back to a blank */
	is("#alloc order=3 ");
	key("\x19"); /* C-y */
	is("#alloc order=3 name=mine");
	key("\033b");
	key("\033b"); /* to "name" */
	key("\033d");
	is("#alloc order=3 =mine");
	key("\x19");
	key("\033y"); /* the kill before */
	is("#alloc order=3 name=mine=mine");
	key("\x0b"); /* C-k */
	is("#alloc order=3 name=mine");
	key("\x15"); /* C-u */
	is("");
}
END_TEST

START_TEST(undo_takes_back_what_was_typed)
{
	start_with("");
	type("where 3");
	key("\x17");
	is("where ");
	key("\x1f");
	is("where 3");
	key("\x1f");
	is("");
	type("x");
	key("\033r");
	is("");
}
END_TEST

START_TEST(arrows_are_known_in_both_of_their_forms)
{
	start_with("");
	type("acd");
	key("\033OD");
	key("\033[D");
	type("b");
	is("abcd");
	key("\033OH");
	type("<");
	key("\033[F");
	type(">");
	is("<abcd>");
	key("\033[1;5D"); /* control and left: a word */
	key("\033[3~");
	is("<bcd>");
}
END_TEST

START_TEST(history_goes_up_and_down_and_is_searched)
{
	start_with("");
	type("alloc order=1 name=a");
	done("alloc order=1 name=a");
	type("where 17");
	done("where 17");
	type("own");
	key("\033[A");
	is("where 17");
	key("\x10"); /* C-p */
	is("alloc order=1 name=a");
	key("\x0e"); /* C-n */
	key("\033[B");
	is("own");
	key("\x15");
	key("\x12"); /* C-r */
	type("ord");
	is("alloc order=1 name=a");
	says("(reverse-i-search)`ord': ");
	/* escape ends the search, and only then the line */
	ck_assert_int_eq(key("\033"), PROMPT_OPEN);
	is("alloc order=1 name=a");
	says(":");
	ck_assert_int_eq(key("\033"), PROMPT_LEFT);
	prompt_open(&p, ':', "");
	is("");
	key("\x12");
	type("17");
	done("where 17");
}
END_TEST

START_TEST(lines_are_there_in_the_next_run)
{
	start_with("");
	type("where 17");
	done("where 17");
	edit_end();
	ck_assert(edit_start(lab, true));
	prompt_open(&p, ':', "");
	key("\033[A");
	is("where 17");
	key("\033[A");
	is("where 17"); /* it is the first */
}
END_TEST

/* What is looked for is no command, and the other way round. */
START_TEST(each_sign_has_its_own_history)
{
	start_with("");
	type("where 17");
	done("where 17");
	prompt_open(&p, '/', "");
	key("\033[A");
	is("");
	type("owner=web");
	ck_assert_int_eq(key("\r"), PROMPT_DONE);
	free(p.line);
	prompt_open(&p, '&', "");
	key("\033[A");
	is("");
	prompt_leave(&p);
	prompt_open(&p, '/', "");
	key("\033[A");
	is("owner=web");
	prompt_open(&p, ':', "");
	key("\033[A");
	is("where 17");
}
END_TEST

START_TEST(tab_completes_and_shows_what_there_is)
{
	struct edit_look look;

	start_with("");
	type("expl");
	key("\t");
	is("explain ");
	key("\x15");
	type("alloc gfp=GFP_KER");
	key("\t");
	is("alloc gfp=GFP_KERNEL");
	edit_look(&look);
	ck_assert_uint_eq(look.nr_found, 2);
	ck_assert_str_eq(look.found[0], "gfp=GFP_KERNEL");
	ck_assert_str_eq(look.found[1], "gfp=GFP_KERNEL_ACCOUNT");
	type("_"); /* a look, no more */
	edit_look(&look);
	ck_assert_uint_eq(look.nr_found, 0);
	key("\t");
	is("alloc gfp=GFP_KERNEL_ACCOUNT ");
	prompt_open(&p, '/', "");
	type("expl");
	key("\t"); /* these are no commands */
	is("expl");
}
END_TEST

START_TEST(the_inputrc_is_obeyed)
{
	if (!start_with("\"\\e[A\": history-search-backward\n"
			"\"\\C-xw\": \"where \"\n"
			"$if buddyscope\n\"\\C-xb\": \"back\\C-m\"\n$endif\n"))
		return;
	type("where 17");
	done("where 17");
	type("alloc order=1");
	done("alloc order=1");
	type("wh");
	key("\033OA"); /* in the form that curses makes a terminal send */
	is("where 17");
	key("\x05");
	key("\x15");
	key("\x18");
	key("w");
	is("where ");
	key("\x15");
	key("\x18");
	ck_assert_int_eq(key("b"), PROMPT_DONE);
	ck_assert_str_eq(p.line, "back");
	free(p.line);
	prompt_open(&p, ':', "");
}
END_TEST

/* A macro of two lines is one line, and the rest is forgotten. */
START_TEST(a_macro_ends_with_its_line)
{
	if (!start_with("\"\\C-xq\": \"where 1\\C-mwhere 2\\C-m\"\n"))
		return;
	key("\x18");
	ck_assert_int_eq(key("q"), PROMPT_DONE);
	ck_assert_str_eq(p.line, "where 1");
	free(p.line);
	prompt_open(&p, ':', "");
	is("");
	type("x");
	is("x");
}
END_TEST

START_TEST(vi_has_its_modes_and_escape_its_meaning)
{
	struct edit_look look;

	if (!start_with("set editing-mode vi\nset show-mode-in-prompt on\n"))
		return;
	type("alloc order=3");
	edit_look(&look);
	ck_assert_str_eq(look.mode, "(ins)");
	ck_assert_int_eq(key("\033"), PROMPT_OPEN);
	edit_look(&look);
	ck_assert_str_eq(look.mode, "(cmd)");
	key("b");
	key("d");
	key("b");
	is("alloc =3");
	key("u");
	is("alloc order=3");
	key("0");
	key("c");
	key("w");
	type("where");
	is("where order=3");
	key("\033");
	ck_assert_int_eq(key("\033"), PROMPT_LEFT);
	prompt_open(&p, ':', "");
	type("where 17");
	done("where 17");
	key("\033");
	key("k");
	is("where 17");
	key("j");
	key("/");
	type("wh");
	key("\r");
	is("where 17");
	key("A");
	type("0");
	done("where 170");
}
END_TEST

/* In a count, a search or a sequence, escape gives up that alone. */
START_TEST(escape_leaves_one_thing_at_a_time)
{
	start_with("");
	type("x");
	key("\0334"); /* M-4 */
	says("(arg: 4) ");
	ck_assert_int_eq(key("\033"), PROMPT_OPEN);
	says(":");
	key("\x18"); /* C-x begins a sequence */
	ck_assert_int_eq(key("\033"), PROMPT_OPEN);
	key("\033p"); /* M-p searches for what is typed next */
	ck_assert_int_eq(key("\033"), PROMPT_OPEN);
	is("x");
	ck_assert_int_eq(key("\x07"), PROMPT_LEFT);
	prompt_open(&p, ':', "");
	type("y");
	key("\x7f");
	ck_assert_int_eq(key("\x7f"), PROMPT_LEFT); /* nothing is left */
	prompt_open(&p, ':', "");
	ck_assert_int_eq(key("\x04"), PROMPT_LEFT); /* C-d: no more */
	prompt_open(&p, ':', "");
	key("\x1d"); /* C-] waits for a character */
	ck_assert_int_eq(key("\033"), PROMPT_LEFT);
	prompt_open(&p, ':', "");
	type("z"); /* nobody waits any more */
	is("z");
}
END_TEST

START_TEST(keys_without_a_meaning_leave_no_trace)
{
	static const char *const keys[] = {
		"\033[24;5~", "\033[1;3S", "\033Oz", "\033[200~", "\033[", "",
	};

	start_with("");
	type("a");
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		ck_assert_int_eq(key(keys[i]), PROMPT_OPEN);
	key("\x07");
	type("b");
	is("ab");
	ck_assert_int_eq(prompt_key(&p, TK_MOUSE, "", 0), PROMPT_OPEN);
	ck_assert_int_eq(prompt_key(&p, TK_IGNORED, "", 1), PROMPT_OPEN);
	is("ab"); /* a NUL is C-@, which sets the mark */
}
END_TEST

START_TEST(characters_of_several_bytes_stay_whole)
{
	start_with("");
	type("\xc3\xa9\xe2\x86\x92\xe4\xb8\x96");
	key("\033[D");
	key("\x7f");
	is("\xc3\xa9\xe4\xb8\x96");
	key("\033[3~");
	is("\xc3\xa9");
	key("\x7f");
	is("");
}
END_TEST

START_TEST(a_line_may_be_as_long_as_it_likes)
{
	start_with("");
	for (int i = 0; i < 5000; i++)
		key("x");
	ck_assert_int_eq(key("\r"), PROMPT_DONE);
	ck_assert_uint_eq(strlen(p.line), 5000);
	free(p.line);
	prompt_open(&p, ':', "");
}
END_TEST

START_TEST(what_a_lesson_ran_is_called_back)
{
	struct out *out = out_buffer();
	size_t n = 0;

	start_with("");
	while (lab_history(lab, n))
		n++;
	ck_assert(lab_run(lab, "alloc order=2 name=a; where 3", out) == CMD_OK);
	lab_run(lab, "lesson list", out);
	prompt_recall(lab, n);
	prompt_open(&p, ':', "");
	key("\033[A");
	is("where 3");
	key("\033[A");
	is("alloc order=2 name=a");
	/* it was not typed: the next run knows nothing of it */
	edit_end();
	ck_assert(edit_start(lab, true));
	prompt_open(&p, ':', "");
	key("\033[A");
	is("");
	out_free(out);
}
END_TEST

/* ---- what it looks like ---- */

/* Over the screen, or over nothing, so that it alone is compared. */
static int drawn_at(int rows, int cols, bool alone, char **text)
{
	struct canvas c;
	int at;

	ck_assert(canvas_open(&c, rows, cols));
	layout(&s, rows, cols);
	if (!alone)
		screen_draw(&s, &c);
	at = prompt_draw(&p, &c);
	*text = canvas_to_text(&c);
	canvas_close(&c);
	return at;
}

static void then_prompt(const char *name, bool alone)
{
	static const int sizes[][2] = {
		{44, 13}, {66, 20}, {80, 24}, {120, 40}, {200, 50}};

	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		char full[80], *text;

		snprintf(full, sizeof full, "prompt-%s-%dx%d", name,
			 sizes[i][0], sizes[i][1]);
		drawn_at(sizes[i][1], sizes[i][0], alone, &text);
		then_screen(full, text);
		free(text);
	}
}

START_TEST(the_line_stands_in_the_last_row)
{
	start_with("");
	type("alloc order=3 name=mine");
	then_prompt("line", true);
	prompt_open(&p, '/', "");
	then_prompt("find", true);
	prompt_open(&p, ':', "");
	then_prompt("empty", true);
}
END_TEST

START_TEST(candidates_stand_above_it)
{
	char *text;

	start_with("");
	type("alloc gfp=GFP_");
	key("\t");
	then_prompt("found", false);
	key("\x15");
	key("\t"); /* every command: more than there is room for */
	drawn_at(13, 44, false, &text);
	ck_assert_ptr_nonnull(strstr(text, "\n alloc "));
	ck_assert_ptr_nonnull(strstr(text, " more: type more of it\n:\n"));
	ck_assert_ptr_nonnull(strstr(text, "=1 map="));
	free(text);
}
END_TEST

START_TEST(a_search_says_what_it_looks_for)
{
	start_with("");
	type("alloc order=1 name=a");
	done("alloc order=1 name=a");
	key("\x12");
	type("der");
	then_prompt("search", true);
}
END_TEST

/* "<" and ">" where there is more; the cursor is never outside. */
START_TEST(a_line_too_long_for_the_row_slides)
{
	char *text;

	start_with("");
	for (int i = 0; i < 30; i++)
		type("0123456789");
	then_prompt("long", true);
	key("\x01");
	then_prompt("long-start", true);
	for (int i = 0; i < 301; i++) {
		const int at = drawn_at(13, 44, false, &text);

		ck_assert_msg(at >= 1 && at < 44, "cursor in column %d", at);
		free(text);
		key("\x06");
	}
}
END_TEST

START_TEST(wide_characters_take_two_columns)
{
	char *text;

	start_with("");
	type("let name=\xe4\xb8\x96\xe7\x95\x8c");
	ck_assert_int_eq(drawn_at(13, 44, false, &text), 14);
	free(text);
	key("\033[D");
	ck_assert_int_eq(drawn_at(13, 44, false, &text), 12);
	free(text);
	key("\x16"); /* C-v: whatever comes next */
	key("\x01");
	ck_assert_int_eq(drawn_at(13, 44, false, &text), 14);
	ck_assert_ptr_nonnull(
		strstr(text, ":let name=\xe4\xb8\x96^A\xe7\x95\x8c\n"));
	free(text);
	key("\x7f");
	for (int i = 0; i < 40; i++)
		type("\xe4\xb8\x96");
	then_prompt("wide", true);
}
END_TEST

START_TEST(a_click_puts_the_cursor_there)
{
	struct edit_look look;
	char *text;

	start_with("");
	type("a\xe4\xb8\x96z");
	for (int col = 0; col < 10; col++) {
		/* the wide one stands in columns 2 and 3 */
		static const size_t byte[] = {0, 0, 1, 1, 4, 5, 5, 5, 5, 5};

		prompt_click(44, col);
		edit_look(&look);
		ck_assert_uint_eq(look.at, byte[col]);
	}
	for (int i = 0; i < 100; i++)
		type("0");
	for (int col = 1; col < 30; col += 7) {
		key("\x05");
		prompt_click(44, col);
		edit_look(&look);
		ck_assert_int_eq(drawn_at(13, 44, true, &text) % 22, col % 22);
		free(text);
	}
}
END_TEST

START_TEST(the_smallest_screen_has_room_for_it)
{
	char *text;

	start_with("");
	type("alloc gfp=");
	key("\t");
	for (int rows = LEAST_ROWS; rows < 9; rows++)
		for (int cols = 1; cols < 30; cols++) {
			const int at = drawn_at(rows, cols, true, &text);

			ck_assert(at >= 0 && at <= cols);
			free(text);
		}
}
END_TEST

Suite *check_prompt_suite(void);

Suite *check_prompt_suite(void)
{
	Suite *suite = suite_create("tui/prompt");
	TCase *t = tcase_create("prompt");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, words_are_moved_over_killed_and_yanked);
	tcase_add_test(t, undo_takes_back_what_was_typed);
	tcase_add_test(t, arrows_are_known_in_both_of_their_forms);
	tcase_add_test(t, history_goes_up_and_down_and_is_searched);
	tcase_add_test(t, lines_are_there_in_the_next_run);
	tcase_add_test(t, each_sign_has_its_own_history);
	tcase_add_test(t, tab_completes_and_shows_what_there_is);
	tcase_add_test(t, the_inputrc_is_obeyed);
	tcase_add_test(t, a_macro_ends_with_its_line);
	tcase_add_test(t, vi_has_its_modes_and_escape_its_meaning);
	tcase_add_test(t, escape_leaves_one_thing_at_a_time);
	tcase_add_test(t, keys_without_a_meaning_leave_no_trace);
	tcase_add_test(t, characters_of_several_bytes_stay_whole);
	tcase_add_test(t, a_line_may_be_as_long_as_it_likes);
	tcase_add_test(t, what_a_lesson_ran_is_called_back);
	tcase_add_test(t, the_line_stands_in_the_last_row);
	tcase_add_test(t, candidates_stand_above_it);
	tcase_add_test(t, a_search_says_what_it_looks_for);
	tcase_add_test(t, a_line_too_long_for_the_row_slides);
	tcase_add_test(t, wide_characters_take_two_columns);
	tcase_add_test(t, a_click_puts_the_cursor_there);
	tcase_add_test(t, the_smallest_screen_has_room_for_it);
	suite_add_tcase(suite, t);
	return suite;
}
