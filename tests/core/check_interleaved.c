/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_interleaved.c - everybody at once: what must hold whatever happens
 *
 * Processes of groups and cpusets fault, ask, are looked at and killed, on
 * two or three nodes with swap and slabs, while the daemons run by quanta in
 * any order.  The world is sound after every step; taken back to its start it
 * has the bytes it had then, and gone forward those it had at the end; the
 * same steps in another world give the same bytes, recorded or not.  A saved
 * one with damage is refused, or can be lived with.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/mix.h"
#include "support/picture.h"

Suite *check_interleaved_suite(void);

static const char *const zones[] = {
	"0:Normal:0-128,1:Normal:128-256",
	"0:DMA:0-64,0:Normal:64-192,1:Normal:192-256,2:Movable:256-384",
};

struct play {
	struct mix dice;
	struct mm *mm;
	unsigned int steps;
};

static unsigned int roll(struct play *p, unsigned int below)
{
	return (unsigned int)mix_random(&p->dice, below);
}

static unsigned int any_process(struct play *p)
{
	return 1 + roll(p, mm_nr_processes(p->mm) + 1);
}

static unsigned int any_task(struct play *p)
{
	return roll(p, mm_nr_tasks(p->mm));
}

/* ---- steps; what is refused is a step as well ---- */

static void be_born(struct play *p)
{
	char name[16];
	struct mm_process want = {.name = name, .uid = roll(p, 9)};

	snprintf(name, sizeof name, "p%u", p->steps);
	want.oom_score_adj = (int)roll(p, 3) * 500 - 500;
	mm_process_new(p->mm, &want, NULL);
}

static void get_pages(struct play *p)
{
	const enum mm_fault kind = (enum mm_fault)roll(p, 8);

	mm_fault(p->mm, any_task(p), kind, 1 + roll(p, 60), roll(p, 8), NULL);
}

static void ask(struct play *p)
{
	static const gfp_t masks[] = {GFP_KERNEL, GFP_ATOMIC,
				      0x400cc0,	  GFP_HIGHUSER_MOVABLE,
				      GFP_NOWAIT, GFP_KERNEL | GFP_BIT_NORETRY};
	const struct mm_request want = {
		.gfp = masks[roll(p, sizeof masks / sizeof masks[0])],
		.order = (uint16_t)roll(p, 4),
		.nid = (int16_t)((int)roll(p, 3) - 1),
	};

	mm_task_request(p->mm, any_task(p), &want, NULL);
}

static void change_pages(struct play *p)
{
	mm_process_pages(p->mm, any_process(p), (enum mm_page_op)roll(p, 12),
			 1 + roll(p, 20), NULL);
}

static void kill(struct play *p)
{
	if (roll(p, 8) == 0)
		mm_process_kill(p->mm, any_process(p),
				roll(p, 3) ? 0 : PROCESS_STUCK, NULL);
}

static void limit(struct play *p)
{
	struct mm_group_limits l = mm_no_limits();
	char name[16];

	snprintf(name, sizeof name, "g%u", p->steps);
	l.max = 20 + roll(p, 100);
	if (roll(p, 4) == 0)
		mm_group_new(p->mm, name, roll(p, 3), &l, NULL);
	mm_group_add(p->mm, roll(p, 4), any_process(p), NULL);
	if (roll(p, 4) == 0)
		mm_cpuset_new(p->mm, name, 0, 1 + roll(p, 7), NULL);
	mm_cpuset_add(p->mm, roll(p, 4), any_process(p), NULL);
}

static void choose_nodes(struct play *p)
{
	const struct mm_policy_info pi = {
		.policy = (enum mm_policy)roll(p, NR_POLICIES),
		.nodes = 1 + roll(p, 3),
		.home_node = NO_NODE,
	};

	mm_set_process_policy(p->mm, any_process(p), &pi, NULL);
}

