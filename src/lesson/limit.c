/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * limit.c - see limit.h
 *
 * By a timer's signal, which takes no argument, so what it needs is static.
 */
#include "lesson/limit.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "cmd/cmd.h"

static struct lab *volatile limited;
static volatile sig_atomic_t reached;
static struct sigaction before;

static void on_alarm(int signo)
{
	(void)signo;
	reached = 1;
	if (limited)
		lab_interrupt(limited);
	alarm(1); /* in case that was between two lines */
}

void limit_start(struct lab *lab)
{
	struct sigaction act = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};

	sigemptyset(&act.sa_mask);
	reached = 0;
	limited = lab;
	sigaction(SIGALRM, &act, &before);
	alarm(LIMIT_SECONDS);
}

bool limit_stop(void)
{
	alarm(0);
	sigaction(SIGALRM, &before, NULL);
	limited = NULL;
	return reached;
}
