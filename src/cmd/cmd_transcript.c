/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_transcript.c - transcript: the lines that lead to this world, as a file
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "cmd/fork.h"
#include "cmd/lab.h"

/* Operations up to the moment where we stand; of half a one, none. */
static uint64_t operations_done(const struct mm *mm)
{
	struct mm_op o;
	uint64_t op;

	if (mm_now(mm) == mm_first_moment(mm))
		return mm_first_op(mm);
	if (mm_op_at(mm, mm_now(mm), &op) || mm_op(mm, op, &o))
		return mm_first_op(mm) + mm_nr_ops(mm);
	return o.last == mm_now(mm) ? op + 1 : op;
}

static enum cmd_status write_lines(struct lab *lab, struct out *text,
				   struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const char *made_by = timeline_made_by(lab_timeline(lab));
	const uint64_t n = operations_done(mm);

	out_line(text, "# %s, %s: %" PRIu64 " line%s", mm_world_name(mm),
		 mm_era_name(mm_era(mm)), n, n == 1 ? "" : "s");
	out_line(text, "%s", made_by ? made_by : "world new tiny");
	for (uint64_t op = 0; op < n; op++) {
		const char *line = lab_op_line(lab, op);

		if (!line) {
			complain(out, "transcript",
				 "line %" PRIu64 " is not known any more",
				 op + 1);
			return CMD_ERROR;
		}
		out_line(text, "%s", line);
	}
	out_line(text, "# world hash %016" PRIx64, mm_hash(mm));
	return lab_stop(lab) ? CMD_FAILED : CMD_OK;
}

static enum cmd_status run_transcript(struct lab *lab, const struct args *args,
				      struct out *out)
{
	const char *file = args_place(args, 0);
	struct out *text = out_buffer();
	enum cmd_status status = CMD_ERROR;
	int err;

	if (!text)
		complain(out, "transcript", "out of memory");
	else
		status = write_lines(lab, text, out);
	if (status == CMD_OK && !file) {
		out_text(out, "%s", out_string(text));
	} else if (status == CMD_OK) {
		err = file_replace(file, out_string(text),
				   strlen(out_string(text)));
		if (err) {
			complain(out, "transcript", "%s: %s", file,
				 err == EEXIST
					 ? "is no regular file; name another"
					 : strerror(err));
			status = CMD_ERROR;
		}
	}
	out_free(text);
	return status;
}

const struct cmd cmd_transcript = {
	.name = "transcript",
	.args = "[FILE]",
	.brief = "Write the lines that lead to this world, to run them again",
	.help = "As a script, from the line that made the world to the present "
		"moment; without\nFILE it is shown.  `source FILE` leads to "
		"the same world, byte by byte.",
	.run = run_transcript,
};
