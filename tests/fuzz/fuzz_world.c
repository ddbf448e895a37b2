/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_world.c - damaged and hostile world files into mm_load()
 *
 * Most inputs get a right fingerprint again after the damage, as somebody who
 * means harm would do, so that what lies behind that test is reached.  A
 * world that is let in must be sound, stay so in use, and save to a file that
 * gives the same world.
 */
#include "fuzz/loop.h"

#include <stdlib.h>
#include <string.h>

#include "core/mm.h"
#include "core/state.h"

#define HEADER 40	 /* bytes; the last 8 are the fingerprint */
#define HUGE_WORLD 65536 /* frames from which it is not used further */

const char fuzz_name[] = "fuzz_world";

/* A world in which there is something to get wrong. */
static struct mm *example(struct fuzz_random *r)
{
	struct mm_config cfg;
	struct mm *mm;
	int full;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "cpus", fuzz_below(r, 2) ? "1" : "2", NULL);
	mm = mm_create(&cfg, NULL);
	if (!mm)
		fuzz_fail("no memory", "for a world");
	for (int i = 0; i < 30; i++) {
		const struct mm_request want = {
			.gfp = fuzz_below(r, 2) ? GFP_KERNEL
						: GFP_HIGHUSER_MOVABLE,
			.order = (uint16_t)fuzz_below(r, 3),
			.nid = -1,
			.owner = mm_owner(mm, i % 2 ? "a" : "b", &full),
		};
		pfn_t pfn;

		if (mm_alloc_pages(mm, &want, &pfn) == 0 && fuzz_below(r, 2))
			mm_free_pages(mm, pfn, want.order, 0, NULL);
	}
	return mm;
}

/* As state.c reckons it; a change there must be made here as well. */
static uint64_t hash_bytes(uint64_t h, const uint8_t *p, size_t size)
{
	uint64_t word;

	for (; size >= 8; p += 8, size -= 8) {
		memcpy(&word, p, 8);
		h = (h ^ word) * UINT64_C(0xbf58476d1ce4e5b9);
		h ^= h >> 31;
	}
	for (; size; p++, size--) {
		h = (h ^ *p) * UINT64_C(0x94d049bb133111eb);
		h ^= h >> 29;
	}
	return h;
}

static uint64_t fingerprint(const struct mm *mm, const uint8_t *data,
			    size_t size)
{
	const size_t front = (size_t)((const uint8_t *)mm->page - mm->block);
	const size_t pb = (size_t)((const uint8_t *)mm->pb - mm->block);
	const size_t chunk = sizeof(struct page) << mm->pb_order;
	const uint8_t *frames = data + HEADER + front;
	uint64_t h =
		hash_bytes(UINT64_C(0x9e3779b97f4a7c15), data + HEADER, front);

	for (uint32_t i = 0; i < mm->st->nr_pageblocks; i++) {
		struct pageblock block;

		memcpy(&block, data + HEADER + pb + i * sizeof block,
		       sizeof block);
		if (!(block.bits & PAGEBLOCK_TOUCHED) ||
		    frames + chunk > data + size)
			continue;
		h = hash_bytes(h ^ i, frames, chunk);
		frames += chunk;
	}
	h ^= h >> 32;
	h *= UINT64_C(0xd6e8feb86659fd93);
	return h ^ h >> 32;
}

/* Change bytes in place, so that what follows keeps its meaning. */
static void damage(struct fuzz_random *r, uint8_t *data, size_t size)
{
	for (uint32_t n = 1 + fuzz_below(r, 3); n; n--) {
		size_t at = HEADER + fuzz_below(r, (uint32_t)(size - HEADER));
		uint32_t word =
			fuzz_below(r, 2) ? UINT32_MAX : fuzz_below(r, 600);

		if (fuzz_below(r, 2))
			data[at] ^= (uint8_t)(1u << fuzz_below(r, 8));
		else if (at + sizeof word <= size)
			memcpy(data + at / 4 * 4, &word, sizeof word);
	}
}

size_t fuzz_make(struct fuzz_random *r, uint8_t *data, size_t cap)
{
	struct mm *mm = example(r);
	unsigned char *bytes;
	uint64_t hash;
	size_t size;

	if (mm_save(mm, &bytes, &size) || size > cap)
		fuzz_fail("mm_save", "the example world");
	memcpy(data, bytes, size);
	free(bytes);
	hash = fingerprint(mm, data, size);
	if (memcmp(data + HEADER - 8, &hash, 8))
		fuzz_fail("fingerprint", "not reckoned as state.c does");

	switch (fuzz_below(r, 8)) {
	case 0: /* as it is: this one must load */
		break;
	case 1:
		size = fuzz_mutate(r, data, size, cap);
		break;
	default:
		damage(r, data, size);
		hash = fingerprint(mm, data, size);
		memcpy(data + HEADER - 8, &hash, 8);
	}
	mm_destroy(mm);
	return size;
}

static void check(const struct mm *mm)
{
	struct mm_broken broken;

	if (mm_check(mm, &broken))
		fuzz_fail(broken.invariant, broken.where);
}

static void use(struct mm *mm)
{
	pfn_t got[64];
	int n = 0;

	for (unsigned int i = 0; i < 64; i++) {
		const struct mm_request want = {
			.gfp = i % 3 ? GFP_KERNEL : GFP_HIGHUSER_MOVABLE,
			.order = (uint16_t)(i % 2),
			.nid = -1,
		};

		if (mm_alloc_pages(mm, &want, &got[n]) == 0 && !want.order)
			n++;
	}
	check(mm);
	while (n)
		mm_free_pages(mm, got[--n], 0, 0, NULL);
	mm_drain_all(mm);
	check(mm);
}

static void save_again(const struct mm *mm)
{
	unsigned char *bytes;
	struct mm_error err;
	struct mm *copy;
	size_t size;

	if (mm_save(mm, &bytes, &size))
		fuzz_fail("mm_save", "a loaded world");
	copy = mm_load(bytes, size, &err);
	if (!copy)
		fuzz_fail("does not load again", err.text);
	if (mm_compare(mm, copy))
		fuzz_fail("mm_compare", "loads as another world");
	mm_destroy(copy);
	free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mm_error err = {""};
	struct mm *mm = mm_load(data, size, &err);

	if (!mm) {
		if (!err.text[0] || strchr(err.text, '\n'))
			fuzz_fail("not one line of reason", err.text);
		return 0;
	}
	check(mm);
	if (mm_end_pfn(mm) <= HUGE_WORLD) {
		save_again(mm);
		use(mm);
	}
	mm_destroy(mm);
	return 0;
}
