/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * app_paste.c - pasted text: a line goes into the prompt and waits for Enter,
 * the others wait behind it
 *
 * So nothing runs unseen, no letter of it is taken for a key, and each answer
 * can be read before the next line is run.
 */
#include "tui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/term.h"

__attribute__((format(printf, 2, 3))) static void note(struct tui *t,
						       const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(t->paste_note, sizeof t->paste_note, fmt, ap);
	va_end(ap);
	t->screen.note = t->paste_note;
}

static const char *plural(int n)
{
	return n == 1 ? "" : "s";
}

/* In place: lines end in one way, and what could be a key is a blank. */
static void clean(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++)
		if (*from == '\r' && from[1] == '\n')
			continue;
		else if (*from == '\r' || *from == '\n')
			*to++ = '\n';
		else if (*from == '\t')
			*to++ = ' ';
		else if ((unsigned char)*from >= ' ' && *from != 0x7f)
			*to++ = *from;
	*to = '\0';
}

static bool is_blank(const char *line)
{
	line += strspn(line, " ");
	return *line == '\n' || !*line;
}

static char *after_line(char *line)
{
	line += strcspn(line, "\n");
	return line + (*line == '\n');
}

/* The first line that says something; "" if none does. */
static char *skip_blank(char *text)
{
	while (*text && is_blank(text))
		text = after_line(text);
	return text;
}

static int count_lines(char *text)
{
	int n = 0;

	for (text = skip_blank(text); *text; text = skip_blank(text)) {
		text = after_line(text);
		n++;
	}
	return n;
}

/* The first line to the cursor; the others wait. */
static void take(struct tui *t, char *text)
{
	char *line = skip_blank(text), *rest = after_line(line), *copy = NULL;
	const size_t len = strcspn(line, "\n");
	const int more = count_lines(rest);

	if (more)
		copy = strdup(rest);
	line[len] = '\0';
	edit_insert(line);
	free(t->pasted);
	t->pasted = copy;
	t->prompt.more = copy ? more : 0;
}

/* New text comes before what still waits. */
static char *with_waiting(const struct tui *t, const char *text)
{
	const char *rest = t->pasted ? t->pasted : "";
	char *all = malloc(strlen(text) + strlen(rest) + 2);

	if (all)
		sprintf(all, "%s%s%s", text, *rest ? "\n" : "", rest);
	return all;
}

void app_paste(struct tui *t)
{
	char *text;

	t->help.open = false; /* nobody looks for that */
	text = with_waiting(t, term_pasted());
	if (!text)
		return;
	clean(text);
	if (is_blank(skip_blank(text))) {
		free(text);
		return;
	}
	if (!t->prompt.sign)
		prompt_open(&t->prompt, ':', "");
	if (term_pasted_more())
		note(t, "it was too long: what comes after %d bytes is lost",
		     TERM_MOST_PASTED);
	take(t, text);
	if (t->prompt.sign != ':' && t->prompt.more) {
		note(t, "only its first line: %d more line%s left out",
		     t->prompt.more, plural(t->prompt.more));
		t->prompt.more = 0;
		free(t->pasted);
		t->pasted = NULL;
	}
	free(text);
}

void app_paste_next(struct tui *t, int more)
{
	char *text = t->pasted;

	if (!text || t->quit || t->prompt.sign)
		return;
	if (!more) { /* another prompt: the one it belongs to was left */
		app_paste_left(t);
		return;
	}
	t->pasted = NULL;
	prompt_open(&t->prompt, ':', "");
	take(t, text);
	free(text);
}

void app_paste_left(struct tui *t)
{
	int n;

	if (!t->pasted || t->prompt.more)
		return;
	n = count_lines(t->pasted);
	note(t, "%d pasted line%s not run", n, plural(n));
	free(t->pasted);
	t->pasted = NULL;
}
