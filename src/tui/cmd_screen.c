/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_screen.c - the screen as text or as a picture, without a terminal
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tui/view.h"

#define MOST_ROWS 300
#define MOST_COLS 500

static bool read_size(const char *word, int *rows, int *cols)
{
	char more;

	return strlen(word) < 10 &&
	       strspn(word, "0123456789x") == strlen(word) &&
	       sscanf(word, "%dx%d%c", cols, rows, &more) == 2 && *cols >= 10 &&
	       *cols <= MOST_COLS && *rows >= 5 && *rows <= MOST_ROWS;
}

/* Anything but a file might wait for a reader. */
static FILE *open_regular(const char *name, struct out *out)
{
	const int fd =
		open(name, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
	struct stat sb;
	FILE *f = NULL;

	if ((fd < 0 && errno == ENXIO) || /* a pipe that nobody reads */
	    (fd >= 0 && fstat(fd, &sb) == 0 && !S_ISREG(sb.st_mode)))
		out_complain(out, "screen", "%s: is no regular file", name);
	else if (fd < 0 || ftruncate(fd, 0) || !(f = fdopen(fd, "w")))
		out_complain(out, "screen", "%s: %s", name, strerror(errno));
	if (fd >= 0 && !f)
		close(fd);
	return f;
}

static enum cmd_status write_file(const char *name, const char *text,
				  struct out *out)
{
	FILE *f = open_regular(name, out);
	bool bad;

	if (!f)
		return CMD_ERROR;
	bad = fputs(text, f) < 0;
	bad |= fclose(f) != 0;
	if (!bad)
		return CMD_OK;
	out_complain(out, "screen", "%s: %s", name, strerror(errno));
	return CMD_ERROR;
}

static enum cmd_status picture(struct lab *lab, const struct args *args,
			       bool svg, struct out *out)
{
	const char *size = args_word(args, "size", "80x24");
	const char *file = args_word(args, "FILE", "-");
	enum cmd_status status = CMD_OK;
	int rows, cols;
	char *text;

	if (!read_size(size, &rows, &cols)) {
		return out_complain(out, "screen",
				    "size=%.20s: expected COLUMNSxROWS, 10x5 "
				    "to %dx%d",
				    size, MOST_COLS, MOST_ROWS);
	}
	text = screen_picture(lab, rows, cols, svg);
	if (!text) {
		out_complain(out, "screen", "memory is short");
		return CMD_ERROR;
	}
	if (strcmp(file, "-") == 0)
		out_text(out, "%s", text);
	else
		status = write_file(file, text, out);
	free(text);
	return status;
}

static enum cmd_status run_text(struct lab *lab, const struct args *args,
				struct out *out)
{
	return picture(lab, args, false, out);
}

static enum cmd_status run_svg(struct lab *lab, const struct args *args,
			       struct out *out)
{
	return picture(lab, args, true, out);
}

static const struct cmd screen_text = {
	.name = "screen text",
	.args = "FILE [size=WORD]",
	.brief = "Write what the screen shows as text; FILE - shows it",
	.help = "screen text - size=120x40\n"
		"Columns x rows; 80x24 if left out.",
	.run = run_text,
};

static const struct cmd screen_svg = {
	.name = "screen svg",
	.args = "FILE [size=WORD]",
	.brief = "Write what the screen shows as an SVG picture",
	.help = "screen svg picture.svg size=120x40\n"
		"Columns x rows; 80x24 if left out.",
	.run = run_svg,
};

const struct cmd *const screen_table[] = {&screen_text, &screen_svg, NULL};