static void by_hand(struct play *p)
{
	char name[16];
	const struct mm_slab_config c = {.objects_per_page = 8};
	struct mm_dropped dropped;

	switch (roll(p, 8)) {
	case 0:
		mm_drop_caches(p->mm, 1 + roll(p, 3), &dropped, NULL);
		break;
	case 1:
		mm_sync(p->mm);
		break;
	case 2:
		mm_compact(p->mm, NO_ZONE, -1, MIGRATE_SYNC, NULL, NULL);
		break;
	case 3:
		snprintf(name, sizeof name, "s%u", p->steps);
		mm_slab_new(p->mm, name, &c, NULL);
		mm_slab_grow(p->mm, 1 + roll(p, 3), 40, NULL);
		break;
	case 4:
		mm_sysrq_oom(p->mm);
		break;
	case 5:
		mm_set(p->mm, "vm.defrag_mode", roll(p, 2), NULL);
		break;
	case 6:
		mm_set(p->mm, "vm.swappiness", roll(p, 201), NULL);
		break;
	default:
		mm_set(p->mm, "schedule", roll(p, 2), NULL);
	}
}

static void go_on(struct play *p)
{
	enum mm_quantum q;

	for (unsigned int n = roll(p, 8); n; n--)
		mm_run(p->mm, any_task(p), &q, NULL);
}

static void wait(struct play *p)
{
	mm_tick(p->mm, 1 + roll(p, 60));
}

static void step(struct play *p)
{
	static void (*const steps[])(struct play *) = {
		be_born, get_pages, get_pages, get_pages,    ask,
		ask,	 kill,	    limit,     choose_nodes, by_hand,
		go_on,	 go_on,	    go_on,     wait,	     change_pages,
	};

	p->steps++;
	steps[roll(p, sizeof steps / sizeof steps[0])](p);
}

/* ---- what holds ---- */

static void begin(struct play *p, int world, uint64_t seed, enum mm_record r)
{
	struct mm_config cfg;
	struct mm_error err = {""};

	*p = (struct play){0};
	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", zones[world], NULL);
	mm_config_set(&cfg, "cpus", "2", NULL);
	p->mm = mm_create(&cfg, &err);
	ck_assert_msg(p->mm != NULL, "%s", err.text);
	mm_swap_on(p->mm, 64, NULL);
	ck_assert_int_eq(mm_record(p->mm, r), 0);
	mix_start(&p->dice, seed);
}

static void then_sound_at(const struct mm *mm, int i, unsigned int n)
{
	struct mm_broken b = {"", ""};

	ck_assert_msg(mm_check(mm, &b) == 0, "run %d, step %u: %s: %s", i, n,
		      b.invariant, b.where);
}

#define STEPS 400

START_TEST(sound_after_each_step_and_taken_back)
{
	const int world = _i % 2;
	struct play p;
	uint64_t start, end, last;

	begin(&p, world, (uint64_t)_i + 1, MM_RECORD_TAPE);
	start = mm_hash(p.mm);
	for (unsigned int n = 0; n < STEPS; n++) {
		step(&p);
		then_sound_at(p.mm, _i, n);
	}
	ck_assert_uint_eq(mm_first_moment(p.mm), 0);
	end = mm_hash(p.mm);
	last = mm_last_moment(p.mm);
	ck_assert_int_eq(mm_seek(p.mm, 0), 0);
	ck_assert_uint_eq(mm_hash(p.mm), start);
	ck_assert_int_eq(mm_seek(p.mm, last), 0);
	ck_assert_uint_eq(mm_hash(p.mm), end);
	mm_destroy(p.mm);
}
END_TEST

START_TEST(the_same_bytes_recorded_or_not)
{
	struct play a, b;

	begin(&a, _i % 2, (uint64_t)_i + 100, MM_RECORD_OFF);
	begin(&b, _i % 2, (uint64_t)_i + 100, MM_RECORD_TAPE);
	for (unsigned int n = 0; n < STEPS; n++) {
		step(&a);
		step(&b);
		ck_assert_msg(mm_hash(a.mm) == mm_hash(b.mm), "run %d, step %u",
			      _i, n);
	}
	mm_destroy(a.mm);
	mm_destroy(b.mm);
}
END_TEST

