#include "syntax/ast.h"

#include <string.h>

#include "base/arena.h"
#include "syntax/lexer.h"

/* Marks the doc comments on a node's first token as documenting something. */
static struct comment *
take_docs(const struct ast_attrs *attrs, struct comment *comments)
{
	struct comment *comment;

	if (attrs)
		comments = attrs->comments;
	for (comment = comments; comment; comment = comment->next)
		comment->taken = true;
	return comments;
}

struct ast_name
ast_name(const struct token *token)
{
	return (struct ast_name){token->text, token->span, token->comments};
}

struct ast_name
ast_dotted(struct arena *arena, struct ast_name name, const struct token *part)
{
	struct text text = {.arena = arena};

	name.span = span_join(name.span, part->span);
	/* resolve refuses a name of this length; to go on joining would take quadratic time. */
	if (strlen(name.text) > LEXER_NAME_MAX)
		return name;
	text_format(&text, "%s.%s", name.text, part->text);
	name.text = arena_intern(arena, text.data, text.length);
	return name;
}

struct ast_term *
ast_term(struct arena *arena, enum ast_term_kind kind, const struct token *token)
{
	struct ast_term *term = ARENA_NEW(arena, struct ast_term);

	term->kind = kind;
	term->span = token->span;
	term->text = token->text;
	term->value = token->value;
	return term;
}

struct ast_term *
ast_negative(struct arena *arena, const struct token *minus, const struct token *number)
{
	struct ast_term *term = ast_term(arena, AST_INTEGER, number);

	term->negative = true;
	term->span = span_join(minus->span, term->span);
	return term;
}

struct ast_term *
ast_term_constant(struct arena *arena, struct ast_name name)
{
	struct ast_term *term = ARENA_NEW(arena, struct ast_term);

	term->kind = AST_CONSTANT;
	term->span = name.span;
	term->text = name.text;
	return term;
}

struct ast_term *
ast_term_shift(struct ast_term *term, const struct token *by)
{
	term->shift = (struct ast_number){true, by->value, by->span};
	term->span = span_join(term->span, by->span);
	return term;
}

struct ast_value *
ast_value(struct arena *arena, struct ast_value *value, struct ast_term *term)
{
	if (!value) {
		value = ARENA_NEW(arena, struct ast_value);
		value->span = term->span;
	}
	LIST_ADD(value->first, value->last, term);
	value->span = span_join(value->span, term->span);
	return value;
}

struct ast_attr *
ast_attr(struct arena *arena, const struct token *name, struct ast_value *value)
{
	struct ast_attr *attr = ARENA_NEW(arena, struct ast_attr);

	attr->name = ast_name(name);
	attr->first = attr->last = value;
	return attr;
}

struct ast_attr *
ast_attr_argument(struct ast_attr *attr, struct ast_value *value)
{
	LIST_ADD(attr->first, attr->last, value);
	return attr;
}

struct ast_attrs *
ast_attrs(struct arena *arena, struct ast_attrs *attrs, struct ast_attr *attr)
{
	if (!attrs)
		attrs = ARENA_NEW(arena, struct ast_attrs);
	LIST_ADD(attrs->first, attrs->last, attr);
	return attrs;
}

struct ast_attrs *
ast_attrs_close(struct ast_attrs *attrs, const struct token *open, const struct token *close)
{
	attrs->comments = open->comments;
	attrs->span = span_join(open->span, close->span);
	return attrs;
}

struct ast_type *
ast_type(struct arena *arena, struct ast_name name)
{
	struct ast_type *type = ARENA_NEW(arena, struct ast_type);

	type->name = name;
	type->span = name.span;
	return type;
}

struct ast_type *
ast_handle_right(struct arena *arena, struct ast_type *type, const struct token *right)
{
	struct ast_right *node = ARENA_NEW(arena, struct ast_right);

	node->name = ast_name(right);
	LIST_ADD(type->rights, type->last_right, node);
	return type;
}

struct ast_type *
ast_handle(struct arena *arena, const struct token *handle, const struct token *kind, const struct token *right)
{
	struct ast_type *type = ast_type(arena, ast_name(handle));

	type->handle = ast_name(kind);
	return ast_handle_right(arena, type, right);
}

struct ast_type *
ast_handle_close(struct ast_type *type, const struct token *close)
{
	type->span = span_join(type->span, close->span);
	return type;
}

struct ast_type *
ast_suffix(struct arena *arena, struct ast_type *type, enum ast_suffix_kind kind, struct ast_value *value,
	   const struct token *open, const struct token *close)
{
	struct ast_suffix *suffix = ARENA_NEW(arena, struct ast_suffix);

	suffix->kind = kind;
	suffix->value = value;
	suffix->span = span_join(open->span, close->span);
	LIST_ADD(type->first, type->last, suffix);
	type->span = span_join(type->span, close->span);
	return type;
}

struct ast_items *
ast_items(struct arena *arena, struct ast_items *items, struct ast_item *item)
{
	if (!items)
		items = ARENA_NEW(arena, struct ast_items);
	if (!item)
		return items;
	LIST_ADD(items->first, items->last, item);
	items->count += item->kind != AST_RESERVED;
	return items;
}

