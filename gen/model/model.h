/*
 * The resolved model of one module: what the emitters read.
 *
 * Life cycle. parse.c turns each file into an AST; resolve.c turns the ASTs of all inputs and their imports into one
 * 'struct model' each, all in one arena, and reports every semantic error. If there was none, main calls
 *
 *	void cname_assign(struct arena *arena, struct model *model, struct diag *diag);
 *
 * for every module, imported ones first: it fills the 'c' member of each 'struct model_name' and reports C names that
 * clash, through diag_error() at one name's 'span' and diag_note() at the other's. Only when the diagnostics are
 * still empty does any emitter run, so an emitter cannot fail and never sees a half-built model. From then on the
 * model is immutable: emitters take it as const and write through none of its pointers (a few are not const only
 * because cname_assign() fills names).
 *
 * Everything is owned by the arena and lives until it is freed. Absent texts are NULL, absent arrays have a count of
 * 0, and numbers that were not written are 0 unless a member says otherwise. All texts are valid UTF-8 and end in
 * NUL.
 */
#ifndef CDIDL_MODEL_H
#define CDIDL_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "model/rules.h"

/* A size that has no limit (a recursive table), or none that fits. */
#define MODEL_UNBOUNDED UINT64_MAX

/* One body, and so one bound, is never longer than this. */
#define MODEL_BODY_MAX (UINT64_C(1) << 30)

/* The data of 'bytes' parameters travels outside the body; a frame has room for so many. */
#define MODEL_BLOBS_MAX 8
/* Likewise handles, which a message carries beside its body. */
#define MODEL_HANDLES_MAX 16

/* A session has room for so many subscriptions. */
#define MODEL_EVENTS_MAX 256

struct arena;
struct diag;
struct load;
struct model;
struct model_decl;

/* A name as written. 'c' is the C name that cname_assign() chose; what it names exactly depends on the owner. */
struct model_name {
	const char *text;
	struct span span;
	const char *c_override; /* of [c_name("...")], else NULL */
	struct span c_override_span;
	const char *c;
};

/* A doc comment: its lines without "///" and one space, @param pieces taken out. */
struct model_doc_param {
	const char *name; /* always one of the method's parameters */
	const char *const *lines;
	size_t line_count;
};

struct model_doc {
	const char *const *lines;
	size_t line_count;
	const struct model_doc_param *params;
	size_t param_count;
};

/* -2^63 to 2^64-1. Zero is never negative. */
struct model_integer {
	uint64_t magnitude;
	bool negative;
};

/* [breaks(rule, "reason")]: a change that 'cdidl diff' must not complain about. */
struct model_breaks {
	const struct model_breaks *next;
	const char *rule; /* one of compat_rules */
	const char *reason;
};

/*
 * How a thing stands in time. [since(N)], 0 when not written. [deprecated(N, "text")], 'deprecated' 0 when not
 * written, the text may be NULL.
 */
struct model_age {
	uint32_t since;
	uint32_t deprecated;
	const char *deprecated_text;
	const struct model_breaks *breaks; /* of this thing, not of what it stands in */
};

/* ---- types ---- */

enum model_type_kind {
	MODEL_BOOL,
	MODEL_I8,
	MODEL_U8,
	MODEL_I16,
	MODEL_U16,
	MODEL_I32,
	MODEL_U32,
	MODEL_I64,
	MODEL_U64,
	MODEL_F32,
	MODEL_F64,
	MODEL_DECL,    /* 'decl' is an enum, flags, struct, table or union */
	MODEL_ARRAY,   /* T[N]: 'bound' elements of a flat 'element' */
	MODEL_LIST,    /* T[<=N]: at most 'bound' elements; 'element' is no array, list or handle */
	MODEL_STRING,  /* 'bound' in bytes, the NUL not counted */
	MODEL_WSTRING, /* 'bound' in 16-bit units, the NUL not counted */
	MODEL_BYTES,   /* 'bound' in bytes */
	MODEL_HANDLE,
};

