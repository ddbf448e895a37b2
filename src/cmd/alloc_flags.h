/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * alloc_flags.h - the flags of an attempt, by name and by meaning
 */
#ifndef CMD_ALLOC_FLAGS_H
#define CMD_ALLOC_FLAGS_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/event_text.h"

/** "|NOFRAGMENT|KSWAPD": all but the mark, as the kernel calls them. */
void alloc_flags_names(uint32_t flags, char *buf, size_t size);
/**
 * "NOFRAGMENT: types are not to be mixed; KSWAPD: may wake kswapd"
 *
 * What the flags say that @flags has; false, and an empty text, if it has none.
 */
bool alloc_flags_legend(uint32_t flags, char *buf, size_t size);
/** All flags that an operation's events of @topic name; NR_TOPICS: of any. */
uint32_t alloc_flags_of_op(const struct mm *mm, const struct mm_op *op,
			   enum event_topic topic);

#endif
