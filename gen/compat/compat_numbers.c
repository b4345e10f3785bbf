#include <inttypes.h>

#include "compat/compat_parts.h"

/*
 * What the members of a declaration have in common, whatever they are: a number, a name, a place, a history. They are the
 * values of a set, the members of a record, or the methods of an interface.
 */
struct member {
	struct model_integer number; /* of a struct's: its place */
	const struct model_name *name;
	const struct model_age *age;
	bool event;
};

static size_t
member_count(const struct model_decl *decl)
{
	if (decl->kind == MODEL_CONST)
		return 0;
	if (decl->kind == MODEL_INTERFACE)
		return decl->as.iface.method_count;
	return model_is_record(decl) ? decl->as.record.field_count : decl->as.set.value_count;
}

static struct member
member_at(const struct model_decl *decl, size_t i)
{
	if (decl->kind == MODEL_INTERFACE) {
		const struct model_method *method = &decl->as.iface.methods[i];

		return (struct member){
			{method->ordinal, false}, &method->name, &method->age, method->kind == MODEL_EVENT};
	}
	if (model_is_record(decl)) {
		const struct model_field *field = &decl->as.record.fields[i];

		return (struct member){
			{decl->kind == MODEL_STRUCT ? i : field->id, false}, &field->name, &field->age, false};
	}
	return (struct member){decl->as.set.values[i].value, &decl->as.set.values[i].name, &decl->as.set.values[i].age,
			       false};
}

/* Members by name or by number: one more than the place of each. */
static struct map
index_members(struct compat *cx, const struct model_decl *decl, bool by_name)
{
	struct map map = {.arena = cx->arena};
	struct member member;
	size_t i;

	for (i = 0; i < member_count(decl); i++) {
		member = member_at(decl, i);
		map_add(&map, by_name ? compat_key(cx, member.name->text) : compat_number(member.number),
			(void *)(uintptr_t)(i + 1));
	}
	return map;
}

/* ---- places ---- */

/* A member of a C struct, and the place that it had before; SIZE_MAX: it is new. */
struct place {
	struct member member;
	size_t before;
};

/* A member is the same as the one of its name, or as that of its number if that one has got another name. */
static struct place *
find_places(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	struct map names = index_members(cx, before, true), numbers = index_members(cx, before, false);
	struct map new_names = index_members(cx, after, true);
	struct place *places = ARENA_ARRAY(cx->arena, member_count(after), struct place);
	struct member member;
	size_t i, was;

	for (i = 0; i < member_count(after); i++) {
		member = member_at(after, i);
		was = (size_t)(uintptr_t)map_get(&names, compat_key(cx, member.name->text));
		if (!was) {
			was = (size_t)(uintptr_t)map_get(&numbers, compat_number(member.number));
			if (was && map_get(&new_names, compat_key(cx, member_at(before, was - 1).name->text)))
				was = 0;
		}
		if (was && member_at(before, was - 1).event != member.event)
			was = 0;
		places[i] = (struct place){member, was - 1};
	}
	return places;
}

/* The members of one struct: those that have changed places, and the new ones that are not at the end. */
static void
compare_places(struct compat *cx, const struct place *places, size_t count, bool events, const char *what)
{
	const struct place *last = NULL, *place;
	const char *name;

	while (count && (places[count - 1].before == SIZE_MAX || places[count - 1].member.event != events))
		count--;
	for (place = places; place < places + count; place++) {
		if (place->member.event != events)
			continue;
		cx->ages[2] = place->member.age;
		name = place->member.name->text;
		if (place->before == SIZE_MAX)
			compat_add(cx, COMPAT_ORDER_CHANGED, place->member.name->span,
				   "%s '%s' is new and not at the end: those behind it have other places in C", what,
				   name);
		else if (last && place->before < last->before)
			compat_add(cx, COMPAT_ORDER_CHANGED, place->member.name->span,
				   "%s '%s' was before '%s' in C and is behind it", what, name,
				   last->member.name->text);
		else
			last = place;
	}
}

void
compat_order(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const struct place *places = find_places(cx, before, after);
	size_t count = member_count(after), i;

	switch (after->kind) {
	case MODEL_TABLE:
		compare_places(cx, places, count, false, "field");
		break;
	case MODEL_INTERFACE:
		compare_places(cx, places, count, false, "method");
		compare_places(cx, places, count, true, "event");
		break;
	default:
		/* In a union the first one alone is initialised by position. */
		for (i = 1; i < count && places[i].before; i++)
			;
		if (!places[0].before || i >= count)
			return;
		cx->ages[2] = places[0].member.age;
		compat_add(cx, COMPAT_ORDER_CHANGED, places[0].member.name->span,
			   "member '%s' is the first in C, which '%s' was", places[0].member.name->text,
			   places[i].member.name->text);
	}
}

/* ---- suppressions ---- */

/*
 * A [breaks] that the older file has already is about a change that has been made, and accepts no other. Which of the
 * newer file's are so is found out first: those that the same thing has in the older file, with the same reason. A member
 * is the same by its number or by its name.
 */
static void
mark_age(struct compat *cx, const struct model_age *before, const struct model_age *after)
{
	const struct model_breaks *old, *new;

	for (new = after->breaks; new; new = new->next)
		for (old = before->breaks; old; old = old->next)
			if (!strcmp(old->rule, new->rule) && !strcmp(old->reason, new->reason))
				map_add(&cx->used_up, (uint64_t)(uintptr_t) new, cx);
}

