/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_contig.c - memory in one piece: contig, contig free
 *
 * A refusal is an answer: it is told with its reason, and the line is done.
 */
#include <errno.h>
#include <string.h>

#include "cmd/work.h"

bool contig_owner(struct mm *mm, const char *who, const struct args *args,
		  struct mm_range_request *want, struct out *out)
{
	const char *name = args_word(args, "name", NULL);
	struct mm_process_info pi;
	struct mm_task_info ti;
	int err = 0;

	if (name) {
		want->owner = mm_owner(mm, name, &err);
		if (!want->owner)
			complain(out, who,
				 "name=%s: there are %d names already; use one "
				 "of them",
				 name, MM_MAX_OWNERS - 1);
		return want->owner != 0;
	}
	if (args_has(args, "task")) {
		mm_task_info(mm, args_task(args, "task", 0), &ti);
		mm_process_info(mm, ti.process, &pi);
		want->owner = pi.owner;
	}
	return true;
}

bool contig_refused(const struct mm *mm, const char *who,
		    const struct args *args,
		    const struct mm_range_request *want, struct out *out)
{
	struct mm_error err;
	int e = mm_contig_refusal(mm, want, &err);

	if (!e && args_has(args, "task"))
		e = mm_task_refusal(mm, args_task(args, "task", 0), &err);
	if (e)
		complain(out, who, "%s", err.text);
	return e != 0;
}

void contig_do(struct mm *mm, const struct args *args,
	       const struct mm_range_request *want, struct out *out)
{
	const unsigned int task = args_task(args, "task", 0);
	const int64_t before = work_moved(mm), cached = work_cached(mm);
	struct mm_error err = {""};
	pfn_t nr = want->nr ? want->nr : want->end - want->start;
	pfn_t pfn = NO_PFN;
	int e;

	if (args_has(args, "task")) {
		mm_task_contig(mm, task, want, &err);
		if (work_pending(mm, task, out))
			return;
		e = mm_contig_failed(mm, task, &err);
		if (!e) {
			struct mm_task_info ti;

			mm_task_info(mm, task, &ti);
			pfn = ti.result;
		}
	} else {
		e = mm_contig(mm, want, &pfn, &err);
	}
	if (e)
		out_line(out, "refused: %s", err.text);
	else if (want->gfp & GFP_BIT_COMP)
		out_line(out, "frames %u..%u: one page of %u frames", pfn,
			 pfn + nr - 1, nr);
	else
		out_line(out, "frames %u..%u: %u page%s", pfn, pfn + nr - 1, nr,
			 nr == 1 ? "" : "s");
	work_say_moved(mm, before, out);
	work_say_dropped(mm, cached, out);
}

/* Which of RANGE, pages= and order= was given; one of them must be. */
static bool read_request(const struct mm *mm, const struct args *args,
			 struct mm_range_request *want, struct out *out)
{
	const uint64_t pages = args_number(args, "pages", 0);
	const uint64_t order = args_number(args, "order", 0);
	const int given = args_has(args, "RANGE") + args_has(args, "pages") +
			  args_has(args, "order");

	*want = (struct mm_range_request){
		.mode = ISOLATE_OTHER,
		.gfp = args_gfp(args, "gfp", GFP_KERNEL),
		.cpu = (uint16_t)args_cpu(args, "cpu", 0),
		.nid = (int16_t)args_node(args, "node", -1),
	};
	if (given != 1) {
		complain(out, "contig",
			 "expected one of FIRST..LAST, pages=N and order=N");
		return false;
	}
	if (args_has(args, "RANGE")) {
		args_range(args, "RANGE", &want->start, &want->end);
		if (!args_has(args, "node"))
			return true;
		complain(out, "contig",
			 "node= is for pages= and order=; a "
			 "range is where it is");
		return false;
	}
	if (args_has(args, "pages") && (pages == 0 || pages > mm_end_pfn(mm))) {
		complain(out, "contig", "pages=%llu: expected 1 to %u",
			 (unsigned long long)pages, mm_end_pfn(mm));
		return false;
	}
	if (order > MM_GIGANTIC_ORDER) {
		complain(out, "contig", "order=%llu: expected 0 to %d",
			 (unsigned long long)order, MM_GIGANTIC_ORDER);
		return false;
	}
	want->nr = args_has(args, "order") ? (pfn_t)1 << order : (pfn_t)pages;
	if (args_has(args, "order"))
		want->gfp |= GFP_BIT_COMP;
	return true;
}

