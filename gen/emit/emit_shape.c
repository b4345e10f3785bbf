/*
 * Shapes: what diagnostics name members by. One text for each table, union and method, which only a failure reads; struct cdrpc_shape
 * in cdrpc/generated.h has the grammar.
 */
#include "emit/emit_c.h"

#include "base/arena.h"
#include "emit/out.h"
#include "model/cname.h"

/* C11 promises 4095 characters in a literal. What does not fit is left out: it is named by its number then. */
#define TEXT_MOST 3600
#define LINE_MOST 90

/* A text that is being made, and the tables and unions that it names by number. */
struct shape {
	struct text text;
	size_t line;                    /* where the last line of it begins */
	const struct model_decl **records;
	size_t record_count;
};

static unsigned
record_number(struct shape *shape, const struct model_decl *decl)
{
	size_t i;

	for (i = 0; i < shape->record_count && shape->records[i] != decl; i++)
		;
	if (i == shape->record_count)
		shape->records[shape->record_count++] = decl;
	return (unsigned)i;
}

static void
put_shape_type(struct shape *shape, const struct model_type *type, bool parameter)
{
	struct text *text = &shape->text;

	switch (emit_class(type)) {
	case EMIT_SCALAR:
		text_format(text, "%u", (unsigned)model_scalars[emit_scalar(type)].size);
		break;
	case EMIT_STRUCT:
	case EMIT_ARRAY:
		text_format(text, "f%llu.%u", (unsigned long long)type->facts.size, (unsigned)type->facts.align);
		break;
	case EMIT_LIST:
		text_puts(text, "[");
		put_shape_type(shape, type->element, false);
		break;
	case EMIT_STRING:
		text_puts(text, "s");
		break;
	case EMIT_WSTRING:
		text_puts(text, "w");
		break;
	case EMIT_BYTES:
		text_puts(text, parameter ? "B" : "b");
		break;
	case EMIT_HANDLE:
		text_puts(text, "h");
		break;
	case EMIT_TABLE:
		text_format(text, "t%u", record_number(shape, type->decl));
		break;
	case EMIT_UNION:
		text_format(text, "u%u", record_number(shape, type->decl));
		break;
	}
}

/* Long texts are several literals, one a line. */
static void
break_line(struct shape *shape)
{
	if (shape->text.length - shape->line < LINE_MOST)
		return;
	text_puts(&shape->text, "\"\n\t\"");
	shape->line = shape->text.length;
}

static void
put_member(struct shape *shape, const struct model_field *field, bool parameter)
{
	if (shape->text.length > TEXT_MOST)
		return;
	break_line(shape);
	if (!parameter)
		text_format(&shape->text, "%u=", (unsigned)field->id);
	text_format(&shape->text, "%s:", field->name.text);
	if (parameter && field->optional && field->type->kind != MODEL_HANDLE)
		text_puts(&shape->text, "?");
	put_shape_type(shape, field->type, parameter);
	text_puts(&shape->text, ",");
}

static void
put_shape_params(struct shape *shape, const struct model_method *method, enum model_direction direction)
{
	size_t i;

	for (i = 0; i < method->param_count; i++) {
		if (method->params[i].direction & direction)
			put_member(shape, &method->params[i], true);
	}
}

static void
put_errors(struct shape *shape, const struct model_decl *errors)
{
	size_t i;

	if (!errors)
		return;
	text_format(&shape->text, "%s:", errors->name.text);
	for (i = 0; i < errors->as.set.value_count; i++) {
		if (shape->text.length > TEXT_MOST) {
			text_puts(&shape->text, "+");
			return;
		}
		break_line(shape);
		text_format(&shape->text, "%s,", model_integer_text(shape->text.arena, errors->as.set.values[i].value));
	}
}

static struct shape
shape_new(struct arena *arena, size_t most_records)
{
	return (struct shape){
		.text = {.arena = arena},
		.records = ARENA_ARRAY(arena, most_records + 1, const struct model_decl *),
	};
}

/* The array of what the texts name by number, and the name of it: "NULL" where they name nothing. */
static const char *
emit_records(struct out *out, const struct shape *shape, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const char *name = cname_with(arena, decl->name.c, "_shapes");
	size_t i;

	if (shape->record_count == 0)
		return "NULL";
	out_puts(out, arena_format(arena, "static const struct cdrpc_shape *const %s[] = {\n", name));
	for (i = 0; i < shape->record_count; i++)
		out_puts(out, arena_format(arena, "\t&%s,\n", cname_with(arena, shape->records[i]->name.c, "_shape")));
	out_puts(out, "};\n\n");
	return name;
}

void
emit_record_shape(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_record *record = &decl->as.record;
	struct shape shape = shape_new(arena, record->field_count);
	const char *records;
	size_t i;

	for (i = 0; i < record->field_count; i++)
		put_member(&shape, record->by_id[i], false);
	records = emit_records(out, &shape, decl);
	out_puts(out, arena_format(arena, "const struct cdrpc_shape %s = {\n\t\"%s\",\n\t%s,\n};\n\n",
				   cname_with(arena, decl->name.c, "_shape"), text_string(&shape.text), records));
}

const char *
emit_method_shapes(struct out *out, const struct model_decl *decl, const char **ret_texts)
{
	const struct model_interface *iface = &decl->as.iface;
	struct shape shape;
	size_t most = 0, i;

	for (i = 0; i < iface->method_count; i++)
		most += iface->methods[i].param_count;
	shape = shape_new(out_arena(out), most);
	for (i = 0; i < iface->method_count; i++) {
		shape.text = (struct text){.arena = out_arena(out)};
		shape.line = 0;
		put_shape_params(&shape, iface->by_ordinal[i], MODEL_IN);
		text_puts(&shape.text, "|");
		put_shape_params(&shape, iface->by_ordinal[i], MODEL_OUT);
		text_puts(&shape.text, "|");
		put_errors(&shape, iface->by_ordinal[i]->errors);
		ret_texts[i] = text_string(&shape.text);
	}
	return emit_records(out, &shape, decl);
}
