/* The commands of the program. Besides main.c, what is here is the only code that prints. */
#ifndef CDIDL_COMMAND_H
#define CDIDL_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct diag;

enum { EXIT_FINE = 0, EXIT_ERRORS = 1, EXIT_USAGE = 2 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Bits: what 'gen' writes for each input. */
enum product { PRODUCT_C = 1, PRODUCT_CPP = 2, PRODUCT_FUZZ = 4, PRODUCT_DOC = 8, PRODUCT_JSON = 16 };

/* One run of one command. */
struct run {
	struct arena *arena;
	struct diag *diag;
	const char *usage;    /* of the command: "check [-I DIR]... FILE..." */
	const char **folders; /* of -I */
	size_t folder_count;
	const char *const *paths;
	size_t path_count;
	const char *out;     /* gen: a folder, NULL for the current one */
	const char *depfile; /* gen: NULL for none */
	unsigned products;   /* gen: of enum product */
	bool check, write;   /* fmt */
	bool wire;           /* diff: what breaks the source alone does not count */
	bool unreadable;     /* an input could not be read */
};

/* Prints how the command is used and returns EXIT_USAGE. */
int command_usage(const struct run *run);

/* Each returns the exit code. */
int command_gen(struct run *run);
int command_check(struct run *run);
int command_diff(struct run *run);
int command_fmt(struct run *run);

/* ---- main.c ---- */

/* The program behind its entry point, the arguments in UTF-8. Returns the exit code. */
int cdidl_main(int argc, char **argv);

#endif
