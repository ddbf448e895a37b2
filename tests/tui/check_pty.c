/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_pty.c - the program itself on a terminal, read through libvterm
 *
 * Needs ./buddyscope, which `make check` builds first; CHECK_PROGRAM names
 * another one.
 */
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
#include <unistd.h>
#include <vterm.h>

static int master;
static pid_t child;
static VTerm *vt;
static VTermScreen *vs;

/* Where nothing can be kept, not even by root. */
static const char *state_home = "/dev/null";

static void start(int rows, int cols, const char *term)
{
	struct winsize size = {.ws_row = (unsigned short)rows,
			       .ws_col = (unsigned short)cols};
	const char *program = getenv("CHECK_PROGRAM");

	vt = vterm_new(rows, cols);
	vterm_set_utf8(vt, 1);
	vs = vterm_obtain_screen(vt);
	vterm_screen_enable_altscreen(vs, 1);
	vterm_screen_reset(vs, 1);
	child = forkpty(&master, NULL, NULL, &size);
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		setenv("TERM", term, 1);
		setenv("XDG_STATE_HOME", state_home, 1);
		/*
		 * A sanitizer's handlers would come before ours, and what
		 * curses never frees is not our leak.
		 */
		setenv("ASAN_OPTIONS",
		       "handle_segv=0:handle_abort=0:handle_sigbus=0:"
		       "handle_sigill=0:handle_sigfpe=0:detect_leaks=0",
		       1);
		execl(program ? program : "./buddyscope", "buddyscope",
		      (char *)NULL);
		_exit(99);
	}
}

/* What the terminal has been sent, until @ms pass without more, or a lot. */
static void settle(int ms)
{
	struct pollfd fd = {.fd = master, .events = POLLIN};
	char buf[4096];
	ssize_t n;

	for (int i = 0; i < 100 && poll(&fd, 1, ms) > 0; i++) {
		n = read(master, buf, sizeof buf);
		if (n <= 0)
			return;
		vterm_input_write(vt, buf, (size_t)n);
	}
}

static const char *row_text(int row)
{
	static char text[1024];
	int rows, cols, n = 0;

	vterm_get_size(vt, &rows, &cols);
	for (int col = 0; col < cols && n < 1000; col++) {
		VTermScreenCell cell;
		const VTermPos pos = {.row = row, .col = col};

		vterm_screen_get_cell(vs, pos, &cell);
		text[n++] = cell.chars[0] >= ' ' && cell.chars[0] < 127
				    ? (char)cell.chars[0]
				    : ' ';
	}
	text[n] = '\0';
	return text;
}

static bool shows(const char *what)
{
	int rows, cols;

	vterm_get_size(vt, &rows, &cols);
	for (int row = 0; row < rows; row++)
		if (strstr(row_text(row), what))
			return true;
	return false;
}

/* Wait for it, three seconds at most. */
static void must_show(const char *what)
{
	for (int i = 0; i < 60 && !shows(what); i++)
		settle(50);
	ck_assert_msg(shows(what), "\"%s\" is not shown; the title is: %s",
		      what, row_text(0));
}

static void press(const char *keys)
{
	ck_assert(write(master, keys, strlen(keys)) == (ssize_t)strlen(keys));
}

static void resize(int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows,
			       .ws_col = (unsigned short)cols};

	vterm_set_size(vt, rows, cols);
	ck_assert_int_eq(ioctl(master, TIOCSWINSZ, &size), 0);
}

static void ends_with(int status)
{
	int got = -1;

	for (int i = 0; i < 100; i++) {
		settle(30);
		if (waitpid(child, &got, WNOHANG) == child)
			break;
		poll(NULL, 0, 30); /* a closed terminal answers at once */
		if (i == 99) {
			kill(child, SIGKILL);
			waitpid(child, &got, 0);
			ck_abort_msg("it does not end");
		}
	}
	ck_assert_msg(WIFEXITED(got) && WEXITSTATUS(got) == status,
		      "wait status %x", (unsigned int)got);
	close(master);
	vterm_free(vt);
}

static int event_shown(void)
{
	const char *at = strstr(row_text(0), "event ");

	return at ? atoi(at + 6) : -1;
}

