/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_hugetlb.c - pools of huge pages, as text and as JSON
 */
#include "cmd/json_doc.h"

/* "node 0 free: 16..31 32..47" */
static void print_free(const struct mm *mm, enum mm_hugetlb_size size,
		       unsigned int nid, struct out *out)
{
	struct mm_hugetlb_info hi;
	pfn_t pfn = mm_hugetlb_first_free(mm, size, nid);

	mm_hugetlb_node_info(mm, size, nid, &hi);
	if (!hi.nr)
		return;
	out_text(out, "  node %u: %u, %u surplus; free:", nid, hi.nr,
		 hi.surplus);
	if (pfn == NO_PFN)
		out_text(out, " none");
	for (; pfn != NO_PFN; pfn = mm_hugetlb_next(mm, pfn))
		out_text(out, " %u..%u", pfn, pfn + (1u << hi.order) - 1);
	out_line(out, "%s", "");
}

static void print_active(const struct mm *mm, enum mm_hugetlb_size size,
			 struct out *out)
{
	pfn_t pfn = mm_hugetlb_first_active(mm, size);
	struct mm_frame f;

	if (pfn == NO_PFN)
		return;
	out_text(out, "  in use:");
	for (; pfn != NO_PFN; pfn = mm_hugetlb_next(mm, pfn)) {
		mm_frame(mm, pfn, &f);
		out_text(out, " %u..%u%s%s", pfn, pfn + (1u << f.order) - 1,
			 f.owner ? " " : "", mm_owner_name(mm, f.owner));
	}
	out_line(out, "%s", "");
}

void print_hugetlb(const struct mm *mm, const struct show_what *what,
		   struct out *out)
{
	struct mm_hugetlb_info hi;
	bool any = false;

	for (int i = 0; i < NR_HUGETLB_SIZES && !lab_stop(what->lab); i++) {
		const enum mm_hugetlb_size size = (enum mm_hugetlb_size)i;

		mm_hugetlb_info(mm, size, &hi);
		if (!hi.order)
			continue;
		any = true;
		out_line(out,
			 "order %u, %llu kB%s: %u, of them %u free, %u "
			 "reserved, %u surplus; wanted %u, overcommit %u",
			 hi.order, 1ull << (hi.order + mm_page_shift(mm) - 10),
			 hi.gigantic ? ", gigantic" : "", hi.nr, hi.free,
			 hi.resv, hi.surplus, hi.max, hi.overcommit);
		for (unsigned int n = 0; n < mm_nr_nodes(mm); n++)
			print_free(mm, size, n, out);
		print_active(mm, size, out);
	}
	if (!any)
		out_line(out, "this world has no huge pages");
}

/* ---- the same for programs ---- */

static json_t *pages_of(struct doc *doc, pfn_t pfn)
{
	json_t *list = json_array();

	for (; pfn != NO_PFN; pfn = mm_hugetlb_next(doc->mm, pfn))
		doc_add(doc, list, json_integer(pfn));
	return list;
}

static json_t *node_of(struct doc *doc, enum mm_hugetlb_size size,
		       unsigned int nid)
{
	json_t *o = json_object();
	struct mm_hugetlb_info hi;

	mm_hugetlb_node_info(doc->mm, size, nid, &hi);
	doc_number(doc, o, "node", nid);
	doc_number(doc, o, "nr", hi.nr);
	doc_number(doc, o, "surplus", hi.surplus);
	doc_put(doc, o, "free",
		pages_of(doc, mm_hugetlb_first_free(doc->mm, size, nid)));
	return o;
}

json_t *json_hugetlb(struct doc *doc)
{
	json_t *list = json_array();
	struct mm_hugetlb_info hi;

	for (int i = 0; i < NR_HUGETLB_SIZES; i++) {
		const enum mm_hugetlb_size size = (enum mm_hugetlb_size)i;
		json_t *o, *nodes;

		mm_hugetlb_info(doc->mm, size, &hi);
		if (!hi.order)
			continue;
		o = json_object();
		nodes = json_array();
		doc_number(doc, o, "order", hi.order);
		doc_number(doc, o, "nr", hi.nr);
		doc_number(doc, o, "free", hi.free);
		doc_number(doc, o, "reserved", hi.resv);
		doc_number(doc, o, "surplus", hi.surplus);
		doc_number(doc, o, "max", hi.max);
		doc_number(doc, o, "overcommit", hi.overcommit);
		for (unsigned int n = 0; n < mm_nr_nodes(doc->mm); n++)
			doc_add(doc, nodes, node_of(doc, size, n));
		doc_put(doc, o, "nodes", nodes);
		doc_put(doc, o, "in_use",
			pages_of(doc, mm_hugetlb_first_active(doc->mm, size)));
		doc_add(doc, list, o);
	}
	return list;
}
