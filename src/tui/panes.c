/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * panes.c - which view has a pane, and which has the keys
 */
#include "tui/keys.h"

#include <string.h>

#include "tui/layout.h"

/* Where one view stands alone, another one comes in front of it. */
static void show_alone(struct screen *s, enum view_id view)
{
	if (s->focus == view)
		return;
	if (!s->alone.on || s->alone.view != s->focus)
		s->alone.from = s->focus;
	s->alone.on = true;
	s->alone.view = view;
}

void screen_show(struct screen *s, enum view_id view)
{
	screen_uncover(s);
	s->away = false;
	if (s->nr_panes < 2)
		show_alone(s, view);
	else if (!s->rect[view].rows)
		layout_invite(s, layout_pane_of(s, s->focus), view);
	s->focus = view;
}

bool panes_guest(const struct screen *s)
{
	int pane;

	if (s->covered)
		return false;
	if (s->nr_panes < 2)
		return s->alone.on && s->alone.view == s->focus;
	pane = layout_pane_of(s, s->focus);
	return pane >= 0 && layout_has_guest(s, pane);
}

bool panes_back(struct screen *s)
{
	int pane;

	if (!panes_guest(s))
		return false;
	if (s->nr_panes < 2) {
		s->focus = s->alone.from;
		s->alone.on = false;
		return true;
	}
	pane = layout_pane_of(s, s->focus);
	layout_dismiss(s, pane);
	s->focus = layout_view(s, s->layout, pane);
	return true;
}

void panes_nth(struct screen *s, enum view_id view)
{
	if (s->focus != view || !panes_back(s))
		screen_show(s, view);
}

void panes_zoom(struct screen *s, bool on)
{
	if (!on && s->zoomed) /* it may have no pane among others */
		panes_back(s);
	s->alone.on = false;
	s->zoomed = on;
}

bool screen_obey(struct screen *s)
{
	struct prefs *p = s->prefs;
	const int view = p->show, pane = p->show_in;

	p->show = p->show_in = -1;
	if (p->afresh) {
		layout_dismiss_all(s);
		memset(s->chosen, PANE_AS_USUAL, sizeof s->chosen);
	}
	p->afresh = false;
	if (view < 0)
		return false;
	screen_uncover(s);
	if (pane >= 0) {
		layout_place(s, pane, (enum view_id)view);
		layout(s, s->rows, s->cols);
	}
	screen_show(s, (enum view_id)view);
	return true;
}

void panes_move(struct screen *s, int by)
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

void panes_change(struct screen *s, int by)
{
	int v = s->focus;

	screen_uncover(s);
	do
		v = (v + NR_VIEWS + by) % NR_VIEWS;
	while (s->nr_panes > 1 && s->rect[v].rows && v != (int)s->focus);
	if (s->nr_panes < 2)
		s->focus = (enum view_id)v;
	else
		layout_place(s, layout_pane_of(s, s->focus), (enum view_id)v);
	s->away = false;
	s->focus = (enum view_id)v;
}

void panes_swap(struct screen *s)
{
	const enum view_id here = s->focus;
	enum view_id next;
	int at = 0;

	screen_uncover(s);
	if (s->nr_panes < 2)
		return;
	while (s->pane[at] != here)
		at++;
	next = s->pane[(at + 1) % s->nr_panes];
	/* guests that are moved are to stay */
	layout_place(s, layout_pane_of(s, here), here);
	layout_place(s, layout_pane_of(s, next), next);
	layout_place(s, layout_pane_of(s, next), here);
}

void screen_uncover(struct screen *s)
{
	if (!s->covered)
		return;
	s->covered = s->zoomed = false;
	s->focus = s->under;
	layout(s, s->rows, s->cols); /* its panes are there again */
}

/* An answer over everything, until it was read. */
static void cover(struct screen *s, enum view_id view)
{
	if (!s->covered && !(s->zoomed && s->focus == view)) {
		s->covered = true;
		s->under = s->focus == VIEW_COMMAND ? VIEW_MAP : s->focus;
	}
	s->focus = view;
	s->view[view].scroll = 0;
	s->zoomed = true;
}

void panes_output(struct screen *s)
{
	cover(s, VIEW_COMMAND);
}

/* The last pane that is neither the map's nor the lesson's; -1: none. */
static int pane_for_figures(const struct screen *s)
{
	for (int i = s->nr_panes - 1; i >= 0; i--)
		if (s->pane[i] != VIEW_MAP && s->pane[i] != VIEW_LESSON)
			return layout_pane_of(s, s->pane[i]);
	return -1;
}

bool screen_answer(struct screen *s)
{
	const struct lab_shown *shown = lab_shown(s->lab);
	const int v = view_find(shown->view);
	int pane;

	if (v < 0)
		return false;
	screen_uncover(s);
	if (v == VIEW_COMPARE)
		compare_worlds(s, shown->above, shown->below);
	pane = pane_for_figures(s);
	if (s->rect[v].rows) {
		screen_show(s, (enum view_id)v);
	} else if (v == VIEW_FIGURES && s->nr_panes > 1 && pane >= 0) {
		layout_invite(s, pane, VIEW_FIGURES);
		s->focus = VIEW_FIGURES;
	} else {
		cover(s, (enum view_id)v);
	}
	return true;
}

void panes_escape(struct screen *s)
{
	if (s->covered) {
		s->said = s->said && s->focus != VIEW_COMMAND; /* it was read */
		screen_uncover(s);
	} else if (s->zoomed) {
		panes_zoom(s, false);
	} else if (s->pointing) {
		s->pointing = false;
	} else if (!panes_back(s)) {
		s->hint = NULL;
	}
	if (s->focus == VIEW_COMMAND && !s->zoomed)
		s->focus = VIEW_MAP;
}
