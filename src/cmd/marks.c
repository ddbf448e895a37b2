/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * marks.c - the turns of a session: what a line did that is worth finding
 *
 * Each operation bears a set of marks, found once, when it ends; so the time
 * line is drawn without reading all events again.
 */
#include "cmd/timeline.h"

static const struct lab_mark marks[] = {
	{'S', "a type takes from another"},
	{'B', "a watermark is boosted"},
	{'H', "a pageblock is reserved for atomic requests"},
	{'K', "kswapd is woken"},
	{'R', "direct reclaim"},
	{'C', "compaction"},
	{'I', "a pageblock is isolated"},
	{'!', "a request fails"},
	{'O', "out of memory: a process is killed"},
};

const struct lab_mark *lab_mark(unsigned int i)
{
	return i < sizeof marks / sizeof marks[0] ? &marks[i] : NULL;
}

static unsigned int bit(char letter)
{
	for (unsigned int i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (marks[i].letter == letter)
			return 1u << i;
	return 0;
}

static unsigned int mark_of(const struct mm_event *ev)
{
	switch (ev->type) {
	case EV_mm_page_alloc_extfrag:
		return bit('S');
	case EV_watermark_boost:
		return bit('B');
	case EV_highatomic_reserve:
		return bit('H');
	case EV_mm_vmscan_kswapd_wake:
		return bit('K');
	case EV_mm_vmscan_direct_reclaim_begin:
		return bit('R');
	case EV_mm_compaction_begin:
		return bit('C');
	case EV_pageblock_isolated:
		return bit('I');
	case EV_oom_kill:
		return bit('O');
	case EV_mm_page_alloc:
		return ev->arg[4] == REASON_SERVED ? 0 : bit('!');
	default:
		return 0;
	}
}

unsigned int marks_of(const struct mm *mm, uint64_t op)
{
	const struct mm_event *ev;
	unsigned int found = 0;
	struct mm_op o;

	if (mm_op(mm, op, &o))
		return 0;
	for (uint64_t n = o.first + 1; n <= o.last && (ev = mm_event(mm, n));
	     n++)
		found |= mark_of(ev);
	return found;
}

/* The nearest moment of operation @o beyond @from whose event bears one. */
static bool near_in_op(const struct mm *mm, const struct mm_op *o,
		       int direction, uint64_t from, uint64_t *moment)
{
	uint64_t n = direction > 0 ? o->first + 1 : o->last;

	if (direction > 0 && n <= from)
		n = from + 1;
	if (direction < 0 && n >= from)
		n = from - 1;
	for (; n > o->first && n <= o->last; n += direction > 0 ? 1 : -1ull)
		if (mark_of(mm_event(mm, n))) {
			*moment = n;
			return true;
		}
	return false;
}

bool lab_mark_near(const struct lab *lab, int direction, uint64_t *moment)
{
	const struct mm *mm = lab_mm(lab);
	const uint64_t now = mm_now(mm), first = mm_first_op(mm);
	const uint64_t end = first + mm_nr_ops(mm);
	uint64_t op;
	struct mm_op o;

	if (now == 0 && direction < 0)
		return false;
	if (mm_op_at(mm, direction > 0 ? now + 1 : now, &op))
		return false;
	for (; op >= first && op<end; op += direction> 0 ? 1 : -1ull)
		if (lab_op_marks(lab, op) && mm_op(mm, op, &o) == 0 &&
		    near_in_op(mm, &o, direction, now, moment))
			return true;
	return false;
}
