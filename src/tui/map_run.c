/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * map_run.c - compaction on the map: the two scanners, and pages in flight
 *
 * A page on its way has a number below its frame, and its target the same.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tui/fields.h"
#include "tui/map.h"

static const char numbers[] = "123456789abcdefghijklmnopqrstuvwxyz";

#define MOST_NUMBERS ((unsigned int)sizeof numbers - 1)

static bool runs_here(const struct screen *s, const struct mm *mm,
		      unsigned int task)
{
	struct mm_compact_task run;
	struct mm_in_flight fl;

	mm_compact_task_info(mm, task, &run);
	if (run.running)
		return run.zone == s->zone;
	return mm_in_flight(mm, task, 0, &fl) &&
	       mm_zone_of(mm, fl.src) == s->zone;
}

int map_runner(const struct screen *s, const struct mm *mm)
{
	const struct mm_event *ev = mm_event(mm, mm_now(mm));

	if (ev && runs_here(s, mm, ev->task))
		return ev->task;
	for (unsigned int i = 0; i < mm_nr_tasks(mm); i++)
		if (runs_here(s, mm, i))
			return (int)i;
	return -1;
}

/* Compaction, or pageblocks that are shut. */
static bool op_marks(const struct screen *s, uint64_t op)
{
	const unsigned int set = lab_op_marks(s->lab, op);
	const struct lab_mark *m;

	for (unsigned int i = 0; (m = lab_mark(i)); i++)
		if (set >> i & 1 && (m->letter == 'C' || m->letter == 'I'))
			return true;
	return false;
}

bool map_marked(const struct screen *s, const struct mm *mm)
{
	uint64_t op, next = mm_first_op(mm);

	if (map_runner(s, mm) >= 0)
		return true;
	if (mm_op_at(mm, mm_now(mm), &op) == 0) {
		if (op_marks(s, op))
			return true;
		next = op + 1;
	}
	return next - mm_first_op(mm) < mm_nr_ops(mm) && op_marks(s, next);
}

static uint64_t source_of(const struct mm_compact_task *run)
{
	return run->source_page != NO_PFN ? run->source_page : run->migrate_pfn;
}

/* The free scanner's position is the end of what it has yet to scan. */
static uint64_t target_of(const struct mm_compact_task *run)
{
	return run->target_page != NO_PFN ? run->target_page : run->free_pfn;
}

/* Beside the number of the row, where a word has no room. */
static void draw_beside(const struct map_grid *g, int row, const char *name,
			bool right, struct canvas *c)
{
	canvas_put(c, row, g->label - (right ? 2 : 1), ROLE_NOW,
		   (unsigned char)*name);
}

/* Are @n cells inside of the map, and without a number or a word? */
static bool is_clear(const struct map_grid *g, const struct canvas *c, int row,
		     int col, int n)
{
	if (row >= c->rows || col < g->label || col + n > c->cols)
		return false;
	for (int i = col; i < col + n; i++) {
		const struct cell *cell = &c->cell[row * c->stride + i];

		if (cell->glyph && cell->glyph != ' ' && cell->glyph != '^')
			return false;
	}
	return true;
}

static bool is_blank(const struct canvas *c, int row, int col, int n)
{
	for (int i = col; i < col + n && i < c->cols; i++) {
		const uint32_t glyph =
			row < c->rows ? c->cell[row * c->stride + i].glyph
				      : '?';

		if (glyph && glyph != ' ')
			return false;
	}
	return true;
}

/* A word, apart from what stands beside it. */
static bool has_room(const struct map_grid *g, const struct canvas *c, int row,
		     int col, int n, bool right)
{
	if (right)
		return is_clear(g, c, row, col, n) &&
		       (col + n >= c->cols || is_clear(g, c, row, col + n, 1));
	return is_clear(g, c, row, col, n) &&
	       (col == g->label || is_clear(g, c, row, col - 1, 1));
}

/* "^migrate" to the right of its place, "free^" to the left, or as it fits. */
static void draw_caret(const struct map_grid *g, uint64_t pfn, const char *name,
		       bool right, struct canvas *c)
{
	const int n = (int)strlen(name);
	int row, col;

	if (!map_place(g, pfn < g->end ? pfn : g->end - 1, &row, &col))
		return;
	if (g->tall == 1) {
		canvas_mark(c, row, col, 1, MARK_CHANGED);
		draw_beside(g, row, name, right, c);
		return;
	}
	row++;
	if (is_clear(g, c, row, col, 1)) {
		canvas_put(c, row, col, ROLE_NOW, '^');
		for (int i = 0; i < 2; i++, right = !right) {
			const int from = right ? col + 1 : col - n;

			if (!has_room(g, c, row, from, n, right))
				continue;
			canvas_text(c, row, from, ROLE_NOW, name);
			return;
		}
	}
	draw_beside(g, row - 1, name, right, c);
}

