#include "base/arena.h"

#include <stdint.h>
#include <string.h>

#include <cdrpc/generated.h>

#include "base/env.h"
#include "base/sized.h"

#define ARENA_FIRST 1024
#define ARENA_BLOCK_MAX 65536

struct arena_block {
	struct arena_block *next;
	size_t size;                    /* of what can be given out */
};

/* A multiple of 16, so that the memory behind it is aligned as the block is. */
#define ARENA_HEAD ((sizeof(struct arena_block) + 15) & ~(size_t)15)

void
arena_init(struct cdrpc_arena *arena, const struct cdrpc_env *env, size_t limit)
{
	*arena = (struct cdrpc_arena){ .left = limit, .next = ARENA_FIRST };
	env_init(&arena->env, env);
}

void
arena_done(struct cdrpc_arena *arena)
{
	struct arena_block *block = arena->blocks;

	while (block) {
		struct arena_block *next = block->next;

		if (arena->secret)
			env_wipe((unsigned char *)block + ARENA_HEAD, block->size);
		env_free(&arena->env, block);
		block = next;
	}
	arena->blocks = NULL;
	arena->at = NULL;
	arena->free = 0;
	arena->left = 0;
}

/* The rest of the block in use is lost, which is less than 'size': so blocks hold no more than twice what was asked for. */
static cdrpc_status
arena_grow(struct cdrpc_arena *arena, size_t size)
{
	size_t room = arena->next;
	struct arena_block *block;

	if (room > arena->left)
		room = arena->left;
	if (room < size)
		room = size;
	if (room > SIZE_MAX - ARENA_HEAD)
		return CDRPC_E_NOMEM;
	block = (struct arena_block *)env_alloc(&arena->env, ARENA_HEAD + room);
	if (!block)
		return CDRPC_E_NOMEM;
	block->next = arena->blocks;
	block->size = room;
	arena->blocks = block;
	arena->at = (unsigned char *)block + ARENA_HEAD;
	arena->free = room;
	if (arena->next < ARENA_BLOCK_MAX)
		arena->next *= 2;
	return CDRPC_OK;
}

cdrpc_status
arena_alloc(struct cdrpc_arena *arena, size_t size, void **ret_memory)
{
	cdrpc_status status;

	if (size > SIZE_MAX - 7)
		return CDRPC_E_TOO_LARGE;
	size = (size + 7) & ~(size_t)7;
	if (size > arena->left)
		return CDRPC_E_TOO_LARGE;
	if (size > arena->free) {
		status = arena_grow(arena, size);
		if (status != CDRPC_OK)
			return status;
	}
	memset(arena->at, 0, size);
	*ret_memory = arena->at;
	arena->at += size;
	arena->free -= size;
	arena->left -= size;
	return CDRPC_OK;
}

struct cdrpc_arena *
cdrpc_arena_new_sized(const struct cdrpc_env *env, size_t env_size, size_t limit)
{
	struct cdrpc_env own, filled;
	struct cdrpc_arena *arena;
	size_t at;

	if (!sized_take(env, env_size, &own, sizeof own, &at))
		return NULL;
	env_init(&filled, &own);
	arena = (struct cdrpc_arena *)env_alloc(&filled, sizeof *arena);
	if (arena)
		arena_init(arena, &filled, limit);
	return arena;
}

void
cdrpc_arena_free(struct cdrpc_arena *arena)
{
	struct cdrpc_env env;

	if (!arena)
		return;
	env = arena->env;
	arena_done(arena);
	env_free(&env, arena);
}
