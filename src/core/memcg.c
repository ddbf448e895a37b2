/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * memcg.c - charging and uncharging; see memcg.h
 */
#include "core/memcg.h"

#include <errno.h>

#include "core/endless.h"
#include "core/oom.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/vmscan.h"

#define CHARGE_RETRIES 16 /* MAX_RECLAIM_RETRIES */

/** What a charge has been through; ladder.charge_seen. */
enum charge_seen { CHARGE_FLUSHED = 1, CHARGE_PASSED_OOM = 2 };

/* ---- the tree ---- */

bool memcg_is_below(const struct mm *mm, uint32_t group, uint32_t above)
{
	while (group && group != above)
		group = mm->st->group[group].parent;
	return group == above;
}

uint32_t memcg_of_task(const struct mm *mm, uint32_t task)
{
	const uint32_t process = mm->task[task].process;
	const struct process *p = &mm->process[process];

	if (!process || !p->owner)
		return 0;
	return mm->owner[p->owner].charged ? mm->owner[p->owner].group
					   : p->group;
}

int64_t memcg_margin(const struct mm *mm, uint32_t group)
{
	int64_t margin = MM_NO_LIMIT;

	for (; group; group = mm->st->group[group].parent) {
		const struct group *g = &mm->st->group[group];
		const int64_t left = g->max > g->usage ? g->max - g->usage : 0;

		if (left < margin)
			margin = left;
	}
	return margin;
}

static int64_t smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t setting_of(const struct group *g, bool low)
{
	return smaller(low ? g->low : g->min, g->usage);
}

/*
 * A group cannot pass on more than it is given itself: what its children
 * want beyond that is cut in proportion.  Models: effective_protection()
 */
int64_t memcg_protected(const struct mm *mm, uint32_t target, uint32_t group,
			bool low)
{
	const struct group *g = &mm->st->group[group];
	const int64_t mine = setting_of(g, low);
	int64_t above, siblings = 0;

	if (group == target || !memcg_is_below(mm, group, target))
		return 0;
	if (!g->parent || g->parent == target)
		return mine;
	above = memcg_protected(mm, target, g->parent, low);
	for (uint32_t i = 1; i <= mm->st->nr_groups; i++)
		if (mm->st->group[i].parent == g->parent)
			siblings += setting_of(&mm->st->group[i], low);
	return siblings > above ? mine * above / siblings : mine;
}

/* ---- the account ---- */

static void add_usage(struct mm *mm, uint32_t group, int64_t pages)
{
	for (; group; group = mm->st->group[group].parent)
		STORE(mm, mm->st->group[group].usage,
		      mm->st->group[group].usage + pages);
}

/* P35.1, 2: all of them or none; *@over is the first that is full. */
static bool try_charge(struct mm *mm, uint32_t group, int64_t pages,
		       uint32_t *over)
{
	for (uint32_t i = group; i; i = mm->st->group[i].parent)
		if (mm->st->group[i].usage + pages > mm->st->group[i].max) {
			*over = i;
			return false;
		}
	add_usage(mm, group, pages);
	return true;
}

/* ---- P35, a round at a time ---- */

struct charge {
	uint32_t task, group, over;
	unsigned int order;
	int64_t nr; /* pages */
	gfp_t gfp;
	bool sleeps;
	struct ladder l; /* written back when the round is over */
};

static enum mm_quantum charge_ends(struct mm *mm, struct charge *c,
				   enum mm_reason why)
{
	if (c->group)
		TRACE(mm, memcg_charge, ARG(c->group), ARG(c->nr),
		      ARG(mm->st->group[c->group].usage), ARG(why));
	c->l.why = why;
	return QUANTUM_DONE;
}

/* P37: those over their high mark are reclaimed from, and the task waits. */
static void handle_over_high(struct mm *mm, const struct charge *c)
{
	for (uint32_t i = c->group; i; i = mm->st->group[i].parent) {
		const struct group *g = &mm->st->group[i];
		const int64_t usage = g->usage;
		int64_t got;

		if (usage <= g->high)
			continue;
		MEMCG_EVENT(mm, i, events_high);
		got = memcg_reclaim(mm, c->task, i, c->nr);
		TRACE(mm, memcg_high, ARG(i), ARG(usage), ARG(g->high),
		      ARG(got));
	}
}

