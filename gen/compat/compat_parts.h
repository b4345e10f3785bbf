/* What the compat*.c files share. */
#ifndef CDIDL_COMPAT_PARTS_H
#define CDIDL_COMPAT_PARTS_H

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "compat/compat.h"

struct compat {
	struct arena *arena;
	struct map modules;                         /* names of modules that have been compared */
	struct module_pair *first_pair, *last_pair; /* of modules to compare */
	struct map pairs;                           /* of declarations that take each other's place */
	struct map sets;                            /* how those differ that do */
	unsigned round;                             /* counts the comparisons of types */
	struct compat_pair **pairs_end;             /* of the list of those to compare in this round */
	struct finding *first, *last;
	size_t count;
	const struct model *before, *after; /* the modules that are being compared */
	bool other_prefix;                  /* all of their C names differ: told once */
	const struct model_age *ages[3];    /* where a suppression may stand: module, declaration, member */
	struct map used_up;                 /* the suppressions that the older version has, too */
};

/* 'rule' is broken at 'span'. */
void compat_add(struct compat *cx, enum compat_rule_id rule, struct span span, const char *format, ...)
	DIAG_PRINTF(4, 5);

/* The first [breaks] of 'age' that accepts a change which breaks the rule, or NULL; the older version has none such. */
const struct model_breaks *compat_acceptance(const struct compat *cx, const struct model_age *age,
					     enum compat_rule_id rule, bool *ret_used_up);

/* Reports when what is the same has another name of file scope in C. */
void compat_name(struct compat *cx, const struct model_name *before, const struct model_name *after, const char *what);

/* The same of [service]: 'constant' was 'before' in C, NULL: it was not said; and 'after' stands in its place now. */
void compat_service(struct compat *cx, const struct model_name *name, const char *constant, const char *before,
		    const char *after);

/* Reports when it was spelled 'was' in 'language' and is 'is', one of which may be NULL: then it is not there. */
void compat_spelling(struct compat *cx, const struct model_name *before, const struct model_name *after,
		     const char *what, const char *language, const char *was, const char *is);

/* A key for a map of the numbers of one set. */
static inline uint64_t
compat_number(struct model_integer number)
{
	return number.negative ? 0 - number.magnitude : number.magnitude;
}

static inline bool
compat_equal(struct model_integer a, struct model_integer b)
{
	return a.magnitude == b.magnitude && a.negative == b.negative;
}

static inline uint64_t
compat_key(struct compat *cx, const char *name)
{
	return map_name(arena_intern(cx->arena, name, strlen(name)));
}

/* ---- compat_numbers.c ---- */

/*
 * What the members of a declaration have in common, whatever they are: a number, a name, a place, a history. They are the
 * values of a set, the members of a record, or the methods of an interface.
 */
struct compat_member {
	struct model_integer number; /* of a struct's: its place */
	const struct model_name *name;
	const struct model_age *age;
	bool event;
	size_t place; /* in its row */
};

/* Members in the order of the text. */
struct compat_row {
	struct compat_member *members;
	size_t count;
};

/* All members of a declaration; or those of an interface that are events, or no events. */
enum compat_choice { COMPAT_ALL, COMPAT_EVENTS, COMPAT_METHODS };

struct compat_row compat_row(struct compat *cx, const struct model_decl *decl, enum compat_choice choice);

/* From a name, or else a number, to the member. */
struct map compat_index(struct compat *cx, struct compat_row row, bool by_name);

/* Enters into 'used_up' what [breaks] both versions of a thing have. */
void compat_mark_breaks(struct compat *cx, const struct model_decl *before, const struct model_decl *after);
void compat_mark_module_breaks(struct compat *cx, const struct model *before, const struct model *after);

/*
 * Reports numbers that were reserved and are in use, and those that were in use or reserved and are free for another use
 * now. Both are sets, tables, unions or interfaces.
 */
void compat_reserved(struct compat *cx, const struct model_decl *before, const struct model_decl *after);

/* All bits of flags that have a name, and those that are reserved. */
uint64_t compat_bits(const struct model_set *set);
uint64_t compat_reserved_bits(const struct model_set *set);

/* ---- compat_order.c ---- */

/* Reports what has another place in the C of a table, a union or the tables of an interface. */
void compat_order(struct compat *cx, const struct model_decl *before, const struct model_decl *after);

/* ---- compat_type.c ---- */

/* Bits. */
enum compat_difference { COMPAT_OTHER_C = 1, COMPAT_SMALLER_BOUND = 2, COMPAT_OTHER_WIRE = 4 };

/* Scalars, enums and flags. */
bool compat_is_scalar(const struct model_type *type);
unsigned compat_scalars(struct compat *cx, const struct model_type *before, const struct model_type *after);

bool compat_same_decl(const struct compat *cx, const struct model_decl *before, const struct model_decl *after);

/* How a part of the types that are being compared differs; 0: not. The second is for what stands in a table or union. */
unsigned compat_part(struct compat *cx, const struct model_type *before, const struct model_type *after);
unsigned compat_field_part(struct compat *cx, const struct model_type *before, const struct model_type *after);

/* Reports how the type of a field, member or parameter differs. */
void compat_field_type(struct compat *cx, const struct model_field *before, const struct model_field *after);

/*
 * Are these types of fixed size the same bytes, however structs and arrays divide them, and do no two names in them
 * change places? Says no of what is divided into very many pieces.
 */
bool compat_same_bytes(struct compat *cx, const struct model_type *before, const struct model_type *after);

/* ---- compat_set.c ---- */

/*
 * Two sets of different names. A program of the one finds the wrong name for a number of the other, or none for any
 * of them.
 */
bool compat_sets_contradict(struct compat *cx, const struct model_set *before, const struct model_set *after);

/* How two sets of different names, the same base and strictness differ. */
unsigned compat_sets(struct compat *cx, const struct model_decl *before, const struct model_decl *after);

void compat_set(struct compat *cx, const struct model_decl *before, const struct model_decl *after);

/* ---- compat_record.c ---- */

/* From a name to the field; a table may have many. */
struct map compat_names(struct compat *cx, const struct model_field *fields, size_t count);

/*
 * Is the name of 'after' in 'names', but not that of 'before', which has its place (NULL: none has)? Then it names
 * another thing than it did.
 */
bool compat_moved(struct compat *cx, const struct map *names, const struct model_field *before,
		  const struct model_field *after);

/* How two structs, tables or unions of different names differ; what they hold is compared in this round. */
unsigned compat_records(struct compat *cx, const struct model_decl *before, const struct model_decl *after);

void compat_record(struct compat *cx, const struct model_decl *before, const struct model_decl *after);

/* ---- compat_iface.c ---- */

void compat_interface(struct compat *cx, const struct model_decl *before, const struct model_decl *after);

#endif
