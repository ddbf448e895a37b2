/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_page.c - page: something is done to pages, whoever they belong to
 *
 * Obstacles for compaction and for who wants memory in one piece.
 */
#include "cmd/internal.h"

static enum mm_page_op op_of(const struct args *args)
{
	for (int i = 0; i < NR_PAGE_OPS; i++)
		if (args_has(args, mm_page_op_name((enum mm_page_op)i)))
			return (enum mm_page_op)i;
	return NR_PAGE_OPS;
}

static bool no_owner(const struct mm *mm, const struct args *args,
		     uint16_t *owner, struct out *out)
{
	const char *name = args_word(args, "NAME", NULL);
	struct nearest n;

	*owner = name ? mm_owner_find(mm, name) : 0;
	if (!name || *owner)
		return false;
	nearest_start(&n, name);
	for (unsigned int i = 1; i <= mm_nr_owners(mm); i++)
		nearest_try(&n, mm_owner_name(mm, (uint16_t)i));
	if (n.name[0])
		complain(out, "page", "%s: no such owner; did you mean \"%s\"?",
			 name, n.name);
	else
		complain(out, "page",
			 "%s: no such owner; expected frames or a name "
			 "(`show owners` lists them)",
			 name);
	return true;
}

/* A file system, not a page: it is its owner's. */
static enum cmd_status fix(struct lab *lab, const struct args *args,
			   uint16_t owner, struct out *out)
{
	const bool fixed = args_has(args, "fixed");

	if (!owner || args_has(args, "N"))
		return complain(out, "page",
				"%s is said of a name, and of all of its "
				"files",
				fixed ? "fixed" : "unfixed");
	mm_owner_fix(lab_world(lab, out), owner, fixed, NULL);
	out_line(out,
		 fixed ? "%s: its files' pages cannot move while they are dirty"
		       : "%s: its files' pages can move",
		 args_word(args, "NAME", ""));
	return CMD_OK;
}

/* Single pages never become one: where huge pages do come from. */
static void say_what_is_huge(const struct mm *mm, struct out *out)
{
	struct mm_hugetlb_info hi;

	mm_hugetlb_info(mm, HUGETLB_PMD, &hi);
	if (!hi.order)
		out_line(out, "this world has no huge pages");
	else
		out_line(out,
			 "a huge page is one block of order %u from the "
			 "beginning: `alloc order=%u name=x`, then\n"
			 "`page x huge`; or `hugetlb alloc`, of a pool; or "
			 "`task anon T N huge`, of a process",
			 hi.order, hi.order);
}

static enum cmd_status run_page(struct lab *lab, const struct args *args,
				struct out *out)
{
	const enum mm_page_op op = op_of(args);
	uint16_t owner = 0;
	struct mm_error err;
	pfn_t start, end;
	int64_t n;

	if (no_owner(lab_mm(lab), args, &owner, out))
		return CMD_USAGE;
	if (op == NR_PAGE_OPS)
		return fix(lab, args, owner, out);
	if (!owner && args_has(args, "N"))
		return complain(out, "page",
				"a number of pages is for those "
				"of a name");
	args_range(args, "RANGE", &start, &end);
	n = owner ? mm_pages_of_owner(lab_world(lab, out), owner, op,
				      args_number(args, "N", UINT64_MAX), &err)
		  : mm_range_pages(lab_world(lab, out), start, end, op, &err);
	if (n < 0)
		return complain(out, "page", "%s", err.text);
	out_line(out, "%lld page%s or block%s changed (%s)", (long long)n,
		 n == 1 ? "" : "s", n == 1 ? "" : "s", mm_page_op_name(op));
	if (n == 0 && op == PAGE_OP_HUGE)
		say_what_is_huge(lab_mm(lab), out);
	return CMD_OK;
}

const struct cmd cmd_page = {
	.name = "page",
	.args = "RANGE|NAME "
		"touch|age|dirty|writeback|pin|unpin|lock|unlock|hold|release|"
		"share|unmap|unmovable|movable|huge|balloon|unplug|poison|"
		"fixed|"
		"unfixed [N]",
	.brief = "Do something to pages that are in use: make them obstacles",
	.help = "Those that `task pages` knows, and\n"
		"hold       its page lock is held (PG_locked), as during I/O; "
		"release\n"
		"unmovable  a page of a file becomes the kernel's own: on no "
		"list\n"
		"movable    a page of the kernel's that its driver can move, "
		"as a balloon's\n"
		"huge       a block as large as a huge page, which holds "
		"nothing else, is one of a\n"
		"           pool's from now on; `hugetlb alloc` and `task anon "
		"T N huge` get others\n"
		"balloon    a page of the kernel's that its driver keeps out "
		"of use; unmovable ends it\n"
		"unplug     the same, but its driver lets go when its memory "
		"goes offline\n"
		"poison     the hardware fails there: nobody gets the frame "
		"any more, used or free\n"
		"fixed      of a name: its file system cannot move pages that "
		"are dirty; unfixed\n"
		"Of a name, N takes the first that are not so yet.",
	.flags = CMD_MUTATES,
	.run = run_page,
};
