/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_script.c - files of lines, and files of worlds
 */
#include "say.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

Suite *check_script_suite(void);

static struct lab *lab;
static char folder[] = "/tmp/buddyscope-XXXXXX";
static char path[200];

static void setup(void)
{
	strcpy(folder, "/tmp/buddyscope-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	lab = lab_create();
}

static void teardown(void)
{
	lab_destroy(lab);
	ck_assert_int_eq(rmdir(folder), 0);
}

static const char *in_folder(const char *name)
{
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void write_file(const char *name, const void *bytes, size_t size)
{
	FILE *f = fopen(in_folder(name), "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, size, f), size);
	fclose(f);
}

static void drop(const char *name)
{
	ck_assert_int_eq(unlink(in_folder(name)), 0);
}

/* The lines come to @status and say @text, no more. */
static void script_says(const char *bytes, size_t size, bool plain,
			enum cmd_status status, const char *text)
{
	struct out *out = out_buffer();
	FILE *f = tmpfile();

	ck_assert_uint_eq(fwrite(bytes, 1, size, f), size);
	rewind(f);
	ck_assert_int_eq(script_run(lab, f, "s", out, plain), status);
	ck_assert_str_eq(out_string(out), text);
	out_free(out);
	fclose(f);
}

START_TEST(a_script_stops_at_the_first_line_that_fails)
{
	static const char text[] = "# remark\n\nget free\r\nallco\nget free\n";

	script_says(text, strlen(text), false, CMD_USAGE,
		    "free 256 pages\n"
		    "s:4:1: allco: no such command; did you mean \"alloc\"?\n");
}
END_TEST

START_TEST(a_message_names_the_column_of_the_command)
{
	static const char text[] = "get free;  free a; get free\n";

	script_says(text, strlen(text), false, CMD_USAGE,
		    "free 256 pages\n"
		    "s:1:12: free: a: no such owner; expected a pfn, or a name "
		    "given with alloc name=\n");
}
END_TEST

START_TEST(plain_shows_numbered_lines)
{
	static const char text[] = "get free\n# so\nexpect free == 1";

	script_says(text, strlen(text), true, CMD_FAILED,
		    "  1 > get free\nfree 256 pages\n  2 > # so\n"
		    "  3 > expect free == 1\n"
		    "s:3:1: expect: free is 256 pages, expected == 1\n");
}
END_TEST

START_TEST(a_refusal_does_not_stop_it)
{
	static const char text[] = "set pcp off\nalloc order=5 count=9\n"
				   "expect free == 32\nquit\nallco\n";
	struct out *out = out_buffer();

	ck_assert_int_eq(script_run_text(lab, text, "-c", out, false),
			 CMD_QUIT);
	ck_assert_ptr_null(strstr(out_string(out), "-c:"));
	out_free(out);
}
END_TEST

START_TEST(bytes_that_are_no_text_are_refused)
{
	char *line = malloc(200000);

	script_says("get free\nal\0oc\n", 16, false, CMD_ERROR,
		    "free 256 pages\n"
		    "s:2: the line holds a NUL byte; expected plain text\n");
	script_says("\033[2J\n", 5, false, CMD_ERROR,
		    "s:1: the line holds a control character; expected plain "
		    "text\n");
	memset(line, 'x', 200000);
	script_says(line, 200000, false, CMD_ERROR,
		    "s:1: the line is longer than 64 KiB; break it up\n");
	free(line);
}
END_TEST

START_TEST(files_may_read_files_but_not_themselves)
{
	char text[300], said[700];
	struct out *out = out_buffer();

	write_file("a", "alloc name=x\nalloc name=x\n", 26);
	snprintf(text, sizeof text, "source %s", in_folder("a"));
	runs(lab, text);
	ck_assert_int_eq(mm_owner_blocks(lab_mm(lab), 1), 2);
	runs(lab, "undo");
	ck_assert_int_eq(mm_owner_blocks(lab_mm(lab), 1), 1);

	write_file("b", text, strlen(text));
	snprintf(text, sizeof text, "source %s", in_folder("b"));
	write_file("a", text, strlen(text));
	ck_assert_int_eq(lab_run(lab, text, out), CMD_ERROR);
	snprintf(said, sizeof said,
		 "%s/b:1:1: %s/a:1:1: source: %s/b: is being read already; a "
		 "file "
		 "may not read itself\n",
		 folder, folder, folder);
	ck_assert_str_eq(out_string(out), said);
	out_free(out);
	drop("a");
	drop("b");
}
END_TEST

START_TEST(files_that_cannot_be_read_are_refused)
{
	char line[300];

	snprintf(line, sizeof line, "source %s", in_folder("none"));
	refuses(lab, line, "No such file");
	snprintf(line, sizeof line, "source %s", folder);
	refuses(lab, line, "is no regular file");
	refuses(lab, "source /dev/zero", "is no regular file");
	refuses(lab, "world load /dev/zero", "is no regular file");
	ck_assert_int_eq(mkfifo(in_folder("fifo"), 0600), 0);
	snprintf(line, sizeof line, "source %s", in_folder("fifo"));
	refuses(lab, line, "is no regular file");
	snprintf(line, sizeof line, "world load %s", in_folder("fifo"));
	refuses(lab, line, "is no regular file");
	snprintf(line, sizeof line, "world save %s", in_folder("fifo"));
	refuses(lab, line, "is no regular file");
	drop("fifo");
}
END_TEST

START_TEST(a_saved_world_is_loaded_again)
{
	char save[300], load[300], text[400];
	uint64_t saved;

	snprintf(save, sizeof save, "world save \"%s\"", in_folder("a b"));
	snprintf(load, sizeof load, "world load \"%s\"", in_folder("a b"));
	runs(lab, "alloc order=2 name=a; alloc count=9");
	saved = hash(lab);
	runs(lab, save);
	runs(lab, "free a; world new classroom");
	runs(lab, save);
	runs(lab, "undo; undo");
	runs(lab, save);
	runs(lab, "world new tiny");
	runs(lab, load);
	ck_assert_uint_eq(hash(lab), saved);
	runs(lab, "check; undo");
	ck_assert_uint_ne(hash(lab), saved);
	snprintf(text, sizeof text, "world save %s/none/x", folder);
	refuses(lab, text, "No such file");
	drop("a b"); /* and nothing else is left: see teardown() */
}
END_TEST

START_TEST(bad_world_files_are_refused)
{
	char line[300];
	unsigned char *bytes;
	size_t size;

	snprintf(line, sizeof line, "world load %s", in_folder("w"));
	write_file("w", "", 0);
	refuses(lab, line, "w: ");
	ck_assert_int_eq(mm_save(lab_mm(lab), &bytes, &size), 0);
	write_file("w", bytes, size / 2);
	refuses(lab, line, "w: ");
	write_file("w", bytes, size - 1);
	refuses(lab, line, "w: ");
	for (size_t i = 0; i < size && i < 64; i++)
		bytes[i] ^= 0xff;
	write_file("w", bytes, size);
	refuses(lab, line, "w: ");
	free(bytes);
	/* a gigabyte of nothing is not read: it does not begin like a world */
	write_file("w", "plain text, but long enough", 27);
	ck_assert_int_eq(truncate(in_folder("w"), (off_t)1 << 40), 0);
	refuses(lab, line, "w: is no world and no recording");
	refuses(lab, "world load \"\"", "the file name is empty");
	drop("w");
}
END_TEST

START_TEST(a_session_is_taken_up_again)
{
	struct out *out = out_buffer();
	uint64_t end;
	char text[300];

	ck_assert_int_eq(setenv("XDG_STATE_HOME", folder, 1), 0);
	lab_log_session(lab);
	runs(lab, "alloc order=3 name=a; alloc count=5; undo");
	runs(lab, "repeat 2 alloc order=1");
	end = hash(lab);
	lab_destroy(lab);
	lab = lab_create();
	ck_assert_int_eq(lab_resume(lab, out), CMD_OK);
	ck_assert_str_eq(out_string(out),
			 "resumed: 4 lines of the last session\n");
	ck_assert_uint_eq(hash(lab), end);
	lab_log_session(lab);
	runs(lab, "alloc");
	end = hash(lab);
	lab_destroy(lab);
	lab = lab_create();
	ck_assert(!lab_resumed(lab));
	ck_assert_int_eq(lab_resume(lab, out), CMD_OK);
	ck_assert(lab_resumed(lab));
	ck_assert_uint_eq(hash(lab), end);
	drop("buddyscope/session");
	drop("buddyscope/session.1");
	ck_assert_int_eq(lab_resume(lab, out), CMD_ERROR);
	snprintf(text, sizeof text, "%s/buddyscope", folder);
	ck_assert_int_eq(rmdir(text), 0);
	out_free(out);
}
END_TEST

/* After a folder comes what is in it, so Tab adds a slash and no blank. */
START_TEST(a_folder_is_completed_with_a_slash)
{
	char line[300], whole[300], **words;
	size_t from;

	snprintf(line, sizeof line, "world save %s/in", folder);
	snprintf(whole, sizeof whole, "%s/inner", folder);
	ck_assert_int_eq(mkdir(whole, 0700), 0);
	words = lab_complete(lab, line, strlen(line), &from);
	ck_assert(words && words[0] && !words[1]);
	strcat(whole, "/");
	ck_assert_str_eq(words[0], whole);
	free(words[0]);
	free(words);
	ck_assert_int_eq(rmdir(whole), 0);
}
END_TEST

/* Who opens the program and only looks loses nothing by that. */
START_TEST(a_session_without_a_line_replaces_none)
{
	struct out *out = out_buffer();
	uint64_t end;
	char text[300];

	ck_assert_int_eq(setenv("XDG_STATE_HOME", folder, 1), 0);
	lab_log_session(lab);
	runs(lab, "alloc order=3 name=a");
	end = hash(lab);
	lab_destroy(lab);
	lab = lab_create();
	lab_log_session(lab);
	lab_hold_session(lab, true);
	runs(lab, "alloc order=1");
	lab_hold_session(lab, false);
	lab_destroy(lab);
	lab = lab_create();
	ck_assert_int_eq(lab_resume(lab, out), CMD_OK);
	ck_assert_uint_eq(hash(lab), end);
	/* what was run while it was held is not forgotten by the next line */
	lab_destroy(lab);
	lab = lab_create();
	lab_log_session(lab);
	lab_hold_session(lab, true);
	runs(lab, "alloc order=1");
	lab_hold_session(lab, false);
	runs(lab, "alloc order=2");
	end = hash(lab);
	lab_destroy(lab);
	lab = lab_create();
	ck_assert_int_eq(lab_resume(lab, out), CMD_OK);
	ck_assert_uint_eq(hash(lab), end);
	drop("buddyscope/session");
	drop("buddyscope/session.1");
	snprintf(text, sizeof text, "%s/buddyscope", folder);
	ck_assert_int_eq(rmdir(text), 0);
	out_free(out);
}
END_TEST

Suite *check_script_suite(void)
{
	Suite *s = suite_create("cmd/script");
	TCase *tc = tcase_create("script");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_script_stops_at_the_first_line_that_fails);
	tcase_add_test(tc, a_message_names_the_column_of_the_command);
	tcase_add_test(tc, plain_shows_numbered_lines);
	tcase_add_test(tc, a_refusal_does_not_stop_it);
	tcase_add_test(tc, bytes_that_are_no_text_are_refused);
	tcase_add_test(tc, files_may_read_files_but_not_themselves);
	tcase_add_test(tc, files_that_cannot_be_read_are_refused);
	tcase_add_test(tc, a_saved_world_is_loaded_again);
	tcase_add_test(tc, bad_world_files_are_refused);
	tcase_add_test(tc, a_folder_is_completed_with_a_slash);
	tcase_add_test(tc, a_session_is_taken_up_again);
	tcase_add_test(tc, a_session_without_a_line_replaces_none);
	suite_add_tcase(s, tc);
	return s;
}
