/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Zone selection and the slow path of requests that do not sleep: scenario
 * P44, rows of P6 and P32.
 */
#include <errno.h>

#include "core/get_page.h"
#include "support/picture.h"

#define DMA ((zone_t)ZONE_DMA)
#define DMA32 ((zone_t)ZONE_DMA32)

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static struct mm *world(const char *zones)
{
	struct mm_config cfg;
	struct mm_error err = {""};

	mm_config_preset(&cfg, "classroom", NULL);
	ck_assert_msg(mm_config_set(&cfg, "zones", zones, &err) == 0, "%s",
		      err.text);
	mm_config_set(&cfg, "pcp", "off", &err);
	return mm_create(&cfg, &err);
}

/* Claim everything for one type, so that no request falls back. */
static void all_of_type(enum migratetype mt)
{
	for (unsigned int i = 0; i < mm_nr_zones(mm); i++) {
		const zone_t zid = mm_zone_at(mm, i);
		const struct zone *z = &mm->zone[zid];

		for (pfn_t p = z->start; p < z->start + z->spanned; p += 512)
			move_freepages_block(mm, zid, p, mt);
	}
}

static int64_t nr_free(zone_t zid)
{
	return zone_page_state(mm, zid, NR_FREE_PAGES);
}

/* Allocate until the last page came from another zone, or none came. */
static zone_t served_by(gfp_t gfp)
{
	const pfn_t pfn = alloc(mm, 0, gfp);

	return pfn == NO_PFN ? NO_ZONE : mm_zone_of(mm, pfn);
}

static void drink_while(zone_t zid, gfp_t gfp)
{
	while (served_by(gfp) == zid)
		;
}

/*
 * P44: how far down each request may go, zone by zone.  One page of the next
 * zone is taken before drink_while() notices.
 */
START_TEST(scenario_p44)
{
	mm = world("0:DMA:0-4096,0:DMA32:4096-16384,0:Normal:16384-32768,"
		   "0:Movable:32768-49152");
	all_of_type(MIGRATE_UNMOVABLE);
	drink_while(Z, GFP_KERNEL);
	ck_assert_int_eq(nr_free(Z), 226);
	ck_assert(mm->zone[Z].flags & ZONE_BELOW_HIGH);
	ck_assert_uint_eq(mm->st->node[0].kswapd_asleep, 1);
	drink_while(DMA32, GFP_KERNEL);
	ck_assert_int_eq(nr_free(DMA32), 232);
	while (nr_free(DMA) > 168)
		ck_assert_uint_eq(served_by(GFP_KERNEL), DMA);
	ck_assert_uint_eq(mm->st->node[0].kswapd_asleep, 1);

	/* now the fast path fails: kswapd is woken, the mark is min */
	ck_assert_uint_eq(served_by(GFP_KERNEL), Z);
	ck_assert_uint_eq(mm->st->node[0].kswapd_asleep, 0);
	drink_while(Z, GFP_KERNEL);
	ck_assert_int_eq(nr_free(Z), 181);
	drink_while(DMA32, GFP_KERNEL);
	ck_assert_int_eq(nr_free(DMA32), 199);
	while (served_by(GFP_KERNEL) != NO_ZONE)
		;
	ck_assert_int_eq(nr_free(DMA), 157);

	/* GFP_KERNEL would reclaim here; GFP_ATOMIC goes on */
	drink_while(Z, GFP_ATOMIC);
	ck_assert_int_eq(nr_free(Z), 69);
	drink_while(DMA32, GFP_ATOMIC);
	ck_assert_int_eq(nr_free(DMA32), 115);
	while (served_by(GFP_ATOMIC) != NO_ZONE)
		;
	ck_assert_int_eq(nr_free(DMA), 130);

	/* and __GFP_MEMALLOC to the last page */
	while (served_by(GFP_ATOMIC | GFP_BIT_MEMALLOC) != NO_ZONE)
		;
	ck_assert_int_eq(nr_free(Z) + nr_free(DMA32) + nr_free(DMA), 0);
	then_sound(mm);
}
END_TEST

static unsigned int count(enum mm_event_type type, enum mm_reason reason)
{
	unsigned int n = 0;

	for (uint64_t i = 1; i <= mm_last_moment(mm); i++) {
		const struct mm_event *e = mm_event(mm, i);

		n += e->type == type &&
		     (reason == REASON_NONE || e->arg[1] == (int)reason ||
		      e->arg[2] == (int)reason);
	}
	return n;
}

