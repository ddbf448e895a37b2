/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keys.c - see keys.h
 */
#include "tui/keys.h"

#include "tui/map.h"
#include "tui/play.h"
#include "tui/tabs.h"

#define WHEEL_ROWS 3

static const struct key_row rows[] = {
	{TK_RIGHT, "-> l", "step", ACT_NONE, "one event forward"},
	{'l', NULL, "step", ACT_NONE, NULL},
	{TK_LEFT, "<- h", "back", ACT_NONE, "one event back"},
	{'h', NULL, "back", ACT_NONE, NULL},
	{']', "]", "next", ACT_NONE, "forward to the end of the next phase"},
	{'[', "[", "prev", ACT_NONE, "back to the end of the phase before"},
	{'f', "f", "finish", ACT_NONE, "forward to the end of the line"},
	{'u', "u", "undo", ACT_NONE, "take one command line back"},
	{'r', "r", "redo", ACT_NONE, "do it again"},
	{' ', "space", NULL, ACT_PLAY,
	 "in a lesson: go on; else play, event by event; again: pause"},
	{TK_BACKSPACE, "backspace", NULL, ACT_PLAY_BACK,
	 "play backwards; again, or space: pause"},
	{TK_CTRL('h'), NULL, NULL, ACT_PLAY_BACK, NULL},
	{'>', ">", NULL, ACT_FASTER, "play faster"},
	{'<', "<", NULL, ACT_SLOWER, "play slower"},
	{'g', "g", NULL, ACT_GRAIN, "play by events, by phases, by lines"},
	{'c', "c", "continue", ACT_NONE,
	 "go on to the next break or watch, or to the end"},
	{'C', "C", "continue back=on", ACT_NONE,
	 "back to the break or watch before, or to the start"},
	{'U', "U", "until ", ACT_PROMPT,
	 "go to where a figure, an event or a frame is as you say"},
	{'b', "b", "break ", ACT_PROMPT, "stop where something is true"},
	{'w', "w", "watch ", ACT_PROMPT, "stop where a figure changes"},
	{'F', "F", "fork ", ACT_PROMPT,
	 "keep a copy of this world to return to"},
	{':', ":", NULL, ACT_PROMPT, "type a command"},
	{'?', "?", NULL, ACT_HELP, "this help; type to search it; esc leaves"},
	{TK_F1, NULL, NULL, ACT_HELP, NULL},
	{TK_TAB, "tab", NULL, ACT_PANE, "the next pane"},
	{TK_BACKTAB, "shift-tab", NULL, ACT_PANE_BACK, "the pane before"},
	{'z', "z enter", NULL, ACT_ZOOM, "this pane alone, and back"},
	{TK_ENTER, NULL, NULL, ACT_ZOOM, NULL},
	{'1', "1 to 9", NULL, ACT_NTH, "the view of that number"},
	{'2', NULL, NULL, ACT_NTH, NULL},
	{'3', NULL, NULL, ACT_NTH, NULL},
	{'4', NULL, NULL, ACT_NTH, NULL},
	{'5', NULL, NULL, ACT_NTH, NULL},
	{'6', NULL, NULL, ACT_NTH, NULL},
	{'7', NULL, NULL, ACT_NTH, NULL},
	{'8', NULL, NULL, ACT_NTH, NULL},
	{'9', NULL, NULL, ACT_NTH, NULL},
	{'v', "v", NULL, ACT_VIEW_NEXT, "another view in this pane"},
	{'V', "V", NULL, ACT_VIEW_PREV, "the one before"},
	{'x', "x", NULL, ACT_SWAP, "swap this pane with the next one"},
	{'L', "L", NULL, ACT_LAYOUT,
	 "the next layout: one pane, lecture, standard, wide, by size"},
	{'T', "T", NULL, ACT_THEME,
	 "the next theme: dark, light, highest contrast, without colour"},
	{'K', "K", NULL, ACT_OVERLAY, "show the keys that are pressed, or not"},
	{'+', "+", NULL, ACT_CLOSER,
	 "map: closer, from pageblocks to their parts to frames"},
	{'=', NULL, NULL, ACT_CLOSER, NULL},
	{'-', "-", NULL, ACT_FARTHER, "map: the other way"},
	{'m', "m", NULL, ACT_POINT,
	 "map: cursor that tells about a frame; arrows move it"},
	{'/', "/", NULL, ACT_FIND,
	 "find: a frame's number, an owner, type=M, order=3; in the events a "
	 "name"},
	{'&', "&", NULL, ACT_FILTER,
	 "show only that; & and enter: everything again"},
	{'n', "n", NULL, ACT_ZONE_NEXT,
	 "the next zone; it stays, until a line is typed"},
	{'p', "p", NULL, ACT_ZONE_PREV, "the zone before"},
	{'e', "e", NULL, ACT_DEPTH,
	 "events: a sentence, with numbers, with kernel functions"},
	{'E', "E", "explain", ACT_OUTPUT,
	 "explain the operation as a tree of reasons"},
	{'o', "o", NULL, ACT_OUTPUT, "all that the last line said"},
	{'i', "i", "check", ACT_NONE, "verify every invariant of the world"},
	{TK_UP, "up k", NULL, ACT_UP, "scroll the pane, or move the cursor"},
	{'k', NULL, NULL, ACT_UP, NULL},
	{TK_DOWN, "down j", NULL, ACT_DOWN, "the same, down"},
	{'j', NULL, NULL, ACT_DOWN, NULL},
	{TK_PAGE_UP, "page-up", NULL, ACT_PAGE_UP, "scroll by a page, up"},
	{TK_PAGE_DOWN, "page-down", NULL, ACT_PAGE_DOWN,
	 "scroll by a page, down"},
	{TK_HOME, "home", NULL, ACT_HOME, "scroll to the start"},
	{TK_END, "end", NULL, ACT_END, "scroll to the end"},
	{TK_ESC, "esc", NULL, ACT_ESCAPE,
	 "leave: the zoom, the cursor, the prompt, the help"},
	{TK_MOUSE, "click", NULL, ACT_MOUSE,
	 "a pane, a frame of the map, an event to go to, a key of the last "
	 "row"},
	{TK_WHEEL_UP, "wheel", NULL, ACT_MOUSE,
	 "scroll what is under the pointer"},
	{TK_WHEEL_DOWN, NULL, NULL, ACT_MOUSE, NULL},
	{TK_CTRL('l'), "ctrl-l", NULL, ACT_REDRAW, "draw everything afresh"},
	{'q', "q", NULL, ACT_QUIT,
	 "leave buddyscope, or a pane that stands alone"},
};

