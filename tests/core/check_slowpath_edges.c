/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_slowpath_edges.c - every way through the slow path, once at least
 *
 * The chart of the slow path is a list of edges: from a rung to a rung, for a
 * reason.  Stories of requests are run quantum by quantum; what a quantum did
 * must be an edge of the chart, and an edge that no story took is a failure.
 */
#include <stdio.h>
#include <string.h>

#include "support/people.h"

Suite *check_slowpath_edges_suite(void);

#define ANY NR_REASONS	      /* whatever the reason is */
#define PAGE (NR_REASONS + 1) /* done, with a page */

static const struct edge {
	enum mm_rung from, to;
	unsigned int why;
} chart[] = {
	{RUNG_FAST, RUNG_DONE, PAGE},
	{RUNG_FAST, RUNG_RESTART, ANY},
	{RUNG_RESTART, RUNG_NOPAGE, REASON_NO_PROGRESS}, /* no zone at all */
	{RUNG_RESTART, RUNG_RETRY, REASON_ENTERED},
	{RUNG_RETRY, RUNG_DONE, PAGE},
	{RUNG_RETRY, RUNG_RETRY, REASON_RETRY_RESERVES},
	{RUNG_RETRY, RUNG_RETRY, REASON_NOFRAGMENT_DROPPED},
	{RUNG_RETRY, RUNG_NOPAGE, REASON_MAY_NOT_SLEEP},
	{RUNG_RETRY, RUNG_NOPAGE, REASON_CALLER_MEMALLOC},
	{RUNG_RETRY, RUNG_RECLAIM, ANY},
	{RUNG_RETRY, RUNG_COMPACT, ANY},
	{RUNG_RECLAIM, RUNG_RECLAIM, ANY},
	{RUNG_RECLAIM, RUNG_RECLAIMED, ANY},
	{RUNG_RECLAIMED, RUNG_DONE, PAGE},
	{RUNG_RECLAIMED, RUNG_COMPACT, ANY},
	{RUNG_COMPACT, RUNG_COMPACT, ANY},
	{RUNG_COMPACT, RUNG_DONE, PAGE},
	{RUNG_COMPACT, RUNG_COMPACTED, ANY},
	{RUNG_COMPACTED, RUNG_NOPAGE, REASON_NORETRY},
	{RUNG_COMPACTED, RUNG_RETRY, REASON_COMPACTED_FIRST},
	{RUNG_COMPACTED, RUNG_NOPAGE, REASON_COSTLY},
	{RUNG_COMPACTED, RUNG_RESTART, ANY},
	{RUNG_COMPACTED, RUNG_DECIDE, ANY},
	{RUNG_DECIDE, RUNG_RETRY, REASON_RECLAIM_MAY_HELP},
	{RUNG_DECIDE, RUNG_RETRY, REASON_COMPACTION_MAY_HELP},
	{RUNG_DECIDE, RUNG_RETRY, REASON_NOFRAGMENT_DROPPED},
	{RUNG_DECIDE, RUNG_RESTART, ANY},
	{RUNG_DECIDE, RUNG_OOM, ANY},
	{RUNG_OOM, RUNG_DONE, PAGE},
	{RUNG_OOM, RUNG_NOPAGE, REASON_OOM_VICTIM},
	{RUNG_OOM, RUNG_DONE, REASON_OOM_NOBODY}, /* the kernel panics */
	{RUNG_OOM, RUNG_DONE, REASON_OOM_PANIC},
	{RUNG_OOM, RUNG_NOPAGE, REASON_NO_PROGRESS},
	{RUNG_OOM, RUNG_RETRY, REASON_OOM_PROGRESS},
	{RUNG_OOM, RUNG_DONE, REASON_LOOP_NO_FS}, /* would loop for ever */
	{RUNG_NOPAGE, RUNG_RESTART, ANY},
	{RUNG_NOPAGE, RUNG_DONE, ANY},	/* the request fails */
	{RUNG_NOPAGE, RUNG_DONE, PAGE}, /* what NOFAIL may take besides */
	{RUNG_NOPAGE, RUNG_RETRY, REASON_NOFAIL_AGAIN},
	{RUNG_NOPAGE, RUNG_DONE, REASON_LOOP_NOFAIL},
};

#define EDGES (sizeof chart / sizeof chart[0])

static unsigned int taken[EDGES];

static bool loops(enum mm_reason why)
{
	return why == REASON_LOOP_NO_FS || why == REASON_LOOP_NOFAIL;
}

/* Was that on the chart? The most particular edge counts. */
static void take_edge(const char *story, enum mm_rung from, enum mm_rung to,
		      enum mm_reason why, bool page)
{
	size_t found = EDGES;

