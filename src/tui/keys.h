/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keys.h - from a key to a line or an action: the one table of keys
 *
 *	keys.c   the table
 *	act.c    actions, clicks
 *	panes.c  those that are about panes
 */
#ifndef BUDDYSCOPE_TUI_KEYS_H
#define BUDDYSCOPE_TUI_KEYS_H

#include "tui/view.h"

/** Keys as the terminal gives them: code points, and these. */
enum key {
	KEY_NONE = 0, /* nothing came in time */
	TK_TAB = 9,
	TK_ENTER = 10,
	TK_ESC = 27,
	TK_BACKSPACE = 127,
	TK_FIRST = 0x110000, /* above every code point */
	TK_LEFT,
	TK_RIGHT,
	TK_UP,
	TK_DOWN,
	TK_HOME,
	TK_END,
	TK_PAGE_UP,
	TK_PAGE_DOWN,
	TK_DELETE,
	TK_BACKTAB,
	TK_RESIZE,
	TK_MOUSE,
	TK_WHEEL_UP,
	TK_WHEEL_DOWN,
	TK_F1,
	TK_PASTE,   /* term_pasted() has it */
	TK_IGNORED, /* something came that has no meaning */
};
#define TK_CTRL(letter) ((letter)&0x1f)

/** What a key does that is not a line of the language. */
enum action {
	ACT_NONE,
	ACT_PLAY,
	ACT_PLAY_BACK,
	ACT_SLOWER,
	ACT_FASTER,
	ACT_GRAIN,
	ACT_PANE,
	ACT_PANE_BACK,
	ACT_ZOOM,
	ACT_NTH, /* the view of the key's number */
	ACT_VIEW_NEXT,
	ACT_VIEW_PREV,
	ACT_SWAP,
	ACT_LAYOUT,
	ACT_THEME,
	ACT_OVERLAY,
	ACT_CLOSER,
	ACT_FARTHER,
	ACT_POINT,
	ACT_FIND,
	ACT_FILTER,
	ACT_AGAIN,
	ACT_DEPTH,
	ACT_OUTPUT,
	ACT_ZONE_NEXT,
	ACT_ZONE_PREV,
	ACT_UP,
	ACT_DOWN,
	ACT_PAGE_UP,
	ACT_PAGE_DOWN,
	ACT_HOME,
	ACT_END,
	ACT_ESCAPE,
	ACT_PROMPT,
	ACT_HELP,
	ACT_MOUSE, /* acts by where it is */
	ACT_REDRAW,
	ACT_QUIT,
};

struct key_row {
	int key;
	const char *name; /* as help shows it; NULL: a second key for a row */
	const char *line; /* a line for the lab, or NULL; with ACT_PROMPT: how
			     a line begins that is typed */
	enum action action;
	const char *help;
};

/** Rows in the order of help; NULL past the last. */
const struct key_row *key_row(unsigned int i);
/** Row of a key that means the same everywhere; NULL: none does. */
const struct key_row *key_of(int key);
/** Row of a key among those of a view; NULL: none. */
const struct key_row *key_of_view(const struct view_ops *v, int key);
/**
 * Actions that only change what is shown: panes, zoom, cursor, scroll.
 * False when @action is none of those.
 */
bool screen_act(struct screen *s, enum action action);
/** Let the map show what changed, in its zone, unless that one is held. */
void screen_follow(struct screen *s);
/** A key of the focused view that has neither line nor action. */
struct reply screen_key(struct screen *s, int key);
/**
 * What was typed to find something, or to leave out all but that, in the
 * focused view, or in the map if that one does not know how.
 */
struct reply screen_find(struct screen *s, const char *text);
struct reply screen_filter(struct screen *s, const char *text);
/** A click at a place of the terminal: focus and cursor follow it. */
struct reply screen_click(struct screen *s, int row, int col);
/** The wheel turned over a place: scroll what is shown there. */
void screen_wheel(struct screen *s, int row, int col, bool up);
/** The zone @by further on; it stays, until a line is typed. */
void screen_zone(struct screen *s, int by);

/* ---- panes.c ---- */

/**
 * Show a view: where it stands, or as a guest in the pane that has the keys.
 * panes_back() sends it away again.
 */
void screen_show(struct screen *s, enum view_id view);
/** The same; a guest that has the keys goes. */
void panes_nth(struct screen *s, enum view_id view);
/** Is the view that has the keys a guest? */
bool panes_guest(const struct screen *s);
/** If so, what stood there is back, and has the keys; false: it is none. */
bool panes_back(struct screen *s);
/** The view that has the keys alone, or all panes again. */
void panes_zoom(struct screen *s, bool on);
/** Output that covers the screen makes way for what it covers. */
void screen_uncover(struct screen *s);
/** The next pane; where only one is shown, all views take their turn. */
void panes_move(struct screen *s, int by);
/** The next view that stands in no other pane takes this one's, for good. */
void panes_change(struct screen *s, int by);
/** This pane's view and the next one's change places. */
void panes_swap(struct screen *s);
/** All that the last line said, over everything. */
void panes_output(struct screen *s);
/** Leave what covers the screen, the zoom, the map's cursor. */
void panes_escape(struct screen *s);

#endif
