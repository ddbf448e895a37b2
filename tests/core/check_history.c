/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Going back and forth: the same bytes at the same moment, always.
 */
#include <errno.h>

#include "core/task.h"
#include "support/mix.h"
#include "support/picture.h"

#define ALL_WORLDS(i, world)                                                   \
	for (unsigned int i = 0; (world = mix_world(i)) != NULL;               \
	     mm_destroy(world), i++)

static struct mix mix;

/* Undoing everything returns the first bytes; redoing the last. */
START_TEST(there_and_back_again)
{
	struct mm *mm;

	ALL_WORLDS(i, mm)
	{
		struct mm *start = mm_clone(mm), *end;

		ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
		mix_start(&mix, i + 7);
		for (int n = 0; n < 2000; n++)
			mix_step(&mix, mm);
		end = mm_clone(mm);
		ck_assert_int_eq(mm_seek(mm, 0), 0);
		ck_assert_int_eq(mm_compare(mm, start), 0);
		ck_assert_uint_eq(mm_hash(mm), mm_hash(start));
		then_sound(mm);
		ck_assert_int_eq(mm_seek(mm, mm_last_moment(mm)), 0);
		ck_assert_int_eq(mm_compare(mm, end), 0);
		mm_destroy(start);
		mm_destroy(end);
	}
}
END_TEST

/* Stepping equals running: each operation's end, met again event by event. */
START_TEST(stepping_equals_running)
{
	struct mm *mm;

	ALL_WORLDS(i, mm)
	{
		static uint64_t hash[401];
		uint64_t op = 0;

		ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
		mix_start(&mix, i + 1);
		hash[0] = mm_hash(mm);
		while (mm_nr_ops(mm) < 400) {
			mix_step(&mix, mm);
			hash[mm_nr_ops(mm)] = mm_hash(mm);
		}
		mm_seek(mm, 0);
		for (uint64_t m = 0; m <= mm_last_moment(mm); m++) {
			struct mm_op o;

			ck_assert_int_eq(mm_seek(mm, m), 0);
			ck_assert_uint_eq(mm_now(mm), m);
			if (mm_op(mm, op, &o) == 0 && o.first == m)
				ck_assert_uint_eq(mm_hash(mm), hash[op++]);
		}
		ck_assert_uint_eq(op, 400);
		ck_assert_uint_eq(mm_hash(mm), hash[400]);
	}
}
END_TEST

/* A fork has the same past and future, and what is done to it stays there. */
START_TEST(a_fork_goes_its_own_way)
{
	struct mm *mm;

	ALL_WORLDS(i, mm)
	{
		struct mm *end, *fork;
		uint64_t middle;

		ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
		mix_start(&mix, i + 3);
		for (int n = 0; n < 300; n++)
			mix_step(&mix, mm);
		end = mm_clone(mm);
		middle = mm_last_moment(mm) / 2;
		mm_seek(mm, middle);
		fork = mm_fork(mm);
		ck_assert_uint_eq(mm_now(fork), middle);
		ck_assert_int_eq(mm_compare(fork, mm), 0);
		/* a change in one cuts its own future only */
		mm_drain_all(mm);
		mm_seek(mm, 0);
		ck_assert_int_eq(mm_seek(fork, mm_last_moment(fork)), 0);
		ck_assert_int_eq(mm_compare(fork, end), 0);
		ck_assert_int_eq(mm_seek(fork, 0), 0);
		ck_assert_int_eq(mm_compare(fork, mm), 0);
		then_sound(fork);
		mm_destroy(fork);
		mm_destroy(end);
	}
}
END_TEST

/* Recording changes nothing of what happens. */
START_TEST(recording_is_invisible)
{
	for (unsigned int i = 0; i < 6; i++) {
		uint64_t hash[3];

		for (int rec = MM_RECORD_OFF; rec <= MM_RECORD_TAPE; rec++) {
			struct mm *mm = mix_world(i);

			mm_record(mm, (enum mm_record)rec);
			ck_assert_int_eq(mm_recording(mm), rec);
			mix_start(&mix, 3);
			for (int n = 0; n < 1500; n++)
				mix_step(&mix, mm);
			hash[rec] = mm_hash(mm);
			mm_destroy(mm);
		}
		ck_assert_uint_eq(hash[0], hash[1]);
		ck_assert_uint_eq(hash[0], hash[2]);
	}
}
END_TEST

