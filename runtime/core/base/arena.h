/*
 * Memory that is given back all at once: the C arrays of one decoded body. Nothing is taken from the heap before the first
 * arena_alloc().
 */
#ifndef CDRPC_CORE_ARENA_H
#define CDRPC_CORE_ARENA_H

#include "base/names.h"

#include <stdbool.h>

#include <cdrpc/cdrpc.h>

struct arena_block;

struct cdrpc_arena {
	struct cdrpc_env env;
	struct arena_block *blocks;     /* the newest first */
	unsigned char *at;              /* free memory of the newest */
	size_t free;                    /* bytes of it */
	size_t left;                    /* bytes that may still be asked for */
	size_t next;                    /* the next block's size, unless more is asked for at once */
	bool secret;                    /* blocks are zeroed before they are freed; false unless set after arena_init() */
};

/* 'env' NULL: the defaults. 'limit' is in bytes; blocks hold about twice that at most, whatever is asked for. */
void arena_init(struct cdrpc_arena *arena, const struct cdrpc_env *env, size_t limit);
/* Frees what was given out. The arena is as after arena_init() with the limit 0. */
void arena_done(struct cdrpc_arena *arena);

/* Zeroed memory at a multiple of 8. E_TOO_LARGE past the limit, E_NOMEM; the arena stays usable after both. */
cdrpc_status arena_alloc(struct cdrpc_arena *arena, size_t size, void **ret_memory);

#endif
