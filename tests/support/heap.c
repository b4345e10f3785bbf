#include "heap.h"

#include <malloc.h>

#include <windows.h>

#include <cdrpc/cdrpc.h>

/* The size stands before the block, which keeps its alignment. */
#define HEAD 16

static void
count(struct heap *heap, size_t blocks, size_t bytes)
{
	AcquireSRWLockExclusive((SRWLOCK *)&heap->lock);
	heap->blocks += blocks;
	heap->bytes += bytes;
	heap->allocations += blocks == 1;
	if (heap->bytes > heap->peak)
		heap->peak = heap->bytes;
	ReleaseSRWLockExclusive((SRWLOCK *)&heap->lock);
}

static void *
heap_alloc(void *self, size_t size)
{
	size_t *block = _aligned_malloc(size + HEAD, HEAD);

	if (!block)
		return NULL;
	*block = size;
	count(self, 1, size);
	return (char *)block + HEAD;
}

static void
heap_free(void *self, void *memory)
{
	size_t *block;

	if (!memory)
		return;
	block = (size_t *)(void *)((char *)memory - HEAD);
	count(self, (size_t)-1, (size_t)0 - *block);
	_aligned_free(block);
}

void
heap_env(struct heap *heap, struct cdrpc_env *env)
{
	env->self = heap;
	env->alloc = heap_alloc;
	env->free = heap_free;
}
