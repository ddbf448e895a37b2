/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * picture.c - see picture.h
 */
#include "picture.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/lru.h"

/* The zone manages more than it has: set_managed() said so. */
static bool managed_invented;

static int type_of_letter(char c)
{
	for (int mt = 0; mt < MIGRATE_TYPES; mt++)
		if (mm_migratetype_letter((enum migratetype)mt) == toupper(c))
			return mt;
	return -1;
}

static struct mm_config tiny_config(unsigned int pages, unsigned int pb)
{
	struct mm_config cfg;
	char number[16];

	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", NULL), 0);
	cfg.pageblock_order = pb;
	cfg.max_page_order = pb + 1;
	cfg.pmd_order = pb;
	cfg.min_free_kbytes = 0;
	cfg.memory_block = 1u << pb;
	snprintf(number, sizeof number, "%u", pages);
	ck_assert_int_eq(mm_config_set(&cfg, "pages", number, NULL), 0);
	return cfg;
}

struct mm *given_free(unsigned int pages, unsigned int pb)
{
	struct mm_config cfg = tiny_config(pages, pb);
	struct mm_error err = {""};
	struct mm *mm = mm_create(&cfg, &err);

	ck_assert_msg(mm != NULL, "%s", err.text);
	managed_invented = false;
	return mm;
}

/* Boot-like hand-over of the frames drawn free. */
static void free_drawn(struct mm *mm, const char *frames, pfn_t n)
{
	const unsigned int max = mm->st->cfg.max_page_order;

	for (pfn_t a = 0; a < n;) {
		unsigned int o = a ? (unsigned int)__builtin_ctz(a) : max;
		pfn_t end = a;

		if (frames[a] != '.') {
			a++;
			continue;
		}
		while (end < n && frames[end] == '.')
			end++;
		o = o > max ? max : o;
		while (a + (1u << o) > end)
			o--;
		free_range(mm, Z, a, o, FPI_TO_TAIL);
		a += 1u << o;
	}
}

/* Groups without the blanks; returns the frames, *pb the group's order. */
static pfn_t squeeze(const char *picture, char *frames, unsigned int *pb)
{
	const size_t group = strcspn(picture, " ");
	pfn_t n = 0;

	*pb = (unsigned int)__builtin_ctz((unsigned int)group);
	ck_assert_uint_eq(group, 1u << *pb);
	for (; *picture; picture++)
		if (*picture != ' ')
			frames[n++] = *picture;
	return n;
}

struct mm *given_types(const char *picture, const char *types)
{
	char frames[1024];
	unsigned int pb;
	const pfn_t n = squeeze(picture, frames, &pb);
	struct mm_config cfg = tiny_config(n, pb);
	struct mm *mm = mm_create_bare(&cfg, NULL);
	pfn_t managed = n;

	ck_assert_ptr_nonnull(mm);
	for (pfn_t p = 0; p < n; p += 1u << pb) {
		enum migratetype mt = MIGRATE_MOVABLE;

		for (pfn_t i = p; i < p + (1u << pb); i++)
			if (type_of_letter(frames[i]) >= 0)
				mt = (enum migratetype)type_of_letter(
					frames[i]);
		if (types)
			mt = (enum migratetype)type_of_letter(types[p >> pb]);
		mm_put_pageblock(mm, p, mt, false, false, NULL);
		pageblock_touch(mm, p);
	}
	for (pfn_t p = 0; p < n; p++) {
		if (frames[p] == '#')
			managed -= mm_put_reserved(mm, p, NULL) == 0;
		else if (frames[p] != '.')
			ck_assert_int_eq(
				mm_put_used(mm, p, 0, 0,
					    islower((unsigned char)frames[p])
						    ? PAGE_LRU
						    : 0,
					    NULL),
				0);
	}
	mm_put_zone(mm, Z, "managed", managed);
	managed_invented = false;
	free_drawn(mm, frames, n);
	return mm;
}

struct mm *given(const char *picture)
{
	return given_types(picture, NULL);
}

/* ---- then ---- */

static char glyph(const struct mm *mm, pfn_t pfn)
{
	struct mm_frame f;

	mm_frame(mm, pfn, &f);
	switch (f.kind) {
	case FRAME_HOLE:
	case FRAME_OFFLINE:
		return ' ';
	case FRAME_RESERVED:
		return '#';
	case FRAME_PCP:
		return 'p';
	case FRAME_MOVING:
		return 'v';
	case FRAME_TARGET:
		return 't';
	case FRAME_USED:
		return mm_migratetype_letter(f.block_type);
	case FRAME_FREE:
		if (f.order == 0)
			return '.';
		if (pfn == f.head)
			return '<';
		return pfn == f.head + (1u << f.order) - 1 ? '>' : '-';
	}
	return '?';
}

void then_sound(const struct mm *mm)
{
	struct mm_broken b = {"", ""};

	if (mm_check(mm, &b) && managed_invented &&
	    strcmp(b.invariant, "FRAMES_ALL_PLACED") == 0)
		return; /* the last of all; no other is broken */
	ck_assert_msg(mm_check(mm, &b) == 0, "%s: %s", b.invariant, b.where);
}

void then_sound_back_to(struct mm *mm, uint64_t start)
{
	struct mm_broken b;

	for (uint64_t n = mm_last_moment(mm); n > start; n--) {
		const struct mm_event *ev = mm_event(mm, n);

		ck_assert_int_eq(mm_seek(mm, n), 0);
		if (mm_check(mm, &b))
			ck_assert_msg(
				ev && mm_check_lags(b.invariant, ev->type),
				"event %u, %s: %s: %s", (unsigned int)n,
				ev ? mm_event_type(ev->type)->name : "?",
				b.invariant, b.where);
	}
	ck_assert_int_eq(mm_seek(mm, start), 0);
}

