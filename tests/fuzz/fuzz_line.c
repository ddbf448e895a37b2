/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_line.c - random lines into lab_run()
 *
 * Some lines are written here because they lead far; the others are put
 * together from the rows of the table, so that no command is forgotten.
 * After each line the world must be sound, the answer printable, and not long
 * in coming.  At the end the whole past is walked: to the first moment and back
 * again, ending in the same bytes.
 */
#define _XOPEN_SOURCE 700 /* nftw */

#include "fuzz/loop.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/internal.h"
#include "cmd/spec.h"

#define CHECKED_FRAMES 65536 /* larger worlds take too long to check */
#define MOST_SECONDS 20 /* of processor time for a line, sanitizers and all */

const char fuzz_name[] = "fuzz_line";

/* $N is a small number, $O an order, $P a pfn, $A a name, $G flags, $$ a $. */
static const char *const lines[] = {
	"world new tiny seed=$N",
	"world new tiny era=linux-2.6.24",
	"world new tiny zone=Normal pages=$P pageblock_order=$O cpus=2",
	"world new classroom",
	"world new embedded",
	"world info",
	"world hash",
	"alloc order=$O gfp=$G",
	"alloc order=$O gfp=$G name=$A count=$N",
	"alloc name=$A count=$P type=$T cpu=$N",
	"alloc order=$O type=$T caller=memalloc",
	"bulk $N name=$A",
	"free $P",
	"free $P order=$O",
	"free $A",
	"free $A every=2",
	"free $A every=$N offset=$N",
	"free $A first=$N",
	"free $A last=$N",
	"free $A random=$N seed=$N",
	"split $P",
	"drain",
	"drain cpu=$N",
	"decay",
	"unreserve",
	"unreserve type=$T force=on",
	"show buddyinfo",
	"show pagetypeinfo",
	"show zoneinfo",
	"show pcp",
	"show lists",
	"show events",
	"show frame $P",
	"show block $P",
	"where $P",
	"why $P",
	"explain",
	"explain op $N",
	"get node0.*.free",
	"set vm.watermark_boost_factor $P",
	"set vm.min_free_kbytes $P",
	"set vm.percpu_pagelist_high_fraction $P",
	"check",
	"step",
	"step $N",
	"back",
	"back $N",
	"next",
	"prev",
	"finish",
	"undo",
	"fork",
	"fork $A",
	"switch $A",
	"switch main",
	"unfork $A",
	"compare $A",
	"compare main all=on",
	"era diff",
	"era diff alloc type=$T count=$N",
	"plot free",
	"plot Normal.boost",
	"unplot",
	"show plot",
	"let $A $N",
	"let $A = free / $N",
	"where $$A",
	"alloc order=$$A",
	"until free < $P",
	"until event=buddy_* frame=$P back=on",
	"until event=mm_page_free",
	"break frame=$P",
	"break event=*split",
	"watch free",
	"continue",
	"continue back=on",
	"delete",
	"apropos $A",
	"help topic lines",
	"undo $N",
	"redo",
	"goto $N",
	"goto $P",
	"repeat $N alloc order=$O",
	"repeat 3 repeat 3 free $P",
	"alloc order=$O name=$A; free $A; undo; redo",
	"history",
	"help",
	"help alloc",
	"expect node0.Normal.free >= $N",
	"expect free - $N * 2 > -1 && !events($A) || pfn($A, $N)",
	"world new tiny cpus=2 pcp=off",
	("world new tiny zones=0:Normal:0-128,1:Normal:128-256 cpus=2 "
	 "cpu-node=0,1"),
	"task new $A adj=$N",
	"task new $A init",
	"task anon $A $P",
	"task anon $A $P huge",
	"task file $A $P write",
	"task file $A $P mapped",
	"task swapin $A $N",
	"task pages $A age",
	"task pages $A unmap $N",
	"task pages $A pin $N",
	"task kill $A",
	"task kill $A stuck",
	"schedule manual",
	"schedule auto",
	"run $A $P",
	"run kswapd0 $N",
	"run kcompactd0 $N",
	"run oom_reaper $N",
	"run flusher $N",
	"tick $P",
	"group new $A max=$P",
	"group new $A parent=$A max=$P high=$P",
	"group add $A $A",
	"group set $A max=$N",
	"group set $A min=$P low=$P",
	"cpuset new $A mems=0",
	"cpuset new $A mems=0-1 parent=$A",
	"cpuset add $A $A",
	"policy $A bind=$N",
	"policy $A interleave=0,1",
	"swap on pages=$P",
	"swap off",
	"slab new $A objects=$P per-page=$N",
	"slab grow $A objects=$P",
	"alloc order=$O task=$A",
	"alloc count=$P type=M name=$A",
	"alloc order=$O gfp=kernel|nofail task=$A",
	"lru access $P",
	"drop_caches 3",
	"sync",
	"oom",
	"set swap.delay $N",
	"set vm.swappiness $P",
};

