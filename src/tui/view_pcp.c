/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_pcp.c - the zone's per-CPU pagesets: what each CPU keeps for itself
 *
 * A row a CPU: pages against its limit, and the blocks on each list.  Below,
 * one CPU in full with the frames on its lists: the one that the event is
 * about, unless another was chosen.
 */
#include <stdio.h>
#include <string.h>

#include "tui/fields.h"
#include "tui/keys.h"
#include "tui/list_row.h"
#include "tui/palette.h"
#include "tui/view.h"

#define MAX_LISTS 32
#define MOST_ROWS 6 /* of one list */
#define GAUGE 12

/** How the table of lists is spread. */
struct table {
	unsigned int place[MAX_LISTS]; /* lists by type, then order */
	unsigned int n;
	int width[MAX_LISTS]; /* of a number */
	bool by_list;	      /* else there is only room for sums by type */
	int cols;
};

/* ---- which CPU ---- */

/* view.cursor: 0 for the event's own, else the CPU plus one. */
static unsigned int cpu_of(const struct screen *s, const struct mm *mm)
{
	const int64_t chosen = s->view[VIEW_PCP].cursor;
	const struct mm_event *ev = mm_event(mm, mm_now(mm));
	const unsigned int cpu = chosen > 0 ? (unsigned int)chosen - 1
				 : ev	    ? ev->cpu
					    : 0;

	return cpu < mm_nr_cpus(mm) ? cpu : 0;
}

/* ---- the table ---- */

/* Two lists of a huge page's order: the first is for U and E together. */
static bool is_shared(const struct mm *mm, unsigned int pindex)
{
	return pindex + 2 == mm_nr_pcp_lists(mm);
}

static void order_lists(const struct mm *mm, struct table *t)
{
	for (int mt = 0; mt < MIGRATE_PCPTYPES; mt++)
		for (unsigned int i = 0;
		     i < mm_nr_pcp_lists(mm) && t->n < MAX_LISTS; i++)
			if ((int)mm_pcp_list_type(mm, i) == mt)
				t->place[t->n++] = i;
}

static int gap_before(const struct mm *mm, const struct table *t,
		      unsigned int k)
{
	return k && mm_pcp_list_type(mm, t->place[k]) !=
				       mm_pcp_list_type(mm, t->place[k - 1])
		       ? 4
		       : 2;
}

static struct table spread(const struct screen *s, const struct mm *mm,
			   int room)
{
	struct table t = {.by_list = true};

	order_lists(mm, &t);
	for (unsigned int k = 0; k < t.n; k++) {
		const unsigned int order = mm_pcp_list_order(mm, t.place[k]);

		t.width[k] = fields_digits(order);
		for (unsigned int cpu = 0; cpu < mm_nr_cpus(mm); cpu++) {
			const int n = fields_digits(
				mm_pcp_list_len(mm, s->zone, cpu, t.place[k]));

			t.width[k] = n > t.width[k] ? n : t.width[k];
		}
		t.cols += t.width[k] + gap_before(mm, &t, k);
	}
	t.by_list = t.cols <= room;
	return t;
}

static void draw_heads(const struct mm *mm, const struct table *t, int col,
		       int row, struct canvas *c)
{
	for (unsigned int k = 0; k < t->n; k++) {
		const int mt = (int)mm_pcp_list_type(mm, t->place[k]);
		const int gap = gap_before(mm, t, k);

		if (k == 0 || gap > 2)
			canvas_put(c, row, col + gap - 2, role_migratetype(mt),
				   (unsigned char)mm_migratetype_letter(
					   (enum migratetype)mt));
		canvas_printf(c, row, col + gap, ROLE_LABEL, "%*u", t->width[k],
			      mm_pcp_list_order(mm, t->place[k]));
		col += gap + t->width[k];
	}
}

static void draw_counts(const struct screen *s, const struct mm *mm,
			const struct changes *ch, const struct table *t,
			unsigned int cpu, int col, int row, struct canvas *c)
{
	for (unsigned int k = 0; k < t->n; k++) {
		const unsigned int i = t->place[k];
		const uint32_t n = mm_pcp_list_len(mm, s->zone, cpu, i);
		const bool changed = ch->pcp[cpu] >> i & 1;
		char text[16];

		col += gap_before(mm, t, k);
		snprintf(text, sizeof text, n || changed ? "%u" : ".", n);
		canvas_printf(c, row, col,
			      n ? role_migratetype((int)mm_pcp_list_type(mm, i))
				: ROLE_DIM,
			      "%*s", t->width[k], text);
		if (changed) {
			canvas_put(c, row, col - 1, ROLE_TEXT, '[');
			canvas_put(c, row, col + t->width[k], ROLE_TEXT, ']');
			canvas_mark(c, row, col - 1, t->width[k] + 2,
				    MARK_CHANGED);
		}
		col += t->width[k];
	}
}

