/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tty_open.c - see tty_open.h
 */
#define _XOPEN_SOURCE 700 /* ptsname */
#include "support/tty_open.h"

#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "support/tty.h"

#define MOST_ARGS 16

/* Where nothing can be kept, not even by root. */
static const char nowhere[] = "/dev/null";
static const char *state_home = nowhere;

void tty_keep_in(const char *folder)
{
	state_home = folder ? folder : nowhere;
}

static void become_the_program(const char *term, const char *const *args)
{
	const char *program = getenv("CHECK_PROGRAM");
	char *argv[MOST_ARGS + 2] = {(char *)"buddyscope"};

	for (int i = 0; args && args[i] && i < MOST_ARGS; i++)
		argv[i + 1] = (char *)args[i];
	setenv("TERM", term, 1);
	setenv("XDG_STATE_HOME", state_home, 1);
	setenv("INPUTRC", "/dev/null", 0); /* not the one of who tests */
	/*
	 * A sanitizer's handlers would come before ours, and what curses never
	 * frees is not our leak.
	 */
	setenv("ASAN_OPTIONS",
	       "handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigill=0:"
	       "handle_sigfpe=0:detect_leaks=0",
	       1);
	execv(program ? program : "./buddyscope", argv);
	_exit(99);
}

/* A shell with one job: gives it the terminal, and goes on when it stops. */
static void be_a_shell(int tell, const char *term, const char *const *args)
{
	const pid_t job = fork();
	int status;

	signal(SIGTTOU, SIG_IGN);
	if (job == 0) {
		setpgid(0, 0);
		tcsetpgrp(STDIN_FILENO, getpid());
		signal(SIGTTOU, SIG_DFL);
		become_the_program(term, args);
	}
	setpgid(job, job);
	tcsetpgrp(STDIN_FILENO, job);
	if (write(tell, &job, sizeof job) != sizeof job)
		_exit(98);
	do
		waitpid(job, &status, 0);
	while (!WIFEXITED(status) && !WIFSIGNALED(status));
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

void tty_program_start(struct tty_program *p, int rows, int cols,
		       const char *term, const char *const *args, bool own_job)
{
	struct winsize size = {.ws_row = (unsigned short)rows,
			       .ws_col = (unsigned short)cols};
	int told[2];

	ck_assert_int_eq(pipe(told), 0);
	p->child = forkpty(&p->master, NULL, NULL, &size);
	ck_assert_int_ge(p->child, 0);
	if (p->child == 0) {
		close(told[0]);
		fcntl(told[1], F_SETFD, FD_CLOEXEC);
		if (own_job)
			be_a_shell(told[1], term, args);
		become_the_program(term, args);
	}
	close(told[1]);
	p->pid = p->child;
	if (own_job)
		ck_assert_int_eq(read(told[0], &p->pid, sizeof p->pid),
				 sizeof p->pid);
	close(told[0]);
	fcntl(p->master, F_SETFL, O_NONBLOCK);
	fcntl(p->master, F_SETFD, FD_CLOEXEC);
}

/* Keys on their way to it: looking for input hurries them to their end. */
static int unread(const struct tty_program *p)
{
	const int fd = open(ptsname(p->master), O_RDONLY | O_NOCTTY);
	struct pollfd input = {.fd = fd, .events = POLLIN};
	int n = 0;

	if (fd < 0)
		return 0;
	poll(&input, 1, 0);
	if (ioctl(fd, FIONREAD, &n) != 0)
		n = 0;
	close(fd);
	return n;
}

/* A line of /proc/PID/status that begins so, without that; "": none. */
static void status_line(const struct tty_program *p, const char *name,
			char *rest, size_t size)
{
	char path[40], line[200];
	FILE *f;

	*rest = '\0';
	snprintf(path, sizeof path, "/proc/%d/status", (int)p->pid);
	f = fopen(path, "r");
	while (f && !*rest && fgets(line, sizeof line, f))
		if (strncmp(line, name, strlen(name)) == 0)
			snprintf(rest, size, "%s", line + strlen(name));
	if (f)
		fclose(f);
}

/* The letter that says what it does; 0: it has ended. */
static char state_of(const struct tty_program *p)
{
	char state[100];

	status_line(p, "State:\t", state, sizeof state);
	return *state == 'Z' || *state == 'X' ? 0 : *state;
}

static bool has_signals(const struct tty_program *p)
{
	char own[100], shared[100];

	status_line(p, "SigPnd:\t", own, sizeof own);
	status_line(p, "ShdPnd:\t", shared, sizeof shared);
	return strtoull(own, NULL, 16) || strtoull(shared, NULL, 16);
}

/* Asleep, and in a call that waits for input; others pass by themselves. */
static bool wants_input(const struct tty_program *p)
{
	char path[40];
	long call = -1;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/syscall", (int)p->pid);
	f = fopen(path, "r");
	if (f && fscanf(f, "%ld", &call) != 1)
		call = -1;
	if (f)
		fclose(f);
	return call == SYS_pselect6 || call == SYS_read;
}

bool tty_program_waits(const struct tty_program *p)
{
	return !state_of(p) ||
	       (!unread(p) && wants_input(p) && !has_signals(p));
}

long tty_program_spent_ms(const struct tty_program *p)
{
	char path[40];
	unsigned long user = 0, system = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)p->pid);
	f = fopen(path, "r");
	if (f && fscanf(f,
			"%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u "
			"%*u %lu %lu",
			&user, &system) != 2)
		user = system = 0;
	if (f)
		fclose(f);
	return (long)(user + system) * 1000 / sysconf(_SC_CLK_TCK);
}

bool tty_program_stopped(const struct tty_program *p)
{
	return state_of(p) == 'T';
}
