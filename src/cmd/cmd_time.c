/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_time.c - step, back, next, prev, finish, undo, redo, goto
 *
 * Three grains: an event, a phase, a line.
 */
#include <string.h>

#include "cmd/internal.h"

void say_moment(const struct mm *mm, struct out *out)
{
	const uint64_t now = mm_now(mm);
	const struct mm_event *ev = mm_event(mm, now);
	char text[240];

	if (ev)
		event_text(mm, ev, EXPLAIN_SENTENCE, text, sizeof text);
	out_line(out, "event %llu of %llu: %s", (unsigned long long)now,
		 (unsigned long long)mm_last_moment(mm),
		 ev ? text : "before all that is recorded");
}

/* Nowhere to go: an answer, so scripts go on. */
static enum cmd_status stay(const char *who, const char *where, struct out *out)
{
	out_line(out, "%s: this is the %s of what is recorded%s", who, where,
		 strcmp(where, "end") == 0 ? "; `back` and `undo` lead into it"
					   : "");
	return CMD_OK;
}

/* Go there and say so. */
static enum cmd_status go(struct lab *lab, const char *who, uint64_t to,
			  struct out *out)
{
	struct mm *mm = lab_seekable(lab);

	if (to == mm_now(mm))
		return stay(who, "end", out);
	if (mm_seek(mm, to)) {
		complain(out, who, "the world does not move there");
		return CMD_ERROR;
	}
	say_moment(mm, out);
	return CMD_OK;
}

static enum cmd_status run_step(struct lab *lab, const struct args *args,
				struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const uint64_t left = mm_last_moment(mm) - mm_now(mm);
	const uint64_t n = args_number(args, "N", 1);

	if (n == 0)
		return complain(out, "step", "0: expected 1 or more");
	if (!left)
		return go(lab, "step", mm_now(mm), out);
	return go(lab, "step", mm_now(mm) + (n < left ? n : left), out);
}

const struct cmd cmd_step = {
	.name = "step",
	.args = "[N]",
	.brief = "One event forward, or N",
	.flags = CMD_TIME,
	.run = run_step,
};

static enum cmd_status run_back(struct lab *lab, const struct args *args,
				struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const uint64_t left = mm_now(mm) - mm_first_moment(mm);
	const uint64_t n = args_number(args, "N", 1);

	if (n == 0)
		return complain(out, "back", "0: expected 1 or more");
	if (!left)
		return stay("back", "beginning", out);
	return go(lab, "back", mm_now(mm) - (n < left ? n : left), out);
}

const struct cmd cmd_back = {
	.name = "back",
	.args = "[N]",
	.brief = "One event back, or N",
	.flags = CMD_TIME,
	.run = run_back,
};

static enum cmd_status run_next(struct lab *lab, const struct args *args,
				struct out *out)
{
	(void)args;
	return go(lab, "next", mm_neighbour(lab_mm(lab), 1, GRAIN_PHASE), out);
}

const struct cmd cmd_next = {
	.name = "next",
	.args = "",
	.brief = "Forward to the end of the next phase",
	.flags = CMD_TIME,
	.run = run_next,
};

static enum cmd_status run_prev(struct lab *lab, const struct args *args,
				struct out *out)
{
	const struct mm *mm = lab_mm(lab);

	(void)args;
	if (mm_now(mm) == mm_first_moment(mm))
		return stay("prev", "beginning", out);
	return go(lab, "prev", mm_neighbour(mm, -1, GRAIN_PHASE), out);
}

const struct cmd cmd_prev = {
	.name = "prev",
	.args = "",
	.brief = "Back to the end of the phase before",
	.flags = CMD_TIME,
	.run = run_prev,
};

/* To where the operation began that has brought us here. */
static enum cmd_status finish_back(struct lab *lab, struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	struct mm_op op;
	uint64_t i;

	if (mm_now(mm) == mm_first_moment(mm) || mm_op_at(mm, mm_now(mm), &i) ||
	    mm_op(mm, i, &op))
		return stay("finish", "beginning", out);
	return go(lab, "finish",
		  op.first > mm_first_moment(mm) ? op.first
						 : mm_first_moment(mm),
		  out);
}

