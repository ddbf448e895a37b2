/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * answer.c - what is answered to a question, and what is right
 */
#include "lesson/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A whole number, decimal or 0x, or `yes`/`no` in a choice's own words. */
bool answer_read(const struct question *q, const char *word, int64_t *value)
{
	char *end;
	size_t size;

	word += strspn(word, " \t");
	size = strlen(word);
	while (size && strchr(" \t", word[size - 1]))
		size--;
	if (!size || size > 200)
		return false;
	for (size_t i = 0; i < q->nr_choices; i++)
		if (strlen(q->choice[i].text) == size &&
		    strncasecmp(q->choice[i].text, word, size) == 0) {
			*value = q->choice[i].value;
			return true;
		}
	if (size > 20)
		return false;
	*value = strtoll(word, &end, 0);
	if (end == word || end != word + size)
		return false;
	for (size_t i = 0; i < q->nr_choices; i++)
		if (q->choice[i].value == *value)
			return true;
	return q->nr_choices == 0;
}

bool answer_right(const struct lab *lab, const struct question *q,
		  uint64_t since, int64_t *right, struct expr_why *why)
{
	if (!expr_value(q->expr, lab_mm(lab), since, right, why))
		return false;
	if (q->kind == ANSWER_CHOICE) {
		for (size_t i = 0; i < q->nr_choices; i++)
			if (q->choice[i].value == *right)
				return true;
		snprintf(why->text, sizeof why->text,
			 "it comes to %lld, which is none of the choices",
			 (long long)*right);
		return false;
	}
	if (q->kind == ANSWER_NUMBER ||
	    (*right >= 0 && *right < (int64_t)mm_end_pfn(lab_mm(lab))))
		return true;
	snprintf(why->text, sizeof why->text,
		 "it comes to %lld, which is no frame", (long long)*right);
	return false;
}

bool answer_fits(const struct lab *lab, const struct question *q,
		 int64_t answer, int64_t right)
{
	struct mm_frame a, b;

	if (q->kind != ANSWER_BLOCK || answer < 0 ||
	    answer >= (int64_t)mm_end_pfn(lab_mm(lab)))
		return answer == right;
	mm_frame(lab_mm(lab), (pfn_t)answer, &a);
	mm_frame(lab_mm(lab), (pfn_t)right, &b);
	return answer == right || a.head == b.head;
}

void answer_print(const struct question *q, int64_t value, char *buf,
		  size_t size)
{
	for (size_t i = 0; i < q->nr_choices; i++)
		if (q->choice[i].value == value) {
			snprintf(buf, size, "%lld, %s", (long long)value,
				 q->choice[i].text);
			return;
		}
	snprintf(buf, size, "%s%lld",
		 q->kind == ANSWER_FRAME || q->kind == ANSWER_BLOCK ? "frame "
								    : "",
		 (long long)value);
}

const char *answer_expected(const struct question *q)
{
	switch (q->kind) {
	case ANSWER_CHOICE:
		return "expected one of the choices";
	case ANSWER_NUMBER:
		return "expected a number";
	default:
		return "expected the number of a frame; or point at it on "
		       "the map and press Enter";
	}
}