/* P32: SELECT calls and kswapd wake-ups when everything fails. */
START_TEST(attempts_when_everything_fails)
{
	static const struct {
		gfp_t gfp;
		uint16_t caller;
		unsigned int slow; /* rounds of the slow path */
		const char *defrag;
	} rows[] = {
		{GFP_ATOMIC, 0, 2, "off"},
		{GFP_NOWAIT, 0, 1, "off"},
		{0x1c20ca, 0, 1, "off"},
		{GFP_KERNEL, MM_CALLER_MEMALLOC, 2, "off"},
		{GFP_ATOMIC, 0, 3, "on"},
		{GFP_NOWAIT, 0, 2, "on"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct mm_request want = {
			.gfp = rows[i].gfp, .nid = 0, .caller = rows[i].caller};
		struct mm_config cfg;
		unsigned int rounds = 0;
		pfn_t pfn;

		mm_config_preset(&cfg, "tiny", NULL);
		mm_config_set(&cfg, "defrag_mode", rows[i].defrag, NULL);
		mm = mm_create(&cfg, NULL);
		while (alloc(mm, 0, GFP_ATOMIC | GFP_BIT_MEMALLOC) != NO_PFN)
			;
		ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), -ENOMEM);
		for (uint64_t n = 1; n <= mm_last_moment(mm); n++) {
			const struct mm_event *e = mm_event(mm, n);

			rounds += e->type == EV_slowpath &&
				  (e->arg[1] == REASON_ENTERED ||
				   e->arg[1] == REASON_RETRY_RESERVES ||
				   e->arg[1] == REASON_NOFRAGMENT_DROPPED);
		}
		ck_assert_msg(rounds == rows[i].slow, "row %zu: %u", i, rounds);
		mm_destroy(mm);
	}
	mm = NULL;
}
END_TEST

/* P6: on one node every zone is tried clean before any is polluted. */
START_TEST(no_zone_is_polluted_before_all_were_tried)
{
	pfn_t pfn;

	mm = world("0:DMA32:0-4096,0:Normal:4096-8192");
	mm_set(mm, "vm.min_free_kbytes", 0, NULL);
	/* Normal: only half a pageblock left, and of the movable type */
	while (mm_nr_free(mm, Z, 10, MIGRATE_MOVABLE))
		alloc(mm, 10, GFP_KERNEL | GFP_BIT_MOVABLE);
	buddy_free(mm, 4096, 10);
	ck_assert_uint_eq(alloc(mm, 9, GFP_KERNEL | GFP_BIT_MOVABLE), 4096);
	ck_assert_uint_eq(alloc(mm, 8, GFP_KERNEL | GFP_BIT_MOVABLE), 4608);
	pfn = alloc(mm, 0, GFP_KERNEL);
	ck_assert_uint_eq(mm_zone_of(mm, pfn), DMA32);
	ck_assert_uint_eq(mm_pageblock_type(mm, 4608), MIGRATE_MOVABLE);
	then_sound(mm);
}
END_TEST

/* A node whose kswapd works is left out at first. */
START_TEST(nodes_with_a_working_kswapd_come_last)
{
	struct mm_config cfg;
	pfn_t pfn;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", "0:Normal:0-128,1:Normal:128-256", NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_int_eq(mm_put_node(mm, 0, "kswapd_asleep", 0), 0);
	pfn = alloc(mm, 0, GFP_HIGHUSER_MOVABLE);
	ck_assert_uint_ge(pfn, 128);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
	ck_assert_int_eq(mm_put_node(mm, 1, "kswapd_asleep", 0), 0);
	pfn = alloc(mm, 0, GFP_HIGHUSER_MOVABLE);
	ck_assert_uint_lt(pfn, 128);
	ck_assert_uint_eq(count(EV_zonelist_pass, REASON_KSWAPD_NODES), 1);
	ck_assert_uint_eq(count(EV_zone_skipped, REASON_KSWAPD_ACTIVE), 2);
	then_sound(mm);
}
END_TEST

/* Passes over the zones until an attempt that finds nothing gives up. */
static unsigned int passes(gfp_t gfp, uint32_t alloc_flags)
{
	const struct mm_request want = {.gfp = gfp, .nid = 0};
	struct alloc_context ac;

	ck_assert_int_eq(mm_record(mm, MM_RECORD_OFF), 0);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
	prepare_alloc(mm, &want, &ac);
	ck_assert_uint_eq(get_page_from_freelist(mm, &ac, alloc_flags), NO_PFN);
	return count(EV_zonelist_pass, REASON_NONE);
}

