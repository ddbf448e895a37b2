/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_lag.c - what the fsck of a world may miss in the middle of a quantum
 *
 * The kernel itself is out of step there: it counts a block before it lists
 * it, or holds a page that is on no list yet.  Nobody but the holder of the
 * lock can see that; whoever stands at an event can.  Everything that is not
 * in this table holds at every event of compaction and of its like.
 *
 * Models: the order of changes within the functions that are named
 */
#include <string.h>

#include "core/mm.h"

static const struct lag {
	const char *invariant;
	enum mm_event_type at;
	const char *kernel;
} lags[] = {
#define LISTS_AND_COUNTS "__free_one_page() counts first and lists last"
#define TAKES "page_del_and_expand() takes it off first and counts last"
	{"FREE_COUNTS", EV_list_del,
	 "page_del_and_expand() counts last, __free_one_page() has counted"},
	{"FREE_COUNTS", EV_buddy_split, TAKES},
	{"FREE_COUNTS", EV_list_add, LISTS_AND_COUNTS},
	{"FREE_COUNTS", EV_buddy_merge, LISTS_AND_COUNTS},
	{"FREE_COUNTS", EV_buddy_stop, LISTS_AND_COUNTS},
	{"FREE_COUNTS", EV_pageblock_type, LISTS_AND_COUNTS},
#define CAPTURES "__free_one_page() counts anew after compaction_capture()"
	{"FREE_COUNTS", EV_compact_captured, CAPTURES},
	{"FREE_COUNTS", EV_mm_page_alloc_extfrag, CAPTURES},
#undef LISTS_AND_COUNTS
#undef CAPTURES
#undef TAKES
#define FREEING "free_pages_prepare() and __free_one_page() have it in hand"
#define TAKING "rmqueue(), or rmqueue_bulk(), has it in hand"
	{"FRAMES_ALL_PLACED", EV_mm_page_free, FREEING},
	{"FRAMES_ALL_PLACED", EV_free_request, FREEING},
	{"FRAMES_ALL_PLACED", EV_list_add, FREEING},
	{"FRAMES_ALL_PLACED", EV_buddy_merge, FREEING},
	{"FRAMES_ALL_PLACED", EV_buddy_stop, FREEING},
	{"FRAMES_ALL_PLACED", EV_mm_page_alloc_zone_locked, TAKING},
	{"FRAMES_ALL_PLACED", EV_mm_page_alloc_extfrag, TAKING},
	{"FRAMES_ALL_PLACED", EV_pcp_take, TAKING},
	{"FRAMES_ALL_PLACED", EV_mm_compaction_defer_reset,
	 "__alloc_pages_direct_compact() has it in hand"},
	{"FRAMES_ALL_PLACED", EV_pageblock_type,
	 "reserve_highatomic_pageblock() comes with it in hand"},
	{"FRAMES_ALL_PLACED", EV_list_move,
	 "reserve_highatomic_pageblock() comes with it in hand"},
	{"FRAMES_ALL_PLACED", EV_mm_page_alloc,
	 "migrate_folio_unmap() has the target in hand"},
	{"FRAMES_ALL_PLACED", EV_list_del,
	 "try_to_claim_block() has it in hand, __offline_isolated_pages() "
	 "comes before what zones manage"},
#undef FREEING
#undef TAKING
	{"FRAME_IN_ONE_PLACE", EV_pcp_take,
	 "__rmqueue_pcplist() has it in hand"},
	{"FRAME_IN_ONE_PLACE", EV_mm_page_alloc,
	 "migrate_folio_unmap() has the target in hand"},
	{"PCP_COUNT", EV_mm_page_alloc_zone_locked,
	 "__rmqueue_pcplist() counts what rmqueue_bulk() has listed"},
#define FLIPS "set_migratetype_isolate() counts the pageblock last"
	{"ISOLATE_COUNT", EV_list_add, FLIPS},
	{"ISOLATE_COUNT", EV_buddy_merge, FLIPS},
	{"ISOLATE_COUNT", EV_buddy_stop, FLIPS},
	{"ISOLATE_COUNT", EV_list_move, FLIPS},
#undef FLIPS
	{"FREE_LIST_TYPE", EV_list_move,
	 "__move_freepages_block() comes before the pageblock's new type"},
	{"LRU_BATCHES", EV_lru_batched,
	 "__folio_batch_add_and_move() adds first, and moves when it is full"},
};

const char *mm_check_lags(const char *invariant, unsigned int event)
{
	for (size_t i = 0; i < sizeof lags / sizeof lags[0]; i++)
		if (event == lags[i].at &&
		    strcmp(invariant, lags[i].invariant) == 0)
			return lags[i].kernel;
	return NULL;
}
