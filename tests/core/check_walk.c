/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each zone would say to a request, against what requests then do.
 */
#include <errno.h>

#include "support/picture.h"

#define DMA ((zone_t)ZONE_DMA)
#define DMA32 ((zone_t)ZONE_DMA32)

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* Three zones of one node, with reserves against each other. */
static struct mm *three_zones(void)
{
	struct mm_config cfg;
	struct mm_error err = {""};

	mm_config_preset(&cfg, "classroom", NULL);
	ck_assert_int_eq(mm_config_set(&cfg, "zones",
				       "0:DMA:0-4096,0:DMA32:4096-8192,"
				       "0:Normal:8192-16384",
				       &err),
			 0);
	ck_assert_int_eq(mm_config_set(&cfg, "pcp", "off", &err), 0);
	return mm_create(&cfg, &err);
}

static void adds_up(const struct mm_walk *w, const struct mm_walk_zone *z)
{
	struct mm_wmark_terms t;

	mm_watermark_terms(mm, z->zone, w->want.order, z->raw + z->boost,
			   w->highest, w->alloc_flags, &t);
	ck_assert_int_eq(z->usable, z->free - z->highatomic - z->cma - z->tail);
	ck_assert_int_eq(z->needed, z->mark + z->reserve);
	ck_assert_int_eq(z->margin, z->usable - z->needed);
	ck_assert_int_eq(z->usable, t.free - t.unusable);
	ck_assert_int_eq(z->mark, t.mark);
	ck_assert_int_eq(z->margin > 0, t.enough);
	ck_assert_int_eq(z->missing > 0, !t.enough);
	ck_assert_int_gt(z->margin + z->missing, 0);
	if (z->verdict == ZONE_PASSES)
		ck_assert(t.ok);
	if (z->verdict == ZONE_SHORT)
		ck_assert_int_le(z->margin, 0);
	if (z->verdict == ZONE_NO_BLOCK)
		ck_assert(z->margin > 0 && !z->has_block);
}

/* The zone that the attempt would take from. */
static zone_t first_that_passes(const struct mm_walk *w)
{
	struct mm_walk_zone z;
	zone_t found = NO_ZONE;

	for (unsigned int i = 0; mm_walk_zone(mm, w, i, &z); i++) {
		adds_up(w, &z);
		if (found == NO_ZONE && z.verdict <= ZONE_IGNORED)
			found = z.zone;
	}
	return found;
}

/* Until memory is out: said of each page beforehand where it comes from. */
static void drink_as_foretold(gfp_t gfp, unsigned int order)
{
	const struct mm_request want = {
		.gfp = gfp, .order = (uint16_t)order, .nid = -1};
	zone_t zones[MAX_NR_ZONES] = {0};

	for (int n = 0; n < 20000; n++) {
		struct mm_walk fast, slow;
		zone_t zone;
		pfn_t pfn;

		ck_assert_int_eq(mm_walk_of(mm, &want, false, &fast), 0);
		ck_assert_int_eq(mm_walk_of(mm, &want, true, &slow), 0);
		zone = first_that_passes(&fast);
		if (zone == NO_ZONE)
			zone = first_that_passes(&slow);
		if (mm_alloc_pages(mm, &want, &pfn))
			break;
		if (zone != NO_ZONE)
			ck_assert_uint_eq(mm_zone_of(mm, pfn), zone);
		zones[mm_zone_of(mm, pfn)]++;
	}
	ck_assert_uint_gt(zones[mm_gfp_highest(mm, gfp)], 0);
}

START_TEST(the_first_zone_that_passes_gives_the_page)
{
	static const gfp_t masks[] = {GFP_NOWAIT, GFP_ATOMIC,
				      GFP_NOWAIT | GFP_BIT_DMA32};

	for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++)
		for (unsigned int order = 0; order < 3; order += 2) {
			mm = three_zones();
			drink_as_foretold(masks[i], order);
			teardown();
		}
}
END_TEST

