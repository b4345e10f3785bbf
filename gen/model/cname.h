/*
 * C names: how they are spelled, and that no two of them clash.
 *
 * A name of file scope is <module>_<name> in snake case, the module's part written once when the name already begins
 * with it; constants are the same in capitals. One that has another owner already is an error. Members and parameters
 * stand bare, with '_' behind a name that C, C++ or <windows.h> would not take. [c_name("...")] is written as it stands.
 */
#ifndef CDIDL_CNAME_H
#define CDIDL_CNAME_H

#include <stdbool.h>

struct arena;
struct diag;
struct model;
struct model_decl;
struct model_field;
struct model_method;

/*
 * Chooses every C name of the module and reports those that clash, or that [c_name] spells in a way that C does not
 * take. The modules that it imports have been through this before.
 */
void cname_assign(struct arena *arena, struct model *model, struct diag *diag);

/* "HTTPServer" -> "http_server". */
const char *cname_snake(struct arena *arena, const char *name);

/* "http_server" -> "HTTP_SERVER". */
const char *cname_capitals(struct arena *arena, const char *name);

/*
 * No name has "__" in it, which C++ keeps to itself. cname_with(): 'name' and 'suffix', which begins with '_', with one '_'
 * between them. cname_other(): a name in place of one that cannot be had, with a '_' behind it, or an 'x' behind a '_'.
 */
const char *cname_with(struct arena *arena, const char *name, const char *suffix);
const char *cname_other(struct arena *arena, const char *name);

/* What a name of file scope is to others, "a macro of <windows.h>"; NULL: nothing. */
const char *cname_owner(const char *name);

/* Whether the C library or <windows.h> has a header of that name, without ".h". */
bool cname_is_header(const char *stem);

/* Whether Windows can have a file of that name, to which ".h" and so on come: no device, and of characters that it takes. */
bool cname_is_file(const char *stem);
/* Reports a module whose file's name is not so, or is that of such a header, which '#include <string.h>' could find in its place. */
void cname_check_file(struct arena *arena, const struct model *model, struct diag *diag);

/*
 * A member or parameter cannot have the name: it is a keyword of C or C++, a macro of the C library or of <windows.h>,
 * what generated code names itself, or has "__" in it.
 */
bool cname_is_reserved(const char *name);

/* The constant for a member of a union: PLAYER_SOURCE_FILE. */
const char *cname_union_kind(struct arena *arena, const struct model_decl *decl, const struct model_field *member);

/* A name of the generator's own, out of the way of those that the parameters stand for in any of the method's functions. */
const char *cname_own(struct arena *arena, const struct model_method *method, const char *name);

/* Text on one line: it does not end it, or turn the direction of writing. */
const char *cname_line(struct arena *arena, const char *text);

/* The same for a block comment: it does not end that either, or begin another. */
const char *cname_comment(struct arena *arena, const char *text);

/* A string literal in its quotes, in plain ASCII and without trigraphs. */
const char *cname_literal(struct arena *arena, const char *text);

#endif
