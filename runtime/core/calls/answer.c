#include "calls/answer.h"

#include "base/deadline.h"
#include "calls/serve.h"
#include "message/buffer.h"
#include "message/chunks.h"
#include "message/outbox.h"
#include "session/endpoint.h"

/* What outbox_settle() is told of a frame that stays here: as of one that was refused untouched. */
static const struct send_outcome never_sent = { true, 0x100 - CDRPC_E_EXPIRED, 0 };

static bool
claim(struct cdrpc_call *call)
{
	if (atomic_bool_exchange(&call->answered, true))
		return false;
	/* One that was abandoned has its inputs as long as it is kept. */
	if (!atomic_bool_load(&call->abandoned))
		call_uncount(call);
	return true;
}

/* A kept call's own reference goes with its answer. */
static void
finish(struct cdrpc_call *call)
{
	if (atomic_bool_exchange(&call->kept, false))
		call_unref(call);
}

/*
 * Sends the sealed REPLY; consumes the outbox. In an arena it arrives by being published. A message the owner's thread sends by
 * itself, for a moment at most, because its client is waiting in nearly every case; a client that was slow once, and every other
 * thread, is served through the sender.
 */
static void
deliver(struct cdrpc_call *call, struct outbox *outbox)
{
	static const struct chunks_owner nobody = { NULL, NULL };
	struct session *session = call->session;
	struct endpoint *endpoint = session->endpoint;
	uint32_t rest = deadline_rest_ms(call->deadline_us);
	struct send_outcome outcome;

	atomic_u64_add(&endpoint->counters.replies[outbox->route], 1);
	if (rest == 0 || outbox->route == CDRPC_ROUTE_RESIDENT) {
		if (rest > 0)
			outbox_publish(outbox);
		else
			outbox_settle(outbox, &never_sent);
		outbox_free(outbox);
		return;
	}
	outbox_serve(outbox, call->deadline_us, &nobody);
	if (!endpoint_on_thread(endpoint) || session->calls->slow) {
		endpoint_post(endpoint, outbox, rest);
		return;
	}
	endpoint_send(endpoint, outbox, rest < REPLY_SEND_MS ? rest : REPLY_SEND_MS, &outcome);
	if (!outcome.answered && !peer_has_ended(&session->peer)) {
		/* Sending it once more is harmless: the client takes the first and refuses the second. */
		session->calls->slow = true;
		endpoint_post(endpoint, outbox, rest);
		return;
	}
	outbox_settle(outbox, &outcome);
	outbox_free(outbox);
}

/* What may travel of what a handler returned. */
static cdrpc_status
for_the_peer(const struct cdrpc_call *call, cdrpc_status status)
{
	if (status == CDRPC_OK)
		return call_method(call)->flags & CDRPC_METHOD_OUTPUTS ? CDRPC_E_HANDLER : CDRPC_OK;
	/* As reply functions return it: the caller may try again when there is memory. */
	if (status == CDRPC_E_NOMEM)
		return CDRPC_E_REMOTE_NOMEM;
	if ((status > 0 && status <= FRAME_ERROR_MAX) || cdrpc_status_is_remote(status))
		return status;
	return CDRPC_E_HANDLER;
}

static cdrpc_status
answer_status(struct cdrpc_call *call, cdrpc_status status)
{
	struct session *session = call->session;
	struct route_facts facts = { 0 };
	struct route_choice choice;
	struct outbox *outbox = NULL;
	cdrpc_status sent;

	if (call_method(call)->flags & CDRPC_METHOD_ONEWAY || session_state(session) == SESSION_ENDED)
		return session_state(session) == SESSION_ENDED ? CDRPC_E_CLOSED : CDRPC_OK;
	/* Another thread cannot tell whether the message has been returned from by now. */
	facts.value_suffices = endpoint_on_thread(session->endpoint) && call->in_message && status >= CDRPC_OK;
	if (route_choose(&facts, &choice) == CDRPC_OK && choice.route == CDRPC_ROUTE_VALUE) {
		call->result = status == CDRPC_OK ? FRAME_RESULT_DONE : frame_result_error(status);
		atomic_u64_add(&session->endpoint->counters.replies[CDRPC_ROUTE_VALUE], 1);
		return CDRPC_OK;
	}
	sent = outbox_new(session, FRAME_REPLY, call_method(call), &outbox);
	if (sent == CDRPC_E_NOMEM) {
		answer_bare(call, status);
		return CDRPC_OK;
	}
	if (sent != CDRPC_OK)
		return sent;
	outbox->iface = call->service->iface;
	outbox->frame.txn = call->txn;
	outbox->frame.status = status;
	sent = outbox_seal(outbox, NULL);
	if (sent == CDRPC_OK)
		deliver(call, outbox);
	else
		outbox_free(outbox);
	return sent;
}

void
answer_after_handler(struct cdrpc_call *call, cdrpc_status status)
{
	if (claim(call))
		answer_status(call, for_the_peer(call, status));
	finish(call);
}

cdrpc_status
cdrpc_call_keep(struct cdrpc_call *call)
{
	/* An answered one needs no keeping, and nobody would let it go. */
	if (!atomic_bool_load(&call->answered) && !atomic_bool_exchange(&call->kept, true))
		atomic_u32_add(&call->refs, 1);
	return CDRPC_KEPT;
}

