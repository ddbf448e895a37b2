/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What mm_check() finds wrong with tasks and processes.
 */
#include <string.h>

#include "core/fault.h"
#include "support/procs.h"

static struct mm *mm;
static unsigned int a;

static void setup(void)
{
	mm = tiny(false, 10);
	a = process(mm, "a");
	fault(mm, a, FAULT_ANON, 4, 0);
	fault(mm, a, FAULT_FILE_READ, 3, 0);
	then_sound(mm);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* A place that holds another value than it did is found, by name. */
#define FOUND(place, value, name)                                              \
	do {                                                                   \
		const __typeof__(place) former_ = (place);                     \
		struct mm_broken b_ = {"", ""};                                \
		STORE(mm, place, value);                                       \
		ck_assert_int_ne(mm_check(mm, &b_), 0);                        \
		ck_assert_str_eq(b_.invariant, name);                          \
		STORE(mm, place, former_);                                     \
		then_sound(mm);                                                \
	} while (0)

START_TEST(numbers_that_do_not_fit_the_pages_are_found)
{
	const struct process *p = &mm->process[a];

	FOUND(p->rss_anon, 5, "PROCESS_RSS");
	FOUND(p->rss_file, 2, "PROCESS_RSS");
	FOUND(p->rss_shmem, 1, "PROCESS_RSS");
	FOUND(p->pgtables, 2, "PROCESS_RSS");
	FOUND(p->locked, 1, "PROCESS_RSS");
	FOUND(p->swapents, 10, "PROCESS_RSS");
	FOUND(p->swapents, 1, "PROCESS_SWAP");
	FOUND(mm->st->swap_free, 11, "SWAP_SLOTS");
	FOUND(mm->st->swap_free, -1, "SWAP_SLOTS");
}
END_TEST

START_TEST(records_that_lead_astray_are_found)
{
	const struct process *p = &mm->process[a];

	FOUND(p->pid, 0, "PROCESSES");
	FOUND(p->vm_exec, 2, "PROCESSES");
	FOUND(p->flags, PROCESS_EXITED, "PROCESSES");
	FOUND(p->comm[0], 0, "PROCESSES");
}
END_TEST

START_TEST(tasks_that_lead_astray_are_found)
{
	const struct task *t = &mm->task[task_of_process(mm, a)];

	FOUND(t->cpu, 1, "TASKS");
	FOUND(t->nid, 1, "TASKS");
	FOUND(t->kind, 99, "TASKS");
	FOUND(t->kind, TASK_KSWAPD, "TASKS");
	FOUND(t->state, 99, "TASKS");
	FOUND(t->process, 2, "TASKS");
	FOUND(t->process, 0, "TASKS");
	FOUND(t->comm[0], 0, "TASKS");
	FOUND(mm->task[1].process, 1, "TASKS");
	ck_assert_int_eq(
		mm_fault(mm, task_of_process(mm, a), FAULT_ANON, 2, 0, NULL),
		0);
	FOUND(t->work.kind, NR_FAULTS, "TASKS");
	FOUND(t->work.step, NR_FAULT_STEPS, "TASKS");
	FOUND(t->work.step, STEP_CHARGE, "TASKS");
	FOUND(t->work.pfn, 3, "TASKS");
	FOUND(t->work.done, 2, "TASKS");
	FOUND(t->work.small, 17, "TASKS");
}
END_TEST

/* The end of a name is looked for in the record only. */
START_TEST(a_name_without_an_end_is_found)
{
	struct mm_broken b;

	for (unsigned int i = 0; i < TASK_NAME; i++)
		STORE(mm, mm->process[a].comm[i], 'x');
	ck_assert_int_ne(mm_check(mm, &b), 0);
	ck_assert_str_eq(b.invariant, "PROCESSES");
}
END_TEST

Suite *check_check_process_suite(void);
Suite *check_check_process_suite(void)
{
	Suite *s = suite_create("core/check_process");
	TCase *t = tcase_create("check_process");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, numbers_that_do_not_fit_the_pages_are_found);
	tcase_add_test(t, records_that_lead_astray_are_found);
	tcase_add_test(t, tasks_that_lead_astray_are_found);
	tcase_add_test(t, a_name_without_an_end_is_found);
	suite_add_tcase(s, t);
	return s;
}
