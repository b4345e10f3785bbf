#include "emit/emit_c.h"

#include <string.h>

#include "base/arena.h"
#include "emit/out.h"

/* Items that are used where they stand in the body. */
static bool
is_flat_list(const struct model_type *type)
{
	return type->kind == MODEL_LIST && type->element->facts.flat;
}

bool
emit_read_needs_i(const struct model_type *type)
{
	if (type->kind == MODEL_LIST && !type->element->facts.flat)
		return true;
	return (type->kind == MODEL_LIST || type->kind == MODEL_ARRAY) && type->element->facts.checked;
}

/* The value is an object of its own, which is allocated and then filled. */
static bool
is_made(const struct emit_value *value)
{
	enum emit_class class = emit_class(value->type);

	return class == EMIT_TABLE || (class == EMIT_UNION && (value->parameter || value->optional)) ||
	       (class == EMIT_LIST && !is_flat_list(value->type));
}

static bool
is_small_option(const struct emit_value *value)
{
	return !value->parameter && value->optional && emit_is_small(value->type);
}

const char *
emit_read_local(struct arena *arena, const struct emit_value *value)
{
	const char *name = value->type->kind == MODEL_LIST ? "*items" : "*item";

	if (value->parameter || !(is_made(value) || is_small_option(value)))
		return NULL;
	return emit_declare(arena, emit_type(arena, value->type), name);
}

static const struct out_var *
read_vars(struct arena *arena, const struct emit_value *value)
{
	const struct model_type *type = value->type;
	const struct model_type *item = type->element ? type->element : type;
	const struct out_var facts[] = {
		{"r", value->stream},
		{"x", value->x},
		{"i", value->i},
		{"bound", type->bound ? emit_bound(arena, type) : ""},
		{"item_bound", item->bound ? emit_bound(arena, item) : ""},
		{"align", arena_format(arena, "%u", (unsigned)item->facts.align)},
		{"smallest", arena_format(arena, "%llu", (unsigned long long)item->facts.smallest)},
		{"type", emit_type(arena, type)},
		{"pointer", emit_pointer(arena, emit_type(arena, type))},
		{"made", emit_declare(arena, emit_type(arena, type), "*")},
		{"m", value->parameter           ? value->x
		      : type->kind == MODEL_LIST ? "items"
						 : "item"},
		{"decl", item->kind == MODEL_DECL ? item->decl->name.c : ""},
		{"scalar", emit_class(type) == EMIT_SCALAR ? model_scalars[emit_scalar(type)].name : ""},
		{"read", value->shared      ? "shared"
			 : value->parameter ? "blob"
					    : "bytes"},
		{NULL, NULL},
	};
	struct out_var *vars = ARENA_ARRAY(arena, sizeof facts / sizeof facts[0], struct out_var);

	memcpy(vars, facts, sizeof facts);
	return vars;
}

static void
fail_if(struct out *out, const struct out_var *vars, const char *condition)
{
	out_text(out, vars, condition);
	out_text(out, vars, "\tcdrpc_read_fail($r$, CDRPC_E_DECODE);\n");
}

/* A bool that is no bool must not be read as one: its byte is looked at. */
static void
check_items(struct out *out, const struct emit_value *value, const char *loop)
{
	const struct model_type *item = value->type->element;
	const struct out_var *vars = read_vars(out_arena(out), value);

	if (!item->facts.checked)
		return;
	out_text(out, vars, loop);
	out_indent(out, 1);
	if (item->kind == MODEL_BOOL)
		fail_if(out, vars, "if (((const uint8_t *)$x$)[$i$] > 1)\n");
	else if (emit_class(item) == EMIT_SCALAR)
		fail_if(out, vars, "if (!$decl$_valid($x$[$i$]))\n");
	else
		fail_if(out, vars, "if (!$decl$_valid(&$x$[$i$]))\n");
	out_indent(out, -1);
	out_puts(out, "}\n");
}

static void
read_scalar(struct out *out, const struct emit_value *value)
{
	const struct out_var *vars = read_vars(out_arena(out), value);

	if (!value->optional) {
		out_text(out, vars, "$x$ = cdrpc_read_$scalar$($r$);\n");
		if (emit_is_strict(value->type))
			fail_if(out, vars, "if (!$decl$_valid($x$))\n");
		return;
	}
	out_text(out, vars, "$x$ = ($pointer$)cdrpc_read_flat($r$, sizeof *$x$, $align$);\n");
	if (value->type->kind == MODEL_BOOL)
		fail_if(out, vars, "if ($x$ && *(const uint8_t *)$x$ > 1)\n");
	else if (emit_is_strict(value->type))
		fail_if(out, vars, "if ($x$ && !$decl$_valid(*$x$))\n");
}

