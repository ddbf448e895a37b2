/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_tasks.c - show tasks: who there is, what it does, what it holds
 */
#include <inttypes.h>
#include <stdio.h>

#include "cmd/internal.h"
#include "cmd/json_doc.h"
#include "cmd/show.h"

static const char *state_name(const struct mm_task_info *ti)
{
	switch (ti->state) {
	case TASK_IDLE:
		return "at rest";
	case TASK_READY:
		return "goes on";
	case TASK_WAITING:
		return mm_wait_name(ti->wait);
	default:
		return "gone";
	}
}

static void print_tasks_proper(const struct mm *mm, struct out *out)
{
	out_line(out, "%5s %-15s %3s  %-18s %s", "pid", "task", "CPU",
		 "request", "state, or what it waits for");
	for (unsigned int i = 0; i < mm_nr_tasks(mm); i++) {
		struct mm_task_info ti;
		struct mm_fault_info fi;
		char left[40] = "";

		mm_task_info(mm, i, &ti);
		mm_fault_info(mm, i, &fi);
		if (fi.kind != FAULT_NONE)
			snprintf(left, sizeof left, ", %u of %u page%s got",
				 fi.done, fi.wanted, plural(fi.wanted));
		out_line(out, "%5u %-15s %3u  %-18s %s%s", ti.pid, ti.comm,
			 ti.cpu, ti.rung ? mm_rung_name(ti.rung) : "-",
			 state_name(&ti), left);
	}
}

static const char *fate(const struct mm_process_info *pi)
{
	if (pi->flags & PROCESS_EXITED)
		return pi->flags & PROCESS_OOM_VICTIM ? "gone, by the OOM "
							"killer"
						      : "gone";
	if (pi->flags & PROCESS_OOM_SKIP)
		return "reaped";
	if (pi->flags & PROCESS_OOM_VICTIM)
		return "victim";
	if (pi->flags & PROCESS_EXITING)
		return pi->flags & PROCESS_STUCK ? "killed, stuck" : "killed";
	return pi->flags & PROCESS_INIT ? "init" : "";
}

void print_tasks(const struct mm *mm, const struct show_what *what,
		 struct out *out)
{
	const unsigned int n = mm_nr_processes(mm);

	(void)what;
	print_tasks_proper(mm, out);
	if (n == 0)
		return;
	out_line(out, "%s", "");
	out_line(out, "%5s %-15s %6s %6s %6s %6s %6s %6s", "pid", "process",
		 "anon", "file", "swap", "tables", "locked", "adj");
	for (unsigned int i = 1; i <= n; i++) {
		struct mm_process_info pi;

		mm_process_info(mm, i, &pi);
		out_line(out,
			 "%5u %-15s %6" PRIu64 " %6" PRIu64 " %6" PRIu64
			 " %6" PRIu64 " %6" PRIu64 " %6d%s%s",
			 pi.pid, pi.name, pi.rss_anon, pi.rss_file, pi.swapents,
			 pi.pgtables, pi.locked, pi.oom_score_adj,
			 *fate(&pi) ? " " : "", fate(&pi));
	}
}

static void add_tasks(struct doc *doc, json_t *list)
{
	for (unsigned int i = 0; i < mm_nr_tasks(doc->mm); i++) {
		json_t *o = json_object();
		struct mm_task_info ti;

		mm_task_info(doc->mm, i, &ti);
		doc_text(doc, o, "name", ti.comm);
		doc_number(doc, o, "pid", ti.pid);
		doc_number(doc, o, "cpu", ti.cpu);
		doc_text(doc, o, "state", state_name(&ti));
		doc_text(doc, o, "request", mm_rung_name(ti.rung));
		doc_add(doc, list, o);
	}
}

static void add_processes(struct doc *doc, json_t *list)
{
	for (unsigned int i = 1; i <= mm_nr_processes(doc->mm); i++) {
		json_t *o = json_object();
		struct mm_process_info pi;

		mm_process_info(doc->mm, i, &pi);
		doc_text(doc, o, "name", pi.name);
		doc_number(doc, o, "pid", pi.pid);
		doc_number(doc, o, "uid", pi.uid);
		doc_text(doc, o, "fate", fate(&pi));
		doc_number(doc, o, "anon", (int64_t)pi.rss_anon);
		doc_number(doc, o, "file", (int64_t)pi.rss_file);
		doc_number(doc, o, "swap", (int64_t)pi.swapents);
		doc_number(doc, o, "tables", (int64_t)pi.pgtables);
		doc_number(doc, o, "locked", (int64_t)pi.locked);
		doc_number(doc, o, "oom_score_adj", pi.oom_score_adj);
		doc_add(doc, list, o);
	}
}

json_t *json_tasks(struct doc *doc)
{
	json_t *root = json_object();
	json_t *tasks = json_array(), *processes = json_array();

	add_tasks(doc, tasks);
	add_processes(doc, processes);
	doc_put(doc, root, "tasks", tasks);
	doc_put(doc, root, "processes", processes);
	return root;
}
