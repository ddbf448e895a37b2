/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print.c - a lesson on paper: questions, answers, notes
 *
 * The lesson is played by itself meanwhile, so that answers and pictures are
 * those of its seed.  Pictures are asked for in the language, since the
 * screen is not known here.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/answer.h"
#include "lesson/goal.h"
#include "lesson/sheet.h"
#include "lesson/world.h"

#define MOST_PICTURES 200

struct sheet {
	struct lesson *l;
	enum sheet_kind kind;
	bool html;
	struct lab *lab;
	struct out *md;
	char *picture[MOST_PICTURES];
	unsigned int nr_pictures;
	unsigned int nr_shown; /* in Markdown, too */
	const struct item *asked;
	struct since since;
	unsigned int questions;
	bool pictured; /* the step has one before it runs */
	/* what the last picture shows: there need not be two of it */
	uint64_t seen_hash, seen_now;
};

/* ---- pictures ---- */

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

static void put_picture(struct sheet *s)
{
	struct out *out;
	char line[60];

	if (seen_already(s))
		return;
	out = out_buffer();
	if (!out)
		return;
	s->nr_shown++;
	/* as high as the map and the lists are: paper has its own output */
	snprintf(line, sizeof line, "export %s - size=80x20",
		 s->html ? "svg" : "text");
	/* a lab without a screen has no pictures */
	if (command_find(s->lab, s->html ? "export svg" : "export text") &&
	    lab_run(s->lab, line, out) == CMD_OK) {
		if (!s->html)
			out_line(s->md, "```text\n%s```\n", out_string(out));
		else if (s->nr_pictures < MOST_PICTURES) {
			out_line(s->md, "@@picture-%u-%016llx@@\n",
				 s->nr_pictures,
				 (unsigned long long)s->l->hash);
			s->picture[s->nr_pictures++] = strdup(out_string(out));
		}
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

/* Would be read as Markdown there; @first: of its line. */
static bool means_something(const char *c, bool first)
{
	if (strchr("\\`*_[]<#~", *c))
		return true;
	if (*c == '!')
		return c[1] == '[';
	if (*c == '&')
		return c[1] == '#' || isalpha((unsigned char)c[1]);
	return first && strchr("+->|=", *c);
}

/* Text in the middle of Markdown: nothing in it means anything but code. */
static void put_plain(struct sheet *s, const char *text)
{
	bool first = true;

	while (*text) {
		const char *end = *text == '`' ? strchr(text + 1, '`') : NULL;

		if (end && end > text + 1) {
			out_text(s->md, "%.*s", (int)(end + 1 - text), text);
			text = end + 1;
			first = false;
			continue;
		}
		out_text(s->md, "%s%c",
			 means_something(text, first) ? "\\" : "", *text);
		first = *text == '\n';
		text++;
	}
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
		out_text(s->md, "- %lld: ", (long long)q->choice[i].value);
		put_plain(s, q->choice[i].text);
		out_line(s->md, "%s", "");
	}
	if (q->nr_choices)
		out_line(s->md, "%s", "");
	if (s->kind == SHEET_QUESTIONS)
		out_line(s->md, "Answer: \\_\\_\\_\\_\\_\\_\\_\\_\n");
}

static void put_answer(struct sheet *s)
{
	struct expr_why why;
	int64_t right;
	char text[240];

	if (!s->asked)
		return;
	if (s->kind != SHEET_QUESTIONS &&
	    answer_right(s->lab, &s->asked->question,
			 since_moment(s->lab, &s->since), &right, &why)) {
		answer_print(&s->asked->question, right, text, sizeof text);
		out_text(s->md, "**Answer %u:** ", s->questions);
		put_plain(s, text);
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

#define MOST_LINES 40 /* of an answer */

/* A text as it stands, cut where it gets long. */
static void put_output(struct sheet *s, const char *text)
{
	for (int n = 0; *text && n < MOST_LINES; n++) {
		const size_t len = strcspn(text, "\n");

		out_line(s->md, "  %.*s", (int)len, text);
		text += len + (text[len] == '\n');
	}
	if (*text)
		out_line(s->md, "  ...");
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
	const bool told = s->kind != SHEET_QUESTIONS || !s->asked;
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
		put_picture(s);
	s->pictured = true;
}

static bool put_item(struct sheet *s, const struct item *item)
{
	const bool answers = s->kind != SHEET_QUESTIONS;

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
		if (!put_run(s, item))
			return false;
		put_answer(s);
		if (answers)
			put_picture(s);
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
			put_picture(s);
		} else {
			out_line(s->md, "Your commands:\n\n"
					"\\_\\_\\_\\_\\_\\_\\_\\_\n");
		}
		return answers || run_lines(s, item, false);
	default:
		if (answers)
			put_conds(s, item);
		return true;
	}
}

/* Behind the title. */
static const char *const kinds[] = {"", ": answers", ": for teaching"};

static void put_head(struct sheet *s)
{
	const struct lesson *l = s->l;

	out_text(s->md, "# ");
	put_plain(s, l->title);
	out_line(s->md, "%s\n", kinds[s->kind]);
	if (l->goal) {
		put_plain(s, l->goal);
		out_line(s->md, "\n");
	}
	out_line(s->md, "%u minute%s, seed %llu, lesson %016llx\n", l->minutes,
		 l->minutes == 1 ? "" : "s", (unsigned long long)l->seed,
		 (unsigned long long)l->hash);
	if (s->kind == SHEET_QUESTIONS)
		out_line(s->md, "Name: \\_\\_\\_\\_\\_\\_\\_\\_\n");
}

static bool put_steps(struct sheet *s)
{
	for (size_t i = 0; i < s->l->n; i++) {
		const struct step *step = &s->l->step[i];

		if (step->heading) {
			out_text(s->md, "## ");
			put_plain(s, step->heading);
			out_line(s->md, "\n");
		}
		s->pictured = false;
		for (size_t k = 0; k < step->n; k++)
			if (!put_item(s, &step->item[k]))
				return false;
		put_answer(s);
	}
	return true;
}

/* ---- HTML ---- */

/* The marks of pictures are replaced by them. */
static void put_html_body(const struct sheet *s, const char *html,
			  struct out *out)
{
	char mark[60];

	for (unsigned int i = 0; i < s->nr_pictures; i++) {
		const char *at;

		snprintf(mark, sizeof mark, "<p>@@picture-%u-%016llx@@</p>", i,
			 (unsigned long long)s->l->hash);
		at = strstr(html, mark);
		if (!at || !s->picture[i])
			continue;
		out_text(out, "%.*s<div class=\"screen\">%s</div>",
			 (int)(at - html), html, s->picture[i]);
		html = at + strlen(mark);
	}
	out_text(out, "%s", html);
}

/* What the browser's tab says: the heading, where no Markdown is read. */
static void put_title(const struct sheet *s, struct out *out)
{
	out_text(out, "<title>");
	for (const char *c = s->l->title; *c; c++) {
		if (*c == '&' || *c == '<')
			out_text(out, "&#%d;", *c);
		else if (*c != '`')
			out_text(out, "%c", *c);
	}
	out_line(out, "%s</title>", kinds[s->kind]);
}

static void put_html(const struct sheet *s, struct out *out)
{
	char *html = markdown_to_html(out_string(s->md));

	if (!html)
		return;
	out_line(out,
		 "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		 "<meta charset=\"utf-8\">\n"
		 "<meta name=\"viewport\" content=\"width=device-width\">\n"
		 "<style>\n"
		 "body { font: 11pt/1.5 serif; max-width: 46em; "
		 "margin: 2em auto; padding: 0 1em; }\n"
		 "pre { background: #f4f4f4; padding: .5em; font-size: .85em; "
		 "overflow-x: auto; line-height: 1.2; }\n"
		 "table { border-collapse: collapse; }\n"
		 "th, td { padding: .1em .8em .1em 0; "
		 "border-bottom: 1px solid #ccc; }\n"
		 ".screen svg { max-width: 100%%; height: auto; }\n"
		 "@media print { h2 { break-after: avoid; } "
		 ".screen, pre { break-inside: avoid; } "
		 "pre { white-space: pre-wrap; } }\n"
		 "</style>");
	put_title(s, out);
	out_line(out, "</head>\n<body>");
	put_html_body(s, html, out);
	out_line(out, "</body>\n</html>");
	free(html);
}

enum cmd_status lesson_print_file(const struct lab *like, const char *path,
				  uint64_t seed, enum sheet_kind kind,
				  bool html, struct out *out)
{
	struct faults f = {.path = path};
	struct sheet s = {.kind = kind, .html = html};
	enum cmd_status status = CMD_ERROR;

	s.l = lesson_read(path, seed, &f);
	if (!s.l) {
		out_complain(out, "lesson print", "%s", f.first);
		return CMD_ERROR;
	}
	s.lab = lab_create_like(like);
	s.md = out_buffer();
	if (!s.lab || !s.md) {
		out_complain(out, "lesson print", "out of memory");
	} else if (lesson_boot(s.lab, s.l, out) == CMD_OK) {
		put_head(&s);
		if (put_steps(&s))
			status = CMD_OK;
		else
			out_complain(out, "lesson print",
				     "%s: a command fails; `lesson check` says "
				     "where",
				     path);
	}
	if (status == CMD_OK && html)
		put_html(&s, out);
	else if (status == CMD_OK)
		out_text(out, "%s", out_string(s.md));
	for (unsigned int i = 0; i < s.nr_pictures; i++)
		free(s.picture[i]);
	out_free(s.md);
	lab_destroy(s.lab);
	lesson_free(s.l);
	return status;
}
