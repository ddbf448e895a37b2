/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_buddy.c - free lists by order and type, the lists, the zone's marks
 */
#include <stdio.h>
#include <string.h>

#include "tui/palette.h"
#include "tui/view.h"

#define MIN_ZONE_COLS 30

static bool row_shown(const struct screen *s, const struct mm *mm, int mt)
{
	if (mt < MIGRATE_PCPTYPES)
		return true;
	for (unsigned int o = 0; o <= mm_max_order(mm); o++)
		if (mm_nr_free(mm, s->zone, o, (enum migratetype)mt))
			return true;
	return false;
}

static int count_width(const struct screen *s, const struct mm *mm)
{
	uint32_t most = 0;
	int width = 1;

	for (unsigned int o = 0; o <= mm_max_order(mm); o++) {
		const uint32_t n = mm_nr_free_order(mm, s->zone, o);

		most = n > most ? n : most;
	}
	for (; most > 9; most /= 10)
		width++;
	return width < 2 ? 2 : width;
}

/* Types by name where that does not push out the zone. */
static int label_width(const struct screen *s, const struct mm *mm, int cols)
{
	const int rest =
		cols - (int)(mm_max_order(mm) + 1) * (count_width(s, mm) + 2) -
		2;

	return rest >= 13 + MIN_ZONE_COLS || (rest >= 13 && rest < 32) ? 13 : 2;
}

/* Columns of the table, without the zone's part. */
static int table_cols(const struct screen *s, const struct mm *mm, int cols)
{
	return label_width(s, mm, cols) +
	       (int)(mm_max_order(mm) + 1) * (count_width(s, mm) + 2) + 1;
}

static void draw_row(const struct screen *s, const struct mm *mm,
		     const struct changes *ch, int mt, int row, int col,
		     struct canvas *c)
{
	const int width = count_width(s, mm);
	const enum role role = role_migratetype(mt);
	char name[32];

	snprintf(name, sizeof name, "%c %s",
		 mm_migratetype_letter((enum migratetype)mt),
		 mm_migratetype_name((enum migratetype)mt));
	if (col < 4)
		name[1] = '\0';
	canvas_text(c, row, 0, role, name);
	for (unsigned int o = 0; o <= mm_max_order(mm); o++) {
		const uint32_t n =
			mm_nr_free(mm, s->zone, o, (enum migratetype)mt);
		const bool changed = ch->orders[mt] >> o & 1;
		char count[16];

		snprintf(count, sizeof count, n || changed ? "%u" : ".", n);
		canvas_printf(c, row, col, n ? role : ROLE_DIM, "%s%*s%s",
			      changed ? "[" : " ", width, count,
			      changed ? "]" : " ");
		if (changed)
			canvas_mark(c, row, col, width + 2, MARK_CHANGED);
		col += width + 2;
	}
}

/* "M[1]> 34 38 42": head first; what does not fit is counted. */
static void draw_list(const struct screen *s, const struct mm *mm,
		      unsigned int order, int mt, bool changed, int row,
		      struct canvas *c)
{
	uint32_t left = mm_nr_free(mm, s->zone, order, (enum migratetype)mt);
	int col = canvas_printf(c, row, 0, role_migratetype(mt), "%c[%u]%s ",
				mm_migratetype_letter((enum migratetype)mt),
				order, left ? " head>" : " empty");
	pfn_t pfn = mm_list_first(mm, s->zone, order, (enum migratetype)mt);

	if (changed)
		canvas_mark(c, row, 0, col - 1, MARK_CHANGED);
	for (; pfn != NO_PFN; pfn = mm_list_next(mm, order, pfn), left--) {
		char text[24];
		const int n = snprintf(text, sizeof text, "%u ", pfn);

		if (col + n + (left > 1 ? 7 : 0) > c->cols) {
			canvas_printf(c, row, col, ROLE_DIM, "+%u", left);
			return;
		}
		col = canvas_text(c, row, col, ROLE_TEXT, text);
	}
}

/*
 * Lists that changed come first, then all that are not empty.  The first
 * rows of @c, above @wide, are only @cols wide.  Gives the number of lists.
 */
static int draw_lists(const struct screen *s, const struct mm *mm,
		      const struct changes *ch, struct canvas *c, int wide,
		      int cols)
{
	int row = -s->scroll[VIEW_BUDDY];

	for (int i = 0; i < 2 * MIGRATE_TYPES; i++) {
		const enum migratetype mt =
			(enum migratetype)(i % MIGRATE_TYPES);

		for (unsigned int o = 0; o <= mm_max_order(mm); o++) {
			const bool changed = ch->orders[mt] >> o & 1;
			struct canvas line;

			if (changed != (i < MIGRATE_TYPES) ||
			    (!changed && !mm_nr_free(mm, s->zone, o, mt)))
				continue;
			line = canvas_window(c, row, 0, 1,
					     row < wide ? cols : c->cols);
			if (row >= 0 && row < c->rows)
				draw_list(s, mm, o, (int)mt, changed, 0, &line);
			row++;
		}
	}
	return row + s->scroll[VIEW_BUDDY];
}

/* ---- the zone ---- */

static int place_of(int64_t value, int64_t whole, int cols)
{
	if (value < 0 || whole <= 0)
		return 0;
	return value >= whole ? cols - 1 : (int)(value * cols / whole);
}

/*
 * Free pages as a bar over the marks.  Marks are small against a zone, so
 * the bar ends at four times the high mark, or at the zone's size.
 */
