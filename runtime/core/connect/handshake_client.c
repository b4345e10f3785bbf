#include <string.h>

#include "base/deadline.h"
#include "base/env.h"
#include "calls/pending.h"
#include "connect/candidates.h"
#include "connect/handshake.h"
#include "message/send.h"
#include "session/endpoint.h"
#include "session/mail.h"
#include "session/resident.h"

#define FIRST_PATIENCE_US UINT64_C(250000)      /* doubled in each round ... */
#define PATIENCE_ROUNDS 3                       /* ... until it is HANDSHAKE_US */
#define PAUSE_MOST_MS 64                        /* between tries; doubled from 1 */

uint32_t
handshake_challenge(struct endpoint *endpoint, window_id sender, const struct frame *frame, const void *bytes)
{
	uint64_t storage[HANDSHAKE_BODY_MAX / 8];
	struct session *session;
	struct cdrpc_reader r;
	uint16_t version;

	for (session = endpoint->sessions.first; session; session = session->next) {
		if (session->is_client && process_owns(session->peer.process, sender) &&
		    memcmp(session->handshake->nonce, frame->nonce, sizeof session->handshake->nonce) == 0)
			break;
	}
	/* It comes once more where its sender has not heard that it was taken. */
	if (session && session_state(session) == SESSION_CHALLENGED && session->peer.window == sender &&
	    memcmp(session->token, frame->token, sizeof session->token) == 0)
		return FRAME_RESULT_ACCEPTED;
	if (!session || session_state(session) != SESSION_GREETED)
		return frame_result_refused(CDRPC_E_NO_SESSION);
	if (!handshake_reader(frame, bytes, storage, &r))
		return frame_result_refused(CDRPC_E_BAD_FRAME);
	version = cdrpc_read_u16(&r);
	cdrpc_read_u16(&r);
	handshake_read_terms(&r, session);
	if (cdrpc_reader_end(&r) != CDRPC_OK || version != FRAME_VERSION)
		return frame_result_refused(CDRPC_E_BAD_FRAME);
	memcpy(session->token, frame->token, sizeof session->token);
	/* Another worker of the same process may have taken it over. */
	session->peer.window = sender;
	session->peer.thread = session->peer.facts.thread_id = window_thread(sender, NULL);
	atomic_u32_store(&session->state, SESSION_CHALLENGED);
	return FRAME_RESULT_ACCEPTED;
}

/*
 * What has come of a frame of the handshake, as connecting may end with it. PROTOCOL: no answer that makes sense there. That is not
 * final: a handshake may be lost on its way, and whoever answers nonsense keeps nobody from a server.
 */
static cdrpc_status
said_in_handshake(cdrpc_status status)
{
	if (!status_is_remote(status))
		return status > 0 ? CDRPC_E_PROTOCOL : status;
	switch (status) {
	case CDRPC_E_REMOTE_VERSION:
		return CDRPC_E_VERSION;
	case CDRPC_E_BUSY:
	case CDRPC_E_REFUSED:
	case CDRPC_E_STOPPING:
	case CDRPC_E_REMOTE_NOMEM:
		return status;
	default:
		return CDRPC_E_PROTOCOL;
	}
}

/* What is left of the time is enough to wait for a death that shows late. */
static cdrpc_status
diagnose(const struct session *session, const struct send_outcome *outcome, uint64_t deadline_us)
{
	return peer_diagnose(&session->peer, outcome->os_error, deadline_slice_ms(deadline_us, DEATH_WAIT_MS));
}

