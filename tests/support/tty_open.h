/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tty_open.h - the processes behind tty.h: the program and its terminal
 */
#ifndef TESTS_TTY_OPEN_H
#define TESTS_TTY_OPEN_H

#include <stdbool.h>
#include <sys/types.h>

struct tty_program {
	int master;  /* our end of the terminal */
	pid_t pid;   /* the program */
	pid_t child; /* the same, or a parent of it that ends as it did */
};

void tty_program_start(struct tty_program *p, int rows, int cols,
		       const char *term, const char *const *args, bool own_job);
/**
 * Has it read all keys and seen all signals, and waits for the next one?  Also
 * true when it has ended.  What it wrote before can be read at the other end.
 */
bool tty_program_waits(const struct tty_program *p);
/** Processor time it has had so far. */
long tty_program_spent_ms(const struct tty_program *p);
bool tty_program_stopped(const struct tty_program *p);

#endif
