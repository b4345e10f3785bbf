#include "emit/emit_c.h"

#include <string.h>

#include "base/arena.h"
#include "emit/out.h"
#include "model/cname.h"

const char *
emit_each(struct arena *arena, const struct model_method *method, enum model_direction direction,
	  const char *(*spell)(struct arena *arena, const struct model_field *param))
{
	struct text text = {.arena = arena};
	size_t i;

	for (i = 0; i < method->param_count; i++)
		if (method->params[i].direction & direction)
			text_format(&text, ", %s", spell(arena, &method->params[i]));
	return text_string(&text);
}

const char *
emit_input(struct arena *arena, const struct model_field *param, const char *type)
{
	enum emit_class class = emit_class(param->type);
	const char *name = param->name.c;

	if (class == EMIT_LIST)
		return arena_format(arena, "%s, uint32_t %s", emit_declare(arena, emit_pointer(arena, type), name),
				    emit_count(arena, name));
	if (class == EMIT_ARRAY && !param->optional)
		return arena_format(arena, "const %s %s[%s]", type, name, emit_bound(arena, param->type));
	if (emit_is_pointer(param) || class == EMIT_STRUCT || class == EMIT_UNION)
		type = emit_pointer(arena, type);
	return emit_declare(arena, type, name);
}

static const char *
spell_input(struct arena *arena, const struct model_field *param)
{
	return emit_input(arena, param, emit_type(arena, param->type));
}

/* Where it is to be stored: the object itself, or the address of the runtime's. */
static const char *
spell_output(struct arena *arena, const struct model_field *param)
{
	bool array = param->type->kind == MODEL_ARRAY && !param->optional;
	const char *name = arena_format(arena, array ? "ret_%s" : "*ret_%s", param->name.c);
	const char *place = emit_place(arena, param, name);

	if (param->type->kind == MODEL_LIST)
		return arena_format(arena, "%s, uint32_t %s", place, emit_count(arena, name));
	return place;
}

static const char *
spell_input_name(struct arena *arena, const struct model_field *param)
{
	const char *name = param->name.c;

	return param->type->kind == MODEL_LIST ? arena_format(arena, "%s, %s", name, emit_count(arena, name)) : name;
}

static const char *
spell_output_name(struct arena *arena, const struct model_field *param)
{
	const char *name = arena_format(arena, "ret_%s", param->name.c);

	return param->type->kind == MODEL_LIST ? arena_format(arena, "%s, %s", name, emit_count(arena, name)) : name;
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
		{"inputs", emit_each(arena, method, MODEL_IN, spell_input)},
		{"answers", emit_each(arena, method, MODEL_OUT, spell_input)},
		{"outputs", emit_each(arena, method, MODEL_OUT, spell_output)},
		{"input_names", emit_each(arena, method, MODEL_IN, spell_input_name)},
		{"output_names", emit_each(arena, method, MODEL_OUT, spell_output_name)},
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

	out_puts(out, "\tdo {\n");
	out_indent(out, 2);
	for (i = 0; i < method->param_count; i++) {
		if (!(method->params[i].direction & direction))
			continue;
		value = param_value(&common, &method->params[i]);
		emit_write(out, &value);
	}
	out_indent(out, -2);
	out_text(out, OUT_VARS({"w", stream}), "\t} while (cdrpc_write_again($w$));\n");
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

	out_indent(out, 1);
	for (i = 0; i < method->param_count; i++) {
		if (!(method->params[i].direction & direction))
			continue;
		value = param_value(&common, &method->params[i]);
		emit_read(out, &value);
	}
	out_indent(out, -1);
}
