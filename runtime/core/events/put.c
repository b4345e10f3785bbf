/* Events of a session without arenas: messages of the sender's thread, and what becomes of those that the peer has not taken. */
#include <string.h>

#include "base/env.h"
#include "events/events.h"
#include "message/outbox.h"
#include "session/endpoint.h"

#define RETRY_US UINT64_C(1000000)      /* until a peer that has not taken the word of a loss is told again */

static void
forget(struct outbox *outbox)
{
	atomic_u32_sub(&outbox->session->events_on_the_way, 1);
	outbox_free(outbox);
}

/* False: the session has ended, and nobody will look there any more. */
static bool
park(struct outbox *outbox)
{
	struct session *session = outbox->session;
	bool parked = false;

	lock_take(&session->endpoint->lock);
	if (session_state(session) != SESSION_ENDED) {
		outbox->job.next = session->undelivered;
		session->undelivered = &outbox->job;
		parked = true;
	}
	lock_drop(&session->endpoint->lock);
	return parked;
}

/* ---- [coalesce]: of a kind, one is on its way at a time, and the newest waits behind it ---- */

static void
list(struct outbox *outbox)
{
	outbox->next_latest = outbox->session->latest;
	outbox->session->latest = outbox;
}

/* Returns what is to be sent now; NULL: nothing, for one of its kind is on its way. *ret_old: what it replaces, for the caller to forget. */
static struct outbox *
line_up(struct outbox *outbox, struct outbox **ret_old)
{
	const struct frame *frame = &outbox->frame;
	struct session *session = outbox->session;
	struct outbox *first;

	*ret_old = NULL;
	lock_take(&session->endpoint->lock);
	first = session->latest;
	while (first && (first->frame.interface_id != frame->interface_id || first->frame.method != frame->method))
		first = first->next_latest;
	if (first) {
		*ret_old = first->newer;
		first->newer = outbox;
		outbox = NULL;
	} else {
		list(outbox);
	}
	lock_drop(&session->endpoint->lock);
	return outbox;
}

/* It is on its way no more, and forgotten. Returns the one that has waited for that, which has its place then; NULL: none. */
static struct outbox *
make_way(struct outbox *outbox)
{
	struct outbox **at = &outbox->session->latest, *newer;
	struct endpoint *endpoint = outbox->session->endpoint;

	lock_take(&endpoint->lock);
	while (*at != outbox)
		at = &(*at)->next_latest;
	*at = outbox->next_latest;
	newer = outbox->newer;
	if (newer)
		list(newer);
	lock_drop(&endpoint->lock);
	forget(outbox);
	return newer;
}

/* Whether the peer may take another one later. */
static bool
too_slow(const struct send_outcome *outcome)
{
	return !outcome->answered || outcome->result == FRAME_RESULT_NONE ||
	       outcome->result == frame_result_refused(CDRPC_E_BUSY) ||
	       outcome->result == frame_result_refused(CDRPC_E_REMOTE_NOMEM);
}

static void post(struct outbox *outbox);

/* Hundreds may be on their way to a listener that leaves. */
static bool
wanted(const struct sender_job *job)
{
	return session_state(((const struct outbox *)job)->session) != SESSION_ENDED;
}

static void
event_sent(struct sender_job *job, const struct send_outcome *outcome)
{
	struct outbox *outbox = (struct outbox *)job, *newer = NULL;
	struct endpoint *endpoint = outbox->session->endpoint;

	if (wanted(job))
		endpoint_blame(outbox->session, outcome, false);
	/* What becomes of it is for the owner's thread, where the subscriptions are. */
	if (too_slow(outcome) && park(outbox)) {
		port_ring(endpoint->port);
		return;
	}
	if (outbox->latest)
		newer = make_way(outbox);
	else
		forget(outbox);
	if (newer)
		post(newer);
}

static void
post(struct outbox *outbox)
{
	outbox->job.to = outbox->session->window;
	outbox->job.bytes = outbox->bytes;
	outbox->job.size = outbox->frame.frame_size;
	outbox->job.timeout_ms = REPLY_SEND_MS;
	outbox->job.wanted = wanted;
	outbox->job.done = event_sent;
	outbox->job.last = endpoint_is_slow(outbox->session);
	endpoint_post_job(outbox->session->endpoint, &outbox->job);
}

bool
event_post(struct session *session, const struct frame *frame, const uint8_t *body, enum put_how how)
{
	uint32_t size = frame->frame_size - FRAME_HEADER_SIZE;
	uint32_t most = session->endpoint->limits.events_max + (how == PUT_LAST ? EVENTS_SUBSCRIPTIONS_MAX : 0);
	struct outbox *outbox = NULL, *old = NULL;

	if (atomic_u32_add(&session->events_on_the_way, 1) >= most || size > session->inline_max ||
	    outbox_new(session, FRAME_EVENT, NULL, &outbox) != CDRPC_OK) {
		atomic_u32_sub(&session->events_on_the_way, 1);
		return false;
	}
	memcpy(outbox->body, body, size);
	outbox->frame = *frame;
	outbox->bytes = outbox->body - FRAME_HEADER_SIZE;
	frame_encode(frame, outbox->bytes);
	outbox->latest = how == PUT_LATEST;
	if (outbox->latest)
		outbox = line_up(outbox, &old);
	if (outbox)
		post(outbox);
	if (old)
		forget(old);
	return true;
}

/* Of a session that has ended. */
static void
drop(struct outbox *outbox)
{
	while (outbox && outbox->latest)
		outbox = make_way(outbox);
	if (outbox)
		forget(outbox);
}

static struct sender_job *
undelivered(struct session *session)
{
	struct sender_job *jobs;

	lock_take(&session->endpoint->lock);
	jobs = session->undelivered;
	session->undelivered = NULL;
	lock_drop(&session->endpoint->lock);
	return jobs;
}

void
events_undelivered(struct session *session)
{
	bool again = session->retry_us != 0 && awake_us() >= session->retry_us;
	struct sender_job *job, *next;
	struct outbox *outbox;

	if (again)
		session->retry_us = 0;
	for (job = undelivered(session); job; job = next) {
		next = job->next;
		outbox = (struct outbox *)job;
		if (outbox->frame.interface_id != events_service.iface->id && !outbox->latest) {
			event_lost(session, outbox->frame.interface_id, outbox->frame.method);
			forget(outbox);
		} else if (again) {
			/* Of the latest, whatever that is by now. */
			post(outbox->newer ? make_way(outbox) : outbox);
		} else {
			/* A peer that takes nothing at once is not asked all the time. */
			if (session->retry_us == 0)
				session->retry_us = awake_us() + RETRY_US;
			endpoint_wake_at(session->endpoint, session->retry_us);
			if (!park(outbox))
				drop(outbox);
		}
	}
}

void
events_drop(struct session *session)
{
	struct sender_job *job, *next;

	for (job = undelivered(session); job; job = next) {
		next = job->next;
		drop((struct outbox *)job);
	}
}