cdrpc_status
handshake_greet(struct session *session, uint64_t deadline_us)
{
	struct endpoint *endpoint = session->endpoint;
	struct send_outcome outcome = { false, 0, 0 };
	struct outgoing *outgoing = NULL;
	struct cdrpc_writer w;
	cdrpc_status status;

	/* The CHALLENGE to the HELLO before has come late: another would carry its token. */
	if (session_state(session) == SESSION_CHALLENGED)
		return CDRPC_OK;
	status = random_fill(session->handshake->nonce, sizeof session->handshake->nonce);
	if (status == CDRPC_OK)
		status = outgoing_new(session, FRAME_HELLO, NULL, &outgoing);
	if (status != CDRPC_OK)
		return status;
	memcpy(outgoing->frame.nonce, session->handshake->nonce, sizeof session->handshake->nonce);
	outgoing_writer(outgoing, &w);
	cdrpc_write_u16(&w, FRAME_VERSION);
	cdrpc_write_u16(&w, FRAME_VERSION);
	status = outgoing_seal(outgoing, &w);
	if (status == CDRPC_OK)
		outgoing_send(outgoing, deadline_rest_ms(deadline_us), &outcome);
	outgoing_free(outgoing);
	if (status != CDRPC_OK)
		return status;
	/* The application may have freed the server that the client works through, in a message that came meanwhile. */
	if (session_state(session) == SESSION_ENDED)
		return session->end_status;
	/* The CHALLENGE is here already: whatever became of the answer to HELLO, it was taken. */
	if (session_state(session) == SESSION_CHALLENGED)
		return CDRPC_OK;
	if (!outcome.answered || outcome.result == FRAME_RESULT_NONE)
		return diagnose(session, &outcome, deadline_us);
	status = said_in_handshake(frame_result_status(FRAME_HELLO, NULL, outcome.result));
	if (status != CDRPC_OK)
		return status;
	/* It is on its way by now. */
	thread_yield();
	port_look(endpoint->port);
	while (session_state(session) == SESSION_GREETED) {
		if (deadline_is_over(deadline_us) || peer_look(&session->peer) != PEER_LIVES)
			return diagnose(session, &outcome, deadline_us);
		/* The HELLO may lie there, where this is a thread of the very server. */
		port_wait(endpoint->port, session->peer.process, mail_read_left(endpoint->thread.shared, deadline_rest_ms(deadline_us)));
		if (session_state(session) == SESSION_GREETED && !port_can_wait(endpoint->port))
			return CDRPC_E_OS;
	}
	if (session_state(session) == SESSION_ENDED)
		return session->end_status;
	return session_state(session) == SESSION_CHALLENGED ? CDRPC_OK : CDRPC_E_PROTOCOL;
}

/* The answer to our OPEN brings the server's part of what the session keeps. From here on it is open, for what the server may send next as
 * well. E_PROTOCOL, E_NOMEM: it is not, and what the frame names was not touched. */
static cdrpc_status
accept_answer(struct cdrpc_pending *pending, const struct frame *frame)
{
	struct session *session = pending->session;
	cdrpc_status status;

	if (session_state(session) != SESSION_CHALLENGED || !pending->incoming)
		return CDRPC_E_PROTOCOL;
	status = handshake_agree(session, pending->incoming);
	if (status != CDRPC_OK)
		return status;
	status = resident_adopt(session, frame);
	if (status == CDRPC_OK)
		atomic_u32_store(&session->state, SESSION_OPEN);
	return status;
}

static cdrpc_status
open_session(struct session *session, uint64_t deadline_us)
{
	struct cdrpc_pending *pending = NULL;
	struct outgoing *outgoing = NULL;
	cdrpc_status status;

	status = pending_new(session, deadline_us, &pending);
	if (status != CDRPC_OK)
		return status;
	pending->accept = accept_answer;
	status = outgoing_new(session, FRAME_OPEN, NULL, &outgoing);
	if (status != CDRPC_OK)
		goto out;
	status = handshake_seal_agreement(outgoing);
	if (status != CDRPC_OK)
		goto out;
	pending_send(pending, outgoing);
	pending_wait(pending);
	status = said_in_handshake(pending->status);
	if (status == CDRPC_OK && session_state(session) == SESSION_CHALLENGED)
		status = CDRPC_E_PROTOCOL;
	/* It may have been ended after its answer. */
	if (status == CDRPC_OK && session_state(session) != SESSION_OPEN)
		status = session->end_status;
out:
	outgoing_free(outgoing);
	pending_free(pending);
	return status;
}

