#include <string.h>

#include "base/arena.h"
#include "emit/emit_c.h"
#include "emit/out.h"
#include "model/cname.h"

/* From the global scope, and a struct as such: a method of the class may have the type's name. */
static const char *
cpp_type(struct arena *arena, const struct model_type *type)
{
	while (type->element)
		type = type->element;
	if (type->kind != MODEL_DECL)
		return emit_type(arena, type);
	if (emit_class(type) == EMIT_SCALAR)
		return arena_format(arena, "::%s", emit_type(arena, type));
	return arena_format(arena, "struct ::%s", type->decl->name.c);
}

/* "const struct ::player_track", "const char *const": an item that is not changed. */
static const char *
const_item(struct arena *arena, const struct model_type *type)
{
	const char *item = cpp_type(arena, type);

	return arena_format(arena, item[strlen(item) - 1] == '*' ? "%sconst" : "const %s", item);
}

static const char *
span_type(struct arena *arena, const struct model_type *type)
{
	return arena_format(arena, "cdrpc::span<%s>", const_item(arena, type));
}

/* What is spelled in another way in C++ wherever it stands, and what may be absent; NULL: all else. */
static const char *
common(struct arena *arena, const struct model_field *param)
{
	const char *name = param->name.c;

	if (param->type->kind == MODEL_LIST)
		return arena_format(arena, "%s %s", span_type(arena, param->type), name);
	if (param->type->kind == MODEL_BYTES)
		return arena_format(arena, "cdrpc::bytes %s", name);
	if (param->optional && emit_is_pointer(param))
		return arena_format(arena, "%s *%s", const_item(arena, param->type), name);
	return NULL;
}

static const char *
input(struct arena *arena, const struct model_field *param)
{
	const struct model_type *type = param->type;
	const char *text = common(arena, param), *name = param->name.c;

	if (text)
		return text;
	switch (emit_class(type)) {
	case EMIT_ARRAY:
		return arena_format(arena, "%s (&%s)[%s]", const_item(arena, type), name, emit_bound(arena, type));
	case EMIT_STRUCT:
	case EMIT_TABLE:
	case EMIT_UNION:
		return arena_format(arena, "%s &%s", const_item(arena, type), name);
	default:
		return emit_declare(arena, cpp_type(arena, type), name);
	}
}

/* As the function pointers of C's tables have it. */
static const char *
c_input(struct arena *arena, const struct model_field *param)
{
	return emit_input(arena, param, cpp_type(arena, param->type));
}

static bool
is_reference(const struct model_field *param)
{
	enum emit_class class = emit_class(param->type);

	return !param->optional && (class == EMIT_STRUCT || class == EMIT_TABLE || class == EMIT_UNION);
}

static const char *
to_c(struct arena *arena, const struct model_field *param)
{
	const char *name = param->name.c;

	if (param->type->kind == MODEL_LIST)
		return arena_format(arena, "%s.data(), cdrpc::count_of(%s.size())", name, name);
	if (param->type->kind == MODEL_BYTES)
		return arena_format(arena, "cdrpc::to_c(%s)", name);
	return is_reference(param) ? arena_format(arena, "&%s", name) : name;
}

static const char *
from_c(struct arena *arena, const struct model_field *param)
{
	const struct model_type *type = param->type;
	const char *name = param->name.c;

	if (type->kind == MODEL_LIST)
		return arena_format(arena, "%s(%s, %s)", span_type(arena, type), name, emit_count(arena, name));
	if (type->kind == MODEL_BYTES)
		return arena_format(arena, "cdrpc::from_c(%s)", name);
	if (type->kind == MODEL_ARRAY && !param->optional)
		return arena_format(arena, "*reinterpret_cast<%s (*)[%s]>(%s)", const_item(arena, type),
				    emit_bound(arena, type), name);
	return is_reference(param) ? arena_format(arena, "*%s", name) : name;
}

