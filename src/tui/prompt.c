/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * prompt.c - see prompt.h
 */
#include "tui/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/keys.h"

static void set(struct prompt *p, const char *text)
{
	snprintf(p->text, sizeof p->text, "%s", text);
	p->len = p->at = strlen(p->text);
}

void prompt_open(struct prompt *p, char sign, const char *text)
{
	*p = (struct prompt){.sign = sign};
	set(p, text);
}

/* ---- editing ---- */

static bool inside(char byte)
{
	return (byte & 0xc0) == 0x80;
}

static size_t before(const struct prompt *p, size_t at)
{
	while (at > 0 && inside(p->text[--at]))
		;
	return at;
}

static size_t after(const struct prompt *p, size_t at)
{
	while (at < p->len && inside(p->text[++at]))
		;
	return at;
}

static void cut(struct prompt *p, size_t from, size_t to)
{
	memmove(p->text + from, p->text + to, p->len - to + 1);
	p->len -= to - from;
	p->at = from;
}

static void insert(struct prompt *p, const char *text, size_t n)
{
	if (p->len + n >= sizeof p->text)
		return;
	memmove(p->text + p->at + n, p->text + p->at, p->len - p->at + 1);
	memcpy(p->text + p->at, text, n);
	p->len += n;
	p->at += n;
}

static size_t word_before(const struct prompt *p)
{
	size_t at = p->at;

	while (at > 0 && p->text[at - 1] == ' ')
		at--;
	while (at > 0 && p->text[at - 1] != ' ')
		at--;
	return at;
}

/* ---- history ---- */

/* Lines such as `step`: nobody wants to type them again. */
static bool from_key(const char *line)
{
	const struct key_row *row;

	for (unsigned int i = 0; (row = key_row(i)); i++)
		if (row->line && strcmp(row->line, line) == 0)
			return true;
	return false;
}

/* The line @back lines ago, without those that a key runs; 1 is the last. */
static const char *line_ago(const struct lab *lab, size_t back)
{
	size_t n = 0;

	while (lab_history(lab, n))
		n++;
	while (n-- > 0)
		if (!from_key(lab_history(lab, n)) && --back == 0)
			return lab_history(lab, n);
	return NULL;
}

static void travel(struct prompt *p, const struct lab *lab, int by)
{
	const size_t back = p->back + (size_t)by;
	const char *line;

	if (p->sign != ':' || (by < 0 && p->back == 0))
		return;
	if (p->back == 0)
		snprintf(p->own, sizeof p->own, "%s", p->text);
	if (back == 0) {
		p->back = 0;
		set(p, p->own);
		return;
	}
	line = line_ago(lab, back);
	if (!line)
		return;
	p->back = back;
	set(p, line);
}

/* ---- completion ---- */

static size_t common(char *const *words)
{
	size_t n = strlen(words[0]);

	for (size_t i = 1; words[i]; i++)
		for (size_t j = 0; j < n; j++)
			if (words[i][j] != words[0][j])
				n = j;
	return n;
}

static void complete(struct prompt *p, const struct lab *lab)
{
	size_t start = 0, n = 0, used = 0;
	char **words = lab_complete(lab, p->text, p->at, &start);

	if (!words)
		return;
	while (words[n])
		n++;
	if (n && start <= p->at) {
		const size_t len = common(words);

		/* never shorter than what stands there */
		if (len >= p->at - start || n == 1) {
			cut(p, start, p->at);
			insert(p, words[0], len);
		}
		if (n == 1 && len && words[0][len - 1] != '=' &&
		    p->at == p->len)
			insert(p, " ", 1);
	}
	for (size_t i = 0; i < n; i++) {
		if (n > 1 && used < sizeof p->choices - 1)
			used += (size_t)snprintf(p->choices + used,
						 sizeof p->choices - used,
						 "%s  ", words[i]);
		free(words[i]);
	}
	free(words);
}

/* ---- keys ---- */

static void type_in(struct prompt *p, int key)
{
	char utf8[5];

	if (key >= ' ' && key != TK_BACKSPACE && key < TK_FIRST)
		insert(p, utf8, (size_t)canvas_encode((uint32_t)key, utf8));
}

static void edit(struct prompt *p, int key)
{
	switch (key) {
	case TK_LEFT:
	case TK_CTRL('b'):
		p->at = before(p, p->at);
		break;
	case TK_RIGHT:
	case TK_CTRL('f'):
		p->at = after(p, p->at);
		break;
	case TK_HOME:
	case TK_CTRL('a'):
		p->at = 0;
		break;
	case TK_END:
	case TK_CTRL('e'):
		p->at = p->len;
		break;
	case TK_DELETE:
	case TK_CTRL('d'):
		cut(p, p->at, after(p, p->at));
		break;
	case TK_BACKSPACE:
	case TK_CTRL('h'):
		cut(p, before(p, p->at), p->at);
		break;
	case TK_CTRL('k'):
		cut(p, p->at, p->len);
		break;
	case TK_CTRL('u'):
		cut(p, 0, p->at);
		break;
	case TK_CTRL('w'):
		cut(p, word_before(p), p->at);
		break;
	default:
		type_in(p, key);
	}
}

enum prompt_answer prompt_key(struct prompt *p, const struct lab *lab, int key)
{
	p->choices[0] = '\0';
	switch (key) {
	case TK_ESC:
	case TK_CTRL('g'):
		return PROMPT_LEFT;
	case TK_ENTER:
	case '\r':
		return PROMPT_DONE;
	case TK_TAB:
		if (p->sign == ':')
			complete(p, lab);
		return PROMPT_OPEN;
	case TK_UP:
	case TK_CTRL('p'):
		travel(p, lab, 1);
		return PROMPT_OPEN;
	case TK_DOWN:
	case TK_CTRL('n'):
		travel(p, lab, -1);
		return PROMPT_OPEN;
	case TK_BACKSPACE:
	case TK_CTRL('h'):
		if (p->len == 0)
			return PROMPT_LEFT;
		break;
	}
	edit(p, key);
	return PROMPT_OPEN;
}

int prompt_draw(const struct prompt *p, struct canvas *c, int row)
{
	const char *text = p->text, *at = p->text;
	int columns = 0;

	for (; at < p->text + p->at; columns++)
		canvas_decode(&at);
	canvas_repeat(c, row, 0, ROLE_TEXT, ' ', c->cols);
	canvas_put(c, row, 0, ROLE_KEY, (unsigned char)p->sign);
	/* a long line slides to the left */
	for (int skip = columns + 2 - c->cols; skip > 0; skip--, columns--)
		canvas_decode(&text);
	canvas_text(c, row, 1, ROLE_TEXT, text);
	if (!p->len && p->sign != ':')
		canvas_text(c, row, 2, ROLE_DIM,
			    "frame, owner, type=M, order=3; in events a name");
	return columns + 1;
}
