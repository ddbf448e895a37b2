/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * suggest.c - complaints in one printable line, with the word that was meant
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cmd/internal.h"
#include "cmd/out.h"

#define LONGEST 40

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static unsigned int least(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

/* Letters to change, add, drop or swap with their neighbour, case aside. */
static unsigned int edit_distance(const char *a, const char *b)
{
	const size_t la = strlen(a), lb = strlen(b);
	unsigned int d[3][LONGEST + 2];

	if (la > LONGEST || lb > LONGEST)
		return LONGEST;
	for (unsigned int j = 0; j <= lb; j++)
		d[0][j] = j;
	for (unsigned int i = 1; i <= la; i++) {
		unsigned int *now = d[i % 3], *up = d[(i + 2) % 3];
		const unsigned int *up2 = d[(i + 1) % 3];

		now[0] = i;
		for (unsigned int j = 1; j <= lb; j++) {
			const char ca = lower(a[i - 1]), cb = lower(b[j - 1]);

			now[j] = least(least(up[j], now[j - 1]) + 1,
				       up[j - 1] + (ca != cb));
			if (i > 1 && j > 1 && ca == lower(b[j - 2]) &&
			    cb == lower(a[i - 2]))
				now[j] = least(now[j], up2[j - 2] + 1);
		}
	}
	return d[la % 3][lb];
}

void nearest_start(struct nearest *n, const char *word)
{
	/* at most one letter in three may be wrong */
	n->word = word;
	n->distance = (unsigned int)(strlen(word) + 2) / 3 + 1;
	n->name[0] = '\0';
}

void nearest_try(void *arg, const char *name)
{
	struct nearest *n = arg;
	const unsigned int d = edit_distance(n->word, name);

	if (d < n->distance) {
		n->distance = d;
		snprintf(n->name, sizeof n->name, "%s", name);
	}
}

/* What turns the writing direction round, or shows nothing at all. */
static bool invisible(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{0x80, 0x9f},	  {0x61c, 0x61c},   {0x200b, 0x200f},
		{0x2028, 0x202e}, {0x2060, 0x206f}, {0xd800, 0xdfff},
		{0xfeff, 0xfeff}, {0x110000, ~0u},
	};

	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

/* Bytes of the letter at @s: 0 when it is none that a terminal may get. */
static size_t letter_size(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;
	const size_t size = u[0] < 0xc2	  ? 0
			    : u[0] < 0xe0 ? 2
			    : u[0] < 0xf0 ? 3
			    : u[0] < 0xf5 ? 4
					  : 0;
	uint32_t c;

	if (u[0] >= ' ' && u[0] <= '~')
		return 1;
	c = size ? u[0] & (0x7fu >> size) : 0;
	for (size_t i = 1; i < size; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (u[i] & 0x3fu);
	}
	if (c < 0x80 || (size == 3 && c < 0x800) || (size == 4 && c < 0x10000))
		return 0; /* longer than need be: no UTF-8 */
	return invisible(c) ? 0 : size;
}

char *printable(char *buf, size_t size, const char *text)
{
	size_t n = 0;

	while (*text) {
		size_t len = letter_size(text);

		if (n + (len ? len : 1) >= size)
			break;
		if (len)
			memcpy(buf + n, text, len);
		else
			buf[n] = '?';
		n += len ? len : 1;
		text += len ? len : 1;
	}
	buf[n] = '\0';
	return buf;
}

static void say_complaint(struct out *out, const char *who, const char *fmt,
			  va_list ap) __attribute__((format(printf, 3, 0)));

static void say_complaint(struct out *out, const char *who, const char *fmt,
			  va_list ap)
{
	char text[420], line[480];
	int n = 0;

	if (who)
		n = snprintf(text, sizeof text, "%.60s: ", who);
	vsnprintf(text + n, sizeof text - (size_t)n, fmt, ap);
	out_error(out, printable(line, sizeof line, text));
}

enum cmd_status complain(struct out *out, const char *who, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say_complaint(out, who, fmt, ap);
	va_end(ap);
	return CMD_USAGE;
}

enum cmd_status out_complain(struct out *out, const char *who, const char *fmt,
			     ...)
{
	va_list ap;

	va_start(ap, fmt);
	say_complaint(out, who, fmt, ap);
	va_end(ap);
	return CMD_USAGE;
}
