/*
 * Events: what a side of a session tells the other without being asked. Subscriptions are kept by the side that emits, as the
 * built-in interface cdrpc.Session lets its peer set them; listeners by the side that listens.
 *
 *	emit -> ring of the emitter's arena, or EVENT frames through the sender -> bell -> listener
 *
 * A listener that is too slow loses its subscription to the event that did not fit, and is told; the session goes on.
 */
#ifndef CDRPC_CORE_EVENTS_H
#define CDRPC_CORE_EVENTS_H

#include "base/names.h"

#include <cdrpc/generated.h>

#include "base/atomic.h"

struct cdrpc_client;
struct endpoint;
struct frame;
struct incoming;
struct outgoing;
struct sender_job;
struct session;

#define EVENTS_SUBSCRIPTIONS_MAX 256    /* of a session */

struct subscription {
	uint64_t iface;
	uint16_t ordinal;
};

/* The latest of a [coalesce] event, in the emitter's arena. */
#define EVENTS_COALESCED_MAX 8
struct coalesced {
	uint64_t iface;
	uint16_t ordinal;               /* 0: none */
	uint32_t slot;
	uint32_t word;
};

/* What one interface's listener functions are. */
struct listener {
	struct listener *next;
	struct cdrpc_client *client;    /* a reference: whose they are */
	const struct cdrpc_interface *iface;
	const struct cdrpc_event_entry *entries;
	uint32_t count;
	const void *events;
	void *self;
	bool subscribed;                /* in the session that is being opened in place of its own */
};

/* An event that came by message, until the bell rings. */
struct event {
	struct event *next;
	uint64_t iface;
	uint16_t ordinal;
	struct incoming *incoming;
};

/* What a session has of events. */
struct session_events {
	struct listener *listeners;     /* to the peer's events */
	struct event *arrived;          /* come by message and not yet handled */
	bool ran;                       /* events have been run, or what may be some */
	bool held;                      /* events wait: the application has not been told of the session yet */
	uint32_t round;                 /* of the bell that has last run its events */
	struct subscription *subscriptions;     /* the peer's, to ours */
	uint32_t subscription_count;
	struct coalesced coalesced[EVENTS_COALESCED_MAX];
	struct atomic_u32 on_the_way;   /* by message */
	struct sender_job *undelivered; /* events that the peer has not taken; under the endpoint's lock */
	struct outgoing *latest;          /* [coalesce] events by message that are on their way; under the endpoint's lock */
	uint64_t retry_us;              /* when it is told again what it has not taken of losses and of the latest; 0: nothing */
};

/* cdrpc.Session, which every endpoint serves: its method "listen" sets subscriptions, its event "lost" says that one has ended. */
extern const struct cdrpc_interface events_interface;
#define EVENTS_LOST 2           /* the ordinal of "lost" */

/* An EVENT frame that came as a message: what its sender gets. */
uint32_t events_receive(struct session *session, const struct frame *frame, const void *bytes);
/* Runs listeners for all that has come. Outside of sent messages. */
void events_run(struct session *session);
bool events_waiting(const struct session *session);
/* From the bell: ends subscriptions to events by message that the peer has not taken, and tells it so. */
void events_undelivered(struct session *session);
/* The session has ended: nobody is told of anything any more. */
void events_drop(struct session *session);
/* The client is no more: its listeners are not called again. */
void events_forget(struct session *session, const struct cdrpc_client *client);
/* Frees what the session has of events. */
void events_done(struct session *session);

/* ---- the listening side ---- */

/* One that is not the session's yet, with copies of the entries and of 'size' bytes of functions. NOMEM. */
cdrpc_status listener_new(struct cdrpc_client *client, const struct listener *what, size_t size, struct listener **ret_listener);
/* The endpoint lives on: somebody holds it besides the client. NULL is fine. */
void listener_free(const struct cdrpc_env *env, struct listener *listener);
/* Makes it the session's, in place of the interface's old one. */
void listener_put(struct session *session, struct listener *listener);
/* Nobody listens to that interface any more. */
void listener_drop(struct session *session, uint64_t iface);
/* Takes one of the client's from the session; NULL: it has none. */
struct listener *listener_take(struct session *session, const struct cdrpc_client *client);

/* ---- the emitting side ---- */

/* The event that is written by 'w' and sent by cdrpc_event_send(): to 'to', or, NULL, to all. Consumes the reference to the endpoint. */
cdrpc_status emit_begin(struct cdrpc_writer *w, struct endpoint *endpoint, struct cdrpc_peer *to, const struct cdrpc_interface *iface,
			uint32_t index);

enum put_how {
	PUT_QUEUED,
	PUT_LATEST,
	PUT_LAST                        /* the word that a subscription has ended, for which there is always room */
};

/* Puts an event on its way: 'what' has interface, method and sizes, 'body' has room for the header before it. False: no room for it. */
bool event_put(struct session *session, const struct frame *what, uint8_t *body, enum put_how how);
/* The peer's subscription; NULL: it has none. */
struct subscription *events_subscription(const struct session *session, uint64_t iface, uint16_t ordinal);
/* Ends a subscription, if it is one, because the peer was too slow for it, and tells it. */
void event_note_lost(struct session *session, uint64_t iface, uint16_t ordinal);

#endif
