/*
 * Diagnostics: collected while the input is read, rendered at the end, like a compiler's:
 *
 *	player.cdidl:3:9: error: unknown type 'u23'; did you mean 'u32'?
 *	  table T { 1: u23 x; }
 *	               ^~~
 *
 * Errors come out in the order of their files (as first loaded) and places, whatever order they were found in; a note
 * stays with its error. After DIAG_ERRORS_MAX errors no more are kept, only counted.
 *
 * Single-threaded. Texts are copied; nothing here fails (the arena ends the program when memory is gone).
 */
#ifndef CDIDL_DIAG_H
#define CDIDL_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"

#define DIAG_ERRORS_MAX 20

#if defined(__MINGW32__)
#define DIAG_PRINTF(text, values) __attribute__((format(gnu_printf, text, values)))
#else
#define DIAG_PRINTF(text, values) __attribute__((format(printf, text, values)))
#endif

struct arena;
struct diag;

struct diag *diag_new(struct arena *arena);

/*
 * An error at 'span'; without a source it is rendered as "cdidl: error: text". A second error at the same span is
 * dropped.
 */
void diag_error(struct diag *diag, struct span span, const char *format, ...) DIAG_PRINTF(3, 4);

/* A note on the error last reported; nothing when that one was dropped. */
void diag_note(struct diag *diag, struct span span, const char *format, ...) DIAG_PRINTF(3, 4);

/* Errors so far, those that were not kept included. */
size_t diag_errors(const struct diag *diag);

/* True when more errors would not be kept: time to stop looking. */
bool diag_full(const struct diag *diag);

/* Everything as one text, ending in a newline, or "" when there is nothing. It lives in the arena. */
const char *diag_render(const struct diag *diag, size_t *ret_length);

#endif
