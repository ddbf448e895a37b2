/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tty_screen.c - see tty_screen.h
 */
#include "support/tty_screen.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vterm.h>

#include "support/tty.h"

#define MOST_CELLS (500 * 130)

static VTerm *vt;
static VTermScreen *vs;

/* A sequence that has begun, and the last character before it. */
static struct {
	char text[40];
	size_t len;
	char last;
} pending;

void tty_screen_open(int rows, int cols,
		     void (*answer)(const char *s, size_t len, void *arg))
{
	vt = vterm_new(rows, cols);
	vterm_set_utf8(vt, 1);
	vterm_output_set_callback(vt, answer, NULL);
	vs = vterm_obtain_screen(vt);
	vterm_screen_enable_altscreen(vs, 1);
	vterm_screen_reset(vs, 1);
	pending.len = 0;
}

void tty_screen_close(void)
{
	vterm_free(vt);
	vt = NULL;
}

void tty_screen_resize(int rows, int cols)
{
	vterm_set_size(vt, rows, cols);
}

void tty_screen_size(int *rows, int *cols)
{
	vterm_get_size(vt, rows, cols);
}

/* A sequence is complete: "\033[7b" is seven times the last character. */
static void end_sequence(void)
{
	pending.text[pending.len] = '\0';
	if (pending.text[pending.len - 1] == 'b' && pending.text[1] == '[')
		for (int n = atoi(pending.text + 2); n > 0; n--)
			vterm_input_write(vt, &pending.last, 1);
	else
		vterm_input_write(vt, pending.text, pending.len);
	pending.len = 0;
}

/*
 * libvterm takes a repetition that ends one column before the last for one
 * that ends in it, so it is told the characters instead.
 */
void tty_screen_take(const char *bytes, size_t n)
{
	while (n) {
		const char *const esc = memchr(bytes, '\033', n);
		const size_t plain = esc ? (size_t)(esc - bytes) : n;

		if (pending.len == 0 && plain) {
			vterm_input_write(vt, bytes, plain);
			pending.last = bytes[plain - 1];
			bytes += plain;
			n -= plain;
			continue;
		}
		pending.text[pending.len++] = *bytes;
		if ((pending.len == 2 && *bytes != '[') ||
		    (pending.len > 2 && *bytes >= 0x40) ||
		    pending.len + 1 == sizeof pending.text)
			end_sequence();
		bytes++;
		n--;
	}
}

static char text_of(int row, int col)
{
	VTermScreenCell cell;
	const VTermPos pos = {.row = row, .col = col};

	vterm_screen_get_cell(vs, pos, &cell);
	return cell.chars[0] >= ' ' && cell.chars[0] < 127 ? (char)cell.chars[0]
							   : ' ';
}

const char *tty_row(int row)
{
	static char text[1024];
	int rows, cols, n = 0;

	vterm_get_size(vt, &rows, &cols);
	for (; n < cols && n < 1000; n++)
		text[n] = text_of(row, n);
	text[n] = '\0';
	return text;
}

const char *tty_frame(void)
{
	static char text[MOST_CELLS];
	int rows, cols, n = 0;

	vterm_get_size(vt, &rows, &cols);
	for (int row = 0; row < rows && n + cols + 2 < MOST_CELLS; row++) {
		for (int col = 0; col < cols; col++)
			text[n++] = text_of(row, col);
		while (n && text[n - 1] == ' ')
			n--;
		text[n++] = '\n';
	}
	text[n] = '\0';
	return text;
}

/* A colour in a few letters. */
static int put_colour(char *at, const VTermColor *c)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(c) || VTERM_COLOR_IS_DEFAULT_BG(c))
		return sprintf(at, "-");
	if (VTERM_COLOR_IS_INDEXED(c))
		return sprintf(at, "%d", c->indexed.idx);
	return sprintf(at, "%02x%02x%02x", c->rgb.red, c->rgb.green,
		       c->rgb.blue);
}

/* What can be seen of a cell: of a blank, only its ground. */
static int put_cell(char *at, const VTermScreenCell *c)
{
	const bool blank = c->chars[0] <= ' ' && !c->attrs.underline;
	const bool reverse = c->attrs.reverse;
	int n = sprintf(at, "%x%s%s%s", blank ? ' ' : c->chars[0],
			c->attrs.bold && !blank ? "b" : "",
			c->attrs.underline ? "u" : "", reverse ? "r" : "");

	if (!blank || reverse)
		n += put_colour(at + n, &c->fg);
	at[n++] = ',';
	if (!blank || !reverse)
		n += put_colour(at + n, &c->bg);
	at[n++] = ' ';
	return n;
}

char *tty_screen_picture(void)
{
	int rows, cols;
	char *picture, *at;

	vterm_get_size(vt, &rows, &cols);
	at = picture = malloc((size_t)(rows * cols) * 40 + 1);
	ck_assert_ptr_nonnull(picture);
	for (int row = 0; row < rows; row++)
		for (int col = 0; col < cols; col++) {
			const VTermPos pos = {.row = row, .col = col};
			VTermScreenCell c;

			vterm_screen_get_cell(vs, pos, &c);
			at += put_cell(at, &c);
		}
	*at = '\0';
	return picture;
}

/* Of many cells, only what is wrong is told to Check: that takes its time. */
void tty_screen_must_be_same(const char *where, const char *a, const char *b)
{
	int rows, cols, cell = 0;

	if (strcmp(a, b) == 0)
		return;
	vterm_get_size(vt, &rows, &cols);
	for (; *a && *b; cell++) {
		const int n = (int)strcspn(a, " "), m = (int)strcspn(b, " ");

		if (n != m || strncmp(a, b, (size_t)n) != 0)
			ck_abort_msg("%s: row %d, column %d is %.*s, and not "
				     "%.*s as before, in:\n%s",
				     where, cell / cols, cell % cols, m, b, n,
				     a, tty_frame());
		a += n + 1;
		b += m + 1;
	}
}

void tty_screen_must_be_printable(const char *where)
{
	int rows, cols;

	vterm_get_size(vt, &rows, &cols);
	for (int row = 0; row < rows; row++)
		for (int col = 0; col < cols; col++) {
			const VTermPos pos = {.row = row, .col = col};
			VTermScreenCell c;

			vterm_screen_get_cell(vs, pos, &c);
			if (c.chars[0] &&
			    (c.chars[0] < ' ' || c.chars[0] == 127 ||
			     c.chars[0] == 0xfffd))
				ck_abort_msg("%s: %x at %d,%d in:\n%s", where,
					     c.chars[0], row, col, tty_frame());
		}
}
