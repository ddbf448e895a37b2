/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_bad.c - lessons with one mistake each: found, at its line and column
 *
 * Each row takes a lesson that works, changes one thing in it, and says where
 * the complaint must be and what it must say.
 */
#include "teach.h"

#include "lesson/file.h"
#include "lesson/limit.h"

Suite *check_bad_suite(void);

static const char good[] =
	"---\n"
	"title: Two\n"
	"goal: G\n"
	"minutes: 3\n"
	"era: linux-7.3\n" /* 5 */
	"vary: k=1..2\n"
	"models: M\n"
	"boot: tiny zone=Normal pages=64 pageblock-order=3 max-order=6 "
	"pcp=off seed=4\n"
	"---\n"
	"Intro.\n" /* 10 */
	"\n"
	"## One\n"
	"\n"
	"```setup\n"
	"alloc order=0 gfp=movable name=s\n" /* 15 */
	"```\n"
	"\n"
	"```predict\n"
	"Will it split?\n"
	"- 1: yes\n" /* 20 */
	"- 0: no\n"
	"= events(buddy_split) > 0\n"
	"```\n"
	"\n"
	"```run\n" /* 25 */
	"alloc order=4 count=2 gfp=movable name=a\n"
	"```\n"
	"\n"
	"```check\n"
	"blocks(a) == 2\n" /* 30 */
	"history: buddy_split >= 1\n"
	"history: no oom_kill\n"
	"commands: <= 1\n"
	"```\n"
	"\n" /* 35 */
	"## Two\n"
	"\n"
	"```predict\n"
	"Where is it?\n"
	"= frame pfn(a)\n" /* 40 */
	"```\n"
	"\n"
	"```task\n"
	"Get a block of order $k.\n"
	"```\n" /* 45 */
	"\n"
	"```hint\n"
	"One.\n"
	"```\n"
	"\n" /* 50 */
	"```check\n"
	"order(pfn(mine)) == $k\n"
	"```\n"
	"\n"
	"```par\n" /* 55 */
	"commands: <= 1\n"
	"```\n"
	"\n"
	"```solution\n"
	"alloc order=$k gfp=movable name=mine\n" /* 60 */
	"```\n"
	"\n"
	"> [!NOTE] For the instructor: vote\n";

