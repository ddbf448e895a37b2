/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_era.c - era diff: the same lines under both fallback policies
 *
 * Two worlds begin as the present one did and run the same lines, up to the
 * first time that one takes from another type what the other does not.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/event_text.h"
#include "cmd/fork.h"
#include "cmd/lab.h"
#include "cmd/lex.h"

/* Is the first state what its constants make, not what a file held? */
static bool began_anew(struct lab *lab)
{
	const struct mm *origin = timeline_origin(lab_timeline(lab));
	struct mm *anew = origin ? mm_create(mm_config(origin), NULL) : NULL;
	const bool same = anew && mm_compare(anew, origin) == 0;

	mm_destroy(anew);
	return same;
}

/* A lab that begins as @like does, in that era; NULL after a complaint. */
static struct lab *begin(struct lab *like, enum mm_era era, struct out *out)
{
	struct mm_config cfg = *mm_config(timeline_origin(lab_timeline(like)));
	struct lab *lab = lab_create();
	struct mm_error err;
	struct mm *mm;

	cfg.era = (uint32_t)era;
	mm = mm_create(&cfg, &err);
	if (!lab || !mm) {
		complain(out, "era diff", "%s",
			 mm ? "out of memory" : err.text);
		mm_destroy(mm);
		lab_destroy(lab);
		return NULL;
	}
	lab->line = "era diff";
	if (lab_replace(lab, mm, out) != CMD_OK) {
		lab_destroy(lab);
		return NULL;
	}
	lab->line = NULL;
	lab->outer = like;
	return lab;
}

/* One line; what it says is not heard unless it makes no sense. */
static bool run_one(struct lab *lab, const char *line, struct out *out)
{
	struct out *unheard = out_buffer();
	enum cmd_status status = CMD_ERROR;

	if (unheard)
		status = lab_run(lab, line, unheard);
	if (status != CMD_OK && unheard && !lab_stopped(lab))
		out_text(out, "%s", out_string(unheard));
	out_free(unheard);
	return status == CMD_OK;
}

/* The line given, or those that made the present world. */
static bool run_all(struct lab *lab, struct lab *like, const char *line,
		    struct out *out)
{
	if (*line)
		return run_one(lab, line, out);
	for (uint64_t op = 0;
	     op < mm_first_op(lab_mm(like)) + mm_nr_ops(lab_mm(like)); op++) {
		const char *done = lab_op_line(like, op);

		if (lab_stop(like))
			return false;
		if (!done || !run_one(lab, done, out)) {
			if (lab_stop(like))
				return false;
			complain(out, "era diff",
				 "line %" PRIu64 " of this world is %s", op + 1,
				 done ? "refused there" : "not known");
			return false;
		}
	}
	return true;
}

static bool same_event(const struct mm_event *a, const struct mm_event *b)
{
	return a->type == b->type && a->cpu == b->cpu && a->task == b->task &&
	       memcmp(a->arg, b->arg, sizeof a->arg) == 0;
}

/* The next fallback after moment *@n, which becomes its own; NULL: none. */
static const struct mm_event *next_fallback(const struct mm *mm, uint64_t *n)
{
	const struct mm_event *ev = NULL;

	while (*n < mm_last_moment(mm) && (ev = mm_event(mm, ++*n)) &&
	       ev->type != EV_mm_page_alloc_extfrag)
		ev = NULL;
	return ev;
}

/*
 * Where each of them stands when they take, for the first time, something
 * else from another type; false when they never do.  What differs before are
 * addresses: the classic reserve has moved pageblocks to the lists' ends.
 */
static bool find_parting(struct lab *a, struct lab *b, uint64_t at[2])
{
	const struct mm *x = lab_mm(a), *y = lab_mm(b);
	const struct mm_event *p, *q;

	at[0] = mm_first_moment(x);
	at[1] = mm_first_moment(y);
	do {
		p = next_fallback(x, &at[0]);
		q = next_fallback(y, &at[1]);
	} while (p && q && same_event(p, q));
	return p || q;
}

static void say_event(const struct mm *mm, uint64_t n, struct out *out)
{
	const struct mm_event *ev = mm_event(mm, n);
	char text[700];

	if (!ev)
		return;
	event_text(mm, ev, EXPLAIN_NUMBERS, text, sizeof text);
	out_line(out, "  %s  %s", mm_event_type(ev->type)->name, text);
}

/* Pageblocks of a zone by type: "U 3 M 4 E 0". */
static void count_blocks(const struct mm *mm, zone_t zid, char *buf,
			 size_t size)
{
	const pfn_t step = (pfn_t)1 << mm_pageblock_order(mm);
	unsigned int n[MIGRATE_TYPES] = {0};
	struct mm_zone_info zi;

	mm_zone_info(mm, zid, &zi);
	for (pfn_t pfn = zi.start; pfn < zi.start + zi.spanned; pfn += step)
		n[mm_pageblock_type(mm, pfn)]++;
	snprintf(buf, size, "U %u M %u E %u", n[MIGRATE_UNMOVABLE],
		 n[MIGRATE_MOVABLE], n[MIGRATE_RECLAIMABLE]);
}

