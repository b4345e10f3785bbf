#include <inttypes.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/resolve_parts.h"

#define NEGATIVE_MAX ((uint64_t)INT64_MAX + 1)

const char *
resolve_integer_text(struct arena *arena, struct model_integer integer)
{
	return arena_format(arena, "%s%" PRIu64, integer.negative ? "-" : "", integer.magnitude);
}

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
			   resolve_kind_name(decl->kind));
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

/* The largest value and the magnitude of the smallest. */
static void
integer_range(enum model_type_kind kind, uint64_t *ret_largest, uint64_t *ret_negative)
{
	static const struct {
		uint64_t largest;
		uint64_t negative;
	} ranges[] = {
		[MODEL_I8] = {INT8_MAX, (uint64_t)INT8_MAX + 1},
		[MODEL_U8] = {UINT8_MAX, 0},
		[MODEL_I16] = {INT16_MAX, (uint64_t)INT16_MAX + 1},
		[MODEL_U16] = {UINT16_MAX, 0},
		[MODEL_I32] = {INT32_MAX, (uint64_t)INT32_MAX + 1},
		[MODEL_U32] = {UINT32_MAX, 0},
		[MODEL_I64] = {INT64_MAX, NEGATIVE_MAX},
		[MODEL_U64] = {UINT64_MAX, 0},
	};

	*ret_largest = ranges[kind].largest;
	*ret_negative = ranges[kind].negative;
}

bool
resolve_fits(enum model_type_kind kind, struct model_integer integer)
{
	uint64_t largest, negative;

	integer_range(kind, &largest, &negative);
	return integer.magnitude <= (integer.negative ? negative : largest);
}

bool
resolve_check_fits(struct resolve *cx, enum model_type_kind kind, struct model_integer integer, struct span span)
{
	uint64_t largest, negative;

	if (resolve_fits(kind, integer))
		return true;
	integer_range(kind, &largest, &negative);
	diag_error(cx->diag, span, "value %s does not fit in %s (%s%" PRIu64 " to %" PRIu64 ")",
		   resolve_integer_text(cx->arena, integer), resolve_scalar_name(kind), negative ? "-" : "", negative,
		   largest);
	return false;
}

bool
resolve_check_id(struct resolve *cx, struct model_integer integer, struct span span, const char *what)
{
	if (!integer.negative && integer.magnitude >= 1 && integer.magnitude <= RESOLVE_ID_MAX)
		return true;
	diag_error(cx->diag, span, "%s %s is out of range (1 to %d)", what, resolve_integer_text(cx->arena, integer),
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