static const struct bad {
	const char *from, *to;
	unsigned int line, column;
	const char *told;
} bad[] = {
	/* the head */
	{"---\ntitle", "--\ntitle", 1, 1, "expected \"---\""},
	{"seed=4\n---\n", "seed=4\n", 9, 1, "at the end of the head"},
	{"title: Two\n", "", 1, 1, "no line \"title"},
	{"title: Two", "titel: Two", 2, 1, "did you mean \"title\"?"},
	{"title: Two", "title:", 2, 7, "expected a text"},
	{"goal: G", "title: G", 3, 1, "given twice"},
	{"goal: G", "goal G", 3, 1, "expected \"KEY: VALUE\""},
	{"minutes: 3\n", "", 1, 1, "no line \"minutes"},
	{"minutes: 3", "minutes: five", 4, 10, "expected a whole number"},
	{"minutes: 3", "minutes: 61", 4, 10, "1 to 60"},
	{"linux-7.3", "linux-7.4", 5, 6, "expected linux-7.3 or"},
	{"k=1..2", "k=2..1", 6, 7, "expected NAME=LEAST..MOST"},
	{"k=1..2", "k=1..2 k=1..2", 6, 14, "each name once"},
	{"models: M", "feedback: some", 7, 11, "full, where or pass"},
	{"boot: tiny", "boot: tinny", 8, 7, "did you mean \"tiny\"?"},
	{"pages=64", "pags=64", 8, 7, "did you mean \"pages=\"?"},
	{"seed=4", "seed=x", 8, 76, "expected a whole number"},
	{"boot: tiny", "boot: load ../x #", 8, 7, "beside the lesson"},
	{"boot: tiny", "boot: world new tiny", 8, 7, "expected a preset"},
	{"title: Two", "Title: Two", 2, 1, "did you mean \"title\"?"},
	{"k=1..2", "seed=1..2", 6, 7, "expected NAME=LEAST..MOST"},
	{"minutes: 3", "minutes: 3 # short", 4, 10, "a whole number"},
	{"---\ntitle", "\n---\ntitle", 1, 1, "begins with its head"},
	{"---\ntitle", "\xef\xbb\xbf---\ntitle", 1, 1, "byte order mark"},
	/* blocks */
	{"```run", "```Run", 25, 4, "did you mean \"run\"?"},
	{"```run", "~~~run", 25, 1, "the block does not end"},
	{"```predict", "```question", 18, 4, "no such kind of block"},
	{"alloc order=4", "> alloc order=4", 26, 1, "no such command"},
	{"```setup", "```setpu", 14, 4, "did you mean \"setup\"?"},
	{"```setup\nalloc order=0 gfp=movable name=s", "```setup\n# none", 14,
	 1, "expected commands"},
	{"alloc order=0", "allco order=0", 15, 1, "did you mean \"alloc\"?"},
	{"alloc order=0", "  alloc order=70", 15, 3, "expected an order"},
	{"alloc order=0", "source x; alloc order=0", 15, 1, "runs other lines"},
	{"alloc order=0", "world save x; alloc order=0", 15, 1,
	 "reads or writes files"},
	{"alloc order=0", "era diff world save x; alloc order=0", 15, 1,
	 "reads or writes files"},
	{"alloc order=0", "lesson next; alloc order=0", 15, 1,
	 "runs other lines"},
	{"alloc order=0", "quit; alloc order=0", 15, 1, "leaves"},
	{"alloc order=0", "expect free == 1; alloc order=0", 15, 1,
	 "free is 64 pages, expected == 1"},
	{"name=mine\n```", "name=mine", 59, 1, "does not end"},
	{"```run\n", "- x\n\n  ```run\n  ", 27, 1, "in a list or a quote"},
	{"## Two", "> ## Two", 36, 1, "must not stand in a list or a quote"},
	{"Intro.", "| a | b |\n\nIntro.", 10, 1,
	 "no row of dashes below its head"},
	{"Intro.", "Intro.\n| a | b |\n|---|---|", 11, 1,
	 "must not follow text"},
	{"Intro.", "| a | b |\n|---|---|---|", 11, 1,
	 "has 2 cells, the row of dashes 3"},
	{"Intro.", "| a | b |\n|---|---|\n| 1 | 2 | 3 |", 12, 1,
	 "the row has 3 cells"},
	{"Intro.", "- a | b\n  --|--", 10, 1, "must not stand in a list"},
	/* questions */
	{"Will it split?\n", "", 18, 1, "expected a question"},
	{"- 0: no\n", "", 18, 1, "one choice is none"},
	{"- 0: no", "- 1: no", 21, 1, "a second choice with the value 1"},
	{"- 0: no", "- 0:", 21, 1, "expected the choice's text"},
	{"- 1: yes", "- 3: yes", 22, 3, "none of the choices"},
	{"= events(buddy_split) > 0\n", "", 18, 1, "has no answer"},
	{"> 0\n```", "> 0\n= 1\n```", 23, 1, "a second answer"},
	{"> 0\n```", "> 0\nmore\n```", 23, 1, "nothing behind the answer"},
	{"(buddy_split) >", "(budy_split) >", 22, 10,
	 "did you mean \"buddy_split\"?"},
	{"(buddy_split) > 0", "(buddy_split) >> 0", 22, 24,
	 "expected a figure"},
	{"= frame pfn(a)", "= frame pfn(z)", 40, 13,
	 "nobody is called like that"},
	{"= frame pfn(a)", "= frame 64", 40, 9, "which is no frame"},
	{"= frame pfn(a)", "= nod0.Normal.free", 40, 3, "no such figure"},
	{"= frame pfn(a)", "- 1: yes\n- 0: no\n= frame pfn(a)", 42, 1,
	 "so there are no choices"},
	{"- 1: yes\n- 0: no", "* 1: yes\n* 0: no", 20, 1, "expected a choice"},
	{"- 1: yes\n- 0: no", "-1: yes\n-0: no", 20, 1, "expected a choice"},
	{"= frame pfn(a)", "= pfn(a) = 1", 40, 10, "did you mean \"==\"?"},
	{"= frame pfn(a)", "=", 40, 2, "expected a figure"},
	{"= frame pfn(a)", "= $n", 40, 3, "expected a figure"},
	/* conditions */
	{"commands: <= 1\n```\n\n##", "command: <= 1\n```\n\n##", 33, 1,
	 "did you mean \"commands:\"?"},
	{"commands: <= 1\n```\n\n##", "commands <= 1\n```\n\n##", 33, 1,
	 "did you mean \"commands:\"?"},
	{"history: no", "history no", 32, 1, "did you mean \"history:\"?"},
	{"blocks(a) == 2", "blocks(a) == $k", 30, 1, "expected == 1"},
	{"blocks(a) == 2", "blocks(a) = 2", 30, 11, "did you mean \"==\"?"},
	{"blocks(a) == 2", "  blocks(a)", 30, 3, "expected a comparison"},
	{"blocks(a) == 2", "blocks(a) == 3", 30, 1, "expected == 3"},
	{"buddy_split >= 1", "buddy_split => 1", 31, 22, "expected one of =="},
	{"buddy_split >= 1", "buddy_split >= x", 31, 25, "a whole number"},
	{"no oom_kill", "no oom_kil", 32, 13, "did you mean \"oom_kill\"?"},
	{"no oom_kill", "oom_kill", 32, 1, "oom_kill: 0, expected >= 1"},
	{"no oom_kill", "no", 32, 10, "no such event"},
	{"<= 1\n```\n\n##", "no aloc\n```\n\n##", 33, 1,
	 "did you mean \"alloc\"?"},
	{"blocks(a) == 2\nhistory: buddy_split >= 1", "free < 64", 30, 1,
	 "hold before its `run`"},
	/* tasks */
	{"order=$k gfp", "order=$n gfp", 60, 1, "made such a name"},
	{"alloc order=$k gfp=movable name=mine", "# none", 59, 1,
	 "expected commands"},
	{"```task\nGet a block of order $k.\n```\n", "", 56, 1,
	 "a solution without a `task`"},
	{"Get a block of order $k.\n", "", 43, 1, "expected text"},
	{"```solution", "```run", 43, 1, "has no `solution`"},
	{"```check\norder(pfn(mine)) == $k\n```\n", "", 43, 1,
	 "has no `check`"},
	{"order(pfn(mine)) == $k", "order(pfn(a)) == 4", 52, 1,
	 "hold before the task is solved"},
	{"order(pfn(mine)) == $k", "order(pfn(mine)) == 3", 52, 1,
	 "does not hold after the solution"},
	{"commands: <= 1\n```\n\n```sol", "commands: < 1\n```\n\n```sol", 56, 1,
	 "does not meet par: commands: 1, expected < 1"},
	{"name=mine", "name=mine; free mine", 52, 1, "mine has no block"},
	{"> [!NOTE]", "```task\nAgain.\n```\n\n> [!NOTE]", 63, 1,
	 "a second task"},
};

