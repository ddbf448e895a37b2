/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_event_tracefs.c - tracepoints print what the kernel's do
 *
 * The texts are lines of recordings of a real kernel, but for pointers, which
 * are hashed there.
 */
#include "cmd/event_text.h"
#include "cmd/show.h"

#include "say.h"

Suite *check_event_tracefs_suite(void);

static struct lab *lab;

static void setup(void)
{
	lab = lab_create();
	ck_assert_ptr_nonnull(lab);
	runs(lab, "world new laptop");
	runs(lab, "slab new dentry objects=10000 per-page=16");
}

static void teardown(void)
{
	lab_destroy(lab);
}

/* Tracepoints that do not begin with mm_, which all others do. */
static const char *const others[] = {
	"reclaim_retry_zone",	"compact_retry",     "oom_score_adj_update",
	"mark_victim",		"wake_reaper",	     "start_task_reaping",
	"finish_task_reaping",	"skip_task_reaping", "test_pages_isolated",
	"cma_alloc_start",	"cma_alloc_finish",  "cma_release",
	"cma_alloc_busy_retry", "rss_stat",
};

static bool is_kernels(const char *name)
{
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (strcmp(others[i], name) == 0)
			return true;
	return strncmp(name, "mm_", 3) == 0;
}

START_TEST(each_tracepoint_has_its_format)
{
	for (unsigned int t = 0; t < NR_EVENT_TYPES; t++) {
		const char *name = mm_event_type(t)->name;

		ck_assert_msg(is_kernels(name) == is_tracepoint(t), "%s", name);
	}
	ck_assert(!is_tracepoint(NR_EVENT_TYPES));
}
END_TEST

/* No format asks for an argument that there is not, or an unknown letter. */
START_TEST(each_format_can_be_filled_in)
{
	char text[700];

	for (unsigned int t = 0; t < NR_EVENT_TYPES; t++) {
		const struct mm_event ev = {.type = (uint16_t)t};

		if (!is_tracepoint(t))
			continue;
		ck_assert(event_tracefs(lab_mm(lab), &ev, text, sizeof text));
		ck_assert_msg(!strchr(text, '$') && *text, "%s: %s",
			      mm_event_type(t)->name, text);
		ck_assert(event_tracefs(lab_mm(lab), &ev, text, 8));
		ck_assert_uint_lt(strlen(text), 8);
	}
}
END_TEST

#define MOVABLE_TRY 0x124c8 /* as a huge page is asked for: no retry */