static void must_stand_at(int event)
{
	for (int i = 0; i < 60 && event_shown() != event; i++)
		settle(50);
	ck_assert_int_eq(event_shown(), event);
}

START_TEST(it_opens_steps_and_leaves)
{
	int at;

	start(24, 80, "xterm-256color");
	must_show("Welcome");
	must_show("free lists");
	at = event_shown();
	ck_assert_int_gt(at, 0);
	press("l");
	must_stand_at(at + 1);
	press("\033OC");
	must_stand_at(at + 2);
	press("hh");
	must_stand_at(at);
	press("q");
	ends_with(0);
}
END_TEST

START_TEST(it_follows_every_size)
{
	start(24, 80, "xterm");
	must_show("Welcome");
	resize(5, 10);
	must_show("too small");
	resize(50, 200);
	must_show("output");
	must_show("buddyscope");
	resize(13, 44);
	must_show("=1 map=");
	press("\t");
	must_show("=2 lists=");
	resize(1, 1);
	settle(100);
	resize(5, 10);
	must_show("too small");
	press("q");
	ends_with(0);
}
END_TEST

START_TEST(lines_are_typed_and_mistakes_told)
{
	start(24, 80, "vt100");
	must_show("Welcome");
	press(":alloc order=99\r");
	must_show("expected an order");
	press(":where 0\r");
	must_show(":where 0");
	press("?");
	must_show("search:");
	press("undo\r");
	must_show("undone");
	press("/70\r");
	must_show("70: ");
	press("/pfn\r");
	must_show("expected a frame's number, an owner");
	press("/kernel\r");
	must_show("in use by kernel");
	press(":quit\r");
	ends_with(0);
}
END_TEST

/* Is it in the terminfo database of this machine? */
static bool terminal_is_known(const char *term)
{
	char line[80];

	snprintf(line, sizeof line, "infocmp %s >/dev/null 2>&1", term);
	return system(line) == 0;
}

/* Everything the program sends until it is quiet. */
static size_t sends(char *buf, size_t size)
{
	struct pollfd fd = {.fd = master, .events = POLLIN};
	size_t len = 0;
	ssize_t n;

	while (poll(&fd, 1, 400) > 0 && len + 1 < size) {
		n = read(master, buf + len, size - 1 - len);
		if (n <= 0)
			break;
		vterm_input_write(vt, buf + len, (size_t)n);
		len += (size_t)n;
	}
	buf[len] = '\0';
	return len;
}

START_TEST(no_colour_means_none_until_a_theme_is_chosen)
{
	static char sent[65536];

	setenv("NO_COLOR", "1", 1);
	start(24, 80, "xterm-256color");
	unsetenv("NO_COLOR");
	ck_assert_uint_gt(sends(sent, sizeof sent), 1000);
	must_show("Welcome");
	ck_assert_ptr_null(strstr(sent, "\033[38;"));
	ck_assert_ptr_null(strstr(sent, "\033[48;"));
	for (int i = 0; i < 8; i++) {
		char code[20];

		snprintf(code, sizeof code, "\033[3%dm", i);
		ck_assert_ptr_null(strstr(sent, code));
	}
	press(":theme light\r");
	sends(sent, sizeof sent);
	ck_assert_ptr_nonnull(strstr(sent, "38;5;"));
	press("q");
	ends_with(0);
}
END_TEST

START_TEST(true_colour_is_sent_by_its_value)
{
	static char sent[65536];

	if (!terminal_is_known("xterm-direct"))
		return;
	start(24, 80, "xterm-direct");
	sends(sent, sizeof sent);
	must_show("Welcome");
	/* the ground of the dark theme, #121212 */
	ck_assert_ptr_nonnull(strstr(sent, "48:2::18:18:18"));
	press("q");
	ends_with(0);
}
END_TEST

/* In a locale without UTF-8 nothing but ASCII is sent. */
START_TEST(the_c_locale_gets_ascii)
{
	static char sent[65536];
	size_t n;

	setenv("LC_ALL", "C", 1);
	start(24, 80, "xterm-256color");
	unsetenv("LC_ALL");
	sends(sent, sizeof sent);
	press(":alloc name=\303\251t\303\251\r");
	n = sends(sent, sizeof sent);
	must_show("check ok");
	for (size_t i = 0; i < n; i++)
		ck_assert_msg((unsigned char)sent[i] < 0x80, "byte %zu: %02x",
			      i, (unsigned char)sent[i]);
	press("q");
	ends_with(0);
}
END_TEST

