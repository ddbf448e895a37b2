/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kcompactd.h - compaction in the background, and by hand (compact_memory.c)
 *
 * Every node has a kcompactd.  It is woken for an order, or looks around by
 * itself twice a second, and compacts the node when that is fragmented.
 *
 * Models:   wakeup_kcompactd, kcompactd, kcompactd_do_work,
 *           should_proactive_compact_node, compact_node,
 *           sysctl_compaction_handler in mm/compaction.c; P18,
 *           compaction.md 15
 * Left out: a second look while the free lists are as long as they were after
 *           one that was in vain; memory hot-plug
 */
#ifndef CORE_KCOMPACTD_H
#define CORE_KCOMPACTD_H

#include "core/store.h"

/** P18 */
void wakeup_kcompactd(struct mm *mm, unsigned int nid, unsigned int order,
		      unsigned int highest);
enum mm_quantum kcompactd_step(struct mm *mm, uint32_t task);
/** Is it worth while that time passes until it looks around? */
bool proactive_due(const struct mm *mm, unsigned int nid);
/** At boot: it sleeps until its first look. */
void kcompactd_boot(struct mm *mm);
/** vm.compaction_proactiveness was written: all of them look at once. */
void proactiveness_changed(struct mm *mm);
/** A user's task compacts by hand: one quantum; see mm_task_compact(). */
enum mm_quantum compact_memory_step(struct mm *mm, uint32_t task);

#endif
