#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/suggest.h"
#include "model/resolve_parts.h"
#include "syntax/lexer.h"

const struct model_reserved *
resolve_reserved(struct resolve *cx, struct resolve_scope *scope, const struct ast_items *items,
		 enum model_type_kind base, const char *what, size_t *ret_count)
{
	struct model_reserved *reserved;
	const struct ast_item *item;
	struct model_integer value;
	size_t count = 0;

	for (item = items->first; item; item = item->next)
		count += item->kind == AST_RESERVED;
	reserved = ARENA_ARRAY(cx->arena, count, struct model_reserved);
	count = 0;
	for (item = items->first; item; item = item->next) {
		if (item->kind != AST_RESERVED || !resolve_integer(cx, item->value, &value))
			continue;
		if (base == MODEL_BOOL ? !resolve_check_id(cx, value, item->value->span, what)
				       : !resolve_check_fits(cx, base, value, item->value->span))
			continue;
		if (resolve_add_number(cx, scope, value, item->value->span, what, true))
			reserved[count++] = (struct model_reserved){value, item->value->span};
	}
	*ret_count = count;
	return reserved;
}

unsigned
resolve_next_number(const struct ast_items *items)
{
	const struct ast_item *item;
	uint64_t largest = 0, number;

	for (item = items->first; item; item = item->next) {
		number = item->kind == AST_RESERVED ? item->value->first->value : item->number.value;
		if (number > largest && number < RESOLVE_ID_MAX)
			largest = number;
	}
	return (unsigned)largest + 1;
}

/* ---- enums, flags, errors ---- */

/* The integer type behind the colon. */
static enum model_type_kind
resolve_set_base(struct resolve *cx, const struct ast_name *name, bool is_unsigned)
{
	static const char *const bases[] = {"u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"};
	struct suggest suggest = suggest_begin(name->text);
	size_t count = is_unsigned ? 4 : 8, i;

	for (i = 0; i < count; i++) {
		if (!strcmp(bases[i], name->text))
			return model_scalar_kind(name->text);
		suggest_add(&suggest, bases[i]);
	}
	diag_error(cx->diag, name->span, "'%s' is not %s%s", name->text,
		   is_unsigned ? "an unsigned integer type" : "an integer type",
		   suggest.best  ? arena_format(cx->arena, "; did you mean '%s'?", suggest.best)
		   : is_unsigned ? ": there are u8, u16, u32 and u64"
				 : "");
	return is_unsigned ? MODEL_U64 : MODEL_I64;
}

static bool
check_value(struct resolve *cx, const struct model_decl *decl, struct model_integer value, struct span span)
{
	if (decl->kind == MODEL_ERRORS)
		return resolve_check_id(cx, value, span, "error value");
	if (!resolve_check_fits(cx, decl->as.set.base, value, span))
		return false;
	if (decl->kind == MODEL_ENUM && !resolve_fits(MODEL_I32, value)) {
		diag_error(cx->diag, span, "value %s does not fit in a C int, as an enumerator must",
			   model_integer_text(cx->arena, value));
		return false;
	}
	return true;
}

static void
resolve_value(struct resolve *cx, const struct model_decl *decl, const struct ast_item *item,
	      struct resolve_scope *scope, struct model_value *value)
{
	const char *what = decl->kind == MODEL_ERRORS ? "error value" : decl->kind == MODEL_FLAGS ? "flag" : "value";
	struct resolve_attrs attrs;

	value->name = resolve_name(&item->name);
	value->doc = resolve_doc(cx, item->comments);
	resolve_attrs(cx, item->attrs, TARGET_VALUE, &attrs);
	resolve_c_name(&value->name, &attrs);
	value->age = attrs.age;
	resolve_add_name(cx, scope, &item->name, "name");
	if (!item->value) {
		diag_error(cx->diag, item->name.span, "'%s' has no value: write '%s = N'", item->name.text,
			   item->name.text);
		return;
	}
	value->text = lexer_squeeze(cx->arena, item->value->span);
	if (!resolve_integer(cx, item->value, &value->value) || !check_value(cx, decl, value->value, item->value->span))
		return;
	resolve_add_number(cx, scope, value->value, item->value->span, what, false);
}

/* A flag that shares bits with a reserved one uses what is reserved. */
static void
check_reserved_bits(struct resolve *cx, const struct model_set *set, const struct ast_items *items)
{
	const struct ast_item *item;
	const struct model_value *value = set->values;
	uint64_t bits = 0;
	size_t i;

	for (i = 0; i < set->reserved_count; i++)
		bits |= set->reserved[i].value.magnitude;
	for (item = items->first; item; item = item->next) {
		if (item->kind == AST_RESERVED)
			continue;
		if (value->value.magnitude & bits)
			diag_error(cx->diag, item->value->span, "flag %s uses a reserved bit",
				   model_integer_text(cx->arena, value->value));
		value++;
	}
}