	for (size_t i = 0; i < EDGES; i++) {
		const unsigned int w = chart[i].why;

		if (chart[i].from != from || chart[i].to != to)
			continue;
		if (to == RUNG_DONE && page != (w == PAGE))
			continue;
		if (w == PAGE || w == (unsigned int)why)
			found = i;
		else if (w == ANY && !(to == RUNG_DONE && loops(why)))
			found = i;
	}
	ck_assert_msg(found < EDGES, "%s: %s to %s for reason %d is no edge",
		      story, mm_rung_name(from), mm_rung_name(to), why);
	taken[found]++;
}

/* ---- stories ---- */

static struct mm *mm;
static uint32_t task;

/** What happens meanwhile, at the first quantum that begins at a rung. */
struct meanwhile {
	enum mm_rung at;
	void (*what)(void);
};

static pfn_t tell(const char *story, gfp_t gfp, unsigned int order,
		  uint16_t caller, const struct meanwhile *m)
{
	const struct mm_request want = {.gfp = gfp,
					.order = (uint16_t)order,
					.nid = 0,
					.caller = caller};
	enum mm_quantum q = QUANTUM_AGAIN;
	struct mm_error err = {""};
	bool happened = !m;
	int quanta = 0;

	ck_assert_msg(mm_task_request(mm, task, &want, &err) == 0, "%s: %s",
		      story, err.text);
	while (q != QUANTUM_DONE) {
		const struct task *t = &mm->task[task];
		const enum mm_rung from = (enum mm_rung)t->ladder.rung;

		if (!happened && m->at == from) {
			m->what();
			happened = true;
		}
		ck_assert_int_eq(mm_run(mm, task, &q, &err), 0);
		if (from != RUNG_NONE &&
		    (t->state != TASK_WAITING || from != t->ladder.rung))
			take_edge(story, from,
				  t->ladder.rung == RUNG_NONE
					  ? RUNG_DONE
					  : (enum mm_rung)t->ladder.rung,
				  (enum mm_reason)t->ladder.why,
				  t->result != NO_PFN);
		if (q == QUANTUM_SLEEP)
			mm_tick(mm, 1);
		ck_assert_msg(++quanta < 100000, "%s does not end", story);
		then_sound_on_paper(mm);
	}
	ck_assert_msg(happened, "%s: never %s", story,
		      m ? mm_rung_name(m->at) : "");
	return mm->task[task].result;
}

/* A world of two nodes by hand, with a user's task. */
static void begin(unsigned int left)
{
	mm_destroy(mm);
	mm = two_nodes();
	ck_assert_int_eq(mm_set(mm, "schedule", 0, NULL), 0);
	ck_assert_int_eq(mm_set(mm, "pcp", 0, NULL), 0);
	task = task_of(mm, born(mm, "user", -1000, 0));
	use_up(mm, left);
}

static void free_some(void)
{
	for (pfn_t pfn = 0; pfn < 100; pfn++)
		mm_free_pages(mm, pfn, 0, 0, NULL);
}

static void be_a_victim(void)
{
	set_flags(mm, mm->task[task].process, PROCESS_OOM_VICTIM);
}

/* Bound to node 0 by policy, and now its cpuset has node 1 only. */
static void confine(void)
{
	struct mm_error err = {""};

	ck_assert_msg(mm_cpuset_set(mm, 1, 2, &err) == 0, "%s", err.text);
}

static void begin_confined(unsigned int left)
{
	begin(left);
	ck_assert_int_gt(mm_cpuset_new(mm, "set", 0, 3, NULL), 0);
	ck_assert_int_eq(mm_cpuset_add(mm, 1, mm->task[task].process, NULL), 0);
}

#define NORETRY GFP_BIT_NORETRY
#define MAYFAIL GFP_BIT_RETRY_MAYFAIL
#define NOFAIL GFP_BIT_NOFAIL
#define NOFS ((gfp_t)0xc40)

static void short_ways(void)
{
	begin(100);
	ck_assert_uint_ne(tell("plenty", GFP_KERNEL, 0, 0, NULL), NO_PFN);
	begin(12);
	ck_assert_uint_ne(tell("min mark", GFP_KERNEL, 0, 0, NULL), NO_PFN);
	ck_assert_uint_eq(tell("no zone", GFP_BIT_DMA, 0, 0, NULL), NO_PFN);
	begin(0);
	tell("atomic", GFP_ATOMIC, 0, 0, NULL);
	tell("nowait", GFP_NOWAIT, 0, 0, NULL);
	tell("memalloc", GFP_KERNEL, 0, MM_CALLER_MEMALLOC, NULL);
	ck_assert_int_eq(mm_set(mm, "vm.defrag_mode", 1, NULL), 0);
	tell("atomic, defrag_mode", GFP_ATOMIC, 0, 0, NULL);
	tell("defrag_mode", GFP_KERNEL, 0, 0, NULL);
}

