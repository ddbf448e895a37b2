/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tty.c - see tty.h
 */
#include "support/tty.h"

#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "support/tty_open.h"
#include "support/tty_screen.h"
#include "tui/keys.h"
#include "tui/view.h"

#define MOST_SENT (1 << 20)

static struct tty_program prog;
static char sent[MOST_SENT + 1];
static size_t nr_sent;

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static long long deadline(void)
{
	const char *patience = getenv("CHECK_PATIENCE");

	return now_ms() + 30000ll * (patience ? atoi(patience) : 1);
}

/* ---- beginning and end ---- */

static void own_answer(const char *s, size_t len, void *arg)
{
	(void)arg; /* to what a program may ask a terminal */
	if (write(prog.master, s, len) < 0)
		return;
}

void tty_open_with(int rows, int cols, const char *term,
		   const char *const *args, bool own_job)
{
	tty_screen_open(rows, cols, own_answer);
	nr_sent = 0;
	tty_program_start(&prog, rows, cols, term, args, own_job);
}

void tty_open(int rows, int cols, const char *term)
{
	tty_open_with(rows, cols, term, NULL, false);
}

pid_t tty_pid(void)
{
	return prog.pid;
}

bool tty_alive(void)
{
	siginfo_t info = {0};

	return waitid(P_PID, (id_t)prog.child, &info,
		      WEXITED | WNOHANG | WNOWAIT) == 0 &&
	       info.si_pid == 0;
}

void tty_must_be_stopped(void)
{
	const long long end = deadline();

	while (!tty_program_stopped(&prog) && now_ms() < end)
		tty_settle(2);
	ck_assert_msg(tty_program_stopped(&prog), "it does not stop");
}

/* The wait status of what stands for the program. */
static int wait_for_end(void)
{
	const long long end = deadline();
	int status = -1;

	for (;;) {
		tty_settle(0);
		if (waitpid(prog.child, &status, WNOHANG) == prog.child)
			break;
		if (now_ms() > end) {
			kill(prog.pid, SIGKILL);
			waitpid(prog.child, &status, 0);
			ck_abort_msg("it does not end; it shows:\n%s",
				     tty_frame());
		}
		poll(NULL, 0, 2);
	}
	tty_settle(0);
	return status;
}

static void put_away(void)
{
	if (prog.master >= 0)
		close(prog.master);
	tty_screen_close();
}

void tty_ends_with(int status)
{
	const int got = wait_for_end();

	ck_assert_msg(WIFEXITED(got) && WEXITSTATUS(got) == status,
		      "wait status %x, expected to exit with %d; it shows:\n%s",
		      (unsigned int)got, status, tty_frame());
	put_away();
}

void tty_ends_by(int signal)
{
	const int got = wait_for_end();

	ck_assert_msg(WIFSIGNALED(got) && WTERMSIG(got) == signal,
		      "wait status %x, expected signal %d", (unsigned int)got,
		      signal);
	put_away();
}

void tty_has_ended(void)
{
	wait_for_end();
	put_away();
}

void tty_close(void)
{
	kill(prog.pid, SIGKILL);
	tty_has_ended();
}

void tty_hang_up(void)
{
	close(prog.master);
	prog.master = -1;
	tty_has_ended();
}

/* ---- to the program ---- */

static void send_bytes(const char *bytes, size_t n)
{
	const long long end = deadline();

	while (n) {
		const ssize_t done = write(prog.master, bytes, n);

		if (done > 0) {
			bytes += done;
			n -= (size_t)done;
			continue;
		}
		if (now_ms() > end)
			ck_abort_msg("it takes no more keys");
		tty_settle(1); /* it may wait for us to read */
	}
}

void tty_press(const char *keys)
{
	send_bytes(keys, strlen(keys));
}

bool tty_press_key(int key)
{
	static const struct {
		int key;
		const char *bytes;
	} named[] = {
		{TK_LEFT, TTY_LEFT},	 {TK_RIGHT, TTY_RIGHT},
		{TK_UP, TTY_UP},	 {TK_DOWN, TTY_DOWN},
		{TK_HOME, "\033OH"},	 {TK_END, "\033OF"},
		{TK_PAGE_UP, "\033[5~"}, {TK_PAGE_DOWN, "\033[6~"},
		{TK_DELETE, "\033[3~"},	 {TK_BACKTAB, "\033[Z"},
		{TK_F1, "\033OP"},	 {TK_ENTER, "\r"},
		{TK_MOUSE, NULL},	 {TK_WHEEL_UP, NULL},
		{TK_WHEEL_DOWN, NULL},
	};
	char byte = (char)key;

	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
		if (named[i].key != key)
			continue;
		if (named[i].bytes)
			tty_press(named[i].bytes);
		else if (key == TK_MOUSE)
			tty_click(1, 1);
		else
			tty_wheel(3, 3, key == TK_WHEEL_UP);
		return true;
	}
	if (key <= 0 || key > 127)
		return false;
	send_bytes(&byte, 1);
	return true;
}

void tty_resize(int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows,
			       .ws_col = (unsigned short)cols};

	tty_screen_resize(rows, cols);
	ck_assert_int_eq(ioctl(prog.master, TIOCSWINSZ, &size), 0);
}

