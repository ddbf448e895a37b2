/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tty.h - the program itself on a terminal that libvterm stands in for
 *
 * One terminal at a time.  What is waited for has half a minute, times
 * CHECK_PATIENCE, for a program that is made slow; CHECK_PROGRAM names
 * another one than ./buddyscope.
 */
#ifndef TESTS_TTY_H
#define TESTS_TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define TTY_UP "\033OA"
#define TTY_DOWN "\033OB"
#define TTY_RIGHT "\033OC"
#define TTY_LEFT "\033OD"
#define TTY_ESC "\033"

/** The program on a terminal of that size and TERM, without arguments. */
void tty_open(int rows, int cols, const char *term);
/**
 * The same with arguments, NULL-ended, argv[0] left out.  @own_job: a parent
 * stands between, as a shell does, so that the program can be stopped.
 */
void tty_open_with(int rows, int cols, const char *term,
		   const char *const *args, bool own_job);
/** Where it keeps what it remembers; NULL, and at first: nowhere. */
void tty_keep_in(const char *folder);
/** The process of the program. */
pid_t tty_pid(void);
/** The program ends by itself with this status; the terminal is put away. */
void tty_ends_with(int status);
/** It ends by a signal, which it had from outside or sent itself. */
void tty_ends_by(int signal);
/** It ends, no matter how. */
void tty_has_ended(void);
/** It is killed: all that was to be seen of it was seen. */
void tty_close(void);
/** The terminal goes away under the program, which has to end. */
void tty_hang_up(void);
/** Does it still run? */
bool tty_alive(void);
/** It stops, as after SIGTSTP; opened with a job of its own. */
void tty_must_be_stopped(void);

/* ---- to the program ---- */

void tty_press(const char *keys);
/** A letter of a table of keys (tui/keys.h); false: no terminal has it. */
bool tty_press_key(int key);
void tty_resize(int rows, int cols);
/** The left button goes down and up; row and column count from 0. */
void tty_click(int row, int col);
void tty_wheel(int row, int col, bool up);

/* ---- from the program ---- */

/** Read until @ms pass without more, or a lot has come. */
void tty_settle(int ms);
/** Read until it waits for a key and has read all that were pressed. */
void tty_idle(void);
/** Read until it has worked for a tenth of a second of its own time. */
void tty_busy(void);
int tty_rows(void);
/** One row, or all of them with line ends; what is not ASCII is a blank. */
const char *tty_row(int row);
const char *tty_frame(void);
bool tty_shows(const char *what);
bool tty_find(const char *what, int *row, int *col);
void tty_must_show(const char *what);
void tty_must_not_show(const char *what);
/** The number in the title: where on the tape it stands; -1: none there. */
int tty_event(void);
void tty_must_stand_at(int event);
/** All bytes sent since tty_forget(), up to 1 MiB of them. */
const char *tty_sent(size_t *len);
void tty_forget(void);
/** Does the terminal read and echo lines again, as it did at first? */
bool tty_restored(void);
/** Is it in the database of terminals of this machine? */
bool tty_known(const char *term);

/* ---- is the frame right ---- */

/** What is shown, once it waits again, is that picture. */
void tty_must_become(const char *where, const char *picture);
/**
 * The frame has its title and its last row, nothing unprintable, and is what
 * drawing all afresh gives (@afresh: that ctrl-l may be pressed for it).
 */
void tty_must_be_sane(const char *where, bool afresh);

#endif