#define NR_ROWS (sizeof rows / sizeof rows[0])

const struct key_row *key_row(unsigned int i)
{
	return i < NR_ROWS ? &rows[i] : NULL;
}

const struct key_row *key_of(int key)
{
	if (key == '\r')
		key = TK_ENTER;
	for (unsigned int i = 0; i < NR_ROWS; i++)
		if (rows[i].key == key)
			return &rows[i];
	return NULL;
}

const struct key_row *key_of_view(const struct view_ops *v, int key)
{
	for (const struct key_row *row = v->keys; row && row->key; row++)
		if (row->key == (key == '\r' ? TK_ENTER : key))
			return row;
	return NULL;
}

/* ---- actions ---- */

static void show_zone(struct screen *s, zone_t zone)
{
	struct mm_zone_info zi;

	mm_zone_info(lab_mm(s->lab), zone, &zi);
	s->zone = zone;
	s->cursor = zi.start;
	for (int v = 0; v < NR_VIEWS; v++)
		if (v != VIEW_COMMAND && v != VIEW_LESSON)
			s->view[v].scroll = 0;
}

static void move_zone(struct screen *s, int by)
{
	const struct mm *mm = lab_mm(s->lab);
	const unsigned int n = mm_nr_zones(mm);
	unsigned int i = 0;

	screen_uncover(s);
	while (i < n && mm_zone_at(mm, i) != s->zone)
		i++;
	show_zone(s, mm_zone_at(mm, (i + n + (unsigned int)by) % n));
	s->held = true;
}

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

bool screen_point(struct screen *s, pfn_t pfn)
{
	const struct mm *mm = lab_mm(s->lab);

	if (pfn >= mm_end_pfn(mm))
		return false;
	s->pointing = true;
	s->cursor = pfn;
	s->zone = mm_zone_of(mm, pfn);
	s->view[VIEW_MAP].scroll = map_scroll_to(s, mm, pfn);
	return true;
}

