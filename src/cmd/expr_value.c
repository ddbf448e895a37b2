/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * expr_value.c - what an expression comes to, and why it does not hold
 */
#include "cmd/expr.h"

#include <string.h>

/* ---- names ---- */

static bool no_figure(const struct valuing *v, const struct expr_node *n,
		      const char *name)
{
	struct nearest near;

	for (unsigned int t = 0; t < NR_EVENT_TYPES; t++)
		if (strcmp(name, mm_event_type(t)->name) == 0)
			return expr_refuse(
				v->why, n->start,
				"%s: an event, no figure; did you mean "
				"\"events(%s)\"?",
				name, name);
	nearest_start(&near, name);
	mm_figure_names(v->mm, nearest_try, &near);
	if (near.name[0])
		return expr_refuse(v->why, n->start,
				   "%s: no such figure; did you mean \"%s\"?",
				   name, near.name);
	return expr_refuse(v->why, n->start,
			   "%s: no such figure; `get *` lists them", name);
}

static bool figure(const struct valuing *v, const struct expr_node *n,
		   int64_t *value, const char **unit)
{
	char name[EXPR_NAME];

	snprintf(name, sizeof name, "%.*s", n->name_len, v->e->text + n->name);
	*unit = "";
	return mm_figure(v->mm, name, value, unit) == 0 ||
	       no_figure(v, n, name);
}

/* ---- operators ---- */

/* Sums and products; false when it does not fit, or divides by nothing. */
static bool reckon(enum expr_op op, int64_t a, int64_t b, int64_t *value)
{
	switch (op) {
	case EXPR_ADD:
		return !__builtin_add_overflow(a, b, value);
	case EXPR_SUB:
		return !__builtin_sub_overflow(a, b, value);
	case EXPR_MUL:
		return !__builtin_mul_overflow(a, b, value);
	default:
		if (b == 0 || (a == INT64_MIN && b == -1))
			return false;
		*value = op == EXPR_DIV ? a / b : a % b;
		return true;
	}
}

static bool compares(enum expr_op op, int64_t a, int64_t b)
{
	switch (op) {
	case EXPR_EQ:
		return a == b;
	case EXPR_NE:
		return a != b;
	case EXPR_LE:
		return a <= b;
	case EXPR_GE:
		return a >= b;
	case EXPR_LT:
		return a < b;
	default:
		return a > b;
	}
}

static bool operate(const struct valuing *v, const struct expr_node *n,
		    int64_t *value)
{
	int64_t a, b;

	if (!expr_value_of(v, n->a, &a))
		return false;
	if (n->op == EXPR_AND || n->op == EXPR_OR) {
		*value = a != 0;
		if ((a != 0) == (n->op == EXPR_OR))
			return true;
		if (!expr_value_of(v, n->b, &b))
			return false;
		*value = b != 0;
		return true;
	}
	if (!expr_value_of(v, n->b, &b))
		return false;
	if (n->op >= EXPR_EQ) {
		*value = compares(n->op, a, b);
		return true;
	}
	if (reckon(n->op, a, b, value))
		return true;
	return expr_refuse(v->why, n->start,
			   b == 0 ? "a division by zero"
				  : "the numbers become too large");
}

bool expr_value_of(const struct valuing *v, int i, int64_t *value)
{
	const struct expr_node *n = &v->e->node[i];
	const char *unit;

	switch (n->op) {
	case EXPR_NUMBER:
		*value = n->number;
		return true;
	case EXPR_FIGURE:
		return figure(v, n, value, &unit);
	case EXPR_CALL:
		return expr_call(v, n, value);
	case EXPR_NOT:
		if (!expr_value_of(v, n->a, value))
			return false;
		*value = !*value;
		return true;
	case EXPR_MINUS:
		if (!expr_value_of(v, n->a, value))
			return false;
		if (*value == INT64_MIN)
			return expr_refuse(v->why, n->start,
					   "the numbers become too large");
		*value = -*value;
		return true;
	default:
		return operate(v, n, value);
	}
}

bool expr_value(const struct expr *e, const struct mm *mm, uint64_t since,
		int64_t *value, struct expr_why *why)
{
	const struct valuing v = {e, mm, since, NULL, why};

	*why = (struct expr_why){0};
	return expr_value_of(&v, e->root, value);
}

bool expr_value_counted(const struct expr *e, const struct mm *mm,
			const uint64_t counts[NR_EVENT_TYPES], int64_t *value,
			struct expr_why *why)
{
	const struct valuing v = {e, mm, 0, counts, why};

	*why = (struct expr_why){0};
	return expr_value_of(&v, e->root, value);
}

/* ---- telling ---- */

static const char *sign_of(enum expr_op op)
{
	static const char *const signs[] = {"==", "!=", "<=", ">=", "<", ">"};

	return signs[op - EXPR_EQ];
}

/* The comparison that decides: the first of an `&&` that does not hold. */
static int deciding(const struct valuing *v, int i)
{
	const struct expr_node *n = &v->e->node[i];
	int64_t a;

	if (n->op != EXPR_AND)
		return i;
	if (expr_value_of(v, n->a, &a) && a)
		return deciding(v, n->b);
	return deciding(v, n->a);
}

bool expr_tell(const struct expr *e, const struct mm *mm, uint64_t since,
	       char *buf, size_t size)
{
	struct expr_why why = {0};
	const struct valuing v = {e, mm, since, NULL, &why};
	const struct expr_node *n, *left;
	const char *unit = "";
	int64_t whole, a = 0, b = 0;

	if (!expr_value_of(&v, e->root, &whole)) {
		snprintf(buf, size, "%s", why.text);
		return false;
	}
	n = &e->node[deciding(&v, e->root)];
	if (n->op < EXPR_EQ || n->op > EXPR_GT) {
		if (n->op == EXPR_FIGURE)
			figure(&v, n, &a, &unit);
		snprintf(buf, size, "%.*s is %lld%s%s", n->end - n->start,
			 e->text + n->start, (long long)whole,
			 unit && *unit ? " " : "", unit ? unit : "");
		return whole != 0;
	}
	left = &e->node[n->a];
	expr_value_of(&v, n->a, &a);
	expr_value_of(&v, n->b, &b);
	if (left->op == EXPR_FIGURE)
		figure(&v, left, &a, &unit);
	snprintf(buf, size, "%.*s is %lld%s%s, expected %s %lld",
		 left->end - left->start, e->text + left->start, (long long)a,
		 unit && *unit ? " " : "", unit ? unit : "", sign_of(n->op),
		 (long long)b);
	return whole != 0;
}
