/* What the resolve*.c and layout*.c files share, and nobody else sees. */
#ifndef CDIDL_RESOLVE_PARTS_H
#define CDIDL_RESOLVE_PARTS_H

#include "base/map.h"
#include "model/model.h"
#include "syntax/ast.h"

struct arena;
struct diag;
struct unit;

/* Ids, ordinals, error values, versions. */
#define RESOLVE_ID_MAX 65535

struct resolve {
	struct arena *arena;
	struct diag *diag;
	struct unit *unit;
	struct model *model;
	struct model_decl *decls;               /* those of model->decls, in one piece */
	size_t const_limit;                     /* consts from this declaration on are not known yet */
	struct map imported;                    /* from a name to a declaration of an imported module */
	struct map ambiguous;                   /* from a name to the second one of that name */
	struct map modules;                     /* from a module's name to its unit; this one included */
	bool cyclic;                            /* a record contains itself */
	struct resolve_type *types, *last_type; /* every type, elements before their arrays */
};

struct resolve_type {
	struct resolve_type *next;
	struct model_type *type;
	struct span bound; /* where a bound stands that turns out too large */
};

/* ---- resolve_name.c ---- */

struct model_name resolve_name(const struct ast_name *name);

/* Whether a name is fit for C; reports it if not. 'name' may be dotted. */
void resolve_check_name(struct resolve *cx, const struct ast_name *name);

/* The declaration that a name stands for. NULL: there is none, which was reported; 'what' is "type" or the like. */
struct model_decl *resolve_find(struct resolve *cx, const struct ast_name *name, const char *what);

/*
 * Remembers that 'name' (or 'number') is taken within one declaration. False, and reported with the earlier place,
 * when it was already; 'what' is the thing named.
 */
struct resolve_scope {
	struct map names;
	struct map numbers;
};

bool resolve_add_name(struct resolve *cx, struct resolve_scope *scope, const struct ast_name *name, const char *what);
bool resolve_add_number(struct resolve *cx, struct resolve_scope *scope, struct model_integer number, struct span span,
			const char *what, bool reserved);

/* ---- resolve_value.c ---- */

/* A constant expression. False: reported. */
bool resolve_integer(struct resolve *cx, const struct ast_value *value, struct model_integer *ret_integer);

bool resolve_fits(enum model_type_kind kind, struct model_integer integer);

/* Reports a value that does not fit in 'kind', which an integer kind. */
bool resolve_check_fits(struct resolve *cx, enum model_type_kind kind, struct model_integer integer, struct span span);

/* An id, ordinal, version or error value: 1 to RESOLVE_ID_MAX; reports it if not. */
bool resolve_check_id(struct resolve *cx, struct model_integer integer, struct span span, const char *what);

/* The const that an expression is, when it is just that. */
const struct model_decl *resolve_sole_const(struct resolve *cx, const struct ast_value *value);

/* ---- resolve_attr.c ---- */

enum resolve_attr {
	ATTR_BREAKS,
	ATTR_C_NAME,
	ATTR_COALESCE,
	ATTR_DEPRECATED,
	ATTR_INLINE,
	ATTR_MIN_INTEGRITY,
	ATTR_SAME_USER,
	ATTR_SECRET,
	ATTR_SERVICE,
	ATTR_SHARED,
	ATTR_SINCE,
	ATTR_STRICT,
	ATTR_TIMEOUT,
	ATTR_VERSION,
	ATTR_COUNT,
};

/* Those of declarations are in the order of their kinds. */
enum resolve_target {
	TARGET_MODULE = 1 << 0,
	TARGET_CONST = 1 << 1,
	TARGET_ENUM = 1 << 2,
	TARGET_FLAGS = 1 << 3,
	TARGET_ERRORS = 1 << 4,
	TARGET_STRUCT = 1 << 5,
	TARGET_TABLE = 1 << 6,
	TARGET_UNION = 1 << 7,
	TARGET_INTERFACE = 1 << 8,
	TARGET_VALUE = 1 << 9,
	TARGET_MEMBER = 1 << 10,
	TARGET_FIELD = 1 << 11,
	TARGET_METHOD = 1 << 12,
	TARGET_ONEWAY = 1 << 13,
	TARGET_EVENT = 1 << 14,
	TARGET_PARAM = 1 << 15,
};

struct resolve_attrs {
	struct span spans[ATTR_COUNT]; /* 'source' is NULL for what was not written */
	const char *c_name;
	const char *service;
	struct model_breaks *breaks; /* the one that is being read */
	struct model_age age;
	uint32_t timeout_ms;
	uint32_t version;
	enum model_integrity min_integrity;
};

void resolve_attrs(struct resolve *cx, const struct ast_attrs *attrs, enum resolve_target target,
		   struct resolve_attrs *ret_attrs);

static inline bool
resolve_has(const struct resolve_attrs *attrs, enum resolve_attr attr)
{
	return attrs->spans[attr].source != NULL;
}

/* Puts what [c_name] says into a name. */
void resolve_c_name(struct model_name *name, const struct resolve_attrs *attrs);

/* ---- resolve_doc.c ---- */

struct model_doc resolve_doc(struct resolve *cx, const struct comment *comments);

/* Takes the @param pieces out of a method's doc comment, into it and into the parameters' own. */
void resolve_doc_params(struct resolve *cx, const struct comment *comments, struct model_method *method);

/* ---- resolve_type.c ---- */

enum resolve_where { WHERE_STRUCT, WHERE_TABLE, WHERE_UNION, WHERE_PARAM, WHERE_EVENT };

/* Never NULL: after an error, which was reported, it is the type u8. */
const struct model_type *resolve_type(struct resolve *cx, const struct ast_type *ast, enum resolve_where where,
				      bool *ret_optional);

/* ---- resolve_members.c, resolve_iface.c ---- */

void resolve_set(struct resolve *cx, struct model_decl *decl, const struct ast_decl *ast);
void resolve_record(struct resolve *cx, struct model_decl *decl, const struct ast_decl *ast);
void resolve_interface(struct resolve *cx, struct model_decl *decl, const struct ast_decl *ast);

/* One more than the largest id or ordinal in use or reserved. */
unsigned resolve_next_number(const struct ast_items *items);

/*
 * What is declared 'reserved', added to the scope. 'base' is that of an enum or flags, MODEL_BOOL where ids are
 * reserved.
 */
const struct model_reserved *resolve_reserved(struct resolve *cx, struct resolve_scope *scope,
					      const struct ast_items *items, enum model_type_kind base,
					      const char *what, size_t *ret_count);

/* ---- layout.c ---- */

/* The facts of every record and type, offsets and holes; reports cycles and what is too large. */
void layout(struct resolve *cx);

/* ---- layout_size.c: the arithmetic behind layout(), sizes in memory and on the wire ---- */

/* The sizes of a method's request and reply, after layout(); reports those that can never be sent. */
void layout_bodies(struct resolve *cx, struct model_method *method);

/*
 * All facts of a type but 'largest' and 'recursive'; what it is made of has its facts. Reports an array of more than
 * 1 GiB.
 */
void layout_type(struct resolve *cx, struct model_type *type, struct span bound);

/* The same of a record, and a struct's offsets and holes. */
void layout_record(struct resolve *cx, struct model_decl *decl);

/* When those of what it is made of are known. */
uint64_t layout_type_largest(const struct model_type *type);
uint64_t layout_record_largest(const struct model_decl *decl);

#endif
