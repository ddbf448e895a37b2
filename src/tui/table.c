/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * table.c - the list of views
 */
#include "tui/view.h"

const struct view_ops *const views[NR_VIEWS] = {
	[VIEW_MAP] = &view_map,
	[VIEW_BUDDY] = &view_buddy,
	[VIEW_EVENTS] = &view_events,
	[VIEW_COMMAND] = &view_command,
};
