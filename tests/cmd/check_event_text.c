/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_event_text.c - words for events, and which frames they are about
 */
#include "say.h"

#include <ctype.h>
#include <stdio.h>

#include "cmd/event_text.h"

Suite *check_event_text_suite(void);

/** Room on a line of the screen. */
#define COLUMNS 100

static struct lab *lab;

static void setup(void)
{
	lab = lab_create();
	ck_assert_ptr_nonnull(lab);
}

static void teardown(void)
{
	lab_destroy(lab);
}

static const char *text_of(const struct mm_event *ev, enum explain_depth depth)
{
	static char text[700];

	event_text(lab_mm(lab), ev, depth, text, sizeof text);
	return text;
}

/* ---- reasons ---- */

START_TEST(every_reason_has_a_word_and_a_text_of_its_own)
{
	for (int a = 0; a < NR_REASONS; a++) {
		ck_assert_msg(a == 0 || strcmp(reason_name(a), "none") != 0,
			      "reason %d has no word", a);
		ck_assert_msg(strlen(reason_text(a)) > 3, "reason %d", a);
		for (const char *s = reason_name(a); *s; s++)
			ck_assert_msg(islower((unsigned char)*s) || *s == '_',
				      "%s", reason_name(a));
		for (int b = 0; b < a; b++) {
			ck_assert_str_ne(reason_name(a), reason_name(b));
			ck_assert_str_ne(reason_text(a), reason_text(b));
		}
	}
}
END_TEST

START_TEST(a_number_that_is_no_reason_has_none)
{
	ck_assert_str_eq(reason_name(-1), "none");
	ck_assert_str_eq(reason_name(NR_REASONS), "none");
	ck_assert_str_eq(reason_text(INT32_MAX), "no reason noted");
}
END_TEST

/* ---- every row ---- */

/*
 * Values that are long and in range, by the name of the argument: 7-digit
 * frames, the longest names there are, the mask with every bit.
 */
static int32_t longest(const char *name, int32_t reason)
{
	static const struct {
		const char *name;
		int32_t value;
	} values[] = {
		{"pfn", 4194304},
		{"buddy", 4194304},
		{"kept", 4194304},
		{"order", 4},
		{"alloc_order", 10},
		{"fallback_order", 10},
		{"gfp", 0xffffff},
		{"alloc_flags", 0xbff},
		{"migratetype", MIGRATE_RECLAIMABLE},
		{"alloc_migratetype", MIGRATE_RECLAIMABLE},
		{"fallback_migratetype", MIGRATE_RECLAIMABLE},
		{"block_migratetype", MIGRATE_RECLAIMABLE},
		{"fallback", MIGRATE_RECLAIMABLE},
		{"from", MIGRATE_RECLAIMABLE},
		{"to", MIGRATE_RECLAIMABLE},
		{"highest", ZONE_MOVABLE},
		{"zone", 1 * MAX_NR_ZONES + ZONE_MOVABLE},
		{"owner", 1},
		{"pindex", 2},
		{"flag", ZONE_BOOSTED_WATERMARK},
		{"setting", 3},
		{"which", WMARK_PROMO},
	};

	if (strcmp(name, "reason") == 0 || strcmp(name, "result") == 0 ||
	    strcmp(name, "phase") == 0)
		return reason;
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
		if (strcmp(values[i].name, name) == 0)
			return values[i].value;
	return 1000000;
}

static struct mm_event long_event(unsigned int type, int32_t reason)
{
	struct mm_event ev = {.type = (uint16_t)type};
	char name[40];

	for (unsigned int i = 0;
	     i < MM_EVENT_ARGS && event_arg_letter(&ev, i, name); i++)
		ev.arg[i] = longest(name, reason);
	return ev;
}

static void two_nodes(void)
{
	runs(lab, "world new tiny zones=0:Normal:0-256,1:Movable:256-512");
	runs(lab, "alloc name=a-name-of-23-characters");
}

START_TEST(a_sentence_fits_the_screen_with_the_longest_words)
{
	two_nodes();
	for (unsigned int t = 0; t < NR_EVENT_TYPES; t++)
		for (int32_t r = 0; r < NR_REASONS; r++) {
			const struct mm_event ev = long_event(t, r);
			const char *text = text_of(&ev, EXPLAIN_SENTENCE);

			ck_assert_msg(strlen(text) > 5, "event %u", t);
			ck_assert_msg(strlen(text) <= COLUMNS, "%zu: %s",
				      strlen(text), text);
		}
}
END_TEST

