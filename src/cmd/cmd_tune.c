/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_tune.c - get and set: figures and settings by their names
 */
#include <string.h>

#include "cmd/internal.h"

/* ---- get ---- */

/* Tries again at the last `*`. */
bool glob_match(const char *pattern, const char *name)
{
	const char *star = NULL, *retry = NULL;

	while (*name) {
		if (*pattern == '*') {
			star = pattern++;
			retry = name;
		} else if (*pattern == '?' || *pattern == *name) {
			pattern++;
			name++;
		} else if (star) {
			pattern = star + 1;
			name = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

struct listing {
	const struct mm *mm;
	const char *pattern;
	struct out *out;
	unsigned int found;
};

static void say_figure(const struct mm *mm, const char *name, struct out *out)
{
	const char *unit = "";
	int64_t value;

	if (mm_figure(mm, name, &value, &unit))
		return;
	out_line(out, "%s %lld%s%s", name, (long long)value,
		 unit && *unit ? " " : "", unit ? unit : "");
}

static void list_figure(void *arg, const char *name)
{
	struct listing *l = arg;

	if (!glob_match(l->pattern, name))
		return;
	l->found++;
	say_figure(l->mm, name, l->out);
}

static enum cmd_status run_get(struct lab *lab, const struct args *args,
			       struct out *out)
{
	struct listing l = {
		.mm = lab_mm(lab),
		.pattern = args_place(args, 0),
		.out = out,
	};

	if (!strpbrk(l.pattern, "*?")) {
		say_figure(l.mm, l.pattern, out);
		return CMD_OK;
	}
	mm_figure_names(l.mm, list_figure, &l);
	if (!l.found)
		return complain(out, "get", "%s: no figure is called like that",
				l.pattern);
	return CMD_OK;
}

const struct cmd cmd_get = {
	.name = "get",
	.args = "FIGURE",
	.brief = "Print a figure or setting: name, value, unit",
	.help = "get node0.Normal.free\n"
		"get node0.*.free       every zone's; * and ? as in a shell\n"
		"get *                  everything there is to read",
	.run = run_get,
};

/* ---- set ---- */

static const struct mm_setting *find_setting(const char *name)
{
	const struct mm_setting *s;

	for (unsigned int i = 0; (s = mm_setting(i)); i++)
		if (strcmp(s->name, name) == 0)
			return s;
	return NULL;
}

static enum cmd_status run_set(struct lab *lab, const struct args *args,
			       struct out *out)
{
	const char *name = args_place(args, 0), *word = args_place(args, 1);
	const struct mm_setting *s = find_setting(name);
	int64_t value = args_value(args, "VALUE", args_has(args, "on"));
	struct mm_error err;

	if (!s)
		return complain(out, "set", "%s: no such setting", name);
	if (value < s->min || value > s->max)
		return complain(out, "set", "%s %s: expected %lld to %lld",
				name, word, (long long)s->min,
				(long long)s->max);
	if (mm_set(lab_world(lab, out), name, value, &err))
		return complain(out, "set", "%s", err.text);
	say_figure(lab_mm(lab), name, out);
	return CMD_OK;
}

const struct cmd cmd_set = {
	.name = "set",
	.args = "SETTING VALUE|on|off",
	.brief = "Change a setting, as sysctl does",
	.help = "`set vm.swappiness 80` or `set vm.swappiness=80`.",
	.flags = CMD_MUTATES,
	.run = run_set,
};
