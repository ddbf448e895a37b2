/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_stat.c - counters and reports as JSON
 *
 * The shapes are told in json.c.
 */
#include <string.h>

#include "cmd/json_doc.h"

json_t *json_vmstat(struct doc *doc)
{
	json_t *o = json_object();
	const char *name;

	for (unsigned int i = 0; (name = mm_vmstat_name(doc->mm, i)); i++)
		if (*name)
			doc_number(doc, o, name, mm_vmstat(doc->mm, i));
	return o;
}

json_t *json_meminfo(struct doc *doc)
{
	json_t *o = json_object();
	const char *name, *unit;
	unsigned int i = 0;
	int64_t value;

	while ((name = meminfo_line(doc->mm, &i, &value, &unit)))
		doc_number(doc, o, name, value);
	return o;
}

json_t *json_plot(struct doc *doc)
{
	json_t *list = json_array();
	struct lab_series s;

	for (unsigned int i = 0; lab_series(doc->what->lab, i, &s); i++) {
		json_t *o = json_object(), *values = json_array();

		for (uint64_t k = 0; k < s.n; k++)
			doc_add(doc, values, json_integer(s.value[k]));
		doc_text(doc, o, "figure", s.figure);
		doc_number(doc, o, "first", (int64_t)s.first);
		doc_put(doc, o, "values", values);
		doc_add(doc, list, o);
	}
	return list;
}

/* ---- what is made of lines ---- */

static json_t *lines_of(struct doc *doc,
			void (*print)(const struct mm *,
				      const struct show_what *, struct out *))
{
	struct out *out = out_buffer();
	json_t *list = json_array();

	if (!out) {
		doc->failed = true;
		return list;
	}
	print(doc->mm, doc->what, out);
	for (const char *s = out_string(out); *s;) {
		const size_t len = strcspn(s, "\n");

		doc_add(doc, list, json_stringn(s, len));
		s += len + (s[len] == '\n');
	}
	out_free(out);
	return list;
}

json_t *json_trace(struct doc *doc)
{
	return lines_of(doc, print_trace);
}

json_t *json_mem(struct doc *doc)
{
	return lines_of(doc, print_mem);
}

json_t *json_failure(struct doc *doc)
{
	return lines_of(doc, print_failure);
}

json_t *json_log(struct doc *doc)
{
	return lines_of(doc, print_log);
}

json_t *json_oom(struct doc *doc)
{
	return lines_of(doc, print_oom);
}
