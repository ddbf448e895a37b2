/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plain.c - text in the middle of Markdown
 */
#include <ctype.h>
#include <string.h>

#include "lesson/sheet.h"

/* Would be read as Markdown there; @first: of its line. */
static bool means_something(const char *c, bool first)
{
	if (strchr("\\`*_[]<#~", *c))
		return true;
	if (*c == '!')
		return c[1] == '[';
	if (*c == '&')
		return c[1] == '#' || isalpha((unsigned char)c[1]);
	return first && strchr("+->|=", *c);
}

void markdown_plain(const char *text, struct out *out)
{
	bool first = true;

	while (*text) {
		const char *end = *text == '`' ? strchr(text + 1, '`') : NULL;

		if (end && end > text + 1) {
			out_text(out, "%.*s", (int)(end + 1 - text), text);
			text = end + 1;
			first = false;
			continue;
		}
		out_text(out, "%s%c", means_something(text, first) ? "\\" : "",
			 *text);
		first = *text == '\n';
		text++;
	}
}
