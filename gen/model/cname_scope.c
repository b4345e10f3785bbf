#include "model/cname_scope.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/cname.h"

struct scope
scope_new(struct arena *arena, struct diag *diag)
{
	return (struct scope){.arena = arena, .diag = diag, .names = {.arena = arena}, .language = "C"};
}

void
scope_check(const struct scope *scope, const char *name, struct owner owner)
{
	const char *other = cname_owner(name);

	if (!other)
		return;
	if (owner.name->c_override)
		diag_error(scope->diag, owner.name->c_override_span, "'%s' is %s", name, other);
	else
		diag_error(scope->diag, owner.name->span,
			   "%s '%s' would be '%s' in C, which is %s; give it or the module a [c_name(\"...\")]",
			   owner.kind, owner.name->text, name, other);
}

void
scope_take(struct scope *scope, const char *name, struct owner owner)
{
	struct owner *mine = ARENA_NEW(scope->arena, struct owner);
	const struct owner *other;

	*mine = owner;
	other = map_add(&scope->names, map_name(arena_intern(scope->arena, name, strlen(name))), mine);
	if (other) {
		diag_error(scope->diag, owner.name->span,
			   "%s '%s' and %s '%s' would both be '%s' in %s; give one of them a [c_name(\"...\")]",
			   owner.kind, owner.name->text, other->kind, other->name->text, name, scope->language);
		diag_note(scope->diag, other->name->span, "%s '%s' is declared here", other->kind, other->name->text);
	} else if (scope->shared) {
		scope_check(scope, name, owner);
	}
}

bool
scope_has(const struct scope *scope, const char *name)
{
	return map_get(&scope->names, map_name(arena_intern(scope->arena, name, strlen(name)))) != NULL;
}
