/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report_oom.c - what the kernel's log says when somebody is killed
 *
 * Made of the events of the OOM killer and of the world right before it
 * killed, which is gone back to if the tape reaches that far.
 *
 * Models:   dump_header, dump_oom_victim, __oom_kill_process in
 *           mm/oom_kill.c; O19
 * Left out: the stack, the list of unreclaimable slabs but for its title, the
 *           statistics of a group but for usage and limit.  An address space
 *           is as large as what is in it
 */
#include <inttypes.h>
#include <string.h>

#include "cmd/event_text.h"
#include "cmd/internal.h"
#include "cmd/report.h"
#include "cmd/show.h"

/** What is told of one OOM; `event` is where it was decided. */
struct oom {
	uint64_t event;		/* 0: there is none */
	unsigned int task, cpu; /* who asked */
	enum mm_reason why;	/* what came of it */
	uint32_t pid;		/* the victim's; 0: nobody */
	enum mm_oom_constraint constraint;
	uint32_t nodemask;  /* EVERY_NODE: none */
	unsigned int group; /* that was full; 0: the machine */
	int order;	    /* -1: SysRq */
	bool limited;	    /* too many reports before it: one line is left */
	gfp_t gfp;
};

/* ---- finding it ---- */

static bool begins(const struct mm_event *ev, struct oom *oom)
{
	if (ev->type == EV_oom_kill && (ev->arg[2] == REASON_OOM_CHOSEN ||
					ev->arg[2] == REASON_OOM_ALLOCATING)) {
		oom->pid = (uint32_t)ev->arg[0];
		oom->why = (enum mm_reason)ev->arg[2];
		oom->limited = !ev->arg[3];
		return true;
	}
	if (ev->type == EV_out_of_memory && (ev->arg[2] == REASON_OOM_PANIC ||
					     ev->arg[2] == REASON_OOM_NOBODY)) {
		oom->why = (enum mm_reason)ev->arg[2];
		return true;
	}
	return false;
}

/* What the scan was about, and the request before it. */
static void read_scan(const struct mm *mm, struct oom *oom)
{
	const struct mm_event *ev;
	bool scan = false;

	for (uint64_t n = oom->event;
	     n > mm_first_moment(mm) && (ev = mm_event(mm, n)); n--) {
		if (ev->task != oom->task)
			continue;
		if (!scan && ev->type == EV_oom_scan) {
			scan = true;
			oom->constraint = (enum mm_oom_constraint)ev->arg[0];
			oom->group = (unsigned int)ev->arg[3];
			if (oom->constraint == CONSTRAINT_MEMORY_POLICY)
				oom->nodemask = (uint32_t)ev->arg[2];
		}
		if (ev->type == EV_alloc_request) {
			oom->order = ev->arg[0];
			oom->gfp = (gfp_t)ev->arg[1] & ~(gfp_t)GFP_BIT_HARDWALL;
			return;
		}
	}
}

/* The mask of the slow path, which is noted when the killer has done. */
static void read_verdict(const struct mm *mm, struct oom *oom)
{
	const struct mm_event *ev;

	for (uint64_t n = oom->event; (ev = mm_event(mm, n)); n++) {
		if (ev->task != oom->task)
			continue;
		if (ev->type == EV_alloc_request)
			return; /* another: there was no verdict */
		if (ev->type == EV_out_of_memory) {
			oom->order = ev->arg[0];
			oom->gfp = (gfp_t)ev->arg[1];
			return;
		}
	}
}

static struct oom find_oom(const struct mm *mm)
{
	struct oom oom = {.nodemask = EVERY_NODE};
	const struct mm_event *ev;

	for (uint64_t n = mm_now(mm);
	     n > mm_first_moment(mm) && (ev = mm_event(mm, n)); n--) {
		if (!begins(ev, &oom))
			continue;
		oom.event = n;
		oom.task = ev->task;
		oom.cpu = ev->cpu;
		read_scan(mm, &oom);
		if (!oom.group)
			read_verdict(mm, &oom);
		break;
	}
	return oom;
}

/* ---- lines ---- */

static int64_t kb(const struct mm *mm, uint64_t pages)
{
	return (int64_t)(pages << (mm_page_shift(mm) - 10));
}

/* "/", "/a", "/a/b" */
static void group_path(const struct mm *mm, unsigned int group, char *buf,
		       size_t size)
{
	const char *names[MM_MAX_GROUPS];
	struct mm_group_info gi;
	unsigned int n = 0;
	size_t used = 0;

	snprintf(buf, size, "/");
	for (; group && n < MM_MAX_GROUPS; group = gi.parent) {
		mm_group_info(mm, group, &gi);
		names[n++] = gi.name;
	}
	while (n-- && used < size)
		used += (size_t)snprintf(buf + used, size - used, "/%s",
					 names[n]);
}

