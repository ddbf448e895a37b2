/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_memory.c - memory blocks, as /sys/devices/system/memory has them
 */
#include "cmd/internal.h"
#include "cmd/json_doc.h"
#include "cmd/show.h"

static const char *zones_of(const struct mm *mm,
			    const struct mm_memory_info *mi, char buf[40])
{
	if (mi->state == MEMORY_NONE || mi->state == MEMORY_OFFLINE)
		return "";
	if (mi->zone == NO_ZONE)
		return ", several zones: it stays";
	zone_text(mm, mi->zone, buf, 40);
	return buf;
}

void print_memory(const struct mm *mm, const struct show_what *what,
		  struct out *out)
{
	struct mm_memory_info mi;
	char zone[40];

	out_line(out, "%u memory block%s of %u frames", mm_nr_memory_blocks(mm),
		 plural(mm_nr_memory_blocks(mm)), mm_memory_block_pages(mm));
	for (unsigned int i = 0;
	     i < mm_nr_memory_blocks(mm) && !lab_stop(what->lab); i++) {
		mm_memory_info(mm, i, &mi);
		if (mi.state == MEMORY_NONE)
			out_line(out, "%u: %u..%u: has holes, stays", i,
				 mi.start, mi.end - 1);
		else
			out_line(out, "%u: %u..%u: %s%s%s", i, mi.start,
				 mi.end - 1, mm_memory_state_name(mi.state),
				 mi.zone != NO_ZONE &&
						 mi.state != MEMORY_OFFLINE
					 ? " in "
					 : "",
				 zones_of(mm, &mi, zone));
	}
}

json_t *json_memory(struct doc *doc)
{
	json_t *list = json_array(), *o;
	struct mm_memory_info mi;

	for (unsigned int i = 0;
	     i < mm_nr_memory_blocks(doc->mm) && !lab_stop(doc->what->lab);
	     i++) {
		mm_memory_info(doc->mm, i, &mi);
		o = mi.state == MEMORY_ONLINE && mi.zone != NO_ZONE
			    ? doc_zone(doc, mi.zone)
			    : json_object();
		doc_number(doc, o, "block", i);
		doc_number(doc, o, "first", mi.start);
		doc_number(doc, o, "frames", mi.end - mi.start);
		doc_text(doc, o, "state", mm_memory_state_name(mi.state));
		doc_add(doc, list, o);
	}
	return list;
}
