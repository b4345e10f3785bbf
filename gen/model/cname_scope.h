/* The names of one scope of C, each with its owner. */
#ifndef CDIDL_CNAME_SCOPE_H
#define CDIDL_CNAME_SCOPE_H

#include <stdbool.h>

#include "base/map.h"
#include "model/model.h"

struct diag;

/* Whose a C name is: "struct" and the name as written. */
struct owner {
	const char *kind;
	const struct model_name *name;
};

struct scope {
	struct arena *arena;
	struct diag *diag;
	struct map names;
	const char *language; /* "C", or "C++" of a class there */
	bool shared; /* with keywords, the C library and <windows.h>: a name of theirs is an error */
};

struct scope scope_new(struct arena *arena, struct diag *diag);

/* Enters a name, or reports that it is taken. */
void scope_take(struct scope *scope, const char *name, struct owner owner);

/* Reports a name that keywords, the C library or <windows.h> have. */
void scope_check(const struct scope *scope, const char *name, struct owner owner);

bool scope_has(const struct scope *scope, const char *name);

/* ---- cname_cpp.c ---- */

/* Chooses the names of an interface in the C++ wrapper; 'methods' has those of its methods there. */
void cname_cpp_interface(struct scope *methods, struct model_decl *decl);

/* Chooses the names of the types in the namespace, when the classes have theirs; 'space' is empty. */
void cname_cpp_types(struct scope *space, struct model *model);

/* Chooses the namespace, when all names of the module in C are known. */
void cname_cpp_module(struct arena *arena, struct model *model);

#endif