/* What works, and was hardly meant so: with --strict a fault. */
static const struct bad doubtful[] = {
	{"goal: G\n", "", 1, 1, "no goal"},
	{"models: M\n", "", 1, 1, "what it models"},
	{"minutes: 3", "minutes: 50", 1, 1, "expected at most 20"},
	{"goal: G", "goal: G\nneeds: 01-pagse", 1, 1,
	 "needs: 01-pagse: there is no such lesson"},
	{"```hint\nOne.\n```\n", "", 1, 1, "no hint"},
	{"## Two\n", "## Two\n\n## Three\n", 36, 1, "the step is empty"},
	{"Intro.", "A number from $least on.", 10, 15,
	 "$least: `vary` has no such number"},
	{"Will it", "Will $n", 19, 6, "$n: `vary` has no such number"},
	{"order $k.", "order $n.", 44, 22, "$n: `vary` has no such number"},
	{"Two\n\n```p", "Two\n\n# Three\n\n```p", 38, 1,
	 "expected \"## HEADING\""},
	{"Two\n\n```p", "Two\n\n##Three\n\n```p", 38, 3,
	 "a blank behind \"##\""},
	{"> [!NOTE] For the instructor:", "> [!NOTE] For instructors:", 63, 1,
	 "learners see this"},
	{"> [!NOTE] For the instructor:", "> For the teacher:", 63, 1,
	 "learners see this"},
};

