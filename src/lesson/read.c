/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read.c - a lesson from its file: bytes that are text, head and body
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lesson/table.h"

/* ---- bytes ---- */

/* Where the first byte that is no plain UTF-8 text stands; SIZE_MAX: none. */
static size_t first_bad_byte(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size;) {
		const unsigned char c = (unsigned char)bytes[i];
		char one[5] = "", shown[8];
		const size_t want = c < 0x80   ? 1
				    : c < 0xe0 ? 2
				    : c < 0xf0 ? 3
					       : 4;

		if (c == '\n' || c == '\t' ||
		    (c == '\r' && i + 1 < size && bytes[i + 1] == '\n')) {
			i++;
			continue;
		}
		if (c == '\0' || i + want > size)
			return i;
		memcpy(one, bytes + i, want);
		printable(shown, sizeof shown, one);
		if (strcmp(one, shown) != 0)
			return i;
		i += want;
	}
	return SIZE_MAX;
}

static bool check_bytes(const char *bytes, size_t size, struct faults *f)
{
	const size_t bad = first_bad_byte(bytes, size);
	unsigned int line = 1, column = 1;

	if (bad == SIZE_MAX)
		return true;
	for (size_t i = 0; i < bad; i++) {
		column++;
		if (bytes[i] == '\n') {
			line++;
			column = 1;
		}
	}
	if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		file_fault(f, 1, 1,
			   "the file begins with a byte order mark; expected "
			   "UTF-8 without one");
		return false;
	}
	file_fault(f, line, column,
		   "byte 0x%02x is no text; expected UTF-8 without control "
		   "characters",
		   (unsigned char)bytes[bad]);
	return false;
}

static uint64_t hash_bytes(const char *bytes, size_t size)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < size; i++)
		h = (h ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
	return h;
}

const char *lesson_source_line(struct lesson *l, unsigned int line, size_t *len)
{
	if (!l->seen || line < l->seen_line) {
		l->seen = l->text;
		l->seen_line = l->body_line;
	}
	for (; *l->seen && l->seen_line < line; l->seen_line++) {
		l->seen += strcspn(l->seen, "\n");
		l->seen += *l->seen == '\n';
	}
	*len = strcspn(l->seen, "\n");
	return l->seen;
}

/* ---- the whole ---- */

static void name_lesson(struct lesson *l)
{
	const char *slash = strrchr(l->path, '/');
	const char *base = slash ? slash + 1 : l->path;
	size_t n = 0;

	for (; *base && strcmp(base, ".md") != 0 && n + 1 < LESSON_NAME; base++)
		l->name[n++] = strchr("/\\ \t", *base) ? '_' : *base;
}

struct lesson *lesson_parse(const char *path, const char *bytes, size_t size,
			    uint64_t seed, struct faults *f)
{
	struct lesson *l;
	size_t at;
	char *body;

	f->path = path;
	if (size > LESSON_BYTES) {
		file_fault(f, 0, 0, "is longer than 1 MiB; that is no lesson");
		return NULL;
	}
	if (!check_bytes(bytes, size, f))
		return NULL;
	l = calloc(1, sizeof *l);
	if (!l || !(l->path = strdup(path))) {
		file_fault(f, 0, 0, "out of memory");
		free(l);
		return NULL;
	}
	name_lesson(l);
	l->hash = hash_bytes(bytes, size);
	l->seed = seed;
	l->seed_given = seed != 0;
	if (head_parse(l, bytes, size, &at, f)) {
		body = strndup(bytes + at, size - at);
		l->text = body ? vary_text(l, body) : NULL;
		free(body);
		if (l->text)
			body_parse(l, f);
		else
			file_fault(f, 0, 0, "out of memory");
	}
	if (!f->n)
		return l;
	lesson_free(l);
	return NULL;
}

/* Its bytes, malloc()ed; NULL after a fault. */
static char *read_file(const char *path, size_t *size, struct faults *f)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char *bytes = NULL;
	struct stat sb;
	ssize_t n;

	if (fd < 0 || fstat(fd, &sb)) {
		file_fault(f, 0, 0, "%s", strerror(errno));
	} else if (!S_ISREG(sb.st_mode)) {
		file_fault(f, 0, 0, "is no regular file");
	} else if (sb.st_size > (off_t)LESSON_BYTES) {
		file_fault(f, 0, 0, "is longer than 1 MiB; that is no lesson");
	} else if ((bytes = malloc((size_t)sb.st_size + 1))) {
		*size = 0;
		while (*size < (size_t)sb.st_size &&
		       (n = read(fd, bytes + *size,
				 (size_t)sb.st_size - *size)) > 0)
			*size += (size_t)n;
	} else {
		file_fault(f, 0, 0, "out of memory");
	}
	if (fd >= 0)
		close(fd);
	return bytes;
}

struct lesson *lesson_read(const char *path, uint64_t seed, struct faults *f)
{
	struct lesson *l = NULL;
	size_t size = 0;
	char *bytes;

	f->path = path;
	bytes = read_file(path, &size, f);
	if (bytes)
		l = lesson_parse(path, bytes, size, seed, f);
	free(bytes);
	return l;
}

static void free_item(struct item *item)
{
	for (size_t i = 0; item->lines && i < item->n; i++)
		free(item->lines[i].text);
	for (size_t i = 0; item->conds && i < item->n; i++) {
		expr_free(item->conds[i].expr);
		free(item->conds[i].name);
		free(item->conds[i].text);
	}
	for (size_t i = 0; i < item->question.nr_choices; i++)
		free(item->question.choice[i].text);
	expr_free(item->question.expr);
	table_free(item->table);
	free(item->question.choice);
	free(item->lines);
	free(item->conds);
	free(item->text);
}

void lesson_free(struct lesson *l)
{
	if (!l)
		return;
	for (size_t s = 0; s < l->n; s++) {
		for (size_t i = 0; i < l->step[s].n; i++)
			free_item(&l->step[s].item[i]);
		free(l->step[s].item);
		free(l->step[s].heading);
	}
	free(l->step);
	free(l->path);
	free(l->title);
	free(l->goal);
	free(l->needs);
	free(l->era);
	free(l->models);
	free(l->boot);
	free(l->text);
	free(l);
}
