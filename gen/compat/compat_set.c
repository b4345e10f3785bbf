#include "compat/compat_parts.h"

/* A set by number and by name; it may be large. */
struct index {
	struct map numbers;
	struct map names;
};

static struct index
index_values(struct compat *cx, const struct model_set *set)
{
	struct index index = {.numbers.arena = cx->arena, .names.arena = cx->arena};
	size_t i;

	for (i = 0; i < set->value_count; i++) {
		map_add(&index.numbers, compat_number(set->values[i].value), &set->values[i]);
		map_add(&index.names, compat_key(cx, set->values[i].name.text), &set->values[i]);
	}
	return index;
}

/* A name for several bits, which now stands for new ones as well: All, beside a bit that was not there. */
static bool
is_widened(const struct model_decl *before, const struct model_decl *after, struct model_integer was,
	   struct model_integer is)
{
	uint64_t more = is.magnitude & ~was.magnitude;
	uint64_t known = compat_bits(&before->as.set) | compat_reserved_bits(&before->as.set);

	return before->kind == MODEL_FLAGS && after->kind == MODEL_FLAGS && !(was.magnitude & ~is.magnitude) &&
	       (was.magnitude & (was.magnitude - 1)) && !(more & known);
}

static void
compare_value(struct compat *cx, const struct model_value *value, const struct model_decl *before,
	      const struct model_decl *after, const struct index *index)
{
	const struct model_value *now = map_get(&index->numbers, compat_number(value->value));
	const struct model_value *named = map_get(&index->names, compat_key(cx, value->name.text));
	const struct model_value *same = named ? named : now;

	cx->ages[2] = same ? &same->age : NULL;
	if (!same) {
		compat_add(cx, after->as.set.strict ? COMPAT_STRICT_REMOVED : COMPAT_VALUE_REMOVED, after->name.span,
			   "'%s' = %s of '%s' is gone", value->name.text, model_integer_text(cx->arena, value->value),
			   after->name.text);
		return;
	}
	/* Two names that change places are two numbers that mean something else. */
	if (same != now && !is_widened(before, after, value->value, same->value))
		compat_add(cx, COMPAT_VALUE_CHANGED, same->name.span, "'%s' was %s and is %s", same->name.text,
			   model_integer_text(cx->arena, value->value), model_integer_text(cx->arena, same->value));
	compat_name(cx, &value->name, &same->name, "value");
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
		compare_value(cx, &old->values[i], before, after, &new_index);
	for (i = 0; i < new->value_count; i++) {
		cx->ages[2] = &new->values[i].age;
		if (old->strict && new->strict && !map_get(&old_index.numbers, compat_number(new->values[i].value)))
			compat_add(cx, COMPAT_STRICT_ADDED, new->values[i].name.span,
				   "'%s' is new in '%s', which was strict", new->values[i].name.text, after->name.text);
	}
	compat_reserved(cx, before, after);
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
		now = map_get(&index.numbers, compat_number(value->value));
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
		if (map_get(&index.numbers, compat_number(before->reserved[i].value)))
			return COMPAT_OTHER_WIRE;
	for (i = 0; i < before->value_count; i++)
		gone += !map_get(&index.numbers, compat_number(before->values[i].value));
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
