/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * boot.h - a world's first moments: zones, tags, free memory, marks
 *
 * Models:   memmap_init_range, memblock_free_all, __free_pages_core in
 *           mm/mm_init.c and mm/memblock.c; init_cma_reserved_pageblock;
 *           init_per_zone_wmark_min
 * Left out: deferred initialisation, memory given back by init sections
 */
#ifndef CORE_BOOT_H
#define CORE_BOOT_H

#include "core/state.h"

/** 0, or -EINVAL with a reason for a configuration that cannot be built. */
int config_check(const struct mm_config *cfg, struct mm_error *err);

#endif
