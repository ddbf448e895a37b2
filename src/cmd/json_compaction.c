/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_compaction.c - compaction, pages in flight and CMA areas as JSON
 *
 * The shapes are told in json.c.
 */
#include "cmd/internal.h"
#include "cmd/json_doc.h"

/* The first frame of each pageblock of a zone that is shut. */
static json_t *isolated(struct doc *doc, const struct mm_zone_info *zi)
{
	const uint64_t pages = UINT64_C(1) << mm_pageblock_order(doc->mm);
	json_t *list = json_array();

	for (uint64_t p = zi->start & ~(pages - 1);
	     zi->nr_isolate && p < (uint64_t)zi->start + zi->spanned;
	     p += pages)
		if (mm_pageblock_type(doc->mm, (pfn_t)p) == MIGRATE_ISOLATE)
			doc_add(doc, list, json_integer((json_int_t)p));
	return list;
}

static json_t *zone(struct doc *doc, zone_t zid)
{
	json_t *o = doc_zone(doc, zid);
	struct mm_compact_zone c;
	struct mm_zone_info zi;

	mm_compact_zone_info(doc->mm, zid, &c);
	mm_zone_info(doc->mm, zid, &zi);
	doc_number(doc, o, "score", c.score);
	doc_number(doc, o, "migrate_async", (int64_t)c.migrate_async);
	doc_number(doc, o, "migrate_sync", (int64_t)c.migrate_sync);
	doc_number(doc, o, "free", (int64_t)c.free);
	doc_number(doc, o, "init_migrate", (int64_t)c.init_migrate);
	doc_number(doc, o, "init_free", (int64_t)c.init_free);
	doc_number(doc, o, "skip_bits", c.skip_bits);
	doc_put(doc, o, "flush_skip_bits", json_boolean(c.flush_skip_bits));
	doc_number(doc, o, "considered", c.considered);
	doc_number(doc, o, "defer_limit", c.defer_limit);
	doc_number(doc, o, "order_failed", c.order_failed);
	doc_put(doc, o, "isolated", isolated(doc, &zi));
	return o;
}

static json_t *in_flight(struct doc *doc, unsigned int task)
{
	json_t *list = json_array();
	struct mm_in_flight f;

	for (unsigned int i = 0; mm_in_flight(doc->mm, task, i, &f); i++) {
		json_t *o = json_object();

		doc_number(doc, o, "from", f.src);
		doc_put(doc, o, "to", doc_pfn(f.dst));
		doc_number(doc, o, "order", f.order);
		doc_add(doc, list, o);
	}
	return list;
}

static json_t *page(uint64_t pfn)
{
	return pfn == NO_PFN ? json_null() : json_integer((json_int_t)pfn);
}

static json_t *run(struct doc *doc, const struct mm_compact_task *c)
{
	json_t *o = doc_zone(doc, c->zone);

	doc_number(doc, o, "order", c->order);
	doc_text(doc, o, "mode", migrate_mode_name(c->mode));
	doc_put(doc, o, "direct", json_boolean(c->direct));
	doc_put(doc, o, "whole_zone", json_boolean(c->whole_zone));
	doc_put(doc, o, "proactive", json_boolean(c->proactive));
	doc_text(doc, o, "at", mm_compact_at_name(c->at));
	doc_number(doc, o, "migrate_pfn", (int64_t)c->migrate_pfn);
	doc_number(doc, o, "free_pfn", (int64_t)c->free_pfn);
	doc_put(doc, o, "source_page", page(c->source_page));
	doc_put(doc, o, "target_page", page(c->target_page));
	doc_number(doc, o, "to_move", c->isolated);
	doc_number(doc, o, "targets", c->targets);
	doc_put(doc, o, "captures",
		c->captures ? json_integer(c->capture_order) : json_null());
	doc_put(doc, o, "captured", doc_pfn(c->captured));
	return o;
}

static json_t *range(struct doc *doc, const struct mm_range_task *r)
{
	static const char *const kinds[] = {
		[RANGE_TASK_CONTIG] = "contig",
		[RANGE_TASK_CMA] = "cma",
		[RANGE_TASK_OFFLINE] = "offline",
	};
	json_t *o = json_object();

	doc_text(doc, o, "for", kinds[r->kind]);
	doc_text(doc, o, "at", r->at);
	doc_put(doc, o, "first", doc_pfn(r->start));
	doc_put(doc, o, "last",
		r->end == NO_PFN ? json_null() : json_integer(r->end - 1));
	return o;
}

static void add_tasks(struct doc *doc, json_t *list)
{
	for (unsigned int i = 0; i < mm_nr_tasks(doc->mm); i++) {
		struct mm_compact_task c;
		struct mm_range_task r;
		struct mm_task_info ti;
		json_t *o;

		mm_compact_task_info(doc->mm, i, &c);
		mm_range_task_info(doc->mm, i, &r);
		mm_task_info(doc->mm, i, &ti);
		if (!c.running && r.kind == RANGE_TASK_NONE)
			continue;
		o = c.running ? run(doc, &c) : range(doc, &r);
		doc_text(doc, o, "task", ti.comm);
		doc_put(doc, o, "in_flight", in_flight(doc, i));
		doc_add(doc, list, o);
	}
}

json_t *json_compaction(struct doc *doc)
{
	json_t *root = json_object();
	json_t *zones = json_array(), *tasks = json_array();

	for (unsigned int i = 0; i < mm_nr_zones(doc->mm); i++)
		if (show_zone(doc->what, mm_zone_at(doc->mm, i)))
			doc_add(doc, zones, zone(doc, mm_zone_at(doc->mm, i)));
	add_tasks(doc, tasks);
	doc_put(doc, root, "zones", zones);
	doc_put(doc, root, "tasks", tasks);
	return root;
}

json_t *json_cma(struct doc *doc)
{
	json_t *list = json_array();
	struct mm_cma_info ci;

	for (unsigned int i = 0; i < mm_nr_cma(doc->mm); i++) {
		json_t *o = json_object(), *claimed = json_array();

		mm_cma_info(doc->mm, i, &ci);
		doc_number(doc, o, "area", i);
		doc_number(doc, o, "first", ci.base);
		doc_number(doc, o, "frames", ci.count);
		doc_number(doc, o, "available", ci.available);
		for (pfn_t p = ci.base; p < ci.base + ci.count; p++)
			if (mm_cma_used(doc->mm, p))
				doc_add(doc, claimed, json_integer(p));
		doc_put(doc, o, "claimed", claimed);
		doc_add(doc, list, o);
	}
	return list;
}
