/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * signals.c - see signals.h
 *
 * Requests to end are only noted here, the loop does the rest.  After a fault
 * nothing can be trusted any more, so the terminal gets its few bytes at once
 * and the signal takes its usual way.
 */
#define _XOPEN_SOURCE 700 /* sigaltstack */
#include "tui/signals.h"

#include <stddef.h>
#include <time.h>

#include "tui/term.h"

/* Ctrl-C this soon after a line that took this long was meant for the line. */
#define LONG_MS 300
#define LATE_MS 1000

static volatile sig_atomic_t caught, typing, given_up;
static struct lab *volatile running;
static volatile long long began, late_until;

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void on_request(int sig)
{
	struct lab *lab = running;

	if (lab)
		lab_interrupt(lab);
	else if (sig == SIGINT && typing)
		given_up = 1;
	if (sig != SIGINT || (!lab && !typing && now_ms() >= late_until))
		caught = sig;
}

static void on_fault(int sig)
{
	term_restore();
	raise(sig);
}

/* A stack of its own: the usual one may be what has run out. */
static void give_stack(void)
{
	static max_align_t stack[4096];
	const stack_t st = {.ss_sp = stack, .ss_size = sizeof stack};

	sigaltstack(&st, NULL);
}

static void catch_all(const int *sigs, void (*handler)(int), int flags)
{
	struct sigaction sa = {.sa_handler = handler, .sa_flags = flags};

	sigemptyset(&sa.sa_mask);
	for (; *sigs; sigs++)
		sigaction(*sigs, &sa, NULL);
}

static const int requests[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, 0};

void signals_catch(void)
{
	static const int faults[] = {SIGSEGV, SIGBUS,  SIGFPE,
				     SIGILL,  SIGABRT, 0};

	caught = 0;
	catch_all(requests, on_request, 0);
	give_stack();
	catch_all(faults, on_fault, (int)SA_RESETHAND | SA_ONSTACK);
}

int signals_caught(void)
{
	return (int)caught;
}

bool signals_came(void)
{
	return caught || given_up;
}

void signals_hold(sigset_t *before)
{
	sigset_t held;

	sigemptyset(&held);
	sigaddset(&held, SIGWINCH);
	sigaddset(&held, SIGTSTP);
	for (const int *sig = requests; *sig; sig++)
		sigaddset(&held, *sig);
	sigprocmask(SIG_BLOCK, &held, before);
}

void signals_let(const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
}

void signals_typing(bool is_typed)
{
	typing = is_typed;
}

bool signals_line_given_up(void)
{
	const bool was = given_up != 0;

	given_up = 0;
	return was;
}

void signals_line_begins(struct lab *lab)
{
	began = now_ms();
	lab_ready(lab);
	running = lab;
	if (caught) /* a moment ago: it is to end, not to begin */
		lab_interrupt(lab);
}

void signals_line_ends(void)
{
	const long long now = now_ms();

	/* beforehand: no moment in which neither of the two holds */
	if (now - began >= LONG_MS)
		late_until = now + LATE_MS;
	running = NULL;
}
