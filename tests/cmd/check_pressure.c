/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_pressure.c - orders of events that may be, and such that may not
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/pressure.h"

Suite *check_pressure_suite(void);

/*
 * "TASK EVENT FIELDS; ..." with the tracepoints' names cut short: the last
 * event is the one that is judged, the others must be in order.
 */
static const char *judge(const char *story)
{
	static const struct {
		const char *name, *event;
	} names[] = {
		{"wakeup", "mm_vmscan_wakeup_kswapd"},
		{"wake", "mm_vmscan_kswapd_wake"},
		{"begin", "mm_vmscan_balance_pgdat_begin"},
		{"fail", "mm_vmscan_kswapd_reclaim_fail"},
		{"end", "mm_vmscan_balance_pgdat_end"},
		{"sleep", "mm_vmscan_kswapd_sleep"},
		{"clear", "mm_vmscan_kswapd_clear_hopeless"},
		{"direct", "mm_vmscan_direct_reclaim_begin"},
		{"got", "mm_vmscan_direct_reclaim_end"},
		{"isolate", "mm_vmscan_lru_isolate"},
		{"shrink", "mm_vmscan_lru_shrink_inactive"},
		{"slab", "mm_shrink_slab_start"},
		{"slabbed", "mm_shrink_slab_end"},
		{"retry", "reclaim_retry_zone"},
		{"victim", "mark_victim"},
		{"compact", "mm_compaction_begin"},
		{"compacted", "mm_compaction_end"},
		{"suitable", "mm_compaction_suitable"},
		{"hand", "mm_compaction_wakeup_kcompactd"},
		{"kwake", "mm_compaction_kcompactd_wake"},
		{"ksleep", "mm_compaction_kcompactd_sleep"},
	};
	static struct pressure p;
	char line[600], *next = NULL;
	const char *why = NULL;

	memset(&p, 0, sizeof p);
	snprintf(line, sizeof line, "%s", story);
	for (char *one = strtok_r(line, ";", &next); one;
	     one = strtok_r(NULL, ";", &next)) {
		char name[20], fields[100] = "";
		size_t i = 0;
		int pid;

		ck_assert_msg(!why, "%s: %s", story, why);
		ck_assert_int_ge(
			sscanf(one, " %d %19s %99[^\n]", &pid, name, fields),
			2);
		while (strcmp(names[i].name, name) != 0)
			ck_assert_uint_lt(++i, sizeof names / sizeof names[0]);
		why = pressure_event(&p, pid, names[i].event,
				     strlen(names[i].event), fields);
	}
	return why;
}

#define RUN "1 wake nid=0 order=0; 1 begin nid=0 order=0; "
#define FAIL(n)                                                                \
	RUN "1 fail nid=0 failures=" n "; 1 end nid=0 order=0 "                \
	    "nr_reclaimed=0; "
#define GOT(n) "7 direct order=0; 7 got nr_reclaimed=" n "; "

static const char *const may_be[] = {
	"7 wakeup nid=0; " RUN "1 isolate; 1 shrink priority=12; 1 end nid=0 "
	"order=0 nr_reclaimed=9; 1 sleep nid=0",
	"1 wake order=3; 1 begin order=3; 1 end order=0 nr_reclaimed=40",
	FAIL("15") FAIL("16") "1 clear nid=0; 7 wakeup nid=0",
	GOT("0") "7 retry no_progress_loops=1 available=9 min_wmark=5 "
		 "wmark_check=0; 7 victim",
	GOT("5") "7 retry no_progress_loops=0 available=9 min_wmark=5 "
		 "wmark_check=1; " GOT("5") "7 retry no_progress_loops=0",
	"1 suitable ret=continue; 1 hand; 2 kwake; 2 compact; 2 compacted; "
	"2 ksleep",
	"1 slab; 7 slab; 1 slabbed; 7 slabbed",
};

START_TEST(this_order_may_be)
{
	ck_assert_ptr_null(judge(may_be[_i]));
}
END_TEST

