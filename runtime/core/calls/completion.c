/* Calls that nobody waits for in a call of ours: completion by a callback or by an event, and deadlines. */
#include "base/deadline.h"
#include "base/list.h"
#include "calls/pending.h"
#include "calls/serve.h"
#include "session/client.h"
#include "session/resident.h"

bool
cdrpc_pending_is_done(struct cdrpc_pending *pending)
{
	struct session *session = pending->session;

	if (endpoint_is_elsewhere(session->endpoint))
		return atomic_bool_load(&pending->ended);
	/* An event may have been for it. */
	pending_look(session);
	if (!pending->done && atomic_bool_load(&session->peer.ended))
		session_end(session, CDRPC_E_PEER_DIED);
	if (!pending->done && deadline_is_over(pending->deadline_us))
		pending_finish(pending, CDRPC_E_TIMEOUT);
	return pending->done;
}

cdrpc_status
cdrpc_pending_notify(struct cdrpc_pending *pending, void (*done)(void *self, struct cdrpc_pending *pending), void *self)
{
	struct endpoint *endpoint = pending->session->endpoint;
	uint64_t again_us = awake_us() + COMPLETION_LOOK_US;

	/* With a client of its own the endpoint has no thread any more. */
	if (pending->client && atomic_bool_load(&pending->client->freed))
		return CDRPC_E_CLOSED;
	if (!endpoint_on_thread(endpoint))
		return endpoint_wrong_thread(endpoint, "", "cdrpc_pending_notify");
	/* Where it may not be watched, its end shows at the deadline. */
	session_watch(pending->session);
	if (!pending->notify) {
		pending->next_async = endpoint->calls->async;
		endpoint->calls->async = pending;
	}
	pending->notify = done;
	pending->notify_self = self;
	if (pending->done)
		port_ring(endpoint->port);
	else
		endpoint_wake_at(endpoint, pending->deadline_us < again_us ? pending->deadline_us : again_us);
	return CDRPC_OK;
}

cdrpc_status
cdrpc_pending_event(struct cdrpc_pending *pending, cdrpc_handle *ret_event)
{
	struct session *session = pending->session;

	if (!endpoint_on_thread(session->endpoint))
		return endpoint_wrong_thread(session->endpoint, "", "cdrpc_pending_event");
	if (!session->resident || !session->resident->ready)
		return CDRPC_E_NOT_AVAILABLE;
	session_watch(session);
	/* Until the session's last pending call is freed the peer sets the event, too, where it would have rung the bell alone. */
	session->calls->event_given = true;
	resident_doing(session, DOING_EITHER);
	if (cdrpc_pending_is_done(pending))
		event_set(port_event(session->endpoint->port));
	*ret_event = port_event(session->endpoint->port);
	return CDRPC_OK;
}

void
completion_forget(struct cdrpc_pending *pending)
{
	if (!pending->notify)
		return;
	pending->notify = NULL;
	LIST_REMOVE(struct cdrpc_pending, &pending->session->endpoint->calls->async, pending, next_async);
}

static struct cdrpc_pending *
next_done(const struct endpoint *endpoint)
{
	struct cdrpc_pending *pending = endpoint->calls->async;

	while (pending && !cdrpc_pending_is_done(pending))
		pending = pending->next_async;
	return pending;
}

void
completion_run(struct endpoint *endpoint)
{
	void (*notify)(void *self, struct cdrpc_pending *pending);
	struct cdrpc_pending *pending;

	/* From the start again after each, for the callback may do anything. */
	while ((pending = next_done(endpoint)) != NULL) {
		notify = pending->notify;
		completion_forget(pending);
		if (!pending->client || !atomic_bool_load(&pending->client->freed))
			notify(pending->notify_self, pending);
	}
}
