#include "message/send.h"

#include "base/deadline.h"
#include "base/fault.h"
#include "session/peer.h"
#include "session/trace.h"

#define MESSAGES_LOOK_US UINT64_C(2000000)
#define CHALLENGE_SLICE_MS 50

/* Whether what is for that peer comes last, because it has kept the sender's thread waiting a moment ago. */
static bool
is_slow(const struct session *session)
{
	return quota_is_slow(session->endpoint->quota, session->peer.facts.process_id);
}

void
endpoint_blame(const struct session *session, const struct send_outcome *outcome, bool of_handshake)
{
	/* What is gone has kept nobody waiting. */
	if (!outcome->answered && peer_look(&session->peer) == PEER_LIVES)
		quota_note_timeout(session->endpoint->quota, session->peer.facts.process_id, of_handshake);
}

void
endpoint_post_bytes(struct session *session, struct sender_job *job, const void *bytes, size_t size, uint32_t timeout_ms)
{
	job->to = session->peer.window;
	job->bytes = bytes;
	job->size = size;
	job->timeout_ms = timeout_ms;
	job->last = is_slow(session);
	endpoint_post_job(session->endpoint, job);
}

bool
endpoint_park(struct session *session, struct sender_job **list, struct sender_job *job)
{
	bool parked;

	lock_take(&session->endpoint->lock);
	parked = session_state(session) != SESSION_ENDED;
	if (parked) {
		job->next = *list;
		*list = job;
	}
	lock_drop(&session->endpoint->lock);
	return parked;
}

struct sender_job *
endpoint_unpark(struct session *session, struct sender_job **list)
{
	struct sender_job *jobs;

	lock_take(&session->endpoint->lock);
	jobs = *list;
	*list = NULL;
	lock_drop(&session->endpoint->lock);
	return jobs;
}

/* A window that was named in a HELLO by somebody else costs those who wait behind its CHALLENGE little, and once. */
static bool
comes_last(const struct outgoing *outgoing)
{
	const struct session *session = outgoing->session;

	return is_slow(session) ||
	       (outgoing->frame.type == FRAME_CHALLENGE &&
		quota_is_unheard(session->endpoint->quota, session->peer.facts.process_id, session->peer.thread));
}

/* The sender's thread does not stay with one peer while others wait for it. */
static void
post_slice(struct outgoing *outgoing, uint32_t rest_ms)
{
	uint32_t most_ms = outgoing->frame.type == FRAME_CHALLENGE ? CHALLENGE_SLICE_MS : REPLY_SEND_MS;

	outgoing->job.last = comes_last(outgoing);
	outgoing->job.timeout_ms = rest_ms < most_ms ? rest_ms : most_ms;
	endpoint_post_job(outgoing->session->endpoint, &outgoing->job);
}

static bool
may_take_later(const struct session *session, const struct sender_job *job, const struct send_outcome *outcome)
{
	cdrpc_status status = peer_diagnose(&session->peer, outcome->os_error, 0);

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
is_welcome(const struct outgoing *outgoing)
{
	return outgoing->frame.type == FRAME_REPLY && !outgoing->method;
}

/* A CHALLENGE need not have been asked for: who does not take it is not to blame. */
static void
blame(const struct outgoing *outgoing, const struct send_outcome *outcome)
{
	const struct session *session = outgoing->session;

	if (outgoing->frame.type != FRAME_CHALLENGE)
		endpoint_blame(session, outcome, is_welcome(outgoing));
	else if (outcome->answered)
		quota_note_heard(session->endpoint->quota, session->peer.facts.process_id, session->peer.thread);
	else if (peer_look(&session->peer) == PEER_LIVES)
		quota_note_unheard(session->endpoint->quota, session->peer.facts.process_id, session->peer.thread);
}

static void
outgoing_sent(struct sender_job *job, const struct send_outcome *outcome)
{
	struct outgoing *outgoing = (struct outgoing *)job;

	if (outcome->answered)
		fault_point(FAULT_POSTED, outgoing->frame.type);
	blame(outgoing, outcome);
	if (endpoint_posts_again(outgoing->session, job, outcome, outgoing->until_us)) {
		post_slice(outgoing, deadline_rest_ms(outgoing->until_us));
		return;
	}
	atomic_u32_sub(&outgoing->session->messages->posted, 1);
	outgoing_trace(outgoing, 0, outcome->result);
	outgoing_conclude(outgoing, outcome);
	if (outgoing->sent)
		outgoing->sent(outgoing, outcome);
	outgoing_free(outgoing);
}

void
outgoing_post(struct outgoing *outgoing, uint32_t timeout_ms)
{
	outgoing->job.to = outgoing->session->peer.window;
	outgoing->job.bytes = outgoing->bytes;
	outgoing->job.size = outgoing->frame.frame_size;
	outgoing->until_us = awake_us() + (uint64_t)timeout_ms * 1000;
	outgoing->job.wanted = NULL;
	outgoing->job.done = outgoing_sent;
	atomic_u32_add(&outgoing->session->messages->posted, 1);
	post_slice(outgoing, timeout_ms);
}

void
outgoing_send(struct outgoing *outgoing, uint32_t timeout_ms, struct send_outcome *ret_outcome)
{
	struct endpoint *endpoint = outgoing->session->endpoint;
	uint64_t began_us = trace_begin(endpoint), now = awake_us();
	void (*send)(const struct port *, window_id, const void *, size_t, uint32_t, struct send_outcome *);

	/* A thread that has not looked for messages for 5 s counts as hung, and what is sent to it in answer is refused. */
	if (endpoint_on_thread(endpoint) && now - endpoint->thread.shared->messages_looked_us >= MESSAGES_LOOK_US) {
		endpoint->thread.shared->messages_looked_us = now;
		port_wait(endpoint->port, NULL, 0);
	}
	/* The application may have freed the client meanwhile. */
	if (!endpoint->port) {
		*ret_outcome = (struct send_outcome){ false, 0, 0 };
		return;
	}
	send = outgoing->waits_for_hung ? port_send_to_hung : port_send;
	send(endpoint->port, outgoing->session->peer.window, outgoing->bytes, outgoing->frame.frame_size, timeout_ms, ret_outcome);
	if (ret_outcome->answered)
		fault_point(FAULT_SENT, outgoing->frame.type);
	outgoing_trace(outgoing, began_us, ret_outcome->result);
}

void
send_close(struct session *session, uint32_t timeout_ms)
{
	struct send_outcome outcome;
	struct outgoing *outgoing = NULL;

	if (outgoing_new(session, FRAME_CLOSE, NULL, &outgoing) != CDRPC_OK)
		return;
	if (outgoing_seal(outgoing, NULL) == CDRPC_OK)
		outgoing_send(outgoing, timeout_ms, &outcome);
	outgoing_free(outgoing);
}
