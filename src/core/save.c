/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * save.c - a world to and from bytes
 *
 * The bytes are a header, everything in front of the frames, and the frames
 * of the pageblocks that somebody wrote.  A reader believes nothing: the
 * configuration is checked before anything is laid out by it, what follows
 * from it is compared with what a new world would hold, and the rest passes
 * mm_check().
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/frame.h"
#include "core/hotplug.h"

#define SAVE_VERSION 7
#define SAVE_ORDER 0x01020304u /* byte order of the writer */

struct header {
	char magic[16];
	uint32_t version, byte_order;
	uint64_t front; /* bytes in front of the frames */
	uint64_t hash;
};

static const char magic[16] = "buddyscope-world";

static size_t front_bytes(const struct mm *mm)
{
	return (size_t)((const unsigned char *)mm->page - mm->block);
}

static size_t chunk_bytes(const struct mm *mm)
{
	return sizeof(struct page) << mm->pb_order;
}

static uint32_t nr_touched(const struct mm *mm)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < mm->st->nr_pageblocks; i++)
		n += (mm->pb[i].bits & PAGEBLOCK_TOUCHED) != 0;
	return n;
}

int mm_save(const struct mm *mm, unsigned char **bytes, size_t *size)
{
	struct header h = {.version = SAVE_VERSION,
			   .byte_order = SAVE_ORDER,
			   .front = front_bytes(mm),
			   .hash = mm_hash(mm)};
	const size_t chunk = chunk_bytes(mm);
	unsigned char *p;

	*size = sizeof h + front_bytes(mm) + nr_touched(mm) * chunk;
	*bytes = p = malloc(*size);
	if (!p)
		return -ENOMEM;
	memcpy(h.magic, magic, sizeof magic);
	memcpy(p, &h, sizeof h);
	memcpy(p + sizeof h, mm->block, front_bytes(mm));
	p += sizeof h + front_bytes(mm);
	for (uint32_t i = 0; i < mm->st->nr_pageblocks; i++) {
		if ((i & 1023) == 0 && break_off(mm)) {
			free(*bytes);
			*bytes = NULL;
			return -EINTR;
		}
		if (!(mm->pb[i].bits & PAGEBLOCK_TOUCHED))
			continue;
		memcpy(p, mm->page + ((size_t)i << mm->pb_order), chunk);
		p += chunk;
	}
	return 0;
}

/* What follows from the configuration must be what a new world has. */
static bool derived_fits(const struct mm *mm, const struct mm *fresh)
{
	const struct state *a = mm->st, *b = fresh->st;

	if (a->nr_frames != b->nr_frames || a->end_pfn != b->end_pfn ||
	    a->nr_pageblocks != b->nr_pageblocks ||
	    a->nr_owners > MM_MAX_OWNERS || !hotplug_fits(mm, fresh))
		return false;
	for (uint32_t i = 1; i <= a->nr_owners; i++)
		if (!memchr(mm->owner[i].name, '\0', MM_OWNER_NAME))
			return false;
	return true;
}

static bool nodes_fit(const struct mm *mm)
{
	for (uint32_t n = 0; n < mm->st->cfg.nr_nodes; n++) {
		const struct node *node = &mm->st->node[n];

		if (node->kswapd_highest > KSWAPD_NONE ||
		    node->kswapd_order >= MM_MAX_ORDERS)
			return false;
		for (int w = 0; w < 2; w++) {
			if (node->nr_zonelist[w] > MAX_ZONELIST)
				return false;
			for (uint32_t i = 0; i < node->nr_zonelist[w]; i++)
				if (!mm_zone_populated(mm,
						       node->zonelist[w][i]))
					return false;
		}
	}
	return true;
}

/* The frames behind the front; false if there are too few or too many. */
static bool read_frames(struct mm *mm, const unsigned char *p, size_t left)
{
	const size_t chunk = chunk_bytes(mm);

	if (left / chunk != nr_touched(mm) || left % chunk)
		return false;
	for (uint32_t i = 0; i < mm->st->nr_pageblocks; i++) {
		const struct page *to = mm->page + ((size_t)i << mm->pb_order);

		if ((i & 1023) == 0 && break_off(mm))
			return false;
		if (!(mm->pb[i].bits & PAGEBLOCK_TOUCHED))
			continue;
		memcpy((void *)(uintptr_t)to, p, chunk);
		p += chunk;
	}
	return true;
}

