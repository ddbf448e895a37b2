/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * task_words.h - one task in words: its request, what it waits for, its run
 * of compaction, its counters
 */
#ifndef BUDDYSCOPE_TUI_TASK_WORDS_H
#define BUDDYSCOPE_TUI_TASK_WORDS_H

#include "tui/fields.h"
#include "tui/view.h"

/** The step of its request; RUNG_NONE: it has none. */
enum mm_rung task_rung(const struct mm *mm, unsigned int task);
/** What it is at, in two words; "" for nothing. */
const char *task_work(const struct mm *mm, unsigned int task);
/** All of it, from @row on; gives the rows that takes. */
int task_draw_words(const struct mm *mm, unsigned int task, int row,
		    struct canvas *c);

#endif
