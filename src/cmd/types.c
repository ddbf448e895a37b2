/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * types.c - see types.h
 */
#include "cmd/types.h"

#include <stdio.h>
#include <string.h>

/* "expected a zone; did you mean ...?" from the names of a type. */
static bool refuse_name(const struct mm *mm, const char *type, const char *word,
			const char *expected, char *why)
{
	struct nearest n;

	nearest_start(&n, word);
	arg_type_names(mm, type, nearest_try, &n);
	if (n.name[0])
		snprintf(why, WHY_SIZE, "%s; did you mean \"%s\"?", expected,
			 n.name);
	else
		snprintf(why, WHY_SIZE, "%s", expected);
	return false;
}

static bool up_to(const char *what, const char *word, uint64_t most,
		  uint64_t *value, char *why)
{
	if (number_parse(word, value) && *value <= most)
		return true;
	snprintf(why, WHY_SIZE, "expected %s, 0 to %llu", what,
		 (unsigned long long)most);
	return false;
}

static bool parse_order(const struct mm *mm, const char *word, uint64_t *value,
			char *why)
{
	return up_to("an order", word, mm_max_order(mm), value, why);
}

static bool parse_pfn(const struct mm *mm, const char *word, uint64_t *value,
		      char *why)
{
	return up_to("the number of a frame", word, mm_end_pfn(mm) - 1, value,
		     why);
}

/* "64..127", both included; "64" is one frame.  First and last in 32 bits. */
static bool parse_range(const struct mm *mm, const char *word, uint64_t *value,
			char *why)
{
	const pfn_t end = mm_end_pfn(mm);
	const char *dots = strstr(word, "..");
	uint64_t first = 0, last = 0;
	char one[24];

	if (dots && (size_t)(dots - word) < sizeof one) {
		memcpy(one, word, (size_t)(dots - word));
		one[dots - word] = '\0';
	} else {
		snprintf(one, sizeof one, "%s", word);
	}
	if (!number_parse(one, &first) ||
	    !number_parse(dots ? dots + 2 : one, &last)) {
		snprintf(why, WHY_SIZE,
			 "expected frames FIRST..LAST, as in 64..127");
		return false;
	}
	*value = first << 32 | (uint32_t)last;
	if (last < first)
		snprintf(why, WHY_SIZE,
			 "it runs backwards; expected %llu..%llu",
			 (unsigned long long)last, (unsigned long long)first);
	else if (last >= end)
		snprintf(why, WHY_SIZE, "expected frames of this world, 0..%u",
			 end - 1);
	else
		return true;
	return false;
}

static bool parse_cpu(const struct mm *mm, const char *word, uint64_t *value,
		      char *why)
{
	return up_to("a CPU", word, mm_nr_cpus(mm) - 1, value, why);
}

static bool parse_node(const struct mm *mm, const char *word, uint64_t *value,
		       char *why)
{
	return up_to("a node", word, mm_nr_nodes(mm) - 1, value, why);
}

static bool parse_gfp(const struct mm *mm, const char *word, uint64_t *value,
		      char *why)
{
	gfp_t gfp;

	(void)mm;
	if (!gfp_parse(word, &gfp, why, WHY_SIZE))
		return false;
	*value = gfp;
	return true;
}

static bool parse_zone(const struct mm *mm, const char *word, uint64_t *value,
		       char *why)
{
	zone_t zid;

	if (!zone_parse(mm, word, &zid))
		return refuse_name(mm, "ZONE", word,
				   "expected a zone of this world", why);
	*value = zid;
	return true;
}

static bool parse_type(const struct mm *mm, const char *word, uint64_t *value,
		       char *why)
{
	int mt;

	if (!type_parse(word, &mt))
		return refuse_name(mm, "TYPE", word,
				   "expected a migratetype, U M E H C I or a "
				   "name",
				   why);
	*value = (uint64_t)mt;
	return true;
}

/* Of the types, those that a request can have. */
static bool parse_mobility(const struct mm *mm, const char *word,
			   uint64_t *value, char *why)
{
	int mt;

	if (!type_parse(word, &mt))
		return refuse_name(mm, "MOBILITY", word, "expected U, M or E",
				   why);
	*value = (uint64_t)mt;
	if (mt < MIGRATE_PCPTYPES)
		return true;
	snprintf(why, WHY_SIZE, "expected U, M or E; no flag asks for %s",
		 mm_migratetype_name((enum migratetype)mt));
	return false;
}

