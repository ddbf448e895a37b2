/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json.c - what `show` shows, as one JSON document
 *
 * {"show": WORD, "moment": N, "data": DATA}.  DATA is a list of objects, one
 * for each zone, event, owner or name; for frame and block one object:
 *
 *	buddyinfo, pagetypeinfo, zoneinfo, zones, pcp, lists
 *		{"node", "zone", "free", "managed", "min", "low", "high", ...,
 *		 "blocks": [per order], "types": {TYPE: [per order]},
 *		 "pageblocks": {TYPE: N}, "cpus": [{"cpu", "count", ...}],
 *		 "lists": [{"type", "order", "pfns": [head first]}]}
 *	frame, block	{"pfn", "state", "head", "order", "pageblock", ...}
 *	events		{"event", "name", "cpu", "args": {NAME: N}, "text"}
 *	owners		{"name", "blocks", "pages"}
 *	gfp		{"name", "value"}
 */
#include <string.h>

#include "cmd/show.h"

static void put(json_t *to, const char *key, int64_t value)
{
	json_object_set_new(to, key, json_integer(value));
}

static void put_text(json_t *to, const char *key, const char *text)
{
	json_object_set_new(to, key, json_string(text));
}

static json_t *json_cpus(const struct mm *mm, zone_t z,
			 const struct show_what *what)
{
	json_t *cpus = json_array();
	struct mm_pcp_info pi;

	for (unsigned int c = 0; c < mm_nr_cpus(mm); c++) {
		json_t *o = json_object();

		if (what->cpu >= 0 && (unsigned int)what->cpu != c) {
			json_decref(o);
			continue;
		}
		mm_pcp_info(mm, z, c, &pi);
		put(o, "cpu", c);
		put(o, "count", pi.count);
		put(o, "high", pi.high);
		put(o, "batch", pi.batch);
		put(o, "high_min", pi.high_min);
		put(o, "high_max", pi.high_max);
		json_array_append_new(cpus, o);
	}
	return cpus;
}

static void put_blocks(json_t *to, const struct mm *mm, zone_t z)
{
	json_t *blocks = json_array(), *types = json_object();
	json_t *pageblocks = json_object();
	uint64_t count[MIGRATE_TYPES];

	count_pageblocks(mm, z, count);
	for (unsigned int o = 0; o <= mm_max_order(mm); o++)
		json_array_append_new(blocks,
				      json_integer(mm_nr_free_order(mm, z, o)));
	for (int i = 0; i < MIGRATE_TYPES; i++) {
		const enum migratetype t = (enum migratetype)i;
		json_t *row = json_array();

		for (unsigned int o = 0; o <= mm_max_order(mm); o++)
			json_array_append_new(
				row, json_integer(mm_nr_free(mm, z, o, t)));
		json_object_set_new(types, mm_migratetype_name(t), row);
		put(pageblocks, mm_migratetype_name(t), (int64_t)count[i]);
	}
	json_object_set_new(to, "blocks", blocks);
	json_object_set_new(to, "types", types);
	json_object_set_new(to, "pageblocks", pageblocks);
}

static json_t *json_lists(const struct mm *mm, zone_t z,
			  const struct show_what *what)
{
	json_t *lists = json_array();

	for (int o = 0; o <= (int)mm_max_order(mm); o++)
		for (int t = 0; t < MIGRATE_TYPES; t++) {
			pfn_t p = mm_list_first(mm, z, (unsigned int)o,
						(enum migratetype)t);
			json_t *list, *pfns;

			if (p == NO_PFN ||
			    (what->order >= 0 && what->order != o) ||
			    (what->type >= 0 && what->type != t))
				continue;
			list = json_object();
			pfns = json_array();
			put_text(list, "type",
				 mm_migratetype_name((enum migratetype)t));
			put(list, "order", o);
			for (; p != NO_PFN;
			     p = mm_list_next(mm, (unsigned int)o, p))
				json_array_append_new(pfns, json_integer(p));
			json_object_set_new(list, "pfns", pfns);
			json_array_append_new(lists, list);
		}
	return lists;
}

