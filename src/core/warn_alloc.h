/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * warn_alloc.h - when the kernel's log tells of a request
 *
 * What it would say is made of the world at that moment, by whoever wants to
 * see it; here an event marks the moment.
 *
 * Models:   warn_alloc and its rate limit in mm/page_alloc.c; O15, O16, O18
 * Left out: the limit on OOM reports, which is oom_kill.c's
 */
#ifndef CORE_WARN_ALLOC_H
#define CORE_WARN_ALLOC_H

#include "core/gfp.h"

/** A request has failed: a report, unless it is not wanted. O15 */
void warn_alloc(struct mm *mm, const struct alloc_context *ac);
/** One is in the slow path since @since: a warning after ten seconds. O16 */
void warn_stall(struct mm *mm, const struct alloc_context *ac, uint64_t since);

#endif
