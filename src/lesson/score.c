/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * score.c - what a learner has reached, and a stamp for it
 */
#include <stdio.h>
#include <string.h>

#include "lesson/play.h"

struct score player_score(const struct player *p)
{
	struct score s = {0};

	for (size_t i = 0; i < p->l->n; i++) {
		const struct step *step = &p->l->step[i];
		const struct step_result *r = &p->steps[i];

		for (size_t k = 0; k < step->n; k++)
			s.questions += step->item[k].kind == ITEM_PREDICT;
		s.tasks += step->has_task;
		s.solved += step->has_task && r->done && !r->gave_up;
		s.given_up += r->gave_up;
		s.hints += r->hints;
		s.pars += r->has_par;
		s.pars_met += r->par;
	}
	for (size_t i = 0; i < p->nr_questions; i++)
		s.right += p->questions[i].known && p->questions[i].right;
	return s;
}

static uint64_t mix(uint64_t h, uint64_t value)
{
	h = (h ^ value) * UINT64_C(0xbf58476d1ce4e5b9);
	h = (h ^ (h >> 27)) * UINT64_C(0x94d049bb133111eb);
	return h ^ (h >> 31);
}

static uint64_t mix_text(uint64_t h, const char *text)
{
	for (; *text; text++)
		h = mix(h, (unsigned char)*text);
	return mix(h, 0);
}

void player_stamp(const struct player *p, char stamp[24])
{
	const struct score s = player_score(p);
	uint64_t h = mix(p->l->hash, p->l->seed);

	h = mix_text(h, p->student);
	h = mix(h, s.right);
	h = mix(h, s.solved);
	h = mix(h, s.given_up);
	h = mix(h, s.hints);
	h = mix(h, s.pars_met);
	snprintf(stamp, 24, "%04x-%04x-%04x-%04x", (unsigned)(h >> 48),
		 (unsigned)(h >> 32 & 0xffff), (unsigned)(h >> 16 & 0xffff),
		 (unsigned)(h & 0xffff));
}

uint64_t student_seed(const char *student, const char *lesson)
{
	const uint64_t h = mix_text(mix_text(1, student), lesson);

	return 1 + (h >> 33); /* short enough to be read out */
}

uint64_t student_seed_for(const char *student, const char *path)
{
	const char *base = strrchr(path, '/');
	char name[LESSON_NAME];
	size_t len;

	snprintf(name, sizeof name, "%s", base ? base + 1 : path);
	len = strlen(name);
	if (len > 3 && strcmp(name + len - 3, ".md") == 0)
		name[len - 3] = '\0';
	return student_seed(student, name);
}
