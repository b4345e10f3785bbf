/*
 * What the endpoints of one thread share: when it waits for an answer it waits with all of them, and the call whose handler it runs
 * is the beginning of whatever any of them calls meanwhile.
 */
#ifndef CDRPC_CORE_THREAD_STATE_H
#define CDRPC_CORE_THREAD_STATE_H

#include "causality.h"

struct cdrpc_call;
struct endpoint;
struct session;

/* An answer that the thread waits for, on the stack of whoever waits. */
struct wait {
	struct wait *outer;
	const struct session *session;
	struct causality causality;
	bool in_message;                /* one of ours is under way, so nothing is run meanwhile */
	uint32_t depth;                 /* waits around it, and itself */
};

struct thread_state {
	struct endpoint *endpoints;     /* that are open */
	struct wait *waits;             /* the innermost */
	struct cdrpc_call *current;     /* whose handler runs, the innermost */
	uint32_t nesting;               /* window procedures of endpoints that are under way */
	uint64_t looked_us;             /* when it last looked for messages before it sent */
};

/* The calling thread's, all zero at first. */
struct thread_state *thread_state(void);

#endif
