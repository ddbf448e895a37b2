/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Processes: how they are killed, in which order they give their memory
 * back, and to which lists.
 */
#include "core/process.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/lru_batch.h"
#include "core/page_state.h"
#include "core/rmap.h"
#include "core/task.h"
#include "support/mix.h"
#include "support/procs.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static void killed(unsigned int i, uint32_t how)
{
	struct mm_error err = {""};

	ck_assert_msg(mm_process_kill(mm, i, how, &err) == 0, "%s", err.text);
}

static bool is_gone(unsigned int i)
{
	return info(mm, i).flags & PROCESS_EXITED;
}

START_TEST(a_process_has_a_task_and_an_owner_of_its_name)
{
	struct mm_process_info pi;
	struct mm_task_info ti;
	unsigned int a;

	mm = tiny(true, 0);
	a = process(mm, "a");
	pi = info(mm, a);
	mm_task_info(mm, pi.task, &ti);
	ck_assert_str_eq(pi.name, "a");
	ck_assert_str_eq(ti.comm, "a");
	ck_assert_str_eq(mm_owner_name(mm, pi.owner), "a");
	ck_assert_uint_eq(pi.pid, ti.pid);
	ck_assert_int_eq(mm_process_find(mm, "a"), (int)a);
	ck_assert_int_eq(mm_process_find(mm, "b"), -ENOENT);
	ck_assert_int_eq(mm_process_thread(mm, a, 0, NULL), (int)pi.task + 1);
	ck_assert_int_eq(mm_task_find(mm, "a.2"), (int)pi.task + 1);
	then_sound(mm);
}
END_TEST

START_TEST(bad_processes_change_nothing)
{
	const struct mm_process bad[] = {
		{.name = ""},
		{.name = "sixteen_letters_"},
		{.name = "kswapd0"},
		{.name = "a"},
		{.name = "b", .cpu = 1},
		{.name = "b", .oom_score_adj = 1001},
	};
	struct mm_error err = {""};
	uint64_t before;

	mm = tiny(true, 0);
	process(mm, "a");
	before = mm_hash(mm);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		ck_assert_int_lt(mm_process_new(mm, &bad[i], &err), 0);
		ck_assert_str_ne(err.text, "");
	}
	ck_assert_int_lt(mm_process_thread(mm, 9, 0, &err), 0);
	ck_assert_int_lt(mm_process_thread(mm, 1, 9, &err), 0);
	ck_assert_int_lt(mm_process_kill(mm, 0, 0, &err), 0);
	ck_assert_int_lt(mm_process_kill(mm, 1, 1, &err), 0);
	ck_assert_int_lt(mm_process_adj(mm, 1, -1001, &err), 0);
	ck_assert_int_lt(mm_process_pages(mm, 1, NR_PAGE_OPS, 1, &err), 0);
	ck_assert_int_lt(mm_process_page(mm, 1, PAGE_OP_PIN, 0, &err), 0);
	ck_assert_uint_eq(mm_hash(mm), before);
}
END_TEST

START_TEST(a_world_has_so_many_processes)
{
	struct mm_process want = {.name = "late"};
	struct mm_error err = {""};
	char name[16];

	mm = tiny(true, 0);
	for (int i = 1; i < MM_MAX_PROCESSES; i++) {
		snprintf(name, sizeof name, "p%d", i);
		process(mm, name);
	}
	ck_assert_int_eq(mm_process_new(mm, &want, &err), -ENOSPC);
	then_sound(mm);
}
END_TEST

