/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * border.c - what stands around the panes
 *
 *	row 0       title
 *	            panes, each below a border that names it
 *	            below the panes: see below.c
 *	last        keys; the prompt takes its place
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tui/below.h"
#include "tui/keybar.h"
#include "tui/play.h"
#include "tui/tabs.h"
#include "tui/view.h"

/** A part of the title; the one of the highest rank is left out first. */
struct part {
	char text[64];
	enum role role;
	int rank;
	const char *sep; /* before it */
	bool left_out;
};

__attribute__((format(printf, 6, 7))) static void
add_part(struct part *parts, int *n, int rank, enum role role, const char *sep,
	 const char *fmt, ...)
{
	struct part *p = &parts[(*n)++];
	va_list ap;

	*p = (struct part){.role = role, .rank = rank, .sep = sep};
	va_start(ap, fmt);
	vsnprintf(p->text, sizeof p->text, fmt, ap);
	va_end(ap);
}

static int title_parts(const struct screen *s, struct part *parts)
{
	static const char *const lamps[] = {"check -", "check ok",
					    "check BROKEN", "inside a line"};
	const struct mm *mm = lab_mm(s->lab);
	char zone[40], playing[40];
	int n = 0;

	play_words(s, playing, sizeof playing);
	zone_text(mm, s->zone, zone, sizeof zone);
	add_part(parts, &n, 8, ROLE_TITLE, "", "buddyscope");
	add_part(parts, &n, 5, ROLE_TEXT, "  ", "%s", mm_world_name(mm));
	add_part(parts, &n, 7, ROLE_TEXT, "  ", "%s", mm_era_name(mm_era(mm)));
	add_part(parts, &n, 6, ROLE_TEXT, "  ", "seed %llu",
		 (unsigned long long)mm_seed(mm));
	add_part(parts, &n, 2, ROLE_TITLE, " | ", "%s", zone);
	if (mm_nr_zones(mm) > 1)
		add_part(parts, &n, 4, ROLE_DIM, " ", "(of %u zones)",
			 mm_nr_zones(mm));
	add_part(parts, &n, 0, ROLE_TEXT, " | ", "event %llu/%llu",
		 (unsigned long long)mm_now(mm),
		 (unsigned long long)mm_last_moment(mm));
	if (s->playing)
		add_part(parts, &n, 1, ROLE_KEY, " | ", "%s", playing);
	else
		add_part(parts, &n, 3,
			 s->lamp == LAMP_BROKEN ? ROLE_BAD
			 : s->lamp == LAMP_OK	? ROLE_GOOD
						: ROLE_DIM,
			 " | ", "%s", lamps[s->lamp]);
	return n;
}

/* Whole parts only, the most wanted ones. */
static void draw_title(const struct screen *s, struct canvas *c)
{
	struct part parts[10];
	const int n = title_parts(s, parts);
	int col = 1;

	for (int rank = 8; rank > 0; rank--) {
		int used = 1;

		for (int i = 0; i < n; i++)
			if (!parts[i].left_out)
				used += (int)(strlen(parts[i].sep) +
					      strlen(parts[i].text));
		for (int i = 0; i < n && used > c->cols; i++)
			if (parts[i].rank == rank)
				parts[i].left_out = true;
	}
	for (int i = 0; i < n; i++) {
		if (parts[i].left_out)
			continue;
		if (col > 1)
			col = canvas_text(c, 0, col, ROLE_TEXT, parts[i].sep);
		col = canvas_text(c, 0, col, parts[i].role, parts[i].text);
	}
}

/* Words behind the title, as far as the border has room for them. */
static void draw_border(const struct screen *s, enum view_id v,
			struct canvas *c)
{
	const struct rect *r = &s->rect[v];
	const bool here = s->focus == v;
	const int row = r->row - 1, left = r->col - 1;
	struct canvas line = canvas_window(c, row, left, 1, r->cols + 1);
	char about[200];
	int col;

	canvas_repeat(&line, 0, 0, here ? ROLE_FOCUS : ROLE_BORDER,
		      s->nr_panes == 1 ? ' '
		      : here	       ? '='
				       : '-',
		      r->cols + 1);
	if (s->nr_panes == 1)
		col = tabs_draw(s, 0, &line);
	else
		col = canvas_printf(&line, 0, 1, here ? ROLE_FOCUS : ROLE_LABEL,
				    " %s ", views[v]->title);
	views[v]->about(s, lab_mm(s->lab), about, sizeof about);
	if (*about && col + 2 + (int)strlen(about) + 2 <= line.cols)
		canvas_printf(&line, 0, col + 2, ROLE_DIM, " %s ", about);
	else if (*about && v == VIEW_EVENTS && line.cols - col > 20)
		canvas_printf(&line, 0, col + 2, ROLE_DIM, " %.*s.. ",
			      line.cols - col - 8, about);
}

/* ---- together ---- */

static void draw_view(const struct screen *s, enum view_id v, struct canvas *c)
{
	const struct rect *r = &s->rect[v];
	struct canvas pane = canvas_window(c, r->row, r->col, r->rows, r->cols);

	draw_border(s, v, c);
	if (r->rows >= views[v]->min_rows && r->cols >= views[v]->min_cols)
		views[v]->draw(s, lab_mm(s->lab), &pane);
	else
		canvas_printf(&pane, 0, 0, ROLE_DIM, "too small: %dx%d",
			      views[v]->min_cols, views[v]->min_rows);
}

/* The event, and the row above the keys. */
static void draw_below(const struct screen *s, int below, struct canvas *c)
{
	const int width = s->prefs->overlay
				  ? overlay_width(&s->pressed, c->cols / 2)
				  : -1;

	below_draw(s, below, c->cols - width - 1, c);
	if (s->prefs->overlay)
		overlay_draw(&s->pressed, below, width, c);
}

void screen_draw(const struct screen *s, struct canvas *c)
{
	const int below = c->rows - 2;

	if (screen_too_small(c->rows, c->cols)) {
		canvas_text(c, 0, 0, ROLE_TEXT, "too small");
		canvas_printf(c, 1, 0, ROLE_TEXT, "need %dx%d", LEAST_COLS,
			      LEAST_ROWS);
		canvas_text(c, 2, 0, ROLE_TEXT, "q quits");
		return;
	}
	draw_title(s, c);
	for (int i = 0; i < s->nr_panes; i++)
		draw_view(s, s->pane[i], c);
	draw_below(s, below, c);
	keybar_draw(s, c->rows - 1, c);
}
