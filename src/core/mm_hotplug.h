/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_hotplug.h - memory that comes and goes; part of mm.h
 *
 * Memory is taken away and given back in memory blocks, as
 * /sys/devices/system/memory shows them.  A memory block is 128 MiB as on
 * amd64, or less where a world is too small to have four of them: then a
 * quarter of it, rounded down to a power of two, but no less than a block of
 * the largest order.
 *
 * Memory that is offline belongs to no zone: it is neither present nor
 * managed, and its frames are FRAME_OFFLINE.
 */
#ifndef BUDDYSCOPE_MM_HOTPLUG_H
#define BUDDYSCOPE_MM_HOTPLUG_H

enum mm_memory_state {
	MEMORY_NONE, /* not all of it is memory: it stays as it is */
	MEMORY_ONLINE,
	MEMORY_GOING_OFFLINE,
	MEMORY_OFFLINE,
};

/** Where memory goes to: enum mmop. */
enum mm_online {
	ONLINE_DEFAULT,
	ONLINE_KERNEL,
	ONLINE_MOVABLE,
};

struct mm_memory_info {
	enum mm_memory_state state;
	pfn_t start, end;
	zone_t zone; /* NO_ZONE: of none, or of several */
};

/** Frames of a memory block; a power of two. */
pfn_t mm_memory_block_pages(const struct mm *mm);
unsigned int mm_nr_memory_blocks(const struct mm *mm);
/** What is known of memory block @block; MEMORY_NONE if there is none. */
void mm_memory_info(const struct mm *mm, unsigned int block,
		    struct mm_memory_info *mi);
/** "online", "going-offline", "offline", "none"; "?" for another. */
const char *mm_memory_state_name(enum mm_memory_state state);

/**
 * mm_memory_offline - take a memory block away
 * @rounds: after so many rounds in which no page could be moved a signal
 *          ends it; the kernel alone would go on for ever.  1 or more
 *
 * 0 when it is offline.  -EBUSY: a page in it cannot be moved; -EINTR: the
 * signal came; -EINVAL: there is no such block, or it is not online.  In all
 * of these it is as it was, but for pages that have moved, and @err says why.
 *
 * Models: offline_pages(), mm/memory_hotplug.c
 */
int mm_memory_offline(struct mm *mm, unsigned int block, unsigned int rounds,
		      struct mm_error *err);
/**
 * mm_task_memory_offline - the same as the work of a user's task
 *
 * It begins; mm_run() of the task goes on.  Its answer is mm_offline_result()
 * once the task is at rest.  -EINVAL, and -EBUSY if the task is busy.
 */
int mm_task_memory_offline(struct mm *mm, unsigned int task, unsigned int block,
			   unsigned int rounds, struct mm_error *err);
/** -EINVAL for a memory block that cannot go, or come; 0: try it. */
int mm_memory_offline_refusal(const struct mm *mm, unsigned int block,
			      struct mm_error *err);
int mm_memory_online_refusal(const struct mm *mm, unsigned int block,
			     enum mm_online how, struct mm_error *err);
/** 0, or the negative errno of the task's last memory block. */
int mm_offline_result(const struct mm *mm, unsigned int task);
/** The same, and why in @err. */
int mm_offline_failed(const struct mm *mm, unsigned int task,
		      struct mm_error *err);
/** A signal for a task that takes memory offline: its work ends soon. */
void mm_offline_signal(struct mm *mm, unsigned int task);
/**
 * mm_memory_online - give a memory block back to a zone
 *
 * -EINVAL if there is no such block, or it is not offline.
 *
 * Models: online_pages(), mm/memory_hotplug.c
 */
int mm_memory_online(struct mm *mm, unsigned int block, enum mm_online how,
		     struct mm_error *err);
/** The same by a task, which does not sleep over it; on its CPU. */
int mm_task_memory_online(struct mm *mm, unsigned int task, unsigned int block,
			  enum mm_online how, struct mm_error *err);
/**
 * mm_free_reserved - give reserved frames from @start up to @end back
 *
 * What the boot kept for a while, like the initial ramdisk: from now on the
 * allocator has it.  They are freed one by one on @cpu, as single pages.  Of
 * what is computed from "managed" only the reserves against higher zones
 * follow: marks and per-CPU limits stay as they are until a setting is
 * written.  -EINVAL if one of the frames is not reserved; then none is freed.
 *
 * Models: free_reserved_area(), mm/page_alloc.c
 */
int mm_free_reserved(struct mm *mm, pfn_t start, pfn_t end, unsigned int cpu,
		     struct mm_error *err);
/** For a loader: the block is offline, nothing has been put there yet. */
int mm_put_memory_offline(struct mm *mm, unsigned int block,
			  struct mm_error *err);
/** ... the block belongs to another zone of its node, within whose span or
 * next to it it lies from now on. */
int mm_put_memory_zone(struct mm *mm, unsigned int block, enum zone_type zone,
		       struct mm_error *err);

#endif