static const char *const flags[] = {
	"GFP_KERNEL",
	"GFP_ATOMIC",
	"GFP_HIGHUSER_MOVABLE",
	"GFP_NOWAIT",
	"GFP_KERNEL|__GFP_COMP",
	"0x0",
	"GFP_DMA",
	"__GFP_MOVABLE|__GFP_RECLAIMABLE",
	"0xffffffff",
};

static void value(struct fuzz_random *r, char kind, char *buf, size_t size)
{
	switch (kind) {
	case 'N':
		snprintf(buf, size, "%u", fuzz_below(r, 12));
		break;
	case 'O':
		snprintf(buf, size, "%u", fuzz_below(r, 12));
		break;
	case 'P':
		snprintf(buf, size, "%u", fuzz_below(r, 300));
		break;
	case 'A':
		snprintf(buf, size, "%c", 'a' + (int)fuzz_below(r, 3));
		break;
	case '$':
		snprintf(buf, size, "$");
		break;
	case 'T':
		snprintf(buf, size, "%c", "UMEHCI"[fuzz_below(r, 6)]);
		break;
	default:
		snprintf(buf, size, "%s",
			 flags[fuzz_below(r, sizeof flags / sizeof flags[0])]);
	}
}

/* A number: mostly small, seldom at an edge of what 64 bits hold. */
static void number(struct fuzz_random *r, char *buf, size_t size)
{
	static const char *const odd[] = {
		"65535",
		"65536",
		"99999999",
		"2147483648",
		"4294967295",
		"4294967296",
		"999999999999",
		"9223372036854775807",
		"9223372036854775808",
		"18446744073709551615",
		"-1",
		"-9223372036854775808",
	};

	if (fuzz_below(r, 8))
		value(r, fuzz_below(r, 2) ? 'N' : 'P', buf, size);
	else
		snprintf(buf, size, "%s",
			 odd[fuzz_below(r, sizeof odd / sizeof odd[0])]);
}

/* A word that the type @type may take. */
static void typed(struct fuzz_random *r, const char *type, char *buf,
		  size_t size)
{
	static const char *const daemons[] = {"kswapd0", "kcompactd0",
					      "oom_reaper", "flusher", "user"};
	unsigned int n = 0;

	if (strcmp(type, "GFP") == 0) {
		value(r, 'G', buf, size);
	} else if (strcmp(type, "TYPE") == 0 || strcmp(type, "MOBILITY") == 0) {
		value(r, 'T', buf, size);
	} else if (strcmp(type, "NAME") == 0 || strcmp(type, "WORD") == 0) {
		value(r, fuzz_below(r, 4) ? 'A' : 'N', buf, size);
	} else if (strcmp(type, "TASK") == 0) {
		value(r, 'A', buf, size);
		if (!fuzz_below(r, 4))
			snprintf(buf, size, "%s", daemons[fuzz_below(r, 5)]);
	} else if (strcmp(type, "ZONE") == 0) {
		snprintf(buf, size, "Normal");
	} else if (strcmp(type, "PRESET") == 0) {
		snprintf(buf, size, "tiny");
	} else if (strcmp(type, "OP") == 0) {
		snprintf(buf, size, ">=");
	} else if (strcmp(type, "SETTING") == 0) {
		while (mm_setting(n))
			n++;
		snprintf(buf, size, "%s", mm_setting(fuzz_below(r, n))->name);
	} else if (strcmp(type, "COMMAND") == 0 || strcmp(type, "LINE") == 0) {
		snprintf(buf, size, "alloc");
	} else {
		number(r, buf, size);
	}
}

