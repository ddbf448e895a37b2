/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * find.c - which lessons there are, and where
 *
 * In the folder `lessons`, then where they were installed; a name may be cut
 * short (`02`) as long as it fits one.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/teacher.h"

#ifndef BUDDYSCOPE_DATADIR
#define BUDDYSCOPE_DATADIR "/usr/local/share/buddyscope"
#endif

static const char *const folders[] = {"lessons", BUDDYSCOPE_DATADIR "/lessons"};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The .md files of a folder; how many. */
static size_t read_folder(const char *folder, char ***names)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t n = 0;

	*names = NULL;
	while (dir && (entry = readdir(dir)) && n < 1000) {
		const size_t len = strlen(entry->d_name);
		char **more;

		if (entry->d_name[0] == '.' || len < 4 ||
		    strcmp(entry->d_name + len - 3, ".md") != 0 ||
		    strcmp(entry->d_name, "README.md") == 0)
			continue;
		more = realloc(*names, (n + 1) * sizeof *more);
		if (!more)
			break;
		*names = more;
		more[n] = strdup(entry->d_name);
		n += more[n] != NULL;
	}
	if (dir)
		closedir(dir);
	if (n)
		qsort(*names, n, sizeof **names, by_name);
	return n;
}

size_t lesson_folder(const char *folder,
		     void (*each)(void *arg, const char *path), void *arg)
{
	char **names, path[1400];
	const size_t n = read_folder(folder, &names);

	for (size_t i = 0; i < n; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		each(arg, path);
		free(names[i]);
	}
	free(names);
	return n;
}

void lesson_files(void (*each)(void *arg, const char *path), void *arg)
{
	for (size_t f = 0; f < sizeof folders / sizeof folders[0]; f++)
		if (lesson_folder(folders[f], each, arg))
			return; /* a checkout's own hide those installed */
}

struct looking {
	const char *name;
	char *exact, *begins;
	unsigned int n;
	struct nearest near;
};

static void look_at(void *arg, const char *path)
{
	struct looking *l = arg;
	const char *base = strrchr(path, '/') + 1;
	const size_t len = strlen(l->name);
	char name[300];

	snprintf(name, sizeof name, "%.*s", (int)strlen(base) - 3, base);
	nearest_try(&l->near, name);
	if (strcmp(name, l->name) == 0 && !l->exact)
		l->exact = strdup(path);
	if (strncmp(name, l->name, len) == 0 && ++l->n == 1)
		l->begins = strdup(path);
}

bool lesson_whole_name(const char *word, char *name, size_t size)
{
	char *path = lesson_find(word, NULL);
	const char *base = path ? strrchr(path, '/') : NULL;
	size_t len;

	base = base ? base + 1 : path;
	len = base ? strlen(base) : 0;
	if (len > 3 && strcmp(base + len - 3, ".md") == 0)
		len -= 3;
	snprintf(name, size, "%.*s", (int)len, base ? base : "");
	free(path);
	return len > 0;
}

char *lesson_find(const char *name, struct out *out)
{
	const size_t len = strlen(name);
	struct looking l = {.name = name};
	char padded[4];

	if (strchr(name, '/') ||
	    (len > 3 && strcmp(name + len - 3, ".md") == 0))
		return strdup(name);
	/* the first lesson is 01 */
	if (len == 1 && *name >= '1' && *name <= '9') {
		snprintf(padded, sizeof padded, "0%s-", name);
		l.name = padded;
	}
	nearest_start(&l.near, name);
	lesson_files(look_at, &l);
	if (l.exact || l.n == 1) {
		char *found = l.exact ? l.exact : l.begins;

		if (found != l.begins)
			free(l.begins);
		return found;
	}
	free(l.begins);
	if (!out)
		return NULL;
	if (l.n > 1)
		out_complain(out, "lesson",
			     "%.60s: %u lessons begin like that; `lesson "
			     "list` shows them",
			     name, l.n);
	else
		out_complain(out, "lesson",
			     "%.60s: no such lesson%s%s%s; `lesson list` shows "
			     "those there are",
			     name, l.near.name[0] ? "; did you mean \"" : "",
			     l.near.name, l.near.name[0] ? "\"?" : "");
	return NULL;
}
