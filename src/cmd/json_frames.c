/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_frames.c - frames, events and names as JSON
 *
 * The shapes are told in json.c.
 */
#include <string.h>

#include "cmd/event_text.h"
#include "cmd/internal.h"
#include "cmd/json_doc.h"

/* ---- frames ---- */

static void put_pageblock(struct doc *doc, json_t *o, pfn_t pfn)
{
	struct mm_frame f;

	mm_frame(doc->mm, pfn, &f);
	doc_number(doc, o, "first", pageblock_first(doc->mm, pfn));
	doc_text(doc, o, "migratetype", mm_migratetype_name(f.block_type));
	doc_number(doc, o, "free", mm_pageblock_free(doc->mm, pfn));
	doc_put(doc, o, "isolated", json_boolean(f.isolated));
	doc_put(doc, o, "skip", json_boolean(f.skip));
}

/* What only a frame in a block has. */
static void put_place(struct doc *doc, json_t *o, const struct mm_frame *f)
{
	enum migratetype list = f->list;

	doc_number(doc, o, "head", f->head);
	doc_number(doc, o, "order", f->order);
	doc_number(doc, o, "node", f->zone / MAX_NR_ZONES);
	doc_text(doc, o, "zone", mm_zone_name(doc->mm, f->zone));
	if (f->kind == FRAME_TARGET)
		return;
	if (f->kind == FRAME_USED || f->kind == FRAME_MOVING) {
		doc_put(doc, o, "owner",
			f->owner ? json_string(mm_owner_name(doc->mm, f->owner))
				 : json_null());
		return;
	}
	if (f->kind == FRAME_PCP) {
		list = mm_pcp_list_type(doc->mm, f->pindex);
		doc_number(doc, o, "cpu", f->cpu);
	}
	doc_text(doc, o, "migratetype", mm_migratetype_name(list));
	doc_number(doc, o, "position", mm_list_position(doc->mm, f));
}

json_t *json_frame(struct doc *doc)
{
	const pfn_t pfn = doc->what->pfn;
	json_t *o = json_object(), *pageblock;
	struct mm_frame f;
	char text[240];

	mm_frame(doc->mm, pfn, &f);
	frame_text(doc->mm, pfn, text, sizeof text);
	doc_number(doc, o, "pfn", pfn);
	doc_text(doc, o, "state", frame_kind_name(f.kind));
	doc_text(doc, o, "text", text);
	if (f.kind == FRAME_HOLE || f.kind == FRAME_OFFLINE)
		return o;
	if (f.kind != FRAME_RESERVED)
		put_place(doc, o, &f);
	pageblock = json_object();
	put_pageblock(doc, pageblock, pfn);
	doc_put(doc, o, "pageblock", pageblock);
	return o;
}

json_t *json_block(struct doc *doc)
{
	const pfn_t first = pageblock_first(doc->mm, doc->what->pfn);
	const uint64_t end =
		(uint64_t)first + (1u << mm_pageblock_order(doc->mm));
	json_t *o = json_object(), *blocks = json_array();
	struct mm_frame f;
	char text[240];

	put_pageblock(doc, o, doc->what->pfn);
	for (uint64_t pfn = first, next; pfn < end && pfn < mm_end_pfn(doc->mm);
	     pfn = next) {
		json_t *block = json_object();

		next = next_block(doc->mm, (pfn_t)pfn);
		mm_frame(doc->mm, (pfn_t)pfn, &f);
		frame_text(doc->mm, (pfn_t)pfn, text, sizeof text);
		doc_number(doc, block, "pfn", (int64_t)pfn);
		doc_text(doc, block, "state", frame_kind_name(f.kind));
		doc_number(doc, block, "pages", (int64_t)(next - pfn));
		doc_text(doc, block, "text", text);
		doc_add(doc, blocks, block);
	}
	doc_put(doc, o, "blocks", blocks);
	return o;
}

/* ---- events ---- */

static void put_args(struct doc *doc, json_t *o, const struct mm_event *ev)
{
	json_t *args = json_object();
	char name[40], letter;

	for (unsigned int i = 0;
	     i < MM_EVENT_ARGS && (letter = event_arg_letter(ev, i, name));
	     i++) {
		if (letter == 'R')
			doc_text(doc, args, name, reason_name(ev->arg[i]));
		else if (letter == 'p')
			doc_put(doc, args, name, doc_pfn((pfn_t)ev->arg[i]));
		else
			doc_number(doc, args, name, ev->arg[i]);
	}
	doc_put(doc, o, "args", args);
}

json_t *json_events(struct doc *doc)
{
	const uint64_t last = events_last(doc->mm, doc->what->last);
	json_t *list = json_array();
	const struct mm_event *ev;
	struct mm_task_info ti;
	char text[700];

	for (uint64_t n = events_first(doc->mm, doc->what->last);
	     n <= last && (ev = mm_event(doc->mm, n)); n++) {
		json_t *o;

		if (doc->what->lab && lab_stop(doc->what->lab))
			break;
		o = json_object();
		event_text(doc->mm, ev, EXPLAIN_NUMBERS, text, sizeof text);
		doc_number(doc, o, "event", (int64_t)n);
		doc_text(doc, o, "name", mm_event_type(ev->type)->name);
		doc_number(doc, o, "cpu", ev->cpu);
		mm_task_info(doc->mm, ev->task, &ti);
		doc_text(doc, o, "task", ti.comm);
		put_args(doc, o, ev);
		doc_text(doc, o, "text", text);
		doc_add(doc, list, o);
	}
	return list;
}

/* ---- names ---- */

json_t *json_owners(struct doc *doc)
{
	json_t *list = json_array();

	for (unsigned int i = 1; i <= mm_nr_owners(doc->mm); i++) {
		const uint16_t owner = (uint16_t)i;
		json_t *o = json_object();

		doc_text(doc, o, "name", mm_owner_name(doc->mm, owner));
		doc_number(doc, o, "blocks", mm_owner_blocks(doc->mm, owner));
		doc_number(doc, o, "pages",
			   (int64_t)mm_owner_pages(doc->mm, owner));
		doc_add(doc, list, o);
	}
	return list;
}

static json_t *one_mask(struct doc *doc, gfp_t gfp)
{
	const struct mm_request want = gfp_request(doc->what);
	json_t *remarks = json_array();
	json_t *o = json_object();
	const struct gfp_fact *fact;
	const char *remark;
	char text[400];

	mm_gfp_print(gfp, text, sizeof text);
	doc_number(doc, o, "value", gfp);
	doc_text(doc, o, "names", text);
	for (unsigned int i = 0; (fact = gfp_fact(i)); i++) {
		if (fact->flag) {
			doc_put(doc, o, fact->key,
				json_boolean(gfp & fact->flag));
			continue;
		}
		fact->says(doc->mm, &want, text, sizeof text);
		doc_text(doc, o, fact->key, text);
	}
	for (unsigned int i = 0; (remark = gfp_remark(doc->mm, &want, i)); i++)
		doc_add(doc, remarks, json_string(remark));
	doc_put(doc, o, "remarks", remarks);
	return o;
}

json_t *json_gfp(struct doc *doc)
{
	json_t *list;
	const char *name;
	gfp_t value;

	if (doc->what->has_gfp)
		return one_mask(doc, doc->what->gfp);
	list = json_array();
	for (unsigned int i = 0; (name = mm_gfp_name(i, &value)); i++) {
		json_t *o = json_object();

		doc_text(doc, o, "name", name);
		doc_number(doc, o, "value", value);
		doc_add(doc, list, o);
	}
	return list;
}
