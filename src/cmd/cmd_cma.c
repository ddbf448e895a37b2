/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_cma.c - cma alloc, cma release: areas kept for memory in one piece
 */
#include "cmd/work.h"

static enum cmd_status run_cma_alloc(struct lab *lab, const struct args *args,
				     struct out *out)
{
	const uint64_t pages = args_number(args, "N", 0);
	const uint64_t area = args_number(args, "area", 0);
	const unsigned int nr = mm_nr_cma(lab_mm(lab));
	struct mm_range_request want = {
		.mode = ISOLATE_CMA,
		.gfp = GFP_KERNEL,
		.cpu = (uint16_t)args_cpu(args, "cpu", 0),
		.align = (uint16_t)args_order(args, "align", 0),
		.nid = -1,
	};
	struct mm *mm;

	if (nr == 0)
		return complain(out, "cma alloc",
				"this world has no CMA area; `world new "
				"embedded` has one");
	if (area >= nr)
		return complain(out, "cma alloc", "area=%llu: expected 0 to %u",
				(unsigned long long)area, nr - 1);
	if (pages == 0 || pages > mm_end_pfn(lab_mm(lab)))
		return complain(
			out, "cma alloc", "%llu pages: expected 1 to %u",
			(unsigned long long)pages, mm_end_pfn(lab_mm(lab)));
	want.area = (uint16_t)(area + 1);
	want.nr = (pfn_t)pages;
	if (contig_refused(lab_mm(lab), "cma alloc", args, &want, out))
		return CMD_USAGE;
	mm = lab_world(lab, out);
	if (!contig_owner(mm, "cma alloc", args, &want, out))
		return CMD_USAGE;
	contig_do(mm, args, &want, out);
	return CMD_OK;
}

const struct cmd cmd_cma_alloc = {
	.name = "cma alloc",
	.args = "N [area=N] [align=ORDER] [name=NAME] [cpu=CPU] [task=TASK]",
	.brief = "Claim N pages in a row of a CMA area",
	.help = "The lowest place that is free of claims and aligned; movable "
		"pages that were\nlent it move away.  A place where something "
		"does not move is passed over.",
	.models = "cma_alloc()",
	.flags = CMD_MUTATES,
	.run = run_cma_alloc,
};

static enum cmd_status run_cma_release(struct lab *lab, const struct args *args,
				       struct out *out)
{
	struct mm_error err;
	pfn_t start, end;

	args_range(args, "RANGE", &start, &end);
	if (mm_cma_release_refusal(lab_mm(lab), start, end - start, &err))
		return complain(out, "cma release", "%s", err.text);
	mm_cma_release(lab_world(lab, out), start, end - start,
		       args_cpu(args, "cpu", 0), &err);
	out_line(out, "released frames %u..%u, %u page%s", start, end - 1,
		 end - start, end - start == 1 ? "" : "s");
	return CMD_OK;
}

const struct cmd cmd_cma_release = {
	.name = "cma release",
	.args = "RANGE [cpu=CPU]",
	.brief = "Give pages back that a CMA area gave",
	.help = "They are lent to movable requests again.",
	.models = "cma_release()",
	.flags = CMD_MUTATES,
	.run = run_cma_release,
};
