/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * transcript.h - the user's state folder: history and the last session
 */
#ifndef BUDDYSCOPE_CMD_TRANSCRIPT_H
#define BUDDYSCOPE_CMD_TRANSCRIPT_H

#include <stdbool.h>

/**
 * state_path - the file @name in $XDG_STATE_HOME/buddyscope
 * @make: create the folder when it is missing
 *
 * Or in ~/.local/state/buddyscope.  NULL when there is no such place; the
 * caller frees it.
 */
char *state_path(const char *name, bool make);

#endif
