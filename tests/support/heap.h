/* An allocator for struct cdrpc_env that counts to the byte what it has given out. Any thread. */
#ifndef CDRPC_TESTS_HEAP_H
#define CDRPC_TESTS_HEAP_H

#include <stddef.h>

struct cdrpc_env;

struct heap {
	void *lock;             /* SRWLOCK; zero at first, as all the rest */
	size_t blocks;
	size_t bytes;
	size_t peak;            /* the most bytes at a time */
	size_t allocations;     /* ever */
};

/* Fills in what 'env' needs to take its memory from 'heap', which must outlive it. */
void heap_env(struct heap *heap, struct cdrpc_env *env);

#endif