/* Of MODEL_BOOL to MODEL_F64. */
extern const struct model_scalar {
	const char *name;                   /* "u32" */
	const char *c_type, *c_macro;       /* "uint32_t"; "UINT32_C", of a constant, NULL for what is no integer */
	uint32_t size;                      /* in bytes; the alignment, too */
	uint64_t largest, smallest_negated; /* of an integer */
} model_scalars[MODEL_DECL];

/* MODEL_DECL: it is none. */
enum model_type_kind model_scalar_kind(const char *name);

enum model_handle_kind {
	MODEL_HANDLE_FILE,
	MODEL_HANDLE_PIPE,
	MODEL_HANDLE_SECTION,
	MODEL_HANDLE_EVENT,
	MODEL_HANDLE_MUTEX,
	MODEL_HANDLE_SEMAPHORE,
	MODEL_HANDLE_PROCESS,
	MODEL_HANDLES,
};

/* Bits. */
enum model_right {
	MODEL_RIGHT_READ = 1,
	MODEL_RIGHT_WRITE = 2,
	MODEL_RIGHT_SYNC = 4,
	MODEL_RIGHT_MODIFY = 8,
};
#define MODEL_RIGHTS 4

extern const struct model_handle {
	const char *name;   /* "file" */
	unsigned rights;    /* that there are */
	const char *choice; /* the same: "read and write" */
} model_handles[MODEL_HANDLES];

extern const char *const model_rights[MODEL_RIGHTS]; /* by bit: "read" */

/*
 * What follows from a type, computed once. '?' is not part of a type: it is 'optional' of the field or parameter.
 *
 * Sizes of the wire count from a start that is aligned to 'wire_align' and do not count padding behind the last byte.
 */
struct model_facts {
	bool flat;    /* fixed size, no pointer: the C object is the wire form (holes apart), memcpy will do */
	bool checked; /* holds a bool or a strict enum, so that flat bytes must be validated */
	bool holes;   /* flat with padding inside, which must be zero on the wire */
	bool pointer; /* its C object holds a pointer (string, bytes, list, table, or a union with one) */
	bool handle;
	bool recursive;      /* a table or union that can hold itself, however far down */
	uint64_t size;       /* of the C object; flat only */
	uint32_t align;      /* of the C object; flat only */
	uint32_t wire_align; /* 1, 2, 4 or 8; equals 'align' when flat */
	uint64_t smallest;   /* the shortest encoding: 5 for a string, 8 for a table */
	uint64_t largest;    /* no encoding is longer; MODEL_UNBOUNDED when recursive */
};

struct model_type {
	enum model_type_kind kind;
	const struct model_decl *decl;    /* MODEL_DECL; may belong to another module */
	const struct model_type *element; /* MODEL_ARRAY, MODEL_LIST */
	uint64_t bound;
	const struct model_decl *bound_const; /* the const that the bound names, when it is just that */
	const char *bound_text;               /* as written: "64M" */
	enum model_handle_kind handle;
	unsigned rights; /* of enum model_right, at least one */
	struct model_facts facts;
	const char *text; /* as written, spaces squeezed: "string[<=32][<=8]" */
};

/* ---- members ---- */

/* A bit each, so that INOUT is IN | OUT. */
enum model_direction { MODEL_IN = 1, MODEL_OUT = 2, MODEL_INOUT = 3 };

/* A member of a struct, a field of a table, a member of a union, or a parameter. */
struct model_field {
	struct model_name name; /* 'c': the bare member or parameter name */
	struct model_doc doc;
	struct model_age age; /* table fields and union members only */
	const struct model_type *type;
	bool optional;                  /* table fields and parameters only */
	uint32_t id;                    /* table fields and union members: 1 to 65535 */
	uint64_t offset;                /* struct members: in C and on the wire */
	enum model_direction direction; /* parameters */
	bool shared;                    /* parameters: may be read in place */
	const char *text;               /* the IDL without attributes: "1: string[<=512] title;", "out u32 handle_id" */
};

