#include "emit/emit_c.h"

#include "base/arena.h"
#include "base/map.h"
#include "emit/out.h"
#include "model/cname.h"

static void
emit_const(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_const *constant = &decl->as.constant;

	emit_decl_comment(out, decl);
	out_puts(out, arena_format(arena, "#define %s %s\n", decl->name.c,
				   constant->string ? cname_literal(arena, constant->string)
						    : emit_integer(arena, constant->type, constant->value)));
}

void
emit_service(struct out *out, const char *constant, const char *service)
{
	if (service)
		out_puts(out, arena_format(out_arena(out), "/* The name of the service, for its server and its clients. */\n#define %s %s\n\n",
					   constant, cname_literal(out_arena(out), service)));
}

void
emit_consts(struct out *out, const struct model *model)
{
	bool any = false;
	size_t i;

	emit_service(out, model->c_service, model->service);
	for (i = 0; i < model->decl_count; i++) {
		if (model->decls[i]->kind != MODEL_CONST)
			continue;
		emit_const(out, model->decls[i]);
		any = true;
	}
	if (any)
		out_puts(out, "\n");
}

/* What stands at the right of an enumerator, a flag, or an error: its doc comment when that is short, and its age. */
static const char *
value_remark(struct arena *arena, const struct model_value *value)
{
	struct text text = {.arena = arena};
	const char *age = emit_age(arena, &value->age);
	size_t i;

	for (i = 0; i < value->doc.line_count; i++)
		text_format(&text, "%s%s", i ? " " : "", value->doc.lines[i]);
	if (*age && text.length)
		text_format(&text, " %s", emit_age_sentence(arena, &value->age));
	else if (*age)
		text_puts(&text, age + 2);
	return text_string(&text);
}

static void
emit_enumerators(struct out *out, const struct model_set *set)
{
	struct arena *arena = out_arena(out);
	const struct model_value *value;
	const char *code;
	size_t i;

	out_puts(out, "enum {\n");
	out_indent(out, 1);
	for (i = 0; i < set->value_count; i++) {
		value = &set->values[i];
		code = arena_format(arena, "%s = %s%s", value->name.c, model_integer_text(arena, value->value),
				    i + 1 < set->value_count ? "," : "");
		emit_remark(out, code, value_remark(arena, value));
	}
	out_indent(out, -1);
	out_puts(out, "};\n");
}

static void
emit_enum(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_set *set = &decl->as.set;
	const struct model_type base = {.kind = set->base};
	const char *note = set->strict ? "strict: only the values below are possible"
				       : "open: a value not listed here is possible";
	const struct out_var *vars = OUT_VARS({"decl", decl->name.c}, {"base", emit_type(arena, &base)},
					      {"object", emit_object(arena, decl)}, {"text", set->values[0].name.text});

	emit_decl_comment(out, decl);
	emit_remark(
		out,
		arena_format(arena, "typedef %s %s;", emit_type(arena, &base), cname_with(arena, decl->name.c, "_t")),
		note);
	emit_enumerators(out, set);
	out_text(out, vars,
		 "/* \"$text$\" and so on; NULL for a value not listed. */\n"
		 "const char *$decl$_name($decl$_t $object$);\n");
	out_puts(out, "\n");
}

/* A bit is written as a shift, anything else as it is. */
static const char *
flag_text(struct arena *arena, enum model_type_kind base, uint64_t value)
{
	struct model_integer one = {.magnitude = 1};
	unsigned shift = 0;

	if (value == 0 || (value & (value - 1)) != 0)
		return emit_integer(arena, base, (struct model_integer){.magnitude = value});
	while (value >> shift != 1)
		shift++;
	return arena_format(arena, "(%s << %u)", emit_integer(arena, base, one), shift);
}

static void
emit_flags(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_set *set = &decl->as.set;
	const struct model_type base = {.kind = set->base};
	const struct model_value *value;
	const char *code;
	size_t i;

	emit_decl_comment(out, decl);
	out_text(out, OUT_VARS({"base", emit_type(arena, &base)}, {"decl", decl->name.c}),
		 "typedef $base$ $decl$_t;\n");
	for (i = 0; i < set->value_count; i++) {
		value = &set->values[i];
		code = arena_format(arena, "#define %s %s", value->name.c,
				    flag_text(arena, set->base, value->value.magnitude));
		emit_remark(out, code, value_remark(arena, value));
	}
	out_puts(out, "\n");
}

static void
emit_errors(struct out *out, const struct model_decl *decl)
{
	const struct out_var *vars = OUT_VARS({"decl", decl->name.c}, {"text", decl->as.set.values[0].name.text});

	emit_decl_comment(out, decl);
	emit_enumerators(out, &decl->as.set);
	out_text(out, vars,
		 "/* \"$text$\" and so on; NULL for a status that is none of these. */\n"
		 "const char *$decl$_name(cdrpc_status status);\n"
		 "/* The same, or what cdrpc_status_name() says: for any status, never NULL. */\n"
		 "const char *$decl$_status_text(cdrpc_status status);\n"
		 "\n");
}

void
emit_sets(struct out *out, const struct model *model)
{
	size_t i;

	for (i = 0; i < model->decl_count; i++) {
		switch (model->decls[i]->kind) {
		case MODEL_ENUM:
			emit_enum(out, model->decls[i]);
			break;
		case MODEL_FLAGS:
			emit_flags(out, model->decls[i]);
			break;
		case MODEL_ERRORS:
			emit_errors(out, model->decls[i]);
			break;
		default:
			break;
		}
	}
}

static const char *
written_bound(const struct model_type *type)
{
	return type->bound_const ? type->bound_const->name.c : type->bound_text;
}

