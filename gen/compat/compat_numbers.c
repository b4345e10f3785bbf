#include <inttypes.h>

#include "compat/compat_parts.h"

static size_t
member_count(const struct model_decl *decl)
{
	if (decl->kind == MODEL_CONST)
		return 0;
	if (decl->kind == MODEL_INTERFACE)
		return decl->as.iface.method_count;
	return model_is_record(decl) ? decl->as.record.field_count : decl->as.set.value_count;
}

static struct compat_member
member_at(const struct model_decl *decl, size_t i)
{
	if (decl->kind == MODEL_INTERFACE) {
		const struct model_method *method = &decl->as.iface.methods[i];

		return (struct compat_member){.number.magnitude = method->ordinal,
				       .name = &method->name,
				       .age = &method->age,
				       .event = method->kind == MODEL_EVENT};
	}
	if (model_is_record(decl)) {
		const struct model_field *field = &decl->as.record.fields[i];

		return (struct compat_member){.number.magnitude = decl->kind == MODEL_STRUCT ? i : field->id,
				       .name = &field->name,
				       .age = &field->age};
	}
	return (struct compat_member){.number = decl->as.set.values[i].value,
			       .name = &decl->as.set.values[i].name,
			       .age = &decl->as.set.values[i].age};
}

struct compat_row
compat_row(struct compat *cx, const struct model_decl *decl, enum compat_choice choice)
{
	struct compat_row row = {.members = ARENA_ARRAY(cx->arena, member_count(decl), struct compat_member)};
	struct compat_member member;
	size_t i;

	for (i = 0; i < member_count(decl); i++) {
		member = member_at(decl, i);
		if (choice != COMPAT_ALL && member.event != (choice == COMPAT_EVENTS))
			continue;
		member.place = row.count;
		row.members[row.count++] = member;
	}
	return row;
}

struct map
compat_index(struct compat *cx, struct compat_row row, bool by_name)
{
	struct map map = {.arena = cx->arena};
	struct compat_member *member;

	for (member = row.members; member < row.members + row.count; member++)
		map_add(&map, by_name ? compat_key(cx, member->name->text) : compat_number(member->number), member);
	return map;
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
	struct compat_row old = compat_row(cx, before, COMPAT_ALL), new = compat_row(cx, after, COMPAT_ALL);
	struct map names = compat_index(cx, old, true), numbers = compat_index(cx, old, false);
	const struct compat_member *member, *was;

	mark_age(cx, &before->age, &after->age);
	for (member = new.members; member < new.members + new.count; member++) {
		was = map_get(&numbers, compat_number(member->number));
		if (was)
			mark_age(cx, was->age, member->age);
		was = map_get(&names, compat_key(cx, member->name->text));
		if (was)
			mark_age(cx, was->age, member->age);
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
	struct compat_row old = compat_row(cx, before, COMPAT_ALL), new = compat_row(cx, after, COMPAT_ALL);
	struct map used = compat_index(cx, new, false);
	const struct model_reserved *reserved;
	const struct compat_member *member;
	size_t count, i;

	for (member = new.members; member < new.members + new.count; member++) {
		cx->ages[2] = member->age;
		if (map_get(&old_kept, compat_number(member->number)))
			compat_add(cx, COMPAT_RESERVED_REUSED, member->name->span, "'%s' uses a reserved %s",
				   member->name->text, what);
	}
	cx->ages[2] = NULL;
	for (member = old.members; member < old.members + old.count; member++) {
		if (!map_get(&used, compat_number(member->number)) && !map_get(&kept, compat_number(member->number)))
			compat_add(cx, COMPAT_RESERVED_MISSING, after->name.span,
				   "the %s %s of '%s' was in use and is not reserved in '%s'", what,
				   model_integer_text(cx->arena, member->number), member->name->text, after->name.text);
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
