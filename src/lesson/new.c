/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * new.c - a lesson to begin with, for authors
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lesson/teacher.h"

static const char skeleton[] =
	"---\n"
	"title: A title of a few words\n"
	"goal: You can do something that you could not do before.\n"
	"minutes: 3\n"
	"era: linux-7.3\n"
	"models: Documentation/mm/page_allocation.rst, \"SECTION\"\n"
	"vary: k=1..3\n"
	"boot: tiny zone=Normal pages=64 pageblock-order=3 max-order=6 "
	"pcp=off\n"
	"---\n"
	"One sentence says what this is about. One more says why it matters.\n"
	"\n"
	"## One step, one idea\n"
	"\n"
	"Say what the learner sees, then ask.\n"
	"\n"
	"```predict\n"
	"How many frames are free after a request of order $k?\n"
	"= node0.Normal.free\n"
	"```\n"
	"\n"
	"```run\n"
	"alloc order=$k gfp=movable name=a\n"
	"```\n"
	"\n"
	"```check\n"
	"pages(a) > 1\n"
	"history: no mm_page_alloc_extfrag\n"
	"```\n"
	"\n"
	"Say what happened, in short sentences. Step back with `u`, and look "
	"again.\n"
	"\n"
	"> [!NOTE] For the instructor: let them vote before you press Space.\n"
	"\n"
	"## Point at it\n"
	"\n"
	"```predict\n"
	"Where will the next page be?\n"
	"= frame pfn(b)\n"
	"```\n"
	"\n"
	"```run\n"
	"alloc order=0 gfp=movable name=b\n"
	"```\n"
	"\n"
	"## Your turn\n"
	"\n"
	"```task\n"
	"Get one block of order 3, and call it mine.\n"
	"```\n"
	"\n"
	"```hint\n"
	"`help alloc` shows how a block gets its name.\n"
	"```\n"
	"\n"
	"```check\n"
	"order(pfn(mine)) == 3\n"
	"```\n"
	"\n"
	"```par\n"
	"commands: <= 1\n"
	"```\n"
	"\n"
	"<details><summary>Solution</summary>\n"
	"\n"
	"```solution\n"
	"alloc order=3 gfp=movable name=mine\n"
	"```\n"
	"\n"
	"</details>\n";

enum cmd_status lesson_new_file(const char *path, struct out *out)
{
	const int fd =
		open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
	bool bad = !f || fputs(skeleton, f) < 0;

	if (f && fclose(f))
		bad = true;
	else if (!f && fd >= 0)
		close(fd);
	if (!bad) {
		out_line(out, "%s: a lesson that works; now make it yours",
			 path);
		return CMD_OK;
	}
	out_complain(out, "lesson new", "%s: %s", path,
		     errno == EEXIST ? "is there already; a new lesson wants a "
				       "new file"
				     : strerror(errno));
	return CMD_ERROR;
}
