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
#include "tui/task_words.h"
#include "tui/view.h"

#define LIST_COLS 46  /* of the list, when the chart stands beside it */
#define CHART_COLS 62 /* least of the chart then, */
#define CHART_MOST_COLS 86

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

/* ---- the list ---- */

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

/* Direct calls count as a task while they are at something. */
static bool is_listed(const struct screen *s, const struct mm *mm,
		      unsigned int task)
{
	struct mm_task_info ti;

	mm_task_info(mm, task, &ti);
	return ti.kind != TASK_CALLER || task == task_of(s, mm) ||
	       task_rung(mm, task) != RUNG_NONE;
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
	fields_add(&f, *task_work(mm, task) ? ROLE_TITLE : ROLE_DIM, "%-17.17s",
		   *task_work(mm, task) ? task_work(mm, task) : "-");
	snprintf(waits, sizeof waits, "%s%s",
		 ti.state == TASK_WAITING ? "waits for " : "",
		 state_text(&ti, *task_work(mm, task)));
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
	const enum mm_rung rung = task_rung(mm, task);
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
	if (!run.running || task_rung(mm, task) == RUNG_NONE ||
	    c->rows - row < 6)
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

	task_draw_words(mm, task_of(s, mm), row + 1, &part);
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
	int words = task_draw_words(mm, task, 0, &none);
	int list = c->rows - words - chart.n, row;

	if (words > c->rows / 2)
		words = c->rows / 2;
	if (c->rows < 6)
		list = c->rows;
	else if (list < 1)
		list = c->rows > 14 ? 2 : 0;
	row = list ? draw_list(s, mm, 0, list, c) : 0;
	part = canvas_window(c, row, 0, words, c->cols);
	task_draw_words(mm, task, 0, &part);
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
