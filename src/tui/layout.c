/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout.c - which view stands where, and the frame around them
 *
 *	row 0       title
 *	            panes, each below a border that names it
 *	last but 1  what the last line said, or a hint
 *	last        keys; the prompt takes its place
 *
 * Wide: the map and the free lists at the left, the rest at the right.  High:
 * all below each other.  Small: one pane, and the present event below it.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tui/keybar.h"
#include "tui/view.h"

#define LEAST_ROWS 6
#define LEAST_COLS 24
#define CHECK_FRAMES 65536  /* worlds up to this are checked each time */
#define MAX_FRAME_ZOOM 4096 /* frames of a zone that opens frame by frame */

bool screen_too_small(int rows, int cols)
{
	return rows < LEAST_ROWS || cols < LEAST_COLS;
}

void screen_enter(struct screen *s)
{
	const struct mm *mm = lab_mm(s->lab);
	uint32_t most = 0;

	s->pointing = s->held = false;
	s->scroll[VIEW_MAP] = s->scroll[VIEW_BUDDY] = 0;
	for (unsigned int i = 0; i < mm_nr_zones(mm); i++) {
		struct mm_zone_info zi;

		mm_zone_info(mm, mm_zone_at(mm, i), &zi);
		if (zi.managed >= most) {
			most = zi.managed;
			s->zone = mm_zone_at(mm, i);
			s->cursor = zi.start;
			s->frames = zi.spanned <= MAX_FRAME_ZOOM;
		}
	}
}

void screen_start(struct screen *s, const struct lab *lab)
{
	const struct mm *mm = lab_mm(lab);

	*s = (struct screen){.lab = lab, .depth = EXPLAIN_NUMBERS};
	screen_enter(s);
	s->from = mm_now(mm);
	if (s->from > mm_first_moment(mm))
		s->from--;
}

void screen_settle(struct screen *s)
{
	const struct mm *mm = lab_mm(s->lab);

	if (!mm_zone_populated(mm, s->zone) || s->cursor >= mm_end_pfn(mm))
		screen_enter(s);
	if (s->from > mm_last_moment(mm) || s->from < mm_first_moment(mm))
		s->from = mm_now(mm);
}

void screen_check(struct screen *s)
{
	const struct mm *mm = lab_mm(s->lab);
	struct mm_broken broken;
	struct changes ch;

	if (changes_in_flight(s, mm, &ch))
		s->lamp = LAMP_INSIDE;
	else if (mm_end_pfn(mm) > CHECK_FRAMES)
		s->lamp = LAMP_UNKNOWN;
	else
		s->lamp = mm_check(mm, &broken) ? LAMP_BROKEN : LAMP_OK;
}

/* ---- where ---- */

static int wanted(const struct screen *s, enum view_id v, int cols)
{
	return views[v]->want(s, lab_mm(s->lab), cols);
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static void one_pane(struct screen *s, int rows, int cols)
{
	const int below = s->focus == VIEW_EVENTS || s->zoomed ? 2 : 3;
	const int n = rows - below - 2;

	s->rect[s->focus] = (struct rect){2, 1, n < 1 ? 1 : n, cols - 1};
}

/*
 * Panes below each other from @row on, each with a border above.  The first
 * gets what is left over.
 */
static void stack(struct screen *s, const enum view_id *v, int n, int row,
		  int rows, int col, int cols, const int *share)
{
	int first = rows - n;

	for (int i = 1; i < n; i++)
		first -= share[i];
	for (int i = 0; i < n; i++) {
		const int own = i ? share[i] : first;

		s->rect[v[i]] = (struct rect){row + 1, col + 1, own, cols - 1};
		row += own + 1;
	}
}

/* Rows for the map: with labels and marks, with marks, or what there is. */
static int map_share(const struct screen *s, int left, int cols)
{
	const int lines = wanted(s, VIEW_MAP, cols) / 3;

	for (int tall = 3; tall > 0; tall--)
		if (lines * tall <= left)
			return lines * tall;
	return left > 12 ? 12 + (left - 12) * 2 / 3 : left;
}

/* The map is fully served first, then the events, then the rest. */
static void tall_layout(struct screen *s, int rows, int cols)
{
	static const enum view_id v[] = {VIEW_MAP, VIEW_BUDDY, VIEW_EVENTS,
					 VIEW_COMMAND};
	const int room = rows - 3;
	int share[4] = {0}, n = 3, left, more;

	share[1] = wanted(s, VIEW_BUDDY, cols - 1) - 1;
	share[2] = room > 26 ? 6 : room < 18 ? 3 : 4;
	left = room - 3 - share[1] - share[2];
	more = left - map_share(s, left, cols - 1);
	if (more >= 6) {
		n = 4;
		share[3] = least(more / 2 - 1, 12);
		more -= share[3] + 1;
	}
	if (more > 3) {
		share[1] += more / 3;
		share[2] += more - more / 3;
	} else if (more > 0) {
		share[2] += more;
	}
	stack(s, v, n, 1, room, 0, cols, share);
}

static void wide_layout(struct screen *s, int rows, int cols)
{
	static const enum view_id left[] = {VIEW_MAP, VIEW_BUDDY};
	static const enum view_id right[] = {VIEW_EVENTS, VIEW_COMMAND};
	const int half = cols * 11 / 20, room = rows - 3;
	const int map = least(wanted(s, VIEW_MAP, half - 1), room * 3 / 5);
	int share[2] = {0};

	share[1] = room - 2 - map;
	stack(s, left, 2, 1, room, 0, half - 1, share);
	share[1] = room / 3;
	stack(s, right, 2, 1, room, half, cols - half, share);
}

void layout(struct screen *s, int rows, int cols)
{
	memset(s->rect, 0, sizeof s->rect);
	if (screen_too_small(rows, cols))
		return;
	if (s->zoomed || rows < 19 || cols < 56)
		one_pane(s, rows, cols);
	else if (cols >= 140 && rows >= 28)
		wide_layout(s, rows, cols);
	else
		tall_layout(s, rows, cols);
}

/* ---- around the panes ---- */

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
	char zone[40];
	int n = 0;

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
		add_part(parts, &n, 1, ROLE_KEY, " | ", "playing");
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
		      here ? '=' : '-', r->cols + 1);
	col = canvas_printf(&line, 0, 1, here ? ROLE_FOCUS : ROLE_LABEL, " %s ",
			    views[v]->title);
	views[v]->about(s, lab_mm(s->lab), about, sizeof about);
	if (*about && col + 2 + (int)strlen(about) + 2 <= line.cols)
		canvas_printf(&line, 0, col + 2, ROLE_DIM, " %s ", about);
	else if (*about && v == VIEW_EVENTS && line.cols - col > 20)
		canvas_printf(&line, 0, col + 2, ROLE_DIM, " %.*s.. ",
			      line.cols - col - 8, about);
}

