/*
 * An endpoint: a port, the sessions that go through it, the interfaces that it serves, the calls that wait to be run. A server is
 * an endpoint that can be found by name; a client is an endpoint with one session that it opened.
 *
 * Data flows one way: port -> dispatch -> handshake | call | pending -> outgoing -> port.
 *
 * Threads: an endpoint belongs to its port's thread. What other threads may do is hold references (endpoint, session), ring, and
 * hand an outgoing frame to the sender; 'lock' guards what they look at for that.
 */
#ifndef CDRPC_CORE_ENDPOINT_H
#define CDRPC_CORE_ENDPOINT_H

#include "base/names.h"

#include <cdrpc/cdrpc.h>

#include "base/atomic.h"
#include "base/system.h"
#include "session/policy.h"
#include "session/posts.h"
#include "session/quota.h"
#include "session/registry.h"
#include "session/session.h"
#include "session/thread_state.h"

#define ENDPOINT_NESTING_MAX    8       /* limits.nesting_max, unless it is set */
#define ENDPOINT_WAITS_MAX      8       /* waits of one thread inside one another; the last one runs no calls */
#define ENDPOINT_BATCH_CALLS    16      /* calls run for one bell, so that input and painting get their turn ... */
#define ENDPOINT_BATCH_US       4000    /* ... and for how long */
#define ENDPOINT_INLINE_LEAST   32768   /* no endpoint takes less inside a message: an agreement must fit */
#define ENDPOINT_CHUNKED_MAX    16      /* limits.chunked_max, unless it is set */
#define ENDPOINT_EVENTS_MAX     256     /* limits.events_max at most, and unless it is set */
#define HANDSHAKE_US            UINT64_C(2000000)
#define REPLY_SEND_MS           250     /* for how long the owner's thread waits for a client to take a reply */

/* Facts that tests put in place of what the system says. */
struct endpoint_hooks {
	void *self;
	bool (*may_duplicate)(void *self, bool system_says);
	void (*facts)(void *self, struct cdrpc_peer_facts *facts);      /* may change them */
	bool (*push_fails)(void *self);         /* asked before each handle of a frame is pushed: whether the system refuses */
};

struct endpoint_calls;          /* these are defined by the rooms of their names */
struct endpoint_messages;
struct endpoint_service;
struct pool;
struct workers;

struct endpoint_counters {
	struct atomic_u32 deepest;      /* how many window procedures ever were under way around one of its own */
	struct atomic_u64 calls;
	struct atomic_u64 refused_frames;
	struct atomic_u64 refused_calls;
	struct atomic_u64 replies[CDRPC_ROUTE_CHUNKS + 1];      /* by enum cdrpc_route */
	struct atomic_u64 events;
	struct atomic_u64 events_lost;
};

/* The thread that an endpoint belongs to. */
struct endpoint_thread {
	struct atomic_u32 id;           /* 0 before it was opened and after it was shut */
	struct thread_state *shared;    /* with the thread's other endpoints; set while it is open */
	struct endpoint *next;          /* of those */
};

/* Jobs for the sender's thread; under the endpoint's lock. */
struct endpoint_jobs {
	struct sender *sender;          /* NULL until needed, and after the endpoint was shut */
	struct sender_job *unsent;      /* for want of memory for that thread the owner's sends them */
};

/* Who is told of sessions. */
struct endpoint_listener {
	void (*opened)(void *self, struct cdrpc_peer *peer);
	void (*ended)(void *self, struct cdrpc_peer *peer);
	void *self;
};

/* What another thread has freed, and this endpoint's is to end: the first member of a client or a server. */
struct drop {
	struct drop *next;
	void (*end)(struct drop *drop);         /* frees it */
};

struct endpoint {
	struct atomic_u32 refs;
	struct cdrpc_env env;
	struct cdrpc_limits limits;     /* every member set */
	struct endpoint_hooks hooks;
	const struct endpoint_up *up;
	struct cdrpc_peer_facts own;    /* this process, as peers see it */
	struct admission admits;
	struct atomic_bool stopping;    /* takes no new calls */
	struct quota *quota;            /* a reference; its service's */
	struct pool *pool;              /* a reference; what its calls take their memory from */
	struct endpoint_calls *calls;
	struct endpoint_messages *messages;
	struct endpoint_service *service;
	uint64_t wake_us;               /* when the bell rings by itself; 0: it does not */
	struct chain chain;             /* of the calls that begin here */
	struct endpoint_sessions sessions;
	struct registry registry;
	struct endpoint_counters counters;
	struct trace_file *trace;       /* NULL: none */
	window_id window;
	struct endpoint_thread thread;
	struct port *port;
	struct workers *workers;        /* of which this is one; NULL: it is alone */
	struct lock lock;
	bool shut;                      /* under the lock: nothing is sent any more */
	struct atomic_pointer drops;    /* struct drop, changed under the lock */
	struct posts posts;
	struct endpoint_jobs jobs;
};

