/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * world.c - see world.h
 */
#include "lesson/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOAD "world load "

/* "FOLDER/FILE", quoted; to be freed. */
static char *load_line(const struct lesson *l, const char *file)
{
	const char *slash = strrchr(l->path, '/');
	const size_t folder = slash ? (size_t)(slash - l->path) + 1 : 0;
	char *line = malloc(sizeof LOAD + 2 * (folder + strlen(file)) + 4);
	char *to = line;

	if (!line)
		return NULL;
	to += sprintf(to, LOAD "\"");
	for (size_t i = 0; i < folder + strlen(file); i++) {
		const char c = i < folder ? l->path[i] : file[i - folder];

		if (c == '"' || c == '\\')
			*to++ = '\\';
		*to++ = c;
	}
	strcpy(to, "\"");
	return line;
}

/* What is kept, copied and compared all the time must not be huge. */
#define MOST_STATE ((size_t)1 << 30)

static enum cmd_status refuse_huge(struct lab *lab, enum cmd_status status,
				   struct out *out)
{
	if (status != CMD_OK || mm_state_bytes(lab_mm(lab)) <= MOST_STATE)
		return status;
	out_complain(out, "lesson",
		     "the world is too large for a lesson; expected one of at "
		     "most 64 Mi frames");
	return CMD_ERROR;
}

static enum cmd_status run_and_free(struct lab *lab, char *line,
				    struct out *out)
{
	enum cmd_status status = CMD_ERROR;

	if (line)
		status = lab_run(lab, line, out);
	free(line);
	return refuse_huge(lab, status, out);
}

/* A file's name that stays in the lesson's folder. */
static bool beside(const char *file)
{
	return *file && *file != '/' && !strstr(file, "..") &&
	       !strpbrk(file, "\";#");
}

enum cmd_status lesson_boot(struct lab *lab, const struct lesson *l,
			    struct out *out)
{
	char *boot = vary_text(l, l->boot), *line;
	const size_t size = boot ? strlen(boot) + 100 : 0;
	const bool era = l->era && boot && !strstr(boot, "era=");

	if (boot && strncmp(boot, "load ", 5) == 0) {
		if (beside(boot + 5)) {
			line = load_line(l, boot + 5);
			free(boot);
			return run_and_free(lab, line, out);
		}
		out_complain(out, "boot",
			     "%s: expected a file beside the lesson", boot + 5);
		free(boot);
		return CMD_ERROR;
	}
	line = boot ? malloc(size) : NULL;
	if (line && strpbrk(boot, ";\"#")) {
		out_complain(out, "boot", "expected one world");
		free(line);
		free(boot);
		return CMD_ERROR;
	}
	if (line)
		snprintf(line, size, "world new %s seed=%llu%s%s", boot,
			 (unsigned long long)l->seed, era ? " era=" : "",
			 era ? l->era : "");
	free(boot);
	return run_and_free(lab, line, out);
}

static const char *guard(void *arg, const struct cmd *cmd)
{
	(void)arg;
	if (strcmp(cmd->name, "quit") == 0)
		return "leaves; not in a lesson";
	if ((cmd->flags & CMD_OUTER) || strncmp(cmd->name, "lesson", 6) == 0)
		return "runs other lines; not in a lesson";
	if (cmd->args && strstr(cmd->args, "FILE"))
		return "reads or writes files; not in a lesson";
	return NULL;
}

enum cmd_status lesson_run_line(struct lab *lab, const struct lesson *l,
				const char *line, struct out *out)
{
	enum cmd_status status;

	if (l && strncmp(line, LOAD, strlen(LOAD)) == 0) {
		if (beside(line + strlen(LOAD)))
			return run_and_free(
				lab, load_line(l, line + strlen(LOAD)), out);
		return out_complain(out, "world load",
				    "expected a file beside the lesson, and "
				    "nothing else in the line");
	}
	lab_set_guard(lab, guard, NULL);
	/* what the lesson asks next is about the end of the line */
	lab_set_unbroken(lab, true);
	status = lab_run(lab, line, out);
	lab_set_unbroken(lab, false);
	lab_set_guard(lab, NULL, NULL);
	return refuse_huge(lab, status, out);
}
