/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * workingset.c - see workingset.h
 */
#include "core/workingset.h"

#include "core/freelist.h"
#include "core/trace.h"

static void workingset_age_nonresident(struct mm *mm, pfn_t pfn)
{
	const struct lruvec *v = &mm->st->node[page_nid(mm, pfn)].lru;
	const int64_t pages = order_pages(block_order(&mm->page[pfn].b));

	STORE(mm, v->nonresident_age, v->nonresident_age + (uint64_t)pages);
}

/* ---- the ring ---- */

/* Entry @i from the oldest on. */
static const struct shadow *shadow_at(const struct mm *mm, uint32_t i)
{
	return &mm->st->shadow[(mm->st->first_shadow + i) % NR_SHADOWS];
}

/* Those behind it move up. */
static void drop_shadow(struct mm *mm, uint32_t i)
{
	static const struct shadow none = {0};
	const uint32_t nr = mm->st->nr_shadows;

	if (i == 0) {
		store_bytes(mm, shadow_at(mm, 0), &none, sizeof none);
		STORE(mm, mm->st->first_shadow,
		      (mm->st->first_shadow + 1) % NR_SHADOWS);
	} else {
		for (; i + 1 < nr; i++) {
			const struct shadow next = *shadow_at(mm, i + 1);

			store_bytes(mm, shadow_at(mm, i), &next, sizeof next);
		}
		store_bytes(mm, shadow_at(mm, nr - 1), &none, sizeof none);
	}
	STORE(mm, mm->st->nr_shadows, nr - 1);
}

static void keep_shadow(struct mm *mm, const struct shadow *s)
{
	if (mm->st->nr_shadows == NR_SHADOWS)
		drop_shadow(mm, 0);
	store_bytes(mm, shadow_at(mm, mm->st->nr_shadows), s, sizeof *s);
	STORE(mm, mm->st->nr_shadows, mm->st->nr_shadows + 1);
}

/* Place of the owner's oldest one; nr_shadows: none. */
static uint32_t find_shadow(const struct mm *mm, uint16_t owner, bool anon)
{
	uint32_t i = 0;

	while (i < mm->st->nr_shadows && (shadow_at(mm, i)->owner != owner ||
					  shadow_at(mm, i)->anon != anon))
		i++;
	return i;
}

uint32_t workingset_shadows(const struct mm *mm, uint16_t owner, bool anon)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < mm->st->nr_shadows; i++)
		n += shadow_at(mm, i)->owner == owner &&
		     shadow_at(mm, i)->anon == anon;
	return n;
}

void workingset_forget_anon(struct mm *mm, uint16_t owner)
{
	for (uint32_t i = 0; i < mm->st->nr_shadows;)
		if (shadow_at(mm, i)->owner == owner && shadow_at(mm, i)->anon)
			drop_shadow(mm, i);
		else
			i++;
}

void workingset_forget(struct mm *mm, uint16_t owner)
{
	for (uint32_t i = 0; i < mm->st->nr_shadows;)
		if (shadow_at(mm, i)->owner == owner)
			drop_shadow(mm, i);
		else
			i++;
}

/* ---- going and coming back ---- */

void workingset_eviction(struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];
	const unsigned int nid = page_nid(mm, pfn);
	const struct shadow s = {
		.age = mm->st->node[nid].lru.nonresident_age,
		.owner = page->owner,
		.nid = (uint8_t)nid,
		.anon = page_is_anon_lru(page),
		.workingset = (page->attr & PAGE_WORKINGSET) != 0,
	};

	workingset_age_nonresident(mm, pfn);
	if (page->owner)
		keep_shadow(mm, &s);
	TRACE(mm, workingset_eviction, ARG(pfn), ARG(s.age));
}

void workingset_activation(struct mm *mm, pfn_t pfn)
{
	workingset_age_nonresident(mm, pfn);
}

/* What the node that evicted it could have kept. */
static uint64_t workingset_size(const struct mm *mm, const struct shadow *s)
{
	const int64_t *stat = mm->st->node[s->nid].stat;
	int64_t pages = stat[NR_ACTIVE_FILE];

	if (s->anon)
		pages += stat[NR_INACTIVE_FILE];
	if (mm->st->swap_free > 0) {
		pages += stat[NR_ACTIVE_ANON];
		if (!s->anon)
			pages += stat[NR_INACTIVE_ANON];
	}
	return (uint64_t)pages;
}

static void count_refault(struct mm *mm, pfn_t pfn, enum node_stat_item base,
			  bool anon)
{
	mod_node_page_state(mm, page_nid(mm, pfn),
			    (enum node_stat_item)(base + !anon),
			    order_pages(block_order(&mm->page[pfn].b)));
}

bool workingset_refault(struct mm *mm, pfn_t pfn)
{
	const bool anon = page_is_anon_lru(&mm->page[pfn]);
	const uint32_t at = find_shadow(mm, mm->page[pfn].owner, anon);
	const struct shadow s = *shadow_at(mm, at % NR_SHADOWS);
	uint64_t distance, limit;

	if (at == mm->st->nr_shadows)
		return false;
	drop_shadow(mm, at);
	distance = mm->st->node[s.nid].lru.nonresident_age - s.age;
	limit = workingset_size(mm, &s);
	count_refault(mm, pfn, WORKINGSET_REFAULT_ANON, anon);
	if (distance <= limit) {
		page_change(mm, pfn,
			    s.workingset ? PAGE_ACTIVE | PAGE_WORKINGSET
					 : PAGE_ACTIVE,
			    0);
		workingset_age_nonresident(mm, pfn);
		count_refault(mm, pfn, WORKINGSET_ACTIVATE_ANON, anon);
		if (s.workingset)
			count_refault(mm, pfn, WORKINGSET_RESTORE_ANON, anon);
	}
	TRACE(mm, workingset_refault, ARG(pfn), ARG(distance), ARG(limit),
	      distance <= limit, ARG(s.workingset));
	return true;
}
