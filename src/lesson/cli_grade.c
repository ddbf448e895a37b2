/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli_grade.c - `buddyscope grade LESSON ANSWERS...`
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/grade.h"
#include "lesson/limit.h"

struct grading {
	enum grade_format format;
	const char *lesson, *student, *output;
	char **file;
	size_t n;
};

static int usage(const char *what, const char *why)
{
	char text[100];

	fprintf(stderr,
		"buddyscope grade: %s: %s; usage: buddyscope grade "
		"[--format=text|tap|json|gradescope] [--student=NAME] "
		"[--output=FILE] LESSON ANSWERS...\n",
		printable(text, sizeof text, what), why);
	return 2;
}

static bool read_format(const char *word, enum grade_format *format)
{
	static const char *const words[] = {"text", "tap", "json",
					    "gradescope"};

	for (int i = 0; i < 4; i++)
		if (strcmp(word, words[i]) == 0) {
			*format = (enum grade_format)i;
			return true;
		}
	return false;
}

/* The value of --NAME=VALUE or --NAME VALUE; NULL: another option. */
static const char *value_of(char **argv, int *i, const char *name)
{
	const size_t len = strlen(name);

	if (strncmp(argv[*i], name, len) != 0)
		return NULL;
	if (argv[*i][len] == '=')
		return argv[*i] + len + 1;
	if (argv[*i][len])
		return NULL;
	return argv[*i + 1] ? argv[++*i] : "";
}

static int read_arguments(struct grading *g, int argc, char **argv)
{
	const char *value;

	g->file = calloc((size_t)argc, sizeof *g->file);
	if (!g->file)
		return 3;
	for (int i = 1; argv[i]; i++) {
		if ((value = value_of(argv, &i, "--format"))) {
			if (!read_format(value, &g->format))
				return usage(value,
					     "expected text, tap, json or "
					     "gradescope");
		} else if ((value = value_of(argv, &i, "--student"))) {
			g->student = value;
		} else if ((value = value_of(argv, &i, "--output"))) {
			g->output = value;
		} else if (argv[i][0] == '-' && argv[i][1]) {
			return usage(argv[i], "no such option");
		} else if (!g->lesson) {
			g->lesson = argv[i];
		} else {
			g->file[g->n++] = argv[i];
		}
	}
	if (!g->lesson || !g->n)
		return usage("too few files", "expected a lesson and answers");
	if (g->format == GRADE_GRADESCOPE && g->n > 1)
		return usage("gradescope", "expected the answers of one");
	return 0;
}

/* Points in full for all: 0, else 1; 3 when the result cannot be written. */
static int tell(const struct grading *g, const struct grade *grades)
{
	struct out *out = g->output ? out_buffer() : out_stream(stdout);
	int status = 0, e;

	if (!out)
		return 3;
	grade_print(grades, g->n, g->format, out);
	for (size_t i = 0; i < g->n; i++)
		if (*grades[i].trouble || grades[i].points < grades[i].n)
			status = 1;
	if (g->output) {
		e = file_replace(g->output, out_string(out),
				 strlen(out_string(out)));
		if (e) {
			fprintf(stderr, "buddyscope grade: %s: %s\n", g->output,
				strerror(e));
			status = 3;
		}
	}
	out_free(out);
	return status;
}

static int grade_all(struct lab *lab, const struct grading *g)
{
	struct grade *grades = calloc(g->n, sizeof *grades);
	struct out *out = out_stream(stderr);
	char *path = out ? lesson_find(g->lesson, out) : NULL;
	struct faults f = {.out = out};
	struct lesson *l = path ? lesson_read(path, 0, &f) : NULL;
	int status = 3;

	if (grades && l) {
		for (size_t i = 0; i < g->n; i++)
			grade_file(lab, path, g->file[i], g->student,
				   &grades[i]);
		status = tell(g, grades);
		for (size_t i = 0; i < g->n; i++)
			grade_free(&grades[i]);
	}
	lesson_free(l);
	out_free(out);
	free(path);
	free(grades);
	return status;
}

int grade_main(struct lab *lab, int argc, char **argv)
{
	struct grading g = {0};
	int status = read_arguments(&g, argc, argv);

	limit_hard();
	if (!status)
		status = grade_all(lab, &g);
	free(g.file);
	return status;
}
