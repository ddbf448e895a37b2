/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shell.c - the readline loop; nothing else
 *
 * Through readline's callbacks, so that Ctrl-C only clears the line; while one
 * is being run, it stops that.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "cmd/internal.h"
#include "cmd/out.h"

#define PROMPT "buddyscope> "
#define PROMPT_MORE "> "
#define KEEP_LINES 2000

/* readline's callbacks take no argument, so this one is static. */
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

/* readline wants what all have in common first. */
static char *in_common(char **words)
{
	size_t len = strlen(words[0]);

	for (size_t i = 1; words[i]; i++)
		for (size_t k = 0; k < len; k++)
			if (words[i][k] != words[0][k])
				len = k;
	return strndup(words[0], len);
}

static char **complete_word(const char *text, int start, int end)
{
	size_t from, n = 0;
	char **words, **all;

	(void)text;
	rl_attempted_completion_over = 1;
	words = lab_complete(shell->lab, rl_line_buffer, (size_t)end, &from);
	if (!words || from != (size_t)start) {
		for (size_t i = 0; words && words[i]; i++)
			free(words[i]);
		free(words);
		return NULL;
	}
	while (words[n])
		n++;
	all = calloc(n + 2, sizeof *all);
	if (!all)
		return NULL;
	all[0] = in_common(words);
	if (n > 1)
		memcpy(all + 1, words, n * sizeof *all);
	else
		free(words[0]);
	free(words);
	/* after `order=` the value follows at once */
	if (n == 1 && all[0] && *all[0] && all[0][strlen(all[0]) - 1] == '=')
		rl_completion_append_character = '\0';
	else
		rl_completion_append_character = ' ';
	return all;
}

static void take_line(char *line);

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

static void take_line(char *line)
{
	char meant[300];

	rl_callback_handler_remove();
	if (line && goes_on(&line)) {
		rl_callback_handler_install(PROMPT_MORE, take_line);
		return;
	}
	if (!line) {
		out_line(shell->out, "%s", "");
		shell->done = true;
		return;
	}
	if (*line)
		add_history(line);
	shell->status = lab_run(
		shell->lab, lab_typed(shell->lab, line, meant, sizeof meant),
		shell->out);
	shell->interrupted = 0; /* it was meant for that line */
	free(line);
	out_flush(shell->out);
	if (shell->status == CMD_QUIT)
		shell->done = true;
	else
		rl_callback_handler_install(PROMPT, take_line);
}

/* Until a line has ended the session; Ctrl-C clears the line. */
static void loop(void)
{
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
	struct sigaction interrupt = {.sa_handler = on_interrupt}, before;

	sigemptyset(&interrupt.sa_mask);
	sigaction(SIGINT, &interrupt, &before);
	rl_callback_handler_install(PROMPT, take_line);
	while (!shell->done) {
		if (poll(&in, 1, -1) > 0) {
			rl_callback_read_char();
		} else if (errno != EINTR) {
			break;
		}
		if (shell->interrupted) {
			shell->interrupted = 0;
			free(shell->begun);
			shell->begun = NULL;
			rl_set_prompt(PROMPT);
			rl_free_line_state();
			rl_callback_sigcleanup();
			rl_replace_line("", 0);
			rl_crlf();
			rl_on_new_line();
			rl_redisplay();
		}
	}
	rl_callback_handler_remove();
	sigaction(SIGINT, &before, NULL);
}

enum cmd_status shell_run(struct lab *lab)
{
	struct shell here = {.lab = lab, .out = out_stream(stdout)};
	char *history = state_path("history", true);

	if (!here.out)
		return CMD_ERROR;
	shell = &here;
	rl_readline_name = "buddyscope";
	rl_catch_signals = 0;
	rl_attempted_completion_function = complete_word;
	rl_completer_word_break_characters = " \t;";
	rl_completer_quote_characters = "\"";
	rl_variable_bind("show-all-if-ambiguous", "on");
	using_history();
	stifle_history(KEEP_LINES);
	if (history)
		read_history(history);
	loop();
	if (history)
		write_history(history);
	clear_history();
	free(here.begun);
	free(history);
	out_free(here.out);
	shell = NULL;
	return CMD_OK;
}
