/* The parts of the lexer that re2c need not see. */
#ifndef CDIDL_SCAN_H
#define CDIDL_SCAN_H

#include "syntax/lexer.h"

/* A token kind for what is left out. */
#define SCAN_SKIPPED (-1)

/* What stands before a token. */
struct trivia {
	struct comment *comments;
	struct comment **last;
	uint32_t newlines;
};

/* A span that begins at 'begin' and ends, after scan_end(), at the cursor. */
struct span scan_span(const struct lexer *lexer, const char *begin);
struct span scan_end(const struct lexer *lexer, struct span span);

void trivia_add(struct lexer *lexer, struct trivia *trivia, const char *begin, enum comment_kind kind);

/* Each has read as far as its first character, or as the whole of it, and returns the kind of the token. */
void scan_block(struct lexer *lexer, struct trivia *trivia, const char *begin);
int scan_keyword(struct lexer *lexer, struct token *token, const char *begin, int kind);
int scan_name(struct lexer *lexer, struct token *token, const char *begin);
int scan_number(struct lexer *lexer, struct token *token, const char *begin);
int scan_string(struct lexer *lexer, struct token *token, const char *begin);
int scan_stray(struct lexer *lexer, const char *begin);

#endif
