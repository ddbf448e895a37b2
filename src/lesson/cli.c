/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli.c - `buddyscope lesson ...`: what can be done without a session
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lesson/limit.h"
#include "lesson/rows.h"
#include "lesson/sheet.h"

static int usage(const char *why)
{
	char text[100];

	fprintf(stderr,
		"buddyscope lesson: %s; expected a lesson's name or file, or "
		"one of check, list, new, print\n",
		printable(text, sizeof text, why));
	return 2;
}

static int check_files(struct lab *lab, int argc, char **argv, struct out *out)
{
	bool strict = false;
	int n = 0, bad = 0;

	limit_hard();
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--strict") == 0) {
			strict = true;
			continue;
		}
		n++;
		bad += lesson_check_file(lab, argv[i], strict, out) != CMD_OK;
	}
	if (!n)
		return usage("expected a file");
	if (bad)
		out_line(out, "%d of %d lessons %s faults", bad, n,
			 bad == 1 ? "has" : "have");
	return bad ? 1 : 0;
}

/* The value behind an option, or after its `=`. */
static bool option(char **argv, int *i, const char *name, const char **value)
{
	const size_t len = strlen(name);

	if (strncmp(argv[*i], name, len) != 0)
		return false;
	if (argv[*i][len] == '=') {
		*value = argv[*i] + len + 1;
		return true;
	}
	if (argv[*i][len])
		return false;
	*value = argv[*i + 1] ? argv[++*i] : "";
	return true;
}

/* ---- on paper ---- */

static int print_usage(const char *what, const char *why)
{
	char text[100];

	fprintf(stderr,
		"buddyscope lesson print: %s: %s; usage: buddyscope lesson "
		"print [--questions|--exam|--answers|--notes] [--html] "
		"[--seed=N | "
		"--student=NAME] LESSON\n",
		printable(text, sizeof text, what), why);
	return 2;
}

static int print_file(struct lab *lab, char **argv, struct out *out)
{
	struct sheet_want want = {.kind = SHEET_QUESTIONS};
	const char *seed = NULL, *name = NULL;
	enum cmd_status status;
	char *path;

	for (int i = 1; argv[i]; i++) {
		if ((strncmp(argv[i], "--", 2) == 0 &&
		     sheet_kind_find(argv[i] + 2, &want.kind)) ||
		    option(argv, &i, "--seed", &seed) ||
		    option(argv, &i, "--student", &want.student))
			continue;
		if (strcmp(argv[i], "--html") == 0)
			want.html = true;
		else if (argv[i][0] == '-' || name)
			return print_usage(argv[i], argv[i][0] == '-'
							    ? "no such option"
							    : "one lesson at a "
							      "time");
		else
			name = argv[i];
	}
	if (!name)
		return print_usage("print", "which lesson?");
	if (!lesson_seed_or_student(seed, want.student, "lesson print",
				    &want.seed, out))
		return 2;
	path = lesson_find(name, out);
	want.path = path;
	status = path ? lesson_print_file(lab, &want, out) : CMD_ERROR;
	free(path);
	return status == CMD_OK ? 0 : 3;
}

/* ---- playing one ---- */

struct choices {
	const char *name, *seed, *student, *feedback;
	bool lecture, unattended, screen;
};

static bool read_choices(struct choices *c, char **argv)
{
	for (int i = 1; argv[i]; i++) {
		if (option(argv, &i, "--seed", &c->seed) ||
		    option(argv, &i, "--student", &c->student) ||
		    option(argv, &i, "--feedback", &c->feedback))
			continue;
		if (strcmp(argv[i], "--lecture") == 0)
			c->lecture = true;
		else if (strcmp(argv[i], "--screen") == 0)
			c->screen = true;
		else if (strcmp(argv[i], "--unattended") == 0)
			c->unattended = true;
		else if (argv[i][0] == '-' || c->name)
			return false;
		else
			c->name = argv[i];
	}
	return c->name != NULL;
}

