/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slab.c - see slab.h
 */
#include "core/slab.h"

#include <errno.h>
#include <string.h>

#include "core/frame.h"
#include "core/lru.h"
#include "core/trace.h"

/* The cache whose pages have this owner, from 0; nr_slabs: none. */
uint32_t slab_of_owner(const struct mm *mm, uint16_t owner)
{
	uint32_t i = 0;

	while (i < mm->st->nr_slabs && mm->st->slab[i].owner != owner)
		i++;
	return i;
}

void slab_page_count(struct mm *mm, pfn_t pfn, int sign)
{
	const struct page *page = &mm->page[pfn];
	const int64_t pages = order_pages(block_order(&page->b));
	const uint32_t i = slab_of_owner(mm, page->owner);
	const struct slab *s = &mm->st->slab[i];
	int64_t room;

	if (i == mm->st->nr_slabs)
		return;
	mod_node_page_state(mm, page_nid(mm, pfn), NR_SLAB_RECLAIMABLE,
			    sign * pages);
	if (sign > 0)
		return;
	/* its objects go with it */
	room = ((int64_t)mm->owner[s->owner].pages - pages) *
	       s->objects_per_page;
	if (s->objects > room)
		STORE(mm, s->objects, room);
}

/* ---- growing ---- */

static int64_t pages_for(const struct slab *s, int64_t objects)
{
	return (objects + s->objects_per_page - 1) / s->objects_per_page;
}

/* Of @left objects as many as the pages have room for; what is left then. */
static int64_t fill(struct mm *mm, const struct slab *s, int64_t left)
{
	const int64_t room =
		(int64_t)mm->owner[s->owner].pages * s->objects_per_page -
		s->objects;
	const int64_t n = left < room ? left : room;

	STORE(mm, s->objects, s->objects + n);
	return left - n;
}

/*
 * Pages one by one until they hold @objects; fewer when there are no more.
 * Reclaim for the last ones may take the first: so many pages as there are
 * frames are enough.
 */
static int64_t grow(struct mm *mm, uint32_t i, int64_t objects)
{
	const struct slab *s = &mm->st->slab[i];
	const struct mm_request want = {
		.gfp = GFP_KERNEL | GFP_BIT_RECLAIMABLE,
		.nid = (int16_t)s->nid,
		.owner = (uint16_t)s->owner,
	};
	const int64_t before = s->objects;
	int64_t left = fill(mm, s, objects);
	pfn_t pfn;

	for (pfn_t n = 0; left > 0 && n < mm->st->nr_frames &&
			  mm_alloc_pages(mm, &want, &pfn) == 0;
	     n++)
		left = fill(mm, s, left);
	TRACE(mm, slab_grown, ARG(i), ARG(s->objects),
	      ARG(mm->owner[s->owner].pages));
	return s->objects - before;
}

static const char *bad_numbers(const struct mm *mm,
			       const struct mm_slab_config *c)
{
	if (c->objects < 0 || c->objects > MM_MAX_OBJECTS)
		return "objects: expected 0 to 1000000000";
	if (c->objects_per_page < 1 || c->objects_per_page > 4096)
		return "objects a page: expected 1 to 4096";
	if (c->seeks > 1000)
		return "seeks: expected 0 to 1000";
	return c->nid >= mm->st->cfg.nr_nodes ? "no such node" : NULL;
}

int mm_slab_new(struct mm *mm, const char *name, const struct mm_slab_config *c,
		struct mm_error *err)
{
	const uint32_t i = mm->st->nr_slabs;
	const char *why = bad_numbers(mm, c);
	uint16_t owner = mm_owner_find(mm, name);
	struct slab s = {.objects_per_page = c->objects_per_page,
			 .seeks = c->seeks,
			 .batch = SHRINK_BATCH,
			 .nid = c->nid};

	if (why)
		return mm_fail(err, -EINVAL, "%s", why);
	if (i == MM_MAX_SLABS)
		return mm_fail(err, -ENOSPC, "there are %d slab caches already",
			       MM_MAX_SLABS);
	if (owner && mm->owner[owner].nr)
		return mm_fail(err, -EEXIST, "%.30s holds memory already",
			       name);
	if (owner && slab_of_owner(mm, owner) < i)
		return mm_fail(err, -EEXIST, "%.30s is a slab cache already",
			       name);
	if (strlen(name) == 0 || strlen(name) >= sizeof s.name)
		return mm_fail(err, -EINVAL,
			       "\"%.30s\": expected a name of 1 to %d "
			       "characters",
			       name, MM_OWNER_NAME - 1);
	op_enter(mm);
	owner = mm_owner(mm, name, NULL);
	if (!owner) {
		op_leave(mm);
		return mm_fail(err, -ENOSPC, "there are too many owners");
	}
	s.owner = owner;
	mm_put_frozen(mm, owner);
	memcpy(s.name, name, strlen(name));
	store_bytes(mm, &mm->st->slab[i], &s, sizeof s);
	STORE(mm, mm->st->nr_slabs, i + 1);
	grow(mm, i, c->objects);
	TRACE(mm, slab_new, ARG(i), ARG(mm->st->slab[i].objects));
	op_leave(mm);
	return (int)i;
}

