#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/suggest.h"
#include "model/resolve_parts.h"
#include "syntax/lexer.h"
#include "syntax/load.h"

struct model_name
resolve_name(const struct ast_name *name)
{
	return (struct model_name){.text = name->text, .span = name->span};
}

void
resolve_check_name(struct resolve *cx, const struct ast_name *name)
{
	const char *part;

	if (strlen(name->text) > LEXER_NAME_MAX) {
		diag_error(cx->diag, name->span, "name is longer than %d characters", LEXER_NAME_MAX);
		return;
	}
	if (strstr(name->text, "__")) {
		diag_error(cx->diag, name->span,
			   "a name has no two underscores in a row: C++ keeps such names to itself");
		return;
	}
	for (part = name->text; part; part = strchr(part, '.') ? strchr(part, '.') + 1 : NULL) {
		if (*part == '_') {
			diag_error(cx->diag, name->span, "a name begins with a letter");
			return;
		}
	}
}

static void
suggest_unit(struct suggest *suggest, const struct unit *unit)
{
	size_t i;

	for (i = 0; unit->model && i < unit->model->decl_count; i++)
		suggest_add(suggest, unit->model->decls[i]->name.text);
}

/* Everything that could have been meant where 'name' stands without a module. */
static const char *
suggest_plain(struct resolve *cx, const char *name, const char *what)
{
	static const char *const texts[] = {"string", "wstring", "bytes"};
	static const char *const c_types[][2] = {
		{"char", "i8"},      {"short", "i16"},    {"int", "i32"},     {"long", "i32"},     {"unsigned", "u32"},
		{"float", "f32"},    {"double", "f64"},   {"size_t", "u64"},  {"int8_t", "i8"},    {"uint8_t", "u8"},
		{"int16_t", "i16"},  {"uint16_t", "u16"}, {"int32_t", "i32"}, {"uint32_t", "u32"}, {"int64_t", "i64"},
		{"uint64_t", "u64"}, {"wchar_t", "u16"},  {"BYTE", "u8"},     {"WORD", "u16"},     {"DWORD", "u32"},
		{"BOOL", "bool"},
	};
	struct suggest suggest = suggest_begin(name);
	size_t i;

	for (i = 0; !strcmp(what, "type") && i < sizeof c_types / sizeof *c_types; i++)
		if (!strcmp(c_types[i][0], name))
			return c_types[i][1];
	for (i = 0; !strcmp(what, "type") && i < MODEL_DECL; i++)
		suggest_add(&suggest, model_scalars[i].name);
	for (i = 0; !strcmp(what, "type") && i < sizeof texts / sizeof *texts; i++)
		suggest_add(&suggest, texts[i]);
	suggest_unit(&suggest, cx->unit);
	for (i = 0; i < cx->model->import_count; i++)
		if (cx->unit->imports[i])
			suggest_unit(&suggest, cx->unit->imports[i]);
	return suggest.best;
}

static void
report_unknown(struct resolve *cx, struct span span, const char *what, const char *name, const char *best)
{
	if (best)
		diag_error(cx->diag, span, "unknown %s '%s'; did you mean '%s'?", what, name, best);
	else
		diag_error(cx->diag, span, "unknown %s '%s'", what, name);
}

static struct model_decl *
find_in_module(struct resolve *cx, const struct ast_name *name, const char *dot, const char *what)
{
	const char *module_name = arena_intern(cx->arena, name->text, (size_t)(dot - name->text));
	const struct unit *unit = map_get(&cx->modules, map_name(module_name));
	struct suggest suggest;
	struct model_decl *decl;
	size_t i;

	if (!unit) {
		suggest = suggest_begin(module_name);
		for (i = 0; !diag_full(cx->diag) && i < cx->model->import_count; i++)
			suggest_add(&suggest, cx->model->imports[i].module->name.text);
		diag_error(cx->diag, name->span, "module '%s' is not imported%s", module_name,
			   suggest.best ? arena_format(cx->arena, "; did you mean '%s'?", suggest.best) : "");
		return NULL;
	}
	decl = map_get(&unit->names, map_name(arena_intern(cx->arena, dot + 1, strlen(dot + 1))));
	if (decl)
		return decl;
	suggest = suggest_begin(dot + 1);
	if (!diag_full(cx->diag))
		suggest_unit(&suggest, unit);
	report_unknown(cx, name->span, what, name->text,
		       suggest.best ? arena_format(cx->arena, "%s.%s", module_name, suggest.best) : NULL);
	return NULL;
}

struct model_decl *
resolve_find(struct resolve *cx, const struct ast_name *name, const char *what)
{
	const char *dot = strrchr(name->text, '.');
	struct model_decl *decl, *second;

	if (dot)
		return find_in_module(cx, name, dot, what);
	decl = map_get(&cx->unit->names, map_name(name->text));
	if (decl)
		return decl;
	decl = map_get(&cx->imported, map_name(name->text));
	second = map_get(&cx->ambiguous, map_name(name->text));
	if (second) {
		diag_error(cx->diag, name->span, "'%s' is defined by two imported modules; write '%s' or '%s'",
			   name->text, decl->full_name, second->full_name);
		diag_note(cx->diag, decl->name.span, "one is here");
		diag_note(cx->diag, second->name.span, "the other is here");
		return NULL;
	}
	if (!decl)
		report_unknown(cx, name->span, what, name->text,
			       diag_full(cx->diag) ? NULL : suggest_plain(cx, name->text, what));
	return decl;
}

bool
resolve_add_name(struct resolve *cx, struct resolve_scope *scope, const struct ast_name *name, const char *what)
{
	const struct span *earlier;

	resolve_check_name(cx, name);
	scope->names.arena = cx->arena;
	earlier = map_add(&scope->names, map_name(name->text), (void *)&name->span);
	if (!earlier)
		return true;
	diag_error(cx->diag, name->span, "duplicate %s '%s'", what, name->text);
	diag_note(cx->diag, *earlier, "the earlier one is here");
	return false;
}

/* One number of a scope. */
struct number {
	struct span span;
	bool reserved;
};

bool
resolve_add_number(struct resolve *cx, struct resolve_scope *scope, struct model_integer number, struct span span,
		   const char *what, bool reserved)
{
	struct number *added = ARENA_NEW(cx->arena, struct number), *earlier;

	*added = (struct number){span, reserved};
	scope->numbers.arena = cx->arena;
	earlier = map_add(&scope->numbers, number.negative ? 0 - number.magnitude : number.magnitude, added);
	if (!earlier)
		return true;
	if (earlier->reserved)
		diag_error(cx->diag, span, "%s %s is reserved%s", what, model_integer_text(cx->arena, number),
			   reserved ? " already" : "");
	else
		diag_error(cx->diag, span, "duplicate %s %s", what, model_integer_text(cx->arena, number));
	diag_note(cx->diag, earlier->span, earlier->reserved ? "reserved here" : "used here");
	return false;
}
