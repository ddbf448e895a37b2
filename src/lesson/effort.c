/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * effort.c - how long a lesson takes a learner, counted while it is proved
 *
 * A slow reader at a small screen, so that the head promises nothing that an
 * afternoon does not keep: 200 words a minute, 6 s for each press, 30 s to
 * think about a question, 60 s for a task.
 */
#include "lesson/effort.h"

#include <string.h>

#define WORDS_A_MINUTE 200
#define PRESS 6
#define QUESTION 30
#define TASK 60

#define PANE_WIDTH 76 /* of the text, on 80x24 */
#define PANE_LINES 7
#define PANE_NEW 5   /* lines that a further press brings to sight */
#define MOST_SAID 24 /* lines that the pane shows of one answer */

static void read_text(struct effort *e, const char *text, unsigned int most)
{
	unsigned int lines = 0;

	while (*text && lines < most) {
		const size_t len = strcspn(text, "\n");

		for (size_t i = 0; i < len; i++)
			e->words += text[i] != ' ' &&
				    (i == 0 || text[i - 1] == ' ');
		lines += 1 + (unsigned int)(len / PANE_WIDTH);
		text += len + (text[len] == '\n');
	}
	e->lines += lines;
}

/* Once, and as often as it takes to bring all lines to sight. */
static void press(struct effort *e)
{
	e->presses++;
	if (e->lines > PANE_LINES)
		e->presses += (e->lines - PANE_LINES + PANE_NEW - 1) / PANE_NEW;
	e->lines = 0;
}

void effort_item(struct effort *e, const struct item *item)
{
	switch (item->kind) {
	case ITEM_PROSE:
	case ITEM_PLAIN:
		if (item->text)
			read_text(e, item->text, UINT32_MAX);
		e->lines += !item->tight;
		break;
	case ITEM_PREDICT:
		read_text(e, item->text, UINT32_MAX);
		for (size_t i = 0; i < item->question.nr_choices; i++)
			read_text(e, item->question.choice[i].text, 2);
		e->questions++;
		press(e);
		break;
	case ITEM_TASK:
		read_text(e, item->text, UINT32_MAX);
		e->tasks++;
		break;
	case ITEM_RUN:
		for (size_t i = 0; i < item->n; i++)
			read_text(e, item->lines[i].text, 2);
		break;
	default:
		break;
	}
}

void effort_said(struct effort *e, const char *text)
{
	press(e);
	read_text(e, text, MOST_SAID);
}

void effort_step(struct effort *e)
{
	press(e);
}

unsigned int effort_minutes(const struct effort *e)
{
	const unsigned int s = e->words * 60 / WORDS_A_MINUTE +
			       e->presses * PRESS + e->questions * QUESTION +
			       e->tasks * TASK;
	const unsigned int minutes = (s + 30) / 60;

	return minutes ? minutes : 1;
}

void effort_check(const struct effort *e, const struct lesson *l,
		  struct faults *f)
{
	const unsigned int n = effort_minutes(e);
	const unsigned int off =
		l->minutes > n ? l->minutes - n : n - l->minutes;

	if (off > 1 + n / 10)
		file_remark(f, 1, 1,
			    "minutes: %u, expected about %u (words to read %u, "
			    "presses %u, questions %u, tasks %u)",
			    l->minutes, n, e->words, e->presses, e->questions,
			    e->tasks);
}
