/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_fields.c - an event as tracefs would print it: name=value
 */
#include <stdio.h>
#include <string.h>

#include "cmd/event_text.h"

/** struct page of frame 0, and its size, as amd64 has them. */
#define MEMMAP 0xffffea0000000000u
#define PAGE_SIZE_OF_STRUCT 64u

static void page_fields(const int32_t *arg, char *buf, size_t size)
{
	const pfn_t pfn = (pfn_t)arg[0];
	const uint64_t page =
		pfn == NO_PFN ? 0
			      : MEMMAP + PAGE_SIZE_OF_STRUCT * (uint64_t)pfn;

	snprintf(buf, size, "page=%016llx pfn=0x%x", (unsigned long long)page,
		 pfn == NO_PFN ? 0 : pfn);
}

/* What an argument's name says of its value; all others are numbers. */
static const struct {
	const char *name;
	char letter;
	bool types_only; /* only where it is a migratetype */
} letters[] = {
	{"pfn", 'p', false},	     {"buddy", 'p', false},
	{"kept", 'p', false},	     {"zone", 'z', false},
	{"reason", 'R', false},	     {"result", 'R', false},
	{"phase", 'R', false},	     {"migratetype", 't', false},
	{"fallback", 't', false},    {"from", 't', true},
	{"to", 't', true},	     {"gfp", 'g', false},
	{"alloc_flags", 'a', false}, {"pindex", 'l', false},
	{"setting", 'i', false},     {"owner", 'o', false},
	{"flag", 'f', false},	     {"highest", 'n', false},
	{"group", 'G', false},	     {"cpuset", 'S', false},
	{"nodemask", 'N', false},
};

char event_arg_letter(const struct mm_event *ev, unsigned int i, char name[40])
{
	const bool types =
		ev->type == EV_list_move || ev->type == EV_pageblock_type;
	const char *s = mm_event_type(ev->type)->args;
	size_t len;

	for (; i && *s; i--) {
		s += strcspn(s, " ");
		s += *s == ' ';
	}
	len = strcspn(s, " ");
	if (!len)
		return '\0';
	snprintf(name, 40, "%.*s", (int)len, s);
	for (size_t k = 0; k < sizeof letters / sizeof letters[0]; k++)
		if (strcmp(name, letters[k].name) == 0 &&
		    (types || !letters[k].types_only))
			return letters[k].letter;
	return 'd';
}

static void our_fields(const struct mm *mm, const struct mm_event *ev,
		       char *buf, size_t size)
{
	char name[40], value[400], letter;
	size_t used = 0;

	buf[0] = '\0';
	for (unsigned int i = 0; i < MM_EVENT_ARGS && used < size &&
				 (letter = event_arg_letter(ev, i, name));
	     i++) {
		event_arg_text(mm, letter, ev->arg[i], value, sizeof value);
		used += (size_t)snprintf(buf + used, size - used, "%s%s=%s",
					 i ? " " : "", name, value);
	}
}

/* The tracepoints of the slow path; the caller has no process: pid 0. */
static bool slowpath_fields(const struct mm_event *ev, char *buf, size_t size)
{
	static const char *const priority[] = {
		"COMPACT_PRIO_SYNC_FULL",
		"COMPACT_PRIO_SYNC_LIGHT",
		"COMPACT_PRIO_ASYNC",
	};
	const int32_t *a = ev->arg;
	const char *zone = mm_zone_type_name(a[0] % MAX_NR_ZONES);
	char gfp[400];

	mm_gfp_print((gfp_t)a[1], gfp, sizeof gfp);
	switch (ev->type) {
	case EV_mm_vmscan_direct_reclaim_begin:
		snprintf(buf, size, "order=%d gfp_flags=%s pid=0 memcg_id=0 ",
			 a[0], gfp);
		return true;
	case EV_mm_vmscan_direct_reclaim_end:
		snprintf(buf, size, "nr_reclaimed=%d pid=0 memcg_id=0 ", a[0]);
		return true;
	case EV_mm_compaction_suitable:
		snprintf(buf, size, "node=%d zone=%-8s order=%d ret=%s",
			 a[0] / MAX_NR_ZONES, zone, a[1],
			 a[2] ? "continue" : "skipped");
		return true;
	case EV_mm_compaction_try_to_compact_pages:
		snprintf(buf, size, "order=%d gfp_mask=%s priority=%d", a[0],
			 gfp, a[2]);
		return true;
	case EV_reclaim_retry_zone:
		snprintf(buf, size,
			 "node=%d zone=%-8s order=%d reclaimable=%d "
			 "available=%d min_wmark=%d no_progress_loops=%d "
			 "wmark_check=%d",
			 a[0] / MAX_NR_ZONES, zone, a[1], a[2], a[3], a[4],
			 a[5], a[6]);
		return true;
	case EV_compact_retry:
		snprintf(buf, size,
			 "order=%d priority=%s compaction_result=%s "
			 "retries=%d max_retries=%d should_retry=%d",
			 a[0], priority[a[1] < 3 && a[1] >= 0 ? a[1] : 2],
			 a[2] == 5   ? "failed"
			 : a[2] == 8 ? "progress"
				     : "withdrawn",
			 a[3], a[4], a[5]);
		return true;
	default:
		return false;
	}
}

