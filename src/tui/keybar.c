/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keybar.c - see keybar.h
 */
#include "tui/keybar.h"

#include <string.h>

#include "tui/keys.h"

enum when { ALWAYS, ZOOMED, SEVERAL_ZONES, PLAYING, POINTING };

static const struct hint {
	const char *key, *what;
	int keys[2]; /* of the first word of `key`, and of what follows */
	int rank;    /* the lower, the longer it stays on a narrow screen */
	enum when when;
} hints[] = {
	{"esc", "back", {TK_ESC, TK_ESC}, 0, ZOOMED},
	{"space", "pause", {' ', ' '}, 0, PLAYING},
	{"< >", "speed", {'<', '>'}, 1, PLAYING},
	{"g", "grain", {'g', 'g'}, 2, PLAYING},
	{"m", "leave the map", {'m', 'm'}, 3, POINTING},
	{"b U", "stop/till it moves", {'b', 'U'}, 3, POINTING},
	{"<- ->", "event", {TK_LEFT, TK_RIGHT}, 4, ALWAYS},
	{"[ ]", "phase", {'[', ']'}, 7, ALWAYS},
	{"u r", "undo/redo", {'u', 'r'}, 10, ALWAYS},
	{":", "command", {':', ':'}, 5, ALWAYS},
	{"tab", "pane", {TK_TAB, TK_TAB}, 3, ALWAYS},
	{"z", "zoom", {'z', 'z'}, 8, ALWAYS},
	{"n", "zone", {'n', 'n'}, 9, SEVERAL_ZONES},
	{"bksp space", "play", {TK_BACKSPACE, ' '}, 6, ALWAYS},
	{"m", "point", {'m', 'm'}, 11, ALWAYS},
	{"/", "find", {'/', '/'}, 12, ALWAYS},
	{"+ -", "map", {'+', '-'}, 13, ALWAYS},
	{"e", "say more", {'e', 'e'}, 14, ALWAYS},
	{"?", "help", {'?', '?'}, 1, ALWAYS},
	{"q", "quit", {'q', 'q'}, 2, ALWAYS},
};

#define NR_HINTS ((int)(sizeof hints / sizeof hints[0]))

/* The cursor of the map is out, and has the keys. */
static bool in_map(const struct screen *s)
{
	return s->pointing && s->focus == VIEW_MAP;
}

static bool applies(const struct screen *s, const struct hint *h)
{
	switch (h->when) {
	case ZOOMED:
		return s->zoomed || panes_guest(s);
	case SEVERAL_ZONES:
		return mm_nr_zones(lab_mm(s->lab)) > 1;
	case PLAYING:
		return s->playing;
	case POINTING:
		return in_map(s);
	default:
		/* arrows and m mean something else there */
		return !in_map(s) ||
		       (h->keys[0] != TK_LEFT && h->keys[0] != 'm');
	}
}

static int width(const struct hint *h)
{
	return (int)(strlen(h->key) + 1 + strlen(h->what));
}

/* Which of them fit, two blanks apart: bit i for hint i. */
static uint32_t choose(const struct screen *s, int cols)
{
	uint32_t chosen = 0;
	int used = 1;

	for (int rank = 0; rank <= NR_HINTS; rank++)
		for (int i = 0; i < NR_HINTS; i++) {
			const struct hint *h = &hints[i];

			if (h->rank != rank || !applies(s, h) ||
			    used + width(h) > cols)
				continue;
			chosen |= 1u << i;
			used += width(h) + 2;
		}
	return chosen;
}

void keybar_draw(const struct screen *s, int row, struct canvas *c)
{
	const uint32_t chosen = choose(s, c->cols);
	int col = 1;

	for (int i = 0; i < NR_HINTS; i++) {
		if (!(chosen >> i & 1))
			continue;
		canvas_text(c, row, col, ROLE_KEY, hints[i].key);
		canvas_text(c, row, col + (int)strlen(hints[i].key) + 1,
			    ROLE_DIM, hints[i].what);
		col += width(&hints[i]) + 2;
	}
}

int keybar_key_at(const struct screen *s, int cols, int col)
{
	const uint32_t chosen = choose(s, cols);
	int from = 1;

	for (int i = 0; i < NR_HINTS; i++) {
		const struct hint *h = &hints[i];

		if (!(chosen >> i & 1))
			continue;
		if (col >= from && col < from + width(h))
			return h->keys[col - from > (int)strcspn(h->key, " ")];
		from += width(h) + 2;
	}
	return KEY_NONE;
}
