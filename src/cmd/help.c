/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * help.c - help: the table of commands, in words
 */
#include <string.h>

#include "cmd/internal.h"
#include "cmd/spec.h"
#include "cmd/types.h"

#define HELP_NAME 12

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

static enum cmd_status run_help(struct lab *lab, const struct args *args,
				struct out *out)
{
	const char *word[2] = {args_place(args, 0), args_place(args, 1)};
	const size_t n = word[1] ? 2 : word[0] ? 1 : 0;
	const struct cmd *cmd;
	struct nearest near;
	bool family = false;
	size_t used;

	if (!n) {
		list_rows(lab, "", out);
		out_line(out, "`help COMMAND` says more.  `;` joins commands, "
			      "`#` begins a remark.");
		return CMD_OK;
	}
	cmd = lab_find(lab, word, n, &used);
	if (cmd && used == n) {
		describe(cmd, out);
		return CMD_OK;
	}
	nearest_start(&near, word[0]);
	for (unsigned int i = 0; (cmd = lab_cmd(lab, i)); i++) {
		const size_t len = strlen(word[0]);

		nearest_try(&near, cmd->name);
		family |= n == 1 && strncmp(cmd->name, word[0], len) == 0 &&
			  cmd->name[len] == ' ';
	}
	if (family) {
		list_rows(lab, word[0], out);
		return CMD_OK;
	}
	return complain(out, "help", "%s%s%s: no such command%s%s%s", word[0],
			n > 1 ? " " : "", n > 1 ? word[1] : "",
			near.name[0] ? "; did you mean \"" : "", near.name,
			near.name[0] ? "\"?" : "");
}

const struct cmd cmd_help = {
	.name = "help",
	.args = "[COMMAND]...",
	.brief = "List the commands, or explain one",
	.run = run_help,
};
