#include "session/peer.h"

#define ERROR_ACCESS_DENIED_CODE 5

cdrpc_status
outcome_classify(const struct outcome_facts *facts)
{
	/* Error 5 also means, on Wine, that the process died during the call: so death is looked at before it. */
	if (facts->process_ended)
		return CDRPC_E_PEER_DIED;
	if (!facts->window_exists)
		return CDRPC_E_PEER_GONE;
	if (facts->os_error == ERROR_ACCESS_DENIED_CODE)
		return CDRPC_E_ACCESS;
	if (facts->window_hung)
		return CDRPC_E_HUNG;
	return CDRPC_E_TIMEOUT;
}

bool
peer_has_ended(const struct peer *peer)
{
	return !process_is_alive(peer->process);
}

bool
peer_window_is_there(const struct peer *peer)
{
	uint32_t process_id;

	return window_thread(peer->window, &process_id) == peer->thread && process_id == peer->facts.process_id;
}

enum peer_state
peer_look(const struct peer *peer)
{
	if (peer_has_ended(peer))
		return PEER_ENDED;
	return peer_window_is_there(peer) ? PEER_LIVES : PEER_WINDOW_GONE;
}

bool
peer_same(const struct peer *a, const struct peer *b)
{
	return a == b || (a->facts.process_id == b->facts.process_id && a->facts.thread_id == b->facts.thread_id);
}

cdrpc_status
peer_diagnose(const struct peer *peer, uint32_t os_error, uint32_t death_wait_ms)
{
	struct outcome_facts facts = {
		.process_ended = process_ends_within(peer->process, death_wait_ms),
		.window_exists = peer_window_is_there(peer),
		.window_hung = window_is_hung(peer->window),
		.os_error = os_error,
	};

	return outcome_classify(&facts);
}
