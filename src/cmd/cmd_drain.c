/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_drain.c - drain, decay, unreserve: pages that go back to the buddy lists
 */
#include <string.h>

#include "cmd/internal.h"

static int64_t pcp_pages(const struct mm *mm)
{
	struct mm_pcp_info pi;
	int64_t pages = 0;

	for (unsigned int i = 0; i < mm_nr_zones(mm); i++)
		for (unsigned int cpu = 0; cpu < mm_nr_cpus(mm); cpu++) {
			mm_pcp_info(mm, mm_zone_at(mm, i), cpu, &pi);
			pages += pi.count;
		}
	return pages;
}

static void say_drained(const struct mm *mm, int64_t before, struct out *out)
{
	const int64_t left = pcp_pages(mm);

	out_line(out, "drained %lld page%s, %lld left on per-CPU lists",
		 (long long)(before - left), before - left == 1 ? "" : "s",
		 (long long)left);
}

static enum cmd_status run_drain(struct lab *lab, const struct args *args,
				 struct out *out)
{
	struct mm *mm = lab_world(lab, out);
	const int64_t before = pcp_pages(mm);

	if (strcmp(args_word(args, "cpu", "all"), "all") == 0)
		mm_drain_all(mm);
	else
		mm_drain_local(mm, args_cpu(args, "cpu", 0));
	say_drained(mm, before, out);
	return CMD_OK;
}

const struct cmd cmd_drain = {
	.name = "drain",
	.args = "[cpu=CPU|all]",
	.brief = "Empty the per-CPU lists into the buddy lists",
	.help = "Of all CPUs, unless one is named.",
	.models = "drain_all_pages(), drain_local_pages()",
	.flags = CMD_MUTATES,
	.run = run_drain,
};

static enum cmd_status run_decay(struct lab *lab, const struct args *args,
				 struct out *out)
{
	struct mm *mm = lab_world(lab, out);
	const int64_t before = pcp_pages(mm);

	mm_decay_pcp(mm, args_cpu(args, "cpu", 0));
	say_drained(mm, before, out);
	return CMD_OK;
}

const struct cmd cmd_decay = {
	.name = "decay",
	.args = "[cpu=CPU]",
	.brief = "Let a CPU's lists shrink, as the statistics worker does",
	.help = "The kernel does this about once a second on every CPU.",
	.models = "decay_pcp_high()",
	.flags = CMD_MUTATES,
	.run = run_decay,
};

static enum cmd_status run_unreserve(struct lab *lab, const struct args *args,
				     struct out *out)
{
	const int type = args_type(args, "type", MIGRATE_UNMOVABLE);
	const int node = args_node(args, "node", 0);
	struct mm *mm;

	mm = lab_world(lab, out);
	if (mm_unreserve_highatomic(mm, node, (enum migratetype)type,
				    args_on(args, "force", false)))
		out_line(out, "one high-atomic pageblock is %s now",
			 mm_migratetype_name((enum migratetype)type));
	else
		out_line(out, "no high-atomic pageblock to give back%s",
			 args_on(args, "force", false)
				 ? ""
				 : " (force=on takes the last one too)");
	return CMD_OK;
}

const struct cmd cmd_unreserve = {
	.name = "unreserve",
	.args = "[type=MOBILITY] [node=NODE] [force=on|off]",
	.brief = "Give one high-atomic pageblock back to ordinary use",
	.help = "What the slow path does before it gives up.  type= is what "
		"the block\nbecomes, Unmovable unless named.",
	.models = "unreserve_highatomic_pageblock()",
	.flags = CMD_MUTATES,
	.run = run_unreserve,
};
