/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * say.h - for tests: run a line, and compare what it says
 */
#ifndef BUDDYSCOPE_TESTS_CMD_SAY_H
#define BUDDYSCOPE_TESTS_CMD_SAY_H

#include <check.h>
#include <string.h>

#include "cmd/cmd.h"

/** The line ends with this status, and its whole output is @text. */
static inline void says(struct lab *lab, const char *line,
			enum cmd_status status, const char *text)
{
	struct out *out = out_buffer();
	const enum cmd_status got = lab_run(lab, line, out);

	ck_assert_str_eq(out_string(out), text);
	ck_assert_int_eq(got, status);
	out_free(out);
}

/** Both texts are the same; of long ones, tells the first line that is not. */
static inline void same_lines(const char *what, const char *got,
			      const char *text)
{
	for (unsigned int n = 1; *text || *got; n++) {
		const size_t a = strcspn(got, "\n"), b = strcspn(text, "\n");

		ck_assert_msg(a == b && got[a] == text[b] &&
				      strncmp(got, text, a) == 0,
			      "%s: line %u: \"%.*s\", expected \"%.*s\"", what,
			      n, (int)a, got, (int)b, text);
		got += a + (got[a] == '\n');
		text += b + (text[b] == '\n');
	}
}

/** As says(), for texts too long for a message. */
static inline void says_long(struct lab *lab, const char *line,
			     const char *text)
{
	struct out *out = out_buffer();

	ck_assert_int_eq(lab_run(lab, line, out), CMD_OK);
	same_lines(line, out_string(out), text);
	out_free(out);
}

/** The line is done; what it says does not matter. */
static inline void runs(struct lab *lab, const char *line)
{
	struct out *out = out_buffer();
	const enum cmd_status got = lab_run(lab, line, out);

	ck_assert_msg(got == CMD_OK, "%s: %d: %s", line, got, out_string(out));
	out_free(out);
}

/** The line is refused in one printable line that holds @text. */
static inline void refuses(struct lab *lab, const char *line, const char *text)
{
	struct out *out = out_buffer();
	const uint64_t before = mm_hash(lab_mm(lab));
	const enum cmd_status got = lab_run(lab, line, out);
	const char *said = out_string(out);

	ck_assert_msg(got == CMD_USAGE || got == CMD_ERROR, "%s: %d: %s", line,
		      got, said);
	ck_assert_msg(strstr(said, text) != NULL, "%s: %s", line, said);
	ck_assert_msg(*said && strchr(said, '\n') == said + strlen(said) - 1,
		      "%s: expected one line: %s", line, said);
	for (const char *s = said; *s && s[1]; s++)
		ck_assert_msg(*s >= ' ' && *s <= '~', "%s: byte %d", line, *s);
	ck_assert_uint_eq(mm_hash(lab_mm(lab)), before);
	out_free(out);
}

static inline uint64_t hash(const struct lab *lab)
{
	return mm_hash(lab_mm(lab));
}

static inline int64_t figure(const struct lab *lab, const char *name)
{
	const char *unit;
	int64_t value = -1;

	ck_assert_int_eq(mm_figure(lab_mm(lab), name, &value, &unit), 0);
	return value;
}

#endif
