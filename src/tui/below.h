/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * below.h - the rows between the panes and the keys
 */
#ifndef BUDDYSCOPE_TUI_BELOW_H
#define BUDDYSCOPE_TUI_BELOW_H

#include "tui/view.h"

/**
 * Draw them; @last is the one above the keys, of which @cols columns are not
 * taken by the keys that were pressed.
 */
void below_draw(const struct screen *s, int last, int cols, struct canvas *c);

#endif
