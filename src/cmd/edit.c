/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * edit.c - the line that is being typed: readline, behind one interface
 *
 * The shell lets readline have the terminal.  The screen has a terminal of
 * its own: it hands over the bytes of each key, and draws what edit_look()
 * gives.  Bindings, history and completion are the same for both.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "cmd/cmd.h"

#define KEEP_LINES 2000
#define MOST_BYTES 64 /* of one key */
#define ESCAPE 27
#define ABORT ('G' & 0x1f)

/* readline has one line, and its callbacks take no argument. */
static struct edit {
	struct lab *lab;
	bool drawn; /* by somebody else */
	bool ready; /* what is set once has been */
	FILE *nowhere;
	char *file; /* where commands are kept; NULL: nowhere */
	enum edit_kind kind;
	HISTORY_STATE *past[NR_EDIT_KINDS]; /* of those not in use */
	edit_done_fn *done;		    /* NULL: no line is open */
	void *arg;
	unsigned char key[MOST_BYTES];
	size_t at, len; /* what readline has not read yet of it */
	char **found;	/* what may stand at the cursor, for one look */
	size_t nr_found;
} e;

/* ---- completion ---- */

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

static void free_words(char **words)
{
	for (size_t i = 0; words && words[i]; i++)
		free(words[i]);
	free(words);
}

static char **complete_word(const char *text, int start, int end)
{
	size_t from, n = 0;
	char **words, **all;

	(void)text;
	rl_attempted_completion_over = 1;
	if (e.kind != EDIT_COMMAND)
		return NULL;
	words = lab_complete(e.lab, rl_line_buffer, (size_t)end, &from);
	if (!words || from != (size_t)start) {
		free_words(words);
		return NULL;
	}
	while (words[n])
		n++;
	all = calloc(n + 2, sizeof *all);
	if (!all) {
		free_words(words);
		return NULL;
	}
	all[0] = in_common(words);
	if (n > 1)
		memcpy(all + 1, words, n * sizeof *all);
	else
		free(words[0]);
	free(words);
	/* after `order=` the value follows at once, after a folder a file */
	if (n == 1 && all[0] && *all[0] &&
	    strchr("=/", all[0][strlen(all[0]) - 1]))
		rl_completion_append_character = '\0';
	else
		rl_completion_append_character = ' ';
	return all;
}

static void forget_found(void)
{
	free_words(e.found);
	e.found = NULL;
	e.nr_found = 0;
}

/* In place of printing them; the first is what they have in common. */
static void keep_found(char **words, int n, int longest)
{
	(void)longest;
	forget_found();
	e.found = calloc((size_t)n + 1, sizeof *e.found);
	for (int i = 1; e.found && i <= n; i++) {
		char *word = words[i] ? strdup(words[i]) : NULL;

		if (word)
			e.found[e.nr_found++] = word;
	}
}

/* ---- what readline asks of a terminal that is not its own ---- */

static int bytes_wait(void)
{
	return e.at < e.len;
}

/* It never waits: who wants more within a key is told that this was all. */
static int next_byte(FILE *in)
{
	(void)in;
	return bytes_wait() ? e.key[e.at++] : EOF;
}

static void draw_nothing(void)
{
}

static void take_terminal_away(void)
{
	rl_getc_function = next_byte;
	rl_input_available_hook = bytes_wait;
	rl_redisplay_function = draw_nothing;
	rl_completion_display_matches_hook = keep_found;
	rl_prep_term_function = NULL;
	rl_deprep_term_function = NULL;
	rl_catch_sigwinch = 0;
	rl_outstream = e.nowhere;
}

static void give_terminal(void)
{
	rl_getc_function = rl_getc;
	rl_input_available_hook = NULL;
	rl_redisplay_function = rl_redisplay;
	rl_completion_display_matches_hook = NULL;
	rl_prep_term_function = rl_prep_terminal;
	rl_deprep_term_function = rl_deprep_terminal;
	rl_catch_sigwinch = 1;
	rl_outstream = stdout;
}

