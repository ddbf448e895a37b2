/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * config_parse.c - numbers, ranges and layouts; see config_parse.h
 */
#include "core/config_parse.h"

#include <errno.h>
#include <string.h>

#include "core/frame.h"
#include "core/layout.h"

/* ---- numbers ---- */

/* Decimal or 0x, the whole of [s, end); frames may be given as 64M or 1G. */
bool parse_number(const char *s, const char *end, uint64_t *value)
{
	const unsigned int base =
		end - s > 2 && s[0] == '0' && s[1] == 'x' ? 16 : 10;
	uint64_t v = 0;

	if (base == 16)
		s += 2;
	if (s == end)
		return false;
	for (; s < end; s++) {
		const char c = *s;
		unsigned int digit =
			c >= '0' && c <= '9'   ? (unsigned int)(c - '0')
			: c >= 'a' && c <= 'f' ? (unsigned int)(c - 'a' + 10)
			: c >= 'A' && c <= 'F' ? (unsigned int)(c - 'A' + 10)
					       : 16;

		if (digit >= base || v > (UINT64_MAX - digit) / base)
			return false;
		v = v * base + digit;
	}
	*value = v;
	return true;
}

static bool parse_frames(const struct mm_config *cfg, const char *s,
			 const char *end, pfn_t *value)
{
	static const char units[] = "KMGT";
	const char *unit = end > s ? strchr(units, end[-1]) : NULL;
	uint64_t v;

	if (end > s && end[-1] == '\0')
		unit = NULL;
	if (!parse_number(s, unit ? end - 1 : end, &v))
		return false;
	if (unit) {
		const unsigned int shift =
			10 * (unsigned int)(unit - units + 1);

		if (v > (UINT64_MAX >> shift))
			return false;
		v = v << shift >> cfg->page_shift;
	}
	if (v > MM_MAX_FRAMES)
		return false;
	*value = (pfn_t)v;
	return true;
}

/* ---- lists: comma-separated items of START-END, or more in front ---- */

const char *item_end(const char *s)
{
	return s + strcspn(s, ",");
}

static bool parse_range(const struct mm_config *cfg, const char *s,
			const char *end, struct mm_range *r)
{
	const char *dash = memchr(s, '-', (size_t)(end - s));

	return dash && parse_frames(cfg, s, dash, &r->start) &&
	       parse_frames(cfg, dash + 1, end, &r->end) && r->start < r->end;
}

static int set_ranges(const struct mm_config *cfg, const char *value,
		      struct mm_range *list, uint32_t most, uint32_t *n,
		      struct mm_error *err)
{
	struct mm_range found[MM_MAX_RANGES];
	uint32_t nr = 0;

	for (const char *s = value; *s;
	     s = item_end(s) + (*item_end(s) == ',')) {
		if (nr == most)
			return mm_fail(err, -EINVAL, "at most %u ranges", most);
		if (!parse_range(cfg, s, item_end(s), &found[nr]))
			return mm_fail(err, -EINVAL,
				       "\"%.*s\": expected START-END in frames",
				       (int)(item_end(s) - s), s);
		if (nr && found[nr].start < found[nr - 1].end)
			return mm_fail(err, -EINVAL,
				       "\"%.*s\": ranges must ascend and not "
				       "overlap",
				       (int)(item_end(s) - s), s);
		nr++;
	}
	memset(list, 0, most * sizeof *list);
	memcpy(list, found, nr * sizeof *list);
	*n = nr;
	return 0;
}

/* Slot of a zone by its name; those that the layout leaves empty have none. */
static int zone_type_by_name(uint32_t layout, const char *s, size_t len)
{
	for (int z = 0; z < MAX_NR_ZONES; z++) {
		const char *name = mm_layout_zone_name(
			(enum mm_zone_layout)layout, (enum zone_type)z);

		if (strlen(name) == len && strncmp(name, s, len) == 0 &&
		    *name != '?')
			return z;
	}
	return -1;
}

