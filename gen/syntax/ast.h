/*
 * What was written, with a span on each node. Built by the grammar's actions, read by resolve and nothing else.
 *
 * Lists are in source order. Everything is the arena's. A text that is NULL was not written.
 */
#ifndef CDIDL_AST_H
#define CDIDL_AST_H

#include <stdbool.h>

#include "syntax/lexer.h"

struct arena;
struct diag;

/* "State", or "contoso.common.State". */
struct ast_name {
	const char *text; /* interned */
	struct span span;
	struct comment *comments; /* of the first token */
};

struct ast_number {
	bool written;
	uint64_t value;
	struct span span;
};

enum ast_term_kind { AST_INTEGER, AST_DURATION, AST_STRING, AST_CONSTANT };

struct ast_term {
	struct ast_term *next;
	enum ast_term_kind kind;
	struct span span;
	const char *text; /* AST_STRING, AST_CONSTANT */
	uint64_t value;   /* AST_INTEGER; AST_DURATION in milliseconds */
	bool negative;
	struct ast_number shift;
};

/* Terms with '|' between them. */
struct ast_value {
	struct ast_value *next; /* the next argument of an attribute */
	struct ast_term *first, *last;
	struct span span;
};

struct ast_attr {
	struct ast_attr *next;
	struct ast_name name;
	struct ast_value *first, *last; /* arguments */
};

struct ast_attrs {
	struct ast_attr *first, *last;
	struct comment *comments;
	struct span span;
};

enum ast_suffix_kind { AST_ARRAY, AST_BOUND, AST_OPTIONAL };

struct ast_suffix {
	struct ast_suffix *next;
	enum ast_suffix_kind kind;
	struct ast_value *value; /* AST_ARRAY, AST_BOUND */
	struct span span;
};

struct ast_right {
	struct ast_right *next;
	struct ast_name name;
};

struct ast_type {
	struct ast_name name;   /* "handle" for a handle */
	struct ast_name handle; /* its kind; NULL for what is no handle */
	struct ast_right *rights, *last_right;
	struct ast_suffix *first, *last;
	struct span span;
};

enum ast_item_kind { AST_FIELD, AST_PARAM, AST_ENUMERATOR, AST_METHOD, AST_ONEWAY, AST_EVENT, AST_RESERVED };

struct ast_items {
	struct ast_item *first, *last;
	size_t count; /* AST_RESERVED not counted */
};

/* Whatever stands in the braces of a declaration, or in the parentheses of a method. */
struct ast_item {
	struct ast_item *next;
	enum ast_item_kind kind;
	unsigned direction; /* AST_PARAM: 1 in, 2 out, 3 both */
	struct ast_attrs *attrs;
	struct comment *comments; /* of the first token */
	struct ast_name name;
	struct ast_number number; /* the id of a field, the ordinal of a method */
	struct ast_type *type;    /* AST_FIELD, AST_PARAM */
	struct ast_value *value;  /* AST_ENUMERATOR, AST_RESERVED; NULL when it was left out */
	struct ast_items *params; /* AST_METHOD, AST_ONEWAY, AST_EVENT */
	struct ast_name errors;   /* of 'fails' */
	struct span span;         /* all of it but the attributes */
};

/* In the order of the model's. */
enum ast_decl_kind { AST_CONST, AST_ENUM, AST_FLAGS, AST_ERRORS, AST_STRUCT, AST_TABLE, AST_UNION, AST_INTERFACE };

struct ast_decl {
	struct ast_decl *next;
	enum ast_decl_kind kind;
	struct ast_attrs *attrs;
	struct comment *comments;
	struct ast_name name;
	struct ast_name base;    /* AST_CONST, AST_ENUM, AST_FLAGS */
	struct ast_value *value; /* AST_CONST */
	struct ast_items *items; /* all but AST_CONST */
};

struct ast_import {
	struct ast_import *next;
	const char *path;
	struct span span; /* of the string */
};

struct ast_file {
	const struct source *source;
	struct ast_attrs *attrs;
	struct comment *comments;
	struct ast_name name; /* NULL when it is missing, which has been reported */
	struct ast_import *first_import, *last_import;
	struct ast_decl *first, *last;
	size_t decl_count;
};

