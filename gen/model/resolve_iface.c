#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/resolve_parts.h"
#include "syntax/lexer.h"

static int
compare_ordinals(const void *left, const void *right)
{
	const struct model_method *a = *(const struct model_method *const *)left,
				  *b = *(const struct model_method *const *)right;

	return a->ordinal < b->ordinal ? -1 : a->ordinal > b->ordinal;
}

static void
resolve_ordinal(struct resolve *cx, const struct ast_item *item, struct resolve_scope *scope, unsigned next,
		struct model_method *method)
{
	struct model_integer ordinal = {item->number.value, false};

	if (!item->number.written) {
		diag_error(cx->diag, item->name.span,
			   "'%s' has no ordinal: write '@%u', the next free one, before the ';'", item->name.text,
			   next);
		return;
	}
	if (!resolve_check_id(cx, ordinal, item->number.span, "ordinal") ||
	    !resolve_add_number(cx, scope, ordinal, item->number.span, "ordinal", false))
		return;
	method->ordinal = (uint32_t)ordinal.magnitude;
}

static void
check_direction(struct resolve *cx, const struct ast_item *item, const struct model_method *method)
{
	if (item->direction == MODEL_IN)
		return;
	if (method->kind == MODEL_ONEWAY)
		diag_error(cx->diag, item->span, "a oneway method has no outputs: nothing comes back");
	else if (method->kind == MODEL_EVENT)
		diag_error(cx->diag, item->span, "an event has no outputs: nothing comes back");
}

static void
resolve_param(struct resolve *cx, const struct ast_item *item, const struct model_method *method,
	      struct resolve_scope *scope, struct model_field *param)
{
	struct resolve_attrs attrs;

	param->name = resolve_name(&item->name);
	param->direction = (enum model_direction)item->direction;
	param->text = lexer_squeeze(cx->arena, item->span);
	resolve_add_name(cx, scope, &item->name, "parameter");
	resolve_attrs(cx, item->attrs, TARGET_PARAM, &attrs);
	resolve_c_name(&param->name, &attrs);
	param->shared = resolve_has(&attrs, ATTR_SHARED);
	check_direction(cx, item, method);
	param->type =
		resolve_type(cx, item->type, method->kind == MODEL_EVENT ? WHERE_EVENT : WHERE_PARAM, &param->optional);
	if (param->shared && (param->type->kind != MODEL_BYTES || method->kind == MODEL_EVENT))
		diag_error(cx->diag, attrs.spans[ATTR_SHARED], "only 'bytes' parameters of methods can be shared");
}

/* A frame has room for so many blobs and handles; inout counts both ways. */
static void
check_places(struct resolve *cx, const struct ast_item *ast, const struct model_method *method,
	     enum model_direction direction, enum model_type_kind kind)
{
	const char *outputs = direction == MODEL_IN ? "inputs" : "outputs";
	size_t max = kind == MODEL_BYTES ? MODEL_BLOBS_MAX : MODEL_HANDLES_MAX, i, count = 0;
	const struct ast_item *item = ast->params->first;

	for (i = 0; i < method->param_count; i++, item = item->next) {
		if (method->params[i].type->kind != kind || !(method->params[i].direction & direction))
			continue;
		if (++count <= max)
			continue;
		if (kind == MODEL_BYTES)
			diag_error(cx->diag, item->span, "more than %zu 'bytes' %s: put some into a table", max,
				   outputs);
		else
			diag_error(cx->diag, item->span, "more than %zu handle %s: pass some with another method", max,
				   outputs);
		return;
	}
}

static void
resolve_errors(struct resolve *cx, const struct ast_item *item, struct model_method *method)
{
	const struct model_decl *decl;

	if (!item->errors.text)
		return;
	if (method->kind != MODEL_TWO_WAY) {
		diag_error(cx->diag, item->errors.span, "%s cannot fail: nothing comes back",
			   method->kind == MODEL_EVENT ? "an event" : "a oneway method");
		return;
	}
	decl = resolve_find(cx, &item->errors, "error set");
	if (!decl)
		return;
	if (decl->kind != MODEL_ERRORS) {
		diag_error(cx->diag, item->errors.span, "'%s' is %s, not an error set", item->errors.text,
			   model_decl_names[decl->kind].phrase);
		diag_note(cx->diag, decl->name.span, "'%s' is defined here", decl->name.text);
		return;
	}
	method->errors = decl;
}

static void
check_version(struct resolve *cx, const struct resolve_attrs *attrs, const struct model_interface *iface)
{
	if (attrs->age.since > iface->version)
		diag_error(cx->diag, attrs->spans[ATTR_SINCE], "since(%u) is later than the interface's version, %u",
			   (unsigned)attrs->age.since, (unsigned)iface->version);
	if (attrs->age.deprecated > iface->version)
		diag_error(cx->diag, attrs->spans[ATTR_DEPRECATED],
			   "deprecated(%u) is later than the interface's version, %u", (unsigned)attrs->age.deprecated,
			   (unsigned)iface->version);
}

