#include "connect/handshake.h"

#include <string.h>

#include "base/deadline.h"
#include "base/env.h"
#include "calls/serve.h"
#include "message/outgoing.h"
#include "message/send.h"
#include "session/endpoint.h"
#include "session/mail.h"
#include "session/resident.h"

/* Drops sessions whose window has gone without a word. A handshake that is under way stays: anybody may say HELLO in the name of its
 * window. */
static void
make_way(struct endpoint *endpoint)
{
	struct session *session, *next;

	for (session = endpoint->sessions.first; session; session = next) {
		next = session->next;
		if (!session->is_client && !peer_window_is_there(&session->peer))
			session_end(session, CDRPC_E_PEER_GONE);
	}
}

bool
handshake_is_over(const struct session *session)
{
	return !session->is_client && session_state(session) == SESSION_GREETED &&
	       (atomic_bool_load(&session->handshake->challenge_failed) || awake_us() >= session->handshake->expires_us);
}

uint64_t
handshake_end_overdue(struct endpoint *endpoint)
{
	uint64_t soonest = UINT64_MAX;
	struct session *session, *next;

	for (session = endpoint->sessions.first; session; session = next) {
		next = session->next;
		if (session->is_client || session_state(session) != SESSION_GREETED)
			continue;
		if (handshake_is_over(session))
			session_end(session, CDRPC_E_TIMEOUT);
		else if (session->handshake->expires_us < soonest)
			soonest = session->handshake->expires_us;
	}
	return soonest;
}

/* What has come of the CHALLENGE. The sender's thread, as for the answer to OPEN. */
static void
challenge_sent(struct outgoing *outgoing, const struct send_outcome *outcome)
{
	struct session *session = outgoing->session;
	struct quota *quota = session->endpoint->quota;

	if (outcome->answered && outcome->result == FRAME_RESULT_ACCEPTED) {
		quota_challenged(quota, session->greeting);
		return;
	}
	/* Whoever was named need not know of it. */
	atomic_bool_store(&session->handshake->challenge_failed, true);
	quota_end_handshake(quota, session->greeting);
	endpoint_ring(session->endpoint);
}

static cdrpc_status
challenge_post(struct session *session, const struct frame *hello)
{
	struct outgoing *outgoing = NULL;
	struct cdrpc_writer w;
	cdrpc_status status;

	status = random_fill(session->token, sizeof session->token);
	if (status != CDRPC_OK)
		return status;
	status = outgoing_new(session, FRAME_CHALLENGE, NULL, &outgoing);
	if (status != CDRPC_OK)
		return status;
	memcpy(outgoing->frame.nonce, hello->nonce, sizeof hello->nonce);
	outgoing_writer(outgoing, &w);
	cdrpc_write_u16(&w, FRAME_VERSION);
	cdrpc_write_u16(&w, 0);
	handshake_write_terms(&w, session);
	outgoing->sent = challenge_sent;
	status = outgoing_seal(outgoing, &w);
	if (status == CDRPC_OK)
		outgoing_post(outgoing, REPLY_SEND_MS);
	else
		outgoing_free(outgoing);
	return status;
}

/* A HELLO that has been found good. Whoever answers it consumes process and greeting. */
struct hello {
	window_id sender;
	struct frame frame;
	struct process *process;
	uint64_t greeting;
};

/* Vets the process behind the claimed window. */
static cdrpc_status
hello_vet(struct endpoint *endpoint, window_id sender, struct hello *ret_hello)
{
	struct process *process = NULL;
	struct cdrpc_peer_facts facts;
	const char *reason;
	cdrpc_status status;

	status = process_open(&endpoint->env, sender, &process);
	/* A client that has given up meanwhile has broken no rule. */
	if (status != CDRPC_OK)
		return status == CDRPC_E_PEER_GONE ? CDRPC_E_EXPIRED : CDRPC_E_REMOTE_NOMEM;
	facts = *process_facts(process);
	if (endpoint->hooks.facts)
		endpoint->hooks.facts(endpoint->hooks.self, &facts);
	status = CDRPC_E_REFUSED;
	reason = "too many sessions or handshakes, see limits.sessions_max and limits.handshakes_max";
	if (policy_admits(&endpoint->admits.policy, &facts)) {
		make_way(endpoint);
		handshake_end_overdue(endpoint);
		status = quota_begin_handshake(endpoint->quota, facts.process_id, facts.thread_id, endpoint->limits.handshakes_max,
				       endpoint->limits.sessions_max, &ret_hello->greeting);
	} else {
		reason = policy_rule(&endpoint->admits.policy, &facts);
	}
	if (status != CDRPC_OK) {
		env_log(&endpoint->env, CDRPC_LOG_WARNING, "process %lu is refused: %s: %s", (unsigned long)facts.process_id,
			cdrpc_status_name(status), reason);
		process_close(process);
		return status;
	}
	ret_hello->process = process;
	return CDRPC_OK;
}

static cdrpc_status
hello_answer(struct endpoint *endpoint, const struct hello *hello)
{
	struct session *session = NULL;
	cdrpc_status status;

	status = session_of_peer(endpoint, hello->sender, hello->process, hello->greeting, &session);
	if (status != CDRPC_OK)
		return status;
	session->handshake->expires_us = deadline_in((uint32_t)(HANDSHAKE_US / 1000));
	endpoint_wake_at(endpoint, session->handshake->expires_us);
	status = challenge_post(session, &hello->frame);
	if (status != CDRPC_OK)
		session_end(session, status);
	return status;
}

