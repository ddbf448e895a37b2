/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * next.c - which lesson comes after one
 *
 * The next of the same folder, by name, so that somebody's own course goes on
 * in itself.  What is no lesson is passed over.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lesson/teacher.h"

#define MOST_TRIED 8

/* The .md files behind one, the nearest first. */
struct behind {
	const char *base;
	char *path[MOST_TRIED];
	size_t n;
};

static void look_at(void *arg, const char *path)
{
	struct behind *b = arg;

	if (b->n < MOST_TRIED && strcmp(strrchr(path, '/') + 1, b->base) > 0) {
		b->path[b->n] = strdup(path);
		b->n += b->path[b->n] != NULL;
	}
}

static bool same_file(const char *a, const char *b)
{
	struct stat sa, sb;

	return stat(a, &sa) == 0 && stat(b, &sb) == 0 &&
	       sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
}

/* What is typed to start it: its name, if that is enough. */
static void word_of(const struct lesson *l, char *word, size_t size)
{
	char *found = lesson_find(l->name, NULL);
	const bool known = found && same_file(found, l->path);
	const char *text = known ? l->name : l->path;
	const char *mark = strpbrk(text, " \t;#") ? "\"" : "";

	free(found);
	if (strlen(text) + 3 <= size && !strpbrk(text, "\"\\"))
		snprintf(word, size, "%s%s%s", mark, text, mark);
}

void lesson_after(const struct lesson *l, struct lesson_next *next)
{
	const char *slash = strrchr(l->path, '/');
	char *folder = slash ? strndup(l->path, (size_t)(slash - l->path))
			     : strdup(".");
	struct behind b = {.base = slash ? slash + 1 : l->path};
	struct lesson *found = NULL;

	*next = (struct lesson_next){0};
	if (folder)
		lesson_folder(*folder ? folder : "/", look_at, &b);
	free(folder);
	for (size_t i = 0; i < b.n; i++) {
		struct faults f = {0};

		if (!found)
			found = lesson_read(b.path[i], 0, &f);
		free(b.path[i]);
	}
	if (!found)
		return;
	word_of(found, next->word, sizeof next->word);
	snprintf(next->title, sizeof next->title, "%s", found->title);
	next->minutes = found->minutes;
	lesson_free(found);
}
