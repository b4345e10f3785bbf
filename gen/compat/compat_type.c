#include <string.h>

#include "base/arena.h"
#include "compat/compat_parts.h"

/* Two records of different names that take each other's place. */
struct compat_pair {
	struct compat_pair *next; /* of this round */
	const struct model_decl *before, *after;
	unsigned difference;
	unsigned round; /* in which it was met last */
	bool known;     /* 'difference' is all of it */
};

static bool
is_set(const struct model_type *type)
{
	return type->kind == MODEL_DECL && model_is_set(type->decl);
}

bool
compat_is_scalar(const struct model_type *type)
{
	return type->kind < MODEL_DECL || is_set(type);
}

/* By full name, but a module that has been renamed is told of as that. */
bool
compat_same_decl(const struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	if (before->module == cx->before && after->module == cx->after)
		return !strcmp(before->name.text, after->name.text);
	return !strcmp(before->full_name, after->full_name);
}

/* An open set is its base on the wire and in C; a strict one is checked. */
unsigned
compat_scalars(struct compat *cx, const struct model_type *before, const struct model_type *after)
{
	enum model_type_kind base_before = is_set(before) ? before->decl->as.set.base : before->kind;
	enum model_type_kind base_after = is_set(after) ? after->decl->as.set.base : after->kind;
	bool strict_before = is_set(before) && before->decl->as.set.strict,
	     strict_after = is_set(after) && after->decl->as.set.strict;

	if (is_set(before) && is_set(after) && compat_same_decl(cx, before->decl, after->decl))
		return 0;
	if (base_before != base_after || strict_before != strict_after)
		return COMPAT_OTHER_WIRE;
	return is_set(before) && is_set(after) ? compat_sets(cx, before->decl, after->decl) : 0;
}

static struct compat_pair *
find_pair(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const char *names = arena_format(cx->arena, "%s %s", before->full_name, after->full_name);
	struct compat_pair *made = ARENA_NEW(cx->arena, struct compat_pair), *pair;

	made->before = before;
	made->after = after;
	pair = map_add(&cx->pairs, compat_key(cx, names), made);
	return pair ? pair : made;
}

/* What is inside is compared later: types may hold themselves, and the way down may be long. */
static unsigned
compare_records(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	struct compat_pair *pair;

	if (compat_same_decl(cx, before, after))
		return 0;
	if (before->kind != after->kind)
		return COMPAT_OTHER_WIRE;
	pair = find_pair(cx, before, after);
	if (pair->known)
		return pair->difference;
	if (pair->round != cx->round) {
		pair->round = cx->round;
		*cx->pairs_end = pair;
		cx->pairs_end = &pair->next;
		pair->next = NULL;
	}
	return COMPAT_OTHER_C;
}

unsigned
compat_part(struct compat *cx, const struct model_type *before, const struct model_type *after)
{
	unsigned bound = after->bound < before->bound ? COMPAT_SMALLER_BOUND : 0u;

	if (compat_is_scalar(before) && compat_is_scalar(after))
		return compat_scalars(cx, before, after);
	if (before->kind == after->kind) {
		switch (before->kind) {
		case MODEL_DECL:
			if (!is_set(before) && !is_set(after))
				return compare_records(cx, before->decl, after->decl);
			break;
		case MODEL_ARRAY:
			if (before->bound == after->bound)
				return compat_part(cx, before->element, after->element);
			break;
		case MODEL_LIST:
			return bound | compat_part(cx, before->element, after->element);
		case MODEL_HANDLE:
			return before->handle == after->handle && before->rights == after->rights ? 0
												  : COMPAT_OTHER_WIRE;
		default:
			return bound;
		}
	}
	return compat_same_bytes(cx, before, after) ? COMPAT_OTHER_C : COMPAT_OTHER_WIRE;
}

/* A small scalar stands in the head of its record, where nothing else can. */
unsigned
compat_field_part(struct compat *cx, const struct model_type *before, const struct model_type *after)
{
	bool small_before = compat_is_scalar(before) && before->facts.size <= 4,
	     small_after = compat_is_scalar(after) && after->facts.size <= 4;

	return small_before == small_after ? compat_part(cx, before, after) : COMPAT_OTHER_WIRE;
}

/* 0: the same. */
static unsigned
compare_types(struct compat *cx, const struct model_field *before, const struct model_field *after)
{
	struct compat_pair *first = NULL, *pair;
	unsigned difference, inside = 0;

	cx->round++;
	cx->pairs_end = &first;
	difference = after->id ? compat_field_part(cx, before->type, after->type)
			       : compat_part(cx, before->type, after->type);
	for (pair = first; pair && !(inside & COMPAT_OTHER_WIRE); pair = pair->next)
		inside |= COMPAT_OTHER_C | compat_records(cx, pair->before, pair->after);
	/* All the others are inside the first. */
	for (pair = first; pair && (pair == first || inside == COMPAT_OTHER_C); pair = pair->next) {
		pair->difference = inside;
		pair->known = true;
	}
	return difference | inside;
}

void
compat_field_type(struct compat *cx, const struct model_field *before, const struct model_field *after)
{
	const char *was = before->type->text, *is = after->type->text, *name = after->name.text;
	unsigned difference = compare_types(cx, before, after);

	if (difference & COMPAT_OTHER_WIRE) {
		compat_add(cx, COMPAT_TYPE_CHANGED, after->name.span, "'%s' was '%s' and is '%s'", name, was, is);
		return;
	}
	if (difference & COMPAT_OTHER_C)
		compat_add(cx, COMPAT_TYPE_RENAMED, after->name.span,
			   "'%s' was '%s' and is '%s', which is another type in C", name, was, is);
	if (difference & COMPAT_SMALLER_BOUND)
		compat_add(cx, COMPAT_BOUND_REDUCED, after->name.span, "'%s' was '%s' and is '%s', which holds less",
			   name, was, is);
}

/* ---- the same bytes, divided in another way ---- */

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