/* Where a list has no column of its own: blocks by type. */
static void draw_sums(const struct screen *s, const struct mm *mm,
		      const struct changes *ch, unsigned int cpu,
		      struct fields *f)
{
	uint32_t blocks[MIGRATE_PCPTYPES] = {0};
	bool changed[MIGRATE_PCPTYPES] = {false};

	for (unsigned int i = 0; i < mm_nr_pcp_lists(mm); i++) {
		const enum migratetype mt = mm_pcp_list_type(mm, i);

		blocks[mt] += mm_pcp_list_len(mm, s->zone, cpu, i);
		changed[mt] = changed[mt] || ch->pcp[cpu] >> i & 1;
	}
	for (int mt = 0; mt < MIGRATE_PCPTYPES; mt++) {
		const int col = f->col;

		if (fields_add(f, role_migratetype(mt),
			       changed[mt] ? "[%c %u]" : "%c %u",
			       mm_migratetype_letter((enum migratetype)mt),
			       blocks[mt]) &&
		    changed[mt])
			canvas_mark(f->c, f->row, col, f->col - 1 - col,
				    MARK_CHANGED);
	}
}

/* ---- a row a CPU ---- */

static void draw_gauge(const struct mm_pcp_info *pi, int row, int col,
		       struct canvas *c)
{
	const int most = pi->high > 0 ? pi->high : 1;
	const int filled = pi->count >= most ? GAUGE : pi->count * GAUGE / most;

	canvas_put(c, row, col, ROLE_TEXT, '[');
	canvas_repeat(c, row, col + 1, ROLE_GOOD, '#', filled);
	canvas_repeat(c, row, col + 1 + filled, ROLE_DIM, '.', GAUGE - filled);
	canvas_put(c, row, col + 1 + GAUGE, ROLE_TEXT,
		   pi->count > most ? '>' : ']');
}

/* Columns before the lists: the CPU, its pages, perhaps a gauge. */
static int left_cols(int cols)
{
	return cols < 50 ? 20 : cols < 90 ? 30 : 46;
}

static void draw_cpu(const struct screen *s, const struct mm *mm,
		     const struct changes *ch, const struct table *t,
		     unsigned int cpu, int row, struct canvas *c)
{
	const int left = left_cols(c->cols);
	const bool here = cpu == cpu_of(s, mm);
	struct fields f = {.c = c, .row = row};
	struct mm_pcp_info pi;

	mm_pcp_info(mm, s->zone, cpu, &pi);
	fields_add(&f, here ? ROLE_NOW : ROLE_TEXT, "%c cpu%-2u",
		   here ? '>' : ' ', cpu);
	if (pi.count || pi.high)
		fields_add(&f, ROLE_TEXT, "%5d of %-4d", pi.count, pi.high);
	else
		fields_add(&f, ROLE_DIM, "%5d %-7s", pi.count,
			   pi.high_max ? "unused" : "off");
	if (left > 20)
		fields_add(&f, ROLE_DIM, "batch %d", pi.batch);
	if (left > 30)
		draw_gauge(&pi, row, left - GAUGE - 3, c);
	if (f.col < left)
		f.col = left;
	if (t->by_list)
		draw_counts(s, mm, ch, t, cpu, left, row, c);
	else
		draw_sums(s, mm, ch, cpu, &f);
}

/* ---- one CPU in full ---- */

static int draw_limits(const struct screen *s, const struct mm *mm,
		       unsigned int cpu, int row, struct canvas *c)
{
	struct fields f = {.c = c, .row = row};
	struct mm_pcp_info pi;

	mm_pcp_info(mm, s->zone, cpu, &pi);
	fields_add(&f, ROLE_LABEL, "cpu %u:", cpu);
	fields_flow(&f, 2, ROLE_TEXT, "%d page%s,", pi.count,
		    pi.count == 1 ? "" : "s");
	fields_flow(&f, 2, ROLE_TEXT, "high %d of %d..%d,", pi.high,
		    pi.high_min, pi.high_max);
	fields_flow(&f, 2, ROLE_TEXT, "batch %d,", pi.batch);
	fields_flow(&f, 2, ROLE_TEXT, "alloc factor %u,", pi.alloc_factor);
	fields_flow(&f, 2, ROLE_TEXT, "freed in a row %u", pi.free_count);
	return f.row + 1;
}

static int draw_list(const struct screen *s, const struct mm *mm,
		     const struct changes *ch, unsigned int cpu, unsigned int i,
		     int row, int rows, struct canvas *c)
{
	const enum migratetype mt = mm_pcp_list_type(mm, i);
	char letters[8];
	const struct list_row l = {
		.letters = letters,
		.role = role_migratetype((int)mt),
		.order = mm_pcp_list_order(mm, i),
		.len = mm_pcp_list_len(mm, s->zone, cpu, i),
		.changed = ch->pcp[cpu] >> i & 1,
		.first = mm_pcp_list_first(mm, s->zone, cpu, i),
		.next = mm_pcp_list_next,
		.key = i,
	};

	snprintf(letters, sizeof letters, "%c%s", mm_migratetype_letter(mt),
		 is_shared(mm, i) ? ",E" : "");
	return list_row_draw(&l, mm, ch, &(struct list_room){row, rows, 0, 0},
			     c);
}

