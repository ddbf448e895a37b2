/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Kinds of terminals and locales: each gets what it can show, and no more.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/tty.h"

static char terminfo[] = "/tmp/buddyscope-terminfo-XXXXXX";
static bool terminfo_made;

/*
 * The database of a plain installation lacks direct colour.  This one is made
 * on the spot: xterm that takes a colour by its value.
 */
static void setup(void)
{
	static const char direct[] =
		"xterm-direct|xterm with colours by value,\n"
		"\tRGB, colors#0x1000000, pairs#0x10000, op=\\E[39;49m,\n"
		"\tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48\\:2\\:\\:%p1%{65536}%/%d"
		"\\:%p1%{256}%/%{255}%&%d\\:%p1%{255}%&%d%;m,\n"
		"\tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38\\:2\\:\\:%p1%{65536}%/%d"
		"\\:%p1%{256}%/%{255}%&%d\\:%p1%{255}%&%d%;m,\n"
		"\tinitc@, ccc@, oc@, setb@, setf@, use=xterm,\n";
	char line[200];
	FILE *tic;

	terminfo_made = false;
	if (tty_known("xterm-direct"))
		return;
	ck_assert_ptr_nonnull(mkdtemp(terminfo));
	terminfo_made = true;
	snprintf(line, sizeof line, "tic -x -o %s -", terminfo);
	tic = popen(line, "w");
	ck_assert(tic && fputs(direct, tic) >= 0 && pclose(tic) == 0);
	setenv("TERMINFO", terminfo, 1);
}

static void teardown(void)
{
	char line[100];

	if (!terminfo_made)
		return;
	unsetenv("TERMINFO");
	snprintf(line, sizeof line, "rm -r %s", terminfo);
	ck_assert_int_eq(system(line), 0);
	strcpy(terminfo + strlen(terminfo) - 6, "XXXXXX");
}

/* Does "\033[...m" set a colour, other than the terminal's own? */
static bool sets_colour(const char *at)
{
	long n;

	do {
		char *end;

		n = strtol(at, &end, 10);
		if ((n >= 30 && n <= 38) || (n >= 40 && n <= 48) ||
		    (n >= 90 && n <= 107))
			return true;
		at = end + 1;
	} while (at[-1] == ';');
	return false;
}

/* How often a colour was set since the terminal was opened. */
static int colours_sent(void)
{
	size_t len;
	const char *at = tty_sent(&len);
	int n = 0;

	while ((at = strstr(at, "\033["))) {
		at += 2;
		n += at[strspn(at, "0123456789;:")] == 'm' && sets_colour(at);
	}
	return n;
}

/* FOREIGN: it speaks what libvterm does not, which shows it as it can. */
enum kind { NO_SCREEN, PLAIN, COLOURED, FOREIGN };

static const struct {
	const char *term;
	enum kind kind;
} terms[] = {
	{"dumb", NO_SCREEN},
	{"no-such-terminal", NO_SCREEN},
	{"unknown", NO_SCREEN},
	{"vt100", PLAIN},
	{"vt220", PLAIN},
	{"sun", FOREIGN},
	{"xterm-mono", PLAIN},
	{"ansi", FOREIGN},
	{"linux", COLOURED},
	{"rxvt", COLOURED},
	{"xterm", COLOURED},
	{"xterm-16color", COLOURED},
	{"xterm-256color", COLOURED},
	{"screen", COLOURED},
	{"tmux", COLOURED},
	{"tmux-256color", COLOURED},
	{"xterm-direct", COLOURED},
};

#define NR_TERMS ((int)(sizeof terms / sizeof terms[0]))

static void shell_answers(const char *term)
{
	tty_open(24, 80, term);
	tty_must_show("buddyscope: the shell, not the screen: th");
	tty_press("where 0\r");
	tty_must_show("0: free, on list");
	ck_assert_int_eq(colours_sent(), 0);
	tty_press("quit\r");
	tty_ends_with(0);
}

static void screen_works(const char *term)
{
	tty_open(24, 80, term);
	tty_must_show("Welcome");
	for (int i = 0; i < 4; i++) { /* each theme, on each of them */
		tty_press("T");
		tty_idle();
		tty_must_show("free lists");
	}
	tty_press("q");
	tty_ends_with(0);
}

