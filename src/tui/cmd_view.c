/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_view.c - commands for what is shown, and how
 *
 * They change the lab's prefs; the screen reads those.  Without a screen they
 * do the same for the pictures that `export` draws.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/palette.h"
#include "tui/play.h"
#include "tui/tui.h"
#include "tui/view.h"

/* Alternatives of `.args`, made of the tables by tui_attach(). */
static char view_words[300], pane_words[320], layout_words[80];
static char theme_words[80];

static struct prefs *prefs(struct lab *lab, struct out *out)
{
	struct prefs *p = prefs_of(lab);

	if (!p)
		out_complain(out, "view", "memory is short");
	return p;
}

static enum cmd_status run_view(struct lab *lab, const struct args *args,
				struct out *out)
{
	const int v = view_find(args_place(args, 0));
	struct prefs *p = prefs(lab, out);

	if (!p)
		return CMD_ERROR;
	p->show = v;
	p->show_in = -1;
	out_line(out, "view %s: %s", views[v]->name, views[v]->title);
	return CMD_OK;
}

static enum cmd_status run_pane(struct lab *lab, const struct args *args,
				struct out *out)
{
	const int v = view_find(args_place(args, 1));
	struct prefs *p = prefs(lab, out);

	if (!p)
		return CMD_ERROR;
	p->show = v;
	p->show_in = atoi(args_place(args, 0)) - 1;
	out_line(out, "view %s in pane %d", views[v]->name, p->show_in + 1);
	return CMD_OK;
}

static enum cmd_status run_layout(struct lab *lab, const struct args *args,
				  struct out *out)
{
	struct prefs *p = prefs(lab, out);

	if (!p)
		return CMD_ERROR;
	p->layout = layout_find(args_place(args, 0));
	if (p->layout == LAYOUT_AUTO)
		memset(p->chosen, PANE_AS_USUAL, sizeof p->chosen);
	p->afresh = p->layout == LAYOUT_AUTO;
	out_line(out, "layout %s", layout_name(p->layout));
	return CMD_OK;
}

static enum cmd_status run_theme(struct lab *lab, const struct args *args,
				 struct out *out)
{
	struct prefs *p = prefs(lab, out);

	if (!p)
		return CMD_ERROR;
	p->theme = (enum theme_id)theme_find(args_place(args, 0));
	p->theme_typed = true;
	out_line(out, "theme %s: %s", palette_theme(p->theme)->name,
		 palette_theme(p->theme)->brief);
	return CMD_OK;
}

static enum cmd_status run_speed(struct lab *lab, const struct args *args,
				 struct out *out)
{
	struct prefs *p = prefs(lab, out);
	const char *word = args_place(args, 0);
	const long n = strtol(word, NULL, 0);

	if (!p)
		return CMD_ERROR;
	if (n < SPEED_MIN || n > SPEED_MAX)
		return out_complain(out, "speed",
				    "%.20s: expected %d to %d moves a second",
				    word, SPEED_MIN, SPEED_MAX);
	p->speed = (int)n;
	out_line(out, "speed %d: that many moves a second", p->speed);
	return CMD_OK;
}

static enum cmd_status run_grain(struct lab *lab, const struct args *args,
				 struct out *out)
{
	struct prefs *p = prefs(lab, out);

	if (!p)
		return CMD_ERROR;
	p->grain = (enum mm_grain)grain_find(args_place(args, 0));
	out_line(out, "grain %s: playing goes by it",
		 grain_name((int)p->grain));
	return CMD_OK;
}

static enum cmd_status run_overlay(struct lab *lab, const struct args *args,
				   struct out *out)
{
	struct prefs *p = prefs(lab, out);

	if (!p)
		return CMD_ERROR;
	p->overlay = strcmp(args_place(args, 0), "on") == 0;
	out_line(out, "overlay %s", p->overlay ? "on" : "off");
	return CMD_OK;
}

static const struct cmd cmd_view = {
	.name = "view",
	.args = view_words,
	.brief = "Show a view: where it stands, or in the pane that has the "
		 "keys",
	.help = "view zones\n"
		"In a pane it is a guest, as with the key of its number: esc "
		"brings back what\nstood there.  `pane` puts it there to "
		"stay.",
	.run = run_view,
};

static const struct cmd cmd_pane = {
	.name = "pane",
	.args = pane_words,
	.brief = "Put a view into pane 1, 2, ... of the present layout",
	.help = "pane 2 events\n"
		"Panes are counted from the top, the left column first.  What "
		"stood there takes the other's place.",
	.run = run_pane,
};

static const struct cmd cmd_layout = {
	.name = "layout",
	.args = layout_words,
	.brief = "Choose which panes there are",
	.help = "layout lecture\n"
		"A terminal too small for it gets the next smaller one; auto "
		"takes what suits the size, and every view goes back to where "
		"it stands at first.",
	.run = run_layout,
};

static const struct cmd cmd_theme = {
	.name = "theme",
	.args = theme_words,
	.brief = "Choose the colours of the screen",
	.run = run_theme,
};

static const struct cmd cmd_speed = {
	.name = "speed",
	.args = "N",
	.brief = "Moves a second while playing",
	.run = run_speed,
};

static const struct cmd cmd_grain = {
	.name = "grain",
	.args = "event|phase|line",
	.brief = "How far a move goes while playing, ahead or back",
	.run = run_grain,
};

static const struct cmd cmd_overlay = {
	.name = "overlay",
	.args = "on|off",
	.brief = "Show the keys that are pressed, for an audience",
	.run = run_overlay,
};

static const struct cmd *const table[] = {
	&cmd_view,  &cmd_pane,	&cmd_layout,  &cmd_theme,
	&cmd_speed, &cmd_grain, &cmd_overlay, NULL,
};

static void add_word(char *buf, size_t size, const char *word)
{
	const size_t len = strlen(buf);

	snprintf(buf + len, size - len, "%s%s", len ? "|" : "", word);
}

int tui_attach(struct lab *lab)
{
	*view_words = *layout_words = *theme_words = '\0';
	for (int v = 0; v < NR_VIEWS; v++)
		add_word(view_words, sizeof view_words, views[v]->name);
	for (int l = 0; l <= NR_SCREEN_LAYOUTS; l++)
		add_word(layout_words, sizeof layout_words, layout_name(l));
	for (int i = 0; i < NR_THEMES; i++)
		add_word(theme_words, sizeof theme_words,
			 palette_theme((enum theme_id)i)->name);
	snprintf(pane_words, sizeof pane_words, "1|2|3|4|5|6|7|8 %s",
		 view_words);
	return lab_add_table(lab, table) || lab_add_table(lab, export_table);
}
