/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * faults.c - what is wrong with a file, each thing with its place
 */
#include <stdarg.h>
#include <stdio.h>

#include "lesson/file.h"

static void say(struct faults *f, const char *place, const char *fmt,
		va_list ap) __attribute__((format(printf, 3, 0)));

static void say(struct faults *f, const char *place, const char *fmt,
		va_list ap)
{
	char text[300], path[160], line[500], shown[500];

	vsnprintf(text, sizeof text, fmt, ap);
	printable(path, sizeof path, f->path);
	snprintf(line, sizeof line, "%s%s%s", path, place, text);
	printable(shown, sizeof shown, line);
	if (!*f->first)
		snprintf(f->first, sizeof f->first, "%.399s", shown);
	if (f->out && f->n + f->remarks <= MOST_FAULTS)
		out_line(f->out, "%s", shown);
}

void file_fault(struct faults *f, unsigned int line, unsigned int column,
		const char *fmt, ...)
{
	char place[40] = ": ";
	va_list ap;

	f->n++;
	if (line)
		snprintf(place, sizeof place, ":%u:%u: ", line,
			 column ? column : 1);
	va_start(ap, fmt);
	say(f, place, fmt, ap);
	va_end(ap);
}

void file_remark(struct faults *f, unsigned int line, unsigned int column,
		 const char *fmt, ...)
{
	char place[40];
	va_list ap;

	if (f->strict)
		f->n++;
	else
		f->remarks++;
	snprintf(place, sizeof place, ":%u:%u: %s", line, column,
		 f->strict ? "" : "remark: ");
	va_start(ap, fmt);
	say(f, place, fmt, ap);
	va_end(ap);
}
