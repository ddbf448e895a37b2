/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_stop.c - continue, until, break, watch, delete
 */
#include <string.h>

#include "cmd/stop.h"

/* ---- the condition in a line ---- */

static void copy_word(char to[STOP_TEXT], const char *word)
{
	snprintf(to, STOP_TEXT, "%s", word);
}

/* Its text, as it would be typed. */
static void name_stop(struct stop *s, const struct args *args)
{
	static const char *const keys[] = {"event", "frame"};
	size_t used = 0;

	if (*s->figure)
		used = (size_t)snprintf(s->text, STOP_TEXT, "%s %s %s",
					s->figure, args_word(args, "OP", ""),
					args_word(args, "VALUE", ""));
	for (size_t i = 0; i < 2; i++) {
		const char *word = args_word(args, keys[i], NULL);

		if (word && used < STOP_TEXT)
			used += (size_t)snprintf(
				s->text + used, STOP_TEXT - used, "%s%s=%s",
				used ? " " : "", keys[i], word);
	}
}

/* One figure, neither a pattern nor cut short. */
static bool one_figure(const char *who, const char *name, struct out *out)
{
	if (!strpbrk(name, "*?") && strlen(name) < STOP_TEXT)
		return true;
	complain(out, who, "%s: expected one figure", name);
	return false;
}

/* False after a complaint. */
static bool read_stop(const struct args *args, const char *who, struct stop *s,
		      struct out *out)
{
	const char *figure = args_place(args, 0);

	*s = (struct stop){.pfn = args_pfn(args, "frame", NO_PFN)};
	copy_word(s->event, args_word(args, "event", ""));
	if (figure) {
		if (!one_figure(who, figure, out))
			return false;
		if (!args_has(args, "VALUE")) {
			complain(out, who,
				 "%s: compared with what?  Expected a figure, "
				 "== != < <= > >=, and a number",
				 figure);
			return false;
		}
		copy_word(s->figure, figure);
		s->op = args_number(args, "OP", 0);
		s->value = args_value(args, "VALUE", 0);
	}
	name_stop(s, args);
	return true;
}

static bool says_nothing(const struct stop *s)
{
	return !*s->figure && !*s->event && s->pfn == NO_PFN;
}

#define WHAT "[FIGURE] [OP] [VALUE] [event=EVENT] [frame=PFN]"

/* ---- going there ---- */

static enum cmd_status run_until(struct lab *lab, const struct args *args,
				 struct out *out)
{
	const int direction = args_on(args, "back", false) ? -1 : 1;
	struct stop s;
	unsigned int which;

	if (!read_stop(args, "until", &s, out))
		return CMD_USAGE;
	if (says_nothing(&s))
		return complain(out, "until",
				"until what?  Expected a comparison such as "
				"free < 10, event= or frame=");
	if (!*s.event && s.pfn == NO_PFN && stop_holds(lab_mm(lab), &s)) {
		out_line(out, "until: %s holds here", s.text);
		return CMD_OK;
	}
	if (stop_search(lab, &s, 1, direction, &which))
		say_moment(lab_mm(lab), out);
	else if (lab_stopped(lab))
		return CMD_FAILED;
	else
		out_line(out, "until: %s: not %s here", s.text,
			 direction > 0 ? "after" : "before");
	return CMD_OK;
}

const struct cmd cmd_until = {
	.name = "until",
	.args = WHAT " [back=on|off]",
	.brief = "Go to the next moment of which something is true",
	.help = "until node0.Normal.free < 20\n"
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
		out_line(out, "stopped by %u, %s", l->stop[which].number,
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

	if (l->n == MOST_STOPS)
		return complain(out, who,
				"there are %d already; `delete N` takes one "
				"away",
				MOST_STOPS);
	s->number = ++l->last;
	l->stop[l->n++] = *s;
	out_line(out, "%u: %s", s->number, s->text);
	return CMD_OK;
}

static enum cmd_status list(const struct stop_list *l, struct out *out)
{
	for (unsigned int i = 0; i < l->n; i++)
		out_line(out, "%u: %s", l->stop[i].number, l->stop[i].text);
	if (!l->n)
		out_line(out, "no breaks; `help break` has examples");
	return CMD_OK;
}

static enum cmd_status run_break(struct lab *lab, const struct args *args,
				 struct out *out)
{
	struct stop s;

	if (!read_stop(args, "break", &s, out))
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
		"`continue`\ngoes on.  `delete N` takes one away.",
	.run = run_break,
};

static enum cmd_status run_watch(struct lab *lab, const struct args *args,
				 struct out *out)
{
	const char *figure = args_place(args, 0);
	struct stop s = {.watch = true, .pfn = NO_PFN};

	if (!one_figure("watch", figure, out))
		return CMD_USAGE;
	copy_word(s.figure, figure);
	snprintf(s.text, sizeof s.text, "%.140s changes", figure);
	return keep(lab, "watch", &s, out);
}

const struct cmd cmd_watch = {
	.name = "watch",
	.args = "FIGURE",
	.brief = "Stop inside of lines where a figure changes",
	.help = "watch node0.Normal.boost\n"
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
		l->n = 0;
		return CMD_OK;
	}
	for (unsigned int i = 0; i < l->n; i++)
		if (l->stop[i].number == number) {
			out_line(out, "deleted %s", l->stop[i].text);
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
