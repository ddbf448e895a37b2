/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * panes.c - which view has a pane, and which has the keys
 */
#include "tui/keys.h"

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
	screen_show(s, (enum view_id)v);
}

void panes_swap(struct screen *s)
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

void screen_uncover(struct screen *s)
{
	if (!s->covered)
		return;
	s->covered = s->zoomed = false;
	s->focus = s->under;
	layout(s, s->rows, s->cols); /* its panes are there again */
}

void panes_output(struct screen *s)
{
	if (!s->covered && !(s->zoomed && s->focus == VIEW_COMMAND)) {
		s->covered = true;
		s->under = s->focus == VIEW_COMMAND ? VIEW_MAP : s->focus;
	}
	s->focus = VIEW_COMMAND;
	s->view[VIEW_COMMAND].scroll = 0;
	s->zoomed = true;
}

void panes_escape(struct screen *s)
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
