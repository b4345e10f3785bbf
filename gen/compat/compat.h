/*
 * What breaks between two versions of a module.
 *
 * Wire: a client of the one and a server of the other do not understand each other (either way round). Source: C that
 * was written for the old header does not compile with the new one, or means something else.
 *
 * Declarations are the same when their names are, methods when their ordinals are, fields and members of unions when
 * their ids are, members of structs when their places are. Imported modules are compared too, where both versions
 * import one of that name.
 */
#ifndef CDIDL_COMPAT_H
#define CDIDL_COMPAT_H

#include <stddef.h>

#include "model/model.h"

struct arena;

struct compat_finding {
	const struct compat_rule *rule;
	struct span span; /* in the new version */
	const char *text;
	const char *reason; /* of the [breaks] that suppresses it, else NULL */
	bool used_up;       /* there is one, but the older version has it too */
};

struct compat_report {
	const struct compat_finding *const *findings; /* by place */
	size_t count;
	size_t wire;   /* not suppressed */
	size_t source; /* likewise */
};

/* Both have their C names. */
const struct compat_report *compat_compare(struct arena *arena, const struct model *before, const struct model *after);

/* A line for each finding, and one for all of them; "" when there is none. */
const char *compat_render(struct arena *arena, const struct compat_report *report, size_t *ret_length);

#endif
