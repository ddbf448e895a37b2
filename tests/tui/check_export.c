/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_export.c - pictures: each form shows the same; films and handouts
 */
#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/cast.h"
#include "tui/picture.h"
#include "tui/tui.h"

Suite *check_export_suite(void);

static struct lab *lab;
static struct out *out;

static const char *run_as(const char *line, enum cmd_status status)
{
	out_clear(out);
	ck_assert_msg(lab_run(lab, line, out) == status, "%s: %s", line,
		      out_string(out));
	return out_string(out);
}

static const char *run(const char *line)
{
	return run_as(line, CMD_OK);
}

static void setup(void)
{
	lab = lab_create();
	out = out_buffer();
	ck_assert(lab && out && tui_attach(lab) == 0);
	run("world new tiny pcp=off seed=1; alloc order=1 name=a");
}

static void teardown(void)
{
	out_free(out);
	lab_destroy(lab);
}

/* What is left of @text without what stands from @begin to @end. */
static char *without(const char *text, const char *begin, char end)
{
	char *plain = malloc(strlen(text) + 1), *to = plain;
	const size_t len = strlen(begin);

	while (*text) {
		if (strncmp(text, begin, len) != 0) {
			*to++ = *text++;
			continue;
		}
		while (*text && *text != end)
			text++;
		text += *text != '\0';
	}
	*to = '\0';
	return plain;
}

/* As canvas_to_text(): without blanks at the ends of lines. */
static void trim(char *text)
{
	char *to = text;

	for (char *s = text; *s; s++) {
		if (*s == '\n')
			while (to > text && to[-1] == ' ')
				to--;
		*to++ = *s;
	}
	*to = '\0';
}

START_TEST(ansi_and_html_say_what_the_text_says)
{
	char *text = strdup(run("export text - size=66x20"));
	char *ansi = without(run("export ansi - size=66x20"), "\x1b[", 'm');
	char *html = without(strstr(run("export html - size=66x20"), "<pre"),
			     "<", '>');

	char *entity;

	trim(ansi);
	ck_assert_str_eq(ansi, text);
	trim(html);
	while ((entity = strstr(html, "&gt;")) ||
	       (entity = strstr(html, "&lt;"))) {
		*entity = entity[1] == 'g' ? '>' : '<';
		memmove(entity + 1, entity + 4, strlen(entity + 3));
	}
	ck_assert_int_eq(strncmp(html, text, strlen(text)), 0);
	free(text);
	free(ansi);
	free(html);
}
END_TEST

START_TEST(one_view_alone)
{
	ck_assert_ptr_nonnull(
		strstr(run("export text - view=zones"), "=3 zones="));
	ck_assert_ptr_null(strstr(run("export text - view=zones"), "1 cell"));
}
END_TEST

/* No keys, no last word, no holes; dark on light whatever the theme is. */
START_TEST(paper_has_the_panes_alone)
{
	char *text = strdup(run("export text - size=80x20 for=paper"));
	char *light;

	ck_assert_ptr_nonnull(strstr(text, "map =="));
	ck_assert_ptr_nonnull(strstr(text, "free lists"));
	ck_assert_ptr_null(strstr(text, "buddyscope"));
	ck_assert_ptr_null(strstr(text, "quit"));
	ck_assert_ptr_null(strstr(text, "\n> "));
	ck_assert_ptr_null(strstr(text, "\n\n\n"));
	free(text);
	light = strdup(run("export svg - for=paper"));
	ck_assert_str_ne(light, run("export svg -"));
	run("theme light");
	ck_assert_str_eq(light, run("export svg - for=paper"));
	free(light);
}
END_TEST

START_TEST(marks_can_be_left_out)
{
	run("alloc order=0 gfp=movable name=marked");
	ck_assert_ptr_nonnull(
		strchr(strstr(run("export text - view=map"), "map="), '^'));
	ck_assert_ptr_null(strchr(
		strstr(run("export text - view=map marks=off"), "map="), '^'));
}
END_TEST

START_TEST(the_theme_is_the_users)
{
	char *dark = strdup(run("export svg -"));

	run("theme light");
	ck_assert_str_ne(dark, run("export svg -"));
	run("theme mono");
	/* black on white */
	ck_assert_ptr_nonnull(strstr(run("export html -"), "color:#000000"));
	free(dark);
}
END_TEST

static unsigned int occurrences(const char *text, const char *word)
{
	unsigned int n = 0;

	while ((text = strstr(text, word))) {
		n++;
		text++;
	}
	return n;
}

START_TEST(a_handout_has_a_frame_an_event)
{
	const struct mm *mm = lab_mm(lab);
	const uint64_t now = mm_now(mm), hash = mm_hash(mm);
	const char *page = run("export frames - by=event size=44x13");

	ck_assert_uint_eq(occurrences(page, "<figure>"), now + 1);
	ck_assert_ptr_nonnull(strstr(page, "split to order"));
	ck_assert_uint_eq(mm_now(mm), now);
	ck_assert_uint_eq(mm_hash(mm), hash);
	page = run("export frames - by=event from=3 to=7 size=44x13");
	ck_assert_uint_eq(occurrences(page, "<figure>"), 5);
	page = run("export frames - size=44x13");
	ck_assert_uint_lt(occurrences(page, "<figure>"), now);
}
END_TEST