static void draw_gauge(const struct mm_zone_info *zi, int row, struct canvas *c)
{
	static const char *const names[] = {"min", "low", "high"};
	int64_t whole = 4 * (zi->wmark[WMARK_HIGH] + zi->boost);
	const int cols = c->cols - 3;
	int filled, free_to = 0;

	if (whole < 16 || whole > (int64_t)zi->managed)
		whole = (int64_t)zi->managed;
	filled = zi->free >= whole ? cols : place_of(zi->free, whole, cols);
	canvas_put(c, row + 1, 0, ROLE_TEXT, '[');
	for (int i = 0; i < cols; i++)
		canvas_put(c, row + 1, 1 + i,
			   zi->free < zi->wmark[WMARK_MIN] + zi->boost
				   ? ROLE_BAD
				   : ROLE_GOOD,
			   i < filled ? '#' : '.');
	canvas_text(c, row + 1, 1 + cols, ROLE_TEXT,
		    zi->free > whole ? ">" : "]");
	for (int w = WMARK_MIN; w <= WMARK_HIGH; w++) {
		const int at =
			1 + place_of(zi->wmark[w] + zi->boost, whole, cols);

		canvas_put(c, row + 1, at, ROLE_KEY, '|');
		if (at >= free_to)
			free_to =
				1 + canvas_text(c, row, at, ROLE_DIM, names[w]);
	}
}

static void draw_pcp(const struct screen *s, const struct mm *mm,
		     unsigned int cpu, int row, struct canvas *c)
{
	uint32_t blocks[MIGRATE_PCPTYPES] = {0};
	struct mm_pcp_info pi;

	mm_pcp_info(mm, s->zone, cpu, &pi);
	for (unsigned int i = 0; i < mm_nr_pcp_lists(mm); i++) {
		const enum migratetype mt = mm_pcp_list_type(mm, i);

		if (mt < MIGRATE_PCPTYPES)
			blocks[mt] += mm_pcp_list_len(mm, s->zone, cpu, i);
	}
	canvas_printf(c, row, 0, ROLE_TEXT,
		      "pcp cpu%u U%u M%u E%u  high %d batch %d", cpu,
		      blocks[MIGRATE_UNMOVABLE], blocks[MIGRATE_MOVABLE],
		      blocks[MIGRATE_RECLAIMABLE], pi.high, pi.batch);
}

/* Gives the rows it took. */
static int draw_zone(const struct screen *s, const struct mm *mm,
		     struct canvas *c)
{
	struct mm_zone_info zi;
	char name[40];
	int col;

	mm_zone_info(mm, s->zone, &zi);
	zone_text(mm, s->zone, name, sizeof name);
	col = canvas_printf(c, 0, 0, ROLE_TEXT, "%s: free ", name);
	col = canvas_printf(c, 0, col, ROLE_TITLE, "%lld", (long long)zi.free);
	canvas_printf(c, 0, col, ROLE_TEXT, " of %u frames", zi.managed);
	draw_gauge(&zi, 1, c);
	canvas_printf(c, 3, 0, ROLE_TEXT, "min %lld low %lld high %lld%s%lld",
		      (long long)zi.wmark[WMARK_MIN],
		      (long long)zi.wmark[WMARK_LOW],
		      (long long)zi.wmark[WMARK_HIGH], " boost ",
		      (long long)zi.boost);
	for (unsigned int cpu = 0;
	     cpu < mm_nr_cpus(mm) && 4 + (int)cpu < c->rows; cpu++)
		draw_pcp(s, mm, cpu, 4 + (int)cpu, c);
	return 4 + (int)mm_nr_cpus(mm);
}

static int draw_table(const struct screen *s, const struct mm *mm,
		      const struct changes *ch, int label, struct canvas *c)
{
	const int width = count_width(s, mm) + 2;
	int row = 0, col = label;

	canvas_text(c, row, 0, ROLE_LABEL, col < 4 ? "" : "order");
	for (unsigned int o = 0; o <= mm_max_order(mm); o++, col += width)
		canvas_printf(c, row, col, ROLE_LABEL, "%*u ", width - 1, o);
	row++;
	for (int mt = 0; mt < MIGRATE_TYPES; mt++)
		if (row_shown(s, mm, mt))
			draw_row(s, mm, ch, mt, row++, label, c);
	return row;
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	const int left = table_cols(s, mm, c->cols);
	const int right = c->cols - left - 1;
	struct canvas part = canvas_window(c, 0, 0, c->rows, left);
	struct changes ch;
	int row, beside = 0;

	changes_read(s, mm, &ch);
	row = draw_table(s, mm, &ch, label_width(s, mm, c->cols), &part);
	if (right >= MIN_ZONE_COLS) {
		part = canvas_window(c, 0, left + 1, c->rows,
				     right < 60 ? right : 60);
		beside = draw_zone(s, mm, &part);
	}
	part = canvas_window(c, row, 0, c->rows - row, c->cols);
	draw_lists(s, mm, &ch, &part, beside - row, left);
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
	struct canvas none = {0};
	struct changes ch;

	(void)rows;
	(void)cols;
	changes_read(s, mm, &ch);
	return rows_of_types(s, mm) + draw_lists(s, mm, &ch, &none, 0, 0);
}

static int want(const struct screen *s, const struct mm *mm, int cols)
{
	(void)cols;
	return rows_of_types(s, mm) + 2;
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
	"M[1] head>   first frames of the blocks on one list, head first",
	"min low high watermarks; the bar ends at 4 x high or the zone's size,",
	"             > when there is more free than it can show",
	"pcp cpu0     blocks on the per-CPU lists, by type; high, batch: pages",
	NULL,
};

const struct view_ops view_buddy = {
	.name = "lists",
	.title = "free lists",
	.legend = legend,
	.want = want,
	.height = height,
	.draw = draw,
	.about = about,
};
