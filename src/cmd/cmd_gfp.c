/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_gfp.c - gfp: what a mask comes to in this world
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/internal.h"
#include "cmd/show.h"

/* The mask, and one row of what comes of it. */
static void print_row(const struct mm *mm, const struct show_what *what,
		      const char *key, struct out *out)
{
	const struct mm_request want = gfp_request(what);
	const struct gfp_fact *fact;
	char text[600];

	mm_gfp_print(what->gfp, text, sizeof text);
	out_line(out, "0x%x = %s", (unsigned int)what->gfp, text);
	for (unsigned int i = 0; (fact = gfp_fact(i)); i++) {
		if (strcmp(fact->key, key) != 0)
			continue;
		fact->says(mm, &want, text, sizeof text);
		out_line(out, "  %-13s %s", fact->title, text);
	}
}

static enum cmd_status run_gfp(struct lab *lab, const struct args *args,
			       struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const struct show_what what = {
		.zid = NO_ZONE,
		.cpu = -1,
		.order = (int)args_number(args, "order", 0),
		.type = -1,
		.pfn = NO_PFN,
		.gfp = args_gfp(args, "GFP", 0),
		.has_gfp = true,
	};
	const struct mm_request want = gfp_request(&what);
	const char *why = mm_request_error(mm, &want);
	char *text;

	if (args_number(args, "order", 0) >= MM_MAX_ORDERS)
		return complain(out, "gfp", "order: expected 0 to %d",
				MM_MAX_ORDERS - 1);
	if (why)
		return complain(out, "gfp", "%s: %s",
				args_word(args, "GFP", ""), why);
	if (!out_json(out)) {
		if (args_has(args, "only"))
			print_row(mm, &what, args_word(args, "only", ""), out);
		else
			print_gfp(mm, &what, out);
		return CMD_OK;
	}
	text = json_text(mm, "gfp", &what);
	if (!text)
		return complain(out, "gfp", "not enough memory for JSON");
	out_line(out, "%s", text);
	free(text);
	return CMD_OK;
}

const struct cmd cmd_gfp = {
	.name = "gfp",
	.args = "GFP [order=N] "
		"[only=highest_zone|zonelist|migratetype|may_sleep|"
		"may_start_io|wakes_kswapd|reserves|fast_path|slow_path|"
		"rights|retries|on_failure]",
	.brief = "Tell what a mask asks for, and what comes of it here",
	.help = "gfp GFP_ATOMIC order=3\n"
		"gfp kernel+zero-io     + or | adds flags, - takes them away\n"
		"gfp 0x100cca\n"
		"gfp kernel|noretry only=retries\n"
		"only= keeps to one row; with --json all are told.",
	.models = "gfp_zone(), alloc_flags_slowpath()",
	.run = run_gfp,
};
