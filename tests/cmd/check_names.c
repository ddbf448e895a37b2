/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_names.c - what is printed can be typed
 */
#include "say.h"

#include "cmd/internal.h"

Suite *check_names_suite(void);

static gfp_t gfp(const char *text)
{
	char why[200] = "";
	gfp_t value = 0;

	ck_assert_msg(gfp_parse(text, &value, why, sizeof why), "%s: %s", text,
		      why);
	return value;
}

START_TEST(a_mask_may_be_written_in_many_ways)
{
	ck_assert_uint_eq(gfp("GFP_KERNEL"), 0xcc0);
	ck_assert_uint_eq(gfp("kernel"), 0xcc0);
	ck_assert_uint_eq(gfp("GFP_KERNEL|__GFP_COMP"), 0x40cc0);
	ck_assert_uint_eq(gfp("kernel|comp"), 0x40cc0);
	ck_assert_uint_eq(gfp("0xcc0"), 0xcc0);
	ck_assert_uint_eq(gfp("3264"), 0xcc0);
	ck_assert_uint_eq(gfp("none"), 0);
	ck_assert_uint_eq(gfp("__gfp_movable"), 0x8);
}
END_TEST

/* The numbers are the kernel's: they stand in logs and recordings. */
START_TEST(masks_have_the_kernels_numbers)
{
	static const struct {
		const char *name;
		gfp_t value;
	} rows[] = {
		{"__GFP_DMA", 0x1},
		{"__GFP_HIGHMEM", 0x2},
		{"__GFP_DMA32", 0x4},
		{"__GFP_MOVABLE", 0x8},
		{"__GFP_RECLAIMABLE", 0x10},
		{"__GFP_HIGH", 0x20},
		{"__GFP_IO", 0x40},
		{"__GFP_FS", 0x80},
		{"__GFP_ZERO", 0x100},
		{"__GFP_DIRECT_RECLAIM", 0x400},
		{"__GFP_KSWAPD_RECLAIM", 0x800},
		{"__GFP_WRITE", 0x1000},
		{"__GFP_NOWARN", 0x2000},
		{"__GFP_RETRY_MAYFAIL", 0x4000},
		{"__GFP_NOFAIL", 0x8000},
		{"__GFP_NORETRY", 0x10000},
		{"__GFP_MEMALLOC", 0x20000},
		{"__GFP_COMP", 0x40000},
		{"__GFP_NOMEMALLOC", 0x80000},
		{"__GFP_HARDWALL", 0x100000},
		{"__GFP_THISNODE", 0x200000},
		{"__GFP_ACCOUNT", 0x400000},
		{"__GFP_ZEROTAGS", 0x800000},
		{"__GFP_RECLAIM", 0xc00},
		{"GFP_ATOMIC", 0x820},
		{"GFP_NOWAIT", 0x2800},
		{"GFP_NOIO", 0xc00},
		{"GFP_NOFS", 0xc40},
		{"GFP_KERNEL", 0xcc0},
		{"GFP_KERNEL_ACCOUNT", 0x400cc0},
		{"GFP_USER", 0x100cc0},
		{"GFP_HIGHUSER", 0x100cc2},
		{"GFP_HIGHUSER_MOVABLE", 0x100cca},
		{"GFP_TRANSHUGE_LIGHT", 0x1c20ca},
		{"GFP_TRANSHUGE", 0x1c24ca},
		{"GFP_DMA", 0x1},
		{"GFP_DMA32", 0x4},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_msg(gfp(rows[i].name) == rows[i].value, "%s: 0x%x",
			      rows[i].name, gfp(rows[i].name));
}
END_TEST

START_TEST(every_printed_mask_is_read_back)
{
	char text[400];

	for (unsigned int bit = 0; bit < 24; bit++) {
		if (bit == 9)
			continue; /* no flag of 7.3 */
		mm_gfp_print(1u << bit, text, sizeof text);
		ck_assert_uint_eq(gfp(text), 1u << bit);
	}
	mm_gfp_print(0x1c24ca, text, sizeof text);
	ck_assert_uint_eq(gfp(text), 0x1c24ca);
}
END_TEST

START_TEST(a_bad_mask_says_which_name)
{
	char why[200];
	gfp_t value;

	ck_assert(!gfp_parse("GFP_KERNEL|__GFP_COMB", &value, why, sizeof why));
	ck_assert_ptr_nonnull(strstr(why, "did you mean \"__GFP_COMP\"?"));
	ck_assert(!gfp_parse("kernl", &value, why, sizeof why));
	ck_assert_ptr_nonnull(strstr(why, "did you mean \"KERNEL\"?"));
	ck_assert(!gfp_parse("", &value, why, sizeof why));
	ck_assert(!gfp_parse("kernel|", &value, why, sizeof why));
	ck_assert(!gfp_parse("0x100000000", &value, why, sizeof why));
	ck_assert(!gfp_parse("0xcc0x", &value, why, sizeof why));
}
END_TEST

START_TEST(numbers_are_whole_and_fit)
{
	uint64_t n;
	int64_t v;

	ck_assert(number_parse("18446744073709551615", &n) && n == UINT64_MAX);
	ck_assert(number_parse("0xffffffffffffffff", &n) && n == UINT64_MAX);
	ck_assert(number_parse("0", &n) && n == 0);
	ck_assert(!number_parse("18446744073709551616", &n));
	ck_assert(!number_parse("0x10000000000000000", &n));
	ck_assert(!number_parse("", &n));
	ck_assert(!number_parse("0x", &n));
	ck_assert(!number_parse("12a", &n));
	ck_assert(!number_parse("-1", &n));
	ck_assert(!number_parse(" 1", &n));
	ck_assert(!number_parse("1e3", &n));
	ck_assert(value_parse("-12", &v) && v == -12);
	ck_assert(value_parse("9223372036854775807", &v) && v == INT64_MAX);
	ck_assert(!value_parse("9223372036854775808", &v));
	ck_assert(!value_parse("--1", &v));
	ck_assert(!value_parse("-", &v));
}
END_TEST

START_TEST(types_have_names_and_letters)
{
	int mt;

	for (int i = 0; i < MIGRATE_TYPES; i++) {
		const enum migratetype t = (enum migratetype)i;
		const char letter[2] = {mm_migratetype_letter(t), '\0'};

		ck_assert(type_parse(mm_migratetype_name(t), &mt) && mt == i);
		ck_assert(type_parse(letter, &mt) && mt == i);
	}
	ck_assert(type_parse("r", &mt) && mt == MIGRATE_RECLAIMABLE);
	ck_assert(type_parse("movable", &mt) && mt == MIGRATE_MOVABLE);
	ck_assert(!type_parse("X", &mt));
	ck_assert(!type_parse("", &mt));
}
END_TEST

START_TEST(zones_are_read_as_they_are_printed)
{
	struct lab *lab = lab_create();
	char text[40];
	zone_t zid;

	runs(lab, "world new laptop");
	for (unsigned int i = 0; i < mm_nr_zones(lab_mm(lab)); i++) {
		const zone_t z = mm_zone_at(lab_mm(lab), i);

		zone_text(lab_mm(lab), z, text, sizeof text);
		ck_assert(zone_parse(lab_mm(lab), text, &zid) && zid == z);
	}
	ck_assert(zone_parse(lab_mm(lab), "node0.dma32", &zid));
	ck_assert(!zone_parse(lab_mm(lab), "Movable", &zid));
	ck_assert(!zone_parse(lab_mm(lab), "node1.Normal", &zid));
	lab_destroy(lab);
}
END_TEST

START_TEST(the_nearest_name_is_found)
{
	struct nearest n;

	nearest_start(&n, "allco");
	nearest_try(&n, "free");
	nearest_try(&n, "alloc");
	nearest_try(&n, "all");
	ck_assert_str_eq(n.name, "alloc");
	nearest_start(&n, "xyzzy");
	nearest_try(&n, "alloc");
	ck_assert_str_eq(n.name, "");
	nearest_start(&n, "");
	nearest_try(&n, "alloc");
	ck_assert_str_eq(n.name, "");
}
END_TEST

/* What turns the direction of writing, or is not seen, could hide a name. */
START_TEST(invisible_letters_become_question_marks)
{
	static const char *const letters[] = {
		"\u200b", "\u200f", "\u202a", "\u202e",
		"\u2066", "\u2069", "\ufeff",
	};
	char buf[20];

	for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
		ck_assert_str_eq(printable(buf, sizeof buf, letters[i]), "???");
	ck_assert_str_eq(printable(buf, sizeof buf, "\u2010\u20ac\U0001f600"),
			 "\u2010\u20ac\U0001f600");
	/* longer than need be, half of a pair, past the last letter */
	ck_assert_str_eq(printable(buf, sizeof buf, "\xe0\x80\x9b"), "???");
	ck_assert_str_eq(printable(buf, sizeof buf, "\xed\xa0\x80"), "???");
	ck_assert_str_eq(printable(buf, sizeof buf, "\xf4\x90\x80\x80"),
			 "????");
}
END_TEST

START_TEST(unprintable_bytes_become_question_marks)
{
	char buf[16];

	ck_assert_str_eq(printable(buf, sizeof buf, "a\033[2J\r\n\177z"),
			 "a?[2J?"
			 "?"
			 "?z");
	ck_assert_str_eq(printable(buf, 4, "abcdef"), "abc");
	/* U+009B is an escape in some terminals; a cut letter is none */
	ck_assert_str_eq(printable(buf, sizeof buf,
				   "\xc2\x9b"
				   "1"),
			 "?"
			 "?1");
	ck_assert_str_eq(printable(buf, sizeof buf, "\xc3\xa4 \xc3"),
			 "\xc3\xa4 ?");
	ck_assert_str_eq(printable(buf, 2, "\xc3\xa4"), "");
}
END_TEST

Suite *check_names_suite(void)
{
	Suite *s = suite_create("cmd/names");
	TCase *tc = tcase_create("names");

	tcase_add_test(tc, a_mask_may_be_written_in_many_ways);
	tcase_add_test(tc, masks_have_the_kernels_numbers);
	tcase_add_test(tc, every_printed_mask_is_read_back);
	tcase_add_test(tc, a_bad_mask_says_which_name);
	tcase_add_test(tc, numbers_are_whole_and_fit);
	tcase_add_test(tc, types_have_names_and_letters);
	tcase_add_test(tc, zones_are_read_as_they_are_printed);
	tcase_add_test(tc, the_nearest_name_is_found);
	tcase_add_test(tc, invisible_letters_become_question_marks);
	tcase_add_test(tc, unprintable_bytes_become_question_marks);
	suite_add_tcase(s, tc);
	return s;
}
