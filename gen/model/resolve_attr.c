#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/suggest.h"
#include "model/resolve_parts.h"

/*
 * The longest time that a call may take; the deadline on the wire is a u32 of milliseconds, and nobody waits for a
 * day.
 */
#define TIMEOUT_MAX_MS ((uint64_t)24 * 60 * 60 * 1000)

#define SERVICE_NAME_MAX 64u

#define TARGET_RECORDS (TARGET_STRUCT | TARGET_TABLE | TARGET_UNION)
#define TARGET_DECLS (TARGET_CONST | TARGET_ENUM | TARGET_FLAGS | TARGET_ERRORS | TARGET_RECORDS | TARGET_INTERFACE)
#define TARGET_MEMBERS (TARGET_VALUE | TARGET_MEMBER | TARGET_FIELD)
#define TARGET_METHODS (TARGET_METHOD | TARGET_ONEWAY | TARGET_EVENT)

/*
 * 'arguments': one letter for each, i an id or version, d a duration, n a name, s a string; behind '?' they may be
 * left out.
 */
static const struct rule {
	const char *name;
	const char *arguments;
	const char *example;
	const char *where; /* "only applies to ..." */
	unsigned targets;
} rules[] = {
	[ATTR_BREAKS] = {"breaks", "ns", "breaks(method_removed, \"no client is left\")",
			 "modules, declarations, members, methods and events",
			 TARGET_MODULE | TARGET_DECLS | TARGET_MEMBERS | TARGET_METHODS},
	[ATTR_C_NAME] = {"c_name", "s", "c_name(\"name\")", "what has a C name",
			 TARGET_MODULE | TARGET_DECLS | TARGET_MEMBERS | TARGET_METHODS | TARGET_PARAM},
	[ATTR_COALESCE] = {"coalesce", "", "coalesce", "events", TARGET_EVENT},
	[ATTR_DEPRECATED] = {"deprecated", "i?s", "deprecated(2, \"use open\")",
			     "modules, declarations, members, methods and events",
			     TARGET_MODULE | TARGET_DECLS | TARGET_MEMBERS | TARGET_METHODS},
	[ATTR_INLINE] = {"inline", "", "inline", "two-way methods", TARGET_METHOD},
	[ATTR_MIN_INTEGRITY] = {"min_integrity", "n", "min_integrity(medium)", "interfaces", TARGET_INTERFACE},
	[ATTR_SAME_USER] = {"same_user", "", "same_user", "interfaces", TARGET_INTERFACE},
	[ATTR_SECRET] = {"secret", "", "secret", "methods", TARGET_METHOD | TARGET_ONEWAY},
	[ATTR_SERVICE] = {"service", "s", "service(\"acme.thumbs\")", "modules and interfaces",
			  TARGET_MODULE | TARGET_INTERFACE},
	[ATTR_SHARED] = {"shared", "", "shared", "parameters", TARGET_PARAM},
	[ATTR_SINCE] = {"since", "i", "since(2)",
			"methods, events, fields of tables, and members of unions, enums, flags and "
			"error sets",
			TARGET_METHODS | TARGET_VALUE | TARGET_FIELD},
	[ATTR_STRICT] = {"strict", "", "strict", "enums and unions", TARGET_ENUM | TARGET_UNION},
	[ATTR_TIMEOUT] = {"timeout", "d", "timeout(5s)", "interfaces and two-way methods",
			  TARGET_INTERFACE | TARGET_METHOD},
	[ATTR_VERSION] = {"version", "i", "version(2)", "interfaces", TARGET_INTERFACE},
};

static const char *
attr_target_name(enum resolve_target target)
{
	static const char *const names[] = {
		"a module",
		"a const",
		"an enum",
		"a flags type",
		"an error set",
		"a struct",
		"a table",
		"a union",
		"an interface",
		"a member of a set",
		"a member of a struct",
		"a field",
		"a two-way method",
		"a oneway method",
		"an event",
		"a parameter",
	};
	size_t i = 0;

	while (target >> i != 1)
		i++;
	return names[i];
}