START_TEST(zones_above_the_masks_are_not_offered)
{
	const struct mm_request want = {.gfp = GFP_KERNEL | GFP_BIT_DMA32,
					.nid = -1};
	struct mm_walk_zone z;
	struct mm_walk w;

	mm = three_zones();
	ck_assert_int_eq(mm_walk_of(mm, &want, false, &w), 0);
	ck_assert(mm_walk_zone(mm, &w, 0, &z));
	ck_assert_uint_eq(z.zone, Z);
	ck_assert_int_eq(z.verdict, ZONE_TOO_HIGH);
	ck_assert(mm_walk_zone(mm, &w, 1, &z));
	ck_assert_uint_eq(z.zone, DMA32);
	ck_assert_int_eq(z.verdict, ZONE_PASSES);
	ck_assert_int_eq(z.reserve, 0);
	ck_assert(mm_walk_zone(mm, &w, 2, &z));
	ck_assert_uint_eq(z.zone, DMA);
	ck_assert_int_eq(z.reserve, mm->zone[DMA].lowmem_reserve[ZONE_DMA32]);
	ck_assert_int_gt(z.reserve, 0);
	ck_assert(!mm_walk_zone(mm, &w, 3, &z));
	ck_assert_uint_eq(z.zone, NO_ZONE);
}
END_TEST

/* What is free in high-atomic pageblocks is for those with a right to it. */
START_TEST(terms_that_do_not_count_are_zero)
{
	const struct mm_request kernel = {
		.gfp = GFP_KERNEL, .order = 2, .nid = -1};
	const struct mm_request atomic = {.gfp = GFP_ATOMIC, .nid = -1};
	struct mm_walk_zone z;
	struct mm_walk w;

	mm = given_types("M... .... .... ....", "MHMM");
	set_marks(mm, 1, 2, 3);
	ck_assert_int_eq(mm_walk_of(mm, &kernel, false, &w), 0);
	ck_assert(mm_walk_zone(mm, &w, 0, &z));
	ck_assert_int_eq(z.free, 15);
	ck_assert_int_eq(z.highatomic, 4);
	ck_assert_int_eq(z.tail, 3);
	ck_assert_int_eq(z.which, WMARK_LOW);
	ck_assert_int_eq(z.raw, 2);
	ck_assert_int_eq(z.margin, 15 - 4 - 3 - 2);
	ck_assert_int_eq(mm_walk_of(mm, &atomic, true, &w), 0);
	ck_assert(mm_walk_zone(mm, &w, 0, &z));
	ck_assert_int_eq(z.highatomic, 0);
	ck_assert_int_eq(z.which, WMARK_MIN);
}
END_TEST

START_TEST(enough_pages_but_no_block)
{
	const struct mm_request want = {
		.gfp = GFP_NOWAIT, .order = 2, .nid = -1};
	struct mm_walk_zone z;
	struct mm_walk w;

	mm = given("M.M. M.M. M.M. M.M.");
	set_marks(mm, 1, 2, 3);
	ck_assert_int_eq(mm_walk_of(mm, &want, false, &w), 0);
	ck_assert(mm_walk_zone(mm, &w, 0, &z));
	ck_assert_int_eq(z.verdict, ZONE_NO_BLOCK);
	ck_assert_int_eq(z.margin, 8 - 3 - 2);
	set_marks(mm, 10, 20, 30);
	ck_assert(mm_walk_zone(mm, &w, 0, &z));
	ck_assert_int_eq(z.verdict, ZONE_SHORT);
	ck_assert_int_eq(z.margin, 8 - 3 - 20);
}
END_TEST

/* W26: at order 0 a request with rights is measured without the boost. */
START_TEST(the_boost_does_not_count_for_the_urgent)
{
	const struct mm_request want = {.gfp = GFP_ATOMIC, .nid = -1};
	struct mm_walk_zone z;
	struct mm_walk w;

	mm = given("MMM. MMM. .... ....");
	set_marks(mm, 4, 5, 6);
	STORE(mm, mm->zone[Z].boost, (int64_t)100);
	ck_assert_int_eq(mm_zone_mark(mm, Z, WMARK_MIN), 104);
	ck_assert_int_eq(mm_zone_mark(mm, Z, NR_WMARK), 0);
	ck_assert_int_eq(mm_zone_mark(mm, NO_ZONE, WMARK_MIN), 0);
	ck_assert_int_eq(mm_walk_of(mm, &want, true, &w), 0);
	ck_assert(mm_walk_zone(mm, &w, 0, &z));
	ck_assert_int_eq(z.verdict, ZONE_UNBOOSTED);
	ck_assert_int_eq(z.boost, 100);
	ck_assert(alloc(mm, 0, GFP_ATOMIC) != NO_PFN);
}
END_TEST

