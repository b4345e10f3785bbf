#include "service/stop.h"

#include "base/deadline.h"
#include "calls/call.h"
#include "calls/serve.h"
#include "message/outgoing.h"
#include "message/send.h"

#define DRAIN_MS        1000
#define TELL_MS         250     /* for peers to hear of it */

void
stop_begin(struct endpoint *endpoint, bool at_once)
{
	if (at_once)
		atomic_bool_store(&endpoint->service->stop.at_once, true);
	atomic_bool_store(&endpoint->stopping, true);
	endpoint_ring(endpoint);
}

bool
stop_is_over(const struct endpoint *endpoint)
{
	return endpoint->service->stop.phase == STOP_OVER;
}

/* Calls of the peer's that have not ended, and answers that are on their way. */
static bool
has_work(struct session *session)
{
	bool calls;

	lock_take(&session->endpoint->lock);
	calls = session->calls->live != NULL;
	lock_drop(&session->endpoint->lock);
	return calls || atomic_u32_load(&session->messages->posted) || atomic_u32_load(&session->messages->chunk_count);
}

static bool
is_busy(const struct endpoint *endpoint)
{
	struct session *session;

	for (session = endpoint->sessions.first; session; session = session->next) {
		if (session_state(session) == SESSION_OPEN && has_work(session))
			return true;
	}
	return false;
}

/* The sender's thread. */
static void
told(struct outgoing *outgoing, const struct send_outcome *outcome)
{
	(void)outcome;
	atomic_u32_sub(&outgoing->session->endpoint->service->stop.telling, 1);
	endpoint_ring(outgoing->session->endpoint);
}

static void
tell_of_stop(struct session *session)
{
	struct endpoint *endpoint = session->endpoint;
	struct outgoing *outgoing = NULL;

	if (session_state(session) != SESSION_OPEN || outgoing_new(session, FRAME_CLOSE, NULL, &outgoing) != CDRPC_OK)
		return;
	outgoing->sent = told;
	if (outgoing_seal(outgoing, NULL) == CDRPC_OK) {
		atomic_u32_add(&endpoint->service->stop.telling, 1);
		outgoing_post(outgoing, TELL_MS);
	} else {
		outgoing_free(outgoing);
	}
}

/* What the endpoint has opened itself is its clients' to close. */
static struct session *
next_of_peers(const struct endpoint *endpoint)
{
	struct session *session = endpoint->sessions.first;

	while (session && session->is_client)
		session = session->next;
	return session;
}

void
stop_session(struct session *session)
{
	tell_of_stop(session);
	session_end(session, CDRPC_E_CLOSED);
}

static void
end_sessions(struct endpoint *endpoint)
{
	struct session *session;

	while ((session = next_of_peers(endpoint)) != NULL)
		stop_session(session);
	call_drop_ended(endpoint);
}

/* When the next phase begins in any case. */
static void
await(struct endpoint *endpoint, enum stop_phase phase, uint32_t timeout_ms)
{
	if (endpoint->service->stop.phase == phase)
		return;
	endpoint->service->stop.phase = phase;
	endpoint->service->stop.until_us = deadline_in(timeout_ms);
}

void
stop_due(struct endpoint *endpoint)
{
	struct stop *stop = &endpoint->service->stop;

	if (!atomic_bool_load(&endpoint->stopping) || !endpoint->port || stop->phase == STOP_OVER)
		return;
	if (stop->phase < STOP_TELLS) {
		await(endpoint, STOP_DRAINS, DRAIN_MS);
		if (!atomic_bool_load(&stop->at_once) && !deadline_is_over(stop->until_us) && is_busy(endpoint)) {
			endpoint_wake_at(endpoint, stop->until_us);
			return;
		}
		end_sessions(endpoint);
		await(endpoint, STOP_TELLS, TELL_MS);
	}
	if (atomic_u32_load(&stop->telling) && !deadline_is_over(stop->until_us)) {
		endpoint_wake_at(endpoint, stop->until_us);
		return;
	}
	/* Of what has ended the application is told by the next bell, which the end of the last handler rings where one runs. */
	if (endpoint->sessions.ended)
		return;
	stop->phase = STOP_OVER;
	port_quit(endpoint->port);
}

void
stop_now(struct endpoint *endpoint)
{
	uint64_t until_us = deadline_in(TELL_MS);

	atomic_bool_store(&endpoint->stopping, true);
	if (!endpoint->port)
		return;
	end_sessions(endpoint);
	while (atomic_u32_load(&endpoint->service->stop.telling) && !deadline_is_over(until_us) && port_can_wait(endpoint->port))
		port_wait(endpoint->port, NULL, deadline_rest_ms(until_us));
}
