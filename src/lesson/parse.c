/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * parse.c - from a file to steps; Markdown is read by cmark
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmark.h>

#include "lesson/file.h"
#include "lesson/sheet.h"

#define DEEPEST 20 /* lists within quotes within lists ... */
#define INSTRUCTOR "[!NOTE] For the instructor:"

/* ---- bytes ---- */

/* Where the first byte that is no plain UTF-8 text stands; SIZE_MAX: none. */
static size_t first_bad_byte(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size;) {
		const unsigned char c = (unsigned char)bytes[i];
		char one[5] = "", shown[8];
		const size_t want = c < 0x80   ? 1
				    : c < 0xe0 ? 2
				    : c < 0xf0 ? 3
					       : 4;

		if (c == '\n' || c == '\t' ||
		    (c == '\r' && i + 1 < size && bytes[i + 1] == '\n')) {
			i++;
			continue;
		}
		if (c == '\0' || i + want > size)
			return i;
		memcpy(one, bytes + i, want);
		printable(shown, sizeof shown, one);
		if (strcmp(one, shown) != 0)
			return i;
		i += want;
	}
	return SIZE_MAX;
}

static bool check_bytes(const char *bytes, size_t size, struct faults *f)
{
	const size_t bad = first_bad_byte(bytes, size);
	unsigned int line = 1, column = 1;

	if (bad == SIZE_MAX)
		return true;
	for (size_t i = 0; i < bad; i++) {
		column++;
		if (bytes[i] == '\n') {
			line++;
			column = 1;
		}
	}
	file_fault(f, line, column,
		   "byte 0x%02x is no text; expected UTF-8 without control "
		   "characters",
		   (unsigned char)bytes[bad]);
	return false;
}

static uint64_t hash_bytes(const char *bytes, size_t size)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < size; i++)
		h = (h ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
	return h;
}

const char *lesson_source_line(struct lesson *l, unsigned int line, size_t *len)
{
	if (!l->seen || line < l->seen_line) {
		l->seen = l->text;
		l->seen_line = l->body_line;
	}
	for (; *l->seen && l->seen_line < line; l->seen_line++) {
		l->seen += strcspn(l->seen, "\n");
		l->seen += *l->seen == '\n';
	}
	*len = strcspn(l->seen, "\n");
	return l->seen;
}

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

char *markdown_to_html(const char *markdown)
{
	return cmark_markdown_to_html(markdown, strlen(markdown),
				      CMARK_OPT_VALIDATE_UTF8);
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

static struct step *new_step(struct parsing *p, char *heading,
			     unsigned int line)
{
	struct lesson *l = p->l;
	struct step *more;

	if (l->n == LESSON_STEPS) {
		file_fault(p->f, line, 1, "more than %d steps", LESSON_STEPS);
		free(heading);
		return NULL;
	}
	more = realloc(l->step, (l->n + 1) * sizeof *more);
	if (!more) {
		file_fault(p->f, line, 1, "out of memory");
		free(heading);
		return NULL;
	}
	l->step = more;
	l->step[l->n] = (struct step){.heading = heading, .line = line};
	return &l->step[l->n++];
}

static struct item *new_item(struct parsing *p, enum item_kind kind,
			     cmark_node *n)
{
	struct lesson *l = p->l;
	struct step *s =
		l->n ? &l->step[l->n - 1] : new_step(p, NULL, line_of(p, n));

	if (!s)
		return NULL;
	if (++l->nr_items > LESSON_ITEMS) {
		if (l->nr_items == LESSON_ITEMS + 1)
			file_fault(p->f, line_of(p, n), 1,
				   "more than %d paragraphs and blocks",
				   LESSON_ITEMS);
		return NULL;
	}
	if (s->n == s->room) {
		const size_t room = s->room ? 2 * s->room : 16;
		struct item *more = realloc(s->item, room * sizeof *more);

		if (!more) {
			file_fault(p->f, line_of(p, n), 1, "out of memory");
			return NULL;
		}
		s->item = more;
		s->room = room;
	}
	s->item[s->n] = (struct item){
		.kind = kind,
		.line = line_of(p, n),
		.last = p->offset + (unsigned int)cmark_node_get_end_line(n),
	};
	return &s->item[s->n++];
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
	if (item->text && item->text[0] == '|')
		file_fault(
			p->f, item->line, 1,
			"a table cannot be shown; expected a list, or a block "
			"of `text`");
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
		new_step(p, inline_text(n), line_of(p, n));
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

/* ---- what a step must have ---- */

static const struct item *first_of(const struct step *s, enum item_kind kind)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->item[i].kind == kind)
			return &s->item[i];
	return NULL;
}