/* NID:NAME:START-END */
static bool parse_zone(const struct mm_config *cfg, const char *s,
		       const char *end, struct mm_zone_config *zc)
{
	const char *c1 = memchr(s, ':', (size_t)(end - s)), *c2;
	struct mm_range r;
	uint64_t nid;
	int zidx;

	if (!c1 || !parse_number(s, c1, &nid) || nid >= MM_MAX_NODES)
		return false;
	c2 = memchr(c1 + 1, ':', (size_t)(end - c1 - 1));
	if (!c2 || !parse_range(cfg, c2 + 1, end, &r))
		return false;
	zidx = zone_type_by_name(cfg->zone_layout, c1 + 1,
				 (size_t)(c2 - c1 - 1));
	if (zidx < 0)
		return false;
	*zc = (struct mm_zone_config){.nid = (uint16_t)nid,
				      .zidx = (uint16_t)zidx,
				      .start = r.start,
				      .end = r.end};
	return true;
}

/* A new layout: what was laid out in the old one goes. */
static void clear_layout(struct mm_config *cfg)
{
	memset(cfg->zone, 0, sizeof cfg->zone);
	memset(cfg->memory, 0, sizeof cfg->memory);
	memset(cfg->reserved, 0, sizeof cfg->reserved);
	memset(cfg->cma, 0, sizeof cfg->cma);
	cfg->nr_zones = cfg->nr_memory = cfg->nr_reserved = cfg->nr_cma = 0;
	cfg->nr_nodes = 1;
}

int set_zones(struct mm_config *cfg, const char *value, struct mm_error *err)
{
	struct mm_config c = *cfg;

	clear_layout(&c);
	for (const char *s = value; *s;
	     s = item_end(s) + (*item_end(s) == ',')) {
		struct mm_zone_config *zc = &c.zone[c.nr_zones];

		if (c.nr_zones == MAX_ZONELIST ||
		    !parse_zone(&c, s, item_end(s), zc))
			return mm_fail(
				err, -EINVAL,
				"\"%.*s\": expected NODE:ZONE:START-END, "
				"as in 0:Normal:0-1024",
				(int)(item_end(s) - s), s);
		if (zc->nid >= c.nr_nodes)
			c.nr_nodes = zc->nid + 1u;
		c.nr_zones++;
	}
	*cfg = c;
	return 0;
}

int set_zone(struct mm_config *cfg, const char *value, struct mm_error *err)
{
	const int zidx =
		zone_type_by_name(cfg->zone_layout, value, strlen(value));
	const pfn_t end =
		cfg->nr_zones ? cfg->zone[cfg->nr_zones - 1].end : 256;

	if (zidx < 0 || zidx == ZONE_DEVICE)
		return mm_fail(err, -EINVAL,
			       "\"%.40s\": expected DMA, %s or Movable", value,
			       cfg->zone_layout == LAYOUT_HIGHMEM
				       ? "Normal, HighMem"
				       : "DMA32, Normal");
	clear_layout(cfg);
	cfg->nr_zones = 1;
	cfg->zone[0].zidx = (uint16_t)zidx;
	cfg->zone[0].end = end;
	return 0;
}

static uint16_t normal_slot(const struct mm_config *cfg)
{
	return cfg->zone_layout == LAYOUT_HIGHMEM ? ZONE_NORMAL_32
						  : ZONE_NORMAL;
}

/* The size of a world of one zone: the layout goes, the zone's type stays. */
int set_pages(struct mm_config *cfg, const char *value, struct mm_error *err)
{
	const uint16_t zidx =
		cfg->nr_zones == 1 ? cfg->zone[0].zidx : normal_slot(cfg);
	pfn_t pages;

	if (!parse_frames(cfg, value, value + strlen(value), &pages) ||
	    pages == 0)
		return mm_fail(err, -EINVAL,
			       "\"%.40s\": expected 1 to %u frames, or a size "
			       "such as 64M",
			       value, MM_MAX_FRAMES);
	clear_layout(cfg);
	cfg->nr_zones = 1;
	cfg->zone[0].zidx = zidx;
	cfg->zone[0].end = pages;
	return 0;
}

int set_memory(struct mm_config *cfg, const char *value, struct mm_error *err)
{
	return set_ranges(cfg, value, cfg->memory, MM_MAX_RANGES,
			  &cfg->nr_memory, err);
}

int set_reserved(struct mm_config *cfg, const char *value, struct mm_error *err)
{
	return set_ranges(cfg, value, cfg->reserved, MM_MAX_RANGES,
			  &cfg->nr_reserved, err);
}

int set_cma(struct mm_config *cfg, const char *value, struct mm_error *err)
{
	return set_ranges(cfg, value, cfg->cma, MM_MAX_CMA, &cfg->nr_cma, err);
}

