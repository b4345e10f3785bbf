/*
 * A call of the peer's: what it is, until it is answered and nobody needs it. Receiving and running is in serve.h, answering in
 * answer.c.
 *
 * References: the queue or the running handler holds one; cdrpc_call_keep() takes another, which the answer drops. Whoever turns
 * 'answered' from false to true answers; nobody else may.
 */
#ifndef CDRPC_CORE_CALL_H
#define CDRPC_CORE_CALL_H

#include "calls/names.h"
#include "base/atomic.h"
#include "message/incoming.h"
#include "session/registry.h"
#include "session/session.h"
#include "session/thread_state.h"

struct cdrpc_call {
	struct cdrpc_call *next;        /* the queue */
	struct cdrpc_call *next_live;   /* the session's */
	struct cdrpc_call *next_kept;   /* the endpoint's, under its lock, while it is kept ... */
	struct cdrpc_call **kept_at;    /* ... where the pointer to it is */
	struct cdrpc_call *outer;       /* whose handler runs meanwhile */
	struct atomic_u32 refs;
	struct atomic_bool answered;
	struct atomic_bool kept;
	struct atomic_bool abandoned;   /* answered by the runtime, and still kept */
	struct atomic_bool cancelled;
	/* Told once that nobody waits any more, while it is kept; NULL: nobody is. Under the endpoint's lock. */
	void (*notify)(void *self, struct cdrpc_call *call);
	void *notify_self;
	struct atomic_bool counted;     /* among the open ones, with its bytes */
	bool in_message;                /* of an [inline] method: the caller is blocked in the message that brought it */
	uint32_t result;                /* what that message returns */
	struct atomic_u32 refused;      /* the status that its reply function has returned, if it has refused what it was given */
	struct session *session;        /* a reference */
	struct incoming *incoming;
	const struct service *service;
	uint32_t method_index;
	uint64_t txn;
	uint64_t deadline_us;
	uint64_t margin_us;             /* before it, when a kept call is answered ABANDONED */
	struct causality causality;
	struct buffer *buffers;         /* of whoever may answer it */
	struct bare {
		struct sender_job job;          /* first: the sender gives it back */
		struct cdrpc_call *call;        /* a reference, while it is on its way */
		uint8_t bytes[FRAME_HEADER_SIZE];
	} bare;                         /* an answer that there was no memory for: answer_without_memory() */
};

/* The call that a REQUEST asks for, with one reference. A status of the remote side's: BAD_FRAME, REMOTE_LIMIT, REMOTE_NOMEM. */
cdrpc_status call_new(struct session *session, const struct frame *frame, const void *bytes, const struct service *service,
		      uint32_t index, struct cdrpc_call **ret_call);
/* When it is answered if it is kept: a little before the caller gives up, so that it learns why. */
static inline uint64_t
call_abandon_at(const struct cdrpc_call *call)
{
	return call->deadline_us - call->margin_us;
}
/* Drops what is queued of sessions that have ended. */
void call_drop_ended(struct endpoint *endpoint);
/* The same of those of one session. */
void call_drop_queued(struct session *session);
/* A kept call has one more reference, and is in the endpoint's list. */
void call_keep(struct cdrpc_call *call);
void call_let_go(struct cdrpc_call *call);
/* A reference, under the endpoint's lock; false for one that whoever let it go last is about to take out of the list. */
bool call_ref_if_live(struct cdrpc_call *call);
/* The peer does not want the answer any more: what its message returns. In cancel.c. */
uint32_t call_cancel(struct session *session, uint64_t txn);
/* Who is to be told of calls of a session that has ended is told soon; ... */
void call_session_ended(struct session *session);
/* ... of one that is cancelled, if it is. Any thread; it is the caller's. */
void call_look_at(struct cdrpc_call *call);
/* Tells of those that nobody waits for, from the bell, or when the endpoint is shut. It may be shut after it. */
void call_tell_cancelled(struct endpoint *endpoint);
/* Answers kept calls for which it is too late; returns when the next will be, UINT64_MAX if there is none. */
uint64_t call_abandon_overdue(struct endpoint *endpoint);

/* It counts no more among the open ones. Any thread; once is enough. */
void call_uncount(struct cdrpc_call *call);
void call_unref(struct cdrpc_call *call);
const struct cdrpc_method *call_method(const struct cdrpc_call *call);

/* Of a call that is made now: part of the chain of the call whose handler runs, or the beginning of another. */
void call_causality(struct endpoint *endpoint, struct causality *ret_causality);

/* ---- answer.c: by the value of the message that brought it, or by a REPLY frame ---- */

/* The handler has returned 'status' and has not kept the call: answers with it, unless a reply function has answered. */
void answer_after_handler(struct cdrpc_call *call, cdrpc_status status);
/* Ends a kept call whose time is over. It stays its keeper's, whose answer comes too late then: E_STATE. */
void answer_abandoned(struct cdrpc_call *call);

#endif
