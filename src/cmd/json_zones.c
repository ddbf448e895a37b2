/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_zones.c - zones, their lists and their per-CPU lists as JSON
 *
 * The shapes are told in json.c.
 */
#include "cmd/json_doc.h"

/* Zones to be shown, by node and index; NO_ZONE past the last. */
static zone_t next_zone(const struct doc *doc, unsigned int *i, bool empty_too)
{
	while (*i < mm_nr_nodes(doc->mm) * MAX_NR_ZONES) {
		const zone_t z = (zone_t)(*i)++;

		if (show_zone(doc->what, z) &&
		    (empty_too || mm_zone_populated(doc->mm, z)))
			return z;
	}
	return NO_ZONE;
}

/* ---- counts ---- */

/* For each zone a list called @name: a number for each order. */
static json_t *by_order(struct doc *doc, const char *name,
			int64_t (*number)(const struct mm *, zone_t,
					  unsigned int))
{
	json_t *list = json_array();
	unsigned int i = 0;
	zone_t z;

	while ((z = next_zone(doc, &i, false)) != NO_ZONE) {
		json_t *o = doc_zone(doc, z), *row = json_array();

		for (unsigned int k = 0; k <= mm_max_order(doc->mm); k++)
			doc_add(doc, row, json_integer(number(doc->mm, z, k)));
		doc_put(doc, o, name, row);
		doc_add(doc, list, o);
	}
	return list;
}

static int64_t nr_free(const struct mm *mm, zone_t zid, unsigned int order)
{
	return mm_nr_free_order(mm, zid, order);
}

static int64_t extfrag(const struct mm *mm, zone_t zid, unsigned int order)
{
	return mm_extfrag_index(mm, zid, order);
}

static int64_t unusable(const struct mm *mm, zone_t zid, unsigned int order)
{
	return mm_unusable_index(mm, zid, order);
}

json_t *json_buddyinfo(struct doc *doc)
{
	return by_order(doc, "blocks", nr_free);
}

json_t *json_extfrag(struct doc *doc)
{
	return by_order(doc, "index", extfrag);
}

json_t *json_unusable(struct doc *doc)
{
	return by_order(doc, "index", unusable);
}

static void put_types(struct doc *doc, json_t *to, zone_t z)
{
	json_t *free = json_object(), *pageblocks = json_object();
	uint64_t count[MIGRATE_TYPES];

	count_pageblocks(doc->mm, z, count);
	for (int i = 0; i < MIGRATE_TYPES; i++) {
		const enum migratetype t = (enum migratetype)i;
		json_t *row = json_array();

		for (unsigned int k = 0; k <= mm_max_order(doc->mm); k++)
			doc_add(doc, row,
				json_integer(mm_nr_free(doc->mm, z, k, t)));
		doc_put(doc, free, mm_migratetype_name(t), row);
		doc_number(doc, pageblocks, mm_migratetype_name(t),
			   (int64_t)count[i]);
	}
	doc_put(doc, to, "free", free);
	doc_put(doc, to, "pageblocks", pageblocks);
}

json_t *json_pagetypeinfo(struct doc *doc)
{
	const unsigned int order = mm_pageblock_order(doc->mm);
	json_t *o = json_object(), *zones = json_array();
	unsigned int i = 0;
	zone_t z;

	doc_number(doc, o, "pageblock_order", order);
	doc_number(doc, o, "pages_per_block", 1u << order);
	while ((z = next_zone(doc, &i, false)) != NO_ZONE) {
		json_t *zone = doc_zone(doc, z);

		put_types(doc, zone, z);
		doc_add(doc, zones, zone);
	}
	doc_put(doc, o, "zones", zones);
	return o;
}

/* ---- zones ---- */

static const char *const marks[NR_WMARK] = {"min", "low", "high", "promo"};

