/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_json.c - every word of `show` as JSON has what the text has
 */
#include "say.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

Suite *check_json_suite(void);

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

/* The document for a line; the caller gives it back. */
static json_t *document(const char *line)
{
	struct out *out = out_buffer();
	json_error_t err;
	json_t *doc;

	out_set_json(out, true);
	ck_assert_int_eq(lab_run(lab, line, out), CMD_OK);
	doc = json_loads(out_string(out), JSON_REJECT_DUPLICATES, &err);
	ck_assert_msg(doc != NULL, "%s: %s, line %d", line, err.text, err.line);
	out_free(out);
	return doc;
}

/* A value by a path: "data/0/blocks/5". */
static json_t *at(json_t *doc, const char *path)
{
	const char *whole = path;
	char word[40];

	while (doc && *path) {
		const size_t len = strcspn(path, "/");

		ck_assert_uint_lt(len, sizeof word);
		memcpy(word, path, len);
		word[len] = '\0';
		doc = json_is_array(doc)
			      ? json_array_get(doc, strtoul(word, NULL, 10))
			      : json_object_get(doc, word);
		path += len + (path[len] == '/');
	}
	ck_assert_msg(doc != NULL, "%s", whole);
	return doc;
}

static int64_t number(json_t *doc, const char *path)
{
	json_t *value = at(doc, path);

	ck_assert_msg(json_is_integer(value), "%s", path);
	return json_integer_value(value);
}

static const char *string(json_t *doc, const char *path)
{
	json_t *value = at(doc, path);

	ck_assert_msg(json_is_string(value), "%s", path);
	return json_string_value(value);
}

/* ---- every word everywhere ---- */

START_TEST(every_word_runs_on_every_preset)
{
	static const char *const lines[] = {
		"show buddyinfo",     "show pagetypeinfo",
		"show zoneinfo",      "show pcp",
		"show lists",	      "show frame 0",
		"show block 0",	      "show events",
		"show zones",	      "show owners",
		"show gfp",	      "show lists order=0",
		"show frame 20",      "show pcp cpu=0",
		"show events last=9", "show gfp mask=0xcc0",
		"show vmstat",	      "show meminfo",
		"show extfrag_index", "show unusable_index",
		"show trace",	      "show mem",
		"show failure",	      "show oom",
		"show groups",	      "show cpusets",
	};

	for (unsigned int p = 0; mm_preset_name(p); p++) {
		char world[60];

		snprintf(world, sizeof world, "world new %s",
			 mm_preset_name(p));
		runs(lab, world);
		runs(lab, "alloc count=20 name=a");
		runs(lab, "free a every=2");
		runs(lab, "back 2");
		for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
			json_t *doc = document(lines[i]);
			const char *word = string(doc, "show");

			ck_assert_uint_eq(
				strncmp(lines[i] + 5, word, strlen(word)), 0);
			ck_assert_int_eq(number(doc, "moment"),
					 (int64_t)mm_now(lab_mm(lab)));
			at(doc, "data");
			json_decref(doc);
			runs(lab, lines[i]);
		}
	}
}
END_TEST

/* ---- the shapes ---- */

START_TEST(buddyinfo_and_pagetypeinfo_count_blocks)
{
	json_t *doc = document("show buddyinfo");

	ck_assert_str_eq(string(doc, "data/0/zone"), "Normal");
	ck_assert_int_eq(number(doc, "data/0/blocks/5"), 8);
	json_decref(doc);
	runs(lab, "alloc");
	doc = document("show pagetypeinfo");
	ck_assert_int_eq(number(doc, "data/pageblock_order"), 4);
	ck_assert_int_eq(number(doc, "data/pages_per_block"), 16);
	ck_assert_int_eq(number(doc, "data/zones/0/free/Unmovable/4"), 1);
	ck_assert_int_eq(number(doc, "data/zones/0/free/Movable/5"), 7);
	ck_assert_int_eq(number(doc, "data/zones/0/pageblocks/Unmovable"), 2);
	ck_assert_int_eq(number(doc, "data/zones/0/pageblocks/Movable"), 14);
	json_decref(doc);
}
END_TEST

START_TEST(zoneinfo_has_counters_protection_and_pagesets)
{
	json_t *doc;

	runs(lab, "world new classroom");
	runs(lab, "alloc");
	doc = document("show zoneinfo");
	ck_assert_uint_eq(json_array_size(at(doc, "data")), MAX_NR_ZONES);
	ck_assert_int_eq(number(doc, "data/0/protection/2"), 48);
	ck_assert(json_is_false(at(doc, "data/1/populated")));
	ck_assert_ptr_null(json_object_get(at(doc, "data/1"), "stats"));
	ck_assert_int_eq(number(doc, "data/2/stats/nr_free_pages"),
			 figure(lab, "node0.Normal.free"));
	ck_assert_int_eq(number(doc, "data/2/stats/numa_hit"), 1);
	ck_assert_int_eq(number(doc, "data/2/pagesets/0/count"), 2);
	ck_assert_int_eq(number(doc, "data/2/start_pfn"), 4096);
	json_decref(doc);
}
END_TEST

