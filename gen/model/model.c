#include "model/model.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

const struct compat_rule compat_rules[COMPAT_RULES] = {
#define RULE(id, name, wire, source) [COMPAT_##id] = {name, wire, source},
	COMPAT_RULE_LIST(RULE)
#undef RULE
};

/* clang-format off */
const struct model_scalar model_scalars[MODEL_DECL] = {
	[MODEL_BOOL] = {"bool", "bool", NULL, 1, 0, 0},
	[MODEL_I8] = {"i8", "int8_t", "INT8_C", 1, INT8_MAX, (uint64_t)INT8_MAX + 1},
	[MODEL_U8] = {"u8", "uint8_t", "UINT8_C", 1, UINT8_MAX, 0},
	[MODEL_I16] = {"i16", "int16_t", "INT16_C", 2, INT16_MAX, (uint64_t)INT16_MAX + 1},
	[MODEL_U16] = {"u16", "uint16_t", "UINT16_C", 2, UINT16_MAX, 0},
	[MODEL_I32] = {"i32", "int32_t", "INT32_C", 4, INT32_MAX, (uint64_t)INT32_MAX + 1},
	[MODEL_U32] = {"u32", "uint32_t", "UINT32_C", 4, UINT32_MAX, 0},
	[MODEL_I64] = {"i64", "int64_t", "INT64_C", 8, INT64_MAX, (uint64_t)INT64_MAX + 1},
	[MODEL_U64] = {"u64", "uint64_t", "UINT64_C", 8, UINT64_MAX, 0},
	[MODEL_F32] = {"f32", "float", NULL, 4, 0, 0},
	[MODEL_F64] = {"f64", "double", NULL, 8, 0, 0},
};

const struct model_handle model_handles[MODEL_HANDLES] = {
	[MODEL_HANDLE_FILE] = {"file", MODEL_RIGHT_READ | MODEL_RIGHT_WRITE, "read and write"},
	[MODEL_HANDLE_PIPE] = {"pipe", MODEL_RIGHT_READ | MODEL_RIGHT_WRITE, "read and write"},
	[MODEL_HANDLE_SECTION] = {"section", MODEL_RIGHT_READ | MODEL_RIGHT_WRITE, "read and write"},
	[MODEL_HANDLE_EVENT] = {"event", MODEL_RIGHT_SYNC | MODEL_RIGHT_MODIFY, "sync and modify"},
	[MODEL_HANDLE_MUTEX] = {"mutex", MODEL_RIGHT_SYNC | MODEL_RIGHT_MODIFY, "sync and modify"},
	[MODEL_HANDLE_SEMAPHORE] = {"semaphore", MODEL_RIGHT_SYNC | MODEL_RIGHT_MODIFY, "sync and modify"},
	[MODEL_HANDLE_PROCESS] = {"process", MODEL_RIGHT_SYNC, "sync"},
};
/* clang-format on */

const char *const model_rights[MODEL_RIGHTS] = {"read", "write", "sync", "modify"};
const char *const model_integrities[MODEL_INTEGRITIES] = {"any", "low", "medium", "high", "system"};

const struct model_decl_name model_decl_names[MODEL_INTERFACE + 1] = {
	[MODEL_CONST] = {"const", "a const"},      [MODEL_ENUM] = {"enum", "an enum"},
	[MODEL_FLAGS] = {"flags", "a flags type"}, [MODEL_ERRORS] = {"errors", "an error set"},
	[MODEL_STRUCT] = {"struct", "a struct"},   [MODEL_TABLE] = {"table", "a table"},
	[MODEL_UNION] = {"union", "a union"},      [MODEL_INTERFACE] = {"interface", "an interface"},
};

enum model_type_kind
model_scalar_kind(const char *name)
{
	size_t i = 0;

	while (i < MODEL_DECL && strcmp(model_scalars[i].name, name) != 0)
		i++;
	return (enum model_type_kind)i;
}

const char *
model_integer_text(struct arena *arena, struct model_integer integer)
{
	return arena_format(arena, "%s%" PRIu64, integer.negative ? "-" : "", integer.magnitude);
}

static int
compare_id(const void *id, const void *field)
{
	uint32_t a = *(const uint32_t *)id, b = (*(const struct model_field *const *)field)->id;

	return a < b ? -1 : a > b;
}

const struct model_field *
model_field_by_id(const struct model_record *record, uint32_t id)
{
	const struct model_field *const *found =
		bsearch(&id, record->by_id, record->field_count, sizeof *record->by_id, compare_id);

	return found ? *found : NULL;
}

static int
compare_ordinal(const void *ordinal, const void *method)
{
	uint32_t a = *(const uint32_t *)ordinal, b = (*(const struct model_method *const *)method)->ordinal;

	return a < b ? -1 : a > b;
}

const struct model_method *
model_method_by_ordinal(const struct model_interface *iface, uint32_t ordinal)
{
	const struct model_method *const *found =
		bsearch(&ordinal, iface->by_ordinal, iface->method_count, sizeof *iface->by_ordinal, compare_ordinal);

	return found ? *found : NULL;
}
