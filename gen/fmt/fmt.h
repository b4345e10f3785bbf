/*
 * One layout for every interface file. Only spaces and line ends change: every token and every comment stays, in its
 * order.
 *
 * - Two spaces for each level; a statement, a member or an enumerator on a line of its own.
 * - A body that stands on one line stays there while it fits.
 * - A line that is longer than FMT_WIDTH goes on below, behind a comma or '|'.
 * - Comments behind neighbouring lines begin in the same column.
 * - One empty line at most, none at the beginning or the end of a body.
 * - Attributes stay on a line of their own, or before what they belong to, as they were.
 * - Lines end as the first one does: LF, or CR and LF.
 */
#ifndef CDIDL_FMT_H
#define CDIDL_FMT_H

#include <stddef.h>

#include "base/source.h"

/* Code points. */
#define FMT_WIDTH 120

struct arena;

/* The source must have been parsed without an error. A file that is formatted already comes back as it was. */
const char *fmt_source(struct arena *arena, const struct source *source, size_t *ret_length);

#endif
