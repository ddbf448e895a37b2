/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * complete.c - what may stand at the cursor
 *
 * The rows' args say it: command names first, then keys, words, and the
 * names that a type knows.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/lex.h"
#include "cmd/spec.h"
#include "cmd/types.h"

#define MOST_WORDS 4096

struct found {
	const char *typed;  /* must begin with this */
	const char *before; /* stands in front of each: "gfp=GFP_KERNEL|" */
	const char *after;  /* and behind: "=" */
	char **word;
	size_t n, room;
};

static void offer(void *arg, const char *name)
{
	struct found *f = arg;
	const size_t size =
		strlen(f->before) + strlen(name) + strlen(f->after) + 1;
	char *word;

	if (strncmp(name, f->typed, strlen(f->typed)) != 0 ||
	    f->n == MOST_WORDS)
		return;
	if (f->n + 1 >= f->room) {
		const size_t room = f->room ? 2 * f->room : 16;
		char **more = realloc(f->word, room * sizeof *more);

		if (!more)
			return;
		f->word = more;
		f->room = room;
	}
	word = malloc(size);
	if (!word)
		return;
	snprintf(word, size, "%s%s%s", f->before, name, f->after);
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->word[i], word) == 0) {
			free(word);
			return;
		}
	f->word[f->n++] = word;
	f->word[f->n] = NULL;
}

/* First words of rows, or second words of those that begin with @first. */
static void offer_commands(const struct lab *lab, const char *first,
			   struct found *f)
{
	const size_t len = first ? strlen(first) : 0;
	const struct cmd *cmd;
	char name[64];

	for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++) {
		snprintf(name, sizeof name, "%.*s",
			 (int)strcspn(cmd->name, " "), cmd->name);
		if (!first)
			offer(f, name);
		else if (strncmp(cmd->name, first, len) == 0 &&
			 cmd->name[len] == ' ')
			offer(f, cmd->name + len + 1);
	}
}

static void offer_forks(const struct lab *lab, struct found *f)
{
	const char *name;

	for (unsigned int i = 0; lab_fork(lab, i, &name); i++)
		offer(f, name);
}

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Entries of the folder that the typed name points into. */
static void offer_files(struct found *f)
{
	const char *typed = f->typed, *slash = strrchr(typed, '/');
	const size_t len = slash ? (size_t)(slash - typed) + 1 : 0;
	char folder[1024], name[1400];
	struct dirent *entry;
	DIR *dir;

	if (len >= sizeof folder)
		return;
	memcpy(folder, typed, len);
	folder[len] = '\0';
	dir = opendir(len ? folder : ".");
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.' && typed[len] != '.')
			continue;
		/* names that the line could not hold are not offered */
		if (lex_refuse(entry->d_name, strlen(entry->d_name)))
			continue;
		snprintf(name, sizeof name, "%s%s", folder, entry->d_name);
		if (is_folder(name) && strlen(name) + 1 < sizeof name)
			strcat(name, "/");
		offer(f, name);
	}
	if (dir)
		closedir(dir);
}

/* GFP masks are completed name by name, behind the last bar. */
static void offer_type(const struct lab *lab, const char *type, struct found *f)
{
	const char *bar =
		strcmp(type, "GFP") == 0 ? strrchr(f->typed, '|') : NULL;
	const char *const before = f->before, *const typed = f->typed;
	char *longer;

	if (strcmp(type, "FILE") == 0) {
		offer_files(f);
		return;
	}
	if (strcmp(type, "COMMAND") == 0)
		offer_commands(lab, NULL, f);
	if (strcmp(type, "FORK") == 0)
		offer_forks(lab, f);
	lab_more_names(lab, type, offer, f);
	if (!bar) {
		arg_type_names(lab_mm(lab), type, offer, f);
		return;
	}
	longer = malloc(strlen(before) + (size_t)(bar - typed) + 2);
	if (!longer)
		return;
	sprintf(longer, "%s%.*s", before, (int)(bar - typed) + 1, typed);
	f->before = longer;
	f->typed = bar + 1;
	arg_type_names(lab_mm(lab), type, offer, f);
	f->before = before;
	f->typed = typed;
	free(longer);
}

static void offer_values(const struct lab *lab, const struct spec_item *item,
			 struct found *f)
{
	char alt[SPEC_NAME];