void screen_follow(struct screen *s)
{
	const struct mm *mm = lab_mm(s->lab);
	struct changes ch;

	s->view[VIEW_EVENTS].scroll = 0;
	if (s->pointing)
		return;
	if (!s->held && changes_zone(s, mm) != s->zone)
		show_zone(s, changes_zone(s, mm));
	if (!s->rect[VIEW_MAP].rows)
		return;
	changes_read(s, mm, &ch);
	if (ch.focus != NO_PFN)
		s->view[VIEW_MAP].scroll = map_scroll_to(s, mm, ch.focus);
}

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

void screen_show(struct screen *s, enum view_id view)
{
	screen_uncover(s);
	s->away = false;
	if (s->nr_panes > 1 && !s->rect[view].rows)
		layout_place(s, layout_pane_of(s, s->focus), view);
	s->focus = view;
}

bool screen_obey(struct screen *s)
{
	struct prefs *p = s->prefs;
	const int view = p->show, pane = p->show_in;

	p->show = p->show_in = -1;
	if (view < 0)
		return false;
	screen_uncover(s);
	if (pane >= 0)
		layout_place(s, pane, (enum view_id)view);
	screen_show(s, (enum view_id)view);
	return true;
}

/* The next pane; where only one is shown, all views take their turn. */
static void move_focus(struct screen *s, int by)
{
	int at = 0;

	screen_uncover(s);
	if (s->nr_panes < 2) {
		s->focus =
			(enum view_id)((s->focus + NR_VIEWS + by) % NR_VIEWS);
		return;
	}
	while (at < s->nr_panes && s->pane[at] != s->focus)
		at++;
	s->focus = s->pane[(at + s->nr_panes + by) % s->nr_panes];
}

/* The next view that stands in no other pane takes this one's place. */
static void change_view(struct screen *s, int by)
{
	int v = s->focus;

	screen_uncover(s);
	do
		v = (v + NR_VIEWS + by) % NR_VIEWS;
	while (s->nr_panes > 1 && s->rect[v].rows && v != (int)s->focus);
	screen_show(s, (enum view_id)v);
}

static void swap_panes(struct screen *s)
{
	const enum view_id here = s->focus;
	int at = 0;

	screen_uncover(s);
	if (s->nr_panes < 2)
		return;
	while (s->pane[at] != here)
		at++;
	layout_place(s, layout_pane_of(s, s->pane[(at + 1) % s->nr_panes]),
		     here);
}

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

void screen_uncover(struct screen *s)
{
	if (!s->covered)
		return;
	s->covered = s->zoomed = false;
	s->focus = s->under;
	layout(s, s->rows, s->cols); /* its panes are there again */
}

static void act_output(struct screen *s)
{
	if (!s->covered && !(s->zoomed && s->focus == VIEW_COMMAND)) {
		s->covered = true;
		s->under = s->focus == VIEW_COMMAND ? VIEW_MAP : s->focus;
	}
	s->focus = VIEW_COMMAND;
	s->view[VIEW_COMMAND].scroll = 0;
	s->zoomed = true;
}

static void act_escape(struct screen *s)
{
	if (s->covered)
		screen_uncover(s);
	else if (s->zoomed)
		s->zoomed = false;
	else if (s->pointing)
		s->pointing = false;
	else
		s->hint = NULL;
	if (s->focus == VIEW_COMMAND && !s->zoomed)
		s->focus = VIEW_MAP;
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
		move_focus(s, 1);
		return true;
	case ACT_PANE_BACK:
		move_focus(s, -1);
		return true;
	case ACT_VIEW_NEXT:
		change_view(s, 1);
		return true;
	case ACT_VIEW_PREV:
		change_view(s, -1);
		return true;
	case ACT_SWAP:
		swap_panes(s);
		return true;
	case ACT_ZOOM:
		if (s->covered)
			screen_uncover(s);
		else
			s->zoomed = !s->zoomed;
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
		act_output(s);
		return true;
	case ACT_ZONE_NEXT:
	case ACT_ZONE_PREV:
		move_zone(s, action == ACT_ZONE_NEXT ? 1 : -1);
		return true;
	case ACT_ESCAPE:
		act_escape(s);
		return true;
	default:
		return act_prefs(s, action) || act_scroll(s, action);
	}
}
