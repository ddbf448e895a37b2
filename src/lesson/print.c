/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print.c - a lesson on paper: questions, answers, notes
 *
 * The lesson is played by itself meanwhile, so that answers and pictures are
 * those of its seed.  Pictures are asked for in the language, since the
 * screen is not known here.
 *
 * Who has a sheet of questions does not know the answers yet.  What tells them
 * does not lie beside them: what is said behind a question, a world in which
 * it has been answered, what has just changed in a picture.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/answer.h"
#include "lesson/goal.h"
#include "lesson/play.h"
#include "lesson/sheet.h"
#include "lesson/world.h"

#define MOST_BLOCKS 300
#define PAPER_COLS 90	 /* of what commands say */
#define MOST_LINES 40	 /* of an answer */
#define LINES_TO_WRITE 8 /* for the commands of a task, if it needs no more */

struct sheet {
	const struct sheet_want *want;
	struct lesson *l;
	enum sheet_kind kind;
	struct lab *lab;
	struct out *md;
	/* HTML that Markdown cannot say; in its place stands a mark */
	char *block[MOST_BLOCKS];
	unsigned int nr_blocks;
	unsigned int nr_shown; /* pictures */
	const struct item *asked;
	struct since since;
	unsigned int questions;
	bool pictured; /* the step has one before it runs */
	bool spoiled;  /* the world shows the answer to an earlier question */
	/* what the last picture shows: there need not be two of it */
	uint64_t seen_hash, seen_now;
};

static bool keeps_quiet(const struct sheet *s)
{
	return sheet_keeps_quiet(s->kind);
}

/* ---- pictures ---- */

/* Not in any lesson: its hash is in it. */
static const char *mark_of(const struct sheet *s, char mark[40])
{
	snprintf(mark, 40, "@@%016" PRIx64 "-", s->l->hash);
	return mark;
}

static void put_block(struct sheet *s, const char *before, const char *html,
		      const char *after)
{
	struct out *out;
	char mark[40];

	if (s->nr_blocks == MOST_BLOCKS)
		return;
	out = out_buffer();
	if (!out)
		return;
	out_text(out, "%s%s%s", before, html, after);
	mark_of(s, mark);
	out_line(s->md, "%s%u%s\n", mark, s->nr_blocks, mark);
	s->block[s->nr_blocks++] = strdup(out_string(out));
	out_free(out);
}

/* The world has not changed since the last one. */
static bool seen_already(struct sheet *s)
{
	const struct mm *mm = lab_mm(s->lab);
	const uint64_t hash = mm_hash(mm), now = mm_now(mm);
	const bool seen =
		s->nr_shown && hash == s->seen_hash && now == s->seen_now;

	s->seen_hash = hash;
	s->seen_now = now;
	return seen;
}

/* @marked: with what has just changed. */
static void put_picture(struct sheet *s, bool marked)
{
	const bool html = s->want->html;
	struct out *out;
	char line[80];

	if (seen_already(s))
		return;
	out = out_buffer();
	if (!out)
		return;
	s->nr_shown++;
	/* as high as the map and the lists are: paper has its own output */
	snprintf(line, sizeof line, "export %s - size=80x20 for=paper marks=%s",
		 html ? "svg" : "text", marked ? "on" : "off");
	/* a lab without a screen has no pictures */
	if (command_find(s->lab, html ? "export svg" : "export text") &&
	    lab_run(s->lab, line, out) == CMD_OK) {
		if (html)
			put_block(s,
				  "<div class=\"screen\" role=\"img\" "
				  "aria-label=\"The map and the free "
				  "lists\">",
				  out_string(out), "</div>");
		else
			out_line(s->md, "```text\n%s```\n", out_string(out));
	}
	out_free(out);
}

/* ---- what is written ---- */

/* The lines of the file that the item is made of. */
static void put_source(struct sheet *s, const struct item *item)
{
	for (unsigned int n = item->line; n <= item->last; n++) {
		size_t len;
		const char *line = lesson_source_line(s->l, n, &len);

		out_line(s->md, "%.*s", (int)len, line);
	}
	if (!item->tight)
		out_line(s->md, "%s", "");
}

static void put_plain(struct sheet *s, const char *text)
{
	markdown_plain(text, s->md);
}

static void put_lines(struct sheet *s, const struct item *item)
{
	out_line(s->md, "```text");
	for (size_t i = 0; i < item->n; i++)
		out_line(s->md, "> %s", item->lines[i].text);
	out_line(s->md, "```\n");
}