void tty_click(int row, int col)
{
	char text[80];

	snprintf(text, sizeof text, "\033[<0;%d;%dM\033[<0;%d;%dm", col + 1,
		 row + 1, col + 1, row + 1);
	tty_press(text);
}

void tty_wheel(int row, int col, bool up)
{
	char text[40];

	snprintf(text, sizeof text, "\033[<%d;%d;%dM", up ? 64 : 65, col + 1,
		 row + 1);
	tty_press(text);
}

/* ---- from the program ---- */

/* Wait so long for something, and take it; false: nothing came, or ever will */
static bool take(int ms)
{
	struct pollfd fd = {.fd = prog.master, .events = POLLIN};
	char buf[8192];
	ssize_t n;

	if (prog.master < 0 || poll(&fd, 1, ms) <= 0)
		return false;
	n = read(prog.master, buf, sizeof buf);
	if (n <= 0)
		return false;
	tty_screen_take(buf, (size_t)n);
	if ((size_t)n <= MOST_SENT - nr_sent) {
		memcpy(sent + nr_sent, buf, (size_t)n);
		nr_sent += (size_t)n;
	}
	return true;
}

void tty_settle(int ms)
{
	for (int i = 0; i < 1000 && take(ms); i++)
		;
}

void tty_idle(void)
{
	const long long end = deadline();

	while (take(1) || !tty_program_waits(&prog) || take(0))
		if (now_ms() > end)
			ck_abort_msg("it is busy for long:\n%s", tty_frame());
}

void tty_busy(void)
{
	const long long end = deadline();
	const long begin = tty_program_spent_ms(&prog);

	while (tty_program_spent_ms(&prog) < begin + 100) {
		take(1);
		if (now_ms() > end)
			ck_abort_msg("it does not work long:\n%s", tty_frame());
	}
}

int tty_rows(void)
{
	int rows, cols;

	tty_screen_size(&rows, &cols);
	return rows;
}

bool tty_find(const char *what, int *row, int *col)
{
	int rows, cols;

	tty_screen_size(&rows, &cols);
	for (*row = 0; *row < rows; ++*row) {
		const char *text = tty_row(*row), *at = strstr(text, what);

		if (at) {
			*col = (int)(at - text);
			return true;
		}
	}
	return false;
}

bool tty_shows(const char *what)
{
	int row, col;

	return tty_find(what, &row, &col);
}

void tty_must_show(const char *what)
{
	const long long end = deadline();

	while (!tty_shows(what) && now_ms() < end)
		take(20);
	ck_assert_msg(tty_shows(what), "\"%s\" is not shown, but:\n%s", what,
		      tty_frame());
}

void tty_must_not_show(const char *what)
{
	const long long end = deadline();

	while (tty_shows(what) && now_ms() < end)
		take(20);
	ck_assert_msg(!tty_shows(what), "\"%s\" is still shown:\n%s", what,
		      tty_frame());
}

int tty_event(void)
{
	const char *at = strstr(tty_row(0), "event ");

	return at ? atoi(at + 6) : -1;
}

void tty_must_stand_at(int event)
{
	const long long end = deadline();

	while (tty_event() != event && now_ms() < end)
		take(20);
	ck_assert_msg(tty_event() == event, "event %d, expected %d:\n%s",
		      tty_event(), event, tty_frame());
}

const char *tty_sent(size_t *len)
{
	sent[nr_sent] = '\0';
	*len = nr_sent;
	return sent;
}

void tty_forget(void)
{
	nr_sent = 0;
}

bool tty_restored(void)
{
	struct termios t;

	return tcgetattr(prog.master, &t) == 0 && t.c_lflag & ECHO &&
	       t.c_lflag & ICANON;
}

bool tty_known(const char *term)
{
	char line[100];

	snprintf(line, sizeof line, "infocmp %s >/dev/null 2>&1", term);
	return system(line) == 0;
}

/* ---- is the frame right ---- */

static bool blank(const char *text)
{
	return !text[strspn(text, " ")];
}

void tty_must_be_sane(const char *where, bool afresh)
{
	int rows, cols;
	char *before, *after;

	tty_idle();
	ck_assert_msg(tty_alive(), "%s: it has ended; it showed:\n%s", where,
		      tty_frame());
	tty_screen_size(&rows, &cols);
	tty_screen_must_be_printable(where);
	if (!screen_too_small(rows, cols))
		ck_assert_msg(!blank(tty_row(0)) && !blank(tty_row(rows - 1)),
			      "%s: no title, or no last row:\n%s", where,
			      tty_frame());
	else if (rows > 0 && cols >= 9)
		ck_assert_msg(strstr(tty_row(0), "too small") != NULL, "%s: %s",
			      where, tty_row(0));
	if (!afresh)
		return;
	before = tty_screen_picture();
	tty_press("\f");
	tty_idle();
	after = tty_screen_picture();
	tty_screen_must_be_same(where, before, after);
	free(before);
	free(after);
}

void tty_must_become(const char *where, const char *picture)
{
	char *now;

	tty_idle();
	now = tty_screen_picture();
	tty_screen_must_be_same(where, picture, now);
	free(now);
}
