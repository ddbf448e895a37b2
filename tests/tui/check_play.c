/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_play.c - playing: either way, by three grains
 */
#include <check.h>
#include <string.h>

#include "tui/keys.h"
#include "tui/play.h"
#include "tui/scene.h"

static struct lab *lab;
static struct out *out;
static struct screen s;

static void setup(void)
{
	lab = lab_create();
	out = out_buffer();
	ck_assert(lab && out && scene_set(lab));
	screen_start(&s, lab);
}

static void teardown(void)
{
	lab_destroy(lab);
	out_free(out);
}

/* Beats until it is over; each goes the way that it plays. */
static int beats(void)
{
	char line[40];
	int n = 0;

	while (!play_over(&s)) {
		const uint64_t before = mm_now(lab_mm(lab));
		int times = play_line(&s, line, sizeof line);

		while (times-- > 0)
			ck_assert(lab_run(lab, line, out) == CMD_OK);
		if (s.playing < 0)
			ck_assert_uint_lt(mm_now(lab_mm(lab)), before);
		else
			ck_assert_uint_gt(mm_now(lab_mm(lab)), before);
		n++;
	}
	return n;
}

static void from(const char *line)
{
	ck_assert(lab_run(lab, line, out) == CMD_OK);
}

/* The world a lesson left, as small as the first one, is nobody's stage. */
START_TEST(a_chosen_world_gets_no_scene)
{
	from("world new tiny pages=128");
	ck_assert_uint_eq(mm_last_moment(lab_mm(lab)), 0);
	ck_assert(!scene_set(lab));
	ck_assert_uint_eq(mm_last_moment(lab_mm(lab)), 0);
}
END_TEST

/* Each grain comes from one end to the other, the coarser the sooner. */
START_TEST(each_grain_reaches_both_ends)
{
	const uint64_t last = mm_last_moment(lab_mm(lab));
	int before = 1 << 30;

	for (int g = 0; grain_name(g); g++) {
		int back, ahead;

		s.prefs->grain = (enum mm_grain)g;
		s.playing = -1;
		from("continue");
		ck_assert_uint_eq(mm_now(lab_mm(lab)), last);
		back = beats();
		ck_assert_uint_eq(mm_now(lab_mm(lab)), 0);
		s.playing = 1;
		ahead = beats();
		ck_assert_uint_eq(mm_now(lab_mm(lab)), last);
		ck_assert_int_lt(back, before);
		ck_assert_int_gt(back, 1);
		ck_assert_int_eq(ahead, back);
		before = back;
	}
	ck_assert_int_eq(grain_find("line"), GRAIN_REQUEST);
	ck_assert_int_eq(grain_find("lines"), -1);
}
END_TEST

/* The same moments, seen from the other side. */
START_TEST(lines_are_left_where_they_began)
{
	const uint64_t last = mm_last_moment(lab_mm(lab));
	uint64_t start;

	s.prefs->grain = GRAIN_REQUEST;
	from("finish");
	ck_assert_uint_eq(mm_now(lab_mm(lab)), last);
	from("back 2");
	from("finish back=on");
	start = mm_now(lab_mm(lab));
	ck_assert_uint_lt(start, last - 2);
	from("finish");
	ck_assert_uint_eq(mm_now(lab_mm(lab)), last);
	from("finish back=on");
	ck_assert_uint_eq(mm_now(lab_mm(lab)), start);
	out_clear(out);
	from("goto 0; finish back=on");
	ck_assert_ptr_nonnull(strstr(out_string(out), "this is the beginning"));
}
END_TEST

START_TEST(fast_playing_takes_several_events_a_beat)
{
	char line[40];

	s.playing = -1;
	s.prefs->speed = 100;
	ck_assert_int_eq(play_line(&s, line, sizeof line), 1);
	ck_assert_str_eq(line, "back 4");
	s.prefs->grain = GRAIN_PHASE;
	ck_assert_int_eq(play_line(&s, line, sizeof line), 4);
	ck_assert_str_eq(line, "prev");
	ck_assert_int_eq(play_ms(&s), 40);
	s.prefs->speed = 2;
	ck_assert_int_eq(play_ms(&s), 500);
	ck_assert_int_eq(play_line(&s, line, sizeof line), 1);
}
END_TEST

START_TEST(the_title_says_which_way_and_by_what)
{
	char words[40];

	s.playing = 1;
	s.prefs->speed = 3;
	play_words(&s, words, sizeof words);
	ck_assert_str_eq(words, "playing 3/s");
	s.playing = -1;
	play_words(&s, words, sizeof words);
	ck_assert_str_eq(words, "playing back 3/s");
	s.prefs->grain = GRAIN_REQUEST;
	play_words(&s, words, sizeof words);
	ck_assert_str_eq(words, "playing back 3 lines/s");
	s.prefs->speed = 1;
	s.prefs->grain = GRAIN_PHASE;
	play_words(&s, words, sizeof words);
	ck_assert_str_eq(words, "playing back 1 phase/s");
}
END_TEST

/* While it stands, `g` and `<` would else change something unseen. */
START_TEST(the_pace_is_said_while_it_stands)
{
	s.prefs->speed = 3;
	s.prefs->grain = GRAIN_EVENT;
	screen_act(&s, ACT_GRAIN);
	ck_assert_str_eq(s.note, "space plays 3 phases/s, backspace back");
	screen_act(&s, ACT_SLOWER);
	ck_assert_str_eq(s.note, "space plays 2 phases/s, backspace back");
	screen_act(&s, ACT_SLOWER);
	ck_assert_str_eq(s.note, "space plays 1 phase/s, backspace back");
	s.note = NULL;
	s.playing = 1; /* the title has it */
	screen_act(&s, ACT_FASTER);
	ck_assert_ptr_null(s.note);
}
END_TEST

Suite *check_play_suite(void);

Suite *check_play_suite(void)
{
	Suite *suite = suite_create("tui/play");
	TCase *t = tcase_create("play");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_chosen_world_gets_no_scene);
	tcase_add_test(t, each_grain_reaches_both_ends);
	tcase_add_test(t, lines_are_left_where_they_began);
	tcase_add_test(t, fast_playing_takes_several_events_a_beat);
	tcase_add_test(t, the_title_says_which_way_and_by_what);
	tcase_add_test(t, the_pace_is_said_while_it_stands);
	suite_add_tcase(suite, t);
	return suite;
}
