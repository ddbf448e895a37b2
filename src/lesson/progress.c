/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * progress.c - what a learner has done, kept from day to day
 *
 *	buddyscope-answers 1
 *	lesson 02-splitting
 *	hash 5f3a...
 *	seed 7
 *	step 2 of 5
 *	--
 *	next
 *	answer 6
 *	type alloc order=3 name=mine
 *	hint
 *	reveal
 *
 * The same file is handed in and graded: it says what was done, and never
 * what it was worth.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lesson/teacher.h"

#define MAGIC "buddyscope-answers 1"
#define MOST_BYTES ((off_t)4 << 20)

static const char *const words[] = {
	[ACT_NEXT] = "next",	 [ACT_ANSWER] = "answer", [ACT_HINT] = "hint",
	[ACT_REVEAL] = "reveal", [ACT_TYPED] = "type",
};

/* ---- writing ---- */

/* The same from wherever one comes back; to be freed. */
static char *whole_path(const char *path)
{
	char here[2048], *whole;

	if (path[0] == '/' || !getcwd(here, sizeof here))
		return strdup(path);
	whole = malloc(strlen(here) + strlen(path) + 2);
	if (whole)
		sprintf(whole, "%s/%s", here, path);
	return whole;
}

char *progress_text(const struct player *p, bool place)
{
	struct out *out = out_buffer();
	char *text, *path = place ? whole_path(p->l->path) : NULL;

	if (!out) {
		free(path);
		return NULL;
	}
	out_line(out, MAGIC);
	out_line(out, "lesson %s", p->l->name);
	if (path)
		out_line(out, "path %s", path);
	free(path);
	out_line(out, "hash %016llx", (unsigned long long)p->l->hash);
	out_line(out, "seed %llu", (unsigned long long)p->l->seed);
	if (*p->student)
		out_line(out, "student %s", p->student);
	out_line(out, "feedback %s", feedback_name(p->feedback));
	if (p->lecture)
		out_line(out, "lecture on");
	if (p->wait == LESSON_END && !p->broken)
		out_line(out, "done");
	else
		out_line(out, "step %zu of %zu", p->step + 1, p->l->n);
	out_line(out, "--");
	for (size_t i = 0; i < p->nr_actions; i++)
		out_line(out, "%s%s%s", words[p->action[i].kind],
			 p->action[i].text ? " " : "",
			 p->action[i].text ? p->action[i].text : "");
	text = strdup(out_string(out));
	out_free(out);
	return text;
}

char *progress_path(const char *name, bool make)
{
	char file[LESSON_NAME + 24];

	snprintf(file, sizeof file, "lessons/%s.answers", name);
	return state_path(file, make);
}

char *progress_done_path(const char *name)
{
	char file[LESSON_NAME + 24];

	snprintf(file, sizeof file, "lessons/%s.done", name);
	return state_path(file, false);
}

/* A lesson that was done and is begun again: what was reached is kept. */
static void keep_done(const struct player *p, const char *path)
{
	struct progress pr;
	char *done, why[200];

	if (p->wait == LESSON_END || access(path, R_OK) != 0 ||
	    !progress_read(path, &pr, why, sizeof why))
		return;
	done = pr.done ? progress_done_path(p->l->name) : NULL;
	if (done)
		(void)!rename(path, done);
	free(done);
	progress_free(&pr);
}

void progress_keep(struct teacher *t)
{
	char *text, *path, *last, line[LESSON_NAME + 2];

	if (!t->save || !t->p)
		return;
	text = progress_text(t->p, true);
	path = progress_path(t->p->l->name, true);
	last = state_path("lessons/last", true);
	/* a folder that cannot be written is no reason to stop teaching */
	if (text && path) {
		keep_done(t->p, path);
		file_replace(path, text, strlen(text));
	}
	snprintf(line, sizeof line, "%s\n", t->p->l->name);
	if (last)
		file_replace(last, line, strlen(line));
	free(text);
	free(path);
	free(last);
}

/* ---- reading ---- */

/* The whole file, ended; NULL and @why. */
static char *read_all(const char *path, char *why, size_t size)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char *text = NULL;
	struct stat sb;
	size_t len = 0;
	ssize_t n;

	snprintf(why, size, "out of memory");
	if (fd < 0 || fstat(fd, &sb)) {
		snprintf(why, size, "%s", strerror(errno));
	} else if (!S_ISREG(sb.st_mode)) {
		snprintf(why, size, "is no regular file");
	} else if (sb.st_size > MOST_BYTES) {
		snprintf(why, size, "is longer than 4 MiB");
	} else if ((text = malloc((size_t)sb.st_size + 1))) {
		while (len < (size_t)sb.st_size &&
		       (n = read(fd, text + len, (size_t)sb.st_size - len)) > 0)
			len += (size_t)n;
		text[len] = '\0';
		if (strlen(text) != len) {
			snprintf(why, size, "line 1: expected \"" MAGIC "\"");
			free(text);
			text = NULL;
		}
	}
	if (fd >= 0)
		close(fd);
	return text;
}

