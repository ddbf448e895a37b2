/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_lesson.c - damaged lessons, and damaged answers to them
 *
 * A lesson that is let in is played for a while by itself, its questions now
 * and then answered; its text is put on paper.  An input that begins like a
 * file of answers is graded against a good lesson.  Whatever happens, the
 * world is sound afterwards.
 */
#include "fuzz/loop.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "lesson/grade.h"
#include "lesson/limit.h"
#include "lesson/sheet.h"

#define MOST_STEPS 200 /* of playing */

const char fuzz_name[] = "fuzz_lesson";

static size_t read_into(const char *path, uint8_t *data, size_t cap)
{
	FILE *f = fopen(path, "rb");
	size_t size = f ? fread(data, 1, cap, f) : 0;

	if (f)
		fclose(f);
	return size;
}

static const char answers[] =
	"buddyscope-answers 1\nlesson good\nhash %016llx\nseed 1\n"
	"feedback full\nstep 1 of 2\n--\nnext\nanswer 3\nnext\nhint\n"
	"type alloc order=1 name=x\ntype undo\nreveal\nnext\n";

/* Another line in the place of one: a word too many, or too few. */
static size_t swap_lines(struct fuzz_random *r, uint8_t *data, size_t size)
{
	size_t a = fuzz_below(r, (uint32_t)size);
	size_t b = fuzz_below(r, (uint32_t)size);

	while (a < size && data[a] != '\n')
		a++;
	while (b < size && data[b] != '\n')
		b++;
	for (a++, b++; a < size && b < size && data[a] != '\n'; a++, b++) {
		const uint8_t c = data[a];

		data[a] = data[b];
		data[b] = c;
	}
	return size;
}

static const char lesson_path[] = "lessons/02-splitting.md";

static uint64_t lesson_hash(void)
{
	struct faults f = {0};
	struct lesson *l = lesson_read(lesson_path, 1, &f);
	const uint64_t hash = l ? l->hash : 0;

	lesson_free(l);
	return hash;
}

size_t fuzz_make(struct fuzz_random *r, uint8_t *data, size_t cap)
{
	glob_t found;
	size_t size;

	if (!fuzz_below(r, 4)) {
		size = (size_t)snprintf((char *)data, cap, answers,
					(unsigned long long)lesson_hash());
	} else {
		if (glob("lessons/*.md", 0, NULL, &found) || !found.gl_pathc)
			fuzz_fail("lessons", "none to begin with");
		size = read_into(
			found.gl_pathv[fuzz_below(r, (uint32_t)found.gl_pathc)],
			data, cap);
		globfree(&found);
	}
	for (uint32_t n = fuzz_below(r, 4); n && size; n--)
		size = fuzz_below(r, 2) ? swap_lines(r, data, size)
					: fuzz_mutate(r, data, size, cap);
	return size;
}

static void expect_sound(const struct mm *mm)
{
	struct mm_broken broken;
	struct mm_op op;
	uint64_t i;

	/* inside of an operation a counter may be one step behind its list */
	if (mm_op_at(mm, mm_now(mm), &i) == 0 && mm_op(mm, i, &op) == 0 &&
	    op.last != mm_now(mm))
		return;
	if (mm_check(mm, &broken))
		fuzz_fail(broken.invariant, broken.where);
}

static void expect_lines(const struct out *out)
{
	for (const char *s = out_string(out); *s; s++)
		if ((unsigned char)*s < ' ' && *s != '\n' && *s != '\t')
			fuzz_fail("control character", out_string(out));
}

static void nobody(void *arg, enum lesson_line_kind kind, const char *text)
{
	(void)kind;
	*(size_t *)arg += strlen(text);
}

/* Whatever it waits for, go on. */
static void play(struct lab *lab, struct lesson *l, struct out *out)
{
	struct player *p = player_create(lab, l);
	enum cmd_status status = p ? player_begin(p, out) : CMD_ERROR;
	size_t drawn = 0;

	for (int i = 0; i < MOST_STEPS && status == CMD_OK; i++) {
		if (p->wait == LESSON_END)
			break;
		if (i % 3 == 0) /* a guess; if it is none, the line says so */
			player_answer(p, i % 2 ? "1" : "0x10", out);
		status = p->wait == LESSON_TASK && i % 2 ? player_hint(p, out)
			 : p->wait == LESSON_TASK	 ? player_reveal(p, out)
							 : player_next(p, out);
		lesson_lines(lab, 20, nobody, &drawn);
		expect_lines(out);
		out_clear(out);
	}
	player_destroy(p);
}

/* On paper nothing of it is raw, whatever it holds. */
static void expect_no_raw_html(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size);
	char *html = text ? markdown_to_html(text) : NULL;

	if (html && (strstr(html, "<script") || strstr(html, "<details")))
		fuzz_fail("raw", html);
	free(html);
	free(text);
}

static void grade_answers(struct lab *lab, const char *path)
{
	struct out *out = out_buffer();
	struct grade g;

	grade_file(lab, lesson_path, path, NULL, &g);
	if (g.points > g.n)
		fuzz_fail("points", "more than there are");
	for (int format = GRADE_TEXT; out && format <= GRADE_GRADESCOPE;
	     format++)
		grade_print(&g, 1, (enum grade_format)format, out);
	if (out)
		expect_lines(out);
	grade_free(&g);
	out_free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[] = "/tmp/buddyscope-fuzz-XXXXXX";
	struct lab *lab = lab_create();
	struct out *out = out_buffer();
	struct faults f = {.out = out};
	struct lesson *l;
	int fd;

	if (!lab || !out)
		fuzz_fail("lab", "out of memory");
	limit_set(1, 3);
	if (size > 10 && memcmp(data, "buddyscope", 10) == 0) {
		fd = mkstemp(path);
		if (fd < 0 || write(fd, data, size) != (ssize_t)size)
			fuzz_fail(path, "cannot be written");
		close(fd);
		grade_answers(lab, path);
		unlink(path);
	} else {
		l = lesson_parse("fuzz.md", (const char *)data, size, 1, &f);
		expect_lines(out);
		out_clear(out);
		if (!l && !f.n)
			fuzz_fail("no lesson", "and no fault told");
		if (l)
			play(lab, l, out);
		expect_no_raw_html(data, size);
	}
	expect_sound(lab_mm(lab));
	out_free(out);
	lab_destroy(lab);
	return 0;
}
