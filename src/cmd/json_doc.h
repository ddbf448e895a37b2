/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_doc.h - building a JSON document, and noticing when memory is short
 *
 * Every value passes doc_put() or doc_add().  Either takes the value over,
 * also one that could not be made (NULL): then the whole document has failed,
 * which is asked once, at the end.
 */
#ifndef BUDDYSCOPE_CMD_JSON_DOC_H
#define BUDDYSCOPE_CMD_JSON_DOC_H

#include <jansson.h>

#include "cmd/show.h"

struct doc {
	const struct mm *mm;
	const struct show_what *what;
	bool failed;
};

void doc_put(struct doc *doc, json_t *to, const char *key, json_t *value);
void doc_add(struct doc *doc, json_t *list, json_t *value);
void doc_number(struct doc *doc, json_t *to, const char *key, int64_t value);
void doc_text(struct doc *doc, json_t *to, const char *key, const char *text);
/** A frame's number, null for NO_PFN. */
json_t *doc_pfn(pfn_t pfn);
/** A new object with "node" and "zone". */
json_t *doc_zone(struct doc *doc, zone_t zid);

/** One function for each word after `show`; they give its "data". */
json_t *json_buddyinfo(struct doc *doc);
json_t *json_pagetypeinfo(struct doc *doc);
json_t *json_zoneinfo(struct doc *doc);
json_t *json_vmstat(struct doc *doc);
json_t *json_meminfo(struct doc *doc);
json_t *json_extfrag(struct doc *doc);
json_t *json_unusable(struct doc *doc);
json_t *json_trace(struct doc *doc);
json_t *json_mem(struct doc *doc);
json_t *json_failure(struct doc *doc);
json_t *json_oom(struct doc *doc);
json_t *json_log(struct doc *doc);
json_t *json_zones(struct doc *doc);
json_t *json_pcp(struct doc *doc);
json_t *json_lists(struct doc *doc);
json_t *json_frame(struct doc *doc);
json_t *json_block(struct doc *doc);
json_t *json_events(struct doc *doc);
json_t *json_owners(struct doc *doc);
json_t *json_gfp(struct doc *doc);
json_t *json_groups(struct doc *doc);
json_t *json_cpusets(struct doc *doc);
json_t *json_lru(struct doc *doc);
json_t *json_swap(struct doc *doc);
json_t *json_slabs(struct doc *doc);
json_t *json_tasks(struct doc *doc);
json_t *json_plot(struct doc *doc);
json_t *json_memory(struct doc *doc);
json_t *json_compaction(struct doc *doc);
json_t *json_cma(struct doc *doc);
json_t *json_hugetlb(struct doc *doc);

#endif
