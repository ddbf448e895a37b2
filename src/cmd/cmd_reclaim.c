/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_reclaim.c - swap, slab caches, drop_caches, sync, LRU batches by hand
 */
#include <stdio.h>
#include <string.h>

#include "cmd/internal.h"

/* ---- swap ---- */

static enum cmd_status run_swap_on(struct lab *lab, const struct args *args,
				   struct out *out)
{
	struct mm_swap_info si;
	struct mm_error err;

	if (mm_swap_on(lab_world(lab, out), args_number(args, "pages", 0),
		       &err))
		return complain(out, "swap on", "%s", err.text);
	mm_swap_info(lab_mm(lab), &si);
	out_line(out, "swap: %lld page%s, %lld free", (long long)si.total,
		 plural(si.total), (long long)si.free);
	return CMD_OK;
}

const struct cmd cmd_swap_on = {
	.name = "swap on",
	.args = "pages=N",
	.brief = "Give the machine swap space, or more of it",
	.help = "Anonymous pages can be reclaimed only if there is somewhere "
		"to "
		"write\nthem.  `set swap.delay 0` makes it compressed memory: "
		"a page is gone at\nonce.",
	.models = "swapon()",
	.flags = CMD_MUTATES,
	.run = run_swap_on,
};

static enum cmd_status run_swap_off(struct lab *lab, const struct args *args,
				    struct out *out)
{
	struct mm_error err;

	(void)args;
	if (mm_swap_off(lab_world(lab, out), &err))
		return complain(out, "swap off", "%s", err.text);
	out_line(out, "no swap");
	return CMD_OK;
}

const struct cmd cmd_swap_off = {
	.name = "swap off",
	.args = "",
	.brief = "Take the swap space away, if nothing is in it",
	.models = "swapoff()",
	.flags = CMD_MUTATES,
	.run = run_swap_off,
};

/* ---- slab caches ---- */

/* @asked: how many objects there would be if there were memory for all. */
static void say_slab(const struct mm *mm, unsigned int slab, int64_t asked,
		     struct out *out)
{
	struct mm_slab_info si;
	char less[80] = "";

	mm_slab_info(mm, slab, &si);
	if (si.objects < asked)
		snprintf(less, sizeof less,
			 "; memory is too short for all %lld",
			 (long long)asked);
	out_line(out, "%s: %lld object%s in %llu page%s%s", si.name,
		 (long long)si.objects, plural(si.objects),
		 (unsigned long long)si.pages, plural((int64_t)si.pages), less);
}

