/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_task.c - task new, thread, anon, file, kill, adj: processes and what
 * they ask for
 *
 * With `schedule manual` faults are only handed to the task, and `run` goes
 * on; else they run to their end.
 */
#include "cmd/internal.h"

static bool is_auto(const struct mm *mm)
{
	const char *unit;
	int64_t on = 0;

	return mm_figure(mm, "schedule", &on, &unit) == 0 && on;
}

/* The process that the task named is of; 0 after a complaint. */
static unsigned int process_of(const struct mm *mm, const char *who,
			       const struct args *args, struct out *out)
{
	struct mm_task_info ti;

	mm_task_info(mm, args_task(args, "TASK", 0), &ti);
	if (ti.process)
		return ti.process;
	complain(out, who,
		 "%s is not a process's task; `task new NAME` makes one",
		 ti.comm);
	return 0;
}

static enum cmd_status refused(const struct mm_error *err, const char *who,
			       struct out *out)
{
	return complain(out, who, "%s", err->text);
}

/* ---- who there is ---- */

static enum cmd_status run_new(struct lab *lab, const struct args *args,
			       struct out *out)
{
	const int64_t adj = args_value(args, "adj", 0);
	const uint64_t uid = args_number(args, "uid", 1000);
	const struct mm_process want = {
		.name = args_word(args, "NAME", ""),
		.cpu = args_cpu(args, "cpu", 0),
		.uid = (uint32_t)uid,
		.oom_score_adj = (int)adj,
		.init = args_has(args, "init"),
	};
	struct mm_process_info pi;
	struct mm_error err;
	int process;

	if (adj < OOM_SCORE_ADJ_MIN || adj > OOM_SCORE_ADJ_MAX)
		return complain(out, "task new", "adj=%lld: expected %d to %d",
				(long long)adj, OOM_SCORE_ADJ_MIN,
				OOM_SCORE_ADJ_MAX);
	if (uid > UINT32_MAX)
		return complain(out, "task new", "uid=%llu: expected 32 bits",
				(unsigned long long)uid);
	process = mm_process_new(lab_world(lab, out), &want, &err);
	if (process < 0)
		return refused(&err, "task new", out);
	mm_process_info(lab_mm(lab), (unsigned int)process, &pi);
	out_line(out, "%s: pid %u, on CPU %u", pi.name, pi.pid, want.cpu);
	return CMD_OK;
}

const struct cmd cmd_task_new = {
	.name = "task new",
	.args = "NAME [cpu=CPU] [uid=N] [adj=VALUE] [init]",
	.brief = "Begin a process with one task and no memory",
	.help = "Its pages will belong to the owner NAME.  adj= is its "
		"oom_score_adj,\n-1000 to 1000; init is never killed.",
	.models = "copy_process()",
	.flags = CMD_MUTATES,
	.run = run_new,
};

static enum cmd_status run_thread(struct lab *lab, const struct args *args,
				  struct out *out)
{
	const unsigned int process =
		process_of(lab_mm(lab), "task thread", args, out);
	const unsigned int cpu = args_cpu(args, "cpu", 0);
	struct mm_task_info ti;
	struct mm_error err;
	int task;

	if (!process)
		return CMD_USAGE;
	task = mm_process_thread(lab_world(lab, out), process, cpu, &err);
	if (task < 0)
		return refused(&err, "task thread", out);
	mm_task_info(lab_mm(lab), (unsigned int)task, &ti);
	out_line(out, "%s: pid %u, on CPU %u", ti.comm, ti.pid, cpu);
	return CMD_OK;
}

const struct cmd cmd_task_thread = {
	.name = "task thread",
	.args = "TASK [cpu=CPU]",
	.brief = "Give a process one more task",
	.help = "It is called NAME.2 and so on, and shares the memory.",
	.models = "copy_process()",
	.flags = CMD_MUTATES,
	.run = run_thread,
};

static enum cmd_status run_kill(struct lab *lab, const struct args *args,
				struct out *out)
{
	const unsigned int process =
		process_of(lab_mm(lab), "task kill", args, out);
	uint32_t how = args_has(args, "stuck") ? PROCESS_STUCK : 0;
	struct mm_process_info pi;
	struct mm_error err;
	struct mm *mm;

	if (!process)
		return CMD_USAGE;
	if (args_has(args, "locked"))
		how = PROCESS_STUCK | PROCESS_MMAP_LOCKED;
	mm = lab_world(lab, out);
	if (mm_process_kill(mm, process, how, &err))
		return refused(&err, "task kill", out);
	if (is_auto(mm))
		mm_settle(mm);
	mm_process_info(mm, process, &pi);
	if (pi.flags & PROCESS_EXITED)
		out_line(out, "%s: gone, and its memory free", pi.name);
	else if (how)
		out_line(out, "%s: killed, but stuck: its memory stays",
			 pi.name);
	else
		out_line(out, "%s: killed; `run %s` lets it exit", pi.name,
			 pi.name);
	return CMD_OK;
}

const struct cmd cmd_task_kill = {
	.name = "task kill",
	.args = "TASK [stuck|locked]",
	.brief = "Kill a process: it exits, unless it is stuck",
	.help = "Its anonymous pages and page tables are freed; pages of files "
		"stay\nin the page cache.  stuck: it cannot exit, and its "
		"memory stays until\nthe OOM reaper takes it; locked: nor can "
		"the reaper get at it.  Killed\nonce more, a stuck one exits.",
	.models = "exit_mmap()",
	.flags = CMD_MUTATES,
	.run = run_kill,
};

