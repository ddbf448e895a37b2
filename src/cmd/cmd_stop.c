/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_stop.c - continue, until, break, watch, delete
 */
#include <string.h>

#include "cmd/stop.h"

/* ---- the condition in a line ---- */

/* Its text, as it would be typed; false when that is too long. */
static bool name_stop(struct stop *s, const struct args *args)
{
	static const char *const keys[] = {"event", "frame"};
	int used = snprintf(s->text, STOP_TEXT, "%s", args_line(args));

	for (size_t i = 0; i < 2; i++) {
		const char *word = args_word(args, keys[i], NULL);

		if (word && used < STOP_TEXT)
			used += snprintf(s->text + used,
					 (size_t)(STOP_TEXT - used), "%s%s=%s",
					 used ? " " : "", keys[i], word);
	}
	return used < STOP_TEXT;
}

/* `until buddy_split`, where `until event=buddy_split` was meant. */
static bool is_event(const char *text)
{
	for (unsigned int t = 0; t < NR_EVENT_TYPES; t++)
		if (strcmp(text, mm_event_type(t)->name) == 0)
			return true;
	return false;
}

/* An expression that has a value here; NULL after a complaint. */
static struct expr *read_expr(struct lab *lab, const struct args *args,
			      const char *who, struct out *out)
{
	const char *text = args_line(args);
	struct expr_why why;
	struct expr *e = expr_parse(text, &why);
	int64_t value;

	if (e && expr_value(e, lab_mm(lab), 0, &value, &why))
		return e;
	expr_free(e);
	expr_complain(out, who, text, &why);
	return NULL;
}

/* False after a complaint, with nothing to end. */
static bool read_stop(struct lab *lab, const struct args *args, const char *who,
		      struct stop *s, struct out *out)
{
	*s = (struct stop){.pfn = args_pfn(args, "frame", NO_PFN)};
	snprintf(s->event, STOP_TEXT, "%s", args_word(args, "event", ""));
	if (!name_stop(s, args)) {
		complain(out, who, "expected less than %d bytes", STOP_TEXT);
		return false;
	}
	if (!*args_line(args))
		return true;
	if (is_event(args_line(args))) {
		complain(out, who, "%s: an event; did you mean \"event=%s\"?",
			 args_line(args), args_line(args));
		return false;
	}
	s->expr = read_expr(lab, args, who, out);
	if (s->expr && !expr_is_test(s->expr)) {
		complain(out, who,
			 "%.60s: compared with what?  Expected a test such as "
			 "free < 10",
			 args_line(args));
		stop_end(s);
		return false;
	}
	return s->expr != NULL;
}

static bool says_nothing(const struct stop *s)
{
	return !s->expr && !*s->event && s->pfn == NO_PFN;
}

#define WHAT "[EXPR] [event=EVENT] [frame=PFN]"

/* ---- going there ---- */

static enum cmd_status go_until(struct lab *lab, const struct stop *s,
				int direction, struct out *out)
{
	unsigned int which;

	if (!*s->event && s->pfn == NO_PFN && stop_holds(lab_mm(lab), s)) {
		out_line(out, "until: %s holds here", s->text);
		return CMD_OK;
	}
	if (stop_search(lab, s, 1, direction, &which))
		say_moment(lab_mm(lab), out);
	else if (lab_stopped(lab))
		return CMD_FAILED;
	else
		out_line(out, "until: %s: not %s here", s->text,
			 direction > 0 ? "after" : "before");
	return CMD_OK;
}

static enum cmd_status run_until(struct lab *lab, const struct args *args,
				 struct out *out)
{
	const int direction = args_on(args, "back", false) ? -1 : 1;
	enum cmd_status status;
	struct stop s;

	if (!read_stop(lab, args, "until", &s, out))
		return CMD_USAGE;
	if (says_nothing(&s))
		return complain(out, "until",
				"until what?  Expected a test such as "
				"free < 10, event= or frame=");
	status = go_until(lab, &s, direction, out);
	stop_end(&s);
	return status;
}

const struct cmd cmd_until = {
	.name = "until",
	.args = WHAT " [back=on|off]",
	.brief = "Go to the next moment of which something is true",
	.help = "until node0.Normal.free < node0.Normal.low\n"
		"until event=mm_page_alloc_extfrag back=on\n"
		"until event=buddy_* frame=16\n"
		"Moves on what is recorded, forward or back.  Several must "
		"hold at once.",
	.flags = CMD_TIME,
	.run = run_until,
};

static enum cmd_status run_continue(struct lab *lab, const struct args *args,
				    struct out *out)
{
	const bool back = args_on(args, "back", false);
	const struct stop_list *l = lab_stops(lab);
	struct mm *mm = lab_seekable(lab);
	const uint64_t end = back ? mm_first_moment(mm) : mm_last_moment(mm);
	unsigned int which;

