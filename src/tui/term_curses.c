/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * term_curses.c - the terminal, by way of ncurses; see term.h
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
#include <sys/select.h>
#include <term.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "tui/keys.h"
#include "tui/palette.h"

static SCREEN *screen;
static bool can_colour, coloured, utf8;
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
static void forget_pasted(void);

/* A size may have come and gone; what was shown then is lost all the same. */
static volatile sig_atomic_t resized;
static void (*curses_resized)(int);

static void on_resize(int sig)
{
	resized = 1;
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
	utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
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
	forget_pasted();
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
	       (utf8 && wcwidth((wchar_t)glyph) == canvas_columns(glyph));
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

static int mouse_key(int *row, int *col)
{
	MEVENT m;

	if (getmouse(&m) != OK)
		return TK_IGNORED;
	*row = m.y;
	*col = m.x;
	return m.bstate & BUTTON4_PRESSED			? TK_WHEEL_UP
	       : m.bstate & BUTTON5_PRESSED			? TK_WHEEL_DOWN
	       : m.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED) ? TK_MOUSE
								: TK_IGNORED;
}

/* ---- sequences that curses does not know ---- */

#define SEQUENCE_MS 20
#define MOST_SEQUENCE 4096

/* What the terminal sent for the last key. */
static struct {
	char bytes[TERM_MOST_BYTES];
	size_t n;
} sent;

static void note_sent(const char *bytes, size_t n)
{
	if (n > sizeof sent.bytes - sent.n)
		n = sizeof sent.bytes - sent.n;
	memcpy(sent.bytes + sent.n, bytes, n);
	sent.n += n;
}

static void note_char(wint_t got)
{
	char utf8_bytes[5];

	if (got == 0)
		note_sent("", 1);
	else if (got < (utf8 ? 0x110000 : 0x80))
		note_sent(utf8_bytes,
			  (size_t)canvas_encode((uint32_t)got, utf8_bytes));
}

/* Curses has made one number of it. */
static void note_key(int key)
{
	char *bytes = key == KEY_ENTER ? strdup("\r") : keybound(key, 0);

	if (bytes)
		note_sent(bytes, strlen(bytes));
	free(bytes);
}

size_t term_sent(const char **bytes)
{
	*bytes = sent.bytes;
	return sent.n;
}

/*
 * get_wch(), but for locales of single bytes: there it would wait for the
 * rest of a character that is none, and swallow the keys that follow.
 */
static int read_key(wint_t *got)
{
	int key;

	if (MB_CUR_MAX > 1)
		return get_wch(got);
	key = getch();
	if (key == ERR)
		return ERR;
	*got = (wint_t)key;
	return key > 0xff ? KEY_CODE_YES : OK;
}

/* The next byte of a sequence; -1 when it has ended, or a key came instead. */
static int sequence_byte(void)
{
	wint_t got;

	if (read_key(&got) != OK)
		return -1;
	note_char(got);
	return (int)got;
}

static int skip_until(int low, int high)
{
	int byte, n = 0;

	do
		byte = sequence_byte();
	while (byte >= 0 && (byte < low || byte > high) && ++n < MOST_SEQUENCE);
	return byte;
}

/* ---- pasted text ---- */

#define PASTE_MS 1000 /* of silence, and it has ended */

static struct {
	char *text;
	size_t n;
	bool more;
} pasted;

static void forget_pasted(void)
{
	free(pasted.text);
	pasted.text = NULL;
	pasted.n = 0;
	pasted.more = false;
}

const char *term_pasted(void)
{
	return pasted.text ? pasted.text : "";
}

bool term_pasted_more(void)
{
	return pasted.more;
}

static void add_pasted(wint_t got)
{
	char utf8_bytes[5];
	const size_t n = (size_t)canvas_encode((uint32_t)got, utf8_bytes);

	if (got == 0 || got >= (utf8 ? 0x110000 : 0x80))
		return;
	if (!pasted.text || pasted.n + n >= TERM_MOST_PASTED) {
		pasted.more = true;
		return;
	}
	memcpy(pasted.text + pasted.n, utf8_bytes, n);
	pasted.n += n;
	pasted.text[pasted.n] = '\0';
}

/* Up to the sequence that ends it, which comes as what it is. */
static void read_pasted(void)
{
	static const char end[] = "\033[201~";
	size_t seen = 0;
	wint_t got;
	int kind;

	forget_pasted();
	pasted.text = calloc(1, TERM_MOST_PASTED);
	timeout(PASTE_MS);
	while (seen < sizeof end - 1) {
		kind = read_key(&got);
		if (kind == ERR)
			break;
		if (kind != OK) /* a key that curses knows is no text */
			continue;
		seen = got == (wint_t)end[seen] ? seen + 1 : got == TK_ESC;
		if (!seen)
			add_pasted(got);
	}
	sent.n = 0;
}

