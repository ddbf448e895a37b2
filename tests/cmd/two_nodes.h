/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * two_nodes.h - for tests: a small world of two nodes, something in it
 */
#ifndef BUDDYSCOPE_TESTS_CMD_TWO_NODES_H
#define BUDDYSCOPE_TESTS_CMD_TWO_NODES_H

#include "say.h"

/** DMA32 and Movable are empty; a CMA area; frame 0 is a hole. */
#define TWO_NODES                                                              \
	"world new tiny cpus=2 "                                               \
	"zones=0:DMA:1-64,0:Normal:64-256,1:Normal:256-512 cma=448-480"

/** A block of 8 at 64, three movable frames from 96 on. */
static inline void two_nodes(struct lab *lab)
{
	runs(lab, TWO_NODES);
	runs(lab, "alloc order=3");
	runs(lab, "alloc count=3 type=M");
}

#endif
