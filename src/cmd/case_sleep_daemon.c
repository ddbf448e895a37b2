/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_sleep_daemon.c - see case_sleep.h
 */
#include "cmd/case_sleep.h"

#include <stdlib.h>
#include <string.h>

static bool number_of(const char *text, const char *key, int64_t *v)
{
	const char *at = strstr(text, key);

	if (at)
		*v = strtoll(at + strlen(key), NULL, 0);
	return at != NULL;
}

static unsigned int zone_index(const char *text)
{
	const char *at = strstr(text, "classzone_idx=");

	for (unsigned int z = 0; at && z < MAX_NR_ZONES; z++) {
		const char *name = mm_zone_type_name((enum zone_type)z);

		if (strncmp(at + 14, name, strlen(name)) == 0 &&
		    at[14 + strlen(name)] <= ' ')
			return z;
	}
	return MAX_NR_ZONES - 1;
}

/* The zone that a line names. */
static zone_t zone_named(const char *text)
{
	const char *at = strstr(text, " zone=");
	int64_t nid = 0;

	number_of(text, "node=", &nid);
	for (unsigned int z = 0; at && z < MAX_NR_ZONES; z++) {
		const char *name = mm_zone_type_name((enum zone_type)z);
		const size_t len = strlen(name);

		if (strncmp(at + 6, name, len) == 0 && at[6 + len] <= ' ')
			return mm_zone_id((unsigned int)nid, (enum zone_type)z);
	}
	return NO_ZONE;
}

bool sleep_start_kcompactd(struct sleeper *s, const char *text)
{
	const unsigned int nid = 0;
	int64_t order = -1, considered;
	struct mm_error err;
	zone_t zid;

	if (strncmp(text, "mm_compaction_deferred ", 23) == 0) {
		/* woken before the snapshot: an attempt is counted */
		zid = zone_named(text);
		if (mm_get_zone(s->mm, zid, "compact_considered",
				&considered) == 0)
			mm_put_zone(s->mm, zid, "compact_considered",
				    considered + 1);
		return true;
	}
	if (strncmp(text, "mm_compaction_kcompactd_wake ", 29) == 0)
		number_of(text, "order=", &order);
	s->kcompactd.seen = mm_last_moment(s->mm);
	if (mm_kcompactd(s->mm, nid, (int)order, zone_index(text), &err))
		return case_bad(s->c, "%s", err.text);
	s->kcompactd.busy = true;
	return true;
}

void sleep_kswapd_ran(struct sleeper *s)
{
	for (unsigned int i = 0; i < mm_nr_zones(s->mm); i++)
		mm_put_zone(s->mm, mm_zone_at(s->mm, i), "watermark_boost", 0);
}

static bool kswapd_awake(const struct sleeper *s)
{
	int64_t asleep = 1;

	mm_get_node(s->mm, 0, "kswapd_asleep", &asleep);
	return !asleep;
}

void sleep_reset_before(struct sleeper *s, const char *text)
{
	int64_t start, from, flush, pos;
	const bool async = strstr(text, "mode=async") != NULL;
	struct mm_zone_info zi;

	if (strncmp(text, "mm_compaction_begin ", 20) != 0 ||
	    !kswapd_awake(s) || !number_of(text, "zone_start=", &start) ||
	    !number_of(text, "migrate_pfn=", &from))
		return;
	for (unsigned int i = 0; i < mm_nr_zones(s->mm); i++) {
		const zone_t zid = mm_zone_at(s->mm, i);

		mm_zone_info(s->mm, zid, &zi);
		mm_get_zone(s->mm, zid, "compact_blockskip_flush", &flush);
		mm_get_zone(s->mm, zid,
			    async ? "compact_cached_migrate_pfn_async"
				  : "compact_cached_migrate_pfn_sync",
			    &pos);
		if (zi.start != start || !flush)
			continue;
		if (pos < zi.start || pos >= (int64_t)zi.start + zi.spanned)
			pos = zi.start;
		if (pos != from)
			mm_compact_reset(s->mm, zid);
	}
}

bool sleep_reset_after(struct sleeper *s)
{
	struct case_file *c = s->c;
	struct case_word w;
	int64_t flag, ours;
	zone_t zid;

	if (!kswapd_awake(s))
		return true;
	case_seek(c, c->after);
	while (case_next(c, &w)) {
		if (!case_is(w, "zval"))
			continue;
		if (!case_zone(c, s->mm, &zid) || !case_word(c, &w))
			return false;
		if (!case_is(w, "compact_blockskip_flush"))
			continue;
		if (!case_int(c, "a flag", 0, 1, &flag))
			return false;
		mm_get_zone(s->mm, zid, "compact_blockskip_flush", &ours);
		if (ours && !flag)
			mm_compact_reset(s->mm, zid);
	}
	return true;
}
