/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * peer_buddyscope.c - the model: one Normal zone, one CPU, all else as preset
 *
 * BENCH_RECORD in the environment says what is recorded meanwhile: off (the
 * default), events, or tape.
 */
#include "bench/peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mm.h"

static const struct {
	const char *name, *row;
	enum mm_record record;
} modes[] = {
	{"off", "buddyscope", MM_RECORD_OFF},
	{"events", "with events", MM_RECORD_EVENTS},
	{"tape", "with tape", MM_RECORD_TAPE},
};

static struct mm *mm;

static size_t mode(void)
{
	const char *name = getenv("BENCH_RECORD");

	for (size_t i = 0; name && i < sizeof modes / sizeof modes[0]; i++)
		if (!strcmp(name, modes[i].name))
			return i;
	return 0;
}

const char *peer_name(void)
{
	return modes[mode()].row;
}

bool peer_init(uint64_t frames)
{
	struct mm_config cfg;
	struct mm_error err;
	char pages[24];

	snprintf(pages, sizeof pages, "%llu", (unsigned long long)frames);
	if (mm_config_preset(&cfg, "laptop", &err) ||
	    mm_config_set(&cfg, "zone", "Normal", &err) ||
	    mm_config_set(&cfg, "pages", pages, &err) ||
	    mm_config_set(&cfg, "cpus", "1", &err))
		goto refused;
	mm = mm_create(&cfg, &err);
	if (!mm)
		goto refused;
	return mm_record(mm, modes[mode()].record) == 0;

refused:
	fprintf(stderr, "%s\n", err.text);
	return false;
}

static __attribute__((noinline)) uint64_t alloc_large(unsigned int order)
{
	const struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE,
		.order = (uint16_t)order,
		.nid = -1,
	};
	pfn_t pfn;

	return mm_alloc_pages(mm, &want, &pfn) ? PEER_FAIL : pfn;
}

uint64_t peer_alloc(unsigned int order)
{
	pfn_t pfn;

	if (order)
		return alloc_large(order);
	pfn = mm_alloc_page(mm, GFP_HIGHUSER_MOVABLE, 0);
	return pfn == NO_PFN ? PEER_FAIL : pfn;
}

void peer_free(uint64_t handle, unsigned int order)
{
	mm_free_pages(mm, (pfn_t)handle, order, 0, NULL);
}

uint64_t peer_bytes(void)
{
	return mm_state_bytes(mm);
}

bool peer_has_orders(void)
{
	return true;
}
