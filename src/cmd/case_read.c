/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_read.c - bytes of a recording: lines, words, numbers
 *
 * The whole text is kept in memory and read in place; numbers are parsed by
 * hand, because a long workload has a million of them.
 */
#include "cmd/case.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "cmd/internal.h"

#define MOST_TEXT ((size_t)1 << 28)
#define MOST_LINE ((size_t)1 << 16)
#define CHUNK ((size_t)1 << 20)
#define DAMAGED "the recording is damaged, take a fresh copy"

/* ---- complaints ---- */

static void say(struct case_file *c, enum case_verdict verdict, const char *fmt,
		va_list ap) __attribute__((format(printf, 3, 0)));

static void say(struct case_file *c, enum case_verdict verdict, const char *fmt,
		va_list ap)
{
	int n;

	if (c->verdict != CASE_IDENTICAL)
		return; /* the first one counts */
	c->verdict = verdict;
	if (c->line)
		n = snprintf(c->why, sizeof c->why, "%s:%u: ", c->path,
			     c->line);
	else
		n = snprintf(c->why, sizeof c->why, "%s: ", c->path);
	vsnprintf(c->why + n, sizeof c->why - (size_t)n, fmt, ap);
}

bool case_bad(struct case_file *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(c, CASE_BAD, fmt, ap);
	va_end(ap);
	return false;
}

bool case_differs(struct case_file *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(c, CASE_DIFFERS, fmt, ap);
	va_end(ap);
	return false;
}

/* ---- lines and words ---- */

static bool next_line(struct case_file *c)
{
	const char *nl;

	if (c->next >= c->end)
		return false;
	c->at = c->next;
	nl = memchr(c->at, '\n', (size_t)(c->end - c->at));
	c->stop = nl ? nl : c->end;
	c->next = nl ? nl + 1 : c->end;
	c->line++;
	return true;
}

bool case_word(struct case_file *c, struct case_word *w)
{
	const char *s = c->at;

	while (s < c->stop && *s == ' ')
		s++;
	w->s = s;
	while (s < c->stop && *s != ' ')
		s++;
	w->len = (size_t)(s - w->s);
	c->at = s;
	return w->len != 0;
}

bool case_is(struct case_word w, const char *text)
{
	return w.len == strlen(text) && memcmp(w.s, text, w.len) == 0;
}

const char *case_show(struct case_word w, char buf[48])
{
	char raw[40];
	const size_t n = w.len < sizeof raw ? w.len : sizeof raw - 1;

	for (size_t i = 0; i < n; i++)
		raw[i] = w.s[i] >= ' ' && w.s[i] <= '~' ? w.s[i] : '?';
	raw[n] = '\0';
	snprintf(buf, 48, w.len ? "\"%s\"" : "the end of the line", raw);
	return buf;
}

bool case_line_ends(struct case_file *c)
{
	struct case_word w;
	char buf[48];

	if (!case_word(c, &w))
		return true;
	return case_bad(c, "expected the end of the line, got %s; " DAMAGED,
			case_show(w, buf));
}

void case_seek(struct case_file *c, struct case_mark to)
{
	c->next = to.at;
	c->at = c->stop = to.at;
	c->line = to.line;
}

struct case_mark case_here(const struct case_file *c)
{
	return (struct case_mark){c->next, c->line};
}

bool case_next(struct case_file *c, struct case_word *first)
{
	while (next_line(c)) {
		if (c->at < c->stop && *c->at == '#')
			continue;
		if (!case_word(c, first))
			continue;
		return !case_is(*first, "end");
	}
	return false;
}

/* ---- numbers ---- */

static int digit(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	if (ch >= 'a' && ch <= 'f')
		return ch - 'a' + 10;
	return 16;
}

/* Decimal, or hexadecimal after 0x; false for anything else. */
static bool number(const char *s, const char *end, int64_t *value)
{
	const bool minus = s < end && *s == '-';
	int base = 10;
	uint64_t v = 0;

	s += minus;
	if (end - s > 2 && s[0] == '0' && s[1] == 'x') {
		base = 16;
		s += 2;
	}
	if (s == end)
		return false;
	for (; s < end; s++) {
		const int d = digit(*s);

		if (d >= base || v > (INT64_MAX - 15) / 16)
			return false;
		v = v * (unsigned int)base + (unsigned int)d;
	}
	*value = minus ? -(int64_t)v : (int64_t)v;
	return true;
}

bool case_int(struct case_file *c, const char *what, int64_t min, int64_t max,
	      int64_t *value)
{
	struct case_word w;
	char buf[48];

	if (case_word(c, &w) && number(w.s, w.s + w.len, value) &&
	    *value >= min && *value <= max)
		return true;
	return case_bad(
		c, "expected %s, a number from %lld to %lld, got %s; " DAMAGED,
		what, (long long)min, (long long)max, case_show(w, buf));
}

