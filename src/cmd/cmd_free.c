/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_free.c - free, split
 *
 * One block by its number, or those of an owner that a pattern picks:
 *
 *	free a every=2            1st, 3rd, 5th ... that `a` got
 *	free a every=4 offset=1   2nd, 6th, 10th ...
 *	free a last=10            the ten it got last
 *	free a random=10 seed=7   ten of them, in an order that seed 7 makes
 */
#include <stdlib.h>

#include "cmd/internal.h"

/* ---- one block ---- */

/* NULL when a block that starts at @pfn may be freed with @order. */
static const char *not_a_block(const struct mm *mm, pfn_t pfn, int order,
			       char *buf, size_t size)
{
	struct mm_frame f;

	mm_frame(mm, pfn, &f);
	if (f.kind == FRAME_FREE)
		snprintf(buf, size, "frame %u is free already", pfn);
	else if (f.kind == FRAME_PCP)
		snprintf(buf, size,
			 "frame %u is free already, on a list of CPU %u", pfn,
			 f.cpu);
	else if (f.kind == FRAME_HOLE)
		snprintf(buf, size, "there is no memory at frame %u", pfn);
	else if (f.kind == FRAME_OFFLINE)
		snprintf(buf, size, "the memory of frame %u is offline", pfn);
	else if (f.kind == FRAME_RESERVED)
		snprintf(buf, size,
			 "frame %u is reserved; it was never allocated", pfn);
	else if (f.head != pfn)
		snprintf(buf, size,
			 "frame %u lies inside the block at %u; expected the "
			 "first frame of a block",
			 pfn, f.head);
	else if (order >= 0 && (unsigned int)order != f.order)
		snprintf(buf, size, "the block at %u has order %u, not %d", pfn,
			 f.order, order);
	else
		return NULL;
	return buf;
}

static enum cmd_status free_one(struct lab *lab, const struct args *args,
				struct out *out)
{
	static const char *const pattern[] = {"every", "offset", "first",
					      "last",  "random", "seed"};
	const pfn_t pfn = args_pfn(args, "PFN", 0);
	const int order = (int)args_value(args, "order", -1);
	struct mm_error err;
	struct mm_frame f;
	char buf[160];
	const char *why;

	for (size_t i = 0; i < sizeof pattern / sizeof pattern[0]; i++)
		if (args_has(args, pattern[i]))
			return complain(out, "free",
					"%s= picks among the blocks of a "
					"name; with a pfn leave it out",
					pattern[i]);
	why = not_a_block(lab_mm(lab), pfn, order, buf, sizeof buf);
	if (why)
		return complain(out, "free", "%s", why);
	mm_frame(lab_mm(lab), pfn, &f);
	if (mm_free_pages(lab_world(lab, out), pfn, f.order,
			  args_cpu(args, "cpu", 0), &err))
		return complain(out, "free", "%s", err.text);
	out_line(out, "freed pfn %u, order %u", pfn, f.order);
	return CMD_OK;
}

/* ---- blocks of an owner ---- */

struct picked {
	pfn_t *pfn;
	size_t n;
};

static bool collect(const struct mm *mm, uint16_t owner, int order,
		    struct picked *p)
{
	const uint32_t most = mm_owner_blocks(mm, owner);
	struct mm_frame f;

	p->n = 0;
	p->pfn = malloc(((size_t)most + 1) * sizeof *p->pfn);
	if (!p->pfn)
		return false;
	for (pfn_t pfn = mm_owner_first(mm, owner);
	     pfn != NO_PFN && p->n < most; pfn = mm_owner_next(mm, pfn)) {
		mm_frame(mm, pfn, &f);
		if (order < 0 || f.order == (unsigned int)order)
			p->pfn[p->n++] = pfn;
	}
	return true;
}

/* Steele, Lea and Flood's SplitMix: small, and the same everywhere. */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static void pick_random(struct picked *p, uint64_t count, uint64_t seed)
{
	const size_t want = count < p->n ? (size_t)count : p->n;

	for (size_t i = 0; i < want; i++) {
		const size_t k = i + (size_t)(next_random(&seed) % (p->n - i));
		const pfn_t pfn = p->pfn[k];

		p->pfn[k] = p->pfn[i];
		p->pfn[i] = pfn;
	}
	p->n = want;
}

/* Every K-th from the offset, of these the first or last, of these some. */
static void pick(const struct args *args, struct picked *p)
{
	const uint64_t every = args_number(args, "every", 1);
	const uint64_t offset = args_number(args, "offset", 0);
	const uint64_t first = args_number(args, "first", p->n);
	const uint64_t last = args_number(args, "last", p->n);
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		if (i >= offset && (i - offset) % every == 0)
			p->pfn[n++] = p->pfn[i];
	p->n = n < first ? n : (size_t)first;
	if (last < p->n) {
		const size_t skip = p->n - (size_t)last;

		for (size_t i = 0; i < (size_t)last; i++)
			p->pfn[i] = p->pfn[i + skip];
		p->n = (size_t)last;
	}
	if (args_has(args, "random"))
		pick_random(p, args_number(args, "random", 0),
			    args_number(args, "seed", 1));
}

static enum cmd_status free_picked(struct lab *lab, const struct args *args,
				   const struct picked *p, struct out *out)
{
	struct mm *mm = lab_world(lab, out);
	const unsigned int cpu = args_cpu(args, "cpu", 0);
	struct mm_error err;
	struct mm_frame f;
	uint64_t pages = 0;

	for (size_t i = 0; i < p->n; i++) {
		if (lab_stop(lab))
			return CMD_FAILED;
		mm_frame(mm, p->pfn[i], &f);
		if (mm_free_pages(mm, p->pfn[i], f.order, cpu, &err)) {
			complain(out, "free", "%s", err.text);
			return CMD_ERROR;
		}
		pages += UINT64_C(1) << f.order;
	}
	out_line(out, "freed %zu block%s of %s, %llu page%s", p->n,
		 p->n == 1 ? "" : "s", args_word(args, "NAME", ""),
		 (unsigned long long)pages, pages == 1 ? "" : "s");
	return CMD_OK;
}

