#include "message/reclaim.h"

#include "base/deadline.h"
#include "base/env.h"
#include "base/fault.h"
#include "message/outgoing.h"
#include "message/send.h"
#include "session/endpoint.h"
#include "session/handles.h"
#include "session/trace.h"

#define RETRY_SEND_MS   20      /* a window that does not take it at once is not waited for */
#define PATIENCE_MS     2000    /* then it waits until the peer shows up */

struct reclaim {
	struct sender_job job;          /* first: the sender gives it back */
	struct session *session;        /* a reference */
	struct section section;         /* ours, kept open while the peer may still want to duplicate it */
	struct frame about;
	struct frame frame;             /* the question */
	uint32_t copies;                /* as the outgoing frame's */
	uint64_t until_us;              /* until when it is asked again and again */
	uint8_t bytes[FRAME_HEADER_SIZE];
};

static void
reclaim_free(struct reclaim *reclaim)
{
	struct session *session = reclaim->session;

	section_done(&reclaim->section);
	handles_withdraw(&reclaim->about, reclaim->copies);
	atomic_u32_sub(&session->messages->asked, 1);
	env_free(&session->endpoint->env, reclaim);
	session_unref(session);
}

static void
post_question(struct reclaim *reclaim, uint32_t timeout_ms)
{
	endpoint_post_bytes(reclaim->session, &reclaim->job, reclaim->bytes, FRAME_HEADER_SIZE, timeout_ms);
}

static void
ask_whether_taken(struct reclaim *reclaim)
{
	reclaim->until_us = deadline_in(PATIENCE_MS);
	post_question(reclaim, REPLY_SEND_MS);
}

static void
reclaim_done(struct sender_job *job, const struct send_outcome *outcome)
{
	struct reclaim *reclaim = (struct reclaim *)job;
	struct session *session = reclaim->session;
	cdrpc_status status = outcome->answered ? frame_result_status(FRAME_RELEASE, NULL, outcome->result) : CDRPC_E_TIMEOUT;

	trace_write(session->endpoint, &(struct trace_line){ .direction = TRACE_OUT, .frame = &reclaim->frame,
							     .route = CDRPC_ROUTE_MESSAGE, .size = FRAME_HEADER_SIZE,
							     .status = status });
	if (outcome->answered)
		fault_point(FAULT_POSTED, FRAME_RELEASE);
	if (outcome->answered && outcome->result != FRAME_RESULT_NONE) {
		/* Refused as unseen, and from now on it never will be seen: the handles are untouched. */
		if (outcome->result == frame_result_refused(CDRPC_E_EXPIRED))
			handles_take_back(session, &reclaim->about);
	} else if (endpoint_posts_again(session, job, outcome, reclaim->until_us)) {
		post_question(reclaim, RETRY_SEND_MS);
		return;
	} else if (!peer_has_ended(&session->peer) && endpoint_park(session, &session->messages->reclaims, job)) {
		return;
	}
	reclaim_free(reclaim);
}

void
reclaim_post(struct outgoing *outgoing)
{
	struct session *session = outgoing->session;
	struct reclaim *reclaim = env_alloc(&session->endpoint->env, sizeof *reclaim);

	if (!reclaim)
		return;
	*reclaim = (struct reclaim){
		.job.done = reclaim_done, .session = session_ref(session), .section = outgoing->place.section,
		.about = outgoing->frame, .copies = outgoing->copies,
	};
	atomic_u32_add(&session->messages->asked, 1);
	outgoing->place.section = (struct section){ 0 };
	section_unmap(&reclaim->section);
	outgoing->copies = 0;
	session_frame(session, FRAME_RELEASE, &reclaim->frame);
	reclaim->frame.txn = outgoing->frame.txn;
	if (outgoing->frame.type == FRAME_REPLY)
		reclaim->frame.flags |= FRAME_FLAG_OF_REPLY;
	frame_arrange(&reclaim->frame, 0);
	frame_encode(&reclaim->frame, reclaim->bytes);
	ask_whether_taken(reclaim);
}

void
reclaim_resume(struct session *session)
{
	struct sender_job *job, *next;

	for (job = endpoint_unpark(session, &session->messages->reclaims); job; job = next) {
		next = job->next;
		ask_whether_taken((struct reclaim *)job);
	}
}

void
reclaim_drop(struct session *session)
{
	struct sender_job *job, *next;

	for (job = endpoint_unpark(session, &session->messages->reclaims); job; job = next) {
		next = job->next;
		reclaim_free((struct reclaim *)job);
	}
}
