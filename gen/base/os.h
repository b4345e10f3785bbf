/*
 * Files. Paths are UTF-8 on every system, contents are bytes: no line end is ever translated.
 *
 * A failure gives a text for people, such as "No such file or directory", in the arena or static.
 */
#ifndef CDIDL_OS_H
#define CDIDL_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct arena;

/* The whole file, with a NUL behind it that does not count. A file of more than 'size_max' bytes is an error. */
bool os_read_file(struct arena *arena, const char *path, size_t size_max, char **ret_text, size_t *ret_size,
		  const char **ret_error);

/* Makes or truncates the file. After a failure it is gone. */
bool os_write_file(const char *path, const char *text, size_t size, const char **ret_error);

/*
 * Whether two paths are one on Windows, where case does not matter, nor which slash; on other systems that is known of
 * ASCII only.
 */
bool os_same_path(const char *one, const char *other);

/* ---- os_posix.c, os_win32.c ---- */

extern const char os_slashes[]; /* what stands between folders */

/* os_same_path() of what begins with a character outside ASCII. */
bool os_same_rest(const char *one, const char *other);

/*
 * The place that a path leads to, to be compared: the file's name behind its folder's, as the system has that. The file need not
 * be there; where the folder is not, either, it is 'path'.
 */
const char *os_place(struct arena *arena, const char *path);

/* As fopen() in binary mode: "rb" or "wb". NULL and errno. */
FILE *os_open(const char *path, const char *mode);

/* Renames 'from' to 'to', which it takes the place of in one step. */
bool os_replace_file(const char *from, const char *to, const char **ret_error);

void os_remove_file(const char *path);

/* False and errno: it cannot be made, or is there already. */
bool os_make_folder(const char *path);
/* Unless there is something in it. */
void os_remove_folder(const char *path);

/* ---- os.c ---- */

/* Folders that were made, each before those in it. */
struct os_folders {
	const char **paths;
	size_t count;
};

/* Makes a folder and those above it; *ret_made are those that were not there, after a failure, too. */
bool os_make_folders(struct arena *arena, const char *path, struct os_folders *ret_made, const char **ret_error);
/* Unless there is something in them. */
void os_remove_folders(const struct os_folders *made);

#endif
