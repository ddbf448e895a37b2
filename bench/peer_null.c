/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * peer_null.c - does nothing: what is left is the harness itself
 */
#include "bench/peer.h"

static uint64_t next;

const char *peer_name(void)
{
	return "null";
}

bool peer_init(uint64_t frames)
{
	(void)frames;
	return true;
}

uint64_t peer_alloc(unsigned int order)
{
	return next += order + 1;
}

void peer_free(uint64_t handle, unsigned int order)
{
	(void)handle;
	(void)order;
}

uint64_t peer_bytes(void)
{
	return 0;
}

bool peer_has_orders(void)
{
	return true;
}
