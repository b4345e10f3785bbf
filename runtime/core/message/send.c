/* What an endpoint sends: by its own thread, which waits, and by the sender's, which keeps nobody waiting for long. */
#include "base/deadline.h"
#include "base/fault.h"
#include "message/outbox.h"
#include "session/endpoint.h"
#include "session/peer.h"
#include "session/trace.h"

#define LOOK_US UINT64_C(2000000)
#define CHALLENGE_SLICE_MS 50

bool
endpoint_is_slow(const struct session *session)
{
	return commons_is_slow(session->endpoint->commons, session->peer.facts.process_id);
}

void
endpoint_blame(const struct session *session, const struct send_outcome *outcome, bool of_handshake)
{
	/* What is gone has kept nobody waiting. */
	if (!outcome->answered && peer_look(&session->peer) == PEER_LIVES)
		commons_blame(session->endpoint->commons, session->peer.facts.process_id, of_handshake);
}

static void outbox_sent(struct sender_job *job, const struct send_outcome *outcome);

/* A window that was named in a HELLO by somebody else costs those who wait behind its CHALLENGE little, and once. */
static bool
comes_last(const struct outbox *outbox)
{
	const struct session *session = outbox->session;

	return endpoint_is_slow(session) ||
	       (outbox->frame.type == FRAME_CHALLENGE &&
		commons_is_unheard(session->endpoint->commons, session->peer.facts.process_id, session->peer.thread));
}

/* The sender's thread does not stay with one peer while others wait for it. */
static void
post_slice(struct endpoint *endpoint, struct outbox *outbox, uint32_t rest_ms)
{
	uint32_t most_ms = outbox->frame.type == FRAME_CHALLENGE ? CHALLENGE_SLICE_MS : REPLY_SEND_MS;

	outbox->job.last = comes_last(outbox);
	outbox->job.timeout_ms = rest_ms < most_ms ? rest_ms : most_ms;
	endpoint_post_job(endpoint, &outbox->job);
}

static bool
may_take_later(const struct session *session, const struct sender_job *job, const struct send_outcome *outcome)
{
	struct outcome_facts facts = {
		.process_ended = peer_has_ended(&session->peer),
		.window_exists = peer_window_is_there(&session->peer),
		.window_hung = window_is_hung(session->peer.window),
		.os_error = outcome->os_error,
	};
	cdrpc_status status = outcome_classify(&facts);

	if (status == CDRPC_E_HUNG)
		return true;
	return status == CDRPC_E_TIMEOUT && clock_us() - job->posted_us >= (uint64_t)job->timeout_ms * 1000 / 2;
}

bool
endpoint_posts_again(const struct session *session, const struct sender_job *job, const struct send_outcome *outcome, uint64_t until_us)
{
	/* Less than a tick of the clock may seem to be left of a time that is over. */
	return !outcome->answered && deadline_rest_ms(until_us) > DEADLINE_TICK_US / 1000 && session_state(session) != SESSION_ENDED &&
	       may_take_later(session, job, outcome);
}

/* The answer to OPEN is the one REPLY of the protocol's own. */
static bool
is_welcome(const struct outbox *outbox)
{
	return outbox->frame.type == FRAME_REPLY && !outbox->method;
}

/* A CHALLENGE need not have been asked for: who does not take it is not to blame. */
static void
blame(const struct outbox *outbox, const struct send_outcome *outcome)
{
	const struct session *session = outbox->session;

	if (outbox->frame.type != FRAME_CHALLENGE)
		endpoint_blame(session, outcome, is_welcome(outbox));
	else if (outcome->answered)
		commons_heard(session->endpoint->commons, session->peer.facts.process_id, session->peer.thread);
	else if (peer_look(&session->peer) == PEER_LIVES)
		commons_unheard(session->endpoint->commons, session->peer.facts.process_id, session->peer.thread);
}

static void
outbox_sent(struct sender_job *job, const struct send_outcome *outcome)
{
	struct outbox *outbox = (struct outbox *)job;

	if (outcome->answered)
		fault_point(FAULT_POSTED, outbox->frame.type);
	blame(outbox, outcome);
	if (endpoint_posts_again(outbox->session, job, outcome, outbox->until_us)) {
		post_slice(outbox->session->endpoint, outbox, deadline_rest_ms(outbox->until_us));
		return;
	}
	atomic_u32_sub(&outbox->session->messages->posted, 1);
	outbox_trace(outbox, 0, outcome->result);
	outbox_settle(outbox, outcome);
	if (outbox->sent)
		outbox->sent(outbox, outcome);
	outbox_free(outbox);
}

void
endpoint_post(struct endpoint *endpoint, struct outbox *outbox, uint32_t timeout_ms)
{
	outbox->job.to = outbox->session->peer.window;
	outbox->job.bytes = outbox->bytes;
	outbox->job.size = outbox->frame.frame_size;
	outbox->until_us = awake_us() + (uint64_t)timeout_ms * 1000;
	outbox->job.wanted = NULL;
	outbox->job.done = outbox_sent;
	atomic_u32_add(&outbox->session->messages->posted, 1);
	post_slice(endpoint, outbox, timeout_ms);
}

void
endpoint_send(struct endpoint *endpoint, struct outbox *outbox, uint32_t timeout_ms, struct send_outcome *ret_outcome)
{
	uint64_t began_us = trace_begin(endpoint);
	uint64_t now = awake_us();
	void (*send)(const struct port *, window_id, const void *, size_t, uint32_t, struct send_outcome *);

	/* A thread that has not looked for messages for 5 s counts as hung, and what is sent to it in answer is refused. */
	if (endpoint_on_thread(endpoint) && now - endpoint->shared->looked_us >= LOOK_US) {
		endpoint->shared->looked_us = now;
		port_wait(endpoint->port, NULL, 0);
	}
	/* The application may have freed the client meanwhile. */
	if (!endpoint->port) {
		*ret_outcome = (struct send_outcome){ false, 0, 0 };
		return;
	}
	send = outbox->waits_for_hung ? port_send_to_hung : port_send;
	send(endpoint->port, outbox->session->peer.window, outbox->bytes, outbox->frame.frame_size, timeout_ms, ret_outcome);
	if (ret_outcome->answered)
		fault_point(FAULT_SENT, outbox->frame.type);
	outbox_trace(outbox, began_us, ret_outcome->result);
}
