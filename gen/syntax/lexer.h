/*
 * Bytes to tokens.
 *
 * The source must have passed lexer_check(). Whatever else stands in it, lexing goes on to the end: an error is
 * reported and what it concerns is skipped, or stands as the token that was meant.
 */
#ifndef CDIDL_LEXER_H
#define CDIDL_LEXER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/source.h"

struct arena;
struct diag;

/* Names and module names that are longer are errors. */
#define LEXER_NAME_MAX 255

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

/* What the lexer hands to the parser and to the formatter. The kinds are Lemon's TOK_*, from the generated parser.h. */
struct token {
	int kind; /* 0 at the end of the file */
	struct span span;
	const char *text; /* interned: a name, or what a string stands for; else NULL */
	uint64_t value;   /* of an integer; of a duration, milliseconds */
	struct comment *comments;
	uint32_t newlines; /* line ends between the token or the last comment before and this */
};

struct lexer {
	struct arena *arena;
	struct diag *diag; /* NULL: nothing is reported */
	const struct source *source;
	const char *cursor;
	const char *limit;
	bool path; /* a string that comes next is an import's path, which has no escapes */
	struct comment *docs; /* the file's doc comments so far, in order */
	struct comment *last_doc;
};

/* Reports what is no text (bytes that are not UTF-8, control characters) and says whether the source may be lexed. */
bool lexer_check(const struct source *source, struct diag *diag);

void lexer_init(struct lexer *lexer, struct arena *arena, const struct source *source, struct diag *diag);

/* After the end, the end again. */
void lexer_next(struct lexer *lexer, struct token *ret_token);

/* The tokens of a span on one line: comments dropped, a space wherever there was a gap. */
const char *lexer_squeeze(struct arena *arena, struct span span);

#endif