static void frames_are_right(const char *term, bool no_color, bool coloured)
{
	char where[80];
	int at;

	snprintf(where, sizeof where, "TERM=%s%s", term,
		 no_color ? " NO_COLOR=1" : "");
	tty_open(24, 80, term);
	tty_must_show("Welcome");
	at = tty_event();
	tty_press("l");
	tty_must_stand_at(at + 1);
	tty_must_be_sane(where, true);
	ck_assert_msg((colours_sent() > 0) == (coloured && !no_color),
		      "%s: %d colours sent", where, colours_sent());
	for (int i = 0; i < 4; i++) {
		tty_press("T");
		tty_must_be_sane(where, true);
	}
	/* a theme that was typed has the last word */
	tty_press(":theme light\r");
	tty_must_show("theme light");
	tty_idle();
	ck_assert_msg((colours_sent() > 0) == coloured,
		      "%s: %d colours sent with a theme", where,
		      colours_sent());
	tty_press("q");
	tty_ends_with(0);
}

START_TEST(every_kind_of_terminal_is_served)
{
	const bool no_color = _i >= NR_TERMS;
	const int i = _i % NR_TERMS;

	if (no_color)
		setenv("NO_COLOR", "1", 1);
	else
		unsetenv("NO_COLOR");
	if (terms[i].kind == NO_SCREEN)
		shell_answers(terms[i].term);
	else if (!tty_known(terms[i].term))
		; /* it is not installed here */
	else if (terms[i].kind == FOREIGN)
		screen_works(terms[i].term);
	else
		frames_are_right(terms[i].term, no_color,
				 terms[i].kind == COLOURED);
	unsetenv("NO_COLOR");
}
END_TEST

START_TEST(an_empty_no_color_asks_for_nothing)
{
	setenv("NO_COLOR", "", 1);
	tty_open(24, 80, "xterm");
	tty_must_show("Welcome");
	tty_idle();
	ck_assert_int_gt(colours_sent(), 0);
	tty_press("q");
	tty_ends_with(0);
	unsetenv("NO_COLOR");
}
END_TEST

START_TEST(true_colour_is_sent_by_its_value)
{
	size_t len;

	tty_open(24, 80, "xterm-direct");
	tty_must_show("Welcome");
	/* the ground of the dark theme, #121212 */
	ck_assert_ptr_nonnull(strstr(tty_sent(&len), "48:2::18:18:18"));
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

/* The last of them is not installed, so that it is the first again. */
static const struct {
	const char *name;
	bool utf8;
} locales[] = {
	{"C", false},	  {"POSIX", false},	   {"C.UTF-8", true},
	{"C.utf8", true}, {"tlh_QO.UTF-8", false},
};

static void set_locale(const char *name)
{
	setenv("LC_ALL", name, 1);
	tty_open(24, 80, "xterm-256color");
	unsetenv("LC_ALL");
	tty_must_show("Welcome");
}

/* What is typed and what is drawn, both beyond ASCII where that exists. */
START_TEST(every_locale_gets_what_it_can_show)
{
	const char *at;
	size_t len;
	int beyond = 0;

	set_locale(locales[_i].name);
	tty_must_be_sane(locales[_i].name, true);
	/* typed in UTF-8, whatever the locale thinks of that */
	tty_press(":alloc name=\303\251t\303\251");
	tty_idle();
	tty_must_be_sane(locales[_i].name, false);
	at = tty_sent(&len);
	for (size_t i = 0; i < len; i++)
		beyond += (unsigned char)at[i] >= 0x80;
	ck_assert_msg((beyond > 0) == locales[_i].utf8,
		      "%s: %d bytes beyond ASCII", locales[_i].name, beyond);
	tty_press("\r");
	tty_must_show(locales[_i].utf8 ? "expected a name" : "check ok");
	tty_press(":where 0\r");
	tty_must_show("0: ");
	tty_must_be_sane(locales[_i].name, true);
	tty_press(":quit\r");
	tty_ends_with(0);
}
END_TEST

Suite *check_pty_terms_suite(void);

Suite *check_pty_terms_suite(void)
{
	Suite *s = suite_create("tui/pty_terms");
	TCase *t = tcase_create("pty_terms");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, every_kind_of_terminal_is_served, 0,
			    2 * NR_TERMS);
	tcase_add_test(t, an_empty_no_color_asks_for_nothing);
	tcase_add_test(t, true_colour_is_sent_by_its_value);
	tcase_add_loop_test(t, every_locale_gets_what_it_can_show, 0,
			    sizeof locales / sizeof locales[0]);
	suite_add_tcase(s, t);
	return s;
}