/* A server that has too many handshakes or sessions in hand may have room a moment later. */
static cdrpc_status
greet_patiently(struct session *session, uint64_t deadline_us)
{
	uint32_t pause_ms = 1;
	cdrpc_status status;

	for (;;) {
		status = handshake_greet(session, deadline_us);
		if (status != CDRPC_E_BUSY || deadline_is_over(deadline_us))
			return status;
		/* Not given up before its time is over: whoever tries it again would begin with short pauses. */
		port_wait(session->endpoint->port, session->peer.process, deadline_slice_ms(deadline_us, pause_ms));
		if (session_state(session) == SESSION_ENDED)
			return session->end_status;
		if (deadline_is_over(deadline_us))
			return status;
		if (pause_ms < PAUSE_MOST_MS)
			pause_ms *= 2;
	}
}

/*
 * One that did not answer, or not yet, may do so when it is asked again; whether one that has gone is there again, the next look
 * tells. But while it is not known whether handles that were
 * pushed into it are its, the session that they belong to must not be replaced.
 */
static bool
is_final(const struct session *session, cdrpc_status status)
{
	switch (status) {
	case CDRPC_E_TIMEOUT:
	case CDRPC_E_HUNG:
		return session_state(session) != SESSION_GREETED && session->peer.may_push && !session->peer.may_pull;
	case CDRPC_E_BUSY:
	case CDRPC_E_PROTOCOL:
	case CDRPC_E_PEER_DIED:
	case CDRPC_E_PEER_GONE:
		return false;
	default:
		return true;
	}
}

/* The system keeps from us what a server of a lower integrity level says: it would hear our HELLO, and we never its CHALLENGE. */
static bool
is_out_of_earshot(const struct session *session)
{
	const struct endpoint *endpoint = session->endpoint;
	uint32_t level = session->peer.facts.integrity_rid;

	if (endpoint->admits.lower || level == 0 || level >= endpoint->own.integrity_rid)
		return false;
	env_log(&endpoint->env, CDRPC_LOG_ERROR, "the server's integrity level is 0x%x, this process's 0x%x: the system lets no answer through, "
		"unless min_integrity of its policy names a level that is not above the server's",
		(unsigned int)level, (unsigned int)endpoint->own.integrity_rid);
	return true;
}

/* Until when a window has time to answer HELLO, and OPEN. */
struct patience {
	uint64_t greet_us;
	uint64_t open_us;
};

/* *ret_final is whether it is in vain to try it again. */
static cdrpc_status
try_window(struct endpoint *endpoint, window_id window, const struct cdrpc_policy *policy, struct patience until, bool *ret_final,
	   struct session **ret_session)
{
	struct session *session = NULL;
	cdrpc_status status;

	*ret_final = true;
	/* The server that the client works through was freed while another window was tried. */
	if (!endpoint->port)
		return CDRPC_E_CLOSED;
	status = session_new(endpoint, window, &session);
	*ret_final = status != CDRPC_OK && status != CDRPC_E_PEER_GONE;
	if (status != CDRPC_OK)
		return status;
	/* The server may end it at any time from the CHALLENGE on. */
	session_ref(session);
	if (!policy_admits(policy, &session->peer.facts)) {
		status = CDRPC_E_POLICY;
		env_log(&endpoint->env, CDRPC_LOG_WARNING, "a server of that name, process %lu, is passed over: %s",
			(unsigned long)session->peer.facts.process_id, policy_rule(policy, &session->peer.facts));
	} else if (is_out_of_earshot(session)) {
		status = CDRPC_E_ACCESS;
	}
	if (status == CDRPC_OK)
		status = greet_patiently(session, until.greet_us);
	if (status == CDRPC_OK)
		status = open_session(session, until.open_us);
	if (status == CDRPC_OK) {
		*ret_session = session;
	} else {
		*ret_final = is_final(session, status);
		session_end(session, status);
	}
	session_unref(session);
	return status;
}

/*
 * Little in the first rounds, so that the silent do not use up the time of the others, which may be of other threads of the same server.
 * Where it is not known whether there are others, two are reckoned with; one that has answered HELLO is given the time for OPEN that it
 * would have alone, for what is pushed into it then cannot be tried again. 'round': how often each window has been tried.
 */
