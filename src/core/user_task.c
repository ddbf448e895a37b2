/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * user_task.c - see user_task.h
 */
#include "core/user_task.h"

#include "core/contig.h"
#include "core/fault.h"
#include "core/hotplug.h"
#include "core/hugetlb.h"
#include "core/kcompactd.h"
#include "core/process.h"
#include "core/request.h"
#include "core/task.h"

enum mm_quantum user_step(struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];
	enum mm_quantum q;

	if (!task_is_busy(mm, task)) {
		if (t->process && process_may_exit(mm, t->process))
			process_exit(mm, t->process);
		return QUANTUM_DONE;
	}
	if (t->hugetlb.step)
		q = hugetlb_resize_step(mm, task);
	else if (is_offlining(mm, task))
		q = offline_step(mm, task);
	else if (compacts_by_hand(t))
		q = compact_memory_step(mm, task);
	else if (t->contig.step)
		q = contig_step(mm, task);
	else if (t->work.kind != FAULT_NONE)
		q = fault_step(mm, task);
	else
		q = request_step(mm, task);
	/* a killed task has a last thing to do */
	if (q == QUANTUM_DONE && t->process && process_may_exit(mm, t->process))
		return QUANTUM_AGAIN;
	return q;
}

void task_rest(struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];
	const bool dying = t->process && process_may_exit(mm, t->process);

	if (t->state != TASK_DEAD)
		STORE(mm, t->state, (uint32_t)(dying ? TASK_READY : TASK_IDLE));
}

void user_finish(struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];
	const uint16_t before = mm->current, cpu = mm->cpu;

	mm->current = (uint16_t)task;
	mm->cpu = (uint16_t)t->cpu;
	while (task_is_busy(mm, task)) {
		const enum mm_quantum q = user_step(mm, task);

		if (break_off(mm))
			break;
		if (q == QUANTUM_SLEEP)
			sched_sleep(mm, task);
	}
	task_rest(mm, task);
	mm->current = before;
	mm->cpu = cpu;
}
