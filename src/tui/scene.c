/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scene.c - see scene.h
 *
 * It is made of command lines like everything else, so `undo` takes it back
 * and `history` shows how it was done.
 */
#include "tui/scene.h"

#include <stdio.h>
#include <string.h>

static const char *const lines[] = {
	"alloc order=0 type=M count=72 name=files",
	"free files every=2",
	"drain",
	"alloc order=2 count=3 name=kernel",
	"free files every=2",
	"alloc order=1 type=E count=5 name=inodes",
	"drain",
	"alloc order=3 name=buffer",
};

/* The moment before the last line takes a block off its list, to split it. */
static uint64_t before_split(const struct mm *mm)
{
	uint64_t n = mm_last_moment(mm), first = mm_first_moment(mm), i;
	struct mm_op op;

	if (mm_op_at(mm, n, &i) == 0 && mm_op(mm, i, &op) == 0)
		first = op.first;
	for (uint64_t at = first + 1; at <= n; at++)
		if (mm_event(mm, at) && mm_event(mm, at)->type == EV_list_del)
			return at - 1;
	return first;
}

bool scene_set(struct lab *lab)
{
	const struct mm *mm = lab_mm(lab);
	struct out *out;
	char line[40];

	/* a world that somebody chose is left as it is, even a fresh one */
	if (lab_history(lab, 0) || mm_last_moment(mm) > 0 ||
	    strcmp(mm_world_name(mm), "tiny") != 0 ||
	    mm_recording(mm) != MM_RECORD_TAPE)
		return false;
	out = out_buffer();
	if (!out)
		return false;
	lab_hold_session(lab, true); /* nobody has typed these */
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		if (lab_run(lab, lines[i], out) != CMD_OK)
			break;
	snprintf(line, sizeof line, "goto %llu",
		 (unsigned long long)before_split(lab_mm(lab)));
	lab_run(lab, line, out);
	lab_hold_session(lab, false);
	out_free(out);
	return true;
}
