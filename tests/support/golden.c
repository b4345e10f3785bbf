#include "golden.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
compare_names(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

static void
give_up(const char *problem, const char *path)
{
	fprintf(stderr, "%s %s\n", problem, path);
	exit(1);
}

/* Each matching name without the suffix: counts when 'names' is NULL, else fills in. Returns the bytes needed. */
static size_t
walk(const char *folder, const char *suffix, char **names, char *block, size_t *ret_count)
{
	size_t count = 0, used = 0, length;
	const struct dirent *entry;
	DIR *dir = opendir(folder);

	if (!dir)
		give_up("cannot open folder", folder);
	while ((entry = readdir(dir))) {
		length = strlen(entry->d_name);
		if (length <= strlen(suffix) || strcmp(entry->d_name + length - strlen(suffix), suffix) != 0)
			continue;
		length -= strlen(suffix);
		if (names) {
			names[count] = block + used;
			memcpy(names[count], entry->d_name, length);
			names[count][length] = '\0';
		}
		used += length + 1;
		count++;
	}
	closedir(dir);
	*ret_count = count;
	return used;
}

char **
golden_names(const char *folder, const char *suffix, size_t *ret_count)
{
	size_t count, size = walk(folder, suffix, NULL, NULL, &count);
	char **names = malloc((count + 1) * sizeof *names + size);

	if (!names)
		give_up("no memory to list", folder);
	walk(folder, suffix, names, (char *)(names + count + 1), &count);
	qsort(names, count, sizeof *names, compare_names);
	names[count] = NULL;
	*ret_count = count;
	return names;
}

char *
golden_read(const char *path, size_t *ret_size)
{
	size_t size = 0, capacity = 4096, got;
	FILE *file = fopen(path, "rb");
	char *text, *more;

	if (!file)
		return NULL;
	text = malloc(capacity);
	ck_assert_ptr_nonnull(text);
	while ((got = fread(text + size, 1, capacity - size - 1, file)) > 0) {
		size += got;
		if (size < capacity - 1)
			continue;
		capacity *= 2;
		more = realloc(text, capacity);
		ck_assert_ptr_nonnull(more);
		text = more;
	}
	fclose(file);
	text[size] = '\0';
	*ret_size = size;
	return text;
}

static void
write_file(const char *path, const char *text, size_t size)
{
	FILE *file = fopen(path, "wb");

	ck_assert_msg(file != NULL, "cannot write %s", path);
	ck_assert_uint_eq(fwrite(text, 1, size, file), size);
	ck_assert_int_eq(fclose(file), 0);
}

static unsigned
first_difference(const char *a, size_t size_a, const char *b, size_t size_b)
{
	unsigned line = 1;
	size_t i;

	for (i = 0; i < size_a && i < size_b && a[i] == b[i]; i++)
		line += a[i] == '\n';
	return line;
}

void
golden_check(const char *path, const char *text, size_t size)
{
	const char *update = getenv("UPDATE_GOLDENS");
	size_t expected_size;
	char *expected;
	unsigned line;

	if (update && !strcmp(update, "1")) {
		write_file(path, text, size);
		return;
	}
	expected = golden_read(path, &expected_size);
	ck_assert_msg(expected != NULL, "no golden file %s; UPDATE_GOLDENS=1 makes it", path);
	if (expected_size == size && !memcmp(expected, text, size)) {
		free(expected);
		return;
	}
	line = first_difference(expected, expected_size, text, size);
	fprintf(stderr, "--- %s\n%s+++ found\n%s", path, expected, text);
	free(expected);
	ck_abort_msg("%s differs from line %u on", path, line);
}
