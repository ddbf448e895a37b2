/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_slowpath_rounds.c - how often each step of the slow path runs
 *
 * Retries are counted here, so what they depend on is scripted: each reclaim
 * reports the same progress, each compaction the same result, and the marks
 * either would or would not be met if all that is reclaimable were free.  No
 * attempt finds a page.  One row is one request, up to its failure or its
 * first call of the OOM killer.
 */
#include "core/compact_control.h"
#include "support/people.h"

Suite *check_slowpath_rounds_suite(void);

#define NORETRY GFP_BIT_NORETRY
#define MAYFAIL GFP_BIT_RETRY_MAYFAIL
#define MOVABLE GFP_BIT_MOVABLE
#define THISNODE GFP_BIT_THISNODE
#define THP ((gfp_t)0x1c24ca)	    /* GFP_TRANSHUGE */
#define THP_LIGHT ((gfp_t)0x1c20ca) /* GFP_TRANSHUGE_LIGHT */

#define COMPLETE COMPACT_COMPLETE
#define SUCCESS COMPACT_SUCCESS

/** Attempts by the step they follow, and the other steps. */
struct steps {
	unsigned int fast, round, reclaimed, compacted, high;
	unsigned int wakes, reclaims;
	unsigned int async, light, full; /* compactions by their priority */
	unsigned int ooms;		 /* calls of the OOM killer */
};

static const struct row {
	gfp_t gfp;
	uint16_t order, caller;
	int defrag;
	int64_t progress; /* of each reclaim */
	bool may_help;	  /* reclaim might, by the marks */
	enum compact_result result;
	struct steps want;
} rows[] = {
	{GFP_ATOMIC, 0, 0, 0, 0, 0, 0, {1, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0}},
	{GFP_NOWAIT, 0, 0, 0, 0, 0, 0, {1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0}},
	{GFP_KERNEL | NORETRY,
	 0,
	 0,
	 0,
	 0,
	 0,
	 0,
	 {1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0}},
	{GFP_KERNEL | NORETRY,
	 0,
	 0,
	 0,
	 9,
	 0,
	 0,
	 {1, 1, 2, 0, 0, 1, 1, 0, 0, 0, 0}},
	{GFP_KERNEL | NORETRY,
	 2,
	 0,
	 0,
	 9,
	 0,
	 COMPLETE,
	 {1, 2, 2, 2, 0, 2, 1, 2, 0, 0, 0}},
	/* seventeen calls of reclaim are in vain before anything else */
	{GFP_KERNEL | MAYFAIL,
	 0,
	 0,
	 0,
	 0,
	 true,
	 0,
	 {1, 17, 0, 0, 1, 17, 17, 0, 0, 0, 0}},
	{GFP_KERNEL | MAYFAIL,
	 0,
	 0,
	 0,
	 0,
	 false,
	 0,
	 {1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0}},
	{GFP_KERNEL, 0, 0, 0, 0, false, 0, {1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 1}},
	{GFP_KERNEL, 0, 0, 0, 0, true, 0, {1, 17, 0, 0, 1, 17, 17, 0, 0, 0, 1}},
	{GFP_KERNEL | MAYFAIL,
	 2,
	 0,
	 0,
	 0,
	 true,
	 COMPLETE,
	 {1, 18, 0, 18, 1, 18, 17, 1, 17, 0, 0}},
	{GFP_KERNEL,
	 4,
	 0,
	 0,
	 0,
	 false,
	 COMPLETE,
	 {1, 2, 0, 2, 0, 2, 1, 1, 1, 0, 0}},
	{GFP_KERNEL,
	 4,
	 0,
	 0,
	 9,
	 false,
	 COMPLETE,
	 {1, 2, 2, 2, 0, 2, 1, 1, 1, 0, 0}},
	{GFP_KERNEL | MAYFAIL,
	 4,
	 0,
	 0,
	 9,
	 true,
	 COMPLETE,
	 {1, 18, 34, 18, 1, 18, 17, 1, 17, 0, 0}},
	/* for a costly order success in compaction is worth four more */
	{GFP_KERNEL | MAYFAIL,
	 4,
	 0,
	 0,
	 9,
	 true,
	 SUCCESS,
	 {1, 22, 42, 22, 1, 22, 21, 1, 21, 0, 0}},
	{GFP_KERNEL | MAYFAIL,
	 4,
	 0,
	 0,
	 9,
	 false,
	 COMPLETE,
	 {1, 2, 2, 2, 1, 2, 1, 1, 1, 0, 0}},
	{GFP_KERNEL | MAYFAIL,
	 4,
	 0,
	 0,
	 9,
	 false,
	 SUCCESS,
	 {1, 6, 10, 6, 1, 6, 5, 1, 5, 0, 0}},
	{GFP_KERNEL | MOVABLE,
	 2,
	 0,
	 0,
	 9,
	 false,
	 COMPLETE,
	 {1, 2, 4, 2, 1, 2, 2, 0, 1, 1, 1}},
	{THP, 9, 0, 0, 9, false, COMPLETE, {1, 2, 2, 2, 0, 0, 1, 1, 1, 0, 0}},
	{THP | NORETRY,
	 9,
	 0,
	 0,
	 9,
	 false,
	 COMPLETE,
	 {1, 2, 2, 2, 0, 0, 1, 2, 0, 0, 0}},
	{THP | NORETRY | THISNODE,
	 9,
	 0,
	 0,
	 9,
	 false,
	 COMPLETE,
	 {1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0}},
	{THP_LIGHT, 9, 0, 0, 0, false, 0, {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}},
	{GFP_KERNEL,
	 0,
	 MM_CALLER_MEMALLOC,
	 0,
	 0,
	 false,
	 0,
	 {1, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0}},
	{GFP_KERNEL,
	 0,
	 MM_CALLER_OOM_VICTIM,
	 0,
	 0,
	 false,
	 0,
	 {1, 2, 0, 0, 1, 2, 1, 0, 0, 0, 1}},
	{GFP_ATOMIC, 0, 0, 1, 0, false, 0, {1, 3, 0, 0, 0, 3, 0, 0, 0, 0, 0}},
	{GFP_NOWAIT, 0, 0, 1, 0, false, 0, {1, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0}},
};

