/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * prefs.c - see prefs.h
 */
#include "tui/prefs.h"

#include <stdlib.h>
#include <string.h>

#include "tui/cast.h"

#define SPEED_DEFAULT 3

void prefs_default(struct prefs *p)
{
	*p = (struct prefs){
		.layout = LAYOUT_AUTO,
		.theme = THEME_DARK,
		.speed = SPEED_DEFAULT,
		.grain = GRAIN_EVENT,
		.show = -1,
		.show_in = -1,
	};
	memset(p->chosen, PANE_AS_USUAL, sizeof p->chosen);
}

static void prefs_free(void *arg)
{
	struct prefs *p = arg;

	recorder_close(p->recorder);
	free(p);
}

struct prefs *prefs_of(struct lab *lab)
{
	struct prefs *p = lab_kept(lab, LAB_TUI);

	if (p)
		return p;
	p = malloc(sizeof *p);
	if (!p)
		return NULL;
	prefs_default(p);
	lab_keep(lab, LAB_TUI, p, prefs_free);
	return p;
}

int prefs_speed(int speed, bool faster)
{
	static const int steps[] = {1, 2, 3, 5, 8, 15, 30, 100, 300, SPEED_MAX};
	const int n = sizeof steps / sizeof steps[0];
	int i = 0;

	if (faster) {
		while (i < n - 1 && steps[i] <= speed)
			i++;
	} else {
		i = n - 1;
		while (i > 0 && steps[i] >= speed)
			i--;
	}
	return steps[i];
}
