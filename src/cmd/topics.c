/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * topics.c - see topics.h
 *
 * In the order in which a newcomer meets them.  A test runs each example.
 */
#include "cmd/topics.h"

#include <string.h>

static const struct topic topics[] = {
	{
		.name = "pages",
		.title = "pages, blocks and free lists",
		.text = "Memory is pages; the allocator hands out blocks of "
			"2^ORDER of them.  A large\nblock is halved until it "
			"fits, and what is freed joins with its other half.\n"
			"Name what you allocate, so that you can free it.",
		.example = "alloc order=2 name=a\n"
			   "show lists\n"
			   "explain\n"
			   "free a",
		.commands = "alloc bulk free split",
	},
	{
		.name = "time",
		.title = "going back and forth",
		.text = "Everything that happens is an event, and each can be "
			"taken back.  step and\nback move by events, next and "
			"prev by phases, undo and redo by lines.  `until`\n"
			"finds a moment, `break` stops inside of the lines to "
			"come.",
		.example = "alloc order=0\n"
			   "undo\n"
			   "step 3\n"
			   "until event=buddy_split\n"
			   "finish",
		.commands = "step back next prev finish continue until break "
			    "watch delete undo redo goto",
	},
	{
		.name = "look",
		.title = "looking, and asking why",
		.text = "`show` has the kernel's own files and more.  `where` "
			"and `why` ask about a\nframe, `explain` about a "
			"request.  A figure is a number with a name; `get *`\n"
			"lists all of them.",
		.example = "alloc order=3 name=a\n"
			   "show buddyinfo\n"
			   "where 0\n"
			   "why 0\n"
			   "get node0.Normal.*",
		.commands = "show where why explain get check expect plot "
			    "unplot",
	},
	{
		.name = "types",
		.title = "migratetypes, and taking from each other",
		.text = "Free blocks are listed by what they may hold: "
			"unmovable, movable, reclaimable.\nA type that has "
			"none takes from another, and may keep the whole "
			"pageblock.",
		.example = "alloc type=M count=200 name=m\n"
			   "free m every=3\n"
			   "alloc type=U count=40\n"
			   "show pagetypeinfo\n"
			   "explain",
		.commands = "",
	},
	{
		.name = "pcp",
		.title = "per-CPU lists",
		.text = "Each CPU keeps some pages of small orders for itself, "
			"so that it need not take\nthe zone's lock.  They are "
			"filled and emptied in batches.",
		.example = "alloc order=0 name=a\n"
			   "show pcp\n"
			   "free a\n"
			   "drain",
		.commands = "drain decay",
	},
	{
		.name = "gfp",
		.title = "what a request asks for",
		.text = "The mask of a request says from which zones it may "
			"take, of which type its\npages are, whether it may "
			"sleep, and how hard to try.  Names are joined\n"
			"with |.",
		.example = "gfp GFP_KERNEL\n"
			   "gfp GFP_ATOMIC|__GFP_NOWARN\n"
			   "alloc order=1 gfp=GFP_HIGHUSER_MOVABLE",
		.commands = "gfp policy",
	},
	{
		.name = "watermarks",
		.title = "zones, watermarks and reserves",
		.text = "A zone keeps pages back.  Below low kswapd wakes, and "
			"below min only those\nmay take that free memory or "
			"cannot wait.  Settings are sysctls by their\nnames.",
		.example = "show zones\n"
			   "get vm.*\n"
			   "set vm.min_free_kbytes 100\n"
			   "get node0.Normal.watermark.*",
		.commands = "set unreserve",
	},
	{
		.name = "tasks",
		.title = "processes, limits, and who runs",
		.text = "A process has memory, and one task or more.  What may "
			"sleep is taken in\nquanta: with `schedule manual` you "
			"say who goes on.  Groups and cpusets\nlimit; when "
			"nothing else helps, somebody is killed.",
		.example = "task new shop\n"
			   "task anon shop 20\n"
			   "show tasks\n"
			   "schedule manual\n"
			   "tick 10",
		.commands = "task group cpuset oom run schedule tick",
	},
	{
		.name = "reclaim",
		.title = "reclaim: page cache, swap and slab",
		.text = "Pages of files and of processes are on LRU lists; "
			"kswapd takes from their cold\nends, and so does a "
			"request that finds nothing.",
		.example = "task new reader\n"
			   "task file reader 40\n"
			   "show lru\n"
			   "drop_caches 1\n"
			   "show vmstat",
		.commands = "swap slab drop_caches sync lru",
	},
	{
		.name = "compaction",
		.title = "moving pages together",
		.text = "One scanner looks for used pages from below, another "
			"for free ones from above;\nwhat the first finds moves "
			"to what the second found, until a block is free.",
		.example = "alloc type=M count=200 name=m\n"
			   "free m every=2\n"
			   "compact order=4\n"
			   "show compaction\n"
			   "explain",
		.commands = "compact kcompactd",
	},
	{
		.name = "ranges",
		.title = "isolation, CMA, and memory that goes away",
		.text = "A range that is isolated gives no page to anybody.  "
			"On that stand memory\nin one piece, CMA areas, and "
			"memory blocks that are taken away.",
		.example = "alloc type=M count=40 name=m\n"
			   "isolate 32..64\n"
			   "unisolate 32..64\n"
			   "show memory",
		.commands = "isolate unisolate contig cma hugetlb page memory",
	},
	{
		.name = "worlds",
		.title = "worlds, forks and files",
		.text = "A world is made from a preset, loaded from a file, or "
			"from the recording of\na real kernel, which `replay` "
			"also checks call by call.  A fork is a copy\n"
			"with its past and future.",
		.example = "world new tiny pages=128 seed=3\n"
			   "alloc order=2\n"
			   "fork before\n"
			   "alloc order=3\n"
			   "compare before",
		.commands = "world fork switch unfork compare era replay",
	},
	{
		.name = "lines",
		.title = "lines, scripts and transcripts",
		.text = "`;` joins commands, `#` begins a remark, a \\ at the "
			"end goes on in the next\nline.  $a is the first frame "
			"of what is called a, $a.2 the third one's;\n`let` "
			"makes names of your own.",
		.example = "repeat 4 alloc order=1 name=a\n"
			   "where $a.2\n"
			   "let n = free / 2\n"
			   "expect free > $n\n"
			   "history",
		.commands = "let repeat source transcript history help apropos "
			    "quit",
	},
	{
		.name = "lessons",
		.title = "lessons",
		.text = "A lesson is text that runs, asks and checks; "
			"progress is kept.",
		.example = "",
		.commands = "lesson grade",
	},
	{
		.name = "screen",
		.title = "the screen, and pictures of it",
		.text = "Keys do what lines do.  A picture shows what the "
			"screen would show.",
		.example = "export text - size=80x24",
		.commands = "export record view layout pane theme speed "
			    "overlay",
	},
};

const struct topic *topic_at(unsigned int i)
{
	return i < sizeof topics / sizeof topics[0] ? &topics[i] : NULL;
}

const struct topic *topic_find(const char *name)
{
	for (unsigned int i = 0; topic_at(i); i++)
		if (strcmp(topics[i].name, name) == 0)
			return &topics[i];
	return NULL;
}

bool topic_has(const struct topic *t, const struct cmd *cmd)
{
	const size_t len = strcspn(cmd->name, " ");

	for (const char *w = t->commands; *w;) {
		const size_t n = strcspn(w, " ");

		if (n == len && strncmp(w, cmd->name, n) == 0)
			return true;
		w += n + (w[n] == ' ');
	}
	return false;
}
