#include "service/dispatch.h"

#include "base/env.h"
#include "base/fault.h"
#include "calls/call.h"
#include "calls/pending.h"
#include "calls/serve.h"
#include "connect/handshake.h"
#include "events/events.h"
#include "message/chunks.h"
#include "message/outgoing.h"
#include "message/reclaim.h"
#include "service/reconnect.h"
#include "service/stop.h"
#include "session/trace.h"

/* A frame of a session that is known by its token. */
static uint32_t
session_receive(struct session *session, const struct frame *frame, const void *bytes)
{
	bool untouched;

	switch (frame->type) {
	case FRAME_OPEN:
		return handshake_open(session, frame, bytes);
	case FRAME_REQUEST:
		return serve_receive(session, frame, bytes);
	case FRAME_REPLY:
		return pending_receive(session, frame, &(struct arrival){ .bytes = bytes });
	case FRAME_EVENT:
		return events_receive(session, frame, bytes);
	case FRAME_CHUNK:
		return chunks_receive(session, frame, bytes);
	case FRAME_CANCEL:
		return call_cancel(session, frame->txn);
	case FRAME_RELEASE:
		/* Its sender may ask again, not having heard the answer: it is the same. */
		untouched = frame->flags & FRAME_FLAG_OF_REPLY ? pending_is_untouched(session, frame->txn) :
								 serve_is_untouched(session, frame->txn);
		return untouched ? frame_result_refused(CDRPC_E_EXPIRED) : FRAME_RESULT_ACCEPTED;
	case FRAME_CLOSE:
		/* What it has answered before counts. */
		pending_look(session);
		session_end(session, CDRPC_E_PEER_GONE);
		return FRAME_RESULT_ACCEPTED;
	default:
		return frame_result_refused(CDRPC_E_BAD_FRAME);
	}
}

static uint32_t
frame_deliver(struct endpoint *endpoint, window_id sender, const struct frame *frame, const void *bytes)
{
	struct session *session;
	uint32_t result;

	if (frame->type == FRAME_HELLO)
		return handshake_hello(endpoint, sender, frame, bytes);
	if (frame->type == FRAME_CHALLENGE)
		return handshake_challenge(endpoint, sender, frame, bytes);
	session = session_find(endpoint, sender, frame->token);
	if (!session)
		return frame_result_refused(CDRPC_E_NO_SESSION);
	session_ref(session);
	reclaim_resume(session);
	if (session_state(session) == SESSION_OPEN && !session->is_client)
		handshake_welcomed(session, true);
	result = session_receive(session, frame, bytes);
	session_unref(session);
	return result;
}

/* For the trace. */
static enum cdrpc_route
route_of(uint16_t frame_route)
{
	switch (frame_route) {
	case FRAME_ROUTE_SECTION:
		return CDRPC_ROUTE_SECTION;
	case FRAME_ROUTE_RESIDENT:
		return CDRPC_ROUTE_RESIDENT;
	case FRAME_ROUTE_CHUNKS:
		return CDRPC_ROUTE_CHUNKS;
	default:
		return CDRPC_ROUTE_MESSAGE;
	}
}

/*
 * What is in the way of things is not worth a line, and what was judged in its room has one. A wrong token cannot be told from that of a
 * session that one side has just ended while the other spoke: the counters and the trace have it.
 */
static void
tell_refusal(const struct endpoint *endpoint, const struct frame *frame, size_t size, cdrpc_status said)
{
	bool told = frame && (frame->type == FRAME_REQUEST || frame->type == FRAME_HELLO) && said != CDRPC_E_BAD_FRAME &&
		    said != CDRPC_E_REMOTE_VERSION;

	if (!told && said != CDRPC_E_NO_SESSION && said != CDRPC_E_EXPIRED && said != CDRPC_E_DUPLICATE && said != CDRPC_E_STOPPING)
		env_log(&endpoint->env, CDRPC_LOG_WARNING, "refused a frame of %lu bytes: %s", (unsigned long)size, cdrpc_status_name(said));
}

static uint32_t
frame_receive(struct endpoint *endpoint, window_id sender, const void *bytes, size_t size)
{
	uint64_t began_us = trace_begin(endpoint);
	struct trace_line line = { .direction = TRACE_IN, .route = CDRPC_ROUTE_MESSAGE, .size = size, .began_us = began_us };
	struct frame frame;
	cdrpc_status said;
	uint32_t result;

	line.status = frame_decode(bytes, size, &frame);
	if (line.status != CDRPC_OK) {
		result = frame_result_refused(line.status);
	} else {
		fault_point(FAULT_ARRIVED, frame.type);
		result = frame_deliver(endpoint, sender, &frame, bytes);
		fault_point(FAULT_JUDGED, frame.type);
		line.frame = &frame;
		line.route = route_of(frame.route);
		line.status = frame.type == FRAME_REPLY ? frame.status : frame_result_status(frame.type, NULL, result);
	}
	/* A reply that is taken is traced where its call is known. */
	if (line.frame == NULL || frame.type != FRAME_REPLY || result != FRAME_RESULT_ACCEPTED)
		trace_write(endpoint, &line);
	if (frame_result_is_refusal(result, &said))
		tell_refusal(endpoint, line.frame, size, said);
	return result;
}

