#include "connect/turn.h"

#define TURN_US         UINT64_C(2000000)       /* for which nobody is waited for who only says that it is his turn */
#define HOLDERS_MAX     64

/* Of our user and not below our own integrity level, a process could do worse to us than to let us wait. */
static bool
is_believed(const struct endpoint *endpoint, window_id window)
{
	struct process *process = NULL;
	bool believed;

	if (process_open(&endpoint->env, window, &process) != CDRPC_OK)
		return false;
	believed = policy_believes(&endpoint->own, process_facts(process));
	process_close(process);
	return believed;
}

bool
turn_is_held(const struct endpoint *endpoint, enum turn_kind kind, const char *service, uint64_t *seen_us)
{
	window_id windows[HOLDERS_MAX];
	size_t count = turn_find(endpoint->port, kind, service, windows, HOLDERS_MAX), i;

	for (i = 0; i < count; i++) {
		if (is_believed(endpoint, windows[i]))
			*seen_us = awake_us();
	}
	return awake_us() - *seen_us < TURN_US;
}
