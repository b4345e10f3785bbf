#include "base/arena.h"
#include "base/diag.h"
#include "base/scc.h"
#include "model/resolve_parts.h"

/* The declaration that a type is or holds, without regard to arrays; NULL for a scalar or a text. */
static const struct model_decl *
type_decl(const struct model_type *type)
{
	return type->element ? type->element->decl : type->decl;
}

/*
 * Whether the one's facts must be known before those of what holds it: a struct is held in place wherever it stands,
 * a union where it is no element and not optional; a table is always behind a pointer.
 */
static bool
in_place(const struct model_field *field, const struct model_decl *decl)
{
	return decl->kind == MODEL_STRUCT ||
	       (decl->kind == MODEL_UNION && field->type->kind == MODEL_DECL && !field->optional);
}

/* The next record of this module that a record leads to. */
static size_t
next_edge(const struct resolve *cx, size_t node, size_t *cursor, bool all)
{
	const struct model_decl *decl = &cx->decls[node], *target;
	const struct model_field *field;

	if (!model_is_record(decl))
		return SCC_END;
	while (*cursor < decl->as.record.field_count) {
		field = &decl->as.record.fields[(*cursor)++];
		target = type_decl(field->type);
		if (target && target->module == cx->model && model_is_record(target) &&
		    (all || in_place(field, target)))
			return (size_t)(target - cx->decls);
	}
	return SCC_END;
}

static size_t
edge_in_place(void *context, size_t node, size_t *cursor)
{
	return next_edge(context, node, cursor, false);
}

static size_t
edge_any(void *context, size_t node, size_t *cursor)
{
	return next_edge(context, node, cursor, true);
}

/* The first field by which one record of a cycle holds another of it in place. */
static const struct model_field *
field_into(const struct resolve *cx, size_t node, const struct map *cycle, size_t *ret_next)
{
	size_t cursor = 0, next;

	while ((next = next_edge(cx, node, &cursor, false)) != SCC_END) {
		if (!map_get(cycle, next))
			continue;
		*ret_next = next;
		return &cx->decls[node].as.record.fields[cursor - 1];
	}
	return NULL;
}

/* Walks along the cycle until it comes by a second time: from there on, each step is a part of it. */
static void
report_type_cycle(struct resolve *cx, const size_t *nodes, size_t count)
{
	struct map cycle = {.arena = cx->arena}, seen = {.arena = cx->arena};
	const struct model_field *field;
	size_t node = nodes[0], start, next = 0, i;

	for (i = 0; i < count; i++)
		map_add(&cycle, nodes[i], &cx->decls[nodes[i]]);
	while (!map_add(&seen, node, &cx->decls[node]) && field_into(cx, node, &cycle, &next))
		node = next;
	start = node;
	field = field_into(cx, start, &cycle, &next);
	diag_error(cx->diag, field->name.span, "%s '%s' contains itself; a cycle needs a table",
		   cx->decls[start].kind == MODEL_STRUCT ? "struct" : "union", cx->decls[start].name.text);
	for (node = next; node != start; node = next) {
		field = field_into(cx, node, &cycle, &next);
		diag_note(cx->diag, field->name.span, "by way of '%s'", cx->decls[node].name.text);
	}
}

static void
component_in_place(void *context, const size_t *nodes, size_t count, bool cyclic)
{
	struct resolve *cx = context;

	cx->cyclic = cx->cyclic || cyclic;
	if (cyclic)
		report_type_cycle(cx, nodes, count);
	else if (model_is_record(&cx->decls[nodes[0]]))
		layout_record(cx, &cx->decls[nodes[0]]);
}

static void
component_any(void *context, const size_t *nodes, size_t count, bool cyclic)
{
	struct resolve *cx = context;
	struct model_decl *decl;
	size_t i;

	for (i = 0; i < count; i++) {
		decl = &cx->decls[nodes[i]];
		if (!model_is_record(decl))
			continue;
		decl->facts.recursive = cyclic;
		decl->facts.largest = cyclic ? MODEL_UNBOUNDED : layout_record_largest(decl);
	}
}

void
layout(struct resolve *cx)
{
	struct scc scc = {cx->arena, cx->model->decl_count, cx, edge_in_place, component_in_place};
	const struct resolve_type *node;

	scc_run(&scc);
	/* Where a struct holds itself nothing has a size. */
	if (cx->cyclic)
		return;
	for (node = cx->types; node; node = node->next)
		layout_type(cx, node->type, node->bound);
	scc.edge = edge_any;
	scc.component = component_any;
	scc_run(&scc);
	for (node = cx->types; node; node = node->next) {
		node->type->facts.largest = layout_type_largest(node->type);
		node->type->facts.recursive = node->type->kind == MODEL_DECL && node->type->decl->facts.recursive;
	}
}