static void change(const struct bad *b, char *text, size_t size)
{
	const char *at = strstr(good, b->from);

	ck_assert_msg(at != NULL, "%s is not in the lesson", b->from);
	snprintf(text, size, "%.*s%s%s", (int)(at - good), good, b->to,
		 at + strlen(b->from));
}

/* Lines that would take for ever, and numbers that fit nowhere. */
static const char *const hostile[] = {
	"repeat 1000000 \"alloc name=a; free a\"",
	"alloc count=18446744073709551615",
	"alloc count=99999999999999999999999",
	"bulk count=4000000000",
	"tick 18446744073709551615",
	"tick 1000000000",
	"world new tiny pages=4000000000",
	"world new tiny pages=100000000",
	"world new server",
	"task new a; task anon a 4000000000",
	"run kswapd0 1000000000",
	"repeat 1000000 \"repeat 1000000 alloc\"",
	"goto 18446744073709551615",
	"undo 18446744073709551615",
};

START_TEST(a_hostile_line_ends)
{
	char text[3000];
	const struct bad b = {"alloc order=0 gfp=movable name=s", hostile[_i],
			      0, 0, NULL};
	struct out *out = out_buffer();

	change(&b, text, sizeof text);
	write_lesson(text);
	limit_set(1, 3);
	lesson_check_file(lab, lesson_file, false, out);
	ck_assert_ptr_nonnull(strstr(out_string(out), lesson_file));
	out_free(out);
}
END_TEST

/* @n times @unit behind a good head. */
static void fill(char *text, size_t size, const char *unit)
{
	const char *body = strstr(good, "Intro.");
	size_t n = (size_t)(body - good);

	memcpy(text, good, n);
	while (n + strlen(unit) + 1 < size) {
		memcpy(text + n, unit, strlen(unit));
		n += strlen(unit);
	}
	text[n] = '\0';
}

START_TEST(a_hostile_file_is_read_in_time)
{
	static const char *const units[] = {
		">",	   "[",		"- a\n",
		"*a **b ", "$k$k$k$k ", "```run\nalloc\n```\n",
		"## x\n",  "((((",	"<",
		"`",	   "&#x1;",	"\n\n1. ",
		"![](",	   "\t",
	};
	const size_t size = 200000;
	char *text = malloc(size);
	struct faults f = {0};

	fill(text, size, units[_i]);
	lesson_free(lesson_parse("x.md", text, strlen(text), 0, &f));
	free(text);
}
END_TEST

START_TEST(bytes_that_are_no_text_are_refused_at_their_place)
{
	static const struct {
		const char *bytes, *told;
		size_t size;
	} cases[] = {
		{"---\ntitle: \x1b[31m", "x.md:2:8: byte 0x1b", 16},
		{"---\n\0", "x.md:2:1: byte 0x00", 5},
		{"---\n\xff\xfe", "x.md:2:1: byte 0xff", 6},
		{"---\na\xe2\x80\xae", "x.md:2:2: byte 0xe2", 8},
		{"---\na\xc3", "x.md:2:2: byte 0xc3", 6},
		{"---\ra", "x.md:1:4: byte 0x0d", 5},
		{"", "x.md:1:1: the head does not end", 0},
	};
	struct faults f = {0};

	ck_assert_ptr_null(
		lesson_parse("x.md", cases[_i].bytes, cases[_i].size, 0, &f));
	ck_assert_msg(
		strncmp(f.first, cases[_i].told, strlen(cases[_i].told)) == 0,
		"%s", f.first);
}
END_TEST