/* An enumerator, a flag, or an error. */
struct model_value {
	struct model_name name; /* 'c': the whole constant, PLAYER_STATE_STOPPED */
	struct model_doc doc;
	struct model_age age;
	struct model_integer value; /* errors: 1 to 65535 */
	const char *text;           /* the expression as written: "1 << 4" */
};

struct model_reserved {
	struct model_integer value;
	struct span span;
};

struct model_hole {
	uint64_t offset;
	uint64_t size;
};

/* ---- declarations ---- */

struct model_const {
	enum model_type_kind type;  /* an integer kind, or MODEL_STRING */
	struct model_integer value; /* of an integer kind */
	const char *string;         /* of MODEL_STRING: without escapes */
	const char *text; /* the expression as written */
};

/* Enum, flags, errors. */
struct model_set {
	enum model_type_kind base;  /* enum: any integer; flags: unsigned; errors: MODEL_U16 */
	bool strict;                /* enum only */
	struct model_value *values; /* in source order; at least one; no value twice */
	size_t value_count;
	const struct model_reserved *reserved;
	size_t reserved_count;
};

/* Struct, table, union. */
struct model_record {
	bool strict;                /* union only */
	struct model_field *fields; /* in source order; at least one */
	size_t field_count;
	const struct model_field *const *by_id; /* tables and unions: the same fields in rising id */
	const struct model_reserved *reserved;
	size_t reserved_count;
	const struct model_hole
		*holes; /* structs: paddings of its own, a trailing one too; not those of nested structs */
	size_t hole_count;
};

enum model_method_kind { MODEL_TWO_WAY, MODEL_ONEWAY, MODEL_EVENT };

/* One direction of a method: the request (in and inout parameters) or the reply (out and inout). */
struct model_body {
	uint64_t smallest;      /* of the body, without blobs */
	uint64_t largest;       /* likewise; saturates at MODEL_UNBOUNDED */
	uint64_t largest_blobs; /* the bounds of the blobs, each rounded up to 8; saturates too */
	uint32_t param_count;
	uint32_t blob_count;   /* parameters that are 'bytes', at most MODEL_BLOBS_MAX */
	uint32_t handle_count; /* parameters that are handles, at most MODEL_HANDLES_MAX */
	bool pointer;          /* some parameter's C object is or holds a pointer, '?' included */
};

struct model_method {
	struct model_name name; /* 'c': the function, player_open, without _begin and so on */
	const char *c_member;   /* for cname_assign(): the bare name in the handlers or events struct */
	/* Likewise in the C++ wrapper; NULL where there is none: list_outputs, its member that holds the reply, list_pending. */
	const char *cpp_outputs, *cpp_reply, *cpp_pending;
	struct model_doc doc;
	struct model_age age;
	enum model_method_kind kind;
	uint32_t ordinal;    /* 1 to 65535, shared by methods and events */
	uint32_t timeout_ms; /* its own or the interface's; 0: the runtime's default */
	bool is_inline;
	bool secret;
	bool coalesce;
	struct model_field *params; /* in source order */
	size_t param_count;
	const struct model_decl *errors; /* of 'fails', else NULL; may belong to another module */
	struct model_body request;       /* an event's parameters count here */
	struct model_body reply;
	bool needs_reply; /* outputs hold a pointer or a handle: a reply argument frees them */
	const char *text; /* the IDL on one line, without attributes and comments, with its ';' */
};

enum model_integrity {
	MODEL_INTEGRITY_ANY,
	MODEL_INTEGRITY_LOW,
	MODEL_INTEGRITY_MEDIUM,
	MODEL_INTEGRITY_HIGH,
	MODEL_INTEGRITY_SYSTEM,
	MODEL_INTEGRITIES,
};

