/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * args.c - words checked against a row's args
 */
#include "cmd/arg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/types.h"

/* Everything that is known while the words are gone through. */
struct reading {
	const struct mm *mm;
	const struct cmd *cmd;
	struct spec spec;
	struct args *args;
	unsigned int places; /* taken so far */
	char *store;
	struct out *out;
};

static bool usage(const struct reading *r)
{
	complain(r->out, NULL, "usage: %s%s%s", r->cmd->name,
		 r->cmd->args && *r->cmd->args ? " " : "",
		 r->cmd->args ? r->cmd->args : "");
	return false;
}

/* Bytes of @alt that leave room for "did you mean", without a cut word. */
static int whole_words(const char *alt, size_t len)
{
	size_t n = WHY_SIZE - 80;

	if (len <= n)
		return (int)len;
	while (n && alt[n] != '|')
		n--;
	return (int)n;
}

/* A word of a|b, or a value of the first type that takes it. */
static bool match(const struct reading *r, const struct spec_item *item,
		  const char *word, struct arg *arg, char why[WHY_SIZE])
{
	char alt[SPEC_NAME], reason[WHY_SIZE], words[80] = "";
	struct nearest n;
	bool words_only = true;

	nearest_start(&n, word);
	why[0] = '\0';
	for (unsigned int i = 0; spec_alternative(item, i, alt); i++) {
		const struct arg_type *type =
			spec_is_type(alt) ? arg_type(alt) : NULL;

		if (!type) {
			nearest_try(&n, alt);
			snprintf(words + strlen(words),
				 sizeof words - strlen(words), ", or %s", alt);
			if (strcmp(alt, word) != 0)
				continue;
		} else if (!type->parse(r->mm, word, &arg->value, reason)) {
			words_only = false;
			if (!why[0])
				memcpy(why, reason, sizeof reason);
			continue;
		}
		if (item->key_len)
			snprintf(arg->name, sizeof arg->name, "%.*s",
				 (int)item->key_len, item->key);
		else
			memcpy(arg->name, alt, sizeof alt);
		arg->word = word;
		return true;
	}
	if (words_only) {
		const int some = whole_words(item->alt, item->alt_len);
		const bool all = (size_t)some == item->alt_len;

		snprintf(why, WHY_SIZE, "expected %.*s%s", some, item->alt,
			 all ? "" : "|...");
		if (n.name[0])
			snprintf(why + strlen(why), WHY_SIZE - strlen(why),
				 "; did you mean \"%.40s\"?", n.name);
	} else if (strlen(why) + strlen(words) < WHY_SIZE) {
		strcat(why, words);
	}
	return false;
}

/* The key of the row that @word is nearest to. */
static void nearest_key(const struct reading *r, const char *word, size_t len,
			struct nearest *n)
{
	char key[SPEC_NAME], name[SPEC_NAME];

	snprintf(key, sizeof key, "%.*s", len > 30 ? 30 : (int)len, word);
	nearest_start(n, key);
	for (unsigned int i = 0; i < r->spec.n; i++) {
		const struct spec_item *item = &r->spec.item[i];

		if (item->pairs || !item->key_len)
			continue;
		snprintf(name, sizeof name, "%.*s", (int)item->key_len,
			 item->key);
		nearest_try(n, name);
	}
}

static bool unknown_key(const struct reading *r, const char *word, size_t len)
{
	const int shown = len > 30 ? 30 : (int)len;
	struct nearest n;

	nearest_key(r, word, len, &n);
	if (n.name[0])
		complain(r->out, r->cmd->name,
			 "%.*s=: no such argument; did you mean \"%s=\"?",
			 shown, word, n.name);
	else
		complain(r->out, r->cmd->name,
			 "%.*s=: no such argument; usage: %s %s", shown, word,
			 r->cmd->name, r->cmd->args ? r->cmd->args : "");
	return false;
}