START_TEST(nothing_is_sent_while_nothing_happens)
{
	static char sent[65536];

	start(24, 80, "xterm-256color");
	must_show("Welcome");
	sends(sent, sizeof sent);
	settle(1500);	     /* over the loop's own beat */
	press("\033[24;5~"); /* a key without a meaning */
	ck_assert_uint_eq(sends(sent, sizeof sent), 0);
	press("q");
	ends_with(0);
}
END_TEST

START_TEST(pressed_keys_are_shown_to_an_audience)
{
	start(20, 66, "xterm-256color");
	must_show("Welcome");
	press("K");
	press("ll");
	must_show("l x2");
	press("K");
	settle(100);
	ck_assert(!shows("l x2"));
	press("q");
	ends_with(0);
}
END_TEST

START_TEST(playing_goes_at_the_speed_that_is_set)
{
	int at;

	start(24, 80, "xterm-256color");
	must_show("Welcome");
	press(":goto 0\r");
	must_stand_at(0);
	press(":speed 30\r");
	must_show("speed 30");
	press(" ");
	must_show("playing 30/s");
	must_show("pause");
	press("<");
	must_show("playing 15/s");
	press(" ");
	settle(200);
	at = event_shown();
	ck_assert_int_gt(at, 5);
	settle(200);
	ck_assert_int_eq(event_shown(), at);
	press("q");
	ends_with(0);
}
END_TEST

START_TEST(playing_goes_back_to_the_beginning)
{
	int at;

	start(24, 80, "xterm-256color");
	must_show("Welcome");
	at = event_shown();
	press("\177");
	must_show("playing back 3/s");
	press("g<<"); /* neither of them ends it */
	must_show("playing back 1 phase/s");
	press(" ");
	must_show("inside a line");
	ck_assert_int_lt(event_shown(), at);
	at = event_shown();
	settle(1200);
	ck_assert_int_eq(event_shown(), at);
	press(":grain event\r:goto 3\r:speed 5\r");
	must_show("speed 5");
	press("\033[<0;48;24M\033[<0;48;24m"); /* "bksp" of the last row */
	must_show("playing back 5/s");
	must_show("this is the beginning");
	must_stand_at(0);
	ck_assert(!shows("playing"));
	press("q");
	ends_with(0);
}
END_TEST

START_TEST(a_frame_of_the_map_is_waited_for)
{
	start(24, 80, "xterm-256color");
	must_show("Welcome");
	press("/112\r");
	must_show("112: ");
	press("b");
	must_show("break frame=112");
	press("h");
	press("m");
	press("b");
	must_show(":break ");
	press("\033");
	settle(100);
	press("F");
	must_show(":fork ");
	press("\033");
	settle(100);
	press("q");
	ends_with(0);
}
END_TEST

START_TEST(every_kind_of_terminal_is_served)
{
	static const char *const terms[] = {
		"vt100",      "vt220",	       "ansi",	 "xterm",
		"xterm-mono", "xterm-16color", "screen", "tmux",
		"linux",      "rxvt",	       "sun",	 "xterm-256color",
	};

	for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
		if (!terminal_is_known(terms[i]))
			continue;
		start(24, 80, terms[i]);
		must_show("Welcome");
		press("T"); /* each theme, on each of them */
		settle(30);
		press("T");
		settle(30);
		press("T");
		settle(30);
		must_show("free lists");
		press("q");
		ends_with(0);
	}
}
END_TEST

static const char *const poor[] = {"no-such-terminal", "dumb"};

START_TEST(a_terminal_without_a_screen_gets_the_shell)
{
	start(24, 80, poor[_i]);
	must_show("buddyscope: the shell, not the screen: th");
	press("where 0\r");
	must_show("0: free, on list");
	press("quit\r");
	ends_with(0);
}
END_TEST

/* Lines are read and echoed by the terminal, as before. */
static bool terminal_is_restored(void)
{
	struct termios t;

	return tcgetattr(master, &t) == 0 && t.c_lflag & ECHO &&
	       t.c_lflag & ICANON;
}

static const int requests[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT};

