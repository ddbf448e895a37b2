/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wrap.c - see wrap.h
 */
#include "lesson/wrap.h"

#include <stdio.h>
#include <string.h>

#include "lesson/table.h"

struct wrapping {
	char line[4 * WRAP_MOST + 100]; /* a letter has up to four bytes */
	size_t bytes;
	unsigned int columns, width;
	bool empty; /* nothing but the prefix */
	enum lesson_line_kind kind;
	lesson_line_fn *out;
	void *arg;
};

/* Columns of @len bytes of UTF-8; a letter is taken to have one. */
static unsigned int columns(const char *s, size_t len)
{
	unsigned int n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

static void put(struct wrapping *w, const char *s, size_t len)
{
	if (w->bytes + len >= sizeof w->line)
		return;
	memcpy(w->line + w->bytes, s, len);
	w->bytes += len;
	w->line[w->bytes] = '\0';
	w->columns += columns(s, len);
}

static void begin(struct wrapping *w, const char *prefix)
{
	w->bytes = 0;
	w->columns = 0;
	w->empty = true;
	w->line[0] = '\0';
	put(w, prefix, strlen(prefix));
}

static void end(struct wrapping *w, const char *next)
{
	while (w->bytes && w->line[w->bytes - 1] == ' ')
		w->line[--w->bytes] = '\0';
	w->out(w->arg, w->kind, w->line);
	begin(w, next);
}

/* Bytes of the first @most columns of @s. */
static size_t fitting(const char *s, size_t len, unsigned int most)
{
	size_t i = 0;

	for (unsigned int n = 0; i < len; i++)
		if (((unsigned char)s[i] & 0xc0) != 0x80 && n++ == most)
			break;
	return i;
}

/* @gap: blanks before it in the text. */
static void put_word(struct wrapping *w, const char *s, size_t len, int gap,
		     const char *next)
{
	char blanks[WRAP_MOST];

	/* what is printed has columns; prose has words */
	if (w->kind != LESSON_LINE_CODE || gap >= WRAP_MOST)
		gap = 1;
	if (!w->empty &&
	    w->columns + (unsigned int)gap + columns(s, len) > w->width)
		end(w, next);
	if (!w->empty) {
		snprintf(blanks, sizeof blanks, "%*s", gap, "");
		put(w, blanks, (size_t)gap);
	}
	while (columns(s, len) > w->width - w->columns) {
		const size_t part = fitting(s, len, w->width - w->columns);

		put(w, s, part);
		s += part;
		len -= part;
		end(w, next);
	}
	put(w, s, len);
	w->empty = len == 0 && w->empty;
}

void wrap_text(const char *text, const char *first, const char *next,
	       unsigned int width, enum lesson_line_kind kind,
	       lesson_line_fn *line, void *arg)
{
	struct wrapping w = {.kind = kind, .out = line, .arg = arg};
	const unsigned int a = columns(first, strlen(first));
	const unsigned int b = columns(next, strlen(next));
	const unsigned int least = (a > b ? a : b) + 10;

	w.width = width < least ? least : width;
	if (w.width > WRAP_MOST)
		w.width = WRAP_MOST;
	begin(&w, first);
	while (*text) {
		const size_t gap = strspn(text, " ");
		const size_t len = strcspn(text + gap, " \n");

		text += gap;
		if (len)
			put_word(&w, text, len, gap < WRAP_MOST ? (int)gap : 1,
				 next);
		text += len;
		if (*text == '\n') {
			if (text[1])
				end(&w, next);
			text++;
		}
	}
	end(&w, "");
}

/* As it stands, a line each, two blanks in. */
static void plain(const char *text, lesson_line_fn *line, void *arg)
{
	char buf[4 * WRAP_MOST];

	while (*text) {
		const size_t len = strcspn(text, "\n");

		snprintf(buf, sizeof buf, "  %.*s", (int)len, text);
		line(arg, LESSON_LINE_CODE, buf);
		text += len + (text[len] == '\n');
	}
}

static void prose(const struct item *item, unsigned int width,
		  lesson_line_fn *line, void *arg)
{
	char first[60], next[60];
	int in;

	switch (item->prose) {
	case PROSE_HEADING:
		wrap_text(item->text, "", "", width, LESSON_LINE_HEADING, line,
			  arg);
		break;
	case PROSE_POINT:
		in = 2 * (int)(item->indent < 10 ? item->indent : 10);
		snprintf(first, sizeof first, "%*s%s ", in - 2, "", item->mark);
		snprintf(next, sizeof next, "%*s", (int)strlen(first), "");
		wrap_text(item->text, first, next, width, LESSON_LINE_TEXT,
			  line, arg);
		break;
	case PROSE_QUOTE:
		wrap_text(item->text, "| ", "| ", width, LESSON_LINE_TEXT, line,
			  arg);
		break;
	case PROSE_TABLE:
		table_wrap(item->table, width, line, arg);
		break;
	default:
		wrap_text(item->text, "", "", width, LESSON_LINE_TEXT, line,
			  arg);
	}
}

static void question(const struct item *item, unsigned int width,
		     lesson_line_fn *line, void *arg)
{
	const struct question *q = &item->question;
	char first[40];

	wrap_text(item->text, "? ", "  ", width, LESSON_LINE_QUESTION, line,
		  arg);
	for (size_t i = 0; i < q->nr_choices; i++) {
		snprintf(first, sizeof first, "  %lld  ",
			 (long long)q->choice[i].value);
		wrap_text(q->choice[i].text, first, "     ", width,
			  LESSON_LINE_QUESTION, line, arg);
	}
}

void wrap_item(const struct item *item, bool notes, unsigned int width,
	       lesson_line_fn *line, void *arg)
{
	switch (item->kind) {
	case ITEM_PROSE:
		prose(item, width, line, arg);
		break;
	case ITEM_PLAIN:
		plain(item->text, line, arg);
		break;
	case ITEM_NOTE:
		if (notes)
			wrap_text(item->text, "(instructor) ", "  ", width,
				  LESSON_LINE_NOTE, line, arg);
		else
			return;
		break;
	case ITEM_PREDICT:
		question(item, width, line, arg);
		break;
	case ITEM_TASK:
		wrap_text(item->text, "Task: ", "  ", width, LESSON_LINE_TASK,
			  line, arg);
		break;
	default:
		return;
	}
	if (!item->tight)
		line(arg, LESSON_LINE_TEXT, "");
}
