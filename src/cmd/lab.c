/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lab.c - one learner at work: worlds, lines run, tables in force
 */
#include "cmd/lab.h"

#include <stdlib.h>
#include <string.h>

#define MAX_HISTORY 65536

/* ---- life ---- */

static struct mm *first_world(void)
{
	struct mm_config cfg;
	struct mm *mm;

	if (mm_config_preset(&cfg, "tiny", NULL))
		return NULL;
	mm = mm_create(&cfg, NULL);
	if (mm && mm_record(mm, MM_RECORD_TAPE)) {
		mm_destroy(mm);
		return NULL;
	}
	return mm;
}

struct lab *lab_create(void)
{
	struct lab *lab = calloc(1, sizeof *lab);
	struct mm *mm = lab ? first_world() : NULL;

	if (mm)
		lab->time = timeline_create(mm);
	if (!lab || !lab->time) {
		mm_destroy(mm);
		free(lab);
		return NULL;
	}
	snprintf(lab->forks.here, sizeof lab->forks.here, FIRST_FORK);
	lab_add_table(lab, command_table);
	return lab;
}

struct lab *lab_create_like(const struct lab *lab)
{
	struct lab *other = lab_create();

	for (unsigned int t = 1; other && t < lab->nr_tables; t++)
		lab_add_table(other, lab->table[t]);
	if (other)
		other->outer = lab;
	return other;
}

void lab_destroy(struct lab *lab)
{
	if (!lab)
		return;
	lab_keep(lab, LAB_LESSON, NULL, NULL);
	timeline_destroy(lab->time);
	forks_free(&lab->forks);
	series_forget(&lab->plots);
	stop_list_end(&lab->stops);
	for (size_t i = 0; i < lab->nr_history; i++)
		free(lab->history[i]);
	free(lab->history);
	if (lab->log)
		fclose(lab->log);
	lab_keep(lab, LAB_TUI, NULL, NULL);
	free(lab);
}

/* ---- tables ---- */

int lab_add_table(struct lab *lab, const struct cmd *const *table)
{
	if (lab->nr_tables == MAX_TABLES)
		return -1;
	lab->table[lab->nr_tables++] = table;
	return 0;
}

const struct cmd *lab_cmd(const struct lab *lab, unsigned int i)
{
	for (unsigned int t = 0; t < lab->nr_tables; t++)
		for (const struct cmd *const *c = lab->table[t]; *c; c++)
			if (i-- == 0)
				return *c;
	return NULL;
}

/* Does the row's name begin with @word, and is @next what follows? */
static size_t name_matches(const char *name, const char *word, const char *next)
{
	const size_t len = strlen(word);

	if (strncmp(name, word, len) != 0)
		return 0;
	if (name[len] == '\0')
		return 1;
	return name[len] == ' ' && next && strcmp(name + len + 1, next) == 0
		       ? 2
		       : 0;
}

const struct cmd *lab_find(const struct lab *lab, const char *const *word,
			   size_t n, size_t *used)
{
	const struct cmd *cmd, *found = NULL;

	*used = 0;
	for (unsigned int i = 0; n && (cmd = lab_cmd(lab, i)); i++) {
		const size_t m = name_matches(cmd->name, word[0],
					      n > 1 ? word[1] : NULL);

		if (m > *used) {
			*used = m;
			found = cmd;
		}
	}
	return found;
}

/* ---- lines run so far ---- */

void lab_remember(struct lab *lab, const char *line)
{
	if (lab->nr_history == lab->room) {
		size_t room = lab->room ? 2 * lab->room : 64;
		char **more;

		if (room > MAX_HISTORY) { /* the older half goes */
			for (size_t i = 0; i < lab->room / 2; i++)
				free(lab->history[i]);
			lab->nr_history -= lab->room / 2;
			memmove(lab->history, lab->history + lab->room / 2,
				lab->nr_history * sizeof *lab->history);
		} else {
			more = realloc(lab->history, room * sizeof *more);
			if (!more)
				return;
			lab->history = more;
			lab->room = room;
		}
	}
	lab->history[lab->nr_history] = strdup(line);
	lab->nr_history += lab->history[lab->nr_history] != NULL;
}

void lab_on_line(struct lab *lab, lab_after_fn *after, void *arg)
{
	lab->after = after;
	lab->after_arg = arg;
}

void lab_on_typed(struct lab *lab, lab_typed_fn *typed, void *arg)
{
	lab->typed = typed;
	lab->typed_arg = arg;
}

const char *lab_typed(const struct lab *lab, const char *line, char *buf,
		      size_t size)
{
	const char *start = line + strspn(line, " ");

	/* the screen's key for a command, and how the texts write one */
	if (*start == ':')
		line = start + 1;
	return lab->typed ? lab->typed(lab->typed_arg, line, buf, size) : line;
}

void lab_on_names(struct lab *lab, lab_names_fn *names, void *arg)
{
	lab->names = names;
	lab->names_arg = arg;
}

void lab_more_names(const struct lab *lab, const char *type,
		    void (*each)(void *, const char *), void *arg)
{
	if (lab->names)
		lab->names(lab->names_arg, type, each, arg);
}

void lab_set_guard(struct lab *lab, lab_guard_fn *guard, void *arg)
{
	lab->guard = guard;
	lab->guard_arg = arg;
}

void lab_set_unbroken(struct lab *lab, bool unbroken)
{
	lab->unbroken = unbroken;
}

void lab_keep(struct lab *lab, enum lab_layer layer, void *kept,
	      void (*destroy)(void *kept))
{
	if (lab->kept[layer].it)
		lab->kept[layer].destroy(lab->kept[layer].it);
	lab->kept[layer].it = kept;
	lab->kept[layer].destroy = destroy;
}

void *lab_kept(const struct lab *lab, enum lab_layer layer)
{
	return lab->kept[layer].it;
}

const char *lab_history(const struct lab *lab, size_t i)
{
	return i < lab->nr_history ? lab->history[i] : NULL;
}

void lab_session_due(struct lab *lab, bool due)
{
	lab->log_due = due;
}

void lab_hold_session(struct lab *lab, bool held)
{
	lab->log_held = held;
}

void lab_resumes(struct lab *lab)
{
	lab->resumed = true;
}

bool lab_resumed(const struct lab *lab)
{
	return lab->resumed;
}

void lab_set_log(struct lab *lab, FILE *log)
{
	if (lab->log)
		fclose(lab->log);
	lab->log = log;
}

/* ---- files that read files ---- */

bool lab_enter_file(struct lab *lab, const char *name, struct out *out)
{
	for (unsigned int i = 0; i < lab->depth; i++)
		if (strcmp(lab->file[i], name) == 0) {
			complain(out, "source",
				 "%s: is being read already; a file may not "
				 "read itself",
				 name);
			return false;
		}
	if (lab->depth == MAX_DEPTH) {
		complain(out, "source", "%s: files are nested deeper than %d",
			 name, MAX_DEPTH);
		return false;
	}
	lab->file[lab->depth] = strdup(name);
	if (!lab->file[lab->depth]) {
		complain(out, "source", "out of memory");
		return false;
	}
	lab->depth++;
	return true;
}

void lab_leave_file(struct lab *lab)
{
	free(lab->file[--lab->depth]);
}
