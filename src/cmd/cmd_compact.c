/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_compact.c - compaction by hand, and by kcompactd
 */
#include <string.h>

#include "cmd/internal.h"

static enum migrate_mode mode_of(const struct args *args,
				 enum migrate_mode fallback)
{
	const char *word = args_word(args, "mode", "");

	if (strcmp(word, "async") == 0)
		return MIGRATE_ASYNC;
	if (strcmp(word, "sync-light") == 0)
		return MIGRATE_SYNC_LIGHT;
	return strcmp(word, "sync") == 0 ? MIGRATE_SYNC : fallback;
}

static int64_t figure(const struct mm *mm, const char *name)
{
	const char *unit;
	int64_t v = 0;

	mm_figure(mm, name, &v, &unit);
	return v;
}

static enum cmd_status run_compact(struct lab *lab, const struct args *args,
				   struct out *out)
{
	const int order = args_has(args, "order")
				  ? (int)args_order(args, "order", 0)
				  : -1;
	const enum migrate_mode mode =
		mode_of(args, order < 0 ? MIGRATE_SYNC : MIGRATE_SYNC_LIGHT);
	struct mm *mm = lab_world(lab, out);
	const int64_t before = figure(mm, "vmstat.pgmigrate_success");
	enum compact_result result;
	struct mm_error err;
	int64_t moved;

	if (mm_compact(mm, args_zone(args, "zone", NO_ZONE), order, mode,
		       &result, &err))
		return complain(out, "compact", "%s", err.text);
	moved = figure(mm, "vmstat.pgmigrate_success") - before;
	out_line(out, "%s; %lld page%s moved", mm_compact_result_name(result),
		 (long long)moved, moved == 1 ? "" : "s");
	return CMD_OK;
}

const struct cmd cmd_compact = {
	.name = "compact",
	.args = "[zone=ZONE] [order=ORDER] [mode=async|sync-light|sync]",
	.brief = "Move pages together, so that free blocks grow",
	.help = "Without an order the whole zone, or all zones, as a write to "
		"compact_memory\ndoes; with one, from where the last run "
		"stopped, until a block is there for a\nmovable request.  What "
		"was vacated is on the per-CPU lists until they are\ndrained.",
	.models = "compact_zone(), sysctl_compaction_handler()",
	.flags = CMD_MUTATES,
	.run = run_compact,
};

static enum cmd_status run_kcompactd(struct lab *lab, const struct args *args,
				     struct out *out)
{
	const int order = args_has(args, "order")
				  ? (int)args_order(args, "order", 0)
				  : -1;
	const unsigned int nid = (unsigned int)args_node(args, "node", 0);
	struct mm_error err;

	if (mm_kcompactd(lab_world(lab, out), nid, order, MAX_NR_ZONES - 1,
			 &err))
		return complain(out, "kcompactd", "%s", err.text);
	out_line(out, "kcompactd%u is woken", nid);
	return CMD_OK;
}

const struct cmd cmd_kcompactd = {
	.name = "kcompactd",
	.args = "[node=NODE] [order=ORDER]",
	.brief = "Wake a node's kcompactd, whether it is worth it or not",
	.help = "With an order it makes blocks of that order; without, it "
		"works "
		"until the\nfragmentation score is low enough.  With `schedule "
		"manual`, `run kcompactd0` lets\nit go on, quantum by quantum.",
	.models = "wakeup_kcompactd()",
	.flags = CMD_MUTATES,
	.run = run_kcompactd,
};
