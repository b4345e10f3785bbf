/* Cancelling a call: the caller's side, and what it comes to at the other. */
#include "base/deadline.h"
#include "calls/call.h"
#include "calls/pending.h"
#include "calls/serve.h"
#include "message/send.h"

/* ---- the caller's side ---- */

/* Never waits: the sender's thread tells the peer, if it can be told. */
void
cdrpc_pending_cancel(struct cdrpc_pending *pending)
{
	struct session *session = pending->session;
	struct outgoing *outgoing = NULL;

	if (endpoint_is_elsewhere(session->endpoint)) {
		atomic_bool_store(&pending->cancel_wanted, true);
		atomic_bool_store(&session->endpoint->calls->cancels, true);
		endpoint_ring(session->endpoint);
		return;
	}
	if (pending->done)
		return;
	pending_finish(pending, CDRPC_E_CANCELLED);
	if (session_state(session) != SESSION_OPEN || outgoing_new(session, FRAME_CANCEL, NULL, &outgoing) != CDRPC_OK)
		return;
	outgoing->frame.txn = pending->txn;
	if (outgoing_seal(outgoing, NULL) == CDRPC_OK)
		outgoing_post(outgoing, REPLY_SEND_MS);
	else
		outgoing_free(outgoing);
}

void
pending_cancel_wanted(struct endpoint *endpoint)
{
	const struct session *session;
	struct cdrpc_pending *pending;

	if (!atomic_bool_exchange(&endpoint->calls->cancels, false))
		return;
	for (session = endpoint->sessions.first; session; session = session->next) {
		for (pending = session->calls->pendings; pending; pending = pending->next) {
			if (atomic_bool_load(&pending->cancel_wanted))
				cdrpc_pending_cancel(pending);
		}
	}
}

/* ---- the other side ---- */

static bool
is_that(const struct cdrpc_call *call, const void *about)
{
	return call == (const struct cdrpc_call *)about;
}

/* The bell looks. */
static void
tell_soon(struct endpoint *endpoint)
{
	atomic_bool_store(&endpoint->calls->unwanted, true);
	endpoint_ring(endpoint);
}

void
call_look_at(struct cdrpc_call *call)
{
	if (cdrpc_call_is_cancelled(call))
		tell_soon(call->session->endpoint);
}

void
call_session_ended(struct session *session)
{
	struct endpoint *endpoint = session->endpoint;
	const struct cdrpc_call *call;

	lock_take(&endpoint->lock);
	for (call = session->calls->live; call && !call->notify; call = call->next_live)
		;
	lock_drop(&endpoint->lock);
	if (call)
		tell_soon(endpoint);
}

cdrpc_status
cdrpc_call_notify(struct cdrpc_call *call, void (*cancelled)(void *self, struct cdrpc_call *call), void *self)
{
	struct endpoint *endpoint = call->session->endpoint;
	cdrpc_status status = CDRPC_OK;

	/* A session that ends after this look finds it set. */
	lock_take(&endpoint->lock);
	if (atomic_bool_load(&call->answered) && !atomic_bool_load(&call->abandoned))
		status = CDRPC_E_STATE;
	else if (session_state(call->session) == SESSION_ENDED)
		status = CDRPC_E_CLOSED;
	if (status == CDRPC_OK) {
		call->notify = cancelled;
		call->notify_self = self;
	}
	lock_drop(&endpoint->lock);
	if (status == CDRPC_OK && cancelled)
		call_look_at(call);
	return status;
}

struct notification {
	void (*notify)(void *self, struct cdrpc_call *call);
	void *self;
	struct cdrpc_call *call;        /* a reference: its keeper may answer it meanwhile */
};

static bool
take_notification(struct endpoint *endpoint, struct notification *ret_what)
{
	struct cdrpc_call *call;

	lock_take(&endpoint->lock);
	for (call = endpoint->calls->kept; call; call = call->next_kept) {
		if (call->notify && cdrpc_call_is_cancelled(call) && call_ref_if_live(call))
			break;
	}
	if (call) {
		*ret_what = (struct notification){ call->notify, call->notify_self, call };
		call->notify = NULL;
	}
	lock_drop(&endpoint->lock);
	return call != NULL;
}

void
call_tell_cancelled(struct endpoint *endpoint)
{
	struct notification what;

	if (!atomic_bool_load(&endpoint->calls->unwanted))
		return;
	atomic_bool_store(&endpoint->calls->unwanted, false);
	/* From the start again after each, for it may do anything. */
	while (take_notification(endpoint, &what)) {
		/* Another thread may have answered it just now; an answer that comes after this look does not wait. */
		if (!atomic_bool_load(&what.call->answered) || atomic_bool_load(&what.call->abandoned))
			what.notify(what.self, what.call);
		call_unref(what.call);
	}
}

uint32_t
call_cancel(struct session *session, uint64_t txn)
{
	struct endpoint *endpoint = session->endpoint;
	struct cdrpc_call *call, *queued;
	bool notifies = false;

	lock_take(&endpoint->lock);
	for (call = session->calls->live; call && call->txn != txn; call = call->next_live)
		;
	if (call && call_ref_if_live(call)) {
		atomic_bool_store(&call->cancelled, true);
		notifies = call->notify != NULL;
	} else {
		call = NULL;
	}
	lock_drop(&endpoint->lock);
	if (!call)
		return frame_result_refused(CDRPC_E_EXPIRED);
	if (notifies)
		tell_soon(endpoint);
	queued = queue_take(&endpoint->calls->queue, is_that, call);
	if (queued)
		call_unref(queued);
	call_unref(call);
	return FRAME_RESULT_ACCEPTED;
}

bool
cdrpc_call_is_cancelled(const struct cdrpc_call *call)
{
	return atomic_bool_load(&call->cancelled) || atomic_bool_load(&call->abandoned) || session_state(call->session) == SESSION_ENDED ||
	       deadline_is_over(call->deadline_us);
}
