/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_stat.c - counters and reports as JSON
 *
 * The shapes are told in json.c.
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/json_doc.h"

json_t *json_vmstat(struct doc *doc)
{
	json_t *o = json_object();
	const char *name;

	for (unsigned int i = 0; (name = mm_vmstat_name(i)); i++)
		doc_number(doc, o, name, mm_vmstat(doc->mm, i));
	return o;
}

json_t *json_meminfo(struct doc *doc)
{
	json_t *o = json_object();
	const char *name;
	int64_t value;

	for (unsigned int i = 0; (name = meminfo_line(doc->mm, i, &value)); i++)
		doc_number(doc, o, name, value);
	return o;
}
