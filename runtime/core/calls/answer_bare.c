/* An answer for which there was no memory: the status alone, in a frame that the call has had from its beginning. */
#include "base/deadline.h"
#include "calls/answer.h"
#include "calls/call.h"
#include "message/outgoing.h"
#include "session/endpoint.h"
#include "session/trace.h"

static void bare_done(struct sender_job *job, const struct send_outcome *outcome);

static void
post_bare(struct bare *bare)
{
	struct session *session = bare->call->session;
	uint32_t rest = deadline_rest_ms(bare->call->deadline_us);

	bare->job.to = session->peer.window;
	bare->job.bytes = bare->bytes;
	bare->job.size = FRAME_HEADER_SIZE;
	bare->job.timeout_ms = rest < REPLY_SEND_MS ? rest : REPLY_SEND_MS;
	bare->job.last = endpoint_is_slow(session);
	bare->job.wanted = NULL;
	bare->job.done = bare_done;
	endpoint_post_job(session->endpoint, &bare->job);
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

void
answer_bare(struct cdrpc_call *call, cdrpc_status status)
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
	atomic_u64_add(&session->endpoint->counters.replies[CDRPC_ROUTE_MESSAGE], 1);
	atomic_u32_add(&session->messages->posted, 1);
	post_bare(bare);
}