static void draw_number(const struct map_grid *g, pfn_t pfn, unsigned int i,
			struct canvas *c)
{
	int row, col;

	if (g->tall > 1 && g->zoom != ZOOM_ZONE &&
	    map_place(g, pfn, &row, &col))
		canvas_put(c, row + 1, col, ROLE_KEY,
			   (unsigned char)numbers[i]);
}

void map_draw_run(const struct screen *s, const struct mm *mm,
		  const struct map_grid *g, struct canvas *c)
{
	const int task = map_runner(s, mm);
	struct mm_compact_task run;
	struct mm_in_flight fl;

	if (task < 0)
		return;
	mm_compact_task_info(mm, (unsigned int)task, &run);
	for (unsigned int i = 0; i < MOST_NUMBERS; i++) {
		if (!mm_in_flight(mm, (unsigned int)task, i, &fl))
			break;
		draw_number(g, fl.src, i, c);
		if (fl.dst != NO_PFN)
			draw_number(g, fl.dst, i, c);
	}
	if (run.running) { /* the words where the numbers leave room */
		draw_caret(g, source_of(&run), "migrate", true, c);
		draw_caret(g, target_of(&run), "free", false, c);
	}
}

void map_draw_bits(const struct mm *mm, const struct map_grid *g,
		   struct canvas *c)
{
	const unsigned int order = mm_pageblock_order(mm);
	const uint64_t block = 1u << order;
	int row, col;

	if (g->tall != 2 || g->zoom == ZOOM_ZONE || g->per_cell >= block)
		return;
	for (uint64_t pfn = (g->first + block - 1) >> order << order;
	     pfn < g->end; pfn += block) {
		struct mm_frame f;
		const char *word;

		if (!map_place(g, pfn, &row, &col))
			continue;
		mm_frame(mm, (pfn_t)pfn, &f);
		word = f.isolated ? "iso" : f.skip ? "skip" : "";
		if (*word && f.kind != FRAME_HOLE && f.kind != FRAME_OFFLINE &&
		    is_blank(c, row + 1, col, (int)strlen(word) + 1))
			canvas_text(c, row + 1, col, ROLE_DIM, word);
	}
}

static unsigned int count_pages(const struct mm *mm, unsigned int task)
{
	struct mm_in_flight fl;
	unsigned int n = 0;

	while (mm_in_flight(mm, task, n, &fl))
		n++;
	return n;
}

/* As many as there is room for, and how many more: "1:15>224 2:13>226 +6". */
static void add_pages(const struct mm *mm, unsigned int task, struct fields *f)
{
	const unsigned int n = count_pages(mm, task);
	struct mm_in_flight fl;

	for (unsigned int i = 0; i < n; i++) {
		const int number = i < MOST_NUMBERS ? numbers[i] : '+';
		const int more = i + 1 < n ? 2 + fields_digits(n - i - 1) : 0;
		char text[40];

		mm_in_flight(mm, task, i, &fl);
		if (fl.dst != NO_PFN)
			snprintf(text, sizeof text, "%c:%u>%u", number, fl.src,
				 fl.dst);
		else
			snprintf(text, sizeof text, "%c:%u%s", number, fl.src,
				 fl.failed ? "!" : "");
		if (f->col + (int)strlen(text) + more > f->c->cols) {
			fields_add(f, ROLE_DIM, "+%u", n - i);
			return;
		}
		fields_add(f, ROLE_TEXT, "%s", text);
	}
}

void map_run_words(const struct screen *s, const struct mm *mm, int row,
		   struct canvas *c)
{
	const int task = map_runner(s, mm);
	struct fields f = {.c = c, .row = row};
	struct mm_compact_task run;
	struct mm_task_info ti;

	if (task < 0)
		return;
	mm_compact_task_info(mm, (unsigned int)task, &run);
	mm_task_info(mm, (unsigned int)task, &ti);
	if (task)
		fields_add(&f, ROLE_LABEL, "%s", ti.comm);
	if (run.running) {
		fields_add(&f, ROLE_NOW, "migrate %" PRIu64 " free %" PRIu64,
			   source_of(&run), target_of(&run));
		fields_add(&f, ROLE_DIM, "%s", mm_compact_at_name(run.at));
	}
	add_pages(mm, (unsigned int)task, &f);
}

void map_run_text(const struct screen *s, const struct mm *mm, int cols,
		  char *buf, size_t size)
{
	struct canvas c;
	size_t n = 0;

	buf[0] = '\0';
	if (cols < 1 || !canvas_open(&c, 1, cols))
		return;
	map_run_words(s, mm, 0, &c);
	for (int i = 0; i < cols && n + 1 < size; i++)
		buf[n++] = c.cell[i].glyph ? (char)c.cell[i].glyph : ' ';
	while (n && buf[n - 1] == ' ')
		n--;
	buf[n] = '\0';
	canvas_close(&c);
}