START_TEST(each_depth_says_at_least_as_much_and_prints_well)
{
	two_nodes();
	for (unsigned int t = 0; t < NR_EVENT_TYPES; t++) {
		const struct mm_event ev = long_event(t, REASON_SERVED);
		size_t len = 0;

		for (int d = EXPLAIN_SENTENCE; d <= EXPLAIN_KERNEL; d++) {
			const char *text = text_of(&ev, (enum explain_depth)d);

			ck_assert_msg(strlen(text) >= len, "%s", text);
			len = strlen(text);
			for (const char *s = text; *s; s++)
				ck_assert_msg(*s >= ' ' && *s <= '~' &&
						      *s != '$',
					      "%s", text);
		}
	}
}
END_TEST

START_TEST(a_small_buffer_is_not_overrun)
{
	const struct mm_event ev = long_event(EV_alloc_request, 0);
	char buf[12] = "...........";

	event_text(lab_mm(lab), &ev, EXPLAIN_KERNEL, buf, 10);
	ck_assert_uint_eq(strlen(buf), 9);
	ck_assert_int_eq(buf[10], '.');
	event_text(lab_mm(lab), &ev, EXPLAIN_KERNEL, buf, 0);
	ck_assert_uint_eq(strlen(buf), 9);
}
END_TEST

/* ---- what single events say ---- */

START_TEST(a_watermark_test_shows_its_sum)
{
	struct mm_event ev = {
		.type = EV_zone_watermark,
		.arg = {ZONE_NORMAL, 0, WMARK_LOW, 10, 3, 12,
			REASON_WMARK_SHORT},
	};

	ck_assert_str_eq(text_of(&ev, EXPLAIN_SENTENCE),
			 "Normal, low watermark: too few pages");
	ck_assert_str_eq(
		text_of(&ev, EXPLAIN_NUMBERS),
		"Normal: usable 12 - reserve 3 - mark low 10 = -1: too "
		"few, it must be more than 0");
	ev.arg[6] = REASON_WMARK_NO_BLOCK;
	ck_assert_str_eq(text_of(&ev, EXPLAIN_SENTENCE),
			 "Normal, low watermark: enough pages, but no block "
			 "that large");
}
END_TEST

/* 8 on top: only a look at the high mark, before the real test */
START_TEST(the_hint_is_no_watermark_test)
{
	struct mm_event ev = {
		.type = EV_zone_watermark,
		.arg = {ZONE_NORMAL, 0, WMARK_HIGH | 8, 10, 0, 12,
			REASON_WMARK_OK},
	};

	ck_assert_str_eq(
		text_of(&ev, EXPLAIN_NUMBERS),
		"Normal: above high? usable 12 - reserve 0 - high 10 = "
		"2: yes, that is enough");
	ev.arg[5] = 10;
	ev.arg[6] = REASON_WMARK_SHORT;
	ck_assert_str_eq(
		text_of(&ev, EXPLAIN_NUMBERS),
		"Normal: above high? usable 10 - reserve 0 - high 10 = "
		"0: no, so the mark itself is tested");
}
END_TEST

/* 16 on top: the pages that a bulk request wants are in the mark */
START_TEST(a_bulk_raises_the_mark)
{
	const struct mm_event ev = {
		.type = EV_zone_watermark,
		.arg = {ZONE_NORMAL, 0, WMARK_LOW | 16, 14, 0, 256,
			REASON_WMARK_OK},
	};

	ck_assert_str_eq(text_of(&ev, EXPLAIN_NUMBERS),
			 "Normal: usable 256 - reserve 0 - mark low and the "
			 "pages wanted 14 = 242: passes");
}
END_TEST

/* The event has the merged block and the buddy, whichever half that is. */
/* A number before a word of which there are several: "$d3 rounds". */
static const char *number_of_several(const char *text)
{
	static const char *const fine[] = {"us", "is", "goes", "begins",
					   "gives"};

	for (const char *at = text; at && (at = strstr(at, "$d")); at++) {
		/* at the end of the text no word follows */
		const char *word = at + strnlen(at, strlen("$d0 "));
		const size_t len = strspn(word, "abcdefghijklmnopqrstuvwxyz");
		bool ok = len == 0 || word < at + 4 || at[3] != ' ' ||
			  word[len - 1] != 's';

		for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
			ok |= len == strlen(fine[i]) &&
			      strncmp(word, fine[i], len) == 0;
		if (!ok)
			return at;
	}
	return NULL;
}

START_TEST(of_one_thing_there_are_not_several)
{
	const struct mm_event one = {.type = EV_reclaim_retry_zone,
				     .arg = {ZONE_NORMAL, 0, 5, 7, 8, 1, 0}};

	for (int type = 0; type < NR_EVENT_TYPES; type++) {
		const struct event_words *w = &event_words[type];
		const char *at = number_of_several(w->sentence);

		ck_assert_msg(!at, "%s", at);
		at = number_of_several(w->numbers);
		ck_assert_msg(!at, "%s", at);
	}
	ck_assert_str_eq(text_of(&one, EXPLAIN_NUMBERS),
			 "Normal: would another round help? 7 free or "
			 "reclaimable, min 8, order 0, 1 round without "
			 "progress: no");
}
END_TEST