static json_t *json_zone(const struct mm *mm, zone_t z,
			 const struct show_what *what)
{
	json_t *o = json_object();
	struct mm_zone_info zi;

	mm_zone_info(mm, z, &zi);
	put(o, "node", zi.nid);
	put_text(o, "zone", zi.name);
	put(o, "start_pfn", zi.start);
	put(o, "spanned", zi.spanned);
	put(o, "present", zi.present);
	put(o, "managed", zi.managed);
	put(o, "cma", zi.cma);
	put(o, "free", zi.free);
	put(o, "boost", zi.boost);
	put(o, "min", zi.wmark[WMARK_MIN] + zi.boost);
	put(o, "low", zi.wmark[WMARK_LOW] + zi.boost);
	put(o, "high", zi.wmark[WMARK_HIGH] + zi.boost);
	put(o, "promo", zi.wmark[WMARK_PROMO] + zi.boost);
	put(o, "reserved_highatomic", zi.reserved_highatomic);
	put(o, "free_highatomic", zi.free_highatomic);
	put_blocks(o, mm, z);
	json_object_set_new(o, "cpus", json_cpus(mm, z, what));
	json_object_set_new(o, "lists", json_lists(mm, z, what));
	return o;
}

static json_t *json_frame(const struct mm *mm, pfn_t pfn)
{
	json_t *o = json_object();
	struct mm_frame f;
	char text[240];

	mm_frame(mm, pfn, &f);
	frame_text(mm, pfn, text, sizeof text);
	put(o, "pfn", pfn);
	put_text(o, "state", frame_kind_name(f.kind));
	put(o, "head", f.head);
	put(o, "order", f.order);
	put(o, "pageblock", pageblock_first(mm, pfn));
	put_text(o, "pageblock_type", mm_migratetype_name(f.block_type));
	put(o, "pageblock_free", mm_pageblock_free(mm, pfn));
	put_text(o, "text", text);
	return o;
}

static json_t *json_events(const struct mm *mm, uint64_t last)
{
	json_t *list = json_array();
	const struct mm_event *ev;
	char text[240];

	for (uint64_t n = events_from(mm, last);
	     n <= mm_now(mm) && (ev = mm_event(mm, n)); n++) {
		json_t *o = json_object(), *args = json_object();
		const char *s = mm_event_type(ev->type)->args;

		for (unsigned int i = 0; *s && i < MM_EVENT_ARGS; i++) {
			char name[40] = "";
			const size_t len = strcspn(s, " ");

			memcpy(name, s, len < 39 ? len : 39);
			put(args, name, ev->arg[i]);
			s += len + (s[len] == ' ');
		}
		event_text(mm, ev, EXPLAIN_NUMBERS, text, sizeof text);
		put(o, "event", (int64_t)n);
		put_text(o, "name", mm_event_type(ev->type)->name);
		put(o, "cpu", ev->cpu);
		json_object_set_new(o, "args", args);
		put_text(o, "text", text);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *json_names(const struct mm *mm, bool gfp)
{
	json_t *list = json_array();
	const char *name;
	gfp_t value;

	for (unsigned int i = 0; gfp && (name = mm_gfp_name(i, &value)); i++) {
		json_t *o = json_object();

		put_text(o, "name", name);
		put(o, "value", value);
		json_array_append_new(list, o);
	}
	for (unsigned int i = 1; !gfp && i <= mm_nr_owners(mm); i++) {
		json_t *o = json_object();

		put_text(o, "name", mm_owner_name(mm, (uint16_t)i));
		put(o, "blocks", mm_owner_blocks(mm, (uint16_t)i));
		put(o, "pages", (int64_t)mm_owner_pages(mm, (uint16_t)i));
		json_array_append_new(list, o);
	}
	return list;
}

json_t *json_document(const struct mm *mm, const char *word,
		      const struct show_what *what)
{
	json_t *doc = json_object(), *data;

	if (what->pfn != NO_PFN) {
		data = json_frame(mm, what->pfn);
	} else if (strcmp(word, "events") == 0) {
		data = json_events(mm, what->last);
	} else if (strcmp(word, "owners") == 0 || strcmp(word, "gfp") == 0) {
		data = json_names(mm, word[0] == 'g');
	} else {
		data = json_array();
		for (unsigned int i = 0; i < mm_nr_zones(mm); i++)
			if (show_zone(what, mm_zone_at(mm, i)))
				json_array_append_new(
					data,
					json_zone(mm, mm_zone_at(mm, i), what));
	}
	put_text(doc, "show", word);
	put(doc, "moment", (int64_t)mm_now(mm));
	json_object_set_new(doc, "data", data);
	return doc;
}
