#include "connect/candidates.h"

#include "base/env.h"

#define WINDOWS_FIRST   64
#define WINDOWS_MOST    65536   /* all that a desktop can have */

static cdrpc_status
find_windows(struct candidates *candidates, const struct port *port, const char *service, bool first_only)
{
	size_t room = first_only ? 1 : WINDOWS_FIRST;

	for (;;) {
		candidates->windows = env_alloc(&candidates->env, room * sizeof *candidates->windows);
		if (!candidates->windows)
			return CDRPC_E_NOMEM;
		candidates->window_count = port_find(port, service, candidates->windows, room);
		candidates->complete = !first_only || candidates->window_count == 0;
		if (first_only || candidates->window_count < room || room >= WINDOWS_MOST)
			return CDRPC_OK;
		env_free(&candidates->env, candidates->windows);
		room *= 4;
	}
}

/* The window goes on to be the next that is tried, if it is there. */
static void
recall(const struct candidates *before, struct candidates *now, struct candidate *candidate)
{
	size_t i, at;

	for (i = 0; i < before->count && before->each[i].process_id != candidate->process_id; i++)
		;
	if (i == before->count)
		return;
	candidate->out = before->each[i].out;
	candidate->said = before->each[i].said;
	for (at = 0; at < now->window_count; at++) {
		if (now->windows[at] == before->windows[before->each[i].at] && now->owners[at] == candidate->process_id)
			candidate->at = at;
	}
	candidate->tried = !before->complete;
	if (candidate->tried)
		candidates_next_window(now, candidate);
}

static void
add_candidate(const struct candidates *before, struct candidates *now, size_t at)
{
	uint32_t process_id = now->owners[at];
	struct candidate *added;
	size_t i;

	/* 0: the window has gone since. */
	for (i = 0; i < now->count && now->each[i].process_id != process_id; i++)
		;
	if (process_id == 0 || i < now->count)
		return;
	added = &now->each[now->count++];
	*added = (struct candidate){ .process_id = process_id, .at = at, .said = CDRPC_E_TIMEOUT };
	recall(before, now, added);
}

void
candidates_init(const struct cdrpc_env *env, const char *service, struct candidates *ret_candidates)
{
	*ret_candidates = (struct candidates){ .env = *env, .service = service };
}

cdrpc_status
candidates_look(struct candidates *candidates, const struct port *port, bool first_only)
{
	struct candidates now = { .env = candidates->env, .service = candidates->service };
	cdrpc_status status = find_windows(&now, port, now.service, first_only);
	size_t count = now.window_count ? now.window_count : 1, i;

	if (status == CDRPC_OK) {
		now.owners = env_alloc(&now.env, count * sizeof *now.owners);
		now.each = env_alloc(&now.env, count * sizeof *now.each);
		status = now.owners && now.each ? CDRPC_OK : CDRPC_E_NOMEM;
	}
	if (status != CDRPC_OK) {
		candidates_done(&now);
		return status;
	}
	for (i = 0; i < now.window_count; i++)
		window_thread(now.windows[i], &now.owners[i]);
	for (i = 0; i < now.window_count; i++)
		add_candidate(candidates, &now, i);
	candidates_done(candidates);
	*candidates = now;
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

/* An answer says more than silence, and that more than that somebody is not admitted. */
static int
weight(cdrpc_status said)
{
	switch (said) {
	case CDRPC_E_POLICY:
		return 0;
	case CDRPC_E_TIMEOUT:
		return 1;
	case CDRPC_E_HUNG:
		return 2;
	default:
		return 3;
	}
}

cdrpc_status
candidates_verdict(const struct candidates *candidates)
{
	cdrpc_status verdict = CDRPC_E_NOT_FOUND;
	size_t i;

	for (i = 0; i < candidates->count; i++) {
		if (i == 0 || weight(candidates->each[i].said) > weight(verdict))
			verdict = candidates->each[i].said;
	}
	return verdict;
}

void
candidates_next_window(const struct candidates *candidates, struct candidate *candidate)
{
	do {
		candidate->at = (candidate->at + 1) % candidates->window_count;
	} while (candidates->owners[candidate->at] != candidate->process_id);
}
