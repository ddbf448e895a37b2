/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recording.h - for tests: a small recording, changed and replayed
 *
 * A test of another one says before which: RECORDING, and MOST bytes of it.
 */
#ifndef BUDDYSCOPE_TESTS_CMD_RECORDING_H
#define BUDDYSCOPE_TESTS_CMD_RECORDING_H

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "cmd/case.h"
#include "cmd/say.h"

#ifndef TEST_DIR
#define TEST_DIR "tests"
#endif
#define SMALL TEST_DIR "/cases/A_128M_tiny.case.gz"
#ifndef RECORDING
#define RECORDING SMALL
#define MOST 200000
#endif

/** A line of the small recording, what it becomes, what is said then. */
struct change {
	int line;
	const char *was, *now, *said;
};

static struct lab *lab;
static char text[MOST], file[64];
static size_t size;

static inline void setup(void)
{
	gzFile f = gzopen(RECORDING, "rb");
	int n, fd;

	ck_assert_msg(f != NULL, "%s: run the tests from the root", RECORDING);
	n = gzread(f, text, sizeof text - 1);
	gzclose(f);
	ck_assert_int_gt(n, 0);
	size = (size_t)n;
	text[size] = '\0';
	strcpy(file, "/tmp/check_replay.XXXXXX");
	fd = mkstemp(file);
	ck_assert_int_ge(fd, 0);
	close(fd);
	lab = lab_create();
	ck_assert_ptr_nonnull(lab);
}

static inline void teardown(void)
{
	lab_destroy(lab);
	unlink(file);
}

static inline void write_file(const char *bytes, size_t n)
{
	FILE *f = fopen(file, "wb");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
	ck_assert_int_eq(fclose(f), 0);
}

/* The recording with line @nr replaced; "" leaves the line out. */
static inline void write_edited(int nr, const char *line)
{
	char *at = text, *end;
	FILE *f = fopen(file, "wb");

	ck_assert_ptr_nonnull(f);
	for (int i = 1; i < nr; i++) {
		at = strchr(at, '\n');
		ck_assert_ptr_nonnull(at);
		at++;
	}
	end = strchr(at, '\n');
	ck_assert_ptr_nonnull(end);
	fwrite(text, 1, (size_t)(at - text), f);
	fputs(line, f);
	if (*line)
		fputc('\n', f);
	fputs(end + 1, f);
	ck_assert_int_eq(fclose(f), 0);
}

/* Replay the file: its status, and what was said. */
static inline enum cmd_status replay(struct out *out)
{
	char line[80];

	snprintf(line, sizeof line, "replay %s", file);
	return lab_run(lab, line, out);
}

static inline void check_printable(const char *said)
{
	for (const char *s = said; *s; s++)
		ck_assert_msg((*s >= ' ' && *s <= '~') || *s == '\n' ||
				      *s == '\t',
			      "byte %d in: %s", *s, said);
}

#endif