static void check_step(struct step *s, struct faults *f)
{
	const struct item *task = first_of(s, ITEM_TASK);
	const struct item *solution = first_of(s, ITEM_SOLUTION);
	const struct item *check = first_of(s, ITEM_CHECK);
	const struct item *par = first_of(s, ITEM_PAR);
	unsigned int tasks = 0, solutions = 0;

	s->has_task = task != NULL;
	s->has_check = check != NULL;
	s->has_run = first_of(s, ITEM_RUN) != NULL;
	for (size_t i = 0; i < s->n; i++) {
		tasks += s->item[i].kind == ITEM_TASK;
		solutions += s->item[i].kind == ITEM_SOLUTION;
		if (s->item[i].kind == ITEM_TASK && tasks == 2)
			file_fault(f, s->item[i].line, 1,
				   "a second task; expected one in a step");
		if (s->item[i].kind == ITEM_SOLUTION && solutions == 2)
			file_fault(f, s->item[i].line, 1,
				   "a second solution; expected one in a step");
	}
	if (task && !solution)
		file_fault(f, task->line, 1, "the task has no `solution`");
	if (task && !check)
		file_fault(f, task->line, 1,
			   "the task has no `check`, so nothing can solve it");
	if (solution && !task)
		file_fault(f, solution->line, 1, "a solution without a `task`");
	if (par && !task)
		file_fault(f, par->line, 1, "par without a `task`");
	if (check && !task && !s->has_run)
		file_fault(f, check->line, 1,
			   "a check of nothing: the step has no `run` and no "
			   "`task`");
}

static void parse_body(struct lesson *l, struct faults *f)
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
		check_step(&l->step[i], f);
	if (!l->n)
		file_fault(f, l->body_line, 1,
			   "the lesson has no step: expected "
			   "text or \"## HEADING\"");
}

/* ---- the whole ---- */

static void name_lesson(struct lesson *l)
{
	const char *slash = strrchr(l->path, '/');
	const char *base = slash ? slash + 1 : l->path;
	size_t n = 0;

	for (; *base && strcmp(base, ".md") != 0 && n + 1 < LESSON_NAME; base++)
		l->name[n++] = strchr("/\\ \t", *base) ? '_' : *base;
}

struct lesson *lesson_parse(const char *path, const char *bytes, size_t size,
			    uint64_t seed, struct faults *f)
{
	struct lesson *l;
	size_t at;
	char *body;

	f->path = path;
	if (size > LESSON_BYTES) {
		file_fault(f, 0, 0, "is longer than 1 MiB; that is no lesson");
		return NULL;
	}
	if (!check_bytes(bytes, size, f))
		return NULL;
	l = calloc(1, sizeof *l);
	if (!l || !(l->path = strdup(path))) {
		file_fault(f, 0, 0, "out of memory");
		free(l);
		return NULL;
	}
	name_lesson(l);
	l->hash = hash_bytes(bytes, size);
	l->seed = seed;
	l->seed_given = seed != 0;
	if (head_parse(l, bytes, size, &at, f)) {
		body = strndup(bytes + at, size - at);
		l->text = body ? vary_text(l, body) : NULL;
		free(body);
		if (l->text)
			parse_body(l, f);
		else
			file_fault(f, 0, 0, "out of memory");
	}
	if (!f->n)
		return l;
	lesson_free(l);
	return NULL;
}

/* Its bytes, malloc()ed; NULL after a fault. */
static char *read_file(const char *path, size_t *size, struct faults *f)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char *bytes = NULL;
	struct stat sb;
	ssize_t n;

	if (fd < 0 || fstat(fd, &sb)) {
		file_fault(f, 0, 0, "%s", strerror(errno));
	} else if (!S_ISREG(sb.st_mode)) {
		file_fault(f, 0, 0, "is no regular file");
	} else if (sb.st_size > (off_t)LESSON_BYTES) {
		file_fault(f, 0, 0, "is longer than 1 MiB; that is no lesson");
	} else if ((bytes = malloc((size_t)sb.st_size + 1))) {
		*size = 0;
		while (*size < (size_t)sb.st_size &&
		       (n = read(fd, bytes + *size,
				 (size_t)sb.st_size - *size)) > 0)
			*size += (size_t)n;
	} else {
		file_fault(f, 0, 0, "out of memory");
	}
	if (fd >= 0)
		close(fd);
	return bytes;
}

struct lesson *lesson_read(const char *path, uint64_t seed, struct faults *f)
{
	struct lesson *l = NULL;
	size_t size = 0;
	char *bytes;

	f->path = path;
	bytes = read_file(path, &size, f);
	if (bytes)
		l = lesson_parse(path, bytes, size, seed, f);
	free(bytes);
	return l;
}

static void free_item(struct item *item)
{
	for (size_t i = 0; item->lines && i < item->n; i++)
		free(item->lines[i].text);
	for (size_t i = 0; item->conds && i < item->n; i++) {
		expr_free(item->conds[i].expr);
		free(item->conds[i].name);
		free(item->conds[i].text);
	}
	for (size_t i = 0; i < item->question.nr_choices; i++)
		free(item->question.choice[i].text);
	expr_free(item->question.expr);
	free(item->question.choice);
	free(item->lines);
	free(item->conds);
	free(item->text);
}

void lesson_free(struct lesson *l)
{
	if (!l)
		return;
	for (size_t s = 0; s < l->n; s++) {
		for (size_t i = 0; i < l->step[s].n; i++)
			free_item(&l->step[s].item[i]);
		free(l->step[s].item);
		free(l->step[s].heading);
	}
	free(l->step);
	free(l->path);
	free(l->title);
	free(l->goal);
	free(l->needs);
	free(l->era);
	free(l->models);
	free(l->boot);
	free(l->text);
	free(l);
}
