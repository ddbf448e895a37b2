/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * series.h - figures over time: what they came to after each line
 *
 * A figure that is plotted is read at the end of each operation, so that a
 * view can draw it without moving the world.  What was before is read off the
 * tape once, when it is plotted first or another world takes the place.
 */
#ifndef BUDDYSCOPE_CMD_SERIES_H
#define BUDDYSCOPE_CMD_SERIES_H

#include "cmd/internal.h"

#define SERIES_NAME 80

struct series {
	char figure[SERIES_NAME];
	int64_t *value;
	uint64_t n, room;
};
struct series_list {
	struct series row[MOST_SERIES];
	unsigned int n;
	const struct mm *mm; /* the world they are of */
	uint64_t first;	     /* operations before value[0] */
};

/** Free all values; the figures stay. */
void series_forget(struct series_list *l);
/** What operation @op and later ones came to is no longer so. */
void series_cut(struct series_list *l, uint64_t op);
/**
 * series_sync - read what is missing
 *
 * Moves @mm and brings it back.  Not inside of an operation.
 */
void series_sync(struct series_list *l, struct mm *mm);
/** -1 when there are MOST_SERIES, 1 when it is plotted already. */
int series_add(struct series_list *l, const char *figure);
/** False when it is not plotted. */
bool series_remove(struct series_list *l, const char *figure);
struct series_list *lab_plots(struct lab *lab);
/** Bring them up to date with the present world. */
void lab_sync_plots(struct lab *lab);

#endif
