/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keys.c - see keys.h
 */
#include "tui/keys.h"

static const struct key_row rows[] = {
	{TK_RIGHT, "-> l", "step", ACT_NONE, "one event forward"},
	{'l', NULL, "step", ACT_NONE, NULL},
	{TK_LEFT, "<- h", "back", ACT_NONE, "one event back"},
	{'h', NULL, "back", ACT_NONE, NULL},
	{']', "]", "next", ACT_NONE, "forward to the end of the next phase"},
	{'[', "[", "prev", ACT_NONE, "back to the end of the phase before"},
	{'f', "f", "finish", ACT_NONE, "forward to the end of the line"},
	{'u', "u", "undo", ACT_NONE, "take one command line back"},
	{'r', "r", "redo", ACT_NONE, "do it again"},
	{' ', "space", NULL, ACT_PLAY,
	 "in a lesson: go on; else play, event by event; again: pause"},
	{TK_BACKSPACE, "backspace", NULL, ACT_PLAY_BACK,
	 "play backwards; again, or space: pause"},
	{TK_CTRL('h'), NULL, NULL, ACT_PLAY_BACK, NULL},
	{'>', ">", NULL, ACT_FASTER, "play faster"},
	{'<', "<", NULL, ACT_SLOWER, "play slower"},
	{'g', "g", NULL, ACT_GRAIN, "play by events, by phases, by lines"},
	{'c', "c", "continue", ACT_NONE,
	 "go on to the next break or watch, or to the end"},
	{'C', "C", "continue back=on", ACT_NONE,
	 "back to the break or watch before, or to the start"},
	{'U', "U", "until ", ACT_PROMPT,
	 "go to where a figure, an event or a frame is as you say"},
	{'b', "b", "break ", ACT_PROMPT, "stop where something is true"},
	{'w', "w", "watch ", ACT_PROMPT, "stop where a figure changes"},
	{'F', "F", "fork ", ACT_PROMPT,
	 "keep a copy of this world to return to"},
	{':', ":", NULL, ACT_PROMPT, "type a command"},
	{'?', "?", NULL, ACT_HELP, "this help; type to search it; esc leaves"},
	{TK_F1, NULL, NULL, ACT_HELP, NULL},
	{TK_TAB, "tab", NULL, ACT_PANE, "the next pane"},
	{TK_BACKTAB, "shift-tab", NULL, ACT_PANE_BACK, "the pane before"},
	{'z', "z enter", NULL, ACT_ZOOM, "this pane alone, and back"},
	{TK_ENTER, NULL, NULL, ACT_ZOOM, NULL},
	{'1', "1 to 9", NULL, ACT_NTH,
	 "the view of that number, in front; again or esc: back"},
	{'2', NULL, NULL, ACT_NTH, NULL},
	{'3', NULL, NULL, ACT_NTH, NULL},
	{'4', NULL, NULL, ACT_NTH, NULL},
	{'5', NULL, NULL, ACT_NTH, NULL},
	{'6', NULL, NULL, ACT_NTH, NULL},
	{'7', NULL, NULL, ACT_NTH, NULL},
	{'8', NULL, NULL, ACT_NTH, NULL},
	{'9', NULL, NULL, ACT_NTH, NULL},
	{'v', "v", NULL, ACT_VIEW_NEXT, "another view in this pane, to stay"},
	{'V', "V", NULL, ACT_VIEW_PREV, "the one before"},
	{'x', "x", NULL, ACT_SWAP, "swap this pane with the next one"},
	{'L', "L", NULL, ACT_LAYOUT,
	 "the next layout: one pane, lecture, standard, wide, by size"},
	{'T', "T", NULL, ACT_THEME,
	 "the next theme: dark, light, highest contrast, without colour"},
	{'K', "K", NULL, ACT_OVERLAY, "show the keys that are pressed, or not"},
	{'+', "+", NULL, ACT_CLOSER,
	 "map: closer, from pageblocks to their parts to frames"},
	{'=', NULL, NULL, ACT_CLOSER, NULL},
	{'-', "-", NULL, ACT_FARTHER, "map: the other way"},
	{'m', "m", NULL, ACT_POINT,
	 "map: cursor that tells about a frame; arrows move it"},
	{'/', "/", NULL, ACT_FIND,
	 "find: a frame's number, an owner, type=M, order=3; in the events a "
	 "name"},
	{'N', "N", NULL, ACT_AGAIN, "find the same again; so does / and enter"},
	{'&', "&", NULL, ACT_FILTER,
	 "show only that; & and enter: everything again"},
	{'n', "n", NULL, ACT_ZONE_NEXT,
	 "the next zone; it stays, until a line is typed"},
	{'p', "p", NULL, ACT_ZONE_PREV, "the zone before"},
	{'e', "e", NULL, ACT_DEPTH,
	 "events: a sentence, with numbers, with kernel functions"},
	{'E', "E", "explain", ACT_OUTPUT,
	 "explain the operation as a tree of reasons"},
	{'o', "o", NULL, ACT_OUTPUT, "all that the last line said"},
	{'i', "i", "check", ACT_NONE, "verify every invariant of the world"},
	{TK_UP, "up k", NULL, ACT_UP, "scroll the pane, or move the cursor"},
	{'k', NULL, NULL, ACT_UP, NULL},
	{TK_DOWN, "down j", NULL, ACT_DOWN, "the same, down"},
	{'j', NULL, NULL, ACT_DOWN, NULL},
	{TK_PAGE_UP, "page-up", NULL, ACT_PAGE_UP, "scroll by a page, up"},
	{TK_PAGE_DOWN, "page-down", NULL, ACT_PAGE_DOWN,
	 "scroll by a page, down"},
	{TK_HOME, "home", NULL, ACT_HOME, "scroll to the start"},
	{TK_END, "end", NULL, ACT_END, "scroll to the end"},
	{TK_ESC, "esc", NULL, ACT_ESCAPE,
	 "leave: the zoom, the cursor, the prompt, the help"},
	{TK_MOUSE, "click", NULL, ACT_MOUSE,
	 "a pane, a frame of the map, an event to go to, a key of the last "
	 "row"},
	{TK_WHEEL_UP, "wheel", NULL, ACT_MOUSE,
	 "scroll what is under the pointer"},
	{TK_WHEEL_DOWN, NULL, NULL, ACT_MOUSE, NULL},
	{TK_CTRL('l'), "ctrl-l", NULL, ACT_REDRAW, "draw everything afresh"},
	{'q', "q", NULL, ACT_QUIT,
	 "leave buddyscope, or a pane that stands alone"},
};

#define NR_ROWS (sizeof rows / sizeof rows[0])

const struct key_row *key_row(unsigned int i)
{
	return i < NR_ROWS ? &rows[i] : NULL;
}

const struct key_row *key_of(int key)
{
	if (key == '\r')
		key = TK_ENTER;
	for (unsigned int i = 0; i < NR_ROWS; i++)
		if (rows[i].key == key)
			return &rows[i];
	return NULL;
}

const struct key_row *key_of_view(const struct view_ops *v, int key)
{
	for (const struct key_row *row = v->keys; row && row->key; row++)
		if (row->key == (key == '\r' ? TK_ENTER : key))
			return row;
	return NULL;
}
