#include "base/deadline.h"
#include "base/env.h"
#include "calls/call.h"
#include "calls/mistakes.h"
#include "calls/serve.h"
#include "message/buffer.h"
#include "message/chunks.h"
#include "message/outgoing.h"
#include "message/send.h"
#include "session/endpoint.h"
#include "session/trace.h"
#include "wire/writer.h"

/* The outcome for a frame that was sealed and never sent: as if the peer had refused it (EXPIRED) untouched, so that what was pushed is taken
 * back. */
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
		call_let_go(call);
}

/*
 * Sends the sealed REPLY; consumes the frame. In an arena it arrives by being published. A message the owner's thread sends by
 * itself, for a moment at most, because its client is waiting in nearly every case; a client that was slow once, and every other
 * thread, is served through the sender.
 */
static void
deliver(struct cdrpc_call *call, struct outgoing *outgoing)
{
	static const struct chunks_owner nobody = { NULL, NULL };
	struct session *session = call->session;
	struct endpoint *endpoint = session->endpoint;
	uint32_t rest = deadline_rest_ms(call->deadline_us);
	struct send_outcome outcome;

	atomic_u64_add(&endpoint->counters.replies[outgoing->route], 1);
	if (rest == 0 || outgoing->route == CDRPC_ROUTE_RESIDENT) {
		if (rest > 0) {
			outgoing_publish(outgoing);
		} else {
			mistake_in_time(call, true);
			outgoing_conclude(outgoing, &never_sent);
		}
		outgoing_free(outgoing);
		return;
	}
	outgoing_serve(outgoing, call->deadline_us, &nobody);
	if (!endpoint_on_thread(endpoint) || session->calls->slow) {
		outgoing_post(outgoing, rest);
		return;
	}
	outgoing_send(outgoing, rest < REPLY_SEND_MS ? rest : REPLY_SEND_MS, &outcome);
	if (!outcome.answered && !peer_has_ended(&session->peer)) {
		/* Sending it once more is harmless: the client takes the first and refuses the second. */
		session->calls->slow = true;
		outgoing_post(outgoing, rest);
		return;
	}
	outgoing_conclude(outgoing, &outcome);
	outgoing_free(outgoing);
}

/* What may travel of what a handler returned. */
static cdrpc_status
allowed(const struct cdrpc_call *call, cdrpc_status status)
{
	if (status == CDRPC_OK)
		return call_method(call)->flags & CDRPC_METHOD_OUTPUTS ? CDRPC_E_HANDLER : CDRPC_OK;
	/* As reply functions return it: the caller may try again when there is memory. */
	if (status == CDRPC_E_NOMEM)
		return CDRPC_E_REMOTE_NOMEM;
	if ((status > 0 && status <= FRAME_ERROR_MAX) || status_is_remote(status))
		return status;
	return CDRPC_E_HANDLER;
}

static cdrpc_status
for_the_peer(const struct cdrpc_call *call, cdrpc_status status, const char *whence)
{
	cdrpc_status sent = allowed(call, status);

	if (sent != CDRPC_OK)
		mistake_in_handler(call, status, sent, whence);
	return sent;
}

static void
post_bare(struct bare *bare)
{
	endpoint_post_bytes(bare->call->session, &bare->job, bare->bytes, FRAME_HEADER_SIZE,
			    deadline_slice_ms(bare->call->deadline_us, REPLY_SEND_MS));
}

static void
bare_done(struct sender_job *job, const struct send_outcome *outcome)
{
	struct bare *bare = (struct bare *)job;
	struct cdrpc_call *call = bare->call;
	struct session *session = call->session;
	struct frame frame;

	endpoint_blame(session, outcome, false);
	if (endpoint_posts_again(session, job, outcome, call->deadline_us)) {
		post_bare(bare);
		return;
	}
	atomic_u32_sub(&session->messages->posted, 1);
	if (session->endpoint->trace && frame_decode(bare->bytes, FRAME_HEADER_SIZE, &frame) == CDRPC_OK)
		trace_write(session->endpoint, &(struct trace_line){ TRACE_OUT, &frame, call->service->iface, call_method(call),
								     CDRPC_ROUTE_MESSAGE, FRAME_HEADER_SIZE, frame.status, 0 });
	call_unref(call);
}

