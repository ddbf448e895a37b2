/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pressure.c - see pressure.h
 *
 * A row for each tracepoint that a rule is about.  The rules' numbers are
 * those of the specification.
 */
#include "cmd/pressure.h"

#include <stdlib.h>
#include <string.h>

#define MAX_FAILURES 16 /* MAX_RECLAIM_RETRIES */
#define COSTLY 3

/** An event in hand. */
struct happening {
	struct pressure *p;
	struct pressure_task *t;
	const char *fields;
};

/* "order=3" among the fields; -1 when there is none. */
static int64_t field(const struct happening *h, const char *name)
{
	const size_t len = strlen(name);

	for (const char *s = h->fields; (s = strstr(s, name)); s++)
		if ((s == h->fields || s[-1] == ' ') && s[len] == '=')
			return strtoll(s + len + 1, NULL, 0);
	return -1;
}

static unsigned int node_of(const struct happening *h)
{
	const int64_t nid = field(h, "nid");

	return nid >= 0 && nid < PRESSURE_NODES ? (unsigned int)nid : 0;
}

/* ---- kswapd ---- */

/* P17: it is not woken twice, nor when its node is hopeless. */
static const char *wakeup_kswapd(struct happening *h)
{
	const unsigned int n = node_of(h);
	const bool hopeless =
		h->p->node[n].known && h->p->node[n].failures >= MAX_FAILURES;

	if (hopeless)
		return "expected a hopeless node's kswapd to be left alone";
	return NULL;
}

/* R31: every wake-up is followed by a balancing run of its order. */
static const char *kswapd_wake(struct happening *h)
{
	struct pressure_task *t = h->t;

	if (t->balancing)
		return "expected the balancing run to end first";
	t->woken = true;
	t->order = field(h, "order");
	return NULL;
}

static const char *balance_begin(struct happening *h)
{
	struct pressure_task *t = h->t;

	if (!t->woken)
		return "expected kswapd to wake up before it balances";
	if (field(h, "order") != t->order)
		return "expected the order that kswapd was woken with";
	t->woken = false;
	t->balancing = true;
	t->failed = t->isolated = false;
	h->p->runs++;
	return NULL;
}

/* R33: only a run that reclaimed nothing fails, as its last act. */
static const char *reclaim_fail(struct happening *h)
{
	const unsigned int n = node_of(h);
	const int64_t failures = field(h, "failures");

	if (!h->t->balancing || h->t->failed)
		return "expected one failure at the end of a balancing run";
	if (h->p->node[n].known && failures != h->p->node[n].failures + 1)
		return "expected one failure more than before";
	h->p->node[n].known = true;
	h->p->node[n].failures = failures;
	h->t->failed = true;
	h->p->failures++;
	return NULL;
}

static const char *balance_end(struct happening *h)
{
	struct pressure_task *t = h->t;
	const int64_t order = field(h, "order");

	if (!t->balancing)
		return "expected a balancing run to have begun";
	if (order != t->order && order != 0)
		return "expected the order of the run, or 0 once it was "
		       "dropped";
	if (t->failed && field(h, "nr_reclaimed") != 0)
		return "expected a run that failed to have reclaimed nothing";
	t->balancing = false;
	return NULL;
}

static const char *kswapd_sleep(struct happening *h)
{
	if (h->t->balancing || h->t->woken)
		return "expected kswapd to sleep between its runs only";
	return NULL;
}

static const char *clear_hopeless(struct happening *h)
{
	const unsigned int n = node_of(h);

	if (h->p->node[n].known && h->p->node[n].failures == 0)
		return "expected a node with failures";
	h->p->node[n].known = true;
	h->p->node[n].failures = 0;
	return NULL;
}

/* ---- reclaim ---- */

/* R40: a task reclaims once at a time, and kswapd does not. */
static const char *reclaim_begin(struct happening *h)
{
	struct pressure_task *t = h->t;

	if (t->reclaiming || t->balancing)
		return "expected the reclaim in hand to end first";
	t->reclaiming = true;
	t->reclaim_order = field(h, "order");
	t->isolated = false;
	h->p->reclaims++;
	return NULL;
}

static const char *reclaim_end(struct happening *h)
{
	struct pressure_task *t = h->t;

	if (!t->reclaiming)
		return "expected a reclaim to have begun";
	t->reclaiming = t->asked = t->granted = false;
	t->reclaimed = field(h, "nr_reclaimed");
	return NULL;
}

/* R20: what is shrunk was isolated before. */
static const char *lru_isolate(struct happening *h)
{
	h->t->isolated = true;
	return NULL;
}

static const char *shrink_inactive(struct happening *h)
{
	const int64_t priority = field(h, "priority");

	if (!h->t->isolated)
		return "expected pages to be isolated first";
	if (priority > 12 || (h->t->balancing && priority < 1))
		return "expected a priority of 12 to 0, kswapd's to 1";
	return NULL;
}

static const char *slab_start(struct happening *h)
{
	if (h->t->slab)
		return "expected the cache in hand to be left first";
	h->t->slab = true;
	return NULL;
}