void
answer_abandoned(struct cdrpc_call *call)
{
	atomic_bool_store(&call->abandoned, true);
	if (claim(call))
		answer_status(call, CDRPC_E_ABANDONED);
}

/* Whoever keeps a call that was abandoned does not know it yet, and lets it go with the attempt to answer. */
static cdrpc_status
too_late(struct cdrpc_call *call)
{
	if (atomic_bool_load(&call->abandoned))
		finish(call);
	return CDRPC_E_STATE;
}

cdrpc_status
cdrpc_call_complete(struct cdrpc_call *call, cdrpc_status status)
{
	if (!claim(call))
		return too_late(call);
	status = answer_status(call, for_the_peer(call, status));
	finish(call);
	return status;
}

uint32_t
cdrpc_call_remaining_ms(const struct cdrpc_call *call)
{
	return deadline_rest_ms(call->deadline_us);
}

void
cdrpc_call_peer(const struct cdrpc_call *call, struct cdrpc_peer_facts *ret_facts)
{
	*ret_facts = call->session->peer.facts;
}

bool
cdrpc_call_is_cancelled(const struct cdrpc_call *call)
{
	return atomic_bool_load(&call->cancelled) || session_state(call->session) == SESSION_ENDED ||
	       deadline_is_over(call->deadline_us);
}

struct cdrpc_peer *
cdrpc_call_from(const struct cdrpc_call *call)
{
	return (struct cdrpc_peer *)call->session;
}

cdrpc_handle
cdrpc_call_take(struct cdrpc_call *call, cdrpc_handle handle)
{
	return inbox_take(call->inbox, handle);
}

cdrpc_status
cdrpc_call_buffer(struct cdrpc_call *call, uint32_t size, void **ret_buffer)
{
	bool secret = (call_method(call)->flags & CDRPC_METHOD_SECRET) != 0;

	if (atomic_bool_load(&call->answered))
		return CDRPC_E_STATE;
	if (session_state(call->session) == SESSION_ENDED)
		return CDRPC_E_CLOSED;
	return buffer_new(call->session, size, secret, &call->buffers, ret_buffer);
}

void
cdrpc_call_inputs(struct cdrpc_reader *r, struct cdrpc_call *call)
{
	inbox_reader(call->inbox, r);
	r->target = call;
}

cdrpc_status
cdrpc_call_inputs_end(struct cdrpc_reader *r)
{
	cdrpc_status status = cdrpc_reader_end(r);

	switch (status) {
	case CDRPC_OK:
		return CDRPC_OK;
	case CDRPC_E_TOO_LARGE:
		return CDRPC_E_REMOTE_LIMIT;
	case CDRPC_E_NOMEM:
		return CDRPC_E_REMOTE_NOMEM;
	default:
		return CDRPC_E_BAD_REQUEST;
	}
}

void
cdrpc_answer_begin(struct cdrpc_writer *w, struct cdrpc_call *call)
{
	struct outbox *outbox = NULL;
	cdrpc_status status = CDRPC_OK;

	if (atomic_bool_load(&call->answered))
		status = too_late(call);
	else if (session_state(call->session) == SESSION_ENDED)
		status = CDRPC_E_CLOSED;
	if (status == CDRPC_OK)
		status = outbox_new(call->session, FRAME_REPLY, call_method(call), &outbox);
	if (status != CDRPC_OK) {
		/* A kept call whose client has gone is over with this attempt. */
		if (status == CDRPC_E_CLOSED && claim(call))
			finish(call);
		cdrpc_writer_init(w, NULL, 0, NULL, NULL);
		cdrpc_write_fail(w, status);
		return;
	}
	/* Whoever else answers it meanwhile must not free it under the writing. */
	atomic_u32_add(&call->refs, 1);
	outbox->call = call;
	outbox->buffers = &call->buffers;
	outbox->iface = call->service->iface;
	outbox->frame.txn = call->txn;
	outbox_writer(outbox, w);
}

/* Consumes the outbox. */
static cdrpc_status
answer_written(struct cdrpc_call *call, struct outbox *outbox, const struct cdrpc_writer *w)
{
	cdrpc_status status = w->status;

	if (status == CDRPC_OK)
		status = outbox_seal(outbox, w);
	if (status == CDRPC_OK && !claim(call)) {
		status = too_late(call);
		outbox_settle(outbox, &never_sent);
	}
	if (status == CDRPC_E_PEER_DIED) {
		/* Its end was not noticed before. */
		outbox_free(outbox);
		if (claim(call) || atomic_bool_load(&call->abandoned))
			finish(call);
		return CDRPC_E_CLOSED;
	}
	if (status != CDRPC_OK) {
		outbox_free(outbox);
		return status;
	}
	deliver(call, outbox);
	finish(call);
	return CDRPC_OK;
}

/* After a failure nothing was sent, and the call can still be answered, with an error for instance; unless nobody waits any more. */
cdrpc_status
cdrpc_answer_send(struct cdrpc_writer *w)
{
	struct outbox *outbox = (struct outbox *)w->target;
	struct cdrpc_call *call;
	cdrpc_status status;

	if (!outbox)
		return w->status;
	call = outbox->call;
	status = answer_written(call, outbox, w);
	call_unref(call);
	return status;
}
