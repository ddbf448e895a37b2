/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * script.c - lines from a file, unattended
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/internal.h"
#include "cmd/lex.h"
#include "cmd/out.h"

enum got { GOT_LINE, GOT_END, GOT_REFUSED };

struct script {
	FILE *f;
	const char *name;
	unsigned long number; /* of the line; of several joined, the first */
	unsigned long last;   /* read so far */
	size_t len;
	const char *why; /* GOT_REFUSED */
	char line[LEX_MAX_LINE + 2];
};

/* One line of the file, behind what is there; false at the end of all. */
static bool read_part(struct script *s, bool *whole)
{
	int c;

	*whole = true;
	while ((c = getc(s->f)) != EOF && c != '\n') {
		s->line[s->len++] = (char)c;
		if (s->len > LEX_MAX_LINE)
			break;
	}
	if (c == EOF && ferror(s->f)) {
		s->why = strerror(errno);
		return false;
	}
	s->last++;
	if (s->len && s->line[s->len - 1] == '\r' && c == '\n')
		s->len--; /* a line end from elsewhere */
	if (s->len && s->line[s->len - 1] == '\\' && c == '\n') {
		s->line[s->len - 1] = ' ';
		*whole = false;
	}
	return c != EOF || s->len;
}

/*
 * One line without its end, and those that it goes on in after a `\`; a line
 * that cannot be one is not read on.
 */
static enum got read_line(struct script *s)
{
	bool whole, any = false;

	s->len = 0;
	s->why = NULL;
	s->number = s->last + 1;
	do {
		if (!read_part(s, &whole))
			break;
		any = true;
	} while (!whole && s->len <= LEX_MAX_LINE);
	if (s->why)
		return GOT_REFUSED;
	if (!any)
		return GOT_END;
	s->line[s->len] = '\0';
	s->why = lex_refuse(s->line, s->len);
	return s->why ? GOT_REFUSED : GOT_LINE;
}

/* "  1 > alloc order=2": how --plain shows what was typed. */
static void echo(struct out *out, unsigned long number, const char *line)
{
	out_line(out, "%3lu > %s", number, line);
}

/* "name:3:8: ..." for the command that failed, 0 for the line as a whole. */
static void say_where(struct script *s, size_t column, struct out *out,
		      bool outer_holds)
{
	char held[512], text[700], name[160], place[40];

	snprintf(held, sizeof held, "%s", out_held_error(out));
	out_hold_errors(out, outer_holds);
	if (!held[0])
		snprintf(held, sizeof held, "failed: %.200s", s->line);
	snprintf(place, sizeof place, column ? "%lu:%zu" : "%lu", s->number,
		 column);
	snprintf(text, sizeof text, "%s:%s: %s",
		 printable(name, sizeof name, s->name), place, held);
	out_error(out, text);
}

static enum cmd_status run_lines(struct lab *lab, struct script *s,
				 struct out *out, bool plain)
{
	const bool outer = out_hold_errors(out, true);
	enum cmd_status status = CMD_OK;
	enum got got;

	while (status == CMD_OK && (got = read_line(s)) != GOT_END) {
		if (got == GOT_REFUSED) {
			complain(out, NULL, "%s", s->why);
			s->line[0] = '\0';
			say_where(s, 0, out, outer);
			return CMD_ERROR;
		}
		if (plain)
			echo(out, s->number, s->line);
		status = lab_run(lab, s->line, out);
	}
	if (status == CMD_OK || status == CMD_QUIT)
		out_hold_errors(out, outer);
	else
		say_where(s, lab_column(lab), out, outer);
	return status;
}

enum cmd_status script_run(struct lab *lab, FILE *f, const char *name,
			   struct out *out, bool plain)
{
	struct script *s = malloc(sizeof *s);
	enum cmd_status status;

	if (!s) {
		complain(out, NULL, "%s: out of memory", name);
		return CMD_ERROR;
	}
	s->f = f;
	s->name = name;
	s->number = s->last = 0;
	status = run_lines(lab, s, out, plain);
	free(s);
	return status;
}

enum cmd_status script_run_text(struct lab *lab, const char *text,
				const char *name, struct out *out, bool plain)
{
	char *copy = strdup(text); /* fmemopen() wants to be able to write */
	FILE *f = copy && *copy ? fmemopen(copy, strlen(copy), "r") : NULL;
	enum cmd_status status = CMD_OK;

	if (f) {
		status = script_run(lab, f, name, out, plain);
		fclose(f);
	} else if (!copy || *copy) {
		complain(out, NULL, "%s: out of memory", name);
		status = CMD_ERROR;
	}
	free(copy);
	return status;
}

/* Devices and pipes might never end, and would be read while we wait. */
static FILE *open_regular(const char *file, struct out *out)
{
	const int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat sb;
	FILE *f = NULL;

	if (fd < 0 || fstat(fd, &sb))
		complain(out, "source", "%s: %s", file, strerror(errno));
	else if (!S_ISREG(sb.st_mode))
		complain(out, "source", "%s: is no regular file", file);
	else if (!(f = fdopen(fd, "r")))
		complain(out, "source", "%s: %s", file, strerror(errno));
	if (fd >= 0 && !f)
		close(fd);
	return f;
}

enum cmd_status source_file(struct lab *lab, const char *file, struct out *out)
{
	enum cmd_status status;
	FILE *f;

	if (!lab_enter_file(lab, file, out))
		return CMD_ERROR;
	f = open_regular(file, out);
	status = f ? script_run(lab, f, file, out, false) : CMD_ERROR;
	if (f)
		fclose(f);
	lab_leave_file(lab);
	return status;
}

enum cmd_status plain_run(struct lab *lab, FILE *f, struct out *out)
{
	const bool typed = isatty(fileno(f));
	struct script *s = malloc(sizeof *s);
	enum cmd_status status = CMD_OK;
	char meant[300];
	enum got got;

	if (!s) {
		complain(out, NULL, "out of memory");
		return CMD_ERROR;
	}
	s->f = f;
	s->number = s->last = 0;
	while (status != CMD_QUIT) {
		if (typed)
			out_text(out, "%3lu > ", s->last + 1);
		out_flush(out);
		got = read_line(s);
		if (got == GOT_END)
			break;
		if (got == GOT_REFUSED) {
			complain(out, NULL, "line %lu: %s", s->number, s->why);
			status = CMD_ERROR;
			break;
		}
		if (!typed)
			echo(out, s->number, s->line);
		status = lab_run(
			lab, lab_typed(lab, s->line, meant, sizeof meant), out);
	}
	if (typed && status != CMD_QUIT)
		out_text(out, "\n");
	free(s);
	return status == CMD_QUIT ? CMD_OK : status;
}