static void around_reclaim(void)
{
	begin(0);
	tell("one round", GFP_KERNEL | NORETRY, 0, 0, NULL);
	tell("costly", GFP_KERNEL, 4, 0, NULL);
	tell("costly, one round", GFP_KERNEL | NORETRY, 4, 0, NULL);
	tell("here or nowhere", GFP_KERNEL | NORETRY | GFP_BIT_THISNODE, 4, 0,
	     NULL);
	tell("may fail", GFP_KERNEL | MAYFAIL, 0, 0, NULL);
	begin(0);
	make_lru_pages(mm, 60, 1, 0);
	ck_assert_uint_ne(tell("cache", GFP_KERNEL, 0, 0, NULL), NO_PFN);
	begin(0);
	make_lru_pages(mm, 60, 1, PAGE_PINNED);
	tell("pinned cache", GFP_KERNEL | MAYFAIL, 0, 0, NULL);
	begin(0); /* what comes free lies apart, and the rest does not move */
	make_lru_pages(mm, 60, 4, 0);
	tell("scattered", GFP_KERNEL | GFP_BIT_MOVABLE | MAYFAIL, 2, 0, NULL);
	begin(0); /* ... or does */
	make_lru_pages(mm, 60, 4, 0);
	make_lru_pages(mm, 150, 1, PAGE_SWAPBACKED);
	ck_assert_uint_ne(
		tell("packed", GFP_KERNEL | GFP_BIT_MOVABLE, 2, 0, NULL),
		NO_PFN);
}

static void around_oom(void)
{
	const struct meanwhile freed = {RUNG_OOM, free_some};
	const struct meanwhile chosen = {RUNG_RECLAIM, be_a_victim};

	begin(0);
	tell("nobody to kill", GFP_KERNEL, 0, 0, NULL);
	ck_assert_int_eq(mm_set(mm, "vm.panic_on_oom", 2, NULL), 0);
	tell("panic", GFP_KERNEL, 0, 0, NULL);
	ck_assert_int_eq(mm_set(mm, "vm.panic_on_oom", 0, NULL), 0);
	tell("nobody is killed", NOFS, 0, 0, NULL);
	tell("no failure", GFP_KERNEL | NOFAIL, 0, 0, NULL);
	tell("no failure, one round", GFP_KERNEL | NOFAIL | NORETRY, 0, 0,
	     NULL);
	tell("a victim", GFP_KERNEL, 0, 0, &chosen);
	begin(0);
	ck_assert_uint_ne(tell("freed meanwhile", GFP_KERNEL, 0, 0, &freed),
			  NO_PFN);
	begin(0);
	for (pfn_t pfn = 0; pfn < 3; pfn++) /* of 4, which is the min mark */
		ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, NULL), 0);
	ck_assert_uint_ne(
		tell("below min", GFP_KERNEL | NOFAIL | NORETRY, 0, 0, NULL),
		NO_PFN);
	begin(0);
	born(mm, "hog", 0, 50);
	tell("a victim is found", GFP_KERNEL, 0, 0,
	     &(struct meanwhile){RUNG_RETRY, free_some});
}

static void around_cpusets(void)
{
	const enum mm_rung at[] = {RUNG_COMPACTED, RUNG_DECIDE, RUNG_NOPAGE};

	for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
		const struct meanwhile m = {at[i], confine};

		begin_confined(0);
		tell("confined meanwhile",
		     GFP_KERNEL | (at[i] == RUNG_NOPAGE ? NORETRY : 0), 0, 0,
		     &m);
	}
}

START_TEST(every_edge_is_taken)
{
	unsigned int missing = 0;
	char names[900] = "";

	short_ways();
	around_reclaim();
	around_oom();
	around_cpusets();
	for (size_t i = 0; i < EDGES; i++) {
		const size_t used = strlen(names);

		if (taken[i])
			continue;
		missing++;
		snprintf(names + used, sizeof names - used, "; %s to %s, %u",
			 mm_rung_name(chart[i].from), mm_rung_name(chart[i].to),
			 chart[i].why);
	}
	ck_assert_msg(missing == 0, "%u edges never taken%s", missing, names);
}
END_TEST

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

Suite *check_slowpath_edges_suite(void)
{
	Suite *s = suite_create("core/slowpath_edges");
	TCase *t = tcase_create("edges");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, every_edge_is_taken);
	suite_add_tcase(s, t);
	return s;
}
