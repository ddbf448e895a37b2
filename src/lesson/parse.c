/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * parse.c - from Markdown to steps; cmark reads it
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmark.h>

#include "lesson/file.h"
#include "lesson/table.h"

#define DEEPEST 20 /* lists within quotes within lists ... */
#define INSTRUCTOR "[!NOTE] For the instructor:"

/* ---- inlines, as plain text ---- */

struct text {
	char *s;
	size_t len, room;
};

static void put(struct text *t, const char *s)
{
	const size_t n = strlen(s);

	if (t->len + n + 1 > t->room) {
		const size_t room = 2 * (t->len + n) + 64;
		char *more = realloc(t->s, room);

		if (!more)
			return;
		t->s = more;
		t->room = room;
	}
	memcpy(t->s + t->len, s, n + 1);
	t->len += n;
}

/* Emphasis is dropped, code keeps its marks, a link tells where it leads. */
static char *inline_text(cmark_node *block)
{
	cmark_iter *it = cmark_iter_new(block);
	struct text t = {0};
	cmark_event_type ev;

	put(&t, "");
	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(it);
		const cmark_node_type type = cmark_node_get_type(n);

		if (type == CMARK_NODE_LINK && ev == CMARK_EVENT_EXIT) {
			put(&t, " (");
			put(&t, cmark_node_get_url(n));
			put(&t, ")");
		}
		if (ev != CMARK_EVENT_ENTER)
			continue;
		if (type == CMARK_NODE_TEXT)
			put(&t, cmark_node_get_literal(n));
		else if (type == CMARK_NODE_SOFTBREAK)
			put(&t, " ");
		else if (type == CMARK_NODE_LINEBREAK)
			put(&t, "\n");
		else if (type == CMARK_NODE_CODE) {
			put(&t, "`");
			put(&t, cmark_node_get_literal(n));
			put(&t, "`");
		}
	}
	cmark_iter_free(it);
	return t.s ? t.s : strdup("");
}

/* ---- steps and items ---- */

struct parsing {
	struct lesson *l;
	struct faults *f;
	unsigned int offset; /* lines of the head */
	unsigned int depth;
};

static unsigned int line_of(const struct parsing *p, cmark_node *n)
{
	return p->offset + (unsigned int)cmark_node_get_start_line(n);
}

static struct item *new_item(struct parsing *p, enum item_kind kind,
			     cmark_node *n)
{
	return item_new(p->l, kind, line_of(p, n),
			p->offset + (unsigned int)cmark_node_get_end_line(n),
			p->f);
}

/* A paragraph as it stands in the file; to be freed. */
static char *source_of(const struct parsing *p, const struct item *item)
{
	struct text t = {0};

	for (unsigned int n = item->line; n <= item->last; n++) {
		size_t len;
		const char *s = lesson_source_line(p->l, n, &len);
		char *one = strndup(s, len);

		if (n > item->line)
			put(&t, "\n");
		put(&t, one ? one : "");
		free(one);
	}
	return t.s;
}

/* A cell as it is shown.  The dot keeps a `-` from meaning a list. */
static char *cell_text(const char *cell)
{
	struct text t = {0};
	cmark_node *doc;
	char *shown = NULL;

	put(&t, ".");
	put(&t, cell);
	doc = t.s ? cmark_parse_document(t.s, t.len, CMARK_OPT_VALIDATE_UTF8)
		  : NULL;
	if (doc) {
		shown = inline_text(doc);
		cmark_node_free(doc);
	}
	free(t.s);
	if (shown && *shown)
		memmove(shown, shown + 1, strlen(shown));
	return shown;
}

static void show_cells(struct table *t)
{
	for (size_t i = 0; i < t->rows * t->columns; i++) {
		char *shown = t->cell[i] ? cell_text(t->cell[i]) : NULL;

		if (!shown)
			continue;
		free(t->cell[i]);
		t->cell[i] = shown;
	}
}