START_TEST(lists_have_every_frame_from_the_head)
{
	json_t *doc;

	runs(lab, "alloc count=2");
	doc = document("show lists");
	ck_assert_str_eq(string(doc, "data/0/lists/0/migratetype"),
			 "Unmovable");
	ck_assert_int_eq(number(doc, "data/0/lists/0/order"), 0);
	ck_assert_int_eq(number(doc, "data/0/lists/0/pfns/0"), 3);
	json_decref(doc);
	doc = document("show pcp");
	ck_assert_int_eq(number(doc, "data/0/count"), 1);
	ck_assert_int_eq(number(doc, "data/0/lists/0/pfns/0"), 2);
	json_decref(doc);
	/* the text stops at 16 */
	runs(lab, "world new classroom");
	doc = document("show lists zone=DMA");
	ck_assert_int_eq(number(doc, "data/0/lists/0/order"), 4);
	json_decref(doc);
}
END_TEST

START_TEST(frames_say_where_they_are)
{
	json_t *doc;

	runs(lab, "alloc count=2 name=a");
	doc = document("show frame 0");
	ck_assert_str_eq(string(doc, "data/state"), "in use");
	ck_assert_str_eq(string(doc, "data/owner"), "a");
	ck_assert_str_eq(string(doc, "data/pageblock/migratetype"),
			 "Unmovable");
	ck_assert(json_is_false(at(doc, "data/pageblock/isolated")));
	json_decref(doc);
	doc = document("show frame 2");
	ck_assert_str_eq(string(doc, "data/state"), "per-CPU");
	ck_assert_int_eq(number(doc, "data/cpu"), 0);
	ck_assert_int_eq(number(doc, "data/position"), 0);
	json_decref(doc);
	doc = document("show block 0");
	ck_assert_int_eq(number(doc, "data/first"), 0);
	ck_assert_int_eq(number(doc, "data/free"), 13);
	ck_assert_uint_eq(json_array_size(at(doc, "data/blocks")), 6);
	ck_assert_int_eq(number(doc, "data/blocks/5/pages"), 8);
	json_decref(doc);
}
END_TEST

START_TEST(events_have_words_for_reasons_and_null_for_no_frame)
{
	json_t *doc;

	runs(lab, "alloc order=5 type=M");
	doc = document("show events last=2");
	ck_assert_str_eq(string(doc, "data/1/name"), "mm_page_alloc");
	ck_assert_str_eq(string(doc, "data/1/task"), "caller");
	ck_assert_int_eq(number(doc, "data/1/args/pfn"), 0);
	ck_assert_str_eq(string(doc, "data/1/args/result"), "served");
	json_decref(doc);
	runs(lab, "schedule manual"); /* kswapd would have the last word */
	runs(lab, "alloc order=5 count=9");
	doc = document("show events last=1");
	ck_assert(json_is_null(at(doc, "data/0/args/pfn")));
	ck_assert_str_eq(string(doc, "data/0/args/result"), "refused");
	json_decref(doc);
}
END_TEST

/* As the text: up to three events that lie ahead. */
START_TEST(events_end_where_the_text_ends)
{
	json_t *doc;

	runs(lab, "alloc");
	runs(lab, "goto 5");
	doc = document("show events last=2");
	ck_assert_uint_eq(json_array_size(at(doc, "data")), 2);
	ck_assert_int_eq(number(doc, "data/0/event"), 4);
	ck_assert_int_eq(number(doc, "data/1/event"), 5);
	json_decref(doc);
	doc = document("show events");
	ck_assert_int_eq(number(doc, "data/0/event"), 1);
	ck_assert_int_eq(number(doc, "data/7/event"), 8);
	ck_assert_uint_eq(json_array_size(at(doc, "data")), 8);
	json_decref(doc);
}
END_TEST

START_TEST(counters_have_their_names)
{
	json_t *doc;

	runs(lab, "alloc order=3 count=2");
	doc = document("show vmstat");
	ck_assert_uint_eq(json_object_size(at(doc, "data")), 201);
	ck_assert_int_eq(number(doc, "data/pgalloc_normal"), 16);
	json_decref(doc);
	doc = document("show meminfo");
	ck_assert_int_eq(number(doc, "data/MemTotal"), 1024);
	ck_assert_int_eq(number(doc, "data/HugePages_Total"), 0);
	json_decref(doc);
	doc = document("show zoneinfo zone=Normal");
	ck_assert_int_eq(number(doc, "data/0/node_stats/nr_inactive_file"), 0);
	ck_assert(json_is_false(at(doc, "data/0/node_unreclaimable")));
	json_decref(doc);
	doc = document("show unusable_index");
	ck_assert_int_eq(number(doc, "data/0/index/0"), 0);
	json_decref(doc);
}
END_TEST