/* R58: anonymous pages as they lie, tables, then files: they stay. */
START_TEST(exit_gives_back_pages_then_tables)
{
	const int64_t cached = 5;
	pfn_t freed[64], anon = 0;
	unsigned int a, n = 0;
	int64_t before;

	mm = tiny(true, 0);
	a = process(mm, "a");
	before = nr_free(mm);
	fault(mm, a, FAULT_ANON, 20, 0);
	fault(mm, a, FAULT_FILE_READ, (uint32_t)cached, 0);
	lru_add_drain_all(mm);
	mm_record(mm, MM_RECORD_TAPE);
	killed(a, 0);
	ck_assert(!is_gone(a));
	mm_settle(mm);
	ck_assert(is_gone(a));
	for (uint64_t i = mm_first_moment(mm) + 1; i <= mm_last_moment(mm); i++)
		if (mm_event(mm, i)->type == EV_mm_page_free)
			freed[n++] = (pfn_t)mm_event(mm, i)->arg[0];
	ck_assert_uint_eq(n, 22);
	ck_assert_int_eq(mm_seek(mm, 0), 0);
	for (unsigned int i = 0; i < n; i++)
		if (i < 20) {
			ck_assert(page_is_anon(&mm->page[freed[i]]));
			ck_assert(i == 0 || freed[i] > anon);
			anon = freed[i];
		} else {
			ck_assert(block_is_table(&mm->page[freed[i]].b));
		}
	ck_assert_int_eq(mm_seek(mm, mm_last_moment(mm)), 0);
	ck_assert_int_eq(nr_free(mm), before - cached);
	ck_assert_int_eq(node_stat(mm, NR_INACTIVE_FILE), cached);
	ck_assert_int_eq(node_stat(mm, NR_MAPPED), 0);
	ck_assert_int_eq(node_stat(mm, NR_ANON_PAGES), 0);
	ck_assert_int_eq(node_stat(mm, NR_PAGE_TABLE_PAGES), 0);
	ck_assert_int_eq(mm_process_find(mm, "a"), -ENOENT);
	ck_assert_int_eq(mm_task_find(mm, "a"), -ENOENT);
	then_sound(mm);
	/* the name is free again, the cached pages are the owner's still */
	a = process(mm, "a");
	ck_assert_uint_eq(info(mm, a).rss_file, 0);
	then_sound(mm);
}
END_TEST

START_TEST(pages_go_to_the_lists_of_the_victims_cpu)
{
	struct mm_config cfg;
	struct mm_process want = {.name = "a", .cpu = 1};
	int32_t before, other;
	unsigned int a;

	mm_config_preset(&cfg, "classroom", NULL);
	mm = mm_create(&cfg, NULL);
	a = (unsigned int)mm_process_new(mm, &want, NULL);
	fault(mm, a, FAULT_ANON, 5, 0);
	before = pcp_of(mm, Z, 1)->count;
	other = pcp_of(mm, Z, 0)->count;
	killed(a, 0);
	mm_settle(mm);
	ck_assert_int_eq(pcp_of(mm, Z, 1)->count, before + 6);
	ck_assert_int_eq(pcp_of(mm, Z, 0)->count, other);
	then_sound(mm);
}
END_TEST

START_TEST(swap_is_given_back_too)
{
	unsigned int a;

	mm = tiny(true, 10);
	a = process(mm, "a");
	fault(mm, a, FAULT_ANON, 4, 0);
	STORE(mm, mm->process[a].swapents, 3);
	STORE(mm, mm->st->swap_free, 7);
	killed(a, 0);
	mm_settle(mm);
	ck_assert_int_eq(mm->st->swap_free, 10);
	then_sound(mm);
}
END_TEST

START_TEST(init_is_never_killed)
{
	const struct mm_process want = {.name = "init", .init = true};

	mm = tiny(true, 0);
	ck_assert_int_eq(mm_process_new(mm, &want, NULL), 1);
	ck_assert_int_eq(mm_process_kill(mm, 1, 0, NULL), -EINVAL);
}
END_TEST

START_TEST(the_stuck_stay_until_they_are_killed_once_more)
{
	unsigned int a;

	mm = tiny(true, 0);
	a = process(mm, "a");
	fault(mm, a, FAULT_ANON, 4, 0);
	killed(a, PROCESS_STUCK);
	mm_settle(mm);
	ck_assert(!is_gone(a));
	ck_assert_uint_eq(info(mm, a).rss_anon, 4);
	killed(a, 0);
	mm_settle(mm);
	ck_assert(is_gone(a));
	then_sound(mm);
}
END_TEST

START_TEST(by_hand_a_killed_process_exits_when_its_task_runs)
{
	enum mm_quantum q;
	unsigned int a, task;

	mm = tiny(false, 0);
	a = process(mm, "a");
	task = task_of_process(mm, a);
	fault(mm, a, FAULT_ANON, 4, 0);
	killed(a, 0);
	ck_assert(!is_gone(a));
	ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	ck_assert_int_eq(q, QUANTUM_DONE);
	ck_assert(is_gone(a));
	ck_assert_int_eq(mm_run(mm, task, &q, NULL), -EINVAL);
	then_sound(mm);
}
END_TEST

START_TEST(what_is_in_hand_is_finished_before_the_exit)
{
	enum mm_quantum q;
	unsigned int a, task;

	mm = tiny(false, 0);
	a = process(mm, "a");
	task = task_of_process(mm, a);
	ck_assert_int_eq(mm_fault(mm, task, FAULT_ANON, 9, 0, NULL), 0);
	ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	killed(a, 0);
	then_sound(mm);
	mm_settle(mm);
	ck_assert(is_gone(a));
	ck_assert_uint_lt(mm->task[task].work.done, 9);
	then_sound(mm);
}
END_TEST

