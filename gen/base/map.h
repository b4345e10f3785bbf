/* A hash table from a number, or the address of an interned string, to a pointer. Lives in an arena; entries stay. */
#ifndef CDIDL_MAP_H
#define CDIDL_MAP_H

#include <stddef.h>
#include <stdint.h>

struct arena;

/* Begin with { .arena = arena }. */
struct map {
	struct arena *arena;
	struct map_entry *entries;
	size_t capacity;
	size_t count;
};

/* The key of an interned string. */
static inline uint64_t
map_name(const char *interned)
{
	return (uint64_t)(uintptr_t)interned;
}

/* NULL when there is none. */
void *map_get(const struct map *map, uint64_t key);

/* Adds 'value' (not NULL) unless the key is there already; returns what was there, NULL when it was added. */
void *map_add(struct map *map, uint64_t key, void *value);

#endif
