/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * block_question.c - a question, its choices and its answer
 */
#include <stdlib.h>
#include <string.h>

#include "lesson/block.h"

/* `- TEXT` or `- VALUE: TEXT`; without a value it counts from 1. */
static void read_choice(struct reading *r)
{
	struct question *q = &r->item->question;
	const char *s = r->text + 1 + strspn(r->text + 1, " \t");
	int64_t value = (int64_t)q->nr_choices + 1;
	char *end;
	const long long number = strtoll(s, &end, 10);
	struct choice *more;

	if (end != s && *end == ':') {
		value = number;
		s = end + 1 + strspn(end + 1, " \t");
	}
	if (!*s) {
		file_fault(r->f, r->line, r->column,
			   "expected the choice's text");
		return;
	}
	for (size_t i = 0; i < q->nr_choices; i++)
		if (q->choice[i].value == value) {
			file_fault(r->f, r->line, r->column,
				   "a second choice with the value %lld",
				   (long long)value);
			return;
		}
	more = realloc(q->choice, (q->nr_choices + 1) * sizeof *more);
	if (!more) {
		block_no_memory(r);
		return;
	}
	q->choice = more;
	more[q->nr_choices] = (struct choice){value, strdup(s)};
	if (more[q->nr_choices].text)
		q->nr_choices++;
}

static void read_answer(struct reading *r)
{
	static const struct {
		const char *word;
		enum answer_kind kind;
	} kinds[] = {{"frame ", ANSWER_FRAME}, {"block ", ANSWER_BLOCK}};
	struct question *q = &r->item->question;
	const char *s = r->text + 1 + strspn(r->text + 1, " \t");
	struct expr_why why;

	if (q->expr) {
		file_fault(r->f, r->line, r->column,
			   "a second answer; a question has one");
		return;
	}
	q->kind = q->nr_choices ? ANSWER_CHOICE : ANSWER_NUMBER;
	for (size_t i = 0; i < 2; i++)
		if (strncmp(s, kinds[i].word, 6) == 0) {
			s += 6 + strspn(s + 6, " \t");
			q->kind = kinds[i].kind;
		}
	q->line = r->line;
	q->column = r->column + (unsigned int)(s - r->text);
	if (q->nr_choices && q->kind != ANSWER_CHOICE)
		file_fault(r->f, r->line, r->column,
			   "a frame is pointed at, so there are no choices");
	q->expr = expr_parse(s, &why);
	if (!q->expr)
		file_fault(r->f, r->line,
			   q->column + (unsigned int)(why.column
							      ? why.column - 1
							      : 0),
			   "%s", why.text);
}

/* `* 1: yes` or `-1: yes`: meant as a choice. */
static bool nearly_choice(const char *s)
{
	const char *value = s + 1 + strspn(s + 1, " \t");
	const size_t digits = strspn(value, "0123456789");

	return strchr("-*+", *s) && digits && value[digits] == ':';
}

void block_question(struct reading *r)
{
	struct item *item = r->item;
	const struct question *q = &item->question;
	bool answered = false;

	while (block_line(r, false)) {
		if (r->text[0] == '=') {
			answered = true;
			read_answer(r);
		} else if (answered) {
			file_fault(r->f, r->line, r->column,
				   "expected nothing behind the answer");
			return;
		} else if (r->text[0] == '-' && strchr(" \t", r->text[1])) {
			read_choice(r);
		} else if (q->nr_choices || nearly_choice(r->text)) {
			file_fault(
				r->f, r->line, r->column,
				"expected a choice \"- ...\" or the answer \"= "
				"...\"");
			return;
		} else {
			block_append(r, r->text);
		}
	}
	if (!item->text)
		file_fault(r->f, item->line, 1, "expected a question");
	if (!answered)
		file_fault(r->f, item->line, 1,
			   "the question has no answer: expected \"= "
			   "EXPRESSION\"");
	if (q->nr_choices == 1)
		file_fault(r->f, item->line, 1, "one choice is none");
}
