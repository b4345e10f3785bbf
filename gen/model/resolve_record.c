#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/resolve_parts.h"
#include "syntax/lexer.h"

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