static void report_invoked(const struct mm *mm, const struct oom *oom,
			   struct out *out)
{
	struct mm_task_info ti;
	struct mm_process_info t;
	char gfp[400];

	mm_task_info(mm, oom->task, &ti);
	mm_process_info(mm, ti.process, &t);
	mm_gfp_print(oom->gfp, gfp, sizeof gfp);
	out_line(out,
		 "%s invoked oom-killer: gfp_mask=%#x(%s), order=%d, "
		 "oom_score_adj=%d",
		 ti.comm, oom->gfp, gfp, oom->order, t.oom_score_adj);
}

static bool much_unreclaimable_slab(const struct mm *mm)
{
	static const char *const lru[] = {
		"nr_inactive_anon", "nr_active_anon",	"nr_inactive_file",
		"nr_active_file",   "nr_isolated_anon", "nr_isolated_file",
		"nr_unevictable",
	};
	int64_t pages = 0;

	for (size_t i = 0; i < sizeof lru / sizeof lru[0]; i++)
		pages +=
			mm_vmstat(mm, (unsigned int)mm_vmstat_find(mm, lru[i]));
	return mm_vmstat(mm, (unsigned int)mm_vmstat_find(
				     mm, "nr_slab_unreclaimable")) > pages;
}

static void report_group(const struct mm *mm, unsigned int group,
			 struct out *out)
{
	struct mm_group_info gi;

	mm_group_info(mm, group, &gi);
	out_line(out,
		 "memory: usage %" PRId64 "kB, limit %" PRId64
		 "kB, failcnt %" PRIu64,
		 kb(mm, (uint64_t)gi.usage), kb(mm, (uint64_t)gi.limits.max),
		 gi.max);
}

static void report_memory(const struct mm *mm, const struct oom *oom,
			  struct out *out)
{
	const int highest = mm_gfp_highest(mm, oom->gfp);
	const struct report_scope scope = {
		.highest =
			highest < 0 ? MAX_NR_ZONES - 1 : (unsigned int)highest,
		.nodes = oom->nodemask == EVERY_NODE
				 ? mm_mems_allowed(mm, oom->task)
				 : oom->nodemask,
		.cpu = oom->cpu,
	};

	if (oom->group) {
		report_group(mm, oom->group, out);
	} else {
		report_meminfo(mm, &scope, out);
		if (much_unreclaimable_slab(mm))
			out_line(out, "Unreclaimable slab info:");
	}
	report_protection(mm, oom->group, out);
}

/** Models: dump_tasks(), mm/oom_kill.c */
static void report_tasks(const struct mm *mm, const struct oom *oom,
			 struct out *out)
{
	unsigned int process[MM_MAX_PROCESSES], n;
	struct mm_process_info t;

	out_line(out, "Tasks state (memory values in pages):");
	out_line(out, "[  pid  ]   uid  tgid total_vm      rss rss_anon "
		      "rss_file rss_shmem pgtables_bytes swapents "
		      "oom_score_adj name");
	n = mm_oom_candidates(mm, oom->task, oom->nodemask, oom->group,
			      process);
	for (unsigned int i = 0; i < n; i++) {
		uint64_t rss;

		mm_process_info(mm, process[i], &t);
		rss = t.rss_anon + t.rss_file + t.rss_shmem;
		out_line(out,
			 "[%7u] %5u %5u %8" PRIu64 " %8" PRIu64 " %8" PRIu64
			 " %8" PRIu64 " %9" PRIu64 " %8" PRIu64 " %8" PRIu64
			 "         %5d %s",
			 t.pid, t.uid, t.pid, rss, rss, t.rss_anon, t.rss_file,
			 t.rss_shmem, t.pgtables << mm_page_shift(mm),
			 t.swapents, t.oom_score_adj, t.name);
	}
}

static void report_choice(const struct mm *mm, const struct oom *oom,
			  struct out *out)
{
	static const char *const constraints[] = {
		[CONSTRAINT_NONE] = "CONSTRAINT_NONE",
		[CONSTRAINT_CPUSET] = "CONSTRAINT_CPUSET",
		[CONSTRAINT_MEMORY_POLICY] = "CONSTRAINT_MEMORY_POLICY",
		[CONSTRAINT_MEMCG] = "CONSTRAINT_MEMCG",
	};
	char nodes[40], allowed[40];
	char path[MM_MAX_GROUPS * (MM_OWNER_NAME + 1)];
	struct mm_process_info t;

