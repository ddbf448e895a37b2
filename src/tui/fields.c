/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fields.c - see fields.h
 */
#include "tui/fields.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MOST 120 /* bytes of a field */

static bool put(struct fields *f, enum role role, const char *text)
{
	if (f->col + (int)strlen(text) > f->c->cols)
		return false;
	f->col = canvas_text(f->c, f->row, f->col, role, text) + 1;
	f->open = *text && strchr(",;", text[strlen(text) - 1]);
	return true;
}

void fields_end(struct fields *f)
{
	if (f->open)
		canvas_put(f->c, f->row, f->col - 2, ROLE_TEXT, ' ');
	f->open = false;
}

bool fields_add(struct fields *f, enum role role, const char *fmt, ...)
{
	char text[MOST];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return put(f, role, text);
}

void fields_flow(struct fields *f, int indent, enum role role, const char *fmt,
		 ...)
{
	char text[MOST];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (put(f, role, text))
		return;
	f->row++;
	f->col = indent;
	put(f, role, text);
}

int fields_digits(uint64_t n)
{
	return n < 10 ? 1 : 1 + fields_digits(n / 10);
}
