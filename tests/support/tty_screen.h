/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tty_screen.h - the screen behind tty.h: what libvterm makes of the bytes
 */
#ifndef TESTS_TTY_SCREEN_H
#define TESTS_TTY_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

/** @answer gets what a terminal says when it is asked. */
void tty_screen_open(int rows, int cols,
		     void (*answer)(const char *s, size_t len, void *arg));
void tty_screen_close(void);
void tty_screen_resize(int rows, int cols);
void tty_screen_size(int *rows, int *cols);
void tty_screen_take(const char *bytes, size_t n);
/** Cells with what can be seen of their looks, to be compared; free() it. */
char *tty_screen_picture(void);
/** Pictures are the same, or it is told where they differ first. */
void tty_screen_must_be_same(const char *where, const char *then,
			     const char *now);
void tty_screen_must_be_printable(const char *where);

#endif
