/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * page_alloc.h - a request: fast path, then slow path
 *
 * What a request is prepared to is kept for the next one like it: struct
 * request_memo.  Requests of tasks, which sleep, are in request.h.
 *
 * Models:   __alloc_frozen_pages, alloc_pages_bulk_noprof in mm/page_alloc.c
 * Left out: debugging options that poison or check pages
 */
#ifndef CORE_PAGE_ALLOC_H
#define CORE_PAGE_ALLOC_H

#include "core/gfp.h"

/** mm_alloc_pages() of what is not quick (quick.h). */
int alloc_pages(struct mm *mm, const struct mm_request *want, pfn_t *pfn);
/** Attributes of the pages that the request gets. */
uint16_t page_attr_of(const struct mm_request *want);

#endif
