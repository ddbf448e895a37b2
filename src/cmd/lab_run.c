/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lab_run.c - a line, its commands, and the operation that each of them is
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/lab.h"
#include "cmd/lex.h"
#include "cmd/out.h"
#include "cmd/spec.h"

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

/*
 * A change begins where the operation we stand in ends, so that is the world
 * its row has to read.  Where we stood is gone back to before the change
 * begins, which says so, and when there is none.
 */
static void look_from_its_end(struct lab *lab)
{
	struct mm *mm = timeline_mm(lab->time);
	struct mm_op o;
	uint64_t op;

	if (lab->changing || lab->inside || mm_op_at(mm, mm_now(mm), &op) ||
	    mm_op(mm, op, &o) || o.last == mm_now(mm))
		return;
	lab->inside = mm_now(mm);
	mm_seek(mm, o.last);
}

static void stand_inside(struct lab *lab)
{
	if (lab->inside)
		mm_seek(timeline_mm(lab->time), lab->inside);
	lab->inside = 0;
}

struct mm *lab_world(struct lab *lab, struct out *out)
{
	if (!lab->changing) {
		stand_inside(lab);
		lab->announced = !lab->again && !lab->redoing;
		if (lab->announced)
			timeline_announce(lab->time, false, out);
		mm_begin(timeline_mm(lab->time));
		lab->op = operations(timeline_mm(lab->time)) - 1;
		lab->changing = true;
	}
	return timeline_mm(lab->time);
}

void lab_settle(struct lab *lab)
{
	struct mm *mm = timeline_mm(lab->time);
	const char *unit;
	int64_t on = 0;

	if (lab->changing && mm_figure(mm, "schedule", &on, &unit) == 0 && on)
		mm_settle(mm);
}

void lab_end_change(struct lab *lab, const char *line)
{
	struct mm *mm = timeline_mm(lab->time);

	if (!lab->changing)
		return;
	lab->changing = false;
	mm_end(mm);
	if (lab->announced)
		timeline_drop_future(lab->time);
	/* an operation in which nothing happened is not kept */
	if (operations(mm) > lab->op)
		timeline_note(lab->time, lab->op, line);
	series_cut(&lab->plots, lab->op);
}

/* A line has made this operation: does a `break` want to see its inside? */
static void stop_inside(struct lab *lab, bool changed, struct out *out)
{
	if (changed && !lab->stopped && !lab->unbroken &&
	    operations(lab_mm(lab)) > lab->op)
		lab_stop_inside(lab, lab->op, out);
}

enum cmd_status lab_replace(struct lab *lab, struct mm *mm, struct out *out)
{
	stand_inside(lab);
	if (mm_record(mm, MM_RECORD_TAPE) == 0) {
		timeline_announce(lab->time, true, out);
		if (timeline_replace(lab->time, mm, lab->line))
			return CMD_OK;
	}
	out_drop_note(out);
	mm_destroy(mm);
	complain(out, "world", "out of memory; the world is as it was");
	return CMD_ERROR;
}

const char *lab_op_line(const struct lab *lab, uint64_t op)
{
	return timeline_line(lab->time, op);
}

unsigned int lab_op_marks(const struct lab *lab, uint64_t op)
{
	return timeline_marks(lab->time, op);
}

/* ---- what a view shows ---- */

void lab_show(struct lab *lab, const char *view, const char *above,
	      const char *below)
{
	struct lab_shown *s = &lab->shown;

	snprintf(s->view, sizeof s->view, "%s", view);
	snprintf(s->above, sizeof s->above, "%s", above);
	snprintf(s->below, sizeof s->below, "%s", below);
}

const struct lab_shown *lab_shown(const struct lab *lab)
{
	return &lab->shown;
}

/* ---- running ---- */

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
	if (family && n > 1 && strspn(word[1], "0123456789") >= 1 &&
	    strcmp(word[0], "lesson") == 0)
		return complain(out, word[0],
				"%.60s: no such thing; did you mean \"lesson "
				"start %.60s\"?",
				word[1], word[1]);
	if (family && n > 1)
		return complain(out, word[0],
				"%.60s: no such thing; `help %s` lists what "
				"there is",
				word[1], word[0]);
	if (family)
		return complain(out, word[0], "say what; `help %s` lists it",
				word[0]);
	if (familiar_command(word[0]))
		return complain(out, word[0],
				"no such command; did you mean \"%s\"?",
				familiar_command(word[0]));
	if (near.name[0])
		return complain(out, word[0],
				"no such command; did you mean \"%s\"?",
				near.name);
	return complain(out, word[0], "no such command; `help all` lists them");
}

