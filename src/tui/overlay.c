/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * overlay.c - see overlay.h
 */
#include "tui/overlay.h"

#include <stdio.h>
#include <string.h>

#include "tui/keys.h"

void overlay_note(struct overlay *o, int key)
{
	if (o->n && o->key[o->n - 1] == key) {
		o->times[o->n - 1]++;
		return;
	}
	if (o->n == OVERLAY_KEYS) {
		memmove(o->key, o->key + 1, sizeof o->key - sizeof *o->key);
		memmove(o->times, o->times + 1,
			sizeof o->times - sizeof *o->times);
		o->n--;
	}
	o->key[o->n] = key;
	o->times[o->n++] = 1;
}

void key_label(int key, char *buf, size_t size)
{
	static const struct {
		int key;
		const char *name;
	} names[] = {
		{TK_LEFT, "<-"},
		{TK_RIGHT, "->"},
		{TK_UP, "up"},
		{TK_DOWN, "down"},
		{TK_HOME, "home"},
		{TK_END, "end"},
		{TK_PAGE_UP, "page-up"},
		{TK_PAGE_DOWN, "page-down"},
		{TK_DELETE, "del"},
		{TK_BACKTAB, "shift-tab"},
		{TK_TAB, "tab"},
		{TK_ENTER, "enter"},
		{TK_ESC, "esc"},
		{TK_BACKSPACE, "backspace"},
		{TK_F1, "F1"},
		{TK_PASTE, "paste"},
		{TK_MOUSE, "click"},
		{TK_WHEEL_UP, "wheel"},
		{TK_WHEEL_DOWN, "wheel"},
		{' ', "space"},
	};
	char utf8[5];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (names[i].key == key) {
			snprintf(buf, size, "%s", names[i].name);
			return;
		}
	if (key > 0 && key < ' ') {
		snprintf(buf, size, "ctrl-%c", key + 'a' - 1);
	} else {
		canvas_encode(key > 0 && key < TK_FIRST ? (uint32_t)key : '?',
			      utf8);
		snprintf(buf, size, "%s", utf8);
	}
}

/* "->x3" */
static void text_of(const struct overlay *o, int i, char *buf, size_t size)
{
	char name[20];

	key_label(o->key[i], name, sizeof name);
	if (o->times[i] > 1)
		snprintf(buf, size, " %s x%d ", name, o->times[i]);
	else
		snprintf(buf, size, " %s ", name);
}

/* The first one that still fits into @most columns; *@used is their width. */
static int first_shown(const struct overlay *o, int most, int *used)
{
	int i = o->n;

	*used = 0;
	while (i > 0) {
		char text[40];
		int width;

		text_of(o, i - 1, text, sizeof text);
		width = (int)strlen(text) + (*used > 0);
		if (*used + width > most)
			break;
		*used += width;
		i--;
	}
	return i;
}

int overlay_width(const struct overlay *o, int most)
{
	int used;

	first_shown(o, most, &used);
	return used;
}

void overlay_draw(const struct overlay *o, int row, int cols, struct canvas *c)
{
	int used, col;

	for (int i = first_shown(o, cols, &used); i < o->n; i++) {
		char text[40];

		text_of(o, i, text, sizeof text);
		col = c->cols - used;
		canvas_text(c, row, col, ROLE_KEY, text);
		canvas_mark(c, row, col, (int)strlen(text), MARK_FULL);
		used -= (int)strlen(text) + 1;
	}
}
