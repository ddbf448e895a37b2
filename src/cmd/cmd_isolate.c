/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_isolate.c - pageblocks are shut, and opened again
 */
#include <string.h>

#include "cmd/internal.h"

static enum mm_isolate_mode mode_of(const struct args *args)
{
	const char *word = args_word(args, "mode", "other");

	if (strcmp(word, "offline") == 0)
		return ISOLATE_OFFLINE;
	return strcmp(word, "cma") == 0 ? ISOLATE_CMA : ISOLATE_OTHER;
}

/* Frames of the pageblocks that the range touches. */
static void widen(const struct mm *mm, pfn_t *start, pfn_t *end)
{
	const pfn_t mask = (1u << mm_pageblock_order(mm)) - 1;

	*start &= ~mask;
	*end = (*end + mask) & ~mask;
}

/* "2 pageblocks isolated: frames 64..95, 12 of them free" */
static void say_shut(const struct mm *mm, pfn_t start, pfn_t end,
		     const char *what, struct out *out)
{
	const pfn_t pages = 1u << mm_pageblock_order(mm);
	unsigned int blocks = 0, free = 0;

	widen(mm, &start, &end);
	for (pfn_t p = start; p < end; p += pages, blocks++)
		free += mm_pageblock_free(mm, p);
	out_line(out, "frames %u..%u: %u pageblock%s %s, %u page%s free", start,
		 end - 1, blocks, blocks == 1 ? "" : "s", what, free,
		 free == 1 ? "" : "s");
}

static enum cmd_status run_isolate(struct lab *lab, const struct args *args,
				   struct out *out)
{
	struct mm_error err;
	pfn_t start, end;
	struct mm *mm;

	args_range(args, "RANGE", &start, &end);
	if (mm_isolate_refusal(lab_mm(lab), start, end, &err))
		return complain(out, "isolate", "%s", err.text);
	mm = lab_world(lab, out);
	if (mm_isolate_range(mm, start, end, mode_of(args), &err)) {
		out_line(out, "refused: %s", err.text);
		return CMD_OK;
	}
	say_shut(mm, start, end, "isolated", out);
	return CMD_OK;
}

const struct cmd cmd_isolate = {
	.name = "isolate",
	.args = "RANGE [mode=offline|cma|other]",
	.brief = "Shut pageblocks: nobody gets a page from them any more",
	.help = "All pageblocks that the range touches, or none.  Their free "
		"pages move to the\nIsolate lists and leave the counters of "
		"free memory; what is freed into them\ngoes there too.  Pages "
		"on per-CPU lists can still be had until `drain`.  What\ndoes "
		"not move is in the way; mode= says for whom: cma lets CMA "
		"pageblocks be.",
	.models = "start_isolate_page_range()",
	.flags = CMD_MUTATES,
	.run = run_isolate,
};

static enum cmd_status run_unisolate(struct lab *lab, const struct args *args,
				     struct out *out)
{
	struct mm_error err;
	pfn_t start, end;

	args_range(args, "RANGE", &start, &end);
	if (mm_unisolate_refusal(lab_mm(lab), start, end, &err))
		return complain(out, "unisolate", "%s", err.text);
	mm_unisolate_range(lab_world(lab, out), start, end, &err);
	say_shut(lab_mm(lab), start, end, "open", out);
	return CMD_OK;
}

const struct cmd cmd_unisolate = {
	.name = "unisolate",
	.args = "RANGE",
	.brief = "Open pageblocks that are isolated",
	.help = "Their free pages go back to the tails of the lists of their "
		"type, which was\nkept meanwhile.",
	.models = "undo_isolate_page_range()",
	.flags = CMD_MUTATES,
	.run = run_unisolate,
};
