/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * help.c - help: the table of commands, in words
 */
#include <string.h>

#include "cmd/internal.h"
#include "cmd/spec.h"
#include "cmd/topics.h"
#include "cmd/types.h"

#define HELP_NAME 14

static void list_rows(const struct lab *lab, const char *family,
		      struct out *out)
{
	const size_t len = strlen(family);
	const struct cmd *cmd;

	for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++)
		if (!len || (strncmp(cmd->name, family, len) == 0 &&
			     cmd->name[len] == ' '))
			out_line(out, "  %-*s  %s", HELP_NAME, cmd->name,
				 cmd->brief);
}

/* Help text, two blanks in, however many lines it has. */
static void indent(const char *text, struct out *out)
{
	while (text && *text) {
		const size_t len = strcspn(text, "\n");

		out_line(out, "  %.*s", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

/* What the words in capitals stand for, each once. */
static void list_types(const struct cmd *cmd, struct out *out)
{
	const struct arg_type *said[SPEC_MAX], *type;
	unsigned int n = 0, k;
	struct spec spec;
	char alt[SPEC_NAME];

	if (!spec_read(cmd->args, &spec))
		return;
	for (unsigned int i = 0; i < spec.n; i++)
		for (unsigned int a = 0;
		     spec_alternative(&spec.item[i], a, alt); a++) {
			type = spec.item[i].pairs ? NULL : arg_type(alt);
			for (k = 0; k < n && said[k] != type; k++)
				;
			if (!type || k < n || n == SPEC_MAX)
				continue;
			said[n++] = type;
			out_line(out, "  %-8s  %s", type->name, type->about);
		}
}

static bool has_pairs(const struct cmd *cmd)
{
	return cmd->args && strstr(cmd->args, "KEY=VALUE");
}

static void list_constants(struct out *out)
{
	out_line(out, "Presets:");
	for (unsigned int i = 0; mm_preset_name(i); i++)
		out_line(out, "  %-28s  %s", mm_preset_name(i),
			 mm_preset_help(i));
	out_line(out, "Constants:");
	for (unsigned int i = 0; mm_config_key(i); i++)
		out_line(out, "  %-28s  %s", mm_config_key(i),
			 mm_config_key_help(i));
}

static void describe(const struct cmd *cmd, struct out *out)
{
	out_line(out, "%s%s%s", cmd->name, cmd->args && *cmd->args ? " " : "",
		 cmd->args ? cmd->args : "");
	out_line(out, "  %s.", cmd->brief);
	indent(cmd->help, out);
	list_types(cmd, out);
	if (cmd->models)
		out_line(out, "  In the kernel: %s", cmd->models);
	if (has_pairs(cmd))
		list_constants(out);
}

static void list_topic(const struct lab *lab, const struct topic *t,
		       struct out *out)
{
	const struct cmd *cmd;

	for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++)
		if (topic_has(t, cmd))
			out_line(out, "  %-*s  %s", HELP_NAME, cmd->name,
				 cmd->brief);
}

static bool has_topic(const struct cmd *cmd)
{
	for (unsigned int i = 0; topic_at(i); i++)
		if (topic_has(topic_at(i), cmd))
			return true;
	return false;
}

/* Every command, under the title of its topic. */
static void list_all(const struct lab *lab, struct out *out)
{
	const struct topic *t;
	const struct cmd *cmd;

	for (unsigned int i = 0; (t = topic_at(i)); i++) {
		if (!*t->commands)
			continue;
		out_line(out, "%s", t->title);
		list_topic(lab, t, out);
	}
	for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++)
		if (!has_topic(cmd))
			out_line(out, "  %-*s  %s", HELP_NAME, cmd->name,
				 cmd->brief);
}

static void list_topics(struct out *out)
{
	const struct topic *t;

	for (unsigned int i = 0; (t = topic_at(i)); i++)
		out_line(out, "  help %-10s  %s", t->name, t->title);
	out_line(out, "`help COMMAND` explains one, `help all` lists them, "
		      "`apropos WORD` searches.");
}

static void describe_topic(const struct lab *lab, const struct topic *t,
			   struct out *out)
{
	out_line(out, "%s", t->title);
	indent(t->text, out);
	if (*t->example)
		out_line(out, "Try:");
	indent(t->example, out);
	if (*t->commands)
		out_line(out, "Commands:");
	list_topic(lab, t, out);
}

static enum cmd_status no_such(const struct lab *lab, const char *const *word,
			       size_t n, struct out *out)
{
	const struct cmd *cmd;
	struct nearest near;

	nearest_start(&near, word[0]);
	for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++)
		nearest_try(&near, cmd->name);
	for (unsigned int i = 0; topic_at(i); i++)
		nearest_try(&near, topic_at(i)->name);
	if (near.name[0])
		return complain(out, "help",
				"%s%s%s: no such command or topic; did you "
				"mean \"%s\"?",
				word[0], n > 1 ? " " : "", n > 1 ? word[1] : "",
				near.name);
	return complain(out, "help",
			"%s%s%s: no such command or topic; `apropos %s` "
			"searches",
			word[0], n > 1 ? " " : "", n > 1 ? word[1] : "",
			word[0]);
}

