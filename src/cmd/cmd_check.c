/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_check.c - check and expect: what must hold; else the line fails
 */
#include "cmd/internal.h"

/* Between a list's change and its counter's, say, not everything holds. */
static bool inside_operation(const struct mm *mm)
{
	struct mm_op op;
	uint64_t i;

	return mm_op_at(mm, mm_now(mm), &i) == 0 && mm_op(mm, i, &op) == 0 &&
	       op.last != mm_now(mm);
}

static enum cmd_status run_check(struct lab *lab, const struct args *args,
				 struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	struct mm_broken broken;

	(void)args;
	if (mm_check(mm, &broken) == 0) {
		out_line(out, "check: ok");
		return CMD_OK;
	}
	if (inside_operation(mm)) {
		out_line(out,
			 "check: not yet, in the middle of an operation "
			 "(`finish` goes to its end): %s",
			 broken.invariant);
		return CMD_OK;
	}
	complain(out, "check", "%s does not hold: %s", broken.invariant,
		 broken.where);
	return CMD_FAILED;
}

const struct cmd cmd_check = {
	.name = "check",
	.args = "",
	.brief = "Verify every invariant of the world",
	.help = "Every counter against every list, every frame in exactly one "
		"place, no\ntwo buddies left apart.  Fails with the first one "
		"that is broken.\nIn the middle of an operation some may be "
		"out of step; that is no failure.",
	.run = run_check,
};

bool figure_compares(int64_t a, uint64_t op, int64_t b)
{
	switch (op) {
	case 0:
		return a == b;
	case 1:
		return a != b;
	case 2:
		return a <= b;
	case 3:
		return a >= b;
	case 4:
		return a < b;
	default:
		return a > b;
	}
}

static enum cmd_status run_expect(struct lab *lab, const struct args *args,
				  struct out *out)
{
	const char *name = args_place(args, 0), *unit = "";
	const int64_t want = args_value(args, "VALUE", 0);
	int64_t value;

	if (mm_figure(lab_mm(lab), name, &value, &unit))
		return complain(out, "expect", "%s: expected one figure", name);
	if (figure_compares(value, args_number(args, "OP", 0), want))
		return CMD_OK;
	complain(out, "expect", "%s is %lld%s%s, expected %s %lld", name,
		 (long long)value, unit && *unit ? " " : "", unit ? unit : "",
		 args_word(args, "OP", ""), (long long)want);
	return CMD_FAILED;
}

const struct cmd cmd_expect = {
	.name = "expect",
	.args = "FIGURE OP VALUE",
	.brief = "Fail unless a figure compares as told",
	.help = "expect node0.Normal.free >= 100\n"
		"OP is one of == != < <= > >=.  Says nothing when it holds.",
	.run = run_expect,
};
