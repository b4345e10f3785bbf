/* What the lexer hands to the parser and to the formatter. The kinds are Lemon's TOK_*, from the generated parser.h. */
#ifndef CDIDL_TOKEN_H
#define CDIDL_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/source.h"

enum comment_kind {
	COMMENT_LINE, /* two slashes to the end of the line */
	COMMENT_BLOCK,
	COMMENT_DOC, /* three slashes, not four */
};

/* Comments hang on the token that follows them; those at the end of the file on the end token. */
struct comment {
	struct comment *next;     /* on the same token */
	struct comment *next_doc; /* the next doc comment of the file, for COMMENT_DOC */
	struct span span;         /* without the line end */
	enum comment_kind kind;
	uint32_t newlines; /* line ends between the token or comment before and this */
	bool taken;        /* it documents something */
};

struct token {
	int kind; /* 0 at the end of the file */
	struct span span;
	const char *text; /* interned: a name, or what a string stands for; else NULL */
	uint64_t value;   /* of an integer; of a duration, milliseconds */
	struct comment *comments;
	uint32_t newlines; /* line ends between the token or the last comment before and this */
};

#endif
