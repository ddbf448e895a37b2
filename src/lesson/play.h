/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * play.h - a lesson being played: for those who drive it
 *
 * What the learner has done is kept as a list of actions.  The same lesson,
 * seed and actions give the same world, so going back to where one was, going
 * on another day, and grading are one thing: doing the actions again.
 */
#ifndef BUDDYSCOPE_LESSON_PLAY_H
#define BUDDYSCOPE_LESSON_PLAY_H

#include "lesson/file.h"
#include "lesson/goal.h"
#include "lesson/lesson.h"

#define MOST_ACTIONS 5000
#define STUDENT_NAME 64

enum action_kind { ACT_NEXT, ACT_ANSWER, ACT_HINT, ACT_REVEAL, ACT_TYPED };
struct action {
	enum action_kind kind;
	char *text; /* ANSWER, TYPED */
};

struct question_result {
	const struct item *item;
	bool given, known, right; /* answered; the model has said; and so */
	int64_t value, correct;
};
struct step_result {
	bool done, gave_up, has_par, par;
	unsigned int hints; /* that were asked for */
	uint64_t given;	    /* which; by their order in the step */
};

/** The lesson that comes after one. */
struct lesson_next {
	char word[160]; /* behind `lesson start`; "": there is none */
	char title[100];
	unsigned int minutes;
};

struct player {
	struct lab *lab;
	struct lesson *l;
	char student[STUDENT_NAME]; /* "" for nobody in particular */
	enum feedback feedback;
	bool lecture; /* notes are shown, nobody is asked twice */
	bool grading; /* nobody listens, and lines are somebody else's */

	size_t step, item, line; /* where we are */
	enum lesson_wait wait;
	bool busy; /* its own lines are running */
	bool away; /* the learner has left it for a while */
	bool asked_twice;
	bool broken; /* a line of the lesson failed */
	struct since since, question_since;
	size_t question; /* number of the open one; SIZE_MAX: none */

	const struct mm *mm; /* the world as the lesson left it */
	uint64_t now, hash;

	struct action *action;
	size_t nr_actions;
	bool again; /* actions are being done again: do not note them */

	struct lesson_next next;   /* known at the end */
	struct step_result *steps; /* one for each step */
	struct question_result *questions;
	size_t nr_questions;
	struct out *told;  /* what was said last */
	struct out *said;  /* by the command that is being run */
	struct kept *kept; /* said in the present step */
	size_t nr_kept;
};

/** Takes over @l.  NULL when memory is short (@l is then freed). */
struct player *player_create(struct lab *lab, struct lesson *l);
void player_destroy(struct player *p);
/** The world. */
enum cmd_status player_boot(struct player *p, struct out *out);
/** The first step up to where it waits. */
enum cmd_status player_first(struct player *p, struct out *out);
/** Both. */
enum cmd_status player_begin(struct player *p, struct out *out);
/** One action of the learner's. */
enum cmd_status player_next(struct player *p, struct out *out);
enum cmd_status player_answer(struct player *p, const char *word,
			      struct out *out);
enum cmd_status player_hint(struct player *p, struct out *out);
enum cmd_status player_reveal(struct player *p, struct out *out);
/** What of the task is not met yet. */
enum cmd_status player_check(struct player *p, struct out *out);
/** A line was typed and run. */
void player_typed(struct player *p, const char *line, struct out *out);
/** Do an action of a list; for resuming and grading. */
enum cmd_status player_do(struct player *p, const struct action *a,
			  struct out *out);
/** Note an action as done; false when there are too many. */
bool player_note(struct player *p, enum action_kind kind, const char *text);
/** Put the world back to where the lesson left it. */
enum cmd_status player_put_back(struct player *p, struct out *out);
/** From the start, and all actions again. */
enum cmd_status player_again(struct player *p);
/** Which lesson comes after @l in its folder; none: @next->word is "". */
void lesson_after(const struct lesson *l, struct lesson_next *next);
/** What it waits for, in one line. */
void player_prompt(const struct player *p, char *buf, size_t size);

/* ---- what was said in the present step ---- */

/** In place of a line of player_keep(): what comes after all of them. */
#define KEPT_VERDICT SIZE_MAX
/** Keep @text as said by a line of an item. */
void player_keep(struct player *p, size_t item, size_t line, const char *text);
/** What it said; NULL: nothing. */
const char *player_kept(const struct player *p, size_t item, size_t line);
void player_keep_nothing(struct player *p);

/* ---- results ---- */

struct score {
	unsigned int questions, right, tasks, solved, given_up, hints;
	unsigned int pars, pars_met;
};
struct score player_score(const struct player *p);
/** "1f3a-...": lesson, seed, student and score in sixteen digits. */
void player_stamp(const struct player *p, char stamp[24]);
/** The seed that a student's name gives for a lesson. */
uint64_t student_seed(const char *student, const char *lesson);
/** The same for the lesson of a file. */
uint64_t student_seed_for(const char *student, const char *path);

#endif
