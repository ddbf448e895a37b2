/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * map_find.c - what is looked for on the map, and what is left out of it
 *
 * The next match is found by lists where there is one: of an owner's blocks,
 * of free blocks.  So it is soon found in a large world, too.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "tui/map.h"

#define MOST_STEPS 4000000 /* along lists, for one search */

/* ---- reading ---- */

static int type_of(const char *word)
{
	for (int mt = 0; mt < MIGRATE_TYPES; mt++) {
		const enum migratetype type = (enum migratetype)mt;
		const char *name = mm_migratetype_name(type);
		size_t i = 0;

		if (word[0] == mm_migratetype_letter(type) && !word[1])
			return mt;
		while (word[i] && tolower((unsigned char)word[i]) ==
					  tolower((unsigned char)name[i]))
			i++;
		if (!word[i] && !name[i])
			return mt;
	}
	return -1;
}

static bool number_of(const char *word, unsigned long most, unsigned long *n)
{
	char *end;

	if (!isdigit((unsigned char)*word))
		return false;
	*n = strtoul(word, &end, 0);
	return !*end && *n <= most;
}

static bool read_pair(const struct mm *mm, const char *key, const char *value,
		      struct map_query *q)
{
	unsigned long n;

	if (strcmp(key, "type") == 0)
		return (q->type = type_of(value)) >= 0;
	if (strcmp(key, "owner") == 0)
		return (q->owner = mm_owner_find(mm, value)) != 0;
	if (strcmp(key, "order") == 0 &&
	    number_of(value, mm_max_order(mm), &n)) {
		q->order = (int)n;
		return true;
	}
	if (strcmp(key, "pfn") == 0 &&
	    number_of(value, mm_end_pfn(mm) - 1, &n)) {
		q->pfn = (pfn_t)n;
		return true;
	}
	return false;
}

/* A word alone: a frame's number, an owner, or a type. */
static bool read_word(const struct mm *mm, const char *word,
		      struct map_query *q)
{
	if (isdigit((unsigned char)*word))
		return read_pair(mm, "pfn", word, q);
	return read_pair(mm, "owner", word, q) ||
	       read_pair(mm, "type", word, q);
}

bool map_parse(const struct mm *mm, const char *text, struct map_query *q)
{
	*q = (struct map_query){.type = -1, .order = -1, .pfn = NO_PFN};
	while (*(text += strspn(text, " "))) {
		const size_t n = strcspn(text, " ");
		char word[64], *value;

		if (n >= sizeof word)
			return false;
		memcpy(word, text, n);
		word[n] = '\0';
		text += n;
		value = strchr(word, '=');
		if (value)
			*value++ = '\0';
		if (value ? !read_pair(mm, word, value, q)
			  : !read_word(mm, word, q))
			return false;
	}
	return true;
}

bool map_query_empty(const struct map_query *q)
{
	return q->type < 0 && q->order < 0 && !q->owner && q->pfn == NO_PFN;
}

/* ---- matching ---- */

static bool has_block(const struct mm_frame *f)
{
	return f->kind != FRAME_HOLE && f->kind != FRAME_OFFLINE &&
	       f->kind != FRAME_RESERVED;
}

bool map_matches(const struct map_query *q, const struct mm_frame *f)
{
	const int type =
		f->kind == FRAME_FREE ? (int)f->list : (int)f->block_type;

	if (map_query_empty(q))
		return true;
	return has_block(f) && (q->type < 0 || q->type == type) &&
	       (q->order < 0 || q->order == (int)f->order) &&
	       (!q->owner || q->owner == f->owner);
}

/* ---- the next one ---- */

/** The nearest match behind a frame, and the first of all. */
struct match {
	pfn_t from, behind, first;
	unsigned int steps;
};

static void consider(struct match *n, pfn_t pfn)
{
	if (pfn < n->first)
		n->first = pfn;
	if (pfn > n->from && pfn < n->behind)
		n->behind = pfn;
}

static void among_owned(const struct mm *mm, const struct map_query *q,
			struct match *n)
{
	pfn_t pfn = mm_owner_first(mm, q->owner);

	for (; pfn != NO_PFN && n->steps < MOST_STEPS;
	     pfn = mm_owner_next(mm, pfn), n->steps++) {
		struct mm_frame f;

		mm_frame(mm, pfn, &f);
		if (map_matches(q, &f))
			consider(n, pfn);
	}
}

static void among_free(const struct mm *mm, const struct map_query *q,
		       struct match *n)
{
	const unsigned int order = (unsigned int)q->order;

	for (unsigned int i = 0; i < mm_nr_zones(mm); i++)
		for (int mt = 0; mt < MIGRATE_TYPES; mt++) {
			pfn_t pfn;

			if (q->type >= 0 && q->type != mt)
				continue;
			pfn = mm_list_first(mm, mm_zone_at(mm, i), order,
					    (enum migratetype)mt);
			for (; pfn != NO_PFN && n->steps < MOST_STEPS;
			     pfn = mm_list_next(mm, order, pfn), n->steps++)
				consider(n, pfn);
		}
}

static void among_pageblocks(const struct mm *mm, const struct map_query *q,
			     struct match *n)
{
	const pfn_t block = (pfn_t)1 << mm_pageblock_order(mm);

	for (uint64_t pfn = 0; pfn < mm_end_pfn(mm); pfn += block)
		if ((int)mm_pageblock_type(mm, (pfn_t)pfn) == q->type)
			consider(n, (pfn_t)pfn);
}

pfn_t map_next(const struct mm *mm, const struct map_query *q, pfn_t from)
{
	struct match n = {.from = from, .behind = NO_PFN, .first = NO_PFN};

	if (q->pfn != NO_PFN)
		return q->pfn;
	if (from == NO_PFN)
		n.from = NO_PFN - 1;
	if (q->owner)
		among_owned(mm, q, &n);
	else if (q->order >= 0)
		among_free(mm, q, &n);
	else if (q->type >= 0)
		among_pageblocks(mm, q, &n);
	return n.behind != NO_PFN ? n.behind : n.first;
}
