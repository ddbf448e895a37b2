/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * act.c - what a key does that only changes what is shown, and what a
 * click does
 */
#include "tui/keys.h"
#include "tui/map.h"
#include "tui/play.h"
#include "tui/tabs.h"

#define WHEEL_ROWS 3

/* ---- how it is shown ---- */

/* Said in the bar until the next key. */
static const char *const layout_notes[] = {
	[LAYOUT_ONE] = "layout one: a pane alone; tab goes to the next",
	[LAYOUT_LECTURE] = "layout lecture: the map and the lists, large",
	[LAYOUT_STANDARD] = "layout standard: the events, too",
	[LAYOUT_WIDE] = "layout wide, or what fits of it",
	[LAYOUT_AUTO] = "layout by size; :layout auto puts every view back",
};
static const char *const theme_notes[NR_THEMES] = {
	[THEME_DARK] = "theme dark",
	[THEME_LIGHT] = "theme light",
	[THEME_CONTRAST] = "theme contrast",
	[THEME_MONO] = "theme mono",
};
static const char *const depth_notes[] = {
	[EXPLAIN_SENTENCE] = "events as a sentence each",
	[EXPLAIN_NUMBERS] = "events with their numbers",
	[EXPLAIN_KERNEL] = "events with the kernel's functions",
};

/* The title tells it while it plays; else one would not know. */
static void note_pace(struct screen *s)
{
	if (s->playing)
		return;
	play_pace(s, s->pace, sizeof s->pace);
	s->note = s->pace;
}

static bool act_prefs(struct screen *s, enum action action)
{
	struct prefs *p = s->prefs;

	switch (action) {
	case ACT_LAYOUT:
		screen_uncover(s);
		s->zoomed = false;
		p->layout = (p->layout + 1) % (NR_SCREEN_LAYOUTS + 1);
		s->note = layout_notes[p->layout];
		return true;
	case ACT_THEME:
		p->theme = (enum theme_id)((p->theme + 1) % NR_THEMES);
		p->theme_typed = true;
		s->note = theme_notes[p->theme];
		return true;
	case ACT_OVERLAY:
		p->overlay = !p->overlay;
		return true;
	case ACT_SLOWER:
	case ACT_FASTER:
		p->speed = prefs_speed(p->speed, action == ACT_FASTER);
		note_pace(s);
		return true;
	case ACT_GRAIN:
		p->grain =
			(enum mm_grain)((p->grain + 1) % (GRAIN_REQUEST + 1));
		note_pace(s);
		return true;
	default:
		return false;
	}
}

/* ---- the map ---- */

static void act_zoom(struct screen *s, int by)
{
	const pfn_t pfn = s->cursor;
	const int zoom = (int)map_zoom(s) + by;

	screen_uncover(s);
	if (zoom < ZOOM_ZONE || zoom > ZOOM_FRAME)
		return;
	map_set_zoom(s, (enum map_zoom)zoom);
	s->view[VIEW_MAP].scroll = 0;
	if (s->pointing)
		s->view[VIEW_MAP].scroll =
			map_scroll_to(s, lab_mm(s->lab), pfn);
	else
		screen_follow(s);
	if (!s->pointing && s->view[VIEW_MAP].scroll == 0) {
		const pfn_t near = changes_nearby(s, lab_mm(s->lab));

		if (near != NO_PFN)
			s->view[VIEW_MAP].scroll =
				map_scroll_to(s, lab_mm(s->lab), near);
	}
}

static void act_point(struct screen *s)
{
	struct changes ch;

	screen_uncover(s);
	s->pointing = !s->pointing;
	if (s->pointing || s->rect[VIEW_MAP].rows)
		screen_show(s, VIEW_MAP);
	if (!s->pointing)
		return;
	layout(s, s->rows, s->cols); /* it may have come just now */
	changes_read(s, lab_mm(s->lab), &ch);
	if (ch.focus == NO_PFN)
		ch.focus = changes_nearby(s, lab_mm(s->lab));
	screen_point(s, ch.focus != NO_PFN ? ch.focus : s->cursor);
}

/* ---- scrolling ---- */

static void scroll(struct screen *s, int by)
{
	const struct mm *mm = lab_mm(s->lab);
	const struct view_ops *v = views[s->focus];
	const struct rect *r = &s->rect[s->focus];
	int *at = &s->view[s->focus].scroll;
	int64_t to, most;

	if (v->scroll) {
		v->scroll(s, mm, by);
		return;
	}
	if (!v->height)
		return;
	most = v->height(s, mm, r->rows, r->cols) - r->rows;
	to = (*at > most ? most : *at) + (int64_t)by;
	to = to > most ? most : to;
	*at = (int)(to < 0 ? 0 : to);
}