/* What the numbers may be is the library's to say; here they must fit. */
static uint32_t small(uint64_t n)
{
	return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

static int64_t objects_of(const struct args *args)
{
	const uint64_t n = args_number(args, "objects", 0);

	return n > INT64_MAX ? INT64_MAX : (int64_t)n;
}

static enum cmd_status run_slab_new(struct lab *lab, const struct args *args,
				    struct out *out)
{
	const struct mm_slab_config c = {
		.objects = objects_of(args),
		.objects_per_page = small(args_number(args, "per-page", 0)),
		.seeks = small(args_number(args, "seeks", 2)),
		.nid = (uint32_t)args_node(args, "node", 0),
	};
	struct mm_error err;
	int slab;

	slab = mm_slab_new(lab_world(lab, out), args_place(args, 0), &c, &err);
	if (slab < 0)
		return complain(out, "slab new", "%s", err.text);
	say_slab(lab_mm(lab), (unsigned int)slab, c.objects, out);
	return CMD_OK;
}

const struct cmd cmd_slab_new = {
	.name = "slab new",
	.args = "NAME objects=N per-page=N [seeks=N] [node=NODE]",
	.brief = "Make a slab cache whose objects reclaim may free",
	.help = "As the caches of dentries and inodes.  Its pages are "
		"Reclaimable; they\nare its name's, as in `show owners`.  The "
		"higher seeks=, the fewer objects a\nround of reclaim looks "
		"at; 2 unless named.",
	.models = "kmem_cache_create(), shrinker_alloc()",
	.flags = CMD_MUTATES,
	.run = run_slab_new,
};

static enum cmd_status run_slab_grow(struct lab *lab, const struct args *args,
				     struct out *out)
{
	const char *name = args_place(args, 0);
	const struct mm *mm = lab_mm(lab);
	struct mm_slab_info si;
	struct mm_error err;
	unsigned int i;

	for (i = 0; i < mm_nr_slabs(mm); i++) {
		mm_slab_info(mm, i, &si);
		if (strcmp(si.name, name) == 0)
			break;
	}
	if (i == mm_nr_slabs(mm))
		return complain(out, "slab grow",
				"%s: no such slab cache; `slab new` makes one",
				name);
	if (mm_slab_grow(lab_world(lab, out), i, objects_of(args), &err) < 0)
		return complain(out, "slab grow", "%s", err.text);
	say_slab(lab_mm(lab), i, si.objects + objects_of(args), out);
	return CMD_OK;
}

const struct cmd cmd_slab_grow = {
	.name = "slab grow",
	.args = "NAME objects=N",
	.brief = "Put more objects into a slab cache",
	.models = "kmem_cache_alloc()",
	.flags = CMD_MUTATES,
	.run = run_slab_grow,
};

/* ---- drop_caches, sync ---- */

static enum cmd_status run_drop_caches(struct lab *lab, const struct args *args,
				       struct out *out)
{
	const uint64_t what = args_number(args, "N", 0);
	struct mm_dropped d;
	struct mm_error err;

	if (mm_drop_caches(lab_world(lab, out), what, &d, &err))
		return complain(out, "drop_caches", "%s", err.text);
	if (!(what & 4))
		out_line(out, "caller (1): drop_caches: %u", small(what));
	if (what & 1)
		out_line(out, "page cache: %lld page%s freed, %lld kept",
			 (long long)d.pages, plural(d.pages),
			 (long long)d.kept);
	if (what & 2)
		out_line(out, "slab: %lld object%s, %lld page%s freed",
			 (long long)d.objects, plural(d.objects),
			 (long long)d.slab_pages, plural(d.slab_pages));
	return CMD_OK;
}

const struct cmd cmd_drop_caches = {
	.name = "drop_caches",
	.args = "N",
	.brief = "Free clean page cache (1), slab objects (2), or both (3)",
	.help = "As writing N to /proc/sys/vm/drop_caches.  Dirty, mapped and "
		"pinned\npages stay, and so does anonymous memory; `sync` "
		"first lets dirty pages\ngo, too.  With 4 more the log stays "
		"quiet.",
	.models = "drop_caches_sysctl_handler()",
	.flags = CMD_MUTATES,
	.run = run_drop_caches,
};

static enum cmd_status run_sync(struct lab *lab, const struct args *args,
				struct out *out)
{
	struct mm_write_info wi;
	int64_t pages;
	unsigned int n;

	(void)args;
	pages = mm_sync(lab_world(lab, out));
	n = mm_write_info(lab_mm(lab), 0, &wi);
	out_line(out, "%lld dirty page%s %s", (long long)pages, plural(pages),
		 n && pages ? "on the way to disk; `tick` lets time pass"
			    : "written");
	return CMD_OK;
}

const struct cmd cmd_sync = {
	.name = "sync",
	.args = "",
	.brief = "Begin to write all dirty pages of files",
	.help = "Writing takes `writeback.delay` jiffies.  It does not wait.",
	.models = "ksys_sync(), wb_workfn()",
	.flags = CMD_MUTATES,
	.run = run_sync,
};

/* ---- LRU batches ---- */

static enum cmd_status run_lru_drain(struct lab *lab, const struct args *args,
				     struct out *out)
{
	int64_t n;

	(void)args;
	n = mm_lru_drain(lab_world(lab, out));
	out_line(out, "%lld page%s waited in batches", (long long)n, plural(n));
	return CMD_OK;
}

const struct cmd cmd_lru_drain = {
	.name = "lru drain",
	.args = "",
	.brief = "Send what waits in LRU batches to its lists",
	.help = "Of all CPUs.  `drain` is another thing: it empties the "
		"per-CPU lists of\nfree pages.",
	.models = "lru_add_drain_all()",
	.flags = CMD_MUTATES,
	.run = run_lru_drain,
};

static enum cmd_status run_lru_access(struct lab *lab, const struct args *args,
				      struct out *out)
{
	const pfn_t pfn = args_pfn(args, "PFN", NO_PFN);
	struct mm_error err;
	struct mm_frame f;

	if (mm_mark_accessed(lab_world(lab, out), pfn, args_cpu(args, "cpu", 0),
			     &err))
		return complain(out, "lru access", "%s", err.text);
	mm_frame(lab_mm(lab), pfn, &f);
	out_line(out, "pfn %u: %s%s", pfn,
		 f.attr & PAGE_ACTIVE ? "active" : "inactive",
		 f.attr & PAGE_REFERENCED ? ", referenced" : "");
	return CMD_OK;
}

const struct cmd cmd_lru_access = {
	.name = "lru access",
	.args = "PFN [cpu=CPU]",
	.brief = "Let a system call read or write the page",
	.help = "The first time it is marked as referenced, the second time it "
		"is to\nbecome active, once its CPU's batch is full or "
		"drained.",
	.models = "folio_mark_accessed()",
	.flags = CMD_MUTATES,
	.run = run_lru_access,
};