/* Answers a call that was claimed with a status, for which there is no memory: by the sender's thread, in a frame that the call has had from its
 * beginning. It cannot fail. */
static void
answer_without_memory(struct cdrpc_call *call, cdrpc_status status)
{
	struct session *session = call->session;
	struct bare *bare = &call->bare;
	struct frame frame;

	session_frame(session, FRAME_REPLY, &frame);
	frame.txn = call->txn;
	frame.status = status;
	/* It has no parts, so it fits. */
	frame_arrange(&frame, 0);
	frame_encode(&frame, bare->bytes);
	atomic_u32_add(&call->refs, 1);
	bare->call = call;
	bare->job.done = bare_done;
	atomic_u64_add(&session->endpoint->counters.replies[CDRPC_ROUTE_MESSAGE], 1);
	atomic_u32_add(&session->messages->posted, 1);
	post_bare(bare);
}

static cdrpc_status
answer_status(struct cdrpc_call *call, cdrpc_status status)
{
	struct session *session = call->session;
	struct route_facts facts = { 0 };
	enum cdrpc_route route;
	struct outgoing *outgoing = NULL;
	cdrpc_status sent;

	if (call_method(call)->flags & CDRPC_METHOD_ONEWAY || session_state(session) == SESSION_ENDED)
		return session_state(session) == SESSION_ENDED ? CDRPC_E_CLOSED : CDRPC_OK;
	/* Another thread cannot tell whether the message has been returned from by now. */
	facts.value_suffices = endpoint_on_thread(session->endpoint) && call->in_message && status >= CDRPC_OK;
	if (route_choose(&facts, &route) == CDRPC_OK && route == CDRPC_ROUTE_VALUE) {
		call->result = status == CDRPC_OK ? FRAME_RESULT_DONE : frame_result_error(status);
		atomic_u64_add(&session->endpoint->counters.replies[CDRPC_ROUTE_VALUE], 1);
		return CDRPC_OK;
	}
	sent = outgoing_new(session, FRAME_REPLY, call_method(call), &outgoing);
	if (sent == CDRPC_E_NOMEM) {
		answer_without_memory(call, status);
		return CDRPC_OK;
	}
	if (sent != CDRPC_OK)
		return sent;
	outgoing->iface = call->service->iface;
	outgoing->frame.txn = call->txn;
	outgoing->frame.status = status;
	sent = outgoing_seal(outgoing, NULL);
	if (sent == CDRPC_OK)
		deliver(call, outgoing);
	else
		outgoing_free(outgoing);
	return sent;
}

void
answer_after_handler(struct cdrpc_call *call, cdrpc_status status)
{
	const char *whence = atomic_bool_load(&call->kept) ? "the handler kept the call, and, in place of CDRPC_KEPT, returned" : "the handler returned";

	if (claim(call))
		answer_status(call, for_the_peer(call, status, whence));
	finish(call);
}

cdrpc_status
cdrpc_call_keep(struct cdrpc_call *call)
{
	/* An answered one needs no keeping, and nobody would let it go. */
	if (!atomic_bool_load(&call->answered) && !atomic_bool_exchange(&call->kept, true))
		call_keep(call);
	return CDRPC_KEPT;
}

void
answer_abandoned(struct cdrpc_call *call)
{
	atomic_bool_store(&call->abandoned, true);
	if (claim(call)) {
		mistake_in_time(call, false);
		answer_status(call, CDRPC_E_ABANDONED);
	}
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
	status = answer_status(call, for_the_peer(call, status, "cdrpc_call_complete() was given"));
	finish(call);
	return status;
}

uint32_t
cdrpc_call_remaining_ms(const struct cdrpc_call *call)
{
	return deadline_rest_ms(call->deadline_us);
}

