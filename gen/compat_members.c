#include <inttypes.h>
#include <string.h>

#include "arena.h"
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
name_key(struct compat *cx, const char *name)
{
	return map_name(arena_intern(cx->arena, name, strlen(name)));
}

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
		map_add(&index.names, name_key(cx, set->values[i].name.text), &set->values[i]);
	}
	return index;
}

static void
compare_value(struct compat *cx, const struct model_value *value, const struct model_decl *after,
	      const struct index *index)
{
	const struct model_value *now = map_get(&index->numbers, number_key(value->value));
	const struct model_value *named = map_get(&index->names, name_key(cx, value->name.text));

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
				   "'%s' is new in '%s', which is strict", new->values[i].name.text, after->name.text);
	}
}

/* From a name to the field; a table may have many. */
static struct map
fields_by_name(struct compat *cx, const struct model_record *record)
{
	struct map map = {.arena = cx->arena};
	size_t i;

	for (i = 0; i < record->field_count; i++)
		map_add(&map, name_key(cx, record->fields[i].name.text), &record->fields[i]);
	return map;
}

static void
compare_struct(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const struct model_record *old = &before->as.record, *new = &after->as.record;
	struct map names = fields_by_name(cx, old);
	const struct model_field *was;
	size_t i;

	if (old->field_count != new->field_count) {
		compat_add(cx, COMPAT_STRUCT_CHANGED, after->name.span, "'%s' had %zu members and has %zu",
			   after->name.text, old->field_count, new->field_count);
		return;
	}
	for (i = 0; i < new->field_count; i++) {
		cx->ages[2] = &new->fields[i].age;
		was = map_get(&names, name_key(cx, new->fields[i].name.text));
		if (was && was != &old->fields[i]) {
			compat_add(cx, COMPAT_STRUCT_CHANGED, new->fields[i].name.span,
				   "'%s' has another place in '%s'", new->fields[i].name.text, after->name.text);
			continue;
		}
		compat_name(cx, &old->fields[i].name, &new->fields[i].name, "member");
		compat_field_type(cx, &old->fields[i], &new->fields[i]);
	}
}

static const struct model_field *
find_id(const struct model_record *record, uint32_t id)
{
	size_t low = 0, high = record->field_count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (record->by_id[middle]->id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < record->field_count && record->by_id[low]->id == id ? record->by_id[low] : NULL;
}

static void
compare_field(struct compat *cx, const struct model_field *field, const struct model_decl *after,
	      const struct map *names)
{
	const struct model_field *now = find_id(&after->as.record, field->id);
	const struct model_field *named = map_get(names, name_key(cx, field->name.text));
	bool strict = after->kind == MODEL_UNION && after->as.record.strict;

	if (named && named != now) {
		cx->ages[2] = &named->age;
		compat_add(cx, COMPAT_ID_CHANGED, named->name.span, "'%s' had the id %u and has %u", named->name.text,
			   (unsigned)field->id, (unsigned)named->id);
		return;
	}
	if (!now) {
		cx->ages[2] = NULL;
		compat_add(cx, strict ? COMPAT_STRICT_REMOVED : COMPAT_FIELD_REMOVED, after->name.span,
			   "%u: '%s' of '%s' is gone", (unsigned)field->id, field->name.text, after->name.text);
		return;
	}
	cx->ages[2] = &now->age;
	compat_name(cx, &field->name, &now->name, after->kind == MODEL_UNION ? "member" : "field");
	compat_field_type(cx, field, now);
	if (field->optional != now->optional)
		compat_add(cx, COMPAT_OPTIONAL_CHANGED, now->name.span, "'%s' was %s and is %s", now->name.text,
			   field->optional ? "optional" : "not optional", now->optional ? "optional" : "not optional");
}

void
compat_record(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const struct model_record *old = &before->as.record, *new = &after->as.record;
	struct map names;
	size_t i;

	if (after->kind == MODEL_STRUCT) {
		compare_struct(cx, before, after);
		return;
	}
	if (old->strict != new->strict)
		compat_add(cx, COMPAT_STRICTNESS_CHANGED, after->name.span, "'%s' was %s and is %s", after->name.text,
			   old->strict ? "strict" : "open", new->strict ? "strict" : "open");
	names = fields_by_name(cx, new);
	for (i = 0; i < old->field_count; i++)
		compare_field(cx, &old->fields[i], after, &names);
	for (i = 0; i < new->field_count; i++) {
		cx->ages[2] = &new->fields[i].age;
		compat_reserved(cx, old->reserved, old->reserved_count,
				(struct model_integer){new->fields[i].id, false}, &new->fields[i].name, "id");
		if (old->strict && new->strict && !find_id(old, new->fields[i].id))
			compat_add(cx, COMPAT_STRICT_ADDED, new->fields[i].name.span,
				   "'%s' is new in '%s', which is strict", new->fields[i].name.text, after->name.text);
	}
}
