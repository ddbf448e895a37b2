/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_parse.c - from a file to steps and items
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/file.h"

Suite *check_parse_suite(void);

#define HEAD                                                                   \
	"---\ntitle: T\nminutes: 5\nboot: tiny seed=7 pages=64\n"              \
	"vary: k=2..4 n=10..10\n---\n"

static struct lesson *parse(const char *text, uint64_t seed)
{
	struct faults f = {0};
	struct lesson *l =
		lesson_parse("a/02-b.md", text, strlen(text), seed, &f);

	ck_assert_msg(l != NULL, "%s", f.first);
	ck_assert_uint_eq(f.n, 0);
	return l;
}

static const struct item *item(const struct lesson *l, size_t s, size_t i)
{
	ck_assert_uint_lt(s, l->n);
	ck_assert_uint_lt(i, l->step[s].n);
	return &l->step[s].item[i];
}

START_TEST(the_head_is_read)
{
	struct lesson *l =
		parse("---\ntitle: A: b\ngoal: g\nminutes: 7\n"
		      "needs: x, y\nera: linux-2.6.24\nmodels: m\n"
		      "feedback: where\nboot: tiny  seed=9 cpus=1\r\n"
		      "---\ntext\n",
		      0);

	ck_assert_str_eq(l->name, "02-b");
	ck_assert_str_eq(l->title, "A: b");
	ck_assert_str_eq(l->goal, "g");
	ck_assert_uint_eq(l->minutes, 7);
	ck_assert_str_eq(l->needs, "x, y");
	ck_assert_str_eq(l->era, "linux-2.6.24");
	ck_assert_str_eq(l->models, "m");
	ck_assert_int_eq(l->feedback, FEEDBACK_WHERE);
	ck_assert_str_eq(l->boot, "tiny  cpus=1");
	ck_assert_uint_eq(l->seed, 9);
	ck_assert_uint_eq(l->n, 1);
	lesson_free(l);
}
END_TEST

START_TEST(numbers_vary_with_the_seed_and_only_with_it)
{
	static const char text[] = HEAD "a $k $n $seed $x $\n";
	struct lesson *a = parse(text, 3), *b = parse(text, 3);
	bool differs = false;

	ck_assert_str_eq(item(a, 0, 0)->text, item(b, 0, 0)->text);
	ck_assert_ptr_nonnull(strstr(item(a, 0, 0)->text, " 10 3 $x $"));
	for (uint64_t seed = 4; seed < 20; seed++) {
		struct lesson *c = parse(text, seed);
		const int k = atoi(item(c, 0, 0)->text + 2);

		ck_assert(k >= 2 && k <= 4);
		differs |= k != atoi(item(a, 0, 0)->text + 2);
		lesson_free(c);
	}
	ck_assert(differs);
	lesson_free(a);
	lesson_free(b);
}
END_TEST

START_TEST(prose_becomes_plain_text)
{
	struct lesson *l =
		parse(HEAD "in *tro* `code`\nmore [x](y)\n\n"
			   "## One\n- a\n  - b\n3. c\n\n> quote\n\n"
			   "> [!NOTE] For the instructor: ask\n>\n> twice\n\n"
			   "<details>\n\n```\n as is\n```\n### Sub\n",
		      0);

	ck_assert_uint_eq(l->n, 2);
	ck_assert_ptr_null(l->step[0].heading);
	ck_assert_str_eq(item(l, 0, 0)->text, "in tro `code` more x (y)");
	ck_assert_str_eq(l->step[1].heading, "One");
	ck_assert_int_eq(item(l, 1, 0)->prose, PROSE_POINT);
	ck_assert_str_eq(item(l, 1, 0)->mark, "-");
	ck_assert_uint_eq(item(l, 1, 1)->indent, 2);
	ck_assert_str_eq(item(l, 1, 2)->mark, "3.");
	ck_assert_int_eq(item(l, 1, 3)->prose, PROSE_QUOTE);
	ck_assert_int_eq(item(l, 1, 4)->kind, ITEM_NOTE);
	ck_assert_str_eq(item(l, 1, 4)->text, "ask\ntwice");
	ck_assert_int_eq(item(l, 1, 5)->kind, ITEM_PLAIN);
	ck_assert_str_eq(item(l, 1, 5)->text, " as is\n");
	ck_assert_int_eq(item(l, 1, 6)->prose, PROSE_HEADING);
	lesson_free(l);
}
END_TEST

START_TEST(blocks_are_read_with_their_places)
{
	struct lesson *l =
		parse(HEAD "## S\n"				  /* 7 */
			   "```predict\nWhich\nof?\n"		  /* 8-10 */
			   "- 3: x\n- y\n= 1 + 1\n```\n"	  /* 11-14 */
			   "```run\n# no\n\n  alloc\nfree\n```\n" /* 15-20 */
			   "```check\nfree == 1\nhistory: no oom_kill\n"
			   "history: oom_kill\nhistory: oom_kill < 3\n"
			   "commands: <= 2\ncommands: world new\n```\n",
		      0);
	const struct item *q = item(l, 0, 0), *r = item(l, 0, 1);
	const struct cond *c = item(l, 0, 2)->conds;

	ck_assert_str_eq(q->text, "Which of?");
	ck_assert_int_eq(q->question.kind, ANSWER_CHOICE);
	ck_assert_uint_eq(q->question.nr_choices, 2);
	ck_assert_int_eq(q->question.choice[0].value, 3);
	ck_assert_int_eq(q->question.choice[1].value, 2);
	ck_assert_uint_eq(q->question.line, 13);
	ck_assert_uint_eq(q->question.column, 3);
	ck_assert_uint_eq(r->n, 2);
	ck_assert_str_eq(r->lines[0].text, "alloc");
	ck_assert_uint_eq(r->lines[0].line, 18);
	ck_assert_uint_eq(r->lines[0].column, 3);
	ck_assert_uint_eq(item(l, 0, 2)->n, 6);
	ck_assert_int_eq(c[0].kind, COND_FIGURES);
	ck_assert_int_eq(c[1].kind, COND_HISTORY);
	ck_assert(c[1].op == OP_EQ && c[1].n == 0);
	ck_assert(c[2].op == OP_GE && c[2].n == 1);
	ck_assert(c[3].op == OP_LT && c[3].n == 3);
	ck_assert(c[4].kind == COND_COMMANDS && !c[4].name);
	ck_assert_str_eq(c[5].name, "world new");
	ck_assert(l->step[0].has_run && l->step[0].has_check);
	lesson_free(l);
}
END_TEST

START_TEST(frames_are_pointed_at)
{
	struct lesson *l = parse(HEAD "```predict\nwhere?\n= frame 3\n```\n"
				      "```predict\nwhere?\n= block 3\n```\n",
				 0);

	ck_assert_int_eq(item(l, 0, 0)->question.kind, ANSWER_FRAME);
	ck_assert_int_eq(item(l, 0, 1)->question.kind, ANSWER_BLOCK);
	lesson_free(l);
}
END_TEST

Suite *check_parse_suite(void)
{
	Suite *s = suite_create("lesson/parse");
	TCase *tc = tcase_create("parse");

	tcase_add_test(tc, the_head_is_read);
	tcase_add_test(tc, numbers_vary_with_the_seed_and_only_with_it);
	tcase_add_test(tc, prose_becomes_plain_text);
	tcase_add_test(tc, blocks_are_read_with_their_places);
	tcase_add_test(tc, frames_are_pointed_at);
	suite_add_tcase(s, tc);
	return s;
}
