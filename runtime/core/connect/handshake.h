/*
 * How two endpoints come to trust each other's windows (return-routability), and agree on limits:
 *
 *	client                                          server
 *	HELLO(nonce)                      ->            vets the process behind the claimed window
 *	                                  <-            CHALLENGE(nonce, token) to that window
 *	OPEN(token)                       ->            the token proves the client's window
 *	                                  <-            REPLY: limits, interfaces; the nonce has proved the server's
 */
#ifndef CDRPC_CORE_HANDSHAKE_H
#define CDRPC_CORE_HANDSHAKE_H

#include "calls/names.h"
#include "message/incoming.h"
#include "session/policy.h"
#include "session/session.h"

struct outgoing;

/* What has become of our answer to the peer's OPEN. Until it was taken the peer refuses all else. */
enum session_welcome {
	WELCOME_UNDER_WAY,
	WELCOME_TAKEN,
	WELCOME_FAILED
};

/* What a session has of its handshake. */
struct session_handshake {
	uint8_t nonce[FRAME_TOKEN_SIZE];        /* of HELLO */
	uint64_t expires_us;            /* when it is over, if nobody has finished it */
	struct atomic_bool challenge_failed;    /* the peer's window has not taken our CHALLENGE: it has not asked for it */
	struct atomic_u32 welcome;      /* enum session_welcome */
};

/* The answer to OPEN has been sent: the application is told when the bell rings, or the session ends then. Any thread. */
void handshake_welcomed(struct session *session, bool taken);

/* The server's side: what the sender of the frame gets as its result. */
uint32_t handshake_hello(struct endpoint *endpoint, window_id sender, const struct frame *frame, const void *bytes);
uint32_t handshake_open(struct session *session, const struct frame *frame, const void *bytes);

/* Whether nobody has finished it in time, or the window that HELLO named has not asked for it. */
bool handshake_is_over(const struct session *session);
/* Drops those, and returns when the next will be; UINT64_MAX: there is none. */
uint64_t handshake_end_overdue(struct endpoint *endpoint);

/* The client's. */
uint32_t handshake_challenge(struct endpoint *endpoint, window_id sender, const struct frame *frame, const void *bytes);

/* Sends HELLO and waits for the CHALLENGE, which proves the window. What the other side says besides REFUSED, VERSION, BUSY, STOPPING and
 * REMOTE_NOMEM is PROTOCOL. */
cdrpc_status handshake_greet(struct session *session, uint64_t deadline_us);

/*
 * Tries a window of each process that has windows of the service and that the policy admits, and those that gave no answer again,
 * until the time is over. On success the session is open.
 */
cdrpc_status handshake_connect(struct endpoint *endpoint, const char *service, const struct cdrpc_policy *policy,
			       uint32_t timeout_ms, struct session **ret_session);

/* ---- agreement.c: what each says of itself ---- */

/* The body of a handshake's frame, in the reader; false if it is not inside the frame. 'storage' is what the reader points to. */
#define HANDSHAKE_BODY_MAX 64
bool handshake_reader(const struct frame *frame, const void *bytes, uint64_t storage[HANDSHAKE_BODY_MAX / 8],
		      struct cdrpc_reader *ret_r);

/* What each side says of itself in OPEN and in the answer to it: bits of a u32. */
enum {
	HANDSHAKE_MAY_DUPLICATE = 1 << 0,       /* I may duplicate handles out of you and into you */
	HANDSHAKE_BELIEVES = 1 << 1,            /* I believe you that a handle is already mine */
	HANDSHAKE_ADAPTS = 1 << 2               /* my section will be no larger than yours */
};
void handshake_write_terms(struct cdrpc_writer *w, const struct session *session);
void handshake_read_terms(struct cdrpc_reader *r, struct session *session);
/* Writes and seals OPEN or the answer to it: the terms, the interfaces that this side serves with their versions, what it keeps mapped. */
cdrpc_status handshake_seal_agreement(struct outgoing *outgoing);
/* E_PROTOCOL, E_NOMEM. */
cdrpc_status handshake_agree(struct session *session, struct incoming *incoming);

/* ---- start.c: connecting to a server that may first have to be started ---- */

struct start {
	const cdrpc_wchar *image;       /* NULL: it is not started */
	const cdrpc_wchar *arguments;
};

/*
 * handshake_connect(); if there is no such server, starts it and connects then. Of several clients in that situation one starts it
 * while the others wait for their turn, and find it. Whoever has the turn is waited for until our own deadline, if it is somebody whom
 * we believe; a turn that nobody such has is passed over after 2 seconds. A program that somebody has started, and that lives and does
 * not serve yet, is waited for in the same way, whether its starter waits for it or not. TIMEOUT, and nothing is started, where less
 * than 250 ms are left for it. A program that ends with exit code 0 before it serves may have started one that will: that is looked for
 * until the deadline, then TIMEOUT. One that ends with another is looked for once more: NOT_FOUND. ARGUMENT: the image is no full path.
 */
cdrpc_status start_connect(struct endpoint *endpoint, const char *service, const struct cdrpc_policy *policy,
			   const struct start *start, uint32_t timeout_ms, struct session **ret_session);
/*
 * The same without waiting for a program: one that is started, or that somebody has started, is looked for when this is tried again;
 * NOT_FOUND until then. *since_us is kept from one try to the next, 0 before the first: since when somebody has had the turn who is not
 * believed, which decides when it is passed over. The path is full.
 */
cdrpc_status start_try(struct endpoint *endpoint, const char *service, const struct cdrpc_policy *policy, const struct start *start,
		       uint64_t *since_us, uint32_t timeout_ms, struct session **ret_session);

#endif
