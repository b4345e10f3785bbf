/*
 * A session with one peer: who it is, what proves it, what was agreed, and which transactions are open.
 *
 * It is made by HELLO, agreed by OPEN, and ends once. Members without a note are set before the session is open and do not change.
 * References: the endpoint's list holds one until the end, each kept call and each outbox on its way holds one.
 */
#ifndef CDRPC_CORE_SESSION_H
#define CDRPC_CORE_SESSION_H


#include <cdrpc/generated.h>

#include "base/atomic.h"
#include "base/system.h"
#include "events/events.h"
#include "session/peer.h"
#include "wire/frame.h"
#include "wire/seen.h"

struct chunks;
struct endpoint;
struct outbox;
struct cdrpc_pending;
struct release;
struct resident;

enum session_state {
	SESSION_GREETED,        /* client: HELLO goes out; server: CHALLENGE goes out */
	SESSION_CHALLENGED,     /* client: has the token */
	SESSION_OPEN,
	SESSION_ENDED
};

/* What has become of our answer to the peer's OPEN. Until it was taken the peer refuses all else. */
enum session_welcome {
	WELCOME_UNDER_WAY,
	WELCOME_TAKEN,
	WELCOME_FAILED
};

struct session_interface {
	uint64_t id;
	uint16_t version;
};

struct session {
	struct session *next;           /* the endpoint's list */
	struct endpoint *endpoint;      /* a reference */
	struct atomic_u32 refs;
	struct atomic_u32 state;        /* enum session_state; changed by the owner's thread only */
	bool is_client;                 /* we opened it */
	struct atomic_u32 welcome;      /* enum session_welcome */
	bool announced;                 /* the application knows of it */
	struct atomic_bool muted;       /* its client was freed: 'event_lost' is not called any more */
	uint64_t greeting;              /* of the commons; 0 for one that we open */
	struct atomic_bool challenge_failed;  /* the peer's window has not taken our CHALLENGE: it has not asked for it */
	struct peer peer;
	uint8_t token[FRAME_TOKEN_SIZE];
	uint8_t nonce[FRAME_TOKEN_SIZE];        /* of HELLO */
	uint64_t expires_us;            /* of the handshake */
	uint32_t peer_arena_size;       /* what it says of its own; 0: it has none, or has not said */
	bool peer_adapts;               /* a server that makes its section no larger than ours, whatever it has said before */
	struct resident *resident;      /* NULL: messages only */
	uint32_t inline_max;            /* what both sides take inside a message */
	uint32_t body_max;
	struct session_interface *interfaces;   /* the server's, by rising id */
	uint32_t interface_count;
	cdrpc_status end_status;        /* what pending calls ended with; set with SESSION_ENDED */
	uint64_t next_txn;
	struct atomic_u32 open;         /* calls of the peer's that were not answered yet */
	struct cdrpc_call *calls;       /* the peer's, until they are freed; under the endpoint's lock */
	struct cdrpc_pending *pendings; /* calls of ours, until they are finished by who made them */
	struct listener *listeners;     /* to the peer's events */
	struct event *events;           /* come by message and not yet handled */
	void (*event_lost)(void *self, const char *interface_name, const char *event_name);
	void *event_lost_self;
	struct subscription *subscriptions;     /* the peer's, to ours */
	uint32_t subscription_count;
	struct atomic_u32 events_on_the_way;    /* by message */
	struct sender_job *undelivered; /* events that the peer has not taken; under the endpoint's lock */
	uint64_t retry_us;              /* when it is told again what it has not taken of losses and of the latest; 0: nothing */
	struct outbox *latest;          /* [coalesce] events by message that are on their way; under the endpoint's lock */
	struct coalesced coalesced[EVENTS_COALESCED_MAX];
	uint32_t round;                 /* of the bell that has last run its events */
	struct seen requests_seen;
	struct seen replies_seen;
	uint32_t running;               /* handlers of its calls, inside one another */
	uint32_t queued;                /* calls of the peer's that wait to be run */
	struct chunks *chunks;          /* bodies that travel in CHUNK frames; under the endpoint's lock */
	struct atomic_u32 chunk_count;
	struct release *releases;       /* questions that the peer has not answered; under the endpoint's lock */
	struct atomic_u32 asked;        /* questions among them and on their way: each holds a frame's handles, and perhaps its section */
	struct atomic_u32 posted;       /* frames that the sender's thread has for it, but for events */
	bool event_given;               /* cdrpc_pending_event() has promised our event to whoever waits for it */
	bool slow;                      /* it did not take a reply in time: the sender's thread sends from now on */
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
void session_unref(struct session *session);

/* The answer to OPEN has been sent: the application is told when the bell rings, or the session ends then. Any thread. */
void session_welcomed(struct session *session, bool taken);

/* From here on the end of the peer's process ends the session without anybody having to find it out. NOT_AVAILABLE: we may not wait for
 * it. Once is enough. */
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
