/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fork.c - see fork.h
 */
#include "cmd/fork.h"

#include <string.h>

#include "cmd/lab.h"

void forks_free(struct fork_list *l)
{
	while (l->n)
		fork_drop(l, &l->fork[l->n - 1]);
}

struct fork *fork_find(struct fork_list *l, const char *name)
{
	for (unsigned int i = 0; i < l->n; i++)
		if (strcmp(l->fork[i].name, name) == 0)
			return &l->fork[i];
	return NULL;
}

bool fork_put(struct fork_list *l, const char *name, struct timeline *time)
{
	struct fork *f = fork_find(l, name);

	if (!f && l->n == MOST_FORKS)
		return false;
	if (f)
		timeline_destroy(f->time);
	else
		f = &l->fork[l->n++];
	snprintf(f->name, sizeof f->name, "%s", name);
	f->time = time;
	return true;
}

void fork_drop(struct fork_list *l, struct fork *f)
{
	timeline_destroy(f->time);
	*f = l->fork[--l->n];
}

struct fork_list *lab_forks(struct lab *lab)
{
	return &lab->forks;
}

struct timeline *lab_timeline(struct lab *lab)
{
	return lab->time;
}

void lab_switch(struct lab *lab, struct fork *f)
{
	struct timeline *const time = f->time;
	char name[MM_OWNER_NAME];

	memcpy(name, f->name, sizeof name);
	memcpy(f->name, lab->forks.here, sizeof f->name);
	memcpy(lab->forks.here, name, sizeof name);
	f->time = lab->time;
	lab->time = time;
}

const struct mm *lab_fork(const struct lab *lab, unsigned int i,
			  const char **name)
{
	if (i >= lab->forks.n)
		return NULL;
	*name = lab->forks.fork[i].name;
	return timeline_mm(lab->forks.fork[i].time);
}

const char *lab_fork_name(const struct lab *lab)
{
	return lab->forks.here;
}
