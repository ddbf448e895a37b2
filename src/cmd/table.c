/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * table.c - the list of commands, in the order in which `help` shows them
 */
#include "cmd/internal.h"

#define ROWS(ROW)                                                              \
	ROW(cmd_world_new)                                                     \
	ROW(cmd_world_load)                                                    \
	ROW(cmd_world_save)                                                    \
	ROW(cmd_world_info)                                                    \
	ROW(cmd_world_hash)                                                    \
	ROW(cmd_alloc)                                                         \
	ROW(cmd_bulk)                                                          \
	ROW(cmd_free)                                                          \
	ROW(cmd_split)                                                         \
	ROW(cmd_drain)                                                         \
	ROW(cmd_decay)                                                         \
	ROW(cmd_unreserve)                                                     \
	ROW(cmd_task_new)                                                      \
	ROW(cmd_task_thread)                                                   \
	ROW(cmd_task_anon)                                                     \
	ROW(cmd_task_file)                                                     \
	ROW(cmd_task_swapin)                                                   \
	ROW(cmd_task_pages)                                                    \
	ROW(cmd_task_promote)                                                  \
	ROW(cmd_page)                                                          \
	ROW(cmd_task_adj)                                                      \
	ROW(cmd_task_kill)                                                     \
	ROW(cmd_memory_offline)                                                \
	ROW(cmd_memory_online)                                                 \
	ROW(cmd_memory_release)                                                \
	ROW(cmd_isolate)                                                       \
	ROW(cmd_unisolate)                                                     \
	ROW(cmd_contig)                                                        \
	ROW(cmd_contig_free)                                                   \
	ROW(cmd_cma_alloc)                                                     \
	ROW(cmd_cma_release)                                                   \
	ROW(cmd_hugetlb_pool)                                                  \
	ROW(cmd_hugetlb_alloc)                                                 \
	ROW(cmd_hugetlb_reserve)                                               \
	ROW(cmd_hugetlb_unreserve)                                             \
	ROW(cmd_run)                                                           \
	ROW(cmd_schedule)                                                      \
	ROW(cmd_tick)                                                          \
	ROW(cmd_group_new)                                                     \
	ROW(cmd_group_set)                                                     \
	ROW(cmd_group_add)                                                     \
	ROW(cmd_cpuset_new)                                                    \
	ROW(cmd_cpuset_set)                                                    \
	ROW(cmd_cpuset_add)                                                    \
	ROW(cmd_oom)                                                           \
	ROW(cmd_swap_on)                                                       \
	ROW(cmd_swap_off)                                                      \
	ROW(cmd_slab_new)                                                      \
	ROW(cmd_slab_grow)                                                     \
	ROW(cmd_drop_caches)                                                   \
	ROW(cmd_sync)                                                          \
	ROW(cmd_compact)                                                       \
	ROW(cmd_kcompactd)                                                     \
	ROW(cmd_lru_drain)                                                     \
	ROW(cmd_lru_access)                                                    \
	ROW(cmd_show)                                                          \
	ROW(cmd_policy)                                                        \
	ROW(cmd_gfp)                                                           \
	ROW(cmd_where)                                                         \
	ROW(cmd_why)                                                           \
	ROW(cmd_explain)                                                       \
	ROW(cmd_get)                                                           \
	ROW(cmd_set)                                                           \
	ROW(cmd_plot)                                                          \
	ROW(cmd_unplot)                                                        \
	ROW(cmd_check)                                                         \
	ROW(cmd_expect)                                                        \
	ROW(cmd_step)                                                          \
	ROW(cmd_back)                                                          \
	ROW(cmd_next)                                                          \
	ROW(cmd_prev)                                                          \
	ROW(cmd_finish)                                                        \
	ROW(cmd_continue)                                                      \
	ROW(cmd_until)                                                         \
	ROW(cmd_break)                                                         \
	ROW(cmd_watch)                                                         \
	ROW(cmd_delete)                                                        \
	ROW(cmd_undo)                                                          \
	ROW(cmd_redo)                                                          \
	ROW(cmd_goto)                                                          \
	ROW(cmd_fork)                                                          \
	ROW(cmd_switch)                                                        \
	ROW(cmd_unfork)                                                        \
	ROW(cmd_compare)                                                       \
	ROW(cmd_era_diff)                                                      \
	ROW(cmd_let)                                                           \
	ROW(cmd_repeat)                                                        \
	ROW(cmd_source)                                                        \
	ROW(cmd_replay)                                                        \
	ROW(cmd_transcript)                                                    \
	ROW(cmd_history)                                                       \
	ROW(cmd_apropos)                                                       \
	ROW(cmd_help)                                                          \
	ROW(cmd_quit)

#define ROW(name) extern const struct cmd name;
ROWS(ROW)
#undef ROW

const struct cmd *const command_table[] = {
#define ROW(name) &name,
	ROWS(ROW)
#undef ROW
		NULL,
};
