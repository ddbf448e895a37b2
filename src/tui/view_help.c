/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_help.c - see view_help.h
 */
#include "tui/view_help.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define LEGEND_COLS 13
#define MOST_LINES 100 /* of a row on a narrow screen */

/* ---- all rows, one after the other ---- */

static bool heading(struct help_row *row, const char *text)
{
	row->heading = true;
	snprintf(row->right, sizeof row->right, "%s", text);
	return true;
}

static bool one_key(const struct key_row *k, int *i, struct help_row *row)
{
	if (!k->name || (*i)-- > 0)
		return false;
	row->key = k;
	snprintf(row->left, sizeof row->left, "%s", k->name);
	snprintf(row->right, sizeof row->right, "%s%s%s%s", k->help,
		 k->line ? "  (" : "", k->line ? k->line : "",
		 !k->line		   ? ""
		 : k->action == ACT_PROMPT ? "...)"
					   : ")");
	return true;
}

static bool key_help(int *i, struct help_row *row)
{
	const struct key_row *k;

	for (unsigned int n = 0; (k = key_row(n)); n++)
		if (one_key(k, i, row))
			return true;
	return false;
}

static bool view_key_help(enum view_id v, int *i, struct help_row *row)
{
	for (const struct key_row *k = views[v]->keys; k && k->key; k++)
		if (one_key(k, i, row)) {
			row->view = v;
			row->of_view = true;
			return true;
		}
	return false;
}

static bool command_help(const struct screen *s, int *i, struct help_row *row)
{
	const struct cmd *cmd;

	for (unsigned int n = 0; (cmd = lab_cmd(s->lab, n)); n++) {
		if ((*i)-- > 0)
			continue;
		row->cmd = cmd;
		snprintf(row->left, sizeof row->left, ":%s", cmd->name);
		snprintf(row->right, sizeof row->right, "%s", cmd->brief);
		return true;
	}
	return false;
}

/* Does this line of a legend go on with what the one before is about? */
static bool goes_on(const char *line)
{
	return line && strspn(line, " ") >= LEGEND_COLS;
}

/* A thing of the legend with all its lines: they are broken anew. */
static bool legend_help(enum view_id v, int *i, struct help_row *row)
{
	for (const char *const *line = views[v]->legend; *line; line++) {
		size_t n;

		if (goes_on(*line) || (*i)-- > 0)
			continue;
		n = (size_t)snprintf(row->right, sizeof row->right, "%s",
				     *line);
		while (goes_on(line[1]) && n < sizeof row->right)
			n += (size_t)snprintf(row->right + n,
					      sizeof row->right - n, " %s",
					      *++line + LEGEND_COLS);
		return true;
	}
	return false;
}

/* The legend of the focused view comes first: help is in context. */
static bool any_row(const struct screen *s, int i, struct help_row *row)
{
	char text[80];

	*row = (struct help_row){0};
	for (int v = -1; v < NR_VIEWS; v++) {
		const enum view_id id = v < 0 ? s->focus : (enum view_id)v;

		if (v >= 0 && id == s->focus)
			continue;
		snprintf(text, sizeof text, "what the pane \"%s\" shows",
			 views[id]->title);
		if (i-- == 0)
			return heading(row, text);
		if (legend_help(id, &i, row) || view_key_help(id, &i, row))
			return true;
		if (v >= 0)
			continue;
		if (i-- == 0)
			return heading(row, "keys (enter runs the chosen one)");
		if (key_help(&i, row))
			return true;
		if (i-- == 0)
			return heading(row, "commands (enter begins to type "
					    "it)");
		if (command_help(s, &i, row))
			return true;
	}
	return false;
}

/* ---- searching ---- */

static bool contains(const char *text, const char *part)
{
	for (; *text; text++) {
		size_t n = 0;

		while (part[n] && tolower((unsigned char)text[n]) ==
					  tolower((unsigned char)part[n]))
			n++;
		if (!part[n])
			return true;
	}
	return !*part;
}

bool help_row(const struct help *h, const struct screen *s, int i,
	      struct help_row *row)
{
	/* a slash before the word is the habit of others */
	const char *word = h->search + (h->search[0] == '/' && h->search[1]);

	for (int n = 0; any_row(s, n, row); n++) {
		if (*word && (row->heading || (!contains(row->left, word) &&
					       !contains(row->right, word))))
			continue;
		if (i-- == 0)
			return true;
	}
	return false;
}

static int count(const struct help *h, const struct screen *s)
{
	struct help_row row;
	int n = 0;

	while (help_row(h, s, n, &row))
		n++;
	return n;
}

/* ---- keys ---- */

