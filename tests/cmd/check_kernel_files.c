/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_kernel_files.c - /proc and debugfs as they are shown, byte for byte
 */
#include "two_nodes.h"

#include <stdio.h>
#include <zlib.h>

#include "cmd/show.h"

#ifndef TEST_DIR
#define TEST_DIR "tests"
#endif

Suite *check_kernel_files_suite(void);

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

/* O1: each line ends with a blank; empty zones have none */
START_TEST(buddyinfo_is_the_kernels_byte_for_byte)
{
	says(lab, "show buddyinfo", CMD_OK,
	     "Node 0, zone   Normal      0      0      0      0      0      8 "
	     "\n");
	two_nodes(lab);
	says(lab, "show buddyinfo", CMD_OK,
	     "Node 0, zone      DMA      1      1      1      1      1      1 "
	     "\n"
	     "Node 0, zone   Normal      1      0      1      2      2      4 "
	     "\n"
	     "Node 1, zone   Normal      0      0      0      0      0      8 "
	     "\n");
}
END_TEST

#define TYPES_HEAD                                                             \
	"Page block order: 4\nPages per block:  16\n\n"                        \
	"Free pages count per migrate type at order  "                         \
	"     0      1      2      3      4      5 \n"
#define BLOCKS_HEAD                                                            \
	"\nNumber of blocks type     Unmovable      Movable  Reclaimable   "   \
	"HighAtomic          CMA      Isolate \n"
#define NONE "     0      0      0      0      0      0 \n"
/* zones are steps from their first frame: DMA begins at 1, O2.4 */
#define NODE_0                                                                 \
	TYPES_HEAD                                                             \
	"Node    0, zone      DMA, type    Unmovable "                         \
	"     1      1      1      1      0      0 \n"                         \
	"Node    0, zone      DMA, type      Movable "                         \
	"     0      0      0      0      1      1 \n"                         \
	"Node    0, zone      DMA, type  Reclaimable " NONE                    \
	"Node    0, zone      DMA, type   HighAtomic " NONE                    \
	"Node    0, zone      DMA, type          CMA " NONE                    \
	"Node    0, zone      DMA, type      Isolate " NONE                    \
	"Node    0, zone   Normal, type    Unmovable "                         \
	"     0      0      0      1      1      0 \n"                         \
	"Node    0, zone   Normal, type      Movable "                         \
	"     1      0      1      1      1      4 \n"                         \
	"Node    0, zone   Normal, type  Reclaimable " NONE                    \
	"Node    0, zone   Normal, type   HighAtomic " NONE                    \
	"Node    0, zone   Normal, type          CMA " NONE                    \
	"Node    0, zone   Normal, type      Isolate " NONE BLOCKS_HEAD        \
	"Node 0, zone      DMA            1            3            0 "        \
	"           0            0            0 \n"                            \
	"Node 0, zone   Normal            2           10            0 "        \
	"           0            0            0 \n"
#define NODE_1                                                                 \
	TYPES_HEAD                                                             \
	"Node    1, zone   Normal, type    Unmovable " NONE                    \
	"Node    1, zone   Normal, type      Movable "                         \
	"     0      0      0      0      0      7 \n"                         \
	"Node    1, zone   Normal, type  Reclaimable " NONE                    \
	"Node    1, zone   Normal, type   HighAtomic " NONE                    \
	"Node    1, zone   Normal, type          CMA "                         \
	"     0      0      0      0      0      1 \n"                         \
	"Node    1, zone   Normal, type      Isolate " NONE BLOCKS_HEAD        \
	"Node 1, zone   Normal            0           14            0 "        \
	"           0            2            0 \n"

START_TEST(pagetypeinfo_is_the_kernels_byte_for_byte)
{
	two_nodes(lab);
	says_long(lab, "show pagetypeinfo", NODE_0 NODE_1);
	says_long(lab, "show pagetypeinfo zone=node1.Normal", NODE_1);
}
END_TEST

