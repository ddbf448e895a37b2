/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_tasks.c - who is at what: tasks and daemons, one of them in full
 *
 * In full: its request on the slow path's ladder, with "you are here", or its
 * run of compaction; what it waits for, and its counters.  It is the task of
 * the event we stand at, unless another was chosen.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tui/chart.h"
#include "tui/fields.h"
#include "tui/keys.h"
#include "tui/view.h"

#define LIST_COLS 46  /* of the list, when the chart stands beside it */
#define CHART_COLS 62 /* least of the chart then, */
#define CHART_MOST_COLS 86
#define MOST_MOVES 8 /* pages in flight that are named */

/* ---- which task ---- */

/* A quantum is told of by the one who let it run. */
static unsigned int task_of_event(const struct mm_event *ev)
{
	return ev->type == EV_quantum ? (unsigned int)ev->arg[0] : ev->task;
}

/* view.cursor: 0 for the event's own, else the task plus one. */
static unsigned int task_of(const struct screen *s, const struct mm *mm)
{
	const int64_t chosen = s->view[VIEW_TASKS].cursor;
	const struct mm_event *ev = mm_event(mm, mm_now(mm));
	const unsigned int task = chosen > 0 ? (unsigned int)chosen - 1
				  : ev	     ? task_of_event(ev)
					     : 0;

	return task < mm_nr_tasks(mm) ? task : 0;
}

/* A direct call has its rung on the fast path in the events alone. */
static enum mm_rung rung_of(const struct mm *mm, unsigned int task)
{
	struct mm_task_info ti;
	struct mm_walk w;

	mm_task_info(mm, task, &ti);
	if (ti.rung == RUNG_NONE && mm_walk_last(mm, (int)task, &w) &&
	    w.in_hand)
		return RUNG_FAST;
	return ti.rung;
}

static const char *state_text(const struct mm_task_info *ti, bool works)
{
	switch (ti->state) {
	case TASK_IDLE: /* a direct call is never put into a queue */
		return works ? "goes on" : "at rest";
	case TASK_READY:
		return "goes on";
	case TASK_WAITING:
		return mm_wait_name(ti->wait);
	default:
		return "gone";
	}
}

/* What it is at, in two words; "" for nothing. */
static const char *work_text(const struct mm *mm, unsigned int task)
{
	const enum mm_rung rung = rung_of(mm, task);
	struct mm_compact_task run;
	struct mm_range_task range;

	mm_compact_task_info(mm, task, &run);
	mm_range_task_info(mm, task, &range);
	return rung != RUNG_NONE	       ? mm_rung_name(rung)
	       : run.running		       ? "compacts"
	       : range.kind != RANGE_TASK_NONE ? "empties a range"
					       : "";
}

/* ---- the list ---- */

/* Direct calls count as a task while they are at something. */
static bool is_listed(const struct screen *s, const struct mm *mm,
		      unsigned int task)
{
	struct mm_task_info ti;

	mm_task_info(mm, task, &ti);
	return ti.kind != TASK_CALLER || task == task_of(s, mm) ||
	       rung_of(mm, task) != RUNG_NONE;
}

static void draw_task(const struct screen *s, const struct mm *mm,
		      unsigned int task, int row, struct canvas *c)
{
	const bool here = task == task_of(s, mm);
	struct fields f = {.c = c, .row = row};
	struct mm_task_info ti;
	char waits[80];

	mm_task_info(mm, task, &ti);
	fields_add(&f, here ? ROLE_NOW : ROLE_TEXT, "%c %-12.12s",
		   here ? '>' : ' ',
		   ti.kind == TASK_CALLER ? "direct call" : ti.comm);
	if (c->cols >= 40)
		fields_add(&f, ROLE_DIM, "cpu%-2u", ti.cpu);
	fields_add(&f, *work_text(mm, task) ? ROLE_TITLE : ROLE_DIM, "%-17.17s",
		   *work_text(mm, task) ? work_text(mm, task) : "-");
	snprintf(waits, sizeof waits, "%s%s",
		 ti.state == TASK_WAITING ? "waits for " : "",
		 state_text(&ti, *work_text(mm, task)));
	if (!fields_add(&f, ti.state == TASK_IDLE ? ROLE_DIM : ROLE_TEXT, "%s",
			waits))
		fields_add(&f, ROLE_TEXT, "waits");
}

