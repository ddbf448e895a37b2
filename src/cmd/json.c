/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json.c - what `show` shows, as one JSON document
 *
 * {"show": WORD, "moment": N, "data": DATA}, where N is where we stand in
 * time.  [O] below is a list with a number for each order, {T: O} an object
 * with one for each migratetype.  BLOCKS is a list of frame numbers, the head
 * of the list first.
 *
 *	buddyinfo	[{"node", "zone", "blocks": [O]}]
 *	pagetypeinfo	{"pageblock_order", "pages_per_block", "zones":
 *			 [{"node", "zone", "free": {T: [O]},
 *			   "pageblocks": {T: N}}]}
 *	zoneinfo	[{"node", "zone", "populated", "free", "boost", "min",
 *			  "low", "high", "promo", "spanned", "present",
 *			  "managed", "cma", "protection": [5 numbers],
 *			  if populated "stats": {NAME: N}, "pagesets":
 *			  [{"cpu", "count", "high", "batch", "high_min",
 *			    "high_max", "stat_threshold"}],
 *			  "node_unreclaimable", "start_pfn",
 *			  "reserved_highatomic", "free_highatomic", and in
 *			  the first such zone of a node "node_stats": {NAME: N}
 *			}]
 *			the marks have the boost in them
 *	extfrag_index, unusable_index	[{"node", "zone", "index": [O]}]
 *			in 1/1000
 *	trace, mem, failure, oom	[LINE], as text has them
 *	vmstat		{NAME: N}
 *	meminfo		{NAME: N}, in kB but for HugePages_*
 *	zones		[{"node", "zone", "start", "end", "managed", "free",
 *			  "min", "low", "high", "boost"}]
 *			end is the last frame; the marks are without the boost
 *	pcp		[{"node", "zone", "cpu", "count", "high", "high_min",
 *			  "high_max", "batch", "lists":
 *			  [{"migratetype", "order", "pfns": BLOCKS}]}]
 *	lists		[{"node", "zone", "lists":
 *			  [{"migratetype", "order", "pfns": BLOCKS}]}]
 *	frame		{"pfn", "state", "text", "pageblock": {"first",
 *			 "migratetype", "free", "isolated", "skip"}}; in a
 *			block also "head", "order", "node", "zone"; on a list
 *			"migratetype" and "position" (0: the head), on a
 *			per-CPU list "cpu"; in use "owner" (null: nobody)
 *	block		{"first", "migratetype", "free", "isolated", "skip",
 *			 "blocks": [{"pfn", "state", "pages", "text"}]}
 *	events		[{"event", "name", "cpu", "task", "args":
 *			  {NAME: VALUE}, "text"}]
 *			reasons are words, missing frames null, all else
 *			numbers
 *	owners		[{"name", "blocks", "pages"}]
 *	groups		[{"name", "parent", "usage", "max", "high", "low",
 *			  "min", "oom_group", "events": {"low", "high", "max",
 *			  "oom", "oom_kill"}}]; pages, null: no limit
 *	cpusets		[{"name", "parent", "mems": [NODE]}]
 *	lru		{"lists": [{"node", "list", "pages", "pfns": BLOCKS}],
 *			 "batches": [{"cpu", "batch", "pfns"}]}
 *	swap		{"total", "free", "cached", "writes":
 *			 [{"due", "blocks"}]}; pages, due in jiffies
 *	slabs		[{"name", "node", "objects", "per_page", "pages",
 *			  "seeks", "deferred"}]
 *	tasks		{"tasks": [{"name", "pid", "cpu", "state", "request"}],
 *			 "processes": [{"name", "pid", "uid", "fate", "anon",
 *			  "file", "swap", "tables", "locked",
 *			  "oom_score_adj"}]}; pages
 *	plot		[{"figure", "first", "values": [VALUE]}]; the first is
 *			of the time when so many lines had been run
 *	memory		[{"block", "first", "frames", "state"; online and of
 *			  one zone: "node", "zone"}]
 *	compaction	{"zones": [{"node", "zone", "score", "migrate_async",
 *			  "migrate_sync", "free", "init_migrate", "init_free",
 *			  "skip_bits", "flush_skip_bits", "considered",
 *			  "defer_limit", "order_failed", "isolated": [PFN]}],
 *			 "tasks": [{"task", "in_flight": [{"from", "to",
 *			  "order"}]; of a run "node", "zone", "order", "mode",
 *			  "direct", "whole_zone", "proactive", "at",
 *			  "migrate_pfn", "free_pfn", "source_page",
 *			  "target_page", "to_move", "targets", "captures",
 *			  "captured"; of a range "for", "at", "first",
 *			  "last"}]}
 *	cma		[{"area", "first", "frames", "available", "claimed":
 *			  [PFN]}]
 *	hugetlb		[{"order", "nr", "free", "reserved", "surplus", "max",
 *			  "overcommit", "nodes": [{"node", "nr", "surplus",
 *			  "free": BLOCKS}], "in_use": BLOCKS}]
 *	gfp		[{"name", "value"}], or of one mask {"value", "names",
 *			"highest_zone", "migratetype", "may_sleep",
 *			"wakes_kswapd", "reserves"}
 */