/* In the middle of everything, what is in hand included. */
START_TEST(saved_and_gone_on_with)
{
	struct play a;
	unsigned char *bytes;
	struct mm_error err = {""};
	struct play b;
	size_t size;

	begin(&a, _i % 2, (uint64_t)_i + 200, MM_RECORD_OFF);
	for (unsigned int n = 0; n < STEPS; n++) {
		step(&a);
		if (n % 40)
			continue;
		ck_assert_int_eq(mm_save(a.mm, &bytes, &size), 0);
		b = a;
		b.mm = mm_load(bytes, size, &err);
		free(bytes);
		ck_assert_msg(b.mm != NULL, "step %u: %s", n, err.text);
		for (int more = 0; more < 10; more++)
			step(&b);
		for (int more = 0; more < 10; more++, n++)
			step(&a);
		ck_assert_uint_eq(mm_hash(a.mm), mm_hash(b.mm));
		mm_destroy(b.mm);
	}
	mm_destroy(a.mm);
}
END_TEST

/* ---- files made to be taken in ---- */

/* Without these sizes nothing could be saved. */
static bool is_size(const struct mm *mm, size_t at, size_t n)
{
	const size_t sizes =
		(size_t)((const unsigned char *)&mm->st->nr_frames - mm->block);

	return at + n > sizes && at < sizes + 3 * sizeof(uint32_t);
}

/* One to eight bytes next to each other; false if that changes nothing. */
static bool damage(struct play *p, const struct mm *sound)
{
	static const unsigned char looks[] = {0, 1, 0x7f, 0x80, 0xff};
	const size_t front =
		(size_t)((const unsigned char *)p->mm->page - p->mm->block);
	const size_t n = (size_t)1 << roll(p, 4);
	const size_t at = (size_t)mix_random(
		&p->dice, (roll(p, 4) ? front : p->mm->size) - n);
	const bool alike = roll(p, 2);
	const unsigned char look = looks[roll(p, sizeof looks)];

	if (is_size(p->mm, at, n))
		return false;
	for (size_t i = 0; i < n; i++)
		p->mm->block[at + i] =
			alike ? look
			      : (unsigned char)(p->mm->block[at + i] + 1 +
						roll(p, 3));
	return memcmp(p->mm->block + at, sound->block + at, n) != 0;
}

/*
 * The bytes of a world with everything in hand are changed, and it is saved
 * with a fingerprint that fits.  Whatever is taken in all the same is sound,
 * and stays so when everybody goes on; it ends, and saves again.
 */
START_TEST(damaged_worlds_are_refused_or_lived_with)
{
	unsigned int refused = 0, lived = 0;
	struct play a, b;

	begin(&a, _i % 2, (uint64_t)_i + 300, MM_RECORD_OFF);
	for (unsigned int n = 0; n < STEPS; n++)
		step(&a);
	for (int n = 0; n < 300; n++) {
		unsigned char *bytes;
		size_t size;
		bool changed;

		b = a;
		mix_start(&b.dice, (uint64_t)(_i * 1000 + n));
		b.mm = mm_clone(a.mm);
		changed = damage(&b, a.mm);
		ck_assert_int_eq(mm_save(b.mm, &bytes, &size), 0);
		mm_destroy(b.mm);
		b.mm = changed ? mm_load(bytes, size, NULL) : NULL;
		free(bytes);
		refused += changed && !b.mm;
		if (!b.mm)
			continue;
		lived++;
		for (unsigned int more = 0; more < 25; more++) {
			step(&b);
			then_sound_at(b.mm, _i, more);
		}
		ck_assert_int_eq(mm_save(b.mm, &bytes, &size), 0);
		mm_destroy(b.mm);
		b.mm = mm_load(bytes, size, NULL);
		ck_assert_ptr_nonnull(b.mm);
		free(bytes);
		mm_destroy(b.mm);
	}
	/* neither is everything refused, nor everything taken in */
	ck_assert_uint_ge(refused, 50);
	ck_assert_uint_ge(lived, 20);
	mm_destroy(a.mm);
}
END_TEST

Suite *check_interleaved_suite(void)
{
	Suite *s = suite_create("core/interleaved");
	TCase *t = tcase_create("properties");

	tcase_add_loop_test(t, sound_after_each_step_and_taken_back, 0, 24);
	tcase_add_loop_test(t, the_same_bytes_recorded_or_not, 0, 8);
	tcase_add_loop_test(t, saved_and_gone_on_with, 0, 8);
	tcase_add_loop_test(t, damaged_worlds_are_refused_or_lived_with, 0, 4);
	suite_add_tcase(s, t);
	return s;
}
