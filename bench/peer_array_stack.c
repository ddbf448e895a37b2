/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * peer_array_stack.c - the least conceivable: pop and push on a flat array
 */
#include "bench/peer.h"

#include <stdlib.h>

static uint32_t *stack;
static uint64_t top, size;

const char *peer_name(void)
{
	return "array_stack";
}

bool peer_init(uint64_t frames)
{
	stack = malloc(frames * sizeof *stack);
	if (!stack)
		return false;
	for (uint64_t i = 0; i < frames; i++)
		stack[i] = (uint32_t)(frames - 1 - i);
	top = size = frames;
	return true;
}

uint64_t peer_alloc(unsigned int order)
{
	(void)order;
	return top ? stack[--top] : PEER_FAIL;
}

void peer_free(uint64_t handle, unsigned int order)
{
	(void)order;
	stack[top++] = (uint32_t)handle;
}

uint64_t peer_bytes(void)
{
	return size * sizeof *stack;
}

bool peer_has_orders(void)
{
	return false;
}
