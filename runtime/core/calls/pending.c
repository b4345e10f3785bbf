#include "calls/pending.h"

#include <string.h>

#include "base/deadline.h"
#include "base/env.h"
#include "base/list.h"
#include "base/pool.h"
#include "calls/call.h"
#include "calls/mistakes.h"
#include "calls/serve.h"
#include "calls/wait.h"
#include "events/events.h"
#include "message/chunks.h"
#include "message/reclaim.h"
#include "message/send.h"
#include "session/client.h"
#include "session/endpoint.h"
#include "session/resident.h"
#include "session/trace.h"

cdrpc_status
pending_new(struct session *session, uint64_t deadline_us, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_pending *pending = env_alloc(pool_env(session->endpoint->pool), sizeof *pending);

	if (!pending)
		return CDRPC_E_NOMEM;
	memset(pending, 0, sizeof *pending);
	pending->mark = PENDING_MARK;
	pending->session = session_ref(session);
	pending->txn = ++session->next_txn;
	pending->started_us = clock_us();
	pending->deadline_us = deadline_us;
	pending->next = session->calls->pendings;
	session->calls->pendings = pending;
	*ret_pending = pending;
	return CDRPC_OK;
}

void
pending_free(struct cdrpc_pending *pending)
{
	struct session *session;

	if (!pending)
		return;
	pending_finish(pending, CDRPC_E_CANCELLED);
	completion_forget(pending);
	chunks_forget(pending->session, true, false, pending->txn);
	chunks_forget(pending->session, false, true, pending->txn);
	incoming_free(pending->incoming);
	session = pending->session;
	LIST_REMOVE(struct cdrpc_pending, &session->calls->pendings, pending, next);
	/* Nobody waits for the event that cdrpc_pending_event() has promised. Where one is waited for, there is a pending call. */
	if (!session->calls->pendings && session->calls->event_given) {
		session->calls->event_given = false;
		resident_doing(session, DOING_OTHER);
	}
	client_unref(pending->client);
	pending->mark = 0;
	env_free(pool_env(session->endpoint->pool), pending);
	session_unref(session);
}

cdrpc_status
pending_obstacle(const struct cdrpc_pending *pending, const struct cdrpc_method *method)
{
	if (!pending || pending->mark != PENDING_MARK) {
		env_log(NULL, CDRPC_LOG_ERROR, "%s: its _finish was called for no pending call, or for one that was finished before", method->name);
		return CDRPC_E_STATE;
	}
	if (endpoint_is_elsewhere(pending->session->endpoint))
		return endpoint_wrong_thread(pending->session->endpoint, pending->iface->name, pending->method->name);
	/* Not by addresses alone: a program and its DLLs may each have a description. */
	if (pending->method == method || (pending->method->ordinal == method->ordinal && strcmp(pending->method->name, method->name) == 0))
		return CDRPC_OK;
	mistake_in_finishing(pending, method);
	return CDRPC_E_STATE;
}

void
pending_finish(struct cdrpc_pending *pending, cdrpc_status status)
{
	if (pending->done)
		return;
	pending->done = true;
	atomic_bool_store(&pending->ended, true);
	pending->status = status;
	if (pending->notify)
		port_ring(pending->session->endpoint->port);
}

void
pending_give_up(struct cdrpc_pending *pending, cdrpc_status status)
{
	struct session *session = pending->session;

	if ((status == CDRPC_E_PEER_DIED || status == CDRPC_E_PEER_GONE) && session_state(session) == SESSION_OPEN)
		session_end(session, status);
	pending_finish(pending, status);
}

/* A body in pieces. That no answer came to one, or not in time, is looked into: the peer's end shows as that first. */
static cdrpc_status
request_taken(void *self, cdrpc_status status)
{
	struct cdrpc_pending *pending = (struct cdrpc_pending *)self;

	if (!pending->done && status == CDRPC_E_TIMEOUT)
		status = peer_diagnose(&pending->session->peer, 0, DEATH_WAIT_MS);
	pending_finish(pending, status);
	return CDRPC_OK;
}

/* That the peer does not know its own reply any more is no answer of its. */
static cdrpc_status
reply_arrived(void *self, cdrpc_status status)
{
	return request_taken(self, status == CDRPC_OK || status == CDRPC_E_TIMEOUT ? status : CDRPC_E_PROTOCOL);
}