static int listed(const struct screen *s, const struct mm *mm)
{
	int n = 0;

	for (unsigned int i = 0; i < mm_nr_tasks(mm); i++)
		n += is_listed(s, mm, i);
	return n;
}

/* At most @rows of them, the chosen one among them. */
static int draw_list(const struct screen *s, const struct mm *mm, int row,
		     int rows, struct canvas *c)
{
	const int all = listed(s, mm);
	int at = 0, first, k = 0;

	for (unsigned int i = 0; i < task_of(s, mm); i++)
		at += is_listed(s, mm, i);
	first = at - rows / 2;
	first = first > all - rows ? all - rows : first;
	first = first < 0 ? 0 : first;
	for (unsigned int i = 0; i < mm_nr_tasks(mm); i++) {
		if (!is_listed(s, mm, i))
			continue;
		if (k >= first && k < first + rows)
			draw_task(s, mm, i, row + k - first, c);
		k++;
	}
	return all < rows ? all : rows;
}

/* ---- one in full: words ---- */

static void add_request(const struct mm *mm, unsigned int task,
			struct fields *f)
{
	struct mm_task_info ti;
	struct mm_walk w;
	char gfp[160];

	mm_task_info(mm, task, &ti);
	if (mm_walk_last(mm, (int)task, &w))
		ti.want = w.want;
	mm_gfp_print(ti.want.gfp, gfp, sizeof gfp);
	fields_flow(f, 2, ROLE_LABEL, "asks for order %u,", ti.want.order);
	fields_flow(f, 2, ROLE_LABEL, "%s;", gfp);
}

static void add_counters(const struct mm *mm, unsigned int task,
			 struct fields *f)
{
	struct mm_task_info ti;

	mm_task_info(mm, task, &ti);
	if (ti.rung < RUNG_RETRY)
		return;
	fields_flow(f, 2, ROLE_TEXT, "no progress %d of 16,", ti.no_progress);
	fields_flow(f, 2, ROLE_TEXT, "compact retries %d,", ti.compact_retries);
	if (ti.rung == RUNG_RECLAIM)
		fields_flow(f, 2, ROLE_TEXT, "priority %d, reclaimed %" PRId64,
			    ti.priority, ti.nr_reclaimed);
	else
		fields_flow(f, 2, ROLE_TEXT, "last progress %" PRId64 " page%s",
			    ti.progress, ti.progress == 1 ? "" : "s");
	if (ti.rung == RUNG_RETRY)
		fields_flow(f, 2, ROLE_DIM, "(%s)",
			    reason_text((int32_t)ti.why));
}

static void add_waits(const struct mm *mm, unsigned int task, struct fields *f)
{
	struct mm_task_info ti;

	mm_task_info(mm, task, &ti);
	if (ti.state != TASK_WAITING)
		return;
	fields_flow(f, 2, ROLE_NOW, "waits for %s", mm_wait_name(ti.wait));
	if (ti.wake_at != UINT64_MAX)
		fields_flow(f, 2, ROLE_TEXT,
			    "until jiffy %" PRIu64 " (now %" PRIu64 ")",
			    ti.wake_at, mm_jiffies(mm));
}

static void add_faults(const struct mm *mm, unsigned int task, struct fields *f)
{
	struct mm_fault_info fi;

	mm_fault_info(mm, task, &fi);
	if (fi.kind != FAULT_NONE)
		fields_flow(f, 2, ROLE_TEXT, "%s: %u of %u pages got;",
			    mm_fault_name(fi.kind), fi.done, fi.wanted);
}

static int64_t of_node(const struct mm *mm, unsigned int nid, const char *key)
{
	int64_t value = 0;

	mm_get_node(mm, nid, key, &value);
	return value;
}

