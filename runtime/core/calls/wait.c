#include "calls/wait.h"

#include "base/deadline.h"
#include "calls/pending.h"
#include "calls/serve.h"
#include "events/events.h"
#include "message/chunks.h"
#include "session/endpoint.h"
#include "session/mail.h"

#define SLICE_MS 500    /* between looks at whether the peer is still there; a death wakes the wait at once */

/* Whether the peer has to run a handler before the wait can end. For OPEN it has not, and may call us first; nor for a oneway. Calls that
 * arrive meanwhile are as welcome as at any other time. */
static bool
runs_calls(const struct cdrpc_pending *pending)
{
	return pending->iface && !(pending->method->flags & CDRPC_METHOD_ONEWAY);
}

void
wait_begin(const struct cdrpc_pending *pending, struct wait *wait)
{
	struct thread_state *shared = thread_state_hold(pending->session->endpoint->thread.shared);

	*wait = (struct wait){
		.outer = shared->waits, .around = shared->innermost, .shared = shared, .session = pending->session,
		.causality = pending->causality, .in_message = shared->nesting > 0,
		.depth = shared->waits ? shared->waits->depth + 1 : 1,
	};
	shared->innermost = wait;
	shared->waiting++;
	if (runs_calls(pending))
		shared->waits = wait;
}

void
wait_end(const struct cdrpc_pending *pending, struct wait *wait)
{
	struct thread_state *shared = wait->shared;
	struct endpoint *endpoint = pending->session->endpoint;

	shared->waiting--;
	shared->innermost = wait->around;
	if (runs_calls(pending))
		shared->waits = wait->outer;
	/* Events of which nobody told us meanwhile, but by waking this wait. */
	if (endpoint->port && events_waiting(pending->session))
		port_ring(endpoint->port);
	/* What the policies have left in the queues. */
	for (endpoint = shared->waits ? NULL : shared->endpoints; endpoint; endpoint = endpoint->thread.next) {
		if (endpoint->calls->queue.first)
			port_ring(endpoint->port);
	}
	thread_state_drop(shared);
}

static enum resident_doing
doing_meanwhile(const struct session *session)
{
	return session->calls->event_given ? DOING_EITHER : DOING_OTHER;
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

void
wait_do_again(struct session *session, enum resident_doing before)
{
	resident_doing(session, before == DOING_OTHER && session->calls->event_given ? DOING_EITHER : before);
}

/* Outside the send: the peer has accepted the call and has it in hand. */
static cdrpc_status
peer_trouble(const struct cdrpc_pending *pending)
{
	const struct session *session = pending->session;

	if (peer_look(&session->peer) == PEER_LIVES && !deadline_is_over(pending->deadline_us))
		return CDRPC_OK;
	return peer_diagnose(&session->peer, 0, DEATH_WAIT_MS);
}

/* A message to a window of the application's may run a loop in there. */
static void
look_while_waiting(const struct session *session, struct thread_state *shared)
{
	const struct wait *rest = wait_interrupt(shared);

	port_look(session->endpoint->port);
	wait_resume(shared, rest);
}

/* Times, measured with eight clients on one processor; where there is nobody to give way to, each takes well below a microsecond. */
enum { YIELDS = 3 };

/* All that the peer lacks may be the processor: then it need not set the event, and we need not wait for it. */
static void
give_way(const struct cdrpc_pending *pending, struct thread_state *shared)
{
	struct session *session = pending->session;
	int i;

	if (!session->resident || !session->resident->ready) {
		thread_yield();
		look_while_waiting(session, shared);
		return;
	}
	for (i = 0; i < YIELDS && !pending->done; i++) {
		thread_yield();
		pending_look(session);
	}
}

/* Where the event stands for the reply, nothing else is looked for. */
static void
wait_slice(const struct cdrpc_pending *pending, struct thread_state *shared, uint32_t wait_ms)
{
	struct session *session = pending->session;

	if (port_await(session->endpoint->port, session->peer.process, wait_ms))
		pending_look(session);
	if (!pending->done)
		look_while_waiting(session, shared);
}

/* What this thread's endpoints have to send themselves, for want of memory for a thread that does. */
static void
send_unsent(const struct thread_state *shared)
{
	struct endpoint *endpoint = shared->endpoints;

	/* A message that came meanwhile may have shut any of them. */
	while (endpoint && !endpoint_send_unsent(endpoint))
		endpoint = endpoint->thread.next;
}

static void
run_events(struct session *session, struct thread_state *shared)
{
	const struct wait *rest = wait_interrupt(shared);

	events_run(session);
	wait_resume(shared, rest);
}

void
pending_wait(struct cdrpc_pending *pending)
{
	struct session *session = pending->session;
	enum resident_doing before;
	struct wait wait;
	cdrpc_status status;
	uint32_t wait_ms;

	if (pending->done)
		return;
	wait_begin(pending, &wait);
	before = resident_doing(session, DOING_SEND);
	give_way(pending, wait.shared);
	resident_doing(session, DOING_WAIT);
	for (;;) {
		if (runs_calls(pending))
			serve_waiting(wait.shared);
		if (session->endpoint->calls->reentry == CDRPC_REENTRY_ALLOW && !wait.in_message)
			run_events(session, wait.shared);
		/* What has run may have shut this endpoint. */
		send_unsent(wait.shared);
		/* Last before the wait: a handler's own wait may have been woken in place of this one. */
		pending_look(session);
		chunks_look(session);
		if (atomic_bool_load(&pending->cancel_wanted))
			cdrpc_pending_cancel(pending);
		if (pending->done)
			break;
		wait_ms = deadline_slice_ms(pending->deadline_us, SLICE_MS);
		if (wait_ms > 0)
			wait_slice(pending, wait.shared, mail_read_left(wait.shared, wait_ms));
		pending_look(session);
		if (pending->done)
			break;
		status = port_can_wait(session->endpoint->port) ? peer_trouble(pending) : CDRPC_E_OS;
		if (status != CDRPC_OK) {
			/* What it said with its last breath counts. */
			pending_look(session);
			pending_give_up(pending, status);
		}
	}
	wait_do_again(session, before);
	/* What the peer has published, before it saw that, for a call that nobody waits for. */
	pending_look(session);
	wait_end(pending, &wait);
}