extern const char *const model_integrities[MODEL_INTEGRITIES]; /* "any", "low" */

struct model_interface {
	uint64_t id;                        /* FNV-1a, 64 bits, of 'full_name' */
	uint32_t version;                   /* 1 when not written */
	uint32_t timeout_ms;                /* 0: the runtime's default */
	enum model_integrity min_integrity; /* ANY when not written */
	bool same_user;
	const char *service, *c_service; /* of [service], else NULL; and the constant with it */
	struct model_method *methods; /* methods and events in source order; at least one */
	size_t method_count;
	const struct model_method *const *by_ordinal;
	const char *cpp_client, *cpp_listener, *cpp_server; /* for cname_assign(): the classes; NULL where there is none */
	const struct model_reserved *reserved;
	size_t reserved_count;
};

enum model_decl_kind {
	MODEL_CONST,
	MODEL_ENUM,
	MODEL_FLAGS,
	MODEL_ERRORS,
	MODEL_STRUCT,
	MODEL_TABLE,
	MODEL_UNION,
	MODEL_INTERFACE,
};

extern const struct model_decl_name {
	const char *keyword; /* "enum" */
	const char *phrase;  /* "an enum" */
} model_decl_names[MODEL_INTERFACE + 1];

struct model_decl {
	enum model_decl_kind kind;
	const struct model *module;
	struct model_name name; /* 'c': the prefixed name without _t or struct: player_state, player */
	const char *full_name;  /* "contoso.player.State" */
	const char *cpp_alias;  /* for cname_assign(): a type's name in the module's namespace, "state"; NULL where there is none */
	struct model_doc doc;
	struct model_age age;     /* 'since' is never set here */
	struct model_facts facts; /* enum, flags, struct, table, union: of the type that the name stands for */
	union {
		struct model_const constant;  /* MODEL_CONST */
		struct model_set set;         /* MODEL_ENUM, MODEL_FLAGS, MODEL_ERRORS */
		struct model_record record;   /* MODEL_STRUCT, MODEL_TABLE, MODEL_UNION */
		struct model_interface iface; /* MODEL_INTERFACE */
	} as;
};

struct model_import {
	const char *path;    /* as written: "contoso/common.cdidl" */
	const char *include; /* "contoso/common.h" */
	const struct model *module;
	struct span span;
};

struct model {
	const struct source *source; /* its 'path' is the path as written */
	struct model_name name;      /* "contoso.player"; 'c': the prefix of its C names, "player" */
	const char *last;            /* "player" */
	const char *service, *c_service; /* of [service], else NULL; and the constant with it */
	const char *cpp_space;       /* for cname_assign(): the namespace, "contoso::player" */
	struct model_doc doc;
	struct model_age age;               /* 'since' is never set here */
	const struct model_import *imports; /* in source order, direct ones only */
	size_t import_count;
	struct model_decl *const *decls; /* in source order */
	size_t decl_count;
};

static inline bool
model_is_set(const struct model_decl *decl)
{
	return decl->kind == MODEL_ENUM || decl->kind == MODEL_FLAGS;
}

static inline bool
model_is_record(const struct model_decl *decl)
{
	return decl->kind == MODEL_STRUCT || decl->kind == MODEL_TABLE || decl->kind == MODEL_UNION;
}

/* "-3" */
const char *model_integer_text(struct arena *arena, struct model_integer integer);

/* The field or method of that number; NULL: there is none. */
const struct model_field *model_field_by_id(const struct model_record *record, uint32_t id);
const struct model_method *model_method_by_ordinal(const struct model_interface *iface, uint32_t ordinal);

/*
 * Resolves every unit that is not broken, imported ones first, and gives it its model. A unit with errors becomes
 * broken, and so does whatever imports it; the model of a broken unit is incomplete and of no use.
 */
void resolve(struct arena *arena, struct diag *diag, const struct load *load);

#endif