static void
take_integrity(struct resolve *cx, const struct ast_term *term, struct resolve_attrs *attrs)
{
	struct suggest suggest = suggest_begin(term->text);
	size_t i;

	for (i = MODEL_INTEGRITY_LOW; i < MODEL_INTEGRITIES; i++) {
		if (!strcmp(model_integrities[i], term->text)) {
			attrs->min_integrity = (enum model_integrity)i;
			return;
		}
		suggest_add(&suggest, model_integrities[i]);
	}
	if (suggest.best)
		diag_error(cx->diag, term->span, "unknown integrity level '%s'; did you mean '%s'?", term->text,
			   suggest.best);
	else
		diag_error(cx->diag, term->span, "unknown integrity level '%s': there are low, medium, high and system",
			   term->text);
}

/* A rule of 'cdidl diff', and the beginning of a suppression; the reason comes next. */
static void
take_rule(struct resolve *cx, const struct ast_term *term, struct resolve_attrs *attrs)
{
	struct suggest suggest = suggest_begin(term->text);
	struct model_breaks *breaks = ARENA_NEW(cx->arena, struct model_breaks);
	size_t i;

	for (i = 0; i < COMPAT_RULES && strcmp(compat_rules[i].name, term->text) != 0; i++)
		suggest_add(&suggest, compat_rules[i].name);
	if (i == COMPAT_RULES)
		diag_error(cx->diag, term->span, "unknown rule '%s'%s", term->text,
			   suggest.best ? arena_format(cx->arena, "; did you mean '%s'?", suggest.best) : "");
	breaks->rule = term->text;
	breaks->next = attrs->age.breaks;
	attrs->age.breaks = attrs->breaks = breaks;
}

/* The library's own rule for names of services. */
static void
take_service(struct resolve *cx, const struct ast_term *term, struct resolve_attrs *attrs)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
	size_t length = strlen(term->text);

	if (length == 0 || length > SERVICE_NAME_MAX || strspn(term->text, allowed) < length)
		diag_error(cx->diag, term->span, "'%s' names no service: 1 to %u letters, digits, '.', '-' and '_'", term->text,
			   SERVICE_NAME_MAX);
	attrs->service = term->text;
}

static void
take_text(struct resolve *cx, enum resolve_attr attr, const struct ast_term *term, struct resolve_attrs *attrs)
{
	const char *text = term->text;

	if (attr == ATTR_C_NAME)
		attrs->c_name = text;
	else if (attr == ATTR_SERVICE)
		take_service(cx, term, attrs);
	else if (attr == ATTR_BREAKS)
		attrs->breaks->reason = text;
	else
		attrs->age.deprecated_text = text;
}

static void
take_version(struct resolve *cx, enum resolve_attr attr, const struct ast_value *value, struct resolve_attrs *attrs)
{
	struct model_integer integer;

	if (!resolve_integer(cx, value, &integer) || !resolve_check_id(cx, integer, value->span, "version"))
		return;
	if (attr == ATTR_SINCE)
		attrs->age.since = (uint32_t)integer.magnitude;
	else if (attr == ATTR_DEPRECATED)
		attrs->age.deprecated = (uint32_t)integer.magnitude;
	else
		attrs->version = (uint32_t)integer.magnitude;
}

static void
take_duration(struct resolve *cx, const struct ast_term *term, struct resolve_attrs *attrs)
{
	if (term->value < 1 || term->value > TIMEOUT_MAX_MS)
		diag_error(cx->diag, term->span, "a timeout is between 1ms and 86400s");
	else
		attrs->timeout_ms = (uint32_t)term->value;
}

/* One argument, of the kind that 'letter' stands for. False: it is of another kind. */
static bool
take_argument(struct resolve *cx, enum resolve_attr attr, char letter, const struct ast_value *value,
	      struct resolve_attrs *attrs)
{
	const struct ast_term *term = value->first;
	bool plain = !term->next && !term->shift.written;

