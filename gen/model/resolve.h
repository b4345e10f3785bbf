/* The AST of a module to its model. Every semantic error is found here; see model.h for what happens next. */
#ifndef CDIDL_RESOLVE_H
#define CDIDL_RESOLVE_H

struct arena;
struct diag;
struct load;

/*
 * Resolves every unit that is not broken, imported ones first, and gives it its model. A unit with errors becomes
 * broken, and so does whatever imports it; the model of a broken unit is incomplete and of no use.
 */
void resolve(struct arena *arena, struct diag *diag, const struct load *load);

#endif
