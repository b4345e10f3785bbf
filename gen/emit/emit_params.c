#include "emit/emit_c.h"

#include <string.h>

#include "base/arena.h"
#include "emit/out.h"
#include "model/cname.h"

static void
add_declaration(struct text *text, const char *declaration)
{
	text_puts(text, ", ");
	text_puts(text, declaration);
}

/* As it is passed in: by value, or a pointer to what is not changed. */
static void
add_input(struct text *text, const struct model_field *param)
{
	const struct model_type *type = param->type;
	struct arena *arena = text->arena;
	const char *name = param->name.c;

	switch (emit_class(type)) {
	case EMIT_SCALAR:
		add_declaration(text, emit_declare(arena,
						   param->optional ? emit_pointer(arena, type) : emit_type(arena, type),
						   name));
		break;
	case EMIT_ARRAY:
		if (param->optional)
			add_declaration(text, emit_declare(arena, emit_pointer(arena, type), name));
		else
			add_declaration(text, arena_format(arena, "const %s %s[%s]", emit_type(arena, type), name,
							   emit_bound(arena, type)));
		break;
	case EMIT_STRUCT:
	case EMIT_TABLE:
	case EMIT_UNION:
		add_declaration(text, emit_declare(arena, emit_pointer(arena, type), name));
		break;
	case EMIT_LIST:
		add_declaration(text, emit_declare(arena, emit_pointer(arena, type), name));
		add_declaration(text, arena_format(arena, "uint32_t %s", emit_count(arena, name)));
		break;
	default:
		add_declaration(text, emit_declare(arena, emit_type(arena, type), name));
		break;
	}
}

/* Where it is to be stored: the object itself, or the address of the runtime's. */
static void
add_output(struct text *text, const struct model_field *param)
{
	const struct model_type *type = param->type;
	struct arena *arena = text->arena;
	const char *name = arena_format(arena, "*ret_%s", param->name.c);
	enum emit_class class = emit_class(type);

	if (class == EMIT_LIST) {
		add_declaration(text, emit_declare(arena, emit_pointer(arena, type), name));
		add_declaration(text, arena_format(arena, "uint32_t %s", emit_count(arena, name)));
	} else if (class == EMIT_ARRAY && !param->optional) {
		add_declaration(text, arena_format(arena, "%s ret_%s[%s]", emit_type(arena, type), param->name.c,
						   emit_bound(arena, type)));
	} else if (class == EMIT_STRING || class == EMIT_WSTRING || class == EMIT_BYTES || class == EMIT_HANDLE) {
		add_declaration(text, emit_declare(arena, emit_type(arena, type), name));
	} else if (class == EMIT_TABLE || param->optional) {
		add_declaration(text, emit_declare(arena, emit_pointer(arena, type), name));
	} else {
		add_declaration(text, emit_declare(arena, emit_type(arena, type), name));
	}
}

const char *
emit_inputs(struct arena *arena, const struct model_method *method, enum model_direction direction)
{
	struct text text = {.arena = arena};
	size_t i;

	for (i = 0; i < method->param_count; i++) {
		if (method->params[i].direction & direction)
			add_input(&text, &method->params[i]);
	}
	return text_string(&text);
}

const char *
emit_outputs(struct arena *arena, const struct model_method *method)
{
	struct text text = {.arena = arena};
	size_t i;

	for (i = 0; i < method->param_count; i++) {
		if (method->params[i].direction & MODEL_OUT)
			add_output(&text, &method->params[i]);
	}
	return text_string(&text);
}

static const char *
names(struct arena *arena, const struct model_method *method, enum model_direction direction, const char *prefix)
{
	struct text text = {.arena = arena};
	const struct model_field *param;
	size_t i;

	for (i = 0; i < method->param_count; i++) {
		param = &method->params[i];
		if (!(param->direction & direction))
			continue;
		text_format(&text, ", %s%s", prefix, param->name.c);
		if (param->type->kind == MODEL_LIST)
			text_format(&text, ", %s%s", prefix, emit_count(arena, param->name.c));
	}
	return text_string(&text);
}

const char *
emit_input_names(struct arena *arena, const struct model_method *method)
{
	return names(arena, method, MODEL_IN, "");
}

const char *
emit_output_names(struct arena *arena, const struct model_method *method)
{
	return names(arena, method, MODEL_OUT, "ret_");
}

const char *
emit_own_address(struct arena *arena, const struct model_method *method, const char *name)
{
	return arena_format(arena, "&%s", cname_own(arena, method, name));
}

