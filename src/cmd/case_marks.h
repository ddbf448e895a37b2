/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_marks.h - watermark tables: what the two files of their replay share
 *
 *	case_marks_world.c  the first tables -> a world like that machine
 *	case_marks.c        settings, and every cell compared
 */
#ifndef BUDDYSCOPE_CMD_CASE_MARKS_H
#define BUDDYSCOPE_CMD_CASE_MARKS_H

#include "cmd/case.h"
#include "cmd/case_boot.h"

/** What is read before there is a world. */
struct tables {
	struct mm_config cfg;
	struct boot_zones boot;
	int64_t min_free_kbytes;
	struct mm *mm;
};

/** NID NAME at the head of zwm, zprot and zpcp lines. */
bool marks_zone(struct case_file *c, zone_t *zid);
/** A pair of words, NAME VALUE; false when this is not the pair @key. */
bool marks_pair(struct case_file *c, const char *key, int64_t *value);
/** Read the first tables, make the world; false after a complaint. */
bool marks_read_machine(struct case_file *c, struct tables *t);

#endif
