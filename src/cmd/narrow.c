/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * narrow.c - tables set closer, for a pane that is narrower than they are
 *
 * The kernel's tables give every number seven columns.  Rows that end in the
 * same count of numbers are a table: what stands before the numbers loses its
 * repeated blanks, and each column is made as wide as its widest number.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"

#define LEAST_NUMBERS 3 /* of a row; with fewer it is a sentence */
#define MOST_NUMBERS 40
/* Columns that the ends of a heading and of a row may differ. */
#define NEAR 2

struct row {
	const char *text;
	size_t len;
	size_t head; /* bytes before the numbers, with the blanks there */
	unsigned int n;
	const char *number[MOST_NUMBERS];
	size_t width[MOST_NUMBERS];
};

/* Rows [first, end) of a text; how wide each column has to be. */
struct table {
	const char *first, *end;
	unsigned int n, names; /* columns; the same if they have a heading */
	size_t head;
	size_t width[MOST_NUMBERS];
	bool too_wide;
};

/* "17", "0.250", "-1.000"; "." where there is nothing. */
static bool is_number(const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!isdigit((unsigned char)word[i]) && !strchr(".-", word[i]))
			return false;
	return len > 0;
}

/*
 * A word from the right at a time: as long as they are numbers, or, of a
 * heading, @names of them.
 */
static void read_row(const char *text, unsigned int names, struct row *r)
{
	*r = (struct row){.text = text, .len = strcspn(text, "\n")};
	r->head = r->len;
	while (r->n < (names ? names : MOST_NUMBERS)) {
		size_t end = r->head, from;

		while (end && text[end - 1] == ' ')
			end--;
		for (from = end; from && text[from - 1] != ' ';)
			from--;
		if (from == end ||
		    (!names && !is_number(text + from, end - from)))
			break;
		r->number[r->n] = text + from;
		r->width[r->n++] = end - from;
		r->head = from;
	}
}

static const char *next_line(const char *text)
{
	text += strcspn(text, "\n");
	return text + (*text == '\n');
}

/* Column after the last number or name. */
static size_t right_end(const struct row *r)
{
	return r->n ? (size_t)(r->number[0] - r->text) + r->width[0] : 0;
}

/* How many names the heading of a table has at @text; 0: it is none. */
static unsigned int heading(const char *text)
{
	struct row here, below;

	read_row(text, 0, &here);
	read_row(next_line(text), 0, &below);
	if (here.n >= LEAST_NUMBERS || below.n < LEAST_NUMBERS)
		return 0;
	read_row(text, below.n, &here);
	if (here.n != below.n)
		return 0;
	return right_end(&here) + NEAR >= right_end(&below) &&
			       right_end(&here) <= right_end(&below) + NEAR
		       ? here.n
		       : 0;
}

/* Bytes of the head; to @to if it is not NULL.  A blank one goes. */
static size_t squeeze(const struct row *r, char *to)
{
	size_t n = 0, i = 0;

	if (strspn(r->text, " ") >= r->head)
		return 0;
	for (; i < r->head && r->text[i] == ' '; i++)
		n += to ? (to[n] = ' ', 1) : 1;
	for (; i < r->head; i++) {
		if (r->text[i] == ' ' &&
		    (i + 1 == r->head || r->text[i + 1] == ' '))
			continue;
		if (to)
			to[n] = r->text[i];
		n++;
	}
	return n;
}

static void add_row(struct table *t, const struct row *r, size_t cols)
{
	const size_t head = squeeze(r, NULL);

	t->n = r->n;
	t->too_wide = t->too_wide || right_end(r) > cols;
	t->head = head > t->head ? head : t->head;
	for (unsigned int i = 0; i < r->n; i++)
		if (r->width[i] > t->width[i])
			t->width[i] = r->width[i];
}

/* The table that begins at @text; without rows if none does. */
static struct table read_table(const char *text, size_t cols)
{
	struct table t = {.first = text, .end = text, .names = heading(text)};
	struct row r;

	if (t.names) {
		read_row(text, t.names, &r);
		add_row(&t, &r, cols);
		t.end = next_line(text);
	}
	for (; *t.end; t.end = next_line(t.end)) {
		read_row(t.end, 0, &r);
		if (r.n < LEAST_NUMBERS || (t.n && r.n != t.n))
			break;
		add_row(&t, &r, cols);
	}
	return t;
}

/* Columns that a row takes once it is set. */
static size_t set_width(const struct table *t)
{
	size_t n = t->head;

	for (unsigned int i = 0; i < t->n; i++)
		n += t->width[i] + 1;
	return n;
}

/* Gives the bytes: set_width() and the newline. */
static size_t set_row(const struct table *t, const struct row *r, char *to)
{
	size_t n = squeeze(r, to);

	for (; n < t->head; n++)
		to[n] = ' ';
	for (unsigned int i = r->n; i-- > 0;) {
		for (size_t k = r->width[i]; k < t->width[i] + 1; k++)
			to[n++] = ' ';
		memcpy(to + n, r->number[i], r->width[i]);
		n += r->width[i];
	}
	to[n++] = '\n';
	return n;
}

/** A text that grows; what does not fit any more is left out. */
struct text {
	char *s;
	size_t used, size;
};

static char *room(struct text *t, size_t n)
{
	char *s;

	if (t->used + n < t->size)
		return t->s + t->used;
	s = realloc(t->s, t->size + n + 4096);
	if (!s)
		return NULL;
	t->s = s;
	t->size += n + 4096;
	return s + t->used;
}

/* The rows of a table; false when memory is short. */
static bool set_table(const struct table *t, struct text *all)
{
	struct row r;

	for (const char *s = t->first; s < t->end; s = next_line(s)) {
		char *to = room(all, set_width(t) + 2);

		if (!to)
			return false;
		read_row(s, s == t->first ? t->names : 0, &r);
		all->used += set_row(t, &r, to);
	}
	return true;
}

char *narrow_tables(const char *text, int cols)
{
	const size_t most = cols < 1 ? 1 : (size_t)cols;
	struct text all = {0};
	bool narrower = false;

	while (*text) {
		struct table t = read_table(text, most);
		char *to;

		if (t.too_wide) {
			narrower = true;
			if (!set_table(&t, &all))
				break;
			text = t.end;
			continue;
		}
		if (t.end == text)
			t.end = next_line(text);
		to = room(&all, (size_t)(t.end - text) + 1);
		if (!to)
			break;
		memcpy(to, text, (size_t)(t.end - text));
		all.used += (size_t)(t.end - text);
		text = t.end;
	}
	if (*text || !narrower) {
		free(all.s);
		return NULL;
	}
	all.s[all.used] = '\0';
	return all.s;
}