static enum cmd_status run_help(struct lab *lab, const struct args *args,
				struct out *out)
{
	const char *word[2] = {args_place(args, 0), args_place(args, 1)};
	const size_t n = word[1] ? 2 : word[0] ? 1 : 0;
	const struct topic *t = n == 1 ? topic_find(word[0]) : NULL;
	const struct cmd *cmd = NULL;
	size_t used, len = n ? strlen(word[0]) : 0;
	bool family = false;

	if (n)
		cmd = lab_find(lab, word, n, &used);
	if (!n) {
		list_topics(out);
	} else if (n == 1 && strcmp(word[0], "all") == 0) {
		list_all(lab, out);
	} else if (cmd && used == n) {
		describe(cmd, out);
		if (t)
			out_line(out, "See also: help topic %s", t->name);
	} else if (n == 2 && strcmp(word[0], "topic") == 0 &&
		   topic_find(word[1])) {
		describe_topic(lab, topic_find(word[1]), out);
	} else if (t) {
		describe_topic(lab, t, out);
	} else {
		for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++)
			family |= n == 1 &&
				  strncmp(cmd->name, word[0], len) == 0 &&
				  cmd->name[len] == ' ';
		if (!family)
			return no_such(lab, word, n, out);
		list_rows(lab, word[0], out);
	}
	return CMD_OK;
}

const struct cmd cmd_help = {
	.name = "help",
	.args = "[all|topic|COMMAND] [COMMAND]",
	.brief = "Teach a topic, explain a command, or list them all",
	.help = "help                  the topics\n"
		"help compaction       a topic: what it is about, lines to "
		"try\n"
		"help compact          a command\n"
		"help all              every command",
	.run = run_help,
};

/* ---- apropos ---- */

/** Of figures, settings and events so many are told. */
#define MOST_FOUND 12

struct search {
	const char *word;
	const char *what;
	struct out *out;
	unsigned int found, total;
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

static bool holds_word(const char *text, const char *word)
{
	for (; text && *text; text++) {
		size_t n = 0;

		while (word[n] && lower(text[n]) == lower(word[n]))
			n++;
		if (!word[n])
			return true;
	}
	return false;
}

static void found_name(void *arg, const char *name)
{
	struct search *s = arg;

	if (!holds_word(name, s->word))
		return;
	s->total++;
	if (s->found++ < MOST_FOUND)
		out_line(s->out, "  %s %s", s->what, name);
}

/* "... 30 more figures: get *WORD*" */
static void end_search(struct search *s, const char *rest)
{
	if (s->found > MOST_FOUND)
		out_line(s->out, "  ... %u more; %s", s->found - MOST_FOUND,
			 rest);
	s->found = 0;
}

static enum cmd_status run_apropos(struct lab *lab, const struct args *args,
				   struct out *out)
{
	struct search s = {.word = args_place(args, 0), .out = out};
	const struct cmd *cmd;
	const struct topic *t;

	for (unsigned int i = 0; (t = topic_at(i)); i++)
		if (holds_word(t->title, s.word) ||
		    holds_word(t->text, s.word)) {
			s.total++;
			out_line(out, "  help %-10s  %s", t->name, t->title);
		}
	for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++)
		if (holds_word(cmd->name, s.word) ||
		    holds_word(cmd->brief, s.word) ||
		    holds_word(cmd->help, s.word) ||
		    holds_word(cmd->models, s.word)) {
			s.total++;
			out_line(out, "  %-*s  %s", HELP_NAME, cmd->name,
				 cmd->brief);
		}
	for (unsigned int i = 0; mm_setting(i); i++)
		if (holds_word(mm_setting(i)->name, s.word) ||
		    holds_word(mm_setting(i)->help, s.word)) {
			s.total++;
			out_line(out, "  set %s: %s", mm_setting(i)->name,
				 mm_setting(i)->help);
		}
	s.what = "event";
	for (unsigned int i = 0; i < NR_EVENT_TYPES; i++)
		if (holds_word(mm_event_type(i)->name, s.word) ||
		    holds_word(mm_event_type(i)->models, s.word)) {
			s.total++;
			if (s.found++ < MOST_FOUND)
				out_line(out, "  event %s (%s)",
					 mm_event_type(i)->name,
					 mm_event_type(i)->models);
		}
	end_search(&s, "name more of the word");
	s.what = "get";
	mm_figure_names(lab_mm(lab), found_name, &s);
	end_search(&s, "`get *` with the word between stars has them");
	if (!s.total)
		out_line(out, "apropos: nothing is about %s", s.word);
	return CMD_OK;
}

const struct cmd cmd_apropos = {
	.name = "apropos",
	.args = "WORD",
	.brief = "Search topics, commands, settings, events and figures",
	.help = "apropos boost\n"
		"The kernel's functions are searched, too.",
	.run = run_apropos,
};
