/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * expr.c - reading expressions such as `node0.Normal.free + 8 >= 100`
 *
 *	or      and { || and }
 *	and     test { && test }
 *	test    sum [ (== != <= >= < >) sum ]
 *	sum     product { (+ -) product }
 *	product sign { (* / %) sign }
 *	sign    { - ! } value
 *	value   NUMBER | FIGURE | TYPE | FUNCTION(...) | ( or )
 *
 * A name may hold - and digits, so a minus between names has blanks around it.
 */
#include "cmd/expr.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define DEEPEST 32 /* brackets and signs within each other */

static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";
static const char more[] = "abcdefghijklmnopqrstuvwxyz"
			   "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789.-";

struct reader {
	struct expr *e;
	struct expr_why *why;
	const char *at;
	unsigned int depth;
};

bool expr_refuse(struct expr_why *why, size_t at, const char *fmt, ...)
{
	char text[sizeof why->text];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	why->column = at + 1;
	printable(why->text, sizeof why->text, text);
	return false;
}

static size_t place(const struct reader *r)
{
	return (size_t)(r->at - r->e->text);
}

static void skip(struct reader *r)
{
	while (*r->at == ' ' || *r->at == '\t')
		r->at++;
}

/* A new node, without operands; -1 after a complaint. */
static int add(struct reader *r, enum expr_op op, size_t start)
{
	struct expr *e = r->e;

	if (e->n == EXPR_NODES) {
		expr_refuse(r->why, start, "the expression is too long");
		return -1;
	}
	e->node[e->n] = (struct expr_node){
		.op = op, .a = -1, .b = -1, .start = (uint16_t)start};
	return (int)e->n++;
}

static int read_or(struct reader *r);

/* ---- values ---- */

static int read_number(struct reader *r)
{
	const size_t start = place(r);
	const size_t len = strspn(r->at, more);
	const int n = add(r, EXPR_NUMBER, start);
	char word[32] = "";
	uint64_t value = 0;

	if (n < 0)
		return n;
	if (len < sizeof word)
		memcpy(word, r->at, len);
	if (len >= sizeof word || !number_parse(word, &value) ||
	    value > INT64_MAX) {
		expr_refuse(r->why, start,
			    "expected a number, decimal or 0x, of at most 63 "
			    "bits");
		return -1;
	}
	r->e->node[n].number = (int64_t)value;
	r->at += len;
	return n;
}

static void no_function(const struct reader *r, size_t start, size_t len)
{
	struct nearest near;
	char word[EXPR_NAME];

	snprintf(word, sizeof word, "%.*s", (int)len, r->e->text + start);
	nearest_start(&near, word);
	for (int i = 0; expr_functions[i].name; i++)
		nearest_try(&near, expr_functions[i].name);
	expr_refuse(r->why, start, "%s(): no such function%s%s%s", word,
		    near.name[0] ? "; did you mean \"" : "", near.name,
		    near.name[0] ? "()\"?" : "");
}

/* FUNCTION(NAME), FUNCTION(VALUE, VALUE); @r is at the bracket. */
static int read_call(struct reader *r, size_t start, size_t len)
{
	const int row = expr_function_find(r->e->text + start, len);
	const int n = add(r, EXPR_CALL, start);
	const struct expr_function *f;
	struct expr_node *node;
	unsigned int values = 0;

	if (n < 0)
		return n;
	node = &r->e->node[n];
	if (row < 0) {
		no_function(r, start, len);
		return -1;
	}
	f = &expr_functions[row];
	node->function = row;
	r->at++;
	skip(r);
	if (f->takes_name) {
		node->name = (uint16_t)place(r);
		node->name_len = strchr(letters, *r->at) && *r->at
					 ? (uint16_t)strspn(r->at, more)
					 : 0;
		if (!node->name_len || node->name_len >= EXPR_NAME) {
			expr_refuse(r->why, place(r),
				    "expected a name; usage: %s", f->usage);
			return -1;
		}
		r->at += node->name_len;
		skip(r);
	}
	while (*r->at != ')') {
		const bool first = !f->takes_name && !values;
		int value;

		if (values == f->most || (!first && *r->at != ',')) {
			expr_refuse(r->why, place(r),
				    "expected \")\"; usage: %s", f->usage);
			return -1;
		}
		r->at += !first;
		value = read_or(r);
		if (value < 0)
			return -1;
		*(values++ ? &node->b : &node->a) = value;
		skip(r);
	}
	if (values < f->least) {
		expr_refuse(r->why, place(r), "expected a value; usage: %s",
			    f->usage);
		return -1;
	}
	r->at++;
	return n;
}

/* A figure, a migratetype, or a function. */
static int read_name(struct reader *r)
{
	const size_t start = place(r);
	const size_t len = strspn(r->at, more);
	int n;

	r->at += len;
	if (*r->at == '(')
		return read_call(r, start, len);
	if (len >= EXPR_NAME) {
		expr_refuse(r->why, start,
			    "a name of %zu characters is no "
			    "figure",
			    len);
		return -1;
	}
	for (int mt = 0; mt < MIGRATE_TYPES; mt++) {
		const char *name = mm_migratetype_name((enum migratetype)mt);

		if (strlen(name) != len ||
		    strncmp(name, r->e->text + start, len) != 0)
			continue;
		n = add(r, EXPR_NUMBER, start);
		if (n >= 0)
			r->e->node[n].number = mt;
		return n;
	}
	n = add(r, EXPR_FIGURE, start);
	if (n >= 0) {
		r->e->node[n].name = (uint16_t)start;
		r->e->node[n].name_len = (uint16_t)len;
	}
	return n;
}