	mm_process_info(mm, mm_oom_find(mm, oom->pid), &t);
	nodemask_text(oom->nodemask, nodes, sizeof nodes);
	nodelist_text(mm_mems_allowed(mm, oom->task), allowed, sizeof allowed);
	out_text(out,
		 "oom-kill:constraint=%s,nodemask=%s,cpuset=%s,mems_allowed=%s",
		 constraints[oom->constraint], nodes,
		 mm_task_cpuset(mm, oom->task), allowed);
	group_path(mm, oom->group, path, sizeof path);
	if (oom->group)
		out_text(out, ",oom_memcg=%s", path);
	else
		out_text(out, ",global_oom");
	group_path(mm, t.group, path, sizeof path);
	out_line(out, ",task_memcg=%s,task=%s,pid=%u,uid=%u", path, t.name,
		 t.pid, t.uid);
}

static void report_killed(const struct mm *mm, const struct oom *oom,
			  uint32_t pid, struct out *out)
{
	struct mm_process_info t;

	mm_process_info(mm, mm_oom_find(mm, pid), &t);
	out_line(out,
		 "%s: Killed process %u (%s) total-vm:%" PRId64
		 "kB, anon-rss:%" PRId64 "kB, file-rss:%" PRId64
		 "kB, shmem-rss:%" PRId64 "kB, UID:%u pgtables:%" PRId64
		 "kB oom_score_adj:%d",
		 oom->group ? "Memory cgroup out of memory"
		 : oom->why == REASON_OOM_ALLOCATING
			 ? "Out of memory (oom_kill_allocating_task)"
			 : "Out of memory",
		 t.pid, t.name, kb(mm, t.rss_anon + t.rss_file + t.rss_shmem),
		 kb(mm, t.rss_anon), kb(mm, t.rss_file), kb(mm, t.rss_shmem),
		 t.uid, kb(mm, t.pgtables), t.oom_score_adj);
}

/* Those that go with the victim because their group goes as a whole. */
static void report_whole_group(const struct mm *mm, const struct oom *oom,
			       struct out *out)
{
	const struct mm_event *ev;

	for (uint64_t n = oom->event + 1; (ev = mm_event(mm, n)); n++) {
		if (ev->task != oom->task)
			continue;
		if (ev->type == EV_out_of_memory ||
		    ev->type == EV_alloc_request || ev->type == EV_oom_scan)
			return;
		if (ev->type == EV_oom_kill && ev->arg[2] == REASON_OOM_GROUP)
			report_killed(mm, oom, (uint32_t)ev->arg[0], out);
	}
}

/* R50.6, R50.8: what the kernel's last words are. */
static void report_panic(const struct mm *mm, const struct oom *oom,
			 struct out *out)
{
	const char *unit;
	int64_t how = 0;

	if (oom->why == REASON_OOM_PANIC) {
		mm_figure(mm, "vm.panic_on_oom", &how, &unit);
		out_line(out,
			 "Kernel panic - not syncing: Out of memory: %s "
			 "panic_on_oom is enabled",
			 how == 2 ? "compulsory" : "system-wide");
		return;
	}
	out_line(out, "Out of memory and no killable processes...");
	if (!oom->group && oom->order >= 0)
		out_line(out, "Kernel panic - not syncing: System is "
			      "deadlocked on memory");
}

static void report_oom(const struct mm *mm, const struct oom *oom,
		       struct out *out)
{
	const char *unit;
	int64_t dump = 0;

	if (oom->limited) {
		out_line(out, "(10 reports in 5 seconds: of this one there is "
			      "the last line)");
		report_killed(mm, oom, oom->pid, out);
		report_whole_group(mm, oom, out);
		return;
	}
	report_invoked(mm, oom, out);
	report_memory(mm, oom, out);
	mm_figure(mm, "vm.oom_dump_tasks", &dump, &unit);
	if (dump)
		report_tasks(mm, oom, out);
	if (!oom->pid) {
		report_panic(mm, oom, out);
		return;
	}
	report_choice(mm, oom, out);
	report_killed(mm, oom, oom->pid, out);
	report_whole_group(mm, oom, out);
}

void report_last_oom(const struct mm *mm, struct mm *past, struct out *out)
{
	const struct oom oom = find_oom(mm);
	const uint64_t now = mm_now(mm);
	bool there;

	if (!oom.event) {
		out_line(out, "nobody was to be killed among the events");
		return;
	}
	there = report_go_back(mm, past, oom.event - 1, oom.event, out);
	report_oom(mm, &oom, out);
	if (there)
		mm_seek(past, now);
}

void print_oom(const struct mm *mm, const struct show_what *what,
	       struct out *out)
{
	report_last_oom(mm, what->lab ? lab_seekable(what->lab) : NULL, out);
}
