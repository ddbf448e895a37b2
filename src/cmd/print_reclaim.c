/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_reclaim.c - LRU lists and batches, swap and writes, slab caches
 */
#include <stdio.h>

#include "cmd/internal.h"
#include "cmd/json_doc.h"
#include "cmd/show.h"

#define SHOWN 16 /* frames of a list, in text */

/* ---- lru ---- */

static void print_lru_list(const struct mm *mm, unsigned int nid,
			   unsigned int lru, struct out *out)
{
	pfn_t pfn = mm_lru_first(mm, nid, lru);

	out_text(out, "  %-14s %lld", mm_lru_name(lru),
		 (long long)mm_lru_size(mm, nid, lru));
	out_text(out, "%s", pfn == NO_PFN ? "" : ":");
	for (int i = 0; pfn != NO_PFN && i < SHOWN; i++) {
		out_text(out, " %u", pfn);
		pfn = mm_lru_next(mm, pfn);
	}
	out_line(out, "%s", pfn == NO_PFN ? "" : " ...");
}

static void print_batches(const struct mm *mm, unsigned int cpu,
			  struct out *out)
{
	for (unsigned int b = 0; b < NR_LRU_BATCHES; b++) {
		const unsigned int n = mm_lru_batch_len(mm, cpu, b);

		if (n == 0)
			continue;
		out_text(out, "cpu %u: batch %s:", cpu, mm_lru_batch_name(b));
		for (unsigned int i = 0; i < n; i++)
			out_text(out, " %u", mm_lru_batch_at(mm, cpu, b, i));
		out_line(out, "%s", "");
	}
}

/** Each node's lists from the newest page on, then what waits. */
void print_lru(const struct mm *mm, const struct show_what *what,
	       struct out *out)
{
	for (unsigned int n = 0; n < mm_nr_nodes(mm); n++) {
		out_line(out, "node %u: pages, newest first", n);
		for (unsigned int l = 0; l < NR_LRU_LISTS; l++)
			print_lru_list(mm, n, l, out);
	}
	for (unsigned int c = 0; c < mm_nr_cpus(mm); c++)
		if (what->cpu < 0 || (unsigned int)what->cpu == c)
			print_batches(mm, c, out);
}

static json_t *lru_list(struct doc *doc, unsigned int nid, unsigned int lru)
{
	json_t *o = json_object(), *pfns = json_array();
	pfn_t p = mm_lru_first(doc->mm, nid, lru);

	for (; p != NO_PFN; p = mm_lru_next(doc->mm, p))
		doc_add(doc, pfns, doc_pfn(p));
	doc_number(doc, o, "node", nid);
	doc_text(doc, o, "list", mm_lru_name(lru));
	doc_number(doc, o, "pages", mm_lru_size(doc->mm, nid, lru));
	doc_put(doc, o, "pfns", pfns);
	return o;
}

static json_t *lru_batch(struct doc *doc, unsigned int cpu, unsigned int which)
{
	json_t *o = json_object(), *pfns = json_array();

	for (unsigned int i = 0; i < mm_lru_batch_len(doc->mm, cpu, which); i++)
		doc_add(doc, pfns,
			doc_pfn(mm_lru_batch_at(doc->mm, cpu, which, i)));
	doc_number(doc, o, "cpu", cpu);
	doc_text(doc, o, "batch", mm_lru_batch_name(which));
	doc_put(doc, o, "pfns", pfns);
	return o;
}

json_t *json_lru(struct doc *doc)
{
	json_t *o = json_object(), *lists = json_array(),
	       *batches = json_array();

	for (unsigned int n = 0; n < mm_nr_nodes(doc->mm); n++)
		for (unsigned int l = 0; l < NR_LRU_LISTS; l++)
			doc_add(doc, lists, lru_list(doc, n, l));
	for (unsigned int c = 0; c < mm_nr_cpus(doc->mm); c++)
		for (unsigned int b = 0; b < NR_LRU_BATCHES; b++)
			if (mm_lru_batch_len(doc->mm, c, b))
				doc_add(doc, batches, lru_batch(doc, c, b));
	doc_put(doc, o, "lists", lists);
	doc_put(doc, o, "batches", batches);
	return o;
}

/* ---- swap, and what is being written ---- */

void print_swap(const struct mm *mm, const struct show_what *what,
		struct out *out)
{
	struct mm_swap_info si;
	struct mm_write_info wi;
	const unsigned int n = mm_write_info(mm, 0, &wi);

	(void)what;
	mm_swap_info(mm, &si);
	if (si.total)
		out_line(out,
			 "swap: %lld page%s, %lld free, %lld in the swap "
			 "cache",
			 (long long)si.total, plural(si.total),
			 (long long)si.free, (long long)si.cached);
	else
		out_line(out, "no swap; `swap on pages=N` makes some");
	for (unsigned int i = 0; i < n; i++) {
		mm_write_info(mm, i, &wi);
		out_line(out, "being written: %u block%s, until jiffy %llu",
			 wi.blocks, wi.blocks == 1 ? "" : "s",
			 (unsigned long long)wi.due);
	}
}

json_t *json_swap(struct doc *doc)
{
	json_t *o = json_object(), *writes = json_array();
	struct mm_swap_info si;
	struct mm_write_info wi;
	const unsigned int n = mm_write_info(doc->mm, 0, &wi);

	mm_swap_info(doc->mm, &si);
	doc_number(doc, o, "total", si.total);
	doc_number(doc, o, "free", si.free);
	doc_number(doc, o, "cached", si.cached);
	for (unsigned int i = 0; i < n; i++) {
		json_t *w = json_object();

		mm_write_info(doc->mm, i, &wi);
		doc_number(doc, w, "due", (int64_t)wi.due);
		doc_number(doc, w, "blocks", wi.blocks);
		doc_add(doc, writes, w);
	}
	doc_put(doc, o, "writes", writes);
	return o;
}

/* ---- slab caches ---- */

void print_slabs(const struct mm *mm, const struct show_what *what,
		 struct out *out)
{
	struct mm_slab_info si;

	(void)what;
	if (mm_nr_slabs(mm) == 0)
		out_line(out, "no slab caches; `slab new` makes one");
	for (unsigned int i = 0; i < mm_nr_slabs(mm); i++) {
		mm_slab_info(mm, i, &si);
		out_line(out,
			 "%s: %lld object%s, %u a page, %llu page%s; node %u, "
			 "seeks %u, %lld put off",
			 si.name, (long long)si.objects, plural(si.objects),
			 si.objects_per_page, (unsigned long long)si.pages,
			 plural((int64_t)si.pages), si.nid, si.seeks,
			 (long long)si.deferred);
	}
}

json_t *json_slabs(struct doc *doc)
{
	json_t *list = json_array();
	struct mm_slab_info si;

	for (unsigned int i = 0; i < mm_nr_slabs(doc->mm); i++) {
		json_t *o = json_object();

		mm_slab_info(doc->mm, i, &si);
		doc_text(doc, o, "name", si.name);
		doc_number(doc, o, "node", si.nid);
		doc_number(doc, o, "objects", si.objects);
		doc_number(doc, o, "per_page", si.objects_per_page);
		doc_number(doc, o, "pages", (int64_t)si.pages);
		doc_number(doc, o, "seeks", si.seeks);
		doc_number(doc, o, "deferred", si.deferred);
		doc_add(doc, list, o);
	}
	return list;
}
