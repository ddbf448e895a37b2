/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_pressure.c - recordings of a machine under pressure
 *
 * They list no calls.  What can be held against the rules is the order of
 * their events: pressure.h.
 */
#include "cmd/case.h"

#include <stdio.h>
#include <string.h>

#include "cmd/pressure.h"

#define DAMAGED "the recording is damaged, take a fresh copy"

/* Is there a balancing run of kswapd in the trace? */
bool case_is_pressure(struct case_file *c)
{
	struct case_word w;

	if (c->mode != CASE_SLEEPING || !c->trace.at)
		return false;
	case_seek(c, c->trace);
	while (case_next(c, &w))
		if (case_is(w, "ev") && case_word(c, &w) && case_word(c, &w) &&
		    case_word(c, &w) &&
		    case_is(w, "mm_vmscan_balance_pgdat_begin"))
			return true;
	return false;
}

/* PID COMM EVENT FIELDS */
static bool one_event(struct case_file *c, struct pressure *p)
{
	struct case_word comm, event;
	char fields[512];
	const char *why;
	int64_t pid;

	if (!case_int(c, "a process number", 0, INT32_MAX, &pid))
		return false;
	if (!case_word(c, &comm) || !case_word(c, &event))
		return case_bad(c, "expected ev PID COMM EVENT; " DAMAGED);
	snprintf(fields, sizeof fields, "%.*s", (int)(c->stop - c->at), c->at);
	why = pressure_event(p, pid, event.s, event.len,
			     fields + strspn(fields, " "));
	return why ? case_differs(c, "%s", why) : true;
}

bool case_run_pressure(struct case_file *c, struct pressure *p)
{
	struct case_word w;

	*p = (struct pressure){0};
	case_seek(c, c->trace);
	while (case_next(c, &w))
		if (case_is(w, "ev") && !one_event(c, p))
			return false;
	return true;
}
