/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Node order of the zonelists; table W7 of the specification.
 */
#include <errno.h>
#include <stdio.h>

#include "support/picture.h"

/* Nodes of 64 frames each; `without` a node that has no memory. */
static struct mm *nodes(int n, const char *distance, const char *cpu_node,
			const char *memory)
{
	struct mm_config cfg;
	struct mm_error err = {""};
	char zones[200] = "";
	size_t at = 0;
	struct mm *mm;

	mm_config_preset(&cfg, "tiny", NULL);
	cfg.nr_cpus = 4;
	for (int i = 0; i < n; i++)
		at += (size_t)snprintf(zones + at, sizeof zones - at,
				       "%s%d:Normal:%d-%d", i ? "," : "", i,
				       64 * i, 64 * i + 64);
	ck_assert_int_eq(mm_config_set(&cfg, "zones", zones, &err), 0);
	ck_assert_msg(mm_config_set(&cfg, "distance", distance, &err) == 0,
		      "%s", err.text);
	ck_assert_int_eq(mm_config_set(&cfg, "cpu-node", cpu_node, &err), 0);
	ck_assert_int_eq(mm_config_set(&cfg, "memory", memory, &err), 0);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	return mm;
}

static void then_order(struct mm *mm, const char *order)
{
	char seen[100] = "";
	size_t at = 0;

	for (unsigned int n = 0; n < mm_nr_nodes(mm); n++) {
		const struct node *node = &mm->st->node[n];

		at += (size_t)sprintf(seen + at, "%s", n ? " /" : "");
		for (uint32_t i = 0; i < node->nr_zonelist[0]; i++)
			at += (size_t)sprintf(seen + at, " %u",
					      zone_nid(node->zonelist[0][i]));
	}
	ck_assert_str_eq(seen + 1, order);
	mm_destroy(mm);
}

START_TEST(orders_of_the_table)
{
	then_order(nodes(2, "", "0,1,0,1", ""), "0 1 / 1 0");
	then_order(nodes(4, "", "0,1,2,3", ""),
		   "0 1 2 3 / 1 2 3 0 / 2 3 0 1 / 3 0 1 2");
	then_order(nodes(4, "0:1:12,2:3:12", "0,1,2,3", ""),
		   "0 1 2 3 / 1 0 3 2 / 2 3 0 1 / 3 2 1 0");
	then_order(nodes(3, "", "0,1,0,1", ""), "0 2 1 / 1 2 0 / 2 0 1");
	then_order(nodes(3, "0:1:21,0:2:30,1:2:30", "0,1,0,1", ""),
		   "0 1 2 / 1 0 2 / 2 0 1");
	then_order(nodes(3, "", "0,1,2,0", "64-192"), "1 2 / 1 2 / 2 1");
}
END_TEST

/* Highest zone of a node first; THISNODE keeps to the node. */
START_TEST(zones_of_a_node_descend)
{
	struct mm_config cfg;
	struct mm *mm;
	struct alloc_context ac;
	struct mm_request want = {.gfp = GFP_KERNEL, .nid = 0};

	mm_config_preset(&cfg, "classroom", NULL);
	mm_config_set(&cfg, "zones",
		      "0:DMA:1-4096,0:Normal:4096-8192,0:Movable:8192-12288,"
		      "1:Normal:12288-16384",
		      NULL);
	mm = mm_create(&cfg, NULL);
	prepare_alloc(mm, &want, &ac);
	ck_assert_uint_eq(ac.zonelist[ac.pref], mm_zone_id(0, ZONE_NORMAL));
	want.gfp = GFP_HIGHUSER_MOVABLE;
	prepare_alloc(mm, &want, &ac);
	ck_assert_uint_eq(ac.zonelist[ac.pref], mm_zone_id(0, ZONE_MOVABLE));
	ck_assert_uint_eq(ac.nr_zones, 4);
	want.gfp |= GFP_BIT_THISNODE;
	prepare_alloc(mm, &want, &ac);
	ck_assert_uint_eq(ac.nr_zones, 3);
	want.gfp = GFP_BIT_DMA32;
	prepare_alloc(mm, &want, &ac);
	ck_assert_uint_eq(ac.zonelist[ac.pref], mm_zone_id(0, ZONE_DMA));
	want.nid = 1;
	want.gfp |= GFP_BIT_THISNODE; /* node 1 has nothing that low */
	prepare_alloc(mm, &want, &ac);
	ck_assert_uint_eq(ac.pref, ac.nr_zones);
	mm_destroy(mm);
}
END_TEST

/* A node of CPUs alone: its requests go elsewhere, and THISNODE nowhere. */
START_TEST(a_node_may_have_no_memory)
{
	static const char *const presets[] = {"zone without memory", "no zone"};

	for (int i = 0; i < 2; i++) {
		struct mm_request want = {.gfp = GFP_KERNEL, .nid = -1};
		struct mm_config cfg;
		struct mm_error err = {""};
		struct mm *mm;
		pfn_t pfn;

		mm_config_preset(&cfg, "tiny", NULL);
		cfg.nr_cpus = 2;
		mm_config_set(&cfg, "zones",
			      i ? "0:Normal:0-128"
				: "0:Normal:0-128,1:Normal:128-256",
			      NULL);
		mm_config_set(&cfg, i ? "nodes" : "memory", i ? "2" : "0-128",
			      NULL);
		mm_config_set(&cfg, "cpu-node", "0,1", NULL);
		mm = mm_create(&cfg, &err);
		ck_assert_msg(mm != NULL, "%s: %s", presets[i], err.text);
		want.cpu = 1;
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
		ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 1, NULL), 0);
		want.nid = 1;
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
		for (int k = 0; k < 3; k++) {
			static const gfp_t gfp[] = {GFP_KERNEL, GFP_ATOMIC,
						    GFP_KERNEL |
							    GFP_BIT_NOFAIL};

			want.gfp = gfp[k] | GFP_BIT_THISNODE;
			want.order = (uint16_t)k;
			ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn),
					 -ENOMEM);
		}
		mm_settle(mm);
		mm_tick(mm, 1000);
		then_sound(mm);
		mm_destroy(mm);
	}
}
END_TEST

Suite *check_zonelist_suite(void)
{
	Suite *s = suite_create("core/zonelist");
	TCase *tc = tcase_create("zonelist");

	tcase_add_test(tc, orders_of_the_table);
	tcase_add_test(tc, zones_of_a_node_descend);
	tcase_add_test(tc, a_node_may_have_no_memory);
	suite_add_tcase(s, tc);
	return s;
}