static bool parse_n(const struct mm *mm, const char *word, uint64_t *value,
		    char *why)
{
	(void)mm;
	if (number_parse(word, value))
		return true;
	snprintf(why, WHY_SIZE, "expected a number, decimal or 0x%s",
		 *word && !word[strspn(word, "0123456789")]
			 ? ", of at most 64 bits"
			 : "");
	return false;
}

static bool parse_value(const struct mm *mm, const char *word, uint64_t *value,
			char *why)
{
	int64_t v;

	(void)mm;
	if (value_parse(word, &v)) {
		*value = (uint64_t)v;
		return true;
	}
	snprintf(why, WHY_SIZE,
		 "expected a number, decimal or 0x, of at most 63 bits");
	return false;
}

/* A letter first, so that it is never taken for a pfn. */
static bool parse_name(const struct mm *mm, const char *word, uint64_t *value,
		       char *why)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";
	static const char more[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789.-";
	const size_t len = strlen(word);

	(void)mm;
	*value = 0;
	if (len && len < MM_OWNER_NAME && strchr(letters, word[0]) &&
	    strspn(word, more) == len)
		return true;
	snprintf(why, WHY_SIZE,
		 "expected a name: a letter, then up to %d letters, digits, "
		 "_ . -",
		 MM_OWNER_NAME - 2);
	return false;
}

static bool parse_word(const struct mm *mm, const char *word, uint64_t *value,
		       char *why)
{
	(void)mm;
	*value = 0;
	snprintf(why, WHY_SIZE, "expected a word");
	return *word != '\0';
}

static bool parse_file(const struct mm *mm, const char *word, uint64_t *value,
		       char *why)
{
	(void)mm;
	*value = 0;
	snprintf(why, WHY_SIZE, "the file name is empty; expected one");
	return *word != '\0';
}

static bool parse_preset(const struct mm *mm, const char *word, uint64_t *value,
			 char *why)
{
	*value = 0;
	for (unsigned int i = 0; mm_preset_name(i); i++)
		if (strcmp(mm_preset_name(i), word) == 0)
			return true;
	return refuse_name(mm, "PRESET", word,
			   "expected a preset (`help world new` lists them)",
			   why);
}

/* SETTING and FIGURE: the core knows them, we only add what was meant. */
static bool parse_setting(const struct mm *mm, const char *word,
			  uint64_t *value, char *why)
{
	const struct mm_setting *s;

	*value = 0;
	for (unsigned int i = 0; (s = mm_setting(i)); i++)
		if (strcmp(s->name, word) == 0)
			return true;
	for (unsigned int i = 0; mm_text_setting(i); i++)
		if (strcmp(mm_text_setting(i)->name, word) == 0)
			return true;
	return refuse_name(mm, "SETTING", word, "expected a setting", why);
}

static bool parse_figure(const struct mm *mm, const char *word, uint64_t *value,
			 char *why)
{
	int64_t v;
	const char *unit;

	*value = 0;
	if (strpbrk(word, "*?") || mm_figure(mm, word, &v, &unit) == 0)
		return true;
	return refuse_name(mm, "FIGURE", word,
			   "expected a figure (`get *` lists them)", why);
}

/* A name, or a pattern that some name fits. */
static bool parse_event(const struct mm *mm, const char *word, uint64_t *value,
			char *why)
{
	*value = 0;
	for (unsigned int i = 0; i < NR_EVENT_TYPES; i++)
		if (glob_match(word, mm_event_type(i)->name))
			return true;
	return refuse_name(mm, "EVENT", word,
			   "expected the name of an event, * and ? for the "
			   "rest",
			   why);
}

static bool parse_task(const struct mm *mm, const char *word, uint64_t *value,
		       char *why)
{
	const int task = mm_task_find(mm, word);

	*value = task < 0 ? 0 : (uint64_t)task;
	if (task >= 0)
		return true;
	return refuse_name(mm, "TASK", word,
			   "expected a task (`show tasks` lists them)", why);
}

