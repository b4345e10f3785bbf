#include <inttypes.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/resolve_parts.h"

#define NEGATIVE_MAX ((uint64_t)INT64_MAX + 1)

/* The const that a term names, already known. NULL: reported, here or where the const is. */
static const struct model_decl *
find_const(struct resolve *cx, const struct ast_term *term)
{
	struct ast_name name = {.text = term->text, .span = term->span};
	const struct model_decl *decl = resolve_find(cx, &name, "constant");

	if (!decl)
		return NULL;
	if (decl->kind != MODEL_CONST) {
		diag_error(cx->diag, term->span, "'%s' is %s, not a constant", term->text,
			   model_decl_names[decl->kind].phrase);
		diag_note(cx->diag, decl->name.span, "'%s' is defined here", decl->name.text);
		return NULL;
	}
	if (decl->module == cx->model && (size_t)(decl - cx->decls) >= cx->const_limit) {
		diag_error(cx->diag, term->span, "constant '%s' is used before it is defined", term->text);
		diag_note(cx->diag, decl->name.span, "'%s' is defined here", decl->name.text);
		return NULL;
	}
	/* Its own value was wrong. */
	return decl->as.constant.text ? decl : NULL;
}

static bool
shift_term(struct resolve *cx, const struct ast_term *term, struct model_integer *integer)
{
	if (integer->negative) {
		diag_error(cx->diag, term->span, "a negative number cannot be shifted");
		return false;
	}
	if (integer->magnitude && (term->shift.value > 63 || integer->magnitude > UINT64_MAX >> term->shift.value)) {
		diag_error(cx->diag, term->span, "value does not fit in 64 bits");
		return false;
	}
	if (integer->magnitude)
		integer->magnitude <<= term->shift.value;
	return true;
}

static bool
resolve_term(struct resolve *cx, const struct ast_term *term, struct model_integer *ret_integer)
{
	struct model_integer integer = {term->value, term->negative && term->value};
	const struct model_decl *decl;

	switch (term->kind) {
	case AST_INTEGER:
		break;
	case AST_DURATION:
		diag_error(cx->diag, term->span, "expected an integer, found a duration");
		return false;
	case AST_STRING:
		diag_error(cx->diag, term->span, "expected an integer, found a string");
		return false;
	case AST_CONSTANT:
		decl = find_const(cx, term);
		if (!decl)
			return false;
		if (decl->as.constant.string) {
			diag_error(cx->diag, term->span, "expected an integer, but '%s' is a string", term->text);
			diag_note(cx->diag, decl->name.span, "'%s' is defined here", decl->name.text);
			return false;
		}
		integer = decl->as.constant.value;
		break;
	}
	if (integer.negative && integer.magnitude > NEGATIVE_MAX) {
		diag_error(cx->diag, term->span, "value does not fit in 64 bits");
		return false;
	}
	if (term->shift.written && !shift_term(cx, term, &integer))
		return false;
	*ret_integer = integer;
	return true;
}

bool
resolve_integer(struct resolve *cx, const struct ast_value *value, struct model_integer *ret_integer)
{
	struct model_integer sum = {0}, integer;
	const struct ast_term *term;

	for (term = value->first; term; term = term->next) {
		if (!resolve_term(cx, term, &integer))
			return false;
		if (integer.negative && value->first->next) {
			diag_error(cx->diag, term->span, "'|' does not take a negative number");
			return false;
		}
		sum.magnitude |= integer.magnitude;
		sum.negative = integer.negative;
	}
	*ret_integer = sum;
	return true;
}

bool
resolve_fits(enum model_type_kind kind, struct model_integer integer)
{
	const struct model_scalar *scalar = &model_scalars[kind];

	return integer.magnitude <= (integer.negative ? scalar->smallest_negated : scalar->largest);
}

bool
resolve_check_fits(struct resolve *cx, enum model_type_kind kind, struct model_integer integer, struct span span)
{
	const struct model_scalar *scalar = &model_scalars[kind];

	if (resolve_fits(kind, integer))
		return true;
	diag_error(cx->diag, span, "value %s does not fit in %s (%s%" PRIu64 " to %" PRIu64 ")",
		   model_integer_text(cx->arena, integer), scalar->name, scalar->smallest_negated ? "-" : "",
		   scalar->smallest_negated, scalar->largest);
	return false;
}

bool
resolve_check_id(struct resolve *cx, struct model_integer integer, struct span span, const char *what)
{
	if (!integer.negative && integer.magnitude >= 1 && integer.magnitude <= RESOLVE_ID_MAX)
		return true;
	diag_error(cx->diag, span, "%s %s is out of range (1 to %d)", what, model_integer_text(cx->arena, integer),
		   RESOLVE_ID_MAX);
	return false;
}

const struct model_decl *
resolve_sole_const(struct resolve *cx, const struct ast_value *value)
{
	const struct ast_term *term = value->first;

	if (term->next || term->kind != AST_CONSTANT || term->shift.written)
		return NULL;
	return find_const(cx, term);
}