static void put_question(struct sheet *s, const struct item *item)
{
	const struct question *q = &item->question;

	out_text(s->md, "**Question %u.** ", ++s->questions);
	put_plain(s, item->text);
	out_line(s->md, "\n");
	for (size_t i = 0; i < q->nr_choices; i++) {
		out_text(s->md, "- \u2610 ");
		put_plain(s, q->choice[i].text);
		out_line(s->md, "%s", "");
	}
	if (q->nr_choices)
		out_line(s->md, "%s", "");
	else if (keeps_quiet(s))
		out_line(s->md, "Answer: " SHEET_BLANK "\n");
}

/* A choice is named as the question named it. */
static const char *said_as(const struct question *q, int64_t right, char *text,
			   size_t size)
{
	for (size_t i = 0; i < q->nr_choices; i++)
		if (q->choice[i].value == right)
			return q->choice[i].text;
	answer_print(q, right, text, size);
	return text;
}

static void put_answer(struct sheet *s)
{
	struct expr_why why;
	int64_t right;
	char text[240];

	if (!s->asked)
		return;
	if (!keeps_quiet(s) &&
	    answer_right(s->lab, &s->asked->question,
			 since_moment(s->lab, &s->since), &right, &why)) {
		out_text(s->md, "**Answer %u:** ", s->questions);
		put_plain(s, said_as(&s->asked->question, right, text,
				     sizeof text));
		out_line(s->md, " (`%s`)\n",
			 expr_source(s->asked->question.expr));
	}
	s->asked = NULL;
}

static void put_titled(struct sheet *s, const char *title,
		       const struct item *item)
{
	out_text(s->md, "**%s** ", title);
	put_plain(s, item->text);
	out_line(s->md, "\n");
}

static void put_conds(struct sheet *s, const struct item *item)
{
	out_line(s->md, "%s:\n",
		 item->kind == ITEM_PAR ? "Par asks that"
					: "It is checked "
					  "that");
	for (size_t i = 0; i < item->n; i++)
		out_line(s->md, "- `%s`", item->conds[i].text);
	out_line(s->md, "%s", "");
}

/* A text as it stands, but cut where it gets long; tables fit the paper. */
static void put_output(struct sheet *s, const char *text)
{
	char *narrow = narrow_tables(text, PAPER_COLS - 2);
	const char *at = narrow ? narrow : text;

	for (int n = 0; *at && n < MOST_LINES; n++) {
		const size_t len = strcspn(at, "\n");

		out_line(s->md, "  %.*s", (int)len, at);
		at += len + (at[len] == '\n');
	}
	if (*at)
		out_line(s->md, "  ...");
	free(narrow);
}

/* @shown: with what they say. */
static bool run_lines(struct sheet *s, const struct item *item, bool shown)
{
	struct out *said = out_buffer();
	enum cmd_status status = said ? CMD_OK : CMD_ERROR;

	for (size_t i = 0; i < item->n && status == CMD_OK; i++) {
		if (shown)
			out_line(s->md, "> %s", item->lines[i].text);
		out_clear(said);
		status = lesson_run_line(s->lab, s->l, item->lines[i].text,
					 said);
		if (shown)
			put_output(s, out_string(said));
	}
	out_free(said);
	return status == CMD_OK;
}

/* What is asked for is not told before it is answered. */
static bool put_run(struct sheet *s, const struct item *item)
{
	const bool told = !keeps_quiet(s) || !s->asked;
	bool done;

	if (!told) {
		put_lines(s, item);
		return run_lines(s, item, false);
	}
	out_line(s->md, "```text");
	done = run_lines(s, item, true);
	out_line(s->md, "```\n");
	return done;
}

/* Before it runs, and only once: what comes would give the answer away. */
static void picture_before(struct sheet *s)
{
	if (!s->pictured)
		put_picture(s, false);
	s->pictured = true;
}

static void put_lines_to_write(struct sheet *s, size_t needed)
{
	const size_t n =
		needed + 2 > LINES_TO_WRITE ? needed + 2 : LINES_TO_WRITE;

	out_line(s->md, "Your commands:\n");
	for (size_t i = 0; i < n; i++)
		out_line(s->md, "***\n");
}

