/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pane.c - the lesson for those who draw it, and what an empty line means
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/answer.h"
#include "lesson/run.h"
#include "lesson/teacher.h"
#include "lesson/wrap.h"

/* ---- the teacher ---- */

static void destroy(void *kept)
{
	struct teacher *t = kept;

	player_destroy(t->p);
	free(t);
}

static void after_line(void *arg, const char *line, enum cmd_status status,
		       struct out *out)
{
	struct teacher *t = arg;
	const size_t before = t->p ? t->p->nr_actions : 0;

	(void)status;
	if (!t->p || t->p->busy || strncmp(line, "lesson", 6) == 0)
		return;
	player_typed(t->p, line, out);
	if (t->p->nr_actions != before)
		progress_keep(t);
}

/* An empty line goes on; a bare answer is one. */
static const char *typed(void *arg, const char *line, char *buf, size_t size)
{
	struct teacher *t = arg;
	const struct player *p = t->p;
	const struct question *q;
	int64_t value;

	if (!p || p->away)
		return line;
	if (!*line && p->wait != LESSON_TASK && p->wait != LESSON_END)
		return "lesson next";
	if ((p->wait != LESSON_ANSWER && p->wait != LESSON_POINT) ||
	    p->question >= p->nr_questions)
		return line;
	q = &p->questions[p->question].item->question;
	if (!answer_read(q, line, &value) || command_of_line(t->lab, line) ||
	    strpbrk(line, "\";#") || strlen(line) + 20 > size)
		return line;
	snprintf(buf, size, "lesson answer %s", line);
	return buf;
}

/* ---- names of lessons ---- */

struct naming {
	void (*each)(void *, const char *);
	void *arg;
};

static void name_one(void *arg, const char *path)
{
	const struct naming *n = arg;
	const char *base = strrchr(path, '/') + 1;
	char name[300];

	snprintf(name, sizeof name, "%.*s", (int)strlen(base) - 3, base);
	n->each(n->arg, name);
}

static void names(void *arg, const char *type,
		  void (*each)(void *, const char *), void *each_arg)
{
	struct naming n = {each, each_arg};

	(void)arg;
	if (strcmp(type, "LESSON") == 0)
		lesson_files(name_one, &n);
}

struct teacher *teacher_of(struct lab *lab)
{
	struct teacher *t = lab_kept(lab, LAB_LESSON);

	if (t)
		return t;
	t = calloc(1, sizeof *t);
	if (!t)
		return NULL;
	t->lab = lab;
	lab_keep(lab, LAB_LESSON, t, destroy);
	lab_on_line(lab, after_line, t);
	lab_on_typed(lab, typed, t);
	lab_on_names(lab, names, t);
	return t;
}

int lesson_attach(struct lab *lab, bool save)
{
	struct teacher *t = teacher_of(lab);

	if (!t)
		return -1;
	t->save = save;
	return 0;
}

struct player *playing(const struct lab *lab)
{
	const struct teacher *t = lab_kept(lab, LAB_LESSON);

	return t ? t->p : NULL;
}

void teacher_take(struct teacher *t, struct player *p)
{
	player_destroy(t->p);
	t->p = p;
}

/* ---- looking ---- */

bool lesson_now(const struct lab *lab, struct lesson_now *now)
{
	const struct player *p = playing(lab);

	*now = (struct lesson_now){.title = "", .heading = ""};
	if (!p)
		return false;
	now->title = p->l->title;
	if (p->l->step[p->step].heading)
		now->heading = p->l->step[p->step].heading;
	now->step = (unsigned int)p->step + 1;
	now->steps = (unsigned int)p->l->n;
	now->wait = p->away ? LESSON_NOTHING : p->wait;
	now->hints = p->steps[p->step].hints;
	now->hints_left = hints_left(p);
	if (now->wait == LESSON_END)
		snprintf(now->next, sizeof now->next, "lesson %s%s",
			 *p->next.word ? "start " : "list", p->next.word);
	if (p->away)
		snprintf(now->prompt, sizeof now->prompt,
			 "left; lesson resume goes on");
	else
		player_prompt(p, now->prompt, sizeof now->prompt);
	return true;
}

const char *lesson_space(const struct lab *lab)
{
	const struct player *p = playing(lab);

	if (!p || p->away || p->wait == LESSON_NOTHING ||
	    p->wait == LESSON_TASK || p->wait == LESSON_END)
		return NULL;
	return "lesson next";
}

