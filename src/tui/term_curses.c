/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * term_curses.c - what the terminal shows, by way of ncurses; see term.h
 */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700 /* wcwidth */
#endif
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#include "tui/term.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "tui/palette.h"
#include "tui/term_shared.h"

static SCREEN *screen;
static bool can_colour, coloured;
bool term_utf8;
static const struct theme *theme;

/* ---- taking it over, and giving it back ---- */

/* What term_restore() needs; made beforehand. */
static struct {
	struct termios modes;
	char text[256];
	size_t len;
	volatile bool ready;
} before;

/* A capability without its padding, "$<5>". */
static void add_text(const char *text)
{
	while (*text && before.len < sizeof before.text) {
		if (text[0] == '$' && text[1] == '<')
			text += strcspn(text, ">");
		else
			before.text[before.len++] = *text;
		text += *text != '\0';
	}
}

static void add_capability(const char *name)
{
	const char *text = tigetstr(name);

	if (text && text != (char *)-1)
		add_text(text);
}

static void forget_shown(void);

volatile sig_atomic_t term_resized;
static void (*curses_resized)(int);

static void on_resize(int sig)
{
	term_resized = 1;
	curses_resized(sig);
}

/* Signals of a new size pass here on their way to curses. */
static void catch_resize(void)
{
	struct sigaction sa;

	if (sigaction(SIGWINCH, NULL, &sa) || sa.sa_handler == SIG_DFL ||
	    sa.sa_handler == SIG_IGN || sa.sa_handler == on_resize)
		return;
	curses_resized = sa.sa_handler;
	sa.sa_handler = on_resize;
	sigaction(SIGWINCH, &sa, NULL);
}

/* It has a mouse; the others may not even pass over such sequences. */
static bool is_modern(void)
{
	const char *mouse = tigetstr("kmous");

	return mouse && mouse != (char *)-1;
}

/* Pasted text is to come between two sequences, or as it was. */
static void mark_pasted(bool on)
{
	if (!is_modern())
		return;
	putp(on ? "\033[?2004h" : "\033[?2004l");
	fflush(stdout);
}

static void prepare_restore(void)
{
	static const char *const names[] = {"sgr0", "cnorm", "rmkx", "rmcup"};

	before.len = 0;
	if (is_modern())
		add_text("\033[?1000l\033[?1006l\033[?2004l");
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		add_capability(names[i]);
	before.ready = true;
}

void term_restore(void)
{
	if (!before.ready)
		return;
	before.ready = false;
	if (write(STDOUT_FILENO, before.text, before.len) < 0)
		return;
	tcsetattr(STDIN_FILENO, TCSANOW, &before.modes);
}

static bool start_colour(void)
{
	return has_colors() && start_color() == OK &&
	       use_default_colors() == OK && COLORS >= 8 &&
	       COLOR_PAIRS > NR_ROLES;
}

/* Direct colour is told by its value, the others by their number. */
static int number_of(struct colour colour)
{
	return COLORS > 256    ? (int)palette_rgb(colour.of256)
	       : COLORS == 256 ? colour.of256
	       : COLORS >= 16  ? colour.of16
			       : colour.of8;
}

void term_theme(enum theme_id id)
{
	cchar_t blank;

	theme = palette_theme(id);
	forget_shown();
	if (can_colour && theme->coloured)
		for (int r = 0; r < NR_ROLES; r++)
			init_extended_pair(1 + r,
					   number_of(theme->look[r].colour),
					   number_of(theme->ground));
	coloured = can_colour && theme->coloured;
	setcchar(&blank, L" ", A_NORMAL, coloured ? 1 + ROLE_TEXT : 0, NULL);
	bkgrnd(&blank);
}

const char *term_open(void)
{
	const char *cup;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return "standard input and output are no terminal";
	setlocale(LC_CTYPE, "");
	term_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	tcgetattr(STDIN_FILENO, &before.modes);
	screen = newterm(NULL, stdout, stdin);
	if (!screen)
		return "the kind of terminal that TERM names is not known";
	cup = tigetstr("cup");
	if (!cup || cup == (char *)-1) {
		term_close();
		return "this terminal cannot move its cursor";
	}
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	set_escdelay(25);
	can_colour = start_colour();
	mousemask(BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON4_PRESSED |
			  BUTTON5_PRESSED,
		  NULL);
	mouseinterval(0);
	mark_pasted(true);
	prepare_restore();
	catch_resize();
	return NULL;
}

