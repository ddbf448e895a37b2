/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * markup.c - see markup.h
 */
#include "tui/markup.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/canvas.h"

static void append(struct markup *m, const char *text, size_t n)
{
	if (m->short_of_memory)
		return;
	if (m->len + n + 1 > m->room) {
		const size_t room = 2 * (m->room + n + 512);
		char *at = realloc(m->at, room);

		if (!at) {
			m->short_of_memory = true;
			return;
		}
		m->at = at;
		m->room = room;
	}
	memcpy(m->at + m->len, text, n);
	m->len += n;
	m->at[m->len] = '\0';
}

void markup_add(struct markup *m, const char *fmt, ...)
{
	char piece[512];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(piece, sizeof piece, fmt, ap);
	va_end(ap);
	if (n > 0)
		append(m, piece,
		       (size_t)n < sizeof piece ? (size_t)n : sizeof piece - 1);
}

void markup_text(struct markup *m, const char *text)
{
	append(m, text, strlen(text));
}

void markup_glyph(struct markup *m, uint32_t glyph)
{
	char utf8[5];

	switch (glyph) {
	case '<':
		markup_text(m, "&lt;");
		break;
	case '>':
		markup_text(m, "&gt;");
		break;
	case '&':
		markup_text(m, "&amp;");
		break;
	case 0:
	case ' ':
		markup_text(m, "\xc2\xa0"); /* plain blanks are not kept */
		break;
	default:
		canvas_encode(glyph, utf8);
		markup_text(m, utf8);
	}
}

void markup_words(struct markup *m, const char *text)
{
	while (*text) {
		const uint32_t glyph = canvas_decode(&text);

		if (glyph == ' ')
			markup_text(m, " ");
		else
			markup_glyph(m, glyph);
	}
}

char *markup_take(struct markup *m)
{
	if (!m->short_of_memory && m->at)
		return m->at;
	free(m->at);
	return NULL;
}
