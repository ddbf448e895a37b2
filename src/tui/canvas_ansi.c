/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * canvas_ansi.c - a canvas as a terminal would be told to show it
 *
 * Colours of 256, attributes for marks; each row begins and ends plain, so
 * that rows can be cut out.
 */
#include "tui/markup.h"
#include "tui/palette.h"

static void add_look(struct markup *m, const struct theme *theme,
		     const struct cell *cell)
{
	const struct look *look = &theme->look[cell->role];

	markup_text(m, "\x1b[0");
	if (look->bold || cell->marks & MARK_CHANGED)
		markup_text(m, ";1");
	if (cell->marks & MARK_CHANGED)
		markup_text(m, ";4");
	if (cell->marks & (MARK_FULL | MARK_CURSOR))
		markup_text(m, ";7");
	if (theme->coloured)
		markup_add(m, ";38;5;%u;48;5;%u", look->colour.of256,
			   theme->ground.of256);
	markup_text(m, "m");
}

char *canvas_to_ansi(const struct canvas *c, int id, const char *row_end)
{
	const struct theme *theme = palette_theme((enum theme_id)id);
	struct markup m = {0};
	char utf8[5];

	for (int row = 0; row < c->rows; row++) {
		const struct cell *line = c->cell + (long)row * c->stride;

		for (int col = 0; col < c->cols; col++) {
			const struct cell *cell = &line[col];

			if (!col || cell->role != cell[-1].role ||
			    cell->marks != cell[-1].marks)
				add_look(&m, theme, cell);
			canvas_encode(cell->glyph ? cell->glyph : ' ', utf8);
			markup_text(&m, utf8);
		}
		markup_text(&m, "\x1b[0m");
		if (row < c->rows - 1 || row_end[1] == '\0')
			markup_text(&m, row_end);
	}
	return markup_take(&m);
}
