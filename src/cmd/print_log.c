/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_log.c - the kernel's log: lines that memory management writes to it
 *
 * First what the boot says of zonelists, of the world as it is; then, from
 * the events that are kept, a line for each that the kernel has one for.
 *
 * Models:   the pr_info(), pr_err() and pr_warn() of build_all_zonelists,
 *           calculate_min_free_kbytes in mm/page_alloc.c;
 *           set_recommended_min_free_kbytes in mm/khugepaged.c; warn_alloc;
 *           __oom_kill_process, oom_reap_task in mm/oom_kill.c;
 *           drop_caches_sysctl_handler in fs/drop_caches.c; O15, O16, O19, O20
 * Left out: what follows the first line of a report, which `show failure` and
 *           `show oom` have; times
 */
#include "cmd/internal.h"
#include "cmd/report.h"
#include "cmd/show.h"

static void fallback_order(const struct mm *mm, unsigned int nid,
			   struct out *out)
{
	unsigned int last = MM_MAX_NODES;
	zone_t zid;

	out_text(out, "Fallback order for Node %u: ", nid);
	for (unsigned int i = 0;
	     (zid = mm_zonelist(mm, nid, false, i)) != NO_ZONE; i++) {
		if (zid / MAX_NR_ZONES == last)
			continue;
		last = zid / MAX_NR_ZONES;
		out_text(out, "%u ", last);
	}
	out_line(out, "%s", "");
}

/** Models: build_all_zonelists(); W9 */
static void boot_lines(const struct mm *mm, struct out *out)
{
	struct mm_zone_info zi;
	uint64_t pages = 0;

	for (unsigned int nid = 0; nid < mm_nr_nodes(mm); nid++)
		fallback_order(mm, nid, out);
	for (unsigned int i = 0; i < mm_nr_zones(mm); i++) {
		mm_zone_info(mm, mm_zone_at(mm, i), &zi);
		pages += zi.present;
	}
	out_line(out,
		 "Built %u zonelists, mobility grouping %s.  Total pages: %llu",
		 mm_nr_nodes(mm), mm_mobility_grouping(mm) ? "on" : "off",
		 (unsigned long long)pages);
}

static long long kb(const struct mm *mm, int32_t pages)
{
	return (long long)pages << (mm_page_shift(mm) - 10);
}

static void killed_line(const struct mm *mm, const struct mm_event *ev,
			const char *why, struct out *out)
{
	const int32_t *a = ev->arg;

	out_line(out,
		 "%s: Killed process %d (%s) total-vm:%lldkB, "
		 "anon-rss:%lldkB, file-rss:%lldkB, shmem-rss:%lldkB, UID:%u "
		 "pgtables:%lldkB oom_score_adj:%d",
		 why, a[0], mm_pid_comm(mm, (uint32_t)a[0]),
		 kb(mm, a[1] + a[2] + a[3]), kb(mm, a[1]), kb(mm, a[2]),
		 kb(mm, a[3]), (unsigned int)a[5], kb(mm, a[4]), a[6]);
}

static void drop_line(const struct mm *mm, const struct mm_event *ev,
		      struct out *out)
{
	struct mm_task_info ti;

	mm_task_info(mm, ev->task, &ti);
	if (!(ev->arg[0] & 4))
		out_line(out, "%s (%u): drop_caches: %d", ti.comm, ti.pid,
			 ev->arg[0]);
}

/* Who is to be killed, and for what; the line comes with the mark. */
struct verdict {
	bool group; /* its memory has run out, and not the machine's */
	bool chosen;
	enum mm_reason why;
};

static const char *verdict_text(const struct verdict *v)
{
	if (v->group)
		return "Memory cgroup out of memory";
	return v->why == REASON_OOM_ALLOCATING
		       ? "Out of memory (oom_kill_allocating_task)"
		       : "Out of memory";
}

static void log_line(const struct mm *mm, const struct mm_event *ev,
		     struct verdict *v, struct out *out)
{
	const int32_t *a = ev->arg;

	switch (ev->type) {
	case EV_min_free_kept:
		out_line(out,
			 "min_free_kbytes is not updated to %d because user "
			 "defined value %d is preferred",
			 a[0], a[1]);
		break;
	case EV_min_free_raised:
		out_line(out,
			 "raising min_free_kbytes from %d to %d to help "
			 "transparent hugepage allocations",
			 a[0], a[1]);
		break;
	case EV_drop_caches:
		drop_line(mm, ev, out);
		break;
	case EV_page_alloc_failure:
	case EV_page_alloc_stall:
		report_failure_head(mm, ev, out);
		break;
	case EV_oom_scan:
		v->group = a[3] != 0;
		break;
	case EV_oom_kill:
		v->chosen = true;
		if (a[2] != REASON_OOM_GROUP)
			v->why = (enum mm_reason)a[2];
		break;
	case EV_mark_victim:
		if (v->chosen)
			killed_line(mm, ev, verdict_text(v), out);
		v->chosen = false;
		break;
	case EV_oom_pinned:
		out_line(out, "oom killer %d (%s) has mm pinned by %d (%s)",
			 a[0], mm_pid_comm(mm, (uint32_t)a[0]), a[1],
			 mm_pid_comm(mm, (uint32_t)a[1]));
		break;
	case EV_out_of_memory:
		if (a[2] == REASON_OOM_NOBODY)
			out_line(out, "Out of memory and no killable "
				      "processes...");
		break;
	case EV_finish_task_reaping:
		out_line(out,
			 "oom_reaper: reaped process %d (%s), now "
			 "anon-rss:%lldkB, file-rss:%lldkB, shmem-rss:%lldkB",
			 a[0], mm_pid_comm(mm, (uint32_t)a[0]), kb(mm, a[1]),
			 kb(mm, a[2]), kb(mm, a[3]));
		break;
	default:
		break;
	}
}

void print_log(const struct mm *mm, const struct show_what *what,
	       struct out *out)
{
	const struct mm_event *ev;
	struct verdict v = {0};

	(void)what;
	boot_lines(mm, out);
	for (uint64_t n = mm_first_moment(mm) + 1;
	     n <= mm_now(mm) && (ev = mm_event(mm, n)); n++)
		log_line(mm, ev, &v, out);
}
