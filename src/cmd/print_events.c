/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_events.c - what happened: numbered events with fields and reason
 */
#include <stdio.h>
#include <string.h>

#include "cmd/event_text.h"
#include "cmd/show.h"

/** struct page of frame 0, and its size, as amd64 has them. */
#define MEMMAP 0xffffea0000000000u

static int page_fields(const int32_t *arg, char *buf, size_t size)
{
	const pfn_t pfn = (pfn_t)arg[0];
	const uint64_t page = pfn == NO_PFN ? 0 : MEMMAP + 64u * (uint64_t)pfn;

	return snprintf(buf, size, "page=%016llx pfn=0x%x",
			(unsigned long long)page, pfn == NO_PFN ? 0 : pfn);
}

/* name=value for each argument that trace_events.def names */
static void our_fields(const struct mm *mm, const struct mm_event *ev,
		       char *buf, size_t size)
{
	const char *s = mm_event_type(ev->type)->args;
	size_t used = 0;

	buf[0] = '\0';
	for (unsigned int i = 0; *s && i < MM_EVENT_ARGS && used < size; i++) {
		const size_t len = strcspn(s, " ");
		char zone[40];

		used += (size_t)snprintf(buf + used, size - used,
					 "%s%.*s=", i ? " " : "", (int)len, s);
		if (used >= size)
			return;
		if (len == 4 && strncmp(s, "zone", 4) == 0) {
			zone_text(mm, (zone_t)ev->arg[i], zone, sizeof zone);
			used += (size_t)snprintf(buf + used, size - used, "%s",
						 zone);
		} else {
			used += (size_t)snprintf(buf + used, size - used, "%d",
						 ev->arg[i]);
		}
		s += len + (s[len] == ' ');
	}
}

void event_fields(const struct mm *mm, const struct mm_event *ev, char *buf,
		  size_t size)
{
	const int32_t *a = ev->arg;
	char page[80], gfp[200];

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
		our_fields(mm, ev, buf, size);
	}
}

uint64_t events_from(const struct mm *mm, uint64_t last)
{
	const uint64_t first = mm_first_moment(mm) + 1, now = mm_now(mm);

	return last < now && now - last + 1 > first ? now - last + 1 : first;
}

/** The last events up to where we stand, and a few that lie ahead. */
void print_events(const struct mm *mm, const struct show_what *what,
		  struct out *out)
{
	const uint64_t now = mm_now(mm), end = mm_last_moment(mm);
	const struct mm_event *ev;
	char fields[400], text[240];

	if (end == mm_first_moment(mm))
		out_line(out, "no events: nothing was done yet");
	for (uint64_t n = events_from(mm, what->last);
	     n <= end && n <= now + 3 && (ev = mm_event(mm, n)); n++) {
		event_fields(mm, ev, fields, sizeof fields);
		event_text(mm, ev, EXPLAIN_SENTENCE, text, sizeof text);
		out_line(out, "%c %llu %s  %s  (%s)", n == now ? '>' : ' ',
			 (unsigned long long)n, mm_event_type(ev->type)->name,
			 fields, text);
	}
}
