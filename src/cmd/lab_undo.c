/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lab_undo.c - taking lines back, and doing them again
 */
#include <stdlib.h>

#include "cmd/lab.h"

/* The world's first state, and its first @keep lines once more. */
static bool make_again(struct lab *lab, uint64_t keep, bool redo)
{
	struct out *unheard = out_buffer();
	char **lines = unheard ? timeline_restart(lab->time, keep, redo) : NULL;

	if (!lines) {
		out_free(unheard);
		return false;
	}
	series_forget(&lab->plots);
	lab->again = true;
	for (uint64_t i = 0; i < keep; i++) {
		lab_run_row(lab, lines[i], false, unheard);
		lab_settle(lab);
		lab_end_change(lab, lines[i]);
		out_clear(unheard);
		free(lines[i]);
	}
	lab->again = false;
	free(lines);
	out_free(unheard);
	return true;
}

bool lab_take_back(struct lab *lab)
{
	struct mm *mm = lab_seekable(lab);
	const uint64_t op = lab->op;

	lab->changing = false;
	if (mm_abandon(mm) == 0)
		return true;
	/* it has outgrown the tape, and the future with it */
	if (lab->announced)
		timeline_drop_future(lab->time);
	if (make_again(lab, op, false))
		return true;
	timeline_note(lab->time, op, NULL);
	return false;
}

/* The tape has dropped the last line: make the world again without it. */
static enum moved undo_by_rebuilding(struct lab *lab, uint64_t keep,
				     struct out *out)
{
	const char *line = lab_op_line(lab, keep);
	char text[160], how[80] = "anew";

	printable(text, sizeof text, line ? line : "one operation");
	if (!make_again(lab, keep, true)) {
		complain(out, "undo", "out of memory; the world is as it was");
		return MOVE_FAILED;
	}
	if (keep == 1)
		snprintf(how, sizeof how, "again from the line before");
	else if (keep)
		snprintf(how, sizeof how, "again from the %llu lines before",
			 (unsigned long long)keep);
	out_line(out, "undone: %s (the world was made %s)", text, how);
	return MOVED;
}

enum moved lab_undo(struct lab *lab, const char **why, struct out *out)
{
	const int64_t keep = timeline_rebuild_lines(lab->time);

	if (keep >= 0)
		return undo_by_rebuilding(lab, (uint64_t)keep, out);
	return timeline_undo(lab->time, why, out);
}

/* A line beyond the tape's end is run once more, and not heard. */
static enum moved redo_line(struct lab *lab, char *line, struct out *out)
{
	struct out *unheard = out_buffer();
	enum cmd_status status = CMD_ERROR;
	char text[240];

	if (unheard) {
		lab->redoing = true;
		status = lab_run_row(lab, line, false, unheard);
		if (status == CMD_OK)
			lab_settle(lab);
		if (lab->stopped)
			status = CMD_FAILED;
		lab->redoing = false;
	}
	out_free(unheard);
	if (status != CMD_OK && lab->changing)
		lab_take_back(lab);
	if (status != CMD_OK) {
		timeline_give_undone(lab->time, line);
		if (!lab->stopped)
			complain(out, "redo", "%s", "the line failed");
		return MOVE_FAILED;
	}
	lab_end_change(lab, line);
	out_line(out, "redone: %s", printable(text, sizeof text, line));
	free(line);
	return MOVED;
}

enum moved lab_redo(struct lab *lab, const char **why, struct out *out)
{
	char *line = timeline_take_undone(lab->time);

	(void)why;
	if (line)
		return redo_line(lab, line, out);
	return timeline_redo(lab->time, out);
}