/* A paragraph that is a table becomes one. */
static void find_table(struct parsing *p, struct item *item)
{
	char *source = source_of(p, item), why[160];
	const size_t dashes = source ? table_at(source) : 0;
	size_t line = 0;

	if (dashes > 1)
		file_fault(p->f, item->line + (unsigned int)dashes - 1, 1,
			   "a table must not follow text at once; expected an "
			   "empty line before it");
	else if (!dashes && item->text && item->text[0] == '|')
		file_fault(p->f, item->line, 1,
			   "the table has no row of dashes below its head; "
			   "expected \"|---|---|\"");
	else if (dashes && item->prose != PROSE_TEXT)
		file_fault(p->f, item->line, 1,
			   "a table must not stand in a list or a quote");
	else if (dashes) {
		item->table = table_read(source, &line, why, sizeof why);
		item->prose = PROSE_TABLE;
		if (item->table)
			show_cells(item->table);
		else
			file_fault(p->f, item->line + (unsigned int)line, 1,
				   "%s", why);
	}
	free(source);
}

static void add_prose(struct parsing *p, cmark_node *n, enum prose_kind prose,
		      unsigned int indent, const char *mark)
{
	struct item *item = new_item(p, ITEM_PROSE, n);
	const struct step *s = item ? &p->l->step[p->l->n - 1] : NULL;

	if (!item)
		return;
	if (prose == PROSE_POINT && *mark && s->n > 1 &&
	    item[-1].kind == ITEM_PROSE && item[-1].prose == PROSE_POINT)
		item[-1].tight = true;
	item->text = inline_text(n);
	item->prose = prose;
	item->indent = indent;
	snprintf(item->mark, sizeof item->mark, "%s", mark);
	if (item->text && strchr(item->text, '|'))
		find_table(p, item);
}

/* ```WORD ...```; @inside: of a list or a quote. */
static void add_block(struct parsing *p, cmark_node *n, bool inside)
{
	const char *info = cmark_node_get_fence_info(n);
	const char *literal = cmark_node_get_literal(n);
	const enum item_kind kind = block_kind(info ? info : "");
	const unsigned int line = line_of(p, n);
	struct item *item;

	if (kind == ITEM_PROSE) {
		struct nearest near;

		nearest_start(&near, info);
		for (int k = ITEM_SETUP; k <= ITEM_PAR; k++)
			nearest_try(&near, block_word((enum item_kind)k));
		file_fault(p->f, line, 4,
			   "\"%.30s\": no such kind of block%s%s%s; `text` is "
			   "shown "
			   "as it stands",
			   info, near.name[0] ? "; did you mean \"" : "",
			   near.name, near.name[0] ? "\"?" : "");
		return;
	}
	if (inside && kind != ITEM_PLAIN) {
		file_fault(
			p->f, line, 1,
			"a block of `%s` must not stand in a list or a quote",
			block_word(kind));
		return;
	}
	item = new_item(p, kind, n);
	if (!item)
		return;
	if (kind == ITEM_PLAIN)
		item->text = strdup(literal);
	else
		block_parse(p->l, item, literal, line + 1, p->f);
}

/* A fence that is never closed swallows the rest: say so where it begins. */
static bool closed(const struct parsing *p, cmark_node *n)
{
	size_t len;
	const char *s = lesson_source_line(
		p->l, p->offset + (unsigned int)cmark_node_get_end_line(n),
		&len);

	/* of blocks that are indented, there is no fence to close */
	if (!cmark_node_get_fence_info(n) || !*cmark_node_get_fence_info(n))
		return true;
	while (len && strchr(" >\t", *s)) {
		s++;
		len--;
	}
	return len >= 3 &&
	       (strncmp(s, "```", 3) == 0 || strncmp(s, "~~~", 3) == 0) &&
	       cmark_node_get_end_line(n) > cmark_node_get_start_line(n);
}

static void add_node(struct parsing *p, cmark_node *n, enum prose_kind prose,
		     unsigned int indent, const char *mark);

