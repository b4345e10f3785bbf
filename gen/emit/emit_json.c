#include "emit/emit.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "emit/out.h"
#include "model/model.h"

/*
 * Writing JSON: commas, line ends and indentation follow from the calls. A key is NULL inside an array and at the top.
 */
struct json {
	struct out *out;
	bool more; /* something stands before, in the innermost object or array */
};

/* Control characters are escaped; all else is UTF-8, as it came. */
static const char *
quote(struct arena *arena, const char *from)
{
	struct text text = {.arena = arena};

	text_puts(&text, "\"");
	for (; *from; from++) {
		if ((unsigned char)*from < ' ')
			text_format(&text, "\\u%04x", (unsigned)(unsigned char)*from);
		else if (*from == '"' || *from == '\\')
			text_format(&text, "\\%c", *from);
		else
			text_add(&text, from, 1);
	}
	text_puts(&text, "\"");
	return text_string(&text);
}

static void
begin(struct json *json, const char *key)
{
	if (json->more)
		out_puts(json->out, ",\n");
	json->more = true;
	if (key) {
		out_puts(json->out, quote(out_arena(json->out), key));
		out_puts(json->out, ": ");
	}
}

static void
json_open(struct json *json, const char *key, char bracket)
{
	begin(json, key);
	out_puts(json->out, bracket == '{' ? "{\n" : "[\n");
	out_indent(json->out, 1);
	json->more = false;
}

static void
json_close(struct json *json, char bracket)
{
	if (json->more)
		out_puts(json->out, "\n");
	out_indent(json->out, -1);
	out_puts(json->out, bracket == '}' ? "}" : "]");
	json->more = true;
}

static void
json_raw(struct json *json, const char *key, const char *value)
{
	begin(json, key);
	out_puts(json->out, value);
}

static void
json_string(struct json *json, const char *key, const char *value)
{
	json_raw(json, key, quote(out_arena(json->out), value));
}

static void
json_number(struct json *json, const char *key, uint64_t value)
{
	json_raw(json, key, arena_format(out_arena(json->out), "%llu", (unsigned long long)value));
}

static void
json_bool(struct json *json, const char *key, bool value)
{
	json_raw(json, key, value ? "true" : "false");
}

/* ---- the model ---- */

static void
put_lines(struct json *json, const char *key, const char *const *lines, size_t count)
{
	size_t i;

	if (count == 0)
		return;
	json_open(json, key, '[');
	for (i = 0; i < count; i++)
		json_string(json, NULL, lines[i]);
	json_close(json, ']');
}

static void
put_age(struct json *json, const struct model_age *age)
{
	if (age->since)
		json_number(json, "since", age->since);
	if (age->deprecated)
		json_number(json, "deprecated", age->deprecated);
	if (age->deprecated_text)
		json_string(json, "deprecated_text", age->deprecated_text);
}

/* With what C calls it. */
static void
put_name(struct json *json, const struct model_name *name)
{
	json_string(json, "name", name->text);
	json_string(json, "c_name", name->c);
}

static void
put_rights(struct json *json, const struct model_type *type)
{
	unsigned i;

	json_string(json, "handle", model_handles[type->handle].name);
	json_open(json, "rights", '[');
	for (i = 0; i < MODEL_RIGHTS; i++) {
		if (type->rights & 1u << i)
			json_string(json, NULL, model_rights[i]);
	}
	json_close(json, ']');
}

static void
put_type(struct json *json, const char *key, const struct model_type *type)
{
	static const char *const kinds[] = {
		[MODEL_ARRAY] = "array",     [MODEL_LIST] = "list",   [MODEL_STRING] = "string",
		[MODEL_WSTRING] = "wstring", [MODEL_BYTES] = "bytes", [MODEL_HANDLE] = "handle",
	};

	json_open(json, key, '{');
	json_string(json, "text", type->text);
	if (type->kind == MODEL_DECL) {
		json_string(json, "kind", model_decl_names[type->decl->kind].keyword);
		json_string(json, "decl", type->decl->full_name);
	} else {
		json_string(json, "kind", type->kind < MODEL_DECL ? model_scalars[type->kind].name : kinds[type->kind]);
	}
	if (type->bound)
		json_number(json, "bound", type->bound);
	if (type->element)
		put_type(json, "element", type->element);
	if (type->kind == MODEL_HANDLE)
		put_rights(json, type);
	json_close(json, '}');
}

