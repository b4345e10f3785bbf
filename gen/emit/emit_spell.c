#include "emit/emit_c.h"

#include <string.h>

#include "base/arena.h"
#include "emit/out.h"
#include "model/cname.h"

enum emit_class
emit_class(const struct model_type *type)
{
	switch (type->kind) {
	case MODEL_DECL:
		if (type->decl->kind == MODEL_STRUCT)
			return EMIT_STRUCT;
		if (type->decl->kind == MODEL_TABLE)
			return EMIT_TABLE;
		return type->decl->kind == MODEL_UNION ? EMIT_UNION : EMIT_SCALAR;
	case MODEL_ARRAY:
		return EMIT_ARRAY;
	case MODEL_LIST:
		return EMIT_LIST;
	case MODEL_STRING:
		return EMIT_STRING;
	case MODEL_WSTRING:
		return EMIT_WSTRING;
	case MODEL_BYTES:
		return EMIT_BYTES;
	case MODEL_HANDLE:
		return EMIT_HANDLE;
	default:
		return EMIT_SCALAR;
	}
}

enum model_type_kind
emit_scalar(const struct model_type *type)
{
	return type->kind == MODEL_DECL ? type->decl->as.set.base : type->kind;
}

bool
emit_is_small(const struct model_type *type)
{
	if (emit_class(type) != EMIT_SCALAR)
		return false;
	switch (emit_scalar(type)) {
	case MODEL_I64:
	case MODEL_U64:
	case MODEL_F64:
		return false;
	default:
		return true;
	}
}

bool
emit_is_strict(const struct model_type *type)
{
	return type->kind == MODEL_DECL && type->decl->kind == MODEL_ENUM && type->decl->as.set.strict;
}

const char *
emit_type(struct arena *arena, const struct model_type *type)
{
	switch (emit_class(type)) {
	case EMIT_SCALAR:
		if (type->kind == MODEL_DECL)
			return cname_with(arena, type->decl->name.c, "_t");
		return model_scalars[type->kind].c_type;
	case EMIT_STRUCT:
	case EMIT_TABLE:
	case EMIT_UNION:
		return arena_format(arena, "struct %s", type->decl->name.c);
	case EMIT_ARRAY:
	case EMIT_LIST:
		return emit_type(arena, type->element);
	case EMIT_STRING:
		return "const char *";
	case EMIT_WSTRING:
		return "const cdrpc_wchar *";
	case EMIT_BYTES:
		return "struct cdrpc_bytes";
	case EMIT_HANDLE:
		return "cdrpc_handle";
	}
	return "";
}

const char *
emit_declare(struct arena *arena, const char *type, const char *name)
{
	return arena_format(arena, "%s%s%s", type, type[strlen(type) - 1] == '*' ? "" : " ", name);
}

const char *
emit_pointer(struct arena *arena, const char *item)
{
	return arena_format(arena, item[strlen(item) - 1] == '*' ? "%sconst *" : "const %s *", item);
}

const char *
emit_bound(struct arena *arena, const struct model_type *type)
{
	static const char units[] = "KMG";
	const char *unit = &type->bound_text[strspn(type->bound_text, "0123456789")];

	if (type->bound_const)
		return type->bound_const->name.c;
	if (*unit && !unit[1] && strchr(units, *unit))
		return arena_format(arena, "(%.*s << %u)", (int)(unit - type->bound_text), type->bound_text,
				    10 * (unsigned)(strchr(units, *unit) - units + 1));
	return arena_format(arena, "%llu", (unsigned long long)type->bound);
}

const char *
emit_count(struct arena *arena, const char *list)
{
	return cname_with(arena, list, "_count");
}

/* The most negative value has no literal of its own: it is one less than the next. */
const char *
emit_integer(struct arena *arena, enum model_type_kind kind, struct model_integer value)
{
	const char *macro = model_scalars[kind].c_macro;
	unsigned long long magnitude = value.magnitude;

	if (!value.negative)
		return arena_format(arena, "%s(%llu)", macro, magnitude);
	if (magnitude == UINT64_C(1) << 63 || (kind == MODEL_I32 && magnitude == UINT64_C(1) << 31))
		return arena_format(arena, "(-%s(%llu) - 1)", macro, magnitude - 1);
	return arena_format(arena, "(-%s(%llu))", macro, magnitude);
}

bool
emit_is_pointer(const struct model_field *field)
{
	switch (emit_class(field->type)) {
	case EMIT_LIST:
	case EMIT_TABLE:
		return true;
	case EMIT_STRING:
	case EMIT_WSTRING:
	case EMIT_BYTES:
	case EMIT_HANDLE:
		return false;
	default:
		return field->optional;
	}
}

const char *
emit_place(struct arena *arena, const struct model_field *field, const char *name)
{
	const char *type = emit_type(arena, field->type);

	if (emit_is_pointer(field))
		return emit_declare(arena, emit_pointer(arena, type), name);
	if (field->type->kind == MODEL_ARRAY)
		return arena_format(arena, "%s %s[%s]", type, name, emit_bound(arena, field->type));
	return emit_declare(arena, type, name);
}

void
emit_member(struct out *out, const struct model_field *field, const char *comment)
{
	struct arena *arena = out_arena(out);

	emit_remark(out, arena_format(arena, "%s;", emit_place(arena, field, field->name.c)), comment);
	if (field->type->kind == MODEL_LIST)
		out_puts(out, arena_format(arena, "uint32_t %s;\n", emit_count(arena, field->name.c)));
}

bool
emit_has_write(const struct model_decl *decl)
{
	return decl->facts.checked || decl->facts.holes;
}

const char *
emit_object(struct arena *arena, const struct model_decl *decl)
{
	static const char *const own[] = {"bits",      "bytes", "field", "hole",   "i",     "item", "items",
					  "long_bits", "n",     "r",     "record", "table", "w"};
	const char *name = cname_snake(arena, decl->name.text);
	size_t i;

	for (i = 0; i < sizeof own / sizeof own[0]; i++) {
		if (strcmp(name, own[i]) == 0)
			return "value";
	}
	return cname_is_reserved(name) ? "value" : name;
}

size_t
emit_count_methods(const struct model_interface *iface, bool events)
{
	size_t count = 0;
	size_t i;

	for (i = 0; i < iface->method_count; i++)
		count += (iface->methods[i].kind == MODEL_EVENT) == events;
	return count;
}
