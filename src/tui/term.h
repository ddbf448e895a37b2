/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * term.h - keys in, by term_keys.c, and cells out, by term_curses.c
 */
#ifndef BUDDYSCOPE_TUI_TERM_H
#define BUDDYSCOPE_TUI_TERM_H

#include <signal.h>

#include "tui/canvas.h"
#include "tui/prefs.h"

/** Take the terminal over; NULL, or one phrase that says why it cannot be. */
const char *term_open(void);
/** Use the colours of a theme from now on, as far as the terminal has them. */
void term_theme(enum theme_id id);
void term_close(void);
/** The same after a fault: only what a signal handler may call. */
void term_restore(void);
void term_size(int *rows, int *cols);
/** Show a canvas; the cursor at a place, or hidden if @row is below 0. */
void term_draw(const struct canvas *c, int row, int col);
/** Has the other end been closed? */
bool term_gone(void);
/** Draw everything afresh the next time. */
void term_redraw(void);
/**
 * The next key, as keys.h numbers them; KEY_NONE after @ms milliseconds or
 * a signal.  While it waits, only the signals of @held are put off; called with
 * others put off, it misses none of them.  A click or a turn of the wheel sets
 * *@row and *@col.  Sequences that mean nothing here are read to their end and
 * become TK_IGNORED.
 */
int term_key(int ms, const sigset_t *held, int *row, int *col);

/**
 * What was pasted, when term_key() gave TK_PASTE: UTF-8 of at most
 * TERM_MOST_PASTED bytes, ended by NUL, until the next key.  A terminal that
 * does not tell what is pasted sends it as keys.
 */
const char *term_pasted(void);
#define TERM_MOST_PASTED 65536
/** Was there more of it than that? */
bool term_pasted_more(void);

#define TERM_MOST_BYTES 64
/**
 * The bytes that the terminal sent for that key, for somebody who reads them
 * his own way; none for the mouse and for reports.
 */
size_t term_sent(const char **bytes);

#endif
