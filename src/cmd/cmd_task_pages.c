/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_task_pages.c - what is done to the pages of a process, and where to
 */
#include <errno.h>
#include <string.h>

#include "cmd/internal.h"

static enum mm_page_op op_of(const struct args *args)
{
	for (int i = 0; i < NR_PAGE_OPS; i++)
		if (args_has(args, mm_page_op_name((enum mm_page_op)i)))
			return (enum mm_page_op)i;
	return NR_PAGE_OPS;
}

static enum cmd_status run_pages(struct lab *lab, const struct args *args,
				 struct out *out)
{
	const unsigned int task = args_task(args, "TASK", 0);
	const enum mm_page_op op = op_of(args);
	const char *name = mm_page_op_name(op);
	struct mm_task_info ti;
	struct mm_error err;
	struct mm *mm;
	int64_t n;

	mm_task_info(lab_mm(lab), task, &ti);
	if (!ti.process)
		return complain(out, "task pages",
				"%s is not a process's task; `task new NAME` "
				"makes one",
				ti.comm);
	mm = lab_world(lab, out);
	n = args_has(args, "pfn")
		    ? mm_process_page(mm, ti.process, op,
				      args_pfn(args, "pfn", NO_PFN), &err)
		    : mm_process_pages(mm, ti.process, op,
				       args_number(args, "N", UINT64_MAX),
				       &err);
	if (n < 0)
		return complain(out, "task pages", "%s", err.text);
	out_line(out, "%s: %lld page%s or block%s changed (%s)", ti.comm,
		 (long long)n, n == 1 ? "" : "s", n == 1 ? "" : "s", name);
	return CMD_OK;
}

const struct cmd cmd_task_pages = {
	.name = "task pages",
	.args = "TASK "
		"touch|age|dirty|writeback|pin|unpin|lock|unlock|hold|release|"
		"share|unmap|unmovable "
		"[N] [pfn=PFN]",
	.brief = "Do something to pages of a process: to N, one, or all",
	.help = "touch    accessed: the accessed bit of one more mapping, or "
		"by read(2)\n"
		"age      the accessed bits are cleared\n"
		"dirty    written to; writeback: the writing to a file begins\n"
		"pin      held by a driver: it cannot move or go; unpin\n"
		"lock     mlock(): unevictable; unlock\n"
		"hold     its page lock is held, PG_locked; release\n"
		"share    one more process maps it\n"
		"unmap    one mapping less; anonymous pages are freed with the "
		"last\n"
		"N takes the first that are not so yet; without it, all.",
	.flags = CMD_MUTATES,
	.run = run_pages,
};

/* ---- promote ---- */

static enum cmd_status run_promote(struct lab *lab, const struct args *args,
				   struct out *out)
{
	const unsigned int task = args_task(args, "TASK", 0);
	const pfn_t pfn = args_pfn(args, "PFN", 0);
	struct mm_task_info ti;
	struct mm_error err;
	pfn_t to;
	int e;

	e = mm_task_promote(lab_world(lab, out), task, pfn, &to, &err);
	mm_task_info(lab_mm(lab), task, &ti);
	if (e == -EAGAIN) {
		out_line(out,
			 "frame %u stays: node %u has no room above its high "
			 "marks",
			 pfn, ti.nid);
		return CMD_OK;
	}
	if (e)
		return complain(out, "task promote", "%s", err.text);
	out_line(out, "frame %u moved to frame %u of node %u", pfn, to, ti.nid);
	return CMD_OK;
}

const struct cmd cmd_task_promote = {
	.name = "task promote",
	.args = "TASK PFN",
	.brief = "A NUMA hinting fault: the page moves to the task's node",
	.help = "It moves if a zone there has room above its high mark.  If "
		"not, it stays, and\nwith kernel.numa_balancing 2 the node's "
		"kswapd is woken to make room, up to\nthe promo mark.",
	.models = "migrate_misplaced_folio()",
	.flags = CMD_MUTATES,
	.run = run_promote,
};
