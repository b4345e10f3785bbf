#include "calls/wait.h"

#include "calls/pending.h"
#include "events/events.h"
#include "session/endpoint.h"
#include "session/resident.h"
#include "session/session.h"
#include "session/thread_state.h"

bool
wait_runs_calls(const struct cdrpc_pending *pending)
{
	return pending->iface && !(pending->method->flags & CDRPC_METHOD_ONEWAY);
}

void
wait_begin(const struct cdrpc_pending *pending, struct wait *wait)
{
	struct thread_state *shared = thread_state_hold(pending->session->endpoint->shared);

	wait->shared = shared;
	wait->outer = shared->waits;
	wait->session = pending->session;
	wait->causality = pending->causality;
	wait->in_message = shared->nesting > 0;
	wait->depth = wait->outer ? wait->outer->depth + 1 : 1;
	wait->interrupted = false;
	wait->around = shared->innermost;
	shared->innermost = wait;
	shared->waiting++;
	if (wait_runs_calls(pending))
		shared->waits = wait;
}

void
wait_end(const struct cdrpc_pending *pending, struct wait *wait)
{
	struct thread_state *shared = wait->shared;
	struct endpoint *endpoint = pending->session->endpoint;

	shared->waiting--;
	shared->innermost = wait->around;
	if (wait_runs_calls(pending))
		shared->waits = wait->outer;
	/* Events of which nobody told us meanwhile, but by waking this wait. */
	if (endpoint->port && events_waiting(pending->session))
		port_ring(endpoint->port);
	/* What the policies have left in the queues. */
	for (endpoint = shared->waits ? NULL : shared->endpoints; endpoint; endpoint = endpoint->next_shared) {
		if (endpoint->queue.first)
			port_ring(endpoint->port);
	}
	thread_state_drop(shared);
}

static enum resident_doing
doing_meanwhile(const struct session *session)
{
	return session->event_given ? DOING_EITHER : DOING_OTHER;
}

const struct wait *
wait_interrupt(struct thread_state *shared)
{
	struct wait *wait = shared->innermost;
	struct session *session;

	/* Those around a handler that has interrupted them are not to be told again. */
	for (; wait && !wait->interrupted; wait = wait->around) {
		session = wait->session;
		wait->interrupted = true;
		wait->doing = (uint32_t)resident_doing(session, doing_meanwhile(session));
		/* What the peer has published, before it saw that, for calls that the loop is to be told of. */
		pending_look(session);
		if (session->endpoint->port && events_waiting(session))
			port_ring(session->endpoint->port);
	}
	return wait;
}

void
wait_resume(struct thread_state *shared, const struct wait *rest)
{
	struct wait *wait = shared->innermost;

	for (; wait != rest; wait = wait->around) {
		wait->interrupted = false;
		/* Of several waits for one session's peer the innermost had told it. */
		if (wait->doing == DOING_SEND || wait->doing == DOING_WAIT)
			resident_doing(wait->session, (enum resident_doing)wait->doing);
	}
}
