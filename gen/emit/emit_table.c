#include "emit/emit_c.h"

#include "base/arena.h"
#include "emit/out.h"
#include "model/cname.h"

/* The variables that the functions of a table or union declare. */
struct needs {
	bool i;
	bool n;
	bool bits;
	bool long_bits;
	bool mark; /* of a field, or of a union's record */
};

static struct needs
write_needs(const struct model_decl *decl)
{
	const struct model_record *record = &decl->as.record;
	const struct model_field *field;
	struct needs needs = {false, false, false, false, false};
	size_t i;

	for (i = 0; i < record->field_count; i++) {
		field = &record->fields[i];
		needs.i = needs.i || emit_write_needs_i(field->type);
		needs.n = needs.n || emit_write_needs_n(field->type);
		needs.bits = needs.bits || field->type->kind == MODEL_F32;
		needs.long_bits = needs.long_bits ||
				  (decl->kind == MODEL_TABLE && field->type->kind == MODEL_F64 && !field->optional);
		needs.mark = needs.mark || !emit_is_small(field->type);
	}
	return needs;
}

static const struct out_var *
decl_vars(struct arena *arena, const struct model_decl *decl)
{
	struct out_var *vars = ARENA_ARRAY(arena, 3, struct out_var);

	vars[0] = (struct out_var){"decl", decl->name.c};
	vars[1] = (struct out_var){"object", emit_object(arena, decl)};
	return vars;
}

static void
declare_needs(struct out *out, struct needs needs)
{
	if (needs.bits)
		out_puts(out, "uint32_t bits;\n");
	if (needs.long_bits)
		out_puts(out, "uint64_t long_bits;\n");
	if (needs.i)
		out_puts(out, needs.n ? "uint32_t i, n;\n" : "uint32_t i;\n");
}

static void
begin_write(struct out *out, const struct model_decl *decl, const struct out_var *vars, const char *marks)
{
	out_text(out, vars,
		 "void\n"
		 "$decl$_write(struct cdrpc_writer *w, const struct $decl$ *$object$)\n"
		 "{\n");
	out_indent(out, 1);
	out_puts(out, marks);
	declare_needs(out, write_needs(decl));
	out_puts(out, "\n");
}

static void
end_function(struct out *out)
{
	out_indent(out, -1);
	out_puts(out, "}\n\n");
}

void
emit_table_write(struct out *out, const struct model_decl *decl)
{
	const struct out_var *vars = decl_vars(out_arena(out), decl);
	const struct model_record *record = &decl->as.record;
	struct emit_value value;
	size_t i;

	begin_write(out, decl, vars,
		    write_needs(decl).mark ? "struct cdrpc_mark table, field;\n" : "struct cdrpc_mark table;\n");
	out_text(out, vars,
		 "if (!$object$) {\n"
		 "\tcdrpc_write_fail(w, CDRPC_E_ARGUMENT);\n"
		 "\treturn;\n"
		 "}\n"
		 "table = cdrpc_table_begin(w);\n");
	/* The runtime refuses a level too many, but a cycle in the caller's data would go on for ever. */
	if (decl->facts.recursive)
		out_puts(out, "if (w->status != CDRPC_OK)\n"
			      "\treturn;\n");
	for (i = 0; i < record->field_count; i++) {
		value = emit_field_value(out_arena(out), decl, record->by_id[i], "w");
		emit_idl(out, record->by_id[i]->text);
		emit_write_field(out, &value, record->by_id[i]->id);
	}
	out_puts(out, "cdrpc_table_end(w, table);\n");
	end_function(out);
}

void
emit_union_write(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct out_var *vars = decl_vars(arena, decl);
	const struct model_record *record = &decl->as.record;
	struct emit_value value;
	const char *kind;
	size_t i;

	begin_write(out, decl, vars,
		    write_needs(decl).mark || !record->strict ? "struct cdrpc_mark record;\n" : "");
	out_text(out, vars, "switch ($object$ ? $object$->kind : UINT32_MAX) {\n");
	if (!record->strict)
		out_puts(out, "case 0:\n"
			      "\trecord = cdrpc_union_begin(w, 0);\n"
			      "\tcdrpc_union_end(w, record);\n"
			      "\tbreak;\n");
	for (i = 0; i < record->field_count; i++) {
		kind = cname_union_kind(arena, decl, record->by_id[i]);
		value = emit_field_value(arena, decl, record->by_id[i], "w");
		out_puts(out, arena_format(arena, "case %s:\n", kind));
		out_indent(out, 1);
		emit_write_member(out, &value, kind);
		out_puts(out, "break;\n");
		out_indent(out, -1);
	}
	out_puts(out, "default:\n"
		      "\tcdrpc_write_fail(w, CDRPC_E_ARGUMENT);\n"
		      "\tbreak;\n"
		      "}\n");
	end_function(out);
}

