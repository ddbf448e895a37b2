/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * app_lines.c - the screen runs a line, and shows what it has changed
 */
#include "tui/app.h"

#include <stdlib.h>
#include <string.h>

#include "lesson/lesson.h"
#include "tui/play.h"
#include "tui/signals.h"

static int lines_in(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

bool app_set_line(struct tui *t, const char *line)
{
	char *copy = strdup(line);

	if (!copy)
		return false;
	free(t->line);
	t->screen.line = t->line = copy;
	return true;
}

void app_say(struct tui *t)
{
	struct screen *s = &t->screen;

	s->hint = NULL;
	s->said = true;
	s->output = out_string(t->out);
	s->view[VIEW_COMMAND].scroll = 0;
}

/* Run t->line.  One that may take long says first how to stop it. */
static enum cmd_status run(struct tui *t, bool may_take_long)
{
	const char *hint = t->screen.hint;
	enum cmd_status status;

	signals_line_begins(t->lab); /* before anybody is told how to stop it */
	if (may_take_long) {
		t->screen.hint = "running ... (Ctrl-C stops it)";
		app_draw(t);
		t->screen.hint = hint;
	}
	t->screen.output = NULL;
	out_clear(t->out);
	status = lab_run(t->lab, t->line, t->out);
	signals_line_ends();
	return status;
}

bool app_lesson_begins(struct screen *s, bool before)
{
	if (before || !lesson_on(s))
		return false;
	s->zoomed = false;
	s->focus = VIEW_LESSON;
	return true;
}

enum cmd_status app_run_line(struct tui *t, const char *line, bool typed)
{
	struct screen *s = &t->screen;
	const uint64_t before = mm_now(lab_mm(t->lab));
	const struct mm *world = lab_mm(t->lab);
	const struct lesson_seen seen = lesson_seen(s);
	const bool taught = lesson_on(s);
	enum cmd_status status;
	bool moved, shown, told, answered;

	if (!app_set_line(t, line))
		return CMD_ERROR;
	screen_uncover(s);
	status = run(t, typed || (!s->playing && strcmp(line, "step") != 0 &&
				  strcmp(line, "back") != 0));
	moved = lab_mm(t->lab) != world || mm_now(lab_mm(t->lab)) != before;
	app_say(t);
	told = taught && lesson_tells(s, t->line);
	answered = typed && screen_answer(s);
	shown = screen_obey(s) || app_lesson_begins(s, taught) || told ||
		answered;
	/* it stands in the lesson's pane, or in a view's */
	if ((told && status == CMD_OK) || (answered && !s->covered))
		s->said = false;
	lesson_follow(s, seen);
	if (lab_mm(t->lab) != world)
		screen_enter(s);
	if (moved) {
		s->from = lab_mm(t->lab) == world ? before
						  : mm_now(lab_mm(t->lab));
		screen_settle(s);
		screen_check(s);
	}
	if (strcmp(line, "check") == 0 && s->lamp != LAMP_INSIDE)
		s->lamp = status == CMD_OK ? LAMP_OK : LAMP_BROKEN;
	if (status == CMD_QUIT)
		t->quit = true;
	if (typed && moved)
		s->held = false;
	if (moved)
		screen_follow(s);
	s->typed = typed;
	/* what has changed is to be seen, too */
	if (typed && !moved && !shown && lines_in(s->output) > 1 &&
	    s->rect[VIEW_COMMAND].rows <= lines_in(s->output))
		screen_act(s, ACT_OUTPUT);
	return status;
}

void app_play(struct tui *t)
{
	struct screen *s = &t->screen;
	const bool over = play_over(s);
	char line[40];
	int times = play_line(s, line, sizeof line);

	while (times-- > 0 && s->playing)
		if (app_run_line(t, line, false) != CMD_OK || over)
			s->playing = 0;
		else if (play_over(s))
			break;
}

void app_start_playing(struct tui *t, int direction)
{
	t->screen.playing = direction;
	app_play(t);
}
