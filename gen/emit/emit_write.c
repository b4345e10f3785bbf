#include "emit/emit_c.h"

#include <string.h>

#include "base/arena.h"
#include "emit/out.h"
#include "model/cname.h"

void
emit_block(struct out *out, const char *head, const struct out *body)
{
	size_t length;
	const char *text = out_string(body, &length);
	bool single = strchr(text, '\n') == text + length - 1;

	out_puts(out, head);
	out_puts(out, single ? "\n" : " {\n");
	out_indent(out, 1);
	out_puts(out, text);
	out_indent(out, -1);
	if (!single)
		out_puts(out, "}\n");
}

/* Items that are written in one piece, as they are in memory. */
static bool
is_plain(const struct model_type *type)
{
	enum emit_class class = emit_class(type);

	return class == EMIT_STRUCT ? !emit_has_write(type->decl) : class == EMIT_SCALAR && !emit_is_strict(type);
}

bool
emit_write_needs_i(const struct model_type *type)
{
	return (type->kind == MODEL_ARRAY || type->kind == MODEL_LIST) && !is_plain(type->element);
}

bool
emit_write_needs_n(const struct model_type *type)
{
	return type->kind == MODEL_LIST && !is_plain(type->element);
}

static const struct out_var *
write_vars(struct arena *arena, const struct emit_value *value, const char *x)
{
	const struct model_type *type = value->type;
	const struct out_var facts[] = {
		{"w", value->stream},
		{"x", x},
		{"i", value->i},
		{"n", value->n},
		{"bound", type->bound ? emit_bound(arena, type) : ""},
		{"align",
		 arena_format(arena, "%u", (unsigned)(type->kind == MODEL_LIST ? type->element : type)->facts.align)},
		{"decl", type->kind == MODEL_DECL ? type->decl->name.c : ""},
		{"scalar", emit_class(type) == EMIT_SCALAR ? model_scalars[emit_scalar(type)].name : ""},
		{NULL, NULL},
	};
	struct out_var *vars = ARENA_ARRAY(arena, sizeof facts / sizeof facts[0], struct out_var);

	memcpy(vars, facts, sizeof facts);
	return vars;
}

static void
write_check(struct out *out, const struct out_var *vars)
{
	out_text(out, vars,
		 "if (!$decl$_valid($x$))\n"
		 "\tcdrpc_write_fail($w$, CDRPC_E_ARGUMENT);\n");
}

const char *
emit_handle_facts(struct arena *arena, const struct model_type *type)
{
	struct text text = {.arena = arena};
	const char *between = ", ";
	unsigned i;

	text_format(&text, "CDRPC_HANDLE_%s", cname_capitals(arena, model_handles[type->handle].name));
	for (i = 0; i < MODEL_RIGHTS; i++) {
		if (!(type->rights & 1u << i))
			continue;
		text_format(&text, "%sCDRPC_RIGHT_%s", between, cname_capitals(arena, model_rights[i]));
		between = " | ";
	}
	return text_string(&text);
}

/* One value, of which 'x' is the value itself, or the address of a struct, table or union. */
static void
write_one(struct out *out, const struct emit_value *value, const char *x)
{
	const struct model_type *type = value->type;
	const struct out_var *vars = write_vars(out_arena(out), value, x);

	switch (emit_class(type)) {
	case EMIT_SCALAR:
		if (emit_is_strict(type))
			write_check(out, vars);
		out_text(out, vars, "cdrpc_write_$scalar$($w$, $x$);\n");
		break;
	case EMIT_STRUCT:
	case EMIT_TABLE:
	case EMIT_UNION:
		out_text(out, vars, "$decl$_write($w$, $x$);\n");
		break;
	case EMIT_STRING:
		out_text(out, vars, "cdrpc_write_string($w$, $x$, $bound$);\n");
		break;
	case EMIT_WSTRING:
		out_text(out, vars, "cdrpc_write_wstring($w$, $x$, $bound$);\n");
		break;
	case EMIT_BYTES:
		out_text(out, vars,
			 value->parameter ? "cdrpc_write_blob($w$, $x$, $bound$);\n"
					  : "cdrpc_write_bytes($w$, $x$, $bound$);\n");
		break;
	case EMIT_HANDLE:
		out_text(out, vars, "cdrpc_write_handle($w$, $x$, ");
		out_puts(out, emit_handle_facts(out_arena(out), type));
		out_puts(out, value->optional ? ", true);\n" : ", false);\n");
		break;
	default:
		break;
	}
}

/* The statement for one item of an array or list. */
static struct out *
write_item(struct out *out, const struct emit_value *value)
{
	struct arena *arena = out_arena(out);
	struct emit_value item = *value;
	struct out *body = out_new(arena);
	enum emit_class class = emit_class(value->type->element);
	bool by_address = class == EMIT_STRUCT || class == EMIT_TABLE || class == EMIT_UNION;

	item.type = value->type->element;
	item.parameter = false;
	item.optional = false;
	write_one(body, &item, arena_format(arena, "%s%s[%s]", by_address ? "&" : "", value->x, value->i));
	return body;
}

