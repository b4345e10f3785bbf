/*
 * A session with one peer: who it is, what proves it, what was agreed, and which transactions are open.
 *
 * It is made by HELLO, agreed by OPEN, and ends once. Members without a note are set before the session is open and do not change.
 * References: the endpoint's list holds one until the end, each kept call and each outgoing frame on its way holds one.
 */
#ifndef CDRPC_CORE_SESSION_H
#define CDRPC_CORE_SESSION_H

#include "base/names.h"

#include <cdrpc/generated.h>

#include "base/atomic.h"
#include "base/system.h"
#include "session/peer.h"
#include "wire/frame.h"

struct endpoint;
struct resident;
struct session_calls;
struct session_events;
struct session_handshake;
struct session_messages;

enum session_state {
	SESSION_GREETED,        /* client: HELLO goes out; server: CHALLENGE goes out */
	SESSION_CHALLENGED,     /* client: has the token */
	SESSION_OPEN,
	SESSION_ENDED
};

struct session_interface {
	uint64_t id;
	uint16_t version;
};

/* What both sides have agreed on. */
struct terms {
	uint32_t inline_max;            /* what both sides take inside a message */
	uint32_t body_max;
	uint32_t arena_size;            /* bytes that the peer says of its own; 0: it has none, or has not said */
	bool adapts;                    /* a server that makes its section no larger than ours, whatever it has said before */
	struct session_interface *interfaces;   /* the server's, by rising id */
	uint32_t interface_count;
};

struct session {
	struct session *next;           /* the endpoint's list */
	struct endpoint *endpoint;      /* a reference */
	struct atomic_u32 refs;
	struct atomic_u32 state;        /* enum session_state; changed by the owner's thread only */
	bool is_client;                 /* we opened it */
	struct cdrpc_client *opener;    /* for whom, until that is freed or has another session; NULL: the peer opened it */
	bool announced;                 /* the application knows of it */
	void *data;                     /* the application's, of the peer */
	uint64_t greeting;              /* its handshake, as the quota names it; 0 for one that we open */
	struct peer peer;
	uint8_t token[FRAME_TOKEN_SIZE];
	struct resident *resident;      /* NULL: messages only */
	cdrpc_status end_status;        /* what pending calls ended with; set with SESSION_ENDED */
	uint64_t next_txn;
	struct terms terms;
	struct session_handshake *handshake;    /* these are defined by the rooms of their names, and stand behind it in one piece of memory */
	struct session_messages *messages;
	struct session_events *events;
	struct session_calls *calls;
};

/* What an endpoint has of sessions. */
struct endpoint_sessions {
	struct session *first;
	struct session *ended;          /* opened by peers; of their end the application is still to be told */
	struct atomic_u32 count;
};

static inline enum session_state
session_state(const struct session *session)
{
	return (enum session_state)atomic_u32_load(&session->state);
}

/* What users know of a session. */
static inline struct session *
session_of(struct cdrpc_peer *peer)
{
	return (struct session *)peer;
}

/* Opens the process behind 'window', for a session that this side opens. It is in the endpoint's list and SESSION_GREETED. */
cdrpc_status session_new(struct endpoint *endpoint, window_id window, struct session **ret_session);
/* The same for one that the peer opens, whose process is open already. Consumes process and greeting. */
cdrpc_status session_of_peer(struct endpoint *endpoint, window_id window, struct process *process, uint64_t greeting,
			     struct session **ret_session);
struct session *session_ref(struct session *session);
void session_unref(struct session *session);    /* NULL is fine */

/* From here on the end of the peer's process ends the session without anybody having to find it out. NOT_AVAILABLE: we may not wait for
 * it. Once is enough. In peer_watch.c. */
cdrpc_status session_watch(struct session *session);

/* Ends pending calls with 'status', leaves the list and drops its reference. Nothing happens the second time. */
void session_end(struct session *session, cdrpc_status status);

/* The session whose peer's window is 'window' and whose token is 'token', compared in constant time; NULL: none. */
struct session *session_find(const struct endpoint *endpoint, window_id window, const uint8_t token[FRAME_TOKEN_SIZE]);

/* What the peer's answer to OPEN says of an interface; 0: it has none of this id. */
uint16_t session_interface_version(const struct session *session, uint64_t interface_id);

/* A header with this session's token, and 'type'. */
void session_frame(const struct session *session, enum frame_type type, struct frame *ret_frame);

#endif