static uint32_t
receive_message(void *owner, window_id sender, const void *bytes, size_t size)
{
	struct endpoint *endpoint = endpoint_ref(owner);
	/* The endpoint may be shut meanwhile. */
	struct thread_state *shared = thread_state_hold(endpoint->thread.shared);
	uint32_t result;
	cdrpc_status said;

	if (shared->nesting >= endpoint->limits.nesting_max) {
		result = frame_result_refused(CDRPC_E_BUSY);
		env_log(&endpoint->env, CDRPC_LOG_WARNING, "refused a frame of %lu bytes: CDRPC_E_BUSY: %lu messages are being handled inside one "
			"another, see limits.nesting_max", (unsigned long)size, (unsigned long)shared->nesting);
	} else {
		if (++shared->nesting > atomic_u32_load(&endpoint->counters.deepest))
			atomic_u32_store(&endpoint->counters.deepest, shared->nesting);
		result = frame_receive(endpoint, sender, bytes, size);
		shared->nesting--;
	}
	thread_state_drop(shared);
	if (frame_result_is_refusal(result, &said)) {
		if (said == CDRPC_E_BAD_FRAME || said == CDRPC_E_NO_SESSION || said == CDRPC_E_REMOTE_VERSION)
			atomic_u64_add(&endpoint->counters.refused_frames, 1);
		else
			atomic_u64_add(&endpoint->counters.refused_calls, 1);
	}
	endpoint_unref(endpoint);
	return result;
}

/* A session with its parts. */
struct whole_session {
	struct session session;         /* first: the parts go with it */
	struct session_handshake handshake;
	struct session_messages messages;
	struct session_events events;
	struct session_calls calls;
};

static void
session_made(struct session *session)
{
	struct whole_session *whole = (struct whole_session *)session;

	session->handshake = &whole->handshake;
	session->messages = &whole->messages;
	session->events = &whole->events;
	session->calls = &whole->calls;
}

/* All that the session has under way ends with it. */
static void
session_ended(struct session *session, cdrpc_status status)
{
	reclaim_drop(session);
	events_drop(session);
	call_session_ended(session);
	pending_finish_all(session, status);
	chunks_drop(session);
	/* The bell tells the application. */
	if (reconnect_watches(session))
		port_ring(session->endpoint->port);
}

/* An endpoint with its parts. */
struct whole_endpoint {
	struct endpoint endpoint;       /* first: the parts go with it */
	struct endpoint_calls calls;
	struct endpoint_messages messages;
	struct endpoint_service service;
};

cdrpc_status
dispatch_new(const struct endpoint_options *options, struct endpoint **ret_endpoint)
{
	static const struct endpoint_up up = {
		receive_message, endpoint_bell, sizeof(struct whole_session), session_made, session_ended, events_done,
		reconnect_for_call,
	};
	struct endpoint_options served = *options;
	struct endpoint *endpoint = NULL;
	struct whole_endpoint *whole;
	cdrpc_status status;

	served.up = &up;
	status = endpoint_new(&served, sizeof *whole, &endpoint);
	if (status != CDRPC_OK)
		return status;
	whole = (struct whole_endpoint *)endpoint;
	endpoint->calls = &whole->calls;
	queue_init(&whole->calls.queue);
	whole->calls.reentry = options->reentry;
	endpoint->messages = &whole->messages;
	endpoint->service = &whole->service;
	whole->service.listener = options->listener;
	status = registry_add(&endpoint->registry, &session_service);
	if (status != CDRPC_OK) {
		endpoint_unref(endpoint);
		return status;
	}
	*ret_endpoint = endpoint;
	return CDRPC_OK;
}

void
dispatch_shut(struct endpoint *endpoint)
{
	stop_now(endpoint);
	while (endpoint->sessions.first)
		session_end(endpoint->sessions.first, CDRPC_E_CLOSED);
	call_drop_ended(endpoint);
	call_tell_cancelled(endpoint);
	bell_bury(endpoint, true);
	endpoint_close(endpoint);
	posts_close(endpoint, NULL);
	env_free(&endpoint->env, endpoint->messages->spare);
	endpoint->messages->spare = NULL;
}
