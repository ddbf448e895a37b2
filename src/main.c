/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * main.c - options, wiring, and the choice of screen, shell or script
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "lesson/lesson.h"
#include "tui/tui.h"

#ifndef BUDDYSCOPE_VERSION
#define BUDDYSCOPE_VERSION "0.1"
#endif

enum exit_status { EXIT_DONE, EXIT_CHECK, EXIT_USAGE, EXIT_BAD_INPUT };

struct options {
	const char *lines; /* -c */
	const char *file;  /* FILE, or "-" */
	const char *world; /* a file or a preset */
	bool shell, screen, plain, json, resume, version, help;
};

/* One row an option; `flag` or `value` says where it goes. */
static const struct option_row {
	const char *name, *value, *help;
	size_t at;
} option_rows[] = {
#define FLAG(n, field, h)                                                      \
	{                                                                      \
		n, NULL, h, offsetof(struct options, field)                    \
	}
	{"-c", "LINES", "run the lines and leave; `;` joins commands",
	 offsetof(struct options, lines)},
	FLAG("--shell", shell, "type commands at a prompt"),
	FLAG("--screen", screen, "the screen, after the lines of -c or FILE"),
	FLAG("--plain", plain, "numbered lines, for logs and screen readers"),
	FLAG("--json", json, "JSON from each `show`"),
	FLAG("--resume", resume, "run the lines of the last session again"),
	{"--world", "FILE|PRESET", "begin with this world",
	 offsetof(struct options, world)},
	FLAG("--version", version, "print the version"),
	FLAG("--help", help, "print this"),
#undef FLAG
};

#define NR_OPTIONS (sizeof option_rows / sizeof option_rows[0])

static void print_help(void)
{
	puts("usage: buddyscope [OPTION]... [FILE|-]\n"
	     "       buddyscope replay [--only-supported] FILE...\n"
	     "       buddyscope lesson [--seed N|--student NAME] "
	     "[--feedback F]\n"
	     "                         [--lecture] [--screen|--unattended] "
	     "NAME|FILE\n"
	     "       buddyscope lesson list\n"
	     "       buddyscope lesson check [--strict] FILE...\n"
	     "       buddyscope lesson new FILE\n"
	     "       buddyscope lesson print "
	     "[--questions|--exam|--answers|--notes]\n"
	     "                         [--html] [--seed N|--student NAME] "
	     "NAME|FILE\n"
	     "       buddyscope grade [--format F] [--student NAME] "
	     "[--output FILE]\n"
	     "                         LESSON ANSWERS...\n"
	     "\n"
	     "Simulates the page allocator of Linux 7.3, forwards and "
	     "backwards.\n"
	     "Without arguments, on a terminal: the screen.  With FILE, or - "
	     "for\n"
	     "standard input: its lines.  `buddyscope -c 'help all'`\n"
	     "lists the commands.\n");
	for (size_t i = 0; i < NR_OPTIONS; i++) {
		const struct option_row *o = &option_rows[i];
		char name[40];

		snprintf(name, sizeof name, "%s%s%s", o->name,
			 o->value ? " " : "", o->value ? o->value : "");
		printf("  %-20s  %s\n", name, o->help);
	}
	puts("\nExit status: 0 done, 1 a check or comparison failed, 2 usage, "
	     "3 bad input.");
}

/* To standard error, in one line, with nothing unprintable in it. */
static int refuse(const char *what, const char *why)
{
	fputs("buddyscope: ", stderr);
	for (size_t i = 0; what[i] && i < 80; i++)
		fputc(what[i] >= ' ' && what[i] <= '~' ? what[i] : '?', stderr);
	fprintf(stderr, ": %s\n", why);
	return EXIT_USAGE;
}

/* Of a file that is not there: what may have been meant. */
static int refuse_file(const char *file)
{
	struct nearest near;
	char why[200];

	nearest_start(&near, file);
	nearest_try(&near, "replay");
	nearest_try(&near, "lesson");
	nearest_try(&near, "grade");
	if (near.name[0])
		snprintf(why, sizeof why,
			 "no such file; did you mean \"buddyscope %s\"?",
			 near.name);
	else
		snprintf(why, sizeof why,
			 "no such file; commands are run with -c, as in: "
			 "buddyscope -c help");
	return refuse(file, why);
}

static const struct option_row *find_option(const char *word, size_t len)
{
	for (size_t i = 0; i < NR_OPTIONS; i++)
		if (strncmp(option_rows[i].name, word, len) == 0 &&
		    option_rows[i].name[len] == '\0')
			return &option_rows[i];
	return NULL;
}