static bool given_twice(const struct reading *r, const char *word, size_t len)
{
	complain(r->out, r->cmd->name, "%.*s= is given twice; give it once",
		 (int)len, word);
	return false;
}

static bool read_keyed(struct reading *r, const char *word, size_t len)
{
	const struct spec_item *item = spec_key(&r->spec, word, len);
	struct arg *arg = &r->args->arg[r->args->n];
	char why[WHY_SIZE];

	for (size_t i = 0; !item && i < r->args->n; i++) {
		const char *key = r->args->arg[i].key;

		if (key && strlen(key) == len && memcmp(key, word, len) == 0)
			return given_twice(r, word, len);
	}
	if (!item) { /* KEY=VALUE...: keep the pair as it is */
		arg->key = r->store;
		memcpy(r->store, word, len);
		r->store[len] = '\0';
		r->store += len + 1;
		arg->word = word + len + 1;
		r->args->n++;
		return true;
	}
	for (size_t i = 0; i < r->args->n; i++)
		if (strlen(r->args->arg[i].name) == len && !item->many &&
		    strncmp(r->args->arg[i].name, word, len) == 0)
			return given_twice(r, word, len);
	if (!match(r, item, word + len + 1, arg, why)) {
		complain(r->out, r->cmd->name, "%.90s: %s", word, why);
		return false;
	}
	r->args->n++;
	return true;
}

static bool is_given(const struct reading *r, const char *name)
{
	for (size_t i = 0; i < r->args->n; i++)
		if (strcmp(r->args->arg[i].name, name) == 0)
			return true;
	return false;
}

/* The first key that the word could be the value of: `alloc 3`. */
static bool meant_key(const struct reading *r, const char *word,
		      char key[SPEC_NAME])
{
	for (unsigned int i = 0; i < r->spec.n; i++) {
		const struct spec_item *item = &r->spec.item[i];
		char why[WHY_SIZE];
		struct arg arg;

		if (!item->key_len || item->pairs)
			continue;
		snprintf(key, SPEC_NAME, "%.*s", (int)item->key_len, item->key);
		if (!is_given(r, key) && match(r, item, word, &arg, why))
			return true;
	}
	return false;
}

static bool read_placed(struct reading *r, const struct spec_item *item,
			const char *word)
{
	struct arg *arg = &r->args->arg[r->args->n];
	char why[WHY_SIZE], key[SPEC_NAME];

	if (!item && spec_key(&r->spec, word, strlen(word))) {
		complain(r->out, r->cmd->name,
			 "\"%s\": expected %s=VALUE in one word", word, word);
		return false;
	}
	if (!item && meant_key(r, word, key))
		return complain(r->out, r->cmd->name,
				"\"%.60s\" is one word too many; did you mean "
				"\"%s=%.60s\"?",
				word, key, word) == CMD_OK;
	if (!item) {
		complain(r->out, r->cmd->name,
			 "\"%.60s\" is one word too many; usage: %s%s%s", word,
			 r->cmd->name, r->cmd->args && *r->cmd->args ? " " : "",
			 r->cmd->args ? r->cmd->args : "");
		return false;
	}
	if (!match(r, item, word, arg, why)) {
		complain(r->out, r->cmd->name, "\"%.60s\": %s", word, why);
		return false;
	}
	arg->by_place = true;
	r->args->n++;
	r->places++;
	return true;
}

static bool has_pairs(const struct spec *spec)
{
	for (unsigned int i = 0; i < spec->n; i++)
		if (spec->item[i].pairs)
			return true;
	return false;
}

static bool is(const struct spec_item *item, const char *type)
{
	return item && item->alt_len == strlen(type) &&
	       strncmp(item->alt, type, item->alt_len) == 0;
}

/* Words up to @end, or what is in quotes when that is all of it. */
static void read_line(struct reading *r, const char *text,
		      const struct lex_words *words, size_t i, size_t end)
{
	const size_t start = words->word[i].start;
	const size_t len = words->word[end - 1].end - start;

	if (i + 1 == end && words->word[i].quoted) {
		r->args->line = words->word[i].text;
	} else {
		memcpy(r->store, text + start, len);
		r->store[len] = '\0';
		r->args->line = r->store;
		r->store += len + 1;
	}
	r->places++;
}

