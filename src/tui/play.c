/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * play.c - see play.h
 */
#include "tui/play.h"

#include <stdio.h>
#include <string.h>

/* Above this rate, several moves a frame. */
#define MOST_FRAMES 25

static const struct grain {
	const char *name, *ahead, *back;
} grains[] = {
	[GRAIN_EVENT] = {"event", "step", "back"},
	[GRAIN_PHASE] = {"phase", "next", "prev"},
	[GRAIN_REQUEST] = {"line", "finish", "finish back=on"},
};

#define NR_GRAINS ((int)(sizeof grains / sizeof grains[0]))

const char *grain_name(int grain)
{
	return grain >= 0 && grain < NR_GRAINS ? grains[grain].name : NULL;
}

int grain_find(const char *name)
{
	for (int i = 0; i < NR_GRAINS; i++)
		if (strcmp(grains[i].name, name) == 0)
			return i;
	return -1;
}

int play_ms(const struct screen *s)
{
	const int speed = s->prefs->speed;

	return 1000 / (speed > MOST_FRAMES ? MOST_FRAMES : speed);
}

int play_line(const struct screen *s, char *line, size_t size)
{
	const struct grain *g = &grains[s->prefs->grain];
	const char *word = s->playing < 0 ? g->back : g->ahead;
	const int moves = s->prefs->speed / MOST_FRAMES;
	/* a line that takes a number does all of them */
	const bool at_once = s->prefs->grain == GRAIN_EVENT && moves > 1;

	if (at_once)
		snprintf(line, size, "%s %d", word, moves);
	else
		snprintf(line, size, "%s", word);
	return at_once || moves < 1 ? 1 : moves;
}

bool play_over(const struct screen *s)
{
	const struct mm *mm = lab_mm(s->lab);

	return mm_now(mm) ==
	       (s->playing < 0 ? mm_first_moment(mm) : mm_last_moment(mm));
}

void play_words(const struct screen *s, char *buf, size_t size)
{
	const int speed = s->prefs->speed;
	const bool events = s->prefs->grain == GRAIN_EVENT;

	snprintf(buf, size, "playing%s %d%s%s%s/s",
		 s->playing < 0 ? " back" : "", speed, events ? "" : " ",
		 events ? "" : grain_name((int)s->prefs->grain),
		 events || speed == 1 ? "" : "s");
}

void play_pace(const struct screen *s, char *buf, size_t size)
{
	const int speed = s->prefs->speed;

	snprintf(buf, size, "space plays %d %s%s/s, backspace back", speed,
		 grain_name((int)s->prefs->grain), speed == 1 ? "" : "s");
}