cdrpc_handle
cdrpc_call_take(struct cdrpc_call *call, cdrpc_handle handle)
{
	return incoming_take(call->incoming, handle);
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
	incoming_reader(call->incoming, r);
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
		mistake_in_inputs((const struct cdrpc_call *)r->target, r);
		return CDRPC_E_REMOTE_LIMIT;
	case CDRPC_E_NOMEM:
		return CDRPC_E_REMOTE_NOMEM;
	default:
		mistake_in_inputs((const struct cdrpc_call *)r->target, r);
		return CDRPC_E_BAD_REQUEST;
	}
}

/* Whether that method's outputs are what the caller reads. Not by addresses: a program and its DLLs may each have a description. */
static bool
answer_is_of(struct cdrpc_call *call, const struct cdrpc_interface *iface, const struct cdrpc_method *method)
{
	const struct cdrpc_interface *own = call->service->iface;

	if (own->id == iface->id && call_method(call)->ordinal == method->ordinal)
		return true;
	atomic_u32_store(&call->refused, (uint32_t)CDRPC_E_ARGUMENT);
	env_log(&call->session->endpoint->env, CDRPC_LOG_ERROR, "%s.%s: answered by the reply function of %s.%s, which is refused", own->name,
		call_method(call)->name, iface->name, method->name);
	return false;
}

void
cdrpc_answer_begin(struct cdrpc_writer *w, struct cdrpc_call *call, const struct cdrpc_interface *iface, uint32_t index)
{
	struct outgoing *outgoing = NULL;
	cdrpc_status status = CDRPC_OK;

	if (!answer_is_of(call, iface, &iface->methods[index]))
		status = CDRPC_E_ARGUMENT;
	else if (atomic_bool_load(&call->answered))
		status = too_late(call);
	else if (session_state(call->session) == SESSION_ENDED)
		status = CDRPC_E_CLOSED;
	if (status == CDRPC_OK)
		status = outgoing_new(call->session, FRAME_REPLY, call_method(call), &outgoing);
	if (status != CDRPC_OK) {
		/* A kept call whose client has gone is over with this attempt. */
		if (status == CDRPC_E_CLOSED && claim(call))
			finish(call);
		writer_fail(w, status);
		return;
	}
	/* Whoever else answers it meanwhile must not free it under the writing. */
	atomic_u32_add(&call->refs, 1);
	outgoing->call = call;
	outgoing->buffers = &call->buffers;
	outgoing->iface = call->service->iface;
	outgoing->frame.txn = call->txn;
	outgoing_writer(outgoing, w);
}

/* Consumes the frame. */
static cdrpc_status
answer_written(struct cdrpc_call *call, struct outgoing *outgoing, const struct cdrpc_writer *w)
{
	cdrpc_status status = w->status;

	if (status == CDRPC_OK)
		status = outgoing_seal(outgoing, w);
	if (status == CDRPC_OK && !claim(call)) {
		status = too_late(call);
		outgoing_conclude(outgoing, &never_sent);
	}
	if (status == CDRPC_E_PEER_DIED) {
		/* Its end was not noticed before. */
		outgoing_free(outgoing);
		if (claim(call) || atomic_bool_load(&call->abandoned))
			finish(call);
		return CDRPC_E_CLOSED;
	}
	if (status != CDRPC_OK) {
		outgoing_tell(outgoing, w, status);
		atomic_u32_store(&call->refused, (uint32_t)status);
		outgoing_free(outgoing);
		return status;
	}
	deliver(call, outgoing);
	finish(call);
	return CDRPC_OK;
}

/* After a failure nothing was sent, and the call can still be answered, with an error for instance; unless nobody waits any more. */
cdrpc_status
cdrpc_answer_send(struct cdrpc_writer *w)
{
	struct outgoing *outgoing = (struct outgoing *)w->target;
	struct cdrpc_call *call;
	cdrpc_status status;

	if (!outgoing)
		return w->status;
	call = outgoing->call;
	status = answer_written(call, outgoing, w);
	call_unref(call);
	return status;
}