static void put_pagesets(struct doc *doc, json_t *o, zone_t z,
			 const struct mm_zone_info *zi)
{
	json_t *sets = json_array();
	struct mm_pcp_info pi;

	for (unsigned int c = 0; c < mm_nr_cpus(doc->mm); c++) {
		json_t *set = json_object();

		mm_pcp_info(doc->mm, z, c, &pi);
		doc_number(doc, set, "cpu", c);
		doc_number(doc, set, "count", pi.count);
		doc_number(doc, set, "high", pi.high);
		doc_number(doc, set, "batch", pi.batch);
		doc_number(doc, set, "high_min", pi.high_min);
		doc_number(doc, set, "high_max", pi.high_max);
		doc_number(doc, set, "stat_threshold", zi->stat_threshold);
		doc_add(doc, sets, set);
	}
	doc_put(doc, o, "pagesets", sets);
}

static void put_populated(struct doc *doc, json_t *o, zone_t z,
			  const struct mm_zone_info *zi)
{
	json_t *stats = json_object();

	for (unsigned int i = 0; mm_vmstat_group(i) <= VMSTAT_NUMA; i++)
		doc_number(doc, stats, mm_vmstat_name(doc->mm, i),
			   mm_zone_vmstat(doc->mm, z, i));
	doc_put(doc, o, "stats", stats);
	put_pagesets(doc, o, z, zi);
	doc_put(doc, o, "node_unreclaimable",
		json_boolean(mm_node_unreclaimable(doc->mm, zi->nid)));
	doc_number(doc, o, "start_pfn", zi->start);
	doc_number(doc, o, "reserved_highatomic", zi->reserved_highatomic);
	doc_number(doc, o, "free_highatomic", zi->free_highatomic);
}

/* Of the node, in its first populated zone that is shown. */
static void put_node_stats(struct doc *doc, json_t *o, unsigned int nid)
{
	json_t *stats = json_object();
	const char *name;

	for (unsigned int i = 0; (name = mm_vmstat_name(doc->mm, i)); i++)
		if (mm_vmstat_group(i) == VMSTAT_NODE)
			doc_number(doc, stats, name,
				   mm_node_vmstat(doc->mm, nid, i));
	doc_put(doc, o, "node_stats", stats);
}

json_t *json_zoneinfo(struct doc *doc)
{
	json_t *list = json_array();
	struct mm_zone_info zi;
	unsigned int i = 0, stats_of = 0; /* nodes whose were shown */
	zone_t z;

	while ((z = next_zone(doc, &i, true)) != NO_ZONE) {
		const bool populated = mm_zone_populated(doc->mm, z);
		json_t *o = doc_zone(doc, z), *protection = json_array();

		mm_zone_info(doc->mm, z, &zi);
		doc_put(doc, o, "populated", json_boolean(populated));
		doc_number(doc, o, "free", mm_zone_vmstat(doc->mm, z, 0));
		doc_number(doc, o, "boost", zi.boost);
		for (int m = 0; m < NR_WMARK; m++)
			doc_number(doc, o, marks[m], zi.wmark[m] + zi.boost);
		doc_number(doc, o, "spanned", zi.spanned);
		doc_number(doc, o, "present", zi.present);
		doc_number(doc, o, "managed", zi.managed);
		doc_number(doc, o, "cma", zi.cma);
		for (int k = 0; k < MAX_NR_ZONES; k++)
			doc_add(doc, protection,
				json_integer(zi.lowmem_reserve[k]));
		doc_put(doc, o, "protection", protection);
		if (populated && !(stats_of & 1u << zi.nid)) {
			stats_of |= 1u << zi.nid;
			put_node_stats(doc, o, zi.nid);
		}
		if (populated)
			put_populated(doc, o, z, &zi);
		doc_add(doc, list, o);
	}
	return list;
}

json_t *json_zones(struct doc *doc)
{
	json_t *list = json_array();
	struct mm_zone_info zi;

	for (unsigned int i = 0; i < mm_nr_zones(doc->mm); i++) {
		const zone_t z = mm_zone_at(doc->mm, i);
		json_t *o;

		if (!show_zone(doc->what, z))
			continue;
		o = doc_zone(doc, z);
		mm_zone_info(doc->mm, z, &zi);
		doc_number(doc, o, "start", zi.start);
		doc_number(doc, o, "end", (int64_t)zi.start + zi.spanned - 1);
		doc_number(doc, o, "managed", zi.managed);
		doc_number(doc, o, "free", zi.free);
		for (int m = WMARK_MIN; m <= WMARK_HIGH; m++)
			doc_number(doc, o, marks[m], zi.wmark[m]);
		doc_number(doc, o, "boost", zi.boost);
		doc_add(doc, list, o);
	}
	return list;
}