static bool put_item(struct sheet *s, const struct item *item)
{
	const bool answers = !keeps_quiet(s);

	switch (item->kind) {
	case ITEM_PROSE:
	case ITEM_PLAIN:
		put_source(s, item);
		return true;
	case ITEM_NOTE:
		if (s->kind == SHEET_NOTES)
			put_titled(s, "For the instructor:", item);
		return true;
	case ITEM_SETUP:
		return run_lines(s, item, false);
	case ITEM_PREDICT:
		put_answer(s);
		picture_before(s);
		put_question(s, item);
		s->asked = item;
		s->since = since_now(s->lab);
		return true;
	case ITEM_RUN:
		if (s->asked)
			s->spoiled = true;
		if (!put_run(s, item))
			return false;
		put_answer(s);
		if (answers)
			put_picture(s, true);
		return true;
	case ITEM_TASK:
		put_answer(s);
		picture_before(s);
		put_titled(s, "Task.", item);
		return true;
	case ITEM_HINT:
		if (answers)
			put_titled(s, "Hint.", item);
		return true;
	case ITEM_SOLUTION:
		if (answers) {
			out_line(s->md, "**Solution.**\n");
			if (!put_run(s, item))
				return false;
			put_picture(s, true);
			return true;
		}
		put_lines_to_write(s, item->n);
		s->spoiled = true;
		return run_lines(s, item, false);
	default:
		if (answers)
			put_conds(s, item);
		return true;
	}
}

/* ---- what does not lie beside a question ---- */

/* What comes tells what was asked; in HTML it is overleaf. */
static void turn_page(struct sheet *s)
{
	if (!s->spoiled)
		return;
	s->spoiled = false;
	out_line(s->md, "*Answer before you read on.*\n");
	if (s->want->html)
		put_block(s, "<div class=\"turn\">", "", "</div>");
}

/* It explains an answer. */
static bool put_told(struct sheet *s, const struct item *item)
{
	if (s->kind == SHEET_EXAM)
		return (item->kind != ITEM_SETUP && item->kind != ITEM_RUN) ||
		       run_lines(s, item, false);
	turn_page(s);
	if (!put_item(s, item))
		return false;
	if (item->kind == ITEM_RUN)
		put_picture(s, true);
	return true;
}

static bool put_step(struct sheet *s, const struct step *step)
{
	if (step_begins_afresh(step))
		s->nr_shown = 0; /* its picture may have stood far above */
	else if (keeps_quiet(s))
		turn_page(s);
	s->spoiled = false;
	if (step->heading) {
		out_text(s->md, "## ");
		put_plain(s, step->heading);
		out_line(s->md, "\n");
	}
	s->pictured = false;
	for (size_t k = 0; k < step->n; k++) {
		const struct item *item = &step->item[k];
		const bool tells = keeps_quiet(s) && step_tells(step, k);

		if (!(tells ? put_told(s, item) : put_item(s, item)))
			return false;
	}
	put_answer(s);
	return true;
}

/* ---- the whole sheet ---- */

static void put_sheet(const struct sheet *s, struct out *out)
{
	char mark[40];

	if (s->want->html)
		sheet_page(s->l->title, sheet_kind_title(s->kind),
			   out_string(s->md), mark_of(s, mark), s->block,
			   s->nr_blocks, out);
	else
		out_text(out, "%s", out_string(s->md));
}

enum cmd_status lesson_print_file(const struct lab *like,
				  const struct sheet_want *want,
				  struct out *out)
{
	struct faults f = {.path = want->path};
	struct sheet s = {.want = want, .kind = want->kind};
	enum cmd_status status = CMD_ERROR;

	s.l = lesson_read(want->path,
			  want->student
				  ? student_seed_for(want->student, want->path)
				  : want->seed,
			  &f);
	if (!s.l) {
		out_complain(out, "lesson print", "%s", f.first);
		return CMD_ERROR;
	}
	s.lab = lab_create_like(like);
	s.md = out_buffer();
	if (!s.lab || !s.md) {
		out_complain(out, "lesson print", "out of memory");
	} else if (lesson_boot(s.lab, s.l, out) == CMD_OK) {
		status = CMD_OK;
		sheet_head(s.l, want, s.md);
		for (size_t i = 0; i < s.l->n && status == CMD_OK; i++)
			if (!put_step(&s, &s.l->step[i]))
				status = CMD_ERROR;
		if (status != CMD_OK)
			out_complain(out, "lesson print",
				     "%s: a command fails; `lesson check` says "
				     "where",
				     want->path);
	}
	if (status == CMD_OK)
		put_sheet(&s, out);
	for (unsigned int i = 0; i < s.nr_blocks; i++)
		free(s.block[i]);
	out_free(s.md);
	lab_destroy(s.lab);
	lesson_free(s.l);
	return status;
}