/* A bare world of the file's configuration, if the file can hold one. */
static struct mm *bare_world(const unsigned char *bytes, size_t size,
			     struct mm_error *err)
{
	struct mm_config cfg;
	struct mm *mm;

	if (size < sizeof(struct header) + sizeof(struct state)) {
		mm_fail(err, -EINVAL, "the file is too short for a world");
		return NULL;
	}
	memcpy(&cfg, bytes + sizeof(struct header), sizeof cfg);
	/* pageblocks are in the file: it cannot promise more than it holds */
	if (cfg.pageblock_order < MM_MAX_ORDERS && cfg.nr_zones &&
	    cfg.nr_zones <= MAX_ZONELIST) {
		pfn_t end = 0;

		for (uint32_t i = 0; i < cfg.nr_zones; i++)
			if (cfg.zone[i].end > end)
				end = cfg.zone[i].end;
		if ((uint64_t)(end >> cfg.pageblock_order) *
			    sizeof(struct pageblock) >
		    size) {
			mm_fail(err, -EINVAL,
				"the file is too short for its %u frames", end);
			return NULL;
		}
	}
	mm = mm_create_bare(&cfg, err);
	if (mm && size - sizeof(struct header) < front_bytes(mm)) {
		mm_fail(err, -EINVAL, "the file is too short for its world");
		mm_destroy(mm);
		return NULL;
	}
	return mm;
}

static int header_error(const struct header *h, struct mm_error *err)
{
	if (memcmp(h->magic, magic, sizeof magic) != 0)
		return mm_fail(err, -EINVAL, "not a saved world");
	if (h->byte_order != SAVE_ORDER)
		return mm_fail(err, -EINVAL,
			       "saved on a machine of another byte order");
	if (h->version != SAVE_VERSION)
		return mm_fail(
			err, -EINVAL,
			"saved as version %u, expected %d: save it again "
			"with this program",
			h->version, SAVE_VERSION);
	return 0;
}

static int fill(struct mm *mm, const struct mm *fresh, const struct header *h,
		const unsigned char *bytes, size_t size, struct mm_error *err)
{
	const size_t front = front_bytes(mm);
	struct mm_broken broken;

	memcpy(mm->block, bytes + sizeof *h, front);
	if (!derived_fits(mm, fresh) || !nodes_fit(mm) || h->front != front ||
	    !read_frames(mm, bytes + sizeof *h + front,
			 size - sizeof *h - front))
		return mm_fail(err, -EINVAL,
			       "the file's parts do not fit together");
	if (mm_hash(mm) != h->hash)
		return mm_fail(err, -EINVAL,
			       "the file is damaged: its fingerprint differs");
	if (mm_check(mm, &broken))
		return mm_fail(err, -EINVAL, "not a sound world: %s: %.120s",
			       broken.invariant, broken.where);
	return 0;
}

struct mm *mm_load(const unsigned char *bytes, size_t size,
		   struct mm_error *err)
{
	return mm_load_unless(bytes, size, NULL, NULL, err);
}

struct mm *mm_load_unless(const unsigned char *bytes, size_t size,
			  bool (*stop)(void *arg), void *arg,
			  struct mm_error *err)
{
	struct header h;
	struct mm *mm, *fresh;

	if (size < sizeof h) {
		mm_fail(err, -EINVAL, "the file is too short for a world");
		return NULL;
	}
	memcpy(&h, bytes, sizeof h);
	if (header_error(&h, err))
		return NULL;
	mm = bare_world(bytes, size, err);
	if (mm)
		mm_stop_when(mm, stop, arg);
	fresh = mm ? mm_create_bare(&mm->st->cfg, err) : NULL;
	if (!fresh || fill(mm, fresh, &h, bytes, size, err)) {
		mm_destroy(mm);
		mm = NULL;
	}
	if (mm)
		mm_stop_when(mm, NULL, NULL);
	mm_destroy(fresh);
	return mm;
}
