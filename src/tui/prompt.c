/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * prompt.c - see prompt.h
 */
#include "tui/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/keys.h"

static enum edit_kind kind_of(char sign)
{
	return sign == '/'   ? EDIT_FIND
	       : sign == '&' ? EDIT_FILTER
			     : EDIT_COMMAND;
}

static void done(void *arg, char *line)
{
	struct prompt *p = arg;

	if (line)
		edit_remember(kind_of(p->sign), line, true);
	p->sign = 0;
	p->line = line;
	if (!line)
		p->more = 0;
}

void prompt_open(struct prompt *p, char sign, const char *text)
{
	const char before[2] = {sign, '\0'};

	*p = (struct prompt){.sign = sign};
	edit_open(kind_of(sign), before, text, done, p);
}

void prompt_leave(struct prompt *p)
{
	edit_leave();
	p->sign = 0;
	p->more = 0;
}

enum prompt_answer prompt_key(struct prompt *p, int key, const char *bytes,
			      size_t n)
{
	const bool rubs_out = key == TK_BACKSPACE || key == TK_CTRL('h');

	if (key == TK_ESC || key == TK_CTRL('g')) {
		if (!edit_escape())
			p->sign = p->more = 0;
	} else if (rubs_out && edit_empty()) {
		prompt_leave(p);
	} else {
		edit_type(bytes, n);
	}
	return p->sign ? PROMPT_OPEN : p->line ? PROMPT_DONE : PROMPT_LEFT;
}

void prompt_recall(const struct lab *lab, size_t before)
{
	static const char lesson[] = "lesson ";
	const char *line;

	for (; (line = lab_history(lab, before)); before++)
		if (strncmp(line, lesson, sizeof lesson - 1) != 0)
			edit_remember(EDIT_COMMAND, line, false);
}

/* ---- drawing ---- */

/** One row of cells, as long as need be, through which a window slides. */
struct strip {
	struct canvas *c; /* NULL: only measured */
	int from;	  /* columns that are left of the window */
	int col;
};

static void put(struct strip *s, enum role role, uint32_t glyph)
{
	const int columns = canvas_columns(glyph), at = s->col - s->from;

	s->col += columns;
	if (!s->c || at >= s->c->cols || at + columns <= 0)
		return;
	canvas_put(s->c, s->c->rows - 1, at < 0 ? 0 : at, role,
		   at < 0 ? '?' : glyph);
}

/* Bytes [text, end); control characters as readline shows them, ^A. */
static void put_text(struct strip *s, enum role role, const char *text,
		     const char *end)
{
	while (text < end) {
		const unsigned char byte = (unsigned char)*text;

		if (byte >= ' ' && byte != 0x7f) {
			put(s, role, canvas_decode(&text));
			continue;
		}
		put(s, role, '^');
		put(s, role, byte ^ 0x40u);
		text++;
	}
}

/* readline marks what is no text of a prompt with \001 and \002. */
static void put_prompt(struct strip *s, const char *text)
{
	while (*text) {
		const size_t n = strcspn(text, "\001");

		put_text(s, ROLE_KEY, text, text + n);
		text += n;
		text += strcspn(text, "\002");
		text += *text == '\002';
	}
}

/* Gives the column of the cursor. */
static int put_line(struct strip *s, const struct edit_look *look)
{
	const char *end = look->text + strlen(look->text);
	int cursor;

	s->col = 0;
	put_prompt(s, look->mode);
	put_prompt(s, look->prompt);
	put_text(s, ROLE_TEXT, look->text, look->text + look->at);
	cursor = s->col;
	put_text(s, ROLE_TEXT, look->text + look->at, end);
	return cursor;
}

/* Half a row further, as often as it takes; so the eye finds its place. */
static int slide(int cursor, int cols)
{
	const int half = cols > 2 ? cols / 2 : 1;
	int from = 0;

	while (cursor - from > cols - 2 && cursor - from > 0)
		from += half;
	return from;
}

