#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/suggest.h"
#include "model/resolve_parts.h"
#include "syntax/lexer.h"

static const struct {
	const char *name;
	enum model_type_kind kind;
	uint64_t unit; /* bytes for each of the bound */
} texts[] = {
	{"string", MODEL_STRING, 1},
	{"wstring", MODEL_WSTRING, 2},
	{"bytes", MODEL_BYTES, 1},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct model_type *
new_type(struct resolve *cx, enum model_type_kind kind, struct span span, struct span bound)
{
	struct resolve_type *node = ARENA_NEW(cx->arena, struct resolve_type);
	struct model_type *type = ARENA_NEW(cx->arena, struct model_type);

	type->kind = kind;
	type->text = lexer_squeeze(cx->arena, span);
	node->type = type;
	node->bound = bound;
	LIST_ADD(cx->types, cx->last_type, node);
	return type;
}

/*
 * Fixed size in memory and on the wire, as far as the kind alone tells: a struct's members are looked at where it is
 * defined.
 */
static bool
is_flat(const struct model_type *type)
{
	if (type->kind == MODEL_DECL)
		return type->decl->kind == MODEL_ENUM || type->decl->kind == MODEL_FLAGS ||
		       type->decl->kind == MODEL_STRUCT;
	return type->kind <= MODEL_F64 || type->kind == MODEL_ARRAY;
}

/* Reads the bound of an array or text, which must be 1 at least and no more than fits in a body. */
static bool
resolve_bound(struct resolve *cx, const struct ast_suffix *suffix, uint64_t unit, struct model_type *type)
{
	struct model_integer bound;

	if (!resolve_integer(cx, suffix->value, &bound))
		return false;
	if (bound.negative || !bound.magnitude) {
		diag_error(cx->diag, suffix->value->span, "a bound is at least 1");
		return false;
	}
	if (bound.magnitude > MODEL_BODY_MAX / unit) {
		diag_error(cx->diag, suffix->value->span,
			   "bound %" PRIu64 " is too large: a message has room for 1G bytes, "
			   "that is %" PRIu64 " of these",
			   bound.magnitude, (uint64_t)(MODEL_BODY_MAX / unit));
		return false;
	}
	type->bound = bound.magnitude;
	type->bound_const = resolve_sole_const(cx, suffix->value);
	type->bound_text = lexer_squeeze(cx->arena, suffix->value->span);
	return true;
}

static struct model_type *
resolve_text(struct resolve *cx, const struct ast_type *ast, size_t which)
{
	const struct ast_suffix *suffix = ast->first;
	struct model_type *type;

	if (!suffix || suffix->kind != AST_BOUND) {
		diag_error(cx->diag, suffix && suffix->kind == AST_ARRAY ? suffix->span : ast->name.span,
			   "%s needs a bound: write %s[<=N]", texts[which].name, texts[which].name);
		return NULL;
	}
	type = new_type(cx, texts[which].kind, span_join(ast->name.span, suffix->span), suffix->span);
	return resolve_bound(cx, suffix, texts[which].unit, type) ? type : NULL;
}

static bool
resolve_right(struct resolve *cx, const struct ast_name *name, const struct model_handle *handle, unsigned *all)
{
	struct suggest suggest = suggest_begin(name->text);
	unsigned i;

	for (i = 0; i < MODEL_RIGHTS; i++) {
		if (!(1u << i & handle->rights))
			continue;
		suggest_add(&suggest, model_rights[i]);
		if (strcmp(model_rights[i], name->text) != 0)
			continue;
		if (*all & 1u << i) {
			diag_error(cx->diag, name->span, "duplicate right '%s'", name->text);
			return false;
		}
		*all |= 1u << i;
		return true;
	}
	if (suggest.best)
		diag_error(cx->diag, name->span, "unknown right '%s'; did you mean '%s'?", name->text, suggest.best);
	else
		diag_error(cx->diag, name->span, "'%s' is no right of a handle of kind '%s': there is %s", name->text,
			   handle->name, handle->choice);
	return false;
}

static struct model_type *
resolve_handle(struct resolve *cx, const struct ast_type *ast, enum resolve_where where)
{
	struct suggest suggest = suggest_begin(ast->handle.text);
	const struct ast_right *right;
	struct span span = ast->span;
	struct model_type *type;
	unsigned all = 0;
	size_t i;

	if (where != WHERE_PARAM) {
		diag_error(cx->diag, ast->span, "a handle can only be a parameter of a method");
		return NULL;
	}
	for (i = 0; i < MODEL_HANDLES && strcmp(model_handles[i].name, ast->handle.text) != 0; i++)
		suggest_add(&suggest, model_handles[i].name);
	if (i == MODEL_HANDLES) {
		diag_error(cx->diag, ast->handle.span, "unknown kind of handle '%s'%s", ast->handle.text,
			   suggest.best ? arena_format(cx->arena, "; did you mean '%s'?", suggest.best)
					: ": there are file, pipe, section, event, mutex, semaphore and process");
		return NULL;
	}
	for (right = ast->rights; right; right = right->next)
		if (!resolve_right(cx, &right->name, &model_handles[i], &all))
			return NULL;
	/* '?' is not part of the type. */
	if (ast->first)
		span.length = ast->first->span.offset - span.offset;
	type = new_type(cx, MODEL_HANDLE, span, ast->span);
	type->handle = (enum model_handle_kind)i;
	type->rights = all;
	return type;
}

/* What stands before the suffixes, or before all but the first of them. */
static struct model_type *
resolve_base(struct resolve *cx, const struct ast_type *ast, enum resolve_where where)
{
	enum model_type_kind kind = model_scalar_kind(ast->name.text);
	const struct model_decl *decl;
	struct model_type *type;
	size_t i;

	if (ast->handle.text)
		return resolve_handle(cx, ast, where);
	for (i = 0; i < COUNT(texts); i++)
		if (!strcmp(texts[i].name, ast->name.text))
			return resolve_text(cx, ast, i);
	if (kind != MODEL_DECL)
		return new_type(cx, kind, ast->name.span, ast->name.span);
	if (!strcmp(ast->name.text, "handle")) {
		diag_error(cx->diag, ast->name.span, "a handle needs its kind and rights, such as handle<file: read>");
		return NULL;
	}
	decl = resolve_find(cx, &ast->name, "type");
	if (!decl)
		return NULL;
	if (decl->kind == MODEL_CONST || decl->kind == MODEL_ERRORS || decl->kind == MODEL_INTERFACE) {
		diag_error(cx->diag, ast->name.span, "'%s' is %s, not a type", ast->name.text,
			   model_decl_names[decl->kind].phrase);
		diag_note(cx->diag, decl->name.span, "'%s' is defined here", decl->name.text);
		return NULL;
	}
	type = new_type(cx, MODEL_DECL, ast->name.span, ast->name.span);
	type->decl = decl;
	return type;
}

static struct model_type *
resolve_array(struct resolve *cx, const struct ast_type *ast, const struct ast_suffix *suffix,
	      const struct model_type *element, enum resolve_where where)
{
	const char *problem = NULL;
	struct model_type *type;

	if (element->kind == MODEL_ARRAY || element->kind == MODEL_LIST)
		problem = "an array of arrays: put the inner one into a struct or a table";
	else if (element->kind == MODEL_HANDLE)
		problem = "a handle cannot be in an array";
	else if (suffix->kind == AST_ARRAY && !is_flat(element))
		problem = "an array of fixed length needs elements of fixed size: write [<=N]";
	else if (suffix->kind == AST_BOUND && where == WHERE_UNION)
		problem = "a bounded array in a union: put it into a table";
	if (problem) {
		diag_error(cx->diag, suffix->span, "%s", problem);
		return NULL;
	}
	type = new_type(cx, suffix->kind == AST_ARRAY ? MODEL_ARRAY : MODEL_LIST,
			span_join(ast->name.span, suffix->span), suffix->value->span);
	type->element = element;
	return resolve_bound(cx, suffix, 1, type) ? type : NULL;
}

static bool
check_optional(struct resolve *cx, const struct ast_suffix *suffix, enum resolve_where where)
{
	if (where == WHERE_STRUCT || where == WHERE_UNION)
		diag_error(cx->diag, suffix->span, "'?' stands on parameters and fields of tables only");
	else if (suffix->next && suffix->next->kind == AST_OPTIONAL)
		diag_error(cx->diag, suffix->next->span, "'?' stands once");
	else if (suffix->next)
		diag_error(cx->diag, suffix->span, "an element cannot be optional: '?' stands behind the array");
	else
		return true;
	return false;
}

/* What only the whole type shows. */
static bool
check_where(struct resolve *cx, const struct ast_type *ast, const struct model_type *type, bool optional,
	    enum resolve_where where)
{
	bool table = type->kind == MODEL_DECL && type->decl->kind == MODEL_TABLE;

	if (where == WHERE_STRUCT && !is_flat(type)) {
		diag_error(cx->diag, ast->span, "a struct holds members of fixed size only; use a table");
		return false;
	}
	if (where == WHERE_TABLE && table && !optional) {
		diag_error(cx->diag, ast->span, "a table inside a table is always optional: write '%s?'", type->text);
		return false;
	}
	return true;
}

const struct model_type *
resolve_type(struct resolve *cx, const struct ast_type *ast, enum resolve_where where, bool *ret_optional)
{
	struct model_type *type = resolve_base(cx, ast, where);
	const struct ast_suffix *suffix = ast->first;
	bool optional = false;

	/* The first suffix of a text is its bound. */
	if (type && (type->kind == MODEL_STRING || type->kind == MODEL_WSTRING || type->kind == MODEL_BYTES))
		suffix = suffix->next;
	for (; type && suffix; suffix = suffix->next) {
		if (suffix->kind != AST_OPTIONAL) {
			type = resolve_array(cx, ast, suffix, type, where);
			continue;
		}
		optional = check_optional(cx, suffix, where);
		if (!optional)
			type = NULL;
	}
	if (type && !check_where(cx, ast, type, optional, where))
		type = NULL;
	if (!type)
		type = new_type(cx, MODEL_U8, ast->name.span, ast->name.span);
	*ret_optional = optional;
	return type;
}
