/* What fmt.c and fmt_line.c share. */
#ifndef CDIDL_FMT_PARTS_H
#define CDIDL_FMT_PARTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/source.h"
#include "syntax/lexer.h"

#define FMT_INDENT 2

/* A comment behind a line. */
struct fmt_mark {
	struct fmt_mark *next;
	size_t offset; /* of the space before the comment */
	size_t column; /* of that space */
	size_t level;  /* of the line */
};

/* A part of a line that is not broken. */
struct piece {
	const char *text;
	size_t length;
	bool space;      /* a space before it, unless it begins a line */
	bool may_break;  /* a line may begin with it */
	bool must_break; /* a line does begin with it */
	bool behind;     /* a comment behind the line, which no line is broken for */
};

struct fmt {
	struct arena *arena;
	const struct token *tokens; /* up to the end token */
	struct text out;
	struct fmt_mark *marks, *last_mark;
	struct piece *pieces; /* the line so far */
	size_t piece_count;
	size_t piece_capacity;
	size_t level;
	bool begun;         /* the line holds a token */
	bool ended;         /* the line is complete but for a comment behind it */
	bool opens;         /* the line ends in the '{' of a body */
	bool closes;        /* the line ends behind attributes */
	bool opened;        /* the line before did one of these: no empty line follows */
	bool after_comment; /* a comment stands before, on this line */
	bool one_line;      /* inside a body that stays on one line */
	bool set;           /* inside the body of an enum, flags or errors: a comma ends a line */
	bool attribute;     /* inside the brackets of attributes */
	bool handle;        /* inside the angles of a handle */
	size_t parentheses;
	int keyword; /* that the declaration begins with; 0 before it */
	int last;    /* kind of the token before; 0 at the beginning */
};

/* Code points. */
size_t fmt_columns(const char *text, size_t length);

const char *fmt_text(struct span span);

/* At the end of the line; what is returned is good until the next one. */
struct piece *fmt_add_piece(struct fmt *fmt, struct span span, bool space);

/* Writes the line, broken where it must be. */
void fmt_flush(struct fmt *fmt);

/* One empty line where there was one or more; not at the beginning of a body or of the file. */
void fmt_keep_empty_line(struct fmt *fmt, uint32_t newlines);

/* Lines up the comments that stand behind neighbouring lines of one level, and sets the line ends. */
const char *fmt_finish(struct arena *arena, const struct source *source, const struct text *text,
		       const struct fmt_mark *marks, size_t *ret_length);

#endif
