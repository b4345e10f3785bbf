/*
 * The names that the C library and <windows.h> have taken at file scope, as names/owned.txt lists them: their hashes, in
 * rising order, so that a search needs no text. No name of the list has the hash of another; that of a name that is not
 * on it is there by chance once in 10^14.
 */
#ifndef CDIDL_OWNED_H
#define CDIDL_OWNED_H

#include <stddef.h>
#include <stdint.h>

/* The lowest two bits of an entry, in place of those of the hash. In the order of names/owned.py. */
enum owned_kind { OWNED_C_MACRO, OWNED_C_NAME, OWNED_WINDOWS_MACRO, OWNED_WINDOWS_NAME };

extern const uint64_t owned_names[];
extern const size_t owned_name_count;

/* The names of the headers themselves, in small letters without ".h": whole hashes, in rising order. */
extern const uint64_t owned_headers[];
extern const size_t owned_header_count;

#endif