/* O6, group 3 */
static const char node_counters[] =
	"nr_inactive_anon nr_active_anon nr_inactive_file nr_active_file "
	"nr_unevictable nr_slab_reclaimable nr_slab_unreclaimable "
	"nr_isolated_anon nr_isolated_file workingset_nodes "
	"workingset_refault_anon workingset_refault_file "
	"workingset_activate_anon workingset_activate_file "
	"workingset_restore_anon workingset_restore_file "
	"workingset_nodereclaim nr_anon_pages nr_mapped nr_file_pages "
	"nr_dirty nr_writeback nr_shmem nr_shmem_hugepages "
	"nr_shmem_pmdmapped nr_file_hugepages nr_file_pmdmapped "
	"nr_anon_transparent_hugepages nr_vmscan_write "
	"nr_vmscan_immediate_reclaim nr_dirtied nr_written "
	"nr_throttled_written nr_kernel_misc_reclaimable "
	"nr_foll_pin_acquired nr_foll_pin_released nr_vmalloc "
	"nr_kernel_stack nr_page_table_pages nr_sec_page_table_pages "
	"nr_iommu_pages nr_swapcached pgpromote_success "
	"pgpromote_candidate pgpromote_candidate_nrl pgdemote_kswapd "
	"pgdemote_direct pgdemote_khugepaged pgdemote_proactive "
	"pgsteal_kswapd pgsteal_direct pgsteal_khugepaged "
	"pgsteal_proactive pgsteal_anon pgsteal_file pgscan_kswapd "
	"pgscan_direct pgscan_khugepaged pgscan_proactive pgscan_anon "
	"pgscan_file pgrotate_anon pgrotate_file pgrefill nr_hugetlb "
	"nr_balloon_pages nr_kernel_file_pages nr_gpu_active "
	"nr_gpu_reclaim";

#define NORMAL_1                                                               \
	"  pages free     254\n        boost    0\n"                           \
	"        min      4\n        low      5\n"                             \
	"        high     6\n        promo    7\n"                             \
	"        spanned  256\n        present  256\n"                         \
	"        managed  256\n        cma      32\n"                          \
	"        protection: (0, 0, 0, 0, 0)\n"                                \
	"      nr_free_pages 254\n      nr_free_pages_blocks 240\n"            \
	"      nr_zone_inactive_anon 0\n      nr_zone_active_anon 0\n"         \
	"      nr_zone_inactive_file 2\n      nr_zone_active_file 0\n"         \
	"      nr_zone_unevictable 0\n      nr_zone_write_pending 0\n"         \
	"      nr_mlock     0\n      nr_zspages   0\n"                         \
	"      nr_free_cma  32\n      nr_unaccepted 0\n"                       \
	"      numa_hit     1\n      numa_miss    0\n"                         \
	"      numa_foreign 0\n      numa_interleave 0\n"                      \
	"      numa_local   0\n      numa_other   1\n"                         \
	"  pagesets\n"                                                         \
	"    cpu: 0\n              count:    0\n"                              \
	"              high:     4\n              batch:    1\n"               \
	"              high_min: 4\n              high_max: 4\n"               \
	"  vm stats threshold: 0\n"                                            \
	"    cpu: 1\n              count:    0\n"                              \
	"              high:     0\n              batch:    1\n"               \
	"              high_min: 4\n              high_max: 4\n"               \
	"  vm stats threshold: 0\n"                                            \
	"  node_unreclaimable:  0\n  start_pfn:           256\n"               \
	"  reserved_highatomic: 0\n  free_highatomic:     0\n"

/* O3; the two movable pages of node 1 are on its list of file pages */
START_TEST(zoneinfo_is_the_kernels_byte_for_byte)
{
	char want[8192];
	size_t used;

	two_nodes(lab);
	runs(lab, "alloc order=1 type=M node=1");
	runs(lab, "drain");
	used = (size_t)snprintf(want, sizeof want,
				"Node 1, zone   Normal\n  per-node stats\n");
	for (const char *s = node_counters; *s;) {
		const size_t len = strcspn(s, " ");
		char name[40];

		snprintf(name, sizeof name, "%.*s", (int)len, s);
		used += (size_t)snprintf(
			want + used, sizeof want - used, "      %-12s %d\n",
			name,
			strcmp(name, "nr_inactive_file") == 0 ||
					strcmp(name, "nr_file_pages") == 0
				? 2
				: 0);
		s += len + (s[len] == ' ');
	}
	snprintf(want + used, sizeof want - used, "%s", NORMAL_1);
	says_long(lab, "show zoneinfo zone=node1.Normal", want);
}
END_TEST

