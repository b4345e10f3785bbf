#ifndef CDRPC_TESTS_GOLDEN_H
#define CDRPC_TESTS_GOLDEN_H

#include <stddef.h>

/*
 * Golden files: what a test compares whole results with. With UPDATE_GOLDENS=1 in the environment a comparison writes
 * the file instead, and whoever runs it looks at the difference before committing it.
 *
 * A comparison fails the running test when the file system does not play along. What is returned is freed with free().
 */

/*
 * The names of the files in 'folder' that end in 'suffix', sorted, without the suffix; the last one is NULL. One
 * block. It is called before the tests run, so it ends the program when there is no such folder.
 */
char **golden_names(const char *folder, const char *suffix, size_t *ret_count);

/* The whole file and a NUL that does not count. NULL: there is no such file. */
char *golden_read(const char *path, size_t *ret_size);

/* Compares with the file; a failure names the first line that differs and prints both to standard error. */
void golden_check(const char *path, const char *text, size_t size);

#endif
