#include "compat/compat_parts.h"

static struct map
methods_by_name(struct compat *cx, const struct model_interface *iface)
{
	struct map map = {.arena = cx->arena};
	size_t i;

	for (i = 0; i < iface->method_count; i++)
		map_add(&map, compat_key(cx, iface->methods[i].name.text), &iface->methods[i]);
	return map;
}

static const char *
kind_text(enum model_method_kind kind)
{
	return kind == MODEL_TWO_WAY ? "a two-way method" : kind == MODEL_ONEWAY ? "a oneway method" : "an event";
}

/*
 * Parameters are the same by their places. A name that has another place means another thing. Otherwise those of
 * inputs are nobody's business but the doc's; the --cpp wrapper has a struct with the names of the outputs.
 */
static void
compare_params(struct compat *cx, const struct model_method *before, const struct model_method *after)
{
	struct map names = compat_names(cx, before->params, before->param_count);
	const struct model_field *was, *is;
	size_t i;

	if (before->param_count != after->param_count) {
		compat_add(cx, COMPAT_PARAMETERS_CHANGED, after->name.span, "'%s' had %zu parameters and has %zu",
			   after->name.text, before->param_count, after->param_count);
		return;
	}
	for (i = 0; i < after->param_count; i++) {
		was = &before->params[i];
		is = &after->params[i];
		if (was->direction != is->direction || was->optional != is->optional)
			compat_add(cx, COMPAT_PARAMETERS_CHANGED, is->name.span,
				   "parameter %zu of '%s' was '%s' and is '%s'", i + 1, after->name.text, was->text,
				   is->text);
		else if (compat_moved(cx, &names, was, is))
			compat_add(cx, COMPAT_PARAMETERS_CHANGED, is->name.span,
				   "'%s' has another place among the parameters of '%s'", is->name.text,
				   after->name.text);
		else
			compat_field_type(cx, was, is);
		if ((is->direction & MODEL_OUT) && !compat_moved(cx, &names, was, is))
			compat_spelling(cx, &was->name, &is->name, "output", "C++", was->name.c, is->name.c);
	}
}

/* The set may be another one, as long as each of its numbers means what it meant. */
static void
compare_errors(struct compat *cx, const struct model_method *before, const struct model_method *after)
{
	if (!before->errors || !after->errors || compat_same_decl(cx, before->errors, after->errors))
		return;
	if (compat_sets_contradict(cx, &before->errors->as.set, &after->errors->as.set))
		compat_add(cx, COMPAT_ERRORS_CHANGED, after->name.span,
			   "'%s' failed with '%s' and fails with '%s', whose numbers mean something else",
			   after->name.text, before->errors->name.text, after->errors->name.text);
}

/* What C and C++ that use a method are about. */
static void
compare_method(struct compat *cx, const struct model_method *before, const struct model_method *after)
{
	const struct model_name *was = &before->name, *is = &after->name;

	compat_name(cx, was, is, after->kind == MODEL_EVENT ? "event" : "method");
	if (before->kind != after->kind) {
		compat_add(cx, COMPAT_METHOD_KIND_CHANGED, after->name.span, "'%s' was %s and is %s", after->name.text,
			   kind_text(before->kind), kind_text(after->kind));
		return;
	}
	/* Those of another name have other types. */
	if (!strcmp(before->c_member, after->c_member)) {
		compat_spelling(cx, was, is, "the output type of", "C++", before->cpp_outputs, after->cpp_outputs);
		compat_spelling(cx, was, is, "the call type of", "C++", before->cpp_pending, after->cpp_pending);
	}
	compat_spelling(cx, was, is, "the reply member of", "C++", before->cpp_reply, after->cpp_reply);
	compare_params(cx, before, after);
	compare_errors(cx, before, after);
	if (before->needs_reply != after->needs_reply)
		compat_add(cx, COMPAT_ARGUMENTS_CHANGED, is->span, "'%s' takes %s struct cdrpc_reply in C, for its outputs %s",
			   after->name.text, after->needs_reply ? "a" : "no",
			   after->needs_reply ? "have pointers now" : "have no pointers any more");
}

/* What a side of the one version learns of the other is its number, and whether a method is there by then. */
static void
compare_versions(struct compat *cx, const struct model_interface *old, const struct model_interface *new,
		 const struct model_method *before, const struct model_method *after)
{
	if (after->age.since > old->version)
		compat_add(cx, COMPAT_SINCE_RAISED, after->name.span,
			   "'%s' is said to be there since version %u, but was there before", after->name.text,
			   (unsigned)after->age.since);
	if (before->age.since > new->version)
		compat_add(cx, COMPAT_VERSION_LOWERED, after->name.span,
			   "'%s' was said to be there since version %u, and the version is %u", after->name.text,
			   (unsigned)before->age.since, (unsigned)new->version);
	else if (before->age.since > (after->age.since ? after->age.since : 1))
		compat_add(cx, COMPAT_SINCE_LOWERED, after->name.span,
			   "'%s' is there since version %u: servers of an older one do not have it", after->name.text,
			   (unsigned)before->age.since);
}

