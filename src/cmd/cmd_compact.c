/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_compact.c - compaction by hand, and by kcompactd
 */
#include <string.h>

#include "cmd/work.h"

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

/* May the task be asked? Without task= there is nothing to say. */
static bool task_refused(const struct mm *mm, const struct args *args,
			 struct out *out)
{
	struct mm_error err;

	if (!args_has(args, "task") ||
	    !mm_task_refusal(mm, args_task(args, "task", 0), &err))
		return false;
	complain(out, "compact", "%s", err.text);
	return true;
}

static enum cmd_status run_compact(struct lab *lab, const struct args *args,
				   struct out *out)
{
	const int order = args_has(args, "order")
				  ? (int)args_order(args, "order", 0)
				  : -1;
	const enum migrate_mode mode =
		mode_of(args, order < 0 ? MIGRATE_SYNC : MIGRATE_SYNC_LIGHT);
	const zone_t zid = args_zone(args, "zone", NO_ZONE);
	const unsigned int task = args_task(args, "task", 0);
	enum compact_result result;
	struct mm_error err;
	int64_t before;
	struct mm *mm;

	if (task_refused(lab_mm(lab), args, out))
		return CMD_USAGE;
	mm = lab_world(lab, out);
	before = work_moved(mm);
	if (args_has(args, "task")) {
		if (mm_task_compact(mm, task, zid, order, mode, &err))
			return complain(out, "compact", "%s", err.text);
		if (work_pending(mm, task, out))
			return CMD_OK;
		result = mm_compact_task_result(mm, task);
	} else if (mm_compact(mm, zid, order, mode, &result, &err)) {
		return complain(out, "compact", "%s", err.text);
	}
	out_text(out, "%s; ",
		 args_has(args, "task") && mm_compact_task_error(mm, task)
			 ? "ended by a fatal signal (-EINTR)"
			 : mm_compact_result_name(result));
	work_say_moved(mm, before, out);
	return CMD_OK;
}

const struct cmd cmd_compact = {
	.name = "compact",
	.args = "[zone=ZONE] [order=ORDER] [mode=async|sync-light|sync] "
		"[task=TASK]",
	.brief = "Move pages together, so that free blocks grow",
	.help = "Without an order the whole zone, or all zones, as a write to "
		"compact_memory\ndoes; with one, from where the last run "
		"stopped, until a block is there for a\nmovable request.  What "
		"was vacated is on the per-CPU lists until they are\ndrained.  "
		"task=t hands it to a task.",
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
