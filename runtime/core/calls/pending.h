/*
 * A call of ours that waits for its reply, from the request's frame to cdrpc_reply_end(). The first terminal state wins.
 *
 * It holds a reference to its session, and is in the session's list until it is freed.
 */
#ifndef CDRPC_CORE_PENDING_H
#define CDRPC_CORE_PENDING_H

#include "calls/names.h"
#include "message/incoming.h"
#include "message/outgoing.h"
#include "session/session.h"
#include "session/thread_state.h"

struct cdrpc_pending {
	struct cdrpc_pending *next;
	struct session *session;
	struct cdrpc_client *client;    /* a reference, for its trace; NULL: none */
	const struct cdrpc_interface *iface;        /* NULL: a frame of the protocol's own */
	const struct cdrpc_method *method;
	bool done;
	bool answered;                  /* its REPLY has come, or RELEASE has asked for it: there will be no other */
	struct atomic_bool ended;       /* the same, for other threads */
	struct atomic_bool cancel_wanted;       /* another thread has cancelled it */
	cdrpc_status status;
	struct incoming *incoming;
	/* Of OPEN: takes what its answer brings; the answer is refused if that fails, with nothing in it touched. NULL: of a call. */
	cdrpc_status (*accept)(struct cdrpc_pending *pending, const struct frame *frame);
	struct causality causality;
	uint64_t txn;
	uint64_t started_us;
	uint64_t deadline_us;
	enum cdrpc_route request_route;
	enum cdrpc_route reply_route;
	uint64_t request_bytes;
	void (*notify)(void *self, struct cdrpc_pending *pending);      /* not NULL: in the endpoint's list of such calls */
	void *notify_self;
	struct cdrpc_pending *next_async;
	struct cdrpc_reply *reply;      /* between reply_begin and reply_end */
	uint32_t mark;                  /* PENDING_MARK until it is freed; behind what the allocator writes into free memory */
};

#define PENDING_MARK UINT32_C(0x50454e44)

/* Why it is not to be finished, by this thread, by this method's function, or at all; OK: it is. Looks at memory that may have been freed.
 * Whatever it is has been told to the log. */
cdrpc_status pending_obstacle(const struct cdrpc_pending *pending, const struct cdrpc_method *method);

cdrpc_status pending_new(struct session *session, uint64_t deadline_us, struct cdrpc_pending **ret_pending);
void pending_free(struct cdrpc_pending *pending);       /* NULL is fine */

/* Sends the sealed frame, which gets the transaction ID and the deadline. Whatever comes of it, the pending call knows. */
void pending_send(struct cdrpc_pending *pending, struct outgoing *outgoing);

/* Returns when it is done, at the deadline at the latest. In wait.c. */
void pending_wait(struct cdrpc_pending *pending);

/* Ends it, unless it has ended. */
void pending_finish(struct cdrpc_pending *pending, cdrpc_status status);
/* The same, with what a peer's silence came to: one that is gone for good takes the session with it, for no other call to find that out. */
void pending_give_up(struct cdrpc_pending *pending, cdrpc_status status);
void pending_finish_all(struct session *session, cdrpc_status status);

/* RELEASE of a REPLY: whether what came with it, or would have, is untouched. From now on it is not looked at. */
bool pending_is_untouched(struct session *session, uint64_t txn);

/* A REPLY of the session: what its sender gets as the result. */
uint32_t pending_receive(struct session *session, const struct frame *frame, struct arrival *arrival);

/* The same for every REPLY that the peer has announced by event. */
void pending_look(struct session *session);

/* From the bell: cancels what other threads have. In cancel.c. */
void pending_cancel_wanted(struct endpoint *endpoint);

/* ---- completion.c: calls that nobody waits for in a call of ours ---- */

#define COMPLETION_LOOK_US UINT64_C(2000000)    /* between looks at those of whose end nobody tells */
/* The callback is not called any more. */
void completion_forget(struct cdrpc_pending *pending);
/* From the bell: tells of what is complete. */
void completion_run(struct endpoint *endpoint);

/* ---- subscribe.c ---- */

/*
 * What the client listens to in its session, which has ended, it listens to in 'to' from now on. On failure all is as it was: TIMEOUT, or
 * what has come of one of the subscriptions.
 */
cdrpc_status subscribe_anew(struct cdrpc_client *client, struct session *to, uint64_t until_us);

#endif
