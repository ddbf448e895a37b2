/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view.h - what the screen shows: its state, and the views that draw it
 *
 * Views are pure: the screen's state and the world at the moment go in, cells
 * come out.  They keep nothing, and change the world only through lines that
 * keys.h hands to the lab.
 */
#ifndef BUDDYSCOPE_TUI_VIEW_H
#define BUDDYSCOPE_TUI_VIEW_H

#include "cmd/cmd.h"
#include "tui/canvas.h"
#include "tui/overlay.h"
#include "tui/prefs.h"

enum view_id {
#define VIEW(ID, file) VIEW_##ID,
#include "tui/views.def"
#undef VIEW
	NR_VIEWS
};

enum lamp { LAMP_UNKNOWN, LAMP_OK, LAMP_BROKEN, LAMP_INSIDE };

/** Where a view stands on the terminal, without its border; rows 0: hidden. */
struct rect {
	int row, col, rows, cols;
};

/** What a view keeps between two frames; it may use the fields as it likes. */
struct view_state {
	int scroll;	 /* rows, or what its height() counts */
	int64_t cursor;	 /* the thing pointed at, by its number */
	int mode;	 /* one of several ways to show it */
	char filter[64]; /* what to leave out; "": nothing */
};

/** Everything that is shown and is not in the world. */
struct screen {
	const struct lab *lab;
	zone_t zone;
	bool held; /* it was chosen by hand: stay, until a line is typed */
	enum view_id focus;
	bool zoomed;  /* only the focused view */
	bool covered; /* ... an answer, opened from `under` */
	enum view_id under;
	bool frames;   /* map: a cell is a frame, not a pageblock */
	bool pointing; /* map: the cursor is out */
	pfn_t cursor;
	struct view_state view[NR_VIEWS];
	enum explain_depth depth;
	uint64_t from; /* moment before the last step: what changed since */
	enum lamp lamp;
	int playing;	    /* by the clock: 1 ahead, -1 back; 0: not at all */
	const char *line;   /* last line run; NULL: none yet */
	const char *output; /* what it said */
	bool said;	    /* it still stands in the bar */
	bool typed;	    /* by hand: all that it said matters */
	const char *hint;   /* instead of output, for a newcomer */
	const char *note;   /* what the last key has chosen; NULL: nothing */
	char pace[60];	    /* ... if that is how fast it plays */
	struct overlay pressed;
	struct prefs *prefs; /* the lab's; `own` when it has none */
	struct prefs own;
	bool taught; /* a lesson is being played: other panes */
	/* guests: views that a key has brought, until they are sent away */
	uint8_t guest[2][NR_SCREEN_LAYOUTS][MAX_PANES]; /* [1]: taught */
	struct {
		bool on;
		enum view_id view, from; /* it, and the one before it */
	} alone;			 /* one where a single view stands */
	uint8_t chosen[NR_SCREEN_LAYOUTS][MAX_PANES]; /* among these */
	/* the last layout: */
	int rows, cols; /* of the terminal */
	enum layout_id layout;
	struct rect rect[NR_VIEWS];
	int nr_panes;
	enum view_id pane[MAX_PANES]; /* what stands in them */
	int said_rows;		      /* for the present event, below them */
	bool away; /* the view that had the keys has no pane at this size */
	enum view_id left, stands_in; /* that view; the one that has them */
};

/** What a key or a click in a view comes to. */
struct reply {
	enum reply_kind {
		REPLY_NOT_MINE, /* it may mean something everywhere */
		REPLY_DONE,	/* only what is shown has changed */
		REPLY_RUN,	/* run `line` */
		REPLY_ASK,	/* open the prompt, with `line` typed in */
		REPLY_SAY,	/* it makes no sense: `line` was expected */
	} kind;
	char line[160];
};

struct key_row; /* keys.h */

/** A row of the table of views. */
struct view_ops {
	const char *name, *title;
	const char *const *legend; /* lines for the help, NULL-ended */
	/** Keys that mean something here, NULL-ended by their key; or NULL. */
	const struct key_row *keys;
	int min_rows, min_cols; /* a smaller pane only says that it is one */
	/** Rows it makes good use of, @rows at most. */
	int (*want)(const struct screen *s, const struct mm *mm, int rows,
		    int cols);
	/**
	 * Rows, @rows at most, without which what matters now is not seen, so
	 * that others make way; 0: none.  NULL: never any.
	 */
	int (*must)(const struct screen *s, const struct mm *mm, int rows,
		    int cols);
	/** Rows of all there is to scroll through; NULL: it does not scroll. */
	int (*height)(const struct screen *s, const struct mm *mm, int rows,
		      int cols);
	void (*draw)(const struct screen *s, const struct mm *mm,
		     struct canvas *c);
	/** Words behind the title in the border. */
	void (*about)(const struct screen *s, const struct mm *mm, char *buf,
		      size_t size);
	/** A key of its `keys` that has neither line nor action; or NULL. */
	struct reply (*key)(struct screen *s, const struct mm *mm, int key);
	/** A click at a place of its rectangle; or NULL. */
	struct reply (*click)(struct screen *s, const struct mm *mm, int row,
			      int col);
	/** Go to what a text means, or show only that; "" shows all again. */
	struct reply (*find)(struct screen *s, const struct mm *mm,
			     const char *text);
	struct reply (*filter)(struct screen *s, const struct mm *mm,
			       const char *text);
	/** In place of scrolling over height(); or NULL. */
	void (*scroll)(struct screen *s, const struct mm *mm, int by);
};

