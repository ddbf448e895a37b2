/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tui.h - the screen, as the rest of the program sees it
 */
#ifndef BUDDYSCOPE_TUI_H
#define BUDDYSCOPE_TUI_H

#include "cmd/cmd.h"

/**
 * tui_run - show the lab on the terminal until the user leaves
 * @refused: what the last line that was run before was refused with; or NULL
 * @why: one phrase when there is no terminal that can show it; else NULL
 *
 * Gives the exit status: 0 after `q` or `quit`, 2 with *why, 128 plus the
 * number of the signal that ended it.  The terminal is restored in every case.
 */
int tui_run(struct lab *lab, const char *refused, const char **why);

/** Bring the screen's commands to a lab; 0, or -1 when there is no room. */
int tui_attach(struct lab *lab);

#endif