static const struct {
	enum mm_event_type type;
	int32_t arg[MM_EVENT_ARGS];
	const char *text;
} recorded[] = {
	{EV_mm_page_alloc,
	 {-1, 9, 1, MOVABLE_TRY, REASON_REFUSED},
	 "page=0000000000000000 pfn=0x0 order=9 migratetype=1 gfp_flags="
	 "__GFP_MOVABLE|__GFP_IO|__GFP_FS|__GFP_DIRECT_RECLAIM|__GFP_NOWARN|"
	 "__GFP_NORETRY"},
	{EV_mm_page_alloc_extfrag,
	 {0x100600, 9, 9, 0, 1, 0, 1},
	 "page=ffffea0004018000 pfn=0x100600 alloc_order=9 fallback_order=9 "
	 "pageblock_order=9 alloc_migratetype=0 fallback_migratetype=1 "
	 "fragmenting=0 change_ownership=1"},
	{EV_mm_page_alloc_zone_locked,
	 {0x102e10, 4, 0, 0},
	 "page=ffffea00040b8400 pfn=0x102e10 order=4 migratetype=0 "
	 "percpu_refill=0"},
	{EV_mm_page_free,
	 {0x106c3e, 0},
	 "page=ffffea00041b0f80 pfn=0x106c3e order=0"},
	{EV_mm_page_pcpu_drain,
	 {0x3ca6, 0, 1},
	 "page=ffffea00000f2980 pfn=0x3ca6 order=0 migratetype=1"},
	{EV_mm_vmscan_wakeup_kswapd, {0, 0, 0}, "nid=0 order=0 gfp_flags=none"},
	{EV_reclaim_retry_zone,
	 {ZONE_DMA32, 0, 0, 176, 269, 1, 0},
	 "node=0 zone=DMA32    order=0 reclaimable=0 available=176 "
	 "min_wmark=269 no_progress_loops=1 wmark_check=0"},
	{EV_reclaim_retry_zone,
	 {ZONE_DMA, 0, 0, 213, 48, 1, 1},
	 "node=0 zone=DMA      order=0 reclaimable=0 available=213 "
	 "min_wmark=48 no_progress_loops=1 wmark_check=1"},
	{EV_mm_compaction_suitable,
	 {ZONE_NORMAL, 9, COMPACT_CONTINUE},
	 "node=0 zone=Normal   order=9 ret=continue"},
	{EV_mm_compaction_suitable,
	 {ZONE_DMA32, 9, COMPACT_SKIPPED},
	 "node=0 zone=DMA32    order=9 ret=skipped"},
	/* "hog" is no process here, and its address space not larger */
	{EV_mark_victim,
	 {105, 14144, 0, 0, 36, 0, 0},
	 "pid=105 comm=? total-vm=56576kB anon-rss=56576kB file-rss:0kB "
	 "shmem-rss:0kB uid=0 pgtables=144kB oom_score_adj=0"},
	{EV_rss_stat,
	 {105, 1, 300000},
	 "mm_id=105 curr=0 type=MM_ANONPAGES size=1228800000B"},
	{EV_mm_shrink_slab_start,
	 {0, 4, GFP_KERNEL, 10000, 78, 82, 8},
	 "dentry ffff888100000000: nid: 0 pid: 1 memcg_id: 1 objects to "
	 "shrink 4 gfp_flags GFP_KERNEL cache items 10000 delta 78 total_scan "
	 "82 priority 8 "},
	{EV_mm_shrink_slab_end,
	 {0, 4, 82, 82, 0},
	 "dentry ffff888100000000: nid: 0 pid: 1 memcg_id: 1 unused scan count "
	 "4 new scan count 82 total_scan 82 last shrinker return val 0 "},
	{EV_mm_setup_per_zone_wmarks,
	 {MAX_NR_ZONES + ZONE_DEVICE, 1, 2, 3, 4},
	 "node_id=1 zone name=Device watermark min=1 low=2 high=3 promo=4"},
	{EV_mm_setup_per_zone_lowmem_reserve,
	 {ZONE_DMA, ZONE_MOVABLE, 1968},
	 "node_id=0 zone name=DMA upper_zone name=Movable "
	 "lowmem_reserve_pages=1968"},
	{EV_mm_calculate_totalreserve_pages,
	 {22518},
	 "totalreserve_pages=22518"},
	{EV_wake_reaper, {105}, "pid=105"},
	{EV_mm_compaction_try_to_compact_pages,
	 {9, MOVABLE_TRY, 2},
	 "order=9 gfp_mask=__GFP_MOVABLE|__GFP_IO|__GFP_FS|"
	 "__GFP_DIRECT_RECLAIM|__GFP_NOWARN|__GFP_NORETRY priority=2"},
};

START_TEST(texts_are_those_of_the_recordings)
{
	char text[700];

	for (size_t i = 0; i < sizeof recorded / sizeof recorded[0]; i++) {
		struct mm_event ev = {.type = (uint16_t)recorded[i].type};

		memcpy(ev.arg, recorded[i].arg, sizeof ev.arg);
		ck_assert(event_tracefs(lab_mm(lab), &ev, text, sizeof text));
		ck_assert_str_eq(text, recorded[i].text);
	}
}
END_TEST

/* Reclaim tells whose it is; the line ends with a blank. */
START_TEST(the_task_is_told_by_its_pid)
{
	const struct mm_event begin = {
		.type = EV_mm_vmscan_direct_reclaim_begin,
		.task = 1, /* kswapd0, as well as any */
		.arg = {0, 0x140dca},
	};
	const struct mm_event end = {.type = EV_mm_vmscan_direct_reclaim_end,
				     .arg = {17}};
	char text[700];

	event_tracefs(lab_mm(lab), &begin, text, sizeof text);
	ck_assert_str_eq(text, "order=0 gfp_flags=GFP_HIGHUSER_MOVABLE|"
			       "__GFP_ZERO|__GFP_COMP pid=2 memcg_id=0 ");
	event_tracefs(lab_mm(lab), &end, text, sizeof text);
	ck_assert_str_eq(text, "nr_reclaimed=17 pid=1 memcg_id=0 ");
}
END_TEST

/* ---- show trace ---- */

