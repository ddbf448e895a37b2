/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * page_ops.c - something is done to pages by hand, whoever they belong to
 *
 * Obstacles for who moves pages: what is held, locked, dirty, being written,
 * or the kernel's.
 */
#include <errno.h>

#include "core/frame.h"
#include "core/hugetlb.h"
#include "core/page_type.h"
#include "core/page_state.h"

/*
 * A pool's page is on no list, and no process's: it can but be held.  What is
 * not to be used can but be the kernel's again.
 */
static bool is_not_for(const struct page *page, enum mm_page_op op)
{
	if (page_type_of(page))
		return op != PAGE_OP_UNMOVABLE;
	return page_is_hugetlb(page) &&
	       (!hugetlb_is_migratable(page) ||
		(op != PAGE_OP_PIN && op != PAGE_OP_UNPIN &&
		 op != PAGE_OP_HOLD && op != PAGE_OP_RELEASE));
}

/* In somebody's hands it may be unlocked: perhaps that is waited for. */
static bool in_reach(const struct block *b, enum mm_page_op op)
{
	return block_state(b) == BLOCK_USED ||
	       (block_state(b) == BLOCK_ISOLATED && op == PAGE_OP_RELEASE);
}

static bool operate(struct mm *mm, pfn_t pfn, enum mm_page_op op)
{
	const struct page *page = &mm->page[pfn];
	const unsigned int order = block_order(&page->b);

	if (op == PAGE_OP_POISON) {
		if (!page_make_poisoned(mm, pfn))
			return false;
		TRACE(mm, page_state, ARG(pfn), 0, ARG(op));
		return true;
	}
	if (!in_reach(&page->b, op) || block_is_table(&page->b) ||
	    is_not_for(page, op) || !page_operate(mm, pfn, op))
		return false;
	TRACE(mm, page_state, ARG(pfn), ARG(order), ARG(op));
	return true;
}

static int bad_op(enum mm_page_op op, struct mm_error *err)
{
	return (unsigned int)op < NR_PAGE_OPS
		       ? 0
		       : mm_fail(err, -EINVAL, "operation %d: there is none",
				 (int)op);
}

int64_t mm_range_pages(struct mm *mm, pfn_t start, pfn_t end,
		       enum mm_page_op op, struct mm_error *err)
{
	int64_t n = 0;

	if (bad_op(op, err))
		return -EINVAL;
	if (start >= end || end > mm->st->end_pfn)
		return mm_fail(err, -EINVAL,
			       "frames %u..%u: expected frames up to %u", start,
			       end - 1, mm->st->end_pfn - 1);
	op_enter(mm);
	for (pfn_t p = start; p < end; p++)
		n += operate(mm, p, op);
	TRACE(mm, page_ops_done, ARG(op), ARG(n));
	op_leave(mm);
	return n;
}

int64_t mm_pages_of_owner(struct mm *mm, uint16_t owner, enum mm_page_op op,
			  uint64_t nr, struct mm_error *err)
{
	pfn_t pfn, next;
	int64_t n = 0;

	if (bad_op(op, err))
		return -EINVAL;
	if (owner == 0 || owner > mm->st->nr_owners)
		return mm_fail(err, -EINVAL, "owner %u: expected 1 to %u",
			       owner, mm->st->nr_owners);
	op_enter(mm);
	for (pfn = mm_owner_first(mm, owner); pfn != NO_PFN && (uint64_t)n < nr;
	     pfn = next) {
		next = mm_owner_next(mm, pfn);
		n += operate(mm, pfn, op);
	}
	TRACE(mm, page_ops_done, ARG(op), ARG(n));
	op_leave(mm);
	return n;
}

int mm_owner_fix(struct mm *mm, uint16_t owner, bool fixed,
		 struct mm_error *err)
{
	const struct owner *o = &mm->owner[owner];

	if (owner == 0 || owner > mm->st->nr_owners)
		return mm_fail(err, -EINVAL, "owner %u: expected 1 to %u",
			       owner, mm->st->nr_owners);
	op_enter(mm);
	STORE(mm, o->flags,
	      fixed ? o->flags | OWNER_FIXED
		    : o->flags & ~(uint32_t)OWNER_FIXED);
	TRACE(mm, owner_fixed, ARG(owner), ARG(fixed));
	op_leave(mm);
	return 0;
}

bool mm_owner_fixed(const struct mm *mm, uint16_t owner)
{
	return owner && owner <= mm->st->nr_owners &&
	       (mm->owner[owner].flags & OWNER_FIXED);
}