/* ---- history ---- */

static void use_history(enum edit_kind kind)
{
	HISTORY_STATE none = {0};

	if (kind == e.kind)
		return;
	e.past[e.kind] = history_get_history_state();
	history_set_history_state(e.past[kind] ? e.past[kind] : &none);
	free(e.past[kind]);
	e.past[kind] = NULL;
	e.kind = kind;
}

/* The file is there from the first line on: lines are added to it. */
static void load_history(void)
{
	int fd;

	using_history();
	stifle_history(KEEP_LINES);
	e.file = state_path("history", true);
	if (!e.file)
		return;
	read_history(e.file);
	fd = open(e.file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
}

static void drop_history(void)
{
	HISTORY_STATE *last;

	clear_history();
	last = history_get_history_state();
	history_set_history_state(&(HISTORY_STATE){0});
	if (last)
		free(last->entries);
	free(last);
}

static void drop_histories(void)
{
	for (int k = 0; k < NR_EDIT_KINDS; k++) {
		if ((int)e.kind != k && !e.past[k])
			continue;
		use_history((enum edit_kind)k);
		drop_history();
	}
	use_history(EDIT_COMMAND);
	for (int k = 0; k < NR_EDIT_KINDS; k++) {
		free(e.past[k]);
		e.past[k] = NULL;
	}
}

void edit_remember(enum edit_kind kind, const char *line, bool keep)
{
	if (!*line)
		return;
	use_history(kind);
	add_history(line);
	if (keep && kind == EDIT_COMMAND && e.file)
		append_history(1, e.file);
}

/* ---- beginning and end ---- */

bool edit_start(struct lab *lab, bool drawn)
{
	e.lab = lab;
	e.drawn = drawn;
	e.kind = EDIT_COMMAND;
	if (drawn && !e.nowhere)
		e.nowhere = fopen("/dev/null", "w");
	if (drawn && !e.nowhere)
		return false;
	rl_readline_name = "buddyscope";
	rl_catch_signals = 0;
	/* the screen asks for the size itself, and LINES would fix it */
	rl_change_environment = 0;
	rl_attempted_completion_function = complete_word;
	rl_completer_word_break_characters = " \t;";
	rl_completer_quote_characters = "\"";
	if (!e.ready)
		rl_variable_bind("show-all-if-ambiguous", "on");
	e.ready = true;
	/* which keys there are it asks of a terminal that it has */
	give_terminal();
	rl_initialize();
	if (drawn)
		take_terminal_away();
	load_history();
	return true;
}

void edit_end(void)
{
	edit_leave();
	if (e.file)
		history_truncate_file(e.file, KEEP_LINES);
	drop_histories();
	free(e.file);
	e.file = NULL;
	give_terminal();
	if (e.nowhere)
		fclose(e.nowhere);
	e.nowhere = NULL;
	e.lab = NULL;
}

/* ---- a line ---- */

static void close_line(void)
{
	rl_callback_handler_remove();
	forget_found();
	e.done = NULL;
}

static void on_line(char *line)
{
	edit_done_fn *const done = e.done;

	close_line();
	done(e.arg, line);
	if (e.done)
		return;
	/* the rest of a macro has nowhere to go */
	rl_free_line_state();
	rl_clear_pending_input();
	RL_UNSETSTATE(RL_STATE_MACROINPUT);
	e.at = e.len = 0;
}

void edit_open(enum edit_kind kind, const char *prompt, const char *text,
	       edit_done_fn *done, void *arg)
{
	edit_leave();
	use_history(kind);
	e.done = done;
	e.arg = arg;
	rl_callback_handler_install(prompt, on_line);
	if (text && *text)
		rl_insert_text(text);
}

void edit_leave(void)
{
	if (!e.done)
		return;
	rl_free_line_state();
	rl_callback_sigcleanup();
	rl_replace_line("", 1);
	close_line();
}

void edit_afresh(const char *prompt)
{
	rl_set_prompt(prompt);
	rl_free_line_state();
	rl_callback_sigcleanup();
	rl_replace_line("", 0);
	rl_crlf();
	rl_on_new_line();
	rl_redisplay();
}

/* ---- keys ---- */

void edit_read(void)
{
	rl_callback_read_char();
}

/* Inside of something that takes keys of its own. */
static bool busy(void)
{
	return RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH |
			  RL_STATE_NUMERICARG | RL_STATE_MULTIKEY |
			  RL_STATE_VIMOTION | RL_STATE_CHARSEARCH) != 0;
}

