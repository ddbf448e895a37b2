/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * examples.c - see examples.h
 */
#include "support/examples.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/compact_control.h"
#include "core/task.h"

struct mm *mm;
static char said[4096];

/* ---- worlds ---- */

void given_zones(const char *zone)
{
	given_memory(zone, NULL);
}

void given_memory(const char *zone, const char *memory)
{
	struct mm_error err = {""};
	struct mm_config cfg;
	const struct pcp *p;

	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", &err), 0);
	ck_assert_msg(
		mm_config_set(&cfg, "pageblock-order", "9", &err) == 0 &&
			mm_config_set(&cfg, "max-order", "10", &err) == 0 &&
			mm_config_set(&cfg, "pmd-order", "9", &err) == 0 &&
			mm_config_set(&cfg, "zones", zone, &err) == 0 &&
			(!memory ||
			 mm_config_set(&cfg, "memory", memory, &err) == 0),
		"%s", err.text);
	cfg.schedule = 0;
	mm = mm_create_bare(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	p = pcp_of(mm, Z, 0);
	STORE(mm, p->high, 1 << 20);
	STORE(mm, p->high_min, 1 << 20);
	STORE(mm, p->high_max, 1 << 20);
	STORE(mm, p->batch, 63);
	for (pfn_t b = mm->zone[Z].start; b < zone_end(mm, Z); b += 512)
		ck_assert_int_eq(mm_put_pageblock(mm, b, MIGRATE_MOVABLE, false,
						  false, &err),
				 0);
	set_marks(mm, 0, 0, 0);
	mm_record(mm, MM_RECORD_EVENTS);
}

void given_zone(void)
{
	given_zones("0:Normal:1024-3072");
}

void put(pfn_t pfn, unsigned int order, uint16_t attr)
{
	struct mm_error err = {""};

	ck_assert_msg(mm_put_used(mm, pfn, order, 0, attr, &err) == 0, "%s",
		      err.text);
	if (attr & PAGE_LRU)
		ck_assert_int_eq(mm_put_mapped(mm, pfn, 1, &err), 0);
}

/* Pages from @first on, every @step-th below @end. */
void put_m(pfn_t first, pfn_t end, pfn_t step)
{
	for (pfn_t p = first; p < end; p += step)
		put(p, 0, MOVABLE);
}

void put_free(unsigned int order, pfn_t pfn)
{
	struct mm_error err = {""};

	ck_assert_msg(mm_put_free(mm, pfn, order, MIGRATE_MOVABLE, &err) == 0,
		      "%s", err.text);
	STORE(mm, mm->zone[Z].stat[NR_FREE_PAGES],
	      mm->zone[Z].stat[NR_FREE_PAGES] + order_pages(order));
	if (order >= 9)
		STORE(mm, mm->zone[Z].stat[NR_FREE_PAGES_BLOCKS],
		      mm->zone[Z].stat[NR_FREE_PAGES_BLOCKS] +
			      order_pages(order));
}

/* From the highest to the lowest, as the lists are written. */
void put_free_down(unsigned int order, pfn_t last, pfn_t first, pfn_t step)
{
	for (pfn_t p = last; p >= first && p <= last; p -= step)
		put_free(order, p);
}

/* What is nowhere yet is the kernel's; then the world must be sound. */
void rest_is_u(void)
{
	struct mm_frame f;
	uint32_t managed = 0;

	for (pfn_t p = mm->zone[Z].start; p < zone_end(mm, Z); p++) {
		mm_frame(mm, p, &f);
		if (f.kind == FRAME_RESERVED)
			put(p, 0, 0);
		managed += f.kind != FRAME_HOLE && f.kind != FRAME_OFFLINE;
	}
	STORE(mm, mm->zone[Z].managed, managed);
	then_sound(mm);
	mm_record(mm, MM_RECORD_EVENTS);
}

void example_over(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* ---- what was said ---- */

static void say(const char *fmt, ...)
{
	const size_t used = strlen(said);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(said + used, sizeof said - used, fmt, ap);
	va_end(ap);
}

static void say_range(const char *what, const struct mm_event *ev)
{
	const int32_t *a = ev->arg;

	say("%s %s%u~%u %d/%d\n", what, a[4] ? "(wrapped) " : "",
	    (unsigned int)a[0], (unsigned int)a[1], a[2], a[3]);
}

static void say_event(const struct mm_event *ev)
{
	const int32_t *a = ev->arg;

	switch (ev->type) {
	case EV_mm_compaction_begin:
		say("begin %d/%d\n", a[1], a[2]);
		break;
	case EV_mm_compaction_finished:
		say("%s\n", mm_compact_result_name((enum compact_result)a[2]));
		break;
	case EV_mm_compaction_isolate_migratepages:
		say_range("take", ev);
		break;
	case EV_mm_compaction_isolate_freepages:
		say_range("free", ev);
		break;
	case EV_mm_compaction_fast_isolate_freepages:
		say_range("fast", ev);
		break;
	case EV_mm_compaction_migratepages:
		say("moved %d/%d\n", a[0], a[1]);
		break;
	case EV_compact_captured:
		say("captured %d order %d\n", a[0], a[1]);
		break;
	case EV_mm_compaction_end:
		say("end %d/%d %s\n", a[1], a[2],
		    mm_compact_result_name((enum compact_result)a[5]));
		break;
	default:
		break;
	}
}

void then_said(const char *text)
{
	said[0] = '\0';
	for (uint64_t n = mm_first_moment(mm) + 1; n <= mm_last_moment(mm); n++)
		say_event(mm_event(mm, n));
	ck_assert_str_eq(said, text);
}

/* "1039>2561 1037>2562": what moved where, in this order. */
void then_moved(const char *text)
{
	said[0] = '\0';
	for (uint64_t n = mm_first_moment(mm) + 1; n <= mm_last_moment(mm);
	     n++) {
		const struct mm_event *ev = mm_event(mm, n);

		if (ev->type == EV_compact_moved)
			say("%s%d>%d", *said ? " " : "", ev->arg[0],
			    ev->arg[1]);
	}
	ck_assert_str_eq(said, text);
}

/* Numbers of the pageblocks that have their skip bit: "3 4". */
void then_skips(const char *text)
{
	said[0] = '\0';
	for (uint32_t b = 0; b < mm->st->nr_pageblocks; b++)
		if (mm->pb[b].bits & PAGEBLOCK_SKIP)
			say("%s%u", *said ? " " : "", b);
	ck_assert_str_eq(said, text);
}
