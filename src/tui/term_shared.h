/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * term_shared.h - what term_curses.c and term_keys.c have in common
 */
#ifndef BUDDYSCOPE_TUI_TERM_SHARED_H
#define BUDDYSCOPE_TUI_TERM_SHARED_H

#include <signal.h>
#include <stdbool.h>

/** Are the locale's characters in UTF-8? */
extern bool term_utf8;
/** A size may have come and gone; what was shown then is lost all the same. */
extern volatile sig_atomic_t term_resized;
/** What was pasted last is not asked for any more. */
void term_forget_pasted(void);

#endif
