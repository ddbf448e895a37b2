/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_export.c - export, record: pictures of the screen, one or many
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tui/cast.h"
#include "tui/picture.h"

#define MOST_ROWS 300
#define MOST_COLS 500
#define MOST_FRAMES 2000
#define FRAME_MS 500 /* of a cast: how long a frame stays */

static bool read_size(const char *word, int *rows, int *cols)
{
	char more;

	return strlen(word) < 10 &&
	       strspn(word, "0123456789x") == strlen(word) &&
	       sscanf(word, "%dx%d%c", cols, rows, &more) == 2 && *cols >= 10 &&
	       *cols <= MOST_COLS && *rows >= 5 && *rows <= MOST_ROWS;
}

/* Size and view; false after a complaint. */
static bool read_want(const struct args *args, struct picture_want *want,
		      struct out *out)
{
	const char *size = args_word(args, "size", "80x24");
	const char *view = args_word(args, "view", NULL);

	want->view = view ? view_find(view) : -1;
	want->paper = strcmp(args_word(args, "for", "screen"), "paper") == 0;
	want->unmarked = strcmp(args_word(args, "marks", "on"), "off") == 0;
	if (!read_size(size, &want->rows, &want->cols)) {
		out_complain(out, "export",
			     "size=%.20s: expected COLUMNSxROWS, 10x5 to "
			     "%dx%d",
			     size, MOST_COLS, MOST_ROWS);
		return false;
	}
	if (view && want->view < 0) {
		out_complain(out, "export",
			     "view=%.20s: no such view; `help view` lists them",
			     view);
		return false;
	}
	return true;
}

/* Into the file, or with the rest of what is said; takes @text over. */
static enum cmd_status deliver(const struct args *args, char *text,
			       struct out *out)
{
	const char *file = args_word(args, "FILE", "-");
	char name[200];
	int err = 0;

	if (!text) {
		out_complain(out, "export", "memory is short");
		return CMD_ERROR;
	}
	if (strcmp(file, "-") == 0)
		out_text(out, "%s", text);
	else if ((err = file_replace(file, text, strlen(text))) == 0)
		out_line(out, "saved %zu bytes to %s", strlen(text),
			 printable(name, sizeof name, file));
	free(text);
	if (!err)
		return CMD_OK;
	out_complain(out, "export", "%s: %s", file,
		     err == EEXIST ? "is no regular file" : strerror(err));
	return CMD_ERROR;
}

static enum cmd_status one(struct lab *lab, const struct args *args,
			   enum picture_format format, struct out *out)
{
	struct picture_want want;

	if (!read_want(args, &want, out))
		return CMD_USAGE;
	return deliver(args, picture_of(lab, &want, format), out);
}

static enum cmd_status run_text(struct lab *lab, const struct args *args,
				struct out *out)
{
	return one(lab, args, PICTURE_TEXT, out);
}

static enum cmd_status run_ansi(struct lab *lab, const struct args *args,
				struct out *out)
{
	return one(lab, args, PICTURE_ANSI, out);
}

static enum cmd_status run_svg(struct lab *lab, const struct args *args,
			       struct out *out)
{
	return one(lab, args, PICTURE_SVG, out);
}

static enum cmd_status run_html(struct lab *lab, const struct args *args,
				struct out *out)
{
	return one(lab, args, PICTURE_HTML, out);
}

/* ---- several ---- */

/** Moments to draw: after @from up to @to, each event or each phase. */
struct stretch {
	uint64_t from, to;
	enum mm_grain grain;
};

/* The operation that we stand in, unless told; false after a complaint. */
static bool read_stretch(const struct lab *lab, const struct args *args,
			 struct stretch *st, struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const char *from = args_word(args, "from", NULL);
	const char *to = args_word(args, "to", NULL);
	struct mm_op o = {mm_now(mm), mm_now(mm)};
	uint64_t op, n = 0;

	if (mm_op_at(mm, mm_now(mm), &op) == 0)
		mm_op(mm, op, &o);
	st->from = from ? strtoull(from, NULL, 0) : o.first;
	st->to = to ? strtoull(to, NULL, 0) : o.last;
	st->grain = strcmp(args_word(args, "by", "phase"), "event") == 0
			    ? GRAIN_EVENT
			    : GRAIN_PHASE;
	if (st->from > st->to || st->from < mm_first_moment(mm) ||
	    st->to > mm_last_moment(mm)) {
		out_complain(out, "export",
			     "from %" PRIu64 " to %" PRIu64 ": expected "
			     "moments, %" PRIu64 " to %" PRIu64,
			     st->from, st->to, mm_first_moment(mm),
			     mm_last_moment(mm));
		return false;
	}
	n = st->to - st->from + 1;
	if (st->grain == GRAIN_EVENT && n > MOST_FRAMES) {
		out_complain(out, "export",
			     "%" PRIu64 " events: at most %d frames; narrow it "
			     "with from= and to=, or by=phase",
			     n, MOST_FRAMES);
		return false;
	}
	return true;
}

/* Draw each of them; false when the line was stopped, or memory is short. */
static bool each_frame(struct lab *lab, const struct stretch *st,
		       const struct picture_want *want,
		       void (*add)(struct markup *, struct lab *,
				   const struct canvas *, unsigned int n),
		       struct markup *m)
{
	const struct mm *mm = lab_mm(lab);
	const uint64_t here = lab_visit(lab, st->from);
	bool good = true;