/* Both fragmentation figures of a zone, side by side. */
static void compare_zone(const struct mm *a, const struct mm *b, zone_t zid,
			 struct out *out)
{
	char name[40], left[64], right[64];

	zone_text(a, zid, name, sizeof name);
	count_blocks(a, zid, left, sizeof left);
	count_blocks(b, zid, right, sizeof right);
	out_line(out, "%-14s %-22s %s", name, mm_era_name(mm_era(a)),
		 mm_era_name(mm_era(b)));
	out_line(out, "  %-12s %-22s %s", "pageblocks", left, right);
	out_line(out, "  %-12s %-22s %s", "order", "  blocks  unusable",
		 "  blocks  unusable");
	for (unsigned int o = 0; o <= mm_max_order(a); o++) {
		const int64_t x = mm_nr_free_order(a, zid, o);
		const int64_t y = mm_nr_free_order(b, zid, o);
		const int u = mm_unusable_index(a, zid, o);
		const int v = mm_unusable_index(b, zid, o);

		out_line(out,
			 "%c %-12u %8" PRId64 "     %d.%03d     %8" PRId64
			 "     %d.%03d",
			 x != y || u != v ? '*' : ' ', o, x, u / 1000, u % 1000,
			 y, v / 1000, v % 1000);
	}
}

/* "linux-7.3: event 40 of 96, in: alloc type=U: ..." */
static void tell_parting(struct lab *lab, uint64_t at, struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const char *line = NULL;
	uint64_t op;

	if (mm_op_at(mm, at, &op) == 0)
		line = lab_op_line(lab, op);
	out_line(out, "%s: event %" PRIu64 " of %" PRIu64 "%s%s",
		 mm_era_name(mm_era(mm)), at, mm_last_moment(mm),
		 line ? ", in: " : "", line ? line : "");
	say_event(mm, at, out);
}

static void tell(struct lab *a, struct lab *b, const uint64_t at[2],
		 bool parted, struct out *out)
{
	const struct mm *x = lab_mm(a), *y = lab_mm(b);

	for (unsigned int i = 0; i < mm_nr_zones(x); i++)
		compare_zone(x, y, mm_zone_at(x, i), out);
	if (!parted) {
		out_line(out, "no type took from another in either era");
		return;
	}
	out_line(out, "the first fallback that differs");
	tell_parting(a, at[0], out);
	tell_parting(b, at[1], out);
}

/* It stays as a fork, at that moment. */
static bool keep(struct lab *lab, struct lab *from, uint64_t at,
		 struct out *out)
{
	struct mm *mm = lab_seekable(from);
	struct timeline *copy;

	mm_seek(mm, at);
	copy = timeline_fork(lab_timeline(from));
	if (copy && fork_put(lab_forks(lab), mm_era_name(mm_era(mm)), copy))
		return true;
	timeline_destroy(copy);
	complain(out, "era diff",
		 "no room to keep %s: `unfork NAME` makes some",
		 mm_era_name(mm_era(mm)));
	return false;
}

static enum cmd_status run_era_diff(struct lab *lab, const struct args *args,
				    struct out *out)
{
	const char *line = args_line(args), *here = lab_fork_name(lab);
	enum cmd_status status = CMD_ERROR;
	struct lab *now, *then;
	uint64_t at[2];
	bool parted;

	if (!began_anew(lab))
		return complain(out, "era diff",
				"this world was loaded, so it cannot begin "
				"anew; expected one from `world new`");
	if (strcmp(here, mm_era_name(ERA_LINUX_7_3)) == 0 ||
	    strcmp(here, mm_era_name(ERA_LINUX_2_6_24)) == 0)
		return complain(out, "era diff",
				"you are in the fork %s, which would be made "
				"anew; `switch` to another first",
				here);
	now = begin(lab, ERA_LINUX_7_3, out);
	then = now ? begin(lab, ERA_LINUX_2_6_24, out) : NULL;
	if (then && run_all(now, lab, line, out) &&
	    run_all(then, lab, line, out)) {
		parted = find_parting(now, then, at);
		tell(now, then, at, parted, out);
		if (!lab_stop(lab) && keep(lab, now, at[0], out) &&
		    keep(lab, then, at[1], out))
			status = CMD_OK;
		if (status == CMD_OK)
			lab_show(lab, "compare", mm_era_name(ERA_LINUX_7_3),
				 mm_era_name(ERA_LINUX_2_6_24));
	}
	lab_destroy(now);
	lab_destroy(then);
	if (!lab_stop(lab))
		return status;
	complain(out, "era diff", "stopped: nothing was changed");
	return CMD_FAILED;
}

const struct cmd cmd_era_diff = {
	.name = "era diff",
	.args = "[LINE]",
	.brief = "Run the same lines under both fallback policies, and compare",
	.help = "era diff\n"
		"era diff \"alloc type=M count=200 name=m; free m every=2; "
		"alloc type=U count=9\"\n"
		"Two worlds begin as this one did; without LINE they run what "
		"was run here.\nTells both fragmentation figures and the "
		"first decision that differs.  They\nstay as the forks "
		"linux-7.3 and linux-2.6.24, standing there.",
	.flags = CMD_TIME,
	.run = run_era_diff,
};