static void add_kswapd(const struct mm *mm, const struct mm_task_info *ti,
		       struct fields *f)
{
	const int64_t highest = of_node(mm, ti->nid, "kswapd_highest_zoneidx");
	const int64_t failures = of_node(mm, ti->nid, "kswapd_failures");

	if (of_node(mm, ti->nid, "kswapd_asleep"))
		fields_flow(f, 2, ROLE_DIM, "%s;",
			    ti->state == TASK_WAITING ? "naps" : "sleeps");
	if (highest < MAX_NR_ZONES)
		fields_flow(f, 2, ROLE_TEXT,
			    "asked for order %" PRId64 ", zones up to %s;",
			    of_node(mm, ti->nid, "kswapd_order"),
			    mm_layout_zone_name(mm_zone_layout(mm),
						(enum zone_type)highest));
	if (ti->state == TASK_READY)
		fields_flow(f, 2, ROLE_TEXT,
			    "priority %d, reclaimed %" PRId64 ";", ti->priority,
			    ti->nr_reclaimed);
	if (failures)
		fields_flow(f, 2, ROLE_BAD, "failures %" PRId64 " of 16%s",
			    failures, failures >= 16 ? ": hopeless" : "");
}

static const char *mode_name(enum migrate_mode mode)
{
	return mode == MIGRATE_ASYNC	    ? "async"
	       : mode == MIGRATE_SYNC_LIGHT ? "sync-light"
					    : "sync";
}

static void add_scanners(const struct mm_compact_task *run, struct fields *f)
{
	fields_flow(f, 2, ROLE_TEXT,
		    "scanners: sources at %" PRIu64 ", targets at %" PRIu64 ";",
		    run->source_page != NO_PFN ? run->source_page
					       : run->migrate_pfn,
		    run->target_page != NO_PFN ? run->target_page
					       : run->free_pfn);
	fields_flow(f, 2, ROLE_TEXT, "scanned %" PRIu64 " and %" PRIu64 ";",
		    run->scanned_sources, run->scanned_targets);
	fields_flow(f, 2, ROLE_TEXT, "in hand %u to move, %u free;",
		    run->isolated, run->targets);
	if (run->captured != NO_PFN)
		fields_flow(f, 2, ROLE_GOOD, "captured block %u;",
			    run->captured);
	else if (run->captures)
		fields_flow(f, 2, ROLE_DIM,
			    "captures order %u if it frees one;",
			    run->capture_order);
}

/* Pages on their way: which frame goes where. */
static void add_in_flight(const struct mm *mm, unsigned int task,
			  struct fields *f)
{
	struct mm_in_flight fl;
	unsigned int i;

	for (i = 0; mm_in_flight(mm, task, i, &fl); i++) {
		if (i == MOST_MOVES)
			continue;
		if (i > MOST_MOVES)
			break;
		if (fl.dst != NO_PFN)
			fields_flow(f, 2, ROLE_NOW, "%u -> %u,", fl.src,
				    fl.dst);
		else
			fields_flow(f, 2, fl.failed ? ROLE_BAD : ROLE_TEXT,
				    fl.failed ? "%u stays," : "%u -> ?,",
				    fl.src);
	}
	if (i > MOST_MOVES)
		fields_flow(f, 2, ROLE_DIM, "and more;");
}

/* Its run, and what the zone remembers of the last ones. */
static void add_compaction(const struct mm *mm, unsigned int task,
			   struct fields *f)
{
	struct mm_compact_task run;
	struct mm_compact_zone zone;
	char name[40], order[24] = "all of it";

	mm_compact_task_info(mm, task, &run);
	if (!run.running)
		return;
	mm_compact_zone_info(mm, run.zone, &zone);
	zone_text(mm, run.zone, name, sizeof name);
	if (run.order >= 0)
		snprintf(order, sizeof order, "for order %d", run.order);
	fields_flow(f, 2, ROLE_LABEL, "compacts %s, %s, %s%s:", name, order,
		    mode_name(run.mode), run.proactive ? ", proactively" : "");
	add_scanners(&run, f);
	add_in_flight(mm, task, f);
	fields_flow(f, 2, ROLE_TEXT, "skip bits %u;", zone.skip_bits);
	if (zone.defer_limit > 1)
		fields_flow(f, 2, ROLE_BAD,
			    "put off: attempt %u of %u, from order %u on",
			    zone.considered, zone.defer_limit,
			    zone.order_failed);
	else
		fields_flow(f, 2, ROLE_DIM, "not put off");
}