/* What an endpoint is served by from above its room, see service/dispatch.c. */
struct endpoint_up {
	uint32_t (*receive)(void *owner, window_id sender, const void *bytes, size_t size);     /* as struct port_options has them */
	void (*bell)(void *owner);
	/* Sets the pointers to its parts, which stand behind it: 'session_size' is of all. Everything is zeroed. */
	size_t session_size;
	void (*session_made)(struct session *session);
	/* It has left the endpoint's list, and its state is SESSION_ENDED. */
	void (*session_ended)(struct session *session, cdrpc_status status);
	/* The last reference is gone. */
	void (*session_freed)(struct session *session);
	/* A call is to be made by a client whose session has ended: OK if it has another now, else why that has ended. */
	cdrpc_status (*session_wanted)(struct cdrpc_client *client);
};

struct endpoint_options {
	const struct cdrpc_env *env;
	const struct cdrpc_limits *limits;      /* NULL: the defaults */
	const struct endpoint_hooks *hooks;     /* NULL: none */
	const struct endpoint_up *up;           /* set by dispatch_new() */
	struct cdrpc_policy policy;
	bool admits_clients;
	enum cdrpc_reentry reentry;
	struct endpoint_listener listener;
	struct quota *quota;                    /* of the service that it is another thread of; NULL: it is the first, or alone */
};

/* The first member of something of 'size' bytes, zeroed, and without interfaces: dispatch_new() is what makes one that works. */
cdrpc_status endpoint_new(const struct endpoint_options *options, size_t size, struct endpoint **ret_endpoint);
/* Makes the port, on the calling thread. */
cdrpc_status endpoint_open(struct endpoint *endpoint, const char *service, cdrpc_window host);
/* Closes the port, when nothing is left of sessions: see dispatch_shut(). What other threads still hold stays valid and does nothing. */
void endpoint_close(struct endpoint *endpoint);
/* Whether the calling thread is the endpoint's. */
bool endpoint_on_thread(const struct endpoint *endpoint);
/* Whether it is another's; false after it was shut. */
bool endpoint_is_elsewhere(const struct endpoint *endpoint);
/* WRONG_THREAD, and a line in the log that says where the function, of that interface or of the library (""), was called. */
cdrpc_status endpoint_wrong_thread(const struct endpoint *endpoint, const char *whose, const char *function);
struct endpoint *endpoint_ref(struct endpoint *endpoint);
void endpoint_unref(struct endpoint *endpoint);

/* Ends what drop->end() ends: now, if this is the endpoint's thread or that has ended, else at its next look. Any thread. */
void endpoint_drop(struct endpoint *endpoint, struct drop *drop);
/* Of an endpoint whose thread has ended, from drop->end(): not now, but when a thread of the system's is to be had, see endpoint_orphaned(). */
void endpoint_drop_later(struct endpoint *endpoint, struct drop *drop);
/* For struct port_options. */
bool endpoint_orphaned(void *owner);
/* The look, on the endpoint's thread; it may be shut after it. */
void endpoint_end_drops(struct endpoint *endpoint);
/* The same for all endpoints of its thread, if it is open and that is the calling one, when a call of its own has ended: it may have no loop. */
void endpoint_end_drops_here(const struct endpoint *endpoint);

/* Any thread. */
void endpoint_add_stats(const struct endpoint *endpoint, struct cdrpc_stats *stats);

/* Rings the bell, and ends a wait; after the endpoint was shut, nothing. Any thread. */
void endpoint_ring(struct endpoint *endpoint);

/* Makes sure that the bell rings at that time, or before. */
void endpoint_wake_at(struct endpoint *endpoint, uint64_t deadline_us);

/* Gives a job to the sender's thread, or, where that cannot be made, to the owner's, for its next bell or wait; after the endpoint was
 * shut it is done unanswered at once. Any thread. */
void endpoint_post_job(struct endpoint *endpoint, struct sender_job *job);
/* Does what was given to the owner's thread, which this is; after the endpoint was shut, unanswered. False: there was nothing. */
bool endpoint_send_unsent(struct endpoint *endpoint);

#endif
