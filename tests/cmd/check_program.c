/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_program.c - the program as it is called: what it reads, where it talks
 *
 * Needs ./buddyscope, which `make check` builds first; CHECK_PROGRAM names
 * another one.
 */
#include <check.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *check_program_suite(void);

static const char *program(void)
{
	const char *name = getenv("CHECK_PROGRAM");

	return name ? name : "./buddyscope";
}

/* ---- without a terminal ---- */

/* P stands for the program; nobody writes to the pipe fifo. */
static const struct call {
	const char *command;
	int status;
	const char *out; /* both streams, whole; NULL: it does not matter */
} calls[] = {
	{"P -c 'alloc; alloc' < /dev/null", 0,
	 "pfn 0, order 0\npfn 1, order 0\n"},
	{"P -c 'get free; allco; get free' 2>/dev/null < /dev/null", 3,
	 "free 256 pages\n"},
	{"P fifo < /dev/null", 3,
	 "buddyscope: fifo: is no regular file; expected a file of lines, or - "
	 "for standard input\n"},
	{"P /dev/zero < /dev/null", 3, NULL},
	{"echo 'get free' | P -", 0, "free 256 pages\n"},
	{"echo 'get free; foo' | P --shell", 3,
	 "free 256 pages\n-:1:11: foo: no such command; `help all` lists "
	 "them\n"},
	{"P --shell < /dev/zero", 3,
	 "-:1: the line is longer than 64 KiB; break it up\n"},
	{"P --screen -c alloc < /dev/null", 2, NULL},
	{"P --screen -c 'world save made' < /dev/null; ls made", 2, NULL},
	{"P --resume < /dev/null", 2,
	 "buddyscope: no terminal: expected -c LINES, a file, - or --shell; "
	 "--help says more\n"},
	{"P -c 'get free; export text fifo' < /dev/null", 3,
	 "free 256 pages\n-c:1:11: export: fifo: is no regular file\n"},
	{"P -c 'export text - size=1x1' < /dev/null", 3,
	 "-c:1:1: export: size=1x1: expected COLUMNSxROWS, 10x5 to 500x300\n"},
	{"P -c 'undo; redo; step; finish; next; back; prev' < /dev/null", 0,
	 NULL},
};

/* Runs in a folder of its own, in which there is the pipe `fifo`. */
START_TEST(it_answers)
{
	const struct call *call = &calls[_i];
	char command[1000], text[4000], here[300];
	char folder[] = "/tmp/buddyscope-XXXXXX";
	FILE *f;
	size_t n;
	int status;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_ptr_nonnull(getcwd(here, sizeof here));
	snprintf(command, sizeof command,
		 "P() { timeout 20 '%s%s%s' \"$@\"; }; cd %s && "
		 "mkfifo fifo && { %s; } 2>&1; s=$?; rm -r %s; exit $s",
		 program()[0] == '/' ? "" : here,
		 program()[0] == '/' ? "" : "/", program(), folder,
		 call->command, folder);
	f = popen(command, "r");
	ck_assert_ptr_nonnull(f);
	n = fread(text, 1, sizeof text - 1, f);
	text[n] = '\0';
	status = pclose(f);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == call->status,
		      "%s: %d: %s", call->command, WEXITSTATUS(status), text);
	if (call->out)
		ck_assert_str_eq(text, call->out);
	else
		ck_assert_msg(strstr(text, "made") == NULL ||
				      strstr(text, "No such file"),
			      "%s: %s", call->command, text);
}
END_TEST

/* ---- on a terminal ---- */

static int master;
static pid_t child;
static char said[16000];
static size_t nr_said;

static void start(const char *option, const char *value)
{
	nr_said = 0;
	said[0] = '\0';
	child = forkpty(&master, NULL, NULL, NULL);
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		setenv("TERM", "dumb", 1);
		setenv("XDG_STATE_HOME", "/nonexistent", 1);
		execl(program(), "buddyscope", option, value, (char *)NULL);
		_exit(99);
	}
}

/* Wait until it has said so, ten seconds at most; then forget all up to it. */
static void must_say(const char *what)
{
	struct pollfd fd = {.fd = master, .events = POLLIN};
	const char *rest;

	while (!strstr(said, what) && nr_said < sizeof said - 1) {
		ssize_t n = poll(&fd, 1, 10000);

		if (n > 0)
			n = read(master, said + nr_said,
				 sizeof said - 1 - nr_said);
		if (n <= 0)
			break;
		nr_said += (size_t)n;
		said[nr_said] = '\0';
	}
	rest = strstr(said, what);
	ck_assert_msg(rest != NULL, "\"%s\" is not in: %s", what, said);
	rest += strlen(what);
	nr_said = strlen(rest);
	memmove(said, rest, nr_said + 1);
}

static void type(const char *keys)
{
	ck_assert(write(master, keys, strlen(keys)) == (ssize_t)strlen(keys));
}

static void must_end(int with)
{
	int status;

	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == with,
		      "status 0x%x", status);
	close(master);
}

START_TEST(ctrl_c_stops_a_line_and_clears_one)
{
	start("--shell", NULL);
	must_say("buddyscope> ");
	type("repeat 1000000 \"alloc name=b; free b\"\r");
	must_say("free b");
	poll(NULL, 0, 200);
	type("\003");
	must_say("stopped: nothing was changed");
	must_say("buddyscope> ");
	type("half a line");
	must_say("half a line");
	type("\003");
	must_say("buddyscope> ");
	type("get free\r");
	must_say("free 256 pages");
	type("quit\r");
	must_end(0);
}
END_TEST

/* It is the terminal's line discipline that sends the signal. */
START_TEST(ctrl_c_ends_a_script)
{
	int status;

	start("-c", "repeat 1000000 \"alloc; free 0\"; repeat 1000000 alloc");
	poll(NULL, 0, 200);
	type("\003");
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
	close(master);
}
END_TEST

Suite *check_program_suite(void)
{
	Suite *s = suite_create("cmd/program");
	TCase *tc = tcase_create("program");

	tcase_add_loop_test(tc, it_answers, 0,
			    (int)(sizeof calls / sizeof calls[0]));
	tcase_add_test(tc, ctrl_c_stops_a_line_and_clears_one);
	tcase_add_test(tc, ctrl_c_ends_a_script);
	suite_add_tcase(s, tc);
	return s;
}
