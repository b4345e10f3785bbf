#include "compat/compat_parts.h"

/* Bounds the time that one comparison takes, and the stack. */
#define RUNS_MAX 4096
#define DEPTH_MAX 64

/* Scalars in a row: all of an array, or one. */
struct run {
	const struct model_type *type; /* of each */
	const char *name;              /* of the innermost member; "" outside structs */
	uint64_t offset;
	uint64_t count;
};

struct runs {
	struct arena *arena;
	struct run *items;
	size_t count, capacity;
	unsigned depth;
	bool too_many;
};

static void
add_run(struct runs *runs, const struct run *run)
{
	struct run *items;

	if (runs->count == RUNS_MAX) {
		runs->too_many = true;
		return;
	}
	if (runs->count == runs->capacity) {
		runs->capacity = runs->capacity ? runs->capacity * 2 : 8;
		items = ARENA_ARRAY(runs->arena, runs->capacity, struct run);
		if (runs->count)
			memcpy(items, runs->items, runs->count * sizeof *items);
		runs->items = items;
	}
	runs->items[runs->count++] = *run;
}

static void
add_type(struct runs *runs, const struct model_type *type, const char *name, uint64_t offset)
{
	const struct model_type *element = type->element;
	const struct model_record *record;
	uint64_t i;

	if (compat_is_scalar(type)) {
		add_run(runs, &(struct run){type, name, offset, 1});
		return;
	}
	if (type->kind == MODEL_ARRAY && compat_is_scalar(element)) {
		add_run(runs, &(struct run){element, name, offset, type->bound});
		return;
	}
	runs->too_many = runs->too_many || runs->depth == DEPTH_MAX;
	runs->depth++;
	if (type->kind == MODEL_ARRAY) {
		for (i = 0; i < type->bound && !runs->too_many; i++)
			add_type(runs, element, name, offset + i * element->facts.size);
	} else {
		record = &type->decl->as.record;
		for (i = 0; i < record->field_count && !runs->too_many; i++)
			add_type(runs, record->fields[i].type, record->fields[i].name.text,
				 offset + record->fields[i].offset);
	}
	runs->depth--;
}

/* Takes 'count' scalars from the front. */
static void
advance(struct runs *runs, size_t *index, uint64_t count)
{
	struct run *run = &runs->items[*index];

	run->offset += count * run->type->facts.size;
	run->count -= count;
	*index += run->count == 0;
}

/* Where the names of a place differ, the later one must not be that of another such place before. */
static bool
same_runs(struct compat *cx, struct runs *before, struct runs *after)
{
	struct map gone = {.arena = cx->arena}, come = {.arena = cx->arena};
	size_t i = 0, j = 0;

	while (i < before->count && j < after->count) {
		const struct run *a = &before->items[i], *b = &after->items[j];
		uint64_t count = a->count < b->count ? a->count : b->count;

		if (a->offset != b->offset || compat_scalars(cx, a->type, b->type) != 0)
			return false;
		if (strcmp(a->name, b->name) != 0) {
			map_add(&gone, compat_key(cx, a->name), cx);
			map_add(&come, compat_key(cx, b->name), cx);
			if (map_get(&gone, compat_key(cx, b->name)) || map_get(&come, compat_key(cx, a->name)))
				return false;
		}
		advance(before, &i, count);
		advance(after, &j, count);
	}
	return i == before->count && j == after->count;
}

bool
compat_same_bytes(struct compat *cx, const struct model_type *before, const struct model_type *after)
{
	struct runs a = {.arena = cx->arena}, b = {.arena = cx->arena};

	if (!before->facts.flat || !after->facts.flat || before->facts.size != after->facts.size)
		return false;
	add_type(&a, before, "", 0);
	add_type(&b, after, "", 0);
	return !a.too_many && !b.too_many && same_runs(cx, &a, &b);
}