static struct patience
patience(const struct candidates *candidates, uint64_t deadline_us, uint32_t round, size_t left)
{
	uint64_t now = awake_us(), most = HANDSHAKE_US, share;
	struct patience until = { deadline_us, deadline_us };

	if (now >= deadline_us)
		return until;
	share = (deadline_us - now) / (candidates->complete ? left : 2);
	until.open_us = now + (share < most ? share : most);
	if ((candidates->window_count > 1 || !candidates->complete) && round < PATIENCE_ROUNDS)
		most = FIRST_PATIENCE_US << round;
	until.greet_us = now + (share < most ? share : most);
	if (candidates->complete)
		until.open_us = until.greet_us;
	return until;
}

/* Each process once. What came of each is known to the candidates. */
static bool
try_all(struct endpoint *endpoint, struct candidates *candidates, const struct cdrpc_policy *policy, uint64_t deadline_us,
	uint32_t round, struct session **ret_session)
{
	size_t left = candidates_left(candidates), i;
	struct candidate *candidate;
	struct patience until;

	for (i = 0; i < candidates->count && endpoint->port && !deadline_is_over(deadline_us); i++) {
		candidate = &candidates->each[i];
		if (candidate->out || (candidate->tried && candidates->count > 1))
			continue;
		until = patience(candidates, deadline_us, round / (uint32_t)candidates->window_count, left--);
		candidate->said = try_window(endpoint, candidates->windows[candidate->at], policy, until, &candidate->out, ret_session);
		if (candidate->said == CDRPC_OK)
			return true;
		if (!candidate->out && candidate->said != CDRPC_E_HUNG && candidate->said != CDRPC_E_BUSY)
			candidate->said = CDRPC_E_TIMEOUT;
		candidates_next_window(candidates, candidate);
	}
	return false;
}

/*
 * Nearly always the first window is the server's, and it need not be known which others there are. Not where time is short: a server that
 * is alone, and slower than the first try bears, has as much time for the next as it would have had for one.
 */
static bool
tries_the_first(uint64_t deadline_us)
{
	return awake_us() + FIRST_PATIENCE_US + HANDSHAKE_US < deadline_us;
}

/* Whoever ends, or begins to serve, while others are tried is seen by the next look: a server that was hung may be started anew. */
cdrpc_status
handshake_connect(struct endpoint *endpoint, const char *service, const struct cdrpc_policy *policy, uint32_t timeout_ms,
		  struct session **ret_session)
{
	uint64_t deadline_us = deadline_in(timeout_ms);
	bool first_only = tries_the_first(deadline_us);
	struct candidates candidates;
	cdrpc_status status;
	uint32_t round = 0, pause_ms = 1;

	/* Or while a turn to start the program was waited for. */
	if (!endpoint->port)
		return CDRPC_E_CLOSED;
	candidates_init(&endpoint->env, service, &candidates);
	while ((status = candidates_look(&candidates, endpoint->port, first_only)) == CDRPC_OK) {
		first_only = false;
		status = candidates_verdict(&candidates);
		if (candidates.complete && (candidates_left(&candidates) == 0 || deadline_is_over(deadline_us)))
			break;
		if (try_all(endpoint, &candidates, policy, deadline_us, round, ret_session)) {
			status = CDRPC_OK;
			break;
		}
		/* The application has freed the server that it connects by. */
		if (!endpoint->port) {
			status = CDRPC_E_CLOSED;
			break;
		}
		/* What the others are is asked at once. */
		if (!candidates.complete)
			continue;
		round++;
		if (candidates_left(&candidates) > 0 && !deadline_is_over(deadline_us)) {
			port_wait(endpoint->port, NULL, deadline_slice_ms(deadline_us, pause_ms));
			pause_ms = pause_ms < PAUSE_MOST_MS ? pause_ms * 2 : pause_ms;
		}
	}
	if (status == CDRPC_E_TIMEOUT || status == CDRPC_E_HUNG)
		env_log(&endpoint->env, CDRPC_LOG_WARNING, "a server '%s' is there and does not answer: the thread that has started it gets no "
			"messages", service);
	candidates_done(&candidates);
	return status;
}