const struct out_var *
emit_method_vars(struct arena *arena, const struct model_decl *iface, const struct model_method *method)
{
	static const char *const own[] = {
		"client", "call", "self",   "reply", "pending",  "ret_pending", "w",      "r",
		"i",      "n",    "status", "to",    "handlers", "events",      "server",
	};
	const struct out_var facts[] = {
		{"iface", iface->name.c},
		{"method", method->name.c},
		{"member", method->c_member},
		{"inputs", emit_inputs(arena, method, MODEL_IN)},
		{"answers", emit_inputs(arena, method, MODEL_OUT)},
		{"outputs", emit_outputs(arena, method)},
		{"input_names", emit_input_names(arena, method)},
		{"output_names", emit_output_names(arena, method)},
	};
	const size_t fact_count = sizeof facts / sizeof facts[0];
	const size_t own_count = sizeof own / sizeof own[0];
	struct out_var *vars = ARENA_ARRAY(arena, fact_count + own_count + 1, struct out_var);
	size_t i;

	memcpy(vars, facts, sizeof facts);
	for (i = 0; i < own_count; i++)
		vars[fact_count + i] = (struct out_var){own[i], cname_own(arena, method, own[i])};
	return vars;
}

/* ---- written and read, one after another ---- */

/* What the values of all parameters share. The names are looked for once: there may be many parameters. */
static struct emit_value
common_value(struct arena *arena, const struct model_method *method, const char *stream)
{
	return (struct emit_value){
		.parameter = true,
		.stream = stream,
		.i = cname_own(arena, method, "i"),
		.n = cname_own(arena, method, "n"),
	};
}

static struct emit_value
param_value(const struct emit_value *common, const struct model_field *param)
{
	struct emit_value value = *common;

	value.type = param->type;
	value.optional = param->optional;
	value.shared = param->shared;
	value.x = param->name.c;
	return value;
}

static void
declare_counters(struct out *out, const struct model_method *method, bool needs_i, bool needs_n)
{
	struct arena *arena = out_arena(out);

	if (needs_i && needs_n)
		out_puts(out, arena_format(arena, "\tuint32_t %s, %s;\n", cname_own(arena, method, "i"),
					   cname_own(arena, method, "n")));
	else if (needs_i)
		out_puts(out, arena_format(arena, "\tuint32_t %s;\n", cname_own(arena, method, "i")));
}

void
emit_write_counters(struct out *out, const struct model_method *method, enum model_direction direction)
{
	const struct model_type *type;
	bool needs_i = false, needs_n = false;
	size_t i;

	for (i = 0; i < method->param_count; i++) {
		type = method->params[i].type;
		if (!(method->params[i].direction & direction))
			continue;
		needs_i = needs_i || emit_write_needs_i(type);
		needs_n = needs_n || emit_write_needs_n(type);
	}
	declare_counters(out, method, needs_i, needs_n);
}

void
emit_write_params(struct out *out, const struct model_method *method, enum model_direction direction,
		  const char *stream)
{
	struct emit_value common = common_value(out_arena(out), method, stream), value;
	size_t i;

	for (i = 0; i < method->param_count; i++) {
		if (!(method->params[i].direction & direction))
			continue;
		value = param_value(&common, &method->params[i]);
		emit_write(out, &value);
	}
}

void
emit_read_variables(struct out *out, const struct model_method *method, enum model_direction direction, bool writes)
{
	const struct model_type *type;
	bool needs_i = false, needs_n = false;
	size_t i;

	out_indent(out, 1);
	for (i = 0; i < method->param_count; i++) {
		if (!(method->params[i].direction & direction))
			continue;
		type = method->params[i].type;
		emit_read_variable(out, &method->params[i]);
		needs_i = needs_i || emit_read_needs_i(type) || (writes && emit_write_needs_i(type));
		needs_n = needs_n || (writes && emit_write_needs_n(type));
	}
	out_indent(out, -1);
	declare_counters(out, method, needs_i, needs_n);
}

void
emit_read_params(struct out *out, const struct model_method *method, enum model_direction direction, const char *stream)
{
	struct emit_value common = common_value(out_arena(out), method, stream), value;
	size_t i;

	for (i = 0; i < method->param_count; i++) {
		if (!(method->params[i].direction & direction))
			continue;
		value = param_value(&common, &method->params[i]);
		emit_read(out, &value);
	}
}
