/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * screen.c - what the screen knows besides the world: its start, what becomes
 * of it when the world changes, and where in the world it looks
 */
#include <stdio.h>
#include <string.h>

#include "tui/keys.h"
#include "tui/view.h"

#define CHECK_FRAMES 65536  /* worlds up to this are checked each time */
#define MAX_FRAME_ZOOM 4096 /* frames of a zone that opens frame by frame */

struct reply reply_say(const char *expected)
{
	struct reply r = reply(REPLY_SAY);

	snprintf(r.line, sizeof r.line, "%s", expected);
	return r;
}

void screen_enter(struct screen *s)
{
	const struct mm *mm = lab_mm(s->lab);
	uint32_t most = 0;

	s->pointing = s->held = false;
	for (int v = 0; v < NR_VIEWS; v++)
		if (v != VIEW_LESSON) /* lesson_follow() knows better */
			s->view[v].scroll = 0;
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

	*s = (struct screen){
		.lab = lab,
		.depth = EXPLAIN_NUMBERS,
	};
	memset(s->chosen, PANE_AS_USUAL, sizeof s->chosen);
	layout_dismiss_all(s);
	prefs_default(&s->own);
	s->prefs = lab_kept(lab, LAB_TUI) ? lab_kept(lab, LAB_TUI) : &s->own;
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

/* ---- where it looks ---- */

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

void screen_zone(struct screen *s, int by)
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

bool screen_point(struct screen *s, pfn_t pfn)
{
	const struct mm *mm = lab_mm(s->lab);

	if (pfn >= mm_end_pfn(mm))
		return false;
	s->pointing = true;
	s->hint = NULL; /* it is told about the frame instead */
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
