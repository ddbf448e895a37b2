/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lab.c - one learner at work: worlds, lines run, tables in force
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/internal.h"
#include "cmd/lex.h"
#include "cmd/spec.h"
#include "cmd/timeline.h"

#define MAX_TABLES 8
#define MAX_DEPTH 8 /* of files that read files */
#define MAX_HISTORY 65536

struct lab {
	struct timeline *time;
	const struct cmd *const *table[MAX_TABLES];
	unsigned int nr_tables;
	char **history;
	size_t nr_history, room;
	char *file[MAX_DEPTH];
	unsigned int depth; /* files being read */
	const char *line;   /* command being run */
	bool changing;	    /* its operation has begun */
	uint64_t op;	    /* the number of that operation */
	FILE *log;
	void (*after)(void *arg, const char *line, enum cmd_status status);
	void *after_arg;
};

/* ---- life ---- */

static struct mm *first_world(void)
{
	struct mm_config cfg;
	struct mm *mm;

	if (mm_config_preset(&cfg, "tiny", NULL))
		return NULL;
	mm = mm_create(&cfg, NULL);
	if (mm && mm_record(mm, MM_RECORD_TAPE)) {
		mm_destroy(mm);
		return NULL;
	}
	return mm;
}

struct lab *lab_create(void)
{
	struct lab *lab = calloc(1, sizeof *lab);
	struct mm *mm = lab ? first_world() : NULL;

	if (mm)
		lab->time = timeline_create(mm);
	if (!lab || !lab->time) {
		mm_destroy(mm);
		free(lab);
		return NULL;
	}
	lab_add_table(lab, command_table);
	return lab;
}

void lab_destroy(struct lab *lab)
{
	if (!lab)
		return;
	timeline_destroy(lab->time);
	for (size_t i = 0; i < lab->nr_history; i++)
		free(lab->history[i]);
	free(lab->history);
	if (lab->log)
		fclose(lab->log);
	free(lab);
}

/* ---- the world ---- */

const struct mm *lab_mm(const struct lab *lab)
{
	return timeline_mm(lab->time);
}

struct mm *lab_seekable(struct lab *lab)
{
	return timeline_mm(lab->time);
}

/* So many have been made, those that the tape has dropped included. */
static uint64_t operations(const struct mm *mm)
{
	return mm_first_op(mm) + mm_nr_ops(mm);
}

struct mm *lab_world(struct lab *lab, struct out *out)
{
	if (!lab->changing) {
		timeline_settle(lab->time, out);
		mm_begin(timeline_mm(lab->time));
		lab->op = operations(timeline_mm(lab->time)) - 1;
		lab->changing = true;
	}
	return timeline_mm(lab->time);
}

static void end_change(struct lab *lab, const char *line)
{
	struct mm *mm = timeline_mm(lab->time);

	if (!lab->changing)
		return;
	lab->changing = false;
	mm_end(mm);
	/* an operation in which nothing happened is not kept */
	if (operations(mm) > lab->op)
		timeline_note(lab->time, lab->op, line);
}

enum cmd_status lab_replace(struct lab *lab, struct mm *mm, struct out *out)
{
	if (mm_record(mm, MM_RECORD_TAPE) == 0) {
		timeline_settle(lab->time, out);
		if (timeline_replace(lab->time, mm, lab->line))
			return CMD_OK;
	}
	mm_destroy(mm);
	complain(out, "world", "out of memory; the world is as it was");
	return CMD_ERROR;
}

const char *lab_op_line(const struct lab *lab, uint64_t op)
{
	return timeline_line(lab->time, op);
}

/* ---- tables ---- */

int lab_add_table(struct lab *lab, const struct cmd *const *table)
{
	if (lab->nr_tables == MAX_TABLES)
		return -1;
	lab->table[lab->nr_tables++] = table;
	return 0;
}

const struct cmd *lab_cmd(const struct lab *lab, unsigned int i)
{
	for (unsigned int t = 0; t < lab->nr_tables; t++)
		for (const struct cmd *const *c = lab->table[t]; *c; c++)
			if (i-- == 0)
				return *c;
	return NULL;
}

