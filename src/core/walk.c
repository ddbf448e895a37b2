/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * walk.c - what each zone would say to a request; see mm_walk.h
 *
 * Asks the same functions as an allocation does, and changes nothing.
 *
 * Models: get_page_from_freelist, zone_watermark_fast in mm/page_alloc.c
 */
#include <errno.h>

#include "core/cpuset.h"
#include "core/mempolicy.h"
#include "core/watermark.h"
#include "core/zonelist.h"

#define MAX_LOOK 65536 /* events back; a request has far fewer, mostly */

int64_t mm_zone_mark(const struct mm *mm, zone_t zid, enum zone_watermarks w)
{
	if (!mm_zone_populated(mm, zid) || (unsigned int)w >= NR_WMARK)
		return 0;
	return wmark_pages(mm, zid, w);
}

/* ---- which request ---- */

static void from_event(const struct mm_event *ev, uint64_t n, struct mm_walk *w)
{
	*w = (struct mm_walk){
		.want = {.order = (uint16_t)ev->arg[0],
			 .gfp = (gfp_t)ev->arg[1],
			 .nid = (int16_t)ev->arg[2],
			 .cpu = ev->cpu,
			 .caller = (uint16_t)ev->arg[6]},
		.highest = (enum zone_type)ev->arg[3],
		.type = (enum migratetype)ev->arg[4],
		.alloc_flags = (uint32_t)ev->arg[5],
		.task = ev->task,
		.in_hand = true,
		.moment = n,
	};
}

/* Its later passes over the zonelist, and its end, up to now. */
static void follow(const struct mm *mm, struct mm_walk *w)
{
	for (uint64_t n = w->moment + 1; n <= mm_now(mm); n++) {
		const struct mm_event *ev = mm_event(mm, n);

		if (!ev || ev->task != w->task)
			continue;
		if (ev->type == EV_zonelist_pass && w->in_hand) {
			w->pass = (unsigned int)ev->arg[0];
			w->alloc_flags = (uint32_t)ev->arg[1];
		}
		if (ev->type == EV_mm_page_alloc)
			w->in_hand = false;
	}
}

bool mm_walk_last(const struct mm *mm, int task, struct mm_walk *w)
{
	const uint64_t now = mm_now(mm), first = mm_first_moment(mm);

	*w = (struct mm_walk){0};
	for (uint64_t n = now; n > first && now - n < MAX_LOOK; n--) {
		const struct mm_event *ev = mm_event(mm, n);

		if (!ev || ev->type != EV_alloc_request ||
		    (task >= 0 && ev->task != task))
			continue;
		from_event(ev, n, w);
		if (mm_request_error(mm, &w->want)) {
			*w = (struct mm_walk){0};
			return false;
		}
		follow(mm, w);
		return true;
	}
	return false;
}

int mm_walk_of(const struct mm *mm, const struct mm_request *want, bool slow,
	       struct mm_walk *w)
{
	struct mm_alloc_words words;
	const int err = mm_alloc_flags(mm, want, &words);

	*w = (struct mm_walk){0};
	if (err)
		return err;
	*w = (struct mm_walk){
		.want = *want,
		.highest = (enum zone_type)mm_gfp_highest(mm, want->gfp),
		.type = (enum migratetype)mm_request_migratetype(mm, want->gfp),
		.alloc_flags = slow ? words.slow : words.fast,
	};
	return 0;
}

/* ---- what the zones say ---- */

/* The request as zones see it: its task's policy and cpuset count. */
static void context(const struct mm *mm, const struct mm_walk *w,
		    struct alloc_context *ac)
{
	prepare_alloc(mm, &w->want, ac);
	ac->highest = (unsigned int)w->highest;
	if (w->task && w->task < mm->st->nr_tasks) {
		ac->task = w->task;
		ac->nodemask = policy_nodemask(mm, w->task, ac);
	}
}

static enum mm_zone_verdict not_offered(const struct mm *mm,
					const struct mm_walk *w,
					const struct alloc_context *ac,
					zone_t zid)
{
	if (zone_idx(zid) > ac->highest)
		return ZONE_TOO_HIGH;
	if (!zone_eligible(ac, zid))
		return ZONE_NOT_NODE;
	return cpuset_zone_allowed(mm, ac, zid, w->alloc_flags) ? ZONE_PASSES
								: ZONE_CPUSET;
}

/* W26.5: an order-0 request with a right to the reserve, at the min mark. */
static bool passes_unboosted(const struct mm *mm, const struct mm_walk *w,
			     zone_t zid)
{
	return w->want.order == 0 && (w->alloc_flags & ALLOC_MIN_RESERVE) &&
	       mm->zone[zid].boost &&
	       (w->alloc_flags & ALLOC_WMARK_MASK) == WMARK_MIN &&
	       zone_watermark_ok(mm, zid, 0, mm->zone[zid].wmark[WMARK_MIN],
				 (unsigned int)w->highest, w->alloc_flags);
}

static void terms(const struct mm *mm, const struct mm_walk *w,
		  struct mm_walk_zone *z)
{
	const uint32_t flags = w->alloc_flags;
	struct mm_wmark_terms t;

	z->which = (enum zone_watermarks)(flags & ALLOC_WMARK_MASK);
	z->raw = mm->zone[z->zone].wmark[z->which];
	z->boost = mm->zone[z->zone].boost;
	mm_watermark_terms(mm, z->zone, w->want.order, z->raw + z->boost,
			   w->highest, flags, &t);
	z->free = t.free;
	if (!(flags & ALLOC_RESERVES))
		z->highatomic = mm->zone[z->zone].nr_free_highatomic;
	if (!(flags & ALLOC_CMA))
		z->cma = zone_page_state(mm, z->zone, NR_FREE_CMA);
	z->tail = order_pages(w->want.order) - 1;
	z->usable = t.free - t.unusable;
	z->mark = t.mark;
	z->reserve = t.reserve;
	z->needed = t.mark + t.reserve;
	z->margin = z->usable - z->needed;
	z->missing = z->margin > 0 ? 0 : 1 - z->margin;
	z->has_block = t.has_block;
	z->verdict = t.ok				? ZONE_PASSES
		     : flags & ALLOC_NO_WATERMARKS	? ZONE_IGNORED
		     : passes_unboosted(mm, w, z->zone) ? ZONE_UNBOOSTED
		     : t.enough				? ZONE_NO_BLOCK
							: ZONE_SHORT;
}

bool mm_walk_zone(const struct mm *mm, const struct mm_walk *w, unsigned int i,
		  struct mm_walk_zone *z)
{
	struct alloc_context ac;
	enum mm_zone_verdict no;

	*z = (struct mm_walk_zone){.zone = NO_ZONE};
	if (mm_request_error(mm, &w->want) ||
	    w->want.order > mm->st->cfg.max_page_order ||
	    (unsigned int)w->highest >= MAX_NR_ZONES)
		return false;
	context(mm, w, &ac);
	if (i >= ac.nr_zones)
		return false;
	z->zone = ac.zonelist[i];
	terms(mm, w, z);
	no = not_offered(mm, w, &ac, z->zone);
	if (no != ZONE_PASSES)
		z->verdict = no;
	return true;
}
