/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * args_get.c - arguments asked for by name, or by place
 */
#include <string.h>

#include "cmd/arg.h"

static const struct arg *find(const struct args *args, const char *name)
{
	for (size_t i = 0; i < args->n; i++)
		if (!args->arg[i].key && strcmp(args->arg[i].name, name) == 0)
			return &args->arg[i];
	return NULL;
}

bool args_has(const struct args *args, const char *name)
{
	return find(args, name) != NULL;
}

const char *args_word(const struct args *args, const char *name,
		      const char *fallback)
{
	const struct arg *arg = find(args, name);

	return arg ? arg->word : fallback;
}

uint64_t args_number(const struct args *args, const char *name,
		     uint64_t fallback)
{
	const struct arg *arg = find(args, name);

	return arg ? arg->value : fallback;
}

int64_t args_value(const struct args *args, const char *name, int64_t fallback)
{
	return (int64_t)args_number(args, name, (uint64_t)fallback);
}

unsigned int args_order(const struct args *args, const char *name,
			unsigned int fallback)
{
	return (unsigned int)args_number(args, name, fallback);
}

pfn_t args_pfn(const struct args *args, const char *name, pfn_t fallback)
{
	return (pfn_t)args_number(args, name, fallback);
}

bool args_range(const struct args *args, const char *name, pfn_t *start,
		pfn_t *end)
{
	const uint64_t v = args_number(args, name, 0);

	*start = (pfn_t)(v >> 32);
	*end = (pfn_t)v + 1;
	return args_has(args, name);
}

gfp_t args_gfp(const struct args *args, const char *name, gfp_t fallback)
{
	return (gfp_t)args_number(args, name, fallback);
}

zone_t args_zone(const struct args *args, const char *name, zone_t fallback)
{
	return (zone_t)args_number(args, name, fallback);
}

int args_type(const struct args *args, const char *name, int fallback)
{
	return (int)args_value(args, name, fallback);
}

unsigned int args_cpu(const struct args *args, const char *name,
		      unsigned int fallback)
{
	return (unsigned int)args_number(args, name, fallback);
}

int args_node(const struct args *args, const char *name, int fallback)
{
	return (int)args_value(args, name, fallback);
}

unsigned int args_task(const struct args *args, const char *name,
		       unsigned int fallback)
{
	return (unsigned int)args_number(args, name, fallback);
}

bool args_on(const struct args *args, const char *name, bool fallback)
{
	const char *word = args_word(args, name, NULL);

	return word ? strcmp(word, "on") == 0 : fallback;
}

const char *args_line(const struct args *args)
{
	return args->line;
}

const char *args_place(const struct args *args, unsigned int i)
{
	for (size_t k = 0; k < args->n; k++)
		if (args->arg[k].by_place && i-- == 0)
			return args->arg[k].word;
	return NULL;
}

bool args_pair(const struct args *args, unsigned int i, const char **key,
	       const char **value)
{
	for (size_t k = 0; k < args->n; k++)
		if (args->arg[k].key && i-- == 0) {
			*key = args->arg[k].key;
			*value = args->arg[k].word;
			return true;
		}
	return false;
}
