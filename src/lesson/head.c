/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * head.c - the lines between the two `---`, and numbers that vary by seed
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/file.h"

/* ---- reading values ---- */

static bool whole_number(const char *text, int64_t *value)
{
	char *end;

	if (*text == '\0' || strlen(text) > 18 ||
	    strspn(text, "0123456789") != strlen(text))
		return false;
	*value = strtoll(text, &end, 10);
	return true;
}

struct place {
	unsigned int line, column;
};

static void set_text(char **to, const char *value, const char *key,
		     struct place at, struct faults *f)
{
	if (*to) {
		file_fault(f, at.line, 1, "%s: given twice", key);
		return;
	}
	if (!*value) {
		file_fault(f, at.line, at.column,
			   "expected a text behind \"%s:\"", key);
		return;
	}
	*to = strdup(value);
}

static void set_minutes(struct lesson *l, const char *value, struct place at,
			struct faults *f)
{
	int64_t n;

	if (l->minutes)
		file_fault(f, at.line, 1, "minutes: given twice");
	else if (!whole_number(value, &n) || n < 1 || n > 60)
		file_fault(f, at.line, at.column,
			   "\"%.20s\": expected a whole number of minutes, 1 "
			   "to 60",
			   value);
	else
		l->minutes = (unsigned int)n;
}

static void set_era(struct lesson *l, const char *value, struct place at,
		    struct faults *f)
{
	for (int e = 0; e < NR_ERAS; e++)
		if (strcmp(value, mm_era_name((enum mm_era)e)) == 0) {
			set_text(&l->era, value, "era", at, f);
			return;
		}
	file_fault(f, at.line, at.column,
		   "\"%.30s\": expected linux-7.3 or linux-2.6.24", value);
}

static const char *const feedbacks[] = {"full", "where", "pass"};

const char *feedback_name(enum feedback fb)
{
	return feedbacks[fb];
}

bool feedback_find(const char *word, enum feedback *fb)
{
	for (int i = 0; i < 3; i++)
		if (strcmp(word, feedbacks[i]) == 0) {
			*fb = (enum feedback)i;
			return true;
		}
	return false;
}

/* ---- vary ---- */

/* One `k=2..4` at @at of @len bytes. */
static bool read_var(struct lesson *l, const char *at, size_t len)
{
	long long least, most;
	char name[24], word[80];
	int used = 0;

	if (len >= sizeof word || l->nr_vars == LESSON_VARS)
		return false;
	memcpy(word, at, len);
	word[len] = '\0';
	if (sscanf(word, "%23[a-z_]=%9lld..%9lld%n", name, &least, &most,
		   &used) != 3 ||
	    (size_t)used != len || least > most || strcmp(name, "seed") == 0)
		return false;
	for (unsigned int i = 0; i < l->nr_vars; i++)
		if (strcmp(l->var[i].name, name) == 0)
			return false;
	snprintf(l->var[l->nr_vars].name, sizeof l->var[0].name, "%s", name);
	l->var[l->nr_vars].least = least;
	l->var[l->nr_vars++].most = most;
	return true;
}

static void set_vary(struct lesson *l, const char *value, struct place at,
		     struct faults *f)
{
	const char *s = value;

	if (l->nr_vars) {
		file_fault(f, at.line, 1, "vary: given twice");
		return;
	}
	for (;;) {
		size_t len;

		s += strspn(s, " ");
		len = strcspn(s, " ");
		if (!len)
			break;
		if (!read_var(l, s, len)) {
			file_fault(f, at.line,
				   at.column + (unsigned int)(s - value),
				   "\"%.*s\": expected NAME=LEAST..MOST, each "
				   "name "
				   "once, %d of them at most",
				   (int)(len < 40 ? len : 40), s, LESSON_VARS);
			return;
		}
		s += len;
	}
	if (!l->nr_vars)
		file_fault(f, at.line, at.column, "expected NAME=LEAST..MOST");
}

