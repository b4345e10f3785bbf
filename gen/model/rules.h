/* The rules of 'cdidl diff', which [breaks] names; what breaks them is told in compat/. */
#ifndef CDIDL_RULES_H
#define CDIDL_RULES_H

#include <stdbool.h>

/* clang-format off */
/* By name: whether the wire breaks, and whether the source does. */
#define COMPAT_RULE_LIST(RULE) \
	RULE(ARGUMENTS_CHANGED, "arguments_changed", false, true) \
	RULE(BASE_CHANGED, "base_changed", true, true) \
	RULE(BOUND_REDUCED, "bound_reduced", true, false) \
	RULE(CONST_CHANGED, "const_changed", false, true) \
	RULE(DECLARATION_REMOVED, "declaration_removed", false, true) \
	RULE(ERRORS_CHANGED, "errors_changed", true, false) \
	RULE(FIELD_REMOVED, "field_removed", false, true) \
	RULE(ID_CHANGED, "id_changed", true, false) \
	RULE(INTERFACE_REMOVED, "interface_removed", true, true) \
	RULE(KIND_CHANGED, "kind_changed", true, true) \
	RULE(METHOD_KIND_CHANGED, "method_kind_changed", true, true) \
	RULE(METHOD_REMOVED, "method_removed", true, true) \
	RULE(MODULE_RENAMED, "module_renamed", true, true) \
	RULE(NAME_CHANGED, "name_changed", false, true) \
	RULE(OPTIONAL_CHANGED, "optional_changed", false, true) \
	RULE(ORDER_CHANGED, "order_changed", false, true) \
	RULE(ORDINAL_CHANGED, "ordinal_changed", true, false) \
	RULE(PARAMETERS_CHANGED, "parameters_changed", true, true) \
	RULE(POLICY_TIGHTENED, "policy_tightened", true, false) \
	RULE(RESERVED_MISSING, "reserved_missing", true, false) \
	RULE(RESERVED_REMOVED, "reserved_removed", true, false) \
	RULE(RESERVED_REUSED, "reserved_reused", true, false) \
	RULE(SERVICE_CHANGED, "service_changed", false, true) \
	RULE(SINCE_LOWERED, "since_lowered", true, false) \
	RULE(SINCE_MISSING, "since_missing", true, false) \
	RULE(SINCE_RAISED, "since_raised", true, false) \
	RULE(STRICT_ADDED, "strict_added", true, false) \
	RULE(STRICT_REMOVED, "strict_removed", true, true) \
	RULE(STRICTNESS_CHANGED, "strictness_changed", true, false) \
	RULE(STRUCT_CHANGED, "struct_changed", true, true) \
	RULE(STRUCT_RESHAPED, "struct_reshaped", false, true) \
	RULE(TYPE_CHANGED, "type_changed", true, true) \
	RULE(TYPE_RENAMED, "type_renamed", false, true) \
	RULE(VALUE_CHANGED, "value_changed", true, true) \
	RULE(VALUE_REMOVED, "value_removed", false, true) \
	RULE(VERSION_LOWERED, "version_lowered", true, false)
/* clang-format on */

enum compat_rule_id {
#define RULE(id, name, wire, source) COMPAT_##id,
	COMPAT_RULE_LIST(RULE)
#undef RULE
	COMPAT_RULES,
};

extern const struct compat_rule {
	const char *name;
	bool wire;
	bool source;
} compat_rules[COMPAT_RULES];

#endif
