/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keybar.h - the last row: what keys do, to be read and to be clicked
 */
#ifndef BUDDYSCOPE_TUI_KEYBAR_H
#define BUDDYSCOPE_TUI_KEYBAR_H

#include "tui/view.h"

void keybar_draw(const struct screen *s, int row, struct canvas *c);
/** Key of keys.h that is shown at a column of the row; KEY_NONE: none. */
int keybar_key_at(const struct screen *s, int cols, int col);

#endif
