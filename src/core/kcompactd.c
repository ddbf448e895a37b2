/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kcompactd.c - see kcompactd.h
 */
#include "core/kcompactd.h"

void wakeup_kcompactd(struct mm *mm, unsigned int nid, unsigned int order,
		      unsigned int highest)
{
	(void)mm;
	(void)nid;
	(void)order;
	(void)highest;
}

enum mm_quantum kcompactd_step(struct mm *mm, uint32_t task)
{
	(void)mm;
	(void)task;
	return QUANTUM_DONE;
}