static void move(struct help *h, const struct screen *s, int by)
{
	const int n = count(h, s);

	h->chosen += by;
	h->chosen = h->chosen >= n ? n - 1 : h->chosen;
	h->chosen = h->chosen < 0 ? 0 : h->chosen;
}

static void search(struct help *h, int key)
{
	size_t n = strlen(h->search);

	if ((key == TK_BACKSPACE || key == TK_CTRL('h')) && n)
		h->search[n - 1] = '\0';
	else if (key == TK_CTRL('u'))
		h->search[0] = '\0';
	else if (key == '/' && !n)
		return; /* a habit: one is searching already */
	else if (key >= ' ' && key < 127 && n + 1 < sizeof h->search)
		h->search[n] = (char)key, h->search[n + 1] = '\0';
	else
		return;
	h->chosen = 0;
}

enum help_answer help_key(struct help *h, const struct screen *s, int key,
			  struct help_row *row)
{
	switch (key) {
	case TK_ESC:
	case TK_F1:
	case TK_CTRL('g'):
	case '?':
		return HELP_LEFT;
	case TK_ENTER:
	case '\r':
		return help_row(h, s, h->chosen, row) && (row->key || row->cmd)
			       ? HELP_RUN
			       : HELP_OPEN;
	case TK_UP:
	case TK_WHEEL_UP:
	case TK_CTRL('p'):
		move(h, s, -1);
		return HELP_OPEN;
	case TK_DOWN:
	case TK_WHEEL_DOWN:
	case TK_CTRL('n'):
		move(h, s, 1);
		return HELP_OPEN;
	case TK_PAGE_UP:
		move(h, s, -10);
		return HELP_OPEN;
	case TK_PAGE_DOWN:
		move(h, s, 10);
		return HELP_OPEN;
	case TK_HOME:
		move(h, s, -10000);
		return HELP_OPEN;
	case TK_END:
		move(h, s, 10000);
		return HELP_OPEN;
	default:
		search(h, key);
		return HELP_OPEN;
	}
}

/* One row, broken where it is too long; gives the lines it took. */
static int draw_row(const struct help_row *row, bool chosen, int at,
		    struct canvas *c)
{
	/* a legend's second column, where it has one */
	const bool legend = strlen(row->right) > LEGEND_COLS &&
			    row->right[LEGEND_COLS - 1] == ' ' && c->cols >= 40;
	int left = c->cols >= 60 ? 18 : 12, lines, col;

	if (row->heading) {
		lines = canvas_wrap(c, at, c->rows - at, 4, 0, ROLE_TITLE,
				    row->right);
		canvas_text(c, at, 1, ROLE_TITLE, "--");
	} else if (*row->left) {
		col = canvas_text(c, at, 2, ROLE_KEY, row->left);
		left = col < left ? left : col + 1;
		lines = canvas_wrap(c, at, c->rows - at, left, 0, ROLE_TEXT,
				    row->right);
	} else {
		lines = canvas_wrap(c, at, c->rows - at, 2,
				    legend ? LEGEND_COLS : 0, ROLE_TEXT,
				    row->right);
	}
	if (chosen) {
		canvas_put(c, at, 0, ROLE_NOW, '>');
		for (int i = 0; i < lines; i++)
			canvas_mark(c, at + i, 0, c->cols, MARK_CURSOR);
	}
	return lines > 0 ? lines : 1;
}

/* The first row to draw, so that the chosen one is on the canvas. */
static int first_row(const struct help *h, const struct screen *s, int room,
		     int cols)
{
	struct canvas none = {.rows = 0, .cols = cols};
	struct help_row row;
	int i = h->chosen, used = 0;

	for (; i >= 0 && help_row(h, s, i, &row); i--) {
		used += draw_row(&row, false, -MOST_LINES, &none);
		if (used > room)
			break;
	}
	return i + 1 < h->chosen ? i + 1 : h->chosen;
}

void help_draw(const struct help *h, const struct screen *s, struct canvas *c)
{
	struct canvas list;
	struct help_row row;
	int i, at = 0;

	canvas_clear(c);
	list = canvas_window(c, 1, 0, c->rows - 2, c->cols);
	i = first_row(h, s, list.rows, list.cols);
	canvas_printf(c, 0, 1, ROLE_TITLE, "help: %s  search: %s_",
		      views[s->focus]->title, h->search);
	if (!help_row(h, s, 0, &row))
		canvas_text(c, 1, 1, ROLE_DIM, "nothing matches");
	for (; at < list.rows && help_row(h, s, i, &row); i++)
		at += draw_row(&row, i == h->chosen, at, &list);
	canvas_text(c, c->rows - 1, 1, ROLE_DIM,
		    c->cols >= 60 ? "type to search   up down choose   enter "
				    "run   esc back"
				  : "esc back  type: search");
}
