/* The arithmetic behind layout(): sizes in memory and on the wire. For layout*.c only. */
#ifndef CDIDL_LAYOUT_PARTS_H
#define CDIDL_LAYOUT_PARTS_H

#include "model/resolve_parts.h"

bool layout_is_record(const struct model_decl *decl);

/*
 * All facts of a type but 'largest' and 'recursive'; what it is made of has its facts. Reports an array of more than
 * 1 GiB.
 */
void layout_type(struct resolve *cx, struct model_type *type, struct span bound);

/* The same of a record, and a struct's offsets and holes. */
void layout_record(struct resolve *cx, struct model_decl *decl);

/* When those of what it is made of are known. */
uint64_t layout_type_largest(const struct model_type *type);
uint64_t layout_record_largest(const struct model_decl *decl);

#endif
