#include "front.h"

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/os.h"
#include "model/cname.h"
#include "model/model.h"
#include "syntax/load.h"

/* One of the two. */
struct place {
	const char *folder;
	const char *path;
	const char *text;
	size_t size;
};

static void
no_memory(void)
{
	fputs("out of memory\n", stderr);
	abort();
}

static bool
read_place(void *context, struct arena *arena, const char *path, char **ret_text, size_t *ret_size,
	   const char **ret_error)
{
	const struct place *place = context;

	if (place->text && !strcmp(path, place->path)) {
		*ret_text = arena_copy(arena, place->text, place->size);
		*ret_size = place->size;
		return true;
	}
	if (!place->folder) {
		*ret_error = "nothing to import from";
		return false;
	}
	return os_read_file(arena, arena_format(arena, "%s/%s", place->folder, path), SOURCE_SIZE_MAX, ret_text,
			    ret_size, ret_error);
}

static struct front
front_run(struct place *place, const char *path)
{
	const struct load_reader reader = {read_place, place};
	struct front front;
	size_t i;

	front.arena = arena_new(no_memory);
	front.diag = diag_new(front.arena);
	/* It stays in the diagnostics when the caller's is gone. */
	path = arena_copy(front.arena, path, strlen(path));
	front.load = load_files(front.arena, front.diag, &reader, NULL, 0, &path, 1);
	resolve(front.arena, front.diag, front.load);
	for (i = 0; i < front.load->order_count; i++)
		if (!front.load->order[i]->broken)
			cname_assign(front.arena, front.load->order[i]->model, front.diag);
	return front;
}

struct front
front_file(const char *folder, const char *path)
{
	struct place place = {.folder = folder};

	return front_run(&place, path);
}

struct front
front_text(const char *text, size_t size)
{
	return front_named("test.cdidl", text, size);
}

struct front
front_named(const char *path, const char *text, size_t size)
{
	struct place place = {.path = path, .text = text, .size = size};

	return front_run(&place, path);
}

void
front_free(struct front *front)
{
	arena_free(front->arena);
	front->arena = NULL;
}

const struct model *
front_model(const struct front *front)
{
	size_t size;

	if (diag_errors(front->diag)) {
		fputs(diag_render(front->diag, &size), stderr);
		ck_abort_msg("the input has errors");
	}
	return front->load->inputs[0]->model;
}

const char *
front_messages(const struct front *front, size_t *ret_size)
{
	return diag_render(front->diag, ret_size);
}
