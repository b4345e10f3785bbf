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

static bool
is_slash(char c)
{
	return c != '\0' && strchr(os_slashes, c);
}

/* Whether the first 'length' characters of a path name one of the folders that lead to it, or it. No root, no drive: they are there. */
static bool
names_folder(const char *path, size_t length)
{
	return (is_slash(path[length]) || !path[length]) && !is_slash(path[length - 1]) && path[length - 1] != ':';
}

bool
os_make_folders(struct arena *arena, const char *path, struct os_folders *ret_made, const char **ret_error)
{
	size_t length = strlen(path), i;
	const char *folder;
	bool made = false;

	*ret_made = (struct os_folders){ARENA_ARRAY(arena, length, const char *), 0};
	/* Where nothing is to be made it is there, as the root is; what has no name is nowhere. */
	errno = length > 0 ? EEXIST : ENOENT;
	for (i = 1; i <= length; i++) {
		if (!names_folder(path, i))
			continue;
		/* Those above may be somebody else's; whether all is well the last one tells. */
		folder = arena_format(arena, "%.*s", (int)i, path);
		made = os_make_folder(folder);
		if (made)
			ret_made->paths[ret_made->count++] = folder;
	}
	if (made || errno == EEXIST)
		return true;
	*ret_error = strerror(errno);
	return false;
}

void
os_remove_folders(const struct os_folders *made)
{
	size_t i;

	for (i = made->count; i > 0; i--)
		os_remove_folder(made->paths[i - 1]);
}
