/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lex.h - from a line to commands, from a command to words
 *
 *	alloc order=2 name=a; free a every=2   # two commands and a remark
 *	world load "my file.world"             one word in quotes
 *
 * Words are parted by blanks.  Within double quotes everything stands for
 * itself except \" and \\.  `;` parts commands, `#` at the start of a word
 * begins a remark.
 */
#ifndef BUDDYSCOPE_CMD_LEX_H
#define BUDDYSCOPE_CMD_LEX_H

#include <stdbool.h>
#include <stddef.h>

/** Longest line, in bytes, without its end. */
#define LEX_MAX_LINE ((size_t)65536)

struct lex_word {
	char *text;	   /* without quotes */
	size_t start, end; /* where it stands in the command, with quotes */
	bool quoted;
};
struct lex_words {
	struct lex_word *word;
	size_t n;
	char *store;
};

/** NULL if the @size bytes may be a line, else one phrase that says why not. */
const char *lex_refuse(const char *line, size_t size);
/**
 * lex_command - the next command of a line
 * @at: where to go on; moved past the command and its `;`
 *
 * Its start, with *@len bytes, blanks and remarks left out; NULL at the end.
 */
const char *lex_command(const char **at, size_t *len);
/** Its words; NULL when all is well, else a phrase.  Free them afterwards. */
const char *lex_split(const char *command, size_t len, struct lex_words *words);
void lex_free(struct lex_words *words);
/** @text as one word that lex_split() reads back; free() it. */
char *lex_quote(const char *text);

#endif