static int read_value(struct reader *r)
{
	size_t start;
	int n;

	skip(r);
	start = place(r);
	if (*r->at >= '0' && *r->at <= '9')
		return read_number(r);
	if (*r->at && strchr(letters, *r->at))
		return read_name(r);
	if (*r->at != '(') {
		expr_refuse(r->why, place(r),
			    "expected a figure, a number or a function");
		return -1;
	}
	r->at++;
	n = read_or(r);
	if (n < 0)
		return n;
	skip(r);
	if (*r->at != ')') {
		expr_refuse(r->why, place(r), "expected \")\"");
		return -1;
	}
	r->at++;
	r->e->node[n].start = (uint16_t)start;
	return n;
}

static int read_sign(struct reader *r)
{
	enum expr_op op;
	size_t start;
	int n, a;

	skip(r);
	start = place(r);
	if (*r->at != '-' && !(*r->at == '!' && r->at[1] != '='))
		return read_value(r);
	op = *r->at++ == '-' ? EXPR_MINUS : EXPR_NOT;
	if (r->depth == DEEPEST) {
		expr_refuse(r->why, start, "nested deeper than %d", DEEPEST);
		return -1;
	}
	r->depth++;
	a = read_sign(r);
	r->depth--;
	n = a < 0 ? -1 : add(r, op, start);
	if (n >= 0)
		r->e->node[n].a = a;
	return n;
}

/* ---- operators, from those that bind most ---- */

static const struct operator
{
	const char *text;
	enum expr_op op;
	int level;
}
operators[] = {
	{"*", EXPR_MUL, 4}, {"/", EXPR_DIV, 4}, {"%", EXPR_MOD, 4},
	{"+", EXPR_ADD, 3}, {"-", EXPR_SUB, 3}, {"==", EXPR_EQ, 2},
	{"!=", EXPR_NE, 2}, {"<=", EXPR_LE, 2}, {">=", EXPR_GE, 2},
	{"<", EXPR_LT, 2},  {">", EXPR_GT, 2},	{"&&", EXPR_AND, 1},
	{"||", EXPR_OR, 0},
};

static const struct operator* operator_at(const char *at, int level)
{
	for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
		if (operators[i].level == level &&
		    strncmp(at, operators[i].text, strlen(operators[i].text)) ==
			    0)
			return &operators[i];
	return NULL;
}

static int read_level(struct reader *r, int level)
{
	int a = level > 4 ? read_sign(r) : read_level(r, level + 1);

	while (a >= 0 && level <= 4) {
		const struct operator* found;
		const char *const before = r->at;
		int b, n;

		skip(r);
		found = operator_at(r->at, level);
		if (!found) {
			r->at = before;
			break;
		}
		r->at += strlen(found->text);
		b = read_level(r, level + 1);
		n = b < 0 ? -1 : add(r, found->op, r->e->node[a].start);
		if (n < 0)
			return -1;
		r->e->node[n].a = a;
		r->e->node[n].b = b;
		r->e->node[n].end = (uint16_t)place(r);
		a = n;
		if (level == 2) /* a < b < c says something else than meant */
			break;
	}
	if (a >= 0 && level > 4)
		r->e->node[a].end = (uint16_t)place(r);
	return a;
}

static int read_or(struct reader *r)
{
	int n;

	if (r->depth == DEEPEST) {
		expr_refuse(r->why, place(r), "nested deeper than %d", DEEPEST);
		return -1;
	}
	r->depth++;
	n = read_level(r, 0);
	r->depth--;
	return n;
}

/* What is left over, in a way that helps. */
static void refuse_rest(struct reader *r)
{
	if (*r->at == '=')
		expr_refuse(r->why, place(r),
			    "\"=\" compares nothing; did you mean \"==\"?");
	else if (operator_at(r->at, 2))
		expr_refuse(r->why, place(r),
			    "one comparison at a time; join two with &&");
	else
		expr_refuse(r->why, place(r),
			    "\"%.20s\": expected an operator such as == or +, "
			    "or the end",
			    r->at);
}

struct expr *expr_parse(const char *text, struct expr_why *why)
{
	struct reader r = {.why = why};
	const size_t len = strnlen(text, EXPR_MAX + 1);

	*why = (struct expr_why){0};
	if (len > EXPR_MAX) {
		expr_refuse(why, EXPR_MAX, "longer than %d bytes", EXPR_MAX);
		return NULL;
	}
	r.e = calloc(1, sizeof *r.e);
	if (!r.e) {
		expr_refuse(why, 0, "out of memory");
		return NULL;
	}
	memcpy(r.e->text, text, len);
	r.at = r.e->text;
	r.e->root = read_or(&r);
	if (r.e->root >= 0) {
		skip(&r);
		if (*r.at == '\0')
			return r.e;
		refuse_rest(&r);
	}
	free(r.e);
	return NULL;
}

void expr_free(struct expr *e)
{
	free(e);
}

const char *expr_source(const struct expr *e)
{
	return e->text;
}

bool expr_is_test(const struct expr *e)
{
	const enum expr_op op = e->node[e->root].op;

	return op == EXPR_NOT || op >= EXPR_EQ;
}

enum cmd_status expr_complain(struct out *out, const char *who,
			      const char *text, const struct expr_why *why)
{
	const size_t at = why->column ? why->column - 1 : 0;

	if (at >= strnlen(text, EXPR_MAX + 1))
		return complain(out, who, "at the end of \"%.60s\": %s", text,
				why->text);
	return complain(out, who, "at \"%.30s\": %s", text + at, why->text);
}
