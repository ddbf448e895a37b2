/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kcompactd.h - the background compactor of a node
 *
 * Models:   wakeup_kcompactd, kcompactd in mm/compaction.c; P18
 * Left out: its work: it is never woken yet
 */
#ifndef CORE_KCOMPACTD_H
#define CORE_KCOMPACTD_H

#include "core/store.h"

/** P18 */
void wakeup_kcompactd(struct mm *mm, unsigned int nid, unsigned int order,
		      unsigned int highest);
enum mm_quantum kcompactd_step(struct mm *mm, uint32_t task);

#endif
