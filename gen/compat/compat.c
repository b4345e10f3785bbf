#include "compat/compat.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compat/compat_parts.h"

struct finding {
	struct compat_finding public;
	struct finding *next;
	size_t sequence;
};

const struct model_breaks *
compat_acceptance(const struct compat *cx, const struct model_age *age, enum compat_rule_id rule, bool *ret_used_up)
{
	const struct model_breaks *breaks;

	for (breaks = age ? age->breaks : NULL; breaks; breaks = breaks->next) {
		if (strcmp(breaks->rule, compat_rules[rule].name) != 0)
			continue;
		if (!map_get(&cx->used_up, (uint64_t)(uintptr_t)breaks))
			return breaks;
		*ret_used_up = true;
	}
	return NULL;
}

/* Whether the change is accepted where it was made or further out. */
static void
find_reason(const struct compat *cx, enum compat_rule_id rule, struct compat_finding *finding)
{
	const struct model_breaks *breaks;
	size_t i;

	for (i = 0; i < sizeof cx->ages / sizeof *cx->ages && !finding->reason; i++) {
		breaks = compat_acceptance(cx, cx->ages[i], rule, &finding->used_up);
		finding->reason = breaks ? breaks->reason : NULL;
	}
}

void
compat_add(struct compat *cx, enum compat_rule_id rule, struct span span, const char *format, ...)
{
	struct finding *finding = ARENA_NEW(cx->arena, struct finding);
	va_list values;
	char text[1024];

	va_start(values, format);
	vsnprintf(text, sizeof text, format, values);
	va_end(values);
	finding->public.rule = &compat_rules[rule];
	finding->public.span = span;
	finding->public.text = arena_copy(cx->arena, text, strlen(text));
	find_reason(cx, rule, &finding->public);
	finding->sequence = cx->count++;
	LIST_ADD(cx->first, cx->last, finding);
}

void
compat_spelling(struct compat *cx, const struct model_name *before, const struct model_name *after, const char *what,
		const char *language, const char *was, const char *is)
{
	if (was && is && strcmp(was, is) != 0)
		compat_add(cx, COMPAT_NAME_CHANGED, after->span, "%s '%s' was '%s' in %s and is '%s'", what,
			   before->text, was, language, is);
}

void
compat_name(struct compat *cx, const struct model_name *before, const struct model_name *after, const char *what)
{
	/* That all names have another prefix is told once. */
	if (!cx->other_prefix || strcmp(before->text, after->text) != 0)
		compat_spelling(cx, before, after, what, "C", before->c, after->c);
}

static bool
is_type(const struct model_decl *decl)
{
	return decl->kind != MODEL_CONST && decl->kind != MODEL_ERRORS && decl->kind != MODEL_INTERFACE;
}

static void
report_gone(struct compat *cx, const struct model_decl *before, struct span span)
{
	compat_add(cx, before->kind == MODEL_INTERFACE ? COMPAT_INTERFACE_REMOVED : COMPAT_DECLARATION_REMOVED, span,
		   "'%s' is gone", before->name.text);
}

static void
compare_decl(struct compat *cx, const struct model_decl *before, const struct model_decl *after)
{
	cx->ages[1] = &after->age;
	if (before->kind == after->kind)
		compat_mark_breaks(cx, before, after);
	/* What uses the name as it was cannot do so any more, and is told of too. */
	if (before->kind != after->kind && !(is_type(before) && is_type(after))) {
		report_gone(cx, before, after->name.span);
		return;
	}
	if (model_is_set(before) != model_is_set(after) || (before->kind != after->kind && !model_is_set(before))) {
		compat_add(cx, COMPAT_KIND_CHANGED, after->name.span, "'%s' is another kind of declaration",
			   after->name.text);
		return;
	}
	if (before->kind != after->kind)
		compat_add(cx, COMPAT_TYPE_RENAMED, after->name.span, "'%s' was %s and is %s", after->name.text,
			   before->kind == MODEL_ENUM ? "an enum" : "flags",
			   after->kind == MODEL_ENUM ? "an enum" : "flags");
	compat_name(cx, &before->name, &after->name, "declaration");
	switch (after->kind) {
	case MODEL_CONST:
		if (before->as.constant.type != after->as.constant.type ||
		    !compat_equal(before->as.constant.value, after->as.constant.value) ||
		    (after->as.constant.string && strcmp(before->as.constant.string, after->as.constant.string) != 0))
			compat_add(cx, COMPAT_CONST_CHANGED, after->name.span, "'%s' has another %s", after->name.text,
				   before->as.constant.type != after->as.constant.type ? "type" : "value");
		break;
	case MODEL_ENUM:
	case MODEL_FLAGS:
	case MODEL_ERRORS:
		compat_set(cx, before, after);
		break;
	case MODEL_STRUCT:
	case MODEL_TABLE:
	case MODEL_UNION:
		compat_record(cx, before, after);
		break;
	case MODEL_INTERFACE:
		compat_interface(cx, before, after);
		break;
	}
}

static void
compare_decls(struct compat *cx)
{
	struct map names = {.arena = cx->arena};
	const struct model_decl *before, *after;
	size_t i;

	for (i = 0; i < cx->after->decl_count; i++) {
		after = cx->after->decls[i];
		map_add(&names, compat_key(cx, after->name.text), (void *)after);
	}
	for (i = 0; i < cx->before->decl_count; i++) {
		before = cx->before->decls[i];
		after = map_get(&names, compat_key(cx, before->name.text));
		cx->ages[1] = cx->ages[2] = NULL;
		if (after)
			compare_decl(cx, before, after);
		else
			report_gone(cx, before, cx->after->name.span);
	}
}

