/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_show.c - show: a table of what can be shown
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/internal.h"
#include "cmd/show.h"

static const struct show {
	const char *word;
	void (*print)(const struct mm *, const struct show_what *,
		      struct out *);
	bool needs_pfn;
} shows[] = {
	{"buddyinfo", print_buddyinfo, false},
	{"pagetypeinfo", print_pagetypeinfo, false},
	{"zoneinfo", print_zoneinfo, false},
	{"vmstat", print_vmstat, false},
	{"meminfo", print_meminfo, false},
	{"extfrag_index", print_extfrag, false},
	{"unusable_index", print_unusable, false},
	{"pcp", print_pcp, false},
	{"lists", print_lists, false},
	{"frame", print_frame, true},
	{"block", print_block, true},
	{"events", print_events, false},
	{"trace", print_trace, false},
	{"mem", print_mem, false},
	{"failure", print_failure, false},
	{"oom", print_oom, false},
	{"log", print_log, false},
	{"zones", print_zones, false},
	{"owners", print_owners, false},
	{"gfp", print_gfp, false},
	{"compaction", print_compaction, false},
	{"memory", print_memory, false},
	{"cma", print_cma, false},
	{"hugetlb", print_hugetlb, false},
	{"groups", print_groups, false},
	{"cpusets", print_cpusets, false},
	{"lru", print_lru, false},
	{"swap", print_swap, false},
	{"slabs", print_slabs, false},
	{"tasks", print_tasks, false},
	{"plot", print_plot, false},
};

static int given(const struct args *args, const char *name, unsigned int value)
{
	return args_has(args, name) ? (int)value : -1;
}

static enum cmd_status print_json(const struct mm *mm, const char *word,
				  const struct show_what *what, struct out *out)
{
	char *text = json_text(mm, word, what);

	if (lab_stopped(what->lab)) {
		free(text);
		return CMD_FAILED;
	}
	if (!text) {
		complain(out, "show", "not enough memory for %s", word);
		return CMD_ERROR;
	}
	out_line(out, "%s", text);
	free(text);
	return CMD_OK;
}

static enum cmd_status run_show(struct lab *lab, const struct args *args,
				struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const struct show_what what = {
		.lab = lab,
		.zid = args_zone(args, "zone", NO_ZONE),
		.cpu = given(args, "cpu", args_cpu(args, "cpu", 0)),
		.order = given(args, "order", args_order(args, "order", 0)),
		.type = args_type(args, "type", -1),
		.pfn = args_pfn(args, "PFN", NO_PFN),
		.last = strcmp(args_word(args, "last", ""), "all") == 0
				? ALL_EVENTS
				: args_number(args, "last", 0),
		.from = args_number(args, "from", 0),
		.to = args_number(args, "to", 0),
		.gfp = args_gfp(args, "mask", 0),
		.has_gfp = args_has(args, "mask"),
		.fields = strcmp(args_word(args, "as", "text"), "fields") == 0,
	};
	const struct mm_request want = {.gfp = what.gfp, .nid = -1};
	const char *why = mm_request_error(mm, &want);

	if (args_has(args, "last") && what.last == 0)
		return complain(out, "show",
				"last=0: expected 1 or more, or all");
	if (why)
		return complain(out, "show", "mask=%s: %s",
				args_word(args, "mask", ""), why);
	for (size_t i = 0; i < sizeof shows / sizeof shows[0]; i++) {
		const struct show *s = &shows[i];

		if (!args_has(args, s->word))
			continue;
		if (s->needs_pfn && what.pfn == NO_PFN)
			return complain(out, "show",
					"%s of which frame? expected its "
					"number: show %s PFN",
					s->word, s->word);
		if (!s->needs_pfn && what.pfn != NO_PFN)
			return complain(out, "show",
					"%s takes no frame number; expected "
					"show frame PFN or show block PFN",
					s->word);
		if (out_json(out))
			return print_json(mm, s->word, &what, out);
		s->print(mm, &what, out);
		return lab_stopped(lab) ? CMD_FAILED : CMD_OK;
	}
	return complain(out, "show", "expected what to show; `help show`");
}

const struct cmd cmd_show = {
	.name = "show",
	.args = "buddyinfo|pagetypeinfo|zoneinfo|vmstat|meminfo|extfrag_index|"
		"unusable_index|pcp|lists|"
		"frame|block|"
		"events|trace|mem|failure|oom|log|zones|owners|gfp|groups|"
		"cpusets|"
		"lru|swap|slabs|tasks|compaction|memory|cma|hugetlb|plot "
		"[PFN] [zone=ZONE] "
		"[cpu=CPU] "
		"[order=ORDER] "
		"[type=TYPE] [last=N|all] [as=text|fields] [from=N] "
		"[to=N] "
		"[mask=GFP]",
	.brief = "Show the lists, zones, a frame, the events",
	.help = "buddyinfo, pagetypeinfo, zoneinfo, vmstat and meminfo are as "
		"in /proc,\nextfrag_index and unusable_index as in debugfs.  "
		"frame and block need a PFN.\n"
		"last=N shows N events up to where we stand, last=all all of "
		"them; as= says\nwhether as a sentence or as name=value.  "
		"trace has the kernel's events as\ntracefs prints them, from "
		"event N to N.  failure is the kernel's report on the\n"
		"last request that failed, oom that on the last process "
		"killed, mem that of\nSysRq-m, log the kernel's lines on "
		"memory so far.  mask= takes one mask apart; "
		"without it all names are "
		"listed.\nlru has the lists of pages that reclaim may take, "
		"and "
		"what waits to\njoin them.  compaction has the scanners' "
		"positions, skip bits, and what is\nput off.",
	.run = run_show,
};
