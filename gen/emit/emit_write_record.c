#include "emit/emit_c.h"

#include "base/arena.h"
#include "emit/out.h"

/* A scalar, but no float, as the u32 of its record. */
static void
write_small(struct out *out, const struct emit_value *value, const char *x, const char *id)
{
	enum model_type_kind kind = emit_scalar(value->type);
	const struct out_var *vars = OUT_VARS({"w", value->stream}, {"x", x}, {"id", id},
					      {"decl", emit_is_strict(value->type) ? value->type->decl->name.c : ""});

	if (emit_is_strict(value->type))
		out_text(out, vars,
			 "if (!$decl$_valid($x$))\n"
			 "\tcdrpc_write_fail($w$, CDRPC_E_ARGUMENT);\n");
	if (kind == MODEL_I8 || kind == MODEL_I16 || kind == MODEL_I32)
		out_text(out, vars, "cdrpc_field_u32($w$, $id$, (uint32_t)$x$);\n");
	else
		out_text(out, vars, "cdrpc_field_u32($w$, $id$, $x$);\n");
}

static bool
is_float(const struct emit_value *value)
{
	return value->type->kind == MODEL_F32 || value->type->kind == MODEL_F64;
}

/* What must hold for a field to be written at all; NULL for one that always is. */
static const char *
field_condition(struct arena *arena, const struct emit_value *value)
{
	const char *x = value->x;

	if (value->optional)
		return arena_format(arena, value->type->kind == MODEL_BYTES ? "%s.data" : "%s", x);
	switch (emit_class(value->type)) {
	case EMIT_SCALAR:
	case EMIT_TABLE:
		return x;
	case EMIT_STRING:
	case EMIT_WSTRING:
		return arena_format(arena, "%s && %s[0]", x, x);
	case EMIT_BYTES:
		return arena_format(arena, "%s.size", x);
	case EMIT_LIST:
		return emit_count(arena, x);
	case EMIT_UNION:
		return arena_format(arena, "%s.kind", x);
	default:
		return NULL;
	}
}

/* A float is absent when all its bits are zero: a negative zero is a value. */
static void
write_float(struct out *out, const struct emit_value *value, const char *id)
{
	const struct out_var *vars = OUT_VARS({"w", value->stream}, {"x", value->x}, {"id", id});
	bool small = emit_is_small(value->type);

	if (small && value->optional)
		out_text(out, vars,
			 "if ($x$) {\n"
			 "\tmemcpy(&bits, $x$, sizeof bits);\n"
			 "\tcdrpc_field_u32($w$, $id$, bits);\n"
			 "}\n");
	else if (small)
		out_text(out, vars,
			 "memcpy(&bits, &$x$, sizeof bits);\n"
			 "if (bits)\n"
			 "\tcdrpc_field_u32($w$, $id$, bits);\n");
	else
		out_text(out, vars,
			 "memcpy(&long_bits, &$x$, sizeof long_bits);\n"
			 "if (long_bits) {\n"
			 "\tfield = cdrpc_field_begin($w$, $id$);\n"
			 "\tcdrpc_write_f64($w$, $x$);\n"
			 "\tcdrpc_field_end($w$, field);\n"
			 "}\n");
}

void
emit_write_field(struct out *out, const struct emit_value *value, uint32_t id)
{
	struct arena *arena = out_arena(out);
	const char *number = arena_format(arena, "%u", (unsigned)id);
	const struct out_var *vars = OUT_VARS({"w", value->stream}, {"id", number});
	const char *condition = field_condition(arena, value);
	struct out *body = out_new(arena);
	size_t length;

	if (is_float(value) && (emit_is_small(value->type) || !value->optional)) {
		write_float(out, value, number);
		return;
	}
	if (emit_is_small(value->type)) {
		write_small(body, value, value->optional ? arena_format(arena, "*%s", value->x) : value->x, number);
	} else {
		out_text(body, vars, "field = cdrpc_field_begin($w$, $id$);\n");
		emit_write_present(body, value);
		out_text(body, vars, "cdrpc_field_end($w$, field);\n");
	}
	if (condition)
		emit_block(out, arena_format(arena, "if (%s)", condition), body);
	else
		out_puts(out, out_string(body, &length));
}

void
emit_write_member(struct out *out, const struct emit_value *value, const char *kind)
{
	const struct out_var *vars = OUT_VARS({"w", value->stream}, {"x", value->x}, {"kind", kind});

	if (emit_is_small(value->type) && is_float(value)) {
		out_text(out, vars,
			 "memcpy(&bits, &$x$, sizeof bits);\n"
			 "cdrpc_field_u32($w$, $kind$, bits);\n");
	} else if (emit_is_small(value->type)) {
		write_small(out, value, value->x, kind);
	} else {
		out_text(out, vars, "record = cdrpc_union_begin($w$, $kind$);\n");
		emit_write_present(out, value);
		out_text(out, vars, "cdrpc_union_end($w$, record);\n");
	}
}
