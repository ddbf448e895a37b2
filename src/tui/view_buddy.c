/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_buddy.c - free lists by order and type, the lists, the zone's marks
 */
#include <inttypes.h>
#include <stdio.h>

#include "tui/fields.h"
#include "tui/list_row.h"
#include "tui/palette.h"
#include "tui/view.h"
#include "tui/zone_part.h"

#define MOST_ROWS 6	/* of one list */
#define ROWS_FOR_ZONE 3 /* below the table: its row, and some lists */

static bool row_shown(const struct screen *s, const struct mm *mm, int mt)
{
	if (mt < MIGRATE_PCPTYPES)
		return true;
	for (unsigned int o = 0; o <= mm_max_order(mm); o++)
		if (mm_nr_free(mm, s->zone, o, (enum migratetype)mt))
			return true;
	return false;
}

/** How the table is spread: with names, wide, narrow, very narrow. */
static const struct form {
	int label; /* columns for the type */
	int least; /* columns of a number at least */
	int gap;   /* columns between numbers; a single one is shared by [ ] */
} forms[] = {{13, 2, 2}, {2, 2, 2}, {2, 2, 1}, {2, 1, 1}};

#define NR_FORMS ((int)(sizeof forms / sizeof forms[0]))

struct table {
	struct form form;
	int width[MM_MAX_ORDERS]; /* of a number; 0: no room for this order */
	int cols;
	bool cut; /* orders with blocks are left out */
};

static int digits(uint32_t n)
{
	return n < 10 ? 1 : 1 + digits(n / 10);
}

static uint32_t most_of_order(const struct screen *s, const struct mm *mm,
			      unsigned int order)
{
	uint32_t most = 0;

	for (int mt = 0; mt < MIGRATE_TYPES; mt++) {
		const uint32_t n =
			mm_nr_free(mm, s->zone, order, (enum migratetype)mt);

		most = n > most ? n : most;
	}
	return most;
}

static void measure(struct table *t)
{
	t->cols = t->form.label + 2 - t->form.gap;
	for (int o = 0; o < MM_MAX_ORDERS; o++)
		t->cols += t->width[o] ? t->width[o] + t->form.gap : 0;
}

static void spread(struct table *t, const struct form *form,
		   const struct screen *s, const struct mm *mm)
{
	*t = (struct table){.form = *form};
	for (unsigned int o = 0; o <= mm_max_order(mm); o++) {
		int width = digits(most_of_order(s, mm, o));

		width = width > digits(o) ? width : digits(o);
		t->width[o] = width > form->least ? width : form->least;
	}
	measure(t);
}

/* Leave orders out, those without blocks first; never cut a number. */
static void leave_out(struct table *t, const struct screen *s,
		      const struct mm *mm, int cols)
{
	for (int pass = 0; pass < 2; pass++)
		for (int o = (int)mm_max_order(mm); o > 0; o--) {
			if (t->cols <= cols)
				return;
			if (!t->width[o] ||
			    (!pass && most_of_order(s, mm, (unsigned int)o)))
				continue;
			t->cut = t->cut || pass;
			t->width[o] = 0;
			measure(t);
		}
}

/* The widest form that leaves room for the zone; or the widest that fits. */
static void fit_table(struct table *t, const struct screen *s,
		      const struct mm *mm, int cols)
{
	static const int rest[] = {2 + ZONE_PART_GOOD, 2 + ZONE_PART_COLS, 0};

	for (int i = 0; i < 3 * NR_FORMS; i++) {
		spread(t, &forms[i % NR_FORMS], s, mm);
		if (t->cols + rest[i / NR_FORMS] <= cols)
			return;
	}
	leave_out(t, s, mm, cols);
}

/* "[4]"; where two changed numbers share a column, "[4|1]". */
static void draw_brackets(const struct table *t, int row, int col,
			  unsigned int order, uint32_t changed,
			  struct canvas *c)
{
	const int width = t->width[order];
	const bool shared = t->form.gap == 1 && order && t->width[order - 1] &&
			    changed >> (order - 1) & 1;

	canvas_put(c, row, col - 1, ROLE_TEXT, shared ? '|' : '[');
	canvas_put(c, row, col + width, ROLE_TEXT, ']');
	canvas_mark(c, row, col - 1, width + 2, MARK_CHANGED);
}

