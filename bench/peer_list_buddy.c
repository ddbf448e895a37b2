/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * peer_list_buddy.c - the bare buddy lists
 */
#include "bench/list_peer.h"

const char *peer_name(void)
{
	return "list_buddy";
}

bool peer_init(uint64_t frames)
{
	return list_peer_init(frames);
}

uint64_t peer_alloc(unsigned int order)
{
	struct frame *f = core_alloc(order);

	return f ? (uint64_t)(uintptr_t)f : PEER_FAIL;
}

void peer_free(uint64_t handle, unsigned int order)
{
	core_free((struct frame *)(uintptr_t)handle, order);
}
