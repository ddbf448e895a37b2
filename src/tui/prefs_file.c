/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * prefs_file.c - what is remembered of the screen from run to run
 *
 * Lines as one would type them, such as `theme light`; panes also say of
 * which layout.  A new file replaces the old one in one step.  A file with
 * anything in it that makes no sense is not believed at all.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tui/palette.h"
#include "tui/play.h"
#include "tui/view.h"

#define MOST_BYTES 8192
#define FILE_NAME "screen"

/* ---- as text ---- */

/** Text that grows as long as there is room. */
struct text {
	char *at;
	size_t size, len;
};

static void add(struct text *t, const char *a, const char *b)
{
	if (t->len < t->size)
		t->len += (size_t)snprintf(t->at + t->len, t->size - t->len,
					   "%s %s\n", a, b);
}

size_t prefs_print(const struct prefs *p, char *buf, size_t size)
{
	struct text t = {.at = buf, .size = size};
	char word[80];

	*buf = '\0';
	add(&t, "layout", layout_name(p->layout));
	add(&t, "theme", palette_theme(p->theme)->name);
	snprintf(word, sizeof word, "%d", p->speed);
	add(&t, "speed", word);
	add(&t, "grain", grain_name((int)p->grain));
	add(&t, "overlay", p->overlay ? "on" : "off");
	for (int l = 0; l < NR_SCREEN_LAYOUTS; l++)
		for (int i = 0; i < MAX_PANES; i++) {
			if (p->chosen[l][i] >= NR_VIEWS)
				continue;
			snprintf(word, sizeof word, "%s %d %s", layout_name(l),
				 i + 1, views[p->chosen[l][i]]->name);
			add(&t, "pane", word);
		}
	return t.len < size ? t.len : size - 1;
}

/* A number within bounds; -1 for anything else. */
static int number(const char *word, int low, int high)
{
	char *end;
	const long n = strtol(word, &end, 10);

	return *word >= '0' && *word <= '9' && !*end && n >= low && n <= high
		       ? (int)n
		       : -1;
}

static bool parse_pane(struct prefs *p, char **rest)
{
	const char *layout = strtok_r(NULL, " ", rest);
	const char *pane = strtok_r(NULL, " ", rest);
	const char *view = strtok_r(NULL, " ", rest);
	const int l = layout ? layout_find(layout) : -1;
	const int i = pane ? number(pane, 1, MAX_PANES) : -1;
	const int v = view ? view_find(view) : -1;

	if (l < 0 || l == LAYOUT_AUTO || i < 0 || v < 0)
		return false;
	p->chosen[l][i - 1] = (uint8_t)v;
	return true;
}

/* One line; false if it makes no sense. */
static bool parse_line(struct prefs *p, char *line)
{
	char *rest = NULL;
	const char *what = strtok_r(line, " ", &rest), *word;
	int value = -1;

	if (!what || *what == '#')
		return true;
	if (strcmp(what, "pane") == 0)
		return parse_pane(p, &rest) && !strtok_r(NULL, " ", &rest);
	word = strtok_r(NULL, " ", &rest);
	if (!word || strtok_r(NULL, " ", &rest))
		return false;
	if (strcmp(what, "layout") == 0)
		p->layout = value = layout_find(word);
	else if (strcmp(what, "theme") == 0)
		value = theme_find(word), p->theme = (enum theme_id)value;
	else if (strcmp(what, "speed") == 0)
		p->speed = value = number(word, SPEED_MIN, SPEED_MAX);
	else if (strcmp(what, "grain") == 0)
		value = grain_find(word), p->grain = (enum mm_grain)value;
	else if (strcmp(what, "overlay") == 0 && strcmp(word, "on") == 0)
		p->overlay = true, value = 1;
	else if (strcmp(what, "overlay") == 0 && strcmp(word, "off") == 0)
		p->overlay = false, value = 0;
	return value >= 0;
}

unsigned int prefs_parse(struct prefs *p, const char *text)
{
	struct prefs read;
	unsigned int n = 0;

	prefs_default(&read);
	while (*text) {
		const size_t len = strcspn(text, "\n");
		char line[128];

		n++;
		if (len >= sizeof line)
			return n;
		memcpy(line, text, len);
		line[len] = '\0';
		if (!parse_line(&read, line))
			return n;
		text += len + (text[len] == '\n');
	}
	if (!layout_sound(&read))
		return n ? n : 1;
	*p = read;
	return 0;
}

/* ---- as a file ---- */

/* All of a file that is not too long; NULL: none, or with *why. */
static char *read_file(const char *path, const char **why)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char *text = calloc(1, MOST_BYTES + 1);
	struct stat sb;
	ssize_t n = -1;

	if (fd < 0 && errno != ENOENT && errno != ENOTDIR)
		*why = strerror(errno);
	if (fd >= 0 && text && fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode))
		n = read(fd, text, MOST_BYTES + 1);
	if (fd >= 0 && (n < 0 || n > MOST_BYTES || strlen(text) < (size_t)n))
		*why = "is no text of a screen";
	if (fd >= 0)
		close(fd);
	if (fd >= 0 && !*why)
		return text;
	free(text);
	return NULL;
}

void prefs_load(struct prefs *p, char *why, size_t size)
{
	char *path = state_path(FILE_NAME, false), *text;
	const char *fault = NULL;
	unsigned int line;

	*why = '\0';
	if (!path)
		return;
	text = read_file(path, &fault);
	if (fault)
		snprintf(why, size, "No screen remembered: %s: %s", fault,
			 path);
	line = text ? prefs_parse(p, text) : 0;
	if (line)
		snprintf(why, size,
			 "No screen remembered: line %u makes no sense: %s",
			 line, path);
	free(text);
	free(path);
}

void prefs_save(const struct prefs *p, struct prefs *saved)
{
	static char now[MOST_BYTES], before[MOST_BYTES];
	const size_t len = prefs_print(p, now, sizeof now);
	char *path;

	prefs_print(saved, before, sizeof before);
	if (strcmp(now, before) == 0)
		return;
	*saved = *p;
	path = state_path(FILE_NAME, true);
	if (path)
		file_replace(path, now, len); /* next time, perhaps */
	free(path);
}