static bool sent_is(const char *text)
{
	return sent.n == strlen(text) && memcmp(sent.bytes, text, sent.n) == 0;
}

/* CSI: parameters, then a letter.  Two terminals have ideas of their own. */
static int skip_csi(void)
{
	static const struct {
		char letter;
		int key;
	} keys[] = {
		{'A', TK_UP},	   {'B', TK_DOWN}, {'C', TK_RIGHT},
		{'D', TK_LEFT},	   {'H', TK_HOME}, {'F', TK_END},
		{'Z', TK_BACKTAB},
	};
	const int byte = sequence_byte();

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (byte == keys[i].letter)
			return keys[i].key;
	if (byte == '[') { /* function keys of the Linux console */
		sequence_byte();
	} else if (byte == 'M') { /* old mouse report: three bytes */
		for (int i = 0; i < 3; i++)
			sequence_byte();
		sent.n = 0;
	} else if (byte >= 0 && byte < 0x40) {
		skip_until(0x40, 0x7e);
		if (byte == '<') /* the newer one */
			sent.n = 0;
		if (sent_is("\033[200~")) {
			read_pasted();
			return TK_PASTE;
		}
	}
	return TK_IGNORED;
}

/* A string, up to BEL or ESC \; empty, it was Alt and a letter. */
static void skip_string(void)
{
	int byte, n = 0;

	do
		byte = sequence_byte();
	while (byte >= 0 && byte != 7 && byte != TK_ESC && ++n < MOST_SEQUENCE);
	if (byte == TK_ESC)
		sequence_byte();
	if (n)
		sent.n = 0;
}

/*
 * After an escape: nothing more means the key itself.  Alt and a letter, a
 * mouse report nobody asked for and the like must not run as keys.
 */
static int after_escape(void)
{
	int byte;

	timeout(SEQUENCE_MS);
	byte = sequence_byte();
	while (byte == TK_ESC)
		byte = sequence_byte();
	if (byte < 0)
		return TK_ESC;
	switch (byte) {
	case '[':
		return skip_csi();
	case 'O':
		skip_until(0x40, 0x7e);
		break;
	case ']':
	case 'P':
	case '_':
	case '^':
	case 'X':
		skip_string();
		break;
	}
	return TK_IGNORED;
}

/*
 * The one place in which the program waits for the terminal.  Curses would
 * wait by poll(), before which a signal that has just come is not seen.
 */
static void wait_for_terminal(int ms, const sigset_t *held)
{
	const struct timespec most = {.tv_sec = ms / 1000,
				      .tv_nsec = ms % 1000 * 1000000L};
	fd_set in;

	FD_ZERO(&in);
	FD_SET(STDIN_FILENO, &in);
	pselect(STDIN_FILENO + 1, &in, NULL, NULL, &most, held);
}

int term_key(int ms, const sigset_t *held, int *row, int *col)
{
	static const struct {
		int curses, ours;
	} keys[] = {
		{KEY_LEFT, TK_LEFT},
		{KEY_RIGHT, TK_RIGHT},
		{KEY_UP, TK_UP},
		{KEY_DOWN, TK_DOWN},
		{KEY_HOME, TK_HOME},
		{KEY_END, TK_END},
		{KEY_PPAGE, TK_PAGE_UP},
		{KEY_NPAGE, TK_PAGE_DOWN},
		{KEY_DC, TK_DELETE},
		{KEY_BTAB, TK_BACKTAB},
		{KEY_BACKSPACE, TK_BACKSPACE},
		{KEY_ENTER, TK_ENTER},
		{KEY_RESIZE, TK_RESIZE},
		{KEY_F(1), TK_F1},
	};
	wint_t got = 0;
	int kind;

	timeout(0);
	sent.n = 0;
	kind = read_key(&got);
	if (kind == ERR && !resized) {
		wait_for_terminal(ms, held);
		kind = read_key(&got);
	}
	if (resized) {
		resized = 0;
		term_redraw();
		if (kind == ERR)
			return TK_RESIZE;
	}
	if (kind == OK)
		note_char(got);
	if (kind == OK && got == TK_ESC)
		return after_escape();
	if (kind == OK)
		return got == '\r'			? TK_ENTER
		       : got == 0			? TK_IGNORED
		       : got < (utf8 ? 0x110000 : 0x80) ? (int)got
							: TK_IGNORED;
	if (kind != KEY_CODE_YES)
		return KEY_NONE;
	if (got == KEY_MOUSE)
		return mouse_key(row, col);
	note_key((int)got);
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if ((int)got == keys[i].curses)
			return keys[i].ours;
	return TK_IGNORED;
}
