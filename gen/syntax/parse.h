/* One source to its AST. */
#ifndef CDIDL_PARSE_H
#define CDIDL_PARSE_H

#include "syntax/ast.h"

struct arena;
struct diag;

/*
 * Reports every lexical and syntax error that it can tell apart. The AST is never NULL, but means something only when
 * nothing was reported; its imports can be followed in any case.
 */
struct ast_file *parse_file(struct arena *arena, const struct source *source, struct diag *diag);

#endif
