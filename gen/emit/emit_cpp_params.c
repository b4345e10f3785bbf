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

/* A view of what is given or received by its items, or text: "cdrpc::span<const uint32_t>"; NULL: it is a value. */
static const char *
view_type(struct arena *arena, const struct model_type *type)
{
	switch (emit_class(type)) {
	case EMIT_LIST:
		return arena_format(arena, "cdrpc::span<%s>", const_item(arena, type));
	case EMIT_ARRAY:
		return arena_format(arena, "cdrpc::array_view<%s, %s>", const_item(arena, type), emit_bound(arena, type));
	case EMIT_BYTES:
		return "cdrpc::bytes";
	case EMIT_STRING:
		return "cdrpc::zstring_view";
	case EMIT_WSTRING:
		return "cdrpc::zwstring_view";
	default:
		return NULL;
	}
}

/* Whether C++ has a std::optional of it: a handle that is absent is none, as in C. */
static bool
is_maybe(const struct model_field *param)
{
	return param->optional && emit_class(param->type) != EMIT_HANDLE;
}

static bool
is_record(const struct model_field *param)
{
	enum emit_class class = emit_class(param->type);

	return class == EMIT_STRUCT || class == EMIT_TABLE || class == EMIT_UNION;
}

static const char *
value_type(struct arena *arena, const struct model_field *param)
{
	const char *type = view_type(arena, param->type);

	type = type ? type : cpp_type(arena, param->type);
	return is_maybe(param) ? arena_format(arena, "std::optional<%s>", type) : type;
}

/* What the library is given: views by value, and by reference what may be large. */
static const char *
given(struct arena *arena, const struct model_field *param)
{
	const char *type = value_type(arena, param), *name = param->name.c;

	if (is_maybe(param) || is_record(param))
		return arena_format(arena, "const %s &%s", type, name);
	return emit_declare(arena, type, name);
}

/* What a handler or listener is given. */
static const char *
received(struct arena *arena, const struct model_field *param)
{
	const char *type = value_type(arena, param), *name = param->name.c;

	if (is_record(param) && !is_maybe(param))
		return arena_format(arena, "const %s &%s", type, name);
	return emit_declare(arena, type, name);
}

/* As the function pointers of C's tables have it. */
static const char *
c_input(struct arena *arena, const struct model_field *param)
{
	return emit_input(arena, param, cpp_type(arena, param->type));
}

static const char *
to_c(struct arena *arena, const struct model_field *param)
{
	const char *name = param->name.c;

	switch (emit_class(param->type)) {
	case EMIT_LIST:
		if (param->optional)
			return arena_format(arena, "cdrpc::to_c(%s), cdrpc::count_of(%s)", name, name);
		return arena_format(arena, "%s.data(), cdrpc::count_of(%s.size())", name, name);
	case EMIT_BYTES:
		return arena_format(arena, param->optional ? "cdrpc::maybe_to_c(%s)" : "cdrpc::to_c(%s)", name);
	case EMIT_HANDLE:
		return name;
	default:
		break;
	}
	if (is_maybe(param))
		return arena_format(arena, "cdrpc::to_c(%s)", name);
	if (view_type(arena, param->type))
		return arena_format(arena, "%s.data()", name);
	return is_record(param) ? arena_format(arena, "&%s", name) : name;
}

/* What C has as 'name', as a value of value_type(). */
static const char *
from_c_as(struct arena *arena, const struct model_field *param, const char *name)
{
	const struct model_type *type = param->type;

	switch (emit_class(type)) {
	case EMIT_LIST:
		return arena_format(arena, param->optional ? "cdrpc::maybe_span(%s, %s)" : "{%s, %s}", name,
				    emit_count(arena, name));
	case EMIT_BYTES:
		return arena_format(arena, param->optional ? "cdrpc::maybe_bytes(%s)" : "cdrpc::from_c(%s)", name);
	case EMIT_STRING:
	case EMIT_WSTRING:
		return param->optional ? arena_format(arena, "cdrpc::maybe_text(%s)", name) : name;
	case EMIT_ARRAY:
		if (param->optional)
			return arena_format(arena, "cdrpc::maybe_array<%s>(%s)", emit_bound(arena, type), name);
		return arena_format(arena, "%s::of(%s)", view_type(arena, type), name);
	case EMIT_HANDLE:
		return name;
	default:
		break;
	}
	if (is_maybe(param))
		return arena_format(arena, "cdrpc::maybe(%s)", name);
	return is_record(param) ? arena_format(arena, "*%s", name) : name;
}

