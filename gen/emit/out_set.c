#include "emit/out.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/os.h"

struct out_item {
	const char *path;
	struct out *out;
	struct out_item *next;
};

struct out_set {
	struct arena *arena;
	struct out_item *first;
	struct out_item **end;
};

/* One file while it is being written. What was there before is kept, so that it can be put back. */
struct file {
	const char *path;
	const char *temporary;
	const char *text;
	size_t size;
	char *old_text;
	size_t old_size;
	bool existed;
	bool changed;
	bool replaced;
};

struct out_set *
out_set_new(struct arena *arena)
{
	struct out_set *set = ARENA_NEW(arena, struct out_set);

	set->arena = arena;
	set->end = &set->first;
	return set;
}

struct out *
out_add(struct out_set *set, const char *path)
{
	struct out_item *item = ARENA_NEW(set->arena, struct out_item);

	item->path = arena_copy(set->arena, path, strlen(path));
	item->out = out_new(set->arena);
	*set->end = item;
	set->end = &item->next;
	return item->out;
}

static const char *
find_duplicate(const struct out_set *set)
{
	const struct out_item *one, *other;

	for (one = set->first; one; one = one->next) {
		for (other = one->next; other; other = other->next) {
			if (strcmp(one->path, other->path) == 0)
				return one->path;
		}
	}
	return NULL;
}

static void
look_at(struct arena *arena, const struct out_item *item, struct file *ret_file)
{
	const char *ignored;

	ret_file->path = item->path;
	ret_file->temporary = arena_format(arena, "%s.tmp", item->path);
	ret_file->text = out_string(item->out, &ret_file->size);
	ret_file->existed =
		os_read_file(arena, item->path, SIZE_MAX, &ret_file->old_text, &ret_file->old_size, &ignored);
	ret_file->changed = !ret_file->existed || ret_file->old_size != ret_file->size ||
			    memcmp(ret_file->old_text, ret_file->text, ret_file->size) != 0;
}

/* Puts back what was there. A second failure leaves a file behind; there is nobody left to tell. */
static void
restore(const struct file *files, size_t count)
{
	const char *ignored;
	size_t i;

	for (i = 0; i < count; i++) {
		if (!files[i].changed)
			continue;
		if (!files[i].replaced)
			os_remove_file(files[i].temporary);
		else if (files[i].existed)
			os_write_file(files[i].path, files[i].old_text, files[i].old_size, &ignored);
		else
			os_remove_file(files[i].path);
	}
}

static bool
write_files(struct arena *arena, struct file *files, size_t count, const char **ret_error)
{
	const char *error;
	size_t i;

	for (i = 0; i < count; i++) {
		if (files[i].changed && !os_write_file(files[i].temporary, files[i].text, files[i].size, &error)) {
			*ret_error = arena_format(arena, "cannot write '%s': %s", files[i].path, error);
			restore(files, i);
			return false;
		}
	}
	for (i = 0; i < count; i++) {
		if (files[i].changed && !os_replace_file(files[i].temporary, files[i].path, &error)) {
			*ret_error = arena_format(arena, "cannot write '%s': %s", files[i].path, error);
			restore(files, count);
			return false;
		}
		files[i].replaced = true;
	}
	return true;
}

bool
out_write(const struct out_set *set, const char **ret_error)
{
	const char *duplicate = find_duplicate(set);
	const struct out_item *item;
	struct file *files;
	size_t count = 0;

	if (duplicate) {
		*ret_error = arena_format(set->arena, "two inputs would write '%s'", duplicate);
		return false;
	}
	for (item = set->first; item; item = item->next)
		count++;
	files = ARENA_ARRAY(set->arena, count, struct file);
	count = 0;
	for (item = set->first; item; item = item->next)
		look_at(set->arena, item, &files[count++]);
	return write_files(set->arena, files, count, ret_error);
}

/* Make wants a backslash before a blank and '#', doubles those that stand before them, and doubles '$'. */
static void
put_path(struct out *out, const char *path)
{
	char piece[2] = "";
	size_t backslashes = 0;

	for (; *path; path++) {
		if (*path == ' ' || *path == '#') {
			for (; backslashes > 0; backslashes--)
				out_puts(out, "\\");
			out_puts(out, "\\");
		}
		if (*path == '$')
			out_puts(out, "$");
		backslashes = *path == '\\' ? backslashes + 1 : 0;
		piece[0] = *path;
		out_puts(out, piece);
	}
}

void
out_rule(struct out *out, const char *const *targets, size_t target_count, const char *const *sources,
	 size_t source_count)
{
	size_t i;

	for (i = 0; i < target_count; i++) {
		if (i)
			out_puts(out, " ");
		put_path(out, targets[i]);
	}
	out_puts(out, ":");
	for (i = 0; i < source_count; i++) {
		out_puts(out, " ");
		put_path(out, sources[i]);
	}
	out_puts(out, "\n");
}