/* Standing inside of a request, its newest attempt; behind it, that it was. */
START_TEST(the_request_in_hand_is_read_off_the_events)
{
	struct mm_walk w;
	uint64_t end;

	mm = given("MMM. MMM. .... ....");
	set_marks(mm, 4, 20, 30);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	ck_assert(!mm_walk_last(mm, -1, &w));
	ck_assert_uint_eq(w.moment, 0);
	ck_assert(alloc(mm, 1, GFP_ATOMIC) != NO_PFN);
	end = mm_now(mm);
	ck_assert(mm_walk_last(mm, -1, &w));
	ck_assert(!w.in_hand);
	ck_assert_uint_eq(w.want.order, 1);
	ck_assert_uint_eq(w.want.gfp, GFP_ATOMIC);
	/* the fast path's words at its first event, the slow path's later */
	ck_assert_int_eq(mm_seek(mm, w.moment), 0);
	ck_assert(mm_walk_last(mm, -1, &w));
	ck_assert(w.in_hand);
	ck_assert_uint_eq(w.pass, 0);
	ck_assert_uint_eq(w.alloc_flags & ALLOC_WMARK_MASK, WMARK_LOW);
	ck_assert_int_eq(mm_seek(mm, end - 1), 0);
	ck_assert(mm_walk_last(mm, -1, &w));
	ck_assert(w.in_hand);
	ck_assert_uint_eq(w.alloc_flags & ALLOC_WMARK_MASK, WMARK_MIN);
	ck_assert_uint_gt(w.pass, 0);
	ck_assert(mm_walk_last(mm, 0, &w));
	ck_assert(!mm_walk_last(mm, 1, &w));
}
END_TEST

/* What the event of the test had to say is what was foretold. */
START_TEST(the_events_of_the_test_say_the_same)
{
	struct mm_walk_zone z;
	struct mm_walk w;
	int seen = 0;

	mm = given("MMM. MMM. .... ....");
	set_marks(mm, 4, 20, 30);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	ck_assert(alloc(mm, 1, GFP_ATOMIC) != NO_PFN);
	for (uint64_t n = mm_last_moment(mm); n > mm_first_moment(mm); n--) {
		const struct mm_event ev = *mm_event(mm, n);

		if (ev.type != EV_zone_watermark || ev.arg[2] >= 8)
			continue;
		ck_assert_int_eq(mm_seek(mm, n), 0);
		ck_assert(mm_walk_last(mm, -1, &w));
		ck_assert(mm_walk_zone(mm, &w, 0, &z));
		ck_assert_int_eq(z.mark, ev.arg[3]);
		ck_assert_int_eq(z.reserve, ev.arg[4]);
		ck_assert_int_eq(z.usable, ev.arg[5]);
		ck_assert_int_eq(z.verdict == ZONE_PASSES,
				 ev.arg[6] == REASON_WMARK_OK);
		seen++;
	}
	ck_assert_int_gt(seen, 1);
}
END_TEST

START_TEST(what_cannot_be_asked_for_has_no_zones)
{
	struct mm_request want = {.gfp = GFP_KERNEL, .nid = -1, .cpu = 64};
	struct mm_walk_zone z;
	struct mm_walk w;

	mm = given("M... ....");
	ck_assert_int_eq(mm_walk_of(mm, &want, false, &w), -EINVAL);
	want.cpu = 0;
	want.order = 60;
	if (mm_walk_of(mm, &want, false, &w) == 0)
		ck_assert(!mm_walk_zone(mm, &w, 0, &z));
	w = (struct mm_walk){.highest = (enum zone_type)77};
	ck_assert(!mm_walk_zone(mm, &w, 0, &z));
}
END_TEST

Suite *check_walk_suite(void);

Suite *check_walk_suite(void)
{
	Suite *s = suite_create("core/walk");
	TCase *t = tcase_create("walk");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, the_first_zone_that_passes_gives_the_page);
	tcase_add_test(t, zones_above_the_masks_are_not_offered);
	tcase_add_test(t, terms_that_do_not_count_are_zero);
	tcase_add_test(t, enough_pages_but_no_block);
	tcase_add_test(t, the_boost_does_not_count_for_the_urgent);
	tcase_add_test(t, the_request_in_hand_is_read_off_the_events);
	tcase_add_test(t, the_events_of_the_test_say_the_same);
	tcase_add_test(t, what_cannot_be_asked_for_has_no_zones);
	suite_add_tcase(s, t);
	return s;
}
