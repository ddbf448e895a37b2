/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_zonelist.c - a line with a node's zonelist: zonelist NID K N:Z N:Z ...
 *
 * K is 0 for the list with fallback, 1 for that of __GFP_THISNODE.
 */
#include <stdio.h>

#include "cmd/case_load.h"

bool case_zonelist(struct case_file *c, const struct mm *mm,
		   struct case_zonelist *l)
{
	int64_t nid, which;
	struct case_word w;
	char buf[48];

	*l = (struct case_zonelist){0};
	if (!case_int(c, "a node", 0, mm_nr_nodes(mm) - 1, &nid) ||
	    !case_int(c, "a zonelist", 0, 1, &which))
		return false;
	l->nid = (unsigned int)nid;
	l->thisnode = which != 0;
	while (case_word(c, &w)) {
		if (l->n == NR_ZIDS || w.len != 3 || w.s[0] < '0' ||
		    w.s[0] >= '0' + MM_MAX_NODES || w.s[1] != ':' ||
		    w.s[2] < '0' || w.s[2] >= '0' + MAX_NR_ZONES)
			return case_bad(c, "expected NODE:ZONE, got %s",
					case_show(w, buf));
		l->zone[l->n++] = mm_zone_id((unsigned int)(w.s[0] - '0'),
					     (enum zone_type)(w.s[2] - '0'));
	}
	return true;
}

static void name_of(const struct mm *mm, zone_t zid, char *buf, size_t size)
{
	if (zid == NO_ZONE)
		snprintf(buf, size, "the end");
	else
		zone_text(mm, zid, buf, size);
}

bool case_compare_zonelist(struct case_file *c, const struct mm *mm)
{
	struct case_zonelist l;
	char want[40], got[40];

	if (!case_zonelist(c, mm, &l))
		return false;
	for (unsigned int i = 0; i <= l.n; i++) {
		const zone_t a = i < l.n ? l.zone[i] : NO_ZONE;
		const zone_t b = mm_zonelist(mm, l.nid, l.thisnode, i);

		if (a == b)
			continue;
		name_of(mm, a, want, sizeof want);
		name_of(mm, b, got, sizeof got);
		return case_differs(c,
				    "zonelist of node %u%s, place %u: "
				    "expected %s, got %s",
				    l.nid, l.thisnode ? " alone" : "", i, want,
				    got);
	}
	return true;
}