START_TEST(a_line_without_events_of_its_own_is_not_called_a_setting)
{
	const struct mm_event none = {.type = EV_setting, .arg = {-1}};
	const struct mm_event swap = {.type = EV_setting, .arg = {0, 3, 4}};
	const struct mm_event same = {.type = EV_setting, .arg = {0, 3, 3}};

	for (int depth = 0; depth <= EXPLAIN_KERNEL; depth++)
		ck_assert_str_eq(text_of(&none, (enum explain_depth)depth),
				 "done; this line has no steps to look into");
	ck_assert_ptr_nonnull(
		strstr(text_of(&swap, EXPLAIN_SENTENCE), " from 3 to 4"));
	ck_assert_str_eq(text_of(&same, EXPLAIN_SENTENCE),
			 "vm.min_free_kbytes is 3, as it was");
}
END_TEST

START_TEST(what_is_put_off_is_said_by_its_orders)
{
	struct mm_event off = {.type = EV_mm_compaction_deferred,
			       .arg = {ZONE_NORMAL, 4, 0, 1, 2}};

	ck_assert_str_eq(text_of(&off, EXPLAIN_NUMBERS),
			 "Normal: compaction for order 4 is put off: attempt "
			 "1, limit 2^2, for every order");
	off.arg[2] = 3;
	ck_assert_ptr_nonnull(strstr(text_of(&off, EXPLAIN_NUMBERS),
				     "for orders 3 and larger"));
}
END_TEST

START_TEST(a_quantum_names_its_task)
{
	struct mm_event quantum = {.type = EV_quantum, .arg = {1}};

	ck_assert_str_eq(text_of(&quantum, EXPLAIN_SENTENCE),
			 "a quantum of kswapd0");
	quantum.arg[0] = 4000; /* there is none */
	ck_assert_str_eq(text_of(&quantum, EXPLAIN_SENTENCE),
			 "a quantum of 4000");
}
END_TEST

START_TEST(a_merge_names_both_halves)
{
	const struct mm_event upper = {.type = EV_buddy_merge,
				       .arg = {4, 6, 2}};
	const struct mm_event lower = {.type = EV_buddy_merge,
				       .arg = {4, 4, 1}};

	ck_assert_str_eq(text_of(&upper, EXPLAIN_SENTENCE),
			 "block 4..5 and its free buddy 6..7 merge to 4..7");
	ck_assert_str_eq(text_of(&lower, EXPLAIN_SENTENCE),
			 "frame 5 and its free buddy 4 merge to 4..5");
}
END_TEST

START_TEST(the_kernels_function_and_section_follow)
{
	const struct mm_event split = {.type = EV_buddy_split,
				       .arg = {8, 3, 0}};
	const struct mm_event two = {.type = EV_mm_page_alloc_extfrag};
	const struct mm_event ours = {.type = EV_owner};

	ck_assert_str_eq(text_of(&split, EXPLAIN_KERNEL),
			 "split to order 3: block 8..15 given back, 0..7 kept "
			 "[kernel: expand(), mm/page_alloc.c; "
			 "page_allocation.rst, \"Buddy Allocator\"]");
	ck_assert_ptr_nonnull(
		strstr(text_of(&two, EXPLAIN_KERNEL),
		       "[kernel: __rmqueue_claim(), __rmqueue_steal(), "
		       "mm/page_alloc.c; page_allocation.rst, "
		       "\"Migratetypes\"]"));
	ck_assert_ptr_null(strstr(text_of(&ours, EXPLAIN_KERNEL), "kernel"));
}
END_TEST

/* ---- fields ---- */

START_TEST(kernel_events_have_the_kernels_fields)
{
	const struct mm_event ev = {
		.type = EV_mm_page_alloc,
		.arg = {16, 2, MIGRATE_MOVABLE, (int32_t)GFP_KERNEL,
			REASON_SERVED},
	};
	const struct mm_event none = {
		.type = EV_mm_page_alloc,
		.arg = {(int32_t)NO_PFN, 2, 0, 0, REASON_REFUSED},
	};
	char text[400];

	event_fields(lab_mm(lab), &ev, text, sizeof text);
	ck_assert_str_eq(text, "page=ffffea0000000400 pfn=0x10 order=2 "
			       "migratetype=1 gfp_flags=GFP_KERNEL");
	event_fields(lab_mm(lab), &none, text, sizeof text);
	ck_assert_str_eq(text, "page=0000000000000000 pfn=0x0 order=2 "
			       "migratetype=0 gfp_flags=none");
}
END_TEST