/* A word for @item, with its key if it has one. */
static void item_word(struct fuzz_random *r, const struct spec_item *item,
		      char *buf, size_t size)
{
	char alt[SPEC_NAME], word[64];
	unsigned int n = 0;

	while (spec_alternative(item, n, alt))
		n++;
	if (!n || !spec_alternative(item, fuzz_below(r, n), alt))
		snprintf(alt, sizeof alt, "N");
	if (spec_is_type(alt))
		typed(r, alt, word, sizeof word);
	else
		snprintf(word, sizeof word, "%s", alt);
	snprintf(buf, size, " %.*s%s%s", (int)item->key_len,
		 item->key_len ? item->key : "", item->key_len ? "=" : "",
		 word);
}

/* A line with any command of the table; returns its length, 0: no room. */
static size_t from_table(struct fuzz_random *r, char *buf, size_t cap)
{
	const struct cmd *cmd;
	struct spec spec;
	unsigned int n = 0;
	char word[128];
	size_t size;

	while (command_table[n])
		n++;
	cmd = command_table[fuzz_below(r, n)];
	if (cap < 64 || !spec_read(cmd->args, &spec))
		return 0;
	size = (size_t)snprintf(buf, cap, "%s", cmd->name);
	for (unsigned int i = 0; i < spec.n; i++) {
		if (fuzz_below(r, 16) == 0 ||
		    (spec.item[i].optional && fuzz_below(r, 3)))
			continue;
		item_word(r, &spec.item[i], word, sizeof word);
		if (size + strlen(word) + 2 >= cap)
			break;
		memcpy(buf + size, word, strlen(word));
		size += strlen(word);
	}
	buf[size++] = '\n';
	return size;
}

size_t fuzz_make(struct fuzz_random *r, uint8_t *data, size_t cap)
{
	size_t size = 0;

	for (uint32_t n = 1 + fuzz_below(r, 40); n; n--) {
		uint32_t which = fuzz_below(r, sizeof lines / sizeof lines[0]);
		char text[64];

		if (fuzz_below(r, 3) == 0) {
			size += from_table(r, (char *)data + size, cap - size);
			continue;
		}
		for (const char *p = lines[which]; *p; p++) {
			if (*p == '$')
				value(r, *++p, text, sizeof text);
			else
				snprintf(text, sizeof text, "%c", *p);
			if (size + strlen(text) + 1 >= cap)
				return size;
			memcpy(data + size, text, strlen(text));
			size += strlen(text);
		}
		data[size++] = '\n';
	}
	return fuzz_below(r, 3) ? size : fuzz_mutate(r, data, size, cap);
}

static char scratch[] = "/tmp/fuzz_line-XXXXXX";