/* A well-mixed number from the seed and the name alone. */
static uint64_t mix(uint64_t seed, const char *name)
{
	uint64_t x = seed + UINT64_C(0x9e3779b97f4a7c15);

	for (; *name; name++)
		x = (x ^ (unsigned char)*name) * UINT64_C(0x100000001b3);
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

static void draw(struct lesson *l)
{
	for (unsigned int i = 0; i < l->nr_vars; i++) {
		const uint64_t span =
			(uint64_t)(l->var[i].most - l->var[i].least) + 1;

		l->var[i].value =
			l->var[i].least +
			(int64_t)(mix(l->seed, l->var[i].name) % span);
	}
}

/* The number that stands for the @len letters at @name; false: none does. */
static bool var_value(const struct lesson *l, const char *name, size_t len,
		      char text[24])
{
	if (len == 4 && strncmp(name, "seed", 4) == 0) {
		snprintf(text, 24, "%llu", (unsigned long long)l->seed);
		return true;
	}
	for (unsigned int i = 0; i < l->nr_vars; i++)
		if (strlen(l->var[i].name) == len &&
		    strncmp(l->var[i].name, name, len) == 0) {
			snprintf(text, 24, "%lld", (long long)l->var[i].value);
			return true;
		}
	return false;
}

char *vary_text(const struct lesson *l, const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";
	/* no number is longer than 20 digits, no reference shorter than 2 */
	char *copy = malloc(10 * strlen(text) + 24), *to = copy;
	char number[24];

	while (copy && *text) {
		const size_t len = *text == '$' ? strspn(text + 1, letters) : 0;

		if (len && var_value(l, text + 1, len, number)) {
			to += sprintf(to, "%s", number);
			text += 1 + len;
		} else {
			*to++ = *text++;
		}
	}
	if (copy)
		*to = '\0';
	return copy;
}

/* ---- boot and its seed ---- */

/* `seed=N` is taken out of boot: it is given to the world at the end. */
static void take_seed(struct lesson *l, struct faults *f)
{
	char *at = l->boot, *end;
	int64_t n;

	while ((at = strstr(at, "seed="))) {
		if (at == l->boot || at[-1] == ' ')
			break;
		at += 5;
	}
	if (!at) {
		if (!l->seed)
			l->seed = 1;
		return;
	}
	end = at + strcspn(at, " ");
	if (strspn(at + 5, "0123456789") != (size_t)(end - at) - 5 ||
	    end - at > 23) {
		file_fault(f, l->boot_line,
			   l->boot_column + (unsigned int)(at - l->boot) + 5,
			   "expected a whole number behind \"seed=\"");
		return;
	}
	n = strtoll(at + 5, NULL, 10);
	if (!l->seed)
		l->seed = (uint64_t)n;
	end += strspn(end, " ");
	memmove(at, end, strlen(end) + 1);
}

/* ---- lines ---- */

static const char *const keys[] = {"title", "goal", "minutes",
				   "needs", "era",  "models",
				   "boot",  "vary", "feedback"};

static void unknown_key(const char *key, size_t len, unsigned int line,
			struct faults *f)
{
	struct nearest near;
	char word[40];

	snprintf(word, sizeof word, "%.*s", (int)(len < 39 ? len : 39), key);
	nearest_start(&near, word);
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		nearest_try(&near, keys[i]);
	file_fault(f, line, 1, "\"%s\": no such word in the head%s%s%s", word,
		   near.name[0] ? "; did you mean \""
				: "; expected title, goal, "
				  "minutes, needs, era, "
				  "models, boot, vary or "
				  "feedback",
		   near.name, near.name[0] ? "\"?" : "");
}

/* false: this is no head any more. */
static bool read_pair(struct lesson *l, char *text, unsigned int line,
		      struct faults *f)
{
	const size_t len = strcspn(text, ":");
	struct place at = {line, 1};
	char *value, *end;

	if (text[len] != ':') {
		file_fault(
			f, line, 1,
			"\"%.40s\": expected \"KEY: VALUE\", or \"---\" at the "
			"end of the head",
			text);
		return false;
	}
	value = text + len + 1;
	value += strspn(value, " \t");
	for (end = value + strlen(value);
	     end > value && strchr(" \t\r", end[-1]); end--)
		end[-1] = '\0';
	at.column = (unsigned int)(value - text) + 1;
	text[len] = '\0';
	if (strcmp(text, "title") == 0)
		set_text(&l->title, value, text, at, f);
	else if (strcmp(text, "goal") == 0)
		set_text(&l->goal, value, text, at, f);
	else if (strcmp(text, "needs") == 0)
		set_text(&l->needs, value, text, at, f);
	else if (strcmp(text, "models") == 0)
		set_text(&l->models, value, text, at, f);
	else if (strcmp(text, "minutes") == 0)
		set_minutes(l, value, at, f);
	else if (strcmp(text, "era") == 0)
		set_era(l, value, at, f);
	else if (strcmp(text, "vary") == 0)
		set_vary(l, value, at, f);
	else if (strcmp(text, "boot") == 0) {
		l->boot_line = line;
		l->boot_column = at.column;
		set_text(&l->boot, value, text, at, f);
	} else if (strcmp(text, "feedback") != 0)
		unknown_key(text, len, line, f);
	else if (!feedback_find(value, &l->feedback))
		file_fault(f, line, at.column,
			   "\"%.20s\": expected full, where or pass", value);
	return true;
}

static void needed(struct lesson *l, struct faults *f)
{
	if (!l->title)
		file_fault(f, 1, 1, "the head has no line \"title: ...\"");
	if (!l->minutes && !f->n)
		file_fault(f, 1, 1, "the head has no line \"minutes: ...\"");
	if (!l->boot && !f->n)
		file_fault(
			f, 1, 1,
			"the head has no line \"boot: ...\", such as \"boot: "
			"tiny\"");
}

bool head_parse(struct lesson *l, const char *bytes, size_t size, size_t *at,
		struct faults *f)
{
	const char *s = bytes, *const end = bytes + size;
	unsigned int line = 0;
	char text[1000];

	while (s < end) {
		const char *eol = memchr(s, '\n', (size_t)(end - s));
		size_t len = (size_t)((eol ? eol : end) - s);

		line++;
		if (len && s[len - 1] == '\r')
			len--;
		if (len >= sizeof text) {
			file_fault(f, line, sizeof text,
				   "the line is too long for the head");
			return false;
		}
		memcpy(text, s, len);
		text[len] = '\0';
		s = eol ? eol + 1 : end;
		if (line == 1 && strcmp(text, "---") != 0) {
			file_fault(f, 1, 1,
				   "expected \"---\": a lesson begins with its "
				   "head");
			return false;
		}
		if (line > 1 && strcmp(text, "---") == 0) {
			l->body_line = line + 1;
			*at = (size_t)(s - bytes);
			needed(l, f);
			if (l->boot)
				take_seed(l, f);
			draw(l);
			return true;
		}
		if (line > 1 && text[0] && text[0] != '#' &&
		    !read_pair(l, text, line, f))
			return false;
	}
	file_fault(f, line ? line : 1, 1,
		   "the head does not end: expected \"---\"");
	return false;
}
