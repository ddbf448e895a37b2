/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout_views.c - which view stands in which pane
 */
#include "tui/layout.h"

static enum view_id usual_view(const struct prefs *p, enum layout_id id,
			       int pane)
{
	const uint8_t chosen = p->chosen[id][pane];

	return chosen < NR_VIEWS ? (enum view_id)chosen
				 : layouts[id].pane[pane].view;
}

int layout_panes(const struct screen *s, enum layout_id id,
		 const struct pane_spec **pane)
{
	*pane = s->taught ? layouts[id].taught : layouts[id].pane;
	return s->taught ? layouts[id].taught_panes : layouts[id].panes;
}

enum view_id layout_view(const struct screen *s, enum layout_id id, int pane)
{
	const uint8_t chosen = s->chosen[id][pane];

	if (!s->taught)
		return usual_view(s->prefs, id, pane);
	return chosen < NR_VIEWS ? (enum view_id)chosen
				 : layouts[id].taught[pane].view;
}

bool layout_sound(const struct prefs *p)
{
	for (int id = 0; id < NR_SCREEN_LAYOUTS; id++)
		for (int i = 0; i < layouts[id].panes; i++)
			for (int j = 0; j < i; j++)
				if (usual_view(p, (enum layout_id)id, i) ==
				    usual_view(p, (enum layout_id)id, j))
					return false;
	return true;
}

int layout_pane_of(const struct screen *s, enum view_id view)
{
	const struct pane_spec *spec;
	const int n = layout_panes(s, s->layout, &spec);

	for (int i = 0; i < n; i++)
		if (layout_view(s, s->layout, i) == view)
			return i;
	return -1;
}

void layout_place(struct screen *s, int pane, enum view_id view)
{
	uint8_t *chosen =
		s->taught ? s->chosen[s->layout] : s->prefs->chosen[s->layout];
	const int from = layout_pane_of(s, view);
	const struct pane_spec *spec;

	if (pane < 0 || pane >= layout_panes(s, s->layout, &spec))
		return;
	if (from >= 0)
		chosen[from] = (uint8_t)layout_view(s, s->layout, pane);
	chosen[pane] = (uint8_t)view;
}
