/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_hugetlb.c - pools of huge pages: hugetlb pool, alloc, reserve, unreserve
 *
 * A refusal is an answer: it is told with its reason, and the line is done.
 */
#include <errno.h>

#include "cmd/work.h"

/* "4 and 8", "9": the orders there are; "" if there are none. */
static void orders_text(const struct mm *mm, char *buf, size_t size)
{
	struct mm_hugetlb_info hi;
	size_t used = 0;

	buf[0] = '\0';
	for (int i = 0; i < NR_HUGETLB_SIZES && used < size; i++) {
		mm_hugetlb_info(mm, (enum mm_hugetlb_size)i, &hi);
		if (hi.order)
			used += (size_t)snprintf(buf + used, size - used,
						 "%s%u", used ? " and " : "",
						 hi.order);
	}
}

/* Which pool order= means; without it the smaller size.  -1: complained. */
static int size_of(const struct mm *mm, const char *who,
		   const struct args *args, struct out *out)
{
	struct mm_hugetlb_info hi;
	char orders[40];
	int size = HUGETLB_PMD;

	orders_text(mm, orders, sizeof orders);
	mm_hugetlb_info(mm, HUGETLB_PMD, &hi);
	if (args_has(args, "order"))
		size = mm_hugetlb_of_order(
			mm, (unsigned int)args_number(args, "order", 0));
	else if (!hi.order)
		size = -1;
	if (size >= 0)
		return size;
	if (*orders)
		complain(out, who, "order=%s: huge pages here have order %s",
			 args_word(args, "order", ""), orders);
	else
		complain(out, who,
			 "this world has no huge pages: its era or its "
			 "pmd-order knows none");
	return -1;
}

/* "order 4: 3 in the pool, 2 free", and what stays away from what was asked */
static void say_pool(const struct mm *mm, int size, struct out *out)
{
	struct mm_hugetlb_info hi;

	mm_hugetlb_info(mm, (enum mm_hugetlb_size)size, &hi);
	out_line(out,
		 "order %u: %u huge page%s, %u free, %u reserved, %u surplus",
		 hi.order, hi.nr, hi.nr == 1 ? "" : "s", hi.free, hi.resv,
		 hi.surplus);
}

/* ---- pool ---- */

/* True: a task has been asked, and is left to `run`. */
static bool resize(struct mm *mm, enum mm_hugetlb_size size, uint32_t nr,
		   int nid, const struct args *args, struct out *out)
{
	const unsigned int task = args_task(args, "task", 0);
	const int64_t moved = work_moved(mm);
	struct mm_error err;

	if (args_has(args, "task")) {
		mm_task_hugetlb_pool(mm, task, size, nr, nid, &err);
		if (work_pending(mm, task, out))
			return true;
	} else {
		mm_hugetlb_pool(mm, size, nr, nid, &err);
	}
	if (work_moved(mm) != moved)
		work_say_moved(mm, moved, out);
	return false;
}

static enum cmd_status run_pool(struct lab *lab, const struct args *args,
				struct out *out)
{
	const int size = size_of(lab_mm(lab), "hugetlb pool", args, out);
	const int nid = args_node(args, "node", -1);
	const uint64_t nr = args_number(args, "N", 0);
	const uint64_t more = args_number(args, "overcommit", 0);
	struct mm_hugetlb_info hi;
	struct mm_error err;
	struct mm *mm;

	if (size < 0)
		return CMD_USAGE;
	if (args_has(args, "task") && !args_has(args, "N"))
		return complain(out, "hugetlb pool",
				"expected a number of pages for task= to get");
	if (!args_has(args, "N") && !args_has(args, "overcommit"))
		return complain(out, "hugetlb pool",
				"expected a number of pages, or overcommit=N");
	if (nr > mm_end_pfn(lab_mm(lab)) || more > UINT32_MAX)
		return complain(
			out, "hugetlb pool", "%llu pages: expected 0 to %u",
			(unsigned long long)(args_has(args, "N") ? nr : more),
			mm_end_pfn(lab_mm(lab)));
	if (mm_hugetlb_refusal(lab_mm(lab), (enum mm_hugetlb_size)size, nid,
			       &err))
		return complain(out, "hugetlb pool", "%s", err.text);
	if (args_has(args, "task") &&
	    mm_task_hugetlb_refusal(lab_mm(lab), args_task(args, "task", 0),
				    (enum mm_hugetlb_size)size, nid, &err))
		return complain(out, "hugetlb pool", "%s", err.text);
	mm_hugetlb_info(lab_mm(lab), (enum mm_hugetlb_size)size, &hi);
	if (args_has(args, "overcommit") && hi.gigantic)
		return complain(out, "hugetlb pool",
				"order=%u: pages larger than any free block "
				"are never surplus",
				hi.order);
	mm = lab_world(lab, out);
	if (args_has(args, "overcommit"))
		mm_hugetlb_overcommit(mm, (enum mm_hugetlb_size)size,
				      (uint32_t)more, &err);
	if (args_has(args, "N") && resize(mm, (enum mm_hugetlb_size)size,
					  (uint32_t)nr, nid, args, out))
		return CMD_OK;
	say_pool(mm, size, out);
	return CMD_OK;
}

