/* Calls that nobody waits for in a call of ours: completion by a callback or by an event, cancelling, deadlines. */
#include "async.h"

#include "call.h"
#include "chunks.h"
#include "deadline.h"
#include "handshake.h"
#include "pending.h"
#include "resident.h"

#define TIMER_EARLY_US UINT64_C(32000)  /* two ticks of 15.6 ms */

bool
cdrpc_pending_is_done(struct cdrpc_pending *pending)
{
	struct session *session = pending->session;

	/* An event may have been for it. */
	resident_look(session);
	if (!pending->done && atomic_bool_load(&session->peer_ended))
		session_end(session, CDRPC_E_PEER_DIED);
	if (!pending->done && deadline_rest_ms(pending->deadline_us) == 0)
		pending_finish(pending, CDRPC_E_TIMEOUT);
	return pending->done;
}

cdrpc_status
cdrpc_pending_notify(struct cdrpc_pending *pending, void (*done)(void *self, struct cdrpc_pending *pending), void *self)
{
	struct endpoint *endpoint = pending->session->endpoint;

	if (!endpoint_on_thread(endpoint))
		return CDRPC_E_WRONG_THREAD;
	/* Where it may not be watched, its end shows at the deadline. */
	session_watch(pending->session);
	if (!pending->notify) {
		pending->next_async = endpoint->async;
		endpoint->async = pending;
	}
	pending->notify = done;
	pending->notify_self = self;
	if (pending->done)
		port_ring(endpoint->port);
	else
		async_wake_at(endpoint, pending->deadline_us);
	return CDRPC_OK;
}

cdrpc_status
cdrpc_pending_event(struct cdrpc_pending *pending, cdrpc_handle *ret_event)
{
	struct session *session = pending->session;

	if (!endpoint_on_thread(session->endpoint))
		return CDRPC_E_WRONG_THREAD;
	if (!session->resident || !session->resident->ready)
		return CDRPC_E_NOT_AVAILABLE;
	session_watch(session);
	/* Until the session's last pending call is freed the peer sets the event, too, where it would have rung the bell alone. */
	session->event_given = true;
	resident_doing(session, DOING_EITHER);
	if (cdrpc_pending_is_done(pending))
		event_set(port_event(session->endpoint->port));
	*ret_event = port_event(session->endpoint->port);
	return CDRPC_OK;
}

/* Never waits: the sender's thread tells the peer, if it can be told. */
void
cdrpc_pending_cancel(struct cdrpc_pending *pending)
{
	struct session *session = pending->session;
	struct outbox *outbox = NULL;

	if (pending->done)
		return;
	pending_finish(pending, CDRPC_E_CANCELLED);
	if (session_state(session) != SESSION_OPEN || outbox_new(session, FRAME_CANCEL, NULL, &outbox) != CDRPC_OK)
		return;
	outbox->frame.txn = pending->txn;
	if (outbox_seal(outbox, NULL) == CDRPC_OK)
		endpoint_post(session->endpoint, outbox, REPLY_SEND_MS);
	else
		outbox_free(outbox);
}

void
async_forget(struct cdrpc_pending *pending)
{
	struct cdrpc_pending **at = &pending->session->endpoint->async;

	if (!pending->notify)
		return;
	pending->notify = NULL;
	while (*at != pending)
		at = &(*at)->next_async;
	*at = pending->next_async;
}

static struct cdrpc_pending *
next_done(const struct endpoint *endpoint)
{
	struct cdrpc_pending *pending = endpoint->async;

	while (pending && !cdrpc_pending_is_done(pending))
		pending = pending->next_async;
	return pending;
}

static void
complete(struct endpoint *endpoint)
{
	void (*notify)(void *self, struct cdrpc_pending *pending);
	struct cdrpc_pending *pending;

	/* From the start again after each, for the callback may do anything. */
	while ((pending = next_done(endpoint)) != NULL) {
		notify = pending->notify;
		async_forget(pending);
		notify(pending->notify_self, pending);
	}
}

void
async_wake_at(struct endpoint *endpoint, uint64_t deadline_us)
{
	uint32_t rest_ms;

	if (endpoint->wake_us != 0 && endpoint->wake_us <= deadline_us)
		return;
	endpoint->wake_us = deadline_us;
	rest_ms = deadline_rest_ms(deadline_us);
	port_wake_in(endpoint->port, rest_ms ? rest_ms : 1);
}

void
async_due(struct endpoint *endpoint)
{
	const struct cdrpc_pending *pending;
	const struct session *session;
	uint64_t now, soonest, chunks_due, handshake_due;

	complete(endpoint);
	if (endpoint->wake_us == 0)
		return;
	now = clock_us();
	if (now < endpoint->wake_us) {
		/* The system's timer may be a tick early, and would be back only after the whole time. */
		if (endpoint->wake_us - now < TIMER_EARLY_US)
			port_wake_in(endpoint->port, deadline_rest_ms(endpoint->wake_us));
		return;
	}
	endpoint->wake_us = 0;
	soonest = call_abandon_overdue(endpoint);
	for (session = endpoint->sessions; session; session = session->next) {
		if (session->retry_us && session->retry_us < soonest)
			soonest = session->retry_us;
	}
	handshake_due = handshake_end_overdue(endpoint);
	soonest = handshake_due < soonest ? handshake_due : soonest;
	chunks_due = chunks_end_overdue(endpoint);
	soonest = chunks_due < soonest ? chunks_due : soonest;
	for (pending = endpoint->async; pending; pending = pending->next_async)
		soonest = pending->deadline_us < soonest ? pending->deadline_us : soonest;
	if (soonest != UINT64_MAX)
		async_wake_at(endpoint, soonest);
	else
		port_wake_in(endpoint->port, 0);
}
