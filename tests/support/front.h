#ifndef CDRPC_TESTS_FRONT_H
#define CDRPC_TESTS_FRONT_H

#include <stddef.h>

/*
 * The generator's front end for tests: files of a folder, or one text in memory, to models and diagnostics.
 *
 * A front is freed as a whole. Paths in diagnostics are as given, without the folder.
 */
struct front {
	struct arena *arena;
	struct diag *diag;
	const struct load *load;
};

/* Imports are looked up in 'folder', which may be NULL: then nothing can be imported. */
struct front front_file(const char *folder, const char *path);
struct front front_text(const char *text, size_t size);     /* "test.cdidl" */
struct front front_named(const char *path, const char *text, size_t size);
void front_free(struct front *front);

/* The model of the input; fails the test, with the diagnostics on standard error, when there were errors. */
const struct model *front_model(const struct front *front);

/* The diagnostics as they would be printed. */
const char *front_messages(const struct front *front, size_t *ret_size);

#endif
