/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * work.c - see work.h
 */
#include "cmd/work.h"

#include <stdio.h>

static int64_t figure(const struct mm *mm, const char *name)
{
	const char *unit;
	int64_t v = 0;

	mm_figure(mm, name, &v, &unit);
	return v;
}

static const char *name_of(const struct mm *mm, unsigned int task)
{
	struct mm_task_info ti;

	mm_task_info(mm, task, &ti);
	return ti.comm;
}

bool work_pending(struct mm *mm, unsigned int task, struct out *out)
{
	const char *name = name_of(mm, task);

	if (figure(mm, "schedule")) {
		mm_task_finish(mm, task, NULL);
		return false;
	}
	out_line(out, "%s has been asked; `run %s` goes on", name, name);
	return true;
}

int64_t work_moved(const struct mm *mm)
{
	return figure(mm, "vmstat.pgmigrate_success");
}

int64_t work_cached(const struct mm *mm)
{
	return figure(mm, "vmstat.nr_file_pages");
}

void work_say_dropped(const struct mm *mm, int64_t cached, struct out *out)
{
	const int64_t n = cached - work_cached(mm);

	if (n > 0)
		out_line(out, "%lld clean page%s of files dropped",
			 (long long)n, n == 1 ? "" : "s");
}

void work_say_moved(const struct mm *mm, int64_t before, struct out *out)
{
	const int64_t n = work_moved(mm) - before;

	out_line(out, "%lld page%s moved", (long long)n, n == 1 ? "" : "s");
}

enum work work_of(const struct mm *mm, unsigned int task)
{
	struct mm_hugetlb_task h;
	struct mm_range_task r;
	struct mm_compact_task c;

	mm_hugetlb_task_info(mm, task, &h);
	mm_range_task_info(mm, task, &r);
	mm_compact_task_info(mm, task, &c);
	if (h.at)
		return WORK_HUGETLB;
	if (r.kind == RANGE_TASK_OFFLINE)
		return WORK_OFFLINE;
	if (r.kind != RANGE_TASK_NONE)
		return WORK_CONTIG;
	return c.by_hand ? WORK_COMPACT : WORK_NONE;
}

void work_say_where(const struct mm *mm, unsigned int task, struct out *out)
{
	struct mm_hugetlb_task h;
	struct mm_range_task r;
	struct mm_compact_task c;
	char zone[40];

	mm_hugetlb_task_info(mm, task, &h);
	mm_range_task_info(mm, task, &r);
	mm_compact_task_info(mm, task, &c);
	if (r.kind != RANGE_TASK_NONE && r.start != NO_PFN)
		out_line(out, "%s: %s, frames %u..%u", name_of(mm, task), r.at,
			 r.start, r.end - 1);
	else if (r.kind != RANGE_TASK_NONE)
		out_line(out, "%s: %s", name_of(mm, task), r.at);
	else if (h.at)
		out_line(out, "%s: a pool of %u huge pages: %s",
			 name_of(mm, task), h.wanted, h.at);
	else if (c.running) {
		zone_text(mm, c.zone, zone, sizeof zone);
		out_line(out, "%s: compacts %s: %s", name_of(mm, task), zone,
			 mm_compact_at_name(c.at));
	} else {
		out_line(out, "%s: goes on", name_of(mm, task));
	}
}

void work_say_result(const struct mm *mm, unsigned int task, enum work work,
		     struct out *out)
{
	const char *name = name_of(mm, task);
	struct mm_task_info ti;
	struct mm_error err;

	mm_task_info(mm, task, &ti);
	switch (work) {
	case WORK_COMPACT:
		out_line(out, "%s: at rest; %s", name,
			 mm_compact_task_error(mm, task)
				 ? "ended by a fatal signal (-EINTR)"
				 : mm_compact_result_name(
					   mm_compact_task_result(mm, task)));
		break;
	case WORK_CONTIG:
		if (mm_contig_failed(mm, task, &err))
			out_line(out, "%s: at rest; refused: %s", name,
				 err.text);
		else
			out_line(out,
				 "%s: at rest; it has the pages from %u "
				 "on",
				 name, ti.result);
		break;
	case WORK_OFFLINE:
		if (mm_offline_failed(mm, task, &err))
			out_line(out, "%s: at rest; refused: %s", name,
				 err.text);
		else
			out_line(out, "%s: at rest; the memory is offline",
				 name);
		break;
	case WORK_HUGETLB:
		out_line(out, "%s: at rest; the pool is as large as it gets",
			 name);
		break;
	default:
		break;
	}
}