/* All zones of all nodes, empty ones too, which end after the protection. */
START_TEST(zoneinfo_has_the_empty_zones)
{
	static const char *const order[] = {
		"Node 0, zone      DMA\n  per-node stats\n",
		"Node 0, zone    DMA32\n  pages free     0\n",
		"Node 0, zone   Normal\n  pages free     181\n",
		"Node 0, zone  Movable\n  pages free     0\n",
		"Node 0, zone   Device\n  pages free     0\n",
		"Node 1, zone      DMA\n  pages free     0\n",
		"        protection: (0, 0, 0, 0, 0)\nNode 1, zone    DMA32\n",
		"Node 1, zone   Normal\n  per-node stats\n",
		"Node 1, zone  Movable\n",
		"Node 1, zone   Device\n",
	};
	struct out *out = out_buffer();
	const char *at;

	two_nodes(lab);
	ck_assert_int_eq(lab_run(lab, "show zoneinfo", out), CMD_OK);
	at = out_string(out);
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
		at = strstr(at, order[i]);
		ck_assert_msg(at != NULL, "%s", order[i]);
	}
	out_free(out);
}
END_TEST

/* O4: the names are checked with core/vmstat */
START_TEST(vmstat_is_a_line_for_each_counter)
{
	static const char first[] =
		"nr_free_pages 240\nnr_free_pages_blocks 240\n";
	struct out *out = out_buffer();
	const char *at;
	unsigned int n = 0;

	runs(lab, "alloc order=4");
	ck_assert_int_eq(lab_run(lab, "show vmstat", out), CMD_OK);
	at = out_string(out);
	ck_assert_msg(strncmp(at, first, strlen(first)) == 0, "%.60s", at);
	ck_assert_ptr_nonnull(strstr(at, "\npgalloc_normal 16\n"));
	ck_assert_ptr_nonnull(strstr(at, "\nnr_unstable 0\n"));
	for (; *at; at++)
		n += *at == '\n';
	ck_assert_uint_eq(n, 202);
	out_free(out);
}
END_TEST

#define ANON_TO_MLOCKED                                                        \
	"Active:                0 kB\nInactive:             12 kB\n"           \
	"Active(anon):          0 kB\nInactive(anon):        0 kB\n"           \
	"Active(file):          0 kB\nInactive(file):       12 kB\n"           \
	"Unevictable:           0 kB\nMlocked:               0 kB\n"
#define SWAP_TO_STACK                                                          \
	"SwapTotal:             0 kB\nSwapFree:              0 kB\n"           \
	"Zswap:                 0 kB\nZswapped:              0 kB\n"           \
	"Dirty:                 0 kB\nWriteback:             0 kB\n"           \
	"AnonPages:             0 kB\nMapped:                0 kB\n"           \
	"Shmem:                 0 kB\nKReclaimable:          0 kB\n"           \
	"Slab:                  0 kB\nSReclaimable:          0 kB\n"           \
	"SUnreclaim:            0 kB\nKernelStack:           0 kB\n"
#define TABLES_TO_CORRUPTED                                                    \
	"PageTables:            0 kB\nSecPageTables:         0 kB\n"           \
	"NFS_Unstable:          0 kB\nBounce:                0 kB\n"           \
	"WritebackTmp:          0 kB\nCommitLimit:         512 kB\n"           \
	"Committed_AS:          0 kB\nVmallocTotal:   34359738367 kB\n"        \
	"VmallocUsed:           0 kB\nVmallocChunk:          0 kB\n"           \
	"Percpu:                0 kB\nHardwareCorrupted:     0 kB\n"
#define HUGE_TO_GPU                                                            \
	"AnonHugePages:         0 kB\nShmemHugePages:        0 kB\n"           \
	"ShmemPmdMapped:        0 kB\nFileHugePages:         0 kB\n"           \
	"FilePmdMapped:         0 kB\nCmaTotal:            128 kB\n"           \
	"CmaFree:             128 kB\nUnaccepted:            0 kB\n"           \
	"Balloon:               0 kB\nGPUActive:             0 kB\n"           \
	"GPUReclaim:            0 kB\n"
#define HUGETLB_TO_END                                                         \
	"HugePages_Total:       0\nHugePages_Free:        0\n"                 \
	"HugePages_Rsvd:        0\nHugePages_Surp:        0\n"                 \
	"Hugepagesize:         64 kB\nHugetlb:               0 kB\n"           \
	"DirectMap4k:           0 kB\nDirectMap2M:           0 kB\n"           \
	"DirectMap1G:           0 kB\n"

