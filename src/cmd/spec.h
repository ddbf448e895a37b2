/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * spec.h - what a row's `.args` says, for checking, usage and completion
 *
 * The grammar is told in args.h.
 */
#ifndef BUDDYSCOPE_CMD_SPEC_H
#define BUDDYSCOPE_CMD_SPEC_H

#include "cmd/internal.h"
#include "cmd/lex.h"

#define SPEC_MAX 24
#define SPEC_NAME 32

/** One argument of a row; the text stays in the row. */
struct spec_item {
	const char *key, *alt; /* "order", "ORDER"; key_len 0: by its place */
	size_t key_len, alt_len;
	bool optional, many;
	bool pairs; /* KEY=VALUE... */
};
struct spec {
	struct spec_item item[SPEC_MAX];
	unsigned int n;
};

/** Read a row's args; false for one that breaks the grammar. */
bool spec_read(const char *args, struct spec *spec);
/** The @i-th alternative into @buf; false past the last. */
bool spec_alternative(const struct spec_item *item, unsigned int i,
		      char buf[SPEC_NAME]);
/** An alternative in capitals is a type, else a word as it is. */
bool spec_is_type(const char *alternative);

/** The item with this key; NULL if there is none. */
const struct spec_item *spec_key(const struct spec *spec, const char *key,
				 size_t len);
/** The @i-th item by place; NULL past the last. */
const struct spec_item *spec_place(const struct spec *spec, unsigned int i);
/** Length of the KEY of a KEY=VALUE word; 0 when it is no such word. */
size_t spec_key_len(const char *word);

/**
 * args_read - check the words of a command, from @first on, against its row
 * @text: the command they come from, for LINE
 *
 * NULL after a complaint in @out; else args_free() them.
 */
struct args *args_read(const struct mm *mm, const struct cmd *cmd,
		       const char *text, const struct lex_words *words,
		       size_t first, struct out *out);
void args_free(struct args *args);

#endif
