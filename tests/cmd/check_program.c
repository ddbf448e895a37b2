/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_program.c - the program as it is called: what it reads, where it talks
 *
 * Without a terminal; check_pty_program.c has one.
 * Needs ./buddyscope, which `make check` builds first; CHECK_PROGRAM names
 * another one.
 */
#include <check.h>
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
	/* buddyscope(1) has it as an example */
	{"P -c 'alloc count=256 gfp=memalloc name=a; free a every=2\n"
	 "alloc order=3 gfp=GFP_ATOMIC' < /dev/null",
	 0,
	 "got 256 of 256 blocks of order 0, pfn 0 first, 255 last\n"
	 "freed 128 blocks of a, 128 pages\n"
	 "refused: order 3 GFP_ATOMIC: Normal, min watermark: enough pages, "
	 "but no block that large; may not sleep, so it gives up\n"},
	{"P fifo < /dev/null", 3,
	 "buddyscope: fifo: is no regular file; expected a file of lines, or - "
	 "for standard input\n"},
	{"P /dev/zero < /dev/null", 3, NULL},
	{"P show lists < /dev/null", 2,
	 "buddyscope: show: no such file; commands are run with -c, as in: "
	 "buddyscope -c help\n"},
	{"P lesso < /dev/null", 3,
	 "buddyscope: lesso: no such file; did you mean \"buddyscope "
	 "lesson\"?\n"},
	{"P grade --help < /dev/null > /dev/null", 0, ""},
	{"P lesson 99 < /dev/null > /dev/null", 3,
	 "lesson: 99: no such lesson; `lesson list` shows those there are\n"},
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
		 "P() { timeout 200 '%s%s%s' \"$@\"; }; cd %s && "
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

Suite *check_program_suite(void)
{
	Suite *s = suite_create("cmd/program");
	TCase *tc = tcase_create("program");

	tcase_add_loop_test(tc, it_answers, 0,
			    (int)(sizeof calls / sizeof calls[0]));
	suite_add_tcase(s, tc);
	return s;
}