	if (letter == 'i') {
		if (term->kind != AST_INTEGER && term->kind != AST_CONSTANT)
			return false;
		take_version(cx, attr, value, attrs);
		return true;
	}
	if (!plain || term->kind != (letter == 'd' ? AST_DURATION : letter == 'n' ? AST_CONSTANT : AST_STRING))
		return false;
	if (letter == 'd')
		take_duration(cx, term, attrs);
	else if (letter == 's')
		take_text(cx, attr, term, attrs);
	else if (attr == ATTR_BREAKS)
		take_rule(cx, term, attrs);
	else
		take_integrity(cx, term, attrs);
	return true;
}

static void
take_arguments(struct resolve *cx, const struct ast_attr *ast, enum resolve_attr attr, struct resolve_attrs *attrs)
{
	const struct ast_value *value = ast->first;
	const char *letter;
	bool optional = false;

	for (letter = rules[attr].arguments; *letter; letter++) {
		if (*letter == '?') {
			optional = true;
			continue;
		}
		if (!value && optional)
			break;
		if (!value) {
			diag_error(cx->diag, ast->name.span, "attribute '%s' takes an argument: %s", rules[attr].name,
				   rules[attr].example);
			return;
		}
		if (!take_argument(cx, attr, *letter, value, attrs)) {
			diag_error(cx->diag, value->span, "wrong kind of argument: write %s", rules[attr].example);
			return;
		}
		value = value->next;
	}
	if (value && !*rules[attr].arguments)
		diag_error(cx->diag, value->span, "attribute '%s' takes no argument", rules[attr].name);
	else if (value)
		diag_error(cx->diag, value->span, "too many arguments: write %s", rules[attr].example);
}

static bool
find_attr(struct resolve *cx, const struct ast_attr *ast, enum resolve_target target, enum resolve_attr *ret_attr)
{
	struct suggest suggest = suggest_begin(ast->name.text);
	size_t i;

	for (i = 0; i < ATTR_COUNT; i++) {
		if (!strcmp(rules[i].name, ast->name.text)) {
			*ret_attr = (enum resolve_attr)i;
			return true;
		}
		/* What would not be right here either is no help. */
		if (rules[i].targets & target)
			suggest_add(&suggest, rules[i].name);
	}
	if (suggest.best)
		diag_error(cx->diag, ast->name.span, "unknown attribute '%s'; did you mean '%s'?", ast->name.text,
			   suggest.best);
	else
		diag_error(cx->diag, ast->name.span, "unknown attribute '%s'", ast->name.text);
	return false;
}

void
resolve_attrs(struct resolve *cx, const struct ast_attrs *attrs, enum resolve_target target,
	      struct resolve_attrs *ret_attrs)
{
	const struct ast_attr *ast;
	enum resolve_attr attr;

	*ret_attrs = (struct resolve_attrs){0};
	for (ast = attrs ? attrs->first : NULL; ast; ast = ast->next) {
		if (!find_attr(cx, ast, target, &attr))
			continue;
		if (!(rules[attr].targets & target)) {
			diag_error(cx->diag, ast->name.span, "attribute '%s' does not apply to %s, only to %s",
				   rules[attr].name, attr_target_name(target), rules[attr].where);
			continue;
		}
		/* Several changes may break. */
		if (resolve_has(ret_attrs, attr) && attr != ATTR_BREAKS) {
			diag_error(cx->diag, ast->name.span, "duplicate attribute '%s'", rules[attr].name);
			diag_note(cx->diag, ret_attrs->spans[attr], "the earlier one is here");
			continue;
		}
		ret_attrs->spans[attr] = ast->name.span;
		take_arguments(cx, ast, attr, ret_attrs);
	}
	if (ret_attrs->age.deprecated && ret_attrs->age.deprecated < ret_attrs->age.since)
		diag_error(cx->diag, ret_attrs->spans[ATTR_DEPRECATED], "deprecated(%u) is earlier than since(%u)",
			   (unsigned)ret_attrs->age.deprecated, (unsigned)ret_attrs->age.since);
}

void
resolve_c_name(struct model_name *name, const struct resolve_attrs *attrs)
{
	if (!attrs->c_name)
		return;
	name->c_override = attrs->c_name;
	name->c_override_span = attrs->spans[ATTR_C_NAME];
}
