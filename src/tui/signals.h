/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * signals.h - a signal stops a line or the screen, and never the terminal
 */
#ifndef BUDDYSCOPE_TUI_SIGNALS_H
#define BUDDYSCOPE_TUI_SIGNALS_H

#include <signal.h>

#include "cmd/cmd.h"

/** Catch what would end the program and leave the terminal as it is. */
void signals_catch(void);
/** The signal that asks the screen to end; 0: none. */
int signals_caught(void);
/** Is there one to act on: to end, or to give the line up? */
bool signals_came(void);
/**
 * Put off what would be caught here, a new size and a stop, and remember what
 * was put off @before: so that none comes between looking whether one came and
 * waiting for the next.
 */
void signals_hold(sigset_t *before);
void signals_let(const sigset_t *before);
/** A line of @lab begins: Ctrl-C stops it, instead of the screen. */
void signals_line_begins(struct lab *lab);
void signals_line_ends(void);
/** While a line is being typed, Ctrl-C is meant for it. */
void signals_typing(bool typing);
/** Has it been pressed since this was asked last? */
bool signals_line_given_up(void);

#endif