static void draw_row(const struct screen *s, const struct mm *mm,
		     const struct changes *ch, const struct table *t, int mt,
		     int row, struct canvas *c)
{
	const enum role role = role_migratetype(mt);
	int col = t->form.label + 1;

	canvas_put(c, row, 0, role,
		   (unsigned char)mm_migratetype_letter((enum migratetype)mt));
	if (t->form.label > 2)
		canvas_text(c, row, 2, role,
			    mm_migratetype_name((enum migratetype)mt));
	for (unsigned int o = 0; o <= mm_max_order(mm); o++) {
		const uint32_t n =
			mm_nr_free(mm, s->zone, o, (enum migratetype)mt);
		const bool changed = ch->orders[mt] >> o & 1;
		char count[16];

		if (!t->width[o])
			continue;
		snprintf(count, sizeof count, n || changed ? "%u" : ".", n);
		canvas_printf(c, row, col, n ? role : ROLE_DIM, "%*s",
			      t->width[o], count);
		if (changed)
			draw_brackets(t, row, col, o, ch->orders[mt], c);
		col += t->width[o] + t->form.gap;
	}
}

static int draw_list(const struct screen *s, const struct mm *mm,
		     const struct changes *ch, unsigned int order, int mt,
		     const struct list_room *room, struct canvas *c)
{
	const enum migratetype type = (enum migratetype)mt;
	const char letters[] = {mm_migratetype_letter(type), '\0'};
	const struct list_row l = {
		.letters = letters,
		.role = role_migratetype(mt),
		.order = order,
		.len = mm_nr_free(mm, s->zone, order, type),
		.changed = ch->orders[mt] >> order & 1,
		.first = mm_list_first(mm, s->zone, order, type),
		.next = mm_list_next,
		.key = order,
	};

	return list_row_draw(&l, mm, ch, room, c);
}

/* Which lists come in which turn, where not all of them have a row. */
enum turn { TURN_CAME, TURN_WENT, TURN_STAYED, NR_TURNS };

static enum turn turn_of(bool changed, uint32_t len)
{
	return !changed ? TURN_STAYED : len ? TURN_CAME : TURN_WENT;
}

/*
 * All that are not empty, or were not before this step, in their order.  Where
 * there are more than rows, those that changed come first, and of these what
 * is left of them matters more than that they are empty now.  The first rows
 * of @c, above @wide, are only @cols wide.  There are @spare rows more than
 * lists.  Gives the number of lists.
 */
static int draw_lists(const struct screen *s, const struct mm *mm,
		      const struct changes *ch, struct canvas *c, int wide,
		      int cols, int spare)
{
	const bool all = spare >= 0;
	int row = -s->view[VIEW_BUDDY].scroll, n = 0;

	spare = all ? spare : 0;
	for (int i = 0; i < (all ? 1 : NR_TURNS) * MIGRATE_TYPES; i++) {
		const enum migratetype mt =
			(enum migratetype)(i % MIGRATE_TYPES);
		const enum turn turn = (enum turn)(i / MIGRATE_TYPES);

		for (unsigned int o = 0; o <= mm_max_order(mm); o++) {
			const uint32_t len = mm_nr_free(mm, s->zone, o, mt);
			const bool changed = ch->orders[mt] >> o & 1;
			const int rows =
				spare >= MOST_ROWS ? MOST_ROWS : spare + 1;
			const struct list_room room = {row, rows, wide, cols};
			int took = 1;

			if ((!changed && !len) ||
			    (!all && turn_of(changed, len) != turn))
				continue;
			if (row >= 0 && row < c->rows)
				took = draw_list(s, mm, ch, o, (int)mt, &room,
						 c);
			row += took;
			spare -= took - 1;
			n++;
		}
	}
	return n;
}

static int draw_table(const struct screen *s, const struct mm *mm,
		      const struct changes *ch, const struct table *t,
		      struct canvas *c)
{
	int row = 0, col = t->form.label + 1;

	canvas_text(c, row, 0, ROLE_LABEL, t->form.label > 2 ? "order" : "");
	for (unsigned int o = 0; o <= mm_max_order(mm); o++) {
		if (!t->width[o])
			continue;
		canvas_printf(c, row, col, ROLE_LABEL, "%*u", t->width[o], o);
		col += t->width[o] + t->form.gap;
	}
	if (t->cut)
		canvas_put(c, row, c->cols - 1, ROLE_KEY, '>');
	row++;
	for (int mt = 0; mt < MIGRATE_TYPES; mt++)
		if (row_shown(s, mm, mt))
			draw_row(s, mm, ch, t, mt, row++, c);
	return row;
}

