/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The map in its three zooms: compaction on it, what is found and left out,
 * the frame under the cursor.
 */
#include <check.h>
#include <string.h>

#include "support/screens.h"
#include "support/viewed.h"
#include "tui/map.h"

static void says(const char *words)
{
	shows_at(24, 160, words);
}

/* Every second frame is free, and a request needs 32 in a row. */
static void need_compaction(void)
{
	run("world new tiny seed=1 pcp=off");
	run("alloc order=0 count=240 type=M name=a");
	run("free a every=2");
	run("alloc order=5 name=big");
	run("until event=compact_target back=on");
	given_view(&s, lab, VIEW_MAP);
}

START_TEST(compaction_frame_by_frame)
{
	need_compaction();
	says("^migrate");
	says("free^");
	then_view(&s, "map-compaction");
}
END_TEST

/* At a lecture nobody looks for the frame again because compaction begins. */
START_TEST(cells_stay_where_they_are_when_compaction_begins)
{
	struct map_grid before, after;
	char text[200];

	run("world new tiny seed=1 pcp=off");
	run("alloc order=0 count=240 type=M name=a");
	run("free a every=2");
	given_view(&s, lab, VIEW_MAP);
	before = map_grid(&s, lab_mm(lab), 8, 65);
	run("compact");
	run("undo");
	run("step 12");
	ck_assert_int_ge(map_runner(&s, lab_mm(lab)), 0);
	after = map_grid(&s, lab_mm(lab), 8, 65);
	ck_assert_uint_eq(after.per_row, before.per_row);
	ck_assert_int_eq(after.tall, before.tall);
	/* ... so there is no row for the run: the border tells it */
	ck_assert(!after.run);
	s.rect[VIEW_MAP] = (struct rect){.row = 2, .rows = 8, .cols = 65};
	s.frames = true;
	s.nr_panes = 2;
	views[VIEW_MAP]->about(&s, lab_mm(lab), text, sizeof text);
	ck_assert_str_eq(text, "migrate 16 free 240 choose a block 1:15 2:13 "
			       "3:11 4:9 +4");
}
END_TEST

/* What a cell is cannot be seen in it, so the border says both. */
START_TEST(the_border_says_what_a_cell_is_besides_the_run)
{
	char text[200];

	need_compaction();
	s.frames = false;
	s.view[VIEW_MAP].mode = true;
	s.nr_panes = 2;
	s.rect[VIEW_MAP] = (struct rect){.row = 2, .rows = 5, .cols = 65};
	views[VIEW_MAP]->about(&s, lab_mm(lab), text, sizeof text);
	ck_assert_ptr_eq(strstr(text, "1 cell = 2 frames; migrate 32"), text);
}
END_TEST

/* "4f5e6^" was what came of it: the word stands where no number does. */
START_TEST(a_scanners_word_and_the_numbers_leave_each_other_alone)
{
	run("world new tiny seed=1 pcp=off");
	run("alloc order=0 count=240 type=M name=a");
	run("free a every=2");
	run("compact");
	run("undo");
	run("step 50");
	given_view(&s, lab, VIEW_MAP);
	says(" 1 2 3 4 5 6^free");
	says("^migrate");
}
END_TEST

/* Nothing has changed yet: the map goes to where the line will. */
START_TEST(coming_closer_shows_what_the_line_is_about)
{
	const struct mm *mm;
	struct map_grid g;
	int row, col;
	pfn_t near;

	run("world new classroom");
	run("alloc order=9 count=3 name=big");
	run("alloc order=3 name=a");
	run("until event=alloc_request back=on");
	given_view(&s, lab, VIEW_MAP);
	mm = lab_mm(lab);
	map_set_zoom(&s, ZOOM_ZONE);
	screen_act(&s, ACT_CLOSER);
	screen_act(&s, ACT_CLOSER);
	near = changes_nearby(&s, mm);
	ck_assert_uint_ne(near, NO_PFN);
	g = map_grid(&s, mm, s.rect[VIEW_MAP].rows, s.rect[VIEW_MAP].cols);
	ck_assert(map_place(&g, near, &row, &col));
}
END_TEST

START_TEST(a_block_in_hand_is_called_so)
{
	run("world new tiny");
	run("alloc order=3 name=a");
	run("until event=buddy_split back=on");
	given_view(&s, lab, VIEW_MAP);
	ck_assert(screen_point(&s, changes_nearby(&s, lab_mm(lab)) - 8));
	says("in hand: off its list");
	map_set_zoom(&s, ZOOM_BLOCK);
	says("~");
}
END_TEST

