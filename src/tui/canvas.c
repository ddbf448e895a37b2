/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * canvas.c - see canvas.h
 */
#include "tui/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Stands in the last cell of a text that goes on beyond it. */
#define CUT_GLYPH '>'
/* More than any terminal; keeps sizes far from overflow. */
#define MAX_SIDE 2000

bool canvas_open(struct canvas *c, int rows, int cols)
{
	rows = rows < 1 ? 1 : rows > MAX_SIDE ? MAX_SIDE : rows;
	cols = cols < 1 ? 1 : cols > MAX_SIDE ? MAX_SIDE : cols;
	*c = (struct canvas){.rows = rows, .cols = cols, .stride = cols};
	c->cell = calloc((size_t)rows * (size_t)cols, sizeof *c->cell);
	return c->cell != NULL;
}

void canvas_close(struct canvas *c)
{
	free(c->cell);
	*c = (struct canvas){0};
}

static int within(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

struct canvas canvas_window(const struct canvas *c, int row, int col, int rows,
			    int cols)
{
	const int top = within(row, 0, c->rows);
	const int left = within(col, 0, c->cols);

	return (struct canvas){
		.cell = c->cell + (long)top * c->stride + left,
		.rows = within(rows, 0, c->rows - top),
		.cols = within(cols, 0, c->cols - left),
		.stride = c->stride,
	};
}

static struct cell *cell_at(const struct canvas *c, int row, int col)
{
	if (row < 0 || col < 0 || row >= c->rows || col >= c->cols)
		return NULL;
	return c->cell + (long)row * c->stride + col;
}

void canvas_clear(struct canvas *c)
{
	for (int row = 0; row < c->rows; row++)
		memset(cell_at(c, row, 0), 0,
		       (size_t)c->cols * sizeof(struct cell));
}

/* Code points that surely take so many columns, whatever the terminal. */
int canvas_columns(uint32_t g)
{
	static const struct {
		uint32_t first, last;
		int columns;
	} ranges[] = {
		{0x20, 0x7e, 1},       {0xa1, 0xac, 1},
		{0xae, 0x2ff, 1},      {0x370, 0x482, 1},
		{0x48a, 0x52f, 1},     {0x1e00, 0x1fff, 1},
		{0x2010, 0x2027, 1},   {0x20a0, 0x20bf, 1},
		{0x2190, 0x22ff, 1},   {0x2500, 0x25ff, 1},
		{0x1100, 0x115f, 2},   {0x2e80, 0x303e, 2},
		{0x3041, 0xa4c6, 2},   {0xac00, 0xd7a3, 2},
		{0xf900, 0xfaff, 2},   {0xfe30, 0xfe6b, 2},
		{0xff01, 0xff60, 2},   {0xffe0, 0xffe6, 2},
		{0x1f600, 0x1f64f, 2}, {0x20000, 0x3fffd, 2},
	};

	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
		if (g >= ranges[i].first && g <= ranges[i].last)
			return ranges[i].columns;
	return 0;
}

uint32_t canvas_decode(const char **text)
{
	const unsigned char *s = (const unsigned char *)*text;
	const int more = *s < 0x80	   ? 0
			 : *s >> 5 == 0x6  ? 1
			 : *s >> 4 == 0xe  ? 2
			 : *s >> 3 == 0x1e ? 3
					   : -1;
	static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
	uint32_t g = *s;

	++*text;
	if (more < 0)
		return '?';
	if (more)
		g &= 0x3fu >> more;
	for (int i = 1; i <= more; i++) {
		if (s[i] >> 6 != 2)
			return '?';
		g = g << 6 | (s[i] & 0x3f);
	}
	*text += more;
	return g >= least[more] && canvas_columns(g) ? g : '?';
}

int canvas_encode(uint32_t g, char *buf)
{
	int n = 0;

	if (g == 0)
		g = ' ';
	if (g == CANVAS_TAIL) {
		/* its glyph stands before it */
	} else if (g < 0x80) {
		buf[n++] = (char)g;
	} else if (g < 0x800) {
		buf[n++] = (char)(0xc0 | g >> 6);
		buf[n++] = (char)(0x80 | (g & 0x3f));
	} else {
		if (g < 0x10000) {
			buf[n++] = (char)(0xe0 | g >> 12);
		} else {
			buf[n++] = (char)(0xf0 | (g >> 18 & 0x7));
			buf[n++] = (char)(0x80 | (g >> 12 & 0x3f));
		}
		buf[n++] = (char)(0x80 | (g >> 6 & 0x3f));
		buf[n++] = (char)(0x80 | (g & 0x3f));
	}
	buf[n] = '\0';
	return n;
}

/* Half of a wide glyph is none: the other half goes with it. */
static void clear_halves(struct cell *cell, struct cell *next)
{
	if (cell->glyph == CANVAS_TAIL)
		cell[-1].glyph = '?';
	if (next && next->glyph == CANVAS_TAIL)
		next->glyph = 0;
}

void canvas_put(struct canvas *c, int row, int col, enum role role,
		uint32_t glyph)
{
	struct cell *cell = cell_at(c, row, col);
	struct cell *next = cell_at(c, row, col + 1);
	int columns = canvas_columns(glyph);

	if (!cell)
		return;
	if (columns == 2 && !next)
		columns = 0;
	clear_halves(cell, next);
	*cell = (struct cell){
		.glyph = columns ? glyph : '?',
		.role = (uint8_t)role,
	};
	if (columns < 2)
		return;
	clear_halves(next, cell_at(c, row, col + 2));
	*next = (struct cell){.glyph = CANVAS_TAIL, .role = (uint8_t)role};
}

/* The next character of @*text, at @col; gives the column after it. */
static int put_next(struct canvas *c, int row, int col, enum role role,
		    const char **text)
{
	const uint32_t glyph = canvas_decode(text);

	canvas_put(c, row, col, role, glyph);
	return col + canvas_columns(glyph);
}

int canvas_repeat(struct canvas *c, int row, int col, enum role role,
		  uint32_t glyph, int n)
{
	for (int i = 0; i < n && col + i < c->cols; i++)
		canvas_put(c, row, col + i, role, glyph);
	return col + (n > 0 ? n : 0);
}

int canvas_text(struct canvas *c, int row, int col, enum role role,
		const char *text)
{
	while (*text && col < c->cols)
		col = put_next(c, row, col, role, &text);
	if (text[strspn(text, " ")])
		canvas_put(c, row, c->cols - 1, ROLE_KEY, CUT_GLYPH);
	return col;
}

int canvas_printf(struct canvas *c, int row, int col, enum role role,
		  const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return canvas_text(c, row, col, role, text);
}

/* Bytes of @text that fit into @cols columns, broken at a blank if it can. */
static size_t fitting(const char *text, int cols)
{
	const char *at = text, *blank = NULL;

	for (int n = 0; *at && *at != '\n';) {
		const char *here = at;

		n += canvas_columns(canvas_decode(&at));
		if (n > cols && here > text)
			return (size_t)((blank && *here != ' ' ? blank : here) -
					text);
		if (*here == ' ' && n > 1)
			blank = here;
	}
	return (size_t)(at - text);
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

int canvas_wrap(struct canvas *c, int row, int rows, int col, int indent,
		enum role role, const char *text)
{
	int used = 0, at = col;

	while (*text && used < rows) {
		const int from = col + (used ? indent : 0);
		const int room = c->cols - from;
		const char *end;

		if (room < 1)
			break;
		end = text + fitting(text, room);
		for (at = from; text < end;)
			at = put_next(c, row + used, at, role, &text);
		used++;
		if (*text == '\n' || *text == ' ')
			text++;
	}
	if (*text && used)
		canvas_put(c, row + used - 1, least(at + 1, c->cols - 1),
			   ROLE_KEY, CUT_GLYPH);
	return used;
}

void canvas_mark(struct canvas *c, int row, int col, int n, unsigned int marks)
{
	for (int i = 0; i < n; i++) {
		struct cell *cell = cell_at(c, row, col + i);

		if (cell)
			cell->marks |= (uint8_t)marks;
	}
}

char *canvas_to_text(const struct canvas *c)
{
	char *text = malloc((size_t)c->rows * ((size_t)c->cols * 3 + 1) + 1);
	char *at = text;

	if (!text)
		return NULL;
	for (int row = 0; row < c->rows; row++) {
		char *end = at;

		for (int col = 0; col < c->cols; col++) {
			const uint32_t g = cell_at(c, row, col)->glyph;

			at += canvas_encode(g, at);
			if (g && g != ' ')
				end = at;
		}
		at = end;
		*at++ = '\n';
	}
	*at = '\0';
	return text;
}
