/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_isolate.h - memory in one piece, and pageblocks shut for it; part of mm.h
 *
 * A pageblock that is isolated gives no page to anybody: its free pages are
 * on lists of their own.  Allocating a range, and taking memory offline,
 * begin with that, and then move what is in the way.
 */
#ifndef BUDDYSCOPE_MM_ISOLATE_H
#define BUDDYSCOPE_MM_ISOLATE_H

/** On whose behalf: what counts as movable depends on it. */
enum mm_isolate_mode {
	ISOLATE_OFFLINE, /* memory is to go away */
	ISOLATE_CMA,	 /* CMA pageblocks may be taken */
	ISOLATE_OTHER,	 /* any other range */
	NR_ISOLATE_MODES
};

/**
 * mm_isolate_range - shut all pageblocks that [@start, @end) touches
 *
 * 0; -EBUSY with the page and what is wrong with it, then nothing is shut;
 * -EINVAL for a range that is empty, no memory or not of one zone.
 * Models: start_isolate_page_range(), mm/page_isolation.c
 */
int mm_isolate_range(struct mm *mm, pfn_t start, pfn_t end,
		     enum mm_isolate_mode mode, struct mm_error *err);
/**
 * mm_unisolate_range - open those of them that are shut
 *
 * -EINVAL as above; a pageblock that is open stays open.
 * Models: undo_isolate_page_range(), mm/page_isolation.c
 */
int mm_unisolate_range(struct mm *mm, pfn_t start, pfn_t end,
		       struct mm_error *err);

#endif
