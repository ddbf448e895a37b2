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
	const struct mm_event *ev = mm_event(mm, mm_now(mm));
	struct mm_broken broken;
	const char *lags;

	(void)args;
	if (mm_check(mm, &broken) == 0) {
		out_line(out, "check: ok");
		return CMD_OK;
	}
	if (lab_stopped(lab))
		return CMD_FAILED;
	if (inside_operation(mm)) {
		lags = ev ? mm_check_lags(broken.invariant, ev->type) : NULL;
		out_line(out,
			 "check: not yet, in the middle of an operation "
			 "(`finish` goes to its end): %s%s%s",
			 broken.invariant, lags ? ": " : "", lags ? lags : "");
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

static enum cmd_status run_expect(struct lab *lab, const struct args *args,
				  struct out *out)
{
	struct expr_why why;
	struct expr *e = expr_parse(args_line(args), &why);
	enum cmd_status status = CMD_OK;
	char text[300];
	int64_t value;

	if (!e)
		return expr_complain(out, "expect", args_line(args), &why);
	if (!expr_is_test(e))
		status = complain(out, "expect",
				  "%.100s: expected a comparison, such as "
				  "\"%.60s >= 1\"",
				  expr_source(e), expr_source(e));
	else if (!expr_value(e, lab_mm(lab), 0, &value, &why))
		status = complain(out, "expect", "%s", why.text);
	else if (!expr_tell(e, lab_mm(lab), 0, text, sizeof text)) {
		complain(out, "expect", "%s", text);
		status = CMD_FAILED;
	}
	expr_free(e);
	return status;
}

const struct cmd cmd_expect = {
	.name = "expect",
	.args = "EXPR",
	.brief = "Fail unless figures compare as told",
	.help = "expect node0.Normal.free >= 100\n"
		"expect free + pcp == 256 && events(oom_kill) == 0\n"
		"Says nothing when it holds.",
	.run = run_expect,
};
