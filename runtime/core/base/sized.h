/* Structs that may have grown since the program was compiled, or since the library was: see "Versions" in cdrpc.h. Pure. */
#ifndef CDRPC_CORE_SIZED_H
#define CDRPC_CORE_SIZED_H

#include "base/names.h"

#include <cdrpc/cdrpc.h>

/* Fills the library's struct from the program's; what that lacks is 0, and NULL lacks all. False: no struct of cdrpc.h has that size, and
 * *ret_at is 0, or the first byte set that the library does not know is at *ret_at. Even then what both have has been copied. */
bool sized_take(const void *given, size_t given_size, void *ret_own, size_t own_size, size_t *ret_at);

/* Fills the program's struct from the library's, all 'size' bytes of it and no more. */
void sized_give(const void *own, size_t own_size, void *ret_given, size_t given_size);

#endif
