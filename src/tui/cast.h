/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cast.h - frames over time, as asciicast version 2
 *
 * A line of JSON for the head, then one for each frame: when, and what a
 * terminal is told.  A frame that changes nothing is left out.
 */
#ifndef BUDDYSCOPE_TUI_CAST_H
#define BUDDYSCOPE_TUI_CAST_H

#include "tui/markup.h"
#include "tui/view.h"

/** The head, for frames of that size. */
void cast_begin(struct markup *m, int rows, int cols, const char *title);
/** A frame at @ms milliseconds after the first. */
void cast_frame(struct markup *m, const struct canvas *c, int theme,
		unsigned long ms);

/** The recording of a session on the screen: `record FILE`. */
struct recorder;
/** Begin one; NULL, and errno, when the file cannot be made. */
struct recorder *recorder_open(const char *file);
/** What is shown now; false when it cannot be written any more. */
bool recorder_frame(struct recorder *r, const struct canvas *c, int theme,
		    unsigned long ms);
void recorder_close(struct recorder *r);

#endif
