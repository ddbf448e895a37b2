/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * out.h - where complaints go
 *
 * A complaint ends in the output as a line, or is held back so that a script
 * can put its file and line number in front of it.  A note stands before the
 * answer of a line, unless the line is refused.
 */
#ifndef BUDDYSCOPE_CMD_OUT_H
#define BUDDYSCOPE_CMD_OUT_H

#include "cmd/cmd.h"

/** Say it, or hold it back; @text is one printable line. */
void out_error(struct out *out, const char *text);
/**
 * From now on keep the last complaint instead of saying it (or no longer);
 * forgets the one that is kept, and gives what was in force before.
 */
bool out_hold_errors(struct out *out, bool hold);
/** The complaint held back, "" if none. */
const char *out_held_error(const struct out *out);
/** A line to be said before the next one that is no complaint. */
void out_note(struct out *out, const char *text);
/** Say what is noted now; or forget it: was there anything? */
void out_say_note(struct out *out);
bool out_drop_note(struct out *out);
/** Bring what was said to the stream, so that it stands before what follows. */
void out_flush(struct out *out);

#endif
