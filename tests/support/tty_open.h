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
	unsigned long blocked; /* how often it had waited before the last key */
	bool pressed;	       /* a key, since it was last seen to wait */
	bool escaped;	       /* ... the last one was an escape */
};

void tty_program_start(struct tty_program *p, int rows, int cols,
		       const char *term, const char *const *args, bool own_job);
/**
 * Has it read all keys, and waits now?  @blocked: how often it has waited so
 * far, since a key takes its time from one end of a terminal to the other.
 * True when it has ended.
 */
bool tty_program_waits(const struct tty_program *p, unsigned long *blocked);
bool tty_program_stopped(const struct tty_program *p);

#endif
