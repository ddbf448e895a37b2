/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * canvas_svg.c - a canvas as a picture
 *
 * One <text> a run of cells that look alike, placed on the grid with
 * textLength, so that it is right with whatever monospaced font is there.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/canvas.h"
#include "tui/palette.h"

#define CELL_W 9
#define CELL_H 19
#define MARGIN 12

struct text {
	char *at;
	size_t len, room;
	bool short_of_memory;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *t,
						      const char *fmt, ...)
{
	char piece[512];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(piece, sizeof piece, fmt, ap);
	va_end(ap);
	if (n < 0 || t->short_of_memory)
		return;
	if ((size_t)n >= sizeof piece)
		n = (int)sizeof piece - 1;
	if (t->len + (size_t)n + 1 > t->room) {
		const size_t room = 2 * (t->room + sizeof piece);
		char *at = realloc(t->at, room);

		if (!at) {
			t->short_of_memory = true;
			return;
		}
		t->at = at;
		t->room = room;
	}
	memcpy(t->at + t->len, piece, (size_t)n + 1);
	t->len += (size_t)n;
}

static bool alike(const struct cell *a, const struct cell *b)
{
	return a->role == b->role && a->marks == b->marks;
}

static bool blank(const struct cell *cell)
{
	return (cell->glyph == 0 || cell->glyph == ' ') && !cell->marks;
}

static void add_glyph(struct text *t, uint32_t glyph)
{
	char utf8[5];

	switch (glyph) {
	case '<':
		add(t, "&lt;");
		break;
	case '>':
		add(t, "&gt;");
		break;
	case '&':
		add(t, "&amp;");
		break;
	case 0:
	case ' ':
		add(t, "\xc2\xa0"); /* plain blanks are not kept */
		break;
	default:
		canvas_encode(glyph, utf8);
		add(t, "%s", utf8);
	}
}

/* In black on white, where a theme has no colours. */
static uint32_t ink(const struct theme *theme, const struct look *look)
{
	return theme->coloured ? palette_rgb(look->colour.of256) : 0;
}

static void add_run(struct text *t, const struct theme *theme, int row, int col,
		    const struct cell *cell, int n)
{
	const struct look *look = &theme->look[cell->role];
	const uint32_t rgb = ink(theme, look),
		       ground = palette_rgb(theme->ground.of256);
	const bool filled = cell->marks & (MARK_FULL | MARK_CURSOR);
	const int x = MARGIN + col * CELL_W, y = MARGIN + row * CELL_H;

	if (filled)
		add(t,
		    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
		    "fill=\"#%06x\"/>\n",
		    x, y, n * CELL_W, CELL_H, rgb);
	add(t, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"#%06x\"%s%s>",
	    x, y + CELL_H - 5, n * CELL_W, filled ? ground : rgb,
	    look->bold || cell->marks & MARK_CHANGED ? " font-weight=\"bold\""
						     : "",
	    cell->marks & MARK_CHANGED ? " text-decoration=\"underline\"" : "");
	for (int i = 0; i < n; i++)
		add_glyph(t, cell[i].glyph);
	add(t, "</text>\n");
}

char *canvas_to_svg(const struct canvas *c, int id)
{
	const struct theme *theme = palette_theme((enum theme_id)id);
	const int width = 2 * MARGIN + c->cols * CELL_W;
	const int height = 2 * MARGIN + c->rows * CELL_H;
	struct text t = {0};

	add(&t,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
	    "height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"DejaVu Sans "
	    "Mono, Menlo, Consolas, monospace\" font-size=\"15\">\n"
	    "<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#%06x\"/>\n",
	    width, height, width, height, width, height,
	    palette_rgb(theme->ground.of256));
	for (int row = 0; row < c->rows; row++) {
		const struct cell *line = c->cell + (long)row * c->stride;

		for (int col = 0, n; col < c->cols; col += n) {
			for (n = 1;
			     col + n < c->cols &&
			     blank(&line[col]) == blank(&line[col + n]) &&
			     alike(&line[col], &line[col + n]);
			     n++)
				;
			if (!blank(&line[col]))
				add_run(&t, theme, row, col, &line[col], n);
		}
	}
	add(&t, "</svg>\n");
	if (t.short_of_memory) {
		free(t.at);
		return NULL;
	}
	return t.at;
}
