/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * table.c - the views of views.def, to be gone through and found by name
 */
#include <string.h>

#include "tui/view.h"

const struct view_ops *const views[NR_VIEWS] = {
#define VIEW(ID, file) [VIEW_##ID] = &view_##file,
#include "tui/views.def"
#undef VIEW
};

int view_find(const char *name)
{
	for (int v = 0; v < NR_VIEWS; v++)
		if (strcmp(views[v]->name, name) == 0)
			return v;
	return -1;
}