/* One option; *@i moves past its value. */
static int read_option(struct options *opt, char **argv, int *i)
{
	const char *word = argv[*i], *value = NULL;
	const size_t len = word[1] == '-' ? strcspn(word, "=") : strlen(word);
	const struct option_row *o = find_option(word, len);
	char *at;

	if (!o)
		return refuse(word, "no such option; buddyscope --help lists "
				    "them");
	at = (char *)opt + o->at;
	if (word[len] == '=')
		value = word + len + 1;
	if (!o->value && value)
		return refuse(word, "takes no value");
	if (!o->value) {
		*(bool *)at = true;
		return 0;
	}
	if (!value && argv[*i + 1])
		value = argv[++*i];
	if (!value)
		return refuse(word, "expected a value after it");
	*(const char **)at = value;
	return 0;
}

static int read_options(struct options *opt, char **argv)
{
	bool only_files = false;

	for (int i = 1; argv[i]; i++) {
		const char *word = argv[i];

		if (!only_files && strcmp(word, "--") == 0) {
			only_files = true;
		} else if (!only_files && word[0] == '-' && word[1]) {
			const int bad = read_option(opt, argv, &i);

			if (bad)
				return bad;
		} else if (opt->file) {
			return access(opt->file, F_OK)
				       ? refuse_file(opt->file)
				       : refuse(word, "one file at most");
		} else {
			opt->file = word;
		}
	}
	if (opt->lines && opt->file)
		return refuse(opt->file, "either -c LINES or a file");
	if (opt->screen && (opt->shell || opt->plain))
		return refuse("--screen", "not with --shell or --plain");
	return 0;
}

/* What a script came to.  A line that makes no sense is a bad script. */
static int exit_status(enum cmd_status status)
{
	switch (status) {
	case CMD_OK:
	case CMD_QUIT:
		return EXIT_DONE;
	case CMD_FAILED:
		return EXIT_CHECK;
	default:
		return EXIT_BAD_INPUT;
	}
}

/* `world new PRESET` or `world load "FILE"`. */
static enum cmd_status open_world(struct lab *lab, const char *world,
				  struct out *out)
{
	char *line = malloc(2 * strlen(world) + 16), *to = line;
	enum cmd_status status;

	if (!line)
		return CMD_ERROR;
	for (unsigned int i = 0; mm_preset_name(i); i++)
		if (strcmp(mm_preset_name(i), world) == 0) {
			sprintf(line, "world new %s", world);
			to = NULL;
		}
	if (to) {
		to += sprintf(to, "world load \"");
		for (; *world; world++) {
			if (*world == '"' || *world == '\\')
				*to++ = '\\';
			*to++ = *world;
		}
		strcpy(to, "\"");
	}
	status = lab_run(lab, line, out);
	free(line);
	return status;
}

/* Pipes and devices might never end: those are for `-`. */
static FILE *open_regular(const char *file)
{
	const int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat sb;
	FILE *f = NULL;

	if (fd < 0 && errno == ENOENT)
		refuse_file(file);
	else if (fd < 0 || fstat(fd, &sb))
		refuse(file, strerror(errno));
	else if (!S_ISREG(sb.st_mode))
		refuse(file, "is no regular file; expected a file of lines, "
			     "or - for standard input");
	else if (!(f = fdopen(fd, "r")))
		refuse(file, strerror(errno));
	if (fd >= 0 && !f)
		close(fd);
	return f;
}

static int run_file(struct lab *lab, const struct options *opt, struct out *out)
{
	const bool standard = strcmp(opt->file, "-") == 0;
	FILE *f = standard ? stdin : open_regular(opt->file);
	enum cmd_status status;

	if (!f)
		return EXIT_BAD_INPUT;
	status =
		script_run(lab, f, standard ? "-" : opt->file, out, opt->plain);
	if (!standard)
		fclose(f);
	return exit_status(status);
}

/* Nobody types: the lines come from somewhere. */
static int run_unattended(struct lab *lab, const struct options *opt,
			  struct out *out)
{
	if (opt->lines)
		return exit_status(script_run_text(lab, opt->lines, "-c", out,
						   opt->plain));
	return run_file(lab, opt, out);
}

/* The screen that was asked for, and nothing in its place. */
static int insist_on_screen(struct lab *lab, const char *refused)
{
	const char *why;
	const int status = tui_run(lab, refused, &why);

	if (why)
		fprintf(stderr,
			"buddyscope: no screen: %s; --shell and -c work "
			"without\n",
			why);
	return status;
}

/* Where there can be no screen, the shell does. */
static int run_screen(struct lab *lab)
{
	const char *why;
	const int status = tui_run(lab, NULL, &why);

	if (!why)
		return status;
	fprintf(stderr, "buddyscope: the shell, not the screen: %s\n", why);
	return exit_status(shell_run(lab));
}

/* @refused: what is wrong with a line that was run before; or NULL. */
static int run_attended(struct lab *lab, const struct options *opt,
			struct out *out, const char *refused)
{
	if (isatty(STDIN_FILENO))
		lab_log_session(lab);
	if (lesson_attach(lab, isatty(STDIN_FILENO)))
		return refuse("memory", "there is too little of it");
	if (opt->plain)
		return exit_status(plain_run(lab, stdin, out));
	if (opt->shell)
		return exit_status(shell_run(lab));
	return opt->screen ? insist_on_screen(lab, refused) : run_screen(lab);
}