/* ---- lists ---- */

static json_t *new_list(struct doc *doc, enum migratetype mt,
			unsigned int order)
{
	json_t *list = json_object();

	doc_text(doc, list, "migratetype", mm_migratetype_name(mt));
	doc_number(doc, list, "order", order);
	return list;
}

static void put_lists(struct doc *doc, json_t *to, zone_t z)
{
	const int order = doc->what->order, type = doc->what->type;
	json_t *lists = json_array();

	for (unsigned int k = 0; k <= mm_max_order(doc->mm); k++)
		for (int t = 0; t < MIGRATE_TYPES; t++) {
			const enum migratetype mt = (enum migratetype)t;
			pfn_t pfn = mm_list_first(doc->mm, z, k, mt);
			json_t *list, *pfns;

			if (pfn == NO_PFN ||
			    (order >= 0 && (unsigned int)order != k) ||
			    (type >= 0 && type != t))
				continue;
			list = new_list(doc, mt, k);
			pfns = json_array();
			for (; pfn != NO_PFN;
			     pfn = mm_list_next(doc->mm, k, pfn))
				doc_add(doc, pfns, json_integer(pfn));
			doc_put(doc, list, "pfns", pfns);
			doc_add(doc, lists, list);
		}
	doc_put(doc, to, "lists", lists);
}

json_t *json_lists(struct doc *doc)
{
	json_t *data = json_array();

	for (unsigned int i = 0; i < mm_nr_zones(doc->mm); i++) {
		const zone_t z = mm_zone_at(doc->mm, i);
		json_t *o;

		if (!show_zone(doc->what, z))
			continue;
		o = doc_zone(doc, z);
		put_lists(doc, o, z);
		doc_add(doc, data, o);
	}
	return data;
}

static void put_pcp_lists(struct doc *doc, json_t *to, zone_t z,
			  unsigned int cpu)
{
	json_t *lists = json_array();

	for (unsigned int i = 0; i < mm_nr_pcp_lists(doc->mm); i++) {
		pfn_t pfn = mm_pcp_list_first(doc->mm, z, cpu, i);
		json_t *list, *pfns;

		if (pfn == NO_PFN)
			continue;
		list = new_list(doc, mm_pcp_list_type(doc->mm, i),
				mm_pcp_list_order(doc->mm, i));
		pfns = json_array();
		for (; pfn != NO_PFN; pfn = mm_pcp_list_next(doc->mm, i, pfn))
			doc_add(doc, pfns, json_integer(pfn));
		doc_put(doc, list, "pfns", pfns);
		doc_add(doc, lists, list);
	}
	doc_put(doc, to, "lists", lists);
}

static json_t *pcp_of(struct doc *doc, zone_t z, unsigned int cpu)
{
	json_t *o = doc_zone(doc, z);
	struct mm_pcp_info pi;

	mm_pcp_info(doc->mm, z, cpu, &pi);
	doc_number(doc, o, "cpu", cpu);
	doc_number(doc, o, "count", pi.count);
	doc_number(doc, o, "high", pi.high);
	doc_number(doc, o, "high_min", pi.high_min);
	doc_number(doc, o, "high_max", pi.high_max);
	doc_number(doc, o, "batch", pi.batch);
	put_pcp_lists(doc, o, z, cpu);
	return o;
}

json_t *json_pcp(struct doc *doc)
{
	json_t *data = json_array();

	for (unsigned int i = 0; i < mm_nr_zones(doc->mm); i++) {
		const zone_t z = mm_zone_at(doc->mm, i);

		for (unsigned int c = 0; c < mm_nr_cpus(doc->mm); c++)
			if (show_zone(doc->what, z) &&
			    (doc->what->cpu < 0 ||
			     (unsigned int)doc->what->cpu == c))
				doc_add(doc, data, pcp_of(doc, z, c));
	}
	return data;
}