static void add_range(const struct mm *mm, unsigned int task, struct fields *f)
{
	struct mm_range_task range;

	mm_range_task_info(mm, task, &range);
	if (range.kind == RANGE_TASK_NONE)
		return;
	if (range.start != NO_PFN)
		fields_flow(f, 2, ROLE_LABEL, "empties %u..%u:", range.start,
			    range.end - 1);
	if (range.at)
		fields_flow(f, 2, ROLE_NOW, "%s,", range.at);
	fields_flow(f, 2, ROLE_TEXT, "tries %u;", range.tries);
	add_in_flight(mm, task, f);
}

static int draw_words(const struct mm *mm, unsigned int task, int row,
		      struct canvas *c)
{
	struct fields f = {.c = c, .row = row};
	struct mm_task_info ti;

	mm_task_info(mm, task, &ti);
	fields_add(&f, ROLE_TITLE,
		   "%s:", ti.kind == TASK_CALLER ? "a direct call" : ti.comm);
	if (rung_of(mm, task) != RUNG_NONE)
		add_request(mm, task, &f);
	add_waits(mm, task, &f);
	add_faults(mm, task, &f);
	add_counters(mm, task, &f);
	if (ti.kind == TASK_KSWAPD)
		add_kswapd(mm, &ti, &f);
	add_compaction(mm, task, &f);
	add_range(mm, task, &f);
	if (f.row == row && f.col < 24 && !*work_text(mm, task))
		fields_flow(&f, 2, ROLE_DIM, "nothing in hand");
	return f.row + 1;
}

/* ---- one in full: the chart ---- */

/* How often its request has come to each rung, read off the events. */
static void count_rungs(const struct mm *mm, unsigned int task,
			struct chart *chart)
{
	static const struct {
		uint16_t event;
		enum mm_rung rung;
	} marks[] = {
		{EV_alloc_request, RUNG_FAST},
		{EV_slowpath, RUNG_RETRY},
		{EV_mm_vmscan_direct_reclaim_begin, RUNG_RECLAIM},
		{EV_mm_compaction_try_to_compact_pages, RUNG_COMPACT},
		{EV_out_of_memory, RUNG_OOM},
		{EV_memcg_charge, RUNG_CHARGE},
	};
	struct mm_walk w;

	if (!mm_walk_last(mm, (int)task, &w) || !w.in_hand)
		return;
	for (uint64_t n = w.moment; n <= mm_now(mm); n++) {
		const struct mm_event *ev = mm_event(mm, n);

		for (size_t i = 0; ev && i < sizeof marks / sizeof marks[0];
		     i++)
			if (ev->task == task && ev->type == marks[i].event)
				chart->been[chart_row_of_rung(marks[i].rung)]++;
	}
}

/* Of a daemon, or of who compacts by hand: the run; else the ladder. */
static struct chart chart_of(const struct mm *mm, unsigned int task)
{
	const enum mm_rung rung = rung_of(mm, task);
	struct mm_compact_task run;
	struct chart chart;

	mm_compact_task_info(mm, task, &run);
	if (run.running && rung == RUNG_NONE)
		return chart_of_compaction(run.at);
	chart = chart_of_ladder(rung);
	count_rungs(mm, task, &chart);
	return chart;
}

/* Within direct compaction there is a second chart. */
static int draw_charts(const struct mm *mm, unsigned int task, int row,
		       struct canvas *c)
{
	struct chart chart = chart_of(mm, task);
	struct mm_compact_task run;

	row += chart_draw(&chart, row, c->rows - row, c);
	mm_compact_task_info(mm, task, &run);
	if (!run.running || rung_of(mm, task) == RUNG_NONE || c->rows - row < 6)
		return row;
	chart = chart_of_compaction(run.at);
	canvas_text(c, row + 1, 0, ROLE_LABEL, "compaction:");
	row += 2;
	return row + chart_draw(&chart, row, c->rows - row, c);
}

