/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_report_meminfo.c - Mem-Info line by line
 */
#include "cmd/report.h"

#include "cmd/show.h"
#include "say.h"

Suite *check_report_meminfo_suite(void);

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

#define WORLD(free, pcp, cma)                                                  \
	"Mem-Info:\n"                                                          \
	"active_anon:0 inactive_anon:0 isolated_anon:0\n"                      \
	" active_file:0 inactive_file:2 isolated_file:0\n"                     \
	" unevictable:0 dirty:0 writeback:0\n"                                 \
	" slab_reclaimable:0 slab_unreclaimable:0\n"                           \
	" mapped:0 shmem:0 pagetables:0\n"                                     \
	" sec_pagetables:0 bounce:0\n"                                         \
	" kernel_misc_reclaimable:0\n"                                         \
	" free:" free " free_pcp:" pcp " free_cma:" cma "\n"
#define NODE(nid, inactive_file)                                               \
	"Node " nid " active_anon:0kB inactive_anon:0kB active_file:0kB "      \
	"inactive_file:" inactive_file "kB unevictable:0kB "                   \
	"isolated(anon):0kB isolated(file):0kB mapped:0kB dirty:0kB "          \
	"writeback:0kB shmem:0kB shmem_thp:0kB shmem_pmdmapped:0kB "           \
	"anon_thp:0kB kernel_stack:0kB pagetables:0kB sec_pagetables:0kB "     \
	"all_unreclaimable? no Balloon:0kB gpu_active:0kB gpu_reclaim:0kB\n"
#define LRU(inactive_file)                                                     \
	"active_anon:0kB inactive_anon:0kB active_file:0kB "                   \
	"inactive_file:" inactive_file "kB unevictable:0kB "                   \
	"writepending:0kB zspages:0kB "
#define NO_HIGHATOMIC "reserved_highatomic:0kB free_highatomic:0kB "
#define ZONE_0(name, free, marks, size)                                        \
	"Node 0 " name " free:" free "kB boost:0kB " marks NO_HIGHATOMIC LRU(  \
		"0") "present:" size "kB managed:" size "kB mlocked:0kB "      \
		     "bounce:0kB free_pcp:0kB local_pcp:0kB free_cma:0kB\n"    \
		     "lowmem_reserve[]: 0 0 0 0 0\n"
#define DMA ZONE_0("DMA", "252", "min:0kB low:0kB high:0kB ", "252")
#define NORMAL_0 ZONE_0("Normal", "736", "min:12kB low:12kB high:12kB ", "768")
#define NORMAL_1                                                               \
	"Node 1 Normal free:1012kB boost:0kB min:16kB low:20kB "               \
	"high:24kB " NO_HIGHATOMIC LRU(                                        \
		"8") "present:1024kB managed:1024kB mlocked:0kB "              \
		     "bounce:0kB free_pcp:4kB local_pcp:0kB free_cma:128kB\n"  \
		     "lowmem_reserve[]: 0 0 0 0 0\n"
#define BLOCKS_DMA                                                             \
	"Node 0 DMA: 1*4kB (U) 1*8kB (U) 1*16kB (U) 1*32kB (U) 1*64kB (M) "    \
	"1*128kB (M) = 252kB\n"
#define BLOCKS_0                                                               \
	"Node 0 Normal: 0*4kB 0*8kB 0*16kB 1*32kB (U) 1*64kB (U) "             \
	"5*128kB (M) = 736kB\n"
#define BLOCKS_1                                                               \
	"Node 1 Normal: 1*4kB (M) 0*8kB 1*16kB (M) 1*32kB (M) 1*64kB (M) "     \
	"7*128kB (MC) = 1012kB\n"
#define HUGE(nid)                                                              \
	"Node " nid " hugepages_total=0 hugepages_free=0 hugepages_surp=0 "    \
	"hugepages_size=1024kB\n"                                              \
	"Node " nid " hugepages_total=0 hugepages_free=0 hugepages_surp=0 "    \
	"hugepages_size=64kB\n"
#define TOTALS                                                                 \
	"2 total pagecache pages\n0 pages in swap cache\n"                     \
	"Free swap  = 0kB\nTotal swap = 0kB\n511 pages RAM\n"                  \
	"0 pages HighMem/MovableOnly\n0 pages reserved\n"                      \
	"32 pages cma reserved\n0 pages hwpoisoned\n"

static void two_nodes(void)
{
	runs(lab, "world new tiny cpus=2 zones=0:DMA:1-64,0:Normal:64-256,"
		  "1:Normal:256-512 cma=448-480");
	runs(lab, "alloc order=3");
	runs(lab, "alloc count=2 type=M node=1 cpu=1");
}

