/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_tune.c - get and set: figures and settings by their names
 */
#include <string.h>

#include "cmd/internal.h"
#include "cmd/types.h"

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
	char text[80];
	int64_t value;

	if (mm_figure(mm, name, &value, &unit)) {
		if (mm_get_text(mm, name, text, sizeof text) == 0)
			out_line(out, "%s %s", name, text);
		return;
	}
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
	for (unsigned int i = 0; mm_text_setting(i); i++)
		list_figure(&l, mm_text_setting(i)->name);
	mm_figure_names(l.mm, list_figure, &l);
	if (!l.found)
		return complain(out, "get", "%s: no figure is called like that",
				l.pattern);
	return CMD_OK;
}

const struct cmd cmd_get = {
	.name = "get",
	.args = "FIGURE|SETTING",
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

/* The words of a list, as they would stand in the file. */
static bool join_words(const struct args *args, char *buf, size_t size)
{
	const char *word;
	size_t used = 0;

	buf[0] = '\0';
	for (unsigned int i = 1; (word = args_place(args, i)); i++) {
		used += (size_t)snprintf(buf + used, size - used, "%s%s",
					 i > 1 ? " " : "", word);
		if (used >= size)
			return false;
	}
	return true;
}

static enum cmd_status set_text(struct lab *lab, const struct args *args,
				struct out *out)
{
	const char *name = args_place(args, 0);
	struct mm_error err;
	char text[200];

	if (!join_words(args, text, sizeof text))
		return complain(out, "set", "%s: expected less text", name);
	if (mm_text_error(lab_mm(lab), name, text, &err))
		return complain(out, "set", "%s", err.text);
	mm_set_text(lab_world(lab, out), name, text, &err);
	say_figure(lab_mm(lab), name, out);
	return CMD_OK;
}

static enum cmd_status run_set(struct lab *lab, const struct args *args,
			       struct out *out)
{
	const char *name = args_place(args, 0), *word = args_place(args, 1);
	const struct mm_setting *s = find_setting(name);
	int64_t value = args_value(args, "VALUE", args_has(args, "on"));
	char why[WHY_SIZE] = "expected a number";
	struct mm_error err;
	uint64_t ignored;

	if (!s)
		return set_text(lab, args, out);
	if (args_has(args, "WORD")) {
		word = args_word(args, "WORD", "");
		arg_type("VALUE")->parse(lab_mm(lab), word, &ignored, why);
		return complain(out, "set", "\"%.60s\": %s, or on, or off",
				word, why);
	}
	if (args_place(args, 2))
		return complain(out, "set",
				"\"%.60s\" is one word too many; %s takes "
				"one value",
				args_place(args, 2), name);
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
	.args = "SETTING VALUE|on|off|WORD...",
	.brief = "Change a setting, as sysctl does",
	.help = "`set vm.swappiness 80` or `set vm.swappiness=80`; a list as "
		"the kernel takes it:\n`set vm.lowmem_reserve_ratio 256 256 "
		"32`.",
	.flags = CMD_MUTATES,
	.run = run_set,
};
