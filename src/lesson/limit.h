/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * limit.h - a line of a lesson that takes too long is stopped
 */
#ifndef BUDDYSCOPE_LESSON_LIMIT_H
#define BUDDYSCOPE_LESSON_LIMIT_H

#include <stdbool.h>

struct lab;

/** Seconds for a line (10), and for all lines of a file (60); for tests. */
void limit_set(unsigned int line, unsigned int all);
/** How many they are. */
unsigned int limit_line(void);
unsigned int limit_all(void);
/** A file begins: its time is counted from now on. */
void limit_begin(void);
/** Is its time over? */
bool limit_over(void);

/**
 * From now on a line that is not even stopped ends the program: nobody else
 * works in it.
 */
void limit_hard(void);
/** From now on the lab's line has so long; one lab at a time. */
void limit_start(struct lab *lab);
/** The line has ended: was it stopped? */
bool limit_stop(void);

#endif