/* SysRq-m: O17 */
START_TEST(all_there_is_is_shown)
{
	two_nodes();
	says_long(lab, "show mem",
		  WORLD("500", "1", "32") NODE("0", "0") NODE("1", "8")
			  DMA NORMAL_0 NORMAL_1 BLOCKS_DMA BLOCKS_0 BLOCKS_1
				  HUGE("0") HUGE("1") TOTALS);
}
END_TEST

/* O18: nodes and zones are left out, totals are not, but of free_pcp */
START_TEST(a_report_shows_the_nodes_and_zones_of_the_request)
{
	const struct report_scope low = {.highest = ZONE_DMA32, .nodes = 1},
				  other = {.highest = ZONE_NORMAL, .nodes = 2};
	struct out *out = out_buffer();

	two_nodes();
	report_meminfo(lab_mm(lab), &low, out);
	same_lines("low zones", out_string(out),
		   WORLD("500", "0", "32") NODE("0", "0")
			   DMA BLOCKS_DMA HUGE("0") TOTALS);
	out_clear(out);
	report_meminfo(lab_mm(lab), &other, out);
	ck_assert_ptr_null(strstr(out_string(out), "Node 0"));
	ck_assert_ptr_nonnull(strstr(out_string(out), NORMAL_1));
	out_free(out);
}
END_TEST

/* The example of O17.5 */
START_TEST(blocks_have_the_letters_of_their_types)
{
	static const enum migratetype types[] = {
		MIGRATE_UNMOVABLE, MIGRATE_MOVABLE, MIGRATE_RECLAIMABLE};
	const struct show_what what = {.zid = NO_ZONE, .cpu = -1};
	struct out *out = out_buffer();
	struct mm_config cfg;
	struct mm *mm;

	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", NULL), 0);
	ck_assert_int_eq(mm_config_set(&cfg, "pages", "4096", NULL), 0);
	ck_assert_int_eq(mm_config_set(&cfg, "max-order", "10", NULL), 0);
	mm = mm_create_bare(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	for (pfn_t i = 0; i < 3; i++)
		for (pfn_t pfn = i * 64; pfn < (i + 1) * 64; pfn += 16)
			ck_assert_int_eq(mm_put_pageblock(mm, pfn, types[i],
							  false, false, NULL),
					 0);
	for (pfn_t i = 0; i < 10; i++) /* four in U, six in M, not buddies */
		ck_assert_int_eq(mm_put_free(mm, i < 4 ? i * 2 : 64 + i * 2, 0,
					     types[i >= 4], NULL),
				 0);
	for (pfn_t i = 0; i < 5; i++)
		ck_assert_int_eq(
			mm_put_free(mm, 96 + i * 4, 1, MIGRATE_MOVABLE, NULL),
			0);
	for (pfn_t i = 0; i < 2; i++)
		ck_assert_int_eq(mm_put_free(mm, 128 + i * 8, 2,
					     MIGRATE_RECLAIMABLE, NULL),
				 0);
	print_mem(mm, &what, out);
	ck_assert_ptr_nonnull(strstr(
		out_string(out),
		"\nNode 0 Normal: 10*4kB (UM) 5*8kB (M) 2*16kB (E) 0*32kB "
		"0*64kB 0*128kB 0*256kB 0*512kB 0*1024kB 0*2048kB 0*4096kB "
		"= 112kB\n"));
	mm_destroy(mm);
	out_free(out);
}
END_TEST

START_TEST(nodes_are_listed_in_runs)
{
	char text[40];

	nodelist_text(0x1, text, sizeof text);
	ck_assert_str_eq(text, "0");
	nodelist_text(0x3, text, sizeof text);
	ck_assert_str_eq(text, "0-1");
	nodelist_text(0xb7, text, sizeof text);
	ck_assert_str_eq(text, "0-2,4-5,7");
	nodelist_text(0, text, sizeof text);
	ck_assert_str_eq(text, "");
	nodemask_text(EVERY_NODE, text, sizeof text);
	ck_assert_str_eq(text, "(null)");
	nodemask_text(0x5, text, sizeof text);
	ck_assert_str_eq(text, "0,2");
}
END_TEST

Suite *check_report_meminfo_suite(void)
{
	Suite *s = suite_create("cmd/report_meminfo");
	TCase *t = tcase_create("meminfo");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, all_there_is_is_shown);
	tcase_add_test(t, a_report_shows_the_nodes_and_zones_of_the_request);
	tcase_add_test(t, blocks_have_the_letters_of_their_types);
	tcase_add_test(t, nodes_are_listed_in_runs);
	suite_add_tcase(s, t);
	return s;
}