START_TEST(a_change_in_the_past_drops_the_future)
{
	struct mm *mm = given_free(64, 3);
	uint64_t first;
	pfn_t second;

	mm_record(mm, MM_RECORD_TAPE);
	ck_assert_uint_eq(alloc(mm, 0, GFP_HIGHUSER_MOVABLE), 0);
	first = mm_last_moment(mm);
	second = alloc(mm, 1, GFP_HIGHUSER_MOVABLE);
	ck_assert_uint_ne(second, NO_PFN);
	ck_assert_uint_eq(mm_nr_ops(mm), 2);
	mm_seek(mm, first);
	ck_assert_uint_eq(mm_last_moment(mm) > first, 1);
	ck_assert_int_eq(mm_free_pages(mm, 0, 0, 0, NULL), 0);
	ck_assert_uint_eq(mm_nr_ops(mm), 2);
	ck_assert_uint_eq(mm_now(mm), mm_last_moment(mm));
	mm_seek(mm, 0);
	mm_seek(mm, mm_last_moment(mm));
	ck_assert_int_ne(mm_free_pages(mm, second, 1, 0, NULL), 0);
	then_sound(mm);
	mm_destroy(mm);
}
END_TEST

/* An operation given up: all that it dropped is there again. */
START_TEST(an_abandoned_operation_was_never_there)
{
	struct mm *mm = given_free(64, 3);
	uint64_t hash[3], moment[3];

	mm_record(mm, MM_RECORD_TAPE);
	ck_assert_int_eq(mm_abandon(mm), -EINVAL);
	for (int i = 0; i < 3; i++) {
		ck_assert_uint_ne(alloc(mm, 0, GFP_HIGHUSER_MOVABLE), NO_PFN);
		hash[i] = mm_hash(mm);
		moment[i] = mm_now(mm);
	}
	for (int i = 0; i < 3; i++) {
		/* at the end of one, at the last, and inside of one */
		const uint64_t at = moment[i] - (i == 1);
		uint64_t here;

		mm_seek(mm, at);
		here = mm_hash(mm);
		mm_begin(mm);
		ck_assert_int_eq(mm_abandon(mm), 0); /* nothing was done */
		mm_begin(mm);
		for (int k = 0; k < 20; k++)
			alloc(mm, 1, GFP_KERNEL);
		ck_assert_int_eq(mm_free_pages(mm, 0, 0, 0, NULL), 0);
		ck_assert_int_eq(mm_abandon(mm), 0);
		ck_assert_uint_eq(mm_now(mm), at);
		ck_assert_uint_eq(mm_hash(mm), here);
		ck_assert_uint_eq(mm_nr_ops(mm), 3);
		ck_assert_uint_eq(mm_last_moment(mm), moment[2]);
		for (int k = 0; k < 3; k++) {
			ck_assert_int_eq(mm_seek(mm, moment[k]), 0);
			ck_assert_uint_eq(mm_hash(mm), hash[k]);
		}
	}
	then_sound(mm);
	/* without a tape it cannot be taken back, and ends */
	mm_record(mm, MM_RECORD_EVENTS);
	mm_begin(mm);
	alloc(mm, 0, GFP_KERNEL);
	ck_assert_int_eq(mm_abandon(mm), -ENOTSUP);
	ck_assert_uint_eq(mm_nr_ops(mm), 1);
	ck_assert_int_eq(mm_abandon(mm), -EINVAL);
	mm_destroy(mm);
}
END_TEST

START_TEST(requests_between_begin_and_end_are_one_operation)
{
	struct mm *mm = given_free(64, 3);
	struct mm_op op;
	uint64_t i;

	mm_record(mm, MM_RECORD_TAPE);
	mm_begin(mm);
	for (int n = 0; n < 5; n++)
		alloc(mm, 0, GFP_KERNEL);
	mm_end(mm);
	alloc(mm, 0, GFP_KERNEL);
	mm_begin(mm);
	mm_end(mm); /* nothing happened: no operation */
	ck_assert_uint_eq(mm_nr_ops(mm), 2);
	ck_assert_int_eq(mm_op(mm, 0, &op), 0);
	ck_assert_uint_eq(op.first, 0);
	ck_assert_int_eq(mm_op_at(mm, op.last, &i), 0);
	ck_assert_uint_eq(i, 0);
	ck_assert_int_eq(mm_op_at(mm, op.last + 1, &i), 0);
	ck_assert_uint_eq(i, 1);
	ck_assert_int_eq(mm_op_at(mm, 0, &i), -ENOENT);
	mm_destroy(mm);
}
END_TEST

