/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout.h - which zones there are: those of amd64, or of a 32-bit machine
 *
 * A zone is a slot of its node.  What the slots are called, and which is the
 * one that the kernel's code calls ZONE_NORMAL, follows from the layout:
 *
 *	slot        0     1       2         3         4
 *	64bit       DMA   DMA32   Normal    Movable   Device
 *	highmem     DMA   Normal  HighMem   Movable   -
 *
 * Models:   enum zone_type, is_highmem in include/linux/mmzone.h for
 *           CONFIG_ZONE_DMA32 with CONFIG_ZONE_DEVICE, or CONFIG_HIGHMEM
 */
#ifndef CORE_LAYOUT_H
#define CORE_LAYOUT_H

#include "core/state.h"

/** Is there memory that the kernel cannot address directly? */
static inline bool has_highmem(const struct mm *mm)
{
	return mm->st->cfg.zone_layout == LAYOUT_HIGHMEM;
}

/** The slot of ZONE_NORMAL: lowmem ends with it. */
static inline unsigned int zone_normal(const struct mm *mm)
{
	return has_highmem(mm) ? ZONE_NORMAL_32 : ZONE_NORMAL;
}

/** HighMem or Movable: no lowmem, whose marks are made from its size alone. */
static inline bool zone_above_lowmem(const struct mm *mm, zone_t zid)
{
	return zone_idx(zid) == ZONE_MOVABLE ||
	       (has_highmem(mm) && zone_idx(zid) == ZONE_HIGHMEM_32);
}

/** Highest zone index of a mask that has one. */
static inline unsigned int gfp_highest(const struct mm *mm, gfp_t gfp)
{
	return (unsigned int)mm_gfp_highest(mm, gfp);
}

/** The lowmem_reserve_ratio that a kernel with these zones starts with. */
void layout_ratio(enum mm_zone_layout layout, uint32_t ratio[MAX_NR_ZONES]);

#endif