static void copy(char *to, size_t size, const char *from)
{
	char text[1024];

	printable(text, sizeof text, from);
	snprintf(to, size, "%s", text);
}

/* A line of the head; NULL, or what was expected. */
static const char *head_line(struct progress *pr, char *line)
{
	char *value = strchr(line, ' ');
	unsigned long long n;

	if (strcmp(line, "done") == 0) {
		pr->done = true;
		return NULL;
	}
	if (!value)
		return "expected a word and its value";
	*value++ = '\0';
	if (strcmp(line, "lesson") == 0)
		copy(pr->lesson, sizeof pr->lesson, value);
	else if (strcmp(line, "path") == 0)
		copy(pr->path, sizeof pr->path, value);
	else if (strcmp(line, "student") == 0)
		copy(pr->student, sizeof pr->student, value);
	else if (strcmp(line, "lecture") == 0)
		pr->lecture = strcmp(value, "on") == 0;
	else if (strcmp(line, "hash") == 0 && sscanf(value, "%16llx", &n) == 1)
		pr->hash = n;
	else if (strcmp(line, "seed") == 0 && sscanf(value, "%19llu", &n) == 1)
		pr->seed = n;
	else if (strcmp(line, "feedback") == 0 &&
		 feedback_find(value, &pr->feedback))
		return NULL;
	else if (strcmp(line, "step") == 0 &&
		 sscanf(value, "%4u of %4u", &pr->step, &pr->steps) == 2)
		return NULL;
	else
		return "expected lesson, hash, seed, student, feedback or step";
	return NULL;
}

static const char *action_line(struct progress *pr, const char *line)
{
	struct action *more;

	for (int k = 0; k <= ACT_TYPED; k++) {
		const size_t len = strlen(words[k]);
		const bool text = k == ACT_ANSWER || k == ACT_TYPED;

		if (strncmp(line, words[k], len) != 0 ||
		    line[len] != (text ? ' ' : '\0'))
			continue;
		if (pr->n == MOST_ACTIONS)
			return "more lines than a lesson can take";
		more = realloc(pr->action, (pr->n + 1) * sizeof *more);
		if (!more)
			return "out of memory";
		pr->action = more;
		more[pr->n] = (struct action){.kind = (enum action_kind)k};
		if (text && !(more[pr->n].text = strdup(line + len + 1)))
			return "out of memory";
		pr->n++;
		return NULL;
	}
	return "expected next, answer, type, hint or reveal";
}

bool progress_read(const char *path, struct progress *pr, char *why,
		   size_t size)
{
	char *text = read_all(path, why, size), *s = text;
	const char *expected = NULL;
	bool head = true;
	unsigned int line = 0;

	*pr = (struct progress){0};
	while (s && *s && !expected) {
		char *end = s + strcspn(s, "\n");
		const bool last = !*end;

		*end = '\0';
		if (end > s && end[-1] == '\r')
			end[-1] = '\0';
		if (++line == 1)
			expected = strcmp(s, MAGIC) == 0 ? NULL
							 : "expected \"" MAGIC
							   "\"";
		else if (head && strcmp(s, "--") == 0)
			head = false;
		else
			expected = head ? head_line(pr, s) : action_line(pr, s);
		s = last ? end : end + 1;
	}
	if (text && !expected && head)
		expected = "expected \"--\" behind the head";
	free(text);
	if (expected)
		snprintf(why, size, "line %u: %s", line ? line : 1, expected);
	if (!text || expected) {
		progress_free(pr);
		return false;
	}
	return true;
}

void progress_free(struct progress *pr)
{
	for (size_t i = 0; i < pr->n; i++)
		free(pr->action[i].text);
	free(pr->action);
	pr->action = NULL;
	pr->n = 0;
}

void progress_last(char *name, size_t size)
{
	char *path = state_path("lessons/last", false);
	FILE *f = path ? fopen(path, "r") : NULL;
	char line[LESSON_NAME + 2] = "";

	free(path);
	if (f && !fgets(line, sizeof line, f))
		line[0] = '\0';
	if (f)
		fclose(f);
	line[strcspn(line, "\n/")] = '\0';
	copy(name, size, line);
}