bool case_zone(struct case_file *c, const struct mm *mm, zone_t *zid)
{
	int64_t nid, zidx;

	if (!case_int(c, "a node", 0, MM_MAX_NODES - 1, &nid) ||
	    !case_int(c, "a zone index", 0, MAX_NR_ZONES - 1, &zidx))
		return false;
	*zid = (zone_t)(nid * MAX_NR_ZONES + zidx);
	if (mm && (nid >= mm_nr_nodes(mm) || !mm_zone_populated(mm, *zid)))
		return case_bad(c,
				"expected a zone with memory that a zone line "
				"describes, got %d %d; " DAMAGED,
				(int)nid, (int)zidx);
	return true;
}

bool case_list_pfn(struct case_file *c, struct case_list *l, pfn_t *pfn)
{
	struct case_word w;
	int64_t v;

	while (c->at < c->stop && *c->at == ' ')
		c->at++;
	if (c->at == c->stop) {
		if (!next_line(c) || !case_word(c, &w) || !case_is(w, "+"))
			return case_bad(c,
					"expected %lld more frames of the list "
					"in a line with +; " DAMAGED,
					(long long)l->left);
	}
	if (!case_int(c, "a frame", 0, MM_MAX_FRAMES - 1, &v))
		return false;
	*pfn = (pfn_t)v;
	l->left--;
	return l->left ? true : case_line_ends(c);
}

/* ---- the file ---- */

/* The end of a long path says more than its beginning. */
static void keep_path(struct case_file *c, const char *path)
{
	const size_t len = strlen(path), most = 80;
	char shown[96];

	snprintf(shown, sizeof shown, "%s%s", len > most ? "..." : "",
		 len > most ? path + len - most : path);
	printable(c->path, sizeof c->path, shown);
}

static gzFile open_regular(struct case_file *c, const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat sb;
	gzFile f;

	if (fd < 0) {
		case_bad(c, "%s; expected a recording", strerror(errno));
		return NULL;
	}
	if (fstat(fd, &sb) || !S_ISREG(sb.st_mode)) {
		case_bad(c, "not a regular file; expected a recording");
		close(fd);
		return NULL;
	}
	f = gzdopen(fd, "rb");
	if (!f) {
		case_bad(c, "out of memory");
		close(fd);
	}
	return f;
}

/* A recording says so at once, so that nothing else is read to its end. */
static bool begins_well(struct case_file *c, size_t size)
{
	if (size >= 5 && memcmp(c->text, "case ", 5) == 0)
		return true;
	c->line = 1;
	return case_bad(c, "expected \"case NAME\"; this is no recording of a "
			   "page allocator");
}

/* So much without the end of a line is none, and not worth reading on. */
static bool line_too_long(struct case_file *c, size_t size)
{
	const char *at = c->text + size;

	if (size <= MOST_LINE)
		return false;
	for (size_t i = 0; i < MOST_LINE; i++)
		if (*--at == '\n')
			return false;
	return true;
}

static bool read_text(struct case_file *c, gzFile f)
{
	size_t room = (size_t)1 << 16, size = 0;
	int n, e;

	do {
		char *more;

		if (size + 1 >= room || !c->text) {
			room *= c->text ? 2 : 1;
			more = realloc(c->text, room);
			if (!more)
				return case_bad(c, "out of memory");
			c->text = more;
		}
		n = gzread(f, c->text + size,
			   (unsigned int)(room - size - 1 < CHUNK
						  ? room - size - 1
						  : CHUNK));
		if (n < 0)
			return case_bad(c, "the compressed data is damaged, "
					   "take a fresh copy");
		size += (size_t)n;
		if (n && !begins_well(c, size))
			return false;
		if (line_too_long(c, size))
			return case_bad(c, "a line of more than 64 KiB; "
					   "expected a recording");
		if (size >= MOST_TEXT)
			return case_bad(c, "longer than 256 MiB; expected a "
					   "recording");
	} while (n > 0);
	gzerror(f, &e);
	if (e != Z_OK && e != Z_STREAM_END)
		return case_bad(c, "the compressed data is cut short, take a "
				   "fresh copy");
	c->text[size] = '\0';
	c->end = c->text + size;
	return begins_well(c, size);
}

/* ---- open and close ---- */

bool case_open(struct case_file *c, const char *path)
{
	gzFile f;
	bool ok;

	*c = (struct case_file){.mode = NR_CASE_MODES};
	keep_path(c, path);
	f = open_regular(c, path);
	if (!f)
		return false;
	ok = read_text(c, f);
	gzclose(f);
	c->line = 0;
	return ok && case_index(c);
}

void case_close(struct case_file *c)
{
	free(c->text);
	c->text = NULL;
}
