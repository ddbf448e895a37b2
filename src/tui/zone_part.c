/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * zone_part.c - see zone_part.h
 *
 * On a narrow screen fields are left out, never cut: a number that is cut
 * looks like another number.
 */
#include "tui/zone_part.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/** Where the next field of a line goes. */
struct line {
	struct canvas *c;
	int row, col;
};

/* One field, if there is room for all of it. */
__attribute__((format(printf, 3, 4))) static bool
add_field(struct line *l, enum role role, const char *fmt, ...)
{
	char text[80];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (l->col + (int)strlen(text) > l->c->cols)
		return false;
	l->col = canvas_text(l->c, l->row, l->col, role, text) + 1;
	return true;
}

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
		if (at >= free_to && at + (int)strlen(names[w]) <= c->cols)
			free_to =
				1 + canvas_text(c, row, at, ROLE_DIM, names[w]);
	}
}

static bool add_mark(struct line *l, const struct mm_zone_info *zi, int i)
{
	static const char *const names[] = {"min", "low", "high", "boost"};
	const long long n = i < 3 ? (long long)zi->wmark[WMARK_MIN + i]
				  : (long long)zi->boost;

	return add_field(l, ROLE_TEXT, "%s %lld", names[i], n);
}

/* min, low, high and boost; on a second row what the first has no room for. */
static int draw_marks(const struct mm_zone_info *zi, int row, struct canvas *c)
{
	struct line l = {.c = c, .row = row};

	for (int i = 0; i < 4; i++) {
		if (add_mark(&l, zi, i) || (i == 3 && zi->boost == 0))
			continue;
		l.row++;
		l.col = 0;
		add_mark(&l, zi, i);
	}
	return l.row + 1;
}

static void draw_pcp(const struct screen *s, const struct mm *mm,
		     unsigned int cpu, bool more, int row, struct canvas *c)
{
	uint32_t blocks[MIGRATE_PCPTYPES] = {0};
	struct line l = {.c = c, .row = row};
	const char *pcp = c->cols < ZONE_PART_GOOD ? "" : "pcp ";
	struct mm_pcp_info pi;

	mm_pcp_info(mm, s->zone, cpu, &pi);
	for (unsigned int i = 0; i < mm_nr_pcp_lists(mm); i++) {
		const enum migratetype mt = mm_pcp_list_type(mm, i);

		if (mt < MIGRATE_PCPTYPES)
			blocks[mt] += mm_pcp_list_len(mm, s->zone, cpu, i);
	}
	add_field(&l, ROLE_TEXT, "%scpu%u U%u M%u E%u", pcp, cpu,
		  blocks[MIGRATE_UNMOVABLE], blocks[MIGRATE_MOVABLE],
		  blocks[MIGRATE_RECLAIMABLE]);
	if (add_field(&l, ROLE_TEXT, "high %d", pi.high))
		add_field(&l, ROLE_TEXT, "batch %d", pi.batch);
	if (more)
		add_field(&l, ROLE_DIM, "+%u more", mm_nr_cpus(mm) - cpu - 1);
}

int zone_part_draw(const struct screen *s, const struct mm *mm,
		   struct canvas *c)
{
	const unsigned int cpus = mm_nr_cpus(mm);
	struct line l = {.c = c};
	struct mm_zone_info zi;
	char name[40];
	int row;

	mm_zone_info(mm, s->zone, &zi);
	zone_text(mm, s->zone, name, sizeof name);
	add_field(&l, ROLE_TEXT, "%s:", name);
	if (add_field(&l, ROLE_TEXT, "free"))
		add_field(&l, ROLE_TITLE, "%lld", (long long)zi.free);
	if (add_field(&l, ROLE_TEXT, "of %u", zi.managed))
		add_field(&l, ROLE_TEXT, "frames");
	draw_gauge(&zi, 1, c);
	row = draw_marks(&zi, 3, c);
	for (unsigned int cpu = 0; cpu < cpus && row < c->rows; cpu++, row++)
		draw_pcp(s, mm, cpu, row == c->rows - 1 && cpu + 1 < cpus, row,
			 c);
	return row;
}

void zone_part_row(const struct screen *s, const struct mm *mm, int row,
		   struct canvas *c)
{
	struct line l = {.c = c, .row = row};
	struct mm_zone_info zi;

	mm_zone_info(mm, s->zone, &zi);
	add_field(&l, ROLE_TITLE, "free %lld", (long long)zi.free);
	for (int i = 0; i < 4; i++)
		add_mark(&l, &zi, i);
}