const struct cmd cmd_hugetlb_pool = {
	.name = "hugetlb pool",
	.args = "[N] [order=N] [node=NODE] [overcommit=N] [task=TASK]",
	.brief = "Make a pool of huge pages have N of them",
	.help = "hugetlb pool 4           as `set vm.nr_hugepages 4` does\n"
		"hugetlb pool 1 order=8   of the larger size, see `show "
		"hugetlb`\n"
		"New pages come from the buddy; those larger than any free "
		"block as `contig`\nmakes them.  Fewer: free ones go back.  "
		"What is in use or reserved stays, and is\nsurplus.  "
		"overcommit=N lets the pool have N surplus pages while they "
		"are wanted.\n"
		"task=t hands it to a task; with `schedule manual`, `run t` "
		"goes on.",
	.models = "set_max_huge_pages()",
	.flags = CMD_MUTATES,
	.run = run_pool,
};

/* ---- alloc ---- */

static enum cmd_status run_alloc(struct lab *lab, const struct args *args,
				 struct out *out)
{
	const int size = size_of(lab_mm(lab), "hugetlb alloc", args, out);
	const char *name = args_word(args, "name", NULL);
	const uint64_t wanted = args_number(args, "N", 1);
	struct mm_hugetlb_request want = {
		.cpu = (uint16_t)args_cpu(args, "cpu", 0),
		.nid = (int16_t)args_node(args, "node", -1),
		.reserved = args_on(args, "reserved", false),
	};
	struct mm_error err = {""};
	uint64_t got = 0;
	int e = 0, why = 0;
	struct mm *mm;
	pfn_t pfn;

	if (size < 0)
		return CMD_USAGE;
	if (wanted == 0 || wanted > mm_end_pfn(lab_mm(lab)))
		return complain(
			out, "hugetlb alloc", "%llu pages: expected 1 to %u",
			(unsigned long long)wanted, mm_end_pfn(lab_mm(lab)));
	want.size = (enum mm_hugetlb_size)size;
	mm = lab_world(lab, out);
	if (name)
		want.owner = mm_owner(mm, name, &why);
	if (name && !want.owner)
		return complain(out, "hugetlb alloc",
				"name=%s: there are %d names already; use one "
				"of them",
				name, MM_MAX_OWNERS - 1);
	for (; !e && got < wanted && !lab_stop(lab); got += !e) {
		e = mm_hugetlb_alloc(mm, &want, &pfn, &err);
		if (e == -EINVAL)
			return complain(out, "hugetlb alloc", "%s", err.text);
		if (!e)
			out_line(out, "pfn %u, order %u", pfn,
				 mm_hugetlb_page_order(mm, pfn));
	}
	if (e)
		out_line(out, "refused: %s", err.text);
	return CMD_OK;
}

const struct cmd cmd_hugetlb_alloc = {
	.name = "hugetlb alloc",
	.args = "[N] [name=NAME] [order=N] [node=NODE] [cpu=CPU] "
		"[reserved=on|off]",
	.brief = "Take huge pages of a pool into use",
	.help = "As page faults in a file of hugetlbfs do.  `free NAME` gives "
		"them back to their\npool; those that are surplus go to the "
		"buddy.  reserved=on: one that `hugetlb\nreserve` keeps.",
	.models = "alloc_hugetlb_folio()",
	.flags = CMD_MUTATES,
	.run = run_alloc,
};

/* ---- reserve ---- */

static enum cmd_status reserve(struct lab *lab, const char *who,
			       const struct args *args, int sign,
			       struct out *out)
{
	const int size = size_of(lab_mm(lab), who, args, out);
	const uint64_t n = args_number(args, "N", 0);
	struct mm_hugetlb_info hi;
	struct mm_error err;
	struct mm *mm;

	if (size < 0)
		return CMD_USAGE;
	mm_hugetlb_info(lab_mm(lab), (enum mm_hugetlb_size)size, &hi);
	if (n == 0 || n > mm_end_pfn(lab_mm(lab)))
		return complain(out, who, "%llu pages: expected 1 to %u",
				(unsigned long long)n, mm_end_pfn(lab_mm(lab)));
	if (sign < 0 && n > hi.resv)
		return complain(out, who, "%llu pages: %u are reserved",
				(unsigned long long)n, hi.resv);
	mm = lab_world(lab, out);
	if (mm_hugetlb_reserve(mm, (enum mm_hugetlb_size)size,
			       sign * (int64_t)n, &err))
		out_line(out, "refused: %s", err.text);
	say_pool(mm, size, out);
	return CMD_OK;
}

static enum cmd_status run_reserve(struct lab *lab, const struct args *args,
				   struct out *out)
{
	return reserve(lab, "hugetlb reserve", args, 1, out);
}

const struct cmd cmd_hugetlb_reserve = {
	.name = "hugetlb reserve",
	.args = "N [order=N]",
	.brief = "Keep N free huge pages for somebody, as mmap() does",
	.help = "What the pool has not comes from the buddy, as surplus, if "
		"vm.nr_overcommit_\nhugepages allows it.",
	.models = "hugetlb_acct_memory()",
	.flags = CMD_MUTATES,
	.run = run_reserve,
};

static enum cmd_status run_unreserve(struct lab *lab, const struct args *args,
				     struct out *out)
{
	return reserve(lab, "hugetlb unreserve", args, -1, out);
}

const struct cmd cmd_hugetlb_unreserve = {
	.name = "hugetlb unreserve",
	.args = "N [order=N]",
	.brief = "Keep them no longer",
	.models = "hugetlb_acct_memory()",
	.flags = CMD_MUTATES,
	.run = run_unreserve,
};
