/* The second half of the formatter, for fmt.c and fmt_finish.c only. */
#ifndef CDIDL_FMT_PARTS_H
#define CDIDL_FMT_PARTS_H

#include "arena.h"
#include "source.h"

/* A comment behind a line. */
struct fmt_mark {
	struct fmt_mark *next;
	size_t offset; /* of the space before the comment */
	size_t column; /* of that space */
	size_t level;  /* of the line */
};

/* Lines up the comments that stand behind neighbouring lines of one level, and sets the line ends. */
const char *fmt_finish(struct arena *arena, const struct source *source, const struct text *text,
		       const struct fmt_mark *marks, size_t *ret_length);

#endif
