/* What the grammar's actions call besides the constructors of ast.h. For parser.y and parse.c only. */
#ifndef CDIDL_PARSE_ACTIONS_H
#define CDIDL_PARSE_ACTIONS_H

#include "syntax/ast.h"
#include "syntax/lexer.h"

struct parse {
	struct arena *arena;
	struct diag *diag;
	struct lexer lexer;
	struct ast_file *file;
	struct token last; /* before the one that is being looked at */
};

/* Feeds the whole source to the parser. In parser.y. */
void parse_tokens(struct parse *cx);

/* "reserved = 1": reports it; no item comes of it. */
struct ast_item *parse_reserved_name(struct parse *cx, const struct token *keyword);
void parse_import(struct parse *cx, const struct token *keyword, const struct token *path);

/* 'expected' has a place for each token kind: what could stand instead of 'token'. */
void parse_syntax_error(struct parse *cx, const struct token *token, bool *expected, int count);
void parse_overflow(struct parse *cx);

#endif
