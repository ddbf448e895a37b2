/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_gfp.c - gfp: what a mask comes to in this world
 */
#include <stdlib.h>

#include "cmd/internal.h"
#include "cmd/show.h"

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
	.args = "GFP [order=N]",
	.brief = "Tell what a mask asks for, and what comes of it here",
	.help = "gfp GFP_ATOMIC order=3\n"
		"gfp kernel+zero-io     + or | adds flags, - takes them away\n"
		"gfp 0x100cca",
	.models = "gfp_zone(), alloc_flags_slowpath()",
	.run = run_gfp,
};
