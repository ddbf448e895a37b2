/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * limit.h - a line of a lesson that takes too long is stopped
 */
#ifndef BUDDYSCOPE_LESSON_LIMIT_H
#define BUDDYSCOPE_LESSON_LIMIT_H

#include <stdbool.h>

struct lab;

#define LIMIT_SECONDS 10u

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
