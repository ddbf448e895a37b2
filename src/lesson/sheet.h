/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sheet.h - lessons on paper, and new ones
 */
#ifndef BUDDYSCOPE_LESSON_SHEET_H
#define BUDDYSCOPE_LESSON_SHEET_H

#include "lesson/file.h"

/** What a sheet tells: questions alone, their answers, the notes as well. */
enum sheet_kind { SHEET_QUESTIONS, SHEET_ANSWERS, SHEET_NOTES };
/** Markdown or HTML to @out; @seed 0: the lesson's own. */
enum cmd_status lesson_print_file(const struct lab *like, const char *path,
				  uint64_t seed, enum sheet_kind kind,
				  bool html, struct out *out);
/** A new file with a lesson that works. */
enum cmd_status lesson_new_file(const char *path, struct out *out);
/** HTML without anything raw in it; to be freed. */
char *markdown_to_html(const char *markdown);

#endif
