/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * play.h - moving through what is recorded by the clock, either way
 */
#ifndef BUDDYSCOPE_TUI_PLAY_H
#define BUDDYSCOPE_TUI_PLAY_H

#include "tui/view.h"

/** Milliseconds from one beat to the next. */
int play_ms(const struct screen *s);
/** What one beat is: this line, so many times. */
int play_line(const struct screen *s, char *line, size_t size);
/** Is there nothing more in the direction that it plays? */
bool play_over(const struct screen *s);
/** "playing 3/s", "playing back 2 lines/s" */
void play_words(const struct screen *s, char *buf, size_t size);
/** What playing would do: "plays 3 phases/s" */
void play_pace(const struct screen *s, char *buf, size_t size);
/** Number of the grain with this name, an enum mm_grain; -1: none. */
int grain_find(const char *name);
/** Its name; NULL beyond the last. */
const char *grain_name(int grain);

#endif
