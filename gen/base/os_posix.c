/* For realpath(). */
#define _XOPEN_SOURCE 700

#include "base/os.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

const char os_slashes[] = "/";

FILE *
os_open(const char *path, const char *mode)
{
	return fopen(path, mode);
}

const char *
os_place(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	char *folder = realpath(arena_format(arena, "%.*s.", (int)(name - path), path), NULL);
	const char *place = folder ? arena_format(arena, "%s/%s", folder, name) : path;

	free(folder);
	return place;
}

bool
os_same_rest(const char *one, const char *other)
{
	return strcmp(one, other) == 0;
}

bool
os_replace_file(const char *from, const char *to, const char **ret_error)
{
	if (rename(from, to) == 0)
		return true;
	*ret_error = strerror(errno);
	return false;
}

void
os_remove_file(const char *path)
{
	remove(path);
}

bool
os_make_folder(const char *path)
{
	return mkdir(path, 0777) == 0;
}

void
os_remove_folder(const char *path)
{
	rmdir(path);
}