static void
read_struct(struct out *out, const struct emit_value *value)
{
	const struct out_var *vars = read_vars(out_arena(out), value);
	bool checked = value->type->facts.checked;

	if (value->parameter || value->optional) {
		out_text(out, vars, "$x$ = ($pointer$)cdrpc_read_flat($r$, sizeof *$x$, $align$);\n");
		if (checked)
			fail_if(out, vars, "if ($x$ && !$decl$_valid($x$))\n");
	} else {
		out_text(out, vars, "cdrpc_read_into($r$, &$x$, sizeof $x$, $align$);\n");
		if (checked)
			fail_if(out, vars, "if (!$decl$_valid(&$x$))\n");
	}
}

static void
read_array(struct out *out, const struct emit_value *value)
{
	const struct out_var *vars = read_vars(out_arena(out), value);

	if (value->parameter || value->optional) {
		out_text(out, vars, "$x$ = ($pointer$)cdrpc_read_flat($r$, $bound$ * sizeof *$x$, $align$);\n");
		check_items(out, value, "for ($i$ = 0; $x$ && $i$ < $bound$; $i$++) {\n");
	} else {
		out_text(out, vars, "cdrpc_read_into($r$, $x$, sizeof $x$, $align$);\n");
		check_items(out, value, "for ($i$ = 0; $i$ < $bound$; $i$++) {\n");
	}
}

static void
read_item(struct out *out, const struct emit_value *value, const struct out_var *vars)
{
	const struct model_type *item = value->type->element;

	switch (emit_class(item)) {
	case EMIT_STRING:
		out_text(out, vars, "$m$[$i$] = cdrpc_read_string($r$, $item_bound$);\n");
		break;
	case EMIT_WSTRING:
		out_text(out, vars, "$m$[$i$] = cdrpc_read_wstring($r$, $item_bound$);\n");
		break;
	case EMIT_BYTES:
		out_text(out, vars, "$m$[$i$] = cdrpc_read_bytes($r$, $item_bound$);\n");
		break;
	default:
		out_text(out, vars, "$decl$_read($r$, &$m$[$i$]);\n");
		break;
	}
}

/* An optional list that is there has an address, even when it is empty. */
static void
read_list(struct out *out, const struct emit_value *value)
{
	const struct out_var *vars = read_vars(out_arena(out), value);

	if (is_flat_list(value->type)) {
		out_text(out, vars,
			 "$x$ = ($pointer$)cdrpc_read_array($r$, $bound$, sizeof *$x$, $align$, &$x$_count);\n");
		check_items(out, value, "for ($i$ = 0; $i$ < $x$_count; $i$++) {\n");
		if (value->optional)
			out_text(out, vars,
				 "if (!$x$)\n"
				 "\t$x$ = ($pointer$)cdrpc_read_alloc($r$, 1, sizeof *$x$);\n");
		return;
	}
	out_text(out, vars, "$x$_count = cdrpc_read_count($r$, $bound$, $smallest$);\n");
	out_text(out, vars,
		 value->optional ? "$m$ = ($made$)cdrpc_read_alloc($r$, $x$_count ? $x$_count : 1, sizeof *$m$);\n"
				 : "$m$ = ($made$)cdrpc_read_alloc($r$, $x$_count, sizeof *$m$);\n");
	out_text(out, vars, "for ($i$ = 0; $m$ && $i$ < $x$_count; $i$++)\n");
	out_indent(out, 1);
	read_item(out, value, vars);
	out_indent(out, -1);
}

static void
read_made(struct out *out, const struct emit_value *value)
{
	out_text(out, read_vars(out_arena(out), value),
		 "$m$ = ($made$)cdrpc_read_alloc($r$, 1, sizeof *$m$);\n"
		 "if ($m$)\n"
		 "\t$decl$_read($r$, $m$);\n");
}

