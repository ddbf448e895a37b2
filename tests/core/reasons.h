/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reasons.h - for tests: a list of events that stories have to meet
 *
 * Stories are told until all of the list have been met; one that no story
 * met is a failure.
 */
#ifndef TESTS_CORE_REASONS_H
#define TESTS_CORE_REASONS_H

#include <stdio.h>
#include <string.h>

#include "support/examples.h"

#define ANY INT32_MIN

/** An event with these arguments; ANY: whatever it says. */
struct wanted {
	enum mm_event_type type;
	unsigned int place;
	int32_t value;
	unsigned int place2;
	int32_t value2;
	unsigned int met;
};

static inline bool fits(const struct wanted *w, const struct mm_event *ev)
{
	return ev->type == w->type &&
	       (w->value == ANY || ev->arg[w->place] == w->value) &&
	       (w->value2 == ANY || ev->arg[w->place2] == w->value2);
}

/** The end of a story: what it met counts, and its world is sound. */
static inline void tally(struct wanted *wanted, size_t nr)
{
	for (uint64_t n = mm_first_moment(mm) + 1; n <= mm_last_moment(mm); n++)
		for (size_t i = 0; i < nr; i++)
			wanted[i].met += fits(&wanted[i], mm_event(mm, n));
	then_sound(mm);
	example_over();
}

static inline void then_all_met(const struct wanted *wanted, size_t nr)
{
	char missing[2000] = "";

	for (size_t i = 0; i < nr; i++) {
		const size_t used = strlen(missing);

		if (!wanted[i].met)
			snprintf(missing + used, sizeof missing - used,
				 "; %s %d %d",
				 mm_event_type(wanted[i].type)->name,
				 wanted[i].value, wanted[i].value2);
	}
	ck_assert_msg(!*missing, "never met%s", missing);
}

/* ---- worlds ---- */

static unsigned int task;

static inline void a_user(void)
{
	const struct mm_process user = {.name = "user"};
	struct mm_error err = {""};

	ck_assert_msg(mm_process_new(mm, &user, &err) == 1, "%s", err.text);
	task = (unsigned int)mm_task_find(mm, "user");
}

static inline void given_tiny(const char *key, const char *value)
{
	struct mm_error err = {""};
	struct mm_config cfg;

	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", &err), 0);
	cfg.schedule = 0;
	if (key)
		ck_assert_msg(mm_config_set(&cfg, key, value, &err) == 0, "%s",
			      err.text);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	mm_set(mm, "pcp", 0, NULL);
	mm_record(mm, MM_RECORD_EVENTS);
}

static inline void run_all(void)
{
	enum mm_quantum q = QUANTUM_AGAIN;

	for (int n = 0; n < 100000 && q != QUANTUM_DONE; n++) {
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
		if (q == QUANTUM_SLEEP)
			mm_tick(mm, 1);
	}
	ck_assert_int_eq(q, QUANTUM_DONE);
}

static inline void kill(void)
{
	ck_assert_int_eq(mm_process_kill(mm, 1, PROCESS_STUCK, NULL), 0);
}

#endif