static enum mm_quantum charged(struct mm *mm, struct charge *c,
			       enum mm_reason why)
{
	charge_ends(mm, c, why);
	if (why == REASON_CHARGED)
		handle_over_high(mm, c);
	return QUANTUM_DONE;
}

/* P35.6 */
static enum mm_quantum force(struct mm *mm, struct charge *c)
{
	add_usage(mm, c->group, c->nr);
	return charged(mm, c, REASON_CHARGED_OVER);
}

/* P35.5 */
static enum mm_quantum no_memory(struct mm *mm, struct charge *c)
{
	if (c->gfp & (GFP_BIT_NOFAIL | GFP_BIT_HIGH))
		return force(mm, c);
	return charge_ends(mm, c, REASON_MEMCG_LIMIT);
}

static bool is_reaped(const struct mm *mm, uint32_t task)
{
	const struct process *p = &mm->process[mm->task[task].process];

	return p->flags & PROCESS_OOM_VICTIM && p->flags & PROCESS_OOM_SKIP;
}

static bool is_killed(const struct mm *mm, uint32_t task)
{
	return mm->process[mm->task[task].process].flags & PROCESS_EXITING;
}

/* The group's own OOM killer, and what to make of its verdict: R59. */
static enum mm_quantum charge_oom(struct mm *mm, struct charge *c)
{
	enum mm_reason verdict;

	if (c->order > PAGE_ALLOC_COSTLY_ORDER)
		return no_memory(mm, c);
	MEMCG_EVENT(mm, c->over, events_oom);
	verdict = mem_cgroup_out_of_memory(mm, c->task, c->over, c->order,
					   c->gfp);
	TRACE(mm, out_of_memory, ARG(c->order), ARG(c->gfp), ARG(verdict));
	if (verdict == REASON_OOM_PANIC)
		return charge_ends(mm, c, verdict);
	if (verdict == REASON_OOM_NO_VICTIM)
		return no_memory(mm, c);
	if (round_worth(mm, &c->l) == ROUND_IN_VAIN)
		return charge_ends(mm, c, REASON_LOOP_VICTIM);
	c->l.charge_seen |= CHARGE_PASSED_OOM;
	c->l.charge_tries = CHARGE_RETRIES;
	if (!is_killed(mm, c->task) && verdict != REASON_CHARGED)
		c->sleeps = task_sleep(mm, c->task, WAIT_OOM, 1);
	return QUANTUM_AGAIN;
}

/* P31.a, of charges: others take what reclaim in the group gets back. */
static bool charges_for_others(struct mm *mm, struct charge *c)
{
	if (round_worth(mm, &c->l) != ROUND_IN_VAIN)
		c->l.vain = 0;
	else
		c->l.vain++;
	return c->l.vain > CHARGE_RETRIES;
}

/* P35.4 */
static enum mm_quantum make_room(struct mm *mm, struct charge *c)
{
	MEMCG_EVENT(mm, c->over, events_max);
	c->l.was_used = mm->st->group[c->over].usage;
	memcg_reclaim_begin(mm, c->task, c->over, c->nr, c->gfp);
	return QUANTUM_AGAIN;
}

/* What reclaim in the group has come to. */
static enum mm_quantum room_made(struct mm *mm, struct charge *c)
{
	const int64_t got = mm->task[c->task].sc.nr_reclaimed;

	TRACE(mm, memcg_max, ARG(c->over), ARG(c->nr), ARG(c->l.was_used),
	      ARG(mm->st->group[c->over].max), ARG(got));
	if (memcg_margin(mm, c->over) >= c->nr)
		return QUANTUM_AGAIN;
	if (!(c->l.charge_seen & CHARGE_FLUSHED)) {
		c->l.charge_seen |= CHARGE_FLUSHED;
		return QUANTUM_AGAIN;
	}
	if (c->gfp & GFP_BIT_NORETRY)
		return no_memory(mm, c);
	if (got > 0 && c->nr <= 1 << PAGE_ALLOC_COSTLY_ORDER)
		return charges_for_others(mm, c)
			       ? charge_ends(mm, c, REASON_LOOP_RECLAIM)
			       : QUANTUM_AGAIN;
	if (c->l.charge_tries) {
		c->l.charge_tries--;
		return QUANTUM_AGAIN;
	}
	if (c->gfp & GFP_BIT_RETRY_MAYFAIL ||
	    (c->l.charge_seen & CHARGE_PASSED_OOM && is_killed(mm, c->task)))
		return no_memory(mm, c);
	return charge_oom(mm, c);
}

