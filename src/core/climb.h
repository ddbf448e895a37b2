/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * climb.h - a quantum on the ladder; what the rungs share
 *
 * slowpath.c has the rungs, slowpath_retry.c whether another round is worth
 * it, slowpath_oom.c what the OOM killer changes.
 */
#ifndef CORE_CLIMB_H
#define CORE_CLIMB_H

#include "core/get_page.h"
#include "core/state.h"

/** A quantum's view: the task's ladder, written back when it is over. */
struct climb {
	struct alloc_context *ac;
	uint32_t task;
	bool sleeps; /* before the next rung */
	struct ladder l;
};

static inline bool can_reclaim(const struct climb *c)
{
	return c->ac->gfp & GFP_BIT_DIRECT_RECLAIM;
}

static inline bool can_compact(const struct climb *c)
{
	return can_reclaim(c) && (c->ac->gfp & GFP_BIT_IO);
}

static inline bool costly(const struct climb *c)
{
	return c->ac->order > PAGE_ALLOC_COSTLY_ORDER;
}

static inline bool has(const struct climb *c, gfp_t bits)
{
	return (c->ac->gfp & bits) == bits;
}

/** One walk over the zones; true when it gave a page. */
static inline bool try_zones(struct mm *mm, struct climb *c,
			     uint32_t alloc_flags)
{
	c->l.pfn = get_page_from_freelist(mm, c->ac, alloc_flags);
	return c->l.pfn != NO_PFN;
}

/** The request fails, if it may. */
static inline enum mm_rung leave(struct climb *c, enum mm_reason why)
{
	c->l.why = why;
	return RUNG_NOPAGE;
}

/** Another round. */
static inline enum mm_rung again(struct climb *c, enum mm_reason why)
{
	c->l.why = why;
	return RUNG_RETRY;
}

/**
 * Back to the start, though nobody came to help.  The kernel would do so for
 * ever; a round that was worth nothing is the last, and @loop says what keeps
 * the kernel going.
 */
enum mm_rung climb_in_vain(struct mm *mm, struct climb *c, enum mm_reason loop);
/** A mask that the cpuset has none of, or a cpuset that has changed. */
bool climb_cpuset_changed(const struct mm *mm, struct climb *c);
/** No nodemask from here on. */
void climb_any_node(struct climb *c);

/* ---- rungs of the other files ---- */

/** Once more, or to the OOM killer? */
enum mm_rung rung_decide(struct mm *mm, struct climb *c);
enum mm_rung rung_oom(struct mm *mm, struct climb *c);

#endif