	for (unsigned int n = 0; good && n < MOST_FRAMES; n++) {
		struct canvas c;
		uint64_t next;

		good = !lab_stop(lab) && picture_draw(lab, want, &c);
		if (!good)
			break;
		add(m, lab, &c, n);
		canvas_close(&c);
		next = mm_neighbour(mm, 1, st->grain);
		if (mm_now(mm) >= st->to || next == mm_now(mm))
			break;
		lab_visit(lab, next < st->to ? next : st->to);
	}
	lab_visit(lab, here);
	return good;
}

static void add_figure(struct markup *m, struct lab *lab,
		       const struct canvas *c, unsigned int n)
{
	const struct mm *mm = lab_mm(lab);
	const struct mm_event *ev = mm_event(mm, mm_now(mm));
	char text[700] = "before the first event";

	(void)n;
	if (ev)
		event_text(mm, ev, EXPLAIN_NUMBERS, text, sizeof text);
	markup_text(m, "<figure>\n");
	html_add(m, c, picture_theme(lab));
	markup_add(m, "<figcaption>%" PRIu64 ": ", mm_now(mm));
	markup_words(m, text);
	markup_text(m, "</figcaption>\n</figure>\n");
}

static void add_shot(struct markup *m, struct lab *lab, const struct canvas *c,
		     unsigned int n)
{
	cast_frame(m, c, picture_theme(lab), (unsigned long)n * FRAME_MS);
}

/* The line that is drawn, for the title. */
static const char *title_of(const struct lab *lab, const struct stretch *st)
{
	const char *line = NULL;
	uint64_t op;

	if (mm_op_at(lab_mm(lab), st->to, &op) == 0)
		line = lab_op_line(lab, op);
	return line ? line : mm_world_name(lab_mm(lab));
}

static enum cmd_status several(struct lab *lab, const struct args *args,
			       bool cast, struct out *out)
{
	struct picture_want want;
	struct stretch st;
	struct markup m = {0};
	bool good;

	if (!read_want(args, &want, out) || !read_stretch(lab, args, &st, out))
		return CMD_USAGE;
	if (cast)
		cast_begin(&m, want.rows, want.cols, title_of(lab, &st));
	else
		html_begin(&m, title_of(lab, &st));
	good = each_frame(lab, &st, &want, cast ? add_shot : add_figure, &m);
	if (!cast)
		html_end(&m);
	if (good)
		return deliver(args, markup_take(&m), out);
	free(markup_take(&m));
	if (!lab_stop(lab))
		out_complain(out, "export", "memory is short");
	return CMD_FAILED;
}

static enum cmd_status run_frames(struct lab *lab, const struct args *args,
				  struct out *out)
{
	return several(lab, args, false, out);
}

static enum cmd_status run_cast(struct lab *lab, const struct args *args,
				struct out *out)
{
	return several(lab, args, true, out);
}

#define SIZED "FILE [size=WORD] [view=WORD]"
#define ONE SIZED " [for=screen|paper] [marks=on|off]"
#define MANY SIZED " [from=N] [to=N] [by=event|phase]"

static const struct cmd export_text = {
	.name = "export text",
	.args = ONE,
	.brief = "Write what the screen shows as text; FILE - shows it",
	.help = "export text - size=120x40 view=zones\n"
		"Columns x rows, 80x24 if left out; the whole screen, or one "
		"view.\nfor=paper leaves the panes alone, dark on light; "
		"marks=off does not mark\nwhat has just changed.",
	.run = run_text,
};
static const struct cmd export_ansi = {
	.name = "export ansi",
	.args = ONE,
	.brief = "Write it as text with colours, for a terminal",
	.run = run_ansi,
};
static const struct cmd export_svg = {
	.name = "export svg",
	.args = ONE,
	.brief = "Write what the screen shows as an SVG picture",
	.help = "export svg picture.svg size=120x40\n"
		"The theme is that of `theme`.",
	.run = run_svg,
};
static const struct cmd export_html = {
	.name = "export html",
	.args = ONE,
	.brief = "Write what the screen shows as a web page",
	.run = run_html,
};
static const struct cmd export_frames = {
	.name = "export frames",
	.args = MANY,
	.brief = "Write a handout: a web page with a frame for each phase",
	.help = "export frames split.html by=event view=map\n"
		"Of the line that we stand in, or of the events from= to=.",
	.flags = CMD_TIME,
	.run = run_frames,
};
static const struct cmd export_cast = {
	.name = "export cast",
	.args = MANY,
	.brief = "Write the same as a film, asciicast version 2",
	.help = "export cast split.cast by=event size=66x20",
	.flags = CMD_TIME,
	.run = run_cast,
};

/* ---- record ---- */

static enum cmd_status run_record(struct lab *lab, const struct args *args,
				  struct out *out)
{
	struct prefs *p = prefs_of(lab);
	const char *file = args_place(args, 0);

	if (!p || !p->live)
		return out_complain(out, "record",
				    "there is no screen; `export cast` makes a "
				    "film of a line");
	recorder_close(p->recorder);
	p->recorder = NULL;
	if (strcmp(file, "off") == 0) {
		out_line(out, "record off");
		return CMD_OK;
	}
	p->recorder = recorder_open(file);
	if (!p->recorder) {
		out_complain(out, "record", "%s: %s", file,
			     errno == EEXIST ? "is no regular file"
					     : strerror(errno));
		return CMD_ERROR;
	}
	out_line(out, "recording the screen; `record off` ends it");
	return CMD_OK;
}

static const struct cmd cmd_record = {
	.name = "record",
	.args = "off|FILE",
	.brief = "Film the screen from now on, as asciicast version 2",
	.run = run_record,
};

const struct cmd *const export_table[] = {
	&export_text,	&export_ansi, &export_svg, &export_html,
	&export_frames, &export_cast, &cmd_record, NULL,
};