/* All in one row: "free 136: M[0] 120 M[4] [1]". */
static void draw_brief(const struct screen *s, const struct mm *mm,
		       struct canvas *c)
{
	struct fields f = {.c = c};
	struct mm_zone_info zi;
	struct changes ch;

	mm_zone_info(mm, s->zone, &zi);
	changes_read(s, mm, &ch);
	fields_add(&f, ROLE_LABEL, "free %" PRId64 ":", zi.free);
	for (int mt = 0; mt < MIGRATE_TYPES; mt++)
		for (unsigned int o = 0; o <= mm_max_order(mm); o++) {
			const enum migratetype type = (enum migratetype)mt;
			const uint32_t n = mm_nr_free(mm, s->zone, o, type);
			const bool changed = ch.orders[mt] >> o & 1;
			const int from = f.col;

			if (!n && !changed)
				continue;
			if (!fields_add(&f, role_migratetype(mt),
					changed ? "%c[%u] [%u]" : "%c[%u] %u",
					mm_migratetype_letter(type), o, n)) {
				canvas_put(c, 0, c->cols - 1, ROLE_KEY, '>');
				return;
			}
			if (changed)
				canvas_mark(c, 0, from, f.col - from - 1,
					    MARK_CHANGED);
		}
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	struct table t;
	struct canvas part;
	struct changes ch;
	struct canvas none = {0};
	int row, right, spare, beside = 0;

	if (c->rows == 1) {
		draw_brief(s, mm, c);
		return;
	}
	fit_table(&t, s, mm, c->cols);
	right = c->cols - t.cols - 2;
	changes_read(s, mm, &ch);
	row = draw_table(s, mm, &ch, &t, c);
	if (right >= ZONE_PART_COLS) {
		part = canvas_window(c, 0, t.cols + 2, c->rows,
				     right < 60 ? right : 60);
		beside = zone_part_draw(s, mm, &part);
	} else if (c->rows - row >= ROWS_FOR_ZONE) {
		zone_part_row(s, mm, row++, c);
	}
	part = canvas_window(c, row, 0, c->rows - row, c->cols);
	spare = part.rows - draw_lists(s, mm, &ch, &none, 0, 0, 0);
	if (s->view[VIEW_BUDDY].scroll && spare > 0)
		spare = 0;
	draw_lists(s, mm, &ch, &part, beside - row, t.cols + 1, spare);
}

static int rows_of_types(const struct screen *s, const struct mm *mm)
{
	int rows = 1;

	for (int mt = 0; mt < MIGRATE_TYPES; mt++)
		rows += row_shown(s, mm, mt);
	return rows;
}

static int height(const struct screen *s, const struct mm *mm, int rows,
		  int cols)
{
	const int above = rows_of_types(s, mm);
	struct canvas none = {0};
	struct changes ch;

	(void)cols;
	changes_read(s, mm, &ch);
	/* one more for the zone, in case it is not beside the table */
	return above + (rows - above >= ROWS_FOR_ZONE) +
	       draw_lists(s, mm, &ch, &none, 0, 0, 0);
}

static int want(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	const int all = height(s, mm, rows, cols);

	return all < rows ? all : rows;
}

static void about(const struct screen *s, const struct mm *mm, char *buf,
		  size_t size)
{
	(void)s;
	(void)mm;
	snprintf(buf, size, "blocks by order and type; [n] changed");
}

static const char *const legend[] = {
	"A column an order, a row a type: how many free blocks the list holds.",
	"[4]          changed in this step",
	"M[1] head>   first frames of the blocks on one list, head first;",
	"             [34] came there, or was touched, in this step",
	"min low high watermarks; the bar ends at 4 x high or the zone's size,",
	"             > when there is more free than it can show",
	"pcp cpu0     blocks on the per-CPU lists, by type; high, batch: pages",
	NULL,
};

const struct view_ops view_buddy = {
	.name = "lists",
	.title = "free lists",
	.legend = legend,
	.min_rows = 1,
	.min_cols = 12,
	.want = want,
	.height = height,
	.draw = draw,
	.about = about,
};
