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
	return type->kind == MODEL_DECL && (type->decl->kind == MODEL_ENUM || type->decl->kind == MODEL_FLAGS);
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