START_TEST(meminfo_is_the_kernels_byte_for_byte)
{
	runs(lab, "world new tiny cma=224-256");
	runs(lab, "alloc count=3 type=M");
	says_long(lab, "show meminfo",
		  "MemTotal:           1024 kB\n"
		  "MemFree:            1012 kB\n"
		  "MemAvailable:        972 kB\n"
		  "Buffers:               0 kB\n"
		  "Cached:               12 kB\n"
		  "SwapCached:            0 kB\n" ANON_TO_MLOCKED SWAP_TO_STACK
			  TABLES_TO_CORRUPTED HUGE_TO_GPU HUGETLB_TO_END);
}
END_TEST

/* A 32-bit machine has four lines more, behind Mlocked. */
START_TEST(meminfo_tells_high_from_low_memory)
{
	struct out *out = out_buffer();

	runs(lab, "world new highmem");
	ck_assert_int_eq(lab_run(lab, "show meminfo", out), CMD_OK);
	ck_assert_ptr_nonnull(strstr(out_string(out),
				     "Mlocked:               0 kB\n"
				     "HighTotal:       1179648 kB\n"
				     "HighFree:        1179648 kB\n"
				     "LowTotal:         909944 kB\n"
				     "LowFree:          909944 kB\n"
				     "SwapTotal:  "));
	out_free(out);
}
END_TEST

/* ---- next to the files of a real machine ---- */

#define RECORDED TEST_DIR "/cases/F_m4096.case.gz"

