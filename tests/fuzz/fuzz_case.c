/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_case.c - damaged recordings into the replay reader
 *
 * Damage is done to the text, mostly to its numbers and words, so that the
 * reader gets far before it meets it.  The reader must answer with one line;
 * a world that it lets in must be sound.
 */
#include "fuzz/loop.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "cmd/case.h"
#include "cmd/cmd.h"

#define CHECKED_FRAMES 262144

const char fuzz_name[] = "fuzz_case";

/* One of the small recordings in tests/cases. */
static size_t recording(struct fuzz_random *r, uint8_t *data, size_t cap)
{
	glob_t found;
	size_t size = 0;

	if (glob("tests/cases/*.case.gz", 0, NULL, &found) || !found.gl_pathc)
		fuzz_fail("tests/cases", "no recordings to begin with");
	for (int tries = 0; tries < 50 && !size; tries++) {
		uint32_t i = fuzz_below(r, (uint32_t)found.gl_pathc);
		gzFile f = gzopen(found.gl_pathv[i], "rb");
		int n = f ? gzread(f, data, (unsigned int)cap) : 0;

		if (n > 0 && (size_t)n < cap)
			size = (size_t)n;
		if (f)
			gzclose(f);
	}
	globfree(&found);
	return size;
}

/* Put another number, or another line, where there is one now. */
static size_t damage_text(struct fuzz_random *r, uint8_t *data, size_t size)
{
	static const char *const odd[] = {
		"-1", "0", "4294967295", "99999999999999999999", "0x",
	};
	size_t at = fuzz_below(r, (uint32_t)size);
	const char *word = odd[fuzz_below(r, sizeof odd / sizeof odd[0])];
	size_t n = strlen(word);

	while (at < size && (data[at] < '0' || data[at] > '9'))
		at++;
	if (at >= size)
		return size;
	if (fuzz_below(r, 2)) {
		data[at] = (uint8_t)('0' + fuzz_below(r, 10));
		return size;
	}
	if (at + n > size)
		return size;
	memcpy(data + at, word, n);
	return size;
}

size_t fuzz_make(struct fuzz_random *r, uint8_t *data, size_t cap)
{
	size_t size = recording(r, data, cap);

	if (!size)
		fuzz_fail("tests/cases", "no recording is small enough");
	switch (fuzz_below(r, 4)) {
	case 0:
		return fuzz_mutate(r, data, size, cap);
	case 1:
		return fuzz_below(r, (uint32_t)size);
	default:
		for (uint32_t n = 1 + fuzz_below(r, 3); n; n--)
			size = damage_text(r, data, size);
	}
	return size;
}

static void check_load(const char *name)
{
	struct mm_error err = {""};
	struct mm *mm = case_load_world(name, &err);
	struct mm_broken broken;

	if (!mm) {
		if (!err.text[0] || strchr(err.text, '\n'))
			fuzz_fail("not one line of reason", err.text);
		return;
	}
	if (mm_end_pfn(mm) <= CHECKED_FRAMES && mm_check(mm, &broken))
		fuzz_fail(broken.invariant, broken.where);
	mm_destroy(mm);
}

/* The whole of it: load, make the calls, compare. */
static void check_replay(const char *name)
{
	struct lab *lab = lab_create();
	struct out *out = out_buffer();
	char line[128];

	if (!lab || !out)
		fuzz_fail("no memory", "for a lab");
	snprintf(line, sizeof line, "replay %s", name);
	lab_run(lab, line, out);
	for (const char *p = out_string(out); *p; p++)
		if (((unsigned char)*p < ' ' && *p != '\n' && *p != '\t') ||
		    *p == 127)
			fuzz_fail("control character in the answer", p);
	out_free(out);
	lab_destroy(lab);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char name[] = "/tmp/fuzz_case.XXXXXX";
	int fd = mkstemp(name);

	if (fd < 0)
		fuzz_fail("mkstemp", name);
	while (size) {
		ssize_t n = write(fd, data, size);

		if (n <= 0)
			fuzz_fail("write", name);
		data += n;
		size -= (size_t)n;
	}
	close(fd);
	check_load(name);
	check_replay(name);
	unlink(name);
	return 0;
}