bool lesson_looks_back(const struct lab *lab)
{
	const struct player *p = playing(lab);

	return p && lab_mm(lab) == p->mm && mm_now(p->mm) < p->now;
}

#define MOST_SAID 16 /* lines of an answer */

/* Broken, it keeps its place in a tree. */
static void tree_line(const char *text, unsigned int width,
		      lesson_line_fn *line, void *arg)
{
	const size_t blanks = strspn(text, " ");
	const int indent = 4 + (int)(blanks < width / 3 ? blanks : width / 3);
	char first[WRAP_MOST], next[WRAP_MOST];

	snprintf(first, sizeof first, "%*s", indent, "");
	snprintf(next, sizeof next, "%*s", indent + 2, "");
	wrap_text(text + blanks, first, next, width, LESSON_LINE_CODE, line,
		  arg);
}

/* What a command said. */
static void answer_lines(const char *s, unsigned int width,
			 lesson_line_fn *line, void *arg)
{
	char *narrow = narrow_tables(s, (int)width - 4);
	char text[500], row[sizeof text + 4];

	s = narrow ? narrow : s;
	for (int n = 0; *s; n++) {
		const size_t len = strcspn(s, "\n");

		if (n == MOST_SAID) {
			line(arg, LESSON_LINE_CODE, "    ...");
			break;
		}
		snprintf(text, sizeof text, "%.*s",
			 (int)(len < 499 ? len : 499), s);
		/* a table keeps its columns where there is room */
		if (strlen(text) + 4 <= width) {
			snprintf(row, sizeof row, "    %s", text);
			line(arg, LESSON_LINE_CODE, row);
		} else {
			tree_line(text, width, line, arg);
		}
		s += len + (s[len] == '\n');
	}
	free(narrow);
}

/* The commands of a block that have been run, and the one to come. */
static void commands(const struct player *p, size_t i, unsigned int width,
		     lesson_line_fn *line, void *arg)
{
	const struct item *item = &p->l->step[p->step].item[i];
	const size_t n = i < p->item ? item->n : p->line + 1;
	const char *said;

	for (size_t k = 0; k < n && k < item->n; k++) {
		wrap_text(item->lines[k].text,
			  i == p->item && k == p->line ? "> " : "  ", "    ",
			  width, LESSON_LINE_COMMAND, line, arg);
		said = player_kept(p, i, k);
		if (said)
			answer_lines(said, width, line, arg);
	}
	line(arg, LESSON_LINE_TEXT, "");
}

/* What was said last is a hint, which stands above already. */
static bool is_hint(const char *told, const char *hint)
{
	static const char intro[] = "Hint: ";
	const size_t n = sizeof intro - 1;

	return hint && strncmp(told, intro, n) == 0 &&
	       strncmp(told + n, hint, strlen(hint)) == 0;
}

void lesson_lines(const struct lab *lab, unsigned int width,
		  lesson_line_fn *line, void *arg)
{
	const struct player *p = playing(lab);
	const struct step *s;
	const struct item *given;
	const char *verdict, *told, *hint = NULL;

	if (!p)
		return;
	s = &p->l->step[p->step];
	told = out_string(p->told);
	if (s->heading) {
		wrap_text(s->heading, "", "", width, LESSON_LINE_HEADING, line,
			  arg);
		line(arg, LESSON_LINE_TEXT, "");
	}
	for (size_t i = 0; i < s->n && i <= p->item; i++) {
		if (s->item[i].kind == ITEM_RUN)
			commands(p, i, width, line, arg);
		else
			wrap_item(&s->item[i], p->lecture, width, line, arg);
		verdict = player_kept(p, i, KEPT_VERDICT);
		if (verdict) {
			wrap_text(verdict, "", "", width, LESSON_LINE_TOLD,
				  line, arg);
			line(arg, LESSON_LINE_TEXT, "");
		}
	}
	for (unsigned int n = 0; (given = hint_of_now(p, &n, true)); n++) {
		hint = given->text;
		wrap_text(hint, "Hint: ", "  ", width, LESSON_LINE_TOLD, line,
			  arg);
		line(arg, LESSON_LINE_TEXT, "");
	}
	if (*told && !is_hint(told, hint))
		wrap_text(told, "", "", width, LESSON_LINE_TOLD, line, arg);
}
