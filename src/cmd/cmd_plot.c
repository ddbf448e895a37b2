/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_plot.c - plot, unplot, and `show plot`: figures over time
 */
#include <inttypes.h>
#include <string.h>

#include "cmd/series.h"
#include "cmd/show.h"

#define ROWS 8
#define COLUMNS 60

/* The value shown in a column: of the last line that falls into it. */
static int64_t at_column(const struct lab_series *s, unsigned int columns,
			 unsigned int c)
{
	return s->value[(uint64_t)(c + 1) * s->n / columns - 1];
}

static void trim(char *line, unsigned int len)
{
	while (len && line[len - 1] == ' ')
		len--;
	line[len] = '\0';
}

static void draw(const struct lab_series *s, struct out *out)
{
	const unsigned int columns =
		s->n < COLUMNS ? (unsigned int)s->n : COLUMNS;
	int64_t low = s->value[0], high = s->value[0];

	for (uint64_t k = 0; k < s->n; k++) {
		low = s->value[k] < low ? s->value[k] : low;
		high = s->value[k] > high ? s->value[k] : high;
	}
	out_line(out, "%s%s%s, after %" PRIu64 " to %" PRIu64 " line%s",
		 s->figure, s->unit && *s->unit ? ", " : "",
		 s->unit ? s->unit : "", s->first, s->first + s->n - 1,
		 plural((int64_t)(s->first + s->n - 1)));
	if (high == low) {
		out_line(out, "%12" PRId64 " throughout", low);
		return;
	}
	for (int row = ROWS - 1; row >= 0; row--) {
		char line[COLUMNS + 1];

		for (unsigned int c = 0; c < columns; c++) {
			const double span = (double)(high - low);
			const double v =
				(double)(at_column(s, columns, c) - low);

			/* the lowest value still has a mark */
			line[c] = row == 0 || v * ROWS / span > (double)row
					  ? '#'
					  : ' ';
		}
		trim(line, columns);
		if (row == ROWS - 1 || row == 0)
			out_line(out, "%12" PRId64 " |%s", row ? high : low,
				 line);
		else
			out_line(out, "%12s |%s", "", line);
	}
}

static enum cmd_status run_plot(struct lab *lab, const struct args *args,
				struct out *out)
{
	const char *figure = args_place(args, 0);
	struct lab_series s;
	unsigned int i;

	if (figure && strpbrk(figure, "*?"))
		return complain(out, "plot", "%s: expected one figure", figure);
	if (figure && strlen(figure) >= SERIES_NAME)
		return complain(out, "plot", "the name is too long");
	if (figure && series_add(lab_plots(lab), figure) < 0)
		return complain(out, "plot",
				"there are %d already; `unplot FIGURE` takes "
				"one away",
				MOST_SERIES);
	lab_sync_plots(lab);
	for (i = 0; lab_series(lab, i, &s); i++)
		if (s.n && (!figure || strcmp(figure, s.figure) == 0))
			draw(&s, out);
	if (i)
		lab_show(lab, "figures", "", "");
	else
		out_line(out, "nothing is plotted; try `plot free`");
	return CMD_OK;
}

const struct cmd cmd_plot = {
	.name = "plot",
	.args = "[FIGURE]",
	.brief = "Draw a figure over time, from now on; or all of these",
	.help = "plot node0.Normal.free\n"
		"One column a line that was run, or several lines in one.  "
		"`show plot` has the\nnumbers, as CSV.",
	.run = run_plot,
};

static enum cmd_status run_unplot(struct lab *lab, const struct args *args,
				  struct out *out)
{
	const char *figure = args_place(args, 0);

	while (!figure && lab_plots(lab)->n)
		series_remove(lab_plots(lab), lab_plots(lab)->row[0].figure);
	if (figure && !series_remove(lab_plots(lab), figure))
		return complain(out, "unplot",
				"%s: is not plotted; `plot` draws those that "
				"are",
				figure);
	return CMD_OK;
}

const struct cmd cmd_unplot = {
	.name = "unplot",
	.args = "[FIGURE]",
	.brief = "Plot a figure no longer; or none at all",
	.run = run_unplot,
};

/** CSV: one row for the beginning, one after each line. */
void print_plot(const struct mm *mm, const struct show_what *what,
		struct out *out)
{
	struct lab_series s, first;

	(void)mm;
	if (!lab_series(what->lab, 0, &first)) {
		out_line(out, "nothing is plotted; try `plot free`");
		return;
	}
	out_text(out, "lines");
	for (unsigned int i = 0; lab_series(what->lab, i, &s); i++)
		out_text(out, ",%s", s.figure);
	out_line(out, "%s", "");
	for (uint64_t k = 0; k < first.n; k++) {
		out_text(out, "%" PRIu64, first.first + k);
		for (unsigned int i = 0; lab_series(what->lab, i, &s); i++)
			if (k < s.n)
				out_text(out, ",%" PRId64, s.value[k]);
			else
				out_text(out, ",");
		out_line(out, "%s", "");
	}
}
