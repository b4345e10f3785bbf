/* The system tells when the process at the other end of a session ends. */
#include "session/endpoint.h"
#include "session/session.h"

/* The endpoint's next bell drops the session; who waits for an event looks, too. */
static void
peer_ended(void *owner)
{
	struct session *session = (struct session *)owner;

	atomic_bool_store(&session->peer.ended, true);
	event_set(port_event(session->endpoint->port));
	port_ring(session->endpoint->port);
}

cdrpc_status
session_watch(struct session *session)
{
	cdrpc_status status = CDRPC_OK;

	if (!session->peer.watched && session_state(session) != SESSION_ENDED) {
		status = process_watch(session->peer.process, peer_ended, session);
		session->peer.watched = status == CDRPC_OK;
	}
	return status;
}