#include <string.h>

#include "cmd/json_doc.h"

static const struct {
	const char *word;
	json_t *(*data)(struct doc *doc);
} words[] = {
	{"buddyinfo", json_buddyinfo},
	{"pagetypeinfo", json_pagetypeinfo},
	{"zoneinfo", json_zoneinfo},
	{"vmstat", json_vmstat},
	{"meminfo", json_meminfo},
	{"extfrag_index", json_extfrag},
	{"unusable_index", json_unusable},
	{"trace", json_trace},
	{"mem", json_mem},
	{"failure", json_failure},
	{"oom", json_oom},
	{"log", json_log},
	{"zones", json_zones},
	{"pcp", json_pcp},
	{"lists", json_lists},
	{"frame", json_frame},
	{"block", json_block},
	{"events", json_events},
	{"owners", json_owners},
	{"gfp", json_gfp},
	{"groups", json_groups},
	{"cpusets", json_cpusets},
	{"lru", json_lru},
	{"swap", json_swap},
	{"slabs", json_slabs},
	{"tasks", json_tasks},
	{"plot", json_plot},
	{"memory", json_memory},
	{"compaction", json_compaction},
	{"cma", json_cma},
	{"hugetlb", json_hugetlb},
};

/* ---- building ---- */

void doc_put(struct doc *doc, json_t *to, const char *key, json_t *value)
{
	if (json_object_set_new(to, key, value))
		doc->failed = true;
}

void doc_add(struct doc *doc, json_t *list, json_t *value)
{
	if (json_array_append_new(list, value))
		doc->failed = true;
}

void doc_number(struct doc *doc, json_t *to, const char *key, int64_t value)
{
	doc_put(doc, to, key, json_integer(value));
}

void doc_text(struct doc *doc, json_t *to, const char *key, const char *text)
{
	doc_put(doc, to, key, json_string(text));
}

json_t *doc_pfn(pfn_t pfn)
{
	return pfn == NO_PFN ? json_null() : json_integer(pfn);
}

json_t *doc_zone(struct doc *doc, zone_t zid)
{
	json_t *o = json_object();
	struct mm_zone_info zi;

	mm_zone_info(doc->mm, zid, &zi);
	doc_number(doc, o, "node", zi.nid);
	doc_text(doc, o, "zone", zi.name);
	return o;
}

/* ---- the whole ---- */

char *json_text(const struct mm *mm, const char *word,
		const struct show_what *what)
{
	struct doc doc = {.mm = mm, .what = what};
	json_t *whole = json_object();
	char *text;

	doc_text(&doc, whole, "show", word);
	doc_number(&doc, whole, "moment", (int64_t)mm_now(mm));
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(words[i].word, word) == 0)
			doc_put(&doc, whole, "data", words[i].data(&doc));
	text = doc.failed ? NULL : json_dumps(whole, JSON_INDENT(2));
	json_decref(whole);
	return text;
}