START_TEST(our_events_have_names_for_numbers)
{
	const struct mm_event del = {
		.type = EV_list_del,
		.arg = {8, 3, MIGRATE_MOVABLE, REASON_TAKEN},
	};
	const struct mm_event boost = {
		.type = EV_watermark_boost,
		.arg = {ZONE_NORMAL, 0, 1, 2},
	};
	char text[400];

	event_fields(lab_mm(lab), &del, text, sizeof text);
	ck_assert_str_eq(text, "pfn=8 order=3 migratetype=Movable "
			       "reason=taken");
	event_fields(lab_mm(lab), &boost, text, sizeof text);
	ck_assert_str_eq(text, "zone=Normal from=0 to=1 max=2");
}
END_TEST

/* ---- which frames an event is about ---- */

START_TEST(every_event_that_names_a_frame_has_its_frames)
{
	runs(lab, "world new classroom");
	for (unsigned int t = 0; t < NR_EVENT_TYPES; t++) {
		struct mm_event ev = {.type = (uint16_t)t};
		struct event_span span[2];
		char name[40];
		bool named = false;

		for (unsigned int i = 0;
		     i < MM_EVENT_ARGS && event_arg_letter(&ev, i, name); i++)
			if (strcmp(name, "pfn") == 0) {
				ev.arg[i] = 8192;
				named = true;
			}
		ck_assert_msg(named ==
				      (event_spans(lab_mm(lab), &ev, span) > 0),
			      "%s", mm_event_type(t)->name);
		if (named)
			ck_assert_msg(span[0].start <= 8192 &&
					      span[0].end > 8192,
				      "%s", mm_event_type(t)->name);
	}
}
END_TEST

START_TEST(spans_are_blocks_pageblocks_and_lists)
{
	const struct mm_event put = {.type = EV_pcp_put, .arg = {8, 2, 3}};
	const struct mm_event split = {.type = EV_buddy_split,
				       .arg = {8, 3, 0}};
	const struct mm_event type = {.type = EV_pageblock_type,
				      .arg = {20, 0, 1}};
	const struct mm_event none = {.type = EV_mm_page_alloc,
				      .arg = {(int32_t)NO_PFN}};
	struct event_span span[2];

	/* the order of list 3 is that of its blocks */
	ck_assert_uint_eq(event_spans(lab_mm(lab), &put, span), 1);
	ck_assert_uint_eq(span[0].start, 8);
	ck_assert_uint_eq(span[0].end - span[0].start,
			  1u << mm_pcp_list_order(lab_mm(lab), 3));
	ck_assert_uint_eq(event_spans(lab_mm(lab), &split, span), 2);
	ck_assert_uint_eq(span[0].start, 8);
	ck_assert_uint_eq(span[0].end, 16);
	ck_assert_uint_eq(span[1].start, 0);
	ck_assert_uint_eq(span[1].end, 8);
	ck_assert_uint_eq(event_spans(lab_mm(lab), &type, span), 1);
	ck_assert(span[0].pageblock);
	ck_assert_uint_eq(span[0].start, 16);
	ck_assert_uint_eq(span[0].end, 32);
	ck_assert_uint_eq(event_spans(lab_mm(lab), &none, span), 0);
}
END_TEST

Suite *check_event_text_suite(void)
{
	Suite *s = suite_create("cmd/event_text");
	TCase *tc = tcase_create("event_text");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, every_reason_has_a_word_and_a_text_of_its_own);
	tcase_add_test(tc, a_number_that_is_no_reason_has_none);
	tcase_add_test(tc, a_sentence_fits_the_screen_with_the_longest_words);
	tcase_add_test(tc, each_depth_says_at_least_as_much_and_prints_well);
	tcase_add_test(tc, a_small_buffer_is_not_overrun);
	tcase_add_test(tc, a_watermark_test_shows_its_sum);
	tcase_add_test(tc, the_hint_is_no_watermark_test);
	tcase_add_test(tc, a_bulk_raises_the_mark);
	tcase_add_test(tc, of_one_thing_there_are_not_several);
	tcase_add_test(
		tc, a_line_without_events_of_its_own_is_not_called_a_setting);
	tcase_add_test(tc, what_is_put_off_is_said_by_its_orders);
	tcase_add_test(tc, a_quantum_names_its_task);
	tcase_add_test(tc, a_merge_names_both_halves);
	tcase_add_test(tc, the_kernels_function_and_section_follow);
	tcase_add_test(tc, kernel_events_have_the_kernels_fields);
	tcase_add_test(tc, our_events_have_names_for_numbers);
	tcase_add_test(tc, every_event_that_names_a_frame_has_its_frames);
	tcase_add_test(tc, spans_are_blocks_pageblocks_and_lists);
	suite_add_tcase(s, tc);
	return s;
}
