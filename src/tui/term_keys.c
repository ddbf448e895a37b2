/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * term_keys.c - what the terminal sends, by way of ncurses; see term.h
 */
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "tui/keys.h"
#include "tui/term.h"
#include "tui/term_shared.h"

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
	else if (got < (term_utf8 ? 0x110000 : 0x80))
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

void term_forget_pasted(void)
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

	if (got == 0 || got >= (term_utf8 ? 0x110000 : 0x80))
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

	term_forget_pasted();
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
	if (kind == ERR && !term_resized) {
		wait_for_terminal(ms, held);
		kind = read_key(&got);
	}
	if (term_resized) {
		term_resized = 0;
		term_redraw();
		if (kind == ERR)
			return TK_RESIZE;
	}
	if (kind == OK)
		note_char(got);
	if (kind == OK && got == TK_ESC)
		return after_escape();
	if (kind == OK)
		return got == '\r'			     ? TK_ENTER
		       : got == 0			     ? TK_IGNORED
		       : got < (term_utf8 ? 0x110000 : 0x80) ? (int)got
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
