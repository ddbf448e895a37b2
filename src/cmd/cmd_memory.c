/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_memory.c - memory that goes offline, comes online, or is given back
 */
#include <string.h>

#include "cmd/work.h"

#define ROUNDS 5

static unsigned int block_of(const struct args *args)
{
	const uint64_t n = args_number(args, "BLOCK", 0);

	return n < UINT32_MAX ? (unsigned int)n : UINT32_MAX;
}

static void say_block(const struct mm *mm, unsigned int block, struct out *out)
{
	struct mm_memory_info mi;
	char zone[40];

	mm_memory_info(mm, block, &mi);
	zone_text(mm, mi.zone, zone, sizeof zone);
	if (mi.state == MEMORY_ONLINE)
		out_line(out, "memory block %u, frames %u..%u: online in %s",
			 block, mi.start, mi.end - 1, zone);
	else
		out_line(out, "memory block %u, frames %u..%u: %s", block,
			 mi.start, mi.end - 1, mm_memory_state_name(mi.state));
}

/* The task's last memory block, after the fact. */
static int offline_by_task(struct mm *mm, unsigned int task, unsigned int block,
			   unsigned int rounds, bool *pending,
			   struct mm_error *err, struct out *out)
{
	const int e = mm_task_memory_offline(mm, task, block, rounds, err);

	*pending = !e && work_pending(mm, task, out);
	if (e || *pending)
		return e;
	return mm_offline_failed(mm, task, err);
}

static enum cmd_status
run_memory_offline(struct lab *lab, const struct args *args, struct out *out)
{
	const uint64_t rounds = args_number(args, "rounds", ROUNDS);
	const unsigned int task = args_task(args, "task", 0);
	const unsigned int block = block_of(args);
	struct mm *mm;
	struct mm_error err;
	bool pending = false;
	int64_t before;
	int e;

	if (rounds == 0 || rounds > 1000)
		return complain(out, "memory offline",
				"expected 1 to 1000 rounds");
	if (mm_memory_offline_refusal(lab_mm(lab), block, &err) ||
	    (args_has(args, "task") &&
	     mm_task_refusal(lab_mm(lab), task, &err)))
		return complain(out, "memory offline", "%s", err.text);
	mm = lab_world(lab, out);
	before = work_moved(mm);
	if (args_has(args, "task"))
		e = offline_by_task(mm, task, block, (unsigned int)rounds,
				    &pending, &err, out);
	else
		e = mm_memory_offline(mm, block, (unsigned int)rounds, &err);
	if (pending)
		return CMD_OK;
	if (e)
		out_line(out, "refused: %s", err.text);
	else
		say_block(mm, block, out);
	work_say_moved(mm, before, out);
	return CMD_OK;
}

const struct cmd cmd_memory_offline = {
	.name = "memory offline",
	.args = "BLOCK [rounds=N] [task=TASK]",
	.brief = "Take a memory block away: move what is in it, forget it",
	.help = "As echo offline > /sys/devices/system/memory/memoryN/state.  "
		"Kernel pages and\nreserved ones refuse it at once.  A page "
		"that is pinned does not move, and the\nkernel tries for "
		"ever, until a signal comes; here one comes after N rounds "
		"(5)\nin which nothing moved.  Then all is as before, but for "
		"what has moved.\ntask=t hands it to a task; with `schedule "
		"manual`, `run t` goes on.",
	.models = "offline_pages()",
	.flags = CMD_MUTATES,
	.run = run_memory_offline,
};

static enum mm_online how_of(const struct args *args)
{
	const char *word = args_word(args, "to", "default");

	if (strcmp(word, "kernel") == 0)
		return ONLINE_KERNEL;
	return strcmp(word, "movable") == 0 ? ONLINE_MOVABLE : ONLINE_DEFAULT;
}

static enum cmd_status
run_memory_online(struct lab *lab, const struct args *args, struct out *out)
{
	const unsigned int block = block_of(args);
	struct mm_error err;
	struct mm *mm;

	if (mm_memory_online_refusal(lab_mm(lab), block, how_of(args), &err))
		return complain(out, "memory online", "%s", err.text);
	mm = lab_world(lab, out);
	if (mm_memory_online(mm, block, how_of(args), &err))
		return complain(out, "memory online", "%s", err.text);
	say_block(mm, block, out);
	return CMD_OK;
}

const struct cmd cmd_memory_online = {
	.name = "memory online",
	.args = "BLOCK [to=kernel|movable]",
	.brief = "Give a memory block back to a zone",
	.help = "As echo online, online_kernel or online_movable into its "
		"state.  Movable memory\nserves requests for movable high "
		"memory alone, and can go offline again.",
	.models = "online_pages()",
	.flags = CMD_MUTATES,
	.run = run_memory_online,
};

/* ---- what the boot kept ---- */

static enum cmd_status
run_memory_release(struct lab *lab, const struct args *args, struct out *out)
{
	const pfn_t pfn = args_pfn(args, "PFN", 0);
	const uint64_t n = args_number(args, "N", 1);
	const struct mm *mm = lab_mm(lab);
	struct mm_error err;

	if (n == 0 || n > mm_end_pfn(mm) - pfn)
		return complain(out, "memory release",
				"%llu pages from frame %u: expected 1 to %u",
				(unsigned long long)n, pfn,
				mm_end_pfn(mm) - pfn);
	if (mm_free_reserved(lab_world(lab, out), pfn, pfn + (pfn_t)n,
			     args_cpu(args, "cpu", 0), &err))
		return complain(out, "memory release", "%s", err.text);
	out_line(out, "frames %u..%u: given to the allocator", pfn,
		 pfn + (pfn_t)n - 1);
	return CMD_OK;
}

const struct cmd cmd_memory_release = {
	.name = "memory release",
	.args = "PFN [N] [cpu=CPU]",
	.brief = "Give N frames back that the boot had reserved",
	.help = "As the kernel does with the initial ramdisk and with code "
		"that ran once.  The\nreserves against higher zones follow; "
		"marks and per-CPU limits are those of the\nsmaller zone "
		"until a setting is written, `set vm.min_free_kbytes` for "
		"one.",
	.models = "free_reserved_area()",
	.flags = CMD_MUTATES,
	.run = run_memory_release,
};
