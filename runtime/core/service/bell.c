/* What an endpoint does when its bell rings. */
#include "base/deadline.h"
#include "calls/call.h"
#include "calls/pending.h"
#include "calls/serve.h"
#include "calls/wait.h"
#include "connect/handshake.h"
#include "events/events.h"
#include "message/chunks.h"
#include "service/dispatch.h"
#include "service/reconnect.h"
#include "service/stop.h"
#include "service/workers.h"
#include "session/resident.h"

#define TIMER_EARLY_US UINT64_C(32000)  /* two ticks of 15.6 ms */
#define WINDOWS_LOOK_US UINT64_C(1000000)

/* The first session in endpoint->sessions.ended that has no call queued or running; with 'any', simply the first. */
static struct session **
find_finished(struct endpoint *endpoint, bool any)
{
	struct session **at = &endpoint->sessions.ended;

	while (*at && !any && ((*at)->calls->queued || (*at)->calls->running))
		at = &(*at)->next;
	return at;
}

void
bell_bury(struct endpoint *endpoint, bool all)
{
	const struct endpoint_listener *listener = &endpoint->service->listener;
	struct session **at, *session;

	while (*(at = find_finished(endpoint, all)) != NULL) {
		session = *at;
		if (!session->announced) {
			/* It stays in the list, where it is found if the listener frees the server. */
			session->announced = true;
			if (listener->opened)
				listener->opened(listener->self, (struct cdrpc_peer *)session);
			continue;
		}
		*at = session->next;
		if (listener->ended)
			listener->ended(listener->self, (struct cdrpc_peer *)session);
		session_unref(session);
	}
}

static void
announce(struct endpoint *endpoint)
{
	const struct endpoint_listener *listener = &endpoint->service->listener;
	struct session *session = endpoint->sessions.first;

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
		session = endpoint->sessions.first;
	}
}

static struct session *
next_with_events(const struct endpoint *endpoint)
{
	struct session *session = endpoint->sessions.first;

	while (session && (session->events->round == endpoint->service->round || !events_waiting(session)))
		session = session->next;
	return session;
}

static void
run_all_events(struct endpoint *endpoint)
{
	struct session *session;

	endpoint->service->round++;
	/* From the start again after each, for a listener may do anything. */
	while ((session = next_with_events(endpoint)) != NULL) {
		session->events->round = endpoint->service->round;
		session_ref(session);
		events_run(session);
		session_unref(session);
	}
}

static uint64_t
window_gone_at(const struct session *session)
{
	return session->peer.window_missed_us + DEATH_WAIT_MS * UINT64_C(1000);
}

/*
 * Whether the window, and not with it the process, has gone: a thread can die while its process lives. Of a process that is ending the
 * windows go first, so that has a moment to show.
 */
static bool
window_is_gone(struct session *session)
{
	if (peer_window_is_there(&session->peer)) {
		session->peer.window_missed_us = 0;
		return false;
	}
	if (session->peer.window_missed_us == 0) {
		session->peer.window_missed_us = awake_us();
		endpoint_wake_at(session->endpoint, window_gone_at(session));
	}
	return awake_us() >= window_gone_at(session);
}

/* What a bell may be for: a peer that has ended, a reply that nobody waits for, calls in the queue. */
static void
look_at_sessions(struct endpoint *endpoint)
{
	bool windows = awake_us() - endpoint->service->windows_looked_us >= WINDOWS_LOOK_US;
	struct session *session, *next;

	if (windows)
		endpoint->service->windows_looked_us = awake_us();
	for (session = endpoint->sessions.first; session; session = next) {
		next = session->next;
		if (atomic_u32_load(&session->events->on_the_way))
			events_undelivered(session);
		if (session->calls->pendings)
			pending_look(session);
		chunks_look(session);
		resident_tell_again(session);
		if (session->peer.watched ? atomic_bool_load(&session->peer.ended) : !session->is_client && peer_has_ended(&session->peer))
			session_end(session, CDRPC_E_PEER_DIED);
		else if ((windows || session->peer.window_missed_us) && window_is_gone(session))
			session_end(session, CDRPC_E_PEER_GONE);
		/* It has given up, or lets nobody know. */
		else if (atomic_u32_load(&session->handshake->welcome) == WELCOME_FAILED || handshake_is_over(session))
			session_end(session, CDRPC_E_PEER_GONE);
	}
}

static uint64_t
earliest(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/*
 * When the bell has to ring for somebody who tells nothing: a peer whose thread ends leaves a process that lives and a window that is
 * gone, and a call that is done is told of by whoever answers it.
 */
static uint64_t
look_again_at(const struct endpoint *endpoint, uint64_t now)
{
	const struct session *session = endpoint->sessions.first;

	while (session && session->is_client && !reconnect_watches(session))
		session = session->next;
	return session || endpoint->calls->async ? now + COMPLETION_LOOK_US : UINT64_MAX;
}

/* Tells of what is complete, ends what is overdue, and sees to the next time. */
static void
run_due(struct endpoint *endpoint)
{
	const struct cdrpc_pending *pending;
	const struct session *session;
	uint64_t now, soonest;

	completion_run(endpoint);
	if (endpoint->wake_us == 0)
		return;
	now = awake_us();
	if (now < endpoint->wake_us) {
		/* The system's timer may be a tick early, and would be back only after the whole time. */
		if (endpoint->wake_us - now < TIMER_EARLY_US)
			port_wake_in(endpoint->port, deadline_rest_ms(endpoint->wake_us));
		return;
	}
	endpoint->wake_us = 0;
	soonest = call_abandon_overdue(endpoint);
	soonest = earliest(soonest, handshake_end_overdue(endpoint));
	soonest = earliest(soonest, chunks_end_overdue(endpoint));
	soonest = earliest(soonest, look_again_at(endpoint, now));
	soonest = earliest(soonest, reconnect_due(endpoint));
	for (session = endpoint->sessions.first; session; session = session->next) {
		if (session->events->retry_us)
			soonest = earliest(soonest, session->events->retry_us);
		if (session->peer.window_missed_us)
			soonest = earliest(soonest, window_gone_at(session));
		if (resident_is_untold(session))
			soonest = earliest(soonest, now + RESIDENT_UNTOLD_US);
	}
	for (pending = endpoint->calls->async; pending; pending = pending->next_async)
		soonest = earliest(soonest, pending->deadline_us);
	if (soonest != UINT64_MAX)
		endpoint_wake_at(endpoint, soonest);
	else
		port_wake_in(endpoint->port, 0);
}

void
endpoint_bell(void *owner)
{
	struct endpoint *endpoint = endpoint_ref(owner);
	struct thread_state *shared = thread_state_hold(endpoint->thread.shared);

	/* Whoever waits dispatches no bell: this is a loop inside of the wait. */
	wait_interrupt(shared);
	endpoint_end_drops(endpoint);
	/* It may have been among them. */
	if (!endpoint->port)
		goto out;
	mail_read(endpoint);
	pending_cancel_wanted(endpoint);
	endpoint_send_unsent(endpoint);
	look_at_sessions(endpoint);
	reconnect_run(endpoint);
	run_due(endpoint);
	call_tell_cancelled(endpoint);
	run_all_events(endpoint);
	announce(endpoint);
	bell_bury(endpoint, false);
	posts_run(endpoint);
	if (shared->waits)
		serve_waiting(shared);
	else
		serve_queue(endpoint);
	stop_due(endpoint);
out:
	thread_state_drop(shared);
	endpoint_unref(endpoint);
}