/* From a per-CPU list, looked at, and not yet on a list again. */
START_TEST(a_frame_on_its_way_back_is_in_hand)
{
	struct map_query all;
	struct map_grid g;
	struct changes hand;
	const struct mm *mm;
	const struct mm_event *ev;

	run("world new tiny seed=1");
	run("alloc count=2 name=a");
	run("free a last=1");
	run("drain");
	run("until event=buddy_stop back=on");
	given_view(&s, lab, VIEW_MAP);
	mm = lab_mm(lab);
	ev = mm_event(mm, mm_now(mm));
	ck_assert(ev && ev->type == EV_buddy_stop);
	ck_assert(map_parse(mm, "", &all));
	g = map_grid(&s, mm, 8, 65);
	ck_assert(changes_in_flight(&s, mm, &hand));
	ck_assert_uint_eq(map_cell(mm, &g, &all, &hand, (pfn_t)ev->arg[0],
				   (pfn_t)ev->arg[0] + 1)
				  .glyph,
			  '~');
}
END_TEST

/* It is no target: nothing will move to where a page has come from. */
START_TEST(a_frame_that_a_page_has_left_is_in_hand)
{
	const struct mm_event *ev;
	struct mm_frame f;
	struct map_query all;
	struct map_grid g;
	struct changes hand;

	need_compaction();
	run("until event=compact_moved");
	ev = mm_event(lab_mm(lab), mm_now(lab_mm(lab)));
	mm_frame(lab_mm(lab), (pfn_t)ev->arg[0], &f);
	ck_assert(f.kind == FRAME_TARGET && f.vacated);
	g = map_grid(&s, lab_mm(lab), 24, 80);
	ck_assert(map_parse(lab_mm(lab), "", &all));
	changes_in_flight(&s, lab_mm(lab), &hand);
	ck_assert_uint_eq(
		map_cell(lab_mm(lab), &g, &all, &hand, f.head, f.head + 1)
			.glyph,
		'~');
	ck_assert(screen_point(&s, f.head));
	says("its page has moved");
	mm_frame(lab_mm(lab), (pfn_t)ev->arg[1], &f);
	ck_assert(!f.vacated);
}
END_TEST

START_TEST(compaction_by_parts_of_pageblocks)
{
	need_compaction();
	map_set_zoom(&s, ZOOM_BLOCK);
	says("1 cell = 2 frames");
	then_view(&s, "map-parts");
}
END_TEST

START_TEST(compaction_by_pageblocks)
{
	need_compaction();
	map_set_zoom(&s, ZOOM_ZONE);
	says("1 cell = 1 pageblock");
	then_view(&s, "map-pageblocks");
}
END_TEST

START_TEST(a_page_in_flight_under_the_cursor)
{
	struct mm_in_flight fl;

	need_compaction();
	ck_assert(mm_in_flight(lab_mm(lab), 0, 0, &fl));
	ck_assert(screen_point(&s, fl.src));
	says("moving, in use by a");
	says("the request moves 31 to 248");
	ck_assert(screen_point(&s, fl.dst));
	says("taken for pages that move");
	says("the request moves 31 to 248");
	then_view(&s, "map-cursor");
}
END_TEST

/* Shut pageblocks: I, and "iso" where there are labels. */
START_TEST(pageblocks_that_are_shut)
{
	run("alloc order=0 count=60 type=M name=a");
	run("free a every=2");
	run("isolate 16..48");
	given_view(&s, lab, VIEW_MAP);
	says("1 I iso");
	ck_assert(screen_point(&s, 20));
	says("of 16 free, shut");
	then_view(&s, "map-shut");
}
END_TEST

/* Labels would need a third row; the bits stand among the marks. */
START_TEST(bits_of_pageblocks_without_labels)
{
	need_compaction();
	shows_at(20, 66, "     skip");
	shows_at(40, 120, "0 M s "); /* with room, as ever */
	ck_assert_ptr_null(strstr(drawn_at(40, 120), "skip"));
	run("world new tiny");
	run("isolate 240..255");
	given_view(&s, lab, VIEW_MAP);
	shows_at(20, 66, "      iso");
}
END_TEST

