#include "model/cname.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "model/cname_scope.h"
#include "model/model.h"

struct naming {
	struct arena *arena;
	struct diag *diag;
	struct scope file;  /* functions, objects, types, constants, macros; tags too, as C++ knows no difference */
	struct map modules; /* imported ones that were entered already */
	bool clean;         /* no two names of file scope clash */
};

/* A name with a suffix. */
static void
take_with(struct naming *naming, const char *name, const char *suffix, struct owner owner)
{
	scope_take(&naming->file, cname_with(naming->arena, name, suffix), owner);
}

/* ---- spelling ---- */

static bool
is_identifier(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
	static const char all[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

	return *name && strchr(letters, *name) && name[strspn(name, all)] == '\0';
}

/* The name that [c_name] gives, or NULL. */
static const char *
override(struct naming *naming, const struct model_name *name)
{
	if (!name->c_override)
		return NULL;
	if (!is_identifier(name->c_override))
		diag_error(naming->diag, name->c_override_span, "'%s' is not a C identifier", name->c_override);
	return name->c_override;
}

/* The same of a name that does not stand at file scope. */
static const char *
override_bare(struct naming *naming, const struct model_name *name)
{
	const char *own = override(naming, name), *other;

	if (own && cname_is_reserved(own)) {
		other = cname_owner(own);
		diag_error(naming->diag, name->c_override_span, "'%s' is %s", own,
			   other ? other : "a name of the C library");
	}
	return own;
}

static const char *
yield(struct arena *arena, const char *name)
{
	return cname_is_reserved(name) ? cname_other(arena, name) : name;
}

/* <prefix>_<name>, the prefix once. */
static const char *
prefixed(struct arena *arena, const char *prefix, const char *name)
{
	const char *snake = cname_snake(arena, name);
	size_t length = strlen(prefix);

	if (strncmp(snake, prefix, length) == 0 && (snake[length] == '_' || snake[length] == '\0'))
		return yield(arena, snake);
	return cname_with(arena, prefix, arena_format(arena, "_%s", snake));
}

/* A member or parameter. It must not hide a name of file scope, which may be its own type's. */
static const char *
bare(struct naming *naming, const struct model_name *name)
{
	const char *own = override_bare(naming, name);

	if (own)
		return own;
	own = yield(naming->arena, cname_snake(naming->arena, name->text));
	return scope_has(&naming->file, own) ? cname_other(naming->arena, own) : own;
}

/* ---- choosing ---- */

static void
assign_values(struct naming *naming, struct model_decl *decl)
{
	struct model_set *set = &decl->as.set;
	const char *name;
	size_t i;

	for (i = 0; i < set->value_count; i++) {
		name = override(naming, &set->values[i].name);
		if (!name) {
			name = arena_format(naming->arena, "_%s", cname_snake(naming->arena, set->values[i].name.text));
			name = cname_capitals(naming->arena, cname_with(naming->arena, decl->name.c, name));
		}
		set->values[i].name.c = name;
	}
}

/* A method is <interface>_<method>, an event <interface>_emit_<event>. What [c_name] gives stands for all of it. */
static void
assign_method(struct naming *naming, const struct model_decl *decl, struct model_method *method)
{
	const char *own = override(naming, &method->name);
	const char *middle = method->kind == MODEL_EVENT ? "_emit_" : "_";
	const char *prefix = cname_with(naming->arena, decl->name.c, middle);
	size_t length = strlen(prefix);
	const char *snake;

	if (own) {
		method->name.c = own;
		snake = strncmp(own, prefix, length) == 0 && own[length] ? own + length : own;
	} else {
		snake = cname_snake(naming->arena, method->name.text);
		method->name.c = arena_format(naming->arena, "%s%s", prefix, snake);
	}
	method->c_member = yield(naming->arena, snake);
}

static const char *
service_constant(struct arena *arena, const char *prefix)
{
	return cname_capitals(arena, cname_with(arena, prefix, "_service"));
}

static void
assign_decl(struct naming *naming, const struct model *model, struct model_decl *decl)
{
	struct arena *arena = naming->arena;
	size_t i;

	decl->name.c = override(naming, &decl->name);
	if (!decl->name.c) {
		decl->name.c = prefixed(arena, model->name.c, decl->name.text);
		if (decl->kind == MODEL_CONST)
			decl->name.c = cname_capitals(arena, decl->name.c);
	}
	if (decl->kind == MODEL_ENUM || decl->kind == MODEL_FLAGS || decl->kind == MODEL_ERRORS)
		assign_values(naming, decl);
	for (i = 0; decl->kind == MODEL_INTERFACE && i < decl->as.iface.method_count; i++)
		assign_method(naming, decl, &decl->as.iface.methods[i]);
	if (decl->kind == MODEL_INTERFACE && decl->as.iface.service)
		decl->as.iface.c_service = service_constant(arena, decl->name.c);
}

/* ---- the names that are written at file scope ---- */

static void
take_set(struct naming *naming, const struct model_decl *decl, struct owner owner)
{
	const struct model_set *set = &decl->as.set;
	size_t i;

	if (decl->kind != MODEL_ERRORS)
		take_with(naming, decl->name.c, "_t", owner);
	if (decl->kind != MODEL_FLAGS)
		take_with(naming, decl->name.c, "_name", owner);
	if (decl->kind == MODEL_ERRORS)
		take_with(naming, decl->name.c, "_status_text", owner);
	if (set->strict)
		take_with(naming, decl->name.c, "_valid", owner);
	for (i = 0; i < set->value_count; i++)
		scope_take(&naming->file, set->values[i].name.c, (struct owner){"value", &set->values[i].name});
}

static void
take_record(struct naming *naming, const struct model_decl *decl, struct owner owner)
{
	const struct model_record *record = &decl->as.record;
	size_t i;

	scope_take(&naming->file, decl->name.c, owner);
	take_with(naming, decl->name.c, "_write", owner);
	take_with(naming, decl->name.c, decl->kind == MODEL_STRUCT ? "_valid" : "_read", owner);
	if (decl->kind != MODEL_STRUCT) {
		take_with(naming, decl->name.c, "_shape", owner);
		take_with(naming, decl->name.c, "_shapes", owner);
	}
	for (i = 0; decl->kind == MODEL_UNION && i < record->field_count; i++)
		scope_take(&naming->file, cname_union_kind(naming->arena, decl, &record->fields[i]),
			   (struct owner){"member", &record->fields[i].name});
}

static void
take_method(struct naming *naming, const struct model_decl *iface, const struct model_method *method)
{
	struct owner owner = (struct owner){method->kind == MODEL_EVENT ? "event" : "method", &method->name};
	const char *prefix;

	scope_take(&naming->file, method->name.c, owner);
	take_with(naming, method->name.c, "_in_table", owner);
	if (method->kind == MODEL_EVENT) {
		prefix = cname_with(naming->arena, iface->name.c, "_");
		take_with(naming, arena_format(naming->arena, "%s%s", prefix, method->c_member), "_sink", owner);
		return;
	}
	take_with(naming, method->name.c, "_skeleton", owner);
	if (method->kind == MODEL_ONEWAY)
		return;
	take_with(naming, method->name.c, "_begin", owner);
	take_with(naming, method->name.c, "_finish", owner);
	if (method->reply.param_count > 0)
		take_with(naming, method->name.c, "_reply", owner);
}

static void
take_interface(struct naming *naming, const struct model_decl *decl, struct owner owner)
{
	static const char *const suffixes[] = {"_interface", "_method_table", "_skeleton_table", "_shapes", "_serve",
					       "_listen"};
	static const char *const classes[] = {"_client", "_listener", "_server"}; /* in the namespace of C++ */
	size_t i;

	take_with(naming, decl->name.c, "_handlers", owner);
	take_with(naming, decl->name.c, "_events", owner);
	if (decl->as.iface.service)
		scope_take(&naming->file, decl->as.iface.c_service, (struct owner){"[service] of", &decl->name});
	for (i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
		take_with(naming, decl->name.c, suffixes[i], owner);
	for (i = 0; naming->file.shared && i < sizeof classes / sizeof classes[0]; i++)
		scope_check(&naming->file, cname_with(naming->arena, decl->name.c, classes[i]), owner);
	for (i = 0; i < decl->as.iface.method_count; i++)
		take_method(naming, decl, &decl->as.iface.methods[i]);
}

static void
take_module(struct naming *naming, const struct model *model)
{
	const struct model_decl *decl;
	struct owner owner;
	size_t i;

	if (model->service)
		scope_take(&naming->file, model->c_service, (struct owner){"[service] of", &model->name});
	for (i = 0; i < model->decl_count; i++) {
		decl = model->decls[i];
		owner = (struct owner){model_decl_names[decl->kind].keyword, &decl->name};
		if (decl->kind == MODEL_CONST)
			scope_take(&naming->file, decl->name.c, owner);
		else if (decl->kind == MODEL_INTERFACE)
			take_interface(naming, decl, owner);
		else if (model_is_record(decl))
			take_record(naming, decl, owner);
		else
			take_set(naming, decl, owner);
	}
}

/* A header brings the headers that it includes, so their names count, however far down. */
static void
take_imports(struct naming *naming, const struct model *model)
{
	size_t i;

	for (i = 0; i < model->import_count; i++) {
		struct model *module = (struct model *)model->imports[i].module;

		if (map_add(&naming->modules, (uint64_t)(uintptr_t)module, module))
			continue;
		take_imports(naming, module);
		take_module(naming, module);
	}
}

/* ---- members and parameters ---- */

/* What one of them is written as. */
static void
take_field(struct naming *naming, struct scope *scope, const struct model_field *field, const char *prefix)
{
	struct owner owner = (struct owner){field->direction ? "parameter" : "member", &field->name};
	const char *name = arena_format(naming->arena, "%s%s", prefix, field->name.c);

	scope_take(scope, name, owner);
	if (field->type->kind == MODEL_LIST)
		scope_take(scope, cname_with(naming->arena, name, "_count"), owner);
}

static void
assign_fields(struct naming *naming, struct model_field *fields, size_t count)
{
	struct scope scope = scope_new(naming->arena, naming->diag);
	size_t i;

	for (i = 0; i < count; i++)
		fields[i].name.c = bare(naming, &fields[i].name);
	for (i = 0; i < count; i++) {
		take_field(naming, &scope, &fields[i], "");
		if (fields[i].direction & MODEL_OUT)
			take_field(naming, &scope, &fields[i], "ret_");
	}
}

/*
 * What stands beside the methods in a class of C++. Where C does not take it either, as is so without a [c_name], that has been
 * reported.
 */
static void
take_class(struct naming *naming, struct scope *class, const struct model_interface *iface)
{
	const struct model_method *method;
	struct owner owner;
	size_t i;

	class->language = "C++";
	for (i = 0; i < iface->method_count; i++) {
		method = &iface->methods[i];
		owner = (struct owner){"method", &method->name};
		if (method->kind != MODEL_TWO_WAY)
			continue;
		scope_take(class, cname_with(naming->arena, method->c_member, "_begin"), owner);
		scope_take(class, cname_with(naming->arena, method->c_member, "_finish"), owner);
		if (method->reply.param_count > 0)
			scope_take(class, cname_with(naming->arena, method->c_member, "_reply"), owner);
	}
}

/* The handlers and the events are a struct each. */
static void
assign_interface(struct naming *naming, struct model_decl *decl)
{
	struct model_interface *iface = &decl->as.iface;
	struct scope handlers = scope_new(naming->arena, naming->diag);
	struct scope events = scope_new(naming->arena, naming->diag);
	struct model_method *method;
	size_t i;

	for (i = 0; i < iface->method_count; i++) {
		method = &iface->methods[i];
		assign_fields(naming, method->params, method->param_count);
		if (method->kind == MODEL_EVENT)
			scope_take(&events, method->c_member, (struct owner){"event", &method->name});
		else
			scope_take(&handlers, method->c_member, (struct owner){"method", &method->name});
	}
	if (naming->clean)
		take_class(naming, &handlers, iface);
	cname_cpp_interface(&handlers, decl);
}

void
cname_assign(struct arena *arena, struct model *model, struct diag *diag)
{
	struct naming naming = {
		.arena = arena,
		.diag = diag,
		.file = scope_new(arena, diag),
		.modules = {.arena = arena},
	};
	struct scope space;
	struct model_decl *decl;
	size_t i;

	cname_check_file(arena, model, diag);
	model->name.c = override_bare(&naming, &model->name);
	if (!model->name.c)
		model->name.c = cname_snake(arena, model->last);
	if (strcmp(model->name.c, "cdrpc") == 0)
		diag_error(diag, model->name.span,
			   "the C prefix 'cdrpc' is the library's; give the module a [c_name(\"...\")]");
	if (model->service)
		model->c_service = service_constant(arena, model->name.c);
	take_imports(&naming, model);
	for (i = 0; i < model->decl_count; i++)
		assign_decl(&naming, model, model->decls[i]);
	naming.file.shared = true;
	take_module(&naming, model);
	naming.clean = !diag_errors(diag);
	for (i = 0; i < model->decl_count; i++) {
		decl = model->decls[i];
		if (model_is_record(decl))
			assign_fields(&naming, decl->as.record.fields, decl->as.record.field_count);
		else if (decl->kind == MODEL_INTERFACE)
			assign_interface(&naming, decl);
	}
	space = scope_new(arena, diag);
	cname_cpp_types(&space, model);
	cname_cpp_module(arena, model);
}