static uint32_t
send_time_ms(const struct cdrpc_pending *pending, uint32_t rest_ms)
{
	uint32_t most_ms = pending->client ? pending->client->send_timeout_ms : 0;

	return most_ms != 0 && most_ms < rest_ms ? most_ms : rest_ms;
}

/* A status that has a meaning on this side only is not the peer's to give, nor is an error of the interface where a call has none: a oneway,
 * and those of the protocol's own. */
static cdrpc_status
said_by_peer(const struct cdrpc_pending *pending, cdrpc_status status)
{
	bool may_fail = pending->method && !(pending->method->flags & CDRPC_METHOD_ONEWAY) && pending->iface != &events_interface;

	return status == CDRPC_OK || (status > 0 && may_fail) || status_is_remote(status) ? status : CDRPC_E_PROTOCOL;
}

void
pending_send(struct cdrpc_pending *pending, struct outgoing *outgoing)
{
	struct session *session = pending->session;
	struct endpoint *endpoint = session->endpoint;
	struct frame *frame = &outgoing->frame;
	struct send_outcome outcome;
	enum resident_doing before;
	struct wait wait;

	wait_begin(pending, &wait);
	frame->txn = pending->txn;
	memcpy(frame->causality, pending->causality.id, sizeof frame->causality);
	frame->depth = pending->causality.depth;
	frame->deadline_ms = deadline_rest_ms(pending->deadline_us);
	frame_encode(frame, outgoing->bytes);
	pending->request_route = outgoing->route;
	pending->request_bytes = outgoing->body_bytes;
	before = resident_doing(session, DOING_SEND);
	port_sending(endpoint->port, true);
	outgoing_serve(outgoing, pending->deadline_us, &(struct chunks_owner){ request_taken, pending });
	outgoing_publish(outgoing);
	outgoing->waits_for_hung = pending->client && pending->client->wait_while_hung;
	outgoing_send(outgoing, send_time_ms(pending, frame->deadline_ms), &outcome);
	outgoing_conclude(outgoing, &outcome);
	if (endpoint->port)
		port_sending(endpoint->port, false);
	if (outcome.answered)
		reclaim_resume(session);
	wait_do_again(session, before);
	pending_look(session);
	wait_end(pending, &wait);
	/* A handler of ours, run meanwhile, can make the send report a timeout although the reply is here. */
	if (pending->done)
		return;
	if (!outcome.answered || outcome.result == FRAME_RESULT_NONE) {
		pending_give_up(pending, peer_diagnose(&session->peer, outcome.os_error, DEATH_WAIT_MS));
	} else if (outcome.result != FRAME_RESULT_ACCEPTED) {
		pending->reply_route = CDRPC_ROUTE_VALUE;
		pending_finish(pending, said_by_peer(pending, frame_result_status(frame->type, pending->method, outcome.result)));
	}
}

/* What it means here that a reply had to be refused. What a process has named is not to be had any more when it has ended. */
static cdrpc_status
reply_trouble(const struct session *session, cdrpc_status refusal)
{
	switch (refusal) {
	case CDRPC_E_REMOTE_NOMEM:
		return CDRPC_E_NOMEM;
	case CDRPC_E_REMOTE_LIMIT:
		return CDRPC_E_TOO_LARGE;
	default:
		return peer_has_ended(&session->peer) ? CDRPC_E_PEER_DIED : CDRPC_E_PROTOCOL;
	}
}

/* Whether it has ended or not; NULL: it is freed, or there never was one. */
static struct cdrpc_pending *
find_pending(const struct session *session, uint64_t txn)
{
	struct cdrpc_pending *pending = session->calls->pendings;

	while (pending && pending->txn != txn)
		pending = pending->next;
	return pending;
}

/* Marks the REPLY of a transaction as seen, and tells whether it had been seen, or asked for by RELEASE, before. */
static bool
answer_seen(struct session *session, uint64_t txn)
{
	struct cdrpc_pending *pending = find_pending(session, txn);
	bool seen;

	/* Only requests that were made move the window, so a peer cannot make it forget those that wait. */
	if (txn > session->next_txn)
		return false;
	seen = seen_test_and_set(&session->calls->replies_seen, txn);
	/* A kept call may be answered after any number of later ones: its pending call knows when the window has forgotten. */
	if (pending) {
		seen = pending->answered;
		pending->answered = true;
	}
	return seen;
}

