/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * canvas_html.c - a canvas as text of a web page, to be copied and searched
 */
#include "tui/markup.h"
#include "tui/palette.h"
#include "tui/picture.h"

/* Ink on ground; in black on white, where a theme has no colours. */
static void begin_run(struct markup *m, const struct theme *theme,
		      const struct cell *cell)
{
	const struct look *look = &theme->look[cell->role];
	const uint32_t ground = palette_rgb(theme->ground.of256);
	const uint32_t ink =
		theme->coloured ? palette_rgb(look->colour.of256) : 0;
	const bool filled = cell->marks & (MARK_FULL | MARK_CURSOR);
	const bool bold = look->bold || cell->marks & MARK_CHANGED;

	markup_add(m, "<span style=\"color:#%06x", filled ? ground : ink);
	if (filled)
		markup_add(m, ";background:#%06x", ink);
	if (bold)
		markup_text(m, ";font-weight:bold");
	if (cell->marks & MARK_CHANGED)
		markup_text(m, ";text-decoration:underline");
	markup_text(m, "\">");
}

void html_add(struct markup *m, const struct canvas *c, int id)
{
	const struct theme *theme = palette_theme((enum theme_id)id);

	markup_add(m, "<pre style=\"background:#%06x\">",
		   palette_rgb(theme->ground.of256));
	for (int row = 0; row < c->rows; row++) {
		const struct cell *line = c->cell + (long)row * c->stride;

		for (int col = 0; col < c->cols; col++) {
			const bool first =
				!col || line[col].role != line[col - 1].role ||
				line[col].marks != line[col - 1].marks;

			if (first && col)
				markup_text(m, "</span>");
			if (first)
				begin_run(m, theme, &line[col]);
			if (line[col].glyph && line[col].glyph != ' ')
				markup_glyph(m, line[col].glyph);
			else
				markup_text(m, " ");
		}
		markup_text(m, c->cols ? "</span>\n" : "\n");
	}
	markup_text(m, "</pre>\n");
}

void html_begin(struct markup *m, const char *title)
{
	markup_text(m, "<!DOCTYPE html>\n<html lang=\"en\"><head>"
		       "<meta charset=\"utf-8\"><title>");
	markup_words(m, title);
	markup_text(m, "</title>\n<style>\n"
		       "pre { display: inline-block; padding: 0.8em; "
		       "border-radius: 6px; line-height: 1.25;\n"
		       "  font-family: \"DejaVu Sans Mono\", Menlo, Consolas, "
		       "monospace; }\n"
		       "figure { margin: 1em 0; break-inside: avoid; }\n"
		       "</style></head>\n<body>\n");
}

void html_end(struct markup *m)
{
	markup_text(m, "</body></html>\n");
}
