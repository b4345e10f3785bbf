#include "base/map.h"

#include "base/arena.h"

struct map_entry {
	uint64_t key;
	void *value;
};

/* The entry of 'key', or the free one where it belongs. There is always a free one. */
static struct map_entry *
map_find(const struct map *map, uint64_t key)
{
	/* Addresses and small numbers differ in few bits; the multiplication spreads them into the upper half. */
	size_t i = (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (map->capacity - 1);

	while (map->entries[i].value && map->entries[i].key != key)
		i = (i + 1) & (map->capacity - 1);
	return &map->entries[i];
}

static void
map_grow(struct map *map)
{
	struct map old = *map;
	size_t i;

	map->capacity = old.capacity ? old.capacity * 2 : 8;
	map->entries = ARENA_ARRAY(map->arena, map->capacity, struct map_entry);
	for (i = 0; i < old.capacity; i++)
		if (old.entries[i].value)
			*map_find(map, old.entries[i].key) = old.entries[i];
}

void *
map_get(const struct map *map, uint64_t key)
{
	return map->capacity ? map_find(map, key)->value : NULL;
}

void *
map_add(struct map *map, uint64_t key, void *value)
{
	struct map_entry *entry;

	if (map->count >= map->capacity / 2)
		map_grow(map);
	entry = map_find(map, key);
	if (entry->value)
		return entry->value;
	entry->key = key;
	entry->value = value;
	map->count++;
	return NULL;
}