/* Numbers, with the blanks before them, become " N". */
static void without_numbers(char *to, const char *from)
{
	while (*from) {
		const size_t blanks = strspn(from, " ");
		const size_t digits = strspn(from + blanks, "0123456789");

		if (digits) {
			to += sprintf(to, " N");
			from += blanks + digits;
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
}

/* Every line is one of the recording's, but for its numbers. */
static void as_recorded(const char *word, bool same_length)
{
	struct out *out = out_buffer();
	gzFile f = gzopen(RECORDED, "rb");
	char line[400], show[40], begin[60], real[500], ours[500];
	unsigned int n = 0;
	const char *at;

	ck_assert_msg(f != NULL, "%s: run the tests from the root", RECORDED);
	snprintf(show, sizeof show, "show %s", word);
	snprintf(begin, sizeof begin, "begin file /proc/%s\n", word);
	ck_assert_int_eq(lab_run(lab, show, out), CMD_OK);
	at = out_string(out);
	while (gzgets(f, line, sizeof line) && strcmp(line, begin) != 0)
		;
	while (gzgets(f, line, sizeof line) &&
	       strcmp(line, "end file\n") != 0) {
		const size_t len = strcspn(at, "\n") + 1;

		ck_assert_msg(*at, "%s: no more lines: %s", word, line);
		ck_assert(!same_length || len == strlen(line));
		snprintf(show, sizeof show, "line %u of %s", ++n, word);
		without_numbers(real, line);
		snprintf(line, sizeof line, "%.*s", (int)len, at);
		without_numbers(ours, line);
		same_lines(show, ours, real);
		at += len;
	}
	ck_assert_str_eq(at, "");
	ck_assert_uint_gt(n, 2);
	gzclose(f);
	out_free(out);
}

START_TEST(files_are_laid_out_as_on_a_real_machine)
{
	runs(lab, "world new classroom cpus=1 zones=0:DMA:1-4096,"
		  "0:DMA32:4096-12288,0:Normal:12288-16384");
	as_recorded("buddyinfo", true);
	as_recorded("pagetypeinfo", true);
	as_recorded("zoneinfo", false);
}
END_TEST

/* ---- debugfs: the table of O12 ---- */

#define ZEROS " 0.000  0.000  0.000  0.000  0.000  0.000 "
#define ONES "1.000 1.000 1.000 1.000 1.000 1.000 "
#define FITS "-1.000 -1.000 -1.000 "

static const struct {
	unsigned int blocks[11];
	const char *extfrag, *unusable;
} fragmented[] = {
	{{10, 5, 2},
	 FITS " 0.736  0.839  0.890  0.916  0.929  0.935  0.938  0.940 ",
	 "0.000 0.357 0.714 1.000 1.000 " ONES},
	{{0, 0, 1},
	 FITS " 0.-500  0.-250  0.-125  0.-62  0.-31  0.-15  0.-07  0.-03 ",
	 "0.000 0.000 0.000 1.000 1.000 " ONES},
	{{0, 0, 3},
	 FITS " 0.167  0.417  0.542  0.605  0.636  0.652  0.659  0.663 ",
	 "0.000 0.000 0.000 1.000 1.000 " ONES},
	{{1000},
	 "-1.000  0.499  0.749  0.874  0.937  0.968  0.984  0.992  0.996  "
	 "0.998  0.999 ",
	 "0.000 1.000 1.000 1.000 1.000 " ONES},
	{{0},
	 ZEROS " 0.000  0.000  0.000  0.000  0.000 ",
	 "1.000 1.000 1.000 1.000 1.000 " ONES},
	{{700, 1200, 758, 386, 309, 142, 45, 15, 6, 0, 180},
	 FITS FITS FITS "-1.000 -1.000 ",
	 "0.000 0.003 0.014 0.029 0.044 0.067 0.089 0.103 0.112 0.119 0.119 "},
};

/* So many blocks of each order, none of which could merge. */
static struct mm *fragments(const unsigned int blocks[11])
{
	struct mm_config cfg;
	struct mm *mm;
	pfn_t pfn = 0;

	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", NULL), 0);
	ck_assert_int_eq(mm_config_set(&cfg, "pages", "1048576", NULL), 0);
	ck_assert_int_eq(mm_config_set(&cfg, "max-order", "10", NULL), 0);
	mm = mm_create_bare(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	for (int o = 10; o >= 0; o--)
		for (unsigned int i = 0; i < blocks[o]; i++) {
			ck_assert_int_eq(mm_put_free(mm, pfn, (unsigned int)o,
						     MIGRATE_MOVABLE, NULL),
					 0);
			pfn += 2u << o;
		}
	return mm;
}

START_TEST(indices_are_those_of_debugfs)
{
	const struct show_what what = {.zid = NO_ZONE};
	char want[200];

	for (size_t i = 0; i < sizeof fragmented / sizeof fragmented[0]; i++) {
		struct mm *mm = fragments(fragmented[i].blocks);
		struct out *out = out_buffer();

		print_extfrag(mm, &what, out);
		snprintf(want, sizeof want, "Node 0, zone   Normal %s\n",
			 fragmented[i].extfrag);
		ck_assert_str_eq(out_string(out), want);
		out_clear(out);
		print_unusable(mm, &what, out);
		snprintf(want, sizeof want, "Node 0, zone   Normal %s\n",
			 fragmented[i].unusable);
		ck_assert_str_eq(out_string(out), want);
		out_free(out);
		mm_destroy(mm);
	}
}
END_TEST

/* O2.3: the kernel does not count lists to their end */
START_TEST(pagetypeinfo_stops_at_100000)
{
	const unsigned int blocks[11] = {100001, 99999};
	struct mm *mm = fragments(blocks);
	const struct show_what what = {.zid = NO_ZONE};
	struct out *out = out_buffer();

	print_pagetypeinfo(mm, &what, out);
	ck_assert_ptr_nonnull(strstr(out_string(out),
				     "type      Movable >100000  99999      "
				     "0 "));
	mm_destroy(mm);
	out_free(out);
}
END_TEST

Suite *check_kernel_files_suite(void)
{
	Suite *s = suite_create("cmd/kernel_files");
	TCase *tc = tcase_create("kernel_files");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, buddyinfo_is_the_kernels_byte_for_byte);
	tcase_add_test(tc, pagetypeinfo_is_the_kernels_byte_for_byte);
	tcase_add_test(tc, zoneinfo_is_the_kernels_byte_for_byte);
	tcase_add_test(tc, zoneinfo_has_the_empty_zones);
	tcase_add_test(tc, vmstat_is_a_line_for_each_counter);
	tcase_add_test(tc, meminfo_is_the_kernels_byte_for_byte);
	tcase_add_test(tc, meminfo_tells_high_from_low_memory);
	tcase_add_test(tc, files_are_laid_out_as_on_a_real_machine);
	tcase_add_test(tc, indices_are_those_of_debugfs);
	tcase_add_test(tc, pagetypeinfo_stops_at_100000);
	suite_add_tcase(s, tc);
	return s;
}
