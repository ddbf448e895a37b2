/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * procs.c - see procs.h
 */
#include "support/procs.h"

struct mm *tiny(bool schedule, int64_t swap)
{
	struct mm_config cfg;
	struct mm_error err = {""};
	struct mm *mm;

	mm_config_preset(&cfg, "tiny", NULL);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	mm_set(mm, "schedule", schedule, NULL);
	STORE(mm, mm->st->swap_total, swap);
	STORE(mm, mm->st->swap_free, swap);
	return mm;
}

unsigned int process(struct mm *mm, const char *name)
{
	const struct mm_process want = {.name = name, .uid = 1000};
	struct mm_error err = {""};
	const int i = mm_process_new(mm, &want, &err);

	ck_assert_msg(i > 0, "%s", err.text);
	return (unsigned int)i;
}

unsigned int task_of_process(const struct mm *mm, unsigned int i)
{
	return info(mm, i).task;
}

uint32_t fault(struct mm *mm, unsigned int i, enum mm_fault kind,
	       uint32_t pages, uint32_t flags)
{
	const unsigned int task = task_of_process(mm, i);
	struct mm_error err = {""};
	struct mm_fault_info fi;

	ck_assert_msg(mm_fault(mm, task, kind, pages, flags, &err) == 0, "%s",
		      err.text);
	ck_assert_msg(mm_task_finish(mm, task, &err) == 0, "%s", err.text);
	mm_fault_info(mm, task, &fi);
	ck_assert_int_eq(fi.kind, FAULT_NONE);
	return fi.done;
}

struct mm_process_info info(const struct mm *mm, unsigned int i)
{
	struct mm_process_info pi;

	mm_process_info(mm, i, &pi);
	return pi;
}

uint64_t vm_event(const struct mm *mm, enum vm_event_item item)
{
	return mm->st->vm_event[item];
}

int64_t node_stat(const struct mm *mm, enum node_stat_item item)
{
	return mm->st->node[0].stat[item];
}

int64_t nr_free(const struct mm *mm)
{
	int64_t n = 0;

	for (unsigned int i = 0; i < mm_nr_zones(mm); i++) {
		const zone_t zid = mm_zone_at(mm, i);
		struct mm_zone_info zi;

		mm_zone_info(mm, zid, &zi);
		n += zi.free;
		for (unsigned int c = 0; c < mm_nr_cpus(mm); c++)
			n += pcp_of(mm, zid, c)->count;
	}
	return n;
}

unsigned int nr_events(const struct mm *mm, enum mm_event_type type)
{
	unsigned int n = 0;

	for (uint64_t i = mm_first_moment(mm) + 1; i <= mm_last_moment(mm); i++)
		n += mm_event(mm, i)->type == type;
	return n;
}