/* "<= 512 bytes", "<= 8 of <= 32 bytes"; "" for a type without a bound. */
static const char *
bound_text(struct arena *arena, const struct model_type *type)
{
	const char *item;

	switch (type->kind) {
	case MODEL_STRING:
	case MODEL_BYTES:
		return arena_format(arena, "<= %s bytes", written_bound(type));
	case MODEL_WSTRING:
		return arena_format(arena, "<= %s units", written_bound(type));
	case MODEL_LIST:
		item = bound_text(arena, type->element);
		return arena_format(arena, *item ? "<= %s of %s" : "<= %s", written_bound(type), item);
	default:
		return "";
	}
}

/* A strict enum without a 0, which an absent field of a table reads as all the same. */
static bool
lacks_zero(const struct model_field *field)
{
	const struct model_set *set = &field->type->decl->as.set;
	size_t i;

	for (i = 0; i < set->value_count; i++)
		if (!set->values[i].value.magnitude)
			return false;
	return true;
}

static const char *
member_remark(struct arena *arena, const struct model_field *field, bool in_table)
{
	struct text text = {.arena = arena};
	const char *bound = bound_text(arena, field->type);

	if (field->id)
		text_format(&text, ", %u", (unsigned)field->id);
	if (*bound)
		text_format(&text, ", %s", bound);
	if (field->optional)
		text_puts(&text, field->type->kind == MODEL_BYTES ? ", optional: NULL data is absent"
								  : ", optional: NULL is absent");
	else if (in_table && emit_is_strict(field->type) && lacks_zero(field))
		text_puts(&text, ", 0 when absent");
	text_puts(&text, emit_age(arena, &field->age));
	return text.length ? text_string(&text) + 2 : "";
}

static void
emit_members(struct out *out, const struct model_decl *decl)
{
	const struct model_record *record = &decl->as.record;
	size_t i;

	out_indent(out, 1);
	for (i = 0; i < record->field_count; i++) {
		emit_doc_comment(out, &record->fields[i].doc, "", NULL);
		emit_member(out, &record->fields[i],
			    member_remark(out_arena(out), &record->fields[i], decl->kind == MODEL_TABLE));
	}
	out_indent(out, -1);
}

static void
emit_union(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct model_record *record = &decl->as.record;
	const char *kind =
		arena_format(arena, "%s*; 0 is none%s", cname_capitals(arena, cname_with(arena, decl->name.c, "_")),
			     record->strict ? "" : "; a value not listed here is possible");
	size_t i;

	out_puts(out, "enum {\n");
	for (i = 0; i < record->field_count; i++)
		out_puts(out, arena_format(arena, "\t%s = %u%s\n", cname_union_kind(arena, decl, &record->fields[i]),
					   (unsigned)record->fields[i].id, i + 1 < record->field_count ? "," : ""));
	out_puts(out, "};\n");
	emit_decl_comment(out, decl);
	out_puts(out, arena_format(arena, "struct %s {\n", decl->name.c));
	out_indent(out, 1);
	emit_remark(out, "uint32_t kind;", kind);
	out_puts(out, "union {\n");
	emit_members(out, decl);
	out_puts(out, "} as;\n");
	out_indent(out, -1);
	out_puts(out, "};\n\n");
}

/* A declaration on its way into the order. */
struct visit {
	const struct model_decl *decl;
	size_t next_field;
	struct visit *below;
};

/* What a member holds by value, so that its type must be complete. */
static const struct model_decl *
held_by_value(const struct model_field *field)
{
	const struct model_type *type = field->type->kind == MODEL_ARRAY ? field->type->element : field->type;
	enum emit_class class = emit_class(type);

	if (field->optional || (class != EMIT_STRUCT && class != EMIT_UNION))
		return NULL;
	return type->decl;
}

static struct visit *
push(struct arena *arena, struct map *seen, const struct model_decl *decl, struct visit *below)
{
	struct visit *visit = ARENA_NEW(arena, struct visit);

	visit->decl = decl;
	visit->below = below;
	return map_add(seen, (uint64_t)(uintptr_t)decl, visit) ? below : visit;
}

/* The structs, tables and unions, such that what a type holds by value comes before it. */
static const struct model_decl **
records_in_order(struct arena *arena, const struct model *model, size_t *ret_count)
{
	const struct model_decl **order = ARENA_ARRAY(arena, model->decl_count, const struct model_decl *);
	struct map seen = {.arena = arena};
	const struct model_decl *decl, *held;
	struct visit *top;
	size_t count = 0;
	size_t i;

	for (i = 0; i < model->decl_count; i++) {
		decl = model->decls[i];
		if (!model_is_record(decl))
			continue;
		top = push(arena, &seen, decl, NULL);
		while (top) {
			if (top->next_field == top->decl->as.record.field_count) {
				order[count++] = top->decl;
				top = top->below;
				continue;
			}
			held = held_by_value(&top->decl->as.record.fields[top->next_field++]);
			if (held && held->module == model)
				top = push(arena, &seen, held, top);
		}
	}
	*ret_count = count;
	return order;
}

void
emit_record_types(struct out *out, const struct model *model)
{
	struct arena *arena = out_arena(out);
	const struct model_decl **records;
	size_t count, i;

	records = records_in_order(arena, model, &count);
	for (i = 0; i < count; i++) {
		if (records[i]->kind == MODEL_UNION) {
			emit_union(out, records[i]);
			continue;
		}
		emit_decl_comment(out, records[i]);
		out_puts(out, arena_format(arena, "struct %s {\n", records[i]->name.c));
		emit_members(out, records[i]);
		out_puts(out, "};\n\n");
	}
}
