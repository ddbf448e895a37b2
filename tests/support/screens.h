/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * screens.h - what is drawn, compared with the texts of tests/screens
 *
 * BLESS=1 writes them anew; read the difference before it is committed.
 */
#ifndef TESTS_SCREENS_H
#define TESTS_SCREENS_H

#include "tui/keys.h"
#include "tui/view.h"

/** @text is what tests/screens/NAME.txt holds. */
void then_screen(const char *name, const char *text);
/** A whole screen in that state, on a terminal of that size. */
void then_drawn(struct screen *s, const char *name, int rows, int cols);
/**
 * The focused view alone, at each size that every view is looked at in:
 * NAME-44x13 and so on.
 */
void then_view(struct screen *s, const char *name);
/** A screen for a lab with one view alone, at 80x24. */
void given_view(struct screen *s, const struct lab *lab, enum view_id view);
/** Keys as the user types them, one after the other. */
void type_keys(struct screen *s, const char *keys);

#endif
