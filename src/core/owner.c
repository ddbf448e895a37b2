/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * owner.c - see owner.h
 */
#include "core/owner.h"

#include <errno.h>
#include <string.h>

#include "core/frame.h"
#include "core/hugetlb.h"

/* Links of an allocated block are in its first frame, at every order. */
#define IN_FRAME 0

void owner_add(struct mm *mm, uint16_t owner, pfn_t pfn, unsigned int order)
{
	const struct owner *o = &mm->owner[owner];

	list_add_tail(mm, &o->blocks, IN_FRAME, pfn);
	STORE(mm, o->nr, o->nr + 1);
	STORE(mm, o->pages, o->pages + (uint64_t)order_pages(order));
	STORE(mm, mm->page[pfn].owner, owner);
}

void owner_del(struct mm *mm, pfn_t pfn, unsigned int order)
{
	const struct owner *o = &mm->owner[mm->page[pfn].owner];

	list_del(mm, &o->blocks, IN_FRAME, pfn);
	STORE(mm, o->nr, o->nr - 1);
	STORE(mm, o->pages, o->pages - (uint64_t)order_pages(order));
	STORE(mm, mm->page[pfn].owner, 0);
}

void owner_unlist(struct mm *mm, pfn_t pfn)
{
	const struct owner *o = &mm->owner[mm->page[pfn].owner];

	if (!mm->page[pfn].owner)
		return;
	list_del(mm, &o->blocks, IN_FRAME, pfn);
	STORE(mm, o->nr_lru, o->nr_lru + 1);
}

void owner_list(struct mm *mm, pfn_t pfn)
{
	const struct owner *o = &mm->owner[mm->page[pfn].owner];

	if (!mm->page[pfn].owner)
		return;
	list_add_tail(mm, &o->blocks, IN_FRAME, pfn);
	STORE(mm, o->nr_lru, o->nr_lru - 1);
}

uint16_t mm_owner_find(const struct mm *mm, const char *name)
{
	for (uint32_t i = 1; i <= mm->st->nr_owners; i++)
		if (strcmp(mm->owner[i].name, name) == 0)
			return (uint16_t)i;
	return 0;
}

static uint16_t no_owner(int *e, int why)
{
	if (e)
		*e = why;
	return 0;
}

uint16_t mm_owner(struct mm *mm, const char *name, int *e)
{
	uint16_t found = mm_owner_find(mm, name);
	char padded[MM_OWNER_NAME] = "";
	const struct owner *o;
	const size_t len = strlen(name);

	if (e)
		*e = 0;
	if (found)
		return found;
	if (len == 0 || len >= sizeof padded)
		return no_owner(e, -EINVAL);
	if (mm->st->nr_owners == MM_MAX_OWNERS)
		return no_owner(e, -ENOSPC);
	found = (uint16_t)(mm->st->nr_owners + 1);
	o = &mm->owner[found];
	memcpy(padded, name, len);
	op_enter(mm);
	STORE(mm, mm->st->nr_owners, found);
	store_bytes(mm, o->name, padded, sizeof padded);
	STORE(mm, o->blocks.head, NO_PFN);
	STORE(mm, o->blocks.tail, NO_PFN);
	TRACE(mm, owner, ARG(found));
	op_leave(mm);
	return found;
}

const char *mm_owner_name(const struct mm *mm, uint16_t owner)
{
	return owner && owner <= mm->st->nr_owners ? mm->owner[owner].name : "";
}

unsigned int mm_nr_owners(const struct mm *mm)
{
	return mm->st->nr_owners;
}

uint32_t mm_owner_blocks(const struct mm *mm, uint16_t owner)
{
	return owner && owner <= mm->st->nr_owners ? mm->owner[owner].nr : 0;
}

uint64_t mm_owner_pages(const struct mm *mm, uint16_t owner)
{
	return owner && owner <= mm->st->nr_owners ? mm->owner[owner].pages : 0;
}

/* On an LRU list, a pool's or on its way, not on its owner's list? */
static bool elsewhere(const struct page *page)
{
	return page->attr & PAGE_LRU ||
	       block_state(&page->b) == BLOCK_ISOLATED || page_is_hugetlb(page);
}

/* The owner's next block on an LRU list, by address, from @pfn on. */
static pfn_t next_on_lru(const struct mm *mm, uint16_t owner, pfn_t pfn)
{
	const pfn_t step = pageblock_nr_pages(mm);

	while (mm->owner[owner].nr_lru && pfn < mm->st->nr_frames) {
		const struct page *page = &mm->page[pfn];

		if (!(mm->pb[pfn >> mm->pb_order].bits & PAGEBLOCK_TOUCHED)) {
			pfn = pageblock_start(mm, pfn) + step;
			continue;
		}
		if (page->owner == owner && elsewhere(page))
			return pfn;
		pfn++;
	}
	return NO_PFN;
}

pfn_t mm_owner_first(const struct mm *mm, uint16_t owner)
{
	const pfn_t head = mm_owner_blocks(mm, owner)
				   ? mm->owner[owner].blocks.head
				   : NO_PFN;

	if (head != NO_PFN || !mm_owner_blocks(mm, owner))
		return head;
	return next_on_lru(mm, owner, 0);
}

pfn_t mm_owner_next(const struct mm *mm, pfn_t pfn)
{
	pfn_t next = NO_PFN;
	uint16_t owner;

	if (pfn >= mm->st->nr_frames || !mm->page[pfn].owner)
		return NO_PFN;
	owner = mm->page[pfn].owner;
	if (elsewhere(&mm->page[pfn]))
		return next_on_lru(mm, owner, pfn + 1);
	next = list_next(mm, &mm->owner[owner].blocks, IN_FRAME, pfn);
	return next == NO_PFN ? next_on_lru(mm, owner, 0) : next;
}
