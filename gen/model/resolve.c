#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/resolve_parts.h"
#include "syntax/lexer.h"
#include "syntax/load.h"

static void
resolve_module(struct resolve *cx)
{
	const struct ast_file *ast = cx->unit->ast;
	struct model *model = cx->model;
	struct resolve_attrs attrs;
	const char *dot;

	model->source = ast->source;
	model->name = resolve_name(&ast->name);
	resolve_check_name(cx, &ast->name);
	dot = strrchr(model->name.text, '.');
	model->last = dot ? dot + 1 : model->name.text;
	resolve_attrs(cx, ast->attrs, TARGET_MODULE, &attrs);
	resolve_c_name(&model->name, &attrs);
	model->age = attrs.age;
	model->service = attrs.service;
	model->doc = resolve_doc(cx, ast->comments);
}

/* Makes the declarations of an imported module known by their plain names. */
static void
import_names(struct resolve *cx, const struct model *module)
{
	struct model_decl *decl;
	size_t i;

	for (i = 0; i < module->decl_count; i++) {
		decl = module->decls[i];
		if (map_add(&cx->imported, map_name(decl->name.text), decl))
			map_add(&cx->ambiguous, map_name(decl->name.text), decl);
	}
}

static void
resolve_imports(struct resolve *cx)
{
	struct model_import *imports;
	const struct ast_import *ast;
	const struct unit *unit, *earlier;
	struct model *model = cx->model;
	size_t count = 0;

	for (ast = cx->unit->ast->first_import; ast; ast = ast->next)
		count++;
	imports = ARENA_ARRAY(cx->arena, count, struct model_import);
	map_add(&cx->modules, map_name(model->name.text), cx->unit);
	for (ast = cx->unit->ast->first_import; ast; ast = ast->next) {
		unit = cx->unit->imports[model->import_count];
		imports[model->import_count++] = (struct model_import){
			.path = ast->path,
			.include = arena_format(cx->arena, "%.*s.h", (int)(strlen(ast->path) - strlen(".cdidl")),
						ast->path),
			.module = unit->model,
			.span = ast->span,
		};
		earlier = map_add(&cx->modules, map_name(unit->model->name.text), (void *)unit);
		if (earlier) {
			diag_error(cx->diag, ast->span, "module '%s' is defined twice", unit->model->name.text);
			diag_note(cx->diag, earlier->ast->name.span, "here");
			diag_note(cx->diag, unit->model->name.span, "and here");
			continue;
		}
		import_names(cx, unit->model);
	}
	model->imports = imports;
}

static_assert((int)AST_INTERFACE == (int)MODEL_INTERFACE && TARGET_INTERFACE == TARGET_CONST << MODEL_INTERFACE,
	      "kinds of declarations have one order everywhere");

static void
declare(struct resolve *cx, struct model_decl *decl, const struct ast_decl *ast)
{
	struct model_decl *earlier;
	struct resolve_attrs attrs;

	decl->kind = (enum model_decl_kind)ast->kind;
	decl->module = cx->model;
	decl->name = resolve_name(&ast->name);
	decl->full_name = arena_format(cx->arena, "%s.%s", cx->model->name.text, ast->name.text);
	decl->doc = resolve_doc(cx, ast->comments);
	resolve_check_name(cx, &ast->name);
	if (model_scalar_kind(ast->name.text) != MODEL_DECL || !strcmp(ast->name.text, "string") ||
	    !strcmp(ast->name.text, "wstring") || !strcmp(ast->name.text, "bytes") || !strcmp(ast->name.text, "handle"))
		diag_error(cx->diag, ast->name.span, "'%s' is the name of a type of the language", ast->name.text);
	earlier = map_add(&cx->unit->names, map_name(ast->name.text), decl);
	if (earlier) {
		diag_error(cx->diag, ast->name.span, "duplicate name '%s'", ast->name.text);
		diag_note(cx->diag, earlier->name.span, "the earlier one is here");
	}
	/* An interface's attributes are read with its methods, which depend on them. */
	if (decl->kind == MODEL_INTERFACE)
		return;
	resolve_attrs(cx, ast->attrs, (enum resolve_target)(TARGET_CONST << decl->kind), &attrs);
	resolve_c_name(&decl->name, &attrs);
	decl->age = attrs.age;
	if (decl->kind == MODEL_ENUM)
		decl->as.set.strict = resolve_has(&attrs, ATTR_STRICT);
	else if (decl->kind == MODEL_UNION)
		decl->as.record.strict = resolve_has(&attrs, ATTR_STRICT);
}