START_TEST(parts_of_large_pageblocks)
{
	run("world new classroom");
	run("alloc order=0 count=300 name=a");
	run("alloc order=3 count=9 type=M name=b");
	run("free a every=3");
	run("drain");
	given_view(&s, lab, VIEW_MAP);
	map_set_zoom(&s, ZOOM_BLOCK);
	says("1 cell = 32 frames");
	then_view(&s, "map-classroom");
}
END_TEST

/* One step in, one step out, and no further. */
START_TEST(plus_and_minus_go_through_the_zooms)
{
	given_view(&s, lab, VIEW_MAP);
	ck_assert_int_eq(map_zoom(&s), ZOOM_FRAME);
	screen_act(&s, ACT_CLOSER);
	ck_assert_int_eq(map_zoom(&s), ZOOM_FRAME);
	screen_act(&s, ACT_FARTHER);
	ck_assert_int_eq(map_zoom(&s), ZOOM_BLOCK);
	screen_act(&s, ACT_FARTHER);
	screen_act(&s, ACT_FARTHER);
	ck_assert_int_eq(map_zoom(&s), ZOOM_ZONE);
	screen_act(&s, ACT_CLOSER);
	ck_assert_int_eq(map_zoom(&s), ZOOM_BLOCK);
}
END_TEST

/* ---- looking for something ---- */

static pfn_t found(const char *text)
{
	const struct reply r = screen_find(&s, text);

	ck_assert_msg(r.kind == REPLY_DONE, "%s: %s", text, r.line);
	return s.cursor;
}

START_TEST(slash_finds_frames_owners_types_and_orders)
{
	struct mm_frame f;
	pfn_t first;

	run("alloc order=0 count=9 type=M name=a");
	run("alloc order=2 count=3 type=U name=web");
	given_view(&s, lab, VIEW_MAP);
	ck_assert_uint_eq(found("17"), 17);
	ck_assert_uint_eq(found("0x20"), 32);
	s.pointing = false;
	first = found("web");
	ck_assert_uint_eq(found("web"), first + 4);
	ck_assert_uint_eq(found("web"), first + 8);
	ck_assert_uint_eq(found("web"), first);
	ck_assert_uint_eq(mm_pageblock_type(lab_mm(lab), found("U")),
			  MIGRATE_UNMOVABLE);
	ck_assert_uint_eq(mm_pageblock_type(lab_mm(lab), found("unmovable")),
			  MIGRATE_UNMOVABLE);
	mm_frame(lab_mm(lab), found("order=4"), &f);
	ck_assert_uint_eq(f.kind, FRAME_FREE);
	ck_assert_uint_eq(f.order, 4);
	ck_assert_uint_eq(f.head, s.cursor);
	ck_assert_uint_eq(found("owner=web order=2"), first);
}
END_TEST

START_TEST(what_cannot_be_found_is_said)
{
	const char *const bad[] = {"nobody",   "order=77", "order=x", "type=Q",
				   "70000000", "pfn=-1",   "a=b=c",   ""};

	given_view(&s, lab, VIEW_MAP);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ck_assert_msg(screen_find(&s, bad[i]).kind == REPLY_SAY, "%s",
			      bad[i]);
	ck_assert(!s.pointing);
	ck_assert_str_eq(screen_find(&s, "type=C").line,
			 "there is no such block");
}
END_TEST

START_TEST(a_filter_leaves_out_the_rest)
{
	run("alloc order=0 count=40 type=M name=a");
	run("alloc order=2 count=6 type=U name=web");
	run("free a every=2");
	run("drain");
	given_view(&s, lab, VIEW_MAP);
	ck_assert(screen_filter(&s, "owner=web").kind == REPLY_DONE);
	says("only owner=web");
	then_view(&s, "map-filter");
	ck_assert(screen_filter(&s, "17").kind == REPLY_SAY);
	ck_assert(screen_filter(&s, "nobody").kind == REPLY_SAY);
	says("only owner=web");
	ck_assert(screen_filter(&s, "").kind == REPLY_DONE);
	says("UPPER used");
}
END_TEST

