/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * viewed.h - a lab and a screen that shows it: what tests of views begin with
 */
#ifndef TESTS_VIEWED_H
#define TESTS_VIEWED_H

#include "tui/view.h"

extern struct lab *lab;
extern struct out *out;
extern struct screen s;

/** Before and after each test: a lab; the screen is the test's to start. */
void given_lab(void);
void forget_lab(void);
/** A line that has to be done. */
void run(const char *line);
/** All of the screen as text, until the next call. */
const char *drawn_at(int rows, int cols);
/** That text has these words in it. */
void shows_at(int rows, int cols, const char *words);

#endif