static void use_up_nodes(const char *zones, unsigned int nodes)
{
	struct mm_config cfg;
	pfn_t pfn;

	mm_config_preset(&cfg, "tiny", NULL);
	ck_assert_int_eq(mm_config_set(&cfg, "zones", zones, NULL), 0);
	mm = mm_create(&cfg, NULL);
	for (unsigned int n = 0; n < nodes; n++) {
		const struct mm_request want = {
			.gfp = GFP_ATOMIC | GFP_BIT_MEMALLOC | GFP_BIT_THISNODE,
			.nid = (int16_t)n};

		while (mm_alloc_pages(mm, &want, &pfn) == 0)
			;
		ck_assert_int_eq(mm_put_node(mm, n, "kswapd_asleep", 1), 0);
	}
}

/* The table of P6. */
START_TEST(passes_until_an_attempt_gives_up)
{
	const uint32_t low = WMARK_LOW, clean = WMARK_LOW | ALLOC_NOFRAGMENT;

	use_up_nodes("0:DMA32:0-64,0:Normal:64-128", 1);
	ck_assert_uint_eq(passes(GFP_KERNEL, low), 1);
	ck_assert_uint_eq(passes(GFP_KERNEL, clean), 2);
	/* one node: whether its kswapd works is not looked at */
	ck_assert_int_eq(mm_put_node(mm, 0, "kswapd_asleep", 0), 0);
	ck_assert_uint_eq(passes(GFP_KERNEL, clean), 2);
	teardown();
	use_up_nodes("0:DMA32:0-64,0:Normal:64-128,1:Normal:128-192", 2);
	ck_assert_uint_eq(passes(GFP_KERNEL, low), 1);
	ck_assert_uint_eq(passes(GFP_KERNEL, clean), 2);
	ck_assert_uint_eq(count(EV_zonelist_pass, REASON_REMOTE_NODE), 1);
	ck_assert_int_eq(mm_put_node(mm, 0, "kswapd_asleep", 0), 0);
	ck_assert_uint_eq(passes(GFP_KERNEL, low), 2);
	ck_assert_uint_eq(passes(GFP_KERNEL, clean), 3);
	ck_assert_uint_eq(passes(GFP_KERNEL | GFP_BIT_THISNODE, clean), 3);
	ck_assert_uint_eq(count(EV_zonelist_pass, REASON_NOFRAGMENT_DROPPED),
			  1);
	mm_set(mm, "vm.defrag_mode", 1, NULL);
	ck_assert_uint_eq(passes(GFP_KERNEL, clean), 2);
}
END_TEST

/*
 * P6, b: across nodes nothing is tried clean; the local node is polluted
 * while the other one has all its memory.
 */
START_TEST(pollution_here_beats_a_clean_remote_node)
{
	const struct mm_request want = {.gfp = GFP_KERNEL, .nid = 0};
	struct alloc_context ac;
	pfn_t pfn;

	use_up_nodes("0:DMA32:0-64,0:Normal:64-128,1:Normal:128-192", 1);
	/* below pageblock size, and movable: to take it is to mix */
	mm_set(mm, "vm.min_free_kbytes", 0, NULL);
	set_pageblock_migratetype(mm, 64, MIGRATE_MOVABLE);
	for (pfn = 64; pfn < 72; pfn++)
		ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, NULL), 0);
	mm_drain_all(mm);
	prepare_alloc(mm, &want, &ac);
	pfn = get_page_from_freelist(mm, &ac, WMARK_LOW | ALLOC_NOFRAGMENT);
	ck_assert_uint_lt(pfn, 128);
}
END_TEST

/* P43: many single pages at once; never more than asked for. */
START_TEST(bulk_allocation)
{
	struct mm_request want = {.gfp = GFP_HIGHUSER_MOVABLE, .nid = 0};
	pfn_t pfns[300];
	int got;

	mm = given_free(64, 3);
	got = mm_alloc_bulk(mm, &want, 10, pfns);
	ck_assert_int_eq(got, 10);
	for (pfn_t p = 0; p < 10; p++)
		ck_assert_uint_eq(pfns[p], p);
	got = mm_alloc_bulk(mm, &want, 300, pfns); /* falls back to one */
	ck_assert_int_eq(got, 1);
	ck_assert_int_eq(mm_alloc_bulk(mm, &want, 0, pfns), 0);
	then_sound(mm);
}
END_TEST

Suite *check_page_alloc_suite(void)
{
	Suite *s = suite_create("core/page_alloc");
	TCase *tc = tcase_create("page_alloc");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, scenario_p44);
	tcase_add_test(tc, attempts_when_everything_fails);
	tcase_add_test(tc, no_zone_is_polluted_before_all_were_tried);
	tcase_add_test(tc, nodes_with_a_working_kswapd_come_last);
	tcase_add_test(tc, passes_until_an_attempt_gives_up);
	tcase_add_test(tc, pollution_here_beats_a_clean_remote_node);
	tcase_add_test(tc, bulk_allocation);
	suite_add_tcase(s, tc);
	return s;
}