void
compat_mark_breaks(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	struct map numbers = index_members(cx, before, false), names = index_members(cx, before, true);
	struct member member;
	size_t i, was;

	mark_age(cx, &before->age, &after->age);
	for (i = 0; i < member_count(after); i++) {
		member = member_at(after, i);
		was = (size_t)(uintptr_t)map_get(&numbers, compat_number(member.number));
		if (was)
			mark_age(cx, member_at(before, was - 1).age, member.age);
		was = (size_t)(uintptr_t)map_get(&names, compat_key(cx, member.name->text));
		if (was)
			mark_age(cx, member_at(before, was - 1).age, member.age);
	}
}

void
compat_mark_module_breaks(struct compat *cx, const struct model *before, const struct model *after)
{
	mark_age(cx, &before->age, &after->age);
}

/* ---- numbers that were in use, are, or must not be ---- */

static const struct model_reserved *
reserved_of(const struct model_decl *decl, size_t *ret_count)
{
	if (decl->kind == MODEL_INTERFACE) {
		*ret_count = decl->as.iface.reserved_count;
		return decl->as.iface.reserved;
	}
	*ret_count = model_is_record(decl) ? decl->as.record.reserved_count : decl->as.set.reserved_count;
	return model_is_record(decl) ? decl->as.record.reserved : decl->as.set.reserved;
}

static struct map
index_reserved(struct compat *cx, const struct model_decl *decl)
{
	struct map map = {.arena = cx->arena};
	size_t count, i;
	const struct model_reserved *reserved = reserved_of(decl, &count);

	for (i = 0; i < count; i++)
		map_add(&map, compat_number(reserved[i].value), cx);
	return map;
}

static void
compare_numbers(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const char *what = after->kind == MODEL_INTERFACE ? "ordinal" : model_is_record(after) ? "id" : "value";
	struct map old_kept = index_reserved(cx, before), kept = index_reserved(cx, after);
	struct map used = index_members(cx, after, false);
	const struct model_reserved *reserved;
	struct member member;
	size_t count, i;

	for (i = 0; i < member_count(after); i++) {
		member = member_at(after, i);
		cx->ages[2] = member.age;
		if (map_get(&old_kept, compat_number(member.number)))
			compat_add(cx, COMPAT_RESERVED_REUSED, member.name->span, "'%s' uses a reserved %s",
				   member.name->text, what);
	}
	cx->ages[2] = NULL;
	for (i = 0; i < member_count(before); i++) {
		member = member_at(before, i);
		if (!map_get(&used, compat_number(member.number)) && !map_get(&kept, compat_number(member.number)))
			compat_add(cx, COMPAT_RESERVED_MISSING, after->name.span,
				   "the %s %s of '%s' was in use and is not reserved in '%s'", what,
				   model_integer_text(cx->arena, member.number), member.name->text, after->name.text);
	}
	reserved = reserved_of(before, &count);
	for (i = 0; i < count; i++)
		if (!map_get(&used, compat_number(reserved[i].value)) &&
		    !map_get(&kept, compat_number(reserved[i].value)))
			compat_add(cx, COMPAT_RESERVED_REMOVED, after->name.span,
				   "the %s %s of '%s' is reserved no more", what,
				   model_integer_text(cx->arena, reserved[i].value), after->name.text);
}

/* ---- flags, whose numbers are bits ---- */

uint64_t
compat_bits(const struct model_set *set)
{
	uint64_t bits = 0;
	size_t i;

	for (i = 0; i < set->value_count; i++)
		bits |= set->values[i].value.magnitude;
	return bits;
}

uint64_t
compat_reserved_bits(const struct model_set *set)
{
	uint64_t bits = 0;
	size_t i;

	for (i = 0; i < set->reserved_count; i++)
		bits |= set->reserved[i].value.magnitude;
	return bits;
}

static void
compare_bits(struct compat *cx, const struct model_set *old, const struct model_set *new,
	     const struct model_decl *after)
{
	uint64_t kept = compat_bits(new) | compat_reserved_bits(new), reserved = compat_reserved_bits(old);
	uint64_t missing = compat_bits(old) & ~kept, removed = reserved & ~kept;
	size_t i;

	for (i = 0; i < new->value_count; i++) {
		cx->ages[2] = &new->values[i].age;
		if (new->values[i].value.magnitude & reserved)
			compat_add(cx, COMPAT_RESERVED_REUSED, new->values[i].name.span, "'%s' uses a reserved bit",
				   new->values[i].name.text);
	}
	cx->ages[2] = NULL;
	if (missing)
		compat_add(cx, COMPAT_RESERVED_MISSING, after->name.span,
			   "the bits 0x%" PRIx64 " were in use and are not reserved in '%s'", missing,
			   after->name.text);
	if (removed)
		compat_add(cx, COMPAT_RESERVED_REMOVED, after->name.span,
			   "the bits 0x%" PRIx64 " of '%s' are reserved no more", removed, after->name.text);
}

void
compat_reserved(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	if (before->kind == MODEL_FLAGS && after->kind == MODEL_FLAGS)
		compare_bits(cx, &before->as.set, &after->as.set, after);
	else
		compare_numbers(cx, before, after);
}
