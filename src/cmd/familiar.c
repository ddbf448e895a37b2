/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * familiar.c - what other programs call our commands
 */
#include "cmd/lab.h"

#include <string.h>

static const struct familiar {
	const char *theirs, *ours;
} words[] = {
	{"exit", "quit"},
	{"q", "quit"},
	{"bye", "quit"},
	{"?", "help"},
	{"man", "help"},
	{"usage", "help"},
	{"start", "lesson start NAME"},
	{"load", "world load FILE"},
	{"open", "world load FILE"},
	{"save", "world save FILE"},
	{"new", "world new PRESET"},
	{"info", "world info"},
	{"ls", "show lists"},
	{"list", "show lists"},
	{"cat", "show buddyinfo"},
	{"buddyinfo", "show buddyinfo"},
	{"ps", "show tasks"},
	{"print", "get FIGURE"},
	{"sysctl", "set SETTING VALUE"},
	{"malloc", "alloc"},
	{"kmalloc", "alloc"},
	{"alloc_pages", "alloc"},
	{"kfree", "free"},
	{"free_pages", "free"},
	{"kill", "task kill TASK"},
};

const char *familiar_command(const char *word)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(words[i].theirs, word) == 0)
			return words[i].ours;
	return NULL;
}
