#include "base/scc.h"

#include "base/arena.h"

struct node {
	size_t index; /* in order of discovery, from 1; 0: not seen yet */
	size_t low;
	size_t cursor;
	bool open; /* its component is not told yet */
	bool loop; /* an edge to itself */
};

struct run {
	const struct scc *scc;
	struct node *nodes;
	size_t *path; /* from the root to the node that is looked at */
	size_t depth;
	size_t *open; /* nodes whose component is not told yet */
	size_t open_count;
	size_t discovered;
};

static void
enter(struct run *run, size_t node)
{
	run->nodes[node].index = run->nodes[node].low = ++run->discovered;
	run->nodes[node].open = true;
	run->path[run->depth++] = node;
	run->open[run->open_count++] = node;
}

static void
leave(struct run *run, size_t node)
{
	struct node *state = &run->nodes[node];
	size_t first;

	run->depth--;
	if (run->depth && run->nodes[run->path[run->depth - 1]].low > state->low)
		run->nodes[run->path[run->depth - 1]].low = state->low;
	if (state->low != state->index)
		return;
	first = run->open_count;
	do {
		first--;
		run->nodes[run->open[first]].open = false;
	} while (run->open[first] != node);
	run->scc->component(run->scc->context, &run->open[first], run->open_count - first,
			    run->open_count - first > 1 || state->loop);
	run->open_count = first;
}

static void
visit(struct run *run, size_t root)
{
	struct node *state;
	size_t node, next;

	enter(run, root);
	while (run->depth) {
		node = run->path[run->depth - 1];
		state = &run->nodes[node];
		next = run->scc->edge(run->scc->context, node, &state->cursor);
		if (next == SCC_END) {
			leave(run, node);
		} else if (!run->nodes[next].index) {
			enter(run, next);
		} else {
			state->loop = state->loop || next == node;
			if (run->nodes[next].open && run->nodes[next].index < state->low)
				state->low = run->nodes[next].index;
		}
	}
}

void
scc_run(const struct scc *scc)
{
	struct run run = {.scc = scc};
	size_t i;

	run.nodes = ARENA_ARRAY(scc->arena, scc->node_count, struct node);
	run.path = ARENA_ARRAY(scc->arena, scc->node_count, size_t);
	run.open = ARENA_ARRAY(scc->arena, scc->node_count, size_t);
	for (i = 0; i < scc->node_count; i++)
		if (!run.nodes[i].index)
			visit(&run, i);
}
