/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * picture.c - see picture.h
 */
#include "tui/picture.h"

int picture_theme(const struct lab *lab)
{
	const struct prefs *p = lab_kept(lab, LAB_TUI);

	return p ? (int)p->theme : THEME_DARK;
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
	screen_draw(&s, c);
	return true;
}

static char *page_of(const struct lab *lab, const struct canvas *c)
{
	struct markup m = {0};

	html_begin(&m, mm_world_name(lab_mm(lab)));
	html_add(&m, c, picture_theme(lab));
	html_end(&m);
	return markup_take(&m);
}

char *picture_of(const struct lab *lab, const struct picture_want *want,
		 enum picture_format format)
{
	const int theme = picture_theme(lab);
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
		text = page_of(lab, &c);
		break;
	}
	canvas_close(&c);
	return text;
}

char *screen_picture(const struct lab *lab, int rows, int cols, bool svg)
{
	const struct picture_want want = {rows, cols, -1};

	return picture_of(lab, &want, svg ? PICTURE_SVG : PICTURE_TEXT);
}
