#include "candidates.h"

#include "env.h"

#define WINDOWS_FIRST   64
#define WINDOWS_MOST    65536   /* all that a desktop can have */

static cdrpc_status
find_windows(struct candidates *candidates, const struct port *port, const char *service)
{
	size_t room = WINDOWS_FIRST;

	for (;;) {
		candidates->windows = env_alloc(&candidates->env, room * sizeof *candidates->windows);
		if (!candidates->windows)
			return CDRPC_E_NOMEM;
		candidates->window_count = port_find(port, service, candidates->windows, room);
		if (candidates->window_count < room || room >= WINDOWS_MOST)
			return CDRPC_OK;
		env_free(&candidates->env, candidates->windows);
		room *= 4;
	}
}

static void
add(struct candidates *candidates, size_t at)
{
	uint32_t process_id = candidates->owners[at];
	size_t i;

	/* 0: the window has gone since. */
	for (i = 0; i < candidates->count && candidates->each[i].process_id != process_id; i++)
		;
	if (process_id != 0 && i == candidates->count)
		candidates->each[candidates->count++] = (struct candidate){ process_id, at, false };
}

cdrpc_status
candidates_init(const struct cdrpc_env *env, const struct port *port, const char *service,
		struct candidates *ret_candidates)
{
	struct candidates candidates = { .env = *env };
	cdrpc_status status = find_windows(&candidates, port, service);
	size_t count = candidates.window_count ? candidates.window_count : 1, i;

	if (status == CDRPC_OK) {
		candidates.owners = env_alloc(env, count * sizeof *candidates.owners);
		candidates.each = env_alloc(env, count * sizeof *candidates.each);
		status = candidates.owners && candidates.each ? CDRPC_OK : CDRPC_E_NOMEM;
	}
	if (status != CDRPC_OK) {
		candidates_done(&candidates);
		return status;
	}
	for (i = 0; i < candidates.window_count; i++) {
		window_thread(candidates.windows[i], &candidates.owners[i]);
		add(&candidates, i);
	}
	*ret_candidates = candidates;
	return CDRPC_OK;
}

void
candidates_done(struct candidates *candidates)
{
	env_free(&candidates->env, candidates->windows);
	env_free(&candidates->env, candidates->owners);
	env_free(&candidates->env, candidates->each);
}

size_t
candidates_left(const struct candidates *candidates)
{
	size_t left = 0, i;

	for (i = 0; i < candidates->count; i++)
		left += !candidates->each[i].out;
	return left;
}

void
candidates_next_window(const struct candidates *candidates, struct candidate *candidate)
{
	do {
		candidate->at = (candidate->at + 1) % candidates->window_count;
	} while (candidates->owners[candidate->at] != candidate->process_id);
}
