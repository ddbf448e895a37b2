/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * block.c - what the fenced blocks hold: commands, conditions, questions
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/file.h"

#define LONGEST 4000 /* bytes of a line in a block */

static const char *const words[] = {
	[ITEM_SETUP] = "setup",	      [ITEM_PREDICT] = "predict",
	[ITEM_RUN] = "run",	      [ITEM_CHECK] = "check",
	[ITEM_TASK] = "task",	      [ITEM_HINT] = "hint",
	[ITEM_SOLUTION] = "solution", [ITEM_PAR] = "par",
};

const char *block_word(enum item_kind kind)
{
	return words[kind] ? words[kind] : "text";
}

enum item_kind block_kind(const char *word)
{
	static const char *const plain[] = {"", "text", "c", "sh", "console"};

	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		if (strcmp(word, plain[i]) == 0)
			return ITEM_PLAIN;
	for (int k = ITEM_SETUP; k <= ITEM_PAR; k++)
		if (strcmp(word, words[k]) == 0)
			return (enum item_kind)k;
	return ITEM_PROSE;
}

/* ---- lines of a block ---- */

struct reading {
	struct lesson *l;
	struct item *item;
	struct faults *f;
	const char *at;		/* the next line */
	unsigned int line;	/* its number in the file */
	char text[LONGEST + 1]; /* the present one, without blanks around it */
	unsigned int column;
};

/* The next line that is no remark and not empty; false at the end. */
static bool next_line(struct reading *r, bool remarks)
{
	while (*r->at) {
		const char *const raw = r->at;
		size_t len = strcspn(raw, "\n"), source_len, skip;
		const char *source;

		r->at += len + (raw[len] == '\n');
		r->line++;
		skip = strspn(raw, " \t");
		if (skip > len)
			skip = len;
		while (len > skip && strchr(" \t\r", raw[len - 1]))
			len--;
		if (len == skip || (remarks && raw[skip] == '#'))
			continue;
		/* the fence may be indented: look where it really stands */
		source = lesson_source_line(r->l, r->line, &source_len);
		r->column = 1;
		while (r->column <= source_len &&
		       strchr(" \t", source[r->column - 1]))
			r->column++;
		if (len - skip > LONGEST) {
			file_fault(r->f, r->line, r->column + LONGEST,
				   "the line is longer than %d bytes", LONGEST);
			continue;
		}
		memcpy(r->text, raw + skip, len - skip);
		r->text[len - skip] = '\0';
		return true;
	}
	return false;
}

static bool too_many_lines(struct reading *r)
{
	if (++r->l->nr_lines <= LESSON_LINES)
		return false;
	if (r->l->nr_lines == LESSON_LINES + 1)
		file_fault(r->f, r->line, 1,
			   "more than %d commands and conditions in a lesson",
			   LESSON_LINES);
	return true;
}

static void out_of_memory(struct reading *r)
{
	file_fault(r->f, r->line, 1, "out of memory");
}

/* ---- commands ---- */

static void read_commands(struct reading *r)
{
	struct item *item = r->item;

	while (next_line(r, true)) {
		struct lesson_line *more;

		if (too_many_lines(r))
			return;
		more = realloc(item->lines, (item->n + 1) * sizeof *more);
		if (!more) {
			out_of_memory(r);
			return;
		}
		item->lines = more;
		more[item->n] = (struct lesson_line){strdup(r->text), r->line,
						     r->column};
		if (!more[item->n].text)
			out_of_memory(r);
		item->n++;
	}
	if (!item->n)
		file_fault(r->f, item->line, 1, "expected commands in the `%s`",
			   block_word(item->kind));
}

/* ---- conditions ---- */

static const char *const ops[] = {
	[OP_EQ] = "==", [OP_NE] = "!=", [OP_LE] = "<=",
	[OP_GE] = ">=", [OP_LT] = "<",	[OP_GT] = ">",
};

/* `OP N` at @s; complains and gives false when it is something else. */
static bool read_count(struct reading *r, struct cond *c, const char *s)
{
	const unsigned int column = r->column + (unsigned int)(s - r->text);
	size_t len = strcspn(s, " \t0123456789");
	const char *number;
	char *end;

	for (int op = 0; op <= OP_GT; op++) {
		if (strlen(ops[op]) != len || strncmp(s, ops[op], len) != 0)
			continue;
		number = s + len + strspn(s + len, " \t");
		c->op = (enum cond_op)op;
		c->n = strtoll(number, &end, 10);
		if (*number >= '0' && *number <= '9' && !*end &&
		    strlen(number) < 18)
			return true;
		file_fault(r->f, r->line,
			   r->column + (unsigned int)(number - r->text),
			   "expected a whole number");
		return false;
	}
	file_fault(r->f, r->line, column,
		   "\"%.20s\": expected one of == != <= >= < > and a number",
		   s);
	return false;
}

static bool known_event(struct reading *r, const char *name, size_t at)
{
	struct nearest near;

	if (event_type_find(name) >= 0)
		return true;
	nearest_start(&near, name);
	event_names(nearest_try, &near);
	file_fault(r->f, r->line, r->column + (unsigned int)at,
		   "\"%.60s\": no such event%s%s%s", name,
		   near.name[0] ? "; did you mean \"" : "", near.name,
		   near.name[0] ? "\"?" : "");
	return false;
}

