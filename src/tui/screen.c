/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * screen.c - what the screen knows besides the world: its start, and what
 * becomes of it when the world changes
 */
#include <stdio.h>
#include <string.h>

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
