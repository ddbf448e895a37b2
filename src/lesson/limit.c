/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * limit.c - see limit.h
 *
 * By a timer's signal, which takes no argument, so what it needs is static.
 */
#include "lesson/limit.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

#include "cmd/cmd.h"

static struct lab *volatile limited;
static volatile sig_atomic_t reached;
static struct sigaction before;
static bool hard;
static unsigned int seconds_line = 10, seconds_all = 60;
static time_t deadline;
static volatile sig_atomic_t patience;

#define PATIENCE 20 /* seconds between asking and ending */

static void on_alarm(int signo)
{
	static const char last[] = "a line of a lesson takes too long, and "
				   "does not stop\n";

	(void)signo;
	if (reached && hard && --patience <= 0) {
		(void)!write(STDERR_FILENO, last, sizeof last - 1);
		_exit(3);
	}
	reached = 1;
	if (limited)
		lab_interrupt(limited);
	alarm(1); /* in case that was between two lines */
}

static time_t seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

void limit_set(unsigned int line, unsigned int all)
{
	seconds_line = line;
	seconds_all = all;
}

unsigned int limit_line(void)
{
	return seconds_line;
}

unsigned int limit_all(void)
{
	return seconds_all;
}

void limit_begin(void)
{
	deadline = seconds_now() + (time_t)seconds_all;
}

bool limit_over(void)
{
	return seconds_now() >= deadline;
}

void limit_hard(void)
{
	hard = true;
}

void limit_start(struct lab *lab)
{
	struct sigaction act = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};

	sigemptyset(&act.sa_mask);
	reached = 0;
	patience = PATIENCE;
	limited = lab;
	sigaction(SIGALRM, &act, &before);
	alarm(seconds_line);
}

bool limit_stop(void)
{
	alarm(0);
	sigaction(SIGALRM, &before, NULL);
	limited = NULL;
	return reached;
}