int64_t mm_slab_grow(struct mm *mm, unsigned int i, int64_t objects,
		     struct mm_error *err)
{
	int64_t got;

	if (i >= mm->st->nr_slabs)
		return mm_fail(err, -EINVAL, "no slab cache %u", i);
	if (objects < 0 || objects > MM_MAX_OBJECTS - mm->st->slab[i].objects)
		return mm_fail(
			err, -EINVAL, "objects: expected 0 to %lld",
			(long long)(MM_MAX_OBJECTS - mm->st->slab[i].objects));
	op_enter(mm);
	got = grow(mm, i, objects);
	TRACE(mm, slab_done, ARG(i), ARG(got));
	op_leave(mm);
	return got;
}

/* ---- shrinking ---- */

struct slab_scan slab_scan_count(int64_t freeable, int64_t deferred,
				 int priority, uint32_t seeks, uint32_t batch)
{
	struct slab_scan r = {.delta = freeable / 2};
	int64_t left;

	if (seeks)
		r.delta = (freeable >> priority) * 4 / seeks;
	left = (deferred >> priority) + r.delta;
	if (left > 2 * freeable)
		left = 2 * freeable;
	r.total = left;
	while (left > 0 && (left >= batch || left >= freeable)) {
		const int64_t n = left < batch ? left : batch;

		r.scanned += n;
		left -= n;
	}
	r.deferred = deferred + r.delta - r.scanned;
	if (r.deferred < 0)
		r.deferred = 0;
	if (r.deferred > 2 * freeable)
		r.deferred = 2 * freeable;
	return r;
}

/* What the objects left do not need goes back, the oldest pages first. */
static int64_t free_pages_of(struct mm *mm, const struct slab *s)
{
	const struct owner *o = &mm->owner[s->owner];
	const int64_t need = pages_for(s, s->objects);
	int64_t freed = 0;

	for (pfn_t pfn = o->blocks.head; pfn != NO_PFN;) {
		const pfn_t next = mm_owner_next(mm, pfn);
		const unsigned int order = block_order(&mm->page[pfn].b);

		if ((int64_t)o->pages - order_pages(order) < need)
			break;
		frame_release(mm, pfn);
		free_frozen_pages(mm, pfn, order);
		freed += order_pages(order);
		pfn = next;
	}
	return freed;
}

/** Models: do_shrink_slab(), mm/shrinker.c; R27 */
static int64_t do_shrink_slab(struct mm *mm, uint32_t i, gfp_t gfp,
			      int priority, int64_t *pages)
{
	const struct slab *s = &mm->st->slab[i];
	const struct slab_scan r = slab_scan_count(
		s->objects, s->deferred, priority, s->seeks, s->batch);
	const int64_t had = s->objects, deferred = s->deferred;
	const int64_t freed = r.scanned < had ? r.scanned : had;

	if (had == 0)
		return 0;
	TRACE(mm, mm_shrink_slab_start, ARG(i), ARG(deferred), ARG(gfp),
	      ARG(had), ARG(r.delta), ARG(r.total), ARG(priority));
	count_vm_events(mm, VM_SLABS_SCANNED, (uint64_t)r.scanned);
	STORE(mm, s->objects, had - freed);
	STORE(mm, s->deferred, r.deferred);
	*pages += free_pages_of(mm, s);
	TRACE(mm, mm_shrink_slab_end, ARG(i), ARG(deferred), ARG(r.deferred),
	      ARG(r.total - r.scanned), ARG(freed));
	return freed;
}

int64_t shrink_slab_objects(struct mm *mm, unsigned int nid, gfp_t gfp,
			    int priority, int64_t *pages)
{
	int64_t freed = 0;

	for (uint32_t i = 0; i < mm->st->nr_slabs; i++)
		if (mm->st->slab[i].nid == nid)
			freed += do_shrink_slab(mm, i, gfp, priority, pages);
	return freed;
}

int64_t shrink_slab(struct mm *mm, unsigned int nid, gfp_t gfp, int priority)
{
	int64_t pages = 0;

	shrink_slab_objects(mm, nid, gfp, priority, &pages);
	return pages;
}

/* ---- looking ---- */

unsigned int mm_nr_slabs(const struct mm *mm)
{
	return mm->st->nr_slabs;
}

void mm_slab_info(const struct mm *mm, unsigned int i, struct mm_slab_info *si)
{
	const struct slab *s;

	memset(si, 0, sizeof *si);
	si->name = "";
	if (i >= mm->st->nr_slabs)
		return;
	s = &mm->st->slab[i];
	*si = (struct mm_slab_info){
		.name = s->name,
		.owner = (uint16_t)s->owner,
		.objects_per_page = s->objects_per_page,
		.seeks = s->seeks,
		.nid = s->nid,
		.objects = s->objects,
		.deferred = s->deferred,
		.pages = mm->owner[s->owner].pages,
	};
}
