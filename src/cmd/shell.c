/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shell.c - lines typed at a prompt, run one after the other
 *
 * Ctrl-C only clears the line; while one is being run, it stops that.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#include "cmd/internal.h"
#include "cmd/out.h"

#define PROMPT "buddyscope> "
#define PROMPT_MORE "> "

/* A signal handler takes no argument, so this one is static. */
static struct shell {
	struct lab *lab;
	struct out *out;
	enum cmd_status status;
	char *begun; /* lines that end with a `\\`, so far; or NULL */
	bool done;
	volatile sig_atomic_t interrupted;
} * shell;

static void on_interrupt(int signo)
{
	(void)signo;
	shell->interrupted = 1;
	lab_interrupt(shell->lab);
}

/* Behind what was begun; true, and *@line NULL, when it goes on. */
static bool goes_on(char **line)
{
	const size_t before = shell->begun ? strlen(shell->begun) : 0;
	const size_t len = strlen(*line);
	const bool more = len && (*line)[len - 1] == '\\';
	char *both = before || more ? malloc(before + len + 1) : NULL;

	if (!both) {
		free(shell->begun);
		shell->begun = NULL;
		return false;
	}
	memcpy(both, before ? shell->begun : "", before);
	memcpy(both + before, *line, len + 1);
	if (more)
		both[before + len - 1] = ' ';
	free(*line);
	free(shell->begun);
	shell->begun = more ? both : NULL;
	*line = more ? NULL : both;
	return more;
}

static void take_line(void *arg, char *line)
{
	char meant[300];

	(void)arg;
	if (line && goes_on(&line)) {
		edit_open(EDIT_COMMAND, PROMPT_MORE, NULL, take_line, NULL);
		return;
	}
	if (!line) {
		out_line(shell->out, "%s", "");
		shell->done = true;
		return;
	}
	edit_remember(EDIT_COMMAND, line, true);
	shell->status = lab_run(
		shell->lab, lab_typed(shell->lab, line, meant, sizeof meant),
		shell->out);
	shell->interrupted = 0; /* it was meant for that line */
	free(line);
	out_flush(shell->out);
	if (shell->status == CMD_QUIT)
		shell->done = true;
	else
		edit_open(EDIT_COMMAND, PROMPT, NULL, take_line, NULL);
}

/*
 * Wait for keys; false: they have come to an end.  Ctrl-C comes while it waits,
 * or before it looks whether it came, and never between the two.
 */
static bool wait_for_keys(bool *keys)
{
	sigset_t interrupt, before;
	fd_set in;
	int ready = 0;
	bool over;

	FD_ZERO(&in);
	FD_SET(STDIN_FILENO, &in);
	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	sigprocmask(SIG_BLOCK, &interrupt, &before);
	if (!shell->interrupted)
		ready = pselect(STDIN_FILENO + 1, &in, NULL, NULL, NULL,
				&before);
	*keys = ready > 0;
	over = ready < 0 && errno != EINTR;
	sigprocmask(SIG_SETMASK, &before, NULL);
	return !over;
}

/* Until a line has ended the session; Ctrl-C clears the line. */
static void loop(void)
{
	bool keys;
	struct sigaction interrupt = {.sa_handler = on_interrupt}, before;

	sigemptyset(&interrupt.sa_mask);
	sigaction(SIGINT, &interrupt, &before);
	edit_open(EDIT_COMMAND, PROMPT, NULL, take_line, NULL);
	while (!shell->done && wait_for_keys(&keys)) {
		if (keys)
			edit_read();
		if (shell->interrupted) {
			shell->interrupted = 0;
			free(shell->begun);
			shell->begun = NULL;
			edit_afresh(PROMPT);
		}
	}
	edit_leave();
	sigaction(SIGINT, &before, NULL);
}

enum cmd_status shell_run(struct lab *lab)
{
	struct shell here = {.lab = lab, .out = out_stream(stdout)};

	if (!here.out || !edit_start(lab, false)) {
		out_free(here.out);
		return CMD_ERROR;
	}
	shell = &here;
	loop();
	edit_end();
	free(here.begun);
	out_free(here.out);
	shell = NULL;
	return CMD_OK;
}
