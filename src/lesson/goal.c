/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * goal.c - see goal.h
 */
#include "lesson/goal.h"

#include <stdio.h>
#include <string.h>

static uint64_t operations(const struct mm *mm)
{
	return mm_first_op(mm) + mm_nr_ops(mm);
}

struct since since_now(const struct lab *lab)
{
	const struct mm *mm = lab_mm(lab);

	return (struct since){mm, mm_now(mm), operations(mm)};
}

uint64_t since_moment(const struct lab *lab, const struct since *s)
{
	return s->mm == lab_mm(lab) ? s->moment : 0;
}

/* ---- commands ---- */

/* Does @line begin with the words of @name? */
static bool is_command(const char *line, const char *name)
{
	const size_t len = strlen(name);

	return strncmp(line, name, len) == 0 &&
	       (line[len] == '\0' || strchr(" \t;", line[len]));
}

const struct cmd *command_find(const struct lab *lab, const char *name)
{
	const struct cmd *cmd;

	for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++)
		if (strcmp(cmd->name, name) == 0)
			return cmd;
	return NULL;
}

const struct cmd *command_of_line(const struct lab *lab, const char *line)
{
	const struct cmd *cmd, *found = NULL;

	line += strspn(line, " \t;");
	for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++)
		if (is_command(line, cmd->name) &&
		    (!found || strlen(cmd->name) > strlen(found->name)))
			found = cmd;
	return found;
}

/* Lines that changed the world and have not been taken back. */
static int64_t count_commands(const struct lab *lab, const char *name,
			      const struct since *s)
{
	const struct mm *mm = lab_mm(lab);
	uint64_t op = s->mm == mm ? s->op : 0;
	int64_t n = 0;

	if (op < mm_first_op(mm))
		op = mm_first_op(mm);
	for (; op < operations(mm); op++) {
		const char *line = lab_op_line(lab, op);
		struct mm_op o;

		if (mm_op(mm, op, &o) || o.first >= mm_now(mm))
			break;
		n += line && (!name || is_command(line, name));
	}
	return n;
}

/* ---- conditions ---- */

static bool compares(int64_t a, enum cond_op op, int64_t b)
{
	switch (op) {
	case OP_EQ:
		return a == b;
	case OP_NE:
		return a != b;
	case OP_LE:
		return a <= b;
	case OP_GE:
		return a >= b;
	case OP_LT:
		return a < b;
	default:
		return a > b;
	}
}

static bool counting_holds(const struct lab *lab, const struct cond *c,
			   const struct since *s, char *why, size_t size)
{
	static const char *const ops[] = {"==", "!=", "<=", ">=", "<", ">"};
	const struct mm *mm = lab_mm(lab);
	const uint64_t from = since_moment(lab, s);
	int64_t n;

	if (from < mm_first_moment(mm) && mm_first_moment(mm)) {
		snprintf(why, size,
			 "more has happened than is recorded, so %s cannot be "
			 "counted",
			 c->name ? c->name : "commands");
		return false;
	}
	if (c->kind == COND_HISTORY)
		n = (int64_t)event_count(mm, event_type_find(c->name), from);
	else
		n = count_commands(lab, c->name, s);
	snprintf(why, size, "%s%s%s: %lld, expected %s %lld",
		 c->kind == COND_COMMANDS ? "commands" : "",
		 c->kind == COND_COMMANDS && c->name ? " " : "",
		 c->name ? c->name : "", (long long)n, ops[c->op],
		 (long long)c->n);
	return compares(n, c->op, c->n);
}

bool cond_holds(const struct lab *lab, const struct cond *c,
		const struct since *s, char *why, size_t size)
{
	struct expr_why expr_why;
	int64_t value;

	if (c->kind != COND_FIGURES)
		return counting_holds(lab, c, s, why, size);
	if (!expr_value(c->expr, lab_mm(lab), since_moment(lab, s), &value,
			&expr_why)) {
		snprintf(why, size, "%s", expr_why.text);
		return false;
	}
	return expr_tell(c->expr, lab_mm(lab), since_moment(lab, s), why, size);
}

bool conds_hold(const struct lab *lab, const struct item *item,
		const struct since *s, const struct cond **first, char *why,
		size_t size)
{
	for (size_t i = 0; i < item->n; i++)
		if (!cond_holds(lab, &item->conds[i], s, why, size)) {
			*first = &item->conds[i];
			return false;
		}
	return true;
}