START_TEST(page_tables_and_mapped_pages_are_not_freed_by_hand)
{
	struct mm_error err = {""};
	unsigned int a;
	pfn_t pfn;

	mm = tiny(true, 0);
	a = process(mm, "a");
	fault(mm, a, FAULT_ANON, 1, 0);
	pfn = mm_owner_first(mm, info(mm, a).owner);
	ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, &err), -EINVAL);
	ck_assert_msg(strstr(err.text, "page tables"), "%s", err.text);
	pfn = mm_owner_next(mm, pfn);
	ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, &err), -EINVAL);
	ck_assert_msg(strstr(err.text, "mapped"), "%s", err.text);
	ck_assert_int_eq(mm_free_run(mm, pfn & ~1u, 1, 0, &err), -EINVAL);
	then_sound(mm);
}
END_TEST

/* An engineer's nightmare: everything at once, and taken back. */
static void one_step(struct mix *mix)
{
	const unsigned int i =
		1 + (unsigned int)mix_random(mix, mm_nr_processes(mm));
	const enum mm_fault kind =
		(enum mm_fault)(1 + mix_random(mix, NR_FAULTS - 1));
	const enum mm_page_op op =
		(enum mm_page_op)mix_random(mix, NR_PAGE_OPS);
	const uint32_t n = 1 + (uint32_t)mix_random(mix, 40);
	enum mm_quantum q;
	char name[16];

	switch (mix_random(mix, 12)) {
	case 0:
		snprintf(name, sizeof name, "p%u", mm_nr_processes(mm));
		mm_process_new(mm, &(struct mm_process){.name = name}, NULL);
		break;
	case 1:
		mm_process_kill(mm, i, mix_random(mix, 2) ? PROCESS_STUCK : 0,
				NULL);
		break;
	case 2:
	case 3:
	case 4:
		mm_fault(mm, task_of_process(mm, i), kind, n, 0, NULL);
		break;
	case 5:
		mm_task_finish(mm, task_of_process(mm, i), NULL);
		break;
	case 6:
		mm_settle(mm);
		break;
	case 7:
		mm_tick(mm, n * 20);
		break;
	case 8:
		mm_run(mm, task_of_process(mm, i), &q, NULL);
		break;
	default:
		mm_process_pages(mm, i, op, n, NULL);
	}
}

START_TEST(any_mix_is_sound_and_can_be_taken_back)
{
	struct mix mix;
	uint64_t start, end;

	mm = tiny(_i & 1, 0);
	mix_start(&mix, 100 + (uint64_t)_i);
	process(mm, "first");
	mm_record(mm, MM_RECORD_TAPE);
	start = mm_hash(mm);
	for (int n = 0; n < 400; n++) {
		one_step(&mix);
		then_sound(mm);
	}
	end = mm_hash(mm);
	if (mm_first_moment(mm) == 0) {
		ck_assert_int_eq(mm_seek(mm, 0), 0);
		ck_assert_uint_eq(mm_hash(mm), start);
		ck_assert_int_eq(mm_seek(mm, mm_last_moment(mm)), 0);
		ck_assert_uint_eq(mm_hash(mm), end);
	}
}
END_TEST

Suite *check_process_suite(void);
Suite *check_process_suite(void)
{
	Suite *s = suite_create("core/process");
	TCase *t = tcase_create("process");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, a_process_has_a_task_and_an_owner_of_its_name);
	tcase_add_test(t, bad_processes_change_nothing);
	tcase_add_test(t, a_world_has_so_many_processes);
	tcase_add_test(t, exit_gives_back_pages_then_tables);
	tcase_add_test(t, pages_go_to_the_lists_of_the_victims_cpu);
	tcase_add_test(t, swap_is_given_back_too);
	tcase_add_test(t, init_is_never_killed);
	tcase_add_test(t, the_stuck_stay_until_they_are_killed_once_more);
	tcase_add_test(t, by_hand_a_killed_process_exits_when_its_task_runs);
	tcase_add_test(t, what_is_in_hand_is_finished_before_the_exit);
	tcase_add_test(t, page_tables_and_mapped_pages_are_not_freed_by_hand);
	tcase_add_loop_test(t, any_mix_is_sound_and_can_be_taken_back, 0, 16);
	suite_add_tcase(s, t);
	return s;
}