/* One that another worker got. */
struct hello_mail {
	struct mail mail;
	struct hello hello;
};

static void
hello_read(struct endpoint *endpoint, struct mail *mail)
{
	struct hello_mail *read = (struct hello_mail *)mail;

	if (!atomic_bool_load(&endpoint->stopping)) {
		/* For want of memory at the worst; a client that gets no challenge tries again. */
		hello_answer(endpoint, &read->hello);
	} else {
		process_close(read->hello.process);
		quota_end_handshake(endpoint->quota, read->hello.greeting);
		quota_drop_session(endpoint->quota);
	}
	env_free(&endpoint->env, read);
}

static bool
hello_pass_on(struct endpoint *endpoint, const struct hello *hello)
{
	struct hello_mail *made;

	if (!endpoint->workers)
		return false;
	made = env_alloc(&endpoint->env, sizeof *made);
	if (!made)
		return false;
	made->mail.read = hello_read;
	made->hello = *hello;
	if (mail_pass_on(endpoint, &made->mail))
		return true;
	env_free(&endpoint->env, made);
	return false;
}

uint32_t
handshake_hello(struct endpoint *endpoint, window_id sender, const struct frame *frame, const void *bytes)
{
	uint64_t storage[HANDSHAKE_BODY_MAX / 8];
	struct cdrpc_reader r;
	struct hello hello;
	uint16_t from, to;
	cdrpc_status status;

	if (!endpoint->admits.clients || !handshake_reader(frame, bytes, storage, &r))
		return frame_result_refused(CDRPC_E_BAD_FRAME);
	from = cdrpc_read_u16(&r);
	to = cdrpc_read_u16(&r);
	if (cdrpc_reader_end(&r) != CDRPC_OK)
		return frame_result_refused(CDRPC_E_BAD_FRAME);
	if (from > FRAME_VERSION || to < FRAME_VERSION)
		return frame_result_refused(CDRPC_E_REMOTE_VERSION);
	if (atomic_bool_load(&endpoint->stopping))
		return frame_result_refused(CDRPC_E_STOPPING);
	hello.sender = sender;
	hello.frame = *frame;
	status = hello_vet(endpoint, sender, &hello);
	if (status == CDRPC_OK && !hello_pass_on(endpoint, &hello))
		status = hello_answer(endpoint, &hello);
	if (status == CDRPC_OK)
		return FRAME_RESULT_ACCEPTED;
	return frame_result_refused(status_is_remote(status) ? status : CDRPC_E_REMOTE_NOMEM);
}

void
handshake_welcomed(struct session *session, bool taken)
{
	uint32_t expected = WELCOME_UNDER_WAY;

	/* A peer that has sent something since has taken it, whatever else is heard. */
	if (atomic_u32_compare_exchange(&session->handshake->welcome, &expected, taken ? WELCOME_TAKEN : WELCOME_FAILED))
		endpoint_ring(session->endpoint);
}

static void
welcome_sent(struct outgoing *outgoing, const struct send_outcome *outcome)
{
	handshake_welcomed(outgoing->session, outcome->answered &&
			 (outcome->result == FRAME_RESULT_ACCEPTED || outcome->result == frame_result_refused(CDRPC_E_DUPLICATE)));
}

/* Consumes the frame. */
static cdrpc_status
open_answer(struct outgoing *outgoing, uint64_t txn)
{
	cdrpc_status status;

	outgoing->frame.txn = txn;
	outgoing->sent = welcome_sent;
	status = handshake_seal_agreement(outgoing);
	if (status == CDRPC_OK)
		outgoing_post(outgoing, (uint32_t)(HANDSHAKE_US / 1000));
	else
		outgoing_free(outgoing);
	return status;
}

uint32_t
handshake_open(struct session *session, const struct frame *frame, const void *bytes)
{
	struct incoming *incoming = NULL;
	struct outgoing *outgoing = NULL;
	cdrpc_status status;

	if (session->is_client || session_state(session) != SESSION_GREETED)
		return frame_result_refused(CDRPC_E_BAD_FRAME);
	status = incoming_new(session, frame, &(struct arrival){ .bytes = bytes }, NULL, &incoming);
	if (status == CDRPC_OK)
		status = handshake_agree(session, incoming);
	incoming_free(incoming);
	if (status == CDRPC_OK && seen_test_and_set(&session->calls->requests_seen, frame->txn))
		status = CDRPC_E_PROTOCOL;
	if (status == CDRPC_OK)
		status = outgoing_new(session, FRAME_REPLY, NULL, &outgoing);
	/* Last, for the frame's handles are ours after it, and it is not refused any more; without an answer the client gives up. */
	if (status == CDRPC_OK)
		status = resident_adopt(session, frame);
	if (status != CDRPC_OK) {
		outgoing_free(outgoing);
		session_end(session, CDRPC_E_PROTOCOL);
		return frame_result_refused(status == CDRPC_E_NOMEM || status == CDRPC_E_REMOTE_NOMEM ? CDRPC_E_REMOTE_NOMEM :
							CDRPC_E_BAD_FRAME);
	}
	/* Where its process cannot be waited for, its death shows when the bell rings for something else. */
	session_watch(session);
	status = open_answer(outgoing, frame->txn);
	if (status == CDRPC_OK) {
		atomic_u32_store(&session->state, SESSION_OPEN);
		quota_end_handshake(session->endpoint->quota, session->greeting);
	} else {
		session_end(session, status);
	}
	return FRAME_RESULT_ACCEPTED;
}
