/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_report_oom.c - the report on who was killed, and why; O19
 */
#include "cmd/report.h"

#include "core/oom.h"
#include "say.h"
#include "support/people.h"

Suite *check_report_oom_suite(void);

static struct mm *mm;
static struct out *out;

/* Two processes, and their numbers: victims stay until somebody runs. */
static void setup(void)
{
	mm = two_nodes();
	ck_assert_int_eq(mm_set(mm, "schedule", 0, NULL), 0);
	born(mm, "small", 0, 20);
	born(mm, "hog", 100, 70);
	out = out_buffer();
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
}

static void teardown(void)
{
	out_free(out);
	mm_destroy(mm);
	mm = NULL;
}

static const char *report(void)
{
	out_clear(out);
	report_last_oom(mm, mm, out);
	return out_string(out);
}

static void begins(const char *text, const char *with)
{
	ck_assert_msg(strncmp(text, with, strlen(with)) == 0, "%.200s", text);
}

static void ends(const char *text, const char *with)
{
	const size_t n = strlen(text), m = strlen(with);

	ck_assert_msg(n >= m && strcmp(text + n - m, with) == 0, "%s",
		      n > 900 ? text + n - 900 : text);
}

#define PROTECTION "Memory cgroup min protection 0kB -- low protection 0kB\n"
#define TASKS                                                                  \
	"Tasks state (memory values in pages):\n"                              \
	"[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem " \
	"pgtables_bytes swapents oom_score_adj name\n"                         \
	"[    100]  1000   100       20       20       20        0         0 " \
	"       0        0             0 small\n"                              \
	"[    101]  1000   101       70       70       70        0         0 " \
	"       0        0           100 hog\n"
#define KILLED                                                                 \
	"Killed process 101 (hog) total-vm:280kB, anon-rss:280kB, "            \
	"file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:0kB "                  \
	"oom_score_adj:100\n"

START_TEST(nobody_killed_no_report)
{
	ck_assert_str_eq(report(),
			 "nobody was to be killed among the events\n");
}
END_TEST

START_TEST(by_sysrq_the_order_is_below_0)
{
	ck_assert_int_eq(mm_sysrq_oom(mm), REASON_OOM_KILLED);
	begins(report(), "caller invoked oom-killer: gfp_mask=0xcc0"
			 "(GFP_KERNEL), order=-1, oom_score_adj=0\n"
			 "Mem-Info:\n");
	ends(report(), PROTECTION TASKS
	     "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,"
	     "mems_allowed=0-1,global_oom,task_memcg=/,task=hog,pid=101,"
	     "uid=1000\nOut of memory: " KILLED);
}
END_TEST

/* Of the moment before the kill, whatever has become of it since. */
START_TEST(the_victim_is_shown_as_it_was)
{
	const struct process *hog = &mm->process[2];

	ck_assert_int_eq(mm_sysrq_oom(mm), REASON_OOM_KILLED);
	mm_begin(mm);
	STORE(mm, hog->rss_anon, 1);
	TRACE(mm, tick, 0, 0);
	mm_end(mm);
	ends(report(), "Out of memory: " KILLED);
	ck_assert_uint_eq(mm->process[2].rss_anon, 1);
	ck_assert_uint_eq(mm_now(mm), mm_last_moment(mm));
	out_clear(out);
	report_last_oom(mm, NULL, out); /* with no way to go back */
	ck_assert_ptr_nonnull(strstr(out_string(out), "cannot be gone back"));
	ck_assert_ptr_nonnull(strstr(out_string(out), "anon-rss:4kB"));
}
END_TEST

START_TEST(who_asks_and_for_what_is_told)
{
	use_up(mm, 0);
	asks(mm, 1, 0, GFP_HIGHUSER_MOVABLE);
	begins(report(), "small invoked oom-killer: gfp_mask=0x100cca"
			 "(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0\n"
			 "Mem-Info:\n");
	ends(report(), "Out of memory: " KILLED);
}
END_TEST

START_TEST(the_list_of_tasks_can_be_left_out)
{
	ck_assert_int_eq(mm_set(mm, "vm.oom_dump_tasks", 0, NULL), 0);
	ck_assert_int_eq(mm_sysrq_oom(mm), REASON_OOM_KILLED);
	ck_assert_ptr_null(strstr(report(), "Tasks state"));
}
END_TEST

START_TEST(with_nobody_to_kill_the_kernel_stops)
{
	set_flags(mm, 1, PROCESS_INIT);
	set_flags(mm, 2, PROCESS_INIT);
	use_up(mm, 0);
	ck_assert_uint_eq(alloc(mm, 0, GFP_KERNEL), NO_PFN);
	begins(report(), "caller invoked oom-killer: gfp_mask=0xcc0"
			 "(GFP_KERNEL), order=0, oom_score_adj=0\n");
	ends(report(), "oom_score_adj name\n"
		       "Out of memory and no killable processes...\n"
		       "Kernel panic - not syncing: System is deadlocked on "
		       "memory\n");
}
END_TEST

START_TEST(or_because_it_was_told_to)
{
	ck_assert_int_eq(mm_set(mm, "vm.panic_on_oom", 2, NULL), 0);
	use_up(mm, 0);
	ck_assert_uint_eq(alloc(mm, 0, GFP_KERNEL), NO_PFN);
	ends(report(), TASKS "Kernel panic - not syncing: Out of memory: "
			     "compulsory panic_on_oom is enabled\n");
}
END_TEST

/* A group that is full: its own account, and its processes only. */
START_TEST(a_groups_report_is_about_the_group)
{
	struct mm_group_limits limits = mm_no_limits();
	int box, in;

	limits.max = 90;
	box = mm_group_new(mm, "box", 0, &limits, NULL);
	in = mm_group_new(mm, "in", (unsigned int)box, &limits, NULL);
	ck_assert(box > 0 && in > 0);
	ck_assert_int_eq(mm_group_add(mm, (unsigned int)in, 2, NULL), 0);
	STORE(mm, mm->st->group[box].usage, 90);
	mm_begin(mm);
	ck_assert_int_eq(mem_cgroup_out_of_memory(mm, task_of(mm, 2),
						  (uint32_t)box, 0, GFP_KERNEL),
			 REASON_OOM_KILLED);
	mm_end(mm);
	ck_assert_ptr_nonnull(strstr(report(),
				     "\nmemory: usage 360kB, limit 360kB, "
				     "failcnt 0\n" PROTECTION));
	ck_assert_msg(!strstr(report(), "small"), "%s", report());
	ck_assert_ptr_null(strstr(report(), "Mem-Info"));
	ends(report(),
	     "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,"
	     "mems_allowed=0-1,oom_memcg=/box,task_memcg=/box/in,task=hog,"
	     "pid=101,uid=1000\nMemory cgroup out of memory: " KILLED);
}
END_TEST

Suite *check_report_oom_suite(void)
{
	Suite *s = suite_create("cmd/report_oom");
	TCase *t = tcase_create("oom");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, nobody_killed_no_report);
	tcase_add_test(t, by_sysrq_the_order_is_below_0);
	tcase_add_test(t, the_victim_is_shown_as_it_was);
	tcase_add_test(t, who_asks_and_for_what_is_told);
	tcase_add_test(t, the_list_of_tasks_can_be_left_out);
	tcase_add_test(t, with_nobody_to_kill_the_kernel_stops);
	tcase_add_test(t, or_because_it_was_told_to);
	tcase_add_test(t, a_groups_report_is_about_the_group);
	suite_add_tcase(s, t);
	return s;
}