	for (unsigned int i = 0; spec_alternative(item, i, alt); i++) {
		if (spec_is_type(alt))
			offer_type(lab, alt, f);
		else
			offer(f, alt);
	}
}

static bool used(const struct lex_words *words, size_t last, const char *key,
		 size_t len)
{
	for (size_t i = 0; i < last; i++)
		if (strncmp(words->word[i].text, key, len) == 0 &&
		    words->word[i].text[len] == '=')
			return true;
	return false;
}

static void offer_keys(const struct spec *spec, const struct lex_words *words,
		       size_t last, struct found *f)
{
	char key[SPEC_NAME];

	f->after = "=";
	for (unsigned int i = 0; i < spec->n; i++) {
		const struct spec_item *item = &spec->item[i];

		if (item->pairs) {
			for (unsigned int k = 0; mm_config_key(k); k++)
				offer(f, mm_config_key(k));
		} else if (item->key_len &&
			   !used(words, last, item->key, item->key_len)) {
			snprintf(key, sizeof key, "%.*s", (int)item->key_len,
				 item->key);
			offer(f, key);
		}
	}
	f->after = "";
}

/* An argument of @cmd: word number @last of @words, the first being @from. */
static void offer_args(const struct lab *lab, const struct cmd *cmd,
		       const struct lex_words *words, size_t from, size_t last,
		       struct found *f)
{
	const char *word = f->typed;
	const size_t len = spec_key_len(word);
	const struct spec_item *item;
	struct spec spec;
	unsigned int place = 0;
	char before[SPEC_NAME + 1];

	if (!spec_read(cmd->args, &spec))
		return;
	if (len) {
		item = spec_key(&spec, word, len);
		if (!item || len >= SPEC_NAME)
			return;
		snprintf(before, sizeof before, "%.*s", (int)len + 1, word);
		f->before = before;
		f->typed = word + len + 1;
		offer_values(lab, item, f);
		f->before = "";
		return;
	}
	for (size_t i = from; i < last; i++)
		place += !spec_key_len(words->word[i].text);
	item = spec_place(&spec, place);
	if (item)
		offer_values(lab, item, f);
	/* what must stand in its place comes first */
	if (!item || item->optional)
		offer_keys(&spec, words, last, f);
}

/* The command that the cursor is in: the last one before it. */
static const char *last_command(const char *prefix)
{
	const char *at = prefix, *command, *found = NULL;
	size_t len;

	while ((command = lex_command(&at, &len)))
		found = *at == ';' ? NULL : command;
	return found ? found : prefix + strlen(prefix);
}

static void complete(const struct lab *lab, const char *command,
		     const struct lex_words *words, size_t last,
		     struct found *f)
{
	const char *name[2] = {NULL, NULL};
	const struct cmd *cmd;
	size_t n;

	(void)command;
	for (size_t i = 0; i < last && i < 2; i++)
		name[i] = words->word[i].text;
	if (last == 0) {
		offer_commands(lab, NULL, f);
		return;
	}
	if (last == 1)
		offer_commands(lab, name[0], f);
	cmd = lab_find(lab, name, last < 2 ? last : 2, &n);
	if (cmd && strcmp(cmd->name, "repeat") == 0 && last == 2)
		offer_commands(lab, NULL, f);
	else if (cmd && strcmp(cmd->name, "help") == 0 && last == 2)
		offer_commands(lab, name[1], f);
	else if (cmd)
		offer_args(lab, cmd, words, n, last, f);
}

char **lab_complete(const struct lab *lab, const char *line, size_t cursor,
		    size_t *start)
{
	const size_t size = strnlen(line, LEX_MAX_LINE);
	struct found f = {.typed = "", .before = "", .after = ""};
	struct lex_words words;
	const char *command;
	char *prefix;
	size_t len, last;

	*start = cursor < size ? cursor : size;
	if (lex_refuse(line, size))
		return NULL;
	prefix = strndup(line, *start);
	if (!prefix)
		return NULL;
	command = last_command(prefix);
	len = strlen(command);
	if (lex_split(command, len, &words)) {
		free(prefix);
		return NULL;
	}
	last = words.n;
	if (last && words.word[last - 1].end == len) {
		last--;
		f.typed = words.word[last].text;
		*start = (size_t)(command - prefix) + words.word[last].start;
	}
	complete(lab, command, &words, last, &f);
	lex_free(&words);
	free(prefix);
	return f.word;
}