/* ---- together ---- */

/* Beside each other: the tasks and the words, the chart. */
static void draw_wide(const struct screen *s, const struct mm *mm,
		      struct canvas *c)
{
	const int right = c->cols * 2 / 5 < CHART_COLS	      ? CHART_COLS
			  : c->cols * 2 / 5 > CHART_MOST_COLS ? CHART_MOST_COLS
							      : c->cols * 2 / 5;
	const int left = c->cols - right - 2;
	struct canvas part = canvas_window(c, 0, 0, c->rows, left);
	int row = draw_list(s, mm, 0, c->rows - 6, &part);

	draw_words(mm, task_of(s, mm), row + 1, &part);
	part = canvas_window(c, 0, left + 2, c->rows, right);
	draw_charts(mm, task_of(s, mm), 0, &part);
}

/*
 * Below each other.  Words get half of a small pane; the chart is windowed,
 * and the list has what is left.
 */
static void draw_tall(const struct screen *s, const struct mm *mm,
		      struct canvas *c)
{
	const unsigned int task = task_of(s, mm);
	const struct chart chart = chart_of(mm, task);
	struct canvas none = {.cols = c->cols}, part;
	int words = draw_words(mm, task, 0, &none);
	int list = c->rows - words - chart.n, row;

	if (words > c->rows / 2)
		words = c->rows / 2;
	if (c->rows < 6)
		list = c->rows;
	else if (list < 1)
		list = c->rows > 14 ? 2 : 0;
	row = list ? draw_list(s, mm, 0, list, c) : 0;
	part = canvas_window(c, row, 0, words, c->cols);
	draw_words(mm, task, 0, &part);
	draw_charts(mm, task, row + words, c);
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	if (c->cols >= LIST_COLS + CHART_COLS)
		draw_wide(s, mm, c);
	else
		draw_tall(s, mm, c);
}

static int want(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	(void)s;
	(void)mm;
	return cols >= LIST_COLS + CHART_COLS && rows > 26 ? 26 : rows;
}

static void about(const struct screen *s, const struct mm *mm, char *buf,
		  size_t size)
{
	(void)s;
	snprintf(buf, size, "jiffy %" PRIu64 "; => you are here",
		 mm_jiffies(mm));
}

/* The next task that is listed, or the one before. */
static struct reply key(struct screen *s, const struct mm *mm, int key)
{
	const unsigned int n = mm_nr_tasks(mm);
	unsigned int task = task_of(s, mm);

	if (key == '.') {
		s->view[VIEW_TASKS].cursor = 0;
		return reply(REPLY_DONE);
	}
	for (unsigned int i = 0; i < n; i++) {
		task = (task + (key == '}' ? 1 : n - 1)) % n;
		if (is_listed(s, mm, task))
			break;
	}
	s->view[VIEW_TASKS].cursor = (int64_t)task + 1;
	return reply(REPLY_DONE);
}

static const struct key_row keys[] = {
	{'}', "} {", NULL, ACT_NONE, "the next task in full, the one before"},
	{'{', NULL, NULL, ACT_NONE, NULL},
	{'.', ".", NULL, ACT_NONE, "the task of the event again"},
	{KEY_NONE, NULL, NULL, ACT_NONE, NULL},
};

static const char *const legend[] = {
	"> web        the task that is told in full: its request, what it "
	"waits",
	"             for, its counters; of who compacts: scanners and pages",
	"=>           you are here: the step that its request, or its run of",
	"             compaction, goes on with",
	"x x3         it has come to this step in this request: once, 3 times",
	"--+ <-+      from here back to retry, for another round",
	NULL,
};

const struct view_ops view_tasks = {
	.name = "tasks",
	.title = "tasks",
	.legend = legend,
	.keys = keys,
	.min_rows = 2,
	.min_cols = 22,
	.want = want,
	.draw = draw,
	.about = about,
	.key = key,
};
