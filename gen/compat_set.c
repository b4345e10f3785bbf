#include <inttypes.h>

#include "compat_parts.h"

static const char *
number_text(struct compat *cx, struct model_integer number)
{
	return arena_format(cx->arena, "%s%" PRIu64, number.negative ? "-" : "", number.magnitude);
}

/* A set by number and by name; it may be large. */
struct index {
	struct map numbers;
	struct map names;
};

static uint64_t
number_key(struct model_integer number)
{
	return number.negative ? 0 - number.magnitude : number.magnitude;
}

static struct index
index_values(struct compat *cx, const struct model_set *set)
{
	struct index index = {.numbers.arena = cx->arena, .names.arena = cx->arena};
	size_t i;

	for (i = 0; i < set->value_count; i++) {
		map_add(&index.numbers, number_key(set->values[i].value), &set->values[i]);
		map_add(&index.names, compat_key(cx, set->values[i].name.text), &set->values[i]);
	}
	return index;
}

static void
compare_value(struct compat *cx, const struct model_value *value, const struct model_decl *after,
	      const struct index *index)
{
	const struct model_value *now = map_get(&index->numbers, number_key(value->value));
	const struct model_value *named = map_get(&index->names, compat_key(cx, value->name.text));

	/* Two names that change places are two numbers that mean something else. */
	if (named && named != now) {
		cx->ages[2] = &named->age;
		compat_add(cx, COMPAT_VALUE_CHANGED, named->name.span, "'%s' was %s and is %s", named->name.text,
			   number_text(cx, value->value), number_text(cx, named->value));
	} else if (now) {
		cx->ages[2] = &now->age;
		compat_name(cx, &value->name, &now->name, "value");
	} else {
		cx->ages[2] = NULL;
		compat_add(cx, after->as.set.strict ? COMPAT_STRICT_REMOVED : COMPAT_VALUE_REMOVED, after->name.span,
			   "'%s' = %s of '%s' is gone", value->name.text, number_text(cx, value->value),
			   after->name.text);
	}
}

void
compat_set(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const struct model_set *old = &before->as.set, *new = &after->as.set;
	struct index old_index = index_values(cx, old), new_index = index_values(cx, new);
	size_t i;

	if (old->base != new->base)
		compat_add(cx, COMPAT_BASE_CHANGED, after->name.span, "'%s' has another base", after->name.text);
	if (old->strict != new->strict)
		compat_add(cx, COMPAT_STRICTNESS_CHANGED, after->name.span, "'%s' was %s and is %s", after->name.text,
			   old->strict ? "strict" : "open", new->strict ? "strict" : "open");
	for (i = 0; i < old->value_count; i++)
		compare_value(cx, &old->values[i], after, &new_index);
	for (i = 0; i < new->value_count; i++) {
		cx->ages[2] = &new->values[i].age;
		compat_reserved(cx, old->reserved, old->reserved_count, new->values[i].value, &new->values[i].name,
				"value");
		if (old->strict && new->strict && !map_get(&old_index.numbers, number_key(new->values[i].value)))
			compat_add(cx, COMPAT_STRICT_ADDED, new->values[i].name.span,
				   "'%s' is new in '%s', which was strict", new->values[i].name.text, after->name.text);
	}
}

bool
compat_sets_contradict(struct compat *cx, const struct model_set *before, const struct model_set *after)
{
	struct index index = index_values(cx, after);
	const struct model_value *value, *now, *named;
	bool shared = false;
	size_t i;

	for (i = 0; i < before->value_count; i++) {
		value = &before->values[i];
		now = map_get(&index.numbers, number_key(value->value));
		named = map_get(&index.names, compat_key(cx, value->name.text));
		if (now != named)
			return true;
		shared = shared || now;
	}
	return !shared;
}

static unsigned
compare_sets(struct compat *cx, const struct model_set *before, const struct model_set *after)
{
	struct index index = index_values(cx, after);
	size_t i, gone = 0;

	if (compat_sets_contradict(cx, before, after))
		return COMPAT_OTHER_WIRE;
	for (i = 0; i < before->reserved_count; i++)
		if (map_get(&index.numbers, number_key(before->reserved[i].value)))
			return COMPAT_OTHER_WIRE;
	for (i = 0; i < before->value_count; i++)
		gone += !map_get(&index.numbers, number_key(before->values[i].value));
	if (before->strict && (gone || before->value_count != after->value_count))
		return COMPAT_OTHER_WIRE;
	return gone ? COMPAT_OTHER_C : 0;
}

unsigned
compat_sets(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const char *names = arena_format(cx->arena, "%s %s", before->full_name, after->full_name);
	unsigned *known = map_get(&cx->sets, compat_key(cx, names));

	/* Sets may be large, and stand in many places. */
	if (!known) {
		known = ARENA_NEW(cx->arena, unsigned);
		*known = compare_sets(cx, &before->as.set, &after->as.set);
		map_add(&cx->sets, compat_key(cx, names), known);
	}
	return *known;
}