/* Whether C has that constant, of the module or of whichever interface. */
static bool
has_service(const struct model *model, const char *constant, const char *service)
{
	const struct model_interface *iface;
	size_t i;

	if (model->service && !strcmp(model->c_service, constant))
		return !strcmp(model->service, service);
	for (i = 0; i < model->decl_count; i++) {
		iface = &model->decls[i]->as.iface;
		if (model->decls[i]->kind == MODEL_INTERFACE && iface->service && !strcmp(iface->c_service, constant))
			return !strcmp(iface->service, service);
	}
	return false;
}

void
compat_service(struct compat *cx, const struct model_name *name, const char *constant, const char *before, const char *after)
{
	if (!before || has_service(cx->after, constant, before))
		return;
	if (!after)
		compat_add(cx, COMPAT_SERVICE_CHANGED, name->span, "'%s' has no [service] any more, which was '%s'", name->text, before);
	else if (strcmp(before, after) != 0)
		compat_add(cx, COMPAT_SERVICE_CHANGED, name->span,
			   "'%s' was the service '%s' and is '%s': clients and servers of the two do not find each other", name->text,
			   before, after);
}

static void
compare_policy(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const struct model_interface *old = &before->as.iface, *new = &after->as.iface;

	if (new->min_integrity > old->min_integrity)
		compat_add(cx, COMPAT_POLICY_TIGHTENED, after->name.span,
			   "'%s' wants a higher integrity level of its clients", after->name.text);
	if (new->same_user && !old->same_user)
		compat_add(cx, COMPAT_POLICY_TIGHTENED, after->name.span, "'%s' refuses the clients of other users",
			   after->name.text);
}

/* A method that was not there before. */
static void
check_new_method(struct compat *cx, const struct model_interface *old, const struct model_method *method,
		 const struct map *old_names)
{
	bool moved = map_get(old_names, compat_key(cx, method->name.text));

	/* Who listens to an event that the other side does not have waits in vain, whatever is said of it. */
	if (!moved && method->kind != MODEL_EVENT && method->age.since <= old->version)
		compat_add(cx, COMPAT_SINCE_MISSING, method->name.span,
			   "'%s' is new: say [since(N)], N being later than version %u", method->name.text,
			   (unsigned)old->version);
}

/* The names and arguments of C and C++ that depend on which methods and events there are. */
static void
compare_sides(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const struct model_interface *old = &before->as.iface, *new = &after->as.iface;
	const struct model_name *was = &before->name, *is = &after->name;
	size_t i;

	if (!cx->other_prefix && !strcmp(was->c, is->c)) {
		compat_spelling(cx, was, is, "the client of", "C++", old->cpp_client, new->cpp_client);
		compat_spelling(cx, was, is, "the listener of", "C++", old->cpp_listener, new->cpp_listener);
		compat_spelling(cx, was, is, "the server of", "C++", old->cpp_server, new->cpp_server);
	}
	for (i = 0; i < new->method_count && new->methods[i].kind == MODEL_EVENT; i++)
		;
	if (!old->cpp_client && new->cpp_client) {
		cx->ages[2] = &new->methods[i].age;
		compat_add(cx, COMPAT_ARGUMENTS_CHANGED, new->methods[i].name.span,
			   "'%s' is the first that is no event: %s_serve() takes handlers in C", new->methods[i].name.text,
			   is->c);
	} else if (old->cpp_client && !new->cpp_client) {
		compat_add(cx, COMPAT_ARGUMENTS_CHANGED, is->span,
			   "'%s' has events only: %s_serve() takes no handlers any more in C", is->text, is->c);
	}
}

void
compat_interface(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	const struct model_interface *old = &before->as.iface, *new = &after->as.iface;
	struct map new_names = methods_by_name(cx, new), old_names = methods_by_name(cx, old);
	const struct model_method *method, *now, *named, *same;
	size_t i;

	compare_policy(cx, before, after);
	compat_service(cx, &after->name, old->c_service, old->service, new->service);
	compare_sides(cx, before, after);
	for (i = 0; i < old->method_count; i++) {
		method = &old->methods[i];
		now = model_method_by_ordinal(new, method->ordinal);
		named = map_get(&new_names, compat_key(cx, method->name.text));
		same = named ? named : now;
		cx->ages[2] = same ? &same->age : NULL;
		if (same)
			compare_method(cx, method, same);
		else
			compat_add(cx, COMPAT_METHOD_REMOVED, after->name.span, "'%s' @%u of '%s' is gone",
				   method->name.text, (unsigned)method->ordinal, after->name.text);
		if (same && same != now)
			compat_add(cx, COMPAT_ORDINAL_CHANGED, same->name.span, "'%s' had the ordinal %u and has %u",
				   same->name.text, (unsigned)method->ordinal, (unsigned)same->ordinal);
		else if (same && same->kind == method->kind && same->kind != MODEL_EVENT)
			compare_versions(cx, old, new, method, same);
	}
	for (i = 0; i < new->method_count; i++) {
		cx->ages[2] = &new->methods[i].age;
		if (!model_method_by_ordinal(old, new->methods[i].ordinal))
			check_new_method(cx, old, &new->methods[i], &old_names);
	}
	compat_reserved(cx, before, after);
	compat_order(cx, before, after);
}
