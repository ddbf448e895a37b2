/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * expr.h - an expression as it is kept: for expr.c, expr_value.c and
 * expr_call.c
 */
#ifndef BUDDYSCOPE_CMD_EXPR_H
#define BUDDYSCOPE_CMD_EXPR_H

#include "cmd/internal.h"

#define EXPR_NODES 200 /* of one expression */
#define EXPR_NAME 80   /* of a figure, with its end */

enum expr_op {
	EXPR_NUMBER,
	EXPR_FIGURE,
	EXPR_CALL,
	EXPR_MINUS,
	EXPR_NOT,
	EXPR_MUL,
	EXPR_DIV,
	EXPR_MOD,
	EXPR_ADD,
	EXPR_SUB,
	EXPR_EQ, /* the first comparison */
	EXPR_NE,
	EXPR_LE,
	EXPR_GE,
	EXPR_LT,
	EXPR_GT,
	EXPR_AND,
	EXPR_OR,
};
struct expr_node {
	enum expr_op op;
	int a, b;	     /* operands, arguments; -1: none */
	int function;	     /* CALL: row of expr_functions */
	int64_t number;	     /* NUMBER */
	uint16_t start, end; /* where it stands in the text */
	uint16_t name_len;   /* FIGURE, CALL: of the name in it */
	uint16_t name;	     /* where that begins */
};
struct expr {
	int root;
	unsigned int n;
	struct expr_node node[EXPR_NODES];
	char text[EXPR_MAX + 1];
};

/** Functions: NAME(WORD) takes a name as it stands, the others values. */
struct expr_function {
	const char *name;
	bool takes_name;
	unsigned int least, most; /* values, after the name if there is one */
	const char *usage;
};
extern const struct expr_function expr_functions[];
/** Row of a function's name; -1: there is none. */
int expr_function_find(const char *name, size_t len);

/** An expression, and the world in which it is asked. */
struct valuing {
	const struct expr *e;
	const struct mm *mm;
	uint64_t since; /* events() counts what came after this moment */
	const uint64_t *counts; /* by type, when they are known; else NULL */
	struct expr_why *why;
};

/** Value of node @i; false after a reason in @v->why. */
bool expr_value_of(const struct valuing *v, int i, int64_t *value);
/** The same of a CALL. */
bool expr_call(const struct valuing *v, const struct expr_node *n,
	       int64_t *value);
/** "expected ...", at byte @at of the text; gives false. */
bool expr_refuse(struct expr_why *why, size_t at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