/* A:B:D, which holds both ways; a node is always at 10 from itself. */
static bool parse_distance(const char *s, const char *end, uint64_t v[3])
{
	for (int i = 0; i < 3; i++) {
		const char *colon = memchr(s, ':', (size_t)(end - s));
		const char *stop = i < 2 ? colon : end;

		if (!stop || !parse_number(s, stop, &v[i]))
			return false;
		s = stop + 1;
	}
	return v[0] < MM_MAX_NODES && v[1] < MM_MAX_NODES && v[0] != v[1] &&
	       v[2] >= 10 && v[2] <= 255;
}

int set_distance(struct mm_config *cfg, const char *value, struct mm_error *err)
{
	struct mm_config c = *cfg;

	for (const char *s = value; *s;
	     s = item_end(s) + (*item_end(s) == ',')) {
		uint64_t v[3];

		if (!parse_distance(s, item_end(s), v))
			return mm_fail(err, -EINVAL,
				       "\"%.*s\": expected NODE:NODE:DISTANCE, "
				       "two nodes and 10 to 255",
				       (int)(item_end(s) - s), s);
		c.distance[v[0]][v[1]] = (uint32_t)v[2];
		c.distance[v[1]][v[0]] = (uint32_t)v[2];
	}
	*cfg = c;
	return 0;
}

/* A tier or a node for each of the @most first ones. */
static int set_list(uint32_t *list, unsigned int most, uint64_t below,
		    const char *value, const char *what, struct mm_error *err)
{
	uint32_t found[MM_MAX_CPUS];
	unsigned int n = 0;

	for (const char *s = value; *s;
	     s = item_end(s) + (*item_end(s) == ',')) {
		uint64_t v;

		if (n == most || !parse_number(s, item_end(s), &v) ||
		    v >= below)
			return mm_fail(err, -EINVAL, "\"%.*s\": expected %s",
				       (int)(item_end(s) - s), s, what);
		found[n++] = (uint32_t)v;
	}
	memcpy(list, found, n * sizeof *list);
	return 0;
}

int set_tier(struct mm_config *cfg, const char *value, struct mm_error *err)
{
	return set_list(cfg->tier, MM_MAX_NODES, MM_MAX_NODES, value,
			"one tier for each node, 0 to 7, as in 0,0,1", err);
}

/* The zones laid out so far keep their names; then their numbers change. */
int set_zone_layout(struct mm_config *cfg, const char *value,
		    struct mm_error *err)
{
	struct mm_config c = *cfg;
	int layout = 0;

	while (layout < NR_LAYOUTS &&
	       strcmp(mm_layout_name((enum mm_zone_layout)layout), value) != 0)
		layout++;
	if (layout == NR_LAYOUTS)
		return mm_fail(err, -EINVAL,
			       "\"%.40s\": expected 64bit or highmem", value);
	for (uint32_t i = 0; i < c.nr_zones; i++) {
		const char *name =
			mm_layout_zone_name((enum mm_zone_layout)c.zone_layout,
					    (enum zone_type)c.zone[i].zidx);
		const int z =
			zone_type_by_name((uint32_t)layout, name, strlen(name));

		if (z < 0)
			return mm_fail(err, -EINVAL,
				       "%s has no zone %s; first choose "
				       "zone=Normal",
				       value, name);
		c.zone[i].zidx = (uint16_t)z;
	}
	if (c.zone_layout != (uint32_t)layout)
		layout_ratio((enum mm_zone_layout)layout,
			     c.lowmem_reserve_ratio);
	c.zone_layout = (uint32_t)layout;
	*cfg = c;
	return 0;
}

int set_cpu_node(struct mm_config *cfg, const char *value, struct mm_error *err)
{
	uint32_t nid[MM_MAX_CPUS];
	int e;

	for (int cpu = 0; cpu < MM_MAX_CPUS; cpu++)
		nid[cpu] = cfg->cpu_node[cpu];
	e = set_list(nid, MM_MAX_CPUS, MM_MAX_NODES, value,
		     "one node for each CPU, as in 0,0,1,1", err);
	for (int cpu = 0; cpu < MM_MAX_CPUS; cpu++)
		cfg->cpu_node[cpu] = (uint8_t)nid[cpu];
	return e;
}
