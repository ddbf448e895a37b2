/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tabs.h - where one pane stands alone: all views in a row, to be clicked
 */
#ifndef BUDDYSCOPE_TUI_TABS_H
#define BUDDYSCOPE_TUI_TABS_H

#include "tui/view.h"

/** Draw them into a row; gives the column after the last. */
int tabs_draw(const struct screen *s, int row, struct canvas *c);
/** Column after the last in a row of @cols columns. */
int tabs_end(const struct screen *s, int cols);
/** View whose tab is at a column of the row; -1: none. */
int tabs_view_at(const struct screen *s, int cols, int col);

#endif
