/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_world.c - world new, load, save, info, hash
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/case.h"
#include "cmd/internal.h"
#include "cmd/lab.h"

/* ---- new ---- */

static bool known_key(const char *key, struct out *out)
{
	struct nearest n;

	nearest_start(&n, key);
	for (unsigned int i = 0; mm_config_key(i); i++) {
		if (strcmp(mm_config_key(i), key) == 0)
			return true;
		nearest_try(&n, mm_config_key(i));
	}
	if (n.name[0])
		complain(out, "world new",
			 "%s=: no such constant of a world; did you mean "
			 "\"%s=\"?",
			 key, n.name);
	else
		complain(out, "world new",
			 "%s=: no such constant of a world; `help world new` "
			 "lists them",
			 key);
	return false;
}

/* These lay the world out anew, or move other constants along. */
static bool comes_first(const char *key)
{
	static const char *const keys[] = {"page-shift", "pageblock-order",
					   "zone", "zones", "pages"};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

static enum cmd_status run_world_new(struct lab *lab, const struct args *args,
				     struct out *out)
{
	const char *preset = args_place(args, 0), *key, *value;
	struct mm_config cfg;
	struct mm_error err;
	struct mm *mm;

	if (mm_config_preset(&cfg, preset, &err))
		return complain(out, "world new", "%s", err.text);
	value = args_word(args, "seed", NULL);
	if (value && mm_config_set(&cfg, "seed", value, &err))
		return complain(out, "world new", "%s", err.text);
	for (unsigned int i = 0; args_pair(args, i, &key, &value); i++)
		if (!known_key(key, out))
			return CMD_USAGE;
	for (int first = 1; first >= 0; first--)
		for (unsigned int i = 0; args_pair(args, i, &key, &value); i++)
			if (comes_first(key) == first &&
			    mm_config_set(&cfg, key, value, &err))
				return complain(out, "world new", "%s",
						err.text);
	mm = mm_create(&cfg, &err);
	if (!mm)
		return complain(out, "world new", "%s", err.text);
	return lab_replace(lab, mm, out);
}

const struct cmd cmd_world_new = {
	.name = "world new",
	.args = "PRESET [seed=N] [KEY=VALUE]...",
	.brief = "Begin with a new world, from a preset",
	.help = "world new tiny seed=7\n"
		"world new tiny pages=512 pageblock-order=3\n"
		"world new laptop era=linux-2.6.24\n"
		"The former world comes back with undo.",
	.flags = CMD_WORLD,
	.run = run_world_new,
};

/* ---- load ---- */

/* What a file begins with; the rest is read when that is good. */
#define HEAD 16
#define SAVED "buddyscope-world" /* as mm_save() begins */

/* A regular file, and its size; -1 after a complaint. */
static int open_regular(const char *file, size_t *size, struct out *out)
{
	const int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat sb;

	if (fd < 0 || fstat(fd, &sb)) {
		complain(out, "world load", "%s: %s", file, strerror(errno));
	} else if (!S_ISREG(sb.st_mode)) {
		complain(out, "world load", "%s: is no regular file", file);
	} else {
		*size = (size_t)sb.st_size;
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

#define PIECE ((size_t)1 << 20) /* bytes between two looks at Ctrl-C */

/* Up to @size bytes; how many it were, or -1. */
static ssize_t read_bytes(struct lab *lab, int fd, unsigned char *bytes,
			  size_t size)
{
	size_t done = 0;

	while (done < size && !lab_stop(lab)) {
		const size_t left = size - done;
		const ssize_t n =
			read(fd, bytes + done, left < PIECE ? left : PIECE);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (ssize_t)done;
}

/* A recording of a real kernel, plain or gzip. */
static bool is_recording(const unsigned char *head)
{
	return memcmp(head, "case ", 5) == 0 ||
	       memcmp(head, "\x1f\x8b", 2) == 0;
}

/* What `world save` wrote, of which @head has been read; NULL: @why. */
static struct mm *load_saved(struct lab *lab, int fd, const unsigned char *head,
			     size_t size, struct mm_error *why)
{
	unsigned char *bytes = size < HEAD ? NULL : malloc(size);
	struct mm *mm = NULL;
	ssize_t n;

	if (!bytes) {
		snprintf(why->text, sizeof why->text, "out of memory");
		return NULL;
	}
	memcpy(bytes, head, HEAD);
	n = read_bytes(lab, fd, bytes + HEAD, size - HEAD);
	if (n < 0)
		snprintf(why->text, sizeof why->text, "%s", strerror(errno));
	else
		mm = mm_load_unless(bytes, HEAD + (size_t)n, lab_asked, lab,
				    why);
	free(bytes);
	return mm;
}

static enum cmd_status run_world_load(struct lab *lab, const struct args *args,
				      struct out *out)
{
	const char *file = args_place(args, 0);
	unsigned char head[HEAD] = {0};
	struct mm_error err = {"is no world and no recording; expected what "
			       "`world save` wrote, or a recorded kernel"};
	struct mm *mm = NULL;
	bool recording;
	size_t size;
	int fd;

	fd = open_regular(file, &size, out);
	if (fd < 0)
		return CMD_ERROR;
	if (read_bytes(lab, fd, head, HEAD) < 0)
		snprintf(err.text, sizeof err.text, "%s", strerror(errno));
	recording = is_recording(head);
	if (recording)
		mm = case_load_world(file, &err);
	else if (memcmp(head, SAVED, HEAD) == 0)
		mm = load_saved(lab, fd, head, size, &err);
	close(fd);
	if (mm)
		return lab_replace(lab, mm, out);
	if (lab_stopped(lab))
		return CMD_FAILED;
	if (recording) /* it names the file, and the line in it */
		complain(out, "world load", "%s", err.text);
	else
		complain(out, "world load", "%s: %s", file, err.text);
	return CMD_ERROR;
}

const struct cmd cmd_world_load = {
	.name = "world load",
	.args = "FILE",
	.brief = "Go on with a world that was saved, or with a recorded one",
	.help = "FILE is what `world save` wrote, or the recording of a real "
		"kernel,\nplain or gzip: the state that it begins with.  The "
		"former world\ncomes back with undo.",
	.flags = CMD_WORLD,
	.run = run_world_load,
};

/* ---- save ---- */

static enum cmd_status run_world_save(struct lab *lab, const struct args *args,
				      struct out *out)
{
	const char *file = args_place(args, 0);
	unsigned char *bytes;
	char name[200];
	size_t size;
	int err;

	err = mm_save(lab_mm(lab), &bytes, &size);
	if (err && lab_stopped(lab))
		return CMD_FAILED;
	if (err) {
		complain(out, "world save", "out of memory");
		return CMD_ERROR;
	}
	err = file_replace_unless(file, bytes, size, lab_asked, lab);
	free(bytes);
	if (err && lab_stopped(lab))
		return CMD_FAILED;
	if (err) {
		complain(out, "world save", "%s: %s", file,
			 err == EEXIST ? "is no regular file; name another"
				       : strerror(err));
		return CMD_ERROR;
	}
	out_line(out, "saved %zu bytes to %s", size,
		 printable(name, sizeof name, file));
	return CMD_OK;
}

const struct cmd cmd_world_save = {
	.name = "world save",
	.args = "FILE",
	.brief = "Save the world as it is at this moment",
	.help = "The file is written anew and then takes its place, so an "
		"older one is\nnever half overwritten.  The past is not "
		"saved.",
	.run = run_world_save,
};

/* ---- info, hash ---- */

static void say_zone(const struct mm *mm, zone_t zid, struct out *out)
{
	struct mm_zone_info zi;
	char name[40];

	mm_zone_info(mm, zid, &zi);
	zone_text(mm, zid, name, sizeof name);
	out_line(out,
		 "zone %-12s frames %u..%u, %u managed, %lld free, "
		 "min %lld low %lld high %lld",
		 name, zi.start, zi.start + zi.spanned - 1, zi.managed,
		 (long long)zi.free, (long long)zi.wmark[WMARK_MIN],
		 (long long)zi.wmark[WMARK_LOW],
		 (long long)zi.wmark[WMARK_HIGH]);
}

static enum cmd_status run_world_info(struct lab *lab, const struct args *args,
				      struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	char name[40];

	(void)args;
	out_line(out, "world %s, %s, seed %llu",
		 printable(name, sizeof name, mm_world_name(mm)),
		 mm_era_name(mm_era(mm)), (unsigned long long)mm_seed(mm));
	out_line(out, "%u frame%s of %u KiB, pageblocks of %u, orders 0..%u",
		 mm_end_pfn(mm), plural(mm_end_pfn(mm)),
		 1u << (mm_page_shift(mm) - 10), 1u << mm_pageblock_order(mm),
		 mm_max_order(mm));
	out_line(out, "%u CPU%s, %u node%s", mm_nr_cpus(mm),
		 mm_nr_cpus(mm) == 1 ? "" : "s", mm_nr_nodes(mm),
		 mm_nr_nodes(mm) == 1 ? "" : "s");
	if (!mm_mobility_grouping(mm))
		out_line(out, "types are not kept apart: every request is for "
			      "unmovable pages");
	for (unsigned int i = 0; i < mm_nr_zones(mm); i++)
		say_zone(mm, mm_zone_at(mm, i), out);
	out_line(out, "event %llu of %llu", (unsigned long long)mm_now(mm),
		 (unsigned long long)mm_last_moment(mm));
	return CMD_OK;
}

const struct cmd cmd_world_info = {
	.name = "world info",
	.args = "",
	.brief = "Tell what this world is like",
	.run = run_world_info,
};

static enum cmd_status run_world_hash(struct lab *lab, const struct args *args,
				      struct out *out)
{
	const uint64_t hash = mm_hash(lab_mm(lab));

	(void)args;
	if (lab_stop(lab))
		return CMD_FAILED;
	out_line(out, "%016llx", (unsigned long long)hash);
	return CMD_OK;
}

const struct cmd cmd_world_hash = {
	.name = "world hash",
	.args = "",
	.brief = "Print a fingerprint of every byte of the world",
	.help = "16 hexadecimal digits.  Equal worlds give equal digits, on "
		"every machine.",
	.run = run_world_hash,
};