void then_taken_back(struct mm *mm, struct mm *before)
{
	struct mm *after = mm_clone(mm);

	ck_assert_int_eq(mm_seek(mm, 0), 0);
	ck_assert_int_eq(mm_compare(mm, before), 0);
	ck_assert_int_eq(mm_seek(mm, mm_last_moment(mm)), 0);
	ck_assert_int_eq(mm_compare(mm, after), 0);
	mm_destroy(before);
	mm_destroy(after);
}

void make_lru_pages(struct mm *mm, unsigned int n, unsigned int step,
		    uint16_t attr)
{
	for (pfn_t pfn = 0; n && pfn < mm->st->nr_frames; pfn += step) {
		const struct page *page = &mm->page[pfn];

		if (block_state(&page->b) != BLOCK_USED ||
		    block_order(&page->b) || page->attr & PAGE_LRU)
			continue;
		STORE(mm, page->attr, attr);
		lruvec_add_folio(mm, pfn);
		n--;
	}
	ck_assert_uint_eq(n, 0);
}

/* Clean file pages that nobody maps: reclaim gets them back. */

void then(const struct mm *mm, const char *picture)
{
	char seen[1400];
	size_t n = 0;
	pfn_t pfn = 0;

	for (const char *p = picture; *p; p++)
		seen[n++] = *p == ' ' ? ' ' : glyph(mm, pfn++);
	seen[n] = '\0';
	ck_assert_str_eq(seen, picture);
	then_sound(mm);
}

void then_types(const struct mm *mm, const char *types)
{
	char seen[64];
	size_t n = strlen(types);

	for (size_t i = 0; i < n; i++)
		seen[i] = mm_migratetype_letter(mm_pageblock_type(
			mm, (pfn_t)i << mm_pageblock_order(mm)));
	seen[n] = '\0';
	ck_assert_str_eq(seen, types);
}

void then_lists(const struct mm *mm, enum migratetype mt, const char *lists)
{
	char seen[800] = "";
	size_t n = 0;

	for (unsigned int o = 0; o <= mm_max_order(mm); o++) {
		pfn_t p = mm_list_first(mm, Z, o, mt);

		if (p != NO_PFN)
			n += (size_t)sprintf(seen + n, "%so%u:", n ? " " : "",
					     o);
		for (const char *gap = ""; p != NO_PFN; gap = " ") {
			n += (size_t)sprintf(seen + n, "%s%u", gap, p);
			p = mm_list_next(mm, o, p);
		}
	}
	ck_assert_str_eq(seen, lists);
}

void then_pcp(const struct mm *mm, unsigned int pindex, const char *pfns)
{
	char seen[800] = "";
	size_t n = 0;
	pfn_t p = mm_pcp_list_first(mm, Z, 0, pindex);

	for (; p != NO_PFN; p = mm_pcp_list_next(mm, pindex, p))
		n += (size_t)sprintf(seen + n, "%s%u", n ? " " : "", p);
	ck_assert_str_eq(seen, pfns);
}

/* ---- numbers ---- */

void set_marks(struct mm *mm, int64_t min, int64_t low, int64_t high)
{
	mm_put_zone(mm, Z, "wmark_min", min);
	mm_put_zone(mm, Z, "wmark_low", low);
	mm_put_zone(mm, Z, "wmark_high", high);
	mm_put_zone(mm, Z, "wmark_promo", high + (high - low));
}

void set_managed(struct mm *mm, uint32_t managed)
{
	ck_assert_int_eq(mm_put_zone(mm, Z, "managed", managed), 0);
	managed_invented = true;
}

void set_pcp(struct mm *mm, int batch, int high_min, int high_max)
{
	mm_put_pcp_field(mm, Z, 0, "batch", batch);
	mm_put_pcp_field(mm, Z, 0, "high_min", high_min);
	mm_put_pcp_field(mm, Z, 0, "high_max", high_max);
	mm_put_pcp_field(mm, Z, 0, "flags", 0);
}

/* ---- operations ---- */

pfn_t take(struct mm *mm, unsigned int order, enum migratetype mt)
{
	const pfn_t pfn = rmqueue_smallest(mm, Z, order, mt);

	if (pfn != NO_PFN)
		frame_use(mm, pfn, order, 0, 0);
	return pfn;
}

pfn_t request(struct mm *mm, unsigned int order, enum migratetype mt,
	      uint32_t alloc_flags)
{
	enum rmqueue_mode mode = RMQUEUE_NORMAL;
	const pfn_t pfn = rmqueue(mm, Z, order, mt, alloc_flags, &mode);

	if (pfn != NO_PFN)
		frame_use(mm, pfn, order, 0, 0);
	return pfn;
}

void buddy_free(struct mm *mm, pfn_t pfn, unsigned int order)
{
	for (pfn_t p = pfn; p < pfn + (1u << order); p++)
		if (block_state(&mm->page[p].b) == BLOCK_USED)
			frame_release(mm, p);
	free_range(mm, Z, pfn, order, FPI_NONE);
}

pfn_t alloc(struct mm *mm, unsigned int order, gfp_t gfp)
{
	struct mm_request want = {
		.order = (uint16_t)order, .gfp = gfp, .nid = -1};
	pfn_t pfn;

	mm_alloc_pages(mm, &want, &pfn);
	return pfn;
}
