/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_let.c - let: names of one's own
 */
#include <inttypes.h>
#include <string.h>

#include "cmd/vars.h"

/* "= EXPRESSION": the number that it comes to now. */
static bool value_text(struct lab *lab, const char *line, char *buf,
		       size_t size, struct out *out)
{
	struct expr_why why;
	struct expr *e = expr_parse(line, &why);
	int64_t value = 0;
	const bool ok = e && expr_value(e, lab_mm(lab), 0, &value, &why);

	expr_free(e);
	if (!ok)
		expr_complain(out, "let", line, &why);
	snprintf(buf, size, "%" PRId64, value);
	return ok;
}

static enum cmd_status run_let(struct lab *lab, const struct args *args,
			       struct out *out)
{
	struct var_list *l = lab_vars(lab);
	const char *name = args_place(args, 0), *line = args_line(args);
	char text[VAR_TEXT];

	if (!name) {
		for (unsigned int i = 0; i < l->n; i++)
			out_line(out, "%-15s %s", l->var[i].name,
				 l->var[i].text);
		if (!l->n)
			out_line(out, "no names; try `let n = free / 2`");
		return CMD_OK;
	}
	if (strchr(name, '.'))
		return complain(out, "let", "%s: expected a name without dots",
				name);
	if (!*line)
		return complain(out, "let",
				"%s is what?  Expected a word, or = and an "
				"expression",
				name);
	if (*line == '=') {
		line += 1 + strspn(line + 1, " \t");
		if (!value_text(lab, line, text, sizeof text, out))
			return CMD_USAGE;
	} else if (strlen(line) >= sizeof text) {
		return complain(out, "let", "expected at most %zu characters",
				sizeof text - 1);
	} else {
		snprintf(text, sizeof text, "%s", line);
	}
	if (!var_set(l, name, text))
		return complain(out, "let", "there are %d names already",
				MOST_VARS);
	out_line(out, "%s is %s", name, text);
	return CMD_OK;
}

const struct cmd cmd_let = {
	.name = "let",
	.args = "[NAME] [LINE]",
	.brief = "Give a name to a text or a number: $NAME stands for it",
	.help = "let z node1.Normal          $z is node1.Normal\n"
		"let n = free / 2            $n is what that comes to now\n"
		"$a, if a is the name= of blocks, is the frame of the first; "
		"$a.1 of the second.\nWithout arguments, list them.",
	.run = run_let,
};
