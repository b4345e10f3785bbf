#include <inttypes.h>

#include "compat/compat_parts.h"

/* The numbers of a declaration: of the values of a set, the members of a table or union, the methods of an interface. */
struct numbers {
	const struct model_decl *decl;
	const struct model_reserved *reserved;
	size_t reserved_count;
	size_t count;
	struct map used; /* by compat_number() */
	struct map kept; /* the reserved ones */
};

struct numbered {
	struct model_integer number;
	const struct model_name *name;
	const struct model_age *age;
};

static struct numbered
number_at(const struct model_decl *decl, size_t i)
{
	if (decl->kind == MODEL_INTERFACE) {
		const struct model_method *method = &decl->as.iface.methods[i];

		return (struct numbered){{method->ordinal, false}, &method->name, &method->age};
	}
	if (decl->kind == MODEL_TABLE || decl->kind == MODEL_UNION) {
		const struct model_field *field = &decl->as.record.fields[i];

		return (struct numbered){{field->id, false}, &field->name, &field->age};
	}
	return (struct numbered){decl->as.set.values[i].value, &decl->as.set.values[i].name,
				 &decl->as.set.values[i].age};
}

static struct numbers
read_numbers(struct compat *cx, const struct model_decl *decl)
{
	struct numbers numbers = {.decl = decl, .used.arena = cx->arena, .kept.arena = cx->arena};
	size_t i;

	if (decl->kind == MODEL_INTERFACE) {
		numbers.count = decl->as.iface.method_count;
		numbers.reserved = decl->as.iface.reserved;
		numbers.reserved_count = decl->as.iface.reserved_count;
	} else if (decl->kind == MODEL_TABLE || decl->kind == MODEL_UNION) {
		numbers.count = decl->as.record.field_count;
		numbers.reserved = decl->as.record.reserved;
		numbers.reserved_count = decl->as.record.reserved_count;
	} else {
		numbers.count = decl->as.set.value_count;
		numbers.reserved = decl->as.set.reserved;
		numbers.reserved_count = decl->as.set.reserved_count;
	}
	for (i = 0; i < numbers.count; i++)
		map_add(&numbers.used, compat_number(number_at(decl, i).number), (void *)decl);
	for (i = 0; i < numbers.reserved_count; i++)
		map_add(&numbers.kept, compat_number(numbers.reserved[i].value), (void *)decl);
	return numbers;
}

static const char *
what_numbers(const struct model_decl *decl)
{
	return decl->kind == MODEL_INTERFACE                            ? "ordinal"
	       : decl->kind == MODEL_TABLE || decl->kind == MODEL_UNION ? "id"
									: "value";
}

static bool
has(const struct numbers *numbers, struct model_integer number)
{
	return map_get(&numbers->used, compat_number(number)) || map_get(&numbers->kept, compat_number(number));
}

static void
compare_numbers(struct compat *cx, const struct numbers *old, const struct numbers *new)
{
	const char *what = what_numbers(new->decl);
	struct numbered item;
	size_t i;

	for (i = 0; i < new->count; i++) {
		item = number_at(new->decl, i);
		cx->ages[2] = item.age;
		if (map_get(&old->kept, compat_number(item.number)))
			compat_add(cx, COMPAT_RESERVED_REUSED, item.name->span, "'%s' uses a reserved %s",
				   item.name->text, what);
	}
	cx->ages[2] = NULL;
	for (i = 0; i < old->count; i++) {
		item = number_at(old->decl, i);
		if (!has(new, item.number))
			compat_add(cx, COMPAT_RESERVED_MISSING, new->decl->name.span,
				   "the %s %s of '%s' was in use and is not reserved in '%s'", what,
				   compat_number_text(cx, item.number), item.name->text, new->decl->name.text);
	}
	for (i = 0; i < old->reserved_count; i++)
		if (!has(new, old->reserved[i].value))
			compat_add(cx, COMPAT_RESERVED_REMOVED, new->decl->name.span,
				   "the %s %s of '%s' is reserved no more", what,
				   compat_number_text(cx, old->reserved[i].value), new->decl->name.text);
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
	struct numbers old, new;

	if (before->kind == MODEL_FLAGS && after->kind == MODEL_FLAGS) {
		compare_bits(cx, &before->as.set, &after->as.set, after);
		return;
	}
	old = read_numbers(cx, before);
	new = read_numbers(cx, after);
	compare_numbers(cx, &old, &new);
}
