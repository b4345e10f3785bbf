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

uint32_t
call_cancel(struct session *session, uint64_t txn)
{
	struct endpoint *endpoint = session->endpoint;
	struct cdrpc_call *call, *queued;

	lock_take(&endpoint->lock);
	for (call = session->calls->live; call && call->txn != txn; call = call->next_live)
		;
	if (call && call_ref_if_live(call))
		atomic_bool_store(&call->cancelled, true);
	else
		call = NULL;
	lock_drop(&endpoint->lock);
	if (!call)
		return frame_result_refused(CDRPC_E_EXPIRED);
	queued = queue_take(&endpoint->calls->queue, is_that, call);
	if (queued)
		call_unref(queued);
	call_unref(call);
	return FRAME_RESULT_ACCEPTED;
}

bool
cdrpc_call_is_cancelled(const struct cdrpc_call *call)
{
	return atomic_bool_load(&call->cancelled) || session_state(call->session) == SESSION_ENDED ||
	       deadline_is_over(call->deadline_us);
}