static const char *
from_c(struct arena *arena, const struct model_field *param)
{
	return from_c_as(arena, param, param->name.c);
}

/* Whether C stores the output as it is in C++. */
static bool
is_stored(const struct model_field *param)
{
	switch (emit_class(param->type)) {
	case EMIT_LIST:
	case EMIT_BYTES:
	case EMIT_STRING:
	case EMIT_WSTRING:
	case EMIT_TABLE:
		return false;
	default:
		return !is_maybe(param);
	}
}

const char *
cpp_output(struct arena *arena, const struct model_field *param)
{
	const struct model_type *type = param->type;

	if (type->kind == MODEL_ARRAY && !param->optional)
		return arena_format(arena, "std::array<%s, %s> %s", cpp_type(arena, type), emit_bound(arena, type),
				    param->name.c);
	return emit_declare(arena, value_type(arena, param), param->name.c);
}

const char *
cpp_output_local(struct arena *arena, const struct model_field *param)
{
	const struct model_type *type = param->type;
	const char *name = arena_format(arena, "ret_%s", param->name.c);
	const char *item;

	if (is_stored(param))
		return "";
	switch (emit_class(type)) {
	case EMIT_BYTES:
		return arena_format(arena, "cdrpc_bytes %s = {nullptr, 0};\n", name);
	case EMIT_STRING:
	case EMIT_WSTRING:
		return arena_format(arena, "%s = nullptr;\n", emit_declare(arena, cpp_type(arena, type), name));
	default:
		break;
	}
	item = arena_format(arena, "%s *%s = nullptr;\n", const_item(arena, type), name);
	if (type->kind == MODEL_LIST)
		item = arena_format(arena, "%suint32_t %s = 0;\n", item, emit_count(arena, name));
	return item;
}

const char *
cpp_output_argument(struct arena *arena, const struct model_field *param, const char *outputs)
{
	const char *name = param->name.c;

	if (param->type->kind == MODEL_LIST)
		return arena_format(arena, ", &ret_%s, &ret_%s", name, emit_count(arena, name));
	if (!is_stored(param))
		return arena_format(arena, ", &ret_%s", name);
	if (param->type->kind == MODEL_ARRAY)
		return arena_format(arena, ", %s.%s.data()", outputs, name);
	return arena_format(arena, ", &%s.%s", outputs, name);
}

const char *
cpp_output_store(struct arena *arena, const struct model_field *param, const char *outputs)
{
	const char *name = param->name.c;

	if (is_stored(param))
		return "";
	return arena_format(arena, "%s.%s = %s;\n", outputs, name,
			    from_c_as(arena, param, arena_format(arena, "ret_%s", name)));
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
	const char *inputs = emit_each(arena, method, MODEL_IN, given);
	const char *from = emit_each(arena, method, MODEL_IN, from_c);
	const struct out_var more[] = {
		{"outs", cname_own(arena, method, "outputs")},
		{"class", method->kind == MODEL_EVENT ? iface->as.iface.cpp_listener : iface->as.iface.cpp_server},
		{"outputs_type", method->cpp_outputs},
		{"pending_type", method->cpp_pending},
		{"result", method->reply.param_count > 0 ? method->cpp_outputs : "void"},
		{"cpp_inputs", without_comma(inputs)},
		{"cpp_more", inputs},
		{"received", without_comma(emit_each(arena, method, MODEL_IN, received))},
		{"received_more", emit_each(arena, method, MODEL_IN, received)},
		{"c_more", emit_each(arena, method, MODEL_IN, c_input)},
		{"cpp_answers", emit_each(arena, method, MODEL_OUT, given)},
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