/* The last thing said, in one line: its lines joined, as far as they fit. */
static void draw_said(const struct screen *s, int row, struct canvas *c)
{
	static const char more[] = " (more: o)";
	const char *text = s->output ? s->output : "";
	char joined[1000], line[60];
	struct canvas part = *c;
	int col = 1;
	size_t n = 0;

	if (s->hint) {
		canvas_text(c, row, col, ROLE_KEY, s->hint);
		return;
	}
	if (s->covered) {
		canvas_text(c, row, col, ROLE_DIM,
			    "up down scroll; esc or a step leaves");
		return;
	}
	if (!s->line || !s->said)
		return;
	for (; *text && n < sizeof joined - 4; text++) {
		if (*text != '\n') {
			joined[n++] = *text;
			continue;
		}
		while (text[1] == ' ')
			text++;
		if (text[1])
			n += (size_t)sprintf(joined + n, " | ");
	}
	joined[n] = '\0';
	snprintf(line, sizeof line, "%s%.40s%s  ", s->line[0] == '/' ? "" : ":",
		 s->line, strlen(s->line) > 40 ? ".." : "");
	/* the answer matters more than its question */
	if (col + (int)(strlen(line) + n) <= c->cols || !n)
		col = canvas_text(c, row, col, ROLE_DIM, line);
	if (s->typed && col + (int)n > c->cols && !s->rect[VIEW_COMMAND].rows) {
		part = canvas_window(c, 0, 0, c->rows,
				     c->cols - (int)sizeof more + 1);
		canvas_text(c, row, part.cols, ROLE_KEY, more);
	}
	canvas_text(&part, row, col, ROLE_TEXT, joined);
}

static void draw_event_below(const struct screen *s, int row, struct canvas *c)
{
	const struct mm *mm = lab_mm(s->lab);
	const struct mm_event *ev = mm_event(mm, mm_now(mm));
	char text[240] = "before the first event";

	if (ev)
		event_text(mm, ev, EXPLAIN_SENTENCE, text, sizeof text);
	canvas_printf(c, row, 0, ROLE_NOW, "> %s", text);
}

void screen_draw(const struct screen *s, struct canvas *c)
{
	const struct mm *mm = lab_mm(s->lab);
	int below = c->rows - 2;

	if (screen_too_small(c->rows, c->cols)) {
		canvas_text(c, 0, 0, ROLE_TEXT, "too small");
		canvas_printf(c, 1, 0, ROLE_TEXT, "need %dx%d", LEAST_COLS,
			      LEAST_ROWS);
		canvas_text(c, 2, 0, ROLE_TEXT, "q quits");
		return;
	}
	draw_title(s, c);
	for (int v = 0; v < NR_VIEWS; v++) {
		const struct rect *r = &s->rect[v];
		struct canvas pane =
			canvas_window(c, r->row, r->col, r->rows, r->cols);

		if (!r->rows)
			continue;
		draw_border(s, (enum view_id)v, c);
		views[v]->draw(s, mm, &pane);
	}
	if (!s->rect[VIEW_EVENTS].rows && !s->zoomed)
		draw_event_below(s, below - 1, c);
	draw_said(s, below, c);
	keybar_draw(s, c->rows - 1, c);
}

char *screen_picture(const struct lab *lab, int rows, int cols, bool svg)
{
	struct screen s;
	struct canvas c;
	char *text;

	screen_start(&s, lab);
	screen_check(&s);
	if (!canvas_open(&c, rows, cols))
		return NULL;
	layout(&s, c.rows, c.cols);
	screen_draw(&s, &c);
	text = svg ? canvas_to_svg(&c) : canvas_to_text(&c);
	canvas_close(&c);
	return text;
}