START_TEST(a_signal_restores_the_terminal)
{
	start(24, 80, "xterm");
	must_show("Welcome");
	ck_assert(!terminal_is_restored());
	kill(child, requests[_i]);
	settle(100);
	ck_assert(terminal_is_restored());
	ends_with(128 + requests[_i]);
}
END_TEST

static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

START_TEST(a_fault_restores_the_terminal_and_is_told)
{
	int status;

	start(24, 80, "xterm");
	must_show("Welcome");
	kill(child, faults[_i]);
	settle(200);
	ck_assert(terminal_is_restored());
	ck_assert(!shows("Welcome")); /* the other screen is back */
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), faults[_i]);
	close(master);
	vterm_free(vt);
}
END_TEST

START_TEST(sequences_without_a_meaning_do_nothing)
{
	static const char *const sequences[] = {
		"\033q",	  "\033l",     "\033[<0;5;5M",
		"\033[<64;1;1m",  "\033[M !!", "\033]0;quit\a",
		"\033Pq\033\\",	  "\033[200~", "\033[1;3C",
		"\033[[A",	  "\033Oz",    "\033_qqq\033\\",
		"\033[>0;276;0c",
	};
	int at;

	start(24, 80, "vt100");
	must_show("Welcome");
	at = event_shown();
	for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++) {
		press(sequences[i]);
		settle(60);
	}
	must_stand_at(at);
	press("l");
	must_stand_at(at + 1);
	press("q");
	ends_with(0);
}
END_TEST

START_TEST(the_mouse_does_what_keys_do)
{
	int at;

	start(24, 80, "xterm-256color");
	must_show("Welcome");
	at = event_shown();
	press("\033[<0;5;24M\033[<0;5;24m"); /* "->" of the last row */
	must_stand_at(at + 1);
	press("\033[<0;2;24M\033[<0;2;24m");
	must_stand_at(at);
	press("\033[<0;9;18M\033[<0;9;18m"); /* the event before */
	must_stand_at(at - 1);
	press("\033[<0;7;3M\033[<0;7;3m"); /* the first frame */
	must_show("0: ");
	press("q");
	ends_with(0);
}
END_TEST

/* Space goes on, a answers, and a frame is pointed at on the map. */
START_TEST(a_lesson_is_played)
{
	start(24, 80, "xterm-256color");
	must_show("= map =");
	press(":lesson start tests/lessons/small.md\r");
	must_show("= lesson == A small lesson, 1 of 3");
	must_show("> space: Ask and run");
	press(" ");
	must_show("your answer: press a");
	press("a");
	must_show(":lesson answer");
	press("4\r");
	must_show("> space: alloc order=2 gfp=movable name=a");
	press(" ");
	must_show("> space: show buddyinfo");
	press(" ");
	must_show("> space: more");
	press(" ");
	must_show("which frame?");
	press("/4\r");
	must_show("= map =");
	press("\r");
	must_show("Right: frame 4.");
	press(" ");
	must_show("> your turn");
	press("H");
	must_show("Hint: What gives a block back?");
	press(":free a\r");
	must_show("Done, within par.");
	press("q");
	ends_with(0);
}
END_TEST

START_TEST(moving_brings_the_panes_back)
{
	start(24, 80, "xterm");
	must_show("Welcome");
	press(":history\r");
	must_show("=output=");
	ck_assert(!shows("free lists"));
	press("h");
	must_show("free lists");
	press(":history\r");
	must_show("=output=");
	press("\033");
	must_show("free lists");
	press("q");
	ends_with(0);
}
END_TEST

START_TEST(a_long_line_can_be_stopped)
{
	start(24, 80, "xterm");
	must_show("event 1204/1211");
	press(":repeat 1000000 \"alloc name=a; free a\"\r");
	must_show("running");
	settle(300);
	press("\003");
	must_show("stopped: nothing was changed");
	press("\003"); /* once more, too late for the line: not for us */
	settle(100);
	press("l"); /* on from where we stood, inside of the first line */
	must_show("event 1205/1211");
	press("q");
	ends_with(0);
}
END_TEST

