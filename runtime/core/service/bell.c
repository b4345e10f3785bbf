/* What an endpoint does when its bell rings. */
#include "calls/async.h"
#include "calls/call.h"
#include "calls/pending.h"
#include "calls/serve.h"
#include "connect/handshake.h"
#include "events/events.h"
#include "message/chunks.h"
#include "service/dispatch.h"
#include "service/stop.h"
#include "service/workers.h"

#define WINDOWS_LOOK_US UINT64_C(1000000)

/* The first of those that have ended, and whose calls have all been run, or of all. */
static struct session **
find_finished(struct endpoint *endpoint, bool any)
{
	struct session **at = &endpoint->ended;

	while (*at && !any && ((*at)->calls->queued || (*at)->calls->running))
		at = &(*at)->next;
	return at;
}

void
bell_bury(struct endpoint *endpoint, bool all)
{
	const struct endpoint_listener *listener = &endpoint->listener;
	struct session **at, *session;

	while (*(at = find_finished(endpoint, all)) != NULL) {
		session = *at;
		*at = session->next;
		if (!session->announced && listener->opened)
			listener->opened(listener->self, (struct cdrpc_peer *)session);
		if (listener->ended)
			listener->ended(listener->self, (struct cdrpc_peer *)session);
		session_unref(session);
	}
}

static void
announce(struct endpoint *endpoint)
{
	const struct endpoint_listener *listener = &endpoint->listener;
	struct session *session = endpoint->sessions;

	/* From the start again after each, for the listener may do anything. */
	while (session) {
		if (session->is_client || session->announced || session_state(session) != SESSION_OPEN ||
		    atomic_u32_load(&session->handshake->welcome) != WELCOME_TAKEN) {
			session = session->next;
			continue;
		}
		session->announced = true;
		if (listener->opened)
			listener->opened(listener->self, (struct cdrpc_peer *)session);
		session = endpoint->sessions;
	}
}

static struct session *
next_with_events(const struct endpoint *endpoint)
{
	struct session *session = endpoint->sessions;

	while (session && (session->events->round == endpoint->round || !events_waiting(session)))
		session = session->next;
	return session;
}

static void
run_events(struct endpoint *endpoint)
{
	struct session *session;

	endpoint->round++;
	/* From the start again after each, for a listener may do anything. */
	while ((session = next_with_events(endpoint)) != NULL) {
		session->events->round = endpoint->round;
		session_ref(session);
		events_run(session);
		session_unref(session);
	}
}

/* What a bell may be for: a peer that has ended, a reply that nobody waits for, calls in the queue. */
static void
look(struct endpoint *endpoint)
{
	bool windows = awake_us() - endpoint->windows_looked_us >= WINDOWS_LOOK_US;
	struct session *session, *next;

	if (windows)
		endpoint->windows_looked_us = awake_us();
	for (session = endpoint->sessions; session; session = next) {
		next = session->next;
		if (atomic_u32_load(&session->events->on_the_way))
			events_undelivered(session);
		if (session->calls->pendings)
			pending_look(session);
		chunks_look(session);
		if (session->peer.watched ? atomic_bool_load(&session->peer.ended) : !session->is_client && peer_has_ended(&session->peer))
			session_end(session, CDRPC_E_PEER_DIED);
		/* A thread can die while its process lives. */
		else if (windows && !peer_window_is_there(&session->peer))
			session_end(session, CDRPC_E_PEER_GONE);
		/* It has given up, or lets nobody know. */
		else if (atomic_u32_load(&session->handshake->welcome) == WELCOME_FAILED || handshake_is_over(session))
			session_end(session, CDRPC_E_PEER_GONE);
	}
}

void
endpoint_bell(void *owner)
{
	struct endpoint *endpoint = endpoint_ref(owner);
	struct thread_state *shared = thread_state_hold(endpoint->shared);

	endpoint_end_drops(endpoint);
	/* It may have been among them. */
	if (!endpoint->port)
		goto out;
	mail_read(endpoint);
	async_cancel_wanted(endpoint);
	endpoint_send_unsent(endpoint);
	look(endpoint);
	async_due(endpoint);
	run_events(endpoint);
	announce(endpoint);
	bell_bury(endpoint, false);
	if (shared->waits)
		serve_waiting(shared);
	else
		serve_queue(endpoint);
	stop_due(endpoint);
out:
	thread_state_drop(shared);
	endpoint_unref(endpoint);
}
