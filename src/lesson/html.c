/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * html.c - Markdown to HTML without anything raw in it; cmark does it, but
 * for tables
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmark.h>

#include "lesson/sheet.h"
#include "lesson/table.h"

/* Lines @first..@last (from 1) of a text; to be freed. */
static char *lines_of(const char *text, int first, int last)
{
	const char *end;

	for (int n = 1; n < first && *text; n++) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	end = text;
	for (int n = first; n <= last && *end; n++) {
		end += strcspn(end, "\n");
		end += n < last && *end == '\n';
	}
	return strndup(text, (size_t)(end - text));
}

/*
 * A cell's Markdown, without the paragraph around it.  A dot before it keeps a
 * `-` or a `#` from meaning a list or a heading.
 */
static void put_cell(const struct table *t, size_t row, size_t column,
		     struct out *out)
{
	static const char *const align[] = {"left", "right", "center"};
	const char *cell = t->cell[row * t->columns + column];
	const char *tag = row ? "td" : "th";
	struct out *md = out_buffer();
	char *html = NULL;
	const char *s = "";
	size_t len = 0;

	if (md) {
		out_text(md, ".%s", cell ? cell : "");
		html = cmark_markdown_to_html(out_string(md),
					      strlen(out_string(md)),
					      CMARK_OPT_VALIDATE_UTF8);
	}
	out_free(md);
	if (html && strncmp(html, "<p>.", 4) == 0 && strstr(html, "</p>")) {
		s = html + 4;
		len = (size_t)(strstr(s, "</p>") - s);
	}
	out_text(out, "<%s style=\"text-align: %s\">%.*s</%s>", tag,
		 align[t->align[column]], (int)len, s, tag);
	free(html);
}

static void put_table(const struct table *t, struct out *out)
{
	out_line(out, "<table>");
	for (size_t r = 0; r < t->rows; r++) {
		out_text(out, "<tr>");
		for (size_t c = 0; c < t->columns; c++)
			put_cell(t, r, c, out);
		out_line(out, "</tr>");
	}
	out_text(out, "</table>");
}

/* In the place of a paragraph that is a table: the table. */
static void replace(cmark_node *paragraph, const char *markdown)
{
	char *text = lines_of(markdown, cmark_node_get_start_line(paragraph),
			      cmark_node_get_end_line(paragraph));
	struct out *out = out_buffer();
	struct table *t = NULL;
	cmark_node *block;
	char why[120];
	size_t line;

	if (text && out && table_at(text) == 1)
		t = table_read(text, &line, why, sizeof why);
	block = t ? cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) : NULL;
	if (block) {
		put_table(t, out);
		cmark_node_set_on_enter(block, out_string(out));
		cmark_node_insert_before(paragraph, block);
		cmark_node_unlink(paragraph);
		cmark_node_free(paragraph);
	}
	table_free(t);
	out_free(out);
	free(text);
}

char *markdown_to_html(const char *markdown)
{
	cmark_node *doc = cmark_parse_document(markdown, strlen(markdown),
					       CMARK_OPT_VALIDATE_UTF8);
	cmark_node *next;
	char *html;

	if (!doc)
		return NULL;
	for (cmark_node *n = cmark_node_first_child(doc); n; n = next) {
		next = cmark_node_next(n);
		if (cmark_node_get_type(n) == CMARK_NODE_PARAGRAPH)
			replace(n, markdown);
	}
	html = cmark_render_html(doc, CMARK_OPT_VALIDATE_UTF8);
	cmark_node_free(doc);
	return html;
}
