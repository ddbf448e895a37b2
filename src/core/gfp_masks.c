/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gfp_masks.c - see gfp_masks.h
 */
#include "core/gfp_masks.h"

#include <errno.h>

gfp_t gfp_context(uint32_t task_flags, gfp_t gfp)
{
	if (task_flags & TASK_NOIO)
		gfp &= ~(gfp_t)(GFP_BIT_IO | GFP_BIT_FS);
	else if (task_flags & TASK_NOFS)
		gfp &= ~(gfp_t)GFP_BIT_FS;
	if (task_flags & TASK_PIN)
		gfp &= ~(gfp_t)GFP_BIT_MOVABLE;
	return gfp;
}

gfp_t gfp_nested_mask(gfp_t gfp)
{
	return (gfp & (GFP_KERNEL | GFP_ATOMIC)) | GFP_BIT_NORETRY |
	       GFP_BIT_NOMEMALLOC | GFP_BIT_NOWARN;
}

int gfp_contig_masks(gfp_t gfp, gfp_t *isolate, gfp_t *migrate)
{
	const gfp_t action = GFP_BIT_IO | GFP_BIT_FS | GFP_RECLAIM |
			     GFP_BIT_RETRY_MAYFAIL | GFP_BIT_NOWARN;
	const gfp_t allowed =
		action | GFP_BIT_COMP | GFP_BIT_ZERO | GFP_BIT_ZEROTAGS;

	gfp &= ~(GFP_ZONEMASK | GFP_BIT_RECLAIMABLE | GFP_BIT_WRITE |
		 GFP_BIT_HARDWALL | GFP_BIT_THISNODE);
	if (gfp & ~allowed)
		return -EINVAL;
	*isolate = gfp;
	*migrate = (gfp & action) | GFP_BIT_MOVABLE | GFP_BIT_RETRY_MAYFAIL;
	return 0;
}

gfp_t gfp_thp_fault(enum thp_defrag defrag, bool madvised)
{
	switch (defrag) {
	case THP_DEFRAG_ALWAYS:
		return GFP_TRANSHUGE | (madvised ? 0 : (gfp_t)GFP_BIT_NORETRY);
	case THP_DEFRAG_DEFER:
		return GFP_TRANSHUGE_LIGHT | GFP_BIT_KSWAPD_RECLAIM;
	case THP_DEFRAG_DEFER_MADVISE:
		return GFP_TRANSHUGE_LIGHT |
		       (madvised ? GFP_BIT_DIRECT_RECLAIM
				 : GFP_BIT_KSWAPD_RECLAIM);
	case THP_DEFRAG_MADVISE:
		return madvised ? GFP_TRANSHUGE : GFP_TRANSHUGE_LIGHT;
	default:
		return GFP_TRANSHUGE_LIGHT;
	}
}

gfp_t gfp_thp_khugepaged(bool defrag)
{
	return defrag ? GFP_TRANSHUGE : GFP_TRANSHUGE_LIGHT;
}

gfp_t gfp_demotion(unsigned int order, bool first)
{
	gfp_t gfp = (GFP_HIGHUSER_MOVABLE & ~GFP_RECLAIM) | GFP_BIT_NOMEMALLOC |
		    GFP_NOWAIT;

	/* a large block takes no help but its own, as a huge page's fault */
	if (order)
		gfp = (gfp & ~GFP_RECLAIM) | GFP_TRANSHUGE;
	return first ? gfp | GFP_BIT_THISNODE : gfp;
}

gfp_t gfp_promotion(unsigned int order)
{
	if (order)
		return GFP_TRANSHUGE_LIGHT | GFP_BIT_THISNODE;
	return ((GFP_HIGHUSER_MOVABLE | GFP_BIT_NOMEMALLOC | GFP_BIT_NORETRY |
		 GFP_BIT_NOWARN) &
		~GFP_RECLAIM) |
	       GFP_BIT_THISNODE;
}