/* The case of one field or member. What needs a variable of its own gets a block. */
static void
read_case(struct out *out, const struct model_decl *decl, const struct model_field *field, const char *label)
{
	struct arena *arena = out_arena(out);
	struct emit_value value = emit_field_value(arena, decl, field, "r");
	const char *local = emit_read_local(arena, &value);

	out_puts(out, arena_format(arena, local ? "case %s: {\n" : "case %s:\n", label));
	out_indent(out, 1);
	if (local)
		out_puts(out, arena_format(arena, "%s;\n\n", local));
	emit_read_field(out, &value);
	out_puts(out, "break;\n");
	out_indent(out, -1);
	if (local)
		out_puts(out, "}\n");
}

/* Strings that are not sent read as empty ones; all else of an empty object is zero. */
static void
read_defaults(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_field *field;
	struct emit_value value;
	size_t i;

	for (i = 0; i < decl->as.record.field_count; i++) {
		field = &decl->as.record.fields[i];
		value = emit_field_value(arena, decl, field, "r");
		if (field->optional)
			continue;
		if (field->type->kind == MODEL_STRING)
			out_puts(out, arena_format(arena, "%s = \"\";\n", value.x));
		else if (field->type->kind == MODEL_WSTRING)
			out_puts(out, arena_format(arena, "%s = cdrpc_empty_wstring();\n", value.x));
	}
}

static void
begin_read(struct out *out, const struct model_decl *decl, const char *variables)
{
	const struct out_var *vars = decl_vars(out_arena(out), decl);

	out_text(out, vars,
		 "void\n"
		 "$decl$_read(struct cdrpc_reader *r, struct $decl$ *$object$)\n"
		 "{\n");
	out_indent(out, 1);
	out_puts(out, variables);
	if (emit_any_field(decl, emit_read_needs_i))
		out_puts(out, "uint32_t i;\n");
	out_text(out, vars,
		 "\n"
		 "memset($object$, 0, sizeof *$object$);\n");
}

void
emit_table_read(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_record *record = &decl->as.record;
	size_t i;

	begin_read(out, decl,
		   "struct cdrpc_scope table = cdrpc_read_table(r);\n"
		   "struct cdrpc_field field;\n");
	read_defaults(out, decl);
	out_puts(out, "while (cdrpc_read_field(r, &table, &field)) {\n"
		      "\tswitch (field.id) {\n");
	out_indent(out, 1);
	for (i = 0; i < record->field_count; i++)
		read_case(out, decl, record->by_id[i], arena_format(arena, "%u", (unsigned)record->by_id[i]->id));
	out_indent(out, -1);
	out_puts(out, "\tdefault:\n"
		      "\t\tcdrpc_read_skip(r, &field);\n"
		      "\t\tbreak;\n"
		      "\t}\n"
		      "}\n"
		      "cdrpc_read_table_end(r, &table);\n");
	end_function(out);
}

void
emit_union_read(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_record *record = &decl->as.record;
	size_t i;

	begin_read(out, decl,
		   "struct cdrpc_field field;\n"
		   "struct cdrpc_scope record = cdrpc_read_union(r, &field);\n");
	out_text(out, decl_vars(arena, decl),
		 "$object$->kind = field.id;\n"
		 "switch (field.id) {\n");
	for (i = 0; i < record->field_count; i++)
		read_case(out, decl, record->by_id[i], cname_union_kind(arena, decl, record->by_id[i]));
	out_puts(out, "default:\n");
	out_puts(out, record->strict ? "\tcdrpc_read_fail(r, CDRPC_E_DECODE);\n" : "\tcdrpc_read_skip(r, &field);\n");
	out_puts(out, "\tbreak;\n"
		      "}\n"
		      "cdrpc_read_union_end(r, &record);\n");
	end_function(out);
}