static enum cmd_status run_finish(struct lab *lab, const struct args *args,
				  struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	struct mm_op op;
	uint64_t i;

	if (args_on(args, "back", false))
		return finish_back(lab, out);
	if (mm_now(mm) == mm_last_moment(mm) ||
	    mm_op_at(mm, mm_now(mm) + 1, &i) || mm_op(mm, i, &op))
		return go(lab, "finish", mm_now(mm), out);
	return go(lab, "finish", op.last, out);
}

const struct cmd cmd_finish = {
	.name = "finish",
	.args = "[back=on|off]",
	.brief = "Forward to the end of the operation, or back to its start",
	.help = "Of the one we stand inside of, or else of the next one; with "
		"back=on of the\none before.",
	.flags = CMD_TIME,
	.run = run_finish,
};

/* So many lines, or all there are: then say how many that was. */
static enum cmd_status many(struct lab *lab, const struct args *args,
			    enum moved (*one)(struct lab *, const char **,
					      struct out *),
			    const char *who, struct out *out)
{
	const uint64_t n = args_number(args, "N", 1);
	enum moved moved = MOVED;
	const char *why = "";
	uint64_t done = 0;

	if (n == 0)
		return complain(out, who, "0: expected 1 or more");
	while (done < n && !lab_stop(lab) &&
	       (moved = one(lab, &why, out)) == MOVED)
		done++;
	if (lab_stopped(lab) && done) {
		lab_stop_told(lab);
		complain(out, who, "stopped after %llu line%s",
			 (unsigned long long)done, done == 1 ? "" : "s");
		return CMD_FAILED;
	}
	if (lab_stopped(lab) || moved == MOVE_FAILED)
		return CMD_FAILED;
	if (!done)
		out_line(out, "%s: nothing to %s%s", who, who, why);
	else if (done < n)
		out_line(out, "%s: %llu line%s, that is all", who,
			 (unsigned long long)done, done == 1 ? "" : "s");
	return CMD_OK;
}

static enum cmd_status run_undo(struct lab *lab, const struct args *args,
				struct out *out)
{
	return many(lab, args, lab_undo, "undo", out);
}

const struct cmd cmd_undo = {
	.name = "undo",
	.args = "[N]",
	.brief = "Take back one command line, or N",
	.help = "Lines that changed nothing in the world do not count.  Each "
		"part of a line\nwith `;` is a line of its own, and so is "
		"each line of a file that `source`\nran.  A world that was "
		"replaced comes back, too.",
	.flags = CMD_TIME,
	.run = run_undo,
};

static enum cmd_status run_redo(struct lab *lab, const struct args *args,
				struct out *out)
{
	return many(lab, args, lab_redo, "redo", out);
}

const struct cmd cmd_redo = {
	.name = "redo",
	.args = "[N]",
	.brief = "Do again one command line that was taken back, or N",
	.flags = CMD_TIME,
	.run = run_redo,
};

static enum cmd_status run_goto(struct lab *lab, const struct args *args,
				struct out *out)
{
	const uint64_t n = args_number(args, "N", 0);
	struct mm *mm = lab_seekable(lab);

	if (n < mm_first_moment(mm) || n > mm_last_moment(mm))
		return complain(out, "goto",
				"%s: expected an event, %llu to "
				"%llu",
				args_word(args, "N", ""),
				(unsigned long long)mm_first_moment(mm),
				(unsigned long long)mm_last_moment(mm));
	mm_seek(mm, n);
	say_moment(mm, out);
	return CMD_OK;
}

const struct cmd cmd_goto = {
	.name = "goto",
	.args = "N",
	.brief = "To the moment after event N; 0 is before the first",
	.flags = CMD_TIME,
	.run = run_goto,
};