void prompt_click(int cols, int col)
{
	struct strip s = {0};
	struct edit_look look;
	const char *at, *next;

	edit_look(&look);
	col += slide(put_line(&s, &look), cols);
	s.col = 0;
	put_prompt(&s, look.mode);
	put_prompt(&s, look.prompt);
	for (next = at = look.text; *at; at = next) {
		canvas_decode(&next);
		put_text(&s, ROLE_TEXT, at, next);
		if (s.col > col)
			break;
	}
	edit_point((size_t)(at - look.text));
}

static int text_columns(const char *text)
{
	int n = 0;

	while (*text)
		n += canvas_columns(canvas_decode(&text));
	return n;
}

/*
 * Bytes that need not be shown, as they are the same in all and end a part of
 * the word: "gfp=", "gfp=GFP_DMA|", "lessons/".
 */
static size_t known_part(const struct edit_look *look)
{
	const char *first = look->found[0];
	size_t part = 0;

	for (size_t n = 0; first[n]; n++) {
		for (size_t i = 1; i < look->nr_found; i++)
			if (look->found[i][n] != first[n])
				return part;
		if (strchr("=|/", first[n]))
			part = n + 1;
	}
	return part;
}

/* In columns, sorted downwards, above the line; half of the screen at most. */
static void draw_found(const struct edit_look *look, struct canvas *c)
{
	const size_t part = known_part(look);
	const int most = c->rows / 2, all = (int)look->nr_found;
	int widest = 1, shown = all, across, rows, top;

	for (int i = 0; i < all; i++)
		if (text_columns(look->found[i] + part) > widest)
			widest = text_columns(look->found[i] + part);
	across = (c->cols + 1) / (widest + 2);
	across = across < 1 ? 1 : across;
	rows = (all + across - 1) / across;
	top = c->rows - 1 - (rows > most ? most : rows);
	canvas_repeat(c, top - 1, 0, ROLE_BORDER, '-', c->cols);
	canvas_text(c, top - 1, 1, ROLE_LABEL, " what may stand here ");
	for (int r = top; r < c->rows - 1; r++)
		canvas_repeat(c, r, 0, ROLE_TEXT, ' ', c->cols);
	if (rows > most) {
		rows = most - 1;
		shown = rows * across;
		canvas_printf(c, c->rows - 2, 1, ROLE_DIM,
			      "and %d more: type more of it", all - shown);
	}
	for (int i = 0; i < shown; i++)
		canvas_text(c, top + i % rows, 1 + i / rows * (widest + 2),
			    ROLE_LABEL, look->found[i] + part);
}

/* At the end of the row, if the line leaves it free. */
static void draw_more(int more, int row, int used, struct canvas *c)
{
	char text[60];
	int col;

	snprintf(text, sizeof text, "%d more pasted: enter, enter, ..", more);
	col = c->cols - (int)strlen(text);
	if (used + 2 > col) {
		snprintf(text, sizeof text, "+%d", more);
		col = c->cols - (int)strlen(text) - 1;
	}
	if (used + 1 < col)
		canvas_text(c, row, col, ROLE_DIM, text);
}

int prompt_draw(const struct prompt *p, struct canvas *c)
{
	const int last = c->rows - 1;
	struct strip s = {0};
	struct edit_look look;
	int cursor;

	edit_look(&look);
	if (look.nr_found)
		draw_found(&look, c);
	canvas_repeat(c, last, 0, ROLE_TEXT, ' ', c->cols);
	s.from = slide(put_line(&s, &look), c->cols);
	s.c = c;
	cursor = put_line(&s, &look) - s.from;
	if (s.from)
		canvas_put(c, last, 0, ROLE_KEY, '<');
	if (s.col - s.from > c->cols)
		canvas_put(c, last, c->cols - 1, ROLE_KEY, '>');
	if (p->more)
		draw_more(p->more, last, s.col - s.from, c);
	else if (!*look.text && !look.nr_found)
		canvas_text(c, last, s.col + 1, ROLE_DIM,
			    p->sign == ':' ? "tab completes  up: earlier  esc "
					     "leaves"
					   : "frame, owner, type=M, order=3; "
					     "in events a name");
	return cursor;
}
