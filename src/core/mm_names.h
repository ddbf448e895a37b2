/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_names.h - what flags mean, and the kernel's names; part of mm.h
 */
#ifndef BUDDYSCOPE_MM_NAMES_H
#define BUDDYSCOPE_MM_NAMES_H

/** Highest zone index of a mask; -1 for a combination without a meaning. */
int mm_gfp_zone(gfp_t gfp);
/** The same by the zones that this world can have: a 32-bit one has others. */
int mm_gfp_highest(const struct mm *mm, gfp_t gfp);
/**
 * mm_alloc_flags - what a request may do, attempt by attempt
 *
 * The flags of its fast path, of its slow path, and those that replace them
 * after the first attempt there: 0 if it has no right to the reserves.
 * -EINVAL for a request that mm_request_error() refuses.
 */
struct mm_alloc_words {
	uint32_t fast, slow, rights;
};
int mm_alloc_flags(const struct mm *mm, const struct mm_request *want,
		   struct mm_alloc_words *w);
/** Type of a mask; -1 for MOVABLE with RECLAIMABLE. */
int mm_gfp_migratetype(gfp_t gfp);
/** The same in a world that may keep no types apart. */
int mm_request_migratetype(const struct mm *mm, gfp_t gfp);
/** Rows of the name table in the kernel's printing order; NULL past it. */
const char *mm_gfp_name(unsigned int i, gfp_t *value);
/** As tracepoints print a mask: "GFP_KERNEL|__GFP_ZERO", "none" for 0. */
void mm_gfp_print(gfp_t gfp, char *buf, size_t size);
/** As show_migration_types and /proc print: "Movable", and 'M'. */
const char *mm_migratetype_name(enum migratetype mt);
char mm_migratetype_letter(enum migratetype mt);
const char *mm_zone_type_name(enum zone_type zidx);
/** Name of a zone index where the zones are laid out so; "?" if unused. */
const char *mm_layout_zone_name(enum mm_zone_layout layout,
				enum zone_type zidx);
/** Name of a zone of this world: "HighMem"; of the index alone likewise. */
const char *mm_zone_name(const struct mm *mm, zone_t zid);
const char *mm_layout_name(enum mm_zone_layout layout);
enum mm_zone_layout mm_zone_layout(const struct mm *mm);
const char *mm_era_name(enum mm_era era);
const char *mm_strerror(int err);

#endif
