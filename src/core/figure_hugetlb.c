/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * figure_hugetlb.c - pools of huge pages, as figures: hugetlb.pmd.free
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/figure_place.h"

static const char *const words[] = {"order",   "nr",  "free",	   "resv",
				    "surplus", "max", "overcommit"};
#define NR_WORDS (sizeof words / sizeof words[0])

static int64_t value_of(const struct mm_hugetlb_info *hi, size_t i)
{
	const int64_t values[NR_WORDS] = {hi->order,	 hi->nr,      hi->free,
					  hi->resv,	 hi->surplus, hi->max,
					  hi->overcommit};

	return values[i];
}

int hugetlb_figure(const struct mm *mm, const char *name, int64_t *value,
		   const char **unit)
{
	struct mm_hugetlb_info hi;
	char known[60];

	for (int s = 0; s < NR_HUGETLB_SIZES; s++)
		for (size_t i = 0; i < NR_WORDS; i++) {
			const enum mm_hugetlb_size size =
				(enum mm_hugetlb_size)s;

			snprintf(known, sizeof known, "hugetlb.%s.%s",
				 mm_hugetlb_size_name(size), words[i]);
			mm_hugetlb_info(mm, size, &hi);
			if (!hi.order || strcmp(known, name) != 0)
				continue;
			*unit = i ? "huge pages" : "order";
			*value = value_of(&hi, i);
			return 0;
		}
	return -ENOENT;
}

void hugetlb_figure_names(const struct mm *mm,
			  void (*each)(void *, const char *), void *arg)
{
	struct mm_hugetlb_info hi;
	char name[60];

	for (int s = 0; s < NR_HUGETLB_SIZES; s++)
		for (size_t i = 0; i < NR_WORDS; i++) {
			const enum mm_hugetlb_size size =
				(enum mm_hugetlb_size)s;

			mm_hugetlb_info(mm, size, &hi);
			if (!hi.order)
				continue;
			snprintf(name, sizeof name, "hugetlb.%s.%s",
				 mm_hugetlb_size_name(size), words[i]);
			each(arg, name);
		}
}
