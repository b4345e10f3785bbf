#include "compat/compat_parts.h"
#include "model/cname.h"

struct map
compat_names(struct compat *cx, const struct model_field *fields, size_t count)
{
	struct map map = {.arena = cx->arena};
	size_t i;

	for (i = 0; i < count; i++)
		map_add(&map, compat_key(cx, fields[i].name.text), (void *)&fields[i]);
	return map;
}

bool
compat_moved(struct compat *cx, const struct map *names, const struct model_field *before,
	     const struct model_field *after)
{
	const struct model_field *was = map_get(names, compat_key(cx, after->name.text));

	return was && was != before;
}

/* Do they divide their bytes alike? Then member is compared with member. */
static bool
same_shape(const struct model_record *before, const struct model_record *after)
{
	size_t i;

	if (before->field_count != after->field_count)
		return false;
	for (i = 0; i < before->field_count; i++)
		if (before->fields[i].offset != after->fields[i].offset ||
		    before->fields[i].type->facts.size != after->fields[i].type->facts.size)
			return false;
	return true;
}

static bool
same_struct_bytes(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const struct model_type old = {.kind = MODEL_DECL, .decl = before, .facts = before->facts};
	const struct model_type new = {.kind = MODEL_DECL, .decl = after, .facts = after->facts};

	return compat_same_bytes(cx, &old, &new);
}

static void
compare_struct(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const struct model_record *old = &before->as.record, *new = &after->as.record;
	struct map names = compat_names(cx, old->fields, old->field_count);
	size_t i;

	if (!same_shape(old, new) && same_struct_bytes(cx, before, after)) {
		compat_add(cx, COMPAT_STRUCT_RESHAPED, after->name.span, "'%s' has other members with the same bytes",
			   after->name.text);
		return;
	}
	if (old->field_count != new->field_count) {
		compat_add(cx, COMPAT_STRUCT_CHANGED, after->name.span, "'%s' had %zu members and has %zu",
			   after->name.text, old->field_count, new->field_count);
		return;
	}
	for (i = 0; i < new->field_count; i++) {
		cx->ages[2] = &new->fields[i].age;
		if (compat_moved(cx, &names, &old->fields[i], &new->fields[i])) {
			compat_add(cx, COMPAT_STRUCT_CHANGED, new->fields[i].name.span,
				   "'%s' has another place in '%s'", new->fields[i].name.text, after->name.text);
			continue;
		}
		compat_spelling(cx, &old->fields[i].name, &new->fields[i].name, "member", "C", old->fields[i].name.c,
				new->fields[i].name.c);
		compat_field_type(cx, &old->fields[i], &new->fields[i]);
	}
}

static unsigned
compare_structs(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const struct model_record *old = &before->as.record, *new = &after->as.record;
	struct map names = compat_names(cx, old->fields, old->field_count);
	unsigned difference = 0;
	size_t i;

	if (!same_shape(old, new))
		return same_struct_bytes(cx, before, after) ? 0 : COMPAT_OTHER_WIRE;
	for (i = 0; i < old->field_count; i++) {
		if (compat_moved(cx, &names, &old->fields[i], &new->fields[i]))
			return COMPAT_OTHER_WIRE;
		difference |= compat_part(cx, old->fields[i].type, new->fields[i].type);
	}
	return difference;
}

/* Fields go by their ids. One that is not in both is skipped or zero. */
unsigned
compat_records(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const struct model_record *old = &before->as.record, *new = &after->as.record;
	const struct model_field *now;
	struct map names = compat_names(cx, new->fields, new->field_count);
	unsigned difference = 0;
	size_t i, shared = 0;

	if (before->kind == MODEL_STRUCT)
		return compare_structs(cx, before, after);
	for (i = 0; i < old->reserved_count; i++)
		if (model_field_by_id(new, (uint32_t)old->reserved[i].value.magnitude))
			return COMPAT_OTHER_WIRE;
	for (i = 0; i < old->field_count; i++) {
		now = model_field_by_id(new, old->fields[i].id);
		if (compat_moved(cx, &names, now, &old->fields[i]))
			return COMPAT_OTHER_WIRE;
		if (now)
			difference |= compat_field_part(cx, old->fields[i].type, now->type);
		shared += now != NULL;
	}
	if (!shared || (old->strict && shared < new->field_count) || (new->strict &&shared < old->field_count))
		return COMPAT_OTHER_WIRE;
	return difference;
}

/* Of a union's member the number has a name as well, which is told of where it alone is another. */
static void
compare_field_names(struct compat *cx, const struct model_field *was, const struct model_field *is,
		    const struct model_decl *after)
{
	bool same = !strcmp(was->name.c, is->name.c);

	if (after->kind == MODEL_UNION && same)
		compat_spelling(cx, &was->name, &is->name, "the number of", "C",
				cname_union_kind(cx->arena, after, was), cname_union_kind(cx->arena, after, is));
	else
		compat_spelling(cx, &was->name, &is->name, after->kind == MODEL_UNION ? "member" : "field", "C",
				was->name.c, is->name.c);
}

static void
compare_field(struct compat *cx, const struct model_field *field, const struct model_decl *after,
	      const struct map *names)
{
	const struct model_field *now = model_field_by_id(&after->as.record, field->id);
	const struct model_field *named = map_get(names, compat_key(cx, field->name.text));
	const struct model_field *same = named ? named : now;
	bool strict = after->kind == MODEL_UNION && after->as.record.strict;

	cx->ages[2] = same ? &same->age : NULL;
	if (!same) {
		compat_add(cx, strict ? COMPAT_STRICT_REMOVED : COMPAT_FIELD_REMOVED, after->name.span,
			   "%u: '%s' of '%s' is gone", (unsigned)field->id, field->name.text, after->name.text);
		return;
	}
	if (same != now)
		compat_add(cx, COMPAT_ID_CHANGED, same->name.span, "'%s' had the id %u and has %u", same->name.text,
			   (unsigned)field->id, (unsigned)same->id);
	compare_field_names(cx, field, same, after);
	compat_field_type(cx, field, same);
	if (field->optional != same->optional)
		compat_add(cx, COMPAT_OPTIONAL_CHANGED, same->name.span, "'%s' was %s and is %s", same->name.text,
			   field->optional ? "optional" : "not optional", same->optional ? "optional" : "not optional");
}

/* Only members can be sent, so that strictness matters for those that the other side lacks. */
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
	names = compat_names(cx, new->fields, new->field_count);
	for (i = 0; i < old->field_count; i++)
		compare_field(cx, &old->fields[i], after, &names);
	for (i = 0; i < new->field_count; i++) {
		cx->ages[2] = &new->fields[i].age;
		if (old->strict && !model_field_by_id(old, new->fields[i].id))
			compat_add(cx, COMPAT_STRICT_ADDED, new->fields[i].name.span,
				   "'%s' is new in '%s', which was strict", new->fields[i].name.text, after->name.text);
	}
	compat_reserved(cx, before, after);
	compat_order(cx, before, after);
}
