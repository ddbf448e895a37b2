/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout_views.c - which view stands in which pane
 *
 * Each pane has a view of its own: the one of the table, or the one that the
 * user has put there.  A guest stands in front of it.
 */
#include "tui/layout.h"

#include <string.h>

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

static enum view_id own_view(const struct screen *s, enum layout_id id,
			     int pane)
{
	const uint8_t chosen = s->chosen[id][pane];

	if (!s->taught)
		return usual_view(s->prefs, id, pane);
	return chosen < NR_VIEWS ? (enum view_id)chosen
				 : layouts[id].taught[pane].view;
}

/* Pane in which a view is a guest; -1: nowhere. */
static int pane_of_guest(const struct screen *s, enum layout_id id,
			 enum view_id view)
{
	for (int i = 0; i < MAX_PANES; i++)
		if (s->guest[s->taught][id][i] == view)
			return i;
	return -1;
}

/* Where a guest has a pane elsewhere, that one shows what is behind it. */
enum view_id layout_view(const struct screen *s, enum layout_id id, int pane)
{
	const uint8_t guest = s->guest[s->taught][id][pane];
	enum view_id view = own_view(s, id, pane);
	int at;

	if (guest < NR_VIEWS)
		return (enum view_id)guest;
	for (int i = 0; i < MAX_PANES; i++) {
		at = pane_of_guest(s, id, view);
		if (at < 0)
			break;
		view = own_view(s, id, at);
	}
	return view;
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
	const struct pane_spec *spec;
	const int n = layout_panes(s, s->layout, &spec);

	if (pane < 0 || pane >= n)
		return;
	layout_dismiss(s, pane);
	layout_dismiss(s, pane_of_guest(s, s->layout, view));
	for (int from = 0; from < n; from++)
		if (own_view(s, s->layout, from) == view) {
			chosen[from] = (uint8_t)own_view(s, s->layout, pane);
			break;
		}
	chosen[pane] = (uint8_t)view;
}

/* ---- guests ---- */

void layout_invite(struct screen *s, int pane, enum view_id view)
{
	const struct pane_spec *spec;
	const int n = layout_panes(s, s->layout, &spec);

	for (int i = 0; i < n; i++)
		if (own_view(s, s->layout, i) == view && layout_dismiss(s, i))
			return; /* it was behind one */
	if (pane < 0 || pane >= n)
		return;
	layout_dismiss(s, pane_of_guest(s, s->layout, view));
	s->guest[s->taught][s->layout][pane] = (uint8_t)view;
}

bool layout_dismiss(struct screen *s, int pane)
{
	if (pane < 0 || !layout_has_guest(s, pane))
		return false;
	s->guest[s->taught][s->layout][pane] = PANE_AS_USUAL;
	return true;
}

void layout_dismiss_all(struct screen *s)
{
	memset(s->guest, PANE_AS_USUAL, sizeof s->guest);
}

bool layout_has_guest(const struct screen *s, int pane)
{
	return s->guest[s->taught][s->layout][pane] < NR_VIEWS;
}
