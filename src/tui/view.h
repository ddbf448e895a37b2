/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view.h - what the screen shows: its state, and the views that draw it
 *
 * Views are pure: the screen's state and the world at the moment go in, cells
 * come out.  They keep nothing, and change the world only through lines that
 * keys.c hands to the lab.
 */
#ifndef BUDDYSCOPE_TUI_VIEW_H
#define BUDDYSCOPE_TUI_VIEW_H

#include "cmd/cmd.h"
#include "tui/canvas.h"

enum view_id { VIEW_MAP, VIEW_BUDDY, VIEW_EVENTS, VIEW_COMMAND, NR_VIEWS };

enum lamp { LAMP_UNKNOWN, LAMP_OK, LAMP_BROKEN, LAMP_INSIDE };

/** Where a view stands on the terminal, without its border; rows 0: hidden. */
struct rect {
	int row, col, rows, cols;
};

/** Everything that is shown and is not in the world. */
struct screen {
	const struct lab *lab;
	zone_t zone;
	bool held; /* it was chosen by hand: stay, until a line is typed */
	enum view_id focus;
	bool zoomed;  /* only the focused view */
	bool covered; /* ... which is the output, opened from `under` */
	enum view_id under;
	bool frames;   /* map: a cell is a frame, not a pageblock */
	bool pointing; /* map: the cursor is out */
	pfn_t cursor;
	int scroll[NR_VIEWS];
	enum explain_depth depth;
	uint64_t from; /* moment before the last step: what changed since */
	enum lamp lamp;
	bool playing;
	const char *line;	    /* last line run; NULL: none yet */
	const char *output;	    /* what it said */
	bool said;		    /* it still stands in the bar */
	bool typed;		    /* by hand: all that it said matters */
	const char *hint;	    /* instead of output, for a newcomer */
	struct rect rect[NR_VIEWS]; /* of the last layout */
};

/** A row of the table of views. */
struct view_ops {
	const char *name, *title;
	const char *const *legend; /* lines for the help, NULL-ended */
	/** Rows it would like, at this width. */
	int (*want)(const struct screen *s, const struct mm *mm, int cols);
	/** Rows of all there is to scroll through. */
	int (*height)(const struct screen *s, const struct mm *mm, int rows,
		      int cols);
	void (*draw)(const struct screen *s, const struct mm *mm,
		     struct canvas *c);
	/** Words behind the title in the border. */
	void (*about)(const struct screen *s, const struct mm *mm, char *buf,
		      size_t size);
};

extern const struct view_ops view_map, view_buddy, view_events, view_command;
/** In the order of enum view_id. */
extern const struct view_ops *const views[NR_VIEWS];

/** A screen for a lab: its first zone, the zoom that suits its size. */
void screen_start(struct screen *s, const struct lab *lab);
/** Set the lamp: the invariants hold between lines, not inside of one. */
void screen_check(struct screen *s);
/** Another world: look at its largest zone at the zoom that suits it. */
void screen_enter(struct screen *s);
/** After a change: keep zone, cursor and the moment before inside of it. */
void screen_settle(struct screen *s);

/* ---- layout.c ---- */

/** Say where each view stands on a terminal of this size. */
void layout(struct screen *s, int rows, int cols);
/** Title, panes and the two lines below: the whole screen but the prompt. */
void screen_draw(const struct screen *s, struct canvas *c);
/** Is the terminal too small to show anything? */
bool screen_too_small(int rows, int cols);
/** A screen drawn without a terminal, as text or SVG; free() it. */
char *screen_picture(const struct lab *lab, int rows, int cols, bool svg);

/* ---- view_map.c, for keys and the mouse ---- */

/** Frames by which an arrow moves the cursor. */
int64_t map_stride(const struct screen *s, const struct mm *mm, bool vertical);
/** Frame shown at a place in the map's rectangle; NO_PFN if none. */
pfn_t map_pfn_at(const struct screen *s, const struct mm *mm, int row, int col);
/** Scroll of the map that shows @pfn, changed as little as need be. */
int map_scroll_to(const struct screen *s, const struct mm *mm, pfn_t pfn);

/* ---- view_events.c, for the mouse ---- */

/** Moment of the event shown in a row of its rectangle; false if none. */
bool events_moment_at(const struct screen *s, const struct mm *mm, int row,
		      uint64_t *moment);

/* ---- changes.c: what the last step touched ---- */

#define MAX_CHANGES 128
struct changes {
	struct {
		pfn_t pfn, end;
	} range[MAX_CHANGES];
	unsigned int n;
	uint32_t orders[MIGRATE_TYPES]; /* bit n: the list of order n */
	pfn_t focus; /* where the eye should go; NO_PFN: nowhere */
};
void changes_read(const struct screen *s, const struct mm *mm,
		  struct changes *ch);
/** The zone the last step changed; the one shown if it did, or none did. */
zone_t changes_zone(const struct screen *s, const struct mm *mm);
/**
 * Inside of an operation: true, and what it has touched so far.  A block that
 * it holds, on no list and not yet handed out, is among that.
 */
bool changes_in_flight(const struct screen *s, const struct mm *mm,
		       struct changes *ch);
/** Did frames [pfn, end) change? */
bool changes_touch(const struct changes *ch, pfn_t pfn, pfn_t end);

#endif