/* Sequences without a meaning would leave their tail in the line. */
static bool has_meaning(void)
{
	char seq[MOST_BYTES + 1];

	if (e.len < 3 || e.key[0] != ESCAPE ||
	    (e.key[1] != '[' && e.key[1] != 'O'))
		return true;
	memcpy(seq, e.key, e.len);
	seq[e.len] = '\0';
	return rl_function_of_keyseq(seq, rl_get_keymap(), NULL) != NULL;
}

/*
 * Curses puts the terminal into a mode in which some keys send ESC O; unless
 * told to do the same, readline knows and users bind what they send else.
 */
static void as_in_the_shell(void)
{
	const char *keypad = rl_variable_value("enable-keypad");

	if (e.len == 3 && e.key[0] == ESCAPE && e.key[1] == 'O' &&
	    strchr("ABCDFH", e.key[2]) &&
	    !(keypad && strcmp(keypad, "on") == 0))
		e.key[1] = '[';
}

void edit_type(const char *bytes, size_t n)
{
	if (!e.done || !n || n > MOST_BYTES)
		return;
	forget_found();
	memcpy(e.key, bytes, n);
	e.at = 0;
	e.len = n;
	as_in_the_shell();
	if (!has_meaning())
		e.len = 0;
	while (e.done && bytes_wait())
		rl_callback_read_char();
	e.at = e.len = 0;
}

static void type_byte(char byte)
{
	edit_type(&byte, 1);
}

bool edit_escape(void)
{
	if (!e.done)
		return false;
	if (RL_ISSTATE(RL_STATE_ISEARCH) ||
	    (rl_editing_mode == 0 && RL_ISSTATE(RL_STATE_VIMOTION)) ||
	    (rl_editing_mode == 0 && !busy() &&
	     rl_get_keymap() != vi_movement_keymap))
		type_byte(ESCAPE);
	else if (busy())
		type_byte(ABORT);
	else
		edit_leave();
	return e.done != NULL;
}

void edit_point(size_t at)
{
	if (e.done && !busy() && at <= (size_t)rl_end)
		rl_point = (int)at;
}

void edit_insert(const char *text)
{
	if (!e.done)
		return;
	forget_found();
	if (busy()) /* it is what is searched for */
		for (; *text; text++)
			type_byte(*text);
	else
		rl_insert_text(text);
}

bool edit_empty(void)
{
	return rl_end == 0 && !busy();
}

/* ---- what it looks like ---- */

/* Only where the user has asked for it, as in the shell. */
static const char *mode_string(void)
{
	const char *shown = rl_variable_value("show-mode-in-prompt");

	if (!shown || strcmp(shown, "on") != 0)
		return "";
	return rl_variable_value(rl_editing_mode ? "emacs-mode-string"
				 : rl_get_keymap() == vi_movement_keymap
					 ? "vi-cmd-mode-string"
					 : "vi-ins-mode-string");
}

void edit_look(struct edit_look *look)
{
	const char *mode = e.done ? mode_string() : "";

	*look = (struct edit_look){
		.mode = mode ? mode : "",
		.prompt = e.done && rl_display_prompt ? rl_display_prompt : "",
		.text = e.done && rl_line_buffer ? rl_line_buffer : "",
		.at = e.done ? (size_t)rl_point : 0,
		.found = e.found,
		.nr_found = e.nr_found,
	};
}