/* Names of the owners there are, for the suggestion. */
static enum cmd_status no_owner(const struct mm *mm, const char *name,
				struct out *out)
{
	struct nearest n;

	nearest_start(&n, name);
	for (unsigned int i = 1; i <= mm_nr_owners(mm); i++)
		nearest_try(&n, mm_owner_name(mm, (uint16_t)i));
	if (n.name[0])
		return complain(out, "free",
				"%s: no such owner; did you mean \"%s\"?", name,
				n.name);
	return complain(out, "free",
			"%s: no such owner; expected a pfn, or a name given "
			"with alloc name=",
			name);
}

/* "3 blocks of order 0, 1 of order 3" */
static void say_held(const struct mm *mm, uint16_t owner, char *buf,
		     size_t size)
{
	uint32_t count[MM_GIGANTIC_ORDER + 1] = {0};
	const char *word = " block";
	struct mm_frame f;
	size_t n = 0;

	for (pfn_t pfn = mm_owner_first(mm, owner); pfn != NO_PFN;
	     pfn = mm_owner_next(mm, pfn)) {
		mm_frame(mm, pfn, &f);
		count[f.order]++;
	}
	buf[0] = '\0';
	for (unsigned int o = 0; o <= MM_GIGANTIC_ORDER; o++) {
		if (!count[o] || n >= size)
			continue;
		n += (size_t)snprintf(buf + n, size - n, "%s%u%s%s of order %u",
				      n ? ", " : "", count[o], word,
				      *word && count[o] > 1 ? "s" : "", o);
		word = "";
	}
}

/* An owner without blocks is an answer; a pattern beside them is an error. */
static enum cmd_status none_picked(const struct mm *mm, const struct args *args,
				   uint16_t owner, size_t held, struct out *out)
{
	const char *name = args_word(args, "NAME", "");
	char text[300];

	if (mm_owner_blocks(mm, owner) == 0) {
		out_line(out, "%s holds no block", name);
		return CMD_OK;
	}
	say_held(mm, owner, text, sizeof text);
	if (!held)
		return complain(out, "free", "order=%s: %s holds %s",
				args_word(args, "order", ""), name, text);
	if (args_number(args, "offset", 0) >= held)
		return complain(out, "free",
				"offset=%s: expected less than %zu; %s holds "
				"%s",
				args_word(args, "offset", ""), held, name,
				text);
	return complain(out, "free",
			"first=, last= and random= pick none of the blocks; "
			"%s holds %s",
			name, text);
}

static enum cmd_status run_free(struct lab *lab, const struct args *args,
				struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const char *name = args_word(args, "NAME", "");
	const uint16_t owner = mm_owner_find(mm, name);
	struct picked p;
	enum cmd_status status;
	size_t held;

	if (args_has(args, "PFN"))
		return free_one(lab, args, out);
	if (!owner)
		return no_owner(mm, name, out);
	if (args_number(args, "every", 1) == 0)
		return complain(out, "free", "every=0: expected 1 or more");
	if (args_has(args, "first") && args_has(args, "last"))
		return complain(out, "free",
				"first= and last= exclude each other");
	if (!collect(mm, owner, (int)args_value(args, "order", -1), &p)) {
		complain(out, "free", "out of memory");
		return CMD_ERROR;
	}
	held = p.n;
	pick(args, &p);
	if (p.n)
		status = free_picked(lab, args, &p, out);
	else
		status = none_picked(mm, args, owner, held, out);
	free(p.pfn);
	return status;
}

const struct cmd cmd_free = {
	.name = "free",
	.args = "PFN|NAME [order=ORDER] [every=N] [offset=N] [first=N] "
		"[last=N] [random=N] [seed=N] [cpu=CPU]",
	.brief = "Free a block, or those of a name that a pattern picks",
	.help = "free 96            the block that starts at frame 96\n"
		"free a every=2     every second block that \"a\" got\n"
		"free a last=3      the three it got last\n"
		"free a random=10   ten of them at random; seed=N for others\n"
		"With a pfn, order= must be the block's own; with a name it "
		"picks.",
	.models = "__free_pages()",
	.flags = CMD_MUTATES,
	.run = run_free,
};

/* ---- split ---- */

static enum cmd_status run_split(struct lab *lab, const struct args *args,
				 struct out *out)
{
	const pfn_t pfn = args_pfn(args, "PFN", 0);
	struct mm_error err;
	struct mm_frame f;
	char buf[160];
	const char *why;

	why = not_a_block(lab_mm(lab), pfn, -1, buf, sizeof buf);
	if (why)
		return complain(out, "split", "%s", why);
	mm_frame(lab_mm(lab), pfn, &f);
	if (mm_split_page(lab_world(lab, out), pfn, &err))
		return complain(out, "split", "%s", err.text);
	out_line(out, "pfn %u: %u block%s of order 0", pfn, 1u << f.order,
		 f.order ? "s" : "");
	return CMD_OK;
}

const struct cmd cmd_split = {
	.name = "split",
	.args = "PFN",
	.brief = "Split an allocated block into single pages",
	.help = "Nothing is freed; afterwards each page is freed for itself.",
	.models = "split_page()",
	.flags = CMD_MUTATES,
	.run = run_split,
};
