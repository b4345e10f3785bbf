#include "emit/emit_c.h"

#include "base/arena.h"
#include "base/map.h"

/* A declaration on its way into the order. */
struct visit {
	const struct model_decl *decl;
	size_t next_field;
	struct visit *below;
};

/* What a member holds by value, so that its type must be complete. */
static const struct model_decl *
held_by_value(const struct model_field *field)
{
	const struct model_type *type = field->type->kind == MODEL_ARRAY ? field->type->element : field->type;
	enum emit_class class = emit_class(type);

	if (field->optional || (class != EMIT_STRUCT && class != EMIT_UNION))
		return NULL;
	return type->decl;
}

static struct visit *
push(struct arena *arena, struct map *seen, const struct model_decl *decl, struct visit *below)
{
	struct visit *visit = ARENA_NEW(arena, struct visit);

	visit->decl = decl;
	visit->below = below;
	return map_add(seen, (uint64_t)(uintptr_t)decl, visit) ? below : visit;
}

const struct model_decl **
emit_records(struct arena *arena, const struct model *model, size_t *ret_count)
{
	const struct model_decl **order = ARENA_ARRAY(arena, model->decl_count, const struct model_decl *);
	struct map seen = {.arena = arena};
	const struct model_decl *decl, *held;
	struct visit *top;
	size_t count = 0;
	size_t i;

	for (i = 0; i < model->decl_count; i++) {
		decl = model->decls[i];
		if (decl->kind != MODEL_STRUCT && decl->kind != MODEL_TABLE && decl->kind != MODEL_UNION)
			continue;
		top = push(arena, &seen, decl, NULL);
		while (top) {
			if (top->next_field == top->decl->as.record.field_count) {
				order[count++] = top->decl;
				top = top->below;
				continue;
			}
			held = held_by_value(&top->decl->as.record.fields[top->next_field++]);
			if (held && held->module == model)
				top = push(arena, &seen, held, top);
		}
	}
	*ret_count = count;
	return order;
}
