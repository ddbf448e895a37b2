/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_limits.c - groups and cpusets, as text and as JSON
 */
#include <stdio.h>

#include "cmd/json_doc.h"
#include "cmd/show.h"

/* ---- text ---- */

/* " max 12", or nothing where there is none. */
static void limit_text(const char *name, int64_t value, int64_t none, char *buf,
		       size_t size)
{
	buf[0] = '\0';
	if (value != none)
		snprintf(buf, size, ", %s %lld", name, (long long)value);
}

void print_group(const struct mm *mm, unsigned int group, struct out *out)
{
	struct mm_group_info gi, above;
	char max[40], high[40], low[40], min[40];

	mm_group_info(mm, group, &gi);
	mm_group_info(mm, gi.parent, &above);
	limit_text("max", gi.limits.max, MM_NO_LIMIT, max, sizeof max);
	limit_text("high", gi.limits.high, MM_NO_LIMIT, high, sizeof high);
	limit_text("low", gi.limits.low, 0, low, sizeof low);
	limit_text("min", gi.limits.min, 0, min, sizeof min);
	out_line(out, "%s, below %s: %lld page%s%s%s%s%s%s", gi.name,
		 above.name, (long long)gi.usage, gi.usage == 1 ? "" : "s", max,
		 high, low, min, gi.limits.oom_group ? ", oom-group" : "");
	if (gi.low | gi.high | gi.max | gi.oom | gi.oom_kill)
		out_line(out,
			 "  events: low %llu high %llu max %llu oom %llu "
			 "oom_kill %llu",
			 (unsigned long long)gi.low,
			 (unsigned long long)gi.high,
			 (unsigned long long)gi.max, (unsigned long long)gi.oom,
			 (unsigned long long)gi.oom_kill);
}

void print_groups(const struct mm *mm, const struct show_what *what,
		  struct out *out)
{
	(void)what;
	if (mm_nr_groups(mm) == 0)
		out_line(out, "no groups; `group new` makes one");
	for (unsigned int i = 1; i <= mm_nr_groups(mm); i++)
		print_group(mm, i, out);
}

void print_cpuset(const struct mm *mm, unsigned int cpuset, struct out *out)
{
	struct mm_cpuset_info ci, above;
	char nodes[40] = "";
	size_t len = 0;

	mm_cpuset_info(mm, cpuset, &ci);
	mm_cpuset_info(mm, ci.parent, &above);
	for (unsigned int n = 0; n < mm_nr_nodes(mm); n++)
		if (ci.mems >> n & 1 && len < sizeof nodes)
			len += (size_t)snprintf(nodes + len, sizeof nodes - len,
						"%s%u", len ? "," : "", n);
	out_line(out, "%s, below %s: nodes %s", ci.name, above.name, nodes);
}

void print_cpusets(const struct mm *mm, const struct show_what *what,
		   struct out *out)
{
	(void)what;
	if (mm_nr_cpusets(mm) == 0)
		out_line(out, "no cpusets; `cpuset new` makes one");
	for (unsigned int i = 1; i <= mm_nr_cpusets(mm); i++)
		print_cpuset(mm, i, out);
}

/* ---- JSON ---- */

static void put_limit(struct doc *doc, json_t *o, const char *key,
		      int64_t value)
{
	doc_put(doc, o, key,
		value == MM_NO_LIMIT ? json_null() : json_integer(value));
}

static json_t *events_of(struct doc *doc, const struct mm_group_info *gi)
{
	json_t *o = json_object();

	doc_number(doc, o, "low", (int64_t)gi->low);
	doc_number(doc, o, "high", (int64_t)gi->high);
	doc_number(doc, o, "max", (int64_t)gi->max);
	doc_number(doc, o, "oom", (int64_t)gi->oom);
	doc_number(doc, o, "oom_kill", (int64_t)gi->oom_kill);
	return o;
}

json_t *json_groups(struct doc *doc)
{
	json_t *list = json_array();

	for (unsigned int i = 1; i <= mm_nr_groups(doc->mm); i++) {
		struct mm_group_info gi, above;
		json_t *o = json_object();

		mm_group_info(doc->mm, i, &gi);
		mm_group_info(doc->mm, gi.parent, &above);
		doc_text(doc, o, "name", gi.name);
		doc_text(doc, o, "parent", above.name);
		doc_number(doc, o, "usage", gi.usage);
		put_limit(doc, o, "max", gi.limits.max);
		put_limit(doc, o, "high", gi.limits.high);
		doc_number(doc, o, "low", gi.limits.low);
		doc_number(doc, o, "min", gi.limits.min);
		doc_put(doc, o, "oom_group", json_boolean(gi.limits.oom_group));
		doc_put(doc, o, "events", events_of(doc, &gi));
		doc_add(doc, list, o);
	}
	return list;
}

json_t *json_cpusets(struct doc *doc)
{
	json_t *list = json_array();

	for (unsigned int i = 1; i <= mm_nr_cpusets(doc->mm); i++) {
		struct mm_cpuset_info ci, above;
		json_t *o = json_object(), *mems = json_array();

		mm_cpuset_info(doc->mm, i, &ci);
		mm_cpuset_info(doc->mm, ci.parent, &above);
		doc_text(doc, o, "name", ci.name);
		doc_text(doc, o, "parent", above.name);
		for (unsigned int n = 0; n < mm_nr_nodes(doc->mm); n++)
			if (ci.mems >> n & 1)
				doc_add(doc, mems, json_integer(n));
		doc_put(doc, o, "mems", mems);
		doc_add(doc, list, o);
	}
	return list;
}