void term_close(void)
{
	if (!screen)
		return;
	before.ready = false;
	forget_shown();
	term_forget_pasted();
	mark_pasted(false);
	endwin();
	delscreen(screen);
	screen = NULL;
}

void term_size(int *rows, int *cols)
{
	getmaxyx(stdscr, *rows, *cols);
}

bool term_gone(void)
{
	struct termios t;

	return tcgetattr(STDIN_FILENO, &t) != 0;
}

void term_redraw(void)
{
	mark_pasted(
		true); /* who had the terminal meanwhile may have changed it */
	forget_shown();
	clearok(stdscr, TRUE);
}

static attr_t attributes(const struct cell *cell)
{
	const struct look *look = &theme->look[cell->role];
	attr_t attr = A_NORMAL;

	if (look->bold || cell->marks & MARK_CHANGED)
		attr |= A_BOLD;
	if (cell->marks & MARK_CHANGED)
		attr |= A_UNDERLINE;
	/* the cursor stands out against a filled cell, too */
	if (!(cell->marks & MARK_FULL) != !(cell->marks & MARK_CURSOR))
		attr |= A_REVERSE;
	return attr;
}

/* Does the terminal show this glyph as wide as we think? */
static bool can_show(uint32_t glyph)
{
	return glyph < 0x7f ||
	       (term_utf8 && wcwidth((wchar_t)glyph) == canvas_columns(glyph));
}

static void put_cell(int row, int col, const struct cell *cell)
{
	wchar_t text[2] = {L' ', L'\0'};
	cchar_t ch;

	if (cell->glyph == CANVAS_TAIL) {
		if (can_show(cell[-1].glyph))
			return; /* it came with that one */
	} else if (cell->glyph) {
		text[0] = can_show(cell->glyph) ? (wchar_t)cell->glyph : L'?';
	}
	setcchar(&ch, text, attributes(cell),
		 (short)(coloured ? 1 + cell->role : 0), NULL);
	mvadd_wch(row, col, &ch);
}

/* What the terminal shows, as far as we know; no cells: nothing. */
static struct canvas shown;

static void forget_shown(void)
{
	canvas_close(&shown);
}

static bool same(const struct cell *a, const struct cell *b)
{
	return a->glyph == b->glyph && a->role == b->role &&
	       a->marks == b->marks;
}

/* Cells that are as they were are not even looked at by curses. */
static void put_changed(const struct canvas *c, int rows, int cols)
{
	const bool known =
		shown.cell && shown.rows == c->rows && shown.cols == c->cols;

	for (int y = 0; y < c->rows && y < rows; y++)
		for (int x = 0; x < c->cols && x < cols; x++) {
			const struct cell *now =
				c->cell + (long)y * c->stride + x;

			if (!known ||
			    !same(now, shown.cell + (long)y * shown.stride + x))
				put_cell(y, x, now);
		}
	if (!known) {
		forget_shown();
		if (!canvas_open(&shown, c->rows, c->cols))
			return;
	}
	for (int y = 0; y < c->rows; y++)
		memcpy(shown.cell + (long)y * shown.stride,
		       c->cell + (long)y * c->stride,
		       (size_t)c->cols * sizeof *c->cell);
}

/* Curses forgets a request to stop that comes while it draws: let it wait. */
static void refresh_all(void)
{
	sigset_t stop, before_it;

	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigprocmask(SIG_BLOCK, &stop, &before_it);
	refresh();
	sigprocmask(SIG_SETMASK, &before_it, NULL);
}

void term_draw(const struct canvas *c, int row, int col)
{
	int rows, cols;

	term_size(&rows, &cols);
	if (c->rows > rows || c->cols > cols)
		forget_shown();
	put_changed(c, rows, cols);
	if (row >= 0 && row < rows)
		move(row, col < cols ? col : cols - 1);
	curs_set(row >= 0 ? 1 : 0);
	refresh_all();
}
