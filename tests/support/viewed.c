/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * viewed.c - see viewed.h
 */
#include "support/viewed.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct lab *lab;
struct out *out;
struct screen s;

void given_lab(void)
{
	lab = lab_create();
	out = out_buffer();
	ck_assert(lab && out);
}

void forget_lab(void)
{
	out_free(out);
	lab_destroy(lab);
}

void run(const char *line)
{
	ck_assert_msg(lab_run(lab, line, out) == CMD_OK, "%s: %s", line,
		      out_string(out));
}

const char *drawn_at(int rows, int cols)
{
	static char text[65536];
	struct canvas c;
	char *all;

	ck_assert(canvas_open(&c, rows, cols));
	layout(&s, rows, cols);
	screen_draw(&s, &c);
	all = canvas_to_text(&c);
	canvas_close(&c);
	ck_assert_uint_lt(strlen(all), sizeof text);
	strcpy(text, all);
	free(all);
	return text;
}

void shows_at(int rows, int cols, const char *words)
{
	const char *text = drawn_at(rows, cols);

	ck_assert_msg(strstr(text, words) != NULL, "no \"%s\" in\n%s", words,
		      text);
}
