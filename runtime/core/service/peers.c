/* What a program has to do with the peer of a session, and a client with its server's process. */
#include "base/sized.h"
#include "calls/call.h"
#include "service/stop.h"
#include "session/client.h"

static void
give_facts(const struct session *session, struct cdrpc_peer_facts *ret_facts, size_t size)
{
	sized_give(&session->peer.facts, sizeof session->peer.facts, ret_facts, size);
}

void
cdrpc_peer_get_facts_sized(struct cdrpc_peer *peer, struct cdrpc_peer_facts *ret_facts, size_t size)
{
	give_facts(session_of(peer), ret_facts, size);
}

void
cdrpc_call_peer_facts_sized(const struct cdrpc_call *call, struct cdrpc_peer_facts *ret_facts, size_t size)
{
	give_facts(call->session, ret_facts, size);
}

cdrpc_status
cdrpc_client_peer_facts_sized(struct cdrpc_client *client, struct cdrpc_peer_facts *ret_facts, size_t size)
{
	/* The client may have another session at any time, by its own thread. */
	if (endpoint_is_elsewhere(client->endpoint))
		return endpoint_wrong_thread(client->endpoint, "", "cdrpc_client_peer_facts");
	give_facts(client->session, ret_facts, size);
	return CDRPC_OK;
}

struct cdrpc_peer *
cdrpc_call_peer(const struct cdrpc_call *call)
{
	return (struct cdrpc_peer *)call->session;
}

void
cdrpc_peer_set_data(struct cdrpc_peer *peer, void *data)
{
	session_of(peer)->data = data;
}

void *
cdrpc_peer_data(struct cdrpc_peer *peer)
{
	return session_of(peer)->data;
}

cdrpc_status
cdrpc_peer_disconnect(struct cdrpc_peer *peer)
{
	struct session *session = session_of(peer);

	if (endpoint_is_elsewhere(session->endpoint))
		return endpoint_wrong_thread(session->endpoint, "", "cdrpc_peer_disconnect");
	session_ref(session);
	stop_session(session);
	call_drop_queued(session);
	session_unref(session);
	return CDRPC_OK;
}