/* What comes before all lines. */
static int begin(struct lab *lab, const struct options *opt, struct out *out)
{
	int status = EXIT_DONE;

	if (opt->resume)
		status = exit_status(lab_resume(lab, out));
	if (!status && opt->world)
		status = exit_status(open_world(lab, opt->world, out));
	return status;
}

/* What comes before somebody types, if anybody does. */
static int run_lines(struct lab *lab, const struct options *opt,
		     struct out *out)
{
	const int status = begin(lab, opt, out);

	return !status && (opt->lines || opt->file)
		       ? run_unattended(lab, opt, out)
		       : status;
}

/* The last line of a text, a copy; NULL: it is empty, or memory is short. */
static char *last_line(const char *text)
{
	size_t end = strlen(text), from;

	while (end && text[end - 1] == '\n')
		end--;
	for (from = end; from && text[from - 1] != '\n'; from--)
		;
	return end > from ? strndup(text + from, end - from) : NULL;
}

/*
 * A screen comes: what is said before it is kept, and told if that fails.  A
 * line that was refused does not keep the screen from those who wait for it:
 * it stands there, and once more when it was left.
 */
static int run_quietly(struct lab *lab, const struct options *opt)
{
	struct out *out = out_buffer();
	char *refused = NULL;
	int status, left;

	if (!out)
		return refuse("memory", "there is too little of it");
	status = begin(lab, opt, out);
	if (!status && (opt->lines || opt->file)) {
		out_clear(out);
		status = run_unattended(lab, opt, out);
		refused = status ? last_line(out_string(out)) : NULL;
	}
	if (status && !refused)
		fputs(out_string(out), stderr);
	out_free(out);
	if (status && !refused)
		return status;
	left = run_attended(lab, opt, NULL, refused);
	if (refused)
		fprintf(stderr, "%s\n", refused);
	free(refused);
	return left ? left : status;
}

static int run(struct lab *lab, const struct options *opt)
{
	const bool lines = opt->lines || opt->file;
	struct out *out;
	int status;

	if (opt->screen || (!lines && !opt->shell && !opt->plain)) {
		if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
			return refuse("no terminal",
				      "expected -c LINES, a file, - or "
				      "--shell; --help says more");
		return run_quietly(lab, opt);
	}
	out = out_stream(stdout);
	if (!out)
		return refuse("memory", "there is too little of it");
	out_set_json(out, opt->json);
	if (!opt->plain)
		out_set_errors(out, stderr);
	status = run_lines(lab, opt, out);
	if (!status && !lines)
		status = run_attended(lab, opt, out, NULL);
	out_free(out);
	if (fflush(stdout) || ferror(stdout)) {
		refuse("standard output", "cannot be written");
		status = EXIT_BAD_INPUT;
	}
	return status;
}

static struct lab *create_lab(void)
{
	struct lab *lab = lab_create();

	if (lab && (lab_add_table(lab, lesson_table) || tui_attach(lab))) {
		lab_destroy(lab);
		return NULL;
	}
	return lab;
}

static int run_lesson(int argc, char **argv)
{
	struct lab *lab = create_lab();
	int status;

	if (!lab)
		return refuse("memory", "there is too little of it");
	if (strcmp(argv[0], "grade") == 0)
		status = grade_main(lab, argc, argv);
	else
		status = lesson_main(lab, argc, argv, run_screen);
	lab_destroy(lab);
	return status;
}

int main(int argc, char **argv)
{
	struct options opt = {0};
	struct lab *lab;
	int status;

	if (argc > 1 && strcmp(argv[1], "replay") == 0)
		return replay_main(argc - 1, argv + 1);
	if (argc > 1 &&
	    (strcmp(argv[1], "lesson") == 0 || strcmp(argv[1], "grade") == 0)) {
		if (argc > 2 && strcmp(argv[argc - 1], "--help") == 0) {
			print_help();
			return EXIT_DONE;
		}
		return run_lesson(argc - 1, argv + 1);
	}
	status = read_options(&opt, argv);
	if (status)
		return status;
	/* nobody types into a pipe: its lines are a script */
	if (opt.shell && !opt.lines && !opt.file && !isatty(STDIN_FILENO))
		opt.file = "-";
	if (opt.help) {
		print_help();
		return EXIT_DONE;
	}
	if (opt.version) {
		puts("buddyscope " BUDDYSCOPE_VERSION);
		return EXIT_DONE;
	}
	lab = create_lab();
	if (!lab)
		return refuse("memory", "there is too little of it");
	status = run(lab, &opt);
	lab_destroy(lab);
	return status;
}