static const struct arg_type types[] = {
	{"ORDER", "the block has 2^ORDER pages", parse_order},
	{"PFN", "number of a frame, decimal or 0x", parse_pfn},
	{"RANGE", "frames FIRST..LAST, as in 64..127", parse_range},
	{"GFP",
	 "names with | between, as in GFP_KERNEL|__GFP_COMP, kernel|comp",
	 parse_gfp},
	{"ZONE", "as in Normal or node1.Normal", parse_zone},
	{"TYPE", "a migratetype: U M E H C I, or its name", parse_type},
	{"MOBILITY", "the type of a request: U M E, or its name",
	 parse_mobility},
	{"CPU", "number of a CPU", parse_cpu},
	{"BLOCK", "number of a memory block; `show memory` lists them",
	 parse_n},
	{"NODE", "number of a node", parse_node},
	{"TASK", "a task's name; `show tasks` lists them", parse_task},
	{"EVENT", "an event's name; * and ? stand for what may differ",
	 parse_event},
	{"N", "a number, decimal or 0x", parse_n},
	{"VALUE", "a number, decimal or 0x, with or without a sign",
	 parse_value},
	{"NAME", "of an owner: a letter, then letters, digits, _ . -",
	 parse_name},
	{"FORK", "a world kept aside; `fork` lists them", parse_name},
	{"WORD", "any word", parse_word},
	{"FILE", "name of a file; in quotes if it has blanks", parse_file},
	{"PRESET", "a world to start from", parse_preset},
	{"COMMAND", "a command's name", parse_word},
	{"LESSON", "a lesson's name, or the start of it, or its file",
	 parse_word},
	{"SETTING", "`get *` shows them", parse_setting},
	{"FIGURE", "a dotted name; `get *` shows them", parse_figure},
	{"EXPR",
	 "figures, numbers, + - * / %, comparisons, && || !, and functions "
	 "such as events(NAME)",
	 parse_word},
	{"LINE", "the rest of the line, or one line in quotes", parse_word},
};

const struct arg_type *arg_type(const char *name)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(types[i].name, name) == 0)
			return &types[i];
	return NULL;
}

static void zone_names(const struct mm *mm, void (*each)(void *, const char *),
		       void *arg)
{
	for (unsigned int i = 0; i < mm_nr_zones(mm); i++) {
		char name[40];

		zone_text(mm, mm_zone_at(mm, i), name, sizeof name);
		each(arg, name);
	}
}

void arg_type_names(const struct mm *mm, const char *type,
		    void (*each)(void *, const char *), void *arg)
{
	const char *name;

	if (strcmp(type, "EXPR") == 0)
		expr_names(mm, each, arg);
	if (strcmp(type, "FIGURE") == 0)
		mm_figure_names(mm, each, arg);
	if (strcmp(type, "ZONE") == 0)
		zone_names(mm, each, arg);
	for (unsigned int i = 0; strcmp(type, "SETTING") == 0 && mm_setting(i);
	     i++)
		each(arg, mm_setting(i)->name);
	for (unsigned int i = 0;
	     strcmp(type, "SETTING") == 0 && mm_text_setting(i); i++)
		each(arg, mm_text_setting(i)->name);
	for (unsigned int i = 0;
	     strcmp(type, "PRESET") == 0 && (name = mm_preset_name(i)); i++)
		each(arg, name);
	for (int i = 0; strcmp(type, "TYPE") == 0 && i < MIGRATE_TYPES; i++)
		each(arg, mm_migratetype_name((enum migratetype)i));
	for (int i = 0; strcmp(type, "MOBILITY") == 0 && i < MIGRATE_PCPTYPES;
	     i++)
		each(arg, mm_migratetype_name((enum migratetype)i));
	for (unsigned int i = 0;
	     strcmp(type, "GFP") == 0 && (name = mm_gfp_name(i, NULL)); i++)
		each(arg, name);
	for (unsigned int i = 1;
	     strcmp(type, "TASK") == 0 && i < mm_nr_tasks(mm); i++) {
		struct mm_task_info ti;

		mm_task_info(mm, i, &ti);
		if (ti.state != TASK_DEAD)
			each(arg, ti.comm);
	}
	for (unsigned int i = 1;
	     strcmp(type, "NAME") == 0 && i <= mm_nr_owners(mm); i++)
		each(arg, mm_owner_name(mm, (uint16_t)i));
	for (unsigned int i = 0;
	     strcmp(type, "EVENT") == 0 && i < NR_EVENT_TYPES; i++)
		each(arg, mm_event_type(i)->name);
}