static int forget_file(const char *path, const struct stat *st, int flag,
		       struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static void forget_scratch(void)
{
	nftw(scratch, forget_file, 8, FTW_DEPTH | FTW_PHYS);
}

/* Quotes and variables spell more lines that write than harmless() sees. */
static void work_in_scratch(void)
{
	static bool there;

	if (there)
		return;
	if (!mkdtemp(scratch) || chdir(scratch) || atexit(forget_scratch))
		fuzz_fail("no folder to write into", scratch);
	there = true;
}

/* Lines that would write files, or read whatever a path leads to. */
static bool harmless(const char *line)
{
	return !strstr(line, "save") && !strchr(line, '/') &&
	       !strstr(line, "source") && !strstr(line, "load") &&
	       !strstr(line, "replay") && !strstr(line, "laptop") &&
	       !strstr(line, "transcript");
}

static void check_time(clock_t start, const char *line)
{
	if (clock() - start > (clock_t)MOST_SECONDS * CLOCKS_PER_SEC)
		fuzz_fail("takes too long", line);
}

static void check_answer(const char *answer)
{
	for (const char *p = answer; *p; p++)
		if (((unsigned char)*p < ' ' && *p != '\n' && *p != '\t') ||
		    *p == 127)
			fuzz_fail("control character in the answer", answer);
}

/* Inside of an operation pages are in flight; promises hold at its ends. */
static bool between_operations(const struct mm *mm)
{
	const uint64_t now = mm_now(mm);
	struct mm_op op;
	uint64_t i;

	if (mm_op_at(mm, now, &i) || mm_op(mm, i, &op))
		return true;
	return op.last == now;
}

static void check_world(const struct lab *lab, const char *line)
{
	struct mm_broken broken;

	if (mm_end_pfn(lab_mm(lab)) > CHECKED_FRAMES ||
	    !between_operations(lab_mm(lab)))
		return;
	if (mm_check(lab_mm(lab), &broken)) {
		fprintf(stderr, "after: %s\n", line);
		fuzz_fail(broken.invariant, broken.where);
	}
}

/* One command, and one that changes the world? */
static bool is_change(const struct lab *lab, const char *line)
{
	char word[2][64] = {"", ""};
	const char *const words[] = {word[0], word[1]};
	const int n = sscanf(line, "%63s %63s", word[0], word[1]);
	const struct cmd *cmd;
	size_t used;

	if (n < 1 || strpbrk(line, ";#\"'"))
		return false;
	cmd = lab_find(lab, words, (size_t)n, &used);
	return cmd && cmd->flags & CMD_MUTATES && !(cmd->flags & CMD_OUTER);
}

/* A line that is refused leaves all as it was, the future included. */
static void run_line(struct lab *lab, const char *line, struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const bool changes =
		mm_end_pfn(mm) <= CHECKED_FRAMES && is_change(lab, line);
	const uint64_t now = mm_now(mm), last = mm_last_moment(mm),
		       hash = changes ? mm_hash(mm) : 0;

	if (lab_run(lab, line, out) == CMD_OK || !changes)
		return;
	mm = lab_mm(lab);
	if (mm_now(mm) != now || mm_last_moment(mm) != last ||
	    mm_hash(mm) != hash)
		fuzz_fail("refused, but not undone", line);
}

/* To the first moment and to the last, twice: the same bytes each time. */
static void check_past(struct lab *lab)
{
	struct mm *mm = lab_seekable(lab);
	uint64_t first = mm_first_moment(mm), last = mm_last_moment(mm);
	uint64_t start, end;

	if (mm_recording(mm) != MM_RECORD_TAPE)
		return;
	if (mm_seek(mm, last))
		fuzz_fail("seek", "to the last moment");
	end = mm_hash(mm);
	if (mm_seek(mm, first))
		fuzz_fail("seek", "to the first moment");
	start = mm_hash(mm);
	if (mm_seek(mm, last) || mm_hash(mm) != end)
		fuzz_fail("seek", "the last moment has other bytes");
	if (mm_seek(mm, first) || mm_hash(mm) != start)
		fuzz_fail("seek", "the first moment has other bytes");
	check_world(lab, "going to the first moment");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lab *lab = lab_create();
	struct out *out = out_buffer();
	const uint8_t *p = data, *end = data + size;

	if (!lab || !out)
		fuzz_fail("no memory", "for a lab");
	work_in_scratch();
	while (p < end) {
		const uint8_t *nl = memchr(p, '\n', (size_t)(end - p));
		size_t n = nl ? (size_t)(nl - p) : (size_t)(end - p);
		char *line = calloc(n + 1, 1);

		if (!line)
			fuzz_fail("no memory", "for a line");
		memcpy(line, p, n);
		p += nl ? n + 1 : n;
		if (harmless(line)) {
			const clock_t start = clock();

			out_clear(out);
			run_line(lab, line, out);
			check_time(start, line);
			check_answer(out_string(out));
			check_world(lab, line);
		}
		free(line);
	}
	check_past(lab);
	out_free(out);
	lab_destroy(lab);
	return 0;
}
