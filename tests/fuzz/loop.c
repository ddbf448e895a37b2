/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * loop.c - the seeds' loop, and mutation
 */
#define _XOPEN_SOURCE 700 /* realpath */

#include "fuzz/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint32_t fuzz_below(struct fuzz_random *r, uint32_t n)
{
	r->state ^= r->state << 13;
	r->state ^= r->state >> 7;
	r->state ^= r->state << 17;
	return (uint32_t)(((r->state >> 32) * n) >> 32);
}

void fuzz_fail(const char *what, const char *detail)
{
	fprintf(stderr, "%s: %s: %s\n", fuzz_name, what, detail);
	abort();
}

static size_t insert(struct fuzz_random *r, uint8_t *data, size_t size,
		     size_t cap)
{
	size_t at = fuzz_below(r, (uint32_t)size + 1);
	size_t n = 1 + fuzz_below(r, 16), from;

	if (size + n > cap)
		return size;
	memmove(data + at + n, data + at, size - at);
	/* from elsewhere, so that it looks like something */
	from = fuzz_below(r, (uint32_t)size + 1);
	for (size_t i = 0; i < n; i++)
		data[at + i] = from + i < size ? data[from + i] : '9';
	return size + n;
}

static size_t delete (struct fuzz_random *r, uint8_t *data, size_t size)
{
	size_t at = fuzz_below(r, (uint32_t)size);
	size_t n = 1 + fuzz_below(r, 16);

	if (at + n > size)
		n = size - at;
	memmove(data + at, data + at + n, size - at - n);
	return size - n;
}

size_t fuzz_mutate(struct fuzz_random *r, uint8_t *data, size_t size,
		   size_t cap)
{
	static const uint8_t odd[] = {0,    1,	 '0', '9', '-', ' ',
				      '\n', 'x', 127, 128, 255, '+'};

	for (uint32_t n = 1 + fuzz_below(r, 4); n && size; n--) {
		size_t at = fuzz_below(r, (uint32_t)size);

		switch (fuzz_below(r, 7)) {
		case 0:
			data[at] ^= (uint8_t)(1u << fuzz_below(r, 8));
			break;
		case 1:
			data[at] = odd[fuzz_below(r, sizeof odd)];
			break;
		case 2:
			data[at] = (uint8_t)('0' + fuzz_below(r, 10));
			break;
		case 3:
			size = insert(r, data, size, cap);
			break;
		case 4:
			size = delete (r, data, size);
			break;
		case 5:
			data[at] = data[fuzz_below(r, (uint32_t)size)];
			break;
		default: /* seldom: most of an input should survive */
			if (!fuzz_below(r, 8))
				size = at;
		}
	}
	return size;
}

#ifndef FUZZ_LIBFUZZER
static int run_file(const char *name)
{
	static uint8_t data[FUZZ_MAX];
	FILE *f = fopen(name, "rb");
	size_t size;

	if (!f) {
		perror(name);
		return 2;
	}
	size = fread(data, 1, sizeof data, f);
	fclose(f);
	return LLVMFuzzerTestOneInput(data, size);
}

int main(int argc, char **argv)
{
	static uint8_t data[FUZZ_MAX];
	const char *text = getenv("FUZZ_RUNS");
	unsigned long runs = text ? strtoul(text, NULL, 0) : 2000;
	char *build, *input = NULL;

	for (int i = 1; i < argc; i++)
		if (run_file(argv[i]))
			return 2;
	if (argc > 1)
		return 0;

	/* in full: a fuzzer may go to a folder of its own */
	build = realpath("build", NULL);
	if (build && (input = malloc(strlen(build) + sizeof "/fuzz.input")))
		strcat(strcpy(input, build), "/fuzz.input");
	free(build);
	text = getenv("FUZZ_SEED");
	for (unsigned long seed = text ? strtoul(text, NULL, 0) : 1; runs;
	     seed++, runs--) {
		struct fuzz_random r = {seed * 0x9e3779b97f4a7c15ull + 1};
		size_t size = fuzz_make(&r, data, sizeof data);
		FILE *f = input ? fopen(input, "wb") : NULL;

		/* what a crash leaves behind to be run again */
		if (f) {
			fwrite(data, 1, size, f);
			fclose(f);
		}
		LLVMFuzzerTestOneInput(data, size);
	}
	free(input);
	printf("%s: done, nothing found\n", fuzz_name);
	return 0;
}
#endif
