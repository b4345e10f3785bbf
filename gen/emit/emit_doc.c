#include "emit/emit.h"

#include <string.h>

#include "base/arena.h"
#include "emit/emit_c.h"
#include "emit/out.h"

/* Doc comments are Markdown already, and stand as they are. */
static void
put_doc(struct out *out, const struct model_doc *doc, const struct model_age *age)
{
	const char *sentence = emit_age_sentence(out_arena(out), age);
	size_t i;

	for (i = 0; i < doc->line_count; i++)
		out_puts(out, arena_format(out_arena(out), "%s\n", doc->lines[i]));
	if (doc->line_count > 0)
		out_puts(out, "\n");
	if (*sentence)
		out_puts(out, arena_format(out_arena(out), "*%s*\n\n", sentence));
}

/* The same on one line, for a cell of a table. */
static const char *
cell(struct arena *arena, const struct model_doc *doc, const struct model_age *age)
{
	struct text text = {.arena = arena};
	const char *sentence = emit_age_sentence(arena, age);
	const char *c;
	size_t i;

	for (i = 0; i < doc->line_count; i++) {
		text_puts(&text, i ? " " : "");
		for (c = doc->lines[i]; *c; c++) {
			text_puts(&text, *c == '|' ? "\\" : "");
			text_add(&text, c, 1);
		}
	}
	if (*sentence)
		text_format(&text, "%s*%s*", text.length ? " " : "", sentence);
	return text_string(&text);
}

/* A heading that links can name. */
static void
put_heading(struct out *out, const char *level, const char *kind, const struct model_name *name)
{
	out_puts(out, arena_format(out_arena(out), "%s %s %s\n\n", level, kind, name->text));
}

/* A string as it is written in the source, in a cell of a table. */
static const char *
string_cell(struct arena *arena, const char *from)
{
	const char *fence = strchr(from, '`') ? "``" : "`";
	struct text text = {.arena = arena};

	text_puts(&text, fence);
	for (; *from; from++) {
		if (*from == '|')
			text_puts(&text, "\\");
		text_add(&text, from, 1);
	}
	text_puts(&text, fence);
	return text_string(&text);
}

static void
put_consts(struct out *out, const struct model *model)
{
	struct arena *arena = out_arena(out);
	const struct model_decl *decl;
	struct model_type type = {.kind = MODEL_U8};
	bool any = false;
	size_t i;

	for (i = 0; i < model->decl_count; i++) {
		decl = model->decls[i];
		if (decl->kind != MODEL_CONST)
			continue;
		if (!any)
			out_puts(out, "## Constants\n\n| name | value | in C | |\n|---|---|---|---|\n");
		any = true;
		type.kind = decl->as.constant.type;
		out_puts(out,
			 arena_format(arena, "| `%s` | %s | `%s`, `%s` | %s |\n", decl->name.text,
				      decl->as.constant.string ? string_cell(arena, decl->as.constant.text)
							       : model_integer_text(arena, decl->as.constant.value),
				      decl->name.c, emit_type(arena, &type), cell(arena, &decl->doc, &decl->age)));
	}
	if (any)
		out_puts(out, "\n");
}

static void
put_set(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_set *set = &decl->as.set;
	const struct model_type base = {.kind = set->base};
	const struct model_value *value;
	size_t i;

	if (decl->kind == MODEL_ENUM)
		out_puts(out, set->strict ? "Strict: another value is refused when it is written or read.\n\n"
					  : "Open: a value that is not listed may arrive.\n\n");
	if (decl->kind != MODEL_ERRORS)
		out_text(out, OUT_VARS({"decl", decl->name.c}, {"base", emit_type(arena, &base)}),
			 "In C `$decl$_t`, a `$base$`.\n\n");
	out_puts(out, "| name | value | in C | |\n|---|---|---|---|\n");
	for (i = 0; i < set->value_count; i++) {
		value = &set->values[i];
		out_puts(out, arena_format(arena, "| `%s` | %s | `%s` | %s |\n", value->name.text,
					   model_integer_text(arena, value->value), value->name.c,
					   cell(arena, &value->doc, &value->age)));
	}
	out_puts(out, "\n");
}

