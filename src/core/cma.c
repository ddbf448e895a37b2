/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cma.c - see cma.h
 */
#include "core/cma.h"

#include <errno.h>

#include "core/contig.h"
#include "core/frame.h"
#include "core/pageblock.h"

static bool bit(const struct mm *mm, const struct cma_area *a, uint32_t i)
{
	return mm->cma_bits[a->first_word + i / 64] >> (i % 64) & 1;
}

static void set_bit(struct mm *mm, const struct cma_area *a, uint32_t i,
		    bool used)
{
	const uint64_t *word = &mm->cma_bits[a->first_word + i / 64];
	const uint64_t mask = UINT64_C(1) << (i % 64);

	STORE(mm, *word, used ? *word | mask : *word & ~mask);
}

/* 4.6: candidates are aligned by address, not by bit. */
pfn_t cma_find(const struct mm *mm, unsigned int area, uint32_t next,
	       uint32_t nr, unsigned int align)
{
	const struct cma_area *a = &mm->st->cma[area];
	const uint64_t mask = (UINT64_C(1) << align) - 1;
	const uint64_t offset = a->base & mask;
	uint64_t i = next;
	uint32_t n;

	if (nr > a->available)
		return NO_PFN;
	for (;;) {
		while (i < a->count && bit(mm, a, (uint32_t)i))
			i++;
		i = ((i + offset + mask) & ~mask) - offset;
		if (i + nr > a->count)
			return NO_PFN;
		for (n = 0; n < nr && !bit(mm, a, (uint32_t)i + n); n++)
			;
		if (n == nr)
			return a->base + (pfn_t)i;
		i += n + 1;
	}
}

void cma_mark(struct mm *mm, unsigned int area, pfn_t pfn, uint32_t nr,
	      bool used)
{
	const struct cma_area *a = &mm->st->cma[area];

	for (uint32_t n = 0; n < nr; n++)
		set_bit(mm, a, pfn - a->base + n, used);
	STORE(mm, a->available, used ? a->available - nr : a->available + nr);
}

uint32_t cma_next(const struct mm *mm, unsigned int area, pfn_t pfn,
		  unsigned int align)
{
	return pfn - mm->st->cma[area].base + (1u << align);
}

/* The area that holds all of [pfn, pfn + nr), or nr_cma. */
static unsigned int area_of(const struct mm *mm, pfn_t pfn, pfn_t nr)
{
	unsigned int i = 0;

	while (i < mm->st->cfg.nr_cma &&
	       (pfn < mm->st->cma[i].base ||
		pfn - mm->st->cma[i].base >= mm->st->cma[i].count ||
		nr > mm->st->cma[i].count - (pfn - mm->st->cma[i].base)))
		i++;
	return i;
}

bool cma_sane(const struct mm *mm)
{
	uint32_t word = 0;

	for (uint32_t i = 0; i < mm->st->cfg.nr_cma; i++) {
		const struct mm_range *r = &mm->st->cfg.cma[i];
		const struct cma_area *a = &mm->st->cma[i];
		uint32_t used = 0;

		if (a->base != r->start || a->count != r->end - r->start ||
		    a->first_word != word || a->available > a->count)
			return false;
		for (uint32_t n = 0; n < a->count; n++)
			used += bit(mm, a, n);
		if (a->available != a->count - used)
			return false;
		word += (a->count + 63) / 64;
	}
	return true;
}

/* ---- for everybody ---- */

unsigned int mm_nr_cma(const struct mm *mm)
{
	return mm->st->cfg.nr_cma;
}

void mm_cma_info(const struct mm *mm, unsigned int area,
		 struct mm_cma_info *info)
{
	const struct cma_area *a = &mm->st->cma[area];

	*info = (struct mm_cma_info){0};
	if (area < mm->st->cfg.nr_cma)
		*info = (struct mm_cma_info){a->base, a->count, a->available};
}

bool mm_cma_used(const struct mm *mm, pfn_t pfn)
{
	const unsigned int i = area_of(mm, pfn, 1);

	return i < mm->st->cfg.nr_cma &&
	       bit(mm, &mm->st->cma[i], pfn - mm->st->cma[i].base);
}

int mm_put_cma(struct mm *mm, pfn_t pfn, struct mm_error *err)
{
	const unsigned int i = area_of(mm, pfn, 1);

	if (i == mm->st->cfg.nr_cma || mm_cma_used(mm, pfn))
		return mm_fail(err, -EINVAL,
			       "pfn %u: expected a page of a CMA area, not "
			       "used so far",
			       pfn);
	cma_mark(mm, i, pfn, 1, true);
	return 0;
}

int mm_cma_release_refusal(const struct mm *mm, pfn_t pfn, pfn_t count,
			   struct mm_error *err)
{
	if (count == 0 || area_of(mm, pfn, count) == mm->st->cfg.nr_cma)
		return mm_fail(err, -EINVAL,
			       "frames %u..%u: expected frames of one CMA area "
			       "(`show cma` lists them)",
			       pfn, pfn + count - 1);
	for (pfn_t p = pfn; p < pfn + count; p++)
		if (!mm_cma_used(mm, p))
			return mm_fail(err, -EINVAL,
				       "frame %u was not given by its CMA area",
				       p);
	return mm_free_contig_refusal(mm, pfn, pfn + count, err);
}

int mm_cma_release(struct mm *mm, pfn_t pfn, pfn_t count, unsigned int cpu,
		   struct mm_error *err)
{
	int e = mm_cma_release_refusal(mm, pfn, count, err);
	unsigned int i;

	if (e)
		return e;
	i = area_of(mm, pfn, count);
	op_enter(mm);
	e = mm_free_contig(mm, pfn, pfn + count, cpu, err);
	if (!e) {
		cma_mark(mm, i, pfn, count, false);
		TRACE(mm, cma_release, ARG(i), ARG(pfn), ARG(count));
	}
	op_leave(mm);
	return e;
}