static enum cmd_status run_contig(struct lab *lab, const struct args *args,
				  struct out *out)
{
	struct mm_range_request want;
	struct mm *mm;

	if (!read_request(lab_mm(lab), args, &want, out) ||
	    contig_refused(lab_mm(lab), "contig", args, &want, out))
		return CMD_USAGE;
	mm = lab_world(lab, out);
	if (!contig_owner(mm, "contig", args, &want, out))
		return CMD_USAGE;
	contig_do(mm, args, &want, out);
	return CMD_OK;
}

const struct cmd cmd_contig = {
	.name = "contig",
	.args = "[RANGE] [pages=N] [order=N] [name=NAME] [gfp=GFP] [node=NODE] "
		"[cpu=CPU] [task=TASK]",
	.brief = "Allocate memory in one piece: move away what is in it",
	.help = "contig 64..95      these frames\n"
		"contig pages=100   so many, where they can be had\n"
		"contig order=9     one page of 2^9 frames, larger than any "
		"free block if need be\n"
		"The pageblocks are isolated, what is in use is moved, and all "
		"of it must then\nbe free.  What does not move refuses it; "
		"what has moved by then stays moved.\n"
		"task=t hands it to a task; with `schedule manual`, `run t` "
		"goes on.",
	.models = "alloc_contig_range(), alloc_contig_pages()",
	.flags = CMD_MUTATES,
	.run = run_contig,
};

/* ---- back ---- */

/* The frames of a name, which have to be in one piece. */
static bool range_of_name(const struct mm *mm, const char *name, pfn_t *start,
			  pfn_t *end, struct out *out)
{
	const uint16_t owner = mm_owner_find(mm, name);
	pfn_t pages = 0;
	struct mm_frame f;

	*start = NO_PFN;
	*end = 0;
	for (pfn_t p = owner ? mm_owner_first(mm, owner) : NO_PFN; p != NO_PFN;
	     p = mm_owner_next(mm, p)) {
		mm_frame(mm, p, &f);
		pages += (pfn_t)1 << f.order;
		*start = p < *start ? p : *start;
		*end = p + ((pfn_t)1 << f.order) > *end
			       ? p + ((pfn_t)1 << f.order)
			       : *end;
	}
	if (pages && pages == *end - *start)
		return true;
	complain(out, "contig free",
		 pages ? "%s: its %u pages are not in one piece; `free` it"
		       : "%s: holds no pages",
		 name, pages);
	return false;
}

static enum cmd_status run_contig_free(struct lab *lab, const struct args *args,
				       struct out *out)
{
	struct mm_error err;
	pfn_t start, end;

	if (!args_range(args, "RANGE", &start, &end) &&
	    !range_of_name(lab_mm(lab), args_word(args, "NAME", ""), &start,
			   &end, out))
		return CMD_USAGE;
	if (mm_free_contig_refusal(lab_mm(lab), start, end, &err))
		return complain(out, "contig free", "%s", err.text);
	for (pfn_t p = start; p < end; p++)
		if (mm_cma_used(lab_mm(lab), p))
			return complain(out, "contig free",
					"frame %u is a CMA area's: `cma "
					"release` it",
					p);
	mm_free_contig(lab_world(lab, out), start, end,
		       args_cpu(args, "cpu", 0), &err);
	out_line(out, "freed frames %u..%u, %u page%s", start, end - 1,
		 end - start, end - start == 1 ? "" : "s");
	return CMD_OK;
}

const struct cmd cmd_contig_free = {
	.name = "contig free",
	.args = "RANGE|NAME [cpu=CPU]",
	.brief = "Free memory that is in one piece, as one range",
	.help = "In blocks as large as they can be, in ascending order; `free` "
		"would free its\npages one by one.",
	.models = "free_contig_range()",
	.flags = CMD_MUTATES,
	.run = run_contig_free,
};
