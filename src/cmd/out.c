/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * out.c - a sink for lines: growing text, or a stream
 */
#include "cmd/out.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct out {
	FILE *f;      /* NULL: a buffer */
	FILE *errors; /* NULL: with the rest */
	char *text;
	size_t len, room;
	bool json, hold;
	char held[512];
	char note[320]; /* to be said before the next line */
};

struct out *out_buffer(void)
{
	return calloc(1, sizeof(struct out));
}

struct out *out_stream(FILE *f)
{
	struct out *out = out_buffer();

	if (out)
		out->f = f;
	return out;
}

void out_free(struct out *out)
{
	if (!out)
		return;
	free(out->text);
	free(out);
}

/* Room for @more bytes and a NUL; false (and nothing changed) without. */
static bool grow(struct out *out, size_t more)
{
	size_t room = out->room ? out->room : 256;
	char *text;

	if (out->len + more < out->room)
		return true;
	while (room <= out->len + more)
		room *= 2;
	text = realloc(out->text, room);
	if (!text)
		return false;
	out->text = text;
	out->room = room;
	return true;
}

static void put(struct out *out, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));

static void put(struct out *out, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	if (out->f) {
		vfprintf(out->f, fmt, ap);
		return;
	}
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0 || !grow(out, (size_t)n))
		return;
	vsnprintf(out->text + out->len, (size_t)n + 1, fmt, ap);
	out->len += (size_t)n;
}

static void put_text(struct out *out, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void put_text(struct out *out, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(out, fmt, ap);
	va_end(ap);
}

void out_note(struct out *out, const char *text)
{
	const size_t used = strlen(out->note);

	snprintf(out->note + used, sizeof out->note - used, "%s\n", text);
}

void out_say_note(struct out *out)
{
	if (out->note[0])
		put_text(out, "%s", out->note);
	out->note[0] = '\0';
}

bool out_drop_note(struct out *out)
{
	const bool pending = out->note[0] != '\0';

	out->note[0] = '\0';
	return pending;
}

void out_text(struct out *out, const char *fmt, ...)
{
	va_list ap;

	out_say_note(out);
	va_start(ap, fmt);
	put(out, fmt, ap);
	va_end(ap);
}

void out_line(struct out *out, const char *fmt, ...)
{
	va_list ap;

	out_say_note(out);
	va_start(ap, fmt);
	put(out, fmt, ap);
	va_end(ap);
	put_text(out, "\n");
}

const char *out_string(const struct out *out)
{
	return out->text ? out->text : "";
}

void out_clear(struct out *out)
{
	out->len = 0;
	if (out->text)
		out->text[0] = '\0';
}

void out_set_json(struct out *out, bool json)
{
	out->json = json;
}

bool out_json(const struct out *out)
{
	return out->json;
}

void out_error(struct out *out, const char *text)
{
	if (out->hold) {
		snprintf(out->held, sizeof out->held, "%s", text);
	} else if (out->errors) {
		out_flush(out);
		fprintf(out->errors, "%s\n", text);
	} else {
		put_text(out, "%s\n", text);
	}
}

bool out_hold_errors(struct out *out, bool hold)
{
	const bool before = out->hold;

	out->hold = hold;
	out->held[0] = '\0';
	return before;
}

const char *out_held_error(const struct out *out)
{
	return out->held;
}

void out_set_errors(struct out *out, FILE *f)
{
	out->errors = f;
}

void out_flush(struct out *out)
{
	if (out->f)
		fflush(out->f);
}