static const struct {
	const char *story, *why;
} may_not[] = {
	{"1 begin nid=0 order=0", "wake up before"},
	{"1 wake order=2; 1 begin order=0", "order that kswapd was woken"},
	{RUN "1 wake order=0", "run to end first"},
	{RUN "1 sleep nid=0", "between its runs"},
	{"1 end nid=0 order=0", "have begun"},
	{"1 wake order=3; 1 begin order=3; 1 end order=2", "0 once"},
	{"1 fail nid=0 failures=1", "end of a balancing run"},
	{FAIL("3") RUN "1 fail nid=0 failures=5", "one failure more"},
	{RUN "1 fail nid=0 failures=1; 1 isolate", "to end"},
	{RUN "1 fail nid=0 failures=1; 1 end order=0 nr_reclaimed=2",
	 "reclaimed nothing"},
	{FAIL("16") "7 wakeup nid=0", "left alone"},
	{FAIL("16") "1 clear nid=0; 1 clear nid=0", "with failures"},
	{"7 direct order=0; 7 direct order=0", "in hand to end"},
	{RUN "1 direct order=0", "in hand to end"},
	{"7 got nr_reclaimed=0", "have begun"},
	{"7 direct order=0; 7 shrink priority=12", "isolated first"},
	{RUN "1 isolate; 1 shrink priority=0", "kswapd's to 1"},
	{"1 slab; 1 slab", "be left first"},
	{"1 slabbed", "have begun"},
	{"7 direct order=0; 7 retry no_progress_loops=1",
	 "before the question"},
	{GOT("5") "7 retry no_progress_loops=1", "after progress"},
	{GOT("0") "7 retry no_progress_loops=0", "round in vain"},
	{GOT("0") "7 retry no_progress_loops=1; 7 retry no_progress_loops=2",
	 "every zone"},
	{GOT("0") "7 retry no_progress_loops=1 available=4 min_wmark=5 "
		  "wmark_check=1",
	 "so little"},
	{"7 victim", "given up first"},
	{GOT("5") "7 retry no_progress_loops=0 available=9 min_wmark=5 "
		  "wmark_check=1; 7 victim",
	 "was granted"},
	{"2 compact; 2 compact", "to end first"},
	{"1 hand", "worth compacting"},
	{"1 suitable ret=skipped; 1 hand", "worth compacting"},
	{"2 kwake; 2 kwake", "sleep first"},
	{"2 kwake; 2 compact; 2 ksleep", "to end first"},
};

START_TEST(this_order_may_not_be)
{
	const char *why = judge(may_not[_i].story);

	ck_assert_msg(why && strstr(why, may_not[_i].why), "%s: %s",
		      may_not[_i].story, why ? why : "may be");
}
END_TEST

/* ---- and the model's own events ---- */

/* "   COMM-PID     [CPU] FLAGS TIME: EVENT: FIELDS"; false for other lines. */
static bool read_line(const char *line, int *pid, const char **event,
		      size_t *len, const char **fields)
{
	const char *dash = strchr(line, '-'), *colon = strstr(line, ": ");

	if (!dash || !colon || sscanf(dash, "-%d", pid) != 1)
		return false;
	*event = colon + 2;
	*len = strcspn(*event, ":\n");
	*fields = *event + *len + strspn(*event + *len, ": ");
	return (*event)[*len] == ':';
}

static const char *const stories[] = {
	"world new tiny pcp=off; swap on pages=64; task new a; task file a "
	"150; task anon a 200; task new b; task anon b 150",
	"world new tiny; task new a; task anon a 230; task new b; task anon b "
	"100; task pages b lock 50; task file b 99",
	"world new classroom; swap on pages=2000; task new hog; task file hog "
	"9000; task anon hog 14000",
};

START_TEST(the_model_keeps_the_rules)
{
	static struct pressure p;
	struct out *out = out_buffer(), *trace = out_buffer();
	struct lab *lab = lab_create();
	unsigned int lines = 0;
	char *text, *next = NULL;

	memset(&p, 0, sizeof p);
	ck_assert_int_eq(lab_run(lab, stories[_i], out), CMD_OK);
	ck_assert_int_eq(lab_run(lab, "show trace", trace), CMD_OK);
	text = strdup(out_string(trace));
	for (char *line = strtok_r(text, "\n", &next); line;
	     line = strtok_r(NULL, "\n", &next)) {
		const char *event, *fields, *why;
		size_t len;
		int pid;

		if (!read_line(line, &pid, &event, &len, &fields))
			continue;
		why = pressure_event(&p, pid, event, len, fields);
		ck_assert_msg(!why, "%s: %s", line, why);
		lines++;
	}
	ck_assert_uint_gt(lines, 100);
	ck_assert_uint_gt(p.runs, 0);
	ck_assert_uint_gt(p.reclaims, 0);
	free(text);
	lab_destroy(lab);
	out_free(trace);
	out_free(out);
}
END_TEST

Suite *check_pressure_suite(void)
{
	Suite *s = suite_create("cmd/pressure");
	TCase *t = tcase_create("order");

	tcase_add_loop_test(t, this_order_may_be, 0,
			    sizeof may_be / sizeof may_be[0]);
	tcase_add_loop_test(t, this_order_may_not_be, 0,
			    sizeof may_not / sizeof may_not[0]);
	tcase_add_loop_test(t, the_model_keeps_the_rules, 0,
			    sizeof stories / sizeof stories[0]);
	suite_add_tcase(s, t);
	return s;
}
