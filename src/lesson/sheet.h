/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sheet.h - lessons on paper, and new ones
 */
#ifndef BUDDYSCOPE_LESSON_SHEET_H
#define BUDDYSCOPE_LESSON_SHEET_H

#include "lesson/file.h"

/**
 * What a sheet tells.  QUESTIONS: all of the text, but what explains an answer
 * is overleaf.  EXAM: without that.  ANSWERS: and hints, and solutions.
 * NOTES: the notes for the instructor as well.
 */
enum sheet_kind { SHEET_QUESTIONS, SHEET_EXAM, SHEET_ANSWERS, SHEET_NOTES };
/** Of the words `questions`, `exam`, ...; false: none of them. */
bool sheet_kind_find(const char *word, enum sheet_kind *kind);
/** What stands behind the lesson's title. */
const char *sheet_kind_title(enum sheet_kind kind);
/** Whoever has the sheet does not know the answers yet. */
bool sheet_keeps_quiet(enum sheet_kind kind);
/** Room to write. */
#define SHEET_BLANK "________________________"

/** What is to be printed. */
struct sheet_want {
	const char *path;
	uint64_t seed;	     /* 0: the lesson's own */
	const char *student; /* NULL: nobody's; else the seed is theirs */
	enum sheet_kind kind;
	bool html; /* else Markdown */
};
enum cmd_status lesson_print_file(const struct lab *like,
				  const struct sheet_want *want,
				  struct out *out);

/** Title, goal and figures of the lesson, as Markdown. */
void sheet_head(const struct lesson *l, const struct sheet_want *want,
		struct out *out);
/**
 * An HTML page of a sheet's Markdown.  A paragraph that is @mark, a number
 * from 0 and another @mark becomes @block of that number.
 */
void sheet_page(const char *title, const char *kind, const char *markdown,
		const char *mark, char *const *block, unsigned int nr_blocks,
		struct out *out);

/**
 * Item @k of the step tells what was asked before it: it is behind a question
 * or a task, and does not lead to a next one.
 */
bool step_tells(const struct step *step, size_t k);
/** The step begins with another world. */
bool step_begins_afresh(const struct step *step);

/** Text as Markdown in which nothing means anything but code. */
void markdown_plain(const char *text, struct out *out);
/** A new file with a lesson that works. */
enum cmd_status lesson_new_file(const char *path, struct out *out);
/** HTML without anything raw in it; to be freed. */
char *markdown_to_html(const char *markdown);

#endif
