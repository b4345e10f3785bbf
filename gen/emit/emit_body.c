#include "emit/emit_c.h"

#include "base/arena.h"
#include "emit/out.h"

/* What the values of all parameters share. The names are looked for once: there may be many parameters. */
static struct emit_value
common_value(struct arena *arena, const struct model_method *method, const char *stream)
{
	return (struct emit_value){
		.parameter = true,
		.stream = stream,
		.i = emit_own(arena, method, "i"),
		.n = emit_own(arena, method, "n"),
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
		out_puts(out, arena_format(arena, "\tuint32_t %s, %s;\n", emit_own(arena, method, "i"),
					   emit_own(arena, method, "n")));
	else if (needs_i)
		out_puts(out, arena_format(arena, "\tuint32_t %s;\n", emit_own(arena, method, "i")));
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
