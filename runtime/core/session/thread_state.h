/*
 * What the endpoints of one thread share: when it waits for an answer it waits with all of them, and the call whose handler it runs
 * is the beginning of whatever any of them calls meanwhile.
 */
#ifndef CDRPC_CORE_THREAD_STATE_H
#define CDRPC_CORE_THREAD_STATE_H

#include "base/names.h"

#include <string.h>

#include "base/atomic.h"
#include "wire/frame.h"

/* Which chain of calls a call belongs to: all that one call leads to, across processes, carry the ID that the first one got. */
#define CAUSALITY_DEPTH_MAX 8           /* calls within calls */

struct causality {
	uint8_t id[FRAME_TOKEN_SIZE];
	uint16_t depth;                 /* 1: nobody called whoever made this call */
};

/* What the chains that begin at one endpoint have for an ID. */
struct chain {
	uint64_t base;                  /* random */
	uint64_t count;
};

static inline bool
causality_same(const struct causality *a, const struct causality *b)
{
	return memcmp(a->id, b->id, sizeof a->id) == 0;
}

struct cdrpc_call;
struct endpoint;
struct session;

/* An answer that the thread waits for, or a request's being taken, on the stack of whoever waits. */
struct wait {
	struct wait *outer;             /* those that run calls */
	struct wait *around;            /* all */
	struct thread_state *shared;    /* a reference */
	struct session *session;
	uint32_t doing;                 /* where it is interrupted: what it has told the peer, see wait.h */
	bool interrupted;
	struct causality causality;
	bool in_message;                /* one of ours is under way, so nothing is run meanwhile */
	uint32_t depth;                 /* waits around it, and itself */
};

struct thread_state {
	struct atomic_u32 refs;
	struct endpoint *endpoints;     /* that are open */
	struct wait *waits;             /* that run calls, the innermost */
	struct wait *innermost;         /* of all */
	uint32_t waiting;               /* those that do not run calls among them: posted messages stay where they are meanwhile */
	struct cdrpc_call *current;     /* whose handler runs, the innermost */
	uint32_t nesting;               /* window procedures of endpoints that are under way */
	uint64_t messages_looked_us;             /* when it last looked for messages before it sent */
};

/*
 * The calling thread's, with a reference; zeroes where nobody has one yet. NULL: no memory. Each open endpoint holds one, and so does
 * whatever is on the stack and looks at it when an application's code may have shut the last endpoint. It goes with the last
 * reference: nothing is left to be done when the thread ends, or when a DLL that holds this library is unloaded.
 */
struct thread_state *thread_state_take(void);
/* On its thread, or on any other after that has ended. */
void thread_state_drop(struct thread_state *state);

/* Another reference to the calling thread's. */
static inline struct thread_state *
thread_state_hold(struct thread_state *state)
{
	atomic_u32_add(&state->refs, 1);
	return state;
}

#endif
