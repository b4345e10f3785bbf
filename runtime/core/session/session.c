#include "session/session.h"

#include <string.h>

#include "base/env.h"
#include "base/list.h"
#include "session/endpoint.h"
#include "session/resident.h"

/* The process is the session's, or, on failure, the caller's. */
static cdrpc_status
session_make(struct endpoint *endpoint, window_id window, struct process *process, struct session **ret_session)
{
	struct session *session;

	session = env_alloc(&endpoint->env, endpoint->up->session_size);
	if (!session)
		return CDRPC_E_NOMEM;
	memset(session, 0, endpoint->up->session_size);
	endpoint->up->session_made(session);
	session->peer.process = process;
	session->peer.facts = *process_facts(process);
	if (endpoint->hooks.facts)
		endpoint->hooks.facts(endpoint->hooks.self, &session->peer.facts);
	atomic_u32_store(&session->refs, 1);
	atomic_u32_store(&session->state, SESSION_GREETED);
	session->endpoint = endpoint_ref(endpoint);
	session->peer.window = window;
	session->peer.thread = process_facts(process)->thread_id;
	session->terms.inline_max = endpoint->limits.inline_max;
	session->terms.body_max = endpoint->limits.body_max;
	session->next = endpoint->sessions.first;
	endpoint->sessions.first = session;
	atomic_u32_add(&endpoint->sessions.count, 1);
	*ret_session = session;
	return CDRPC_OK;
}

cdrpc_status
session_new(struct endpoint *endpoint, window_id window, struct session **ret_session)
{
	struct process *process = NULL;
	cdrpc_status status;

	status = process_open(&endpoint->env, window, &process);
	if (status != CDRPC_OK)
		return status;
	status = session_make(endpoint, window, process, ret_session);
	if (status == CDRPC_OK)
		(*ret_session)->is_client = true;
	else
		process_close(process);
	return status;
}

cdrpc_status
session_of_peer(struct endpoint *endpoint, window_id window, struct process *process, uint64_t greeting,
		struct session **ret_session)
{
	cdrpc_status status = session_make(endpoint, window, process, ret_session);

	if (status == CDRPC_OK) {
		(*ret_session)->greeting = greeting;
		return CDRPC_OK;
	}
	process_close(process);
	quota_end_handshake(endpoint->quota, greeting);
	quota_drop_session(endpoint->quota);
	return status;
}

struct session *
session_ref(struct session *session)
{
	atomic_u32_add(&session->refs, 1);
	return session;
}

void
session_unref(struct session *session)
{
	struct endpoint *endpoint;

	if (!session || atomic_u32_sub(&session->refs, 1) != 1)
		return;
	endpoint = session->endpoint;
	endpoint->up->session_freed(session);
	resident_free(session);
	process_close(session->peer.process);
	env_free(&endpoint->env, session->terms.interfaces);
	env_wipe(session->token, sizeof session->token);
	env_free(&endpoint->env, session);
	endpoint_unref(endpoint);
}

void
session_end(struct session *session, cdrpc_status status)
{
	struct endpoint *endpoint = session->endpoint;
	bool was_open = session_state(session) == SESSION_OPEN;

	if (session_state(session) == SESSION_ENDED)
		return;
	session->end_status = status;
	atomic_u32_store(&session->state, SESSION_ENDED);
	process_unwatch(session->peer.process);
	LIST_REMOVE(struct session, &endpoint->sessions.first, session, next);
	atomic_u32_sub(&endpoint->sessions.count, 1);
	if (!session->is_client) {
		quota_end_handshake(endpoint->quota, session->greeting);
		quota_drop_session(endpoint->quota);
	}
	endpoint->up->session_ended(session, status);
	/* A handler may have seen the peer before it was announced, so the application is told of its end in any case. */
	if (session->is_client || !was_open) {
		session_unref(session);
		return;
	}
	session->next = endpoint->sessions.ended;
	endpoint->sessions.ended = session;
	port_ring(endpoint->port);
}

static bool
tokens_equal(const uint8_t *a, const uint8_t *b)
{
	unsigned int difference = 0;
	size_t i;

	for (i = 0; i < FRAME_TOKEN_SIZE; i++)
		difference |= (unsigned int)(a[i] ^ b[i]);
	return difference == 0;
}

struct session *
session_find(const struct endpoint *endpoint, window_id window, const uint8_t token[FRAME_TOKEN_SIZE])
{
	struct session *session;

	for (session = endpoint->sessions.first; session; session = session->next) {
		if (session->peer.window == window && (!session->is_client || session_state(session) != SESSION_GREETED) &&
		    tokens_equal(session->token, token))
			return session;
	}
	return NULL;
}

uint16_t
session_interface_version(const struct session *session, uint64_t interface_id)
{
	uint32_t low = 0, high = session->terms.interface_count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (session->terms.interfaces[middle].id < interface_id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == session->terms.interface_count || session->terms.interfaces[low].id != interface_id)
		return 0;
	return session->terms.interfaces[low].version;
}

void
session_frame(const struct session *session, enum frame_type type, struct frame *ret_frame)
{
	memset(ret_frame, 0, sizeof *ret_frame);
	ret_frame->type = (uint16_t)type;
	memcpy(ret_frame->token, session->token, sizeof ret_frame->token);
}
