/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * screen.c - how long after a key the frame stands, on a real pty
 *
 *	bench_screen PROGRAM COLUMNS ROWS KEYS [ARGUMENT]...
 *
 * Starts `PROGRAM ARGUMENT...` on a terminal of that size and presses KEYS
 * keys, one after the other, each when the frame before is complete: when
 * nothing more has come for a while.  A frame's time is from writing the key
 * to reading its last byte.  One line: median, 99th percentile and most in
 * milliseconds; the 99th percentile of the processor time spent on a key, for
 * machines that have other work as well; bytes of a frame; and the share of a
 * processor in per cent while nothing happens.
 */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define QUIET_MS 25 /* longer than a frame may take between two writes */
#define START_MS 300
#define IDLE_SECONDS 3
#define MOST_KEYS 10000

/* What a lecture presses; each changes what is shown. */
static const char *const keys[] = {
	"l", "l", "l", "h", "l",      "]",	"l",	  "[", "l", "\t",
	"l", "u", "r", "h", "\033OB", "\033OA", "\t",	  "m", "l", "\033OB",
	"b", "m", "e", "l", "h",      "n",	"p",	  "z", "l", "z",
	"x", "l", "v", "V", "L",      "L",	"L",	  "L", "L", "T",
	"T", "T", "T", "K", "l",      "K",	"\033OC", "3", "2", "1",
};
#define NR_KEYS (sizeof keys / sizeof keys[0])

static int master;
static pid_t child;

static double now_ms(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void start(char **argv, int cols, int rows)
{
	struct winsize size = {.ws_row = (unsigned short)rows,
			       .ws_col = (unsigned short)cols};

	child = forkpty(&master, NULL, NULL, &size);
	if (child < 0) {
		perror("bench_screen: forkpty");
		exit(1);
	}
	if (child == 0) {
		setenv("TERM", "xterm-256color", 1);
		setenv("XDG_STATE_HOME", "/dev/null", 1);
		execvp(argv[0], argv);
		_exit(99);
	}
}

/* Read until @ms pass without more; gives when the last byte came. */
static double settle(int ms, size_t *bytes)
{
	struct pollfd fd = {.fd = master, .events = POLLIN};
	double last = 0;
	char buf[65536];
	ssize_t n;

	while (poll(&fd, 1, ms) > 0) {
		n = read(master, buf, sizeof buf);
		if (n <= 0)
			break;
		last = now_ms(CLOCK_MONOTONIC);
		*bytes += (size_t)n;
	}
	return last;
}

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Share of a CPU in per cent while nobody presses a key. */
static double idle(void)
{
	clockid_t clock;
	double before;
	size_t bytes = 0;

	if (clock_getcpuclockid(child, &clock))
		return -1;
	before = now_ms(clock);
	settle(IDLE_SECONDS * 1000, &bytes);
	return (now_ms(clock) - before) / (IDLE_SECONDS * 10.0);
}

static int press_all(double *took, double *work, int count, size_t *bytes)
{
	clockid_t clock;
	int n = 0;

	if (clock_getcpuclockid(child, &clock))
		return 0;

	for (int i = 0; i < count; i++) {
		const char *key = keys[(size_t)i % NR_KEYS];
		const double at = now_ms(CLOCK_MONOTONIC);
		const double done = now_ms(clock);
		double last;

		if (write(master, key, strlen(key)) < 0)
			break;
		last = settle(QUIET_MS, bytes);
		if (last <= 0) /* a key at an end changes nothing */
			continue;
		work[n] = now_ms(clock) - done;
		took[n++] = last - at;
	}
	return n;
}

int main(int argc, char **argv)
{
	static double took[MOST_KEYS], work[MOST_KEYS];
	size_t bytes = 0, frames = 0;
	int count, n, status = 0;
	double share;

	count = argc < 5 ? 0 : atoi(argv[4]);
	if (count < 1 || count > MOST_KEYS) {
		fprintf(stderr, "usage: bench_screen PROGRAM COLUMNS ROWS "
				"KEYS [ARGUMENT]...\n");
		return 2;
	}
	argv[4] = argv[1];
	start(argv + 4, atoi(argv[2]), atoi(argv[3]));
	settle(START_MS, &bytes);
	n = press_all(took, work, count, &frames);
	share = idle();
	if (write(master, "\033\033q", 3) < 0 || n < count / 2) {
		fprintf(stderr, "bench_screen: the screen does not answer\n");
		kill(child, SIGKILL);
		return 1;
	}
	settle(START_MS, &bytes);
	kill(child, SIGTERM);
	waitpid(child, &status, 0);
	qsort(took, (size_t)n, sizeof *took, by_size);
	qsort(work, (size_t)n, sizeof *work, by_size);
	printf("%.2f\t%.2f\t%.2f\t%.2f\t%zu\t%.2f\n", took[n / 2],
	       took[(n * 99 + 99) / 100 - 1], took[n - 1],
	       work[(n * 99 + 99) / 100 - 1], frames / (size_t)n, share);
	return 0;
}
