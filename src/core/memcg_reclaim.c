/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * memcg_reclaim.c - reclaim within a group; see memcg.h
 *
 * Left out: all of it; nothing is got back, so a full group goes to its OOM
 *           killer
 */
#include "core/memcg.h"

int64_t memcg_reclaim(struct mm *mm, uint32_t task, uint32_t group, int64_t nr)
{
	(void)mm;
	(void)task;
	(void)group;
	(void)nr;
	return 0;
}