/* Does the row's name begin with @word, and is @next what follows? */
static size_t name_matches(const char *name, const char *word, const char *next)
{
	const size_t len = strlen(word);

	if (strncmp(name, word, len) != 0)
		return 0;
	if (name[len] == '\0')
		return 1;
	return name[len] == ' ' && next && strcmp(name + len + 1, next) == 0
		       ? 2
		       : 0;
}

const struct cmd *lab_find(const struct lab *lab, const char *const *word,
			   size_t n, size_t *used)
{
	const struct cmd *cmd, *found = NULL;

	*used = 0;
	for (unsigned int i = 0; n && (cmd = lab_cmd(lab, i)); i++) {
		const size_t m = name_matches(cmd->name, word[0],
					      n > 1 ? word[1] : NULL);

		if (m > *used) {
			*used = m;
			found = cmd;
		}
	}
	return found;
}

/* "allco: no such command; did you mean "alloc"?" */
static enum cmd_status no_such(const struct lab *lab, const char *const *word,
			       size_t n, struct out *out)
{
	const size_t len = strlen(word[0]);
	const struct cmd *cmd;
	struct nearest near;
	char name[64];
	bool family = false;

	for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++)
		family |= strncmp(cmd->name, word[0], len) == 0 &&
			  cmd->name[len] == ' ';
	nearest_start(&near, family ? n > 1 ? word[1] : "" : word[0]);
	for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++) {
		if (!family) {
			snprintf(name, sizeof name, "%.*s",
				 (int)strcspn(cmd->name, " "), cmd->name);
			nearest_try(&near, name);
		} else if (strncmp(cmd->name, word[0], len) == 0 &&
			   cmd->name[len] == ' ') {
			nearest_try(&near, cmd->name + len + 1);
		}
	}
	if (family && near.name[0] && n > 1)
		return complain(out, word[0],
				"%.60s: no such thing; did you mean \"%s %s\"?",
				word[1], word[0], near.name);
	if (family)
		return complain(out, word[0], "say what; `help %s` lists it",
				word[0]);
	if (near.name[0])
		return complain(out, word[0],
				"no such command; did you mean \"%s\"?",
				near.name);
	return complain(out, word[0], "no such command; `help` lists them");
}

/* ---- running ---- */

/* Words of @command, its row, its arguments; then the row's function. */
static enum cmd_status run_row(struct lab *lab, const char *command, bool body,
			       struct out *out)
{
	struct lex_words words;
	const char *why = lex_split(command, strlen(command), &words);
	const char *name[2] = {NULL, NULL};
	const struct cmd *cmd;
	enum cmd_status status;
	struct args *args;
	size_t used;

	if (why)
		return complain(out, NULL, "%s", why);
	for (size_t i = 0; i < words.n && i < 2; i++)
		name[i] = words.word[i].text;
	cmd = lab_find(lab, name, words.n < 2 ? words.n : 2, &used);
	if (!cmd) {
		status = no_such(lab, name, words.n, out);
	} else if (body && (!(cmd->flags & CMD_MUTATES) ||
			    strcmp(cmd->name, "repeat") == 0)) {
		status = complain(out, "repeat",
				  "\"%s\" cannot be repeated; expected a "
				  "command that changes the world, such as "
				  "alloc",
				  cmd->name);
	} else {
		args = args_read(lab_mm(lab), cmd, command, &words, used, out);
		status = args ? cmd->run(lab, args, out) : CMD_USAGE;
		args_free(args);
	}
	lex_free(&words);
	return status;
}

enum cmd_status lab_run_body(struct lab *lab, const char *command,
			     struct out *out)
{
	return run_row(lab, command, true, out);
}

static void remember(struct lab *lab, const char *line)
{
	if (lab->nr_history == lab->room) {
		size_t room = lab->room ? 2 * lab->room : 64;
		char **more;

		if (room > MAX_HISTORY) { /* the older half goes */
			for (size_t i = 0; i < lab->room / 2; i++)
				free(lab->history[i]);
			lab->nr_history -= lab->room / 2;
			memmove(lab->history, lab->history + lab->room / 2,
				lab->nr_history * sizeof *lab->history);
		} else {
			more = realloc(lab->history, room * sizeof *more);
			if (!more)
				return;
			lab->history = more;
			lab->room = room;
		}
	}
	lab->history[lab->nr_history] = strdup(line);
	lab->nr_history += lab->history[lab->nr_history] != NULL;
}

