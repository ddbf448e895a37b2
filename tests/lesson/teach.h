/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * teach.h - for tests: a lesson in a file, and a lab to play it in
 */
#ifndef BUDDYSCOPE_TESTS_LESSON_TEACH_H
#define BUDDYSCOPE_TESTS_LESSON_TEACH_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lesson/lesson.h"

static char folder[64], lesson_file[96];
static struct lab *lab;

/* A folder of its own, which is also the user's state folder. */
static inline void make_folder(void)
{
	snprintf(folder, sizeof folder, "/tmp/buddyscope-lesson-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	setenv("XDG_STATE_HOME", folder, 1);
	snprintf(lesson_file, sizeof lesson_file, "%s/02-two.md", folder);
}

static inline void remove_folder(void)
{
	static const char *const names[] = {"02-two.md",
					    "answers",
					    "buddyscope/lessons/02-two.answers",
					    "buddyscope/lessons/last",
					    "buddyscope/lessons",
					    "buddyscope",
					    "."};
	char path[200];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		remove(path);
	}
	rmdir(folder);
}

static inline void write_lesson(const char *text)
{
	FILE *f = fopen(lesson_file, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
}

static inline struct lab *new_lab(bool save)
{
	struct lab *new = lab_create();

	ck_assert_ptr_nonnull(new);
	ck_assert_int_eq(lab_add_table(new, lesson_table), 0);
	ck_assert_int_eq(lesson_attach(new, save), 0);
	return new;
}

/* The line is done, as if it was typed; what it says holds @text. */
static inline void types(const char *line, const char *text)
{
	struct out *out = out_buffer();
	char buf[300];
	const enum cmd_status status =
		lab_run(lab, lab_typed(lab, line, buf, sizeof buf), out);

	ck_assert_msg(status == CMD_OK, "%s: %d: %s", line, status,
		      out_string(out));
	ck_assert_msg(strstr(out_string(out), text) != NULL,
		      "%s: \"%s\", expected \"%s\"", line, out_string(out),
		      text);
	out_free(out);
}

/* The same, and it must not be heard of. */
static inline void types_without(const char *line, const char *text)
{
	struct out *out = out_buffer();

	ck_assert_int_eq(lab_run(lab, line, out), CMD_OK);
	ck_assert_msg(strstr(out_string(out), text) == NULL,
		      "%s: \"%s\" holds \"%s\"", line, out_string(out), text);
	out_free(out);
}

static inline void refuses_line(const char *line, const char *text)
{
	struct out *out = out_buffer();
	const enum cmd_status status = lab_run(lab, line, out);

	ck_assert_int_ne(status, CMD_OK);
	ck_assert_msg(strstr(out_string(out), text) != NULL,
		      "%s: \"%s\", expected \"%s\"", line, out_string(out),
		      text);
	out_free(out);
}

static inline void start(const char *more)
{
	char line[200];

	snprintf(line, sizeof line, "lesson start %s %s", lesson_file, more);
	types(line, "== Two ==");
}

static inline enum lesson_wait waits(void)
{
	struct lesson_now now;

	return lesson_now(lab, &now) ? now.wait : LESSON_NOTHING;
}

#define TWO                                                                    \
	"---\ntitle: Two\ngoal: G\nminutes: 5\nmodels: M\n"                    \
	"boot: tiny zone=Normal pages=64 pageblock-order=3 max-order=6 "       \
	"pcp=off\n---\n"                                                       \
	"Intro.\n\n"                                                           \
	"## One\n\nProse.\n\n"                                                 \
	"> [!NOTE] For the instructor: vote\n\n"                               \
	"```predict\nHow many?\n= node0.Normal.free_blocks\n```\n"             \
	"```run\nalloc order=0 gfp=movable name=a\n"                           \
	"alloc order=0 gfp=movable name=b\n```\n"                              \
	"```check\nblocks(a) + blocks(b) == 2\n"                               \
	"history: no mm_page_alloc_extfrag\n```\n"                             \
	"## Two\n\n"                                                           \
	"```predict\nWhere will it be?\n= frame pfn(b)\n```\n"                 \
	"```task\nGet a block of order 3.\n```\n"                              \
	"```hint\nOne.\n```\n```hint\nTwo.\n```\n"                             \
	"```check\norder(pfn(mine)) == 3\ncommands: no free\n```\n"            \
	"```par\ncommands: <= 1\n```\n"                                        \
	"```solution\nalloc order=3 gfp=movable name=mine\n```\n"

#endif
