/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_replay.c - replay: does the model answer as the recorded kernel did?
 *
 * One line a recording.  The first difference is named with the line of the
 * file, and the decision that led to it is told.
 */
#include <stdio.h>
#include <string.h>

#include "cmd/case.h"
#include "cmd/internal.h"
#include "cmd/out.h"
#include "cmd/pressure.h"

static enum cmd_status tell_difference(const struct case_file *c,
				       const struct case_result *r,
				       struct out *story, struct out *out)
{
	out_line(out, "%s: calls %u/%u identical, %s%s", c->name, r->calls,
		 c->calls, r->in_final ? "final state differs: " : "then ",
		 c->why);
	out_text(out, "%s", out_string(story));
	return CMD_FAILED;
}

static enum cmd_status run_case(struct case_file *c, struct out *out)
{
	struct out *story = out_buffer();
	enum cmd_status status = CMD_OK;
	struct case_result r;

	if (!story) {
		out_error(out, "replay: out of memory");
		return CMD_ERROR;
	}
	if (case_run(c, &r, story)) {
		out_line(out,
			 "%s: calls %u/%u identical, final state identical",
			 c->name, r.calls, c->calls);
	} else if (c->verdict == CASE_DIFFERS) {
		status = tell_difference(c, &r, story, out);
	} else {
		out_error(out, c->why);
		status = CMD_ERROR;
	}
	out_free(story);
	return status;
}

static enum cmd_status run_pressure(struct case_file *c, struct out *out)
{
	struct pressure p;

	if (case_run_pressure(c, &p)) {
		out_line(out,
			 "%s: %llu event%s, all in an order that the rules "
			 "allow: %llu run%s of kswapd, %llu of them failed, "
			 "%llu direct reclaim%s, %llu victim%s",
			 c->name, (unsigned long long)p.events,
			 plural((int64_t)p.events), (unsigned long long)p.runs,
			 plural((int64_t)p.runs),
			 (unsigned long long)p.failures,
			 (unsigned long long)p.reclaims,
			 plural((int64_t)p.reclaims),
			 (unsigned long long)p.victims,
			 plural((int64_t)p.victims));
		return CMD_OK;
	}
	if (c->verdict == CASE_DIFFERS) {
		out_line(out, "%s: event %llu breaks a rule of the order: %s",
			 c->name, (unsigned long long)p.events, c->why);
		return CMD_FAILED;
	}
	out_error(out, c->why);
	return CMD_ERROR;
}

static enum cmd_status replay_file(const char *path, bool only_supported,
				   struct out *out)
{
	enum cmd_status status;
	struct case_file c;

	if (!case_open(&c, path)) {
		out_error(out, c.why);
		status = CMD_ERROR;
	} else if (case_is_pressure(&c)) {
		status = run_pressure(&c, out);
	} else if (c.mode == CASE_SLEEPING && !case_sleeping_supported(&c)) {
		out_line(out, "%s: unsupported (mode %s)", c.name,
			 case_mode_name(c.mode));
		status = only_supported ? CMD_OK : CMD_FAILED;
	} else {
		status = run_case(&c, out);
	}
	case_close(&c);
	return status;
}

static enum cmd_status worse(enum cmd_status a, enum cmd_status b)
{
	return a > b ? a : b;
}

/* ---- in the shell ---- */

static enum cmd_status run_replay(struct lab *lab, const struct args *args,
				  struct out *out)
{
	enum cmd_status status = CMD_OK;
	const char *file;

	for (unsigned int i = 0; (file = args_place(args, i)); i++) {
		if (lab_stop(lab))
			return CMD_FAILED;
		status = worse(status, replay_file(file, false, out));
	}
	return status;
}

const struct cmd cmd_replay = {
	.name = "replay",
	.args = "FILE...",
	.brief = "Make the calls of a recording, compare all answers",
	.help = "replay tests/cases/A_128M_tiny.case.gz\n"
		"The recording's state, its calls and its final state, in a "
		"world of their own;\nthe present world stays as it is.  "
		"Fails at the first difference, and tells\nthe decision that "
		"led to it.",
	.run = run_replay,
};

/* ---- as a subcommand ---- */

static const char usage[] =
	"usage: buddyscope replay [--only-supported] FILE...\n"
	"\n"
	"Make the calls of each recording and compare every answer and the "
	"final state\nwith those of the recorded kernel.\n"
	"\n"
	"  --only-supported  leave recordings of other modes out of the "
	"verdict\n"
	"\n"
	"Exit status: 0 all identical, 1 a difference or an unsupported "
	"recording,\n2 usage, 3 a bad file.\n";

static int refuse_option(const char *option)
{
	char shown[80];

	fprintf(stderr,
		"buddyscope replay: %s: expected --only-supported, --help or "
		"recordings\n",
		printable(shown, sizeof shown, option));
	return CMD_USAGE;
}

static int replay_all(char **files, bool only_supported)
{
	struct out *out = out_stream(stdout);
	enum cmd_status status = CMD_OK;

	if (!out) {
		fputs("buddyscope replay: out of memory\n", stderr);
		return CMD_ERROR;
	}
	out_set_errors(out, stderr);
	for (; *files; files++) {
		status =
			worse(status, replay_file(*files, only_supported, out));
		fflush(stdout);
	}
	out_free(out);
	if (fflush(stdout) || ferror(stdout)) {
		fputs("buddyscope replay: standard output cannot be written\n",
		      stderr);
		status = CMD_ERROR;
	}
	return (int)status;
}

int replay_main(int argc, char **argv)
{
	bool only_supported = false;
	int i = 1;

	for (; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		}
		if (strcmp(argv[i], "--help") == 0) {
			fputs(usage, stdout);
			return CMD_OK;
		}
		if (strcmp(argv[i], "--only-supported") != 0)
			return refuse_option(argv[i]);
		only_supported = true;
	}
	if (i >= argc) {
		fputs("buddyscope replay: expected the recordings to replay; "
		      "buddyscope replay --help says more\n",
		      stderr);
		return CMD_USAGE;
	}
	return replay_all(argv + i, only_supported);
}