static enum cmd_status run_command(struct lab *lab, const char *command,
				   struct out *out)
{
	const char *const outer = lab->line;
	const unsigned int depth = lab->depth;
	enum cmd_status status;

	if (depth == 0)
		remember(lab, command);
	lab->line = command;
	status = run_row(lab, command, false, out);
	end_change(lab, command);
	lab->line = outer;
	/* a file's lines are logged one by one, so that it need not be kept */
	if (lab->log && status != CMD_USAGE && status != CMD_QUIT &&
	    strncmp(command, "source", 6) != 0) {
		fprintf(lab->log, "%s\n", command);
		fflush(lab->log);
	}
	if (depth == 0 && lab->after)
		lab->after(lab->after_arg, command, status);
	return status;
}

enum cmd_status lab_run(struct lab *lab, const char *line, struct out *out)
{
	const char *why = lex_refuse(line, strnlen(line, LEX_MAX_LINE + 1));
	enum cmd_status status = CMD_OK;
	const char *command;
	size_t len;

	if (why)
		return complain(out, NULL, "%s", why);
	while (status == CMD_OK && (command = lex_command(&line, &len))) {
		char *copy = strndup(command, len);

		if (!copy) {
			complain(out, NULL, "out of memory");
			return CMD_ERROR;
		}
		status = run_command(lab, copy, out);
		free(copy);
	}
	return status;
}

void lab_on_line(struct lab *lab,
		 void (*after)(void *arg, const char *line, enum cmd_status),
		 void *arg)
{
	lab->after = after;
	lab->after_arg = arg;
}

const char *lab_history(const struct lab *lab, size_t i)
{
	return i < lab->nr_history ? lab->history[i] : NULL;
}

void lab_set_log(struct lab *lab, FILE *log)
{
	if (lab->log)
		fclose(lab->log);
	lab->log = log;
}

/* ---- files that read files ---- */

bool lab_enter_file(struct lab *lab, const char *name, struct out *out)
{
	for (unsigned int i = 0; i < lab->depth; i++)
		if (strcmp(lab->file[i], name) == 0) {
			complain(out, "source",
				 "%s: is being read already; a file may not "
				 "read itself",
				 name);
			return false;
		}
	if (lab->depth == MAX_DEPTH) {
		complain(out, "source", "%s: files are nested deeper than %d",
			 name, MAX_DEPTH);
		return false;
	}
	lab->file[lab->depth] = strdup(name);
	if (!lab->file[lab->depth]) {
		complain(out, "source", "out of memory");
		return false;
	}
	lab->depth++;
	return true;
}

void lab_leave_file(struct lab *lab)
{
	free(lab->file[--lab->depth]);
}

/* ---- undo and redo ---- */

/* The tape has dropped the last line: make the world again without it. */
static bool undo_by_rebuilding(struct lab *lab, uint64_t keep, struct out *out)
{
	struct out *unheard = out_buffer();
	uint64_t n = 0;
	char **lines = unheard ? timeline_restart(lab->time, &n) : NULL;
	char text[160];

	if (!lines) {
		out_free(unheard);
		complain(out, "undo", "out of memory; the world is as it was");
		return false;
	}
	out_line(out,
		 "undone: %s (the world was made again from the %llu line%s "
		 "before)",
		 printable(text, sizeof text,
			   lines[keep] ? lines[keep] : "one operation"),
		 (unsigned long long)keep, keep == 1 ? "" : "s");
	for (uint64_t i = 0; i < n; i++) {
		if (i < keep) {
			run_row(lab, lines[i], false, unheard);
			end_change(lab, lines[i]);
			out_clear(unheard);
		}
		free(lines[i]);
	}
	free(lines);
	out_free(unheard);
	return true;
}

bool lab_undo(struct lab *lab, struct out *out)
{
	const int64_t keep = timeline_rebuild_lines(lab->time);

	if (keep >= 0)
		return undo_by_rebuilding(lab, (uint64_t)keep, out);
	return timeline_undo(lab->time, out);
}

bool lab_redo(struct lab *lab, struct out *out)
{
	return timeline_redo(lab->time, out);
}
