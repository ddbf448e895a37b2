/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench.c - one peer, one size: create it, then run every loop
 *
 *	bench_PEER FRAMES init            creation alone
 *	bench_PEER FRAMES run LOOPS OPS   everything, each loop LOOPS times
 *
 * Lines of output: peer, frames, metric, value, separated by tabs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/loops.h"
#include "bench/peer.h"

/* Resident size in MiB, from Linux's own account; 0 where there is none. */
static double resident(const char *key)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	double kib = 0.0;

	while (f && fgets(line, sizeof line, f))
		if (!strncmp(line, key, strlen(key)))
			kib = strtod(line + strlen(key), NULL);
	if (f)
		fclose(f);
	return kib / 1024.0;
}

static bool create(uint64_t frames)
{
	double before = resident("VmRSS:");
	uint64_t start = now_ns();

	if (!peer_init(frames))
		return false;
	result("create_ms", (double)(now_ns() - start) / 1e6);
	result("create_mib", resident("VmRSS:") - before);
	if (peer_bytes())
		result("bytes_per_frame",
		       (double)peer_bytes() / (double)frames);
	return true;
}

static void run(int loops, uint64_t ops)
{
	uint64_t n = 0, live;

	/* The first time also pays for page faults on the state. */
	for (int i = 0; i <= loops; i++) {
		n = fill(i ? "fill" : "fill_cold");
		drain(i ? "drain" : "drain_cold", n);
	}
	repeat(2 * ops);

	n = fill(NULL);
	live = thin_out(n);
	for (int i = 0; i < loops; i++)
		replace("random_pair", live, 1);
	for (int i = 0; i < loops; i++)
		replace("burst_pair", live, 512);
	give_back(live);

	if (!peer_has_orders())
		return;
	n = fill_mixed();
	for (int i = 0; i < loops; i++)
		replace_mixed("mixed_pair", n, 1);
	for (int i = 0; i < loops; i++)
		replace_mixed("mixed_burst_pair", n, 64);
}

int main(int argc, char **argv)
{
	uint64_t frames = argc > 1 ? strtoull(argv[1], NULL, 0) : 0;
	bool all = argc > 2 && !strcmp(argv[2], "run");
	int loops = argc > 3 ? atoi(argv[3]) : 2;
	uint64_t ops = argc > 4 ? strtoull(argv[4], NULL, 0) : 1000000;

	if (frames < 4096 || frames > UINT32_MAX / 2 || loops < 1 ||
	    ops < 512 || (argc > 2 && !all && strcmp(argv[2], "init"))) {
		fprintf(stderr, "usage: %s FRAMES [init | run [LOOPS [OPS]]]\n",
			argv[0]);
		return 2;
	}
	if (!loops_init(frames, all ? ops : 0)) {
		fprintf(stderr, "%s: no memory for the harness\n", argv[0]);
		return 1;
	}
	if (!create(frames)) {
		fprintf(stderr, "%s: could not be created\n", peer_name());
		return 1;
	}
	if (all) {
		run(loops, ops);
		result("peak_mib", resident("VmHWM:"));
	}
	return 0;
}
