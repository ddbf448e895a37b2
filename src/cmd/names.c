/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * names.c - value <-> name, for gfp masks, types, zones and numbers
 *
 * The names are the core's tables (mm_gfp_name(), mm_migratetype_name(),
 * mm_zone_name()): what is printed can be typed, and completed.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cmd/internal.h"

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/** Decimal, or hexadecimal after 0x; nothing else, and not past 64 bits. */
bool number_parse(const char *text, uint64_t *value)
{
	const bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	const uint64_t base = hex ? 16 : 10;
	uint64_t v = 0;

	if (hex)
		text += 2;
	if (!*text)
		return false;
	for (; *text; text++) {
		const uint64_t d = (uint64_t)digit(*text);

		if (d >= base || v > (UINT64_MAX - d) / base)
			return false;
		v = v * base + d;
	}
	*value = v;
	return true;
}

/** The same with a sign, within int64_t. */
bool value_parse(const char *text, int64_t *value)
{
	const bool minus = *text == '-';
	uint64_t v;

	if (!number_parse(text + minus, &v) || v > (uint64_t)INT64_MAX)
		return false;
	*value = minus ? -(int64_t)v : (int64_t)v;
	return true;
}

/* "__GFP_COMP" and "GFP_KERNEL" without what they all begin with. */
static const char *gfp_stem(const char *name)
{
	if (strncasecmp(name, "__GFP_", 6) == 0)
		return name + 6;
	if (strncasecmp(name, "GFP_", 4) == 0)
		return name + 4;
	return name;
}

/* What was probably meant, in the style in which it was typed. */
static void gfp_nearest(struct nearest *n, const char *word)
{
	const bool bare = gfp_stem(word) == word;
	const char *name;

	nearest_start(n, word);
	for (unsigned int i = 0; (name = mm_gfp_name(i, NULL)); i++)
		nearest_try(n, bare ? gfp_stem(name) : name);
}

/* One name between the bars; the full name is looked for first. */
static bool gfp_word(const char *word, gfp_t *gfp)
{
	gfp_t value;
	const char *name;
	uint64_t number;

	if (word[0] >= '0' && word[0] <= '9') {
		if (!number_parse(word, &number) || number > UINT32_MAX)
			return false;
		*gfp = (gfp_t)number;
		return true;
	}
	for (unsigned int i = 0; (name = mm_gfp_name(i, &value)); i++)
		if (strcasecmp(name, word) == 0) {
			*gfp = value;
			return true;
		}
	for (unsigned int i = 0; (name = mm_gfp_name(i, &value)); i++)
		if (strcasecmp(gfp_stem(name), word) == 0) {
			*gfp = value;
			return true;
		}
	return false;
}

/**
 * gfp_parse - a mask from names, or a number
 *
 * "GFP_KERNEL|__GFP_COMP", "kernel+comp", "0xcc0", "none"; what comes after
 * `-` is taken away: "highuser_movable-reclaim".
 */
bool gfp_parse(const char *text, gfp_t *gfp, char *why, size_t size)
{
	char word[48], op = '|';
	gfp_t one;

	*gfp = 0;
	if (strcmp(text, "none") == 0)
		return true;
	for (const char *s = text;; s++) {
		const size_t len = strcspn(s, "|+-");
		struct nearest n;

		snprintf(word, sizeof word, "%.*s", len > 47 ? 47 : (int)len,
			 s);
		if (len > 47 || !gfp_word(word, &one)) {
			gfp_nearest(&n, word);
			if (n.name[0])
				snprintf(why, size,
					 "\"%s\" is no GFP flag; did you mean "
					 "\"%s\"?",
					 word, n.name);
			else
				snprintf(
					why, size,
					"\"%s\" is no GFP flag; expected names "
					"such as GFP_KERNEL with | between, "
					"or a number",
					word);
			return false;
		}
		*gfp = op == '-' ? *gfp & ~one : *gfp | one;
		s += len;
		op = *s;
		if (!op)
			return true;
	}
}

/** A name ("Movable") or letter; the kernel writes E for Reclaimable. */
bool type_parse(const char *text, int *mt)
{
	for (int i = 0; i < MIGRATE_TYPES; i++) {
		const enum migratetype t = (enum migratetype)i;
		const char letter[2] = {mm_migratetype_letter(t), '\0'};

		if (strcasecmp(text, mm_migratetype_name(t)) == 0 ||
		    strcasecmp(text, letter) == 0) {
			*mt = i;
			return true;
		}
	}
	if (strcasecmp(text, "R") == 0) {
		*mt = MIGRATE_RECLAIMABLE;
		return true;
	}
	return false;
}

/**
 * zone_parse - a populated zone: "Normal" or "node1.Normal"
 *
 * Without a node it is the first one that has such a zone.
 */
bool zone_parse(const struct mm *mm, const char *text, zone_t *zid)
{
	for (unsigned int i = 0; i < mm_nr_zones(mm); i++) {
		const zone_t z = mm_zone_at(mm, i);
		struct mm_zone_info zi;
		char full[40];

		mm_zone_info(mm, z, &zi);
		snprintf(full, sizeof full, "node%u.%s", zi.nid, zi.name);
		if (strcasecmp(text, full) == 0 ||
		    strcasecmp(text, zi.name) == 0) {
			*zid = z;
			return true;
		}
	}
	return false;
}

/** "node0.Normal", or "Normal" when the world has one node. */
void zone_text(const struct mm *mm, zone_t zid, char *buf, size_t size)
{
	const char *name = mm_zone_name(mm, zid);

	if (mm_nr_nodes(mm) > 1)
		snprintf(buf, size, "node%u.%s", zid / MAX_NR_ZONES, name);
	else
		snprintf(buf, size, "%s", name);
}

const char *plural(int64_t n)
{
	return n == 1 ? "" : "s";
}
