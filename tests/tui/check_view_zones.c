/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Zones as gauges: a request that passes, one that is short, one that has the
 * pages but no block, zones that are not offered, a boost.
 */
#include <check.h>

#include "support/screens.h"
#include "support/viewed.h"

/* What the view says at 80x24, as one text. */
static void says(const char *words)
{
	shows_at(24, 80, words);
}

START_TEST(nobody_has_asked_yet)
{
	given_view(&s, lab, VIEW_ZONES);
	says("No request yet");
	then_view(&s, "zones-fresh");
}
END_TEST

/* A boost, high-atomic pages, and a request in the middle of its test. */
START_TEST(a_request_in_hand_is_refused)
{
	run("alloc order=0 type=M count=230 name=files");
	run("free files every=2");
	run("drain");
	run("alloc order=0 type=U count=20 name=kernel");
	run("alloc order=5 gfp=GFP_NOWAIT");
	run("until event=zone_watermark back=on");
	given_view(&s, lab, VIEW_ZONES);
	then_view(&s, "zones-refused");
}
END_TEST

START_TEST(three_zones_and_their_reserves)
{
	run("world new laptop");
	run("alloc order=3 count=100 name=a");
	given_view(&s, lab, VIEW_ZONES);
	then_view(&s, "zones-laptop");
}
END_TEST

START_TEST(another_request_can_be_tried)
{
	run("world new laptop");
	given_view(&s, lab, VIEW_ZONES);
	type_keys(&s, "aaaaa");
	says("If somebody asked: order 0, GFP_KERNEL|GFP_DMA32");
	says("not offered: above DMA32");
	type_keys(&s, "}}}");
	says("order 3");
	type_keys(&s, "{{{{{{");
	says("order 0");
	type_keys(&s, "a");
	says("No request yet");
	for (int i = 0; i < 50; i++)
		type_keys(&s, "}");
	says("order 10");
}
END_TEST

START_TEST(looking_changes_nothing)
{
	uint64_t hash;

	run("alloc order=3 count=9 name=a");
	hash = mm_hash(lab_mm(lab));
	given_view(&s, lab, VIEW_ZONES);
	for (int rows = 6; rows < 50; rows += 3)
		for (int cols = 24; cols < 200; cols += 11) {
			struct canvas c;

			ck_assert(canvas_open(&c, rows, cols));
			layout(&s, rows, cols);
			screen_draw(&s, &c);
			canvas_close(&c);
		}
	ck_assert(mm_hash(lab_mm(lab)) == hash);
}
END_TEST

Suite *check_view_zones_suite(void);

Suite *check_view_zones_suite(void)
{
	Suite *suite = suite_create("tui/view_zones");
	TCase *t = tcase_create("zones");

	tcase_add_checked_fixture(t, given_lab, forget_lab);
	tcase_add_test(t, nobody_has_asked_yet);
	tcase_add_test(t, a_request_in_hand_is_refused);
	tcase_add_test(t, three_zones_and_their_reserves);
	tcase_add_test(t, another_request_can_be_tried);
	tcase_add_test(t, looking_changes_nothing);
	suite_add_tcase(suite, t);
	return suite;
}