#define HEAD "          caller-1       [000] ..... "
#define CLAIM                                                                  \
	"mm_page_alloc_extfrag: page=ffffea0000000000 pfn=0x0 alloc_order=5 "  \
	"fallback_order=5 pageblock_order=4 alloc_migratetype=0 "              \
	"fallback_migratetype=1 fragmenting=0 change_ownership=1\n"
#define SERVED                                                                 \
	"mm_page_alloc: page=ffffea0000000000 pfn=0x0 order=5 "                \
	"migratetype=0 gfp_flags=GFP_KERNEL\n"
#define FREED "mm_page_free: page=ffffea0000000000 pfn=0x0 order=5\n"

/* 300 jiffies are 1.2 seconds; what is ours is left out. */
START_TEST(a_line_has_task_cpu_time_and_event)
{
	runs(lab, "world new tiny; alloc order=5; tick 300; free 0");
	says(lab, "show trace", CMD_OK,
	     HEAD "     0.000008: " CLAIM HEAD "     0.000009: " SERVED HEAD
		  "     1.200002: " FREED);
	says(lab, "show trace from=9 to=12", CMD_OK,
	     HEAD "     0.000009: " SERVED);
	says(lab, "show trace from=10 to=9", CMD_OK, "");
	runs(lab, "goto 8");
	says(lab, "show trace", CMD_OK, HEAD "     0.000008: " CLAIM);
	says(lab, "show trace last=1", CMD_OK, HEAD "     0.000008: " CLAIM);
	runs(lab, "goto 0");
	says(lab, "show trace", CMD_OK, "");
}
END_TEST

/* Time before the first tick is known from it; without any, from the world. */
START_TEST(time_is_known_where_no_tick_is_noted)
{
	const struct show_what what = {.from = 9, .to = 9};
	const struct mm_request want = {
		.order = 5, .gfp = GFP_KERNEL, .nid = -1};
	struct out *out = out_buffer();
	struct mm_config cfg;
	struct mm *mm;
	pfn_t pfn;

	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", NULL), 0);
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	mm_tick(mm, 250);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	print_trace(mm, &what, out);
	mm_tick(mm, 5);
	print_trace(mm, &what, out);
	ck_assert_str_eq(out_string(out), HEAD "     1.000009: " SERVED HEAD
					       "     1.000009: " SERVED);
	mm_destroy(mm);
	out_free(out);
}
END_TEST

/* A process's request is its own, not the caller's. */
START_TEST(a_line_tells_whose_it_is)
{
	const struct mm_process demo = {.name = "demo"};
	const struct mm_request want = {
		.order = 5, .gfp = GFP_KERNEL, .nid = -1};
	struct out *out = out_buffer();
	struct mm_process_info pi;
	struct mm_config cfg;
	char line[60];
	struct mm *mm;
	int process;

	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", NULL), 0);
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	process = mm_process_new(mm, &demo, NULL);
	ck_assert_int_gt(process, 0);
	mm_process_info(mm, (unsigned int)process, &pi);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
	ck_assert_int_eq(mm_task_request(mm, pi.task, &want, NULL), 0);
	ck_assert_int_eq(mm_task_finish(mm, pi.task, NULL), 0);
	print_trace(mm, &(struct show_what){.zid = NO_ZONE}, out);
	snprintf(line, sizeof line, "%16s-%-7u [000] ..... ", "demo", pi.pid);
	ck_assert_ptr_nonnull(strstr(out_string(out), "mm_page_alloc: "));
	ck_assert_msg(strncmp(out_string(out), line, strlen(line)) == 0, "%s",
		      out_string(out));
	out_clear(out);
	print_events(mm, &(struct show_what){.last = ALL_EVENTS}, out);
	ck_assert_ptr_nonnull(
		strstr(out_string(out), " demo: mm_page_alloc  "));
	mm_destroy(mm);
	out_free(out);
}
END_TEST

Suite *check_event_tracefs_suite(void)
{
	Suite *s = suite_create("cmd/event_tracefs");
	TCase *t = tcase_create("tracefs");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, each_tracepoint_has_its_format);
	tcase_add_test(t, each_format_can_be_filled_in);
	tcase_add_test(t, texts_are_those_of_the_recordings);
	tcase_add_test(t, the_task_is_told_by_its_pid);
	tcase_add_test(t, a_line_has_task_cpu_time_and_event);
	tcase_add_test(t, a_line_tells_whose_it_is);
	tcase_add_test(t, time_is_known_where_no_tick_is_noted);
	suite_add_tcase(s, t);
	return s;
}
