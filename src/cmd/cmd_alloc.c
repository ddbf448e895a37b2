/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_alloc.c - alloc, bulk
 *
 * A refusal is an answer: it is told with its reason, and the line is done.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/event_text.h"
#include "cmd/internal.h"

/* ---- the request ---- */

/* type=M is shorter than naming the flag. */
static const gfp_t mobility[MIGRATE_TYPES] = {
	[MIGRATE_MOVABLE] = GFP_BIT_MOVABLE,
	[MIGRATE_RECLAIMABLE] = GFP_BIT_RECLAIMABLE,
};

static bool read_request(struct lab *lab, const char *who,
			 const struct args *args, struct mm_request *want,
			 struct out *out)
{
	const int type = args_type(args, "type", MIGRATE_UNMOVABLE);
	const char *caller = args_word(args, "caller", NULL), *why;

	*want = (struct mm_request){
		.gfp = args_gfp(args, "gfp", GFP_KERNEL) | mobility[type],
		.order = (uint16_t)args_order(args, "order", 0),
		.cpu = (uint16_t)args_cpu(args, "cpu", 0),
		.nid = (int16_t)args_node(args, "node", -1),
	};
	if (caller)
		want->caller = strcmp(caller, "memalloc") == 0
				       ? MM_CALLER_MEMALLOC
				       : MM_CALLER_OOM_VICTIM;
	if (args_on(args, "lru", (want->gfp & GFP_BIT_MOVABLE) != 0))
		want->attr = PAGE_LRU;
	why = mm_request_error(lab_mm(lab), want);
	if (why)
		complain(out, who, "%s", why);
	return !why;
}

/* The pages go to the owner called name=, who may be new. */
static bool set_owner(struct mm *mm, const char *who, const struct args *args,
		      struct mm_request *want, struct out *out)
{
	const char *name = args_word(args, "name", NULL);
	int err = 0;

	if (!name)
		return true;
	want->owner = mm_owner(mm, name, &err);
	if (!want->owner)
		complain(out, who,
			 "name=%s: there are %d names already; use "
			 "one of them",
			 name, MM_MAX_OWNERS - 1);
	return want->owner != 0;
}

/* ---- why not ---- */

/* The slow path's last word, if it is one about giving up. */
static const char *slowpath_reason(int reason)
{
	switch (reason) {
	case REASON_MAY_NOT_SLEEP:
	case REASON_CALLER_MEMALLOC:
	case REASON_NORETRY:
	case REASON_COSTLY:
	case REASON_NO_PROGRESS:
	case REASON_OOM_VICTIM:
	case REASON_OOM_NOBODY:
	case REASON_OOM_PANIC:
	case REASON_LOOP_RECLAIM:
	case REASON_LOOP_NO_FS:
	case REASON_LOOP_NOFAIL:
	case REASON_LOOP_VICTIM:
	case REASON_MEMCG_LIMIT:
		return reason_text(reason);
	default:
		return NULL;
	}
}

/* The last zone that said no, and what the slow path made of it. */
static void say_refused(const struct mm *mm, const struct mm_request *want,
			struct out *out)
{
	const uint64_t now = mm_now(mm), first = mm_first_moment(mm);
	const char *slow = NULL;
	char gfp[160], zone[200] = "";
	bool passed = false;

	mm_gfp_print(want->gfp, gfp, sizeof gfp);
	for (uint64_t n = now; n > first && !zone[0]; n--) {
		const struct mm_event *ev = mm_event(mm, n);

		if (ev->type == EV_alloc_request)
			break;
		passed |= ev->type == EV_zonelist_pass;
		if (ev->type == EV_slowpath && !slow)
			slow = slowpath_reason(ev->arg[1]);
		if (ev->type == EV_mm_page_alloc && !slow)
			slow = slowpath_reason(ev->arg[4]);
		/* the zones gave a page, and it was taken away again */
		if (ev->type == EV_mm_page_alloc &&
		    ev->arg[4] == REASON_MEMCG_LIMIT) {
			passed = false;
			break;
		}
		if (ev->type == EV_zone_watermark ||
		    ev->type == EV_zone_failed || ev->type == EV_zone_skipped)
			event_text(mm, ev, EXPLAIN_SENTENCE, zone, sizeof zone);
	}
	if (passed && !zone[0]) {
		snprintf(zone, sizeof zone, "no zone may serve it");
		slow = NULL;
	}
	out_line(out, "refused: order %u %s%s%s%s%s", want->order, gfp,
		 zone[0] || slow ? ": " : "", zone, zone[0] && slow ? "; " : "",
		 slow ? slow : "");
}

/* ---- alloc ---- */

static void say_got(const struct mm_request *want, uint64_t asked, uint64_t got,
		    pfn_t first, pfn_t last, struct out *out)
{
	if (asked == 1 && got)
		out_line(out, "pfn %u, order %u", first, want->order);
	else if (got)
		out_line(out,
			 "got %llu of %llu blocks of order %u, pfn %u "
			 "first, %u last",
			 (unsigned long long)got, (unsigned long long)asked,
			 want->order, first, last);
	else if (asked > 1)
		out_line(out, "got 0 of %llu blocks of order %u",
			 (unsigned long long)asked, want->order);
}

/*
 * One block for a task: its CPU, policy, cpuset and group apply.  By hand it
 * is only asked for, and *@pending set.
 */
static int alloc_for(struct mm *mm, const struct args *args,
		     struct mm_request *want, pfn_t *pfn, bool *pending,
		     struct mm_error *err)
{
	const unsigned int task = args_task(args, "task", 0);
	struct mm_process_info pi;
	struct mm_task_info ti;
	const char *unit;
	int64_t on = 0;
	int e;

