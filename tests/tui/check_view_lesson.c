/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lesson's pane: what was played, what is new on top, what it waits for;
 * and the other panes beside it.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lesson/lesson.h"
#include "support/screens.h"

Suite *check_view_lesson_suite(void);

static struct lab *lab;
static struct out *out;
static struct screen s;

static const char text[] =
	"---\ntitle: One and its half\nminutes: 5\n"
	"boot: tiny zone=Normal pages=64 pageblock-order=3 max-order=6 "
	"pcp=off\n---\n"
	"## Asking\n\n"
	"All of the memory is one free block. You ask for a single frame of "
	"it.\n\n"
	"- The upper half goes back.\n- The lower half is halved again.\n\n"
	"```text\n|....|....|\n```\n\n"
	"```predict\nWill there be a second block?\n- 1: yes\n- 0: no\n"
	"= node0.Normal.free_blocks > 1\n```\n\n"
	"```hint\nIt has 64 frames.\n```\n\n"
	"```run\nalloc order=0 gfp=movable name=a\nshow buddyinfo\n```\n\n"
	"Every halving leaves one half behind, and each of them waits on the "
	"list of its order until somebody asks for it.\n\n"
	"## Pointing\n\n"
	"```predict\nWhere will the next frame be?\n= frame pfn(b)\n```\n\n"
	"```run\nalloc order=0 gfp=movable name=b\n```\n\n"
	"## Doing\n\n"
	"```task\nGet a block of order 3 and call it mine.\n```\n\n"
	"```hint\nA name is given with name=.\n```\n\n"
	"```check\norder(pfn(mine)) == 3\n```\n\n"
	"```solution\nalloc order=3 gfp=movable name=mine\n```\n";

static void run(const char *line)
{
	char buf[200];
	const struct lesson_seen seen = lesson_seen(&s);

	ck_assert_msg(lab_run(lab, lab_typed(lab, line, buf, sizeof buf),
			      out) == CMD_OK,
		      "%s: %s", line, out_string(out));
	lesson_follow(&s, seen);
	screen_settle(&s);
}

static void setup(void)
{
	char path[] = "/tmp/buddyscope-view-XXXXXX", line[80];
	const int fd = mkstemp(path);

	lab = lab_create();
	out = out_buffer();
	ck_assert(lab && out && fd >= 0);
	ck_assert_int_eq(lab_add_table(lab, lesson_table), 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (int)strlen(text));
	close(fd);
	given_view(&s, lab, VIEW_LESSON);
	snprintf(line, sizeof line, "lesson start %s", path);
	run(line);
	unlink(path);
}

static void teardown(void)
{
	out_free(out);
	lab_destroy(lab);
}

/* The first line in sight. */
static int to_go;
static char top[200];

static void look(void *arg, enum lesson_line_kind kind, const char *line)
{
	(void)arg;
	(void)kind;
	if (to_go-- == 0)
		snprintf(top, sizeof top, "%s", line);
}

static const char *top_line(void)
{
	to_go = s.view[VIEW_LESSON].scroll;
	*top = '\0';
	lesson_lines(lab, (unsigned int)s.rect[VIEW_LESSON].cols, look, NULL);
	return top;
}

START_TEST(a_question_waits_for_its_answer)
{
	then_view(&s, "lesson-question");
}
END_TEST

/* Space has no part in it then, though there is more to read. */
START_TEST(a_lesson_that_was_left_says_how_it_goes_on)
{
	run("lesson leave");
	then_view(&s, "lesson-away");
}
END_TEST

START_TEST(what_a_command_said_stands_below_it)
{
	run("no");
	run("");
	run("");
	s.view[VIEW_LESSON].scroll = 0;
	then_view(&s, "lesson-run");
}
END_TEST

START_TEST(a_task_leaves_the_prompt_to_the_learner)
{
	run("yes");
	run("");
	run("");
	run("");
	run("1");
	run("");
	run("");
	run("lesson hint");
	run("lesson check");
	then_view(&s, "lesson-task");
}
END_TEST

START_TEST(the_other_panes_make_room)
{
	s.zoomed = false;
	run("yes");
	run("");
	then_drawn(&s, "lesson-80x24", 24, 80);
	then_drawn(&s, "lesson-66x20", 20, 66);
	then_drawn(&s, "lesson-120x40", 40, 120);
	then_drawn(&s, "lesson-200x50", 50, 200);
	then_drawn(&s, "lesson-44x13", 13, 44);
	run("lesson leave");
	then_drawn(&s, "lesson-left-80x24", 24, 80);
}
END_TEST

START_TEST(a_page_at_a_time_before_it_goes_on)
{
	int pages = 0;

	s.zoomed = false;
	layout(&s, 20, 66);
	s.view[VIEW_LESSON].scroll = 0;
	while (lesson_page(&s))
		ck_assert_int_lt(++pages, 10);
	ck_assert_int_ge(pages, 1);
	ck_assert(!lesson_page(&s));
	run("yes");
	run("");
	ck_assert_int_gt(s.view[VIEW_LESSON].scroll, 0);
	/* a step may bring another machine in its middle */
	screen_enter(&s);
	ck_assert_int_gt(s.view[VIEW_LESSON].scroll, 0);
	layout(&s, 50, 200);
	ck_assert(!lesson_page(&s));
}
END_TEST

/* Of what a command says nothing is passed over. */
START_TEST(a_second_answer_is_seen_from_its_beginning)
{
	s.zoomed = false;
	layout(&s, 20, 66);
	run("yes");
	run("");
	run("");
	/* below the answer to the command before */
	ck_assert_str_eq(top_line(), "    pfn 0, order 0");
}
END_TEST

/* The other panes show another zone; the text is the same. */
START_TEST(in_the_past_space_plays_and_says_so)
{
	s.zoomed = false;
	run("yes");
	run("");
	run("back 2");
	then_drawn(&s, "lesson-past-80x24", 24, 80);
}
END_TEST
START_TEST(another_zone_turns_no_page)
{
	zone_t zone;

	run("yes");
	run("");
	run("world new laptop");
	screen_enter(&s);
	zone = s.zone;
	s.view[VIEW_LESSON].scroll = 1;
	screen_act(&s, ACT_ZONE_NEXT);
	ck_assert_uint_ne(s.zone, zone);
	ck_assert_int_eq(s.view[VIEW_LESSON].scroll, 1);
}
END_TEST

START_TEST(without_a_lesson_it_says_how_to_begin)
{
	lab_destroy(lab);
	lab = lab_create();
	given_view(&s, lab, VIEW_LESSON);
	then_view(&s, "lesson-none");
}
END_TEST

Suite *check_view_lesson_suite(void)
{
	Suite *suite = suite_create("tui/view_lesson");
	TCase *tc = tcase_create("lesson");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_question_waits_for_its_answer);
	tcase_add_test(tc, a_lesson_that_was_left_says_how_it_goes_on);
	tcase_add_test(tc, what_a_command_said_stands_below_it);
	tcase_add_test(tc, a_task_leaves_the_prompt_to_the_learner);
	tcase_add_test(tc, the_other_panes_make_room);
	tcase_add_test(tc, a_page_at_a_time_before_it_goes_on);
	tcase_add_test(tc, a_second_answer_is_seen_from_its_beginning);
	tcase_add_test(tc, in_the_past_space_plays_and_says_so);
	tcase_add_test(tc, another_zone_turns_no_page);
	tcase_add_test(tc, without_a_lesson_it_says_how_to_begin);
	suite_add_tcase(suite, tc);
	return suite;
}
