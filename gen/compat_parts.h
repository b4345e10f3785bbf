/* What the compat*.c files share. */
#ifndef CDIDL_COMPAT_PARTS_H
#define CDIDL_COMPAT_PARTS_H

#include "compat.h"
#include "diag.h"
#include "map.h"

struct compat {
	struct arena *arena;
	struct map modules;                         /* names of modules that have been compared */
	struct module_pair *first_pair, *last_pair; /* of modules to compare */
	unsigned depth;                             /* of types inside one another, while they are compared */
	struct map pairs;                           /* of declarations, while types are compared: taken for the same */
	struct finding *first, *last;
	size_t count;
	const struct model *before, *after; /* the modules that are being compared */
	bool other_prefix;                  /* all of their C names differ: told once */
	const struct model_age *ages[3];    /* where a suppression may stand: module, declaration, member */
};

/* 'rule' is broken at 'span'. */
void compat_add(struct compat *cx, enum compat_rule_id rule, struct span span, const char *format, ...)
	DIAG_PRINTF(4, 5);

/* Reports when what is the same on the wire has another name in C. */
void compat_name(struct compat *cx, const struct model_name *before, const struct model_name *after, const char *what);

/* Reports a number that was reserved and is now in use. */
void compat_reserved(struct compat *cx, const struct model_reserved *reserved, size_t reserved_count,
		     struct model_integer number, const struct model_name *name, const char *what);

static inline bool
compat_equal(struct model_integer a, struct model_integer b)
{
	return a.magnitude == b.magnitude && a.negative == b.negative;
}

/* ---- compat_type.c ---- */

/* Bits. */
enum compat_difference { COMPAT_OTHER_C = 1, COMPAT_SMALLER_BOUND = 2, COMPAT_OTHER_WIRE = 4 };

/* 0: the same. */
unsigned compat_types(struct compat *cx, const struct model_type *before, const struct model_type *after);

/* Reports how the type of a field, member or parameter differs. */
void compat_field_type(struct compat *cx, const struct model_field *before, const struct model_field *after);

/* ---- compat_members.c, compat_iface.c ---- */

void compat_set(struct compat *cx, const struct model_decl *before, const struct model_decl *after);
void compat_record(struct compat *cx, const struct model_decl *before, const struct model_decl *after);
void compat_interface(struct compat *cx, const struct model_decl *before, const struct model_decl *after);

#endif