static enum cmd_status run_adj(struct lab *lab, const struct args *args,
			       struct out *out)
{
	const unsigned int process =
		process_of(lab_mm(lab), "task adj", args, out);
	const int64_t adj = args_value(args, "VALUE", 0);
	struct mm_error err;

	if (!process)
		return CMD_USAGE;
	if (adj < OOM_SCORE_ADJ_MIN || adj > OOM_SCORE_ADJ_MAX)
		return complain(out, "task adj", "%lld: expected %d to %d",
				(long long)adj, OOM_SCORE_ADJ_MIN,
				OOM_SCORE_ADJ_MAX);
	if (mm_process_adj(lab_world(lab, out), process, (int)adj, &err))
		return refused(&err, "task adj", out);
	return CMD_OK;
}

const struct cmd cmd_task_adj = {
	.name = "task adj",
	.args = "TASK VALUE",
	.brief = "Set a process's oom_score_adj, -1000 to 1000",
	.help = "Each 1 counts as much as a thousandth of all memory; -1000 "
		"saves it.",
	.models = "__set_oom_adj()",
	.flags = CMD_MUTATES,
	.run = run_adj,
};

/* ---- what it gets ---- */

static void say_got(const struct mm *mm, unsigned int task, struct out *out)
{
	struct mm_task_info ti;
	struct mm_fault_info fi;

	mm_task_info(mm, task, &ti);
	mm_fault_info(mm, task, &fi);
	if (fi.kind != FAULT_NONE)
		out_line(out, "%s: %u page%s to get; `run %s` goes on", ti.comm,
			 fi.wanted - fi.done,
			 fi.wanted - fi.done == 1 ? "" : "s", ti.comm);
	else
		out_line(out, "%s: got %u of %u page%s", ti.comm, fi.done,
			 fi.wanted, fi.wanted == 1 ? "" : "s");
}

static enum cmd_status get_pages(struct lab *lab, const struct args *args,
				 const char *who, enum mm_fault kind,
				 uint32_t flags, struct out *out)
{
	const unsigned int task = args_task(args, "TASK", 0);
	const uint64_t pages = args_number(args, "N", 1);
	struct mm_error err;
	struct mm *mm;

	if (!process_of(lab_mm(lab), who, args, out))
		return CMD_USAGE;
	if (pages == 0 || pages > mm_end_pfn(lab_mm(lab)))
		return complain(out, who, "%llu pages: expected 1 to %u",
				(unsigned long long)pages,
				mm_end_pfn(lab_mm(lab)));
	mm = lab_world(lab, out);
	if (mm_fault(mm, task, kind, (uint32_t)pages, flags, &err))
		return refused(&err, who, out);
	if (is_auto(mm))
		mm_task_finish(mm, task, &err);
	say_got(mm, task, out);
	return CMD_OK;
}

static enum cmd_status run_anon(struct lab *lab, const struct args *args,
				struct out *out)
{
	const bool huge = args_has(args, "huge");
	const bool always = args_has(args, "always");

	return get_pages(lab, args, "task anon",
			 huge || always ? FAULT_HUGE : FAULT_ANON,
			 huge ? FAULT_MADVISED : 0, out);
}

const struct cmd cmd_task_anon = {
	.name = "task anon",
	.args = "TASK N [huge|always]",
	.brief = "Let a process write to N pages of new anonymous memory",
	.help = "A page fault for each, and page tables as they are needed.\n"
		"huge: where MADV_HUGEPAGE was asked for; always: where it was "
		"not, and\nhuge pages are enabled always.  What cannot be had "
		"as a huge page comes in\nsmall ones.  "
		"`transparent_hugepage.defrag` says how hard it tries.",
	.models = "do_anonymous_page()",
	.flags = CMD_MUTATES,
	.run = run_anon,
};

static enum cmd_status run_file(struct lab *lab, const struct args *args,
				struct out *out)
{
	const bool write = args_has(args, "write");
	enum mm_fault kind = write ? FAULT_WRITE : FAULT_READ;

	if (args_has(args, "mapped"))
		kind = write ? FAULT_FILE_WRITE : FAULT_FILE_READ;
	return get_pages(lab, args, "task file", kind,
			 args_has(args, "again") ? FAULT_AGAIN : 0, out);
}

const struct cmd cmd_task_file = {
	.name = "task file",
	.args = "TASK N [write|mapped|again]...",
	.brief = "Let a process read N pages of a file into the page cache",
	.help = "By read(2), or write(2): then they are dirty.  mapped: "
		"through a\nmapping, by page faults, and they count as the "
		"process's.  again: pages\nthat were there and have been "
		"evicted, so that it shows whether they\nare missed.",
	.models = "filemap_add_folio()",
	.flags = CMD_MUTATES,
	.run = run_file,
};

static enum cmd_status run_swapin(struct lab *lab, const struct args *args,
				  struct out *out)
{
	const unsigned int process =
		process_of(lab_mm(lab), "task swapin", args, out);
	struct mm_process_info pi;

	if (!process)
		return CMD_USAGE;
	mm_process_info(lab_mm(lab), process, &pi);
	if (!pi.swapents)
		return complain(out, "task swapin",
				"%s has nothing in swap; reclaim puts "
				"anonymous pages there, after `swap on`",
				pi.name);
	return get_pages(lab, args, "task swapin", FAULT_SWAP, 0, out);
}

const struct cmd cmd_task_swapin = {
	.name = "task swapin",
	.args = "TASK [N]",
	.brief = "Let a process write to N of its pages that are in swap",
	.help = "Those still in memory are only mapped again.",
	.models = "do_swap_page()",
	.flags = CMD_MUTATES,
	.run = run_swapin,
};