static void
read_present(struct out *out, const struct emit_value *value)
{
	const struct out_var *vars = read_vars(out_arena(out), value);

	switch (emit_class(value->type)) {
	case EMIT_SCALAR:
		read_scalar(out, value);
		break;
	case EMIT_STRUCT:
		read_struct(out, value);
		break;
	case EMIT_ARRAY:
		read_array(out, value);
		break;
	case EMIT_LIST:
		read_list(out, value);
		break;
	case EMIT_STRING:
		out_text(out, vars, "$x$ = cdrpc_read_string($r$, $bound$);\n");
		break;
	case EMIT_WSTRING:
		out_text(out, vars, "$x$ = cdrpc_read_wstring($r$, $bound$);\n");
		break;
	case EMIT_BYTES:
		out_text(out, vars, "$x$ = cdrpc_read_$read$($r$, $bound$);\n");
		break;
	case EMIT_TABLE:
		read_made(out, value);
		break;
	case EMIT_UNION:
		if (is_made(value))
			read_made(out, value);
		else
			out_text(out, vars, "$decl$_read($r$, &$x$);\n");
		break;
	case EMIT_HANDLE:
		out_text(out, vars, "$x$ = cdrpc_read_handle($r$, ");
		out_puts(out, emit_handle_facts(out_arena(out), value->type));
		out_puts(out, value->optional ? ", true);\n" : ", false);\n");
		break;
	}
	if (!value->parameter && is_made(value))
		out_text(out, vars, "$x$ = $m$;\n");
}

void
emit_read(struct out *out, const struct emit_value *value)
{
	struct arena *arena = out_arena(out);
	struct out *body;

	if (!value->optional || value->type->kind == MODEL_HANDLE) {
		read_present(out, value);
		return;
	}
	body = out_new(arena);
	read_present(body, value);
	emit_block(out, arena_format(arena, "if (cdrpc_read_present(%s))", value->stream), body);
}

/* A scalar that stands in the record itself. */
static void
read_small(struct out *out, const struct emit_value *value, const char *x)
{
	static const char *const forms[] = {
		[MODEL_BOOL] = "cdrpc_field_value($r$, &field, 1) != 0",
		[MODEL_I8] = "($type$)cdrpc_field_signed($r$, &field, INT8_MIN, INT8_MAX)",
		[MODEL_U8] = "($type$)cdrpc_field_value($r$, &field, UINT8_MAX)",
		[MODEL_I16] = "($type$)cdrpc_field_signed($r$, &field, INT16_MIN, INT16_MAX)",
		[MODEL_U16] = "($type$)cdrpc_field_value($r$, &field, UINT16_MAX)",
		[MODEL_I32] = "cdrpc_field_signed($r$, &field, INT32_MIN, INT32_MAX)",
		[MODEL_U32] = "cdrpc_field_value($r$, &field, UINT32_MAX)",
		[MODEL_F32] = "cdrpc_field_f32($r$, &field)",
	};
	const struct out_var *vars = read_vars(out_arena(out), value);

	out_puts(out, x);
	out_puts(out, " = ");
	out_text(out, vars, forms[emit_scalar(value->type)]);
	out_puts(out, ";\n");
	if (emit_is_strict(value->type)) {
		out_text(out, vars, "if (!$decl$_valid(");
		out_puts(out, x);
		out_text(out, vars, "))\n\tcdrpc_read_fail($r$, CDRPC_E_DECODE);\n");
	}
}

void
emit_read_field(struct out *out, const struct emit_value *value)
{
	struct out *body;

	if (!emit_is_small(value->type)) {
		read_present(out, value);
	} else if (!value->optional) {
		read_small(out, value, value->x);
	} else {
		body = out_new(out_arena(out));
		read_small(body, value, "*item");
		out_text(out, read_vars(out_arena(out), value),
			 "item = ($made$)cdrpc_read_alloc($r$, 1, sizeof *item);\n");
		emit_block(out, "if (item)", body);
		out_text(out, read_vars(out_arena(out), value), "$x$ = item;\n");
	}
}

void
emit_read_variable(struct out *out, const struct model_field *param)
{
	struct arena *arena = out_arena(out);
	const struct model_type *type = param->type;
	const struct emit_value value = {.type = type, .optional = param->optional, .parameter = true};
	enum emit_class class = emit_class(type);
	const char *none = param->optional ? " = NULL" : "";
	const char *variable;

	if (is_made(&value))
		variable = emit_declare(arena, emit_type(arena, type), arena_format(arena, "*%s", param->name.c));
	else if (class == EMIT_STRUCT || class == EMIT_ARRAY || class == EMIT_LIST ||
		 (class == EMIT_SCALAR && param->optional))
		variable = emit_declare(arena, emit_pointer(arena, emit_type(arena, type)), param->name.c);
	else
		variable = emit_declare(arena, emit_type(arena, type), param->name.c);
	if (class == EMIT_BYTES && param->optional)
		none = " = {NULL, 0}";
	out_puts(out, arena_format(arena, "%s%s;\n", variable, class == EMIT_HANDLE ? "" : none));
	if (class == EMIT_LIST)
		out_puts(out, arena_format(arena, "uint32_t %s%s;\n", emit_count(arena, param->name.c),
					   param->optional ? " = 0" : ""));
}