/* Does a word belong to the row's keys, as it is or as it is meant? */
static bool is_keyed(const struct reading *r, const char *word)
{
	const size_t len = spec_key_len(word);
	struct nearest n;

	if (!len || word[len + 1] == '=') /* a comparison */
		return false;
	nearest_key(r, word, len, &n);
	return n.name[0] || spec_key(&r->spec, word, len);
}

/* An expression goes on to the first word with a key. */
static size_t end_of_expr(const struct reading *r,
			  const struct lex_words *words, size_t i)
{
	while (i < words->n && !is_keyed(r, words->word[i].text))
		i++;
	return i;
}

/* NAME=VALUE, as sysctl takes it: two words in one. */
static bool read_assignment(struct reading *r, const struct spec_item *item,
			    char *word)
{
	char *value = strchr(word, '=');

	*value++ = '\0';
	return read_placed(r, item, word) &&
	       read_placed(r, spec_place(&r->spec, r->places), value);
}

static bool read_words(struct reading *r, const char *text,
		       const struct lex_words *words, size_t first)
{
	for (size_t i = first; i < words->n; i++) {
		char *word = words->word[i].text;
		const struct spec_item *item = spec_place(&r->spec, r->places);
		const size_t len = spec_key_len(word);

		if (is(item, "LINE")) {
			read_line(r, text, words, i, words->n);
			return true;
		}
		if (is(item, "EXPR") && !is_keyed(r, word)) {
			const size_t end = end_of_expr(r, words, i);

			read_line(r, text, words, i, end);
			i = end - 1;
			continue;
		}
		if (len &&
		    (spec_key(&r->spec, word, len) || has_pairs(&r->spec))) {
			if (!read_keyed(r, word, len))
				return false;
		} else if (is(item, "SETTING") && strchr(word, '=')) {
			if (!read_assignment(r, item, word))
				return false;
		} else if (len && !is(item, "FILE") && !is(item, "WORD")) {
			return unknown_key(r, word, len);
		} else if (!read_placed(r, item, word)) {
			return false;
		}
	}
	return true;
}

static bool all_there(const struct reading *r)
{
	unsigned int place = 0;

	for (unsigned int i = 0; i < r->spec.n; i++) {
		const struct spec_item *item = &r->spec.item[i];
		char key[SPEC_NAME];

		if (item->pairs || item->optional) {
			place += !item->key_len;
			continue;
		}
		if (!item->key_len) {
			if (place++ >= r->places)
				return usage(r);
			continue;
		}
		snprintf(key, sizeof key, "%.*s", (int)item->key_len,
			 item->key);
		if (!args_has(r->args, key))
			return usage(r);
	}
	return true;
}

struct args *args_read(const struct mm *mm, const struct cmd *cmd,
		       const char *text, const struct lex_words *words,
		       size_t first, struct out *out)
{
	struct reading r = {.mm = mm, .cmd = cmd, .out = out};

	if (!spec_read(cmd->args, &r.spec)) {
		complain(out, cmd->name, "its table row is not readable");
		return NULL;
	}
	r.args = calloc(1, sizeof *r.args + words->n * sizeof(struct arg));
	/* each pair's key and NUL is no longer than its word */
	r.store = malloc(strlen(text) + words->n + 1);
	if (!r.args || !r.store) {
		free(r.args);
		free(r.store);
		complain(out, cmd->name, "out of memory");
		return NULL;
	}
	r.args->store = r.store;
	r.args->line = "";
	if (!read_words(&r, text, words, first) || !all_there(&r)) {
		args_free(r.args);
		return NULL;
	}
	return r.args;
}

void args_free(struct args *args)
{
	if (!args)
		return;
	free(args->store);
	free(args);
}
