/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * block.c - fenced blocks: their kinds, their lines, commands and text
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/block.h"

static const char *const words[] = {
	[ITEM_SETUP] = "setup",	      [ITEM_PREDICT] = "predict",
	[ITEM_RUN] = "run",	      [ITEM_CHECK] = "check",
	[ITEM_TASK] = "task",	      [ITEM_HINT] = "hint",
	[ITEM_SOLUTION] = "solution", [ITEM_PAR] = "par",
};

const char *block_word(enum item_kind kind)
{
	return words[kind] ? words[kind] : "text";
}

enum item_kind block_kind(const char *word)
{
	static const char *const plain[] = {"", "text", "c", "sh", "console"};

	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		if (strcmp(word, plain[i]) == 0)
			return ITEM_PLAIN;
	for (int k = ITEM_SETUP; k <= ITEM_PAR; k++)
		if (strcmp(word, words[k]) == 0)
			return (enum item_kind)k;
	return ITEM_PROSE;
}

/* ---- lines of a block ---- */

/* The next line that is no remark and not empty; false at the end. */
bool block_line(struct reading *r, bool remarks)
{
	while (*r->at) {
		const char *const raw = r->at;
		size_t len = strcspn(raw, "\n"), source_len, skip;
		const char *source;

		r->at += len + (raw[len] == '\n');
		r->line++;
		skip = strspn(raw, " \t");
		if (skip > len)
			skip = len;
		while (len > skip && strchr(" \t\r", raw[len - 1]))
			len--;
		if (len == skip || (remarks && raw[skip] == '#'))
			continue;
		/* the fence may be indented: look where it really stands */
		source = lesson_source_line(r->l, r->line, &source_len);
		r->column = 1;
		while (r->column <= source_len &&
		       strchr(" \t", source[r->column - 1]))
			r->column++;
		if (len - skip > BLOCK_LONGEST) {
			file_fault(r->f, r->line, r->column + BLOCK_LONGEST,
				   "the line is longer than %d bytes",
				   BLOCK_LONGEST);
			continue;
		}
		memcpy(r->text, raw + skip, len - skip);
		r->text[len - skip] = '\0';
		return true;
	}
	return false;
}

bool block_too_many(struct reading *r)
{
	if (++r->l->nr_lines <= LESSON_LINES)
		return false;
	if (r->l->nr_lines == LESSON_LINES + 1)
		file_fault(r->f, r->line, 1,
			   "more than %d commands and conditions in a lesson",
			   LESSON_LINES);
	return true;
}

void block_no_memory(struct reading *r)
{
	file_fault(r->f, r->line, 1, "out of memory");
}

/* ---- commands ---- */

static void read_commands(struct reading *r)
{
	struct item *item = r->item;

	while (block_line(r, true)) {
		struct lesson_line *more;

		if (block_too_many(r))
			return;
		more = realloc(item->lines, (item->n + 1) * sizeof *more);
		if (!more) {
			block_no_memory(r);
			return;
		}
		item->lines = more;
		more[item->n] = (struct lesson_line){strdup(r->text), r->line,
						     r->column};
		if (!more[item->n].text)
			block_no_memory(r);
		item->n++;
	}
	if (!item->n)
		file_fault(r->f, item->line, 1, "expected commands in the `%s`",
			   block_word(item->kind));
}

/* ---- text ---- */

void block_append(struct reading *r, const char *text)
{
	char *const before = r->item->text;
	const size_t size = (before ? strlen(before) : 0) + strlen(text) + 2;
	char *more = malloc(size);

	if (!more) {
		block_no_memory(r);
		return;
	}
	snprintf(more, size, "%s%s%s", before ? before : "", before ? " " : "",
		 text);
	free(before);
	r->item->text = more;
}

static void read_text(struct reading *r)
{
	while (block_line(r, false))
		block_append(r, r->text);
	if (!r->item->text)
		file_fault(r->f, r->item->line, 1, "expected text in the `%s`",
			   block_word(r->item->kind));
}

void block_parse(struct lesson *l, struct item *item, const char *literal,
		 unsigned int line, struct faults *f)
{
	struct reading *r = calloc(1, sizeof *r);

	if (!r) {
		file_fault(f, line, 1, "out of memory");
		return;
	}
	r->l = l;
	r->item = item;
	r->f = f;
	r->at = literal;
	r->line = line - 1;
	switch (item->kind) {
	case ITEM_SETUP:
	case ITEM_RUN:
	case ITEM_SOLUTION:
		read_commands(r);
		break;
	case ITEM_CHECK:
	case ITEM_PAR:
		block_conds(r);
		break;
	case ITEM_PREDICT:
		block_question(r);
		break;
	default:
		read_text(r);
	}
	free(r);
}
