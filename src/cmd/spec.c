/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * spec.c - reading a row's `.args`
 */
#include "cmd/spec.h"

#include <string.h>

/* Reads one argument at *@at, moves past it. */
static bool read_item(const char **at, struct spec_item *item)
{
	const char *s = *at;
	size_t len, eq;

	*item = (struct spec_item){.optional = *s == '['};
	s += item->optional;
	len = strcspn(s, " ].");
	eq = strcspn(s, "=");
	if (len == 0)
		return false;
	if (eq < len) {
		item->pairs = strncmp(s, "KEY=VALUE", len) == 0;
		item->key = s;
		item->key_len = eq;
		item->alt = s + eq + 1;
		item->alt_len = len - eq - 1;
	} else {
		item->alt = s;
		item->alt_len = len;
	}
	s += len;
	if (item->optional && *s++ != ']')
		return false;
	if (strncmp(s, "...", 3) == 0) {
		item->many = true;
		s += 3;
	}
	*at = s;
	return item->alt_len && (*s == ' ' || *s == '\0');
}

bool spec_read(const char *args, struct spec *spec)
{
	spec->n = 0;
	if (!args)
		return true;
	while (*args) {
		if (*args == ' ') {
			args++;
			continue;
		}
		if (spec->n == SPEC_MAX ||
		    !read_item(&args, &spec->item[spec->n++]))
			return false;
	}
	return true;
}

bool spec_alternative(const struct spec_item *item, unsigned int i,
		      char buf[SPEC_NAME])
{
	const char *s = item->alt, *end = s + item->alt_len;

	for (; s < end; i--) {
		const char *bar = memchr(s, '|', (size_t)(end - s));
		size_t len = (size_t)((bar ? bar : end) - s);

		if (i == 0) {
			if (len >= SPEC_NAME)
				len = SPEC_NAME - 1;
			memcpy(buf, s, len);
			buf[len] = '\0';
			return true;
		}
		s = bar ? bar + 1 : end;
	}
	return false;
}

bool spec_is_type(const char *alternative)
{
	return alternative[0] >= 'A' && alternative[0] <= 'Z';
}

const struct spec_item *spec_key(const struct spec *spec, const char *key,
				 size_t len)
{
	for (unsigned int i = 0; i < spec->n; i++) {
		const struct spec_item *item = &spec->item[i];

		if (!item->pairs && item->key_len == len && len &&
		    strncmp(item->key, key, len) == 0)
			return item;
	}
	return NULL;
}

const struct spec_item *spec_place(const struct spec *spec, unsigned int i)
{
	for (unsigned int k = 0; k < spec->n; k++) {
		if (spec->item[k].key_len)
			continue;
		if (i-- == 0 || spec->item[k].many)
			return &spec->item[k];
	}
	return NULL;
}

size_t spec_key_len(const char *word)
{
	size_t len = 0;

	while ((word[len] >= 'a' && word[len] <= 'z') ||
	       (len && ((word[len] >= '0' && word[len] <= '9') ||
			word[len] == '_' || word[len] == '-')))
		len++;
	/* `a==b` is a comparison, not an argument */
	return word[len] == '=' && word[len + 1] != '=' ? len : 0;
}
