/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gfp.c - see gfp.h
 */
#include "core/gfp.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/layout.h"
#include "core/zonelist.h"

/*
 * Names in the order in which the kernel tries them when it prints a mask;
 * an entry matches if all its bits are still there.
 */
static const struct gfp_row {
	const char *name;
	gfp_t value;
} gfp_names[] = {
	{"GFP_TRANSHUGE", 0x1c24ca},
	{"GFP_TRANSHUGE_LIGHT", 0x1c20ca},
	{"GFP_HIGHUSER_MOVABLE", 0x100cca},
	{"GFP_HIGHUSER", 0x100cc2},
	{"GFP_USER", 0x100cc0},
	{"GFP_KERNEL_ACCOUNT", 0x400cc0},
	{"GFP_KERNEL", 0xcc0},
	{"GFP_NOFS", 0xc40},
	{"GFP_ATOMIC", 0x820},
	{"GFP_NOIO", 0xc00},
	{"GFP_NOWAIT", 0x2800},
	{"GFP_DMA", 0x1},
	{"GFP_DMA32", 0x4},
	{"__GFP_RECLAIM", 0xc00},
	{"__GFP_DMA", GFP_BIT_DMA},
	{"__GFP_HIGHMEM", GFP_BIT_HIGHMEM},
	{"__GFP_DMA32", GFP_BIT_DMA32},
	{"__GFP_MOVABLE", GFP_BIT_MOVABLE},
	{"__GFP_RECLAIMABLE", GFP_BIT_RECLAIMABLE},
	{"__GFP_HIGH", GFP_BIT_HIGH},
	{"__GFP_IO", GFP_BIT_IO},
	{"__GFP_FS", GFP_BIT_FS},
	{"__GFP_ZERO", GFP_BIT_ZERO},
	{"__GFP_DIRECT_RECLAIM", GFP_BIT_DIRECT_RECLAIM},
	{"__GFP_KSWAPD_RECLAIM", GFP_BIT_KSWAPD_RECLAIM},
	{"__GFP_WRITE", GFP_BIT_WRITE},
	{"__GFP_NOWARN", GFP_BIT_NOWARN},
	{"__GFP_RETRY_MAYFAIL", GFP_BIT_RETRY_MAYFAIL},
	{"__GFP_NOFAIL", GFP_BIT_NOFAIL},
	{"__GFP_NORETRY", GFP_BIT_NORETRY},
	{"__GFP_MEMALLOC", GFP_BIT_MEMALLOC},
	{"__GFP_COMP", GFP_BIT_COMP},
	{"__GFP_NOMEMALLOC", GFP_BIT_NOMEMALLOC},
	{"__GFP_HARDWALL", GFP_BIT_HARDWALL},
	{"__GFP_THISNODE", GFP_BIT_THISNODE},
	{"__GFP_ACCOUNT", GFP_BIT_ACCOUNT},
	{"__GFP_ZEROTAGS", GFP_BIT_ZEROTAGS},
};

const char *mm_gfp_name(unsigned int i, gfp_t *value)
{
	if (i >= sizeof gfp_names / sizeof gfp_names[0])
		return NULL;
	if (value)
		*value = gfp_names[i].value;
	return gfp_names[i].name;
}

static void append(char *buf, size_t size, const char *text)
{
	const size_t used = strlen(buf);

	snprintf(buf + used, size - used, "%s%s", used ? "|" : "", text);
}

void mm_gfp_print(gfp_t gfp, char *buf, size_t size)
{
	char hex[16];
	gfp_t value;
	const char *name;

	if (size == 0)
		return;
	buf[0] = '\0';
	if (gfp == 0)
		append(buf, size, "none");
	for (unsigned int i = 0; (name = mm_gfp_name(i, &value)); i++) {
		if ((gfp & value) != value)
			continue;
		append(buf, size, name);
		gfp &= ~value;
	}
	if (gfp) {
		snprintf(hex, sizeof hex, "0x%x", (unsigned int)gfp);
		append(buf, size, hex);
	}
}

