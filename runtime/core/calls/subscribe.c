#include "calls/subscribe.h"

#include "base/env.h"
#include "calls/call.h"
#include "events/events.h"
#include "session/endpoint.h"

static cdrpc_status
serve_listen(struct cdrpc_call *call, const void *handlers, void *self)
{
	struct session *session = call->session;
	struct subscription *subscriptions;
	struct cdrpc_reader r;
	uint32_t kept = 0, count, i;
	uint64_t iface;
	cdrpc_status status;

	(void)handlers;
	(void)self;
	cdrpc_call_inputs(&r, call);
	iface = cdrpc_read_u64(&r);
	count = cdrpc_read_count(&r, EVENTS_SUBSCRIPTIONS_MAX, 2);
	for (i = 0; i < session->events->subscription_count; i++)
		kept += session->events->subscriptions[i].iface != iface;
	if (kept + count > EVENTS_SUBSCRIPTIONS_MAX)
		return CDRPC_E_REMOTE_LIMIT;
	subscriptions = env_alloc(&session->endpoint->env, (kept + count + 1) * sizeof *subscriptions);
	if (!subscriptions)
		return CDRPC_E_REMOTE_NOMEM;
	kept = 0;
	for (i = 0; i < session->events->subscription_count; i++) {
		if (session->events->subscriptions[i].iface != iface)
			subscriptions[kept++] = session->events->subscriptions[i];
	}
	for (i = 0; i < count; i++) {
		subscriptions[kept].iface = iface;
		subscriptions[kept++].ordinal = cdrpc_read_u16(&r);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK) {
		env_free(&session->endpoint->env, subscriptions);
		return status;
	}
	env_free(&session->endpoint->env, session->events->subscriptions);
	session->events->subscriptions = subscriptions;
	session->events->subscription_count = kept;
	return CDRPC_OK;
}

static cdrpc_skeleton *const skeletons[] = { serve_listen, NULL };
const struct service session_service = { &events_interface, skeletons, NULL, NULL };