/* What the guard has against it, or the guard of whom it runs lines for. */
static const char *guarded(const struct lab *lab, const struct cmd *cmd)
{
	const char *why = lab->guard ? lab->guard(lab->guard_arg, cmd) : NULL;

	return why || !lab->outer ? why : guarded(lab->outer, cmd);
}

static int64_t killed(const struct lab *lab)
{
	const char *unit;
	int64_t n = 0;

	mm_figure(lab_mm(lab), "vmstat.oom_kill", &n, &unit);
	return n;
}

/* Else who asked for a page is told that it got one, and another is gone. */
static enum cmd_status run_row(struct lab *lab, const struct cmd *cmd,
			       const struct args *args, bool body,
			       struct out *out)
{
	const int64_t before = body ? 0 : killed(lab);
	const enum cmd_status status = cmd->run(lab, args, out);
	const struct mm *mm = lab_mm(lab);
	struct mm_op op;

	if (!body && lab->changing && killed(lab) > before &&
	    mm_op(mm, lab->op, &op) == 0)
		tell_killed(mm, op.first, out);
	return status;
}

/* Words of @command, its row, its arguments; then the row's function. */
enum cmd_status lab_run_row(struct lab *lab, const char *command, bool body,
			    struct out *out)
{
	struct lex_words words;
	const char *why = lex_split(command, strlen(command), &words);
	const char *name[2] = {NULL, NULL};
	const struct cmd *cmd;
	enum cmd_status status;
	struct args *args;
	size_t used;

	lab->row_flags = 0;
	if (why)
		return complain(out, NULL, "%s", why);
	for (size_t i = 0; i < words.n && i < 2; i++)
		name[i] = words.word[i].text;
	cmd = lab_find(lab, name, words.n < 2 ? words.n : 2, &used);
	if (cmd)
		why = guarded(lab, cmd);
	if (why) {
		status = complain(out, cmd->name, "%s", why);
	} else if (!cmd) {
		status = no_such(lab, name, words.n, out);
	} else if (body && (!(cmd->flags & CMD_MUTATES) ||
			    strcmp(cmd->name, "repeat") == 0)) {
		status = complain(out, "repeat",
				  "\"%s\" cannot be repeated; expected a "
				  "command that changes the world, such as "
				  "alloc",
				  cmd->name);
	} else {
		if (!(cmd->flags & CMD_OUTER))
			mm_stop_when(lab_seekable(lab), lab_asked, lab);
		if ((cmd->flags & CMD_MUTATES) && words.n > used)
			look_from_its_end(lab);
		args = args_read(lab_mm(lab), cmd, command, &words, used, out);
		status = args ? run_row(lab, cmd, args, body, out) : CMD_USAGE;
		args_free(args);
		stand_inside(lab);
		lab->row_flags = cmd->flags;
	}
	lex_free(&words);
	return status;
}

/* A command in which names may stand, as a row or as the body of another. */
static enum cmd_status
run_with_names(struct lab *lab, const char *command,
	       enum cmd_status (*run)(struct lab *, const char *, struct out *),
	       struct out *out)
{
	char *ready;
	enum cmd_status status;

	if (!strchr(command, '$'))
		return run(lab, command, out);
	ready = vars_expand(lab, command, out);
	status = ready ? run(lab, ready, out) : CMD_USAGE;
	free(ready);
	return status;
}

static enum cmd_status run_as_body(struct lab *lab, const char *command,
				   struct out *out)
{
	return lab_run_row(lab, command, true, out);
}

enum cmd_status lab_run_body(struct lab *lab, const char *command,
			     struct out *out)
{
	return run_with_names(lab, command, run_as_body, out);
}

void lab_ready(struct lab *lab)
{
	lab->interrupt = 0;
	lab->ready = true;
}

void lab_interrupt(struct lab *lab)
{
	lab->interrupt = 1;
}

