/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * page.c - a sheet as a page of HTML, for paper and for the browser
 *
 * All of it is in one file: no scripts, no fonts, nothing to be fetched.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/sheet.h"

/* A rule is a line to write on. */
static const char style[] =
	":root { color-scheme: light dark; }\n"
	"body { font: 11pt/1.45 serif; max-width: 46em; margin: 2em auto; "
	"padding: 0 1em; }\n"
	"h1 { line-height: 1.2; }\n"
	"pre { background: #f4f4f4; color: #000; padding: .5em; "
	"font-size: .85em; overflow-x: auto; line-height: 1.2; }\n"
	"table { border-collapse: collapse; margin: 1em 0; }\n"
	"th, td { padding: .1em .8em .1em 0; border-bottom: 1px solid #999; "
	"}\n"
	"hr { border: 0; border-bottom: 1px solid; margin: 1.9em 0 0; "
	"break-before: avoid; }\n"
	".screen svg { display: block; max-width: 100%; height: auto; "
	"margin: 1em 0; }\n"
	"@media (prefers-color-scheme: dark) { pre { background: #222; "
	"color: #eee; } }\n"
	"@media print {\n"
	":root { color-scheme: light; }\n"
	"@page { margin: 18mm 16mm; }\n"
	"body { font-size: 10.5pt; max-width: none; margin: 0; padding: 0; }\n"
	"h1, h2, h3 { break-after: avoid; }\n"
	"p, li { orphans: 3; widows: 3; }\n"
	".screen, pre, tr, li { break-inside: avoid; }\n"
	".screen { width: 150mm; max-width: 100%; "
	"print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n"
	"pre { background: none; color: #000; border: 1px solid #bbb; "
	"font-size: 8.4pt; "
	"white-space: pre-wrap; }\n"
	".turn { break-before: page; }\n"
	"}\n";

/* The marks are replaced by what they stand for. */
static void put_body(const char *html, const char *mark, char *const *block,
		     unsigned int nr_blocks, struct out *out)
{
	char paragraph[100];

	for (unsigned int i = 0; i < nr_blocks; i++) {
		const char *at;

		snprintf(paragraph, sizeof paragraph, "<p>%s%u%s</p>", mark, i,
			 mark);
		at = strstr(html, paragraph);
		if (!at || !block[i])
			continue;
		out_text(out, "%.*s%s", (int)(at - html), html, block[i]);
		html = at + strlen(paragraph);
	}
	out_text(out, "%s", html);
}

/* What the browser's tab says: the heading, where no Markdown is read. */
static void put_title(const char *title, const char *kind, struct out *out)
{
	out_text(out, "<title>");
	for (const char *c = title; *c; c++) {
		if (*c == '&' || *c == '<')
			out_text(out, "&#%d;", *c);
		else if (*c != '`')
			out_text(out, "%c", *c);
	}
	out_line(out, "%s</title>", kind);
}

void sheet_page(const char *title, const char *kind, const char *markdown,
		const char *mark, char *const *block, unsigned int nr_blocks,
		struct out *out)
{
	char *html = markdown_to_html(markdown);

	if (!html)
		return;
	out_line(out, "%s",
		 "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		 "<meta charset=\"utf-8\">\n"
		 "<meta name=\"viewport\" "
		 "content=\"width=device-width, initial-scale=1\">");
	out_line(out, "<style>\n%s</style>", style);
	put_title(title, kind, out);
	out_line(out, "</head>\n<body>");
	put_body(html, mark, block, nr_blocks, out);
	out_line(out, "</body>\n</html>");
	free(html);
}