static void
put_wire(struct json *json, const struct model_facts *facts)
{
	json_open(json, "wire", '{');
	json_number(json, "align", facts->wire_align);
	json_number(json, "smallest", facts->smallest);
	if (facts->largest != MODEL_UNBOUNDED)
		json_number(json, "largest", facts->largest);
	if (facts->flat)
		json_number(json, "size", facts->size);
	json_close(json, '}');
}

static void
put_reserved(struct json *json, const struct model_reserved *reserved, size_t count)
{
	size_t i;

	if (count == 0)
		return;
	json_open(json, "reserved", '[');
	for (i = 0; i < count; i++)
		json_raw(json, NULL, model_integer_text(out_arena(json->out), reserved[i].value));
	json_close(json, ']');
}

static void
json_set(struct json *json, const struct model_decl *decl)
{
	const struct model_set *set = &decl->as.set;
	size_t i;

	json_string(json, "base", model_scalars[set->base].name);
	if (decl->kind == MODEL_ENUM)
		json_bool(json, "strict", set->strict);
	json_open(json, "values", '[');
	for (i = 0; i < set->value_count; i++) {
		json_open(json, NULL, '{');
		put_name(json, &set->values[i].name);
		json_raw(json, "value", model_integer_text(out_arena(json->out), set->values[i].value));
		put_age(json, &set->values[i].age);
		put_lines(json, "doc", set->values[i].doc.lines, set->values[i].doc.line_count);
		json_close(json, '}');
	}
	json_close(json, ']');
	put_reserved(json, set->reserved, set->reserved_count);
}

/* A member, field or parameter. */
static void
put_field(struct json *json, const struct model_field *field, bool offset)
{
	static const char *const directions[] = {[MODEL_IN] = "in", [MODEL_OUT] = "out", [MODEL_INOUT] = "inout"};

	json_open(json, NULL, '{');
	put_name(json, &field->name);
	if (field->id)
		json_number(json, "id", field->id);
	if (offset)
		json_number(json, "offset", field->offset);
	if (field->direction)
		json_string(json, "direction", directions[field->direction]);
	put_type(json, "type", field->type);
	if (field->optional)
		json_bool(json, "optional", true);
	if (field->shared)
		json_bool(json, "shared", true);
	put_age(json, &field->age);
	put_lines(json, "doc", field->doc.lines, field->doc.line_count);
	json_close(json, '}');
}

static void
json_record(struct json *json, const struct model_decl *decl)
{
	const struct model_record *record = &decl->as.record;
	const char *members = decl->kind == MODEL_TABLE ? "fields" : "members";
	size_t i;

	if (decl->kind == MODEL_UNION)
		json_bool(json, "strict", record->strict);
	put_wire(json, &decl->facts);
	json_open(json, members, '[');
	for (i = 0; i < record->field_count; i++)
		put_field(json, &record->fields[i], decl->kind == MODEL_STRUCT);
	json_close(json, ']');
	put_reserved(json, record->reserved, record->reserved_count);
}

static void
put_body(struct json *json, const char *key, const struct model_body *body)
{
	json_open(json, key, '{');
	json_number(json, "smallest", body->smallest);
	if (body->largest != MODEL_UNBOUNDED)
		json_number(json, "largest", body->largest);
	if (body->blob_count)
		json_number(json, "largest_blobs", body->largest_blobs);
	json_close(json, '}');
}

