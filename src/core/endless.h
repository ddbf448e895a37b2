/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * endless.h - would a request that goes round ever get out?
 *
 * The kernel has loops that only the outside world can end: P31.  Here a
 * round that was worth nothing, with nobody on the way to help, is noticed.
 */
#ifndef CORE_ENDLESS_H
#define CORE_ENDLESS_H

#include "core/store.h"

enum round_worth {
	ROUND_CHANGED, /* something: on it goes */
	ROUND_WAITS,   /* nothing, but the reaper will come: sleep first */
	ROUND_IN_VAIN, /* nothing: it would go on for ever */
};

/** What has changed since @l was last asked about; updates @l, a copy. */
enum round_worth round_worth(const struct mm *mm, struct ladder *l);

#endif
