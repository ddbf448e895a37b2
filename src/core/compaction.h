/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compaction.h - when a zone is worth compacting, and what came of it
 *
 * Models:   compaction_suitable, try_to_compact_pages in mm/compaction.c
 * Left out: moving pages: a suitable zone is scanned in vain and answers
 *           COMPACT_COMPLETE, an unsuitable one COMPACT_SKIPPED; deferral,
 *           capture, kcompactd
 */
#ifndef CORE_COMPACTION_H
#define CORE_COMPACTION_H

#include "core/gfp.h"

/** enum compact_priority: the strongest is the smallest. */
enum compact_priority {
	COMPACT_PRIO_SYNC_FULL,
	COMPACT_PRIO_SYNC_LIGHT,
	COMPACT_PRIO_ASYNC,
};

/** enum compact_result, by how much it says (P26). */
enum compact_result {
	COMPACT_NOT_SUITABLE_ZONE,
	COMPACT_SKIPPED,
	COMPACT_DEFERRED,
	COMPACT_NO_SUITABLE_PAGE,
	COMPACT_CONTINUE,
	COMPACT_COMPLETE,
	COMPACT_PARTIAL_SKIPPED,
	COMPACT_CONTENDED,
	COMPACT_SUCCESS,
};

/** Pages that compaction needs to stand on: twice the block, at most 32. */
static inline int64_t compact_gap(unsigned int order)
{
	return order < 4 ? (int64_t)2 << order : 32;
}

/** R28: enough free pages above @mark, and not for want of memory alone. */
bool compaction_suitable(struct mm *mm, zone_t zid, unsigned int order,
			 int64_t mark, unsigned int highest);
enum compact_result try_to_compact_pages(struct mm *mm,
					 const struct alloc_context *ac,
					 unsigned int order,
					 uint32_t alloc_flags,
					 enum compact_priority prio);

#endif