/* Half of an operation is no state to build on: it is finished first. */
START_TEST(a_change_inside_of_an_operation_finishes_it)
{
	struct mm *mm = given_free(64, 3);
	uint64_t after;

	mm_record(mm, MM_RECORD_TAPE);
	for (int n = 0; n < 3; n++)
		alloc(mm, 0, GFP_KERNEL);
	after = mm_last_moment(mm);
	for (uint64_t m = 1; m < after; m += 3) {
		ck_assert_int_eq(mm_seek(mm, m), 0);
		alloc(mm, 1, GFP_KERNEL);
		then_sound(mm);
		mm_drain_all(mm);
		then_sound(mm);
		ck_assert_int_eq(mm_seek(mm, 0), 0);
		then_sound(mm);
		for (int n = 0; n < 3; n++)
			alloc(mm, 0, GFP_KERNEL);
		ck_assert_uint_eq(mm_last_moment(mm), after);
	}
	mm_destroy(mm);
}
END_TEST

START_TEST(beginnings_and_ends_that_do_not_match_are_harmless)
{
	struct mm *mm = given_free(64, 3);

	mm_end(mm);
	mm_record(mm, MM_RECORD_TAPE);
	mm_end(mm);
	mm_begin(mm);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_OFF), -EBUSY);
	ck_assert_int_eq(mm_seek(mm, 0), -ERANGE);
	alloc(mm, 0, GFP_KERNEL);
	mm_end(mm);
	mm_end(mm);
	ck_assert_uint_eq(mm_nr_ops(mm), 1);
	mm_destroy(mm);
}
END_TEST

/* Coarser grains stop at fewer moments, and at every operation's end. */
START_TEST(grains)
{
	struct mm *mm = given_free(64, 3);
	uint64_t stops[3] = {0, 0, 0};

	mm_record(mm, MM_RECORD_TAPE);
	for (int n = 0; n < 4; n++)
		alloc(mm, 0, GFP_KERNEL);
	for (int g = GRAIN_EVENT; g <= GRAIN_REQUEST; g++) {
		mm_seek(mm, 0);
		while (mm_now(mm) < mm_last_moment(mm)) {
			mm_seek(mm, mm_neighbour(mm, 1, (enum mm_grain)g));
			stops[g]++;
		}
		ck_assert_uint_eq(mm_neighbour(mm, 1, (enum mm_grain)g),
				  mm_last_moment(mm));
	}
	ck_assert_uint_eq(stops[GRAIN_EVENT], mm_last_moment(mm));
	ck_assert_uint_eq(stops[GRAIN_REQUEST], 4);
	ck_assert_uint_gt(stops[GRAIN_EVENT], stops[GRAIN_PHASE]);
	ck_assert_uint_gt(stops[GRAIN_PHASE], stops[GRAIN_REQUEST]);
	ck_assert_int_eq(mm_seek(mm, mm_last_moment(mm) + 1), -ERANGE);
	mm_record(mm, MM_RECORD_OFF);
	ck_assert_int_eq(mm_seek(mm, 0), -ENOTSUP);
	mm_destroy(mm);
}
END_TEST

/* A task's request is its own, whoever asks for the quanta; a call is not. */
START_TEST(an_event_says_whose_it_is)
{
	const struct mm_request want = {.gfp = GFP_KERNEL, .nid = -1};
	struct mm *mm = given_free(64, 3);
	enum mm_quantum q;
	uint32_t task;
	uint64_t asked;

	task = task_new(mm, "one", TASK_USER, 0, 0, 0);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
	ck_assert_uint_ne(alloc(mm, 0, GFP_KERNEL), NO_PFN);
	asked = mm_last_moment(mm);
	ck_assert_int_eq(mm_task_request(mm, task, &want, NULL), 0);
	ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	for (uint64_t n = 1; n <= mm_last_moment(mm); n++) {
		const struct mm_event *ev = mm_event(mm, n);
		const bool its = n > asked && ev->type != EV_quantum &&
				 ev->type != EV_setting;

		ck_assert_msg(ev->task == (its ? task : CALLER_TASK), "%s",
			      mm_event_type(ev->type)->name);
	}
	ck_assert_uint_eq(mm->current, CALLER_TASK);
	mm_destroy(mm);
}
END_TEST

Suite *check_history_suite(void)
{
	Suite *s = suite_create("core/history");
	TCase *tc = tcase_create("history");

	tcase_add_test(tc, there_and_back_again);
	tcase_add_test(tc, stepping_equals_running);
	tcase_add_test(tc, a_fork_goes_its_own_way);
	tcase_add_test(tc, an_event_says_whose_it_is);
	tcase_add_test(tc, recording_is_invisible);
	tcase_add_test(tc, a_change_in_the_past_drops_the_future);
	tcase_add_test(tc, an_abandoned_operation_was_never_there);
	tcase_add_test(tc, requests_between_begin_and_end_are_one_operation);
	tcase_add_test(tc, a_change_inside_of_an_operation_finishes_it);
	tcase_add_test(tc, beginnings_and_ends_that_do_not_match_are_harmless);
	tcase_add_test(tc, grains);
	suite_add_tcase(s, tc);
	return s;
}
