#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "command.h"

/* Behind all letters: what 'gen' writes in addition, as a number. */
#define OPTION_PRODUCT 256

static const struct option gen_options[] = {
	{"cpp", no_argument, NULL, OPTION_PRODUCT + PRODUCT_CPP},
	{"depfile", required_argument, NULL, 'd'},
	{"doc", no_argument, NULL, OPTION_PRODUCT + PRODUCT_DOC},
	{"fuzz", no_argument, NULL, OPTION_PRODUCT + PRODUCT_FUZZ},
	{"json", no_argument, NULL, OPTION_PRODUCT + PRODUCT_JSON},
	{"out", required_argument, NULL, 'o'},
	{"help", no_argument, NULL, 'h'},
	{0},
};
static const struct option check_options[] = {{"help", no_argument, NULL, 'h'}, {0}};
static const struct option fmt_options[] = {
	{"check", no_argument, NULL, 'c'},
	{"write", no_argument, NULL, 'w'},
	{"help", no_argument, NULL, 'h'},
	{0},
};

static const struct option diff_options[] = {
	{"wire", no_argument, NULL, 'W'},
	{"help", no_argument, NULL, 'h'},
	{0},
};

static const struct command {
	const char *name;
	const char *usage;
	const char *letters; /* short options */
	const struct option *options;
	size_t path_min, path_max;
	int (*run)(struct run *run);
} commands[] = {
	{"gen", "gen [-I DIR]... [--out DIR] [--depfile FILE] [--cpp] [--doc] [--fuzz] [--json] FILE...", "I:h", gen_options, 1,
	 (size_t)-1, command_gen},
	{"check", "check [-I DIR]... FILE...", "I:h", check_options, 1, (size_t)-1, command_check},
	{"diff", "diff [-I DIR]... [--wire] OLD NEW", "I:h", diff_options, 2, 2, command_diff},
	{"fmt", "fmt [--check | --write] FILE...", "h", fmt_options, 1, (size_t)-1, command_fmt},
};

static void
no_memory(void)
{
	fputs("cdidl: out of memory\n", stderr);
	exit(EXIT_USAGE);
}

static void
print_usage(FILE *file)
{
	size_t i;

	for (i = 0; i < COUNT(commands); i++)
		fprintf(file, "%s cdidl %s\n", i ? "      " : "usage:", commands[i].usage);
	fputs("       cdidl --help | --version\n"
	      "\n"
	      "gen writes C for each file, and on request a C++ wrapper, Markdown, a libFuzzer harness, and the model as\n"
	      "JSON; check reports what is wrong with it; diff tells which changes between two versions break programs;\n"
	      "fmt prints a file formatted, or checks or rewrites it.\n"
	      "Exit codes: 0 fine; 1 the input has errors, is not formatted, or breaks; 2 usage or I/O.\n",
	      file);
}

/* One option. False: it is none that the command has. */
static bool
take_option(struct run *run, int option)
{
	switch (option) {
	case 'I':
		run->folders[run->folder_count++] = optarg;
		return true;
	case 'd':
		run->depfile = optarg;
		return true;
	case 'o':
		run->out = optarg;
		return true;
	case 'c':
		run->check = true;
		return true;
	case 'W':
		run->wire = true;
		return true;
	case 'w':
		run->write = true;
		return true;
	default:
		run->products |= option > OPTION_PRODUCT ? (unsigned)option - OPTION_PRODUCT : 0;
		return option > OPTION_PRODUCT;
	}
}

static int
run_command(const struct command *command, int argc, char **argv)
{
	static char name[] = "cdidl";
	struct run run = {.usage = command->usage, .products = PRODUCT_C};
	int option, code = EXIT_USAGE;

	argv[0] = name; /* getopt_long() complains in its name */
	run.arena = arena_new(no_memory);
	run.diag = diag_new(run.arena);
	run.folders = ARENA_ARRAY(run.arena, (size_t)argc, const char *);
	while ((option = getopt_long(argc, argv, command->letters, command->options, NULL)) != -1) {
		if (option == 'h') {
			print_usage(stdout);
			code = EXIT_FINE;
			goto out;
		}
		if (!take_option(&run, option)) {
			code = command_usage(&run);
			goto out;
		}
	}
	run.paths = (const char *const *)argv + optind;
	run.path_count = (size_t)(argc - optind);
	if (run.path_count < command->path_min || run.path_count > command->path_max)
		code = command_usage(&run);
	else
		code = command->run(&run);
out:
	arena_free(run.arena);
	return code;
}

int
cdidl_main(int argc, char **argv)
{
	int code = EXIT_USAGE;
	size_t i;

	if (argc == 2 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))) {
		print_usage(stdout);
		code = EXIT_FINE;
	} else if (argc == 2 && !strcmp(argv[1], "--version")) {
		puts("cdidl " CDIDL_VERSION);
		code = EXIT_FINE;
	} else {
		for (i = 0; i < COUNT(commands) && (argc < 2 || strcmp(commands[i].name, argv[1]) != 0); i++)
			;
		if (i < COUNT(commands))
			code = run_command(&commands[i], argc - 1, argv + 1);
		else
			print_usage(stderr);
	}
	/* What could not be written was not done. */
	if (fflush(stdout) != 0 || ferror(stdout))
		code = EXIT_USAGE;
	return code;
}

/* On Windows main_win32.c has wmain(). */
#ifndef _WIN32
int
main(int argc, char **argv)
{
	return cdidl_main(argc, argv);
}
#endif
