#include "start.h"

#include "deadline.h"
#include "endpoint.h"
#include "env.h"

#define TURN_MS 2000

cdrpc_status
start_connect(struct endpoint *endpoint, const char *service, const struct policy *policy, const struct start *start,
	      uint32_t timeout_ms, struct session **ret_session)
{
	uint64_t deadline_us = deadline_in(timeout_ms);
	cdrpc_handle turn;
	cdrpc_status status;

	status = handshake_connect(endpoint, service, policy, timeout_ms, ret_session);
	if (status != CDRPC_E_NOT_FOUND || !start->image)
		return status;
	/* As long as others may need to start it; then our own start may be one too many, which a single-instance server bears. */
	turn = start_turn_take(service, timeout_ms < TURN_MS ? timeout_ms : TURN_MS);
	status = handshake_connect(endpoint, service, policy, deadline_rest_ms(deadline_us), ret_session);
	if (status == CDRPC_E_NOT_FOUND) {
		status = start_program(&endpoint->env, start->image, start->arguments, deadline_rest_ms(deadline_us));
		/* One that ended may have left the work to another instance. */
		if (status == CDRPC_OK || status == CDRPC_E_PEER_DIED)
			status = handshake_connect(endpoint, service, policy, deadline_rest_ms(deadline_us), ret_session);
	}
	start_turn_drop(turn);
	return status;
}