static void begin(void)
{
	make_folder();
	lab = new_lab(false);
}

static void end(void)
{
	lab_destroy(lab);
	remove_folder();
}

START_TEST(the_lesson_without_a_mistake_is_good)
{
	struct out *out = out_buffer();

	write_lesson(good);
	ck_assert_msg(lesson_check_file(lab, lesson_file, true, out) == CMD_OK,
		      "%s", out_string(out));
	out_free(out);
}
END_TEST

static void must_find(const struct bad *b, bool strict)
{
	struct out *out = out_buffer();
	char text[3000], place[160];
	const char *at;

	change(b, text, sizeof text);
	write_lesson(text);
	ck_assert_msg(lesson_check_file(lab, lesson_file, strict, out) !=
			      CMD_OK,
		      "\"%s\" passes", b->to);
	snprintf(place, sizeof place, "%s:%u:%u: ", lesson_file, b->line,
		 b->column);
	at = strstr(out_string(out), place);
	ck_assert_msg(at && strstr(at, b->told), "\"%s\" for \"%s\": %s", b->to,
		      b->from, out_string(out));
	out_free(out);
}

START_TEST(a_mistake_is_found_at_its_place)
{
	must_find(&bad[_i], false);
}
END_TEST

START_TEST(what_was_hardly_meant_so_is_remarked)
{
	struct out *out = out_buffer();
	char text[3000];

	must_find(&doubtful[_i], true);
	change(&doubtful[_i], text, sizeof text);
	write_lesson(text);
	ck_assert_int_eq(lesson_check_file(lab, lesson_file, false, out),
			 CMD_OK);
	ck_assert_ptr_nonnull(strstr(out_string(out), "remark: "));
	out_free(out);
}
END_TEST

START_TEST(it_cannot_be_started_either)
{
	const struct bad *b = &bad[_i];
	char text[3000], line[160];
	struct out *out = out_buffer();
	const uint64_t hash = mm_hash(lab_mm(lab));

	change(b, text, sizeof text);
	write_lesson(text);
	snprintf(line, sizeof line, "lesson start %s", lesson_file);
	/* what only playing shows is found by `lesson check` alone */
	if (lab_run(lab, line, out) != CMD_OK) {
		ck_assert_uint_eq(mm_hash(lab_mm(lab)), hash);
		ck_assert(strchr(out_string(out), '\n') ==
			  out_string(out) + strlen(out_string(out)) - 1);
	}
	out_free(out);
}
END_TEST

Suite *check_bad_suite(void)
{
	const int n = (int)(sizeof bad / sizeof bad[0]);
	Suite *s = suite_create("lesson/bad");
	TCase *tc = tcase_create("bad");

	tcase_add_checked_fixture(tc, begin, end);
	tcase_add_test(tc, the_lesson_without_a_mistake_is_good);
	tcase_add_loop_test(tc, a_mistake_is_found_at_its_place, 0, n);
	tcase_add_loop_test(tc, what_was_hardly_meant_so_is_remarked, 0,
			    (int)(sizeof doubtful / sizeof doubtful[0]));
	tcase_add_loop_test(tc, it_cannot_be_started_either, 0, n);
	tcase_add_loop_test(tc, a_hostile_line_ends, 0,
			    (int)(sizeof hostile / sizeof hostile[0]));
	tcase_add_loop_test(tc, a_hostile_file_is_read_in_time, 0, 14);
	tcase_add_loop_test(
		tc, bytes_that_are_no_text_are_refused_at_their_place, 0, 7);
	suite_add_tcase(s, tc);
	return s;
}
