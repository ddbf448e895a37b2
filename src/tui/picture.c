/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * picture.c - see picture.h
 */
#include "tui/picture.h"

#include <string.h>

int picture_theme(const struct lab *lab)
{
	const struct prefs *p = lab_kept(lab, LAB_TUI);

	return p ? (int)p->theme : THEME_DARK;
}

static bool empty(const struct canvas *c, int row)
{
	const struct cell *cell = c->cell + (long)row * c->stride;

	for (int col = 0; col < c->cols; col++)
		if ((cell[col].glyph && cell[col].glyph != ' ') ||
		    cell[col].marks)
			return false;
	return true;
}

void picture_crop(struct canvas *c, int first, int last)
{
	int rows = 0;
	bool gap = false; /* empty rows are waiting for one that is not */

	for (int row = first; row < last && row < c->rows; row++) {
		if (empty(c, row)) {
			gap = rows > 0;
			continue;
		}
		if (gap)
			memset(c->cell + (long)rows++ * c->stride, 0,
			       (size_t)c->cols * sizeof *c->cell);
		gap = false;
		memmove(c->cell + (long)rows++ * c->stride,
			c->cell + (long)row * c->stride,
			(size_t)c->cols * sizeof *c->cell);
	}
	c->rows = rows ? rows : 1;
}

/* Keys, and what was said or happened last, are nothing for paper. */
static void crop_to_panes(const struct screen *s, struct canvas *c)
{
	int first = c->rows, last = 0;

	for (int i = 0; i < s->nr_panes; i++) {
		const struct rect *r = &s->rect[s->pane[i]];

		first = r->row - 1 < first ? r->row - 1 : first;
		last = r->row + r->rows > last ? r->row + r->rows : last;
	}
	picture_crop(c, first < 0 ? 0 : first, last);
}

bool picture_draw(const struct lab *lab, const struct picture_want *want,
		  struct canvas *c)
{
	struct screen s;

	if (!canvas_open(c, want->rows, want->cols))
		return false;
	screen_start(&s, lab);
	screen_check(&s);
	if (want->view >= 0) {
		s.focus = (enum view_id)want->view;
		s.zoomed = true;
	}
	layout(&s, c->rows, c->cols);
	if (want->view < 0 && screen_obey(&s))
		layout(&s, c->rows, c->cols);
	if (want->unmarked)
		s.from = mm_now(lab_mm(lab));
	screen_draw(&s, c);
	if (want->paper)
		crop_to_panes(&s, c);
	return true;
}

static char *page_of(const struct lab *lab, const struct canvas *c, int theme)
{
	struct markup m = {0};

	html_begin(&m, mm_world_name(lab_mm(lab)));
	html_add(&m, c, theme);
	html_end(&m);
	return markup_take(&m);
}

char *picture_of(const struct lab *lab, const struct picture_want *want,
		 enum picture_format format)
{
	const int theme = want->paper ? THEME_LIGHT : picture_theme(lab);
	struct canvas c;
	char *text = NULL;

	if (!picture_draw(lab, want, &c))
		return NULL;
	switch (format) {
	case PICTURE_TEXT:
		text = canvas_to_text(&c);
		break;
	case PICTURE_ANSI:
		text = canvas_to_ansi(&c, theme, "\n");
		break;
	case PICTURE_SVG:
		text = canvas_to_svg(&c, theme);
		break;
	case PICTURE_HTML:
		text = page_of(lab, &c, theme);
		break;
	}
	canvas_close(&c);
	return text;
}

char *screen_picture(const struct lab *lab, int rows, int cols, bool svg)
{
	const struct picture_want want = {
		.rows = rows, .cols = cols, .view = -1};

	return picture_of(lab, &want, svg ? PICTURE_SVG : PICTURE_TEXT);
}
