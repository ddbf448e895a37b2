/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lint.c - remarks about a lesson: what works, and was hardly meant so
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "lesson/teacher.h"

struct lesson_tally lesson_tally(const struct lesson *l)
{
	struct lesson_tally t = {0};

	for (size_t s = 0; s < l->n; s++)
		for (size_t i = 0; i < l->step[s].n; i++) {
			t.questions += l->step[s].item[i].kind == ITEM_PREDICT;
			t.tasks += l->step[s].item[i].kind == ITEM_TASK;
			t.notes += l->step[s].item[i].kind == ITEM_NOTE;
			t.hints += l->step[s].item[i].kind == ITEM_HINT;
		}
	return t;
}

/* ---- what a lesson should have ---- */

static void lint_whole(const struct lesson *l, struct faults *f)
{
	const struct lesson_tally t = lesson_tally(l);

	if (!l->goal)
		file_remark(f, 1, 1, "the head has no goal");
	if (!l->models)
		file_remark(f, 1, 1, "the head does not say what it models");
	if (l->minutes > 20)
		file_remark(f, 1, 1, "%u minutes: expected at most 20",
			    l->minutes);
	if (t.questions < 2)
		file_remark(f, 1, 1, "%u question%s: expected at least 2",
			    t.questions, t.questions == 1 ? "" : "s");
	if (!t.tasks)
		file_remark(f, 1, 1, "there is no task");
	if (t.tasks && !t.hints)
		file_remark(f, 1, 1, "there is no hint");
	if (!t.notes)
		file_remark(f, 1, 1, "there is no note for the instructor");
	for (size_t s = 0; s < l->n; s++)
		if (l->step[s].heading && !l->step[s].n)
			file_remark(f, l->step[s].line, 1, "the step is empty");
}

/* Names with commas between; a lesson lies beside this one, or in the course.
 */
static void lint_needs(const struct lesson *l, struct faults *f)
{
	const char *s = l->needs ? l->needs : "";

	while (*(s += strspn(s, ", \t"))) {
		const size_t len = strcspn(s, ", \t");
		const char *slash = strrchr(l->path, '/');
		char name[LESSON_NAME], beside[1100];
		char *found;

		snprintf(name, sizeof name, "%.*s", (int)len, s);
		snprintf(beside, sizeof beside, "%.*s%s.md",
			 slash ? (int)(slash + 1 - l->path) : 0, l->path, name);
		found = lesson_find(name, NULL);
		if (!found && access(beside, F_OK))
			file_remark(f, 1, 1,
				    "needs: %s: there is no such lesson", name);
		free(found);
		s += len;
	}
}

/* ---- what a paragraph seems to be meant as ---- */

static bool has_word(const char *text, const char *word, size_t within)
{
	const size_t len = strlen(word);

	for (size_t i = 0; i < within && text[i]; i++)
		if (strncasecmp(text + i, word, len) == 0)
			return true;
	return false;
}

static void lint_prose(struct lesson *l, const struct item *item,
		       struct faults *f)
{
	size_t len;
	const char *line = lesson_source_line(l, item->line, &len);

	if (item->prose == PROSE_QUOTE && item->text &&
	    (has_word(item->text, "instructor", 40) ||
	     has_word(item->text, "teacher", 40)))
		file_remark(f, item->line, 1,
			    "learners see this; expected \"> [!NOTE] For the "
			    "instructor:\"");
	if (item->prose == PROSE_HEADING && len > 2 && line[0] == '#' &&
	    line[1] == ' ')
		file_remark(f, item->line, 1,
			    "begins no step; expected \"## HEADING\"");
	if (item->prose == PROSE_TEXT && len > 2 && line[0] == '#' &&
	    line[1] == '#')
		file_remark(f, item->line, 3,
			    "is no heading; expected a blank behind \"##\"");
}

/* `$name` where a number of `vary` was meant stands in the text as it is. */
static void lint_numbers(struct lesson *l, const struct item *item,
			 struct faults *f)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";

	for (unsigned int n = item->line; n <= item->last; n++) {
		size_t len;
		const char *line = lesson_source_line(l, n, &len);

		for (size_t i = 0; i + 1 < len; i++) {
			const size_t name =
				line[i] == '$' ? strspn(line + i + 1, letters)
					       : 0;

			if (!name)
				continue;
			file_remark(f, n, (unsigned int)i + 1,
				    "$%.*s: `vary` has no such number",
				    (int)(name < 30 ? name : 30), line + i + 1);
			return;
		}
	}
}

void lesson_lint(struct lesson *l, struct faults *f)
{
	lint_whole(l, f);
	lint_needs(l, f);
	for (size_t s = 0; s < l->n; s++)
		for (size_t i = 0; i < l->step[s].n; i++) {
			const struct item *item = &l->step[s].item[i];

			if (item->kind == ITEM_PROSE)
				lint_prose(l, item, f);
			if (item->kind == ITEM_PROSE ||
			    item->kind == ITEM_PREDICT ||
			    item->kind == ITEM_TASK || item->kind == ITEM_HINT)
				lint_numbers(l, item, f);
		}
}
