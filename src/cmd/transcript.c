/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * transcript.c - lines are logged as they run, so that a session that was
 * killed can be taken up again
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/internal.h"
#include "cmd/lex.h"

/* Each folder on the way to @path; what cannot be made is found out later. */
static void make_folders(char *path)
{
	for (char *s = path + 1; *s; s++) {
		if (*s != '/')
			continue;
		*s = '\0';
		mkdir(path, 0700);
		*s = '/';
	}
}

char *state_path(const char *name, bool make)
{
	const char *base = getenv("XDG_STATE_HOME"), *below = "";
	char *path;
	size_t size;

	if (!base || base[0] != '/') { /* a relative one is to be ignored */
		base = getenv("HOME");
		below = "/.local/state";
	}
	if (!base || base[0] != '/')
		return NULL;
	size = strlen(base) + strlen(below) + strlen(name) +
	       sizeof "/buddyscope/";
	path = malloc(size);
	if (!path)
		return NULL;
	snprintf(path, size, "%s%s/buddyscope/%s", base, below, name);
	if (make)
		make_folders(path);
	return path;
}

void lab_log_session(struct lab *lab)
{
	lab_hold_session(lab, false);
	lab_session_due(lab, true);
}

void lab_open_session(struct lab *lab)
{
	char *path = state_path("session", true);
	char *former = state_path("session.1", true);
	FILE *log = NULL;
	const char *line;
	int fd;

	if (path && former) {
		(void)rename(path, former);
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		log = fd < 0 ? NULL : fdopen(fd, "w");
		if (fd >= 0 && !log)
			close(fd);
	}
	/* what was run before belongs to the session, too */
	for (size_t i = 0; log && (line = lab_history(lab, i)); i++)
		fprintf(log, "%s\n", line);
	if (log && fflush(log)) {
		fclose(log);
		log = NULL;
	}
	lab_set_log(lab, log);
	free(path);
	free(former);
}

/* Only lines that were run before are in it; one that fails now is skipped. */
static unsigned long run_again(struct lab *lab, FILE *f, struct out *quiet)
{
	char *line = malloc(LEX_MAX_LINE + 2);
	unsigned long n = 0;

	while (line && fgets(line, (int)LEX_MAX_LINE + 2, f)) {
		line[strcspn(line, "\n")] = '\0';
		if (lab_run(lab, line, quiet) != CMD_USAGE)
			n++;
		out_clear(quiet);
	}
	free(line);
	return n;
}

enum cmd_status lab_resume(struct lab *lab, struct out *out)
{
	char *path = state_path("session", false);
	FILE *f = path ? fopen(path, "r") : NULL;
	struct out *quiet = out_buffer();
	unsigned long n;

	free(path);
	lab_resumes(lab);
	if (!f || !quiet) {
		if (f)
			fclose(f);
		out_free(quiet);
		complain(out, "--resume", "there is no session to resume");
		return CMD_ERROR;
	}
	n = run_again(lab, f, quiet);
	out_line(out, "resumed: %lu line%s of the last session", n,
		 n == 1 ? "" : "s");
	out_free(quiet);
	fclose(f);
	return CMD_OK;
}
