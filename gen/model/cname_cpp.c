#include <string.h>

#include "base/arena.h"
#include "model/cname.h"
#include "model/cname_scope.h"
#include "model/model.h"

/* Whether the class of a side has a function of that name: a listener has events, a server what emits them. */
static bool
has_function(struct arena *arena, const struct model_interface *iface, const char *side, const char *name)
{
	const struct model_method *method;
	const char *function;
	size_t i;

	for (i = 0; i < iface->method_count; i++) {
		method = &iface->methods[i];
		function = method->c_member;
		if (method->kind == MODEL_EVENT && !strcmp(side, "_server"))
			function = arena_format(arena, "emit_%s", function);
		else if ((method->kind == MODEL_EVENT) != !strcmp(side, "_listener"))
			continue;
		if (!strcmp(function, name))
			return true;
	}
	return false;
}

/* The class of an interface on a side, player_client. What stands in it does not have its name, which is the constructor's. */
static const char *
class_of(struct arena *arena, const struct model_decl *decl, const char *side)
{
	const char *name = cname_with(arena, decl->name.c, side);

	while (has_function(arena, &decl->as.iface, side, name))
		name = cname_other(arena, name);
	return name;
}

/* A type beside the methods of a class: none of them has its name. */
static const char *
beside(const struct scope *methods, const char *member, const char *suffix)
{
	const char *name = cname_with(methods->arena, member, suffix);

	if (cname_is_reserved(name)) /* of a method 'cdrpc' */
		name = arena_format(methods->arena, "%sx%s", member, suffix);
	while (scope_has(methods, name))
		name = cname_other(methods->arena, name);
	return name;
}

void
cname_cpp_interface(struct scope *methods, struct model_decl *decl)
{
	struct model_interface *iface = &decl->as.iface;
	struct arena *arena = methods->arena;
	bool calls = false, events = false;
	struct model_method *method;
	size_t i;

	for (i = 0; i < iface->method_count; i++) {
		method = &iface->methods[i];
		calls = calls || method->kind != MODEL_EVENT;
		events = events || method->kind == MODEL_EVENT;
		if (method->kind == MODEL_TWO_WAY)
			method->cpp_pending = beside(methods, method->c_member, "_pending");
		if (method->reply.param_count > 0)
			method->cpp_outputs = beside(methods, method->c_member, "_outputs");
		if (method->needs_reply)
			method->cpp_reply = cname_own(arena, method, "reply");
	}
	if (calls)
		iface->cpp_client = class_of(arena, decl, "_client");
	if (events)
		iface->cpp_listener = class_of(arena, decl, "_listener");
	iface->cpp_server = class_of(arena, decl, "_server");
}

static void
take_class_name(struct scope *space, const struct model_decl *decl, const char *name)
{
	if (name && !scope_has(space, name))
		scope_take(space, name, (struct owner){"interface", &decl->name});
}

static bool
has_struct(const struct model *model, const char *name)
{
	const struct model_decl *decl;
	size_t i;

	for (i = 0; i < model->decl_count; i++) {
		decl = model->decls[i];
		if (model_is_record(decl) && !strcmp(name, decl->name.c))
			return true;
	}
	return false;
}

/* Whether a namespace of that name would hide a struct that the module uses from what is inside. */
static bool
hides_struct(const struct model *model, const char *name)
{
	bool hides = has_struct(model, name);
	size_t i;

	for (i = 0; i < model->import_count; i++)
		hides = hides || has_struct(model->imports[i].module, name);
	return hides;
}

/*
 * The namespace is the module's name. A part that would hide what is inside uses gets '_', and so does a keyword, and
 * the outermost if the C library or <windows.h> has something of its name: a function time(), for instance.
 */
void
cname_cpp_module(struct arena *arena, struct model *model)
{
	struct text text = {.arena = arena};
	const char *part = model->name.text;
	const char *name;
	bool taken;

	while (*part) {
		name = cname_snake(arena, arena_copy(arena, part, strcspn(part, ".")));
		taken = cname_is_reserved(name) || (!text.length && cname_owner(name)) || !strcmp(name, "std") ||
			!strncmp(name, "cdrpc", 5) || hides_struct(model, name);
		text_format(&text, "%s%s", text.length ? "::" : "", taken ? cname_other(arena, name) : name);
		part += strcspn(part, ".");
		part += *part == '.';
	}
	model->cpp_space = text_string(&text);
}

static bool
is_taken(const char *name)
{
	return cname_is_reserved(name) || cname_owner(name) || !strcmp(name, "std");
}

/* The names of types in the namespace: as in the file, and not those of its classes, of macros, or of what the classes use. */
void
cname_cpp_types(struct scope *space, struct model *model)
{
	struct model_decl *decl;
	const char *name;
	size_t i;

	for (i = 0; i < model->decl_count; i++) {
		decl = model->decls[i];
		if (decl->kind != MODEL_INTERFACE)
			continue;
		take_class_name(space, decl, decl->as.iface.cpp_client);
		take_class_name(space, decl, decl->as.iface.cpp_listener);
		take_class_name(space, decl, decl->as.iface.cpp_server);
	}
	for (i = 0; i < model->decl_count; i++) {
		decl = model->decls[i];
		if (!model_is_record(decl) && decl->kind != MODEL_ENUM && decl->kind != MODEL_FLAGS)
			continue;
		name = cname_snake(space->arena, decl->name.text);
		if (is_taken(name))
			name = cname_other(space->arena, name);
		if (is_taken(name)) /* of '_', or what begins as the library's names do: it has its name in C */
			continue;
		while (scope_has(space, name))
			name = cname_other(space->arena, name);
		scope_take(space, name, (struct owner){"type", &decl->name});
		decl->cpp_alias = name;
	}
}
