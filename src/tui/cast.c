/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cast.c - see cast.h
 */
#include "tui/cast.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A JSON string. */
static void add_string(struct markup *m, const char *text)
{
	json_t *value = json_string(text);
	char *quoted = value ? json_dumps(value, JSON_ENCODE_ANY) : NULL;

	if (quoted)
		markup_text(m, quoted);
	else
		m->short_of_memory = true;
	free(quoted);
	json_decref(value);
}

void cast_begin(struct markup *m, int rows, int cols, const char *title)
{
	markup_add(m,
		   "{\"version\": 2, \"width\": %d, \"height\": %d, "
		   "\"title\": ",
		   cols, rows);
	add_string(m, title);
	markup_text(m, "}\n");
}

void cast_frame(struct markup *m, const struct canvas *c, int theme,
		unsigned long ms)
{
	char *rows = canvas_to_ansi(c, theme, "\r\n");
	char *text =
		rows ? malloc(strlen(rows) + sizeof "\x1b[?25l\x1b[H") : NULL;

	if (text) {
		strcat(strcpy(text, "\x1b[?25l\x1b[H"), rows);
		markup_add(m, "[%lu.%03lu, \"o\", ", ms / 1000, ms % 1000);
		add_string(m, text);
		markup_text(m, "]\n");
	} else {
		m->short_of_memory = true;
	}
	free(text);
	free(rows);
}

/* ---- recording a session ---- */

struct recorder {
	FILE *f;
	bool begun;
	unsigned long start; /* of the first frame */
	char *last;	     /* the frame before, to leave out the same */
};

struct recorder *recorder_open(const char *file)
{
	const int fd =
		open(file, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
	struct recorder *r = calloc(1, sizeof *r);
	struct stat sb;

	if (r && fd >= 0 && fstat(fd, &sb) == 0 && !S_ISREG(sb.st_mode))
		errno = EEXIST;
	else if (r && fd >= 0 && ftruncate(fd, 0) == 0)
		r->f = fdopen(fd, "w");
	if (r && r->f)
		return r;
	if (fd >= 0)
		close(fd);
	free(r);
	return NULL;
}

bool recorder_frame(struct recorder *r, const struct canvas *c, int theme,
		    unsigned long ms)
{
	char *now = canvas_to_ansi(c, theme, "\r\n");
	struct markup m = {0};
	char *text;
	bool good = true;

	if (!now || (r->last && strcmp(now, r->last) == 0)) {
		free(now);
		return true;
	}
	if (!r->begun) {
		cast_begin(&m, c->rows, c->cols, "buddyscope");
		r->start = ms;
		r->begun = true;
	}
	cast_frame(&m, c, theme, ms - r->start);
	text = markup_take(&m);
	if (text)
		good = fputs(text, r->f) >= 0 && fflush(r->f) == 0;
	free(text);
	free(r->last);
	r->last = now;
	return good;
}

void recorder_close(struct recorder *r)
{
	if (!r)
		return;
	fclose(r->f);
	free(r->last);
	free(r);
}
