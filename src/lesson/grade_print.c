/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * grade_print.c - results as text, TAP, JSON, and for Gradescope
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "lesson/grade.h"

/* ---- text ---- */

static void print_text(const struct grade *g, struct out *out)
{
	out_line(out, "%s: %s%s%u of %zu", g->file, g->student,
		 *g->student ? ": " : "", g->points, g->n);
	if (*g->trouble)
		out_line(out, "  %s: %s",
			 g->played ? "as far as it goes" : "not graded",
			 g->trouble);
	if (!g->played)
		return;
	for (size_t i = 0; i < g->n; i++)
		out_line(out, "  %s  %s - %s", g->mark[i].earned ? "1" : "0",
			 g->mark[i].name, g->mark[i].remark);
	out_line(out,
		 "  lesson %s %016llx, seed %llu, hints %u, given up %u, "
		 "stamp %s",
		 g->lesson, (unsigned long long)g->hash,
		 (unsigned long long)g->seed, g->score.hints, g->score.given_up,
		 g->stamp);
}

static const char about_stamp[] =
	"A stamp sums up lesson, seed, name, points, hints and what was given "
	"up; a speed bump for copying, no proof.";

/* ---- TAP ---- */

/* A `#` would begin a directive. */
static void tap_text(const char *text, struct out *out)
{
	for (; *text; text++)
		out_text(out, "%s%c", *text == '#' || *text == '\\' ? "\\" : "",
			 *text);
}

static void print_tap(const struct grade *g, size_t n, struct out *out)
{
	size_t tests = 0, k = 0;

	for (size_t i = 0; i < n; i++)
		tests += g[i].n ? g[i].n : 1;
	out_line(out, "TAP version 13\n1..%zu", tests);
	for (size_t i = 0; i < n; i++) {
		if (*g[i].trouble)
			out_line(out, "# %s: %s", g[i].file, g[i].trouble);
		if (!g[i].n) {
			out_text(out, "not ok %zu - ", ++k);
			tap_text(g[i].file, out);
			out_line(out, "%s", "");
		}
		for (size_t m = 0; m < g[i].n; m++) {
			const struct mark *mark = &g[i].mark[m];

			out_text(out, "%sok %zu - ", mark->earned ? "" : "not ",
				 ++k);
			tap_text(g[i].file, out);
			out_text(out, ", ");
			tap_text(mark->name, out);
			out_text(out, " - ");
			tap_text(mark->remark, out);
			out_line(out, "%s", "");
		}
		if (!g[i].played)
			continue;
		out_line(out,
			 "# %s: seed %llu, hints %u, given up %u, stamp %s",
			 g[i].file, (unsigned long long)g[i].seed,
			 g[i].score.hints, g[i].score.given_up, g[i].stamp);
	}
}

/* ---- JSON ---- */

static json_t *hex(uint64_t value)
{
	char text[24];

	snprintf(text, sizeof text, "%016llx", (unsigned long long)value);
	return json_string(text);
}

/* What both forms tell besides the points. */
static void add_facts(json_t *o, const struct grade *g)
{
	json_object_set_new(o, "lesson", json_string(g->lesson));
	json_object_set_new(o, "lesson_hash", hex(g->hash));
	json_object_set_new(o, "seed", json_integer((json_int_t)g->seed));
	json_object_set_new(o, "student", json_string(g->student));
	json_object_set_new(o, "hints", json_integer(g->score.hints));
	json_object_set_new(o, "given_up", json_integer(g->score.given_up));
	json_object_set_new(o, "pars", json_integer(g->score.pars));
	json_object_set_new(o, "pars_met", json_integer(g->score.pars_met));
	json_object_set_new(o, "complete", json_boolean(g->whole));
	json_object_set_new(o, "graded", json_boolean(g->played));
	json_object_set_new(o, "stamp", json_string(g->stamp));
	if (*g->trouble)
		json_object_set_new(o, "note", json_string(g->trouble));
}

static json_t *one_json(const struct grade *g)
{
	json_t *o = json_object(), *marks = json_array();

	json_object_set_new(o, "file", json_string(g->file));
	add_facts(o, g);
	json_object_set_new(o, "points", json_integer(g->points));
	json_object_set_new(o, "of", json_integer((json_int_t)g->n));
	for (size_t i = 0; i < g->n; i++) {
		json_t *m = json_object();

		json_object_set_new(m, "name", json_string(g->mark[i].name));
		json_object_set_new(m, "earned",
				    json_boolean(g->mark[i].earned));
		json_object_set_new(m, "remark",
				    json_string(g->mark[i].remark));
		json_array_append_new(marks, m);
	}
	json_object_set_new(o, "marks", marks);
	return o;
}

/* What its autograder expects in results.json. */
static json_t *gradescope(const struct grade *g)
{
	json_t *o = json_object(), *tests = json_array();
	json_t *facts = json_object();

	json_object_set_new(o, "score", json_integer(g->points));
	json_object_set_new(
		o, "output",
		json_string(*g->trouble ? g->trouble : "played to the end"));
	/* what a learner is not told at once is not told here either */
	json_object_set_new(o, "visibility",
			    json_string(g->feedback == FEEDBACK_FULL
						? "visible"
						: "after_published"));
	for (size_t i = 0; i < g->n; i++) {
		json_t *t = json_object();

		json_object_set_new(t, "name", json_string(g->mark[i].name));
		json_object_set_new(t, "score",
				    json_integer(g->mark[i].earned));
		json_object_set_new(t, "max_score", json_integer(1));
		json_object_set_new(
			t, "status",
			json_string(g->mark[i].earned ? "passed" : "failed"));
		json_object_set_new(t, "output",
				    json_string(g->mark[i].remark));
		json_array_append_new(tests, t);
	}
	json_object_set_new(o, "tests", tests);
	add_facts(facts, g);
	json_object_set_new(o, "extra_data", facts);
	return o;
}

static void dump(json_t *o, struct out *out)
{
	char *text = json_dumps(o, JSON_INDENT(1));

	if (text)
		out_line(out, "%s", text);
	free(text);
	json_decref(o);
}

void grade_print(const struct grade *g, size_t n, enum grade_format format,
		 struct out *out)
{
	json_t *all;

	switch (format) {
	case GRADE_TAP:
		print_tap(g, n, out);
		break;
	case GRADE_JSON:
		all = json_array();
		for (size_t i = 0; i < n; i++)
			json_array_append_new(all, one_json(&g[i]));
		dump(all, out);
		break;
	case GRADE_GRADESCOPE:
		dump(gradescope(g), out);
		break;
	default:
		for (size_t i = 0; i < n; i++)
			print_text(&g[i], out);
		out_line(out, "%s", about_stamp);
	}
}
