/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vars.c - see vars.h
 */
#include "cmd/vars.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/lab.h"
#include "cmd/lex.h"

struct var_list *lab_vars(struct lab *lab)
{
	return &lab->vars;
}

static struct var *find(struct var_list *l, const char *name)
{
	for (unsigned int i = 0; i < l->n; i++)
		if (strcmp(l->var[i].name, name) == 0)
			return &l->var[i];
	return NULL;
}

bool var_set(struct var_list *l, const char *name, const char *text)
{
	struct var *v = find(l, name);

	if (!v && l->n == MOST_VARS)
		return false;
	if (!v)
		v = &l->var[l->n++];
	snprintf(v->name, sizeof v->name, "%s", name);
	snprintf(v->text, sizeof v->text, "%s", text);
	return true;
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the name after `$`, a number after a dot left out. */
static size_t name_length(const char *s)
{
	size_t n = 0;

	if (!letter(*s))
		return 0;
	while (letter(s[n]) || digit(s[n]) || s[n] == '-')
		n++;
	return n;
}

/* The frame of an owner's block, in the order they were got; NO_PFN: none. */
static pfn_t block_of(const struct mm *mm, uint16_t owner, uint64_t i)
{
	pfn_t pfn = mm_owner_first(mm, owner);

	while (i-- && pfn != NO_PFN)
		pfn = mm_owner_next(mm, pfn);
	return pfn;
}

/* What `$name` or `$name.N` at @*s stands for; moves past it. */
static bool value_of(struct lab *lab, const char **s, char *buf, size_t size,
		     struct out *out)
{
	const size_t len = name_length(*s + 1);
	char name[MM_OWNER_NAME];
	const struct var *v;
	uint64_t i = 0;
	uint16_t owner;
	pfn_t pfn;

	if (len >= sizeof name) {
		complain(out, "let", "$%.*s: a name has at most %zu letters",
			 (int)len, *s + 1, sizeof name - 1);
		return false;
	}
	snprintf(name, sizeof name, "%.*s", (int)len, *s + 1);
	*s += 1 + len;
	v = find(&lab->vars, name);
	if (v) {
		snprintf(buf, size, "%s", v->text);
		return true;
	}
	owner = mm_owner_find(lab_mm(lab), name);
	if (**s == '.' && digit((*s)[1])) {
		char *end;

		i = strtoull(*s + 1, &end, 10);
		*s = end;
	}
	pfn = owner ? block_of(lab_mm(lab), owner, i) : NO_PFN;
	snprintf(buf, size, "%" PRIu32, pfn);
	if (pfn != NO_PFN)
		return true;
	if (owner)
		complain(out, "$", "%s has no block %" PRIu64 ", from 0", name,
			 i);
	else
		complain(out, "$",
			 "%s: neither `let` nor name= made such a name; in "
			 "quotes a $ stands for itself",
			 name);
	return false;
}

char *vars_expand(struct lab *lab, const char *command, struct out *out)
{
	char *text = malloc(LEX_MAX_LINE + 1);
	size_t n = 0;
	bool quoted = false;

	if (!text) {
		complain(out, NULL, "out of memory");
		return NULL;
	}
	for (const char *s = command; *s;) {
		char value[VAR_TEXT] = {*s};

		quoted ^= *s == '"';
		if (quoted && *s == '\\' && s[1])
			value[1] = *++s;
		if (!quoted && *s == '$' && name_length(s + 1)) {
			if (!value_of(lab, &s, value, sizeof value, out))
				break;
		} else {
			s++;
		}
		if (n + strlen(value) > LEX_MAX_LINE) {
			complain(out, NULL,
				 "the line is too long with its "
				 "names replaced");
			break;
		}
		n += (size_t)snprintf(text + n, sizeof value, "%s", value);
		if (!*s)
			return text;
	}
	if (!*command) {
		*text = '\0';
		return text;
	}
	free(text);
	return NULL;
}