#define VIEW(ID, file) extern const struct view_ops view_##file;
#include "tui/views.def"
#undef VIEW
/** In the order of enum view_id. */
extern const struct view_ops *const views[NR_VIEWS];
/** Number of the view with this name; -1: none. */
int view_find(const char *name);

/** A reply without a line. */
static inline struct reply reply(enum reply_kind kind)
{
	return (struct reply){.kind = kind};
}

struct reply reply_say(const char *expected);
/** A screen for a lab: its first zone, the zoom that suits its size. */
void screen_start(struct screen *s, const struct lab *lab);
/** Set the lamp: the invariants hold between lines, not inside of one. */
void screen_check(struct screen *s);
/** Show what a line has asked for (prefs.h); true if one did. */
bool screen_obey(struct screen *s);
/** Show what a line has told in a view (lab_shown()); true if it did. */
bool screen_answer(struct screen *s);
/** Another world: look at its largest zone at the zoom that suits it. */
void screen_enter(struct screen *s);
/** The cursor to a frame; false where there is no memory at all. */
bool screen_point(struct screen *s, pfn_t pfn);
/** After a change: keep zone, cursor and the moment before inside of it. */
void screen_settle(struct screen *s);

/* ---- layout.c, layout_table.c, layout_views.c ---- */

/** The smallest terminal that shows anything. */
#define LEAST_ROWS 6
#define LEAST_COLS 24

/** Say where each view stands on a terminal of this size. */
void layout(struct screen *s, int rows, int cols);
/** "standard", "lecture" and so on; "auto" for LAYOUT_AUTO; NULL beyond. */
const char *layout_name(int id);
/** Number of the layout with this name; -1: none. */
int layout_find(const char *name);
/** Does each view stand in one pane of a layout at most? */
bool layout_sound(const struct prefs *p);
/** Is the terminal too small to show anything? */
bool screen_too_small(int rows, int cols);
/** Put a view into a pane of the present layout; what stood there moves. */
void layout_place(struct screen *s, int pane, enum view_id view);
/** The same until it is sent away: prefs do not know of it. */
void layout_invite(struct screen *s, int pane, enum view_id view);
/** Send the guest of a pane away; false: there is none. */
bool layout_dismiss(struct screen *s, int pane);
/** Send all of them away, in every layout, with a lesson or without. */
void layout_dismiss_all(struct screen *s);
/** Does a guest stand in this pane? */
bool layout_has_guest(const struct screen *s, int pane);
/** Pane of the present layout in which a view stands; -1: in none. */
int layout_pane_of(const struct screen *s, enum view_id view);

/* ---- border.c ---- */

/** Title, panes and the two lines below: the whole screen but the prompt. */
void screen_draw(const struct screen *s, struct canvas *c);

/* ---- picture.c ---- */

/** A screen drawn without a terminal, as text or SVG; free() it. */
char *screen_picture(const struct lab *lab, int rows, int cols, bool svg);

/* ---- view_map.c ---- */

/** Frame shown at a place in the map's rectangle; NO_PFN if none. */
pfn_t map_pfn_at(const struct screen *s, const struct mm *mm, int row, int col);
/** The frame under the cursor, if the map has no row for it. */
bool map_says(const struct screen *s, const struct mm *mm, char *buf,
	      size_t size);
/** Scroll of the map that shows @pfn, changed as little as need be. */
int map_scroll_to(const struct screen *s, const struct mm *mm, pfn_t pfn);

/* ---- view_lesson.c ---- */

/** Is a lesson being played, and not left? */
bool lesson_on(const struct screen *s);
/** Which step it is, and the lines of it that are shown; 0: none. */
#define LESSON_LINES_SEEN 400
struct lesson_seen {
	char title[80];
	unsigned int step;
	int count;
	uint32_t line[LESSON_LINES_SEEN]; /* hashes of the first ones */
};
struct lesson_seen lesson_seen(const struct screen *s);
/** A line was run: to what is new since @before. */
void lesson_follow(struct screen *s, struct lesson_seen before);
/** Does what the line says stand in the lesson's pane? */
bool lesson_tells(const struct screen *s, const char *line);
/** A page further in the lesson's text; false at its end. */
bool lesson_page(struct screen *s);

/* ---- cmd_export.c ---- */

/** Rows `export` and `record`, NULL-ended. */
extern const struct cmd *const export_table[];

/* ---- view_compare.c ---- */

/** Show two worlds by name; above "": the present one. */
void compare_worlds(struct screen *s, const char *above, const char *below);

/* ---- changes.c: what the last step touched ---- */

#define MAX_CHANGES 128
struct changes {
	struct {
		pfn_t pfn, end;
	} range[MAX_CHANGES];
	unsigned int n;
	uint32_t orders[MIGRATE_TYPES]; /* bit n: the list of order n */
	uint32_t pcp[MM_MAX_CPUS];	/* bit n: the CPU's list number n */
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
/**
 * A frame of the zone shown that the present operation is about: of the last
 * event that changed one, or of the next that will; NO_PFN: there is none.
 */
pfn_t changes_nearby(const struct screen *s, const struct mm *mm);
/** Did frames [pfn, end) change? */
bool changes_touch(const struct changes *ch, pfn_t pfn, pfn_t end);

#endif
