/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * block_conds.c - conditions: figures, and events that are counted
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/block.h"

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

void block_conds(struct reading *r)
{
	struct item *item = r->item;

	while (block_line(r, true)) {
		struct cond *more, *c;

		if (block_too_many(r))
			return;
		more = realloc(item->conds, (item->n + 1) * sizeof *more);
		if (!more) {
			block_no_memory(r);
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
