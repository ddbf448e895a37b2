/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * offline_request.c - taking memory away, as the library's users ask for it
 */
#include <errno.h>

#include "core/frame.h"
#include "core/hotplug.h"
#include "core/hugetlb.h"
#include "core/page_type.h"
#include "core/isolation.h"
#include "core/task.h"

static int cannot_go(const struct mm *mm, unsigned int block,
		     unsigned int rounds, struct mm_memory_info *mi,
		     struct mm_error *err)
{
	const int e = mm_memory_offline_refusal(mm, block, err);

	if (e)
		return e;
	mm_memory_info(mm, block, mi);
	if (rounds == 0 || rounds > OFFLINE_MOST_ROUNDS)
		return mm_fail(err, -EINVAL, "expected 1 to %u rounds",
			       OFFLINE_MOST_ROUNDS);
	return 0;
}

int mm_task_memory_offline(struct mm *mm, unsigned int task, unsigned int block,
			   unsigned int rounds, struct mm_error *err)
{
	struct mm_memory_info mi;
	int e;

	e = cannot_go(mm, block, rounds, &mi, err);
	if (!e)
		e = mm_task_refusal(mm, task, err);
	if (e)
		return e;
	op_enter(mm);
	offline_begin(mm, task, &mi, rounds);
	op_leave(mm);
	return 0;
}

int mm_memory_offline(struct mm *mm, unsigned int block, unsigned int rounds,
		      struct mm_error *err)
{
	struct mm_memory_info mi;
	enum mm_quantum q;
	int e;

	e = cannot_go(mm, block, rounds, &mi, err);
	if (e)
		return e;
	op_enter(mm);
	mm->cpu = 0;
	offline_begin(mm, CALLER_TASK, &mi, rounds);
	while ((q = offline_step(mm, CALLER_TASK)) != QUANTUM_DONE &&
	       !break_off(mm))
		if (q == QUANTUM_SLEEP)
			sched_sleep(mm, CALLER_TASK);
	STORE(mm, mm->task[CALLER_TASK].state, (uint32_t)TASK_IDLE);
	op_leave(mm);
	return mm_offline_failed(mm, CALLER_TASK, err);
}

int mm_offline_failed(const struct mm *mm, unsigned int task,
		      struct mm_error *err)
{
	const struct offline_work *w = offline_work_of(mm, task);
	uint32_t block;

	if (task >= mm->st->nr_tasks || !w->result)
		return 0;
	block = w->start / mm_memory_block_pages(mm);
	if (w->result == -EINTR && w->rounds < w->most)
		return mm_fail(err, -EINTR, "memory block %u: a signal came",
			       block);
	if (w->result == -EINTR)
		return mm_fail(err, -EINTR,
			       "memory block %u: something in it does not "
			       "move; given up after %u round%s",
			       block, w->rounds, w->rounds == 1 ? "" : "s");
	if (page_is_offline(&mm->page[w->found]))
		return mm_fail(err, w->result,
			       "memory block %u: frame %u is in the way: its "
			       "driver keeps it",
			       block, w->found);
	if (hugetlb_head(mm, w->found) != NO_PFN)
		return mm_fail(
			err, w->result,
			"memory block %u: the huge page at %u stays: %s", block,
			w->found,
			hugetlb_is_free(&mm->page[hugetlb_head(mm, w->found)])
				? "all free pages of its pool are reserved"
				: "somebody has it in hand");
	return mm_fail(err, w->result,
		       "memory block %u: frame %u is in the way: %s", block,
		       w->found,
		       isolate_refusal_text(isolate_reason_at(
			       mm, w->found, ISOLATE_OFFLINE)));
}

int mm_offline_result(const struct mm *mm, unsigned int task)
{
	return task < mm->st->nr_tasks ? offline_work_of(mm, task)->result : 0;
}

void mm_offline_signal(struct mm *mm, unsigned int task)
{
	if (task >= mm->st->nr_tasks || !is_offlining(mm, task))
		return;
	op_enter(mm);
	STORE(mm, offline_work_of(mm, task)->signal, 1);
	op_leave(mm);
}