/* The tracepoints of the OOM killer; what a process has, in kB. */
static bool oom_fields(const struct mm *mm, const struct mm_event *ev,
		       char *buf, size_t size)
{
	const unsigned int kb = mm_page_shift(mm) - 10;
	const int32_t *a = ev->arg;
	const char *comm = mm_pid_comm(mm, (uint32_t)a[0]);

	switch (ev->type) {
	case EV_mark_victim:
		/* address spaces are as large as what is in them */
		snprintf(buf, size,
			 "pid=%d comm=%s total-vm=%llukB anon-rss=%llukB "
			 "file-rss:%llukB shmem-rss:%llukB uid=%u "
			 "pgtables=%llukB oom_score_adj=%d",
			 a[0], comm,
			 ((unsigned long long)(uint32_t)a[1] + (uint32_t)a[2] +
			  (uint32_t)a[3])
				 << kb,
			 (unsigned long long)(uint32_t)a[1] << kb,
			 (unsigned long long)(uint32_t)a[2] << kb,
			 (unsigned long long)(uint32_t)a[3] << kb,
			 (uint32_t)a[5],
			 (unsigned long long)(uint32_t)a[4] << kb, a[6]);
		return true;
	case EV_oom_score_adj_update:
		snprintf(buf, size, "pid=%d comm=%s oom_score_adj=%d", a[0],
			 comm, a[1]);
		return true;
	case EV_wake_reaper:
	case EV_start_task_reaping:
	case EV_finish_task_reaping:
	case EV_skip_task_reaping:
		snprintf(buf, size, "pid=%d", a[0]);
		return true;
	default:
		return false;
	}
}

void event_fields(const struct mm *mm, const struct mm_event *ev, char *buf,
		  size_t size)
{
	const int32_t *a = ev->arg;
	char page[80], gfp[400];

	page_fields(a, page, sizeof page);
	switch (ev->type) {
	case EV_mm_page_alloc:
		mm_gfp_print((gfp_t)a[3], gfp, sizeof gfp);
		snprintf(buf, size, "%s order=%d migratetype=%d gfp_flags=%s",
			 page, a[1], a[2], gfp);
		break;
	case EV_mm_page_free:
		snprintf(buf, size, "%s order=%d", page, a[1]);
		break;
	case EV_mm_page_alloc_zone_locked:
		snprintf(buf, size,
			 "%s order=%d migratetype=%d percpu_refill=%d", page,
			 a[1], a[2], a[3]);
		break;
	case EV_mm_page_pcpu_drain:
		snprintf(buf, size, "%s order=%d migratetype=%d", page, a[1],
			 a[2]);
		break;
	case EV_mm_page_alloc_extfrag:
		snprintf(buf, size,
			 "%s alloc_order=%d fallback_order=%d "
			 "pageblock_order=%u alloc_migratetype=%d "
			 "fallback_migratetype=%d fragmenting=%d "
			 "change_ownership=%d",
			 page, a[1], a[2], mm_pageblock_order(mm), a[3], a[4],
			 a[2] < (int32_t)mm_pageblock_order(mm), a[6]);
		break;
	case EV_mm_vmscan_wakeup_kswapd:
		mm_gfp_print((gfp_t)a[2], gfp, sizeof gfp);
		snprintf(buf, size, "nid=%d order=%d gfp_flags=%s", a[0], a[1],
			 gfp);
		break;
	default:
		if (!slowpath_fields(ev, buf, size) &&
		    !oom_fields(mm, ev, buf, size))
			our_fields(mm, ev, buf, size);
	}
}
