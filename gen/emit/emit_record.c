#include "emit/emit_c.h"

#include "base/arena.h"
#include "emit/out.h"
#include "model/cname.h"

struct emit_value
emit_field_value(struct arena *arena, const struct model_decl *decl, const struct model_field *field, const char *stream)
{
	const char *between = decl->kind == MODEL_UNION ? "->as." : "->";

	return (struct emit_value){
		.type = field->type,
		.optional = field->optional,
		.x = arena_format(arena, "%s%s%s", emit_object(arena, decl), between, field->name.c),
		.stream = stream,
		.i = "i",
		.n = "n",
	};
}

bool
emit_any_field(const struct model_decl *decl, bool (*holds)(const struct model_type *type))
{
	size_t i;

	for (i = 0; i < decl->as.record.field_count; i++) {
		if (holds(decl->as.record.fields[i].type))
			return true;
	}
	return false;
}

static void
valid_member(struct out *out, const struct model_decl *decl, const struct model_field *field)
{
	struct arena *arena = out_arena(out);
	const struct model_type *type = field->type->kind == MODEL_ARRAY ? field->type->element : field->type;
	bool array = type != field->type;
	const char *x = arena_format(arena, "%s%s", emit_field_value(arena, decl, field, NULL).x, array ? "[i]" : "");
	const struct out_var *vars = OUT_VARS({"x", x}, {"object", emit_object(arena, decl)}, {"tag", decl->name.c},
					      {"member", field->name.c}, {"item", array ? " + i" : ""},
					      {"bound", array ? emit_bound(arena, field->type) : ""},
					      {"decl", type->kind == MODEL_DECL ? type->decl->name.c : ""});

	if (!type->facts.checked)
		return;
	if (array) {
		out_text(out, vars, "for (i = 0; i < $bound$; i++) {\n");
		out_indent(out, 1);
	}
	if (type->kind == MODEL_BOOL)
		out_text(out, vars, "if (bytes[offsetof(struct $tag$, $member$)$item$] > 1)\n");
	else
		out_text(out, vars,
			 emit_class(type) == EMIT_SCALAR ? "if (!$decl$_valid($x$))\n" : "if (!$decl$_valid(&$x$))\n");
	out_puts(out, "\treturn false;\n");
	if (array) {
		out_indent(out, -1);
		out_puts(out, "}\n");
	}
}

static bool
holds_bool(const struct model_type *type)
{
	return type->kind == MODEL_BOOL || (type->kind == MODEL_ARRAY && type->element->kind == MODEL_BOOL);
}

static bool
holds_checked_array(const struct model_type *type)
{
	return type->kind == MODEL_ARRAY && type->facts.checked;
}

void
emit_struct_valid(struct out *out, const struct model_decl *decl)
{
	const struct out_var *vars = OUT_VARS({"decl", decl->name.c}, {"object", emit_object(out_arena(out), decl)});
	bool bytes = emit_any_field(decl, holds_bool);
	bool counter = emit_any_field(decl, holds_checked_array);
	size_t i;

	out_text(out, vars,
		 "bool\n"
		 "$decl$_valid(const struct $decl$ *$object$)\n"
		 "{\n");
	out_indent(out, 1);
	if (bytes)
		out_text(out, vars,
			 "/* A byte that is no bool must not be read as one. */\n"
			 "const uint8_t *bytes = (const uint8_t *)$object$;\n");
	if (counter)
		out_puts(out, "uint32_t i;\n");
	if (bytes || counter)
		out_puts(out, "\n");
	for (i = 0; i < decl->as.record.field_count; i++)
		valid_member(out, decl, &decl->as.record.fields[i]);
	out_puts(out, "return true;\n");
	out_indent(out, -1);
	out_puts(out, "}\n\n");
}

/* The bytes behind the last member, up to the struct's alignment. */
static uint64_t
trailing_hole(const struct model_decl *decl)
{
	const struct model_record *record = &decl->as.record;
	size_t i;

	for (i = 0; i < record->hole_count; i++) {
		if (record->holes[i].offset + record->holes[i].size == decl->facts.size)
			return record->holes[i].size;
	}
	return 0;
}

/* Member by member: what stands in the holes of the caller's object may be anything, and must not travel. */
static void
write_members(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_record *record = &decl->as.record;
	struct emit_value value;
	size_t i;

	out_puts(out, arena_format(arena, "cdrpc_write_flat(w, %s, 0, %u);\n", emit_object(arena, decl),
				   (unsigned)decl->facts.align));
	for (i = 0; i < record->field_count; i++) {
		value = emit_field_value(arena, decl, &record->fields[i], "w");
		emit_write(out, &value);
	}
	if (trailing_hole(decl))
		out_puts(out, arena_format(arena, "cdrpc_write_flat(w, hole, sizeof hole, 1);\n"));
}

void
emit_struct_write(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const char *align = arena_format(arena, "%u", (unsigned)decl->facts.align);
	const struct out_var *vars =
		OUT_VARS({"decl", decl->name.c}, {"object", emit_object(arena, decl)}, {"align", align},
			 {"hole", arena_format(arena, "%llu", (unsigned long long)trailing_hole(decl))});
	bool hole = decl->facts.holes && trailing_hole(decl) > 0;
	bool counter = decl->facts.holes && emit_any_field(decl, emit_write_needs_i);

	out_text(out, vars,
		 "void\n"
		 "$decl$_write(struct cdrpc_writer *w, const struct $decl$ *$object$)\n"
		 "{\n");
	out_indent(out, 1);
	if (hole)
		out_text(out, vars, "static const uint8_t hole[$hole$] = {0};\n");
	if (counter)
		out_puts(out, "uint32_t i;\n");
	if (hole || counter)
		out_puts(out, "\n");
	out_text(out, vars, decl->facts.holes ? "if (!$object$) {\n" : "if (!$object$ || !$decl$_valid($object$)) {\n");
	out_puts(out, "\tcdrpc_write_fail(w, CDRPC_E_ARGUMENT);\n"
		      "\treturn;\n"
		      "}\n");
	if (decl->facts.holes)
		write_members(out, decl);
	else
		out_text(out, vars, "cdrpc_write_flat(w, $object$, sizeof *$object$, $align$);\n");
	out_indent(out, -1);
	out_puts(out, "}\n\n");
}
