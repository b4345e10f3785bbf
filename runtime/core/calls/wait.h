/*
 * Waits of a thread, inside one another, and the handlers and listeners that run in them. What the peers have been told of a wait does
 * not hold while one runs: it may run a loop of its own, a message box's for instance, and that sees neither the event nor the end of a
 * send. So it is told by bells of what comes for other calls of the session, and of events.
 */
#ifndef CDRPC_CORE_WAIT_H
#define CDRPC_CORE_WAIT_H

#include "calls/names.h"
#include "session/resident.h"
#include "session/thread_state.h"

struct cdrpc_pending;

/* Calls that arrive from here on arrive while we wait. */
void wait_begin(const struct cdrpc_pending *pending, struct wait *wait);
void wait_end(const struct cdrpc_pending *pending, struct wait *wait);

/* What this thread says that it does when a wait is over, 'before' being what it did: unless somebody was promised our event meanwhile. */
void wait_do_again(struct session *session, enum resident_doing before);

/*
 * Before a handler, or a look for messages, and after it with what the first has returned. On the thread; where nothing waits they do nothing.
 * A bell is not dispatched by a wait or a send, but by a loop that a message to the application's window runs inside of it: after that one
 * nobody resumes, and bells tell of everything until the wait is over.
 */
const struct wait *wait_interrupt(struct thread_state *shared);
void wait_resume(struct thread_state *shared, const struct wait *rest);

#endif