START_TEST(the_layout_and_the_theme_are_remembered)
{
	char folder[] = "/tmp/buddyscope-pty-XXXXXX", line[100];

	ck_assert_ptr_nonnull(mkdtemp(folder));
	state_home = folder;
	start(24, 80, "xterm-256color");
	must_show("Welcome");
	press(":layout lecture\r");
	must_show("layout lecture");
	press("v"); /* another view in the pane of the map */
	settle(50);
	ck_assert(!shows("= map ="));
	press("q");
	ends_with(0);
	start(24, 80, "xterm-256color");
	must_show("Welcome");
	ck_assert(!shows("- map -") && !shows("= map ="));
	ck_assert(shows("free lists"));
	press("q");
	ends_with(0);
	snprintf(line, sizeof line, "echo nonsense > %s/buddyscope/screen",
		 folder);
	ck_assert_int_eq(system(line), 0);
	start(24, 80, "xterm-256color");
	must_show("makes no sense");
	must_show("= map =");
	press("q");
	ends_with(0);
	snprintf(line, sizeof line, "rm -r %s", folder);
	ck_assert_int_eq(system(line), 0);
	state_home = "/dev/null";
}
END_TEST

START_TEST(a_closed_terminal_ends_it)
{
	int status, ended = 0;

	start(24, 80, "xterm");
	must_show("Welcome");
	close(master);
	for (int i = 0; i < 100 && !ended; i++) {
		poll(NULL, 0, 30);
		ended = waitpid(child, &status, WNOHANG) == child;
	}
	if (!ended)
		kill(child, SIGKILL);
	ck_assert_msg(ended, "it goes on without a terminal");
	vterm_free(vt);
}
END_TEST

START_TEST(any_keys_do_no_harm)
{
	unsigned int x = 1;

	start(24, 80, "xterm");
	must_show("Welcome");
	for (int i = 0; i < 400; i++) {
		char key[2] = {0};

		x = x * 1103515245u + 12345u;
		key[0] = (char)(1 + (x >> 16) % 126);
		/* not: quit, interrupt, quit by signal, suspend, stop output */
		if (strchr("q\003\034\032\023\r\n", key[0]))
			continue;
		press(key);
		settle(1);
	}
	press("\033\033\033");
	settle(100);
	press("\025\033q");
	settle(200);
	kill(child, SIGTERM);
	settle(50);
	ck_assert_int_eq(waitpid(child, &(int){0}, 0), child);
	close(master);
	vterm_free(vt);
}
END_TEST

Suite *check_pty_suite(void);

Suite *check_pty_suite(void)
{
	Suite *s = suite_create("tui/pty");
	TCase *t = tcase_create("pty");

	tcase_add_test(t, it_opens_steps_and_leaves);
	tcase_add_test(t, it_follows_every_size);
	tcase_add_test(t, lines_are_typed_and_mistakes_told);
	tcase_add_test(t, every_kind_of_terminal_is_served);
	tcase_add_test(t, no_colour_means_none_until_a_theme_is_chosen);
	tcase_add_test(t, true_colour_is_sent_by_its_value);
	tcase_add_test(t, the_c_locale_gets_ascii);
	tcase_add_test(t, nothing_is_sent_while_nothing_happens);
	tcase_add_test(t, pressed_keys_are_shown_to_an_audience);
	tcase_add_test(t, playing_goes_at_the_speed_that_is_set);
	tcase_add_test(t, playing_goes_back_to_the_beginning);
	tcase_add_test(t, a_frame_of_the_map_is_waited_for);
	tcase_add_loop_test(t, a_terminal_without_a_screen_gets_the_shell, 0,
			    2);
	tcase_add_loop_test(t, a_signal_restores_the_terminal, 0, 4);
	tcase_add_loop_test(t, a_fault_restores_the_terminal_and_is_told, 0, 5);
	tcase_add_test(t, sequences_without_a_meaning_do_nothing);
	tcase_add_test(t, the_mouse_does_what_keys_do);
	tcase_add_test(t, a_lesson_is_played);
	tcase_add_test(t, moving_brings_the_panes_back);
	tcase_add_test(t, a_long_line_can_be_stopped);
	tcase_add_test(t, the_layout_and_the_theme_are_remembered);
	tcase_add_test(t, a_closed_terminal_ends_it);
	tcase_add_test(t, any_keys_do_no_harm);
	suite_add_tcase(s, t);
	return s;
}