static struct mm *mm;
static uint32_t task;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/*
 * Little is free, all of it in one block and below the min mark: too little
 * for an attempt, but a block for what reclaim might add to.
 */
static void world(const struct row *r)
{
	struct mm_config cfg;

	mm_config_preset(&cfg, "classroom", NULL);
	mm_config_set(&cfg, "defrag_mode", r->defrag ? "on" : "off", NULL);
	mm_config_set(&cfg, "pcp", "off", NULL);
	mm = mm_create(&cfg, NULL);
	mm_set(mm, "schedule", 0, NULL);
	while (alloc(mm, 10, GFP_ATOMIC | GFP_BIT_MEMALLOC) != NO_PFN)
		;
	use_up(mm, 0);
	/* unless it is for those who go to the last page */
	if (!r->caller) {
		buddy_free(mm, 512, 4);
		set_marks(mm, 100, 120, 140);
	}
	if (r->may_help) /* on paper: nothing will be found on the list */
		STORE(mm, mm->zone[Z].lru[LRU_INACTIVE_FILE], 1000);
	/* nobody is to wait for kswapd, which never runs here */
	mm_put_node(mm, 0, "kswapd_failures", 16);
	task = task_of(mm, born(mm, "user", -1000, 0));
	born(mm, "hog", 0, 50);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
}

static unsigned int attempts(void)
{
	unsigned int n = 0;

	for (uint64_t i = 1; i <= mm_last_moment(mm); i++)
		n += mm_event(mm, i)->type == EV_zonelist_pass &&
		     mm_event(mm, i)->arg[0] == 1;
	return n;
}

/* The first zone has been begun: that is all, and came to @result. */
static void compaction_is_over(enum compact_result result)
{
	const struct task *t = &mm->task[task];

	STORE(mm, t->cc.step, (uint32_t)COMPACT_BEFORE);
	STORE(mm, t->cc.next, MM_MAX_NODES * MAX_NR_ZONES);
	STORE(mm, t->cc.rc, (uint32_t)result);
	STORE(mm, t->capture.zid, (uint32_t)NO_ZONE);
}

static void count_compaction(struct steps *s)
{
	unsigned int *by_priority[] = {&s->full, &s->light, &s->async};

	++*by_priority[mm->task[task].cc.prio];
}

/* What this quantum did; true until the request is over. */
static bool quantum(const struct row *r, struct steps *s)
{
	const struct ladder *l = &mm->task[task].ladder;
	const struct node *node = &mm->st->node[0];
	const enum mm_rung from = (enum mm_rung)l->rung;
	const unsigned int before = attempts();
	enum mm_quantum q;
	unsigned int n;

	STORE(mm, node->kswapd_highest, (uint32_t)MAX_NR_ZONES);
	ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	if (q == QUANTUM_SLEEP)
		mm_tick(mm, 1);
	n = attempts() - before;
	switch (from) {
	case RUNG_FAST:
		s->fast += n;
		break;
	case RUNG_RETRY:
		s->round += n;
		s->wakes += node->kswapd_highest != MAX_NR_ZONES;
		break;
	case RUNG_RECLAIM:
		if (l->rung == RUNG_RECLAIMED) {
			s->reclaims++;
			STORE(mm, l->progress, r->progress);
		}
		break;
	case RUNG_RECLAIMED:
		s->reclaimed += n;
		break;
	case RUNG_COMPACT:
		s->compacted += n;
		if (l->rung == RUNG_COMPACT) {
			count_compaction(s);
			compaction_is_over(r->result);
		}
		break;
	case RUNG_OOM:
		s->high += n;
		if (last_of(mm, EV_out_of_memory, 2) != REASON_OOM_NOT_FOR_THIS)
			s->ooms++;
		break;
	default:
		ck_assert_uint_eq(n, 0);
	}
	return q != QUANTUM_DONE &&
	       !(from == RUNG_OOM && l->rung == RUNG_RETRY);
}

#define THEN(what)                                                             \
	ck_assert_msg(did.what == r->want.what, "row %d: %s %u", _i, #what,    \
		      did.what)

START_TEST(each_step_runs_as_often_as_the_table_says)
{
	const struct row *r = &rows[_i];
	const struct mm_request want = {.gfp = r->gfp,
					.order = r->order,
					.nid = 0,
					.caller = r->caller};
	struct steps did = {0};
	int quanta = 0;

	world(r);
	ck_assert_int_eq(mm_task_request(mm, task, &want, NULL), 0);
	while (quantum(r, &did))
		ck_assert_msg(++quanta < 10000, "row %d has no end", _i);
	ck_assert_uint_eq(mm->task[task].result, NO_PFN);
	THEN(fast);
	THEN(round);
	THEN(reclaimed);
	THEN(compacted);
	THEN(high);
	THEN(wakes);
	THEN(reclaims);
	THEN(async);
	THEN(light);
	THEN(full);
	THEN(ooms);
}
END_TEST

Suite *check_slowpath_rounds_suite(void)
{
	Suite *s = suite_create("core/slowpath_rounds");
	TCase *t = tcase_create("rounds");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_loop_test(t, each_step_runs_as_often_as_the_table_says, 0,
			    (int)(sizeof rows / sizeof rows[0]));
	suite_add_tcase(s, t);
	return s;
}
