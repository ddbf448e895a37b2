/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gfp_masks.h - masks made from masks
 *
 * What a task's scope leaves of a mask, what nested and range allocations
 * make of it, and the masks that the kernel itself asks with.
 *
 * Models:   current_gfp_context in include/linux/sched/mm.h; gfp_nested_mask
 *           in include/linux/gfp.h; __alloc_contig_verify_gfp_mask in
 *           mm/page_alloc.c; vma_thp_gfp_mask,
 *           alloc_hugepage_khugepaged_gfpmask in mm/huge_memory.c and
 *           mm/khugepaged.c;
 *           alloc_demote_folio, alloc_misplaced_dst_folio; G5, G16, G23,
 *           G38, G40, G41
 */
#ifndef CORE_GFP_MASKS_H
#define CORE_GFP_MASKS_H

#include "core/mm.h"

#define GFP_RECLAIM ((gfp_t)(GFP_BIT_DIRECT_RECLAIM | GFP_BIT_KSWAPD_RECLAIM))
#define GFP_ZONEMASK ((gfp_t)0xf)
#define GFP_TRANSHUGE_LIGHT ((gfp_t)0x1c20ca)
#define GFP_TRANSHUGE (GFP_TRANSHUGE_LIGHT | GFP_BIT_DIRECT_RECLAIM)

/** G16: what the scopes of a task (enum task_flag) leave of a mask. */
gfp_t gfp_context(uint32_t task_flags, gfp_t gfp);
/** G23: for an allocation inside of an allocator. */
gfp_t gfp_nested_mask(gfp_t gfp);
/**
 * G38: the mask of a range allocation.  @isolate is what its own pages are
 * got with, @migrate what the pages in its way are moved with.  -EINVAL if
 * the mask asks for what a range cannot give.
 */
int gfp_contig_masks(gfp_t gfp, gfp_t *isolate, gfp_t *migrate);

/** G40: of a fault for a huge page, in an area madvised or not. */
gfp_t gfp_thp_fault(enum thp_defrag defrag, bool madvised);
/** G40: of khugepaged, by its own switch. */
gfp_t gfp_thp_khugepaged(bool defrag);
/** G41: of a block that moves to a slower tier; @first: to one node only. */
gfp_t gfp_demotion(unsigned int order, bool first);
/** G41: of a block that moves back. */
gfp_t gfp_promotion(unsigned int order);

#endif