const char *
cpp_output(struct arena *arena, const struct model_field *param)
{
	const struct model_type *type = param->type;
	const char *text = common(arena, param), *name = param->name.c;

	if (text)
		return text;
	if (type->kind == MODEL_ARRAY)
		return arena_format(arena, "std::array<%s, %s> %s", cpp_type(arena, type), emit_bound(arena, type), name);
	if (emit_class(type) == EMIT_TABLE)
		return arena_format(arena, "%s *%s", const_item(arena, type), name);
	return emit_declare(arena, cpp_type(arena, type), name);
}

const char *
cpp_output_local(struct arena *arena, const struct model_field *param)
{
	const char *name = param->name.c;

	if (param->type->kind == MODEL_LIST)
		return arena_format(arena, "%s *ret_%s = nullptr;\nuint32_t ret_%s = 0;\n",
				    const_item(arena, param->type), name, emit_count(arena, name));
	if (param->type->kind == MODEL_BYTES)
		return arena_format(arena, "cdrpc_bytes ret_%s = {nullptr, 0};\n", name);
	return "";
}

const char *
cpp_output_argument(struct arena *arena, const struct model_field *param, const char *outputs)
{
	const char *name = param->name.c;

	if (param->type->kind == MODEL_LIST)
		return arena_format(arena, ", &ret_%s, &ret_%s", name, emit_count(arena, name));
	if (param->type->kind == MODEL_BYTES)
		return arena_format(arena, ", &ret_%s", name);
	if (param->type->kind == MODEL_ARRAY && !param->optional)
		return arena_format(arena, ", %s.%s.data()", outputs, name);
	return arena_format(arena, ", &%s.%s", outputs, name);
}

const char *
cpp_output_store(struct arena *arena, const struct model_field *param, const char *outputs)
{
	const char *name = param->name.c;

	if (param->type->kind == MODEL_LIST)
		return arena_format(arena, "%s.%s = %s(ret_%s, ret_%s);\n", outputs, name,
				    span_type(arena, param->type), name, emit_count(arena, name));
	if (param->type->kind == MODEL_BYTES)
		return arena_format(arena, "%s.%s = cdrpc::from_c(ret_%s);\n", outputs, name, name);
	return "";
}

static const char *
without_comma(const char *list)
{
	return *list ? list + 2 : list;
}

const struct out_var *
cpp_method_vars(struct arena *arena, const struct model_decl *iface, const struct model_method *method)
{
	const struct out_var *common = emit_method_vars(arena, iface, method);
	const char *inputs = emit_each(arena, method, MODEL_IN, input);
	const char *from = emit_each(arena, method, MODEL_IN, from_c);
	const struct out_var more[] = {
		{"outs", cname_own(arena, method, "outputs")},
		{"class", method->kind == MODEL_EVENT ? iface->as.iface.cpp_listener : iface->as.iface.cpp_server},
		{"outputs_type", method->cpp_outputs},
		{"pending_type", method->cpp_pending},
		{"result", method->reply.param_count > 0 ? method->cpp_outputs : "void"},
		{"cpp_inputs", without_comma(inputs)},
		{"cpp_more", inputs},
		{"c_more", emit_each(arena, method, MODEL_IN, c_input)},
		{"cpp_answers", emit_each(arena, method, MODEL_OUT, input)},
		{"to_c", emit_each(arena, method, MODEL_IN, to_c)},
		{"answers_to_c", emit_each(arena, method, MODEL_OUT, to_c)},
		{"from_c", without_comma(from)},
		{"from_c_more", from},
	};
	struct out_var *vars;
	size_t count = 0;

	while (common[count].name)
		count++;
	vars = ARENA_ARRAY(arena, count + sizeof more / sizeof more[0] + 1, struct out_var);
	memcpy(vars, more, sizeof more);
	memcpy(vars + sizeof more / sizeof more[0], common, count * sizeof *common);
	return vars;
}
