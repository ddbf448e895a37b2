/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * canvas.h - a grid of cells in memory: all that views draw on
 *
 * A canvas may be a window into a larger one; whatever falls outside is
 * clipped, and a text that is cut at the right says so with a `>`.  Text is
 * decoded as UTF-8 on its way in: what is broken, a control character, or
 * surely neither one column wide nor two becomes `?`, so nothing that is drawn
 * can upset a terminal.
 */
#ifndef BUDDYSCOPE_TUI_CANVAS_H
#define BUDDYSCOPE_TUI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

/** What a cell is there for; palette.c says how that looks. */
enum role {
	ROLE_TEXT,
	ROLE_TITLE,
	ROLE_BORDER,
	ROLE_FOCUS, /* border of the pane that has the keys */
	ROLE_LABEL,
	ROLE_DIM,
	ROLE_KEY,
	ROLE_GOOD,
	ROLE_BAD,
	ROLE_NOW,  /* the event we stand at */
	ROLE_HOLE, /* holes and reserved frames */
	/* one for each migratetype, in its order */
	ROLE_UNMOVABLE,
	ROLE_MOVABLE,
	ROLE_RECLAIMABLE,
	ROLE_HIGHATOMIC,
	ROLE_CMA,
	ROLE_ISOLATE,
	NR_ROLES
};

/** On top of a role; told without colour. */
enum mark {
	MARK_CHANGED = 1, /* by the last step */
	MARK_CURSOR = 2,
	MARK_FULL = 4, /* background fill: nothing free here */
};

/** In the second cell of a glyph that is two columns wide. */
#define CANVAS_TAIL 0xffffffffu

struct cell {
	uint32_t glyph; /* code point; 0: blank; or CANVAS_TAIL */
	uint8_t role, marks;
};

struct canvas {
	struct cell *cell;
	int rows, cols;
	int stride; /* cells from one row to the next */
};

/** A blank canvas of its own; false when memory is short. */
bool canvas_open(struct canvas *c, int rows, int cols);
void canvas_close(struct canvas *c);
/** A window into @c, clipped to it. */
struct canvas canvas_window(const struct canvas *c, int row, int col, int rows,
			    int cols);
void canvas_clear(struct canvas *c);

/** One glyph; one of two columns also takes the cell behind. */
void canvas_put(struct canvas *c, int row, int col, enum role role,
		uint32_t glyph);
/** @n times the same glyph; gives the column after the last. */
int canvas_repeat(struct canvas *c, int row, int col, enum role role,
		  uint32_t glyph, int n);
/** UTF-8 text; gives the column after the last. */
int canvas_text(struct canvas *c, int row, int col, enum role role,
		const char *text);
int canvas_printf(struct canvas *c, int row, int col, enum role role,
		  const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/**
 * Text broken at blanks, at most @rows rows; gives the rows it took.  A `>`
 * ends what found no room.  Rows
 * after the first begin at @col + @indent.
 */
int canvas_wrap(struct canvas *c, int row, int rows, int col, int indent,
		enum role role, const char *text);
/** Add marks to @n cells. */
void canvas_mark(struct canvas *c, int row, int col, int n, unsigned int marks);

/** The next code point of @*text as it will be shown; moves past it. */
uint32_t canvas_decode(const char **text);
/** Columns that a glyph takes, 1 or 2; 0: it is not drawn as it is. */
int canvas_columns(uint32_t glyph);
/** UTF-8 of a code point into @buf of 5 bytes; gives its length. */
int canvas_encode(uint32_t glyph, char *buf);

/** Rows as UTF-8 lines without blanks at their ends; free() it. */
char *canvas_to_text(const struct canvas *c);
/**
 * A picture: monospaced, in the colours of a theme (enum theme_id); free()
 * it.  NULL when memory is short.
 */
char *canvas_to_svg(const struct canvas *c, int theme);

/**
 * Rows for a terminal of 256 colours, in a theme, each ended by @row_end: a
 * newline for a file; "\r\n", not behind the last row, for a terminal.
 */
char *canvas_to_ansi(const struct canvas *c, int theme, const char *row_end);

#endif