/* `no NAME`, `NAME`, `NAME OP N`, for commands also `OP N`; after the colon. */
static void read_counting(struct reading *r, struct cond *c, const char *s)
{
	const bool commands = c->kind == COND_COMMANDS;
	bool none = false;
	size_t len;
	char name[80];

	s += strspn(s, " \t");
	if (strncmp(s, "no ", 3) == 0) {
		none = true;
		s += 3 + strspn(s + 3, " \t");
	}
	/* a command may have two words */
	len = strspn(s, "abcdefghijklmnopqrstuvwxyz"
			"ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789- ");
	if (!commands)
		len = strcspn(s, " \t");
	while (len && s[len - 1] == ' ')
		len--;
	if ((!len && (none || !commands)) || len >= sizeof name) {
		file_fault(r->f, r->line,
			   r->column + (unsigned int)(s - r->text),
			   commands ? "expected the name of a command"
				    : "expected the name of an event");
		return;
	}
	snprintf(name, sizeof name, "%.*s", (int)len, s);
	if (!commands && !known_event(r, name, (size_t)(s - r->text)))
		return;
	c->name = len ? strdup(name) : NULL;
	c->op = none ? OP_EQ : OP_GE;
	c->n = !none;
	s += len;
	s += strspn(s, " \t");
	if (none && *s)
		file_fault(r->f, r->line,
			   r->column + (unsigned int)(s - r->text),
			   "\"%.20s\": expected the end of the line", s);
	else if (*s || !len)
		read_count(r, c, s);
}

static void read_figures(struct reading *r, struct cond *c)
{
	struct expr_why why;

	c->expr = expr_parse(r->text, &why);
	if (!c->expr)
		file_fault(r->f, r->line,
			   r->column + (unsigned int)(why.column
							      ? why.column - 1
							      : 0),
			   "%s", why.text);
	else if (!expr_is_test(c->expr))
		file_fault(
			r->f, r->line, r->column,
			"\"%.60s\": expected a comparison, such as \"%.60s >= "
			"1\"",
			r->text, r->text);
}

/* `history` or `commands` without its colon, or another word with one. */
static bool near_miss(const struct reading *r)
{
	const size_t len = strspn(r->text, "abcdefghijklmnopqrstuvwxyz");
	const char *behind = r->text + len;
	const bool colon = len && *behind == ':';
	struct nearest near;
	char word[20];

	if (!colon && !(len && *behind == ' ' && behind[1]))
		return false;
	snprintf(word, sizeof word, "%.*s", (int)len, r->text);
	nearest_start(&near, word);
	nearest_try(&near, "history");
	nearest_try(&near, "commands");
	if (!near.name[0] || (!colon && strcmp(near.name, word) != 0))
		return false;
	file_fault(r->f, r->line, r->column, "\"%s\": did you mean \"%s:\"?",
		   word, near.name);
	return true;
}

static void read_conds(struct reading *r)
{
	struct item *item = r->item;

	while (next_line(r, true)) {
		struct cond *more, *c;

		if (too_many_lines(r))
			return;
		more = realloc(item->conds, (item->n + 1) * sizeof *more);
		if (!more) {
			out_of_memory(r);
			return;
		}
		item->conds = more;
		c = &more[item->n++];
		*c = (struct cond){.text = strdup(r->text),
				   .line = r->line,
				   .column = r->column};
		if (strncmp(r->text, "history:", 8) == 0) {
			c->kind = COND_HISTORY;
			read_counting(r, c, r->text + 8);
		} else if (strncmp(r->text, "commands:", 9) == 0) {
			c->kind = COND_COMMANDS;
			read_counting(r, c, r->text + 9);
		} else if (!near_miss(r)) {
			read_figures(r, c);
		}
	}
	if (!item->n)
		file_fault(r->f, item->line, 1,
			   "expected conditions in the `%s`",
			   block_word(item->kind));
}

/* ---- text, and questions ---- */

static void append(struct reading *r, const char *text)
{
	char *const before = r->item->text;
	const size_t size = (before ? strlen(before) : 0) + strlen(text) + 2;
	char *more = malloc(size);

	if (!more) {
		out_of_memory(r);
		return;
	}
	snprintf(more, size, "%s%s%s", before ? before : "", before ? " " : "",
		 text);
	free(before);
	r->item->text = more;
}

static void read_text(struct reading *r)
{
	while (next_line(r, false))
		append(r, r->text);
	if (!r->item->text)
		file_fault(r->f, r->item->line, 1, "expected text in the `%s`",
			   block_word(r->item->kind));
}

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
		out_of_memory(r);
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

static void read_question(struct reading *r)
{
	struct item *item = r->item;
	const struct question *q = &item->question;
	bool answered = false;

	while (next_line(r, false)) {
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
			append(r, r->text);
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

void block_parse(struct lesson *l, struct item *item, const char *literal,
		 unsigned int line, struct faults *f)
{
	struct reading *r = calloc(1, sizeof *r);

	if (!r) {
		file_fault(f, line, 1, "out of memory");
		return;
	}
	r->l = l;
	r->item = item;
	r->f = f;
	r->at = literal;
	r->line = line - 1;
	switch (item->kind) {
	case ITEM_SETUP:
	case ITEM_RUN:
	case ITEM_SOLUTION:
		read_commands(r);
		break;
	case ITEM_CHECK:
	case ITEM_PAR:
		read_conds(r);
		break;
	case ITEM_PREDICT:
		read_question(r);
		break;
	default:
		read_text(r);
	}
	free(r);
}
