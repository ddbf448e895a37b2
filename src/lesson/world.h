/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * world.h - a lesson's world, and its lines: what they may do
 */
#ifndef BUDDYSCOPE_LESSON_WORLD_H
#define BUDDYSCOPE_LESSON_WORLD_H

#include "lesson/file.h"

/**
 * lesson_boot - the world that the lesson begins with
 *
 * CMD_OK, or the complaint of `world new` goes to @out.
 */
enum cmd_status lesson_boot(struct lab *lab, const struct lesson *l,
			    struct out *out);
/**
 * lesson_run_line - run a line that somebody else wrote
 *
 * It may not leave, run other lines, or touch files, but for `world load` of
 * a file beside the lesson (@l is NULL for answers: no files at all).
 */
enum cmd_status lesson_run_line(struct lab *lab, const struct lesson *l,
				const char *line, struct out *out);

#endif