static bool is_shown(const struct screen *s, const struct mm *mm,
		     const struct changes *ch, unsigned int cpu, unsigned int i)
{
	return mm_pcp_list_first(mm, s->zone, cpu, i) != NO_PFN ||
	       ch->pcp[cpu] >> i & 1;
}

/* Its lists: those that hold something, or have changed. */
static int draw_lists(const struct screen *s, const struct mm *mm,
		      const struct changes *ch, const struct table *t,
		      unsigned int cpu, int row, struct canvas *c)
{
	const int first = row;
	int spare = s->view[VIEW_PCP].scroll ? 0 : c->rows - row;

	for (unsigned int k = 0; k < t->n; k++)
		spare -= is_shown(s, mm, ch, cpu, t->place[k]);

	for (unsigned int k = 0; k < t->n; k++) {
		const unsigned int i = t->place[k];

		const int rows = spare < 0	      ? 1
				 : spare >= MOST_ROWS ? MOST_ROWS
						      : spare + 1;
		int took;

		if (!is_shown(s, mm, ch, cpu, i))
			continue;
		took = draw_list(s, mm, ch, cpu, i, row, rows, c);
		row += took;
		spare -= took - 1;
	}
	if (row == first)
		canvas_text(c, row++, 0, ROLE_DIM, "  all lists are empty");
	return row;
}

static int draw_all(const struct screen *s, const struct mm *mm, int row,
		    struct canvas *c)
{
	const struct table t = spread(s, mm, c->cols - left_cols(c->cols));
	const unsigned int cpus = mm_nr_cpus(mm), cpu = cpu_of(s, mm);
	struct changes ch;

	changes_read(s, mm, &ch);
	canvas_text(c, row, 0, ROLE_LABEL, "        pages of high");
	if (t.by_list)
		draw_heads(mm, &t, left_cols(c->cols), row, c);
	row++;
	for (unsigned int i = 0; i < cpus; i++)
		draw_cpu(s, mm, &ch, &t, i, row++, c);
	row += c->rows > (int)cpus + 8;
	row = draw_limits(s, mm, cpu, row, c);
	return draw_lists(s, mm, &ch, &t, cpu, row, c);
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	draw_all(s, mm, -s->view[VIEW_PCP].scroll, c);
}

static int height(const struct screen *s, const struct mm *mm, int rows,
		  int cols)
{
	struct canvas none = {.cols = cols};

	/* as draw() has it, with or without the blank row */
	return draw_all(s, mm, 0, &none) + (rows > (int)mm_nr_cpus(mm) + 8);
}

static int want(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	const int n = height(s, mm, rows, cols);

	return n < rows ? n : rows;
}

static void about(const struct screen *s, const struct mm *mm, char *buf,
		  size_t size)
{
	char zone[40];

	zone_text(mm, s->zone, zone, sizeof zone);
	snprintf(buf, size, "%s: blocks by order and type; [n] changed", zone);
}

static struct reply key(struct screen *s, const struct mm *mm, int key)
{
	const int64_t n = (int64_t)mm_nr_cpus(mm);
	int64_t cpu = (int64_t)cpu_of(s, mm) + (key == '}' ? 1 : -1);

	cpu = (cpu + n) % n;
	s->view[VIEW_PCP].cursor = cpu + 1;
	return reply(REPLY_DONE);
}

static const struct key_row keys[] = {
	{'}', "} {", NULL, ACT_NONE, "the next CPU in full, the one before"},
	{'{', NULL, NULL, ACT_NONE, NULL},
	{KEY_NONE, NULL, NULL, ACT_NONE, NULL},
};

static const char *const legend[] = {
	"> cpu0       the CPU that is told in full below",
	"3 of 18      pages on its lists, and how many may be there: high;",
	"             unused: nothing was freed there yet; off: there are none",
	"U 0 1 2 3 9  blocks on the list of that type, by order; U 9 serves E",
	"             too.  [4] changed in this step",
	"M[0] head>   the list itself: taken from its head, freed to its head",
	"batch        pages that a refill or a flush moves at a time; a refill",
	"             takes batch << alloc factor; high moves between its "
	"limits",
	NULL,
};

const struct view_ops view_pcp = {
	.name = "pcp",
	.title = "per-CPU lists",
	.legend = legend,
	.keys = keys,
	.min_rows = 3,
	.min_cols = 22,
	.want = want,
	.height = height,
	.draw = draw,
	.about = about,
	.key = key,
};