static void add_children(struct parsing *p, cmark_node *n,
			 enum prose_kind prose, unsigned int indent,
			 const char *mark)
{
	if (++p->depth > DEEPEST)
		file_fault(p->f, line_of(p, n), 1,
			   "lists and quotes are nested deeper than %d",
			   DEEPEST);
	else
		for (cmark_node *c = cmark_node_first_child(n); c;
		     c = cmark_node_next(c)) {
			add_node(p, c, prose, indent, mark);
			mark = ""; /* its further paragraphs have none */
		}
	p->depth--;
}

static void add_list(struct parsing *p, cmark_node *n, unsigned int indent)
{
	const bool numbers = cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
	int i = cmark_node_get_list_start(n);
	char mark[8] = "-";

	for (cmark_node *c = cmark_node_first_child(n); c;
	     c = cmark_node_next(c)) {
		if (numbers)
			snprintf(mark, sizeof mark, "%d.", i++ % 1000);
		add_children(p, c, PROSE_POINT, indent + 1, mark);
	}
}

/* What a quote says, all its paragraphs; NULL when it is for learners. */
static char *instructor_text(cmark_node *quote)
{
	struct text t = {0};

	for (cmark_node *c = cmark_node_first_child(quote); c;
	     c = cmark_node_next(c)) {
		char *one = inline_text(c);
		const char *s = one;

		if (!t.s && one &&
		    strncmp(one, INSTRUCTOR, strlen(INSTRUCTOR)) != 0) {
			free(one);
			return NULL;
		}
		if (!one)
			break;
		if (!t.s)
			for (s += strlen(INSTRUCTOR); *s == ' '; s++)
				;
		else
			put(&t, "\n");
		put(&t, s);
		free(one);
	}
	return t.s;
}

static void add_quote(struct parsing *p, cmark_node *n, unsigned int indent)
{
	char *text = instructor_text(n);
	struct item *item;

	if (!text) {
		add_children(p, n, PROSE_QUOTE, indent, "");
		return;
	}
	item = new_item(p, ITEM_NOTE, n);
	if (item)
		item->text = text;
	else
		free(text);
}

static void add_heading(struct parsing *p, cmark_node *n, bool inside)
{
	const int level = cmark_node_get_heading_level(n);

	if (level == 2 && inside)
		file_fault(
			p->f, line_of(p, n), 1,
			"a step's heading must not stand in a list or a quote");
	else if (level == 2)
		step_new(p->l, inline_text(n), line_of(p, n), p->f);
	else
		add_prose(p, n, PROSE_HEADING, 0, "");
}

static void add_node(struct parsing *p, cmark_node *n, enum prose_kind prose,
		     unsigned int indent, const char *mark)
{
	const bool inside = prose != PROSE_TEXT;

	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_HEADING:
		add_heading(p, n, inside);
		break;
	case CMARK_NODE_PARAGRAPH:
		add_prose(p, n, prose, indent, mark);
		break;
	case CMARK_NODE_CODE_BLOCK:
		if (!closed(p, n))
			file_fault(
				p->f, line_of(p, n), 1,
				"the block does not end; expected \"```\" on a "
				"line of its own");
		else
			add_block(p, n, inside);
		break;
	case CMARK_NODE_LIST:
		add_list(p, n, indent);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		add_quote(p, n, indent);
		break;
	default: /* HTML, rules */
		break;
	}
}

void body_parse(struct lesson *l, struct faults *f)
{
	struct parsing p = {.l = l, .f = f, .offset = l->body_line - 1};
	cmark_node *doc = cmark_parse_document(l->text, strlen(l->text),
					       CMARK_OPT_VALIDATE_UTF8);

	if (!doc) {
		file_fault(f, l->body_line, 1, "out of memory");
		return;
	}
	add_children(&p, doc, PROSE_TEXT, 0, "");
	cmark_node_free(doc);
	for (size_t i = 0; i < l->n; i++)
		step_check(&l->step[i], f);
	if (!l->n)
		file_fault(f, l->body_line, 1,
			   "the lesson has no step: expected "
			   "text or \"## HEADING\"");
}