struct ast_items *
ast_items_join(struct ast_items *items, struct ast_items *more)
{
	if (items->last)
		items->last->next = more->first;
	else
		items->first = more->first;
	items->last = more->last;
	items->count += more->count;
	return items;
}

static struct ast_item *
ast_item(struct arena *arena, enum ast_item_kind kind, struct ast_attrs *attrs, struct comment *comments,
	 struct span span)
{
	struct ast_item *item = ARENA_NEW(arena, struct ast_item);

	item->kind = kind;
	item->attrs = attrs;
	item->comments = comments;
	item->span = span;
	return item;
}

struct ast_items *
ast_reserved(struct arena *arena, struct ast_items *items, const struct token *number)
{
	struct ast_term *term = ast_term(arena, AST_INTEGER, number);
	struct ast_item *item = ast_item(arena, AST_RESERVED, NULL, NULL, number->span);

	item->value = ast_value(arena, NULL, term);
	return ast_items(arena, items, item);
}

struct ast_item *
ast_reserved_value(struct arena *arena, const struct token *keyword, struct ast_value *value)
{
	struct ast_item *item = ast_item(arena, AST_RESERVED, NULL, NULL, span_join(keyword->span, value->span));

	item->value = value;
	return item;
}

struct ast_item *
ast_enumerator(struct arena *arena, struct ast_attrs *attrs, const struct token *name, struct ast_value *value)
{
	struct ast_item *item = ast_item(arena, AST_ENUMERATOR, attrs, take_docs(attrs, name->comments), name->span);

	item->name = ast_name(name);
	item->value = value;
	if (value)
		item->span = span_join(item->span, value->span);
	return item;
}

struct ast_items *
ast_field(struct arena *arena, struct ast_items *items, struct ast_attrs *attrs, const struct token *id,
	  struct ast_type *type, const struct token *name, const struct token *semi)
{
	struct comment *comments = id ? id->comments : type->name.comments;
	struct ast_item *item =
		ast_item(arena, AST_FIELD, attrs, take_docs(attrs, comments), id ? id->span : type->span);

	if (id)
		item->number = (struct ast_number){true, id->value, id->span};
	item->type = type;
	item->name = ast_name(name);
	item->span = span_join(item->span, semi->span);
	return ast_items(arena, items, item);
}

struct ast_item *
ast_param(struct arena *arena, struct ast_attrs *attrs, const struct token *keyword, unsigned direction,
	  struct ast_type *type, const struct token *name)
{
	struct ast_item *item = ast_item(arena, AST_PARAM, attrs, NULL, keyword ? keyword->span : type->span);

	item->direction = direction;
	item->type = type;
	item->name = ast_name(name);
	item->span = span_join(item->span, name->span);
	return item;
}

struct ast_item *
ast_method(struct arena *arena, const struct token *keyword, enum ast_item_kind kind, const struct token *name,
	   struct ast_items *params, struct ast_name errors)
{
	const struct token *first = keyword ? keyword : name;
	struct ast_item *item = ast_item(arena, kind, NULL, first->comments, first->span);

	item->name = ast_name(name);
	item->params = params;
	item->errors = errors;
	return item;
}

struct ast_item *
ast_method_close(struct ast_item *method, const struct token *ordinal, const struct token *semi)
{
	if (ordinal)
		method->number = (struct ast_number){true, ordinal->value, ordinal->span};
	method->span = span_join(method->span, semi->span);
	return method;
}

struct ast_items *
ast_methods(struct arena *arena, struct ast_items *items, struct ast_attrs *attrs, struct ast_item *method)
{
	method->attrs = attrs;
	method->comments = take_docs(attrs, method->comments);
	return ast_items(arena, items, method);
}

struct ast_decl *
ast_decl(struct arena *arena, enum ast_decl_kind kind, const struct token *keyword, const struct token *name,
	 struct ast_name base, struct ast_items *items)
{
	struct ast_decl *decl = ARENA_NEW(arena, struct ast_decl);

	decl->kind = kind;
	decl->comments = keyword->comments;
	decl->name = ast_name(name);
	decl->base = base;
	decl->items = items;
	return decl;
}

struct ast_decl *
ast_const(struct arena *arena, const struct token *keyword, struct ast_name type, const struct token *name,
	  struct ast_value *value)
{
	struct ast_decl *decl = ast_decl(arena, AST_CONST, keyword, name, type, NULL);

	decl->value = value;
	return decl;
}

void
ast_file_module(struct ast_file *file, struct ast_attrs *attrs, const struct token *keyword, struct ast_name name)
{
	file->attrs = attrs;
	file->comments = take_docs(attrs, keyword->comments);
	file->name = name;
}

void
ast_file_import(struct arena *arena, struct ast_file *file, const struct token *path)
{
	struct ast_import *import = ARENA_NEW(arena, struct ast_import);

	import->path = path->text;
	import->span = path->span;
	LIST_ADD(file->first_import, file->last_import, import);
}

void
ast_file_decl(struct ast_file *file, struct ast_attrs *attrs, struct ast_decl *decl)
{
	decl->attrs = attrs;
	decl->comments = take_docs(attrs, decl->comments);
	LIST_ADD(file->first, file->last, decl);
	file->decl_count++;
}