static void
resolve_method(struct resolve *cx, const struct model_interface *iface, const struct ast_item *item,
	       struct model_method *method)
{
	static const enum resolve_target targets[] = {TARGET_METHOD, TARGET_ONEWAY, TARGET_EVENT};
	struct resolve_scope params = {0};
	const struct ast_item *param;
	struct resolve_attrs attrs;

	method->kind = item->kind == AST_METHOD ? MODEL_TWO_WAY : item->kind == AST_ONEWAY ? MODEL_ONEWAY : MODEL_EVENT;
	resolve_attrs(cx, item->attrs, targets[method->kind], &attrs);
	check_version(cx, &attrs, iface);
	method->name = resolve_name(&item->name);
	resolve_c_name(&method->name, &attrs);
	method->age = attrs.age;
	method->timeout_ms = resolve_has(&attrs, ATTR_TIMEOUT) ? attrs.timeout_ms : iface->timeout_ms;
	method->is_inline = resolve_has(&attrs, ATTR_INLINE);
	method->secret = resolve_has(&attrs, ATTR_SECRET);
	method->coalesce = resolve_has(&attrs, ATTR_COALESCE);
	method->text = lexer_squeeze(cx->arena, item->span);
	method->params = ARENA_ARRAY(cx->arena, item->params->count, struct model_field);
	for (param = item->params->first; param; param = param->next)
		resolve_param(cx, param, method, &params, &method->params[method->param_count++]);
	resolve_doc_params(cx, item->comments, method);
	resolve_errors(cx, item, method);
	check_places(cx, item, method, MODEL_IN, MODEL_BYTES);
	check_places(cx, item, method, MODEL_OUT, MODEL_BYTES);
	check_places(cx, item, method, MODEL_IN, MODEL_HANDLE);
	check_places(cx, item, method, MODEL_OUT, MODEL_HANDLE);
}

static void
resolve_interface_attrs(struct resolve *cx, struct model_decl *decl, const struct ast_decl *ast)
{
	struct model_interface *iface = &decl->as.iface;
	struct resolve_attrs attrs;

	resolve_attrs(cx, ast->attrs, TARGET_INTERFACE, &attrs);
	resolve_c_name(&decl->name, &attrs);
	decl->age = attrs.age;
	/* The library serves cdrpc.Session itself, under the hash of that name. */
	if (!strcmp(cx->model->name.text, "cdrpc"))
		diag_error(cx->diag, ast->name.span,
			   "interfaces of module 'cdrpc' are the library's own: give the module another name");
	iface->id = text_hash(decl->full_name, strlen(decl->full_name));
	iface->version = attrs.version ? attrs.version : 1;
	iface->timeout_ms = attrs.timeout_ms;
	iface->min_integrity = attrs.min_integrity;
	iface->same_user = resolve_has(&attrs, ATTR_SAME_USER);
	iface->service = attrs.service;
	check_version(cx, &attrs, iface);
}

void
resolve_interface(struct resolve *cx, struct model_decl *decl, const struct ast_decl *ast)
{
	struct model_interface *iface = &decl->as.iface;
	unsigned next = resolve_next_number(ast->items);
	struct resolve_scope scope = {0};
	const struct model_method **by_ordinal;
	const struct ast_item *item;
	struct model_method *method;
	size_t events = 0, i;

	resolve_interface_attrs(cx, decl, ast);
	if (!ast->items->count) {
		diag_error(cx->diag, ast->name.span, "'%s' is empty: it needs at least one method or event",
			   ast->name.text);
		return;
	}
	/* First, so that the error stands where a reserved ordinal is used again. */
	iface->reserved = resolve_reserved(cx, &scope, ast->items, MODEL_BOOL, "ordinal", &iface->reserved_count);
	iface->methods = ARENA_ARRAY(cx->arena, ast->items->count, struct model_method);
	for (item = ast->items->first; item; item = item->next) {
		if (item->kind == AST_RESERVED)
			continue;
		method = &iface->methods[iface->method_count++];
		resolve_add_name(cx, &scope, &item->name, item->kind == AST_EVENT ? "event" : "method");
		resolve_method(cx, iface, item, method);
		resolve_ordinal(cx, item, &scope, next, method);
		if (method->kind == MODEL_EVENT && ++events == MODEL_EVENTS_MAX + 1)
			diag_error(cx->diag, item->name.span,
				   "'%s' has more than %d events: no client could listen to all of them",
				   ast->name.text, MODEL_EVENTS_MAX);
	}
	by_ordinal = ARENA_ARRAY(cx->arena, iface->method_count, const struct model_method *);
	for (i = 0; i < iface->method_count; i++)
		by_ordinal[i] = &iface->methods[i];
	qsort(by_ordinal, iface->method_count, sizeof *by_ordinal, compare_ordinals);
	iface->by_ordinal = by_ordinal;
}
