#include "emit/emit.h"

#include "base/arena.h"
#include "emit/emit_c.h"
#include "emit/out.h"
#include "model/cname.h"

static void
emit_name(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_set *set = &decl->as.set;
	const char *object = decl->kind == MODEL_ERRORS ? "status" : emit_object(arena, decl);
	const char *type = decl->kind == MODEL_ERRORS ? "cdrpc_status" : cname_with(arena, decl->name.c, "_t");
	const struct out_var *vars = OUT_VARS({"decl", decl->name.c}, {"object", object}, {"type", type});
	size_t i;

	out_text(out, vars,
		 "const char *\n"
		 "$decl$_name($type$ $object$)\n"
		 "{\n"
		 "\tswitch ($object$) {\n");
	for (i = 0; i < set->value_count; i++)
		out_puts(out, arena_format(arena, "\tcase %s:\n\t\treturn %s;\n", set->values[i].name.c,
					   cname_literal(arena, set->values[i].name.text)));
	out_puts(out, "\tdefault:\n"
		      "\t\treturn NULL;\n"
		      "\t}\n"
		      "}\n\n");
}

static void
emit_status_text(struct out *out, const struct model_decl *decl)
{
	out_text(out, OUT_VARS({"decl", decl->name.c}),
		 "const char *\n"
		 "$decl$_status_text(cdrpc_status status)\n"
		 "{\n"
		 "\tconst char *name = $decl$_name(status);\n"
		 "\n"
		 "\treturn name ? name : cdrpc_status_name(status);\n"
		 "}\n\n");
}

static void
emit_enum_valid(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct out_var *vars = OUT_VARS({"decl", decl->name.c}, {"object", emit_object(arena, decl)});
	const struct model_set *set = &decl->as.set;
	size_t i;

	out_text(out, vars,
		 "bool\n"
		 "$decl$_valid($decl$_t $object$)\n"
		 "{\n"
		 "\tswitch ($object$) {\n");
	for (i = 0; i < set->value_count; i++)
		out_puts(out, arena_format(arena, "\tcase %s:\n", set->values[i].name.c));
	out_puts(out, "\t\treturn true;\n"
		      "\tdefault:\n"
		      "\t\treturn false;\n"
		      "\t}\n"
		      "}\n\n");
}

static void
emit_asserts(struct out *out, const struct model *model)
{
	struct arena *arena = out_arena(out);
	const struct model_decl *decl;
	const struct model_field *field;
	bool any = false;
	size_t i, k;

	for (i = 0; i < model->decl_count; i++) {
		decl = model->decls[i];
		if (decl->kind != MODEL_STRUCT)
			continue;
		any = true;
		out_puts(
			out,
			arena_format(
				arena,
				"static_assert(sizeof(struct %s) == %llu, \"struct %s is laid out as on the wire\");\n",
				decl->name.c, (unsigned long long)decl->facts.size, decl->name.c));
		for (k = 0; k < decl->as.record.field_count; k++) {
			field = &decl->as.record.fields[k];
			out_puts(out, arena_format(arena,
						   "static_assert(offsetof(struct %s, %s) == %llu, \"%s stands where "
						   "it does on the wire\");\n",
						   decl->name.c, field->name.c, (unsigned long long)field->offset,
						   field->name.c));
		}
	}
	if (any)
		out_puts(out, "\n");
}

static bool
shares(const struct model_method *method, enum model_direction direction)
{
	uint32_t i;

	for (i = 0; i < method->param_count; i++) {
		if (method->params[i].shared && method->params[i].direction & direction)
			return true;
	}
	return false;
}

static const char *
method_flags(struct arena *arena, const struct model_method *method)
{
	struct text text = {.arena = arena};

	if (method->kind == MODEL_ONEWAY)
		text_puts(&text, " | CDRPC_METHOD_ONEWAY");
	if (method->kind == MODEL_EVENT)
		text_puts(&text, " | CDRPC_METHOD_EVENT");
	if (method->is_inline)
		text_puts(&text, " | CDRPC_METHOD_INLINE");
	if (method->reply.param_count > 0)
		text_puts(&text, " | CDRPC_METHOD_OUTPUTS");
	if (method->secret)
		text_puts(&text, " | CDRPC_METHOD_SECRET");
	if (method->coalesce)
		text_puts(&text, " | CDRPC_METHOD_COALESCE");
	if (shares(method, MODEL_IN))
		text_puts(&text, " | CDRPC_METHOD_SHARED_INPUTS");
	if (shares(method, MODEL_OUT))
		text_puts(&text, " | CDRPC_METHOD_SHARED_OUTPUTS");
	return text.length ? text_string(&text) + 3 : "0";
}

