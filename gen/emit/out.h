/*
 * What a run writes: texts that grow in memory, and files that appear at the very end, all of them or none.
 *
 * Templates: $name$ stands for a variable's value, $$ for a dollar; where a value that ends in '_' meets another '_', one
 * is written, as cname_with() does. Each line that is not empty gets the current indentation. Lines end in LF on every
 * system, and nothing here depends on the time, the place or the order of addresses.
 */
#ifndef CDIDL_OUT_H
#define CDIDL_OUT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct out;
struct out_set;

struct out_var {
	const char *name;
	const char *value;
};

#define OUT_VARS(...) ((const struct out_var[]){__VA_ARGS__, {NULL, NULL}})

/* ---- one text ---- */

struct out *out_new(struct arena *arena);
struct arena *out_arena(const struct out *out);

/*
 * From here on a line of C that is wider than 'columns' is broken behind a comma or an operator, and goes on below the
 * innermost open parenthesis. Strings and comments are not broken. 0: lines stay as they are.
 */
void out_wrap(struct out *out, size_t columns);

/* More or fewer tabs before the lines that begin from here on. */
void out_indent(struct out *out, int levels);

/* The column at which a line now begins. */
size_t out_column(const struct out *out);

/* 'vars' may be NULL when the template has no variables; naming an unknown one is a bug. */
void out_text(struct out *out, const struct out_var *vars, const char *template);

/* Text as it is: no variables. */
void out_puts(struct out *out, const char *text);

/* Everything so far, without empty lines at the end. The last line has ended. */
const char *out_string(const struct out *out, size_t *ret_length);

/* ---- the files of a run ---- */

struct out_set *out_set_new(struct arena *arena);

/* A new text that becomes the file 'path'. */
struct out *out_add(struct out_set *set, const char *path);

/*
 * Writes what differs from what is there. Each file is written beside its place and renamed. After a failure every file
 * is as it was before, and *ret_error says what went wrong, in the arena.
 */
bool out_write(const struct out_set *set, const char **ret_error);

/* A rule in the syntax of Make: the targets depend on the sources. */
void out_rule(struct out *out, const char *const *targets, size_t target_count, const char *const *sources,
	      size_t source_count);

#endif