	if (!args_has(args, "task"))
		return mm_alloc_pages(mm, want, pfn);
	mm_task_info(mm, task, &ti);
	mm_process_info(mm, ti.process, &pi);
	if (!want->owner)
		want->owner = pi.owner;
	e = mm_task_request(mm, task, want, err);
	mm_figure(mm, "schedule", &on, &unit);
	*pending = !e && !on;
	if (e || *pending)
		return e;
	mm_task_finish(mm, task, err);
	mm_task_info(mm, task, &ti);
	*pfn = ti.result;
	return ti.result == NO_PFN ? -ENOMEM : 0;
}

static enum cmd_status run_alloc(struct lab *lab, const struct args *args,
				 struct out *out)
{
	const uint64_t count = args_number(args, "count", 1);
	pfn_t pfn = NO_PFN, first = NO_PFN, last = NO_PFN;
	struct mm_request want;
	struct mm *mm;
	struct mm_error why = {""};
	bool pending = false;
	uint64_t got;
	int err = 0;

	if (!read_request(lab, "alloc", args, &want, out))
		return CMD_USAGE;
	if (count == 0)
		return complain(out, "alloc", "count=0: expected 1 or more");
	mm = lab_world(lab, out);
	if (!set_owner(mm, "alloc", args, &want, out))
		return CMD_USAGE;
	/* with lru=on reclaim would take the first for the last, for ever */
	for (got = 0; got < count && got < mm_end_pfn(mm); got++) {
		if (lab_stop(lab))
			return CMD_FAILED;
		err = alloc_for(mm, args, &want, &pfn, &pending, &why);
		if (err)
			break;
		if (pending) {
			out_line(out, "%s has been asked; `run %s` goes on",
				 args_word(args, "task", ""),
				 args_word(args, "task", ""));
			return CMD_OK;
		}
		first = got ? first : pfn;
		last = pfn;
	}
	say_got(&want, count, got, first, last, out);
	if (!err && got < count)
		out_line(out, "no more are asked for than there are frames");
	if (err == 0 || err == -ENOMEM) {
		if (err)
			say_refused(mm, &want, out);
		return CMD_OK;
	}
	complain(out, "alloc", "%s", why.text[0] ? why.text : mm_strerror(err));
	return CMD_ERROR;
}

const struct cmd cmd_alloc = {
	.name = "alloc",
	.args = "[order=ORDER] [gfp=GFP] [type=MOBILITY] [count=N] [name=NAME] "
		"[cpu=CPU] [node=NODE] [caller=memalloc|oom-victim] "
		"[lru=on|off] [task=TASK]",
	.brief = "Allocate blocks of 2^ORDER pages",
	.help = "Without arguments: one page with GFP_KERNEL on CPU 0.\n"
		"type=M adds __GFP_MOVABLE to the mask, type=E "
		"__GFP_RECLAIMABLE.\n"
		"count=N asks N times and stops at the first refusal, or at as "
		"many blocks\nas there are frames.\n"
		"name=a makes the blocks belong to \"a\", so that `free a` "
		"finds them.\n"
		"task=t makes the task ask: its CPU, policy, cpuset and group "
		"apply.",
	.models = "alloc_pages()",
	.flags = CMD_MUTATES,
	.run = run_alloc,
};

/* ---- bulk ---- */

static enum cmd_status run_bulk(struct lab *lab, const struct args *args,
				struct out *out)
{
	const uint64_t count = args_number(args, "count", 0);
	const pfn_t frames = mm_end_pfn(lab_mm(lab));
	struct mm_request want;
	struct mm *mm;
	pfn_t *pfns;
	int got = 0;

	if (!read_request(lab, "bulk", args, &want, out))
		return CMD_USAGE;
	if (count == 0 || count > frames)
		return complain(out, "bulk", "count=%s: expected 1 to %u",
				args_word(args, "count", ""), frames);
	pfns = malloc((size_t)count * sizeof *pfns);
	if (!pfns) {
		complain(out, "bulk", "out of memory");
		return CMD_ERROR;
	}
	mm = lab_world(lab, out);
	if (!set_owner(mm, "bulk", args, &want, out)) {
		free(pfns);
		return CMD_USAGE;
	}
	got = mm_alloc_bulk(mm, &want, (unsigned int)count, pfns);
	if (lab_stop(lab)) {
		free(pfns);
		return CMD_FAILED;
	}
	if (got > 0)
		out_line(out, "got %d of %llu page%s, pfn %u first, %u last",
			 got, (unsigned long long)count, count == 1 ? "" : "s",
			 pfns[0], pfns[got - 1]);
	else if (got == 0)
		out_line(out, "got 0 of %llu page%s", (unsigned long long)count,
			 count == 1 ? "" : "s");
	else
		complain(out, "bulk", "%s", mm_strerror(got));
	free(pfns);
	return got < 0 ? CMD_ERROR : CMD_OK;
}

const struct cmd cmd_bulk = {
	.name = "bulk",
	.args = "count=N [gfp=GFP] [type=MOBILITY] [name=NAME] [cpu=CPU] "
		"[node=NODE] [caller=memalloc|oom-victim] [lru=on|off]",
	.brief = "Allocate many single pages in one call",
	.help = "As a network driver does it: the pages come from one per-CPU "
		"list\nin one go.  Fewer than asked for is no error.",
	.models = "alloc_pages_bulk()",
	.flags = CMD_MUTATES,
	.run = run_bulk,
};