/*
 * GFP_ZONE_TABLE: highest zone index by the four zone bits.  Combinations
 * without a meaning are -1 here; a kernel without debugging reads ZONE_DMA.
 * Without a zone DMA32 its bit means Normal, without HighMem likewise.
 */
#define ZONE_TABLE(normal, dma32, highmem)                                     \
	{                                                                      \
		[0] = normal, [GFP_BIT_DMA] = ZONE_DMA,                        \
		[GFP_BIT_HIGHMEM] = highmem, [GFP_BIT_DMA32] = dma32,          \
		[GFP_BIT_MOVABLE] = normal,                                    \
		[GFP_BIT_MOVABLE | GFP_BIT_DMA] = ZONE_DMA,                    \
		[GFP_BIT_MOVABLE | GFP_BIT_HIGHMEM] = ZONE_MOVABLE,            \
		[GFP_BIT_MOVABLE | GFP_BIT_DMA32] = dma32,                     \
	}

static int gfp_zone(gfp_t gfp, enum mm_zone_layout layout)
{
	static const int8_t table[NR_LAYOUTS][16] = {
		[LAYOUT_64BIT] =
			ZONE_TABLE(ZONE_NORMAL, ZONE_DMA32, ZONE_NORMAL),
		[LAYOUT_HIGHMEM] = ZONE_TABLE(ZONE_NORMAL_32, ZONE_NORMAL_32,
					      ZONE_HIGHMEM_32),
	};
	/* __GFP_DMA, HIGHMEM, DMA32: at most one of them */
	const gfp_t kind =
		gfp & (GFP_BIT_DMA | GFP_BIT_HIGHMEM | GFP_BIT_DMA32);

	return kind & (kind - 1) ? -1 : table[layout][gfp & 0xf];
}

int mm_gfp_zone(gfp_t gfp)
{
	return gfp_zone(gfp, LAYOUT_64BIT);
}

int mm_gfp_highest(const struct mm *mm, gfp_t gfp)
{
	const int zidx =
		gfp_zone(gfp, (enum mm_zone_layout)mm->st->cfg.zone_layout);

	/* a kernel without CONFIG_DEBUG_VM reads the 0 that is there: G8 */
	return zidx < 0 && !mm->st->cfg.debug_vm ? ZONE_DMA : zidx;
}

int mm_gfp_migratetype(gfp_t gfp)
{
	const int mt = (int)(gfp >> 3 & 3);

	return mt == MIGRATE_PCPTYPES ? -1 : mt;
}

int mm_request_migratetype(const struct mm *mm, gfp_t gfp)
{
	const int mt = mm_gfp_migratetype(gfp);

	return mt > 0 && mm->st->mobility_disabled ? MIGRATE_UNMOVABLE : mt;
}

const char *mm_request_error(const struct mm *mm, const struct mm_request *want)
{
	if (want->cpu >= mm->st->cfg.nr_cpus)
		return "no such CPU in this world";
	if (want->nid < -1 || want->nid >= (int)mm->st->cfg.nr_nodes)
		return "no such node in this world";
	if (want->gfp & ~(gfp_t)0xffffff)
		return "GFP bits above 0xffffff mean nothing";
	if (mm_gfp_highest(mm, want->gfp) < 0)
		return "only one of DMA, DMA32, HIGHMEM can be asked for";
	if (mm_gfp_migratetype(want->gfp) < 0)
		return "MOVABLE and RECLAIMABLE exclude each other";
	if (want->owner > mm->st->nr_owners)
		return "no such owner in this world";
	return NULL;
}

/* ---- alloc flags ---- */

