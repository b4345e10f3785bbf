#include <string.h>

#include "arena.h"
#include "compat_parts.h"

#define DEPTH_MAX 64

static bool
is_set(const struct model_type *type)
{
	return type->kind == MODEL_DECL && (type->decl->kind == MODEL_ENUM || type->decl->kind == MODEL_FLAGS);
}

/* By full name, but a module that has been renamed is told of as that. */
static bool
same_decl(const struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	if (before->module == cx->before && after->module == cx->after)
		return !strcmp(before->name.text, after->name.text);
	return !strcmp(before->full_name, after->full_name);
}

static bool
same_values(const struct model_set *before, const struct model_set *after)
{
	size_t i, j;

	if (before->value_count != after->value_count)
		return false;
	for (i = 0; i < before->value_count; i++) {
		for (j = 0; j < after->value_count && !compat_equal(before->values[i].value, after->values[j].value);
		     j++)
			;
		if (j == after->value_count)
			return false;
	}
	return true;
}

/* An open set is its base on the wire and in C; a strict one is checked. */
static unsigned
compare_sets(const struct compat *cx, const struct model_type *before, const struct model_type *after)
{
	enum model_type_kind base_before = is_set(before) ? before->decl->as.set.base : before->kind;
	enum model_type_kind base_after = is_set(after) ? after->decl->as.set.base : after->kind;
	bool strict_before = is_set(before) && before->decl->as.set.strict,
	     strict_after = is_set(after) && after->decl->as.set.strict;

	if (is_set(before) && is_set(after) && same_decl(cx, before->decl, after->decl))
		return 0;
	if (base_before != base_after || strict_before != strict_after)
		return COMPAT_OTHER_WIRE;
	if (strict_before && !same_values(&before->decl->as.set, &after->decl->as.set))
		return COMPAT_OTHER_WIRE;
	return 0;
}

/* Two records of different names: the same on the wire when all their fields are. */
static unsigned
compare_records(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const struct model_record *a = &before->as.record, *b = &after->as.record;
	unsigned difference = COMPAT_OTHER_C;
	const struct model_field *one, *other;
	const char *pair = arena_format(cx->arena, "%s %s", before->full_name, after->full_name);
	size_t i;

	/* Nothing that deep is decoded; and the way down takes stack. */
	if (cx->depth == DEPTH_MAX)
		return COMPAT_OTHER_WIRE;
	if (before->kind != after->kind || a->field_count != b->field_count || a->strict != b->strict)
		return COMPAT_OTHER_WIRE;
	if (map_add(&cx->pairs, map_name(arena_intern(cx->arena, pair, strlen(pair))), cx))
		return COMPAT_OTHER_C;
	for (i = 0; i < a->field_count; i++) {
		one = before->kind == MODEL_STRUCT ? &a->fields[i] : a->by_id[i];
		other = before->kind == MODEL_STRUCT ? &b->fields[i] : b->by_id[i];
		if (one->id != other->id)
			return COMPAT_OTHER_WIRE;
		cx->depth++;
		difference |= compat_types(cx, one->type, other->type);
		cx->depth--;
	}
	return difference;
}

unsigned
compat_types(struct compat *cx, const struct model_type *before, const struct model_type *after)
{
	unsigned bound = after->bound < before->bound ? COMPAT_SMALLER_BOUND : 0u;

	if (is_set(before) || is_set(after))
		return compare_sets(cx, before, after);
	if (before->kind != after->kind)
		return COMPAT_OTHER_WIRE;
	switch (before->kind) {
	case MODEL_DECL:
		return same_decl(cx, before->decl, after->decl) ? 0 : compare_records(cx, before->decl, after->decl);
	case MODEL_ARRAY:
		return before->bound == after->bound ? compat_types(cx, before->element, after->element)
						     : COMPAT_OTHER_WIRE;
	case MODEL_LIST:
		return bound | compat_types(cx, before->element, after->element);
	case MODEL_HANDLE:
		return before->handle == after->handle && before->rights == after->rights ? 0 : COMPAT_OTHER_WIRE;
	default:
		return bound;
	}
}

void
compat_field_type(struct compat *cx, const struct model_field *before, const struct model_field *after)
{
	const char *was = before->type->text, *is = after->type->text, *name = after->name.text;
	unsigned difference = compat_types(cx, before->type, after->type);

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