/* Whether a later version of the type may have more in it, which is skipped. Tables end the recursion, so that it does end. */
static bool
may_grow(const struct model_type *type)
{
	const struct model_record *record;
	size_t i;

	if (type->kind == MODEL_ARRAY || type->kind == MODEL_LIST)
		return may_grow(type->element);
	if (type->kind != MODEL_DECL || (type->decl->kind != MODEL_TABLE && type->decl->kind != MODEL_UNION))
		return false;
	record = &type->decl->as.record;
	if (type->decl->kind == MODEL_TABLE || !record->strict || type->decl->facts.recursive)
		return true;
	for (i = 0; i < record->field_count; i++)
		if (may_grow(record->fields[i].type))
			return true;
	return false;
}

/* The largest body and blobs that the other side may send, of whatever version; "that or more" when it does not fit. */
static const char *
largest(struct arena *arena, const struct model_method *method, enum model_direction direction)
{
	const struct model_body *body = direction == MODEL_IN ? &method->request : &method->reply;
	uint64_t most = UINT32_MAX;
	size_t i;

	for (i = 0; i < method->param_count; i++)
		if (method->params[i].direction & direction && may_grow(method->params[i].type))
			return "CDRPC_UNBOUNDED";
	if (body->largest >= most || body->largest_blobs >= most || body->largest + body->largest_blobs >= most)
		return "CDRPC_UNBOUNDED";
	return arena_format(arena, "%llu", (unsigned long long)(body->largest + body->largest_blobs));
}

static void
emit_interface_tables(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_interface *iface = &decl->as.iface;
	const struct out_var *vars = OUT_VARS({"iface", decl->name.c});
	const char **members = ARENA_ARRAY(arena, iface->method_count, const char *);
	const char *shapes = emit_method_shapes(out, decl, members);
	const struct model_method *method;
	size_t i;

	out_text(out, vars, "/* Name, ordinal, since, flags, deadline in ms; the most bytes of inputs and of outputs; members. */\n"
		 "static const struct cdrpc_method $iface$_method_table[] = {\n");
	for (i = 0; i < iface->method_count; i++) {
		method = iface->by_ordinal[i];
		out_puts(out, arena_format(arena, "\t{%s, %u, %u, %s, %u,\n\t\t%s, %s, \"%s\"},\n",
					   cname_literal(arena, method->name.text), (unsigned)method->ordinal,
					   method->age.since ? (unsigned)method->age.since : 1u,
					   method_flags(arena, method), (unsigned)method->timeout_ms,
					   largest(arena, method, MODEL_IN), largest(arena, method, MODEL_OUT), members[i]));
	}
	out_text(out, vars,
		 "};\n"
		 "\n"
		 "/* Its id and name; version, whom it lets in, deadline in ms; methods and events. */\n"
		 "const struct cdrpc_interface $iface$_interface = {\n");
	out_puts(out,
		 arena_format(arena, "\tUINT64_C(0x%016llx), %s,\n\t%u, CDRPC_INTEGRITY_%s, CDRPC_%s_USER, %u,\n\t%u, ",
			      (unsigned long long)iface->id, cname_literal(arena, decl->full_name),
			      (unsigned)iface->version, cname_capitals(arena, model_integrities[iface->min_integrity]),
			      iface->same_user ? "SAME" : "ANY", (unsigned)iface->timeout_ms, (unsigned)iface->method_count));
	out_text(out, vars, "$iface$_method_table, ");
	out_puts(out, arena_format(arena, "%s,\n};\n\n", shapes));
}

static void
emit_decl(struct out *out, const struct model_decl *decl)
{
	switch (decl->kind) {
	case MODEL_ENUM:
		emit_name(out, decl);
		if (decl->as.set.strict)
			emit_enum_valid(out, decl);
		break;
	case MODEL_ERRORS:
		emit_name(out, decl);
		emit_status_text(out, decl);
		break;
	case MODEL_STRUCT:
		if (decl->facts.checked)
			emit_struct_valid(out, decl);
		if (emit_has_write(decl))
			emit_struct_write(out, decl);
		break;
	case MODEL_TABLE:
		emit_record_shape(out, decl);
		emit_table_write(out, decl);
		emit_table_read(out, decl);
		break;
	case MODEL_UNION:
		emit_record_shape(out, decl);
		emit_union_write(out, decl);
		emit_union_read(out, decl);
		break;
	case MODEL_INTERFACE:
		emit_interface_tables(out, decl);
		break;
	default:
		break;
	}
}

void
emit_types(struct out *out, const struct model *model, const char *stem)
{
	size_t i;

	emit_source(out, model, stem, "Types", "#include <assert.h>\n#include <string.h>\n");
	emit_asserts(out, model);
	for (i = 0; i < model->decl_count; i++)
		emit_decl(out, model->decls[i]);
}
