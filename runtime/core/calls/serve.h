/* Which calls of a peer's are taken, and when their handlers run. The owner's thread. */
#ifndef CDRPC_CORE_SERVE_H
#define CDRPC_CORE_SERVE_H

#include "calls/names.h"

#include <stdbool.h>
#include <stdint.h>

#include <cdrpc/cdrpc.h>

#include "base/atomic.h"
#include "wire/seen.h"

struct cdrpc_call;
struct cdrpc_pending;
struct endpoint;
struct frame;
struct service;
struct session;
struct thread_state;

/* Calls that were accepted and not yet run, in the order of their arrival. */
struct queue {
	struct cdrpc_call *first;
	struct cdrpc_call **last;
};

void queue_init(struct queue *queue);
void queue_push(struct queue *queue, struct cdrpc_call *call);
/* Takes the first call that is 'wanted'; NULL when there is none. */
struct cdrpc_call *queue_take(struct queue *queue, bool (*wanted)(const struct cdrpc_call *call, const void *about),
			      const void *about);

/* What an endpoint has of calls, its own and its peers'. */
struct endpoint_calls {
	struct queue queue;
	struct cdrpc_pending *async;    /* calls of ours with a callback */
	struct atomic_bool cancels;     /* another thread has cancelled a call of ours */
	enum cdrpc_reentry reentry;
	struct atomic_bool unwanted;    /* there may be kept calls whose keepers are to be told that nobody waits any more */
	struct cdrpc_call *kept;        /* by the application, which has not answered them; under the endpoint's lock */
};

/* What a session has of calls. */
struct session_calls {
	struct cdrpc_call *live;        /* the peer's, until they are freed; under the endpoint's lock */
	struct atomic_u32 open;         /* calls of the peer's that were not answered yet */
	uint32_t queued;                /* calls of the peer's that wait to be run */
	uint32_t running;               /* handlers of its calls, inside one another */
	struct seen requests_seen;
	struct seen requests_untouched; /* seen, and what came with them is not ours: refused, or asked for by RELEASE before they came */
	bool slow;                      /* it did not take a reply in time: the sender's thread sends from now on */
	struct cdrpc_pending *pendings; /* calls of ours, until they are finished by who made them */
	struct seen replies_seen;
	struct seen replies_untouched;
	bool event_given;               /* cdrpc_pending_event() has promised our event to whoever waits for it */
};

/* Of the built-in interface cdrpc.Session, which every endpoint has. In subscribe.c. */
extern const struct service session_service;

/* A REQUEST of the session: what its sender gets as the result. */
uint32_t serve_receive(struct session *session, const struct frame *frame, const void *bytes);
/* RELEASE of a REQUEST: whether what came with it, or would have, is untouched. From now on it is not looked at. */
bool serve_is_untouched(struct session *session, uint64_t txn);
/* Runs what is queued, for one bell; rings again if something is left. */
void serve_queue(struct endpoint *endpoint);
/* Runs what the policies of the thread's endpoints let run while it waits for an answer itself; nothing inside of a message of ours. */
void serve_waiting(struct thread_state *shared);

#endif
