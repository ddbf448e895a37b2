/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * people.c - see people.h
 */
#include "people.h"

#include <stdio.h>
#include <string.h>

struct mm *two_nodes(void)
{
	struct mm_config cfg;
	struct mm_error err = {""};
	struct mm *mm;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", "0:Normal:0-128,1:Normal:128-256", NULL);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	return mm;
}

uint32_t born(struct mm *mm, const char *comm, int32_t adj, uint64_t anon)
{
	const uint32_t i = mm->st->nr_processes + 1;
	struct process p = {
		.uid = 1000,
		.oom_score_adj = adj,
		.owner = mm_owner(mm, comm, NULL),
		.home_node = NO_NODE,
		.il_prev = NO_NODE,
		.rss_anon = anon,
		.dies_at = NEVER,
	};
	uint32_t task;

	snprintf(p.comm, sizeof p.comm, "%s", comm);
	task = task_new(mm, comm, TASK_USER, 0, 0, i);
	ck_assert_uint_ne(task, 0);
	p.pid = mm->task[task].pid;
	store_bytes(mm, &mm->process[i], &p, sizeof p);
	STORE(mm, mm->st->nr_processes, i);
	return i;
}

uint32_t task_of(const struct mm *mm, uint32_t process)
{
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (mm->task[i].process == process)
			return i;
	ck_abort_msg("process %u has no task", process);
}

void set_flags(struct mm *mm, uint32_t process, uint32_t flags)
{
	STORE(mm, mm->process[process].flags, flags);
}

bool is_victim(const struct mm *mm, uint32_t process)
{
	return mm->process[process].flags & PROCESS_OOM_VICTIM;
}

pfn_t asks(struct mm *mm, uint32_t process, unsigned int order, gfp_t gfp)
{
	const struct mm_request want = {
		.gfp = gfp, .order = (uint16_t)order, .nid = 0};
	const uint32_t task = task_of(mm, process);
	enum mm_quantum q = QUANTUM_AGAIN;
	struct mm_error err = {""};
	int quanta = 0;

	ck_assert_msg(mm_task_request(mm, task, &want, &err) == 0, "%s",
		      err.text);
	/* who is killed on the way ends its request, and is gone */
	while (q != QUANTUM_DONE && mm->task[task].state != TASK_DEAD) {
		ck_assert_int_eq(mm_run(mm, task, &q, &err), 0);
		if (q == QUANTUM_SLEEP)
			mm_tick(mm, 1);
		ck_assert_int_lt(++quanta, 100000);
	}
	return mm->task[task].result;
}

void use_up(struct mm *mm, unsigned int left)
{
	for (;;) {
		int64_t have = 0;

		for (uint32_t i = 0; i < mm->st->nr_populated; i++) {
			struct mm_zone_info zi;

			mm_zone_info(mm, mm->st->populated[i], &zi);
			have += zi.free;
			have += pcp_of(mm, mm->st->populated[i], 0)->count;
		}
		if (have <= (int64_t)left ||
		    alloc(mm, 0, GFP_ATOMIC | GFP_BIT_MEMALLOC) == NO_PFN)
			return;
	}
}

void then_sound_on_paper(const struct mm *mm)
{
	struct mm_broken b = {"", ""};

	if (mm_check(mm, &b))
		ck_assert_msg(strcmp(b.invariant, "PROCESS_RSS") == 0, "%s: %s",
			      b.invariant, b.where);
}

unsigned int seen(const struct mm *mm, enum mm_event_type type)
{
	unsigned int n = 0;

	for (uint64_t i = mm_first_moment(mm) + 1; i <= mm_last_moment(mm); i++)
		n += mm_event(mm, i)->type == type;
	return n;
}

int32_t last_of(const struct mm *mm, enum mm_event_type type, unsigned int arg)
{
	for (uint64_t i = mm_last_moment(mm); i > mm_first_moment(mm); i--)
		if (mm_event(mm, i)->type == type)
			return mm_event(mm, i)->arg[arg];
	ck_abort_msg("no event %s", mm_event_type(type)->name);
}

enum mm_reason said_of(const struct mm *mm, uint32_t process)
{
	const int32_t pid = (int32_t)mm->process[process].pid;

	for (uint64_t i = mm_last_moment(mm); i > mm_first_moment(mm); i--)
		if (mm_event(mm, i)->type == EV_oom_badness &&
		    mm_event(mm, i)->arg[0] == pid)
			return (enum mm_reason)mm_event(mm, i)->arg[4];
	return REASON_NONE;
}
