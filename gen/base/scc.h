/* Strongly connected components of a graph (Tarjan), without recursion. */
#ifndef CDIDL_SCC_H
#define CDIDL_SCC_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

#define SCC_END ((size_t)-1)

struct scc {
	struct arena *arena;
	size_t node_count;
	void *context;

	/* A node that 'node' leads to, the next at each call; '*cursor' begins as 0. SCC_END behind the last. */
	size_t (*edge)(void *context, size_t node, size_t *cursor);

	/* One component; those that it leads to have been told before. 'cyclic': a node of it leads back to itself. */
	void (*component)(void *context, const size_t *nodes, size_t count, bool cyclic);
};

void scc_run(const struct scc *scc);

#endif