static bool act_scroll(struct screen *s, enum action action)
{
	const int page = s->rect[s->focus].rows - 1;

	switch (action) {
	case ACT_UP:
		scroll(s, -1);
		return true;
	case ACT_DOWN:
		scroll(s, 1);
		return true;
	case ACT_PAGE_UP:
		scroll(s, page < 1 ? -1 : -page);
		return true;
	case ACT_PAGE_DOWN:
		scroll(s, page < 1 ? 1 : page);
		return true;
	case ACT_HOME:
		scroll(s, -2000000000);
		return true;
	case ACT_END:
		scroll(s, 2000000000);
		return true;
	default:
		return false;
	}
}

bool screen_act(struct screen *s, enum action action)
{
	switch (action) {
	case ACT_PANE:
		panes_move(s, 1);
		return true;
	case ACT_PANE_BACK:
		panes_move(s, -1);
		return true;
	case ACT_VIEW_NEXT:
		panes_change(s, 1);
		return true;
	case ACT_VIEW_PREV:
		panes_change(s, -1);
		return true;
	case ACT_SWAP:
		panes_swap(s);
		return true;
	case ACT_ZOOM:
		if (s->covered)
			screen_uncover(s);
		else
			panes_zoom(s, !s->zoomed);
		return true;
	case ACT_CLOSER:
	case ACT_FARTHER:
		act_zoom(s, action == ACT_CLOSER ? 1 : -1);
		return true;
	case ACT_POINT:
		act_point(s);
		return true;
	case ACT_DEPTH:
		s->depth = (enum explain_depth)((s->depth + 1) % 3);
		s->note = depth_notes[s->depth];
		return true;
	case ACT_OUTPUT:
		panes_output(s);
		return true;
	case ACT_ZONE_NEXT:
	case ACT_ZONE_PREV:
		screen_zone(s, action == ACT_ZONE_NEXT ? 1 : -1);
		if (mm_nr_zones(lab_mm(s->lab)) < 2)
			s->note = "there is one zone; N finds the same again";
		return true;
	case ACT_ESCAPE:
		panes_escape(s);
		return true;
	default:
		return act_prefs(s, action) || act_scroll(s, action);
	}
}

/* ---- the view that has the keys, or is under the pointer ---- */

/* The view whose rectangle, or border above it, is at a place. */
static int view_at(const struct screen *s, int row, int col)
{
	for (int v = 0; v < NR_VIEWS; v++) {
		const struct rect *r = &s->rect[v];

		if (r->rows && row >= r->row - 1 && row < r->row + r->rows &&
		    col >= r->col - 1 && col < r->col + r->cols)
			return v;
	}
	return -1;
}

struct reply screen_key(struct screen *s, int key)
{
	const struct view_ops *v = views[s->focus];

	return v->key ? v->key(s, lab_mm(s->lab), key) : reply(REPLY_NOT_MINE);
}

struct reply screen_find(struct screen *s, const char *text)
{
	struct reply r;

	screen_uncover(s);
	if (views[s->focus]->find)
		return views[s->focus]->find(s, lab_mm(s->lab), text);
	r = view_map.find(s, lab_mm(s->lab), text);
	if (r.kind == REPLY_DONE)
		screen_show(s, VIEW_MAP);
	return r;
}

struct reply screen_filter(struct screen *s, const char *text)
{
	const struct view_ops *v = views[s->focus];

	screen_uncover(s);
	return (v->filter ? v : &view_map)->filter(s, lab_mm(s->lab), text);
}

struct reply screen_click(struct screen *s, int row, int col)
{
	const int v = view_at(s, row, col);
	const struct rect *r = v < 0 ? NULL : &s->rect[v];
	int tab;

	if (!r)
		return reply(REPLY_NOT_MINE);
	if (s->nr_panes == 1 && row == r->row - 1) {
		tab = tabs_view_at(s, r->cols + 1, col - r->col + 1);
		if (tab >= 0)
			screen_show(s, (enum view_id)tab);
		return reply(REPLY_DONE);
	}
	s->focus = (enum view_id)v;
	if (row < r->row || col < r->col || !views[v]->click)
		return reply(REPLY_DONE);
	return views[v]->click(s, lab_mm(s->lab), row - r->row, col - r->col);
}

void screen_wheel(struct screen *s, int row, int col, bool up)
{
	const enum view_id focus = s->focus;
	const int v = view_at(s, row, col);

	if (v < 0)
		return;
	s->focus = (enum view_id)v;
	scroll(s, (up ? -1 : 1) * (v == VIEW_MAP ? 1 : WHEEL_ROWS));
	s->focus = focus;
}