/* Refuses it, having touched nothing that came with it; what that means for its call, that has been told. */
static cdrpc_status
take_reply(struct session *session, const struct frame *frame, struct arrival *arrival, struct cdrpc_pending *pending)
{
	cdrpc_status status;

	if (!pending || pending->done)
		return CDRPC_E_EXPIRED;
	pending->reply_route = arrival->slot ? CDRPC_ROUTE_RESIDENT : CDRPC_ROUTE_MESSAGE;
	if (frame->status == CDRPC_OK && (frame->body_size || frame->handle_count)) {
		status = incoming_new(session, frame, arrival, pending->method, &pending->incoming);
		if (status == CDRPC_OK && frame->route != FRAME_ROUTE_FRAME)
			pending->reply_route = pending->incoming->route;
		if (status == CDRPC_OK && frame->route == FRAME_ROUTE_CHUNKS)
			status = chunks_expect(session, FRAME_REPLY, pending->txn, pending->incoming, pending->deadline_us,
					       &(struct chunks_owner){ reply_arrived, pending });
		if (status != CDRPC_OK) {
			pending_finish(pending, reply_trouble(session, status));
			return status;
		}
	}
	/* Nothing can fail after it. */
	status = pending->accept && frame->status == CDRPC_OK ? pending->accept(pending, frame) : CDRPC_OK;
	if (status != CDRPC_OK) {
		pending_finish(pending, status == CDRPC_E_PROTOCOL ? reply_trouble(session, CDRPC_E_BAD_FRAME) : status);
		return status == CDRPC_E_NOMEM ? CDRPC_E_REMOTE_NOMEM : CDRPC_E_BAD_FRAME;
	}
	if (frame->route != FRAME_ROUTE_CHUNKS)
		pending_finish(pending, said_by_peer(pending, frame->status));
	trace_write(session->endpoint, &(struct trace_line){ TRACE_IN, frame, pending->iface, pending->method,
							     pending->reply_route,
							     arrival->slot ? 0 : frame->frame_size,
							     frame->status, pending->started_us });
	return CDRPC_OK;
}

uint32_t
pending_receive(struct session *session, const struct frame *frame, struct arrival *arrival)
{
	cdrpc_status status;

	if (session_state(session) == SESSION_GREETED)
		return frame_result_refused(CDRPC_E_BAD_FRAME);
	/* DUPLICATE: what came with it was taken when it came first, or never is. EXPIRED: nobody has touched it. */
	if (answer_seen(session, frame->txn))
		return frame_result_refused(CDRPC_E_DUPLICATE);
	status = take_reply(session, frame, arrival, find_pending(session, frame->txn));
	if (status == CDRPC_OK)
		return FRAME_RESULT_ACCEPTED;
	if (frame->txn <= session->next_txn)
		seen_test_and_set(&session->calls->replies_untouched, frame->txn);
	return frame_result_refused(status);
}

bool
pending_is_untouched(struct session *session, uint64_t txn)
{
	/* Of a request that was not made: it has no bit, which would move the window. */
	if (txn > session->next_txn)
		return true;
	if (!answer_seen(session, txn))
		seen_test_and_set(&session->calls->replies_untouched, txn);
	return seen_is_marked(&session->calls->replies_untouched, txn);
}

void
pending_look(struct session *session)
{
	struct resident *resident = session->resident;
	struct slot_view view;
	struct frame frame;
	uint32_t at = 0;

	if (!resident || !resident->ready)
		return;
	while (slots_next(&resident->reader, SLOT_BY_EVENT, &at, &view)) {
		struct arrival arrival = { view.bytes, &view, false };

		/* The header is copied before it is judged; a body is copied after that. */
		if (frame_decode(view.bytes, view.size, &frame) == CDRPC_OK && frame.type == FRAME_REPLY)
			pending_receive(session, &frame, &arrival);
		if (!arrival.slot_kept)
			slots_free(&resident->reader, &view);
	}
}

void
pending_finish_all(struct session *session, cdrpc_status status)
{
	struct cdrpc_pending *pending;

	for (pending = session->calls->pendings; pending; pending = pending->next)
		pending_finish(pending, status);
}
