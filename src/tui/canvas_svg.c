/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * canvas_svg.c - a canvas as a picture
 *
 * One <text> a run of cells that look alike, placed on the grid with
 * textLength, so that it is right with whatever monospaced font is there.
 */
#include "tui/markup.h"
#include "tui/palette.h"

#define CELL_W 9
#define CELL_H 19
#define MARGIN 12

static bool alike(const struct cell *a, const struct cell *b)
{
	return a->role == b->role && a->marks == b->marks;
}

static bool no_ink(const struct cell *cell)
{
	return cell->glyph == 0 || cell->glyph == ' ';
}

static bool blank(const struct cell *cell)
{
	return no_ink(cell) && !cell->marks;
}

/* In black on white, where a theme has no colours. */
static uint32_t ink(const struct theme *theme, const struct look *look)
{
	return theme->coloured ? palette_rgb(look->colour.of256) : 0;
}

static void add_run(struct markup *t, const struct theme *theme, int row,
		    int col, const struct cell *cell, int n)
{
	const struct look *look = &theme->look[cell->role];
	const uint32_t rgb = ink(theme, look),
		       ground = palette_rgb(theme->ground.of256);
	const bool filled = cell->marks & (MARK_FULL | MARK_CURSOR);
	const int y = MARGIN + row * CELL_H;
	int x = MARGIN + col * CELL_W;

	if (filled)
		markup_add(t,
			   "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
			   "fill=\"#%06x\"/>\n",
			   x, y, n * CELL_W, CELL_H, rgb);
	/* some renderers drop blanks at the ends, and stretch the rest */
	for (; n && no_ink(cell); n--, cell++)
		x += CELL_W;
	while (n && no_ink(&cell[n - 1]))
		n--;
	if (!n)
		return;
	markup_add(
		t,
		"<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"#%06x\"%s%s>",
		x, y + CELL_H - 5, n * CELL_W, filled ? ground : rgb,
		look->bold || cell->marks & MARK_CHANGED
			? " font-weight=\"bold\""
			: "",
		cell->marks & MARK_CHANGED ? " text-decoration=\"underline\""
					   : "");
	for (int i = 0; i < n; i++)
		markup_glyph(t, cell[i].glyph);
	markup_add(t, "</text>\n");
}

char *canvas_to_svg(const struct canvas *c, int id)
{
	const struct theme *theme = palette_theme((enum theme_id)id);
	const int width = 2 * MARGIN + c->cols * CELL_W;
	const int height = 2 * MARGIN + c->rows * CELL_H;
	struct markup t = {0};

	markup_add(
		&t,
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
	markup_add(&t, "</svg>\n");
	return markup_take(&t);
}