/** Models: alloc_flags_nofragment(), mm/page_alloc.c; G27 */
static uint32_t alloc_flags_nofragment(const struct mm *mm,
				       const struct alloc_context *ac)
{
	uint32_t flags = 0;
	zone_t zid, dma32;

	if (ac->gfp & GFP_BIT_KSWAPD_RECLAIM)
		flags |= ALLOC_KSWAPD;
	if (mm->st->cfg.defrag_mode)
		return flags | ALLOC_NOFRAGMENT;
	if (ac->pref >= ac->nr_zones || has_highmem(mm))
		return flags;
	zid = ac->zonelist[ac->pref];
	if (zone_idx(zid) != ZONE_NORMAL)
		return flags;
	dma32 = (zone_t)(zid - 1);
	if (mm->st->cfg.nr_nodes > 1 && !mm_zone_populated(mm, dma32))
		return flags;
	return flags | ALLOC_NOFRAGMENT;
}

/** Models: alloc_flags_nonblocking(), mm/page_alloc.c; G28 */
static uint32_t alloc_flags_nonblocking(const struct alloc_context *ac)
{
	uint32_t flags = ALLOC_NON_BLOCK;

	if (ac->gfp & (GFP_BIT_DIRECT_RECLAIM | GFP_BIT_NOMEMALLOC))
		return 0;
	if (ac->order && (ac->gfp & GFP_BIT_HIGH))
		flags |= ALLOC_HIGHATOMIC;
	return flags;
}

static uint32_t alloc_flags_cma(const struct alloc_context *ac)
{
	return ac->mt == MIGRATE_MOVABLE ? ALLOC_CMA : 0;
}

uint32_t alloc_flags_fastpath(const struct mm *mm,
			      const struct alloc_context *ac)
{
	return WMARK_LOW | alloc_flags_cma(ac) |
	       alloc_flags_nofragment(mm, ac) |
	       (alloc_flags_nonblocking(ac) & ALLOC_HIGHATOMIC);
}

uint32_t alloc_flags_slowpath(const struct mm *mm,
			      const struct alloc_context *ac)
{
	uint32_t flags = WMARK_MIN | ALLOC_CPUSET;

	if (ac->gfp & GFP_BIT_HIGH)
		flags |= ALLOC_MIN_RESERVE;
	if (ac->gfp & GFP_BIT_KSWAPD_RECLAIM)
		flags |= ALLOC_KSWAPD;
	flags |= alloc_flags_nonblocking(ac);
	if (!(ac->gfp & GFP_BIT_DIRECT_RECLAIM) && (flags & ALLOC_MIN_RESERVE))
		flags &= ~(uint32_t)ALLOC_CPUSET;
	flags |= alloc_flags_cma(ac);
	if (mm->st->cfg.defrag_mode)
		flags |= ALLOC_NOFRAGMENT;
	return flags;
}

uint32_t gfp_pfmemalloc_flags(const struct alloc_context *ac)
{
	if (ac->gfp & GFP_BIT_NOMEMALLOC)
		return 0;
	if (ac->gfp & GFP_BIT_MEMALLOC)
		return ALLOC_NO_WATERMARKS;
	if (ac->caller & MM_CALLER_MEMALLOC)
		return ALLOC_NO_WATERMARKS;
	if (ac->caller & MM_CALLER_OOM_VICTIM)
		return ALLOC_OOM;
	return 0;
}

int mm_alloc_flags(const struct mm *mm, const struct mm_request *want,
		   struct mm_alloc_words *w)
{
	struct alloc_context ac;

	*w = (struct mm_alloc_words){0};
	if (mm_request_error(mm, want))
		return -EINVAL;
	prepare_alloc(mm, want, &ac);
	w->fast = alloc_flags_fastpath(mm, &ac);
	w->slow = alloc_flags_slowpath(mm, &ac);
	w->rights = gfp_pfmemalloc_flags(&ac);
	if (w->rights)
		w->rights |= w->slow & (ALLOC_CMA | ALLOC_KSWAPD);
	return 0;
}