static const char *slab_end(struct happening *h)
{
	if (!h->t->slab)
		return "expected the shrinking of a cache to have begun";
	h->t->slab = false;
	return NULL;
}

/* ---- once more? ---- */

/* P24: asked after a reclaim, zone by zone until one says yes. */
static const char *retry_zone(struct happening *h)
{
	struct pressure_task *t = h->t;
	const int64_t loops = field(h, "no_progress_loops");
	const bool costly = t->reclaim_order > COSTLY;
	const char *why = NULL;

	if (t->reclaiming || t->granted)
		return "expected reclaim to come before the question";
	if (!t->asked && !costly && t->reclaimed > 0 && loops != 0)
		why = "expected no_progress_loops=0 after progress";
	else if (!t->asked && t->reclaimed == 0 && loops < 1)
		why = "expected no_progress_loops to count a round in vain";
	else if (t->asked && loops != t->no_progress)
		why = "expected the same no_progress_loops for every zone";
	else if (field(h, "wmark_check") == 1 &&
		 field(h, "available") <= field(h, "min_wmark"))
		why = "expected wmark_check=0 with so little available";
	t->asked = true;
	t->no_progress = loops;
	t->granted = field(h, "wmark_check") == 1;
	return why;
}

/* P27, R54: somebody dies when no zone gave hope, and not before. */
static const char *mark_victim(struct happening *h)
{
	h->p->victims++;
	if (h->t->asked && h->t->granted)
		return "expected another round, one was granted";
	if (!h->t->asked)
		return "expected reclaim to be given up first";
	return NULL;
}

/* ---- compaction ---- */

static const char *compaction_begin(struct happening *h)
{
	if (h->t->compacting)
		return "expected the compaction in hand to end first";
	h->t->compacting = true;
	return NULL;
}

static const char *compaction_end(struct happening *h)
{
	h->t->compacting = false;
	return NULL;
}

static const char *suitable(struct happening *h)
{
	h->t->suitable = strstr(h->fields, "ret=continue") != NULL;
	return NULL;
}

/* P18: only when some zone is worth it. */
static const char *wakeup_kcompactd(struct happening *h)
{
	if (!h->t->suitable)
		return "expected a zone that is worth compacting";
	h->t->suitable = false;
	return NULL;
}

static const char *kcompactd_wake(struct happening *h)
{
	if (h->t->working)
		return "expected kcompactd to sleep first";
	h->t->working = true;
	return NULL;
}

static const char *kcompactd_sleep(struct happening *h)
{
	if (h->t->compacting)
		return "expected the compaction in hand to end first";
	h->t->working = false;
	return NULL;
}

/* ---- the rows ---- */

static const struct {
	const char *event;
	const char *(*rule)(struct happening *);
} rows[] = {
	{"mm_vmscan_wakeup_kswapd", wakeup_kswapd},
	{"mm_vmscan_kswapd_wake", kswapd_wake},
	{"mm_vmscan_balance_pgdat_begin", balance_begin},
	{"mm_vmscan_kswapd_reclaim_fail", reclaim_fail},
	{"mm_vmscan_balance_pgdat_end", balance_end},
	{"mm_vmscan_kswapd_sleep", kswapd_sleep},
	{"mm_vmscan_kswapd_clear_hopeless", clear_hopeless},
	{"mm_vmscan_direct_reclaim_begin", reclaim_begin},
	{"mm_vmscan_direct_reclaim_end", reclaim_end},
	{"mm_vmscan_lru_isolate", lru_isolate},
	{"mm_vmscan_lru_shrink_inactive", shrink_inactive},
	{"mm_shrink_slab_start", slab_start},
	{"mm_shrink_slab_end", slab_end},
	{"reclaim_retry_zone", retry_zone},
	{"mark_victim", mark_victim},
	{"mm_compaction_begin", compaction_begin},
	{"mm_compaction_end", compaction_end},
	{"mm_compaction_suitable", suitable},
	{"mm_compaction_wakeup_kcompactd", wakeup_kcompactd},
	{"mm_compaction_kcompactd_wake", kcompactd_wake},
	{"mm_compaction_kcompactd_sleep", kcompactd_sleep},
};

/* The task's record; the last one serves all for whom there is no room. */
static struct pressure_task *task_of(struct pressure *p, int64_t pid)
{
	unsigned int i = 0;

	while (i < PRESSURE_TASKS - 1 && p->task[i].pid &&
	       p->task[i].pid != pid)
		i++;
	if (p->task[i].pid != pid)
		p->task[i] = (struct pressure_task){.pid = pid};
	return &p->task[i];
}

const char *pressure_event(struct pressure *p, int64_t pid, const char *event,
			   size_t len, const char *fields)
{
	struct happening h = {.p = p, .t = task_of(p, pid), .fields = fields};

	p->events++;
	/* R33: after its failure a run has nothing left but to end */
	if (h.t->failed && h.t->balancing && strncmp(event, "mm_vm", 5) == 0 &&
	    strncmp(event, "mm_vmscan_balance_pgdat_end", len) != 0)
		return "expected a run that failed to end";
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strlen(rows[i].event) == len &&
		    memcmp(rows[i].event, event, len) == 0)
			return rows[i].rule(&h);
	return NULL;
}