static void
put_method(struct json *json, const struct model_method *method)
{
	static const char *const kinds[] = {
		[MODEL_TWO_WAY] = "method", [MODEL_ONEWAY] = "oneway", [MODEL_EVENT] = "event"};
	size_t i;

	json_open(json, NULL, '{');
	put_name(json, &method->name);
	json_string(json, "kind", kinds[method->kind]);
	json_number(json, "ordinal", method->ordinal);
	json_number(json, "timeout_ms", method->timeout_ms);
	json_bool(json, "inline", method->is_inline);
	json_bool(json, "secret", method->secret);
	json_bool(json, "coalesce", method->coalesce);
	put_age(json, &method->age);
	put_lines(json, "doc", method->doc.lines, method->doc.line_count);
	json_string(json, "text", method->text);
	if (method->errors)
		json_string(json, "fails", method->errors->full_name);
	json_open(json, "params", '[');
	for (i = 0; i < method->param_count; i++)
		put_field(json, &method->params[i], false);
	json_close(json, ']');
	put_body(json, "request", &method->request);
	if (method->kind == MODEL_TWO_WAY)
		put_body(json, "reply", &method->reply);
	json_close(json, '}');
}

static void
json_interface(struct json *json, const struct model_interface *iface)
{
	size_t i;

	json_string(json, "id", arena_format(out_arena(json->out), "0x%016llx", (unsigned long long)iface->id));
	json_number(json, "version", iface->version);
	json_number(json, "timeout_ms", iface->timeout_ms);
	json_string(json, "min_integrity", model_integrities[iface->min_integrity]);
	json_bool(json, "same_user", iface->same_user);
	if (iface->service)
		json_string(json, "service", iface->service);
	json_open(json, "methods", '[');
	for (i = 0; i < iface->method_count; i++)
		put_method(json, &iface->methods[i]);
	json_close(json, ']');
	put_reserved(json, iface->reserved, iface->reserved_count);
}

static void
json_decl(struct json *json, const struct model_decl *decl)
{
	json_open(json, NULL, '{');
	json_string(json, "kind", model_decl_names[decl->kind].keyword);
	put_name(json, &decl->name);
	json_string(json, "full_name", decl->full_name);
	put_age(json, &decl->age);
	put_lines(json, "doc", decl->doc.lines, decl->doc.line_count);
	switch (decl->kind) {
	case MODEL_CONST:
		if (decl->as.constant.string) {
			json_string(json, "type", "string");
			json_string(json, "value", decl->as.constant.string);
			break;
		}
		json_string(json, "type", model_scalars[decl->as.constant.type].name);
		json_raw(json, "value", model_integer_text(out_arena(json->out), decl->as.constant.value));
		break;
	case MODEL_ENUM:
	case MODEL_FLAGS:
	case MODEL_ERRORS:
		json_set(json, decl);
		break;
	case MODEL_STRUCT:
	case MODEL_TABLE:
	case MODEL_UNION:
		json_record(json, decl);
		break;
	case MODEL_INTERFACE:
		json_interface(json, &decl->as.iface);
		break;
	}
	json_close(json, '}');
}

void
emit_json(struct out *out, const struct model *model, const char *stem)
{
	struct json json = {.out = out};
	size_t i;

	json_open(&json, NULL, '{');
	json_number(&json, "format", 1);
	json_string(&json, "file", arena_format(out_arena(out), "%s.cdidl", stem));
	json_string(&json, "module", model->name.text);
	json_string(&json, "c_prefix", model->name.c);
	if (model->service)
		json_string(&json, "service", model->service);
	put_age(&json, &model->age);
	put_lines(&json, "doc", model->doc.lines, model->doc.line_count);
	json_open(&json, "imports", '[');
	for (i = 0; i < model->import_count; i++) {
		json_open(&json, NULL, '{');
		json_string(&json, "path", model->imports[i].path);
		json_string(&json, "module", model->imports[i].module->name.text);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	json_open(&json, "declarations", '[');
	for (i = 0; i < model->decl_count; i++)
		json_decl(&json, model->decls[i]);
	json_close(&json, ']');
	json_close(&json, '}');
	out_puts(out, "\n");
}