/* `KEY="VALUE"` behind a line, with what needs it marked. */
static void add(char *line, size_t size, const char *key, const char *value)
{
	size_t n = strlen(line);

	if (!value)
		return;
	n += (size_t)snprintf(line + n, size - n, " %s\"", key);
	for (; *value && n + 4 < size; value++) {
		if (*value == '"' || *value == '\\')
			line[n++] = '\\';
		line[n++] = *value;
	}
	snprintf(line + n, size - n, "\"");
}

static enum cmd_status start(struct lab *lab, const struct choices *c,
			     struct out *out)
{
	char line[2000] = "lesson start";

	add(line, sizeof line, "", c->name);
	add(line, sizeof line, "seed=", c->seed);
	add(line, sizeof line, "student=", c->student);
	add(line, sizeof line, "feedback=", c->feedback);
	if (c->lecture)
		add(line, sizeof line, "lecture=", "on");
	return lab_run(lab, line, out);
}

static const struct item *solution_of(const struct player *p)
{
	const struct step *s = &p->l->step[p->step];

	for (size_t i = 0; i < s->n; i++)
		if (s->item[i].kind == ITEM_SOLUTION)
			return &s->item[i];
	return NULL;
}

/* The solution's lines, as if somebody typed them. */
static enum cmd_status solve(struct player *p, struct out *out)
{
	const struct item *solution = solution_of(p);
	enum cmd_status status = CMD_OK;

	for (size_t i = 0; i < solution->n && status == CMD_OK; i++) {
		const struct action a = {ACT_TYPED, solution->lines[i].text};

		out_line(out, "> %s", a.text);
		status = player_do(p, &a, out);
	}
	if (status == CMD_OK && p->wait == LESSON_TASK) {
		out_complain(out, "lesson",
			     "the solution does not solve the task");
		status = CMD_FAILED;
	}
	return status;
}

enum cmd_status lesson_unattended(struct lab *lab, struct out *out)
{
	struct player *p = playing(lab);
	enum cmd_status status = CMD_OK;

	while (status == CMD_OK && p->wait != LESSON_END)
		switch (p->wait) {
		case LESSON_ANSWER:
		case LESSON_POINT:
			status = player_reveal(p, out);
			break;
		case LESSON_TASK:
			status = solve(p, out);
			break;
		default:
			status = player_next(p, out);
		}
	return status;
}

static int play(struct lab *lab, char **argv, struct out *out,
		int (*screen)(struct lab *))
{
	struct choices c = {0};
	const bool typed = isatty(STDIN_FILENO);
	enum cmd_status status;

	if (!read_choices(&c, argv))
		return usage(argv[1] ? argv[1] : "say which");
	if (lesson_attach(lab, typed && !c.unattended))
		return 3;
	status = start(lab, &c, out);
	if (status != CMD_OK)
		return 3;
	if (c.screen)
		return screen(lab);
	if (typed && !c.unattended)
		status = shell_run(lab);
	else
		status = lesson_unattended(lab, out);
	return status == CMD_OK || status == CMD_QUIT ? 0
	       : status == CMD_FAILED		      ? 1
						      : 3;
}

int lesson_main(struct lab *lab, int argc, char **argv,
		int (*screen)(struct lab *))
{
	struct out *out = out_stream(stdout);
	int status;

	if (!out)
		return 3;
	out_set_errors(out, stderr);
	if (argc > 1 && strcmp(argv[1], "check") == 0)
		status = check_files(lab, argc - 1, argv + 1, out);
	else if (argc > 1 && strcmp(argv[1], "print") == 0)
		status = print_file(lab, argv + 1, out);
	else if (argc == 3 && strcmp(argv[1], "new") == 0)
		status = lesson_new_file(argv[2], out) == CMD_OK ? 0 : 3;
	else if (argc == 2 && strcmp(argv[1], "list") == 0)
		status = lab_run(lab, "lesson list", out) == CMD_OK ? 0 : 3;
	else
		/* `start` is what the command of the language says */
		status = play(lab,
			      argc > 2 && strcmp(argv[1], "start") == 0
				      ? argv + 1
				      : argv,
			      out, screen);
	out_free(out);
	return status;
}
