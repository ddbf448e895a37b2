/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * peer_list_pcp.c - buddy lists behind one per-CPU list for order 0
 */
#include "bench/list_peer.h"

static struct frame pcp;
static int pcp_count;

const char *peer_name(void)
{
	return "list_pcp";
}

bool peer_init(uint64_t frames)
{
	list_init(&pcp);
	return list_peer_init(frames);
}

static void refill(void)
{
	while (pcp_count < PCP_BATCH) {
		struct frame *f = core_alloc(0);

		if (!f)
			return;
		add_head(pcp.prev, f); /* to the tail */
		pcp_count++;
	}
}

uint64_t peer_alloc(unsigned int order)
{
	struct frame *f;

	if (order > 0) {
		f = core_alloc(order);
		return f ? (uint64_t)(uintptr_t)f : PEER_FAIL;
	}
	if (!pcp_count)
		refill();
	if (!pcp_count)
		return PEER_FAIL;
	f = pcp.next;
	del(f);
	pcp_count--;
	return (uint64_t)(uintptr_t)f;
}

void peer_free(uint64_t handle, unsigned int order)
{
	struct frame *f = (struct frame *)(uintptr_t)handle;

	if (order > 0) {
		core_free(f, order);
		return;
	}
	add_head(&pcp, f);
	if (++pcp_count < PCP_HIGH)
		return;
	for (int i = 0; i < PCP_BATCH; i++) {
		f = pcp.prev;
		del(f);
		pcp_count--;
		core_free(f, 0);
	}
}
