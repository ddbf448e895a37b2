/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_memory.c - memory offline, memory online, show memory
 */
#include "say.h"

Suite *check_memory_suite(void);

static struct lab *lab;

static void setup(void)
{
	lab = lab_create();
	ck_assert_ptr_nonnull(lab);
	runs(lab, "world new tiny");
}

static void teardown(void)
{
	lab_destroy(lab);
}

START_TEST(a_block_goes_and_comes_back_elsewhere)
{
	runs(lab, "alloc order=0 count=5 type=M name=a");
	says(lab, "memory offline 0", CMD_OK,
	     "memory block 0, frames 0..63: offline\n5 pages moved\n");
	says(lab, "free a", CMD_OK, "freed 5 blocks of a, 5 pages\n");
	says(lab, "memory online 0 to=movable", CMD_OK,
	     "memory block 0, frames 0..63: online in Movable\n");
	says(lab, "show memory", CMD_OK,
	     "4 memory blocks of 64 frames\n"
	     "0: 0..63: online in Movable\n"
	     "1: 64..127: online in Normal\n"
	     "2: 128..191: online in Normal\n"
	     "3: 192..255: online in Normal\n");
	runs(lab, "check");
}
END_TEST

START_TEST(undo_brings_it_back)
{
	const uint64_t before = hash(lab);

	runs(lab, "memory offline 2");
	says(lab, "show frame 130", CMD_OK,
	     "130: offline: this memory is not there\n");
	says(lab, "undo", CMD_OK, "undone: memory offline 2\n");
	ck_assert_uint_eq(hash(lab), before);
}
END_TEST

START_TEST(kernel_pages_refuse_it)
{
	runs(lab, "alloc order=0 type=U");
	says(lab, "memory offline 0", CMD_OK,
	     "refused: memory block 0: frame 0 is in the way: what is in it "
	     "does not move\n"
	     "0 pages moved\n");
	runs(lab, "check");
}
END_TEST

START_TEST(the_boot_gives_back_what_it_kept)
{
	runs(lab, "world new tiny reserved=64-80");
	says(lab, "memory release 64 10", CMD_OK,
	     "frames 64..73: given to the allocator\n");
	says(lab, "memory release 73", CMD_USAGE,
	     "memory release: pfn 73 is not reserved: only reserved memory can "
	     "be given back\n");
	says(lab, "memory release 250 7", CMD_USAGE,
	     "memory release: 7 pages from frame 250: expected 1 to 6\n");
	runs(lab, "check");
	says(lab, "undo", CMD_OK, "undone: memory release 64 10\n");
	says(lab, "show frame 64", CMD_OK,
	     "64: reserved: the allocator never had this frame\n"
	     "  pageblock 4, frames 64..79: Movable, 0 of 16 free\n");
}
END_TEST

START_TEST(the_world_of_2_6_24_keeps_its_memory)
{
	runs(lab, "world new tiny era=linux-2.6.24");
	says(lab, "memory offline 0", CMD_USAGE,
	     "memory offline: memory stays in this world: it comes and goes "
	     "in Linux 7.3 with 64 bits only\n");
}
END_TEST

Suite *check_memory_suite(void)
{
	Suite *s = suite_create("cmd/memory");
	TCase *t = tcase_create("memory");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_block_goes_and_comes_back_elsewhere);
	tcase_add_test(t, undo_brings_it_back);
	tcase_add_test(t, kernel_pages_refuse_it);
	tcase_add_test(t, the_boot_gives_back_what_it_kept);
	tcase_add_test(t, the_world_of_2_6_24_keeps_its_memory);
	suite_add_tcase(s, t);
	return s;
}
