/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * owner.h - who holds which blocks
 *
 * The kernel keeps no such list: what is asked for by a name is ours, so that
 * blocks can be shown, freed and counted by who asked for them.  An owner's
 * blocks are linked through their heads, unless an LRU list has those links.
 *
 * Keeps:    OWNERS (check_frames.c)
 */
#ifndef CORE_OWNER_H
#define CORE_OWNER_H

#include "core/state.h"

/** The allocated block at @pfn is @owner's from now on; it counts. */
void owner_add(struct mm *mm, uint16_t owner, pfn_t pfn, unsigned int order);
/** It is nobody's any more. */
void owner_del(struct mm *mm, pfn_t pfn, unsigned int order);
/** The block leaves its owner's list for an LRU list, or comes back to it. */
void owner_unlist(struct mm *mm, pfn_t pfn);
void owner_list(struct mm *mm, pfn_t pfn);

#endif