	if (mm_now(mm) == end) {
		out_line(out, "continue: this is the %s of what is recorded",
			 back ? "beginning" : "end");
		return CMD_OK;
	}
	if (l->n && stop_search(lab, l->stop, l->n, back ? -1 : 1, &which))
		out_line(out, "stopped by %s %u, %s",
			 stop_kind(&l->stop[which]), l->stop[which].number,
			 l->stop[which].text);
	else if (lab_stopped(lab))
		return CMD_FAILED;
	else
		mm_seek(mm, end);
	say_moment(mm, out);
	return CMD_OK;
}

const struct cmd cmd_continue = {
	.name = "continue",
	.args = "[back=on|off]",
	.brief = "Go on to the next break or watch, or to the end",
	.flags = CMD_TIME,
	.run = run_continue,
};

/* ---- the list ---- */

static enum cmd_status keep(struct lab *lab, const char *who, struct stop *s,
			    struct out *out)
{
	struct stop_list *l = lab_stops(lab);

	if (l->n == MOST_STOPS) {
		stop_end(s);
		return complain(out, who,
				"there are %d already; `delete N` takes one "
				"away",
				MOST_STOPS);
	}
	s->number = ++l->last;
	l->stop[l->n++] = *s;
	out_line(out, "%s %u: %s", stop_kind(s), s->number, s->text);
	return CMD_OK;
}

static enum cmd_status list(const struct stop_list *l, struct out *out)
{
	for (unsigned int i = 0; i < l->n; i++)
		out_line(out, "%s %u: %s", stop_kind(&l->stop[i]),
			 l->stop[i].number, l->stop[i].text);
	if (!l->n)
		out_line(out, "no breaks; `help break` has examples");
	return CMD_OK;
}

static enum cmd_status run_break(struct lab *lab, const struct args *args,
				 struct out *out)
{
	struct stop s;

	if (!read_stop(lab, args, "break", &s, out))
		return CMD_USAGE;
	if (says_nothing(&s))
		return list(lab_stops(lab), out);
	return keep(lab, "break", &s, out);
}

const struct cmd cmd_break = {
	.name = "break",
	.args = WHAT,
	.brief = "Stop inside of lines where something is true; or list these",
	.help = "break event=mm_page_alloc_extfrag     each time a type "
		"steals\n"
		"break frame=34                        when this frame moves\n"
		"break node0.Normal.free < 20          when that becomes true\n"
		"A line that hits one stands there instead of at its end, and "
		"`continue`\ngoes on.  `delete N` takes one away.  "
		"The lines of a\nlesson run through.",
	.run = run_break,
};

static enum cmd_status run_watch(struct lab *lab, const struct args *args,
				 struct out *out)
{
	struct stop s = {.watch = true, .pfn = NO_PFN};

	if (snprintf(s.text, STOP_TEXT, "%s changes", args_line(args)) >=
	    STOP_TEXT)
		return complain(out, "watch", "expected less than %d bytes",
				STOP_TEXT - (int)sizeof " changes" + 1);
	s.expr = read_expr(lab, args, "watch", out);
	if (!s.expr)
		return CMD_USAGE;
	return keep(lab, "watch", &s, out);
}

const struct cmd cmd_watch = {
	.name = "watch",
	.args = "EXPR",
	.brief = "Stop inside of lines where a figure changes",
	.help = "watch node0.Normal.boost\n"
		"watch node0.Normal.free < node0.Normal.low\n"
		"Otherwise as `break`, which lists it too.",
	.run = run_watch,
};

static enum cmd_status run_delete(struct lab *lab, const struct args *args,
				  struct out *out)
{
	struct stop_list *l = lab_stops(lab);
	const uint64_t number = args_number(args, "N", 0);

	if (!args_has(args, "N")) {
		out_line(out, "%u deleted", l->n);
		stop_list_end(l);
		return CMD_OK;
	}
	for (unsigned int i = 0; i < l->n; i++)
		if (l->stop[i].number == number) {
			out_line(out, "deleted %s", l->stop[i].text);
			stop_end(&l->stop[i]);
			memmove(&l->stop[i], &l->stop[i + 1],
				(--l->n - i) * sizeof l->stop[0]);
			return CMD_OK;
		}
	return complain(out, "delete", "%s: no such break; `break` lists them",
			args_word(args, "N", ""));
}

const struct cmd cmd_delete = {
	.name = "delete",
	.args = "[N]",
	.brief = "Take away break or watch N, or all of them",
	.run = run_delete,
};