/* As a type: the integer that it is in C and on the wire. */
static struct model_facts
set_facts(const struct model_set *set)
{
	struct model_facts facts = {.flat = true, .checked = set->strict};

	facts.align = model_scalars[set->base].size;
	facts.wire_align = facts.align;
	facts.size = facts.smallest = facts.largest = facts.align;
	return facts;
}

void
resolve_set(struct resolve *cx, struct model_decl *decl, const struct ast_decl *ast)
{
	struct model_set *set = &decl->as.set;
	struct resolve_scope scope = {0};
	const struct ast_item *item;
	size_t before;

	set->base =
		decl->kind == MODEL_ERRORS ? MODEL_U16 : resolve_set_base(cx, &ast->base, decl->kind == MODEL_FLAGS);
	decl->facts = set_facts(set);
	if (!ast->items->count) {
		diag_error(cx->diag, ast->name.span, "'%s' is empty: it needs at least one value", ast->name.text);
		return;
	}
	before = diag_errors(cx->diag);
	/* First, so that the error stands where a reserved number is used again. */
	set->reserved = resolve_reserved(cx, &scope, ast->items, decl->kind == MODEL_ERRORS ? MODEL_BOOL : set->base,
					 decl->kind == MODEL_ERRORS  ? "error value"
					 : decl->kind == MODEL_FLAGS ? "flag"
								     : "value",
					 &set->reserved_count);
	set->values = ARENA_ARRAY(cx->arena, ast->items->count, struct model_value);
	for (item = ast->items->first; item; item = item->next)
		if (item->kind != AST_RESERVED)
			resolve_value(cx, decl, item, &scope, &set->values[set->value_count++]);
	if (decl->kind == MODEL_FLAGS && diag_errors(cx->diag) == before)
		check_reserved_bits(cx, set, ast->items);
}

/* ---- structs, tables, unions ---- */

static int
compare_ids(const void *left, const void *right)
{
	const struct model_field *a = *(const struct model_field *const *)left,
				 *b = *(const struct model_field *const *)right;

	return a->id < b->id ? -1 : a->id > b->id;
}

static void
resolve_id(struct resolve *cx, const struct ast_item *item, struct resolve_scope *scope, unsigned next,
	   struct model_field *field)
{
	struct model_integer id = {item->number.value, false};

	if (!item->number.written) {
		diag_error(cx->diag, item->name.span, "'%s' has no id: write '%u: ...'; %u is the next free one",
			   item->name.text, next, next);
		return;
	}
	if (!resolve_check_id(cx, id, item->number.span, "id") ||
	    !resolve_add_number(cx, scope, id, item->number.span, "id", false))
		return;
	field->id = (uint32_t)id.magnitude;
}

static void
resolve_field(struct resolve *cx, const struct model_decl *decl, const struct ast_item *item,
	      struct resolve_scope *scope, unsigned next, struct model_field *field)
{
	enum resolve_where where = decl->kind == MODEL_STRUCT  ? WHERE_STRUCT
				   : decl->kind == MODEL_TABLE ? WHERE_TABLE
							       : WHERE_UNION;
	struct resolve_attrs attrs;

	field->name = resolve_name(&item->name);
	field->doc = resolve_doc(cx, item->comments);
	resolve_attrs(cx, item->attrs, decl->kind == MODEL_STRUCT ? TARGET_MEMBER : TARGET_FIELD, &attrs);
	resolve_c_name(&field->name, &attrs);
	field->age = attrs.age;
	field->text = lexer_squeeze(cx->arena, item->span);
	resolve_add_name(cx, scope, &item->name, decl->kind == MODEL_TABLE ? "field" : "member");
	if (decl->kind != MODEL_STRUCT)
		resolve_id(cx, item, scope, next, field);
	field->type = resolve_type(cx, item->type, where, &field->optional);
}

void
resolve_record(struct resolve *cx, struct model_decl *decl, const struct ast_decl *ast)
{
	struct model_record *record = &decl->as.record;
	unsigned next = resolve_next_number(ast->items);
	struct resolve_scope scope = {0};
	const struct model_field **by_id;
	const struct ast_item *item;
	size_t i;

	if (!ast->items->count) {
		diag_error(cx->diag, ast->name.span, "'%s' is empty: it needs at least one %s", ast->name.text,
			   decl->kind == MODEL_TABLE ? "field" : "member");
		return;
	}
	/* First, so that the error stands where a reserved id is used again. */
	record->reserved = resolve_reserved(cx, &scope, ast->items, MODEL_BOOL, "id", &record->reserved_count);
	record->fields = ARENA_ARRAY(cx->arena, ast->items->count, struct model_field);
	for (item = ast->items->first; item; item = item->next)
		if (item->kind != AST_RESERVED)
			resolve_field(cx, decl, item, &scope, next, &record->fields[record->field_count++]);
	if (decl->kind == MODEL_STRUCT)
		return;
	by_id = ARENA_ARRAY(cx->arena, record->field_count, const struct model_field *);
	for (i = 0; i < record->field_count; i++)
		by_id[i] = &record->fields[i];
	qsort(by_id, record->field_count, sizeof *by_id, compare_ids);
	record->by_id = by_id;
}