#define AST_NO_NAME ((struct ast_name){0})

/*
 * One source to its AST. Reports every lexical and syntax error that it can tell apart. The AST is never NULL, but means
 * something only when nothing was reported; its imports can be followed in any case.
 */
struct ast_file *parse_file(struct arena *arena, const struct source *source, struct diag *diag);

/* ---- ast.c: for the grammar's actions ---- */

struct ast_name ast_name(const struct token *token);
struct ast_name ast_dotted(struct arena *arena, struct ast_name name, const struct token *part);

struct ast_term *ast_term(struct arena *arena, enum ast_term_kind kind, const struct token *token);
struct ast_term *ast_negative(struct arena *arena, const struct token *minus, const struct token *number);
struct ast_term *ast_term_constant(struct arena *arena, struct ast_name name);
struct ast_term *ast_term_shift(struct ast_term *term, const struct token *by);
struct ast_value *ast_value(struct arena *arena, struct ast_value *value, struct ast_term *term);

/* 'value' may be NULL. */
struct ast_attr *ast_attr(struct arena *arena, const struct token *name, struct ast_value *value);
struct ast_attr *ast_attr_argument(struct ast_attr *attr, struct ast_value *value);
struct ast_attrs *ast_attrs(struct arena *arena, struct ast_attrs *attrs, struct ast_attr *attr);
struct ast_attrs *ast_attrs_close(struct ast_attrs *attrs, const struct token *open, const struct token *close);

struct ast_type *ast_type(struct arena *arena, struct ast_name name);
struct ast_type *ast_handle(struct arena *arena, const struct token *handle, const struct token *kind,
			    const struct token *right);
struct ast_type *ast_handle_right(struct arena *arena, struct ast_type *type, const struct token *right);
struct ast_type *ast_handle_close(struct ast_type *type, const struct token *close);
struct ast_type *ast_suffix(struct arena *arena, struct ast_type *type, enum ast_suffix_kind kind,
			    struct ast_value *value, const struct token *open, const struct token *close);

/* 'items' and 'item' may be NULL: a new list, a list to which nothing comes. */
struct ast_items *ast_items(struct arena *arena, struct ast_items *items, struct ast_item *item);
struct ast_items *ast_items_join(struct ast_items *items, struct ast_items *more);
struct ast_items *ast_reserved(struct arena *arena, struct ast_items *items, const struct token *number);
struct ast_item *ast_reserved_value(struct arena *arena, const struct token *keyword, struct ast_value *value);

struct ast_item *ast_enumerator(struct arena *arena, struct ast_attrs *attrs, const struct token *name,
				struct ast_value *value);
/* 'id' may be NULL. */
struct ast_items *ast_field(struct arena *arena, struct ast_items *items, struct ast_attrs *attrs,
			    const struct token *id, struct ast_type *type, const struct token *name,
			    const struct token *semi);
/* 'keyword' is that of the direction, or NULL. */
struct ast_item *ast_param(struct arena *arena, struct ast_attrs *attrs, const struct token *keyword,
			   unsigned direction, struct ast_type *type, const struct token *name);
/* 'keyword' may be NULL; so may 'ordinal', when it is missing. */
struct ast_item *ast_method(struct arena *arena, const struct token *keyword, enum ast_item_kind kind,
			    const struct token *name, struct ast_items *params, struct ast_name errors);
struct ast_item *ast_method_close(struct ast_item *method, const struct token *ordinal, const struct token *semi);
struct ast_items *ast_methods(struct arena *arena, struct ast_items *items, struct ast_attrs *attrs,
			      struct ast_item *method);

struct ast_decl *ast_decl(struct arena *arena, enum ast_decl_kind kind, const struct token *keyword,
			  const struct token *name, struct ast_name base, struct ast_items *items);
struct ast_decl *ast_const(struct arena *arena, const struct token *keyword, struct ast_name type,
			   const struct token *name, struct ast_value *value);

void ast_file_module(struct ast_file *file, struct ast_attrs *attrs, const struct token *keyword, struct ast_name name);
void ast_file_import(struct arena *arena, struct ast_file *file, const struct token *path);
void ast_file_decl(struct ast_file *file, struct ast_attrs *attrs, struct ast_decl *decl);

#endif
