/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lru_batch.c - see lru_batch.h
 */
#include "core/lru_batch.h"

static void set_nr(struct mm *mm, unsigned int cpu, enum lru_batch which,
		   uint32_t nr)
{
	const struct lru_batches *b = &mm->batch[cpu];

	STORE(mm, mm->st->nr_batched, mm->st->nr_batched + nr - b->nr[which]);
	STORE(mm, b->nr[which], nr);
}

/* In the order they came; each goes to the head of its list. */
static void flush_add(struct mm *mm, unsigned int cpu)
{
	const struct lru_batches *b = &mm->batch[cpu];
	const uint32_t nr = b->nr[LRU_ADD];

	if (nr == 0)
		return;
	set_nr(mm, cpu, LRU_ADD, 0);
	for (uint32_t i = 0; i < nr; i++)
		lruvec_add_folio(mm, b->pfn[LRU_ADD][i]);
}

void folio_add_lru(struct mm *mm, pfn_t pfn)
{
	const unsigned int cpu = mm->cpu;
	const struct lru_batches *b = &mm->batch[cpu];
	const uint32_t nr = b->nr[LRU_ADD];

	STORE(mm, b->pfn[LRU_ADD][nr], pfn);
	set_nr(mm, cpu, LRU_ADD, nr + 1);
	if (nr + 1 == LRU_BATCH || block_order(&mm->page[pfn].b))
		flush_add(mm, cpu);
}

void lru_add_drain_cpu(struct mm *mm, unsigned int cpu)
{
	flush_add(mm, cpu);
}

void lru_add_drain_all(struct mm *mm)
{
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		lru_add_drain_cpu(mm, cpu);
}

unsigned int lru_batch_times(const struct mm *mm, pfn_t pfn)
{
	unsigned int times = 0;

	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		for (int which = 0; which < NR_LRU_BATCHES; which++)
			for (uint32_t i = 0; i < mm->batch[cpu].nr[which]; i++)
				times += mm->batch[cpu].pfn[which][i] == pfn;
	return times;
}

/* Its place in a batch, or -1. */
static int place_in(const struct lru_batches *b, int which, pfn_t pfn)
{
	for (uint32_t i = 0; i < b->nr[which]; i++)
		if (b->pfn[which][i] == pfn)
			return (int)i;
	return -1;
}

void lru_batch_forget(struct mm *mm, pfn_t pfn)
{
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		for (int which = 0; which < NR_LRU_BATCHES; which++) {
			const struct lru_batches *b = &mm->batch[cpu];
			const int at = place_in(b, which, pfn);

			if (at < 0)
				continue;
			for (uint32_t i = (uint32_t)at; i + 1 < b->nr[which];
			     i++)
				STORE(mm, b->pfn[which][i],
				      b->pfn[which][i + 1]);
			set_nr(mm, cpu, (enum lru_batch)which,
			       b->nr[which] - 1);
		}
}
