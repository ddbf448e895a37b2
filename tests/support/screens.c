/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * screens.c - see screens.h
 */
#include "support/screens.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_all(const char *name)
{
	FILE *f = fopen(name, "r");
	char *text = calloc(1, 65536);

	ck_assert_msg(f != NULL, "%s is missing; BLESS=1 makes it", name);
	ck_assert_uint_lt(fread(text, 1, 65535, f), 65535);
	fclose(f);
	return text;
}

void then_screen(const char *name, const char *text)
{
	char path[100], *expected;

	snprintf(path, sizeof path, "tests/screens/%s.txt", name);
	if (getenv("BLESS")) {
		FILE *f = fopen(path, "w");

		ck_assert(f && fputs(text, f) >= 0 && fclose(f) == 0);
		return;
	}
	expected = read_all(path);
	ck_assert_msg(strcmp(text, expected) == 0, "%s differs; it is now:\n%s",
		      path, text);
	free(expected);
}

void then_drawn(struct screen *s, const char *name, int rows, int cols)
{
	struct canvas c;
	char *text;

	ck_assert(canvas_open(&c, rows, cols));
	layout(s, rows, cols);
	screen_draw(s, &c);
	text = canvas_to_text(&c);
	canvas_close(&c);
	then_screen(name, text);
	free(text);
}

void then_view(struct screen *s, const char *name)
{
	static const struct {
		int cols, rows;
	} sizes[] = {{44, 13}, {66, 20}, {80, 24}, {120, 40}, {200, 50}};
	char full[80];

	s->zoomed = true;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		snprintf(full, sizeof full, "%s-%dx%d", name, sizes[i].cols,
			 sizes[i].rows);
		then_drawn(s, full, sizes[i].rows, sizes[i].cols);
	}
}

void given_view(struct screen *s, const struct lab *lab, enum view_id view)
{
	screen_start(s, lab);
	screen_check(s);
	s->focus = view;
	s->zoomed = true;
	layout(s, 24, 80);
}

void type_keys(struct screen *s, const char *keys)
{
	for (; *keys; keys++) {
		const struct reply r = screen_key(s, *keys);
		const struct key_row *row = key_of(*keys);

		if (r.kind == REPLY_NOT_MINE && row)
			screen_act(s, row->action);
	}
}