uint64_t lab_visit(struct lab *lab, uint64_t moment)
{
	struct mm *mm = lab_seekable(lab);
	const uint64_t here = mm_now(mm);

	mm_seek(mm, moment);
	return here;
}

/* Its own line, or one in whose service it runs lines. */
static bool interrupted(const struct lab *lab)
{
	return lab->interrupt || (lab->outer && interrupted(lab->outer));
}

bool lab_stop(struct lab *lab)
{
	if (lab->again) /* these lines were let through before */
		return false;
	if (interrupted(lab))
		lab->stopped = true;
	return lab->stopped;
}

bool lab_asked(void *lab)
{
	return lab_stop(lab);
}

size_t lab_column(const struct lab *lab)
{
	return lab->column;
}

bool lab_stopped(const struct lab *lab)
{
	return lab->stopped;
}

void lab_stop_told(struct lab *lab)
{
	lab->stopped = false;
}

/* What a command that failed has done so far is taken back. */
static enum cmd_status end_command(struct lab *lab, const char *command,
				   enum cmd_status status, struct out *out)
{
	const bool changed = lab->changing;
	bool done = status == CMD_OK || status == CMD_QUIT, whole;

	if (done) {
		lab_settle(lab);
		done = !lab->stopped;
	}
	whole = done || !lab->changing || lab_take_back(lab);
	lab_end_change(lab, whole ? command : NULL);
	if (!whole || done)
		out_say_note(out);
	else
		out_drop_note(out);
	if (done) {
		stop_inside(lab, changed, out);
		return status;
	}
	if (!whole) {
		complain(out, NULL,
			 "out of memory: the line is done in part, and cannot "
			 "be taken back");
		return CMD_ERROR;
	}
	if (!lab->stopped)
		return status;
	complain(out, NULL, "stopped: nothing was changed");
	return CMD_FAILED;
}

static enum cmd_status run_command(struct lab *lab, const char *command,
				   struct out *out)
{
	const char *const outer = lab->line;
	const unsigned int depth = lab->depth;
	enum cmd_status status;
	bool own_lines;

	lab->line = command;
	status = lab_run_row(lab, command, false, out);
	/* who runs lines has told what became of the one that failed */
	own_lines = lab->row_flags & CMD_OUTER;
	if (!own_lines)
		status = end_command(lab, command, status, out);
	mm_stop_when(lab_seekable(lab), NULL, NULL);
	lab_sync_plots(lab);
	lab->line = outer;
	/* a file's lines are logged one by one, so that it need not be kept */
	if (lab->log && (status == CMD_OK || status == CMD_FAILED) &&
	    !lab->stopped && !own_lines) {
		fprintf(lab->log, "%s\n", command);
		fflush(lab->log);
	}
	if (depth == 0 && lab->after)
		lab->after(lab->after_arg, command, status, out);
	return status;
}

enum cmd_status lab_run(struct lab *lab, const char *line, struct out *out)
{
	const char *why = lex_refuse(line, strnlen(line, LEX_MAX_LINE + 1));
	enum cmd_status status = CMD_OK;
	const char *command, *const start = line;
	size_t len;

	lab->column = 0;
	if (lab->depth == 0 && lab->within == 0) {
		if (!lab->ready)
			lab->interrupt = 0;
		lab->ready = false;
		lab->stopped = false;
		lab->shown = (struct lab_shown){{0}, {0}, {0}};
	}
	if (why)
		return complain(out, NULL, "%s", why);
	if (lab->log_due && !lab->log_held) {
		lab->log_due = false;
		lab_open_session(lab);
	}
	lab->within++;
	while (status == CMD_OK && (command = lex_command(&line, &len))) {
		const size_t column = (size_t)(command - start) + 1;
		char *copy;

		lab->column = column;
		if (lab_stop(lab)) {
			complain(out, NULL,
				 "stopped: what comes from here on was not "
				 "run");
			status = CMD_FAILED;
			break;
		}
		copy = strndup(command, len);
		if (!copy) {
			complain(out, NULL, "out of memory");
			status = CMD_ERROR;
			break;
		}
		if (lab->depth == 0)
			lab_remember(lab, copy);
		status = run_with_names(lab, copy, run_command, out);
		lab->column = column; /* `source` has other lines */
		free(copy);
	}
	lab->within--;
	return status;
}
