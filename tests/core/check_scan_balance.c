/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much of which list is scanned; R13 to R17 with their checked tables.
 */
#include "core/vmscan.h"
#include "support/picture.h"

static struct mm *mm;

static void setup(void)
{
	mm = given_free(64, 3);
	STORE(mm, mm->st->swap_total, 8);
	STORE(mm, mm->st->swap_free, 8);
}

static void teardown(void)
{
	mm_destroy(mm);
}

static void stat(enum node_stat_item item, int64_t pages)
{
	STORE(mm, mm->st->node[0].stat[item], pages);
}

/* Lists of these lengths, on paper: all pages in the one zone. */
static void lists(int64_t ia, int64_t aa, int64_t fi, int64_t fa)
{
	const int64_t pages[] = {ia, aa, fi, fa};

	for (int l = 0; l < LRU_UNEVICTABLE; l++) {
		stat((enum node_stat_item)(NR_INACTIVE_ANON + l), pages[l]);
		STORE(mm, mm->zone[Z].lru[l], pages[l]);
	}
}

static const struct {
	int64_t inactive, active;
	bool low;
} lows[] = {
	{1000, 1000, false},
	{1000, 1001, true},
	{65536, 196608, false},
	{65535, 196609, true},
};

START_TEST(inactive_pages_are_few_by_the_size_of_memory)
{
	ck_assert_int_eq(
		inactive_too_few(lows[_i].inactive, lows[_i].active, 12),
		lows[_i].low);
}
END_TEST

#define SWAPS                                                                  \
	.reclaim_index = ZONE_NORMAL, .flags = SCAN_MAY_SWAP | SCAN_MAY_WRITE

static const struct {
	int priority;
	int64_t anon_cost, file_cost, nr[LRU_UNEVICTABLE];
} shares[] = {
	{12, 0, 0, {2, 2, 13, 2}},
	{12, 320, 768, {3, 3, 12, 2}},
	{10, 0, 0, {11, 11, 54, 13}},
	{10, 320, 768, {14, 14, 49, 12}},
	{6, 0, 0, {187, 187, 875, 218}},
	{6, 320, 768, {225, 225, 798, 199}},
	/* the last is equal, not by shares */
	{0, 320, 768, {40000, 40000, 80000, 20000}},
};

static void then_scans(const struct scan_control *sc,
		       const int64_t want[LRU_UNEVICTABLE])
{
	int64_t nr[LRU_UNEVICTABLE];

	get_scan_count(mm, 0, sc, nr);
	for (int l = 0; l < LRU_UNEVICTABLE; l++)
		ck_assert_int_eq(nr[l], want[l]);
}

START_TEST(the_dearer_family_is_spared)
{
	const struct scan_control sc = {
		SWAPS,
		.priority = shares[_i].priority,
		.anon_cost = shares[_i].anon_cost,
		.file_cost = shares[_i].file_cost,
	};

	lists(40000, 40000, 80000, 20000);
	then_scans(&sc, shares[_i].nr);
}
END_TEST

START_TEST(at_priority_0_without_swappiness_shares_count)
{
	const struct scan_control sc = {SWAPS};
	const int64_t want[] = {0, 0, 80000, 20000};

	lists(40000, 40000, 80000, 20000);
	mm_set(mm, "vm.swappiness", 0, NULL);
	then_scans(&sc, want);
}
END_TEST

START_TEST(without_swap_files_only)
{
	struct scan_control sc = {SWAPS, .priority = 4};
	const int64_t want[] = {0, 0, 5000, 1250};

	lists(40000, 40000, 80000, 20000);
	STORE(mm, mm->st->swap_free, 0);
	then_scans(&sc, want);
	STORE(mm, mm->st->swap_free, 1);
	sc.flags &= ~(uint32_t)SCAN_MAY_SWAP;
	then_scans(&sc, want);
}
END_TEST