/* What a click finds is what is drawn there, in each zoom. */
START_TEST(a_cell_is_where_its_frame_is)
{
	const struct mm *mm = lab_mm(lab);

	given_view(&s, lab, VIEW_MAP);
	for (int zoom = ZOOM_ZONE; zoom <= ZOOM_FRAME; zoom++) {
		struct map_grid g;
		int row, col;

		map_set_zoom(&s, (enum map_zoom)zoom);
		g = map_grid(&s, mm, s.rect[VIEW_MAP].rows,
			     s.rect[VIEW_MAP].cols);
		for (pfn_t pfn = 0; pfn < 256; pfn += g.per_cell) {
			ck_assert(map_place(&g, pfn, &row, &col));
			ck_assert_uint_eq(map_pfn_at(&s, mm, row, col), pfn);
		}
		ck_assert(!map_place(&g, 256, &row, &col));
	}
}
END_TEST

START_TEST(every_size_can_be_drawn)
{
	need_compaction();
	for (int zoom = ZOOM_ZONE; zoom <= ZOOM_FRAME; zoom++)
		for (int rows = 6; rows < 60; rows += 5)
			for (int cols = 24; cols < 200; cols += 9) {
				struct canvas c;

				map_set_zoom(&s, (enum map_zoom)zoom);
				s.pointing = cols & 1;
				ck_assert(canvas_open(&c, rows, cols));
				layout(&s, rows, cols);
				screen_draw(&s, &c);
				canvas_close(&c);
			}
}
END_TEST

/*
 * A terabyte on one screen: no more than some thousand pageblocks are looked
 * at, and the border says that it is a sample.
 */
START_TEST(a_terabyte_is_sampled)
{
	struct map_grid g;
	char about[200];

	run("world new classroom zone=Normal pages=268435456");
	run("alloc order=0 count=2000 name=a");
	given_view(&s, lab, VIEW_MAP);
	ck_assert_int_eq(map_zoom(&s), ZOOM_ZONE);
	g = map_grid(&s, lab_mm(lab), s.rect[VIEW_MAP].rows,
		     s.rect[VIEW_MAP].cols);
	ck_assert_int_le(g.lines, g.rows);
	ck_assert_uint_le((uint64_t)g.group * g.groups * (unsigned int)g.rows *
				  map_samples(&g, lab_mm(lab)),
			  8192 + g.group * g.groups * (unsigned int)g.rows);
	view_map.about(&s, lab_mm(lab), about, sizeof about);
	ck_assert_msg(strstr(about, " of them") != NULL, "%s", about);
	for (int zoom = ZOOM_ZONE; zoom <= ZOOM_FRAME; zoom++) {
		map_set_zoom(&s, (enum map_zoom)zoom);
		ck_assert(screen_find(&s, "a").kind == REPLY_DONE);
		ck_assert(screen_find(&s, "order=10").kind == REPLY_DONE);
		says("pageblock");
	}
}
END_TEST

Suite *check_view_map_suite(void);

Suite *check_view_map_suite(void)
{
	Suite *suite = suite_create("tui/view_map");
	TCase *t = tcase_create("map");

	tcase_add_checked_fixture(t, given_lab, forget_lab);
	tcase_add_test(t, compaction_frame_by_frame);
	tcase_add_test(t, cells_stay_where_they_are_when_compaction_begins);
	tcase_add_test(t, the_border_says_what_a_cell_is_besides_the_run);
	tcase_add_test(t,
		       a_scanners_word_and_the_numbers_leave_each_other_alone);
	tcase_add_test(t, coming_closer_shows_what_the_line_is_about);
	tcase_add_test(t, a_block_in_hand_is_called_so);
	tcase_add_test(t, a_frame_on_its_way_back_is_in_hand);
	tcase_add_test(t, a_frame_that_a_page_has_left_is_in_hand);
	tcase_add_test(t, compaction_by_parts_of_pageblocks);
	tcase_add_test(t, compaction_by_pageblocks);
	tcase_add_test(t, a_page_in_flight_under_the_cursor);
	tcase_add_test(t, pageblocks_that_are_shut);
	tcase_add_test(t, bits_of_pageblocks_without_labels);
	tcase_add_test(t, parts_of_large_pageblocks);
	tcase_add_test(t, plus_and_minus_go_through_the_zooms);
	tcase_add_test(t, slash_finds_frames_owners_types_and_orders);
	tcase_add_test(t, what_cannot_be_found_is_said);
	tcase_add_test(t, a_filter_leaves_out_the_rest);
	tcase_add_test(t, a_cell_is_where_its_frame_is);
	tcase_add_test(t, every_size_can_be_drawn);
	tcase_add_test(t, a_terabyte_is_sampled);
	suite_add_tcase(suite, t);
	return suite;
}
