/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * setting_text.c - settings that are more than one number
 *
 * Models:   lowmem_reserve_ratio_sysctl_handler, numa_zonelist_order_handler,
 *           mm/page_alloc.c; W5, W17, W44
 * Left out: more numbers than there are zones, which the kernel leaves to a
 *           second write and so drops; here they are refused
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/frame.h"
#include "core/layout.h"
#include "core/watermark.h"

#define RATIOS "vm.lowmem_reserve_ratio"
#define ORDER "vm.numa_zonelist_order"

/* A 32-bit machine has no zone Device. */
static int nr_ratios(const struct mm *mm)
{
	return has_highmem(mm) ? MAX_NR_ZONES - 1 : MAX_NR_ZONES;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static const char *skip_blanks(const char *s)
{
	while (is_blank(*s))
		s++;
	return s;
}

/* All of them are read before one is changed; those not given stay. */
static int read_ratios(const struct mm *mm, const char *text,
		       uint32_t ratio[MAX_NR_ZONES], struct mm_error *err)
{
	const int most = nr_ratios(mm);
	int n = 0;

	for (const char *s = skip_blanks(text); *s; s = skip_blanks(s)) {
		char *end;
		long v;

		if (n == most)
			return mm_fail(err, -EINVAL,
				       RATIOS ": expected up to %d numbers, "
					      "one for each zone",
				       most);
		errno = 0;
		v = strtol(s, &end, 10);
		if (end == s || (*end && !is_blank(*end)) || errno || v < 0 ||
		    v > INT32_MAX)
			return mm_fail(err, -EINVAL,
				       RATIOS " \"%.20s\": expected 0 to %d", s,
				       INT32_MAX);
		ratio[n++] = (uint32_t)v;
		s = end;
	}
	if (n == 0)
		return mm_fail(err, -EINVAL,
			       RATIOS ": expected numbers, as in 256 256 32");
	return 0;
}

static int check_ratios(const struct mm *mm, const char *text,
			struct mm_error *err)
{
	uint32_t ratio[MAX_NR_ZONES];

	return read_ratios(mm, text, ratio, err);
}

static void set_ratios(struct mm *mm, const char *text)
{
	uint32_t ratio[MAX_NR_ZONES];

	memcpy(ratio, mm->st->cfg.lowmem_reserve_ratio, sizeof ratio);
	read_ratios(mm, text, ratio, NULL);
	store_bytes(mm, mm->st->cfg.lowmem_reserve_ratio, ratio, sizeof ratio);
	memo_forget(mm);
	setup_per_zone_lowmem_reserve(mm);
	TRACE(mm, lowmem_reserve_ratio, ARG(ratio[0]), ARG(ratio[1]),
	      ARG(ratio[2]), ARG(ratio[3]), ARG(ratio[4]));
}

static void get_ratios(const struct mm *mm, char *buf, size_t size)
{
	size_t used = 0;

	buf[0] = '\0';
	for (int i = 0; i < nr_ratios(mm) && used < size; i++)
		used += (size_t)snprintf(buf + used, size - used, "%s%u",
					 i ? " " : "",
					 mm->st->cfg.lowmem_reserve_ratio[i]);
}

/* What once meant "default" or "node" is taken, and changes nothing. */
static int check_order(const struct mm *mm, const char *text,
		       struct mm_error *err)
{
	(void)mm;
	if (*text && strchr("dDnN", *text))
		return 0;
	return mm_fail(err, -EINVAL,
		       ORDER " \"%.20s\": expected Node, the only order there "
			     "is",
		       text);
}

static void set_order(struct mm *mm, const char *text)
{
	(void)text;
	TRACE(mm, numa_zonelist_order, 0);
}

static void get_order(const struct mm *mm, char *buf, size_t size)
{
	(void)mm;
	snprintf(buf, size, "Node");
}

static const struct text_setting {
	struct mm_text_setting face;
	int (*check)(const struct mm *mm, const char *text,
		     struct mm_error *err);
	void (*set)(struct mm *mm, const char *text);
	void (*get)(const struct mm *mm, char *buf, size_t size);
} settings[] = {
	{{RATIOS, "of each zone: keep back 1/N of the higher zones' pages; 0: "
		  "none"},
	 check_ratios,
	 set_ratios,
	 get_ratios},
	{{ORDER, "order of the zonelists: Node, there is no other"},
	 check_order,
	 set_order,
	 get_order},
};

#define NR_SETTINGS (sizeof settings / sizeof settings[0])

const struct mm_text_setting *mm_text_setting(unsigned int i)
{
	return i < NR_SETTINGS ? &settings[i].face : NULL;
}

static const struct text_setting *by_name(const char *name)
{
	for (size_t i = 0; i < NR_SETTINGS; i++)
		if (strcmp(settings[i].face.name, name) == 0)
			return &settings[i];
	return NULL;
}

int mm_text_error(const struct mm *mm, const char *name, const char *text,
		  struct mm_error *err)
{
	const struct text_setting *s = by_name(name);

	return s ? s->check(mm, text, err)
		 : mm_fail(err, -ENOENT, "%.60s: no such setting", name);
}

int mm_set_text(struct mm *mm, const char *name, const char *text,
		struct mm_error *err)
{
	const int e = mm_text_error(mm, name, text, err);

	if (e)
		return e;
	op_enter(mm);
	by_name(name)->set(mm, text);
	op_leave(mm);
	return 0;
}

int mm_get_text(const struct mm *mm, const char *name, char *buf, size_t size)
{
	const struct text_setting *s = by_name(name);

	if (!s || size == 0)
		return -ENOENT;
	s->get(mm, buf, size);
	return 0;
}