static void
resolve_const_string(struct resolve *cx, struct model_decl *decl, const struct ast_value *value)
{
	if (value->first->kind != AST_STRING || value->first->next || value->first->shift.written) {
		diag_error(cx->diag, value->span, "expected a string");
		return;
	}
	decl->as.constant.type = MODEL_STRING;
	decl->as.constant.string = value->first->text;
	decl->as.constant.text = lexer_squeeze(cx->arena, value->span);
}

static void
resolve_const(struct resolve *cx, struct model_decl *decl, const struct ast_decl *ast)
{
	enum model_type_kind kind = model_scalar_kind(ast->base.text);
	struct model_integer value;

	if (!strcmp(ast->base.text, "string")) {
		resolve_const_string(cx, decl, ast->value);
		return;
	}
	if (kind < MODEL_I8 || kind > MODEL_U64) {
		diag_error(cx->diag, ast->base.span, "'%s' is no type of a const: it is i8 to i64, u8 to u64 or string",
			   ast->base.text);
		return;
	}
	if (!resolve_integer(cx, ast->value, &value) || !resolve_check_fits(cx, kind, value, ast->value->span))
		return;
	decl->as.constant.type = kind;
	decl->as.constant.value = value;
	decl->as.constant.text = lexer_squeeze(cx->arena, ast->value->span);
}

static void
resolve_decl(struct resolve *cx, struct model_decl *decl, const struct ast_decl *ast)
{
	switch (decl->kind) {
	case MODEL_CONST:
		break;
	case MODEL_ENUM:
	case MODEL_FLAGS:
	case MODEL_ERRORS:
		resolve_set(cx, decl, ast);
		break;
	case MODEL_STRUCT:
	case MODEL_TABLE:
	case MODEL_UNION:
		resolve_record(cx, decl, ast);
		break;
	case MODEL_INTERFACE:
		resolve_interface(cx, decl, ast);
		break;
	}
}

static void
resolve_decls(struct resolve *cx)
{
	size_t count = cx->unit->ast->decl_count, before = diag_errors(cx->diag), i, j;
	struct model_decl **decls = ARENA_ARRAY(cx->arena, count, struct model_decl *);
	const struct ast_decl *ast;

	cx->decls = ARENA_ARRAY(cx->arena, count, struct model_decl);
	cx->model->decls = decls;
	cx->model->decl_count = count;
	for (i = 0; i < count; i++)
		decls[i] = &cx->decls[i];
	for (ast = cx->unit->ast->first, i = 0; ast; ast = ast->next, i++)
		declare(cx, decls[i], ast);
	/* Constants first, because bounds and values anywhere may name them. */
	for (ast = cx->unit->ast->first, i = 0; ast; ast = ast->next, i++) {
		cx->const_limit = i;
		if (decls[i]->kind == MODEL_CONST)
			resolve_const(cx, decls[i], ast);
	}
	cx->const_limit = count;
	for (ast = cx->unit->ast->first, i = 0; ast; ast = ast->next, i++)
		resolve_decl(cx, decls[i], ast);
	layout(cx);
	/* Without a size for every type there is none for a message. */
	for (i = 0; diag_errors(cx->diag) == before && i < count; i++)
		for (j = 0; decls[i]->kind == MODEL_INTERFACE && j < decls[i]->as.iface.method_count; j++)
			layout_bodies(cx, &decls[i]->as.iface.methods[j]);
}

static void
resolve_unit(struct arena *arena, struct diag *diag, struct unit *unit)
{
	struct resolve cx = {.arena = arena, .diag = diag, .unit = unit};
	size_t before = diag_errors(diag);

	cx.imported.arena = cx.ambiguous.arena = cx.modules.arena = arena;
	cx.model = unit->model = ARENA_NEW(arena, struct model);
	resolve_module(&cx);
	resolve_imports(&cx);
	resolve_decls(&cx);
	unit->broken = diag_errors(diag) > before;
}

/* Whether all that a unit imports is sound; reports the first that is not, unless loading has done so. */
static bool
imports_sound(struct diag *diag, struct unit *unit)
{
	const struct ast_import *ast = unit->ast->first_import;
	size_t i;

	for (i = 0; ast; ast = ast->next, i++) {
		if (!unit->imports[i]->broken)
			continue;
		diag_error(diag, ast->span, "'%s' has errors", ast->path);
		return false;
	}
	return true;
}

void
resolve(struct arena *arena, struct diag *diag, const struct load *load)
{
	size_t i;

	for (i = 0; i < load->order_count; i++) {
		if (!load->order[i]->broken && !imports_sound(diag, load->order[i]))
			load->order[i]->broken = true;
		if (!load->order[i]->broken)
			resolve_unit(arena, diag, load->order[i]);
	}
}