START_TEST(a_film_is_lines_of_json)
{
	const char *film = run("export cast - by=event size=44x13");
	unsigned int n = 0;

	for (const char *s = film; *s; n++) {
		const size_t len = strcspn(s, "\n");
		json_t *line = json_loadb(s, len, 0, NULL);

		ck_assert_ptr_nonnull(line);
		if (n == 0) {
			ck_assert_int_eq(json_integer_value(json_object_get(
						 line, "version")),
					 2);
			ck_assert_int_eq(json_integer_value(json_object_get(
						 line, "height")),
					 13);
			ck_assert_str_eq(json_string_value(json_object_get(
						 line, "title")),
					 "alloc order=1 name=a");
		} else {
			const char *told =
				json_string_value(json_array_get(line, 2));

			ck_assert(json_real_value(json_array_get(line, 0)) ==
				  (n - 1) * 0.5);
			/* rows are parted, and the last one scrolls nothing */
			ck_assert_uint_eq(occurrences(told, "\r\n"), 12);
		}
		json_decref(line);
		s += len + 1;
	}
	ck_assert_uint_eq(n, mm_now(lab_mm(lab)) + 2);
}
END_TEST

/* Nothing on the screen changes by it, so it has to be said. */
START_TEST(what_was_saved_is_said)
{
	char name[] = "/tmp/export.XXXXXX", line[80], said[80];
	const int fd = mkstemp(name);
	size_t len;

	ck_assert_int_ge(fd, 0);
	close(fd);
	len = strlen(run("export text - size=66x20"));
	snprintf(line, sizeof line, "export text %s size=66x20", name);
	snprintf(said, sizeof said, "saved %zu bytes to %s\n", len, name);
	ck_assert_str_eq(run(line), said);
	unlink(name);
}
END_TEST

/* A frame that shows the same as before is left out. */
START_TEST(a_recording_has_what_changed)
{
	const struct picture_want want = {.rows = 13, .cols = 44, .view = -1};
	char name[] = "/tmp/record.XXXXXX", text[200000];
	const int fd = mkstemp(name);
	struct recorder *r;
	struct canvas c;
	FILE *f;

	ck_assert_int_ge(fd, 0);
	close(fd);
	r = recorder_open(name);
	ck_assert_ptr_nonnull(r);
	for (int i = 0; i < 4; i++) {
		ck_assert(picture_draw(lab, &want, &c));
		ck_assert(recorder_frame(r, &c, 0,
					 5000 + 250 * (unsigned long)i));
		canvas_close(&c);
		if (i == 1)
			run("undo");
	}
	recorder_close(r);
	f = fopen(name, "r");
	text[fread(text, 1, sizeof text - 1, f)] = '\0';
	fclose(f);
	unlink(name);
	ck_assert_uint_eq(occurrences(text, "\n"), 3);
	ck_assert_ptr_nonnull(strstr(text, "\n[0.000, "));
	ck_assert_ptr_nonnull(strstr(text, "\n[0.500, "));
	ck_assert_ptr_null(recorder_open("/tmp"));
}
END_TEST

START_TEST(what_cannot_be_drawn_is_refused)
{
	ck_assert_str_eq(run_as("export text - size=1x1", CMD_USAGE),
			 "export: size=1x1: expected COLUMNSxROWS, 10x5 to "
			 "500x300\n");
	ck_assert_str_eq(run_as("export text - view=buddies", CMD_USAGE),
			 "export: view=buddies: no such view; `help view` "
			 "lists them\n");
	ck_assert_str_eq(run_as("export frames - from=9 to=3", CMD_USAGE),
			 "export: from 9 to 3: expected moments, 0 to 20\n");
	ck_assert_str_eq(run_as("export text /nowhere/x", CMD_ERROR),
			 "export: /nowhere/x: No such file or directory\n");
	ck_assert_str_eq(run_as("record x.cast", CMD_USAGE),
			 "record: there is no screen; `export cast` makes a "
			 "film of a line\n");
	run("alloc count=250 type=M name=m; free m; alloc count=200");
	ck_assert_ptr_nonnull(strstr(run_as("export cast - from=0 to=2200 "
					    "by=event",
					    CMD_USAGE),
				     "at most 2000 frames"));
}
END_TEST

Suite *check_export_suite(void)
{
	Suite *s = suite_create("tui/export");
	TCase *tc = tcase_create("export");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, ansi_and_html_say_what_the_text_says);
	tcase_add_test(tc, one_view_alone);
	tcase_add_test(tc, paper_has_the_panes_alone);
	tcase_add_test(tc, marks_can_be_left_out);
	tcase_add_test(tc, the_theme_is_the_users);
	tcase_add_test(tc, a_handout_has_a_frame_an_event);
	tcase_add_test(tc, a_film_is_lines_of_json);
	tcase_add_test(tc, what_was_saved_is_said);
	tcase_add_test(tc, a_recording_has_what_changed);
	tcase_add_test(tc, what_cannot_be_drawn_is_refused);
	suite_add_tcase(s, tc);
	return s;
}