/* A struct's members have no numbers. */
static void
put_record(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_record *record = &decl->as.record;
	const struct model_field *field;
	bool numbered = decl->kind != MODEL_STRUCT;
	size_t i;

	if (decl->kind == MODEL_UNION)
		out_puts(out, record->strict ? "Strict: it is always one of these.\n\n"
					     : "Open: it may be none of these, or one that is not listed.\n\n");
	out_puts(out, arena_format(arena, "In C `struct %s`.\n\n", decl->name.c));
	out_puts(out, numbered ? "| | name | type | |\n|---|---|---|---|\n" : "| name | type | |\n|---|---|---|\n");
	for (i = 0; i < record->field_count; i++) {
		field = numbered ? record->by_id[i] : &record->fields[i];
		if (numbered)
			out_puts(out, arena_format(arena, "| %u ", (unsigned)field->id));
		out_puts(out, arena_format(arena, "| `%s` | `%s%s` | %s |\n", field->name.text, field->type->text,
					   field->optional ? "?" : "", cell(arena, &field->doc, &field->age)));
	}
	out_puts(out, "\n");
}

static void
put_params(struct out *out, const struct model_method *method)
{
	static const char *const directions[] = {[MODEL_IN] = "in", [MODEL_OUT] = "out", [MODEL_INOUT] = "in and out"};
	struct arena *arena = out_arena(out);
	const struct model_field *param;
	size_t i;

	if (method->param_count == 0)
		return;
	out_puts(out, "| parameter | | type | |\n|---|---|---|---|\n");
	for (i = 0; i < method->param_count; i++) {
		param = &method->params[i];
		out_puts(out,
			 arena_format(arena, "| `%s` | %s%s | `%s%s` | %s |\n", param->name.text,
				      directions[param->direction], param->shared ? ", shared" : "", param->type->text,
				      param->optional ? "?" : "", cell(arena, &param->doc, &param->age)));
	}
	out_puts(out, "\n");
}

static void
put_service(struct out *out, const char *service)
{
	if (service)
		out_puts(out, arena_format(out_arena(out), "Served as `%s`.\n\n", service));
}

static void
put_interface(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_interface *iface = &decl->as.iface;
	const struct model_method *method;
	const char *facts;
	size_t i;

	out_puts(out,
		 arena_format(arena,
			      "Version %u, identified as `0x%016llx`. Callers: integrity level %s or above%s.\n\n",
			      (unsigned)iface->version, (unsigned long long)iface->id,
			      model_integrities[iface->min_integrity], iface->same_user ? ", of the same user" : ""));
	put_service(out, iface->service);
	out_puts(out, arena_format(arena, "%s\n\n", emit_interface_facts(arena, decl)));
	for (i = 0; i < iface->method_count; i++) {
		method = iface->by_ordinal[i];
		put_heading(out, "###", method->kind == MODEL_EVENT ? "event" : "method", &method->name);
		out_puts(out, arena_format(arena, "```\n%s\n```\n\n", method->text));
		put_doc(out, &method->doc, &method->age);
		facts = emit_method_facts(arena, decl, method);
		if (*facts)
			out_puts(out, arena_format(arena, "%s\n\n", facts));
		put_params(out, method);
		out_puts(out, arena_format(arena, "In C `%s`.\n\n", method->name.c));
	}
}

static void
put_decl(struct out *out, const struct model_decl *decl)
{
	if (decl->kind == MODEL_CONST)
		return;
	put_heading(out, "##", model_decl_names[decl->kind].keyword, &decl->name);
	put_doc(out, &decl->doc, &decl->age);
	switch (decl->kind) {
	case MODEL_ENUM:
	case MODEL_FLAGS:
	case MODEL_ERRORS:
		put_set(out, decl);
		break;
	case MODEL_STRUCT:
	case MODEL_TABLE:
	case MODEL_UNION:
		put_record(out, decl);
		break;
	default:
		put_interface(out, decl);
		break;
	}
}

void
emit_doc(struct out *out, const struct model *model, const char *stem)
{
	struct arena *arena = out_arena(out);
	size_t i;

	out_puts(out, arena_format(arena, "# %s\n\n", model->name.text));
	put_doc(out, &model->doc, &model->age);
	out_puts(out, arena_format(arena, "Written by cdidl from `%s.cdidl`.\n\n", stem));
	put_service(out, model->service);
	for (i = 0; i < model->import_count; i++)
		out_puts(out, arena_format(arena, "Imports `%s` (module `%s`).\n\n", model->imports[i].path,
					   model->imports[i].module->name.text));
	put_consts(out, model);
	for (i = 0; i < model->decl_count; i++)
		put_decl(out, model->decls[i]);
}
