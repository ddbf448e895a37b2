/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lex.c - see lex.h
 */
#include "cmd/lex.h"

#include <stdlib.h>
#include <string.h>

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

const char *lex_refuse(const char *line, size_t size)
{
	if (size > LEX_MAX_LINE)
		return "the line is longer than 64 KiB; break it up";
	for (size_t i = 0; i < size; i++) {
		const unsigned char c = (unsigned char)line[i];

		if (c == '\0')
			return "the line holds a NUL byte; expected plain text";
		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return "the line holds a control character; expected "
			       "plain text";
	}
	return NULL;
}

/* Past the word that starts at @s; stops at @end even inside of quotes. */
static const char *skip_word(const char *s, const char *end)
{
	bool quoted = false;

	for (; s < end; s++) {
		if (quoted && *s == '\\' && s + 1 < end)
			s++;
		else if (*s == '"')
			quoted = !quoted;
		else if (!quoted && (blank(*s) || *s == ';'))
			break;
	}
	return s;
}

const char *lex_command(const char **at, size_t *len)
{
	const char *s = *at, *start, *end, *stop = s + strlen(s);

	while (blank(*s) || *s == ';')
		s++;
	start = end = s;
	while (s < stop && *s != ';') {
		if (blank(*s)) {
			s++;
		} else if (*s == '#') {
			s = stop;
		} else {
			s = skip_word(s, stop);
			end = s;
		}
	}
	*at = s;
	*len = (size_t)(end - start);
	return end > start ? start : NULL;
}

/* Copies the word without its quotes; @to has room for its bytes and a NUL. */
static const char *unquote(struct lex_word *w, const char *command, char *to)
{
	bool quoted = false;

	w->text = to;
	for (size_t i = w->start; i < w->end; i++) {
		if (command[i] == '"') {
			quoted = !quoted;
			w->quoted = true;
			continue;
		}
		if (quoted && command[i] == '\\' && i + 1 < w->end &&
		    (command[i + 1] == '"' || command[i + 1] == '\\'))
			i++;
		*to++ = command[i];
	}
	*to = '\0';
	return quoted ? "a \" is open at the end; close it" : NULL;
}

const char *lex_split(const char *command, size_t len, struct lex_words *words)
{
	const char *end = command + len, *why = NULL;
	char *to;

	/* a word needs one byte and one blank, and its copy a NUL */
	words->n = 0;
	words->word = calloc(len / 2 + 1, sizeof *words->word);
	words->store = to = malloc(2 * len + 2);
	if (!words->word || !words->store) {
		lex_free(words);
		return "out of memory";
	}
	for (const char *s = command; s < end && !why;) {
		struct lex_word *w = &words->word[words->n];

		if (blank(*s)) {
			s++;
			continue;
		}
		w->start = (size_t)(s - command);
		s = skip_word(s, end);
		w->end = (size_t)(s - command);
		if (w->end == w->start)
			break; /* a `;`, which no command holds */
		why = unquote(w, command, to);
		to += strlen(to) + 1;
		words->n++;
	}
	if (why)
		lex_free(words);
	return why;
}

void lex_free(struct lex_words *words)
{
	free(words->word);
	free(words->store);
	*words = (struct lex_words){0};
}

char *lex_quote(const char *text)
{
	const bool plain = *text && !text[strcspn(text, " \t;\"\\#")];
	char *quoted = malloc(2 * strlen(text) + 3), *to = quoted;

	if (!quoted)
		return NULL;
	if (plain)
		return strcpy(quoted, text);
	*to++ = '"';
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			*to++ = '\\';
		*to++ = *text;
	}
	*to++ = '"';
	*to = '\0';
	return quoted;
}
