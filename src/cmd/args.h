/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * args.h - the typed values of one command
 *
 * A row's `.args` says what may stand there.  It is read by spec_read() and
 * the words of the line are checked against it, so a command's function gets
 * only values that make sense in this world.
 *
 *	TYPE            a value by its place       pfn: args_pfn(a, "PFN", 0)
 *	KEY=TYPE        a value by its key         args_order(a, "order", 0)
 *	a|b|TYPE        words taken as they are, or a value of the type
 *	[...]           may be left out
 *	...             at the end: any number of these
 *
 * A value by its place is asked for by the alternative that it matched:
 * with `PFN|NAME`, args_has(a, "PFN") tells which it was.  A plain word is
 * asked for by itself: with `buddyinfo|pcp`, args_has(a, "pcp").
 * args_place() gives the words by place, whatever they matched.
 *
 * Types: ORDER PFN RANGE GFP ZONE TYPE CPU NODE TASK EVENT N (unsigned)
 * VALUE (signed) NAME (an owner) WORD FILE LESSON FIGURE SETTING PRESET COMMAND
 * LINE (the rest of the line), EXPR (an expression: words up to the next
 * KEY=), and KEY=VALUE... for the constants of a world.
 */
#ifndef BUDDYSCOPE_CMD_ARGS_H
#define BUDDYSCOPE_CMD_ARGS_H

#include "cmd/cmd.h"

/** Was this argument given? */
bool args_has(const struct args *args, const char *name);
/** Values, already checked against the world; @fallback if not given. */
unsigned int args_order(const struct args *args, const char *name,
			unsigned int fallback);
pfn_t args_pfn(const struct args *args, const char *name, pfn_t fallback);
/** Frames [*@start, *@end) of a RANGE; false if it was not given. */
bool args_range(const struct args *args, const char *name, pfn_t *start,
		pfn_t *end);
gfp_t args_gfp(const struct args *args, const char *name, gfp_t fallback);
zone_t args_zone(const struct args *args, const char *name, zone_t fallback);
/** enum migratetype; an int so that -1 may stand for "none". */
int args_type(const struct args *args, const char *name, int fallback);
unsigned int args_cpu(const struct args *args, const char *name,
		      unsigned int fallback);
int args_node(const struct args *args, const char *name, int fallback);
/** Number of a task that lives. */
unsigned int args_task(const struct args *args, const char *name,
		       unsigned int fallback);
uint64_t args_number(const struct args *args, const char *name,
		     uint64_t fallback);
int64_t args_value(const struct args *args, const char *name, int64_t fallback);
/** For on|off. */
bool args_on(const struct args *args, const char *name, bool fallback);
/** KEY=VALUE...: the i-th pair; false past the last. */
bool args_pair(const struct args *args, unsigned int i, const char **key,
	       const char **value);

#endif
