/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scene.h - something worth seeing for somebody who has just arrived
 */
#ifndef BUDDYSCOPE_TUI_SCENE_H
#define BUDDYSCOPE_TUI_SCENE_H

#include "cmd/cmd.h"

/**
 * scene_set - fragment a fresh tiny world, and stop before a split
 *
 * Does nothing to a world in which something has happened, or that is
 * another one.  True if it did.
 */
bool scene_set(struct lab *lab);

#endif
