/* What makes text valid on the wire. Pure functions, any thread. */
#ifndef CDRPC_CORE_UTF8_H
#define CDRPC_CORE_UTF8_H

#include "base/names.h"

#include <cdrpc/cdrpc.h>

/*
 * Whether 'size' bytes are UTF-8 as Unicode defines it (table 3-7): no overlong form, no surrogate, nothing past U+10FFFF,
 * nothing cut off; and no U+0000, which would end a C string early.
 */
bool utf8_valid(const void *text, size_t size);

/* Whether none of 'count' units is zero. 'units' may stand at any address. */
bool wide_valid(const void *units, size_t count);

/* Units before the zero one. */
size_t wide_length(const cdrpc_wchar *text);

#endif
