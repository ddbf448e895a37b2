/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * peer.h - what the benchmark asks of an allocator
 *
 * One program measures one peer.  The harness is compiled apart from it, so
 * that every peer pays for the same real call.
 */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include <stdbool.h>
#include <stdint.h>

#define PEER_FAIL UINT64_MAX

/** Name for the table. */
const char *peer_name(void);
/** Make @frames frames free; false if that cannot be done. */
bool peer_init(uint64_t frames);
/** A block of 2^order frames, by a handle of the peer's; PEER_FAIL: none. */
uint64_t peer_alloc(unsigned int order);
void peer_free(uint64_t handle, unsigned int order);
/** Bytes of state; 0: not known. */
uint64_t peer_bytes(void);
/** Does it know orders above 0? */
bool peer_has_orders(void);

#endif