/* Both versions of one module. */
struct module_pair {
	struct module_pair *next;
	const struct model *before, *after;
};

static void
add_pair(struct compat *cx, const struct model *before, const struct model *after)
{
	struct module_pair *pair;

	/* An import of several: once is enough. */
	if (map_add(&cx->modules, compat_key(cx, after->name.text), cx))
		return;
	pair = ARENA_NEW(cx->arena, struct module_pair);
	pair->before = before;
	pair->after = after;
	LIST_ADD(cx->first_pair, cx->last_pair, pair);
}

static bool
has_interface(const struct model *model)
{
	size_t i = 0;

	while (i < model->decl_count && model->decls[i]->kind != MODEL_INTERFACE)
		i++;
	return i < model->decl_count;
}

static void
compare_modules(struct compat *cx, const struct model *before, const struct model *after)
{
	size_t i, j;

	cx->before = before;
	cx->after = after;
	cx->ages[0] = &after->age;
	cx->ages[1] = cx->ages[2] = NULL;
	compat_mark_module_breaks(cx, before, after);
	cx->other_prefix = strcmp(before->name.c, after->name.c) != 0;
	/* Only interfaces have their names on the wire. */
	if (strcmp(before->name.text, after->name.text) != 0)
		compat_add(cx, has_interface(before) ? COMPAT_MODULE_RENAMED : COMPAT_NAME_CHANGED, after->name.span,
			   "the module was '%s' and is '%s'", before->name.text, after->name.text);
	else if (cx->other_prefix)
		compat_add(cx, COMPAT_NAME_CHANGED, after->name.span, "module '%s' was '%s' in C and is '%s'",
			   after->name.text, before->name.c, after->name.c);
	if (!strcmp(before->name.text, after->name.text))
		compat_spelling(cx, &before->name, &after->name, "the namespace of", "C++", before->cpp_space,
				after->cpp_space);
	compat_service(cx, &after->name, before->c_service, before->service, after->service);
	compare_decls(cx);
	for (i = 0; i < before->import_count; i++)
		for (j = 0; j < after->import_count; j++)
			if (!strcmp(before->imports[i].module->name.text, after->imports[j].module->name.text))
				add_pair(cx, before->imports[i].module, after->imports[j].module);
}

static int
compare_findings(const void *left, const void *right)
{
	const struct finding *a = *(const struct finding *const *)left, *b = *(const struct finding *const *)right;
	uint64_t order_a = (uint64_t)a->public.span.source->order << 32 | a->public.span.offset;
	uint64_t order_b = (uint64_t)b->public.span.source->order << 32 | b->public.span.offset;

	if (order_a != order_b)
		return order_a < order_b ? -1 : 1;
	return a->sequence < b->sequence ? -1 : 1;
}

const struct compat_report *
compat_compare(struct arena *arena, const struct model *before, const struct model *after)
{
	struct compat cx = {.arena = arena,
			    .modules.arena = arena,
			    .pairs.arena = arena,
			    .sets.arena = arena,
			    .used_up.arena = arena};
	struct compat_report *report = ARENA_NEW(arena, struct compat_report);
	const struct compat_finding **findings;
	const struct finding *finding;
	const struct module_pair *pair;

	add_pair(&cx, before, after);
	for (pair = cx.first_pair; pair; pair = pair->next)
		compare_modules(&cx, pair->before, pair->after);
	findings = ARENA_ARRAY(arena, cx.count, const struct compat_finding *);
	for (finding = cx.first; finding; finding = finding->next) {
		findings[report->count++] = &finding->public;
		report->wire += finding->public.rule->wire && !finding->public.reason;
		report->source += finding->public.rule->source && !finding->public.reason;
	}
	/* A finding begins with its public part, so that one pointer serves for both. */
	qsort(findings, report->count, sizeof *findings, compare_findings);
	report->findings = findings;
	return report;
}

/* A reason on one line, whatever its escapes have put into it. */
static void
put_reason(struct text *out, const char *reason)
{
	for (; *reason; reason++)
		text_add(out, (unsigned char)*reason < ' ' ? " " : reason, 1);
}

const char *
compat_render(struct arena *arena, const struct compat_report *report, size_t *ret_length)
{
	struct text out = {.arena = arena};
	const struct compat_finding *finding;
	struct position position;
	size_t i;

	for (i = 0; i < report->count; i++) {
		finding = report->findings[i];
		position = source_position(finding->span.source, finding->span.offset);
		text_format(&out, "%s:%u:%u: %s: %s ", finding->span.source->path, (unsigned)position.line,
			    (unsigned)position.column, finding->rule->name, finding->text);
		if (finding->reason) {
			text_puts(&out, "[accepted: ");
			put_reason(&out, finding->reason);
			text_puts(&out, "]\n");
		} else {
			text_format(&out, "[breaks %s%s]\n",
				    !finding->rule->source ? "wire"
				    : finding->rule->wire  ? "wire and source"
							   : "source",
				    finding->used_up ? "; the [breaks] here accepted an earlier change" : "");
		}
	}
	if (report->count)
		text_format(&out, "not accepted: wire %zu, source %zu\n", report->wire, report->source);
	*ret_length = out.length;
	return text_string(&out);
}
