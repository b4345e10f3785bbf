#include "service/exclusive.h"

#include "connect/holder.h"
#include "connect/turn.h"
#include "service/dispatch.h"

#define LOOK_MS 250
#define TURN_MOST_US UINT64_C(60000000)

/* NULL: it is not to be had, and what comes of that is no worse than without turns. */
static struct turn *
await_turn_to_claim(struct endpoint *endpoint, const char *service)
{
	uint64_t began_us = awake_us(), seen_us = began_us;
	struct turn *turn = NULL;
	cdrpc_status status;

	do {
		status = turn_take(&endpoint->env, TURN_SERVE, service, LOOK_MS, &turn);
	} while (status == CDRPC_E_TIMEOUT && awake_us() - began_us < TURN_MOST_US && turn_is_held(endpoint, TURN_SERVE, service, &seen_us));
	return turn;
}

static cdrpc_status
make_claim(struct endpoint *endpoint, const char *service, struct turn **ret_turn, struct session **ret_holder)
{
	struct turn *turn = await_turn_to_claim(endpoint, service);
	cdrpc_status status = holder_find(endpoint, service, ret_holder);

	if (status == CDRPC_E_NOT_FOUND) {
		*ret_turn = turn;
		return CDRPC_OK;
	}
	turn_drop(turn);
	return status == CDRPC_OK ? CDRPC_E_NAME_IN_USE : status;
}

cdrpc_status
exclusive_claim(const struct endpoint_options *options, const char *service, struct turn **ret_turn, struct session **ret_holder)
{
	/* Nobody finds it, and it lets nobody in who does not count. */
	const struct endpoint_options asking = { .env = options->env, .limits = options->limits, .hooks = options->hooks };
	struct endpoint *endpoint = NULL;
	struct thread_state *shared;
	cdrpc_status status = dispatch_new(&asking, &endpoint);

	if (status != CDRPC_OK)
		return status;
	status = endpoint_open(endpoint, NULL, NULL);
	if (status == CDRPC_OK) {
		shared = thread_state_hold(endpoint->thread.shared);
		shared->waiting++;
		status = make_claim(endpoint, service, ret_turn, ret_holder);
		shared->waiting--;
		thread_state_drop(shared);
	}
	dispatch_shut(endpoint);
	endpoint_unref(endpoint);
	return status;
}
