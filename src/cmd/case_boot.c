/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_boot.c - see case_boot.h
 *
 * The marks of a zone depend on its own size and on the sum of all that share
 * min_free_kbytes.  For each sum that high_max leaves, each zone has a run of
 * sizes with the recorded marks, possibly none; if the sum lies between the
 * sums of the least and the most, it can be made of them.
 */
#include "cmd/case_boot.h"

/** Sizes from `lo` to `hi`; none if they are the other way round. */
struct run {
	int64_t lo, hi;
};

static bool shares(const struct boot_zone *z)
{
	return z->zid % MAX_NR_ZONES < ZONE_MOVABLE;
}

/* high_max is (managed / 8) / CPUs. */
static struct run by_high_max(const struct boot_zone *z)
{
	struct run r = {z->managed, z->managed};

	if (z->high_max < 0)
		return r;
	r.lo = z->high_max * z->cpus * 8;
	r.hi = r.lo + z->cpus * 8 - 1;
	if (r.hi > z->managed)
		r.hi = z->managed;
	return r;
}

/* W14; min of a Movable zone is another rule's, its distances are not. */
static bool gives_marks(const struct boot_zone *z, int64_t managed,
			int64_t pages_min, int64_t total, int64_t scale)
{
	const int64_t share = pages_min * managed / total;
	const int64_t part =
		managed / 10000 * scale + managed % 10000 * scale / 10000;
	const int64_t gap = share / 4 > part ? share / 4 : part;

	if (shares(z) && z->wmark[WMARK_MIN] != share)
		return false;
	for (int w = WMARK_LOW; w < NR_WMARK; w++)
		if (z->wmark[w] - z->wmark[w - 1] != gap)
			return false;
	return true;
}

static struct run by_marks(const struct boot_zone *z, int64_t pages_min,
			   int64_t total, int64_t scale)
{
	struct run r = by_high_max(z);

	while (r.lo <= r.hi && !gives_marks(z, r.lo, pages_min, total, scale))
		r.lo++;
	while (r.lo <= r.hi && !gives_marks(z, r.hi, pages_min, total, scale))
		r.hi--;
	return r;
}

/* All zones at their least size; 0, or what is still to be handed out. */
static bool fits(struct boot_zones *b, int64_t total, int64_t scale)
{
	int64_t least = 0, most = 0, rest;

	for (unsigned int i = 0; i < b->nr; i++) {
		struct boot_zone *z = &b->zone[i];
		const struct run r = by_marks(z, b->pages_min, total, scale);

		if (r.lo > r.hi)
			return false;
		z->early = r.lo;
		least += shares(z) ? r.lo : 0;
		most += shares(z) ? r.hi : 0;
	}
	if (total < least || total > most)
		return false;
	rest = total - least;
	for (unsigned int i = 0; i < b->nr; i++) {
		struct boot_zone *z = &b->zone[i];
		struct run r;
		int64_t more;

		if (!shares(z))
			continue;
		r = by_marks(z, b->pages_min, total, scale);
		more = r.hi - r.lo < rest ? r.hi - r.lo : rest;
		z->early += more;
		rest -= more;
	}
	return true;
}

bool boot_next_sizes(struct boot_zones *b, int64_t scale_factor)
{
	int64_t least = 0, most = 0;

	for (unsigned int i = 0; i < b->nr; i++) {
		const struct run r = by_high_max(&b->zone[i]);

		least += shares(&b->zone[i]) ? r.lo : 0;
		most += shares(&b->zone[i]) ? r.hi : 0;
	}
	if (b->total < least)
		b->total = least;
	while (b->total <= most)
		if (b->total++ > 0 && fits(b, b->total - 1, scale_factor))
			return true;
	return false;
}
