#include "compat/compat_parts.h"

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

struct member {
	uint64_t number;
	const char *name;
	const struct model_age *age;
};

static size_t
member_count(const struct model_decl *decl)
{
	switch (decl->kind) {
	case MODEL_CONST:
		return 0;
	case MODEL_STRUCT:
	case MODEL_TABLE:
	case MODEL_UNION:
		return decl->as.record.field_count;
	case MODEL_INTERFACE:
		return decl->as.iface.method_count;
	default:
		return decl->as.set.value_count;
	}
}

static struct member
member_at(const struct model_decl *decl, size_t i)
{
	const struct model_field *field;

	switch (decl->kind) {
	case MODEL_STRUCT:
	case MODEL_TABLE:
	case MODEL_UNION:
		field = &decl->as.record.fields[i];
		return (struct member){decl->kind == MODEL_STRUCT ? i : field->id, field->name.text, &field->age};
	case MODEL_INTERFACE:
		return (struct member){decl->as.iface.methods[i].ordinal, decl->as.iface.methods[i].name.text,
				       &decl->as.iface.methods[i].age};
	default:
		return (struct member){compat_number(decl->as.set.values[i].value), decl->as.set.values[i].name.text,
				       &decl->as.set.values[i].age};
	}
}

void
compat_mark_breaks(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	struct map numbers = {.arena = cx->arena}, names = {.arena = cx->arena};
	const struct model_age *age;
	struct member member;
	size_t i;

	mark_age(cx, &before->age, &after->age);
	for (i = 0; i < member_count(before); i++) {
		member = member_at(before, i);
		if (!member.age->breaks)
			continue;
		map_add(&numbers, member.number, (void *)member.age);
		map_add(&names, compat_key(cx, member.name), (void *)member.age);
	}
	for (i = 0; i < member_count(after); i++) {
		member = member_at(after, i);
		age = map_get(&numbers, member.number);
		if (age)
			mark_age(cx, age, member.age);
		age = map_get(&names, compat_key(cx, member.name));
		if (age)
			mark_age(cx, age, member.age);
	}
}

void
compat_mark_module_breaks(struct compat *cx, const struct model *before, const struct model *after)
{
	mark_age(cx, &before->age, &after->age);
}
