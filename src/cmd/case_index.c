/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_index.c - the head of a recording, and where its sections are
 *
 * One pass over all lines, so that a recording which is cut short is known
 * before anything is made of it.
 */
#include "cmd/case.h"

#include <stddef.h>
#include <string.h>

#include "cmd/internal.h"

#define MOST_LINE ((ptrdiff_t)1 << 16)
#define DAMAGED "the recording is damaged, take a fresh copy"

static const char *const mode_names[NR_CASE_MODES] = {
	"irqoff", "workload", "boot", "sleeping", "watermarks",
};

const char *case_mode_name(enum case_mode mode)
{
	return mode < NR_CASE_MODES ? mode_names[mode] : "none";
}

/* ---- where the sections are ---- */

static bool read_name(struct case_file *c)
{
	char raw[sizeof c->name];
	size_t n = (size_t)(c->stop - c->at);

	while (n && *c->at == ' ') {
		c->at++;
		n--;
	}
	if (!n)
		return case_bad(c, "expected a name after \"case\"; " DAMAGED);
	snprintf(raw, sizeof raw, "%.*s", n < 70 ? (int)n : 70, c->at);
	printable(c->name, sizeof c->name, raw);
	return true;
}

static bool read_mode(struct case_file *c)
{
	struct case_word w;
	char buf[48];

	case_word(c, &w);
	for (int m = 0; m < NR_CASE_MODES; m++)
		if (case_is(w, mode_names[m])) {
			c->mode = (enum case_mode)m;
			return true;
		}
	return case_bad(c,
			"expected mode irqoff, workload, boot, sleeping or "
			"watermarks, got %s",
			case_show(w, buf));
}

/* GFP words are read as they are, so the bits must mean the same. */
static bool read_gfpbit(struct case_file *c)
{
	struct case_word w;
	const char *name;
	int64_t bit;
	gfp_t ours;

	if (!case_word(c, &w) || !case_int(c, "a GFP bit", 0, UINT32_MAX, &bit))
		return case_bad(c, "expected gfpbit NAME BIT; " DAMAGED);
	for (unsigned int i = 0; (name = mm_gfp_name(i, &ours)); i++)
		if (case_is(w, name) && ours != (gfp_t)bit)
			return case_bad(c,
					"expected %s to be 0x%x, got 0x%x; "
					"only kernels that number the GFP "
					"flags as 7.3 does can be replayed",
					name, ours, (gfp_t)bit);
	return true;
}

static bool count_operation(struct case_file *c, struct case_word w)
{
	char buf[48];

	if (c->mode == CASE_SLEEPING) {
		c->calls++; /* ranges, CMA: other words */
		c->foreign |= !case_is(w, "a") && !case_is(w, "contig") &&
			      !case_is(w, "freecontig") &&
			      !case_is(w, "contigpages") &&
			      !case_is(w, "cma_alloc") &&
			      !case_is(w, "cma_release");
		return true;
	}
	if (w.len != 1 || !strchr("afbdstkxv+", *w.s))
		return case_bad(c, "expected an operation, got %s; " DAMAGED,
				case_show(w, buf));
	c->calls += strchr("afbds", *w.s) != NULL;
	c->traced |= *w.s == 'x';
	return true;
}

/* Skip to the end of a section, counting on the way. */
static bool skip_section(struct case_file *c, struct case_word kind, bool ops)
{
	const uint32_t begun = c->line;
	struct case_word w;
	char buf[48];

	while (case_next(c, &w)) {
		if (c->stop - w.s > MOST_LINE)
			return case_bad(c, "a line of %lld bytes; " DAMAGED,
					(long long)(c->stop - w.s));
		if (case_is(w, "begin"))
			break; /* of the next one: this one has no end */
		if (ops && !count_operation(c, w))
			return false;
	}
	if (w.len != 3 || !case_is(w, "end") || !case_word(c, &w) ||
	    w.len != kind.len || memcmp(w.s, kind.s, w.len) != 0)
		return case_bad(c,
				"expected the end of what began in line %u, %s;"
				" the recording is cut short",
				begun, case_show(kind, buf));
	return true;
}

static bool read_section(struct case_file *c)
{
	struct case_word kind, label = {"", 0};
	struct case_mark *mark = NULL;
	bool ops;

	if (!case_word(c, &kind))
		return case_bad(c, "expected begin SECTION; " DAMAGED);
	case_word(c, &label);
	ops = case_is(kind, "ops");
	if (ops)
		mark = &c->ops;
	else if (case_is(kind, "trace"))
		mark = &c->trace;
	else if (case_is(kind, "tracestats"))
		mark = &c->stats;
	else if (case_is(kind, "snapshot"))
		mark = label.len >= 5 && memcmp(label.s, "after", 5) == 0
			       ? &c->after
			       : &c->before;
	if (mark && mark->at)
		return case_bad(c, "this section is there twice; " DAMAGED);
	if (mark)
		*mark = case_here(c);
	return skip_section(c, kind, ops);
}

/* Modes that are not replayed have sections of their own: look no further. */
static bool replayed(const struct case_file *c)
{
	return c->mode <= CASE_SLEEPING || c->mode == NR_CASE_MODES;
}

static bool read_head_line(struct case_file *c, struct case_word w)
{
	if (case_is(w, "case"))
		return read_name(c);
	if (case_is(w, "mode"))
		return read_mode(c);
	if (case_is(w, "gfpbit"))
		return read_gfpbit(c);
	if (case_is(w, "begin"))
		return read_section(c);
	if (case_is_hotplug(w) && c->mode == CASE_SLEEPING) {
		c->hotplug = (struct case_mark){w.s, c->line - 1};
		c->calls++;
	}
	if (case_is(w, "a") && c->mode == CASE_SLEEPING) {
		/* some recordings have their calls in no section */
		if (!c->ops.at)
			c->ops = (struct case_mark){w.s, c->line - 1};
		c->calls++;
	}
	return true;
}

static bool complete(struct case_file *c)
{
	if (c->mode == NR_CASE_MODES)
		return case_bad(c, "expected a line with the mode; " DAMAGED);
	if (!c->before.at)
		return case_bad(c,
				"expected a snapshot to begin with; " DAMAGED);
	if (c->mode < CASE_BOOT && (!c->ops.at || !c->after.at))
		return case_bad(c, "expected operations and a snapshot after "
				   "them; the recording is cut short");
	return true;
}

bool case_index(struct case_file *c)
{
	struct case_word w = {"", 0};

	c->next = c->text;
	c->line = 0;
	while (case_next(c, &w))
		if (!read_head_line(c, w) || !replayed(c))
			return c->verdict == CASE_IDENTICAL;
	if (!case_is(w, "end") || !case_word(c, &w) || !case_is(w, "case"))
		return case_bad(c, "expected \"end case\"; the recording is "
				   "cut short");
	return complete(c);
}
