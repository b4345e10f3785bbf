#include "base/os.h"

#include <errno.h>
#include <string.h>

#include "base/arena.h"

static char
fold_case(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c == '\\' ? '/' : c;
}

static bool
is_ascii(char c)
{
	return (unsigned char)c < 0x80;
}

bool
os_same_path(const char *one, const char *other)
{
	while (*one && is_ascii(*one) && fold_case(*one) == fold_case(*other)) {
		one++;
		other++;
	}
	if (is_ascii(*one) || is_ascii(*other))
		return !*one && !*other;
	return os_same_rest(one, other);
}

bool
os_read_file(struct arena *arena, const char *path, size_t size_max, char **ret_text, size_t *ret_size,
	     const char **ret_error)
{
	struct text text = {.arena = arena};
	char piece[4096];
	const char *error = NULL;
	size_t got;
	FILE *file;

	file = os_open(path, "rb");
	if (!file) {
		*ret_error = strerror(errno);
		return false;
	}
	errno = 0;
	while ((got = fread(piece, 1, sizeof piece, file)) > 0) {
		if (got > size_max - text.length) {
			error = "File too large";
			break;
		}
		text_add(&text, piece, got);
	}
	if (!error && ferror(file))
		error = strerror(errno);
	fclose(file);
	if (error) {
		*ret_error = error;
		return false;
	}
	*ret_text = text.data ? text.data : arena_copy(arena, "", 0);
	*ret_size = text.length;
	return true;
}

bool
os_write_file(const char *path, const char *text, size_t size, const char **ret_error)
{
	FILE *file = os_open(path, "wb");
	bool written;
	int error;

	if (!file) {
		*ret_error = strerror(errno);
		return false;
	}
	errno = 0;
	written = fwrite(text, 1, size, file) == size;
	error = errno;
	if (fclose(file) != 0 && written) {
		error = errno;
		written = false;
	}
	if (!written) {
		os_remove_file(path);
		*ret_error = strerror(error);
	}
	return written;
}
