#include "base/os.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#include "base/arena.h"

/* NULL and errno when 'text' is no UTF-8 or memory is gone. The caller frees it. */
static wchar_t *
widen(const char *text)
{
	int length = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
	wchar_t *wide;

	if (length <= 0) {
		errno = ENOENT;
		return NULL;
	}
	wide = calloc((size_t)length, sizeof *wide);
	if (wide)
		MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, length);
	return wide;
}

const char os_slashes[] = "/\\";

FILE *
os_open(const char *path, const char *mode)
{
	wchar_t *wide = widen(path);
	FILE *file;
	int error;

	if (!wide)
		return NULL;
	file = _wfopen(wide, strcmp(mode, "rb") == 0 ? L"rb" : L"wb");
	error = errno;
	free(wide);
	errno = error;
	return file;
}

/* ".." is a matter of names on Windows: the folder before it goes, whatever it is. */
const char *
os_place(struct arena *arena, const char *path)
{
	wchar_t *wide = widen(path), place[MAX_PATH * 4];
	DWORD length = wide ? GetFullPathNameW(wide, sizeof place / sizeof *place, place, NULL) : 0;
	char text[sizeof place / sizeof *place * 3];

	free(wide);
	if (!length || length >= sizeof place / sizeof *place ||
	    !WideCharToMultiByte(CP_UTF8, 0, place, -1, text, sizeof text, NULL, NULL))
		return path;
	return arena_copy(arena, text, strlen(text));
}

bool
os_same_rest(const char *one, const char *other)
{
	wchar_t *wide_one = widen(one);
	wchar_t *wide_other = widen(other);
	bool same = false;

	if (wide_one && wide_other)
		same = CompareStringOrdinal(wide_one, -1, wide_other, -1, TRUE) == CSTR_EQUAL;
	free(wide_one);
	free(wide_other);
	return same;
}

bool
os_replace_file(const char *from, const char *to, const char **ret_error)
{
	wchar_t *wide_from = widen(from);
	wchar_t *wide_to = widen(to);
	bool done = false;

	/* The C library's rename() refuses a target that exists. */
	if (wide_from && wide_to)
		done = MoveFileExW(wide_from, wide_to, MOVEFILE_REPLACE_EXISTING) != 0;
	if (!done)
		*ret_error = "The file could not be replaced; another program may have it open";
	free(wide_from);
	free(wide_to);
	return done;
}

void
os_remove_file(const char *path)
{
	wchar_t *wide = widen(path);

	if (wide)
		DeleteFileW(wide);
	free(wide);
}

bool
os_make_folder(const char *path)
{
	wchar_t *wide = widen(path);
	int done = wide ? _wmkdir(wide) : -1, error = errno;

	free(wide);
	errno = error;
	return done == 0;
}

void
os_remove_folder(const char *path)
{
	wchar_t *wide = widen(path);

	if (wide)
		RemoveDirectoryW(wide);
	free(wide);
}
