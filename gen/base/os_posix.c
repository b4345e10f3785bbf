#include "base/os.h"

#include <errno.h>
#include <string.h>

FILE *
os_open(const char *path, const char *mode)
{
	return fopen(path, mode);
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