/* R16 and what follows from it in R17.4, R17.5 */
START_TEST(few_file_pages_are_left_alone)
{
	struct scan_control sc = {SWAPS, .priority = 4};
	const int64_t anon[] = {625, 625, 0, 0}, file[] = {0, 0, 5, 3};

	lists(10000, 10000, 80, 50);
	set_marks(mm, 80, 100, 194);
	mm_put_zone(mm, Z, "NR_FREE_PAGES", 64);
	prepare_scan_control(mm, 0, &sc);
	ck_assert(sc.flags & SCAN_FILE_IS_TINY);
	then_scans(&sc, anon);
	/* one page more than all marks, and there are enough inactive ones */
	mm_put_zone(mm, Z, "NR_FREE_PAGES", 65);
	prepare_scan_control(mm, 0, &sc);
	ck_assert(!(sc.flags & SCAN_FILE_IS_TINY));
	ck_assert(sc.flags & SCAN_CACHE_TRIM);
	then_scans(&sc, file);
	sc.flags |= SCAN_NO_CACHE_TRIM;
	prepare_scan_control(mm, 0, &sc);
	ck_assert(!(sc.flags & SCAN_CACHE_TRIM));
}
END_TEST

/* R15 */
START_TEST(returning_pages_make_active_ones_suspect)
{
	struct scan_control sc = {SWAPS, .priority = 4};

	lists(100, 100, 100, 100);
	prepare_scan_control(mm, 0, &sc);
	ck_assert(!(sc.flags & (SCAN_DEACTIVATE_ANON | SCAN_DEACTIVATE_FILE)));
	stat(WORKINGSET_ACTIVATE_FILE, 1);
	prepare_scan_control(mm, 0, &sc);
	ck_assert(!(sc.flags & SCAN_DEACTIVATE_ANON));
	ck_assert(sc.flags & SCAN_DEACTIVATE_FILE);
	snapshot_refaults(mm, 0);
	lists(99, 100, 100, 100);
	prepare_scan_control(mm, 0, &sc);
	ck_assert(sc.flags & SCAN_DEACTIVATE_ANON);
	ck_assert(!(sc.flags & SCAN_DEACTIVATE_FILE));
	lists(100, 100, 100, 100);
	sc.flags |= SCAN_FORCE_DEACTIVATE;
	prepare_scan_control(mm, 0, &sc);
	ck_assert(sc.flags & SCAN_DEACTIVATE_ANON);
	ck_assert(sc.flags & SCAN_DEACTIVATE_FILE);
}
END_TEST

/* R13: 32 for each page of I/O, one for each put back; old costs fade. */
START_TEST(costs_are_counted_once_and_fade)
{
	struct scan_control sc = {SWAPS, .priority = 4};

	lists(1000, 1000, 1000, 1000);
	stat(NR_VMSCAN_WRITE, 6);
	stat(WORKINGSET_RESTORE_ANON, 4);
	stat(WORKINGSET_RESTORE_FILE, 2);
	stat(PGROTATE_FILE, 300);
	prepare_scan_control(mm, 0, &sc);
	ck_assert_int_eq(sc.anon_cost, 320);
	ck_assert_int_eq(sc.file_cost, 364);
	prepare_scan_control(mm, 0, &sc);
	ck_assert_int_eq(sc.anon_cost, 320);
	/* more than a quarter of the pages: both are halved */
	stat(PGROTATE_FILE, 617);
	prepare_scan_control(mm, 0, &sc);
	ck_assert_int_eq(sc.anon_cost, 160);
	ck_assert_int_eq(sc.file_cost, 340);
}
END_TEST

Suite *check_scan_balance_suite(void)
{
	Suite *s = suite_create("core/scan_balance");
	TCase *tc = tcase_create("scan_balance");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, inactive_pages_are_few_by_the_size_of_memory, 0,
			    sizeof lows / sizeof lows[0]);
	tcase_add_loop_test(tc, the_dearer_family_is_spared, 0,
			    sizeof shares / sizeof shares[0]);
	tcase_add_test(tc, at_priority_0_without_swappiness_shares_count);
	tcase_add_test(tc, without_swap_files_only);
	tcase_add_test(tc, few_file_pages_are_left_alone);
	tcase_add_test(tc, returning_pages_make_active_ones_suspect);
	tcase_add_test(tc, costs_are_counted_once_and_fade);
	suite_add_tcase(s, tc);
	return s;
}