START_TEST(limits_are_pages_or_null)
{
	json_t *doc;

	runs(lab, "world new tiny");
	runs(lab, "group new a max=20 oom-group=on");
	runs(lab, "group new b parent=a low=3");
	runs(lab, "cpuset new c mems=0");
	doc = document("show groups");
	ck_assert_int_eq(number(doc, "data/0/max"), 20);
	ck_assert(json_is_null(at(doc, "data/0/high")));
	ck_assert(json_is_true(at(doc, "data/0/oom_group")));
	ck_assert_str_eq(json_string_value(at(doc, "data/1/parent")), "a");
	ck_assert_int_eq(number(doc, "data/1/low"), 3);
	ck_assert_int_eq(number(doc, "data/1/events/oom_kill"), 0);
	json_decref(doc);
	doc = document("show cpusets");
	ck_assert_str_eq(json_string_value(at(doc, "data/0/parent")), "/");
	ck_assert_int_eq(number(doc, "data/0/mems/0"), 0);
	json_decref(doc);
}
END_TEST

START_TEST(reports_are_lists_of_lines)
{
	json_t *doc;

	runs(lab, "alloc order=5 count=20");
	doc = document("show failure");
	ck_assert_str_eq(string(doc, "data/0"),
			 "caller: page allocation failure: order:5, "
			 "mode:0xcc0(GFP_KERNEL), nodemask=(null),cpuset=/,"
			 "mems_allowed=0");
	ck_assert_str_eq(string(doc, "data/1"), "Mem-Info:");
	json_decref(doc);
	doc = document("show trace last=1");
	ck_assert_uint_eq(json_array_size(at(doc, "data")), 1);
	json_decref(doc);
}
END_TEST

START_TEST(names_are_listed)
{
	json_t *doc;

	runs(lab, "alloc order=2 count=3 name=a");
	doc = document("show owners");
	ck_assert_str_eq(string(doc, "data/0/name"), "a");
	ck_assert_int_eq(number(doc, "data/0/pages"), 12);
	json_decref(doc);
	doc = document("show gfp mask=atomic");
	ck_assert_int_eq(number(doc, "data/value"), GFP_ATOMIC);
	ck_assert_str_eq(string(doc, "data/highest_zone"), "Normal");
	ck_assert(json_is_false(at(doc, "data/may_sleep")));
	ck_assert(json_is_true(at(doc, "data/wakes_kswapd")));
	json_decref(doc);
	doc = document("gfp nowait+nofail order=2");
	ck_assert_str_eq(string(doc, "data/slow_path"),
			 "0x850 min|NON_BLOCK|CPUSET|KSWAPD");
	ck_assert_uint_eq(json_array_size(at(doc, "data/remarks")), 2);
	json_decref(doc);
}
END_TEST

START_TEST(what_reclaim_works_on)
{
	static const struct {
		const char *line, *path;
		int64_t value;
	} want[] = {
		/* the newest first; lists of a node are five */
		{"show lru", "data/lists/2/pages", 2},
		{"show lru", "data/lists/2/pfns/1", 0},
		{"show lru", "data/batches/0/pfns/0", 1},
		{"show swap", "data/total", 8},
		{"show swap", "data/free", 8},
		{"show slabs", "data/0/objects", 30},
		{"show slabs", "data/0/pages", 3},
	};

	runs(lab, "world new tiny pcp=off");
	runs(lab, "alloc count=2 type=M name=file");
	runs(lab, "lru access 1");
	runs(lab, "lru access 1");
	runs(lab, "swap on pages=8");
	runs(lab, "slab new dentry objects=30 per-page=10");
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		json_t *doc = document(want[i].line);

		ck_assert_int_eq(json_integer_value(at(doc, want[i].path)),
				 want[i].value);
		json_decref(doc);
	}
}
END_TEST

START_TEST(memory_blocks_have_their_state)
{
	json_t *doc, *list;

	runs(lab, "world new tiny");
	runs(lab, "memory offline 3");
	doc = document("show memory");
	list = json_object_get(doc, "data");
	ck_assert_uint_eq(json_array_size(list), 4);
	ck_assert_str_eq(json_string_value(json_object_get(
				 json_array_get(list, 0), "zone")),
			 "Normal");
	ck_assert_str_eq(json_string_value(json_object_get(
				 json_array_get(list, 3), "state")),
			 "offline");
	ck_assert_ptr_null(json_object_get(json_array_get(list, 3), "zone"));
	json_decref(doc);
}
END_TEST

Suite *check_json_suite(void)
{
	Suite *s = suite_create("cmd/json");
	TCase *tc = tcase_create("json");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, every_word_runs_on_every_preset);
	tcase_add_test(tc, buddyinfo_and_pagetypeinfo_count_blocks);
	tcase_add_test(tc, zoneinfo_has_counters_protection_and_pagesets);
	tcase_add_test(tc, lists_have_every_frame_from_the_head);
	tcase_add_test(tc, frames_say_where_they_are);
	tcase_add_test(tc, events_have_words_for_reasons_and_null_for_no_frame);
	tcase_add_test(tc, events_end_where_the_text_ends);
	tcase_add_test(tc, counters_have_their_names);
	tcase_add_test(tc, limits_are_pages_or_null);
	tcase_add_test(tc, reports_are_lists_of_lines);
	tcase_add_test(tc, names_are_listed);
	tcase_add_test(tc, what_reclaim_works_on);
	tcase_add_test(tc, memory_blocks_have_their_state);
	suite_add_tcase(s, tc);
	return s;
}