static enum mm_quantum charge_round(struct mm *mm, struct charge *c)
{
	if (try_charge(mm, c->group, c->nr, &c->over))
		return charged(mm, c, REASON_CHARGED);
	if (task_caller(mm, c->task) & MM_CALLER_MEMALLOC)
		return force(mm, c);
	if (!(c->gfp & GFP_BIT_DIRECT_RECLAIM) || is_reaped(mm, c->task))
		return no_memory(mm, c);
	return make_room(mm, c);
}

void charge_begin(struct mm *mm, uint32_t task)
{
	const struct ladder *l = &mm->task[task].ladder;

	STORE(mm, l->charge_tries, CHARGE_RETRIES);
	STORE(mm, l->charge_seen, 0);
	STORE(mm, l->before, 0);
	STORE(mm, l->vain, 0);
	STORE(mm, mm->task[task].sc.step, 0);
}

/* Is there a run for a full group to go on with? */
static bool reclaims(const struct task *t)
{
	return t->sc.step && t->sc.group;
}

enum mm_quantum charge_step(struct mm *mm, uint32_t task, unsigned int order,
			    gfp_t gfp)
{
	const struct task *t = &mm->task[task];
	struct charge c = {
		.task = task,
		.group = memcg_of_task(mm, task),
		.order = order,
		.nr = (int64_t)1 << order,
		.gfp = gfp,
		.l = t->ladder,
	};
	const bool reclaimed = reclaims(t);
	enum mm_quantum q;

	if (reclaimed) {
		c.over = t->sc.group;
		q = memcg_reclaim_step(mm, task);
		if (q != QUANTUM_DONE)
			return q;
	}
	q = reclaimed ? room_made(mm, &c) : charge_round(mm, &c);
	store_bytes(mm, &t->ladder, &c.l, sizeof c.l);
	return c.sleeps ? QUANTUM_SLEEP : q;
}

/* ---- blocks ---- */

static void set_charged(struct mm *mm, pfn_t pfn, uint32_t group)
{
	const struct block *b = &mm->page[pfn].b;
	const struct owner *o = &mm->owner[mm->page[pfn].owner];

	STORE(mm, o->group, group);
	STORE(mm, o->charged,
	      o->charged + (uint64_t)(UINT64_C(1) << block_order(b)));
	STORE(mm, b->word, b->word | BLOCK_CHARGED);
}

/* The process may have gone over to the root meanwhile, which pays nothing. */
void memcg_commit(struct mm *mm, uint32_t task, pfn_t pfn)
{
	const uint32_t group = memcg_of_task(mm, task);

	if (group)
		set_charged(mm, pfn, group);
}

int mem_cgroup_charge(struct mm *mm, uint32_t task, pfn_t pfn, gfp_t gfp)
{
	const struct task *t = &mm->task[task];
	const uint32_t state = t->state;
	enum mm_quantum q;

	if (!memcg_of_task(mm, task))
		return 0;
	charge_begin(mm, task);
	while ((q = charge_step(mm, task, block_order(&mm->page[pfn].b),
				gfp)) != QUANTUM_DONE)
		if (q == QUANTUM_SLEEP)
			sched_sleep(mm, task);
	STORE(mm, t->state, state);
	if (!charge_succeeded(mm, task))
		return -ENOMEM;
	memcg_commit(mm, task, pfn);
	return 0;
}

void memcg_uncharge(struct mm *mm, pfn_t pfn)
{
	const struct block *b = &mm->page[pfn].b;
	const struct owner *o = &mm->owner[mm->page[pfn].owner];
	const uint64_t pages = UINT64_C(1) << block_order(b);

	STORE(mm, o->charged, o->charged - pages);
	STORE(mm, b->word, b->word & ~BLOCK_CHARGED);
	add_usage(mm, o->group, -(int64_t)pages);
	TRACE(mm, memcg_uncharge, ARG(o->group), ARG(pages),
	      ARG(mm->st->group[o->group].usage));
}

void memcg_recharge(struct mm *mm, pfn_t pfn, uint32_t group)
{
	add_usage(mm, group, (int64_t)1 << block_order(&mm->page[pfn].b));
	set_charged(mm, pfn, group);
}