static void
write_list(struct out *out, const struct emit_value *value)
{
	struct arena *arena = out_arena(out);
	const struct out_var *vars = write_vars(arena, value, value->x);

	if (is_plain(value->type->element)) {
		out_text(out, vars, "cdrpc_write_array($w$, $x$, $x$_count, $bound$, sizeof *$x$, $align$);\n");
		return;
	}
	out_text(out, vars, "$n$ = cdrpc_write_count($w$, $x$, $x$_count, $bound$);\n");
	emit_block(out, arena_format(arena, "for (%s = 0; %s < %s; %s++)", value->i, value->i, value->n, value->i),
		   write_item(out, value));
}

/* A parameter is a pointer, whatever it is declared as; a member is the array itself. */
static void
write_array(struct out *out, const struct emit_value *value, bool by_address)
{
	struct arena *arena = out_arena(out);
	const struct out_var *vars = write_vars(arena, value, value->x);
	bool guard = by_address && !value->optional;

	if (is_plain(value->type->element)) {
		out_text(out, vars,
			 by_address ? "cdrpc_write_flat($w$, $x$, $bound$ * sizeof *$x$, $align$);\n"
				    : "cdrpc_write_flat($w$, $x$, sizeof $x$, $align$);\n");
		return;
	}
	if (guard)
		out_text(out, vars,
			 "if (!$x$)\n"
			 "\tcdrpc_write_fail($w$, CDRPC_E_ARGUMENT);\n");
	emit_block(out,
		   arena_format(arena, "for (%s = 0; %s%s%s < %s; %s++)", value->i, guard ? value->x : "",
				guard ? " && " : "", value->i, emit_bound(arena, value->type), value->i),
		   write_item(out, value));
}

/* Without the word that says whether an optional one is there. */
static void
write_present(struct out *out, const struct emit_value *value)
{
	struct arena *arena = out_arena(out);
	bool by_address = value->parameter || value->optional;
	const char *x = value->x;

	switch (emit_class(value->type)) {
	case EMIT_SCALAR:
		write_one(out, value, value->optional ? arena_format(arena, "*%s", x) : x);
		break;
	case EMIT_STRUCT:
		if (emit_has_write(value->type->decl))
			write_one(out, value, by_address ? x : arena_format(arena, "&%s", x));
		else
			out_text(out, write_vars(arena, value, x),
				 by_address ? "cdrpc_write_flat($w$, $x$, sizeof *$x$, $align$);\n"
					    : "cdrpc_write_flat($w$, &$x$, sizeof $x$, $align$);\n");
		break;
	case EMIT_UNION:
		write_one(out, value, by_address ? x : arena_format(arena, "&%s", x));
		break;
	case EMIT_ARRAY:
		write_array(out, value, by_address);
		break;
	case EMIT_LIST:
		write_list(out, value);
		break;
	default:
		write_one(out, value, x);
		break;
	}
}

void
emit_write(struct out *out, const struct emit_value *value)
{
	struct arena *arena = out_arena(out);
	const char *data = value->type->kind == MODEL_BYTES ? ".data" : "";
	struct out *body;

	if (!value->optional || value->type->kind == MODEL_HANDLE) {
		write_present(out, value);
		return;
	}
	body = out_new(arena);
	write_present(body, value);
	emit_block(out, arena_format(arena, "if (cdrpc_write_present(%s, %s%s))", value->stream, value->x, data), body);
}

/* ---- fields and members ---- */

/* A scalar, but no float, as the u32 of its record. */
static void
write_small(struct out *out, const struct emit_value *value, const char *x, const char *id)
{
	enum model_type_kind kind = emit_scalar(value->type);
	const struct out_var *vars = OUT_VARS({"w", value->stream}, {"x", x}, {"id", id},
					      {"decl", emit_is_strict(value->type) ? value->type->decl->name.c : ""});

	if (kind == MODEL_I8 || kind == MODEL_I16 || kind == MODEL_I32)
		out_text(out, vars, "cdrpc_field_u32($w$, $id$, (uint32_t)$x$);\n");
	else
		out_text(out, vars, "cdrpc_field_u32($w$, $id$, $x$);\n");
	/* Behind it, so that its place says which field it is. */
	if (emit_is_strict(value->type))
		out_text(out, vars,
			 "if (!$decl$_valid($x$))\n"
			 "\tcdrpc_write_invalid($w$);\n");
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
		write_present(body, value);
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
		write_present(out, value);
		out_text(out, vars, "cdrpc_union_end($w$, record);\n");
	}
}
